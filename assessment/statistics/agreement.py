"""Do the members of a group agree? rwg(j) and its kin, and the average deviation, from counts of answers."""

import numpy as np

SLIGHT_SKEW = {5: 1.34}
"""Variance of answers that lean slightly to one side, by number of options.

LeBreton & Senter 2008, Organizational Research Methods 11, 815-852, Table 2. It is the variance of 5, 15, 20, 35 and
25 % in five options (14.3 - 3.6² = 1.34). Their values for other scales stand in the article; none is made up here.
"""


def rwg_j(counts, null=None):
    """Learn how far a group agrees on a scale of J items, against answering at random.

    Parameters
    ----------
    counts : array_like of int, shape (..., items, options)
        Members of the group who gave each answer, options in their order (1..A, or low..high in steps of one).
    null : float, optional
        Variance of answers given at random, in squared steps of the answer scale. Left out, it is that of the uniform
        distribution; `slight_skew_null` gives that of people who lean to one side, as most do.

    Returns
    -------
    ndarray, shape (...,)
        0 (as scattered as the null, or more) to 1 (all alike); NaN for fewer than two members, or a null of NaN.

    Notes
    -----
    Missing answers: none; the counts are of members who answered every item (listwise), so every item counts as many.

    J(1 - r) / (J(1 - r) + r), r = mean over items of the variance (n - 1) / null, uniform: (A² - 1)/12, truncated to
    1 *before* the formula: truncating the result instead leaves values above 1 where people are polarised. The value
    grows with J and depends on the null; it is no test.

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
    items = np.shape(counts)[-2]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.minimum(_share_of_null(counts, null), 1)
        return items * (1 - ratio) / (items * (1 - ratio) + ratio)


def r_star_wg_j(counts, null=None):
    """Learn how far a group agrees, on a measure that does not grow with the number of items.

    Parameters
    ----------
    counts : array_like of int, shape (..., items, options)
        Members of the group who gave each answer, options in their order.
    null : float, optional
        As in `rwg_j`.

    Returns
    -------
    ndarray, shape (...,)
        At most 1 (all alike); 0 = as scattered as the null, below 0 = more scattered (people are polarised); NaN for
        fewer than two members.

    Notes
    -----
    Missing answers: none (listwise), as in `rwg_j`.

    1 - (mean over items of the variance (n - 1)) / null, not truncated.

    References
    ----------
    Lindell, Brandt & Whitney 1999, Applied Psychological Measurement 23, 127-135; R multilevel 2.7 `rwg.j.lindell`.

    Examples
    --------
    Three members answer 3, 3, 4 and 2, 3, 4: mean variance 2/3 of the null 2.

    >>> round(float(r_star_wg_j([[0, 0, 2, 1, 0], [0, 1, 1, 1, 0]])), 6)
    0.666667
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - _share_of_null(counts, null)


def awg(counts):
    """Learn how far a group agrees, compared with the most it could disagree around its own mean.

    Parameters
    ----------
    counts : array_like of int, shape (..., items, options)
        Members of the group who gave each answer, options in their order.

    Returns
    -------
    ndarray, shape (...,)
        Mean over items of awg: 1 = all alike, 0 = half of the greatest variance possible at that mean, -1 = split
        between both ends. NaN for fewer than two members, or where every item's mean is too near an end.

    Notes
    -----
    Missing answers: none (listwise), as in `rwg_j`.

    awg = 1 - 2s² / ([(H + L)M - M² - HL]·n/(n - 1)), M the group's mean, L and H the lowest and highest answer. An item
    is left out where M is so near an end that one member alone decides: n·M < L(n - 1) + H, or the same above; one
    where everybody chose the same end counts 1. It needs no null, but is unsure in groups of fewer members than
    options.

    References
    ----------
    Brown & Hauenstein 2005, Organizational Research Methods 8, 165-184; R multilevel 2.7 `awg`.

    Examples
    --------
    Four members, 1, 1, 5, 5: variance 16/3, the most possible is (6·3 - 9 - 5)·4/3 = 16/3; 1 - 2.

    >>> float(awg([[2, 0, 0, 0, 2]]))
    -1.0
    """
    counts = np.asarray(counts).astype(np.int64)
    high = counts.shape[-1] - 1  # answers counted from 0: L is 0
    n, squares = _scatter(counts, power=2)
    total = (counts * np.arange(high + 1)).sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / n
        value = 1 - 2 * squares / ((high * mean - mean**2) * n)
    told = (total >= high) & (total <= high * (n - 1))
    at_end = (total == 0) | (total == high * n)
    value = np.where((n > 1) & (at_end | told), np.where(at_end, 1.0, value), np.nan)
    counted = ~np.isnan(value)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(counted, value, 0.0).sum(axis=-1) / counted.sum(axis=-1)


def slight_skew_null(options):
    """Learn the variance of answers given without regard to the question by people who lean slightly to one side.

    Parameters
    ----------
    options : int
        Answer options A.

    Returns
    -------
    float
        In squared steps of the answer scale; NaN where this room has no published value.

    Notes
    -----
    Missing answers: not concerned. For `rwg_j`: the uniform null supposes that random answers use all options alike,
    which people hardly do, and flatters the group.

    References
    ----------
    LeBreton & Senter 2008, Organizational Research Methods 11, 815-852, Table 2.

    Examples
    --------
    >>> slight_skew_null(5)
    1.34
    """
    return SLIGHT_SKEW.get(options, np.nan)


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


def _share_of_null(counts, null):
    """Mean over items of the variance (n - 1), as a share of the null's (default: uniform)."""
    counts = np.asarray(counts)
    items, options = counts.shape[-2:]
    null = (options**2 - 1) / 12 if null is None else null
    n, squares = _scatter(counts, power=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.where(n > 1, squares / (n - 1), np.nan)
        return variance.sum(axis=-1) / np.float64(items * null)


def _scatter(counts, power):
    """Give the members of each item, shape (..., items), and the sum of |answer - mean| to a power."""
    # answer by answer: a last axis of five is too short to be quick
    by_answer = np.ascontiguousarray(np.moveaxis(counts, -1, 0))
    n = by_answer.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sum(answer * own for answer, own in enumerate(by_answer)) / n
    return n, sum(own * np.abs(answer - mean) ** power for answer, own in enumerate(by_answer))
