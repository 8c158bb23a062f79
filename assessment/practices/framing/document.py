"""The framing of one assessment as plain data: what it holds, and what must hold of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.practices.shape import Among, Block, Blocks, Day, Number, Text, day_of
from assessment.responses.units import ancestors
from assessment.scoring.confidentiality import SMALLEST

FRAMING = "framing"
"""The id under which a workspace keeps it (`assessment.workspace.PracticeStore`)."""

FORMAT, VERSION = "apprenance-framing", 1

SURVEY, WORKSHOP, BOTH = "survey", "workshop", "both"
FULL, SHORT = "full", "short"
ROLE, UNIT = "role", "unit"

STEPS = ("consult", "prepare", "announce", "field", "analyse", "share")
"""The steps of an assessment, in their order."""

BRAKES = ("mobilisation", "elected_and_hierarchy", "support_and_method", "cost")
"""What stops such work, after the MNT's study: each must be answered."""

QUESTIONS = ("time", "heard", "told_back", "questioned", "project", "who_decides")
"""The six questions of readiness; their words stand in ``texts``, what each speaks of in `readiness`."""

MOST_PEOPLE = 10**6
MOST_HOURS = 1000
MOST_MONEY = 10**7
MOST_DAYS = 366

NAME = Text(200)
NAMED = Text(200, needed=True)

SHAPE = Block(
    {
        "format": Text(),
        "version": Number(1, VERSION, whole=True),
        "aim": Text(),
        "scope": Text(),
        "mandate_group": Blocks(Block({"name": NAMED, "role": NAME}, ("name",)), 50),
        "units": Blocks(Block({"unit": NAMED, "name": NAME, "parent": NAME}, ("unit",))),
        "people": Blocks(
            Block({"unit": NAME, "role": NAME, "headcount": Number(0, MOST_PEOPLE, whole=True)}, ("headcount",))
        ),
        "mergers": Blocks(Block({"kind": Among((ROLE, UNIT)), "from": NAMED, "into": NAMED}, ("kind", "from", "into"))),
        "method": Block(
            {
                "kind": Among((SURVEY, WORKSHOP, BOTH)),
                "form": Among((FULL, SHORT)),
                "rate": Number(0, 1),
                "min_group": Number(SMALLEST, 1000, whole=True),
                "why": Text(),
            }
        ),
        "support": Text(),
        "calendar": Block(
            {
                "wanted": Day(),
                "days": Block({step: Number(1, MOST_DAYS, whole=True) for step in STEPS}),
                "elections": Blocks(Block({"first": Day(), "last": Day()}, ("first",)), 20),
            }
        ),
        "costs": Block(
            {
                "hourly_cost": Number(0, MOST_MONEY),
                "consultant_days": Number(0, MOST_DAYS),
                "day_cost": Number(0, MOST_MONEY),
                "workshops": Blocks(
                    Block(
                        {
                            "name": NAME,
                            "people": Number(0, MOST_PEOPLE, whole=True),
                            "staff": Number(0, MOST_PEOPLE, whole=True),
                            "hours": Number(0, MOST_HOURS),
                        },
                        ("people", "hours"),
                    ),
                    200,
                ),
            }
        ),
        "brakes": Block({brake: Text() for brake in BRAKES}),
        "readiness": Blocks(Block({question: Number(1, 5, whole=True) for question in QUESTIONS}), 50),
    },
    ("format", "version"),
)


def new_framing() -> dict[str, Any]:
    """Give an empty framing: nothing is filled in beforehand but the rules of the kit.

    Examples
    --------
    >>> new_framing()["method"]
    {'min_group': 10}
    """
    return {"format": FORMAT, "version": VERSION, "method": {"min_group": 10}}


def load_framing(kept: Mapping[str, Any] | None, framework: Framework) -> dict[str, Any]:
    """Give the framing that a workspace keeps; an empty one where it keeps none.

    Parameters
    ----------
    kept
        What ``PracticeStore(workspace, FRAMING).load()`` gave.
    framework
        The instrument, for its roles.

    Raises
    ------
    Faults
        As `check_framing`.
    """
    return new_framing() if kept is None else dict(check_framing(kept, framework))


def check_framing(document: Mapping[str, Any], framework: Framework) -> Mapping[str, Any]:
    """Learn whether a framing holds: every fault in it, each with its block, key and value.

    Parameters
    ----------
    document
        Plain data: ``format``, ``version`` and any of ``aim, scope, support`` (texts), ``mandate_group`` (``name,
        role``), ``units`` (``unit, name, parent``), ``people`` (``unit, role, headcount``; a unit's own people, those
        of its parts not counted), ``mergers`` (``kind, from, into``: announced beforehand), ``method`` (``kind, form,
        rate, min_group, why``), ``calendar`` (``wanted, days, elections``), ``costs`` (``hourly_cost,
        consultant_days, day_cost, workshops``), ``brakes`` (an answer by brake), ``readiness`` (one block a person of
        the mandate group, 1–5 by question).
    framework
        The instrument, for its roles.

    Returns
    -------
    Mapping
        What came in, unchanged.

    Raises
    ------
    Faults
        All that is wrong: another format or version, a key nobody knows, a value of another kind or out of bounds, a
        role or unit nobody declared, the same people twice, a merger that leads nowhere, a second ballot before the
        first.

    Notes
    -----
    **Missing answers**: a key that is left out, empty or None is not known yet; it is no fault.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> check_framing(new_framing() | {"people": [{"role": "maire", "headcount": -1}]}, framework)
    Traceback (most recent call last):
    assessment.faults.Faults: number_out_of_range (block people 1, key headcount, value=-1, low=0, high=1000000)
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        refuse(Fault("framing_format_missing"))
    version = document.get("version")
    if isinstance(version, bool) or version != VERSION:
        refuse(Fault("framing_version_unknown", {"key": "version"}, {"value": str(version), "known": VERSION}))
    refuse(*SHAPE.faults(document, {}))
    refuse(*unit_faults(document), *people_faults(document, framework), *merger_faults(document, framework))
    refuse(*workshop_faults(document), *election_faults(document))
    return document


def listed(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Give the blocks of a name; none where there is nothing."""
    return list(document.get(name) or ())


def part(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Give the block of a name; an empty one where there is nothing."""
    return document.get(name) or {}


def unit_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell which units stand twice, hang on nothing, or are a part of themselves."""
    units = listed(document, "units")
    parents = {one["unit"]: one.get("parent") or "" for one in units}
    seen = set()
    for number, one in enumerate(units, 1):
        unit, parent = one["unit"], one.get("parent") or ""
        place = {"block": f"units {number}", "key": "unit"}
        if unit in seen:
            yield Fault("unit_duplicate", place, {"value": unit})
        seen.add(unit)
        if parent and parent not in parents:
            yield Fault("framing_unit_unknown", place | {"key": "parent"}, {"value": parent})
        elif unit in ancestors(unit, parents):
            yield Fault("unit_circle", place | {"key": "parent"}, {"value": unit})


def people_faults(document: Mapping[str, Any], framework: Framework) -> Iterator[Fault]:
    """Tell which people are of no known unit or role, or stand twice."""
    units, roles = {one["unit"] for one in listed(document, "units")}, [role.id for role in framework.roles]
    people = [((one.get("unit") or "", one.get("role") or "")) for one in listed(document, "people")]
    times = Counter(people)
    for number, (unit, role) in enumerate(people, 1):
        place = {"block": f"people {number}"}
        if unit and unit not in units:
            yield Fault("framing_unit_unknown", place | {"key": "unit"}, {"value": unit})
        if role and role not in roles:
            yield Fault("role_unknown", place | {"key": "role"}, {"value": role, "allowed": ", ".join(roles)})
        if times[unit, role] > 1 and (unit, role) in people[: number - 1]:
            yield Fault("people_twice", place, {"value": " · ".join(filter(None, (unit, role))) or "–"})


def merger_faults(document: Mapping[str, Any], framework: Framework) -> Iterator[Fault]:
    """Tell which mergers name nobody, are made twice, or lead back to where they began.

    What is merged stays merged: nothing else is merged into it, so that the order of mergers changes nothing.
    """
    known = {ROLE: {role.id for role in framework.roles}, UNIT: {one["unit"] for one in listed(document, "units")}}
    wholes = {one.get("parent") for one in listed(document, "units")}
    mergers = listed(document, "mergers")
    gone = Counter((one["kind"], one["from"]) for one in mergers)
    for number, one in enumerate(mergers, 1):
        place, kind = {"block": f"mergers {number}"}, one["kind"]
        for key in ("from", "into"):
            if one[key] not in known[kind]:
                yield Fault("merger_of_nobody", place | {"key": key}, {"value": one[key]})
        if gone[kind, one["from"]] > 1 or gone[kind, one["into"]] or one["from"] == one["into"]:
            yield Fault("merger_unclear", place, {"value": f"{one['from']} + {one['into']}"})
        if kind == UNIT and one["from"] in wholes:
            yield Fault("merger_of_whole", place | {"key": "from"}, {"value": one["from"]})


def workshop_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell which workshops have more staff than people."""
    for number, one in enumerate(part(document, "costs").get("workshops") or (), 1):
        if (one.get("staff") or 0) > one["people"]:
            place = {"block": f"workshops {number}", "key": "staff"}
            yield Fault("number_out_of_range", place, {"value": one["staff"], "low": 0, "high": one["people"]})


def election_faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell which elections end before they begin."""
    for number, one in enumerate(part(document, "calendar").get("elections") or (), 1):
        last = one.get("last")
        if last and day_of(last) < day_of(one["first"]):
            place = {"block": f"elections {number}", "key": "last"}
            yield Fault("days_reversed", place, {"value": last, "first": one["first"]})
