"""The chapter of the level by the group: what it keeps, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from os import PathLike
from typing import Any, ClassVar

import pandas as pd

from assessment.apps.contents import GROUP_LEVEL, sheet_id
from assessment.apps.group_level_page import GroupStanding, turn_fields, write_group_level
from assessment.apps.kept_sheet import KeptSheet, afresh, only_here
from assessment.framework.model import Framework
from assessment.practices.group_level import (
    add_turn,
    agree,
    begin,
    check_group,
    dimensions_in,
    is_choosing,
    new_group,
    reveal,
)
from assessment.texts import word
from assessment.widgets.tool_page import Event
from assessment.workspace import Workspace


@dataclass
class GroupLevel:
    """What the chapter is about, and what it answers.

    Parameters
    ----------
    framework
        The instrument.
    dimensions
        The released dimensions, all waves.
    wave
        Gives the wave whose answers stand beside.
    min_group
        The threshold of the release.
    workspace, campaign
        Where the sheet is kept; without a workspace only as long as the page is open.
    """

    framework: Framework
    dimensions: pd.DataFrame
    wave: Callable[[], str]
    min_group: int = 10
    workspace: Workspace | str | PathLike | None = None
    campaign: str = ""
    sheet: KeptSheet = field(init=False)
    turn: int = field(init=False, default=0)
    setting: bool = field(init=False, default=False)
    given: dict = field(init=False, default_factory=dict)
    missing: dict = field(init=False, default_factory=dict)

    def __post_init__(self):
        check = partial(check_group, framework=self.framework)
        self.sheet = KeptSheet(self.workspace, sheet_id(GROUP_LEVEL, self.campaign), new_group, check)

    @property
    def hides_levels(self) -> bool:
        """Whether people are choosing: no other part of the page may show a level by the answers then."""
        return is_choosing(self.sheet.document)

    def blocks(self, language: str) -> list[dict]:
        """Write the chapter."""
        standing = GroupStanding(
            language,
            self.framework,
            self.sheet.document,
            self.dimensions,
            self.wave(),
            self.min_group,
            self.turn,
            self.setting,
            self.given,
            {name: word(f"group_level.{key}", language) for name, key in self.missing.items()},
            self.sheet.happened,
            only_here(self.workspace, language),
        )
        return write_group_level(standing)

    def forget(self) -> None:
        """Tell what has happened no more."""
        self.sheet.happened, self.given, self.missing = None, {}, {}

    def prepare(self, event: Event) -> None:
        """Begin, or go on, with so many people and these dimensions, in the instrument's order."""
        chosen = [one.id for one in self.framework.dimensions if one.id in event.values["dimensions"]]
        if not chosen:
            self.missing = {"dimensions": "dimensions_needed"}
            return
        changed = begin(self.sheet.document, int(event.values["people"]), chosen)
        self.sheet.change(changed, "begun")
        self.setting = False

    def choose(self, event: Event) -> None:
        """Keep one person's choices, and hide them."""
        choices, missing = self.choices_in(event), self.missing_in(event)
        if missing:
            self.missing = missing
        elif self.sheet.change(add_turn(self.sheet.document, choices), "chosen"):
            self.turn += 1
            return
        self.given = dict(event.values)

    def missing_in(self, event: Event) -> dict[str, str]:
        """Say what a form lacks: a fact beside each level, a level beside each fact, one choice at least."""
        found, empty = {}, True
        for dimension in dimensions_in(self.sheet.document):
            level, fact = turn_fields(dimension, self.turn)
            has_level, has_fact = bool(event.values[level]), bool(event.values[fact].strip())
            empty = empty and not has_level
            if has_level and not has_fact:
                found[fact] = "fact_needed"
            elif has_fact and not has_level:
                found[level] = "level_needed"
        first = turn_fields(dimensions_in(self.sheet.document)[0], self.turn)[0]
        return found or ({first: "choice_needed"} if empty else {})

    def choices_in(self, event: Event) -> list[dict]:
        """Give what a form says of each dimension that has a level."""
        found = []
        for dimension in dimensions_in(self.sheet.document):
            level, fact = (event.values[name] for name in turn_fields(dimension, self.turn))
            if level:
                found.append({"dimension": dimension, "maturity_level": level, "fact": " ".join(fact.split())})
        return found

    def open_choices(self, event: Event) -> None:
        """Open the choices to all."""
        self.sheet.change(reveal(self.sheet.document), "revealed")

    def settle(self, event: Event) -> None:
        """Keep the level the group agrees on."""
        dimension = event.values["dimension"]
        level, why = event.values[f"agreed_{dimension}"], event.values[f"why_{dimension}"]
        if not level:
            self.missing = {f"agreed_{dimension}": "agreed_needed"}
            return
        self.sheet.change(agree(self.sheet.document, dimension, level, why.strip()), "agreed")

    def reopen(self, event: Event) -> None:
        """Speak of a dimension again: what the answers say of it goes out of sight."""
        self.sheet.change(agree(self.sheet.document, event.values["dimension"], None), "reopened")

    def set_up(self, event: Event) -> None:
        """Change who takes part, or what they speak of."""
        self.setting = True

    def clear(self, event: Event) -> None:
        """Begin anew; what was is one undo away, and in the workspace's history."""
        self.sheet.change(new_group(), "cleared")

    def undo(self, event: Event) -> None:
        """Take the last step back."""
        self.sheet.undo()
        self.setting = False
        self.turn += 1

    ACTIONS: ClassVar[Mapping[str, Callable[[Any, Event], None]]] = {
        "group_begin": afresh(prepare),
        "group_choose": afresh(choose),
        "group_reveal": afresh(open_choices),
        "group_agree": afresh(settle),
        "group_reopen": afresh(reopen),
        "group_set": afresh(set_up),
        "group_clear": afresh(clear),
        "group_undo": afresh(undo),
    }
