"""What could be worked out by subtraction: hidden groups, the sums that tie them to shown ones, and what to hide next.

Means are told with their number of respondents, so every shown group is a known sum; whoever adds and subtracts sums
can solve them for a hidden one. A sum that has but one hidden part is only the simplest case: in a table of units and
roles, several sums together can give a group away of which each single sum hides two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

PRIME = 2**31 - 1
"""Sums are solved modulo this prime: exact, and its square fits in 64 bits. It divides no determinant met here."""

Group = tuple[str | None, str | None]


@dataclass(frozen=True)
class Ties:
    """Which groups of a wave are parts of which.

    Parameters
    ----------
    groups
        Grouping and group of each group that is told, hidden ones included; None and None for the organisation.
    atoms
        The smallest sets of people each group is made of, as numbers: those alike in every column that makes groups.
    sums
        The place of each total among the groups, with the places of its parts.
    families
        Places of groups that add up to something, told or not.
    """

    groups: tuple[Group, ...]
    atoms: tuple[np.ndarray, ...]
    sums: tuple[tuple[int, np.ndarray], ...]
    families: tuple[np.ndarray, ...]

    @cached_property
    def count(self) -> int:
        """How many atoms there are."""
        return max((int(own.max(initial=-1)) for own in self.atoms), default=-1) + 1


def tied(groups: Sequence[Group], totals: pd.DataFrame) -> Ties:
    """Tie the groups of one wave together.

    Parameters
    ----------
    groups
        Those that are told.
    totals
        Which group is a part of which (`assessment.scoring.profile.TOTALS`), of one wave; groups that are not told
        stand there too.
    """
    place = {group: number for number, group in enumerate(groups)}
    lines: dict[tuple, list[int]] = {}
    for by, group, total_by, total_group in totals[["by", "group", "total_by", "total_group"]].values:
        part, total = (place.setdefault(key, len(place)) for key in ((by, group), (total_by, total_group)))
        lines.setdefault((total, by), []).append(part)
    parts = {total: members for (total, _), members in reversed(lines.items())}
    atoms = [np.array(sorted(atoms_of(one, parts))) for one in range(len(groups))]
    number = {atom: number for number, atom in enumerate(sorted({atom for own in atoms for atom in own}))}
    told = [(total, np.array(members)) for (total, _), members in lines.items() if max(members) < len(groups)]
    return Ties(
        tuple(groups),
        tuple(np.array([number[atom] for atom in own]) for own in atoms),
        tuple((total, members) for total, members in told if total < len(groups)),
        tuple(members for _, members in told),
    )


def atoms_of(place: int, parts: Mapping[int, Sequence[int]]) -> set[int]:
    """Give the places of the smallest parts of a group; itself where it has no parts."""
    if place not in parts:
        return {place}
    return {atom for part in parts[place] for atom in atoms_of(part, parts)}


@dataclass(frozen=True)
class Web:
    """The groups of one wave, dimension and perspective, with what is to be guarded.

    Parameters
    ----------
    ties
        Which groups are parts of which.
    size
        Respondents of each group, NaN where the group has no answer at all, shape (groups,).
    small
        Groups hidden for their own sake.
    known
        Groups that were told before: their sum is known whatever is hidden now.
    least
        The least number of respondents that may be told of.
    """

    ties: Ties
    size: np.ndarray
    small: np.ndarray
    known: np.ndarray
    least: int

    def present(self, places: np.ndarray) -> np.ndarray:
        """Keep the places of groups that have answers."""
        return places[~np.isnan(self.size[places])]

    @cached_property
    def fixed(self) -> np.ndarray:
        """Groups that may not be hidden, or to no purpose: the organisation, and what was told before."""
        return self.known | np.array([group == (None, None) for group in self.ties.groups])

    @cached_property
    def empty(self) -> np.ndarray:
        """Say of each atom whether it is in a group that has no answers."""
        empty = np.zeros(self.ties.count, dtype=bool)
        for place in np.flatnonzero(np.isnan(self.size)):
            empty[self.ties.atoms[place]] = True
        return empty

    @cached_property
    def unions(self) -> list[np.ndarray]:
        """Small groups of one sum that even together are too few to be told of."""
        found = []
        for family in self.ties.families:
            some = self.present(family[self.small[family] & ~self.known[family]])
            if len(some) > 1 and self.size[some].sum() < self.least:
                found.append(some)
        return found

    def members(self, places: Sequence[int]) -> np.ndarray:
        """Give the atoms of some groups that have answers, as 1 of each, shape (atoms,)."""
        vector = np.zeros(self.ties.count, dtype=np.int64)
        for place in places:
            vector[self.ties.atoms[place]] = 1
        return np.where(self.empty, 0, vector)


def next_to_hide(web: Web, hidden: np.ndarray) -> int | None:
    """Name the group to hide next; None when no sum, and no combination of sums, gives a hidden one away.

    Parameters
    ----------
    web
        The groups.
    hidden
        Which of them are hidden so far.
    """
    unknown = hidden & ~web.known & ~np.isnan(web.size)
    for total, parts in web.ties.sums:
        place = next_along(web, total, web.present(parts), unknown)
        if place is not None:
            return place
    for used in worked_out(web, unknown):
        can = used[~web.fixed[used]]
        if len(can):
            return smallest(web, can)
    return None


def next_along(web: Web, total: int, parts: np.ndarray, unknown: np.ndarray) -> int | None:
    """Name the group to hide along one sum, which may hide none, or two and more that are not too few together."""
    out, shown = parts[unknown[parts]], parts[~unknown[parts]]
    if unknown[total]:
        safe = bool(len(out)) or not len(parts)
    else:
        safe = not len(out) or (len(out) > 1 and web.size[out].sum() >= web.least)
    if safe:
        return None
    can = shown[~web.fixed[shown]]
    if len(can):
        return smallest(web, can)
    return None if web.fixed[total] or unknown[total] else total


def smallest(web: Web, places: np.ndarray) -> int:
    """Name the smallest group."""
    return int(places[np.argmin(web.size[places])])


def worked_out(web: Web, unknown: np.ndarray) -> list[np.ndarray]:
    """Solve all sums; for each hidden group (or small ones together) they determine, give the shown groups it takes."""
    secret = [np.array([place]) for place in np.flatnonzero(unknown)]
    if not secret:
        return []
    shown = np.flatnonzero(~unknown & ~np.isnan(web.size))
    rows = [web.members([place]) for place in shown]
    told = {int(np.flatnonzero(row)[0]): place for row, place in zip(rows, shown, strict=True) if row.sum() == 1}
    columns = np.flatnonzero(np.isin(np.arange(web.ties.count), list(told), invert=True) & ~web.empty)
    sums = [(place, row) for place, row in zip(shown, rows, strict=True) if row[columns].any()]
    places = np.array([place for place, _ in sums], dtype=np.int64)
    matrix = np.array([row for _, row in sums], dtype=np.int64).reshape(len(sums), web.ties.count)
    solved, pivots = reduced(np.hstack([matrix[:, columns], np.eye(len(sums), dtype=np.int64)]), len(columns))
    found = []
    for some in [*secret, *web.unions]:
        vector = web.members(some)
        steps = solved[np.flatnonzero(vector[columns][pivots])].sum(axis=0)
        if not ((vector[columns] - steps[: len(columns)]) % PRIME).any():
            times = steps[len(columns) :] % PRIME
            atoms = np.flatnonzero((times @ matrix - vector) % PRIME)
            found.append(np.array([*places[times != 0], *(told[atom] for atom in atoms)], dtype=np.int64))
    return found


def reduced(rows: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Solve linear equations for their first columns (Gauss–Jordan, modulo `PRIME`).

    Parameters
    ----------
    rows
        Whole numbers, one equation a row.
    width
        How many columns to solve for; what stands right of them goes along.

    Returns
    -------
    tuple
        The rows that determine something, and the column each is solved for.
    """
    rows, top, pivots = rows % PRIME, 0, []
    for column in range(width):
        candidates = np.flatnonzero(rows[top:, column])
        if not len(candidates):
            continue
        rows[[top, top + candidates[0]]] = rows[[top + candidates[0], top]]
        rows[top] = rows[top] * pow(int(rows[top, column]), -1, PRIME) % PRIME
        others = np.flatnonzero(rows[:, column])
        others = others[others != top]
        rows[others] = (rows[others] - rows[others, column][:, None] * rows[top]) % PRIME
        pivots.append(column)
        top += 1
        if top == len(rows):
            break
    return rows[:top], np.array(pivots, dtype=np.int64)
