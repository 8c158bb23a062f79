"""From counts and sums to means, variances and covariances: no row is ever needed."""

import numpy as np

LARGEST_SAFE = 2**62
"""Products of whole numbers up to here, and the difference of two of them, fit in 64 bits."""


def covariance_from_sums(n, sums, cross_products):
    """Learn the sample covariance of k items from their sums and cross-products.

    Parameters
    ----------
    n : array_like, shape (...,)
        Respondents behind the sums (all of them answered every item).
    sums : array_like, shape (..., k)
        Sum of each item.
    cross_products : array_like, shape (..., k, k)
        Sum of the products of each pair of items, squares on the diagonal.

    Returns
    -------
    ndarray, shape (..., k, k)
        Covariance with divisor n - 1; NaN for fewer than two respondents.

    Notes
    -----
    Missing answers: none; the sums are of respondents who answered every item (listwise).

    (n·Σxy - Σx·Σy) / (n·(n - 1)). The numerator of whole numbers is exact, so that merged sums give the
    bit-identical covariance, and an item that everybody answered alike has a variance of exactly 0.

    References
    ----------
    Chan, Golub & LeVeque 1983, The American Statistician 37, 242-247 (why the textbook formula needs exact sums).

    Examples
    --------
    Three people answer two items: (1, 2), (2, 4), (3, 9).

    >>> covariance_from_sums(3, [6, 15], [[14, 37], [37, 101]])
    array([[ 1. ,  3.5],
           [ 3.5, 13. ]])
    """
    n, sums, cross_products = _exact(n, sums, cross_products)
    n = n[..., None, None]
    numerator = n * cross_products - sums[..., :, None] * sums[..., None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        covariance = numerator.astype(float) / (n * (n - 1)).astype(float)
    return np.where(n > 1, covariance, np.nan)


def _exact(n, sums, cross_products):
    """Let the products of whole numbers be exact: 64 bits where they suffice, Python's integers beyond."""
    arrays = [np.asarray(array) for array in (n, sums, cross_products)]
    if not all(np.issubdtype(array.dtype, np.integer) for array in arrays):
        return [array.astype(float) for array in arrays]
    n_most, sum_most, cross_most = (max(int(a.max(initial=0)), -int(a.min(initial=0))) for a in arrays)
    kind = np.int64 if max(n_most * cross_most, sum_most**2, n_most**2) < LARGEST_SAFE else object
    return [array.astype(kind) for array in arrays]


def mean_and_variance(values, counts):
    """Learn how many scores a histogram holds, their mean and their variance.

    Parameters
    ----------
    values : array_like, shape (v,)
        The scores that occur.
    counts : array_like, shape (..., v)
        How often each occurs.

    Returns
    -------
    n : ndarray, shape (...,)
        Sum of the counts.
    mean : ndarray, shape (...,)
        In the unit of `values`; NaN where n is 0.
    variance : ndarray, shape (...,)
        Divisor n - 1; NaN where n is below 2; exactly 0 where all scores are equal.

    Notes
    -----
    Missing answers: not counted.

    Two passes, from the most frequent value as the origin: with a plain mean, equal scores such as 0.1 would get a
    variance of 1e-34 instead of 0.

    References
    ----------
    Chan, Golub & LeVeque 1983, The American Statistician 37, 242-247, eq. 1.7 (corrected two-pass algorithm).

    Examples
    --------
    Scores 1, 1, 2, 4: mean 2, squared deviations 1 + 1 + 0 + 4 = 6, divided by 3.

    >>> n, mean, variance = mean_and_variance([1, 2, 3, 4], [2, 1, 0, 1])
    >>> int(n), float(mean), float(variance)
    (4, 2.0, 2.0)
    """
    values, counts = np.asarray(values, dtype=float), np.asarray(counts)
    n = counts.sum(axis=-1)
    origin = values[counts.argmax(axis=-1)]
    distances = values - origin[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        shift = np.where(n > 0, (counts * distances).sum(axis=-1) / n, np.nan)
        deviations = distances - shift[..., None]
        squares = (counts * deviations**2).sum(axis=-1) - (counts * deviations).sum(axis=-1) ** 2 / n
        variance = np.where(n > 1, squares / (n - 1), np.nan)
    return n, origin + shift, variance
