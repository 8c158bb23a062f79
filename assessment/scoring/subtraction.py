"""What could be worked out by subtraction: hidden groups, the sums that tie them to shown ones, and what to hide next.

Means are told with their number of respondents, so every shown group is a known sum; whoever adds and subtracts sums
can solve them for a hidden one. A sum that has but one hidden part is only the simplest case: in a table of units and
roles, several sums together can give a group away of which each single sum hides two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

PRIME = 2**31 - 1
"""Sums are solved modulo this prime: exact, and its square fits in 64 bits. It divides no determinant met here."""

Group = tuple[str | None, str | None]


@dataclass(frozen=True)
class Web:
    """The groups of one wave and dimension with the sums that tie them.

    Parameters
    ----------
    size
        Respondents of each group under one perspective, NaN where the group has no answer at all, shape (groups,).
        The groups that are told come first; after them those nobody is told of but whose sums are known to be equal.
    told
        How many groups are told, hidden ones included.
    fixed
        Groups that may not be hidden, or to no purpose: the organisation, what was told before, what is never told.
    known
        Groups whose sum is known whatever is hidden now: told before.
    lines
        Each total's place with the places of its parts.
    """

    size: np.ndarray
    told: int
    fixed: np.ndarray
    known: np.ndarray
    lines: tuple[tuple[int, np.ndarray], ...]

    def present(self, places: np.ndarray) -> np.ndarray:
        """Keep the places of groups that have answers."""
        return places[~np.isnan(self.size[places])]

    def unknown(self, hidden: np.ndarray) -> np.ndarray:
        """Say which groups' sums are told to nobody."""
        untold = np.ones(len(self.size), dtype=bool)
        untold[: self.told] = hidden
        return untold & ~self.known & ~np.isnan(self.size)


def webs(
    groups: Sequence[Group], sizes: np.ndarray, small: np.ndarray, known: np.ndarray, totals: pd.DataFrame, least: int
) -> list[Web]:
    """Tie the groups of one wave and dimension together, once for each perspective.

    Parameters
    ----------
    groups
        Grouping and group of each, None and None for the organisation.
    sizes
        Respondents under each perspective, NaN where there is no answer, shape (groups, perspectives).
    small
        Groups hidden for their own sake.
    known
        Groups that were told before.
    totals
        Which group is a part of which (`assessment.scoring.profile.TOTALS`), of one wave.
    least
        The least number of respondents that may be told of.
    """
    place = {group: number for number, group in enumerate(groups)}
    lines = sums_among(totals, place)
    fixed = np.array([number >= len(groups) or group == (None, None) for group, number in place.items()])
    before = np.concatenate([known, np.zeros(len(place) - len(groups), dtype=bool)])
    fixed = fixed | before
    return [
        with_unions(
            Web(filled(size, lines, len(place)), len(groups), fixed, before, tuple(lines)), small & ~known, least
        )
        for size in sizes.T
    ]


def sums_among(totals: pd.DataFrame, place: dict[Group, int]) -> list[tuple[int, np.ndarray]]:
    """List every sum: the total's place and its parts'; groups not told get the next places, in `place` too."""
    lines: dict[tuple, list[int]] = {}
    for row in totals.itertuples():
        part, total = (
            place.setdefault(key, len(place)) for key in ((row.by, row.group), (row.total_by, row.total_group))
        )
        lines.setdefault((total, row.by), []).append(part)
    return [(total, np.array(parts)) for (total, _), parts in lines.items()]


def filled(size: np.ndarray, lines: Sequence[tuple[int, np.ndarray]], count: int) -> np.ndarray:
    """Add the sizes of groups that are not told, from their parts; NaN where no part has answers."""
    told = len(size)
    size = np.concatenate([size, np.full(count - told, np.nan)])
    for _ in range(count - told):
        before = size.copy()
        for total, parts in lines:
            if total >= told and not np.isnan(size[parts]).all():
                size[total] = np.nansum(size[parts])
        if np.array_equal(before, size, equal_nan=True):
            break
    return size


def with_unions(web: Web, small: np.ndarray, least: int) -> Web:
    """Watch the small groups of one sum together, where even together they are too few to be told of."""
    unions = []
    for _, parts in web.lines:
        some = web.present(parts[parts < web.told])
        some = some[small[some]]
        if len(some) > 1 and web.size[some].sum() < least:
            unions.append(some)
    places = np.arange(len(unions)) + len(web.size)
    more = len(unions)
    return Web(
        np.concatenate([web.size, [web.size[some].sum() for some in unions]]),
        web.told,
        np.concatenate([web.fixed, np.ones(more, dtype=bool)]),
        np.concatenate([web.known, np.zeros(more, dtype=bool)]),
        (*web.lines, *zip(places, unions, strict=True)),
    )


def next_to_hide(web: Web, hidden: np.ndarray, least: int) -> int | None:
    """Name the group to hide next; None when no sum, and no combination of sums, gives a hidden one away.

    Parameters
    ----------
    web
        The groups.
    hidden
        Which of those told of are hidden so far.
    least
        The least number of respondents that may be told of.
    """
    unknown = web.unknown(hidden)
    for total, parts in web.lines:
        if total < len(web.size) and (parts < web.told).all():
            place = next_along(web, total, web.present(parts), unknown, least)
            if place is not None:
                return place
    for knowns in worked_out(web, unknown, least):
        can = knowns[~web.fixed[knowns]]
        if len(can):
            return smallest(web, can)
    return None


def next_along(web: Web, total: int, parts: np.ndarray, unknown: np.ndarray, least: int) -> int | None:
    """Name the group to hide along one sum, which may hide none, or two and more that are not too few together."""
    out, shown = parts[unknown[parts]], parts[~unknown[parts]]
    if unknown[total]:
        safe = total >= web.told or bool(len(out)) or not len(parts)
    else:
        safe = not len(out) or (len(out) > 1 and web.size[out].sum() >= least)
    if safe:
        return None
    can = shown[~web.fixed[shown]]
    if len(can):
        return smallest(web, can)
    return None if web.fixed[total] or unknown[total] else total


def smallest(web: Web, places: np.ndarray) -> int:
    """Name the smallest group."""
    return int(places[np.argmin(web.size[places])])


def worked_out(web: Web, unknown: np.ndarray, least: int) -> list[np.ndarray]:
    """Solve all sums; for each hidden group they determine, give the shown groups that are used for it.

    A group that is never told matters where it is too small to be told of.
    """
    matters = unknown.copy()
    matters[web.told :] &= web.size[web.told :] < least
    if not matters.any():
        return []
    rows = equations(web, unknown)
    columns = np.flatnonzero(unknown)
    solved = reduced(rows, columns)
    alone = np.count_nonzero(solved[:, columns], axis=1) == 1
    found = []
    for row in solved[alone]:
        if matters[columns[np.flatnonzero(row[columns])[0]]]:
            found.append(np.flatnonzero(row * ~unknown))
    return found


def equations(web: Web, unknown: np.ndarray) -> np.ndarray:
    """Write each sum that has something unknown as total − parts = 0, one a row; absent groups are 0."""
    rows = []
    for total, parts in web.lines:
        row = np.zeros(len(web.size), dtype=np.int64)
        row[web.present(parts)] = -1
        row[total] += 1
        if unknown[row != 0].any():
            rows.append(row)
    return np.stack(rows) if rows else np.zeros((0, len(web.size)), dtype=np.int64)


def reduced(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Solve linear equations for some of their columns (Gauss–Jordan): a row with one of them left determines it."""
    rows, top = rows % PRIME, 0
    for column in columns:
        candidates = np.flatnonzero(rows[top:, column])
        if not len(candidates):
            continue
        rows[[top, top + candidates[0]]] = rows[[top + candidates[0], top]]
        rows[top] = rows[top] * pow(int(rows[top, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        rows[others] = (rows[others] - rows[others, column][:, None] * rows[top]) % PRIME
        top += 1
    return rows[:top]
