"""Who takes part: people by unit and role, and the units table they make."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.practices.framing.document import ROLE, UNIT, listed
from assessment.responses.units import COLUMNS as UNIT_COLUMNS
from assessment.responses.units import role_headings

Document = Mapping[str, Any]
Merger = Mapping[str, str]

COLUMNS = ("unit", "role", "headcount")
"""One row is the people of one role in one unit; ``""`` = in no unit, or roles not told apart."""


def framing_people(document: Document) -> pd.DataFrame:
    """Learn who takes part, unit by unit and role by role.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.

    Returns
    -------
    pandas.DataFrame
        One row is the people of one role who belong to one unit directly: `COLUMNS`; without those of nobody. Mergers
        are not made (`announce_mergers`).

    Examples
    --------
    >>> framing_people({"people": [{"unit": "A", "role": "agent", "headcount": 9}]}).values.tolist()
    [['A', 'agent', 9]]
    """
    rows = [(one.get("unit") or "", one.get("role") or "", one["headcount"]) for one in listed(document, "people")]
    return cells([row for row in rows if row[2]])


def cells(rows: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    """Make a table of people, those of the same unit and role together."""
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({UNIT: "str", ROLE: "str", "headcount": "int64"})
    return table.groupby([UNIT, ROLE], sort=False, as_index=False)["headcount"].sum()


def framing_units(document: Document) -> pd.DataFrame:
    """Give the units table of a framing, as `load_units` would read it.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.

    Returns
    -------
    pandas.DataFrame
        One row is one unit: ``unit, name, parent, headcount`` and ``headcount.<role>``; NaN where nothing is said of
        it. People of no unit (elected members, citizens) have no row: a units table knows none.

    Examples
    --------
    >>> people = [{"unit": "A", "role": "agent", "headcount": 9}, {"unit": "A", "role": "manager", "headcount": 1}]
    >>> framing_units({"units": [{"unit": "A", "name": "Voirie"}], "people": people}).values.tolist()
    [['A', 'Voirie', '', 10.0, 9.0, 1.0]]
    """
    units = listed(document, "units")
    texts = [(one["unit"], one.get("name") or one["unit"], one.get("parent") or "") for one in units]
    table = pd.DataFrame(texts, columns=list(UNIT_COLUMNS[:3])).astype("str")
    said = [(one.get("unit") or "", one.get("role") or "", one["headcount"]) for one in listed(document, "people")]
    people = cells(said)
    table["headcount"] = table["unit"].map(people.groupby("unit")["headcount"].sum()).astype(float)
    for role in dict.fromkeys(people.loc[(people["unit"] != "") & (people["role"] != ""), "role"]):
        own = people[people["role"] == role].set_index("unit")["headcount"]
        table[f"headcount.{role}"] = table["unit"].map(own).astype(float)
    return table


def with_units(document: Document, units: pd.DataFrame) -> dict[str, Any]:
    """Give a framing with the units and people of a units table; those of no unit stay as they were.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    units
        The units table (`load_units`). People of a unit beyond those of its roles are kept without a role; where only
        roles have headcounts, their sum is the unit's.

    Raises
    ------
    Faults
        A unit whose roles have more people than the unit.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["A"], "name": ["Voirie"], "parent": [""], "headcount": [10.0],
    ...     "headcount.manager": [1.0]})
    >>> framing = with_units({"people": [{"role": "elected", "headcount": 27}]}, table)
    >>> [(one["role"], one["headcount"]) for one in framing["people"]]
    [('manager', 1), ('', 9), ('elected', 27)]
    """
    people, faults = [], []
    for row in units.to_dict("records"):
        roles = {name.removeprefix("headcount."): row[name] for name in role_headings(units)}
        told = {role: int(count) for role, count in roles.items() if count > 0}
        rest = 0 if np.isnan(row["headcount"]) else int(row["headcount"]) - sum(told.values())
        if rest < 0:
            values = {"value": row["unit"], "count": sum(told.values()), "headcount": int(row["headcount"])}
            faults.append(Fault("roles_exceed_unit", {"column": "unit"}, values))
        people += [{"unit": row["unit"], "role": role, "headcount": count} for role, count in told.items()]
        people += [{"unit": row["unit"], "role": "", "headcount": rest}] if rest > 0 else []
    refuse(*faults)
    elsewhere = [one for one in listed(document, "people") if not one.get("unit")]
    named = units[["unit", "name", "parent"]].to_dict("records")
    return {**document, "units": named, "people": [*people, *elsewhere]}


def announce_mergers(
    people: pd.DataFrame, units: pd.DataFrame, mergers: Sequence[Merger]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Learn who stands together once mergers are made.

    Parameters
    ----------
    people
        `framing_people`.
    units
        The units table.
    mergers
        Each ``kind, from, into``: what was of the one role or unit is of the other. A unit that is merged has no parts.

    Returns
    -------
    tuple
        People and units after it, in the same columns; the headcounts of the units table are left as they were.

    Examples
    --------
    >>> people = cells([("A", "executive", 2), ("A", "manager", 9)])
    >>> merger = {"kind": "role", "from": "executive", "into": "manager"}
    >>> announce_mergers(people, framing_units({}), [merger])[0].values.tolist()
    [['A', 'manager', 11]]
    """
    table = people
    for one in mergers:
        table = table.assign(**{one["kind"]: table[one["kind"]].replace({one["from"]: one["into"]})})
    gone = {one["from"] for one in mergers if one["kind"] == UNIT}
    return cells(list(table.itertuples(index=False, name=None))), units[~units["unit"].isin(gone)]
