"""What a server of pages shows and what it keeps closed, said once: for ``apprenance apps``, for Binder, for tests."""

import json

IDLE_SECONDS = 600
"""After which the kernel of a page nobody looks at any more ends."""

HOME = "0_accueil.ipynb"
"""The page a server opens with."""

EXTENSIONS = ("@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget")
"""What our pages need of JupyterLab; whatever else is installed beside them (Notebook 7's own) fails outside of it."""

CLOSED = {
    "VoilaConfiguration": {
        "template": "apprenance",
        "allow_template_override": "NO",
        "strip_sources": True,
        "show_tracebacks": False,
        "file_denylist": [".*"],
        "extension_allowlist": list(EXTENSIONS),
    },
    "VoilaExecutor": {"cell_error_instruction": ""},
    "MappingKernelManager": {"cull_idle_timeout": IDLE_SECONDS, "cull_interval": 60},
}
"""Voilà's settings under which no file is served and no source or traceback is shown."""


def closed_arguments() -> list[str]:
    """Give what is closed as arguments of a command line of Voilà's.

    Examples
    --------
    >>> closed_arguments()[:2]
    ['--VoilaConfiguration.template=apprenance', '--VoilaConfiguration.allow_template_override=NO']
    """
    return [
        f"--{section}.{name}={one}"
        for section, settings in CLOSED.items()
        for name, value in settings.items()
        for one in (value if isinstance(value, list) else [value])
    ]


def demonstration_configuration() -> str:
    """Give the configuration file of a Jupyter server that shows pages besides its notebooks and forgets all: Binder's.

    Examples
    --------
    >>> json.loads(demonstration_configuration())["VoilaConfiguration"]["resources"]
    {'demonstration': True}
    """
    # the template reads these resources: every page says where it is
    pages = CLOSED["VoilaConfiguration"] | {"resources": {"demonstration": True}}
    return json.dumps(CLOSED | {"VoilaConfiguration": pages}, indent=2) + "\n"


if __name__ == "__main__":  # as binder/postBuild does
    print(demonstration_configuration(), end="")
