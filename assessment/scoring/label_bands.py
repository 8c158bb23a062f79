"""Neighbouring labels told together, so that no label tells that few chose it.

Whoever reads a release knows of an item how many answered, and of those who answered every item of its dimension the
mean and the spread to the last digit, often enough to reckon out every label. What protects is therefore not the
pooling alone: within a band, those who did not answer every item may stand at any label, and no statistic of the
complete respondents changes by it.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.scoring.unanimity import MANY, RARE

ITEM = ("wave", "dimension", "item", "perspective")

Released = Mapping[str, pd.DataFrame]
Upto = Mapping[int, int]
"""How many had answered up to a label's place; a place below 0 is counted from the high end."""

Cuts = tuple[int, ...]
"""Places after which a band ends, the last label's left out: (0, 3) of five labels are 1 · 2–4 · 5."""


def bands_of(counts: Sequence[int], complete: Sequence[int], least: int) -> Cuts | None:
    """Give the finest bands that may be told, or None where even all labels together protect nobody.

    Parameters
    ----------
    counts
        Answers of each label, from the low end to the high.
    complete
        Those of the respondents who answered every item of the dimension.
    least
        Respondents below which nothing is told.

    Notes
    -----
    A band holds `least` answers at least. Each of its labels that few chose, but somebody, may as far as anybody can
    reckon have been chosen by nobody or by `least`: with the complete respondents where they are, the others of the
    band somewhere in it. A label that nobody chose is treated like one that few chose.

    Examples
    --------
    >>> bands_of([6, 40, 90, 70, 34], [4, 32, 70, 60, 30], 10)
    (1, 2, 3)
    >>> bands_of([6, 40, 90, 70, 34], [6, 40, 90, 70, 34], 10) is None
    True
    """
    size = len(counts)

    @cache
    def finest(start: int) -> tuple[int, int, Cuts] | None:
        """Give the best bands from a label on: the most of them, then the largest smallest one."""
        found = []
        for end in range(start, size):
            if protects(counts[start : end + 1], complete[start : end + 1], least):
                people = sum(counts[start : end + 1])
                rest = (0, people, ()) if end == size - 1 else finest(end + 1)
                if rest is not None:
                    own = () if end == size - 1 else (end,)
                    found.append((rest[0] + 1, min(people, rest[1]), (*own, *rest[2])))
        return max(found, default=None, key=lambda one: one[:2])

    best = finest(0)
    return None if best is None else best[2]


def protects(counts: Sequence[int], complete: Sequence[int], least: int) -> bool:
    """Say whether a band may be told.

    Examples
    --------
    >>> protects([3, 12], [2, 10], 10), protects([3, 12, 40], [2, 10, 31], 10)
    (False, True)
    """
    loose = sum(counts) - sum(complete)
    few = [part for count, part in zip(counts, complete, strict=True) if 0 < count < least]
    return sum(counts) >= least and all(part == 0 or part + loose >= least for part in few)


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
    """Give the bands of the items of one dimension under one perspective."""
    cuts = {key: bands_of(own, complete[key], least) for key, own in counts.items()}
    if None in cuts.values():
        loose = {key: sum(own) - sum(complete[key]) for key, own in counts.items()}
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
