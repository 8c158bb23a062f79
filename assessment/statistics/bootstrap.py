"""How sure is a number for which no formula holds? Resampling, with an interval corrected for bias and skewness."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

CELLS = 2**22
"""How many counts are held at once."""

Statistic = Callable[[np.ndarray], np.ndarray]
"""Counts of shape (..., values) in, numbers of shape (...,) out."""


@dataclass(frozen=True, eq=False)
class Bootstrap:
    """An estimate, its resamples and its interval.

    Attributes
    ----------
    estimate, se : float
        Of the sample, and standard deviation of the resamples; se is NaN where there is no interval.
    low, high : float
        Ends of the interval.
    resamples : ndarray, shape (resamples,)
        The statistic of each resample, undefined ones left out.
    method : str or None
        "bca", or "percentile" where the correction degenerates; None = no interval.
    reason : str or None
        Why not "bca": "nobody" (fewer than two people), "no_variance" (all alike, or the statistic is the same in every
        resample), "jackknife_without_spread" (no acceleration), "bias_infinite" (all resamples on one side of the
        estimate), "undefined" (no estimate, or half of the resamples have none).
    """

    estimate: float
    se: float
    low: float
    high: float
    resamples: np.ndarray
    method: str | None
    reason: str | None

    def share(self, low, high):
        """Learn the share of resamples in a range, `low` included, `high` not; NaN without resamples.

        Examples
        --------
        >>> sample = Bootstrap(2.0, 1.0, 1.0, 3.0, np.array([1.0, 2.0, 3.0, 3.0]), "bca", None)
        >>> float(sample.share(2.0, 3.0))
        0.25
        """
        inside = (self.resamples >= low) & (self.resamples < high)
        return inside.mean() if len(self.resamples) else np.nan


def bootstrap_interval(statistic: Statistic, counts, seed, resamples=2000, confidence=0.95) -> Bootstrap:
    """Learn the interval of any number that can be computed from how often each value occurs.

    Parameters
    ----------
    statistic : callable
        From counts, shape (..., values), to numbers, shape (...,). Over rows, a value is a row: counts are ones, and a
        mean is ``counts @ x / counts.sum(-1)``.
    counts : array_like of int, shape (values,)
        How many people gave each value; of 0 allowed.
    seed : int or numpy.random.SeedSequence
        The same seed gives the same interval. The order of the values matters to it, not that of people.
    resamples : int
        How many.
    confidence : float
        0 to 1.

    Returns
    -------
    Bootstrap
        BCa; the percentile interval where BCa degenerates, with the reason; no interval where nothing varies.

    Notes
    -----
    Missing answers: who has no value is not counted.

    A resample of n people is a multinomial draw on their counts. z₀ = Φ⁻¹(share of resamples below the estimate, ties
    by half); acceleration from the jackknife, one person left out at a time, each value once with its count. The people
    are taken for a simple sample: with headcounts the interval is wider than need be.

    References
    ----------
    Efron 1987, Journal of the American Statistical Association 82, 171-185; Efron & Tibshirani 1993, An Introduction to
    the Bootstrap, 14.3; Davison & Hinkley 1997 (ties).

    Examples
    --------
    Ten people: four 1, three 2, three 5; the mean is 2.5, and its standard error √(2.65/10) = 0.51.

    >>> values = np.array([1, 2, 5])
    >>> found = bootstrap_interval(lambda counts: counts @ values / counts.sum(axis=-1), [4, 3, 3], seed=1)
    >>> found.estimate, round(found.se, 1), found.method
    (2.5, 0.5, 'bca')
    """
    counts = np.asarray(counts, dtype=np.int64)
    nothing = np.empty(0)
    if counts.sum() < 2:
        return Bootstrap(np.nan, np.nan, np.nan, np.nan, nothing, None, "nobody")
    estimate = float(statistic(counts))
    if np.isnan(estimate) or (counts > 0).sum() == 1:
        reason = "undefined" if np.isnan(estimate) else "no_variance"
        return Bootstrap(estimate, np.nan, np.nan, np.nan, nothing, None, reason)
    drawn = _resampled(statistic, counts, np.random.default_rng(seed), resamples)
    drawn = drawn[~np.isnan(drawn)]
    if len(drawn) < resamples / 2:
        return Bootstrap(estimate, np.nan, np.nan, np.nan, drawn, None, "undefined")
    if np.ptp(drawn) == 0:
        return Bootstrap(estimate, np.nan, np.nan, np.nan, drawn, None, "no_variance")
    reason, shares = _corrected(estimate, drawn, _jackknife(statistic, counts), confidence)
    low, high = np.quantile(drawn, shares)
    method = "percentile" if reason else "bca"
    return Bootstrap(estimate, float(drawn.std(ddof=1)), float(low), float(high), drawn, method, reason)


def _resampled(statistic, counts, rng, resamples):
    n, step = int(counts.sum()), max(1, CELLS // len(counts))
    sizes = [min(step, resamples - start) for start in range(0, resamples, step)]
    return np.concatenate([np.asarray(statistic(rng.multinomial(n, counts / n, size))) for size in sizes])


def _jackknife(statistic, counts):
    """The statistic without one person of each value, and how many such persons there are."""
    present = np.flatnonzero(counts)
    step = max(1, CELLS // len(counts))
    parts = []
    for start in range(0, len(present), step):
        places = present[start : start + step]
        without = np.repeat(counts[None], len(places), axis=0)
        without[np.arange(len(places)), places] -= 1
        parts.append(np.asarray(statistic(without)))
    return np.concatenate(parts), counts[present]


def _corrected(estimate, drawn, jackknife, confidence):
    """Which quantiles of the resamples are the ends of the interval; a reason where they cannot be corrected."""
    plain = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    bias = ndtri(((drawn < estimate).mean() + (drawn <= estimate).mean()) / 2)
    left_out, times = jackknife
    away = np.average(left_out, weights=times) - left_out
    squares = np.sum(times * away**2)
    if not np.isfinite(bias):
        return "bias_infinite", plain
    if not squares > 0:
        return "jackknife_without_spread", plain
    acceleration = np.sum(times * away**3) / (6 * squares**1.5)
    z = bias + ndtri(plain)
    return None, ndtr(bias + z / (1 - acceleration * z))
