"""One function a tool notebook: each arranges figures in a widget and answers what is chosen there."""

from importlib import import_module

_HOME = {
    "actors_map": "map_editor",
    "diagnostic": "profile",
    "enter_answers": "entry",
    "framing": "mandate",
    "home": "welcome",
    "language_here": "visitors",
    "questionnaire": "survey",
    "workspace_here": "visitors",
}
"""Modules do not bear the names of their functions: once imported, the module would stand in the function's place."""

__all__ = sorted(_HOME)


def __getattr__(name: str):
    """Import an app when it is first asked for: the widgets need Jupyter, finding the notebooks does not."""
    if name in _HOME:
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
