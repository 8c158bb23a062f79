"""Where somebody stands who has opened the home page, and the parts that its pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessment.apps.contents import Contents
from assessment.apps.shell import work_block
from assessment.apps.told import Told
from assessment.texts import word

LONGEST_NAME = 120
"""Letters of an organisation's name."""


@dataclass(frozen=True)
class Standing:
    """Where somebody stands, as the page tells it.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    path, held
        The open workspace and what is in it; None where none is open.
    id
        Its id, on a server.
    served
        Whether the page is served to visitors.
    demonstration
        Whether the server forgets everything.
    files
        Workspaces of the folder and when each was used last; on a server none, for they are other people's.
    told
        What has just happened.
    under_way
        The work under way: what it is (``example, bring, download``) and how far (`Work.far`).
    """

    language: str
    path: Path | None = None
    held: Contents | None = None
    id: str | None = None
    served: bool = False
    demonstration: bool = False
    files: Sequence[tuple[str, datetime]] = ()
    told: Told | None = None
    under_way: tuple[str, tuple[float, float] | None] | None = None

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"home.{key}", self.language, **values)


def under_way(standing: Standing, work: str) -> list[dict]:
    """Show how far a piece of work is, beside the button that began it."""
    if standing.under_way is None or standing.under_way[0] != work:
        return []
    return [work_block(standing.language, work, standing.say(f"{work}_work"), standing.under_way[1])]


def section(standing: Standing, key: str, blocks: list[dict]) -> dict:
    """Arrange a part of the page under its title and its sentence."""
    words = {"title": standing.say(f"{key}_title"), "text": standing.say(f"{key}_text")}
    return {"kind": "section", "id": key, **words, "blocks": blocks}


def buttons(*items: dict) -> dict:
    """Arrange what can be done in a row."""
    return {"kind": "actions", "items": list(items)}


def organisation_field(standing: Standing, value: str = "") -> dict:
    """Ask for the organisation's name."""
    return {
        "kind": "text",
        "id": "organisation",
        "label": standing.say("organisation"),
        "hint": standing.say("organisation_hint"),
        "value": value,
        "required": True,
        "longest": LONGEST_NAME,
        "autocomplete": "organization",
    }
