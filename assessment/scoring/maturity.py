"""Maturity levels: which stretch of the scale reality has reached, how surely, and what holds the whole back."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.following import Follower
from assessment.scoring.sums import Sums
from assessment.scoring.tally import FINEST, Tally
from assessment.statistics import Interval, probability_between

DIVIDED = "divided"
SURE = 0.80
"""Probability from which a lower global discipline holds the whole back (a convention of the kit)."""

THIRD = 1 / 3
ROUNDING = 1e-9
"""A share that arithmetic left this little below a level's start has reached it."""

OVERALL = ("wave", "n", "score", "se", "maturity_level", "probability", "held_back_by", "suppressed", "reason")

RULE = Follower(OVERALL, keys=("wave",), counts=())
"""How a release lets the table of the whole out."""


def starts_of(framework: Framework) -> np.ndarray:
    """Give where each level starts, as shares of the scale."""
    return np.array([level.start for level in framework.maturity_levels])


def level_of(share: np.ndarray, framework: Framework) -> np.ndarray:
    """Give the number of the level a share of the scale lies in; −1 where it is undefined."""
    number = np.searchsorted(starts_of(framework), np.nan_to_num(share, nan=-1) + ROUNDING, side="right") - 1
    return np.where(np.isnan(share), -1, number)


def level_probability(share: np.ndarray, se: np.ndarray, df: np.ndarray, framework: Framework) -> np.ndarray:
    """Give the probability that the true share lies in the level of the observed one.

    Parameters
    ----------
    share, se
        Mean and standard error as shares of the scale, any shape; se 0 = everyone answered.
    df
        Degrees of freedom.
    framework
        The instrument, for its levels.

    Notes
    -----
    The lowest level reaches down and the highest up without end, so that the levels' probabilities add up to 1.
    """
    starts = starts_of(framework)
    edges = np.concatenate([[-np.inf], starts[1:] - ROUNDING, [np.inf]])
    number = level_of(share, framework)
    return np.where(number < 0, np.nan, probability_between(share, se, df, edges[number], edges[number + 1]))


def maturity(sums: Sums, interval: Interval, framework: Framework, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the maturity level and its probability, for each row that has one.

    Parameters
    ----------
    sums
        Sums of dimensions.
    interval
        Their means with intervals, on the answer scale.
    framework
        The instrument, for its levels.
    rows
        Which rows are of reality: vision has no level.

    Returns
    -------
    tuple
        Ids of levels (``"divided"`` for a split distribution, None where undefined) and probabilities, shape (rows,).
    """
    ids = np.array([*(level.id for level in framework.maturity_levels), None], dtype=object)
    levels, probabilities = np.full(len(rows), None, dtype=object), np.full(len(rows), np.nan)
    if len(ids) == 1:
        return levels, probabilities
    width = sums.span - 1
    share = (interval.mean[rows] - sums.shift) / width
    probability = level_probability(share, interval.se[rows] / width, interval.df[rows], framework)
    split = divided(sums)[rows]
    levels[rows] = np.where(split, DIVIDED, ids[level_of(share, framework)])
    probabilities[rows] = np.where(split, np.nan, probability)
    return levels, probabilities


def divided(sums: Sums) -> np.ndarray:
    """Say of each cell whether it is split.

    A third of its respondents or more are in the lowest third of the scale, a third or more in the highest: their mean
    would describe hardly anyone. A convention of the kit, chosen for being told in one sentence.
    """
    share = sums.scores.value / (sums.span - 1)
    low = sums.counted(np.where(share < THIRD - ROUNDING, sums.scores.count, 0))
    high = sums.counted(np.where(share > 2 * THIRD + ROUNDING, sums.scores.count, 0))
    n = sums.n
    return (n > 1) & (3 * low >= n) & (3 * high >= n)


def score_overall(tally: Tally, dimensions: pd.DataFrame, hold_back: bool = True) -> pd.DataFrame:
    """Learn the maturity of the whole: the level of the plain mean of the disciplines' reality scores.

    Parameters
    ----------
    tally
        The organisation's tally.
    dimensions
        The organisation's rows of `score_groups`: one row is one dimension under one perspective.
    hold_back
        Whether a global discipline that is lower with probability 0.80 gives the whole its level (a reading of Senge,
        not an empirical law).

    Returns
    -------
    pandas.DataFrame
        No row for a framework without disciplines, else one: columns `OVERALL`; ``n`` is the smallest discipline's.

    Notes
    -----
    **Missing answers**: a discipline without a score, or not asked about at all, leaves the whole without one.
    Standard error: the disciplines' scores are correlated within respondents, so
    ``Var = Σ_de r_de · n_de/√(n_d·n_e) · se_d · se_e / D²``, with r the covariance over respondents who have both
    scores, divided by the standard deviations of all who have each (weights and strata act through se only).
    """
    framework = tally.framework
    reach = {one.id: one.reach for one in framework.dimensions if one.reach}
    rows = disciplines_of(dimensions, list(reach))
    if not len(rows["n"]):
        return pd.DataFrame(columns=list(OVERALL))
    se = standard_error(rows["se"], tally.by().together[0])
    score = rows["score"].mean() if len(rows["n"]) == len(reach) else np.nan
    row = {"wave": dimensions["wave"].iloc[0], "n": int(rows["n"].min()), "score": score, "se": se}
    row |= overall_level(row["score"] / 100, se / 100, rows["df"].min(), framework)
    if hold_back and row["maturity_level"]:
        row |= held_back(row["maturity_level"], rows, reach, framework)
    reason = None if np.isfinite(row["score"]) else "discipline_without_score"
    row |= {"suppressed": False, "reason": reason}
    return pd.DataFrame({name: [row[name]] for name in OVERALL})


def disciplines_of(dimensions: pd.DataFrame, disciplines: Sequence[str]) -> dict[str, np.ndarray]:
    """Give the disciplines' reality: dimension, n, score and se on 0–100, degrees of freedom; se 0 = all answered."""
    names = dimensions["dimension"].to_numpy(dtype=object)
    kept = (dimensions["perspective"].to_numpy(dtype=object) == "reality") & np.isin(names, disciplines)
    rows = {
        name: dimensions[name].to_numpy()[kept]
        for name in ("n", "score", "df", "se", "width", "reason", "maturity_level")
    }
    everyone = rows.pop("reason") == "everyone_answered"
    se = np.where(everyone, 0, 100 * rows["se"] / rows.pop("width")).astype(float)
    return rows | {"se": se, "dimension": names[kept]}


def standard_error(se: np.ndarray, together: np.ndarray) -> float:
    """Give the standard error of the mean of correlated scores, on 0–100."""
    both, first, products = (together[..., part].astype(float) for part in range(3))
    with np.errstate(invalid="ignore", divide="ignore"):
        covariance = (products - first * first.T / both) / (both - 1) / FINEST**2
        spread = np.sqrt(np.diag(covariance))
        linked = np.nan_to_num(np.clip(covariance / np.outer(spread, spread), -1, 1))
        linked *= both / np.sqrt(np.outer(np.diag(both), np.diag(both)))
    variance = se @ np.nan_to_num(linked) @ se
    return float(np.sqrt(np.maximum(variance, 0)) / len(se))  # opposite scores leave a rounded 0, perhaps below


def overall_level(share: float, se: float, df: float, framework: Framework) -> dict:
    """Give the level of the whole and its probability."""
    number = int(level_of(np.array(share), framework)) if framework.maturity_levels else -1
    if number < 0:
        return {"maturity_level": None, "probability": np.nan, "held_back_by": None}
    probability = float(level_probability(np.array(share), np.array(se), np.array(df), framework))
    return {
        "maturity_level": framework.maturity_levels[number].id,
        "probability": probability,
        "held_back_by": None,
    }


def held_back(level: str, rows: dict[str, np.ndarray], reach: dict[str, str], framework: Framework) -> dict:
    """Give the level of the whole anew when a global discipline is lower, surely enough; the lowest where several are.

    One whose answers are divided has no level that the whole could take.
    """
    ids = [one.id for one in framework.maturity_levels]
    start = starts_of(framework)[ids.index(level)]
    columns = (rows[name] for name in ("score", "dimension", "se", "df", "maturity_level"))
    for score, dimension, se, df, own in sorted(zip(*columns, strict=True), key=lambda row: row[0]):
        share, spread = score / 100, se / 100
        below = probability_between(share, spread, df, -np.inf, start - ROUNDING)
        holds = reach[dimension] == "global" and own != DIVIDED
        if holds and share < start - ROUNDING and below >= SURE:
            return overall_level(share, spread, df, framework) | {"held_back_by": dimension}
    return {}
