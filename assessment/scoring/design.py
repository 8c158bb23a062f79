"""How people came to answer, and so how sure each mean is.

With headcounts everyone was invited: units are strata with a finite-population correction. Without, respondents are
taken as a simple sample. By option (`Design`) units were drawn, or respondents are weighted to the headcounts of units
and of roles. The interval never covers non-response.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults, refuse
from assessment.responses.units import headcounts_by_unit, smallest_units
from assessment.scoring.headcounts import headcount_of
from assessment.scoring.raking import rake_units_and_roles
from assessment.scoring.sampling import Clusters, Layout, Persons, Raked, Sampling, Strata, chained
from assessment.scoring.sums import Pair
from assessment.scoring.tally import Tally, numbered
from assessment.statistics import Interval

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


def named_design(kind: str | None, units: pd.DataFrame | None) -> Design | None:
    """Give the design of this name; a units table says how many units there are to draw from.

    Parameters
    ----------
    kind
        The name; None = none is named.
    units
        The units table; None without.
    """
    if kind is None:
        return None
    return Design(kind, None if units is None or kind != "clustered" else len(smallest_units(units)))


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

    def interval(self, pair: Pair) -> Interval:
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

    def intervals(self, pairs: Sequence[Pair]) -> Interval:
        """Give the intervals of several pairs in every cell, pair after pair."""
        if isinstance(self.sampling, Persons):
            return self.sampling.intervals(pairs)
        return chained([self.interval(pair) for pair in pairs])

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


def drawn_units(tally: Tally, by: Sequence[str], design: Design) -> Clusters:
    """Tell the units of each group apart, all units of the wave in the same places."""
    parts = tally.by(*dict.fromkeys([*by, "unit"]))
    drawn = [unit for unit in dict.fromkeys(tally.by("unit").keys["unit"]) if unit]
    if design.all_units is not None and len(drawn) >= design.all_units:
        refuse(Fault("design_all_units_asked", values={"count": len(drawn), "allowed": design.all_units}))
    everywhere = design.all_units or np.nan
    place = {"": 0} | {unit: number for number, unit in enumerate(drawn, 1)}
    stratum = parts.keys["unit"].map(place).to_numpy()
    return Clusters(parts, Layout(numbered(parts.keys[list(by)])[0], stratum, len(drawn) + 1), everywhere)


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
