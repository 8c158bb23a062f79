"""How narrowly sums tell a hidden mean, to whoever knows how many people of each group answered.

A mean told with its number of people and its standard error is three known sums: people, scores, squares of scores. No
score is beyond an end of the scale. Where much of what is hidden lies near an end, or hardly spreads, that bounds a
hidden group's mean though no sum determines it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import block_diag, csr_array, kron

from assessment.scoring.subtraction import TINY, Shown
from assessment.scoring.unanimity import SPREAD, STEP

FEW = 12
"""Unknown groups up to which what the standard errors tell is attacked too: among more, there is room enough."""

TANGENTS = 16
"""Stretches of the scale at whose ends squares are bounded from below."""

AS_IT_STANDS = {"presolve": False}
"""Presolving costs more than solving such small programmes."""

POINTS = 2
"""Points of 100 that must be left open at least: a mean is hidden when it may be one point more, or one less."""

SLACK = 1e-6

Bounded = Callable[[Shown, "Means", int, int], OptimizeResult]
"""Finds the people's scores that make a group's mean least (1) or most (−1)."""

WAYS = ((1.0,), (-1.0,), (0.5, -0.5))
"""How a shift is tried: the whole of it one way, the other way, half of it each way."""


@dataclass(frozen=True, eq=False)
class Means:
    """What sums of scores are behind the means of the groups of one wave, dimension and perspective.

    Parameters
    ----------
    people
        Respondents of each group, shape (groups,).
    total, squares
        Sums of their scores, and of the squares of these, in steps above the low end of the scale, shape (groups,).
    steps
        From one end of the scale to the other.
    point
        Steps that are one point of 100.
    """

    people: np.ndarray
    total: np.ndarray
    squares: np.ndarray
    steps: float
    point: float

    @cached_property
    def still(self) -> np.ndarray:
        """Say in which groups several people all have the same score: the least shift would change their squares.

        Scores are parts of whole answers: they do not move by as little as one likes. Such groups are taken for known.
        """
        return (self.people > 1) & (self.squares * self.people - self.total**2 <= TINY * self.people**2)

    def alike(self, places: np.ndarray) -> bool:
        """Say whether some groups together are unanimous: all near one end, or without spread.

        Examples
        --------
        >>> means = Means(np.array([9.0, 30.0]), np.array([36.0, 119.0]), np.array([144.0, 473.0]), 4, 0.04)
        >>> means.alike(np.array([0, 1]))
        True
        """
        people, total, squares = (one[places].sum() for one in (self.people, self.total, self.squares))
        mean = total / people
        spread = (squares - total * mean) / max(people - 1, 1)
        return bool(min(mean, self.steps - mean) <= STEP + TINY or spread <= SPREAD)


def told_narrowly(
    known: Shown, means: Means, places: np.ndarray, shifts: list[np.ndarray]
) -> Iterator[tuple[int, np.ndarray]]:
    """Name hidden groups whose mean sums bound to fewer than `POINTS` points, with how often each of the rows is taken.

    Parameters
    ----------
    known
        What the shown groups say; all unknown are groups of their own.
    means
        The sums behind the means.
    places
        The hidden groups asked for.
    shifts
        Shifts that change no shown sum, shape (unknowns,): tried first, and those found are added.

    Yields
    ------
    tuple
        The group, and how often each row is taken for its lowest and for its highest mean, shape (…, rows).
    """
    for bounded, enough in ((by_sums, left_open), (by_squares, left_open_by_squares)):
        asked, tried = places, shifts
        while len(asked := asked[~enough(known, means, asked, tried)]):
            place, asked = int(asked[0]), asked[1:]
            tried, often = room_of(known, means, place, bounded)
            if often is None:
                shifts += tried
            else:
                yield place, often


def room_of(known: Shown, means: Means, place: int, bounded: Bounded) -> tuple[list[np.ndarray], np.ndarray | None]:
    """Give a shift that leaves a group's mean open; or how often the rows are taken to leave it less than `POINTS`."""
    inside, high, often = known.unknown_members[[place]], means.total[known.own_place], []
    for sign in (-1, 1):  # the highest mean, beside the true one, is nearly always enough
        found = bounded(known, means, place, sign)
        if found.status != 0:
            return [], None
        end = found.x[: len(known.unknown)]
        low, high = (high, end) if sign < 0 else (end, high)
        shift = high - low
        often.append(found.eqlin.marginals)
        if (inside @ shift)[0] > POINTS * means.point * means.people[place] + SLACK:
            return [shift], None
    return [], np.concatenate(often).reshape(-1, len(known.rows))


def left_open(known: Shown, means: Means, places: np.ndarray, shifts: Sequence[np.ndarray]) -> np.ndarray:
    """Say of which groups some shift, as far as people can have such scores, leaves the mean open by over `POINTS`."""
    if not len(shifts):
        return np.zeros(len(places), dtype=bool)
    ways = np.stack(shifts)
    own, ways = known.own_place, np.where(np.abs(ways) > TINY, ways, 0)
    above, below = means.steps * means.people[own] - means.total[own], means.total[own]
    with np.errstate(divide="ignore", invalid="ignore"):  # who does not move may stay as they are
        up = np.where(ways != 0, np.where(ways > 0, above, below) / np.abs(ways), np.inf).min(axis=1)
        down = np.where(ways != 0, np.where(ways > 0, below, above) / np.abs(ways), np.inf).min(axis=1)
    far = np.where(np.isfinite(up + down), up + down, 0)
    moved = np.abs(known.unknown_members[places] @ ways.T) * far
    return (moved > POINTS * means.point * means.people[places][:, None] + SLACK).any(axis=1)


def left_open_by_squares(known: Shown, means: Means, places: np.ndarray, shifts: Sequence[np.ndarray]) -> np.ndarray:
    """Say the same where squares are told too; with more unknown than `FEW` they are not asked."""
    if len(known.unknown) > FEW:
        return np.ones(len(places), dtype=bool)
    inside = known.unknown_members[places]
    return np.array(
        [
            any(wide(known, means, shift, float(abs(step)), people) for shift, step in zip(shifts, steps, strict=True))
            for steps, people in zip(stepped(inside, shifts), means.people[places], strict=True)
        ],
        dtype=bool,
    )


def stepped(inside: csr_array, shifts: Sequence[np.ndarray]) -> np.ndarray:
    """Give by how much each shift changes each group's sum, shape (groups, shifts)."""
    return inside @ np.stack(shifts).T if len(shifts) else np.zeros((inside.shape[0], 0))


def wide(known: Shown, means: Means, shift: np.ndarray, step: float, people: float) -> bool:
    """Say whether a shift may go so far, one way, the other, or half of it both, that the mean is left open."""
    if step <= TINY:
        return False
    far = 1.001 * POINTS * means.point * people / step * np.where(np.abs(shift) > TINY, shift, 0)
    if not far.any():  # what floating point leaves of a shift moves nobody
        return False
    return any(all(can_be(known, means, part * far) for part in way) for way in WAYS)


def can_be(known: Shown, means: Means, change: np.ndarray) -> bool:
    """Say whether people can have such sums of scores, with squares changed in some proportion to them."""
    moved = change != 0
    own, change = known.own_place[moved], change[moved]
    people, squares, total = means.people[own], means.squares[own], means.total[own] + change
    if means.still[own].any() or (total < 0).any() or (total > means.steps * people).any():
        return False
    least, most = (total**2 / people - squares) / change, (means.steps * total - squares) / change
    return bool(np.minimum(least, most).max() <= np.maximum(least, most).min())


def by_sums(known: Shown, means: Means, place: int, sign: int) -> OptimizeResult:
    """Find the scores of the unknown that make a group's mean least (1) or most (−1)."""
    aim, most = sign * known.unknown_members[[place]].toarray().ravel(), means.steps * means.people[known.own_place]
    sums = rest_of(known, means.total)
    return linprog(aim, A_eq=known.matrix, b_eq=sums, bounds=np.stack([0 * most, most], axis=1), options=AS_IT_STANDS)


def by_squares(known: Shown, means: Means, place: int, sign: int) -> OptimizeResult:
    """Find the same with the squares of scores: no less than at any tangent, no more than with all at the ends."""
    count, people = len(known.unknown), means.people[known.own_place]
    aim = np.concatenate([sign * known.unknown_members[[place]].toarray().ravel(), np.zeros(count)])
    at = np.linspace(0, means.steps, TANGENTS + 1)
    weights = np.vstack([np.stack([2 * at, -np.ones(len(at))], axis=1), [[-means.steps, 1.0]]])
    bounds = np.append(np.kron(at**2, people), np.zeros(count)) + TINY
    total, still = means.total[known.own_place], means.still[known.own_place]
    fixed = np.stack([np.where(still, total, 0), np.where(still, total, means.steps * people)], axis=1)
    return linprog(
        aim,
        A_ub=csr_array(kron(weights, np.eye(count))),
        b_ub=bounds,
        A_eq=block_diag([known.matrix, known.matrix], format="csr"),
        b_eq=np.concatenate([rest_of(known, one) for one in (means.total, means.squares)]),
        bounds=np.vstack([fixed, np.stack([np.zeros(count), means.steps**2 * people], axis=1)]),
        options=AS_IT_STANDS,
    )


def rest_of(known: Shown, numbers: np.ndarray) -> np.ndarray:
    """Give the sum of the unknown in each of the rows."""
    return numbers[known.rows] - known.told_members[known.rows] @ numbers[known.told[1]]
