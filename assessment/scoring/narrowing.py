"""How narrowly sums tell a hidden mean, to whoever knows how many people of each group answered.

A mean told with its number of people and its standard error is three known sums: people, scores, squares of scores. No
score is beyond an end of the scale. Where much of what is hidden lies near an end, or hardly spreads, that bounds a
hidden group's mean though no sum determines it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array, kron

from assessment.scoring.subtraction import TINY, Shown
from assessment.scoring.unanimity import SPREAD, STEP

POINTS = 2
"""Points of 100 that must be left open at least: a mean is hidden when it may be one point more, or one less."""

TANGENTS = 16
"""Places of the scale, at equal distances, at which squares are bounded from below."""

SLACK = 1e-6


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
    known: Shown, means: Means, places: Sequence[int], shifts: list[np.ndarray]
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
    """
    asked, inside = list(places), known.unknown_members
    while asked:
        asked = [place for place in asked if not any(moves(known, means, place, shift) for shift in shifts)]
        if not asked:
            return
        place = asked.pop()
        found = [furthest(known, means, place, sign) for sign in (1, -1)]
        if any(one.status != 0 for one in found):
            continue
        low, high = (one.x[: len(known.unknown)] for one in found)
        if (inside[[place]] @ (high - low))[0] > POINTS * means.point * means.people[place] + SLACK:
            shifts.append(high - low)
        else:
            yield place, np.concatenate([one.eqlin.marginals for one in found]).reshape(-1, len(known.rows))


def moves(known: Shown, means: Means, place: int, shift: np.ndarray) -> bool:
    """Say whether a shift of scores, as far as people can have them, leaves a mean open by more than `POINTS`."""
    step = (known.unknown_members[[place]] @ shift)[0]
    if abs(step) <= TINY:
        return False
    far = 1.001 * POINTS * means.point * means.people[place] / abs(step)
    return (
        can_be(known, means, far * shift)
        or can_be(known, means, -far * shift)
        or (can_be(known, means, far / 2 * shift) and can_be(known, means, -far / 2 * shift))
    )


def can_be(known: Shown, means: Means, change: np.ndarray) -> bool:
    """Say whether people can have such sums of scores, with squares changed in any proportion to them."""
    moved = np.abs(change) > TINY
    own, change = known.own_place[moved], change[moved]
    people, squares, total = means.people[own], means.squares[own], means.total[own] + change
    if (total < 0).any() or (total > means.steps * people).any():
        return False
    least, most = (total**2 / people - squares) / change, (means.steps * total - squares) / change
    return np.minimum(least, most).max() <= np.maximum(least, most).min()


def furthest(known: Shown, means: Means, place: int, sign: int):
    """Find the scores and squares of the unknown that make a group's mean least (1) or most (−1)."""
    count, people = len(known.unknown), means.people[known.own_place]
    same = block_diag([known.matrix, known.matrix], format="csr")
    told = known.told_members[known.rows]
    sums = [one[known.rows] - told @ one[known.told[1]] for one in (means.total, means.squares)]
    places = np.linspace(0, means.steps, TANGENTS + 1)
    weights = np.vstack([np.stack([2 * places, -np.ones(len(places))], axis=1), [[-means.steps, 1.0]]])
    rules = csr_array(kron(weights, np.eye(count)))
    bounds = np.concatenate([np.kron(places**2, people), np.zeros(count)])
    aim = np.concatenate([sign * known.unknown_members[[place]].toarray().ravel(), np.zeros(count)])
    return linprog(aim, A_ub=rules, b_ub=bounds + TINY, A_eq=same, b_eq=np.concatenate(sums))
