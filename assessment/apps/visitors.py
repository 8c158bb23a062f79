"""Which workspace a page is about: named in its address on a shared server, a file of the folder in JupyterLab.

Every notebook has a kernel of its own. Voilà tells it the page's address (the variables of CGI, RFC 3875), and one
visitor's kernel never sees another's. A workspace on such a server lies in a folder that bears its id, which nobody can
guess, outside of what the server serves. In JupyterLab, workspaces are files beside the notebooks.
"""

import os
import re
import secrets
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode

from assessment.texts import LANGUAGES

ENDING = ".apprenance"
INSIDE = f"organisation{ENDING}"
"""What the one file of a visitor's workspace is called."""

LONGEST = 60
"""Letters of a file's name, its ending apart."""

ID_BYTES = 24
"""192 bits: nobody finds a workspace by trying."""

ID = re.compile(r"[A-Za-z0-9_-]{32}")
"""What `new_id` makes, and nothing else: no dot, no slash, no end of line."""

ADDRESS, FOLDER = "workspace", "APPRENANCE_WORKSPACES"
"""The parameter of the address; the variable by which who runs a server says where workspaces lie."""

DEMONSTRATION = ("BINDER_SERVICE_HOST", "BINDER_REPO_URL", "BINDER_LAUNCH_HOST")
"""Variables of a server that forgets everything when its visitor has gone."""

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Visit:
    """What the address of a page says.

    Parameters
    ----------
    served
        Whether the page is served to visitors (Voilà), each of whom has workspaces of their own.
    workspace
        The id the address names; None where it names none, or one that is no id.
    named
        Whether the address names anything as its workspace.
    language
        The language the address names; None where it names none.
    """

    served: bool = False
    workspace: str | None = None
    language: str | None = None
    named: bool = False


def visit_of(environment: Environment = os.environ) -> Visit:
    """Read what the address of this kernel's page says.

    Parameters
    ----------
    environment
        The kernel's own variables.

    Examples
    --------
    >>> voila = {"SERVER_SOFTWARE": "voila/0.5.13", "QUERY_STRING": "language=en&workspace=../../etc/passwd"}
    >>> visit_of(voila)
    Visit(served=True, workspace=None, language='en', named=True)
    """
    # a kernel that Voilà started ahead of any visitor knows no address, and must not be taken for a consultant's
    if not environment.get("SERVER_SOFTWARE", "").startswith("voila/") and "VOILA_PREHEAT" not in environment:
        return Visit()
    try:
        asked = parse_qs(environment.get("QUERY_STRING", ""), max_num_fields=50)
    except ValueError:
        asked = {}
    named, language = (asked.get(key, [""])[-1] for key in (ADDRESS, "language"))
    return Visit(True, named if is_id(named) else None, language if language in LANGUAGES else None, bool(named))


def is_demonstration(environment: Environment = os.environ) -> bool:
    """Say whether the server forgets everything: Binder."""
    return any(environment.get(name) for name in DEMONSTRATION)


def is_id(text: str) -> bool:
    """Say whether a text is an id of ours.

    Examples
    --------
    >>> is_id(new_id()), is_id("../" + "a" * 29), is_id("")
    (True, False, False)
    """
    return ID.fullmatch(text) is not None


def new_id() -> str:
    """Make an id that nobody can guess."""
    return secrets.token_urlsafe(ID_BYTES)


def workspaces_folder(environment: Environment = os.environ) -> Path:
    """Find the folder in which a server keeps its visitors' workspaces: the one it was told, or the user's own data."""
    told = environment.get(FOLDER)
    return Path(told) if told else data_folder(environment) / "apprenance" / "workspaces"


def data_folder(environment: Environment) -> Path:
    """Find where programs keep a user's data on this system."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")


def place_of(id_: str, folder: Path) -> Path:
    """Give where the workspace of an id lies; it need not be there.

    Parameters
    ----------
    id_
        The id.
    folder
        The folder of all workspaces.

    Raises
    ------
    ValueError
        What is no id: a text from an address never becomes a path.
    """
    if not is_id(id_):
        raise ValueError("no id of a workspace")
    return folder / id_ / INSIDE


def found(id_: str | None, folder: Path) -> Path | None:
    """Find the workspace of an id; None where there is none, or where something else lies in its place."""
    if id_ is None or not is_id(id_):
        return None
    path = place_of(id_, folder)
    return path if is_plain(path.parent, stat.S_ISDIR) and is_plain(path, stat.S_ISREG) else None


def is_plain(path: Path, kind) -> bool:
    """Say whether what has this name is of a kind itself, and no link to something elsewhere."""
    try:
        return kind(path.lstat().st_mode)
    except (OSError, ValueError):
        return False


def new_place(folder: Path) -> tuple[str, Path]:
    """Make the folder of a new workspace, which only the server's user may enter; give its id and the file's path."""
    id_ = new_id()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / id_).mkdir(mode=0o700)
    return id_, place_of(id_, folder)


def files_in(folder: Path) -> list[Path]:
    """List the workspaces of a folder, the one used last first."""
    files = [path for path in folder.glob(f"*{ENDING}") if not path.name.startswith(".") and path.is_file()]
    return sorted(files, key=lambda path: (-path.stat().st_mtime, path.name))


def use(path: Path) -> None:
    """Note that a file is used now: the other notebooks of its folder open the one used last."""
    try:
        os.utime(path)
    except OSError:  # a file that is only read: the others are told by their argument
        return


def file_name(name: str) -> str:
    """Make of a name people gave the name of a workspace's file, one that any folder takes.

    Examples
    --------
    >>> file_name("../Saint-Étienne "), file_name("..")
    ('Saint-Étienne.apprenance', 'organisation.apprenance')
    """
    plain = " ".join(re.sub(r"[^\w’'-]+", " ", name.removesuffix(ENDING)).split()).strip(" -'’")[:LONGEST].strip()
    return f"{plain}{ENDING}" if plain else INSIDE


def free_file(folder: Path, name: str) -> Path:
    """Give the path of a new file in a folder, under a name that nobody has taken."""
    wish = file_name(name)
    path, number = folder / wish, 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{wish.removesuffix(ENDING)} {number}{ENDING}"
    return path


def address_of(notebook: str, workspace: str | None = None, language: str | None = None) -> str:
    """Give the address of a notebook beside this one, about the same workspace, in the same language.

    Examples
    --------
    >>> address_of("3_diagnostic.ipynb", language="en"), address_of("3_diagnostic.ipynb")
    ('3_diagnostic.ipynb?language=en', '3_diagnostic.ipynb')
    """
    asked = {key: value for key, value in ((ADDRESS, workspace), ("language", language)) if value}
    return f"{notebook}?{urlencode(asked)}" if asked else notebook


def workspace_here(environment: Environment = os.environ, folder: Path | None = None) -> Path | None:
    """Find the workspace this notebook is about: the one its page's address names; in JupyterLab, its folder's.

    Parameters
    ----------
    environment
        The kernel's own variables.
    folder
        The notebook's folder; None = where the kernel works.

    Returns
    -------
    Path or None
        On a server the workspace of the address. In JupyterLab the ``*.apprenance`` file beside the notebook, the one
        used last where there are several. None where there is none: a tool then shows the example.

    Examples
    --------
    >>> workspace_here({"SERVER_SOFTWARE": "voila/0.5.13", "QUERY_STRING": "workspace=/etc/passwd"})
    """
    visit = visit_of(environment)
    if visit.served:
        return found(visit.workspace, workspaces_folder(environment))
    files = files_in(folder or Path.cwd())
    return files[0] if files else None


def language_here(environment: Environment = os.environ) -> str:
    """Give the language of this notebook's page: the one its address names, else French.

    Examples
    --------
    >>> language_here({})
    'fr'
    """
    return visit_of(environment).language or LANGUAGES[0]
