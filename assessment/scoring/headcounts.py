"""How many people the units and roles that answered have."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.scoring.tally import Tally, numbered

ABOVE = "above"
"""The column that names, while a unit of units is scored, the one its parts belong to."""


def headcount_of(keys: pd.DataFrame, by: Sequence[str], units: pd.DataFrame) -> np.ndarray:
    """Give how many people each stratum has; NaN where nobody knows.

    A stratum told apart by role needs the headcount of the role; by anything but unit and role it has none.
    """
    known = units.set_index("unit")
    if set(by) - {"unit", "role", "wave", ABOVE}:
        return np.full(len(keys), np.nan)
    if "role" not in by:
        return known["headcount"].reindex(keys["unit"]).to_numpy()
    counts = [headcount_in_role(known, unit, role) for unit, role in zip(keys["unit"], keys["role"], strict=True)]
    return np.array(counts, dtype=float)


def headcount_in_role(known: pd.DataFrame, unit: str, role: str) -> float:
    """Give how many people of a role a unit has."""
    column = f"headcount.{role}"
    return known.at[unit, column] if column in known and unit in known.index else np.nan


def check_headcounts(tally: Tally, units: pd.DataFrame) -> None:
    """Refuse headcounts below the number of people who answered: they would make intervals too narrow.

    Raises
    ------
    Faults
        One fault for each unit, and for each unit and role where roles are told apart and have their headcounts.
    """
    told_apart = [one for one in (("unit",), ("unit", "role")) if set(one) <= set(tally.keys.columns)]
    refuse(*(fault for by in told_apart for fault in headcount_faults(tally, by, units)))


def headcount_faults(tally: Tally, by: Sequence[str], units: pd.DataFrame) -> Iterator[Fault]:
    """Yield a fault for each unit, or unit and role, that has fewer people than answers."""
    place, keys = numbered(tally.keys[list(by)])
    respondents = np.bincount(place, weights=tally.respondents, minlength=len(keys))
    known = headcount_of(keys, by, units)
    for cell in np.flatnonzero(respondents > known):
        name = " · ".join(value for value in keys.iloc[cell] if value)
        values = {"value": name, "count": int(respondents[cell]), "headcount": int(known[cell])}
        yield Fault("headcount_exceeded", {"column": "unit"}, values)
