"""What could be worked out by subtraction: hidden groups, and the sums that tie them to shown ones.

Means are told with their number of respondents, so every shown group is a known sum; whoever adds and subtracts sums
can solve them for a hidden one. A sum that has but one hidden part is only the simplest case: in a table of units and
roles, several sums together can give a group away of which each single sum hides two.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csc_array, csr_array, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

PRIME = 2**31 - 1
"""Sums are solved modulo this prime: exact, and its square fits in 64 bits. It divides no determinant met here."""

AT_ONCE = 100_000
"""Equations × unknowns that are solved without looking for pieces."""

LEAST_SHARE = 1e-11
SHORTENED = 1e-6
"""Of the largest eigenvalue, what is taken for 0; of a length, what is taken for rounding."""

TINY = 1e-7
"""Times below which a group is not taken: what floating point leaves of 0."""

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
    def members(self) -> csr_array:
        """Who is in which group: 1 for each atom, shape (groups, atoms)."""
        ends = np.cumsum([0, *(len(own) for own in self.atoms)])
        held = np.concatenate([np.zeros(0, dtype=np.int64), *self.atoms])
        width = int(held.max(initial=-1)) + 1
        return csr_array((np.ones(len(held), dtype=np.int64), held, ends), shape=(len(self.groups), width))

    def present_members(self, there: np.ndarray) -> csr_array:
        """Leave out of `members` whoever is in a group that has no answers."""
        empty = np.asarray(self.members[~there].sum(axis=0)).ravel() > 0
        return without_zeros(self.members.multiply(~empty))

    @cached_property
    def whole(self) -> np.ndarray:
        """Say which group is the organisation."""
        return np.array([group == (None, None) for group in self.groups])

    @cached_property
    def nested(self) -> tuple[np.ndarray, np.ndarray]:
        """Pairs of groups the first of which is inside the second: their places."""
        inner, outer = (self.members @ self.members.T).nonzero()
        shared = np.asarray((self.members @ self.members.T)[inner, outer]).ravel()
        held = np.diff(self.members.indptr)
        inside = (shared == held[inner]) & (shared < held[outer])
        return inner[inside], outer[inside]


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


@dataclass(frozen=True, eq=False)
class Shown:
    """What the shown groups say of those who are in no shown group of their own, whatever the numbers of people.

    Parameters
    ----------
    ties
        Which groups are parts of which.
    there
        Which groups have answers, shape (groups,).
    hidden
        Which are hidden, shape (groups,).
    """

    ties: Ties
    there: np.ndarray
    hidden: np.ndarray

    @cached_property
    def members(self) -> csr_array:
        """Who is in which group: 1 for each atom that has answers, shape (groups, atoms)."""
        return self.ties.present_members(self.there)

    @cached_property
    def shown(self) -> np.ndarray:
        """Places of the groups that are told."""
        return np.flatnonzero(~self.hidden & self.there)

    @cached_property
    def secret(self) -> np.ndarray:
        """Places of the groups that are not."""
        return np.flatnonzero(self.hidden & self.there)

    @cached_property
    def told(self) -> tuple[np.ndarray, np.ndarray]:
        """The atoms told by a group of their own, and the places of these groups."""
        own = self.shown[np.diff(self.members.indptr)[self.shown] == 1]
        atoms = self.members.indices[self.members.indptr[own]]
        atoms, first = np.unique(atoms, return_index=True)
        return atoms, own[first]

    @cached_property
    def unknown(self) -> np.ndarray:
        """The atoms that are not told, as far as they have answers."""
        return np.setdiff1d(np.unique(self.members.indices), self.told[0])

    @cached_property
    def unknown_members(self) -> csr_array:
        """Who of the unknown is in which group, shape (groups, unknowns)."""
        return csr_array(csc_array(self.members)[:, self.unknown])

    @cached_property
    def told_members(self) -> csr_array:
        """Who of the told is in which group, shape (groups, told atoms)."""
        return csr_array(csc_array(self.members)[:, self.told[0]])

    @cached_property
    def rows(self) -> np.ndarray:
        """Places of the shown groups that hold anyone unknown."""
        return self.shown[np.diff(self.unknown_members.indptr)[self.shown] > 0]

    @cached_property
    def matrix(self) -> csr_array:
        """Who of the unknown is in which of the `rows`."""
        return self.unknown_members[self.rows]

    @cached_property
    def own_place(self) -> np.ndarray:
        """The place of a group that is each unknown alone; −1 where there is none, shape (unknowns,)."""
        place = np.full(len(self.unknown), -1)
        alone = self.secret[np.diff(self.members.indptr)[self.secret] == 1]
        place[np.searchsorted(self.unknown, self.members.indices[self.members.indptr[alone]])] = alone
        return place

    @cached_property
    def reach(self) -> csc_array:
        """The people of each secret group less a number of its own; below, the sums of `rows`, shape (…, …).

        Columns are the unknown, then the numbers of the secret groups.
        """
        count = len(self.secret)
        below = csr_array((len(self.rows), count), dtype=np.int64)
        above = [self.unknown_members[self.secret], -identity(count, dtype=np.int64, format="csr")]
        return csc_array(vstack([hstack(above), hstack([self.matrix, below])]), dtype=float)

    def told_in(self, places: np.ndarray, size: np.ndarray) -> np.ndarray:
        """Give how many people of each group are told, by the numbers of people of all groups."""
        return self.told_members[places] @ size[self.told[1]]

    def combined(self, often: np.ndarray, places: np.ndarray) -> dict[int, float]:
        """Complete a sum of `rows`, each so many times, to some groups put together by those who are told.

        Returns
        -------
        dict
            The shown groups taken, and how many times; modulo `PRIME` where these are whole numbers.
        """
        target = np.asarray(self.told_members[places].sum(axis=0)).ravel().clip(max=1)
        rest = target - self.told_members[self.rows].T @ often
        times = np.zeros(len(self.hidden), dtype=often.dtype)
        times[self.rows] = often
        times[self.told[1]] += rest.astype(often.dtype)
        taken = times % PRIME != 0 if often.dtype.kind == "i" else abs(times) > TINY
        return {int(place): float(times[place]) for place in np.flatnonzero(taken)}


def without_zeros(matrix) -> csr_array:
    """Give a matrix of whole numbers that holds no zero."""
    result = csr_array(matrix, dtype=np.int64)
    result.eliminate_zeros()
    return result


def given_away(known: Shown, sets: Sequence[np.ndarray]) -> list[tuple[np.ndarray, dict[int, float]]]:
    """Solve all sums: find the hidden groups that they determine.

    Parameters
    ----------
    known
        What the shown groups say.
    sets
        The hidden groups asked for: one, or several put together.

    Returns
    -------
    list
        Each set that is determined, and how many times each shown group is taken to determine it.

    Notes
    -----
    Exact. A sum that alone holds one of the unknown determines nothing but what holds it too: such sums are taken away
    first, and what is left is solved in whole numbers modulo `PRIME`, piece by piece.
    """
    if not len(sets):
        return []
    row = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
    which = csr_array((np.ones(len(row), np.int64), (row, np.concatenate(sets))), shape=(len(sets), len(known.hidden)))
    found = determined(known.matrix, without_zeros((which @ known.unknown_members).minimum(1)))
    return [(sets[one], known.combined(times, sets[one])) for one, times in found.items()]


def determined(rows: csr_array, asked: csr_array) -> dict[int, np.ndarray]:
    """Say which sums of unknowns follow from equations.

    Parameters
    ----------
    rows
        The equations, shape (equations, unknowns): 1 where an unknown is in the sum.
    asked
        The sums asked for, shape (sums, unknowns).

    Returns
    -------
    dict
        For each sum that follows: how many times each equation is taken, shape (equations,).
    """
    times = np.zeros((asked.shape[0], rows.shape[0]), dtype=np.int64)
    rest, open_, left = asked.astype(np.int64), np.ones(asked.shape[0], dtype=bool), np.ones(rows.shape[0], dtype=bool)
    while True:
        live = without_zeros(rows.multiply(left[:, None]))
        count = np.asarray(live.sum(axis=0)).ravel()
        open_ &= np.asarray(abs(rest)[:, count == 0].sum(axis=1)).ravel() == 0  # nothing left says anything of these
        alone = np.flatnonzero(count == 1)
        if not len(alone) or not open_.any():
            break
        taken, even = along(rest[:, alone], live[:, alone])
        open_ &= even
        taken[~open_] = 0
        times += taken
        rest = without_zeros(rest - csr_array(taken) @ live)
        left[np.unique(live[:, alone].nonzero()[0])] = False
    solve_core(live, rest, open_, times)
    return {int(one): times[one] for one in np.flatnonzero(open_)}


def along(asked: csr_array, rows: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Take each equation as often as its own unknowns are asked for; say where they are asked for unevenly.

    Parameters
    ----------
    asked, rows
        Over unknowns that one equation each holds, shapes (sums, unknowns) and (equations, unknowns).
    """
    own = np.asarray(rows.sum(axis=1)).ravel()
    total, square = (asked @ rows.T).toarray(), (asked.multiply(asked) @ rows.T).toarray()
    even = (total**2 == square * own).all(axis=1)
    return total // np.maximum(own, 1), even


def solve_core(rows: csr_array, rest: csr_array, open_: np.ndarray, times: np.ndarray) -> None:
    """Finish `determined` for the sums still open, piece by piece: close those that do not follow, count the others."""
    for mine, columns in pieces(rows):
        vectors = csc_array(rest)[:, columns].toarray()
        asking = np.flatnonzero(open_ & vectors.any(axis=1))
        if not len(asking):
            continue
        matrix = csc_array(rows[mine])[:, columns].toarray()
        likely = within(matrix, vectors[asking]) if matrix.size > AT_ONCE else np.ones(len(asking), dtype=bool)
        open_[asking[~likely]] = False
        if likely.any():
            weights, follows = exactly(matrix, vectors[asking[likely]])
            open_[asking[likely]] = follows
            times[np.ix_(asking[likely], mine)] += weights


def exactly(matrix: np.ndarray, asked: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Say how many times each equation is taken for each sum asked for, modulo `PRIME`, and which sums follow."""
    width = matrix.shape[1]
    solved, pivots = reduced(np.hstack([matrix, np.eye(len(matrix), dtype=np.int64)]), width)
    steps = np.stack([vector[pivots] @ solved % PRIME for vector in asked])
    return steps[:, width:], ~((asked - steps[:, :width]) % PRIME).any(axis=1)


def within(matrix: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Say of which sums nearly all follows from the equations, in floating point; of the others less than all does.

    What follows from the equations is a projection: it leaves as it is what follows, and shortens all else, by more
    than rounding does in any table of a size met here.
    """
    equations = matrix.astype(float)
    values, vectors = np.linalg.eigh(equations @ equations.T)
    kept = vectors[:, values > LEAST_SHARE * values[-1]] / np.sqrt(values[values > LEAST_SHARE * values[-1]])
    long = (asked.astype(float) ** 2).sum(axis=1)
    return long - ((asked @ equations.T @ kept) ** 2).sum(axis=1) < SHORTENED * long


def pieces(rows: csr_array) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give the equations and the unknowns of each piece that shares no unknown with another; small ones together."""
    held, used = np.flatnonzero(np.diff(rows.indptr)), np.unique(rows.indices)
    if len(held) * len(used) <= AT_ONCE:
        return [(held, used)] if len(held) else []
    _, piece = connected_components(rows.T @ rows, directed=False)
    of_row = piece[rows.indices[rows.indptr[held]]]
    return [(held[of_row == one], np.flatnonzero(piece == one)) for one in np.unique(of_row)]


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
