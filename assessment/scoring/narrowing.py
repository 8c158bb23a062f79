"""How narrowly sums tell a hidden mean, to whoever knows how many people of each group answered.

A mean told with its number of people and its standard error is three known sums: people, scores, squares of scores. No
score is beyond an end of the scale. Where much of what is hidden lies near an end, or hardly spreads, that bounds a
hidden group's mean though no sum determines it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

from assessment.scoring.subtraction import TINY, Shown
from assessment.scoring.unanimity import SPREAD, STEP

POINTS = 2
"""Points of 100 that must be left open at least: a mean is hidden when it may be one point more, or one less."""

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
        The group, and how often each row is taken for its lowest and for its highest mean, shape (2, rows).
    """
    asked, tried = places, shifts
    while len(asked := asked[~left_open(known, means, asked, tried)]):
        place, asked, tried = asked[0], asked[1:], []
        found = [furthest(known, means, place, sign) for sign in (1, -1)]
        if any(one.status != 0 for one in found):
            continue
        tried = [found[1].x - found[0].x]
        if left_open(known, means, np.array([place]), tried)[0]:
            shifts += tried
        else:
            yield int(place), np.stack([one.eqlin.marginals for one in found])


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


def furthest(known: Shown, means: Means, place: int, sign: int):
    """Find the scores of the unknown that make a group's mean least (1) or most (−1)."""
    told = known.told_members[known.rows]
    sums = means.total[known.rows] - told @ means.total[known.told[1]]
    most = means.steps * means.people[known.own_place]
    aim = sign * known.unknown_members[[place]].toarray().ravel()
    return linprog(aim, A_eq=known.matrix, b_eq=sums, bounds=np.stack([0 * most, most], axis=1))
