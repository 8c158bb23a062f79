"""The chapters of the diagnostic, each one entry: what it tells, of which choices, whether it takes seconds to know.

A chapter that is only told gives passages. One in which something is done is a room: it writes blocks, and answers what
it offers to do.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from assessment.apps.campaign import Campaign
from assessment.apps.differences import tell_differences
from assessment.apps.kept_sheet import KeptSheet
from assessment.apps.looking import Choice
from assessment.apps.rooms import elsewhere_room, group_level_room, texts_room
from assessment.apps.told_chapters import tell_agenda, tell_items, tell_reliability
from assessment.apps.told_profile import tell_profile
from assessment.figures.passages import Passage
from assessment.widgets.tool_page import Event


class Room(Protocol):
    """A chapter in which something is done."""

    ACTIONS: ClassVar[Mapping[str, Callable[[Any, Event], None]]]
    """What it answers, by the action: called with the room and the event; the page is then written anew."""

    sheet: KeptSheet
    """What is worked on in it."""

    def blocks(self, language: str) -> list[dict]:
        """Write the chapter."""
        ...


@dataclass(frozen=True)
class Chapter:
    """One chapter.

    Parameters
    ----------
    id
        A short name; its words are ``chapter_<id>`` in `texts/words/diagnostic.toml`.
    filters
        What of it can be chosen, in the order of the page.
    further
        Whether it needs the further tables, which take seconds.
    tell
        Gives its passages, of the campaign and the choice.
    room
        Makes its room, of the diagnostic: once for each campaign that is looked at.
    """

    id: str
    filters: tuple[str, ...] = ("wave",)
    further: bool = True
    tell: Callable[[Campaign, Choice], list[Passage]] = lambda campaign, chosen: []
    room: Callable[[Any], Room] | None = None


CHAPTERS = (
    Chapter("profile", ("wave", "unit", "role"), further=False, tell=tell_profile),
    Chapter("differences", tell=tell_differences),
    Chapter("items", ("wave", "dimension"), tell=tell_items),
    Chapter("agenda", tell=tell_agenda),
    Chapter("texts", further=False, room=texts_room),
    Chapter("group_level", further=False, room=group_level_room),
    Chapter("elsewhere", further=False, room=elsewhere_room),
    Chapter("reliability", tell=tell_reliability),
)
"""The chapters there are, in the order in which a group would read them."""


def chapter_of(id_: str) -> Chapter:
    """Give a chapter by its id.

    Examples
    --------
    >>> chapter_of("profile").filters
    ('wave', 'unit', 'role')
    """
    return next(one for one in CHAPTERS if one.id == id_)
