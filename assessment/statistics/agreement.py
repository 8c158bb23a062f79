"""Do the members of a group agree? rwg(j) and the average deviation, from counts of answers."""

import numpy as np


def rwg_j(counts):
    """Learn how far a group agrees on a scale of J items, against answering at random.

    Parameters
    ----------
    counts : array_like of int, shape (..., items, options)
        Members of the group who gave each answer, options in their order (1..A, or low..high in steps of one).

    Returns
    -------
    ndarray, shape (...,)
        0 (as scattered as a uniform distribution, or more) to 1 (all alike); NaN for fewer than two members.

    Notes
    -----
    Missing answers: none; the counts are of members who answered every item (listwise), so every item counts as many.

    J(1 - r) / (J(1 - r) + r), r = mean over items of the variance (n - 1) / ((A² - 1)/12), truncated to 1 *before*
    the formula: truncating the result instead leaves values above 1 where people are polarised. The value grows with
    J and depends on the uniform null; it is no test.

    References
    ----------
    James, Demaree & Wolf 1984, J. Applied Psychology 69, 85-98; R multilevel 2.7 `rwg.j`.

    Examples
    --------
    Two items on 1-5; three members answer 3, 3, 4 and 2, 3, 4: variances 1/3 and 1, mean 2/3, r = 1/3 of the null 2;
    2·(2/3) / (2·(2/3) + 1/3) = 0.8.

    >>> round(float(rwg_j([[0, 0, 2, 1, 0], [0, 1, 1, 1, 0]])), 6)
    0.8
    """
    counts = np.asarray(counts)
    items, options = counts.shape[-2:]
    null = (options**2 - 1) / 12
    n, squares = _scatter(counts, power=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(n > 1, squares / (n - 1), np.nan)
        ratio = np.minimum(variance.sum(axis=-1) / (items * null), 1)
        return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def average_deviation(counts):
    """Learn how far members are from their group's answer, in answer options.

    Parameters
    ----------
    counts : array_like of int, shape (..., items, options)
        Members of the group who gave each answer, options in their order.

    Returns
    -------
    ndarray, shape (...,)
        Mean over items of the mean absolute deviation from the group's item mean, in steps of the answer scale:
        0 = all alike; NaN for fewer than two members.

    Notes
    -----
    Missing answers: none (listwise), as in `rwg_j`.

    References
    ----------
    Burke, Finkelstein & Dusig 1999, Organizational Research Methods 2, 49-68 (AD around the mean); R multilevel
    2.7 `ad.m`.

    Examples
    --------
    Three members answer 3, 3, 4 and 2, 3, 4: (1/3 + 1/3 + 2/3)/3 = 4/9 and (1 + 0 + 1)/3 = 6/9; their mean is 5/9.

    >>> round(float(average_deviation([[0, 0, 2, 1, 0], [0, 1, 1, 1, 0]])), 6)
    0.555556
    """
    counts = np.asarray(counts)
    n, distances = _scatter(counts, power=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(n > 1, distances / n, np.nan).sum(axis=-1) / counts.shape[-2]


def average_deviation_cut(options):
    """Learn the average deviation up to which a group may be said to agree.

    Parameters
    ----------
    options : int
        Answer options A.

    Returns
    -------
    float
        A/6, in steps of the answer scale.

    Notes
    -----
    Missing answers: not concerned. A rule of thumb, not a test.

    References
    ----------
    Burke & Dunlap 2002, Organizational Research Methods 5, 159-172.

    Examples
    --------
    >>> average_deviation_cut(6)
    1.0
    """
    return options / 6


def _scatter(counts, power):
    """Give the members of each item, shape (..., items), and the sum of |answer - mean| to a power."""
    answers = np.arange(counts.shape[-1], dtype=float)
    n = counts.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = (counts * answers).sum(axis=-1) / n
    return n, (counts * np.abs(answers - mean[..., None]) ** power).sum(axis=-1)
