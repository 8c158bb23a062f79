"""Do two scales measure two things? Correlation corrected for attenuation, heterotrait–monotrait ratio."""

import numpy as np


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
        return across / np.sqrt(within[0] * within[1])


def _mean(values, geometric):
    """Mean over the last axis; NaN where it is empty."""
    count = values.shape[-1]
    total = np.log(values).sum(axis=-1) if geometric else values.sum(axis=-1)
    mean = total / count if count else np.full(values.shape[:-1], np.nan)
    return np.exp(mean) if geometric else mean
