"""How sure each mean is, given how people came to answer: the interval of every cell.

With headcounts everyone was invited: units are strata with a finite-population correction. Without, respondents are
taken as a simple sample. The interval never covers non-response.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.scoring.sums import Sums
from assessment.scoring.tally import Tally, numbered
from assessment.statistics import (
    Interval,
    mean_interval,
    stratified_interval,
    weighted_interval,
    weighted_stratified_interval,
)

ABOVE = "above"
"""The column that names, while a unit of units is scored, the one its parts belong to."""


@dataclass(frozen=True)
class Groups:
    """The cells of a grouping and, with headcounts, the strata each is made of.

    Parameters
    ----------
    cells
        The tally added up to the groups.
    strata
        The tally told apart by group and unit; None without headcounts.
    layout
        Where each stratum stands in a table of groups × strata.
    populations
        How many people each stratum has, in that table; NaN where nobody knows.
    """

    cells: Tally
    strata: Tally | None = None
    layout: "Layout | None" = None
    populations: np.ndarray | None = None

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give the mean and interval of a dimension under a perspective in every cell.

        Parameters
        ----------
        pair
            Dimension and perspective, or dimension and "tension".

        Returns
        -------
        Interval
            Arrays of shape (cells,), on the answer scale. se is NaN where everyone answered, for there is no sampling
            error to speak of, and where there is one respondent.
        """
        if self.strata is None:
            return simple(self.cells.sums[pair])
        return over_strata(self.strata.sums[pair], self.layout, self.populations)


def groups_of(tally: Tally, by: Sequence[str], units: pd.DataFrame | None = None) -> Groups:
    """Add a tally up to groups, and to their strata when headcounts are known.

    Parameters
    ----------
    tally
        Told apart at least by `by`, and by ``unit`` where `units` is given.
    by
        The columns that make the groups; none = the organisation.
    units
        The units table (`load_units`); None = no headcounts.
    """
    cells = tally.by(*by)
    if units is None:
        return Groups(cells)
    strata = tally.by(*dict.fromkeys([*by, "unit"]))
    group = numbered(strata.keys[list(by)])[0]
    layout = Layout(group, stratum_of(group))
    return Groups(cells, strata, layout, layout.lay(headcount_of(strata.keys, by, units), np.nan))


def simple(sums: Sums) -> Interval:
    """Give the interval of a simple sample in each cell."""
    if sums.weighted is not None:
        interval = weighted_interval(sums.n, *sums.weighted.T)
        return Interval(interval.mean + sums.shift, interval.se, interval.df, *shifted(interval, sums.shift))
    return mean_interval(sums.n, *sums.mean_and_variance())


def shifted(interval: Interval, shift: int) -> tuple[np.ndarray, np.ndarray]:
    """Move the ends of an interval along the scale."""
    return interval.low + shift, interval.high + shift


class Layout:
    """Where each stratum stands in a table of groups × strata."""

    def __init__(self, group: np.ndarray, stratum: np.ndarray):
        self.place = group, stratum
        self.shape = int(group.max()) + 1, int(stratum.max()) + 1

    def lay(self, values: np.ndarray, empty: float = 0) -> np.ndarray:
        """Lay one value of each stratum into the table."""
        table = np.full(self.shape, empty, dtype=float)
        table[self.place] = values
        return table


def stratum_of(group: np.ndarray) -> np.ndarray:
    """Number the strata within each group."""
    return pd.Series(group).groupby(group).cumcount().to_numpy()


def over_strata(sums: Sums, layout: Layout, populations: np.ndarray) -> Interval:
    """Give the interval of each group from its strata."""
    sizes = layout.lay(sums.n)
    if sums.weighted is not None:
        interval = weighted_stratified_interval(sizes, populations, *(layout.lay(one) for one in sums.weighted.T))
        return Interval(interval.mean + sums.shift, interval.se, interval.df, *shifted(interval, sums.shift))
    means, variances = (layout.lay(one) for one in sums.mean_and_variance())
    return stratified_interval(sizes, populations, means, variances)


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
    cells = tally.by(*by)
    known = headcount_of(cells.keys, by, units)
    for cell in np.flatnonzero(cells.respondents > known):
        name = " · ".join(value for value in cells.keys.iloc[cell] if value)
        values = {"value": name, "count": int(cells.respondents[cell]), "headcount": int(known[cell])}
        yield Fault("headcount_exceeded", {"column": "unit"}, values)
