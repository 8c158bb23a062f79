"""The steps of the framing about groups: who takes part, what will be visible of them, who is told as one."""

from collections.abc import Iterator, Sequence

import pandas as pd

from assessment.apps.framing_edits import headcounts, other_rows, role_columns, unit_rows
from assessment.apps.framing_rooms import (
    adding,
    least_field,
    name_field,
    rate_field,
    removable,
    workshop_advice,
)
from assessment.apps.framing_sheet import Standing, buttons, section, shown
from assessment.figures.visible import Names, merger_row, visible_part
from assessment.practices import find_mergers, framing_people
from assessment.practices.framing.document import MOST_PEOPLE, ROLE, UNIT, listed
from assessment.responses.units import ancestors
from assessment.texts import format_number

MOST_UNITS = 500
MOST_PASTED = 100_000
LARGEST_FILE = 2 * 1024 * 1024
FOLDED = 20
"""Groups beyond which their table is folded."""

PLANS = 4
"""Plans of mergers that are offered of each kind."""


def who_room(standing: Standing) -> Iterator[dict]:
    """Ask for people by unit and role."""
    yield people_form(standing)
    people = int(framing_people(standing.document)["headcount"].sum())
    if people:
        value = format_number(people, standing.language, 0)
        fact = {"label": standing.say("people_all"), "value": value, "note": standing.say("people_all_note")}
        yield {"kind": "facts", "id": "people", "items": [fact]}
    yield from workshop_advice(standing)
    yield section(standing.say("units_title"), units_blocks(standing), standing.say("units_text"), "units")


def people_form(standing: Standing) -> dict:
    """Ask for headcounts: staff unit by unit, others as a whole."""
    counts, roles = headcounts(standing.document), standing.roles()
    units, columns = unit_rows(standing.document), role_columns(standing.document, standing.framework)
    others = other_rows(standing.document, standing.framework)
    names = unit_names(standing)
    staff = grid(standing, "staff", [(f"u{place}", names[unit]) for place, unit in enumerate(units)])
    staff["columns"] = [{"id": role or "none", "label": roles.get(role, standing.say("role_none"))} for role in columns]
    staff["required"] = True
    staff["value"] = [[counts.get((unit, role)) for role in columns] for unit in units]
    rest = grid(standing, "others", [(role, roles[role]) for role in others])
    rest["columns"] = [{"id": "headcount", "label": standing.say("headcount")}]
    rest["totals"] = False
    rest["value"] = [[counts.get(("", role))] for role in others]
    fields = [staff, rest] if others else [staff]
    return {
        "kind": "form",
        "id": "people",
        "label": standing.say("step_who"),
        "fields": fields,
        "change": "write_people",
    }


def grid(standing: Standing, id_: str, rows: Sequence[tuple[str, str]]) -> dict:
    """Lay out a grid of headcounts, without its columns."""
    words = {"label": standing.say(f"grid_{id_}"), "hint": standing.say(f"grid_{id_}_hint")}
    told = [{"id": one, "label": label} for one, label in rows]
    bounds = {"min": 0, "max": MOST_PEOPLE}
    corner = standing.say(f"grid_{id_}_corner")
    return {"kind": "grid", "id": id_, **words, "rows": told, "corner": corner, "width": "wide", **bounds}


def unit_names(standing: Standing) -> dict[str, str]:
    """Name the units as rows: a unit of units stands for those who belong to it directly."""
    units = listed(standing.document, "units")
    wholes = {one.get("parent") for one in units}
    names = {
        one["unit"]: standing.say("unit_itself", name=one.get("name") or one["unit"])
        if one["unit"] in wholes
        else one.get("name") or one["unit"]
        for one in units
    }
    return names | {"": standing.say("unit_none" if units else "unit_all")}


def units_blocks(standing: Standing) -> Iterator[dict]:
    """Offer to add, change, bring and paste units."""
    units = listed(standing.document, "units")
    yield adding(standing, "add_unit", [unit_name(standing), parent_field(standing, "")])
    if units:
        yield from folded(standing, "change_units", changing(standing))
    upload = {"kind": "upload", "id": "bring_units", "accept": ".csv", "largest": LARGEST_FILE}
    upload |= {"label": standing.say("bring_units"), "hint": standing.say("bring_units_hint")}
    cells = {"kind": "long_text", "id": "cells", "label": standing.say("cells"), "hint": standing.say("cells_hint")}
    cells |= {"longest": MOST_PASTED, "rows": 5, "width": "wide"}
    yield from folded(standing, "units_from_file", [upload, adding(standing, "paste_units", [cells])])


def folded(standing: Standing, key: str, blocks: Sequence[dict]) -> Iterator[dict]:
    """Fold what is needed now and then."""
    yield {"kind": "details", "id": key, "label": standing.say(key), "blocks": list(blocks)}


def unit_name(standing: Standing, value: str = "") -> dict:
    """Ask for a unit's name."""
    return name_field("name", standing.say("unit_name"), True, standing.say("unit_name_hint"), value)


def parent_field(standing: Standing, unit: str, value: str = "") -> dict:
    """Ask what a unit is a part of: of none that is a part of it."""
    units = listed(standing.document, "units")
    parents = {one["unit"]: one.get("parent") or "" for one in units}
    options = [
        {"value": one["unit"], "label": one.get("name") or one["unit"]}
        for one in units
        if not unit or (one["unit"] != unit and unit not in ancestors(one["unit"], parents))
    ]
    words = {"label": standing.say("unit_parent"), "hint": standing.say("unit_parent_hint")}
    return {"kind": "menu", "id": "parent", **words, "options": options, "value": value}


def changing(standing: Standing) -> Iterator[dict]:
    """Offer to rename a unit, to move it, to take it away."""
    units = listed(standing.document, "units")
    options = [{"value": one["unit"], "label": one.get("name") or one["unit"]} for one in units]
    menu = {"kind": "menu", "id": "unit", "label": standing.say("unit_which"), "options": options}
    form = {"kind": "form", "id": "which_unit", "label": standing.say("unit_which"), "change": "choose_unit"}
    yield form | {"fields": [menu | {"value": standing.unit}]}
    chosen = next((one for one in units if one["unit"] == standing.unit), None)
    if chosen is None:
        return
    name = chosen.get("name") or chosen["unit"]
    fields = [unit_name(standing, name), parent_field(standing, standing.unit, chosen.get("parent") or "")]
    form = adding(standing, "change_unit", fields) | {"id": f"unit {standing.unit}"}
    about = {"about": name, "values": {"unit": standing.unit}}
    form["submit"]["values"] = about["values"]
    form["actions"] = [{"id": "remove_unit", "label": standing.say("remove_unit"), **about}]
    yield form


def visible_room(standing: Standing) -> Iterator[dict]:
    """Tell which groups will likely be visible, and offer mergers to announce beforehand."""
    form = {"kind": "form", "id": "rules", "label": standing.say("step_visible"), "change": "write_rules"}
    yield form | {"fields": [rate_field(standing), least_field(standing)]}
    if framing_people(standing.document).empty:
        line, go = standing.say("visible_first"), {"id": "go", "label": standing.say("step_who")}
        actions = [go | {"values": {"step": "who"}}]
        yield {"kind": "notice", "id": "first", "tone": "info", "lines": [line], "actions": actions}
        return
    yield from workshop_advice(standing)
    yield visible_groups(standing)
    mergers = [*announced(standing), *role_plans(standing), *unit_plans(standing)]
    yield section(standing.say("mergers_title"), mergers, standing.say("mergers_text"), "mergers")


def visible_groups(standing: Standing) -> dict:
    """Tell which groups will likely be visible; a long list is folded, so that mergers stay near."""
    told = visible_part(standing.document, standing.framework, standing.language)
    arranged = shown(told, standing, title=standing.say("visible_title"))
    if len(told.rows) <= FOLDED:
        return arranged
    label = standing.say("visible_groups", count=format_number(len(told.rows), standing.language, 0))
    return arranged | {"blocks": [{"kind": "details", "id": "groups", "label": label, "blocks": arranged["blocks"]}]}


def announced(standing: Standing) -> Iterator[dict]:
    """List the mergers announced, each to be undone."""
    names = Names(standing.document, standing.framework, standing.language)
    mergers = listed(standing.document, "mergers")
    items = [
        (
            standing.say(
                "announced",
                one=names.alone[one["kind"]].get(one["from"], one["from"]),
                other=names.alone[one["kind"]].get(one["into"], one["into"]),
            ),
            "",
        )
        for one in mergers
    ]
    yield from removable(standing, "announced", items, "remove_merger")


def role_plans(standing: Standing) -> Iterator[dict]:
    """Offer mergers of roles."""
    plans = find_mergers(standing.document, standing.framework, ROLE)
    if plans.empty:
        yield {"kind": "paragraph", "id": "no_plan_roles", "text": standing.say("no_plan_roles")}
    else:
        yield plan_cards(standing, ROLE, plans)


def unit_plans(standing: Standing) -> Iterator[dict]:
    """Offer mergers of units, which are searched for when somebody asks."""
    if not listed(standing.document, "units"):
        return
    if standing.searching:
        cancel = {"id": "stop_search", "label": standing.say("stop_search")}
        yield {"kind": "progress", "id": "search", "label": standing.say("searching"), "cancel": cancel}
    elif standing.plans is None:
        yield buttons({"id": "search", "label": standing.say("search")})
    elif standing.plans.empty:
        yield {"kind": "paragraph", "id": "no_plan_units", "text": standing.say("no_plan_units")}
    else:
        yield plan_cards(standing, UNIT, standing.plans)


def plan_cards(standing: Standing, kind: str, plans: pd.DataFrame) -> dict:
    """Offer plans, each with what it would show."""
    names = Names(standing.document, standing.framework, standing.language)
    items = [plan_card(standing, names, row) for row in plans.head(PLANS).to_dict("records")]
    label = standing.say(f"plans_{kind}")
    return {"kind": "cards", "id": f"plans_{kind}", "label": label, "look": "rows", "items": items}


def plan_card(standing: Standing, names: Names, row: dict) -> dict:
    """Offer one plan."""
    title, gained, left = merger_row(row, names, standing.language)
    pairs = [list(pair) for pair in row["merged"]]
    key = f"plan_{row['kind']}" if row["people_hidden"] else f"plan_{row['kind']}_all"
    action = {"id": "announce", "label": standing.say("announce"), "about": title}
    return {
        "id": str(pairs),
        "title": title,
        "text": standing.say(key, people=gained, left=left),
        "actions": [action | {"values": {"kind": row["kind"], "pairs": pairs}}],
    }
