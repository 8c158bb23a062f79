"""Who answered without reading? Indices of careless responding, one number a respondent, from rows of answers.

The only part of this room that needs rows. Each index sees one kind of carelessness and errs in its own way; none is
proof about a person. They are those of R's package careless.
"""

import numpy as np
from scipy.special import chdtri

SINGULAR = 1e-10
"""Smallest eigenvalue of the correlations below which items repeat others and no distance exists."""

FEWEST_SCALES, FEWEST_PAIRS = 2, 3
"""Scales, pairs of items from which R's package gives a correlation within one person."""


def longstring(answers):
    """Learn each respondent's longest run of the same answer.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        As given (not reversed), in the order asked, all on one answer scale; NaN = missing.

    Returns
    -------
    ndarray, shape (respondents,)
        Items in the run; NaN for who gave no answer.

    Notes
    -----
    Missing answers: passed over; a run goes on behind them.

    References
    ----------
    Johnson 2005, J. Research in Personality 39, 103-129; R careless `longstring`.

    Examples
    --------
    >>> longstring([[3, 3, 3, 2], [1, 2, np.nan, 2]]).tolist()
    [3.0, 2.0]
    """
    return _runs(answers)[0]


def average_string(answers):
    """Learn the mean length of each respondent's runs of the same answer.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        As in `longstring`.

    Returns
    -------
    ndarray, shape (respondents,)
        1 = no two neighbours alike; NaN for who gave no answer.

    Notes
    -----
    Missing answers: passed over; a run goes on behind them.

    References
    ----------
    Meade & Craig 2012, Psychological Methods 17, 437-455 (average longstring); R careless `longstring(avg = TRUE)`.

    Examples
    --------
    Runs of 3 and 1; runs of 1 and 2.

    >>> average_string([[3, 3, 3, 2], [1, 2, np.nan, 2]]).tolist()
    [2.0, 1.5]
    """
    _, runs, given = _runs(answers)
    with np.errstate(divide="ignore", invalid="ignore"):
        return given / runs


def intra_individual_variability(answers):
    """Learn how much each respondent's answers vary from item to item (IRV).

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        As given (not reversed); NaN = missing.

    Returns
    -------
    ndarray, shape (respondents,)
        Standard deviation (n - 1) of the answers of one person; NaN for fewer than two answers.

    Notes
    -----
    Missing answers: left out.

    References
    ----------
    Dunn, Heggestad, Shanock & Theilgard 2018, J. Business and Psychology 33, 105-121; R careless `irv`.

    Examples
    --------
    >>> intra_individual_variability([[3, 3, 3], [1, 3, 5], [np.nan, 2, np.nan]]).tolist()
    [0.0, 2.0, nan]
    """
    answers = np.asarray(answers, dtype=float)
    given = ~np.isnan(answers)
    n = given.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(given, answers, 0.0).sum(axis=1) / n
        squares = np.where(given, (answers - mean[:, None]) ** 2, 0.0).sum(axis=1)
        return np.where(n > 1, np.sqrt(squares / (n - 1)), np.nan)


def mahalanobis(answers):
    """Learn how unusual each respondent's pattern of answers is among all patterns.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        NaN = missing.

    Returns
    -------
    ndarray, shape (respondents,)
        D², never negative: about chi-square with as many degrees of freedom as items answered, where answers are
        normal. NaN for who gave no answer, and for everybody where no distance exists: an item that does not vary or
        repeats others, too few respondents.

    Notes
    -----
    Missing answers: means and covariances are of the respondents who gave each answer, each pair of answers; a missing
    answer counts as its item's mean. That is R's rule. Unusual is not careless: a rare but thoughtful pattern is far
    away too.

    References
    ----------
    Mahalanobis 1936; Meade & Craig 2012, Psychological Methods 17, 437-455; R psych `outlier`, careless `mahad`.

    Examples
    --------
    Two unrelated items of variance 4/3: (1² + 1²)/(4/3) for each.

    >>> mahalanobis([[1, 1], [1, 3], [3, 1], [3, 3]]).tolist()
    [1.5, 1.5, 1.5, 1.5]
    """
    answers = np.asarray(answers, dtype=float)
    given = ~np.isnan(answers)
    away = _centred(answers)
    inverse = _inverse(_pairwise_covariance(answers))
    if inverse is None:
        return np.full(len(answers), np.nan)
    distance = ((away @ inverse) * away).sum(axis=1)
    return np.where(given.any(axis=1), distance, np.nan)


def mahalanobis_cut(items, confidence=0.999):
    """Learn the D² that one in a thousand thoughtful respondents would exceed.

    Parameters
    ----------
    items : array_like
        Items answered.
    confidence : float
        Share of respondents at or below the cut, 0 to 1.

    Returns
    -------
    ndarray
        The quantile of chi-square; NaN for no item.

    Notes
    -----
    Missing answers: not counted among the items. Answers in steps are not normal: more or fewer than one in a thousand
    may lie beyond.

    References
    ----------
    R careless `mahad(confidence = 0.999)`.

    Examples
    --------
    >>> round(float(mahalanobis_cut(2)), 4)  # -2·ln(0.001)
    13.8155
    """
    items = np.asarray(items, dtype=float)
    return np.where(items > 0, chdtri(np.where(items > 0, items, 1.0), 1 - confidence), np.nan)


def even_odd(answers, sizes, fewest=FEWEST_SCALES):
    """Learn how little the two halves of each scale agree within one respondent.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        Items of the first scale, then of the second and so on, reversed where the item is; NaN = missing.
    sizes : sequence of int
        Items of each scale.
    fewest : int
        Scales with both halves that a respondent must have answered.

    Returns
    -------
    ndarray, shape (respondents,)
        As R careless since 1.2: -1 (both halves run alike) to 1 (they run against each other); higher = more likely
        careless. NaN for fewer than `fewest` such scales, or where a half is the same on all of them.

    Notes
    -----
    Missing answers: left out of a half's mean; a scale without one half is left out.

    Minus the correlation, over scales, of the means of odd and even items, stepped up to the full length, 2r/(1 + r),
    and held at 1. It says little where one person's scales hardly differ: a respondent who finds everything fairly
    good answers thoughtfully and has no pattern.

    References
    ----------
    Johnson 2005, J. Research in Personality 39, 103-129; R careless `evenodd`.

    Examples
    --------
    Three scales of two items, halves (1, 3, 5) and (2, 3, 4): r = 1. Then (1, 3, 5) and (5, 3, 1).

    >>> even_odd([[1, 2, 3, 3, 5, 4], [1, 5, 3, 3, 5, 1]], [2, 2, 2]).tolist()
    [-1.0, 1.0]
    """
    answers = np.asarray(answers, dtype=float)
    scales = np.split(answers, np.cumsum(sizes)[:-1], axis=1)
    odd, even = (np.stack([_row_means(one[:, start::2]) for one in scales], axis=1) for start in (0, 1))
    r = _within(odd, even, fewest)
    with np.errstate(divide="ignore", invalid="ignore"):
        stepped = np.where(r <= -1 + SINGULAR, -np.inf, 2 * r / (1 + r))
    return np.where(np.isnan(r), np.nan, -np.maximum(stepped, -1))


def psychometric_synonyms(answers, critical=0.60, fewest=FEWEST_PAIRS):
    """Learn how alike each respondent answers pairs of items that others answer alike.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        NaN = missing.
    critical : float
        Pairs whose correlation over respondents is above this are synonyms.
    fewest : int
        Pairs that a respondent must have answered.

    Returns
    -------
    ndarray, shape (respondents,)
        Correlation over pairs within one person, -1 to 1; low = more likely careless. NaN where fewer than `fewest`
        pairs are answered or one side of them does not vary.

    Notes
    -----
    Missing answers: correlations are of the respondents who answered both; a pair half answered is left out. R
    careless draws the sides of pairs anew where one does not vary; nothing is drawn here.

    References
    ----------
    Meade & Craig 2012, Psychological Methods 17, 437-455; R careless `psychsyn`.

    Examples
    --------
    Three pairs of items, each pair answered alike by everybody.

    >>> rows = [[1, 1, 3, 3, 5, 5], [2, 2, 5, 5, 1, 1], [4, 4, 1, 1, 3, 3], [5, 5, 4, 4, 2, 2]]
    >>> psychometric_synonyms(rows, 0.9).round(2).tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    return _over_pairs(answers, lambda correlation: correlation > critical, fewest)


def psychometric_antonyms(answers, critical=-0.60, fewest=FEWEST_PAIRS):
    """Learn how differently each respondent answers pairs of items that others answer in opposite ways.

    Parameters
    ----------
    answers : array_like, shape (respondents, items)
        As given (not reversed); NaN = missing.
    critical : float
        Pairs whose correlation over respondents is below this are antonyms.
    fewest : int
        Pairs that a respondent must have answered.

    Returns
    -------
    ndarray, shape (respondents,)
        Correlation over pairs within one person, -1 to 1; high = more likely careless. NaN as in
        `psychometric_synonyms`.

    Notes
    -----
    Missing answers: as in `psychometric_synonyms`.

    References
    ----------
    Johnson 2005, J. Research in Personality 39, 103-129; R careless `psychant`.

    Examples
    --------
    >>> rows = [[1, 5, 2, 4, 5, 1], [5, 1, 4, 2, 1, 5], [2, 4, 1, 5, 4, 2], [4, 2, 5, 1, 2, 4]]
    >>> psychometric_antonyms(rows, -0.9).round(2).tolist()
    [-1.0, -1.0, -1.0, -1.0]
    """
    return _over_pairs(answers, lambda correlation: correlation < critical, fewest)


def _runs(answers):
    """Give each row's longest run, number of runs and number of answers."""
    answers = np.asarray(answers, dtype=float)
    length, longest, runs, given = np.zeros((4, len(answers)))
    last = np.full(len(answers), np.nan)
    for column in answers.T:
        here = ~np.isnan(column)
        same = here & (column == last)
        length = np.where(same, length + 1, np.where(here, 1, length))
        longest, runs, given = np.maximum(longest, length), runs + (here & ~same), given + here
        last = np.where(here, column, last)
    return np.where(given > 0, longest, np.nan), runs, given


def _row_means(answers):
    given = ~np.isnan(answers)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(given, answers, 0.0).sum(axis=1) / given.sum(axis=1)


def _centred(answers):
    """Answers less their item's mean, 0 where missing."""
    given = ~np.isnan(answers)
    return np.where(given, answers - _row_means(answers.T), 0.0)


def _pairwise_covariance(answers):
    """Covariance of each pair of items over the respondents who answered both."""
    given = (~np.isnan(answers)).astype(float)
    away = _centred(answers)
    both = given.T @ given
    sums = away.T @ given
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(both > 1, (away.T @ away - sums * sums.T / both) / (both - 1), np.nan)


def _pairwise_correlation(answers):
    """Correlation of each pair of items over the respondents who answered both, as R's `cor(use = "pairwise")`."""
    given = (~np.isnan(answers)).astype(float)
    away = _centred(answers)
    both, sums, squares = given.T @ given, away.T @ given, (away**2).T @ given
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = squares - sums**2 / both
        return (away.T @ away - sums * sums.T / both) / np.sqrt(np.maximum(spread * spread.T, 0))


def _inverse(covariance):
    """Inverse of a covariance matrix; None where it has none or is none."""
    variances = np.diag(covariance)
    if not (np.isfinite(covariance).all() and (variances > 0).all()):
        return None
    sd = np.sqrt(variances)
    if np.linalg.eigvalsh(covariance / np.outer(sd, sd)).min(initial=1) < SINGULAR:
        return None
    return np.linalg.inv(covariance)


def _over_pairs(answers, chosen, fewest):
    answers = np.asarray(answers, dtype=float)
    later, earlier = np.nonzero(np.tril(chosen(_pairwise_correlation(answers)), -1))
    return _within(answers[:, later], answers[:, earlier], fewest)


def _within(one, other, fewest):
    """Correlation over columns within each row, of the columns where both sides are there."""
    both = ~(np.isnan(one) | np.isnan(other))
    n = both.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        sides = [np.where(both, side, 0.0) for side in (one, other)]
        a, b = (np.where(both, side - (side.sum(axis=1) / n)[:, None], 0.0) for side in sides)
        spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
        r = np.clip((a * b).sum(axis=1) / spread, -1, 1)
    # Sides that do not vary have a spread of rounding only.
    varied = spread > SINGULAR * np.maximum(1, np.square(sides[0]).sum(axis=1))
    return np.where((n >= fewest) & varied, r, np.nan)
