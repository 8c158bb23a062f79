"""The notebooks that come with the kit: found in the package or the checkout, copied where one works."""

import shutil
from pathlib import Path

import assessment

FOLDERS = ("tools", "fr", "en")


def notebooks_folder() -> Path:
    """Find the notebooks: inside the installed package, or beside it in a checkout.

    Examples
    --------
    >>> (notebooks_folder() / "tools" / "3_diagnostic.ipynb").is_file()
    True
    """
    package = Path(assessment.__file__).parent
    inside = package / "notebooks"
    return inside if inside.is_dir() else package.parent / "notebooks"


def copy_notebooks(directory: Path) -> list[Path]:
    """Copy the notebooks that are not in a folder yet; what people changed there is never touched.

    Parameters
    ----------
    directory
        Where to; made when it is not there.

    Returns
    -------
    list of Path
        The files copied.
    """
    source = notebooks_folder()
    copied = []
    for notebook in sorted(path for folder in FOLDERS for path in (source / folder).glob("*.ipynb")):
        target = directory / notebook.relative_to(source)
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(notebook, target)
            copied.append(target)
    return copied
