"""Neighbouring labels told together, so that no label tells that few chose it.

Whoever reads a release knows of an item how many answered, and of those who answered every item of its dimension the
mean and the spread to the last digit, often enough to reckon out every label. What protects is therefore not the
pooling alone, but what remains possible within a band: those who did not answer every item may stand at any of its
labels, and the complete ones elsewhere, with the same mean and spread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, product

import numpy as np
import pandas as pd

from assessment.scoring.unanimity import MANY, RARE

ITEM = ("wave", "dimension", "item", "perspective")

Released = Mapping[str, pd.DataFrame]
Upto = Mapping[int, int]
"""How many had answered up to a label's place; a place below 0 is counted from the high end."""

FARTHEST = {4: 30, 5: 9, 6: 4, 7: 2}
"""How many times each of the moves of `moves` is tried, by the number of labels; once where there are more."""

Cuts = tuple[int, ...]
"""Places after which a band ends, the last label's left out: (0, 3) of five labels are 1 · 2–4 · 5."""


def bands_of(counts: Sequence[int], complete: Sequence[int], least: int, may_move: bool = True) -> Cuts | None:
    """Give the finest bands that may be told, or None where even all labels together protect nobody.

    Parameters
    ----------
    counts
        Answers of each label, from the low end to the high.
    complete
        Those of the respondents who answered every item of the dimension.
    least
        Respondents below which nothing is told.
    may_move
        Whether the complete respondents may be thought elsewhere, with the same mean and spread.

    Notes
    -----
    A band holds `least` answers at least. Each of its labels that few chose, but somebody, may as far as can be
    reckoned from counts, means and spreads have been chosen by nobody or by `least`. A label that nobody chose is
    treated like one that few chose.

    Examples
    --------
    >>> bands_of([6, 40, 90, 70, 34], [4, 32, 70, 60, 30], 10)
    (1, 2, 3)
    >>> bands_of([6, 40, 90, 70, 34], [6, 40, 90, 70, 34], 10, may_move=False) is None
    True
    """
    item = Labels(np.array(counts), np.array(complete), least, may_move)
    size = len(counts)

    @cache
    def finest(start: int) -> tuple[int, int, Cuts] | None:
        """Give the best bands from a label on: the most of them, then the largest smallest one."""
        found = []
        for end in range(start, size):
            if item.protects(start, end + 1):
                people = sum(counts[start : end + 1])
                rest = (0, people, ()) if end == size - 1 else finest(end + 1)
                if rest is not None:
                    own = () if end == size - 1 else (end,)
                    found.append((rest[0] + 1, min(people, rest[1]), (*own, *rest[2])))
        return max(found, default=None, key=lambda one: one[:2])

    best = finest(0)
    return None if best is None else best[2]


@dataclass(frozen=True, eq=False)
class Labels:
    """The answers to an item; parameters as in `bands_of`."""

    counts: np.ndarray
    complete: np.ndarray
    least: int
    may_move: bool = True

    def protects(self, start: int, end: int) -> bool:
        """Say whether the labels from `start` to before `end` may be told as a band.

        Examples
        --------
        >>> item = Labels(np.array([3, 12, 40]), np.array([2, 10, 31]), 10)
        >>> item.protects(0, 2), item.protects(0, 3)
        (False, True)
        """
        own = self.counts[start:end]
        if own.sum() < self.least:
            return False
        few = start + np.flatnonzero((own > 0) & (own < self.least))
        return all(self.is_open(int(label), start, end) for label in few)

    def is_open(self, label: int, start: int, end: int) -> bool:
        """Say whether nobody, or `least` people, may have chosen a label of a band."""
        people = int(self.counts[start:end].sum())
        whole = self.elsewhere[:, start:end].sum(axis=1)
        others = np.r_[0:start, end : len(self.counts)]
        can_be = (whole <= people) & (self.elsewhere[:, others] <= self.counts[others]).all(axis=1)
        here = self.elsewhere[:, label]
        return bool((can_be & ((here == 0) | (people - whole + here >= self.least))).any())

    @cached_property
    def elsewhere(self) -> np.ndarray:
        """Where the complete respondents may stand, as it is first, shape (ways, labels)."""
        if not self.may_move:
            return self.complete[None]
        ways = self.complete + moves(len(self.complete))
        return ways[(ways >= 0).all(axis=1)]


@cache
def moves(size: int) -> np.ndarray:
    """Give moves of people between labels that change neither their number nor their mean nor their spread.

    One of a label, three of the next two, one of the fourth, and what is made of several of these.

    Examples
    --------
    >>> moves(4)[:3].tolist()
    [[0, 0, 0, 0], [1, -3, 3, -1], [-1, 3, -3, 1]]
    """
    smallest = np.array([np.roll([1, -3, 3, -1, *[0] * (size - 4)], place) for place in range(size - 3)], dtype=int)
    if not len(smallest):
        return np.zeros((1, size), dtype=int)
    farthest = FARTHEST.get(size, 1)
    times = np.array(sorted(product(range(-farthest, farthest + 1), repeat=len(smallest)), key=farness))
    return times @ smallest


def farness(times: Sequence[int]) -> tuple:
    """Order moves, the shortest first."""
    return sum(map(abs, times)), *(-one for one in times)


def apart_from(cuts: Cuts, counts: Sequence[int], releases: Sequence[Upto], least: int) -> Cuts:
    """Let go of cuts until no difference to an earlier release tells of few.

    Parameters
    ----------
    cuts
        The bands there would be.
    counts
        Answers of each label.
    releases
        What each earlier release told: after a label's place, how many had answered up to it; after the last, all.
    least
        Respondents below which nothing is told.

    Notes
    -----
    The very same answers tell nothing new. Otherwise every band that both tell differs by `least` at least: "by
    nobody" would say of those who came since that none of them is of it.

    Examples
    --------
    >>> apart_from((0, 1), [25, 40, 31], [{0: 21, 1: 50, 2: 81}], 10)  # 4, 11 and 0 more than then
    ()
    >>> apart_from((0, 1), [25, 40, 31], [{1: 50, 2: 81}], 10)  # 15 more up to the second, none above
    (0,)
    """
    upto = np.cumsum(counts)
    for kept in range(len(cuts), 0, -1):
        for some in combinations(cuts, kept):
            if all(tells_of_enough(some, upto, told, least) for told in releases):
                return some
    return ()


def tells_of_enough(cuts: Cuts, upto: np.ndarray, told: Upto, least: int) -> bool:
    """Say whether all that two releases tell alike differs by enough people, or by nobody at all."""
    last = len(upto) - 1
    told = {place % len(upto): people for place, people in told.items()}
    shared = [cut for cut in (*cuts, last) if cut in told]
    if shared in ([], [last]):
        return True
    changed = np.abs(np.diff([0, *(int(upto[cut]) - told[cut] for cut in shared)]))
    return not changed.any() or bool((changed >= least).all())


def cuts_of(table: pd.DataFrame, least: int, releases: Sequence[Released] = ()) -> dict[tuple, Cuts]:
    """Give the bands in which each item may be told; an item that may not be told at all has none, ``()``.

    Parameters
    ----------
    table
        Unreleased ``answer_labels``: one row is one label.
    least
        Respondents below which nothing is told.
    releases
        The released tables of earlier releases.

    Notes
    -----
    Where one item of a dimension cannot be protected because nearly everybody answered every item, the others of which
    this is true are not told either: what is told of the whole dimension, less them, would tell of it.
    """
    before = [told_upto(one) for one in releases]
    counts, complete = (labels_of(table, name) for name in ("n", "complete"))
    together: dict[tuple, list[tuple]] = {}
    for wave, dimension, item, perspective in counts:
        together.setdefault((wave, dimension, perspective), []).append((wave, dimension, item, perspective))
    found = dict.fromkeys(counts, ())
    for keys in together.values():
        enough = {key: counts[key] for key in keys if sum(counts[key]) >= least}
        found |= cuts_together(enough, complete, least, before)
    return found


def labels_of(table: pd.DataFrame, name: str) -> dict[tuple, tuple[int, ...]]:
    """Give a count of each item's labels, from the low end to the high."""
    found: dict[tuple, list[int]] = {}
    for *key, count in zip(*(table[one].tolist() for one in (*ITEM, name)), strict=True):
        found.setdefault(tuple(key), []).append(count)
    return {key: tuple(labels) for key, labels in found.items()}


def cuts_together(
    counts: Mapping[tuple, tuple[int, ...]],
    complete: Mapping[tuple, tuple[int, ...]],
    least: int,
    before: Sequence[Mapping[tuple, Upto]],
) -> dict[tuple, Cuts]:
    """Give the bands of the items of one dimension under one perspective.

    The complete respondents may be thought elsewhere where many did not answer every item, of two items at least:
    what is told of the dimension's agreement, less all other items, would else tell where they stand.
    """
    loose = {key: sum(own) - sum(complete[key]) for key, own in counts.items()}
    may_move = sum(people >= least for people in loose.values()) > 1
    cuts = {key: bands_of(own, complete[key], least, may_move and loose[key] >= least) for key, own in counts.items()}
    if None in cuts.values():
        cuts = {key: one if loose[key] >= least else None for key, one in cuts.items()}
    told = {key: [one[key] for one in before if key in one] for key in counts}
    return {key: apart_from(one, counts[key], told[key], least) for key, one in cuts.items() if one}


def told_upto(released: Released) -> dict[tuple, Upto]:
    """Give what a release told of each item: after a label's place, how many had answered up to it.

    An old release without ``answer_labels`` told the shares at both ends.
    """
    if "answer_labels" in released:
        return told_in_bands(released["answer_labels"])
    return told_at_ends(released["item_answers"]) if "item_answers" in released else {}


def told_in_bands(table: pd.DataFrame) -> dict[tuple, Upto]:
    """Give what bands tell of each item."""
    shown = table[~table["suppressed"].astype(bool)]
    found = {}
    for key, rows in shown.groupby(list(ITEM), sort=False, dropna=False):
        own = rows.sort_values("low")
        places = (own["high"] - own["low"].min()).astype(int)
        found[key] = dict(zip(places.tolist(), own["n"].astype(int).cumsum().tolist(), strict=True))
    return found


def told_at_ends(table: pd.DataFrame) -> dict[tuple, Upto]:
    """Give what the shares at both ends tell of each item; one that is a bound tells nothing."""
    found = {}
    for row in table[~table["suppressed"].astype(bool)].to_dict("records"):
        n, floor, ceiling = int(row["n"]), row["floor"], row["ceiling"]
        told = {-1: n}
        told |= {0: round(floor * n)} if is_exact(floor) else {}
        told |= {-2: n - round(ceiling * n)} if is_exact(ceiling) else {}
        found[tuple(row[name] for name in ITEM)] = told
    return found


def is_exact(share: float) -> bool:
    """Say whether a share is told as it is."""
    return pd.notna(share) and share not in (RARE, MANY)
