"""The sums of one dimension under one perspective: whole numbers from which every statistic follows exactly.

An item's values are counted from 0 here: answer − low (reversed where the item is), or for a gap
vision − reality + (options − 1), so that sums of any two tables add without knowing the answer scale.
"""

from dataclasses import dataclass, replace

import numpy as np

MOMENTS = 5
"""Σw, Σwx, Σw², Σw²x, Σw²x²: what the mean and the standard error of weighted scores need."""


@dataclass(frozen=True)
class ScoreCounts:
    """How many respondents of a cell have a score made of `answered` values that add up to `total`.

    Four arrays of one length, sorted by cell, answered, total: a sparse table, for few of the combinations occur.
    """

    cell: np.ndarray
    answered: np.ndarray
    total: np.ndarray
    count: np.ndarray

    @property
    def value(self) -> np.ndarray:
        """The score, on the values' own scale (from 0)."""
        return self.total / self.answered

    def moved(self, to: np.ndarray, width: int) -> "ScoreCounts":
        """Move every cell to another, adding what meets there; `width` is above every total."""
        height = int(self.answered.max(initial=0)) + 1
        keys = (to[self.cell] * height + self.answered) * width + self.total
        distinct, where = np.unique(keys, return_inverse=True)
        count = np.bincount(where, weights=self.count, minlength=len(distinct)).astype(np.int64)
        rest, total = np.divmod(distinct, width)
        cell, answered = np.divmod(rest, height)
        return ScoreCounts(cell, answered, total, count)

    def joined(self, other: "ScoreCounts") -> "ScoreCounts":
        """Put two tables one after the other, the cells numbered apart by the caller."""
        pairs = zip(self.arrays(), other.arrays(), strict=True)
        return ScoreCounts(*(np.concatenate(pair) for pair in pairs))

    def arrays(self) -> tuple[np.ndarray, ...]:
        """Give the four columns."""
        return self.cell, self.answered, self.total, self.count


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

    @property
    def n_complete(self) -> np.ndarray:
        """Respondents asked every item who answered every item, shape (cells,)."""
        return self.complete[:, 0, :].sum(axis=1)

    @property
    def item_sums(self) -> np.ndarray:
        """Sum of each item's values over complete respondents, shape (cells, items)."""
        return self.complete @ np.arange(self.span)

    @property
    def n(self) -> np.ndarray:
        """Respondents with a score, shape (cells,)."""
        return self.counted(self.scores.count)

    def counted(self, weights: np.ndarray) -> np.ndarray:
        """Add a quantity of each row of `scores` within its cell."""
        return np.bincount(self.scores.cell, weights=weights, minlength=len(self.asked)).astype(weights.dtype)

    def mean_and_variance(self) -> tuple[np.ndarray, np.ndarray]:
        """Give the unweighted mean (answer scale) and variance (n − 1) of each cell's scores; NaN if undefined."""
        n, cell, count = self.n, self.scores.cell, self.scores.count
        value, origin = self.scores.value, np.zeros(len(n))
        origin[cell[::-1]] = value[::-1]  # one of the cell's own scores: where all are equal, the variance is exactly 0
        away = value - origin[cell]
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = self.counted(away * count) / n
            squares = self.counted((away - mean[cell]) ** 2 * count)
            return np.where(n > 0, origin + mean, np.nan) + self.shift, np.where(n > 1, squares / (n - 1), np.nan)

    def moved(self, to: np.ndarray, cells: int) -> "Sums":
        """Move every cell to another of `cells`, adding what meets there."""
        added = {name: moved(getattr(self, name), to, cells) for name in ADDITIVE}
        if self.weighted is not None:
            added["weighted"] = moved(self.weighted, to, cells)
        return replace(self, scores=self.scores.moved(to, self.span * len(self.items)), **added)

    def joined(self, other: "Sums") -> "Sums":
        """Put the cells of another table of the same items after these."""
        own = len(self.asked)
        both = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in ADDITIVE}
        if self.weighted is not None:
            both["weighted"] = np.concatenate([self.weighted, other.weighted])
        scores = self.scores.joined(replace(other.scores, cell=other.scores.cell + own))
        return replace(self, scores=scores, **both)


ADDITIVE = ("asked", "given", "na", "missing", "complete", "cross")


def moved(array: np.ndarray, to: np.ndarray, cells: int) -> np.ndarray:
    """Add the rows of an array into `cells` rows, in the order they stand."""
    result = np.zeros((cells, *array.shape[1:]), dtype=array.dtype)
    np.add.at(result, to, array)
    return result


@dataclass(frozen=True)
class Values:
    """The values of a dimension's items for all respondents, rows sorted by cell.

    Parameters
    ----------
    items, span, shift
        As in `Sums`.
    value
        Counted from 0, anything where not answered, shape (items, respondents).
    answered, na, asked
        Booleans of the same shape; `answered` and `na` only where asked.
    needed
        Answers that make a score, shape (respondents,).
    cell
        The cell of each respondent, ascending, shape (respondents,).
    weight
        Weights, shape (respondents,), or None.
    """

    items: tuple[str, ...]
    span: int
    shift: int
    value: np.ndarray
    answered: np.ndarray
    na: np.ndarray
    asked: np.ndarray
    needed: np.ndarray
    cell: np.ndarray
    weight: np.ndarray | None

    def sums(self, cells: int) -> Sums:
        """Count one dimension in one pass."""
        count = self.answered.sum(axis=0, dtype=np.int64)
        total = np.where(self.answered, self.value, 0).sum(axis=0, dtype=np.int64)
        scored = count >= self.needed
        complete = count == len(self.items)
        return Sums(
            self.items,
            self.span,
            self.shift,
            asked=self._per_cell(self.asked.any(axis=0), cells),
            given=self._per_cell(count, cells),
            na=self._per_cell(self.na.sum(axis=0), cells),
            missing=self._per_cell((self.asked & ~self.answered & ~self.na).sum(axis=0), cells),
            complete=self._complete(complete, cells),
            cross=self._cross(complete, cells),
            scores=self._scores(scored, count, total, cells),
            weighted=self._weighted(scored, count, total, cells),
        )

    def _per_cell(self, quantity: np.ndarray, cells: int) -> np.ndarray:
        return np.bincount(self.cell, weights=quantity, minlength=cells).astype(np.int64)

    def _complete(self, complete: np.ndarray, cells: int) -> np.ndarray:
        place = self.cell[complete] * self.span
        rows = [np.bincount(place + row[complete], minlength=cells * self.span) for row in self.value]
        return np.stack(rows).reshape(len(self.items), cells, self.span).swapaxes(0, 1).astype(np.int64)

    def _cross(self, complete: np.ndarray, cells: int) -> np.ndarray:
        values = self.value[:, complete].astype(np.float64)
        edges = np.searchsorted(self.cell[complete], np.arange(cells + 1))
        result = np.empty((cells, len(self.items), len(self.items)), dtype=np.int64)
        for cell in range(cells):
            part = values[:, edges[cell] : edges[cell + 1]]
            result[cell] = part @ part.T  # whole numbers far below 2**53: exact in any order
        return result

    def _scores(self, scored: np.ndarray, count: np.ndarray, total: np.ndarray, cells: int) -> ScoreCounts:
        ones = np.ones(int(scored.sum()), dtype=np.int64)
        rows = ScoreCounts(self.cell[scored], count[scored], total[scored], ones)
        return rows.moved(np.arange(cells), self.span * len(self.items))

    def _weighted(self, scored: np.ndarray, count: np.ndarray, total: np.ndarray, cells: int) -> np.ndarray | None:
        if self.weight is None:
            return None
        weight, value = self.weight[scored], total[scored] / count[scored]
        parts = (weight, weight * value, weight**2, weight**2 * value, (weight * value) ** 2)
        return np.stack([np.bincount(self.cell[scored], weights=part, minlength=cells) for part in parts], axis=1)
