"""What the pages of all tools have on top: whose workspace is open, and whether what is done in it is kept."""

from collections.abc import Sequence
from pathlib import Path

from assessment.apps.contents import Contents, contents_of
from assessment.apps.visitors import Visit, address_of, is_demonstration, visit_of
from assessment.faults import Fault
from assessment.texts import format_number, word
from assessment.texts.telling import place_and_sentence
from assessment.workspace import Workspace

HOME = "0_accueil.ipynb"
"""The notebook of the home page, beside the others."""

MOST_FAULTS = 12
"""How many faults a page tells one by one."""


def tool_header(
    language: str,
    path: Path,
    held: Contents,
    served: bool = False,
    demonstration: bool = False,
    home: str | None = None,
) -> dict:
    """Write the header of a tool's page.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    path, held
        The open workspace and what is in it.
    served
        Whether the page is served to visitors.
    demonstration
        Whether the server forgets everything.
    home
        The address of the home page (`address_of`); None on the home page itself.

    Examples
    --------
    >>> tool_header("en", Path("valclair.apprenance"), Contents(), home="0_accueil.ipynb")["state"]
    {'kind': 'saved', 'text': 'Saved in valclair.apprenance'}
    """
    return {
        "organisation": organisation(language, path, held, served),
        "campaign": held.campaign.name if held.campaign else None,
        "state": kept_state(language, path, held, served, demonstration),
        "home": {"label": word("home.home", language), "href": home} if home else None,
    }


def header_here(
    workspace: Workspace | None,
    language: str,
    campaign: str | None = None,
    visit: Visit | None = None,
    wave: str = "",
) -> dict | None:
    """Write the header of the page that this kernel shows: whose workspace it is about, and the way home.

    Parameters
    ----------
    workspace
        The open workspace; None: the page is about no workspace, and has no header.
    language
        ``"fr"`` or ``"en"``.
    campaign
        The campaign the page is about; None = the one begun last.
    visit
        What the page's address says; None = that of this kernel.
    wave
        The wave the page is about, where it is about one.

    Returns
    -------
    dict or None
        As `tool_header`. A way home is there where the home page lies beside the page's notebook.

    Examples
    --------
    >>> header_here(None, "en") is None
    True
    """
    if workspace is None:
        return None
    visit = visit or visit_of()
    held = contents_of(workspace)
    home = way_home(language, visit)
    path = workspace.path or Path(workspace.name)
    header = tool_header(language, path, held, visit.served, is_demonstration(), home)
    name = {one.id: one.name for one in held.campaigns}.get(campaign, header["campaign"])
    return header | {"campaign": word("home.of_wave", language, campaign=name, wave=wave) if wave else name}


def way_home(language: str, visit: Visit) -> str | None:
    """Give the address of the home page, where it lies beside the page's notebook."""
    return address_of(HOME, visit.workspace, language if visit.served else None) if Path(HOME).is_file() else None


def organisation(language: str, path: Path, held: Contents, served: bool) -> str:
    """Name the organisation: as people called it, as the file is called, or say that it has no name."""
    return held.organisation or (word("home.unnamed", language) if served else path.stem)


def kept_state(language: str, path: Path, held: Contents, served: bool, demonstration: bool) -> dict:
    """Say where what is done is kept."""
    if held.read_only:
        return {"kind": "unsaved", "text": word("home.state_read_only", language)}
    if demonstration:
        return {"kind": "unsaved", "text": word("home.state_demonstration", language)}
    if served:
        return {"kind": "saved", "text": word("home.state_server", language)}
    return {"kind": "saved", "text": word("home.state_folder", language, file=path.name)}


def faults_block(language: str, block: str, title: str, faults: Sequence[Fault], most: int = MOST_FAULTS) -> dict:
    """Say what is wrong, each fault with its place.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    block
        The block's id.
    title
        What could not be done.
    faults
        Why; the first ones are told, and how many more there are.
    most
        How many are told.

    Examples
    --------
    >>> faults_block("en", "told", "It cannot be opened", [Fault("file_empty", {"file": "a.csv"})])["items"][0]["where"]
    'a.csv'
    """
    told = [place_and_sentence(fault, language) for fault in faults[:most]]
    items = [{"where": where, "text": sentence[:1].upper() + sentence[1:]} for where, sentence in told]
    rest = len(faults) - len(items)
    more = word("importing.more_faults", language, count=format_number(rest, language, 0)) if rest else None
    return {"kind": "faults", "id": block, "title": title, "items": items, "more": more}


def work_block(language: str, block: str, label: str, far: tuple[float, float] | None = None) -> dict:
    """Show work under way, with the way out of it: its button is the action ``stop``.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    block
        The block's id.
    label
        What is being done.
    far
        How far it is, as `Work.far` gives it: a page written anew meanwhile goes on from there.

    Examples
    --------
    >>> work_block("en", "study", "The answers are being compared", (2, 8))["done"]
    2
    """
    done, total = far or (None, None)
    cancel = {"id": "stop", "label": word("work.stop", language)}
    return {"kind": "progress", "id": block, "label": label, "done": done, "total": total, "cancel": cancel}
