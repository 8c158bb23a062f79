"""The framing as its page sees it: where somebody stands in nine steps, and what each step still lacks."""

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assessment.apps.told import Told
from assessment.figures.passages import Passage
from assessment.framework import Framework
from assessment.practices import framing_people, list_brakes
from assessment.practices.framing.document import WORKSHOP, listed, part
from assessment.texts import word
from assessment.workspace import Campaign

OVERVIEW = "overview"
STEPS = ("aim", "who", "visible", "method", "cost", "calendar", "brakes", "readiness", "mandate")
"""The steps of the page, in their order."""

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Handing:
    """The campaign a framing leads to.

    Parameters
    ----------
    campaign
        The one that is there; None where none is.
    begun
        Whether anybody answered in it, may answer, or was told of it.
    alike
        Whether what was announced in it is what the framing says now.
    """

    campaign: Campaign | None = None
    begun: bool = False
    alike: bool = False


@dataclass(frozen=True)
class Standing:
    """Where somebody stands, as the page tells it.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    framework
        The instrument.
    document
        The framing.
    header
        The header of the page.
    step
        One of `STEPS`, or `OVERVIEW`.
    kept
        Whether what is done is kept in a workspace.
    told
        What has just happened.
    unit
        The unit that is looked at.
    plans
        Mergers of units that were found; None where nobody searched.
    searching
        Whether they are searched for now.
    compared
        The answers on readiness beside the survey; None without a survey.
    handing
        The campaign.
    home
        The address of the home page.
    today
        The day.
    """

    language: str
    framework: Framework
    document: Document
    header: Mapping[str, Any]
    step: str = OVERVIEW
    kept: bool = False
    told: Told | None = None
    unit: str = ""
    plans: pd.DataFrame | None = None
    searching: bool = False
    compared: pd.DataFrame | None = None
    handing: Handing = Handing()
    home: str = ""
    today: datetime.date | None = None

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"mandate_page.{key}", self.language, **values)

    def roles(self) -> dict[str, str]:
        """Name the roles of the instrument."""
        return {role.id: role.name[self.language] for role in self.framework.roles}

    @property
    def method(self) -> Mapping[str, Any]:
        """How answers are gathered."""
        return part(self.document, "method")


def has_text(document: Document, key: str) -> bool:
    """Say whether a text is written."""
    return bool((document.get(key) or "").strip())


FILLED: dict[str, Callable[[Standing], bool]] = {
    "aim": lambda one: has_text(one.document, "aim"),
    "who": lambda one: not framing_people(one.document).empty,
    "visible": lambda one: one.method.get("kind") == WORKSHOP or one.method.get("rate") is not None,
    "method": lambda one: one.method.get("kind") is not None,
    "cost": lambda one: any(value not in (None, []) for value in part(one.document, "costs").values()),
    "calendar": lambda one: bool(part(one.document, "calendar").get("wanted")),
    "brakes": lambda one: bool(list_brakes(one.document)["answered"].all()),
    "readiness": lambda one: any(
        value is not None for given in listed(one.document, "readiness") for value in given.values()
    ),
    "mandate": lambda one: one.handing.campaign is not None and (one.handing.begun or one.handing.alike),
}
"""When a step is done: what it asks for is known."""


def states_of(standing: Standing) -> dict[str, str]:
    """Say of each step whether it is ``done``, comes ``next`` (the first that is not), or ``later``."""
    done = {step: FILLED[step](standing) for step in STEPS}
    following = next((step for step in STEPS if not done[step]), None)
    return {step: "done" if done[step] else "next" if step == following else "later" for step in STEPS}


def section(title: str, blocks: Sequence[dict], text: str = "", id_: str = "") -> dict:
    """Arrange a part of the page under its title and its sentence."""
    named = {"id": id_} if id_ else {}
    return {"kind": "section", **named, "title": title, "text": text, "blocks": list(blocks)}


def buttons(*items: dict) -> dict:
    """Arrange what can be done in a row."""
    return {"kind": "actions", "items": list(items)}


def shown(passage: Passage, standing: Standing, warn: bool = False, title: str = "") -> dict:
    """Arrange a passage: its answer, its table, its facts, and how to read it folded below.

    Parameters
    ----------
    passage
        What is told.
    standing
        Where somebody stands.
    warn
        Whether its facts are warnings.
    title
        Another title, where the page bears that of the passage.
    """
    blocks = [*facts_of(passage, warn), *table_of(passage), *note_of(passage, standing)]
    return section(title or passage.title, blocks, passage.told, f"told_{passage.id}")


def facts_of(passage: Passage, warn: bool) -> Iterator[dict]:
    """Give the facts of a passage, one under the other."""
    if passage.points:
        tone = "warning" if warn else "info"
        yield {"kind": "notice", "id": f"facts_{passage.id}", "tone": tone, "lines": list(passage.points)}


def table_of(passage: Passage) -> Iterator[dict]:
    """Give the table of a passage, where there is anything in it."""
    if passage.rows:
        table = {"kind": "table", "id": f"table_{passage.id}", "caption": passage.title}
        yield table | {"columns": passage.columns, "rows": passage.rows}


def note_of(passage: Passage, standing: Standing) -> Iterator[dict]:
    """Fold what an answer does not say."""
    if passage.note:
        text = {"kind": "paragraph", "text": passage.note}
        yield {"kind": "details", "id": f"note_{passage.id}", "label": standing.say("how_to_read"), "blocks": [text]}
