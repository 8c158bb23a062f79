"""What each form of the framing's page changes: a framing and what was said, a changed copy."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assessment.framework import Framework
from assessment.practices.framing.cost import UNPAID
from assessment.practices.framing.document import BRAKES, QUESTIONS, ROLE, STEPS, UNIT, listed, part
from assessment.scoring.dimensions import CROSSED

Document = Mapping[str, Any]
Values = Mapping[str, Any]
Cells = Sequence[Sequence[float | None]]

LONGEST_NAME = 120
"""Letters of a name that the page takes."""


def known(values: Values, *names: str) -> dict[str, Any]:
    """Keep what is known: an empty field is not known yet."""
    return {name: values[name] for name in names if values[name] not in (None, "")}


def plain(text: str) -> str:
    """Give a name in one line."""
    return " ".join(text.split())


def write_texts(document: Document, values: Values, *names: str) -> dict[str, Any]:
    """Write texts as they were typed."""
    return {**document, **{name: values[name] for name in names}}


def without(document: Document, name: str, place: int) -> dict[str, Any]:
    """Take one block of a list away."""
    return {**document, name: [one for number, one in enumerate(listed(document, name)) if number != place]}


def add_person(document: Document, values: Values) -> dict[str, Any]:
    """Name one more of the mandate group."""
    person = known({name: plain(values[name]) for name in ("name", "role")}, "name", "role")
    return {**document, "mandate_group": [*listed(document, "mandate_group"), person]} if "name" in person else document


def remove_person(document: Document, place: int) -> dict[str, Any]:
    """Take somebody out of the group, with what they answered on readiness."""
    return without(without(document, "mandate_group", place), "readiness", place)


def unit_rows(document: Document) -> list[str]:
    """Give the units whose people are asked for, then ``""``: those of no unit."""
    return [*(one["unit"] for one in listed(document, "units")), ""]


def role_columns(document: Document, framework: Framework) -> list[str]:
    """Give the roles asked for unit by unit: staff, whoever else stands in a unit, then ``""``: not told apart."""
    used = {one.get("role") for one in listed(document, "people") if one.get("unit")}
    return [*(role.id for role in framework.roles if role.id not in UNPAID or role.id in used), ""]


def other_rows(document: Document, framework: Framework) -> list[str]:
    """Give the roles asked for as a whole: elected members, citizens, partners."""
    inside = role_columns(document, framework)
    return [role.id for role in framework.roles if role.id not in inside]


def headcounts(document: Document) -> dict[tuple[str, str], int]:
    """Give the people by unit and role."""
    return {(one.get("unit") or "", one.get("role") or ""): one["headcount"] for one in listed(document, "people")}


def write_people(document: Document, framework: Framework, staff: Cells, others: Cells) -> dict[str, Any]:
    """Write down who takes part."""
    cells = [
        (unit, role, count)
        for unit, row in zip(unit_rows(document), staff, strict=True)
        for role, count in zip(role_columns(document, framework), row, strict=True)
    ]
    cells += [("", role, row[0]) for role, row in zip(other_rows(document, framework), others, strict=True)]
    return {**document, "people": [cell(*one) for one in cells if one[2] is not None]}


def cell(unit: str, role: str, count: float) -> dict[str, Any]:
    """Give the people of one role in one unit."""
    return {"unit": unit, "role": role, "headcount": int(count)}


def new_id(name: str, taken: Iterable[str]) -> str:
    """Give a unit an id that nobody has: its name, without the sign that crosses units with roles.

    Examples
    --------
    >>> new_id("Voirie", ["Voirie"]), new_id("A·B", [])
    ('Voirie 2', 'A-B')
    """
    wish = name.replace(CROSSED, "-")
    id_, number, others = wish, 1, set(taken)
    while id_ in others:
        number += 1
        id_ = f"{wish} {number}"
    return id_


def add_unit(document: Document, name: str, parent: str) -> dict[str, Any]:
    """Put one more unit on the list."""
    units = listed(document, "units")
    unit = {"unit": new_id(name, [one["unit"] for one in units]), "name": name, "parent": parent}
    return {**document, "units": [*units, unit]}


def change_unit(document: Document, unit: str, name: str, parent: str) -> dict[str, Any]:
    """Give a unit another name or another place; its id stays, and with it its people and mergers."""
    changed = {"unit": unit, "name": name, "parent": parent}
    return {**document, "units": [changed if one["unit"] == unit else one for one in listed(document, "units")]}


def remove_unit(document: Document, unit: str) -> dict[str, Any]:
    """Take a unit away with its people and mergers; its parts belong to what it was a part of."""
    units = listed(document, "units")
    above = next((one.get("parent") or "" for one in units if one["unit"] == unit), "")
    left = [{**one, "parent": above} if one.get("parent") == unit else one for one in units if one["unit"] != unit]
    mergers = [
        one for one in listed(document, "mergers") if one["kind"] != UNIT or unit not in (one["from"], one["into"])
    ]
    people = [one for one in listed(document, "people") if one.get("unit") != unit]
    return {**document, "units": left, "people": people, "mergers": mergers}


def without_lost_mergers(document: Document) -> dict[str, Any]:
    """Leave out mergers of units that are no longer there, or that are made of others now."""
    units = {one["unit"] for one in listed(document, "units")}
    wholes = {one.get("parent") for one in listed(document, "units")}
    stays = [
        one
        for one in listed(document, "mergers")
        if one["kind"] == ROLE or ({one["from"], one["into"]} <= units and one["from"] not in wholes)
    ]
    return {**document, "mergers": stays}


def announce(document: Document, kind: str, pairs: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Announce mergers; what was merged into one that is merged now goes with it."""
    mergers = listed(document, "mergers")
    for gone, stays in pairs:
        mergers = [{**one, "into": stays} if one["kind"] == kind and one["into"] == gone else one for one in mergers]
        mergers.append({"kind": kind, "from": gone, "into": stays})
    return {**document, "mergers": mergers}


def write_method(document: Document, values: Values) -> dict[str, Any]:
    """Write how answers are gathered; the rate comes in percent."""
    told = {name: value for name, value in values.items() if name != "support"}
    if "rate" in told:
        told["rate"] = None if told["rate"] is None else round(told["rate"] / 100, 6)
    method = {**part(document, "method"), **told}
    changed = {**document, "method": {name: value for name, value in method.items() if value not in (None, "")}}
    return changed | ({"support": values["support"]} if "support" in values else {})


def write_cost(document: Document, values: Values) -> dict[str, Any]:
    """Write prices and days."""
    stays = {name: value for name, value in part(document, "costs").items() if name not in values}
    return {**document, "costs": {**stays, **known(values, *values)}}


def add_workshop(document: Document, values: Values) -> dict[str, Any]:
    """Put one more workshop on the list."""
    costs = part(document, "costs")
    workshop = known({**values, "name": plain(values["name"])}, "name", "people", "staff", "hours")
    return {**document, "costs": {**costs, "workshops": [*(costs.get("workshops") or ()), workshop]}}


def remove_workshop(document: Document, place: int) -> dict[str, Any]:
    """Take a workshop away."""
    return {**document, "costs": without(part(document, "costs"), "workshops", place)}


def write_calendar(document: Document, values: Values) -> dict[str, Any]:
    """Write the day wanted."""
    stays = {name: value for name, value in part(document, "calendar").items() if name != "wanted"}
    return {**document, "calendar": {**stays, **known(values, "wanted")}}


def write_days(document: Document, days: Cells) -> dict[str, Any]:
    """Write how long each step takes; what is left empty takes as long as usual."""
    stays = {name: value for name, value in part(document, "calendar").items() if name != "days"}
    told = {step: int(row[0]) for step, row in zip(STEPS, days, strict=True) if row[0] is not None}
    return {**document, "calendar": {**stays, **({"days": told} if told else {})}}


def add_election(document: Document, values: Values) -> dict[str, Any]:
    """Put one more election on the list."""
    calendar = part(document, "calendar")
    elections = [*(calendar.get("elections") or ()), known(values, "first", "last")]
    return {**document, "calendar": {**calendar, "elections": elections}}


def remove_election(document: Document, place: int) -> dict[str, Any]:
    """Take an election away."""
    return {**document, "calendar": without(part(document, "calendar"), "elections", place)}


def write_brakes(document: Document, values: Values) -> dict[str, Any]:
    """Write the answers to the brakes."""
    return {**document, "brakes": known(values, *BRAKES)}


def write_readiness(document: Document, answers: Cells) -> dict[str, Any]:
    """Write the group's answers: a row of the grid is a question, a column is one of the group."""
    people = [
        {question: int(given) for question, given in zip(QUESTIONS, column, strict=True) if given is not None}
        for column in zip(*answers, strict=True)
    ]
    return {**document, "readiness": people}
