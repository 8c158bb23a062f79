"""The mean of groups' means when every group weighs the same, whatever its size."""

import numpy as np
from scipy.special import stdtridf, stdtrit

from assessment.statistics.intervals import Interval

LARGE = 1e9
"""Degrees of freedom beyond which Student's distribution is the normal one to all digits shown."""


def equal_weight_interval(means, ses, dfs, confidence=0.95):
    """Learn the plain mean of independent groups' means, and its interval.

    Parameters
    ----------
    means, ses, dfs : array_like, shape (..., groups)
        Each group's mean, standard error (0 = everybody answered) and degrees of freedom.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        se = √(Σ se²)/groups; Welch and Satterthwaite's degrees of freedom (Σ se²)²/Σ(se⁴/df). The mean is NaN where any
        group's is, se, low and high also where any se is; se is 0 and the interval the mean itself where all are 0.

    Notes
    -----
    Missing answers: not in the groups' means.

    References
    ----------
    Cochran 1977, Sampling Techniques, 5A.4 (a comparison of strata means); Satterthwaite 1946, Biometrics 2, 110-114.

    Examples
    --------
    Means 2 and 4 with standard errors .3 and .4, four and eight degrees of freedom: .0625/(.0081/4 + .0256/8).

    >>> found = equal_weight_interval([2, 4], [0.3, 0.4], [4, 8])
    >>> float(found.mean), float(found.se), round(float(found.df), 3)
    (3.0, 0.25, 11.962)
    """
    means, ses, dfs = (np.asarray(array, dtype=float) for array in (means, ses, dfs))
    groups = means.shape[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = ses**2
        variance = squares.sum(axis=-1)
        df = np.where(variance > 0, variance**2 / np.where(ses > 0, squares**2 / dfs, 0).sum(axis=-1), np.inf)
        mean, se = means.sum(axis=-1) / groups, np.sqrt(variance) / groups
        reach = np.where(se == 0, 0.0, stdtrit(np.minimum(df, LARGE), (1 + confidence) / 2) * se)
    return Interval(mean, se, df, mean - reach, mean + reach)


def degrees_of_freedom(mean, se, high, confidence=0.95):
    """Read from a t interval the degrees of freedom it was made with.

    Parameters
    ----------
    mean, se, high : array_like
        Mean, standard error and upper end.
    confidence : float
        0 to 1.

    Returns
    -------
    ndarray
        NaN where se is 0 or anything is NaN.

    Notes
    -----
    Missing answers: not concerned.

    References
    ----------
    Student 1908, Biometrika 6, 1-25.

    Examples
    --------
    >>> round(float(degrees_of_freedom(10.0, 2.0, 10 + 2 * 2.570582)), 3)
    5.0
    """
    mean, se, high = (np.asarray(array, dtype=float) for array in (mean, se, high))
    with np.errstate(divide="ignore", invalid="ignore"):
        times = np.where(se > 0, (high - mean) / se, np.nan)
        normal = stdtrit(LARGE, (1 + confidence) / 2)
        found = stdtridf((1 + confidence) / 2, np.maximum(times, normal))
        return np.where(np.isnan(times), np.nan, np.clip(found, 1, LARGE))
