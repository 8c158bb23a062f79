"""How sure each mean is, given how people came to answer: the interval of every cell.

With headcounts everyone was invited: units are strata with a finite-population correction. Without, respondents are
taken as a simple sample. By option (`Design`) units were drawn, or respondents are weighted to the headcounts of units
and of roles. The interval never covers non-response.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults, refuse
from assessment.responses.units import headcounts_by_role, headcounts_by_unit
from assessment.scoring.sums import Sums
from assessment.scoring.tally import Tally, numbered
from assessment.statistics import (
    Interval,
    clustered_interval,
    mean_interval,
    rake,
    raked_interval,
    stratified_interval,
    weighted_interval,
    weighted_stratified_interval,
)

ABOVE = "above"
"""The column that names, while a unit of units is scored, the one its parts belong to."""

KINDS = {"simple": (), "stratified": ("unit",), "clustered": ("unit",), "raked": ("unit", "role")}
"""The designs, and by what a tally must be told apart for each."""


@dataclass(frozen=True)
class Design:
    """How people came to answer.

    Parameters
    ----------
    kind
        - ``simple``: respondents are a simple sample of many;
        - ``stratified``: everyone was invited, units are strata with a finite-population correction (needs headcounts);
        - ``clustered``: some units were drawn, and everyone in them was asked;
        - ``raked``: everyone was invited, and respondents are weighted so that units and roles weigh what their
          headcounts do (needs headcounts; those of roles where every unit that answered has them).
    all_units
        With ``clustered``: how many units there are, for the finite-population correction; None = unknown.

    Raises
    ------
    Faults
        A kind that is none of these.

    Notes
    -----
    People of no unit (elected members, citizens) do not enter the statistics of units: stratified, they are a stratum
    without correction; clustered, a sample of persons beside the sample of units; raked, they keep their share of the
    respondents.

    Examples
    --------
    >>> Design("raked").columns
    ('unit', 'role')
    """

    kind: str = "simple"
    all_units: int | None = None

    def __post_init__(self):
        if self.kind not in KINDS:
            raise Faults([Fault("design_unknown", values={"value": self.kind, "allowed": ", ".join(KINDS)})])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns a tally must be told apart by, besides those of the groups."""
        return KINDS[self.kind]


class Sampling(Protocol):
    """What gives the interval of a dimension under a perspective in every cell of a grouping."""

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give mean and interval, shape (cells,)."""


@dataclass(frozen=True)
class Groups:
    """The cells of a grouping and how their people came to answer.

    Parameters
    ----------
    cells
        The tally added up to the groups.
    sampling
        What knows the intervals.
    """

    cells: Tally
    sampling: Sampling

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
            error to speak of, and where there is one respondent, or one unit of a sample of units.
        """
        return self.sampling.interval(pair)

    @property
    def lonely(self) -> str:
        """Why several people may have no interval: one in each stratum, or all in one of the units that were drawn."""
        return "one_unit" if isinstance(self.sampling, Clusters) else "one_respondent"


def groups_of(
    tally: Tally, by: Sequence[str], units: pd.DataFrame | None = None, design: Design | None = None
) -> Groups:
    """Add a tally up to groups that know their intervals.

    Parameters
    ----------
    tally
        The tally of one wave, told apart at least by `by` and by the columns of the design.
    by
        The columns that make the groups; none = the organisation.
    units
        The units table (`load_units`); None = no headcounts.
    design
        How people came to answer; None = stratified with headcounts, simple without.

    Raises
    ------
    Faults
        A design that needs headcounts and has none; as many units drawn as there are; raking that is impossible, or of
        responses that carry weights already.
    """
    design = design_of(units, design)
    if design.kind in ("stratified", "raked") and units is None:
        refuse(Fault("design_needs_headcounts", values={"value": design.kind}))
    cells = tally.by(*by)
    if design.kind == "simple":
        return Groups(cells, Persons(cells))
    if design.kind == "raked":
        return Groups(cells, weighted_to_headcounts(tally, by, units))
    if design.kind == "clustered" and "unit" not in by:
        return Groups(cells, drawn_units(tally, by, design))
    return Groups(cells, strata(tally, by, units))  # within one unit there is no sample of units


def design_of(units: pd.DataFrame | None, design: Design | None = None) -> Design:
    """Give the design, or the one that stands where none is chosen: stratified with headcounts, simple without."""
    return design or Design("simple" if units is None else "stratified")


@dataclass(frozen=True)
class Persons:
    """A simple sample in every cell."""

    cells: Tally

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give mean and interval, shape (cells,)."""
        return simple(self.cells.sums[pair])


def simple(sums: Sums) -> Interval:
    """Give the interval of a simple sample in each cell."""
    if sums.weighted is not None:
        return shifted(weighted_interval(sums.n, *sums.weighted.T), sums.shift)
    return mean_interval(sums.n, *sums.mean_and_variance())


def shifted(interval: Interval, shift: int) -> Interval:
    """Move an interval along the scale."""
    return Interval(interval.mean + shift, interval.se, interval.df, interval.low + shift, interval.high + shift)


class Layout:
    """Where each stratum stands in a table of groups × strata."""

    def __init__(self, group: np.ndarray, stratum: np.ndarray, width: int | None = None):
        self.place = group, stratum
        self.shape = int(group.max()) + 1, width or int(stratum.max()) + 1

    def lay(self, values: np.ndarray, empty: float = 0) -> np.ndarray:
        """Lay one value of each stratum into the table."""
        table = np.full(self.shape, empty, dtype=float)
        table[self.place] = values
        return table


@dataclass(frozen=True)
class Strata:
    """Everyone in each unit was invited.

    Parameters
    ----------
    parts
        The tally told apart by group and unit.
    layout
        Where each part stands in a table of groups × strata.
    populations
        How many people each stratum has, in that table; NaN where nobody knows.
    """

    parts: Tally
    layout: Layout
    populations: np.ndarray

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give mean and interval, shape (cells,)."""
        return over_strata(self.parts.sums[pair], self.layout, self.populations)


def strata(tally: Tally, by: Sequence[str], units: pd.DataFrame | None) -> Strata:
    """Tell the units of each group apart."""
    parts = tally.by(*dict.fromkeys([*by, "unit"]))
    group = numbered(parts.keys[list(by)])[0]
    layout = Layout(group, stratum_of(group))
    known = np.full(len(parts.keys), np.nan) if units is None else headcount_of(parts.keys, by, units)
    return Strata(parts, layout, layout.lay(known, np.nan))


def stratum_of(group: np.ndarray) -> np.ndarray:
    """Number the strata within each group."""
    return pd.Series(group).groupby(group).cumcount().to_numpy()


def over_strata(sums: Sums, layout: Layout, populations: np.ndarray) -> Interval:
    """Give the interval of each group from its strata."""
    sizes = layout.lay(sums.n)
    if sums.weighted is not None:
        weighted = (layout.lay(one) for one in sums.weighted.T)
        return shifted(weighted_stratified_interval(sizes, populations, *weighted), sums.shift)
    means, variances = (layout.lay(one) for one in sums.mean_and_variance())
    return stratified_interval(sizes, populations, means, variances)


@dataclass(frozen=True)
class Clusters:
    """Some units were drawn, and everyone in them was asked; people of no unit were drawn one by one.

    Parameters
    ----------
    parts
        The tally told apart by group and unit.
    layout
        Where each part stands in a table of groups × (no unit, unit, unit…).
    design
        With how many units there are.
    """

    parts: Tally
    layout: Layout
    design: Design

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give mean and interval, shape (cells,)."""
        sums = self.parts.sums[pair]
        moments = np.stack([self.layout.lay(one) for one in (sums.n, *moments_of(sums))])
        everywhere = self.design.all_units or np.nan
        w, wx = moments[1, :, 1:], moments[2, :, 1:]
        return shifted(clustered_interval(w, wx, w.shape[1], everywhere, tuple(moments[..., 0])), sums.shift)


def moments_of(sums: Sums) -> np.ndarray:
    """Give Σw, Σwx, Σw², Σw²x, Σw²x² of each cell, from 0; without weights every weight is 1."""
    if sums.weighted is not None:
        return sums.weighted.T
    mean, variance = sums.mean_and_variance()
    mean = np.where(sums.n > 0, mean - sums.shift, 0)
    squares = np.where(sums.n > 1, (sums.n - 1) * variance, 0) + sums.n * mean**2
    return np.stack([sums.n, sums.n * mean, sums.n, sums.n * mean, squares])


def drawn_units(tally: Tally, by: Sequence[str], design: Design) -> Clusters:
    """Tell the units of each group apart, all units of the wave in the same places."""
    parts = tally.by(*dict.fromkeys([*by, "unit"]))
    drawn = [unit for unit in dict.fromkeys(tally.by("unit").keys["unit"]) if unit]
    if design.all_units is not None and len(drawn) >= design.all_units:
        refuse(Fault("design_all_units_asked", values={"count": len(drawn), "allowed": design.all_units}))
    place = {"": 0} | {unit: number for number, unit in enumerate(drawn, 1)}
    stratum = parts.keys["unit"].map(place).to_numpy()
    return Clusters(parts, Layout(numbered(parts.keys[list(by)])[0], stratum, len(drawn) + 1), design)


@dataclass(frozen=True)
class Raked:
    """Everyone was invited, and respondents weigh what the headcounts of their unit and of their role make them weigh.

    Parameters
    ----------
    parts
        The tally told apart by group, unit and role.
    layout
        Where each part stands in a table of groups × cells of unit and role.
    people, weights, rows, columns
        Of each cell of unit and role: respondents, the weight of one, the margins it belongs to.
    populations
        Headcount of each column (unit); NaN where nobody knows.
    """

    parts: Tally
    layout: Layout
    people: np.ndarray
    weights: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    populations: np.ndarray

    def interval(self, pair: tuple[str, str]) -> Interval:
        """Give mean and interval, shape (cells,)."""
        sums = self.parts.sums[pair]
        own = (self.layout.lay(one) for one in (sums.n, *sums.mean_and_variance()))
        return raked_interval(*own, self.people, self.weights, self.rows, self.columns, self.populations)


def weighted_to_headcounts(tally: Tally, by: Sequence[str], units: pd.DataFrame) -> Raked:
    """Weight the cells of unit and role, and tell them apart in each group."""
    if any(sums.weighted is not None for sums in tally.sums.values()):
        refuse(Fault("design_weights_twice", {"column": "weight"}))
    table = rake_units_and_roles(tally, units)
    parts = tally.by(*dict.fromkeys([*by, "unit", "role"]))
    place = {key: number for number, key in enumerate(zip(table["unit"], table["role"], strict=True))}
    stratum = np.array([place[key] for key in zip(parts.keys["unit"], parts.keys["role"], strict=True)])
    rows, columns = (numbered(table[[name]])[0] for name in ("margin", "unit"))
    headcount = headcounts_by_unit(units).reindex(numbered(table[["unit"]])[1]["unit"]).to_numpy()
    layout = Layout(numbered(parts.keys[list(by)])[0], stratum, len(table))
    people, weights = (table[name].to_numpy(dtype=float) for name in ("respondents", "weight"))
    return Raked(parts, layout, people, weights, rows, columns, headcount)


def rake_units_and_roles(tally: Tally, units: pd.DataFrame) -> pd.DataFrame:
    """Learn how many people a respondent of each unit and role stands for, in shares of the respondents.

    Parameters
    ----------
    tally
        The tally of one wave, told apart by ``unit`` and ``role``.
    units
        The units table: ``headcount``, and ``headcount.<role>`` where roles are to be weighted too.

    Returns
    -------
    pandas.DataFrame
        One row is one unit and role that answered: ``unit``, ``role``, ``margin`` (the role whose headcount counts: its
        own or the nearest it is a part of; "" where none does), ``respondents``, ``weight`` of each of them,
        1 on average.

    Raises
    ------
    Faults
        Empty cells that forbid these margins.

    Notes
    -----
    Missing answers: who answered at all counts; one table of weights for all dimensions.

    Units with a headcount share the respondents who are in them by headcount, and likewise roles. Whoever is in no such
    unit, or has no such role, keeps the share of the respondents: nothing is known to correct it by. A role's headcount
    counts where every unit that answered has it. People of units that did not answer at all are spoken for by nobody;
    the response rate says how many.
    """
    cells = tally.by("unit", "role")
    known, by_role = headcounts_by_unit(units), headcounts_by_role(units, cells.keys["unit"])
    table = cells.keys.assign(respondents=cells.respondents)
    lineage = tally.framework.lineage
    margin = [next((one for one in lineage(role) if one in by_role), "") for role in table["role"]]
    table["margin"] = np.where(table["unit"].isin(known.index), margin, "")
    people = table.pivot_table(index="margin", columns="unit", values="respondents", aggfunc="sum", fill_value=0)
    fitted = rake(people.to_numpy(), shares(people.sum(axis=1), by_role), shares(people.sum(axis=0), known))
    if np.isnan(fitted).any():
        refuse(Fault("raking_impossible", {"column": "unit"}))
    weights = pd.DataFrame(fitted, people.index, people.columns) / people.where(people > 0)
    table["weight"] = [weights.at[margin, unit] for margin, unit in zip(table["margin"], table["unit"], strict=True)]
    return table[["unit", "role", "margin", "respondents", "weight"]]


def shares(respondents: pd.Series, headcounts: pd.Series) -> np.ndarray:
    """Share the respondents of the margins that are known by headcount; the others keep theirs."""
    wanted = headcounts.reindex(respondents.index)
    known = wanted.notna()
    return respondents.where(~known, wanted * respondents[known].sum() / wanted.sum()).to_numpy()


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
