"""The chapter of the level by the group: preparing, choosing in silence, opening, agreeing; arranged and worded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from assessment.apps.kept_sheet import Happened, told
from assessment.figures.group_level import group_level_part, spread_table
from assessment.figures.readings import level_name
from assessment.figures.rows import dimension_names, in_language
from assessment.framework.model import Framework
from assessment.practices.group_level import (
    FEWEST,
    MOST,
    USUAL,
    all_have_chosen,
    compare_levels,
    dimensions_in,
    is_choosing,
    levels_of,
    spread_of,
)
from assessment.texts import format_number, word
from assessment.widgets.passages import passage_block

LONGEST_FACT = 400
DONE = ("begun", "chosen", "revealed", "agreed", "reopened", "cleared")


@dataclass(frozen=True)
class GroupStanding:
    """Where the group stands, as the page tells it.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    framework
        The instrument.
    document
        The sheet of `assessment.practices.group_level`.
    dimensions
        The released dimensions.
    wave
        The wave whose answers stand beside.
    min_group
        The threshold.
    turn
        The number of the form in front of the person who chooses: a new one for each, so that nothing stays in it.
    setting
        Whether the number of people and the dimensions are being changed.
    given
        What somebody put in and has to complete.
    faults
        What is wrong with it, by field.
    happened
        What has just happened.
    """

    language: str
    framework: Framework
    document: Mapping[str, Any]
    dimensions: pd.DataFrame
    wave: str
    min_group: int = 10
    turn: int = 0
    setting: bool = False
    given: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    happened: Happened | None = None
    notices: Sequence[dict] = ()

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"group_level.{key}", self.language, **values)

    def count(self, number: int) -> str:
        """Write a count."""
        return format_number(number, self.language, 0)


def write_group_level(standing: GroupStanding) -> list[dict]:
    """Write the blocks of the chapter.

    Parameters
    ----------
    standing
        Where the group stands.

    Returns
    -------
    list of dict
        Blocks of `ChartPage`. No level by the answers is among them before the group has agreed on its own.

    Notes
    -----
    **Missing answers**: who has no view on a dimension leaves it open.
    """
    titles = {key: standing.say(f"done_{key}") for key in DONE}
    top = [*told("group", standing.happened, standing.language, "group_undo", titles), *standing.notices]
    if not standing.framework.maturity_levels:
        title, lines = standing.say("no_levels_title"), [standing.say("no_levels")]
        return [*top, {"kind": "notice", "id": "group_none", "tone": "info", "title": title, "lines": lines}]
    if standing.setting or not dimensions_in(standing.document):
        return [*top, *preparing(standing)]
    return [*top, *(choosing(standing) if is_choosing(standing.document) else agreeing(standing))]


def preparing(standing: GroupStanding) -> Iterator[dict]:
    """Say what the exercise is, and ask how many take part and what they speak of."""
    steps = [standing.say(f"step_{one}") for one in ("choose", "open", "agree")]
    yield {"kind": "paragraph", "id": "group_lead", "text": standing.say("lead")}
    yield {"kind": "notice", "id": "group_how", "tone": "info", "title": standing.say("how"), "lines": steps}
    names = dimension_names(standing.framework, standing.language)
    usual = [one.id for one in standing.framework.dimensions if one.reach] or list(names)
    fields = [
        {
            "kind": "whole",
            "id": "people",
            "label": standing.say("people"),
            "hint": standing.say("people_hint"),
            "value": standing.document.get("people") or USUAL,
            "min": FEWEST,
            "max": MOST,
            "required": True,
        },
        {
            "kind": "choices",
            "id": "dimensions",
            "label": standing.say("dimensions"),
            "hint": standing.say("dimensions_hint"),
            "options": [{"value": one, "label": name} for one, name in names.items()],
            "value": dimensions_in(standing.document) or usual,
            "required": True,
        },
    ]
    if "dimensions" in standing.faults:
        fields[1]["fault"] = standing.faults["dimensions"]
    form = {"kind": "form", "id": "group_prepare", "label": standing.say("prepare"), "fields": fields}
    yield form | {"submit": {"id": "group_begin", "label": standing.say("begin")}}


def choosing(standing: GroupStanding) -> Iterator[dict]:
    """Let one person after the other choose; nothing tells what the others chose, or what the answers say."""
    count, people = len(standing.document["turns"]), standing.document["people"]
    numbers = {"count": standing.count(count), "people": standing.count(people)}
    yield {
        "kind": "facts",
        "items": [{"label": standing.say("have_chosen"), "value": standing.say("of_people", **numbers)}],
    }
    if all_have_chosen(standing.document):
        action = {"id": "group_reveal", "label": standing.say("reveal"), "primary": True}
        notice = {"kind": "notice", "id": "group_all", "tone": "good", "title": standing.say("all_chosen")}
        yield notice | {"lines": [standing.say("all_chosen_text")], "actions": [action]}
    else:
        yield {"kind": "heading", "text": standing.say("turn", number=standing.count(count + 1))}
        yield {"kind": "paragraph", "id": "group_silent", "text": standing.say("silent")}
        yield turn_form(standing)
    change = [{"id": "group_set", "label": standing.say("change_people")}]
    change += [{"id": "group_clear", "label": standing.say("clear")}]
    yield {"kind": "actions", "id": "group_more", "items": change}


def turn_form(standing: GroupStanding) -> dict:
    """Ask one person for a descriptor and a fact of each dimension."""
    names = dimension_names(standing.framework, standing.language)
    fields = []
    for dimension in dimensions_in(standing.document):
        level, fact = turn_fields(dimension, standing.turn)
        fields.append(
            {
                "kind": "choice",
                "id": level,
                "label": names[dimension],
                "options": descriptors(standing, dimension),
                "value": standing.given.get(level) or None,
                "width": "wide",
            }
        )
        asked = {
            "kind": "text",
            "id": fact,
            "label": standing.say("fact", dimension=names[dimension]),
            "hint": standing.say("fact_hint"),
            "longest": LONGEST_FACT,
            "value": standing.given.get(fact) or "",
            "width": "wide",
        }
        fields.append(asked)
    fields = [one | ({"fault": standing.faults[one["id"]]} if one["id"] in standing.faults else {}) for one in fields]
    form = {"kind": "form", "id": "group_turn", "label": standing.say("choose"), "fields": fields}
    return form | {"submit": {"id": "group_choose", "label": standing.say("keep_choice")}}


def turn_fields(dimension: str, turn: int) -> tuple[str, str]:
    """Name the fields of a dimension in one person's form."""
    return f"level_{turn}_{dimension}", f"fact_{turn}_{dimension}"


def descriptors(standing: GroupStanding, dimension: str) -> list[dict]:
    """Offer the levels of a dimension as scenes; by their names where the instrument describes none."""
    texts = {one.maturity_level: one.text for one in standing.framework.descriptors if one.dimension == dimension}
    return [
        {
            "value": level,
            "label": in_language(texts[level], standing.language)
            if level in texts
            else level_name(number, standing.framework, standing.language),
        }
        for number, level in enumerate(levels_of(standing.framework))
    ]


def agreeing(standing: GroupStanding) -> Iterator[dict]:
    """Show how the choices spread, let the group agree, and set the answers beside what it agreed on."""
    compared = compare_levels(standing.document, standing.dimensions, standing.framework, standing.wave)
    if len(compared):
        settings = {"min_group": standing.min_group}
        yield passage_block(group_level_part(compared, standing.framework, standing.language, **settings))
    else:
        notice = {"kind": "notice", "id": "group_open", "tone": "info", "title": standing.say("open_title")}
        yield notice | {"lines": [standing.say("open")]}
    spread = spread_of(standing.document, standing.framework)
    names = dimension_names(standing.framework, standing.language)
    agreed = {one["dimension"]: one for one in standing.document["agreed"]}
    for dimension in dimensions_in(standing.document):
        yield dimension_section(standing, dimension, names[dimension], spread, agreed.get(dimension))
    yield {"kind": "paragraph", "id": "group_note", "text": standing.say("note")}
    yield {"kind": "actions", "id": "group_more", "items": [{"id": "group_clear", "label": standing.say("clear")}]}


def dimension_section(
    standing: GroupStanding, dimension: str, name: str, spread: pd.DataFrame, agreed: Mapping[str, str] | None
) -> dict:
    """Show one dimension's choices and facts, and the level agreed on or the form to agree."""
    columns, rows = spread_table(spread[spread["dimension"] == dimension], standing.framework, standing.language)
    table = {"kind": "table", "caption": standing.say("spread", dimension=name), "columns": columns, "rows": rows}
    own = settled(standing, dimension, agreed) if agreed else [agree_form(standing, dimension, name)]
    return {"kind": "section", "id": f"group_{dimension}", "title": name, "blocks": [table, *own]}


def settled(standing: GroupStanding, dimension: str, agreed: Mapping[str, str]) -> list[dict]:
    """Tell what the group agreed on, and offer to speak of it again."""
    number = levels_of(standing.framework).index(agreed["maturity_level"])
    level = level_name(number, standing.framework, standing.language)
    lines = [agreed["why"]] if agreed.get("why") else []
    again = {"id": "group_reopen", "label": standing.say("reopen"), "values": {"dimension": dimension}}
    notice = {
        "kind": "notice",
        "id": f"agreed_{dimension}",
        "tone": "good",
        "title": standing.say("is_agreed", level=level),
    }
    return [notice | {"lines": lines, "actions": [again]}]


def agree_form(standing: GroupStanding, dimension: str, name: str) -> dict:
    """Ask for the level the group agrees on."""
    levels = enumerate(levels_of(standing.framework))
    options = [
        {"value": one, "label": level_name(number, standing.framework, standing.language)} for number, one in levels
    ]
    level = {
        "kind": "menu",
        "id": f"agreed_{dimension}",
        "label": standing.say("agreed_level"),
        "options": options,
        "value": standing.given.get(f"agreed_{dimension}") or "",
    }
    if f"agreed_{dimension}" in standing.faults:
        level["fault"] = standing.faults[f"agreed_{dimension}"]
    why = {"kind": "text", "id": f"why_{dimension}", "label": standing.say("why"), "value": "", "width": "wide"}
    submit = {"id": "group_agree", "label": standing.say("agree"), "quiet": True, "values": {"dimension": dimension}}
    label = standing.say("agree_on", dimension=name)
    return {"kind": "form", "id": f"agree_{dimension}", "label": label, "fields": [level, why], "submit": submit}
