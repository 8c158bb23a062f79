"""The organisation's units: how many people each has, and which unit each is a part of."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import Framework
from assessment.responses.answers import whole_number
from assessment.responses.cells import Source, read_cells
from assessment.responses.reading import texts

COLUMNS = ("unit", "name", "parent", "headcount")


def load_units(source: Source, framework: Framework) -> pd.DataFrame:
    r"""Load the units of an organisation.

    Parameters
    ----------
    source
        A CSV file: ``unit, name, parent, headcount`` and optionally ``headcount.<role>``; all but ``unit`` optional.
    framework
        The instrument, for its roles.

    Returns
    -------
    pandas.DataFrame
        One row is one unit, in the file's order: ``unit, name, parent`` texts, ``headcount`` and each
        ``headcount.<role>`` numbers of people, NaN where unknown.

    Raises
    ------
    Faults
        A unit without id or twice, a parent nobody knows or a circle, a headcount that is no whole number.

    Notes
    -----
    **Missing answers**: not concerned; an empty headcount is unknown, never 0.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> file = io.BytesIO(b"unit;name;headcount\nVOI;Voirie;42\n")
    >>> load_units(file, load_framework("collectivite-apprenante")).values.tolist()
    [['VOI', 'Voirie', '', 42.0]]
    """
    cells = read_cells(source)
    refuse(*cells.faults)
    faults = [*heading_faults(cells.table, framework, cells.file)]
    if faults:
        raise Faults(faults)
    names = [*COLUMNS, *role_headings(cells.table)]
    table = pd.DataFrame({name: texts(cells.table, name) for name in names})
    table["name"] = table["name"].where(table["name"] != "", table["unit"])
    faults += unit_faults(table, cells.file)
    for heading in ("headcount", *role_headings(table)):
        table[heading], wrong = headcounts(table[heading], cells.file)
        faults += wrong
    refuse(*sorted(faults, key=lambda fault: fault.place["row"]))
    return table.reset_index(drop=True)


def role_headings(table: pd.DataFrame) -> list[str]:
    """Give the columns that hold the headcount of a role."""
    return [name for name in table.columns if name.startswith("headcount.")]


def heading_faults(table: pd.DataFrame, framework: Framework, file: str) -> list[Fault]:
    """Tell what is wrong with the headings of a units file."""
    place = {"file": file, "row": 1}
    faults = [] if "unit" in table else [Fault("units_column_missing", place, {"column": "unit"})]
    roles = [role.id for role in framework.roles]
    for heading in table.columns:
        role = heading.removeprefix("headcount.")
        if heading in role_headings(table) and role not in roles:
            faults.append(
                Fault("role_unknown", place | {"column": heading}, {"value": role, "allowed": ", ".join(roles)})
            )
    return faults


def unit_faults(table: pd.DataFrame, file: str) -> list[Fault]:
    """Tell which units have no id, stand twice, or hang on nothing."""
    faults, parents = [], dict(zip(table["unit"], table["parent"], strict=True))
    for row, unit in table["unit"][(table["unit"] == "") | table["unit"].duplicated()].items():
        code = "unit_duplicate" if unit else "unit_empty"
        faults.append(Fault(code, {"file": file, "row": int(row), "column": "unit"}, {"value": unit}))
    for row, unit, parent in table[["unit", "parent"]].itertuples():
        place = {"file": file, "row": int(row), "column": "parent"}
        if parent and parent not in parents:
            faults.append(Fault("parent_unknown", place, {"value": parent}))
        elif unit in ancestors(unit, parents):
            faults.append(Fault("unit_circle", place, {"value": unit}))
    return faults


def ancestors(unit: str, parents: dict[str, str]) -> list[str]:
    """Name the units a unit is a part of, the nearest first."""
    above: list[str] = []
    parent = parents.get(unit, "")
    while parent and parent not in above:
        above.append(parent)
        parent = parents.get(parent, "")
    return above


def smallest_units(units: pd.DataFrame) -> list[str]:
    """Give the units that are made of no others, in the table's order."""
    made = set(units["parent"])
    return [unit for unit in units["unit"] if unit not in made]


def headcounts(column: pd.Series, file: str) -> tuple[pd.Series, list[Fault]]:
    """Read numbers of people."""
    numbers = pd.Series(np.nan, index=column.index)
    faults = []
    for row, text in column[column != ""].items():
        number = whole_number(text)
        if number is None or number < 0:
            place = {"file": file, "row": int(row), "column": column.name}
            faults.append(Fault("headcount_not_number", place, {"value": text}))
        else:
            numbers[row] = number
    return numbers, faults


def response_rate(responses: pd.DataFrame, units: pd.DataFrame) -> tuple[int, int]:
    r"""Learn how many of the people of the units answered.

    Parameters
    ----------
    responses
        The responses of one wave.
    units
        The units table; a unit without headcount does not count, nor do those who answered in it.

    Returns
    -------
    tuple of int
        Responses, and people.

    Examples
    --------
    >>> units = pd.DataFrame({"unit": ["A", "B"], "headcount": [10.0, float("nan")]})
    >>> response_rate(pd.DataFrame({"unit": ["A", "A", "B", ""]}), units)
    (2, 10)
    """
    known = units.dropna(subset="headcount")
    return int(responses["unit"].isin(known["unit"]).sum()), int(known["headcount"].sum())


def headcounts_by_unit(units: pd.DataFrame) -> pd.Series:
    """Give the headcount of each unit where it is known and above 0.

    Examples
    --------
    >>> headcounts_by_unit(pd.DataFrame({"unit": ["A", "B"], "headcount": [10.0, float("nan")]})).to_dict()
    {'A': 10.0}
    """
    known = units.set_index("unit")["headcount"]
    return known[known > 0]


def headcounts_by_role(units: pd.DataFrame, answered: Iterable[str]) -> pd.Series:
    """Give the headcount of each role over the units that answered.

    Parameters
    ----------
    units
        The units table.
    answered
        The units with answers; those without a headcount do not count.

    Returns
    -------
    pandas.Series
        By role; only roles whose headcount every one of these units has, and above 0: a part of a sum is no margin.

    Examples
    --------
    >>> units = pd.DataFrame({"unit": ["A", "B"], "headcount": [9.0, 8.0], "headcount.agent": [8.0, 5.0],
    ...     "headcount.manager": [1.0, float("nan")]})
    >>> headcounts_by_role(units, ["A", "B"]).to_dict(), headcounts_by_role(units, ["A"]).to_dict()
    ({'agent': 13.0}, {'agent': 8.0, 'manager': 1.0})
    """
    counted = units[units["unit"].isin(headcounts_by_unit(units).index) & units["unit"].isin(list(answered))]
    totals = counted[role_headings(units)].sum(skipna=False)
    totals.index = [heading.removeprefix("headcount.") for heading in totals.index]
    return totals[totals > 0]
