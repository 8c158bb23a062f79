"""The steps of the framing that are forms with what follows from them: aim, method, cost, calendar, brakes."""

from collections.abc import Iterator
from typing import Any

from assessment.apps.framing_edits import LONGEST_NAME
from assessment.apps.framing_sheet import Standing, section, shown
from assessment.figures.framing import brakes_part, consulted_part, cost_part, schedule_part, told_day
from assessment.practices import advise_method, find_schedule_warnings
from assessment.practices.framing.cost import MINUTES
from assessment.practices.framing.document import (
    BOTH,
    BRAKES,
    FULL,
    MOST_DAYS,
    MOST_HOURS,
    MOST_MONEY,
    MOST_PEOPLE,
    SHORT,
    STEPS,
    SURVEY,
    WORKSHOP,
    listed,
    part,
)
from assessment.practices.framing.schedule import DAYS
from assessment.practices.framing.visibility import SMALL_ORGANISATION
from assessment.practices.shape import LONGEST, day_of
from assessment.scoring.confidentiality import SMALLEST, Settings
from assessment.texts import format_number, word

NEEDED = {"required": True}
"""Of what a step asks for: it is not done without; nothing keeps anybody from going on."""

MOST_GROUP = 1000
"""The largest threshold that the page takes."""


def aim_room(standing: Standing) -> Iterator[dict]:
    """Ask why, for what part of the organisation, and who carries it."""
    form = {"kind": "form", "id": "aim", "label": standing.say("step_aim"), "change": "write_aim"}
    yield form | {"fields": [long_text(standing, "aim", 4) | NEEDED, long_text(standing, "scope", 3)]}
    yield section(
        standing.say("group_title"), [*group_list(standing), new_person(standing)], standing.say("group_text")
    )


def long_text(standing: Standing, key: str, rows: int) -> dict:
    """Ask for some lines of text."""
    words = {"label": standing.say(key), "hint": standing.say(f"{key}_hint")}
    value = standing.document.get(key) or ""
    return {"kind": "long_text", "id": key, **words, "value": value, "longest": LONGEST, "rows": rows, "width": "wide"}


def group_list(standing: Standing) -> Iterator[dict]:
    """List the mandate group."""
    people = [(one["name"], one.get("role") or "") for one in listed(standing.document, "mandate_group")]
    yield from removable(standing, "group", people, "remove_person")


def removable(standing: Standing, id_: str, items: list[tuple[str, str]], action: str) -> Iterator[dict]:
    """List what was added, each to be taken away again."""
    cards = [
        {
            "id": str(place),
            "title": title,
            "text": text,
            "actions": [{"id": action, "label": standing.say("remove"), "about": title, "values": {"place": place}}],
        }
        for place, (title, text) in enumerate(items)
    ]
    if cards:
        yield {"kind": "cards", "id": id_, "label": standing.say(f"{id_}_title"), "look": "rows", "items": cards}


def new_person(standing: Standing) -> dict:
    """Offer to name one more of the group."""
    fields = [name_field("name", standing.say("person_name"), True), name_field("role", standing.say("person_role"))]
    return adding(standing, "add_person", fields)


def name_field(id_: str, label: str, required: bool = False, hint: str = "", value: str = "") -> dict:
    """Ask for a name."""
    told = {"kind": "text", "id": id_, "label": label, "longest": LONGEST_NAME, "required": required, "value": value}
    return told | ({"hint": hint} if hint else {})


def adding(standing: Standing, action: str, fields: list[dict]) -> dict:
    """Arrange a form that adds one more."""
    submit = {"id": action, "label": standing.say(action), "quiet": True}
    return {"kind": "form", "id": action, "label": standing.say(action), "fields": fields, "submit": submit}


def rate_field(standing: Standing) -> dict:
    """Ask for the share of people expected to answer, in percent."""
    rate = standing.method.get("rate")
    words = {"label": standing.say("rate"), "hint": standing.say("rate_hint")}
    value = None if rate is None else round(100 * rate, 4)
    return {"kind": "decimal", "id": "rate", **words, "value": value, "min": 0, "max": 100} | NEEDED


def least_field(standing: Standing) -> dict:
    """Ask for the threshold."""
    words = {"label": standing.say("min_group"), "hint": standing.say("min_group_hint")}
    value = standing.method.get("min_group") or Settings().min_group
    return {"kind": "whole", "id": "min_group", **words, "value": value, "min": SMALLEST, "max": MOST_GROUP} | NEEDED


def method_room(standing: Standing) -> Iterator[dict]:
    """Ask how answers are gathered, and who helps."""
    yield from workshop_advice(standing)
    support = long_text(standing, "support", 3)
    why = long_text(standing, "why", 2) | {"value": standing.method.get("why") or ""}
    fields = [kind_field(standing), form_field(standing), rate_field(standing), least_field(standing), why, support]
    form = {"kind": "form", "id": "method", "label": standing.say("step_method"), "change": "write_method"}
    yield form | {"fields": fields}


def workshop_advice(standing: Standing) -> Iterator[dict]:
    """Advise a workshop where there are few people, and a survey was not ruled out yet."""
    advice = advise_method(standing.document)
    if advice.reason and standing.method.get("kind") != WORKSHOP:
        numbers = {"count": advice.headcount, "least": SMALL_ORGANISATION}
        told = {name: format_number(number, standing.language, 0) for name, number in numbers.items()}
        notice = {"kind": "notice", "id": "advice", "tone": "info", "title": standing.say("advice_title")}
        action = {"id": "choose_workshop", "label": standing.say("choose_workshop")}
        line = word(f"framing.advice_{advice.reason}", standing.language, **told)
        yield notice | {"lines": [line], "actions": [action]}


def kind_field(standing: Standing) -> dict:
    """Ask for survey, workshop or both."""
    options = [
        {"value": kind, "label": standing.say(f"kind_{kind}"), "note": standing.say(f"kind_{kind}_note")}
        for kind in (SURVEY, WORKSHOP, BOTH)
    ]
    value = standing.method.get("kind")
    return {"kind": "choice", "id": "kind", "label": standing.say("kind"), "options": options, "value": value} | NEEDED


def form_field(standing: Standing) -> dict:
    """Ask for the full or the short form."""
    options = [
        {
            "value": form,
            "label": standing.say(f"form_{form}"),
            "note": standing.say("form_note", minutes=format_number(MINUTES[form], standing.language, 0)),
        }
        for form in (FULL, SHORT)
    ]
    value = standing.method.get("form")
    return {"kind": "choice", "id": "form", "label": standing.say("form"), "options": options, "value": value} | NEEDED


def number_field(id_: str, label: str, most: float, value: Any = None, hint: str = "", least: float = 0) -> dict:
    """Ask for an amount."""
    told = {"kind": "decimal", "id": id_, "label": label, "value": value, "min": least, "max": most}
    return told | ({"hint": hint} if hint else {})


def whole_field(id_: str, label: str, most: int, value: Any = None, hint: str = "", least: int = 0) -> dict:
    """Ask for a number of people or days."""
    return number_field(id_, label, most, value, hint, least) | {"kind": "whole"}


def cost_room(standing: Standing) -> Iterator[dict]:
    """Ask for prices, days and workshops, and tell what they come to."""
    costs = part(standing.document, "costs")
    limits = {"hourly_cost": MOST_MONEY, "consultant_days": MOST_DAYS, "day_cost": MOST_MONEY}
    fields = [
        number_field(key, standing.say(key), most, costs.get(key), standing.say(f"{key}_hint"))
        for key, most in limits.items()
    ]
    form = {"kind": "form", "id": "cost", "label": standing.say("step_cost"), "change": "write_cost"}
    yield form | {"fields": fields}
    workshops = [*workshop_list(standing), new_workshop(standing)]
    yield section(standing.say("workshops_title"), workshops, standing.say("workshops_text"))
    yield shown(cost_part(standing.document, standing.language), standing)


def workshop_list(standing: Standing) -> Iterator[dict]:
    """List the workshops."""
    items = []
    for place, one in enumerate(part(standing.document, "costs").get("workshops") or (), 1):
        staff = one["people"] if one.get("staff") is None else one["staff"]
        counts = {"people": one["people"], "staff": staff}
        told = {name: format_number(count, standing.language, 0) for name, count in counts.items()}
        hours = format_number(one["hours"], standing.language, 0 if float(one["hours"]).is_integer() else 1)
        title = one.get("name") or standing.say("workshop_unnamed", number=place)
        items.append((title, standing.say("workshop_told", hours=hours, **told)))
    yield from removable(standing, "workshops", items, "remove_workshop")


def new_workshop(standing: Standing) -> dict:
    """Offer to add a workshop."""
    fields = [
        name_field("name", standing.say("workshop_name")),
        whole_field("people", standing.say("workshop_people"), MOST_PEOPLE) | {"required": True},
        whole_field("staff", standing.say("workshop_staff"), MOST_PEOPLE, None, standing.say("workshop_staff_hint")),
        number_field("hours", standing.say("workshop_hours"), MOST_HOURS) | {"required": True},
    ]
    return adding(standing, "add_workshop", fields)


def calendar_room(standing: Standing) -> Iterator[dict]:
    """Ask for the day wanted and the elections near it; tell when each step begins, and whom to consult first."""
    calendar = part(standing.document, "calendar")
    words = {"label": standing.say("wanted"), "hint": standing.say("wanted_hint")}
    field = {"kind": "date", "id": "wanted", **words, "value": calendar.get("wanted") or ""} | NEEDED
    form = {"kind": "form", "id": "calendar", "label": standing.say("step_calendar"), "change": "write_calendar"}
    yield form | {"fields": [field]}
    warned = not find_schedule_warnings(standing.document, standing.today).empty
    told = schedule_part(standing.document, standing.language, standing.today)
    schedule = shown(told, standing, warned, standing.say("schedule_title"))
    yield schedule | {"blocks": [*schedule["blocks"], durations(standing)]}
    yield shown(consulted_part(standing.document, standing.language), standing)
    elections = [*election_list(standing), new_election(standing)]
    yield section(standing.say("elections_title"), elections, standing.say("elections_text"))


def durations(standing: Standing) -> dict:
    """Offer to give the steps other durations than the usual ones, folded: most keep them."""
    days = part(part(standing.document, "calendar"), "days")
    rows = [{"id": step, "label": word(f"framing.step_{step}", standing.language)} for step in STEPS]
    usual = " · ".join(f"{row['label']} {format_number(DAYS[row['id']], standing.language, 0)}" for row in rows)
    field = {
        "kind": "grid",
        "id": "days",
        "label": standing.say("days"),
        "hint": standing.say("days_hint", usual=usual),
        "rows": rows,
        "columns": [{"id": "days", "label": standing.say("days_column")}],
        "corner": standing.say("days_corner"),
        "value": [[days.get(step)] for step in STEPS],
        "totals": False,
        "min": 1,
        "max": MOST_DAYS,
    }
    form = {"kind": "form", "id": "days", "label": standing.say("days"), "fields": [field], "change": "write_days"}
    return {"kind": "details", "id": "durations", "label": standing.say("durations"), "blocks": [form]}


def election_list(standing: Standing) -> Iterator[dict]:
    """List the elections."""
    items = []
    for one in part(standing.document, "calendar").get("elections") or ():
        first, last = (
            told_day(day_of(day), standing.language) if day else "" for day in (one["first"], one.get("last"))
        )
        key = "election_two" if last else "election_one"
        items.append((standing.say(key, first=first, last=last), ""))
    yield from removable(standing, "elections", items, "remove_election")


def new_election(standing: Standing) -> dict:
    """Offer to add an election."""
    fields = [
        {"kind": "date", "id": "first", "label": standing.say("election_first"), "required": True},
        {"kind": "date", "id": "last", "label": standing.say("election_last")},
    ]
    return adding(standing, "add_election", fields)


def brakes_room(standing: Standing) -> Iterator[dict]:
    """Ask for the answer to each brake."""
    answers = part(standing.document, "brakes")
    fields = [
        {
            "kind": "long_text",
            "id": brake,
            "label": word(f"framing.brake_{brake}", standing.language),
            "hint": standing.say(f"brake_{brake}_hint"),
            "value": answers.get(brake) or "",
            "longest": LONGEST,
            "rows": 3,
            "width": "wide",
        }
        | NEEDED
        for brake in BRAKES
    ]
    form = {"kind": "form", "id": "brakes", "label": standing.say("step_brakes"), "change": "write_brakes"}
    yield form | {"fields": fields}
    told = brakes_part(standing.document, standing.language)
    yield {"kind": "notice", "id": "brakes_told", "tone": "info", "lines": [told.told, told.note]}
