"""What the pages of all tools have on top: whose workspace is open, and whether what is done in it is kept."""

from pathlib import Path

from assessment.apps.contents import Contents
from assessment.texts import word


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
