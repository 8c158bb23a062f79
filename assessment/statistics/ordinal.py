"""How would answers in steps correlate if the steps were gone? Polychoric correlations, from two-way counts.

Written here rather than taken from a package: what there is in Python (ordinalcorr 0.9, MIT) works through rows, one
pair at a time, and loads scipy.optimize and pandas; counts add up as the rest of this room wants, and all pairs of a
scale are searched at once.
"""

import numpy as np
from scipy.special import ndtr, ndtri, owens_t

TINY = 1e-300
"""Stands for a threshold of exactly 0, where Owen's formula divides by it."""

LEAST = 1e-15
"""A probability below this is the rounding left of a difference of larger ones."""

EDGE = 1 - 1e-9
"""Correlations are searched up to here."""

TIE = 1e-9
"""Two log-likelihoods that differ by less are one: near ±1 they rise by less than rounding."""

CHUNK = 2**14
"""Rows counted at a time, so that no table of all rows by all answers is made."""

CONVERGED = 1e-11
ITERATIONS = 100


def two_way_counts(answers, options):
    """Count how each pair of items was answered together.

    Parameters
    ----------
    answers : array_like of int, shape (respondents, items)
        From 0 to options - 1; every item answered.
    options : int
        Answers there are.

    Returns
    -------
    ndarray of int, shape (items, items, options, options)
        Respondents who gave each pair of answers; tables of several parts of the respondents add up.

    Notes
    -----
    Missing answers: none; leave incomplete respondents out (listwise).

    References
    ----------
    Agresti 2013, Categorical Data Analysis, 2.1 (two-way tables).

    Examples
    --------
    Three people answer two items: (0, 0), (0, 1), (1, 1).

    >>> two_way_counts([[0, 0], [0, 1], [1, 1]], 2)[0, 1].tolist()
    [[1, 1], [0, 1]]
    """
    answers = np.asarray(answers)
    items = answers.shape[1]
    counts = np.zeros((items * options,) * 2)
    for start in range(0, len(answers), CHUNK):
        part = answers[start : start + CHUNK, :, None] == np.arange(options)
        chosen = part.reshape(len(part), -1).astype(float)
        counts += chosen.T @ chosen  # whole numbers far below 2**53: exact
    return counts.astype(np.int64).reshape(items, options, items, options).swapaxes(1, 2)


def polychoric(counts):
    """Learn the correlation of two normal variables that were answered in steps.

    Parameters
    ----------
    counts : array_like of int, shape (..., a, b)
        Respondents who gave each pair of answers, both in their order.

    Returns
    -------
    ndarray, shape (...,)
        -1 to 1; exactly ±1 where the likelihood rises up to there; NaN where an item was always answered alike.

    Notes
    -----
    Missing answers: none; each table has its own respondents.

    Two steps: thresholds from the margins, then the correlation of largest likelihood. No constant is added to empty
    cells (psych's `correct = 0`). The search is Fisher's scoring inside a bracket that only shrinks.

    References
    ----------
    Olsson 1979, Psychometrika 44, 443-460; Owen 1956, Annals of Mathematical Statistics 27, 1075-1090; R lavaan
    `lavCor(ordered = …)`, psych `polychoric(correct = 0)`.

    Examples
    --------
    For halved margins the correlation is sin(π/2 · (4p - 1)); here p = 0.4, so sin(0.3π).

    >>> round(float(polychoric([[40, 10], [10, 40]])), 6), round(float(np.sin(0.3 * np.pi)), 6)
    (0.809017, 0.809017)
    """
    counts = np.asarray(counts, dtype=float)
    rows, columns = (_thresholds(counts.sum(axis=axis)) for axis in (-1, -2))
    corners = rows[..., :, None], columns[..., None, :]
    low = np.full(counts.shape[:-2], -EDGE)
    high, r = -low, np.zeros_like(low)
    for _ in range(ITERATIONS):
        slope, information = _score(counts, corners, r)
        low, high = np.where(slope > 0, r, low), np.where(slope > 0, high, r)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = r + slope / information
        following = np.where((step > low) & (step < high), step, (low + high) / 2)
        moved, r = np.abs(following - r).max(initial=0), following
        if moved < CONVERGED:
            break
    varied = ((counts.sum(axis=-1) > 0).sum(axis=-1) > 1) & ((counts.sum(axis=-2) > 0).sum(axis=-1) > 1)
    end = np.where(r < 0, -1.0, 1.0)
    inside, at_end = (_log_likelihood(counts, corners, one) for one in (r, end))
    return np.where(varied, np.where(at_end >= inside - TIE, end, r), np.nan)


def polychoric_matrix(two_way):
    """Learn the polychoric correlation of every pair of items.

    Parameters
    ----------
    two_way : array_like of int, shape (items, items, options, options)
        As `two_way_counts` gives them.

    Returns
    -------
    ndarray, shape (items, items)
        Symmetric, 1 on the diagonal; NaN where an item was always answered alike, its own place included. Estimated
        pair by pair, so the whole need not be positive definite.

    Notes
    -----
    Missing answers: none (listwise). Ordinal alpha is `cronbach_alpha` of this matrix: of the variables behind the
    answers, not of the sum of the answers.

    References
    ----------
    Zumbo, Gadermann & Zeisser 2007, J. Modern Applied Statistical Methods 6, 21-29 (ordinal alpha).

    Examples
    --------
    >>> counts = two_way_counts([[0, 0]] * 40 + [[0, 1]] * 10 + [[1, 0]] * 10 + [[1, 1]] * 40, 2)
    >>> polychoric_matrix(counts).round(3).tolist()
    [[1.0, 0.809], [0.809, 1.0]]
    """
    two_way = np.asarray(two_way)
    items = len(two_way)
    first, second = np.triu_indices(items, 1)
    result = np.zeros((items, items))
    result[first, second] = polychoric(two_way[first, second])
    varied = (two_way[np.arange(items), np.arange(items)].sum(axis=-1) > 0).sum(axis=-1) > 1
    return result + result.T + np.diag(np.where(varied, 1.0, np.nan))


def bivariate_normal(h, k, r):
    """Learn the probability that two standard normal variables of correlation r stay below h and k.

    Parameters
    ----------
    h, k : array_like, shape (...,)
        Upper ends; may be infinite.
    r : array_like, shape (...,)
        Correlation, above -1 and below 1.

    Returns
    -------
    ndarray, shape (...,)
        0 to 1.

    Notes
    -----
    Missing answers: not concerned. Exact to rounding, through Owen's T.

    References
    ----------
    Owen 1956, Annals of Mathematical Statistics 27, 1075-1090.

    Examples
    --------
    At the centre: 1/4 + asin(r)/2π, so 1/3 for r = 1/2.

    >>> round(float(bivariate_normal(0, 0, 0.5)), 12)
    0.333333333333
    """
    h, k, r = (np.asarray(array, dtype=float) for array in (h, k, r))
    h, k = np.where(h == 0, TINY, h), np.where(k == 0, TINY, k)
    root = np.sqrt(1 - r**2)
    with np.errstate(all="ignore"):  # infinite ends are put right below
        triangles = owens_t(h, (k - r * h) / (h * root)) + owens_t(k, (h - r * k) / (k * root))
        inside = (ndtr(h) + ndtr(k)) / 2 - triangles - np.where((h > 0) == (k > 0), 0.0, 0.5)
    inside = np.where(np.isposinf(h), ndtr(k), np.where(np.isposinf(k), ndtr(h), inside))
    return np.where(np.isneginf(h) | np.isneginf(k), 0.0, inside)


def _thresholds(margin):
    """Where the answers begin and end on the normal scale, -inf and inf included; shape (..., options + 1)."""
    below = np.cumsum(margin, axis=-1)
    below = np.concatenate([np.zeros_like(below[..., :1]), below], axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return ndtri(below / below[..., -1:])


def _score(counts, corners, r):
    """Slope of the log-likelihood in r, and the information expected."""
    r = r[..., None, None]
    probability = np.maximum(_cells(bivariate_normal(*corners, r)), LEAST)
    change = _cells(_density(*corners, r))
    slope = (counts * change / probability).sum(axis=(-2, -1))
    return slope, counts.sum(axis=(-2, -1)) * (change**2 / probability).sum(axis=(-2, -1))


def _log_likelihood(counts, corners, r):
    """Log-likelihood of a correlation, of −1 and 1 too: there two variables are one, or each other's opposite."""
    below = [ndtr(corner) for corner in corners]
    together = np.where(r[..., None, None] < 0, np.maximum(sum(below) - 1, 0), np.minimum(*below))
    certain = (np.abs(r) == 1)[..., None, None]
    inside = bivariate_normal(*corners, np.where(certain, 0.0, r[..., None, None]))
    probability = np.maximum(_cells(np.where(certain, together, inside)), TINY)
    return np.where(counts > 0, counts * np.log(probability), 0.0).sum(axis=(-2, -1))


def _density(h, k, r):
    """Bivariate normal density, 0 at infinity: what the probability of a corner gains as r grows (Plackett 1954)."""
    with np.errstate(invalid="ignore"):
        exponent = (h**2 - 2 * r * h * k + k**2) / (2 * (1 - r**2))
        density = np.exp(-exponent) / (2 * np.pi * np.sqrt(1 - r**2))
    return np.where(np.isinf(h) | np.isinf(k), 0.0, density)


def _cells(corners):
    """Differences over both axes: from what lies below corners to what lies in cells."""
    return np.diff(np.diff(corners, axis=-1), axis=-2)
