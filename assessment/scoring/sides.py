"""The two sides of a comparison: groups with their means, errors and spread on 0–100."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.scoring.design import Groups
from assessment.scoring.sums import Sums
from assessment.scoring.tally import TENSION


@dataclass(frozen=True)
class Sides:
    """Groups as they are compared, one entry each; means and their errors on 0–100.

    Parameters
    ----------
    n, asked
        Respondents with a score, respondents asked.
    mean, se, df
        Of the design; `se` is 0 where everyone answered.
    variance
        Between respondents.
    everyone
        Whether everyone answered.
    """

    n: np.ndarray
    asked: np.ndarray
    mean: np.ndarray
    se: np.ndarray
    df: np.ndarray
    variance: np.ndarray
    everyone: np.ndarray

    def take(self, places: Sequence[int]) -> "Sides":
        """Give some of the groups, in this order."""
        return Sides(*(getattr(self, name)[places] for name in self.__dataclass_fields__))


def sides_of(groups: Groups, pair: tuple[str, str]) -> Sides:
    """Give the groups of a dimension under a perspective as they are compared."""
    sums, interval = groups.cells.sums[pair], groups.interval(pair)
    unit = 100 / answer_range(sums, pair[1])
    low = 0 if pair[1] == TENSION else sums.shift
    everyone = (interval.df > 0) & np.isnan(interval.se)
    return Sides(
        sums.n,
        sums.asked,
        unit * (interval.mean - low),
        np.where(everyone, 0, unit * interval.se),
        interval.df,
        unit**2 * sums.mean_and_variance()[1],
        everyone,
    )


def answer_range(sums: Sums, perspective: str) -> int:
    """Give high − low of the answers; a gap counts on the range of one answer."""
    return (sums.span - 1) // 2 if perspective == TENSION else sums.span - 1


def nobody() -> Sides:
    """Give the side where nobody stands."""
    none, undefined = np.zeros(1, dtype=int), np.full(1, np.nan)
    return Sides(none, none, undefined, undefined, none, undefined, none.astype(bool))


def dimensions_of(groups: Groups) -> Iterable[tuple[dict, int, Sides]]:
    """Give each dimension under each perspective, its number of items, and the groups as they are compared."""
    for pair, sums in groups.cells.sums.items():
        yield {"dimension": pair[0], "perspective": pair[1]}, len(sums.items), sides_of(groups, pair)


def why_not(side: Sides) -> np.ndarray:
    """Say of each group why it cannot be compared; None where it can."""
    return np.select(
        [side.asked == 0, side.n == 0, ~(side.df > 0)], ["not_asked", "nobody_scored", "one_respondent"], None
    ).astype(object)
