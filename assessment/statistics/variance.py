"""How much of the differences lies between groups? One-way analysis of variance and the intraclass correlations."""

from dataclasses import dataclass

import numpy as np

ROUNDING = 1e-13
"""Group means that differ by less than this share of their size are equal but for rounding."""


GRID = np.concatenate([np.arange(64) / 64, 1 - 0.5 ** np.arange(7, 21)])
"""Where the restricted likelihood is tried before its highest peak is climbed."""

HALVINGS = 60


@dataclass(frozen=True, eq=False)
class OneWay:
    """A one-way analysis of variance over groups; every field has the leading shape (...,) of what it came from.

    Attributes
    ----------
    ms_between, ms_within : ndarray
        Mean squares.
    df_between, df_within : ndarray
        Degrees of freedom: groups - 1, respondents - groups.
    n0 : ndarray
        Adjusted group size, the size that groups of unequal size behave like.
    icc1 : ndarray
        Share of the variance of single answers that lies between groups; may be negative.
    icc2 : ndarray
        Reliability of the group means; may be far below 0 where groups differ less than chance would have them.
    """

    ms_between: np.ndarray
    ms_within: np.ndarray
    df_between: np.ndarray
    df_within: np.ndarray
    n0: np.ndarray
    icc1: np.ndarray
    icc2: np.ndarray


def icc(n, mean, variance):
    """Learn how much people of one group resemble each other, and how far group means can be trusted.

    Parameters
    ----------
    n : array_like, shape (..., groups)
        Respondents of each group; a group of 0 is ignored, a group of 1 counts between groups only.
    mean : array_like, shape (..., groups)
        Mean of each group.
    variance : array_like, shape (..., groups)
        Variance within each group, divisor n - 1 (anything, NaN included, where n is below 2).

    Returns
    -------
    OneWay
        With leading shape (...,). Mean squares, ICCs and n0 are NaN for fewer than two groups or where no group has two
        respondents; icc2 is NaN where the group means are all equal.

    Notes
    -----
    Missing answers: respondents without a score are in no group.

    ICC(1) = (MSB - MSW) / (MSB + (n0 - 1)·MSW), n0 = (N - Σn²/N) / (G - 1); ICC(2) = (MSB - MSW) / MSB. R's
    multilevel::ICC1 uses N/G in the place of n0: equal for groups of equal size only.

    References
    ----------
    Bliese 2000, in Klein & Kozlowski, Multilevel Theory, 349-381; Snedecor & Cochran 1967, 10.15 (n0).

    Examples
    --------
    Groups (1, 3) and (5, 7): means 2 and 6, variances 2 and 2. MSB = 2·4 + 2·4 = 16, MSW = 2, n0 = 2.

    >>> one = icc([2, 2], [2.0, 6.0], [2.0, 2.0])
    >>> round(float(one.icc1), 4), float(one.icc2)  # 14/18, 14/16
    (0.7778, 0.875)
    """
    n, mean, variance = (np.asarray(array, dtype=float) for array in (n, mean, variance))
    total, groups = n.sum(axis=-1), (n > 0).sum(axis=-1)
    df_between, df_within = groups - 1.0, total - groups
    squares = np.where(n > 1, (n - 1) * variance, 0.0).sum(axis=-1)
    possible = (df_between > 0) & (df_within > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = np.where(possible, _squares_between(n, mean) / df_between, np.nan)
        within = np.where(possible, squares / df_within, np.nan)
        n0 = np.where(possible, (total - (n**2).sum(axis=-1) / total) / df_between, np.nan)
        icc1 = (between - within) / (between + (n0 - 1) * within)
        icc2 = np.where(between > 0, (between - within) / between, np.nan)
    return OneWay(between, within, df_between, df_within, n0, icc1, icc2)


def icc1_reml(n, mean, variance):
    """Learn how much people of one group resemble each other, by restricted maximum likelihood.

    Parameters
    ----------
    n, mean, variance : array_like, shape (..., groups)
        As in `icc`.

    Returns
    -------
    ndarray, shape (...,)
        0 (groups differ by no more than chance would have them) to 1; NaN for fewer than two groups, where no group has
        two respondents, or where nothing varies.

    Notes
    -----
    Missing answers: respondents without a score are in no group.

    Share of the variance of single answers between groups in the model y = μ + group + rest. For groups of equal size
    it is ICC(1) of `icc`, not below 0; for unequal ones `icc` weighs a respondent, this an estimate of the model, and
    where the two differ much, large groups are unlike small ones. The likelihood is a function of one share: it is
    tried on a grid (it may have two peaks), then its slope is halved to 0.

    References
    ----------
    Searle, Casella & McCulloch 1992, Variance Components, ch. 6; R nlme `lme(method = "REML")`.

    Examples
    --------
    Groups (1, 3) and (5, 7): as `icc`, 14/18.

    >>> round(float(icc1_reml([2, 2], [2.0, 6.0], [2.0, 2.0])), 6)
    0.777778
    """
    n, mean, variance = np.broadcast_arrays(*(np.asarray(array, dtype=float) for array in (n, mean, variance)))
    mean, squares = np.where(n > 0, mean, 0.0), np.where(n > 1, (n - 1) * variance, 0.0).sum(axis=-1)
    groups, total = (n > 0).sum(axis=-1), n.sum(axis=-1)
    between = np.where((groups > 1) & (total > groups), _squares_between(n, mean), np.nan)
    tried = np.stack([_restricted(n, mean, squares, np.full(squares.shape, share))[0] for share in GRID])
    best = np.where(np.isnan(tried), np.inf, tried).argmin(axis=0)
    low, high = GRID[np.maximum(best - 1, 0)], GRID[np.minimum(best + 1, len(GRID) - 1)]
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        rising = _restricted(n, mean, squares, middle)[1] > 0
        low, high = np.where(rising, low, middle), np.where(rising, middle, high)
    at_zero = (best == 0) & (_restricted(n, mean, squares, np.zeros(squares.shape))[1] >= 0)
    share = np.where(at_zero, 0.0, (low + high) / 2)
    return np.select([np.isnan(between) | ((between == 0) & (squares == 0)), squares == 0], [np.nan, 1.0], share)


def _restricted(n, mean, squares, share):
    """Give -2 × the restricted log-likelihood at a share between groups, and its slope in the ratio of variances."""
    ratio = (share / (1 - share))[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = n / (1 + n * ratio)
        whole = weight.sum(axis=-1)
        away = (mean - ((weight * mean).sum(axis=-1) / whole)[..., None]) ** 2
        left = squares + (weight * away).sum(axis=-1)
        df = n.sum(axis=-1) - 1
        value = np.log1p(n * ratio).sum(axis=-1) + np.log(whole) + df * np.log(left)
        slope = whole - (weight**2).sum(axis=-1) / whole - df * (weight**2 * away).sum(axis=-1) / left
    return value, slope


def _squares_between(n, mean):
    mean = np.where(n > 0, mean, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        grand = (n * mean).sum(axis=-1) / n.sum(axis=-1)
    deviations = np.where(n > 0, mean - grand[..., None], 0.0)
    # Equal group means computed from different sums differ in the last digit; ICC(2) would then be -1e30.
    noise = ROUNDING * np.abs(mean).max(axis=-1, initial=0, keepdims=True)
    return (n * np.where(np.abs(deviations) > noise, deviations, 0.0) ** 2).sum(axis=-1)
