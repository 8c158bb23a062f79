"""The intervals of the cells of a grouping, for each way people may have come to answer."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np

from assessment.scoring.sums import Pair, Sums
from assessment.scoring.tally import Tally
from assessment.statistics import (
    Interval,
    clustered_interval,
    mean_interval,
    raked_interval,
    stratified_interval,
    weighted_interval,
    weighted_stratified_interval,
)


class Sampling(Protocol):
    """What gives the interval of a dimension under a perspective in every cell of a grouping."""

    def interval(self, pair: Pair) -> Interval:
        """Give mean and interval, shape (cells,)."""


@dataclass(frozen=True)
class Persons:
    """A simple sample in every cell."""

    cells: Tally

    def interval(self, pair: Pair) -> Interval:
        """Give mean and interval, shape (cells,)."""
        return simple(self.cells.sums[pair])

    def intervals(self, pairs: Sequence[Pair]) -> Interval:
        """Give mean and interval of several pairs, pair after pair; those of one stack are computed together, once."""
        known = self.cells.intervals
        for stack in self.cells.stacks:
            if stack.pairs not in known and set(stack.pairs) & set(pairs):
                known[stack.pairs] = simple(stack.sums)
        if tuple(pairs) in known:
            return known[tuple(pairs)]
        cells = len(self.cells.keys)
        place = {pair: (one, number * cells) for one in known for number, pair in enumerate(one)}
        return chained([part_of(known[one], start, start + cells) for one, start in (place[pair] for pair in pairs)])


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

    def interval(self, pair: Pair) -> Interval:
        """Give mean and interval, shape (cells,)."""
        return over_strata(self.parts.sums[pair], self.layout, self.populations)


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
    everywhere
        How many units there are; NaN where nobody knows.
    """

    parts: Tally
    layout: Layout
    everywhere: float

    def interval(self, pair: Pair) -> Interval:
        """Give mean and interval, shape (cells,)."""
        sums = self.parts.sums[pair]
        moments = np.stack([self.layout.lay(one) for one in (sums.n, *moments_of(sums))])
        w, wx = moments[1, :, 1:], moments[2, :, 1:]
        return shifted(clustered_interval(w, wx, w.shape[1], self.everywhere, tuple(moments[..., 0])), sums.shift)


def moments_of(sums: Sums) -> np.ndarray:
    """Give Σw, Σwx, Σw², Σw²x, Σw²x² of each cell, from 0; without weights every weight is 1."""
    if sums.weighted is not None:
        return sums.weighted.T
    mean, variance = sums.mean_and_variance()
    mean = np.where(sums.n > 0, mean - sums.shift, 0)
    squares = np.where(sums.n > 1, (sums.n - 1) * variance, 0) + sums.n * mean**2
    return np.stack([sums.n, sums.n * mean, sums.n, sums.n * mean, squares])


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

    def interval(self, pair: Pair) -> Interval:
        """Give mean and interval, shape (cells,)."""
        sums = self.parts.sums[pair]
        own = (self.layout.lay(one) for one in (sums.n, *sums.mean_and_variance()))
        return raked_interval(*own, self.people, self.weights, self.rows, self.columns, self.populations)


def part_of(interval: Interval, first: int, last: int) -> Interval:
    """Give some rows of an interval that follow each other."""
    return Interval(*(getattr(interval, one.name)[first:last] for one in fields(interval)))


def chained(parts: Sequence[Interval]) -> Interval:
    """Put intervals one after the other."""
    return Interval(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Interval)))
