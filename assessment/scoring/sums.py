"""The sums of one dimension under one perspective: whole numbers from which every statistic follows exactly.

An item's values are counted from 0 here: answer − low (reversed where the item is), or for a gap
vision − reality + (options − 1), so that sums of any two tables add without knowing the answer scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

MOMENTS = 5
"""Σw, Σwx, Σw², Σw²x, Σw²x²: what the mean and the standard error of weighted scores need."""

ROOMY = 16
"""Up to so many places for each row, counting in a full table is quicker than sorting."""

Pair = tuple[str, str]
"""Dimension and perspective, or dimension and "tension"."""


@dataclass(frozen=True)
class ScoreCounts:
    """How many respondents of a cell have a score made of `answered` values that add up to `total`.

    Four arrays of one length, sorted by cell, answered, total: a sparse table, for few of the combinations occur.
    """

    cell: np.ndarray
    answered: np.ndarray
    total: np.ndarray
    count: np.ndarray

    @cached_property
    def value(self) -> np.ndarray:
        """The score, on the values' own scale (from 0)."""
        return self.total / self.answered

    def arrays(self) -> tuple[np.ndarray, ...]:
        """Give the four columns."""
        return self.cell, self.answered, self.total, self.count

    def where(self, kept: np.ndarray) -> "ScoreCounts":
        """Keep some of the rows."""
        return ScoreCounts(*(array[kept] for array in self.arrays()))

    def between(self, first: int, last: int) -> "ScoreCounts":
        """Give the rows of some cells that follow each other, numbered from 0."""
        start, end = np.searchsorted(self.cell, (first, last))
        cell, *others = (array[start:end] for array in self.arrays())
        return ScoreCounts(cell - first, *others)


@dataclass(frozen=True)
class Shape:
    """What the sums of a dimension look like: dimensions of one shape are computed together.

    Parameters
    ----------
    items
        How many items make the score.
    span
        How many values an item can take.
    shift
        What a value counted from 0 is on the answer scale: low, or −(options − 1) for a gap.
    """

    items: int
    span: int
    shift: int

    @property
    def width(self) -> int:
        """How many totals there can be."""
        return self.items * (self.span - 1) + 1

    def start(self, answered: np.ndarray | int) -> np.ndarray | int:
        """Give the place of the total 0 of some answers: fewer answers have fewer totals, and all have their places."""
        return (self.span - 1) * (answered * (answered - 1) // 2) + answered

    @property
    def places(self) -> int:
        """How many combinations of answered and total a cell may have, 0 answered among them."""
        return self.start(self.items + 1)

    def counted(self, keys: np.ndarray, counts: np.ndarray) -> ScoreCounts:
        """Make the table of scores from keys ``cell · places + start(answered) + total``, in any order."""
        room = int(keys.max(initial=0)) + 1
        if room <= ROOMY * len(keys):
            full = np.bincount(keys, weights=counts, minlength=room)
            distinct = np.flatnonzero(full != 0)
            count = full[distinct].astype(np.int64)
        else:
            distinct, where = np.unique(keys, return_inverse=True)
            count = np.bincount(where, weights=counts, minlength=len(distinct)).astype(np.int64)
        return self.scores(*np.divmod(distinct, self.places), count)

    def scores(self, cell: np.ndarray, place: np.ndarray, count: np.ndarray) -> ScoreCounts:
        """Make the table of scores from distinct, ascending cells and places."""
        starts = self.start(np.arange(self.items + 2))
        answered = np.repeat(np.arange(self.items + 1), np.diff(starts))
        total = np.arange(self.places) - starts[answered]
        return ScoreCounts(cell, answered[place], total[place], count)

    def keys(self, scores: ScoreCounts, cell: np.ndarray) -> np.ndarray:
        """Give the keys of a table of scores whose rows go to other cells."""
        return cell * self.places + self.start(np.arange(self.items + 1))[scores.answered] + scores.total


@dataclass(frozen=True)
class Sums:
    """One dimension, one perspective; the first axis of each array is the cell.

    Parameters
    ----------
    items
        Ids of the items that make the score, those fielded.
    span
        How many values an item can take.
    shift
        What a value counted from 0 is on the answer scale: low, or −(options − 1) for a gap.
    asked
        Respondents to whom at least one of the items is put, shape (cells,).
    given, na, missing
        Answers given, not concerned, missing, among the items asked, shape (cells,).
    complete
        Counts by value over respondents asked every item who answered every item, shape (cells, items, span).
    cross
        Sums of products of items over the same respondents, shape (cells, items, items).
    scores
        Respondents by (items answered, sum of values), those who answered enough.
    weighted
        `MOMENTS` sums of weights and scores, shape (cells, 5); None without weights.
    """

    items: tuple[str, ...]
    span: int
    shift: int
    asked: np.ndarray
    given: np.ndarray
    na: np.ndarray
    missing: np.ndarray
    complete: np.ndarray
    cross: np.ndarray
    scores: ScoreCounts
    weighted: np.ndarray | None = None

    @cached_property
    def n_complete(self) -> np.ndarray:
        """Respondents asked every item who answered every item, shape (cells,)."""
        return self.complete[:, 0, :].sum(axis=1)

    @cached_property
    def item_sums(self) -> np.ndarray:
        """Sum of each item's values over complete respondents, shape (cells, items)."""
        return self.complete @ np.arange(self.span)

    @cached_property
    def n(self) -> np.ndarray:
        """Respondents with a score, shape (cells,)."""
        return self.counted(self.scores.count)

    def counted(self, weights: np.ndarray) -> np.ndarray:
        """Add a quantity of each row of `scores` within its cell."""
        added, filled = np.zeros(len(self.asked), dtype=weights.dtype), np.diff(self.edges) > 0
        added[filled] = np.add.reduceat(weights, self.edges[:-1][filled])
        return added

    @cached_property
    def edges(self) -> np.ndarray:
        """Where the scores of each cell start, and where the last ends, shape (cells + 1,)."""
        return np.searchsorted(self.scores.cell, np.arange(len(self.asked) + 1))

    def mean_and_variance(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the unweighted mean (answer scale) and variance (n − 1) of each cell's scores; NaN if undefined."""
        return self._moments

    @cached_property
    def _moments(self) -> tuple[np.ndarray, np.ndarray]:
        n, count, value = self.n, self.scores.count, self.scores.value
        rows, origin = np.diff(self.edges), np.zeros(len(n))
        # one of the cell's own scores: where all are equal, the variance is exactly 0
        origin[rows > 0] = value[self.edges[:-1][rows > 0]]
        away = value - np.repeat(origin, rows)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = self.counted(away * count) / n
            squares = self.counted((away - np.repeat(mean, rows)) ** 2 * count)
            return np.where(n > 0, origin + mean, np.nan) + self.shift, np.where(n > 1, squares / (n - 1), np.nan)


ADDITIVE = ("asked", "given", "na", "missing", "complete", "cross")


@dataclass(frozen=True)
class Stack:
    """The sums of dimensions that have the same shape, one below the other, so that they are computed together.

    Parameters
    ----------
    shape
        What they have in common.
    pairs
        Dimension and perspective of each.
    items
        Ids of the items of each.
    cells
        How many cells each has.
    sums
        Their sums, a row for each pair and cell, pair after pair; its `items` are those of the first.
    """

    shape: Shape
    pairs: tuple[Pair, ...]
    items: tuple[tuple[str, ...], ...]
    cells: int
    sums: Sums

    def of(self, pair: Pair) -> Sums:
        """Give the sums of one pair."""
        place = self.pairs.index(pair)
        first, last = place * self.cells, (place + 1) * self.cells
        arrays = {name: getattr(self.sums, name)[first:last] for name in self.names}
        return replace(self.sums, items=self.items[place], scores=self.sums.scores.between(first, last), **arrays)

    @property
    def names(self) -> tuple[str, ...]:
        """Name the arrays that add up."""
        return ADDITIVE if self.sums.weighted is None else (*ADDITIVE, "weighted")

    def only(self, kept: np.ndarray) -> "Stack":
        """Keep some cells, numbered anew in the order given, which is ascending."""
        rows = (np.arange(len(self.pairs))[:, None] * self.cells + kept).ravel()
        arrays = {name: getattr(self.sums, name)[rows] for name in self.names}
        place = np.full(len(self.sums.asked), -1)
        place[rows] = np.arange(len(rows))
        cell = place[self.sums.scores.cell]
        scores = ScoreCounts(cell, *self.sums.scores.arrays()[1:]).where(cell >= 0)
        return replace(self, cells=len(kept), sums=replace(self.sums, scores=scores, **arrays))

    def moved(self, to: np.ndarray, cells: int) -> "Stack":
        """Move every cell to another of `cells`, adding what meets there."""
        return added([self], [move_of(to, cells)], cells)


@dataclass(frozen=True, eq=False)
class Move:
    """Where the cells of tables go; worked out once, for a tally has hundreds of tables.

    Parameters
    ----------
    places
        The place of each cell, shape (cells,).
    stays
        Whether every cell keeps its place.
    order, ends, met
        Cells in the order of their places, where each place begins in it, and which places these are.
    """

    places: np.ndarray
    stays: bool
    order: np.ndarray
    ends: np.ndarray
    met: np.ndarray


def added(stacks: Sequence[Stack], to: Sequence[Move], cells: int) -> Stack:
    """Add stacks of the same pairs and items, by where the cells of each go."""
    first = stacks[0]
    pairs, shape = len(first.pairs), first.shape
    arrays = {
        name: moved([table(getattr(one.sums, name), pairs) for one in stacks], to, cells).reshape(
            pairs * cells, *getattr(first.sums, name).shape[1:]
        )
        for name in first.names
    }
    keys = [
        shape.keys(one.sums.scores, restacked(one, move.places, cells)) for one, move in zip(stacks, to, strict=True)
    ]
    scores = shape.counted(np.concatenate(keys), np.concatenate([one.sums.scores.count for one in stacks]))
    return replace(first, cells=cells, sums=replace(first.sums, scores=scores, **arrays))


def table(array: np.ndarray, pairs: int) -> np.ndarray:
    """Lay the rows of a stack out by pair and cell."""
    return array.reshape(pairs, len(array) // pairs, *array.shape[1:])


def restacked(stack: Stack, to: np.ndarray, cells: int) -> np.ndarray:
    """Give the row each score goes to when the cells of every pair move."""
    rows = np.arange(len(stack.pairs))[:, None] * cells + to
    return np.repeat(rows.ravel(), np.diff(stack.sums.edges))


def move_of(places: np.ndarray, cells: int) -> Move:
    """Work out once how the cells of many tables go to other places."""
    if np.array_equal(places, np.arange(cells)):  # as parts of one file mostly are
        return Move(places, True, places, places, places)
    order = np.argsort(places, kind="stable")
    ends = np.flatnonzero(np.diff(places[order], prepend=-1))
    return Move(places, False, order, ends, places[order][ends])


def moved(tables: Sequence[np.ndarray], to: Sequence[Move], cells: int) -> np.ndarray:
    """Add tables into one of `cells` cells, in the order they stand; the cell is the second axis.

    Whole numbers are exact in any order; floats are added in the order of the tables and of their cells.
    """
    if cells == 1:
        return sum(one.sum(axis=1, keepdims=True) for one in tables)
    result = np.zeros((len(tables[0]), cells, *tables[0].shape[2:]), dtype=tables[0].dtype)
    for one, move in zip(tables, to, strict=True):
        if move.stays:
            result += one
        elif len(move.ends) == len(move.places):  # nothing meets
            result[:, move.places] += one
        else:
            result[:, move.met] += np.add.reduceat(one[:, move.order], move.ends, axis=1)
    return result
