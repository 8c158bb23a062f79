"""How far do numbers go together? Correlations in pairs, with all others held, their intervals, the common part."""

import numpy as np
from scipy.special import ndtri

FLAT = 1e-13
"""Squares around the mean below this share of the squares themselves are a rounded zero: nothing varies."""

SINGULAR = 1e-10
"""A correlation matrix whose least eigenvalue is below this has variables that the others repeat."""


def pairwise_correlations(rows):
    """Learn the correlation of every two variables over those who have both.

    Parameters
    ----------
    rows : array_like, shape (people, variables)
        One row is one person; NaN = missing.

    Returns
    -------
    correlation : ndarray, shape (variables, variables)
        Pearson's r; NaN for fewer than two people, and where one of the two does not vary among them.
    n : ndarray of int, shape (variables, variables)
        People who have both.

    Notes
    -----
    Missing answers: left out pair by pair, so that each r may tell of other people; the matrix need not be that of any
    one set of people (it may have negative eigenvalues).

    References
    ----------
    Pearson 1896, Philosophical Transactions A 187, 253-318; R `cor(use = "pairwise.complete.obs")`.

    Examples
    --------
    >>> r, n = pairwise_correlations([[1, 2], [2, 4], [3, 5], [4, np.nan]])
    >>> round(float(r[0, 1]), 4), int(n[0, 1])
    (0.982, 3)
    """
    rows = np.asarray(rows, dtype=float)
    known = ~np.isnan(rows)
    anyone = np.maximum(known.sum(axis=0), 1)
    origin = np.where(known, rows, 0).sum(axis=0) / anyone
    values = np.where(known, rows - origin, 0)  # around the mean, so that no digits are lost
    here = known.astype(float)
    n = here.T @ here
    total, squares, products = values.T @ here, (values**2).T @ here, values.T @ values
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = _spread(squares - total**2 / n, squares)
        r = (products - total * total.T / n) / np.sqrt(spread * spread.T)
    return np.where(n > 1, np.clip(r, -1, 1), np.nan), n.astype(int)


def _spread(around, squares):
    """Squares around the mean; NaN where they are rounding."""
    return np.where(around > FLAT * np.maximum(squares, 1e-300), around, np.nan)


def partial_correlations(correlation):
    """Learn how far every two variables go together when all the others are held still.

    Parameters
    ----------
    correlation : array_like, shape (variables, variables)
        Correlations over the same people.

    Returns
    -------
    ndarray, shape (variables, variables)
        NaN throughout where a variable repeats others (a singular matrix) or anything is NaN.

    Notes
    -----
    Missing answers: none (listwise): pairwise correlations may make no matrix that could be inverted.

    -p_ij / sqrt(p_ii · p_jj) with p the inverse of the correlations. What all variables share (one general impression)
    is taken out with the others; so is what they truly share.

    References
    ----------
    Whittaker 1990, Graphical Models in Applied Multivariate Statistics, 5.

    Examples
    --------
    r12 = .5, r13 = .5, r23 = .25: (.5 - .5·.25)/√((1 - .25)(1 - .0625)) = .4472, and r23 with 1 held is 0.

    >>> partial_correlations([[1, 0.5, 0.5], [0.5, 1, 0.25], [0.5, 0.25, 1]]).round(4).tolist()
    [[1.0, 0.4472, 0.4472], [0.4472, 1.0, 0.0], [0.4472, 0.0, 1.0]]
    """
    correlation = np.asarray(correlation, dtype=float)
    if not is_regular(correlation):
        return np.full(correlation.shape, np.nan)
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.diag(inverse))
    partial = -inverse / np.outer(scale, scale) + 0.0
    np.fill_diagonal(partial, 1)
    return np.clip(partial, -1, 1)


def is_regular(correlation):
    """Say whether a correlation matrix is whole and no variable repeats others."""
    return bool(np.isfinite(correlation).all()) and float(np.linalg.eigvalsh(correlation)[0]) > SINGULAR


def correlation_interval(r, n, held=0, confidence=0.95):
    """Learn how sure a correlation, or a partial one, is.

    Parameters
    ----------
    r : array_like
        Correlation.
    n : array_like
        People.
    held : int
        Variables held still (0 = a plain correlation).
    confidence : float
        0 to 1.

    Returns
    -------
    low, high : ndarray
        NaN for fewer than four people (and one more for each variable held), where r is NaN, and where it is ±1: there
        the formula gives no width, which would be false confidence.

    Notes
    -----
    Missing answers: those without both numbers are not in n.

    tanh(atanh r ± z/√(n - held - 3)). For answers far from normal the interval is approximate.

    References
    ----------
    Fisher 1921, Metron 1, 3-32; Fisher 1924, Metron 3, 329-332 (partial); R `cor.test`.

    Examples
    --------
    atanh .5 = .5493, 1.96/5 = .392: tanh .1573 and tanh .9413.

    >>> low, high = correlation_interval(0.5, 28)
    >>> round(float(low), 4), round(float(high), 4)
    (0.156, 0.7358)
    """
    r, room = np.asarray(r, dtype=float), np.asarray(n, dtype=float) - held - 3
    with np.errstate(divide="ignore", invalid="ignore"):
        known = np.where((np.abs(r) < 1) & (room > 0), r, np.nan)
        reach = ndtri((1 + confidence) / 2) / np.sqrt(np.where(room > 0, room, np.nan))
        return np.tanh(np.arctanh(known) - reach), np.tanh(np.arctanh(known) + reach)


def first_component_share(correlation):
    """Learn how much of all variables one single impression could account for.

    Parameters
    ----------
    correlation : array_like, shape (variables, variables)
        Correlations over the same people.

    Returns
    -------
    float
        The first eigenvalue over the number of variables: 1/variables (nothing in common) to 1 (all the same); NaN for
        fewer than two variables or where a correlation is NaN.

    Notes
    -----
    Missing answers: none (listwise).

    A large share is what a halo would leave (answers coloured by one general impression), and what a house that is
    good or bad at everything would leave as well: the number cannot tell them apart.

    References
    ----------
    Thorndike 1920, J. Applied Psychology 4, 25-29 (halo); R `prcomp`.

    Examples
    --------
    Two variables with r = .6 have the eigenvalues 1.6 and .4.

    >>> round(first_component_share([[1, 0.6], [0.6, 1]]), 4)
    0.8
    """
    correlation = np.asarray(correlation, dtype=float)
    if len(correlation) < 2 or not np.isfinite(correlation).all():
        return float("nan")
    return float(np.linalg.eigvalsh(correlation)[-1] / len(correlation))
