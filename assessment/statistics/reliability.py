"""Do the items of a scale go together? Cronbach's alpha, how sure it is, and what each item adds."""

import numpy as np
from scipy.special import fdtri

ROUNDING = 1e-12
"""A variance below this share of the items' variances is a rounded zero."""


def cronbach_alpha(covariance):
    """Learn how consistent k items are as one scale.

    Parameters
    ----------
    covariance : array_like, shape (..., k, k)
        Covariance of the items (the divisor does not matter), reversed items already reversed.

    Returns
    -------
    ndarray, shape (...,)
        Alpha, at most 1; NaN for fewer than two items or when the sum of the items does not vary.

    Notes
    -----
    Missing answers: none; the covariance is of respondents who answered every item (listwise).

    k/(k - 1) · (1 - Σ variances / variance of the sum). A negative alpha is returned as it is: the items work
    against each other (often one was not reversed). A high alpha does not show that the items measure one thing.

    References
    ----------
    Cronbach 1951, Psychometrika 16, 297-334, eq. 2; R psych::alpha, `raw_alpha`.

    Examples
    --------
    Two items, variances 2 and 2, covariance 1: the sum has variance 6, alpha = 2/1 · (1 - 4/6).

    >>> round(float(cronbach_alpha([[2, 1], [1, 2]])), 4)
    0.6667
    """
    covariance = np.asarray(covariance, dtype=float)
    k = covariance.shape[-1]
    trace = np.trace(covariance, axis1=-2, axis2=-1)
    return _alpha(k, trace, covariance.sum(axis=(-2, -1)))


def alpha_interval(alpha, n, k, confidence=0.95):
    """Learn how sure an alpha is.

    Parameters
    ----------
    alpha : array_like, shape (...,)
        Cronbach's alpha.
    n : array_like, shape (...,)
        Respondents behind it.
    k : int
        Items.
    confidence : float
        0 to 1.

    Returns
    -------
    low, high : ndarray, shape (...,)
        Ends of the interval, `high` at most 1; NaN for fewer than two respondents or items, or where alpha is NaN.

    Notes
    -----
    Missing answers: none; the respondents are those who answered every item (listwise).

    1 - (1 - alpha)·F with n - 1 and (n - 1)(k - 1) degrees of freedom: exact for normal answers whose covariances are
    all equal, an approximation otherwise. It covers chance in who answered, not the choice of the items.

    References
    ----------
    Feldt 1965, Psychometrika 30, 357-370; Feldt, Woodruff & Salih 1987, Applied Psychological Measurement 11, 93-103;
    R psych::alpha.ci.

    Examples
    --------
    psych::alpha.ci(0.8, n.obs = 30, n.var = 5):

    >>> [round(float(end), 4) for end in alpha_interval(0.8, 30, 5)]
    [0.6592, 0.8941]
    """
    alpha, n = (np.asarray(array, dtype=float) for array in (alpha, n))
    possible = (n > 1) & (k > 1)
    between = np.where(possible, n - 1, np.nan)
    tail = (1 - confidence) / 2
    low, high = (1 - (1 - alpha) * fdtri(between, between * (k - 1), end) for end in (1 - tail, tail))
    return low, high


def corrected_item_total(covariance):
    """Learn how well each item correlates with the sum of the others.

    Parameters
    ----------
    covariance : array_like, shape (..., k, k)
        Covariance of the items, reversed items already reversed.

    Returns
    -------
    ndarray, shape (..., k)
        Correlation of each item with the sum of the other items, -1 to 1, in the order of the items; NaN where the item
        or the sum of the others does not vary.

    Notes
    -----
    Missing answers: none (listwise).

    "Corrected": the item itself is left out of the sum, else it would correlate with itself.

    References
    ----------
    R psych::alpha, `r.drop`.

    Examples
    --------
    Two items, variances 2 and 2, covariance 1: the other item alone, so the plain correlation.

    >>> corrected_item_total([[2, 1], [1, 2]])
    array([0.5, 0.5])
    """
    covariance = np.asarray(covariance, dtype=float)
    variances, with_all, rest = _item_against_rest(covariance)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (with_all - variances) / np.sqrt(variances * rest)


def alpha_if_dropped(covariance):
    """Learn what alpha would be without each item in turn.

    Parameters
    ----------
    covariance : array_like, shape (..., k, k)
        Covariance of the items, reversed items already reversed.

    Returns
    -------
    ndarray, shape (..., k)
        Alpha of the other k - 1 items, in the order of the items; NaN for fewer than three items.

    Notes
    -----
    Missing answers: none; the same respondents (listwise over all k items) for every item dropped.

    References
    ----------
    R psych::alpha, `alpha.drop`.

    Examples
    --------
    The third item is unrelated to the others; without it, alpha is that of the first two, 2/3.

    >>> alpha_if_dropped([[2, 1, 0], [1, 2, 0], [0, 0, 2]]).round(3)
    array([0.   , 0.   , 0.667])
    """
    covariance = np.asarray(covariance, dtype=float)
    k = covariance.shape[-1]
    variances, _, rest = _item_against_rest(covariance)
    return _alpha(k - 1, variances.sum(axis=-1, keepdims=True) - variances, rest)


def _alpha(k, item_variances, sum_variance):
    if k < 2:
        return np.full(np.shape(sum_variance), np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha = k / (k - 1) * (1 - item_variances / sum_variance)
    return np.where(sum_variance > ROUNDING * item_variances, alpha, np.nan)


def _item_against_rest(covariance):
    """Give each item's variance, its covariance with the whole sum, and the variance of the sum without it."""
    variances = np.diagonal(covariance, axis1=-2, axis2=-1)
    with_all = covariance.sum(axis=-1)
    rest = with_all.sum(axis=-1, keepdims=True) - 2 * with_all + variances
    noise = ROUNDING * variances.sum(axis=-1, keepdims=True)
    return variances, with_all, np.where(np.abs(rest) > noise, rest, 0.0)
