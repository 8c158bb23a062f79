"""Do two scales measure two things? Correlation corrected for attenuation, heterotrait–monotrait ratio."""

import numpy as np
from scipy.special import stdtrit


def corrected_correlation(correlation, reliability, other_reliability):
    """Learn how two scales would correlate if both were measured without error.

    Parameters
    ----------
    correlation : array_like, shape (...,)
        Correlation of the scores, -1 to 1.
    reliability, other_reliability : array_like, shape (...,)
        Reliability of each, such as Cronbach's alpha.

    Returns
    -------
    ndarray, shape (...,)
        Not held between -1 and 1: a value above 1 says that the scales are not told apart, or that a reliability is
        understated. NaN where a reliability is not above 0.

    Notes
    -----
    Missing answers: not concerned.

    r / √(reliability · other reliability).

    References
    ----------
    Spearman 1904, American Journal of Psychology 15, 72-101; R psych `correct.cor`.

    Examples
    --------
    >>> round(float(corrected_correlation(0.6, 0.8, 0.9)), 4)  # 0.6 / √0.72
    0.7071
    """
    product = np.asarray(reliability, dtype=float) * np.asarray(other_reliability, dtype=float)
    positive = (np.asarray(reliability) > 0) & (np.asarray(other_reliability) > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(positive, np.asarray(correlation) / np.sqrt(product), np.nan)


def htmt(correlation, first, geometric=False):
    """Learn whether the items of two scales correlate as much across the scales as within them.

    Parameters
    ----------
    correlation : array_like, shape (..., k, k)
        Correlations (or covariances, of which the correlations are taken) of all items, those of the first scale first.
    first : int
        Items of the first scale; the others are the second's.
    geometric : bool
        Whether means are geometric (HTMT2), for scales whose items load unequally.

    Returns
    -------
    ndarray, shape (...,)
        0 (unrelated) to about 1 (not told apart), possibly above; NaN where a scale has one item or an item does not
        vary.

    Notes
    -----
    Missing answers: none (listwise over the items of both scales).

    Mean correlation across scales / √(mean within the first · mean within the second), all of them without their
    sign: an item left unreversed would otherwise cancel others. Read as overlap from 0.90 (0.85 for scales that
    should be clearly apart).

    References
    ----------
    Henseler, Ringle & Sarstedt 2015, J. Academy of Marketing Science 43, 115-135; Roemer, Schuberth & Henseler 2021,
    Industrial Management & Data Systems 121, 2637-2650 (HTMT2).

    Examples
    --------
    Two scales of two items: 0.5 and 0.8 within, 0.3, 0.4, 0.2, 0.3 across: 0.3 / √0.4.

    >>> r = [[1, 0.5, 0.3, 0.4], [0.5, 1, 0.2, 0.3], [0.3, 0.2, 1, 0.8], [0.4, 0.3, 0.8, 1]]
    >>> round(float(htmt(r, 2)), 4)
    0.4743
    """
    correlation = np.asarray(correlation, dtype=float)
    k = correlation.shape[-1]
    sd = np.sqrt(np.diagonal(correlation, axis1=-2, axis2=-1))
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.abs(correlation) / (sd[..., :, None] * sd[..., None, :])
        row, column = np.triu_indices(k, 1)
        within = [_mean(size[..., row[own], column[own]], geometric) for own in (column < first, row >= first)]
        across = _mean(size[..., :first, first:].reshape(*size.shape[:-2], -1), geometric)
        product = within[0] * within[1]
        return np.where(product > 0, across / np.sqrt(product), np.nan)


def htmt_interval(rows, first, confidence=0.95):
    """Learn how sure a heterotrait–monotrait ratio is.

    Parameters
    ----------
    rows : array_like, shape (respondents, k)
        Answers to all items, those of the first scale first.
    first : int
        Items of the first scale.
    confidence : float
        0 to 1.

    Returns
    -------
    low, high : float
        Ends of the interval, above 0; NaN where the ratio is, or for fewer than three respondents.

    Notes
    -----
    Missing answers: none (listwise over the items of both scales).

    Infinitesimal jackknife of the ratio's logarithm (each respondent's influence on the correlations, carried through
    the formula), with Student's t of n - 1 degrees of freedom. It asks nothing of the distribution of the answers and
    draws nothing at random. Where a correlation is close to 0, its sign is left out of the ratio and the interval is
    too short.

    References
    ----------
    Efron 1982, The Jackknife, the Bootstrap and Other Resampling Plans, ch. 6; Henseler, Ringle & Sarstedt 2015 (who
    take a bootstrap).

    Examples
    --------
    >>> rows = np.array([[1, 2, 2, 1], [2, 1, 3, 3], [3, 4, 4, 5], [4, 3, 3, 2], [5, 5, 4, 4], [2, 3, 1, 2]])
    >>> low, high = htmt_interval(rows, 2)
    >>> bool(low < htmt(np.cov(rows.T), 2) < high)
    True
    """
    rows = np.asarray(rows, dtype=float)
    n = len(rows)
    if n < 3:
        return np.nan, np.nan
    away = rows - rows.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        standard = away / np.sqrt((away**2).mean(axis=0))
        correlation = standard.T @ standard / n
        ratio = float(htmt(correlation, first))
        slope = _slope(correlation, first)
        influence = ((standard @ slope) * standard - standard**2 * (slope * correlation).sum(axis=1)).sum(axis=1) / 2
        reach = stdtrit(n - 1, (1 + confidence) / 2) * np.sqrt((influence**2).sum() / (n * (n - 1)))
        return ratio * float(np.exp(-reach)), ratio * float(np.exp(reach))


def _slope(correlation, first):
    """What log(htmt) gains with each correlation; symmetric, 0 on the diagonal."""
    size, k = np.abs(correlation), len(correlation)
    in_first = np.arange(k) < first
    across = in_first[:, None] != in_first
    blocks = (across, in_first[:, None] & in_first, ~in_first[:, None] & ~in_first)
    slope = np.zeros((k, k))
    for block, share in zip(blocks, (1, -0.5, -0.5), strict=True):
        pairs = block & ~np.eye(k, dtype=bool)
        slope += np.where(pairs, share * 2 * np.sign(correlation) / size[pairs].sum(), 0)
    return slope


def _mean(values, geometric):
    """Mean over the last axis; NaN where it is empty."""
    count = values.shape[-1]
    total = np.log(values).sum(axis=-1) if geometric else values.sum(axis=-1)
    mean = total / count if count else np.full(values.shape[:-1], np.nan)
    return np.exp(mean) if geometric else mean
