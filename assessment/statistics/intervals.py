"""How sure is a mean? Standard errors and t intervals for simple, stratified, clustered, weighted, raked designs."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

ROUNDING = 1e-13
"""A sum of squares below this share of its terms is a rounded zero."""


@dataclass(frozen=True, eq=False)
class Interval:
    """A mean and how sure it is; every field has the leading shape (...,) of what it came from.

    Attributes
    ----------
    mean, se : ndarray
        Estimate and standard error, in the unit of the answers.
    df : ndarray
        Degrees of freedom.
    low, high : ndarray
        Ends of the interval; NaN where `se` is undefined. It never covers non-response.
    """

    mean: np.ndarray
    se: np.ndarray
    df: np.ndarray
    low: np.ndarray
    high: np.ndarray


def mean_interval(n, mean, variance, confidence=0.95):
    """Learn the interval of a mean of n independent respondents.

    Parameters
    ----------
    n : array_like, shape (...,)
        Respondents.
    mean, variance : array_like, shape (...,)
        Their mean and variance (divisor n - 1).
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        se = √(variance/n), n - 1 degrees of freedom; NaN (the mean stays) for fewer than two respondents.

    Notes
    -----
    Missing answers: respondents without a score are not in n.

    References
    ----------
    Student 1908, Biometrika 6, 1-25.

    Examples
    --------
    Four respondents, variance 4: se 1, and t(3) is 3.182.

    >>> interval = mean_interval(4, 3.0, 4.0)
    >>> float(interval.se), round(float(interval.low), 3), round(float(interval.high), 3)
    (1.0, -0.182, 6.182)
    """
    n, mean, variance = (np.asarray(array, dtype=float) for array in (n, mean, variance))
    with np.errstate(divide="ignore", invalid="ignore"):
        return _interval(mean, variance / n, n - 1, confidence)


def stratified_interval(sizes, populations, means, variances, weights=None, confidence=0.95):
    """Learn the interval of a mean when everyone in each stratum was invited and some answered.

    Parameters
    ----------
    sizes : array_like, shape (..., strata)
        Respondents n_h of each stratum; a stratum of 0 is ignored.
    populations : array_like, shape (..., strata)
        Headcount N_h; NaN = unknown, no correction for that stratum.
    means, variances : array_like, shape (..., strata)
        Mean and variance (n - 1) of each stratum's respondents; any variance, NaN included, where n_h is 1.
    weights : array_like, shape (..., strata), optional
        Share of each stratum in the mean, in any unit (N_h for a mean of the population). Left out, it is n_h: the
        plain mean over all respondents.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        Σ(n_h - 1) degrees of freedom. se, low and high are NaN (the mean stays) where every stratum is fully observed
        (n_h = N_h: say "everyone answered", not ±0), where no stratum has two respondents, and where n_h > N_h.

    Notes
    -----
    Missing answers: respondents without a score are not in n_h.

    Variance Σ W_h² · s_h²/n_h · (1 - n_h/N_h), W_h = n_h/n. A stratum with one respondent and N_h > 1 has no s_h²: its
    deviation from the grand mean stands in, as with R survey's options(survey.lonely.psu = "adjust"). The correction
    treats non-response as chance; it cannot repair it.

    References
    ----------
    Cochran 1977, Sampling Techniques, 5.3; Lumley 2010, Complex Surveys, ch. 2; R survey 4.1-1 `svymean`.

    Examples
    --------
    Two units, 4 of 8 and 4 of 8 answered, both with variance 2: 2 · (1/2)² · 2/4 · 1/2 = 1/8.

    >>> interval = stratified_interval([4, 4], [8, 8], [3.0, 4.0], [2.0, 2.0])
    >>> float(interval.mean), round(float(interval.se) ** 2, 6), float(interval.df)
    (3.5, 0.125, 6.0)
    """
    sizes, means, variances = (np.asarray(array, dtype=float) for array in (sizes, means, variances))
    observed = sizes > 0
    shares = np.where(observed, sizes if weights is None else np.asarray(weights, dtype=float), 0.0)
    means = np.where(observed, means, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = shares / shares.sum(axis=-1, keepdims=True)
        grand = np.where(observed.any(axis=-1), (shares * means).sum(axis=-1), np.nan)
        spreads = np.where(sizes > 1, variances, (means - grand[..., None]) ** 2)
        return _over_strata(grand, shares**2 * spreads / sizes, sizes, populations, confidence)


def weighted_interval(n, w, wx, w2, w2x, w2x2, confidence=0.95):
    """Learn the interval of a weighted mean from sums over respondents.

    Parameters
    ----------
    n : array_like, shape (...,)
        Respondents, unweighted.
    w, wx, w2, w2x, w2x2 : array_like, shape (...,)
        Σw, Σw·x, Σw², Σw²·x and Σw²·x² over respondents with score x and weight w.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        Mean Σwx/Σw, n - 1 degrees of freedom; NaN (the mean stays) for fewer than two respondents.

    Notes
    -----
    Missing answers: respondents without a score are in no sum.

    Linearisation, drawn with replacement: variance n/(n - 1) · Σw²(x - mean)² / (Σw)². The unit of the weights does not
    matter. Weights are taken as given: the interval does not know that raking estimated them.

    References
    ----------
    Lumley 2010, Complex Surveys, ch. 2 and appendix; R survey 4.1-1 `svymean`.

    Examples
    --------
    Scores 1 and 4 with weights 2 and 1: mean 6/3 = 2; 2/1 · (4·1 + 1·4)/9 = 16/9.

    >>> interval = weighted_interval(n=2, w=3, wx=6, w2=5, w2x=8, w2x2=20)
    >>> float(interval.mean), round(float(interval.se), 6)
    (2.0, 1.333333)
    """
    n, w, wx, w2, w2x, w2x2 = (np.asarray(array, dtype=float) for array in (n, w, wx, w2, w2x, w2x2))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = wx / w
        squares = _squares_around(mean, w2, w2x, w2x2)
        return _interval(mean, n / (n - 1) * squares / w**2, n - 1, confidence)


def weighted_stratified_interval(sizes, populations, w, wx, w2, w2x, w2x2, confidence=0.95):
    """Learn the interval of a weighted mean when everyone in each stratum was invited and some answered.

    Parameters
    ----------
    sizes, populations : array_like, shape (..., strata)
        Respondents n_h, unweighted, and headcount N_h of each stratum (NaN = unknown, no correction).
    w, wx, w2, w2x, w2x2 : array_like, shape (..., strata)
        The sums of `weighted_interval`, of each stratum.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        Σ(n_h - 1) degrees of freedom; NaN under the same conditions as in `stratified_interval`.

    Notes
    -----
    Missing answers: respondents without a score are in no sum.

    With u = w(x - mean)/Σw, the variance is Σ_h (1 - n_h/N_h) · n_h/(n_h - 1) · Σ(u - ū_h)²; a stratum with one
    respondent keeps u² ("adjust").

    References
    ----------
    Lumley 2010, Complex Surveys, ch. 2 and appendix; R survey 4.1-1 `svymean`.

    Examples
    --------
    With equal weights it is `stratified_interval`: scores 1, 3 and 2, 4, of 4 people in either unit.

    >>> sums = dict(w=[2, 2], wx=[4, 6], w2=[2, 2], w2x=[4, 6], w2x2=[10, 20])
    >>> weighted = weighted_stratified_interval([2, 2], [4, 4], **sums)
    >>> plain = stratified_interval([2, 2], [4, 4], [2.0, 3.0], [2.0, 2.0])
    >>> float(weighted.mean), float(weighted.se) == float(plain.se)
    (2.5, True)
    """
    sizes, w, wx, w2, w2x, w2x2 = (np.asarray(array, dtype=float) for array in (sizes, w, wx, w2, w2x, w2x2))
    with np.errstate(divide="ignore", invalid="ignore"):
        total = w.sum(axis=-1)
        grand = wx.sum(axis=-1) / total
        squares = _squares_around(grand[..., None], w2, w2x, w2x2)
        around_stratum = np.maximum(squares - (wx - grand[..., None] * w) ** 2 / sizes, 0)
        spreads = np.where(sizes > 1, around_stratum * sizes / (sizes - 1), squares)
        return _over_strata(grand, spreads / total[..., None] ** 2, sizes, populations, confidence)


def clustered_interval(w, wx, sampled, everywhere=np.nan, alone=None, confidence=0.95):
    """Learn the interval of a mean when clusters (units) were drawn and their people asked.

    Parameters
    ----------
    w, wx : array_like, shape (..., clusters)
        Σw and Σw·x over the respondents of each cluster (without weights their number and the sum of their scores); a
        cluster that has none of the respondents spoken of counts with 0.
    sampled : array_like, shape (...,)
        Clusters drawn, those that have none of the respondents spoken of included.
    everywhere : array_like, shape (...,)
        Clusters there are; NaN = unknown, no correction.
    alone : tuple of array_like, each of shape (...,), optional
        n, Σw, Σw·x, Σw², Σw²·x and Σw²·x² over respondents who belong to no cluster, and were drawn one by one.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        Clusters with respondents − 1 degrees of freedom, and n − 1 for people drawn one by one. se, low and high are
        NaN (the mean stays) where that is 0, and where every cluster was drawn: units are strata then.

    Notes
    -----
    Missing answers: respondents without a score are in no sum.

    Linearisation: u_c = (Σwx − mean·Σw)/Σw of everyone, variance (1 − m/M) · m/(m − 1) · Σ(u_c − ū)², and people drawn
    one by one a stratum of their own. Who in a cluster did not answer is not covered. A few clusters give a wide
    interval, and an honest one.

    References
    ----------
    Lumley 2010, Complex Surveys, ch. 3; R survey 4.1-1 `svydesign(id = ~unit)`, `subset` for a part of the respondents.

    Examples
    --------
    Three units of two people, means 1, 2 and 3 of which the mean is 2: u = −1/3, 0, 1/3; 3/2 · 2/9 = 1/3.

    >>> interval = clustered_interval([2, 2, 2], [2, 4, 6], sampled=3)
    >>> float(interval.mean), round(float(interval.se) ** 2, 6), float(interval.df)
    (2.0, 0.333333, 2.0)
    """
    w, wx, sampled, everywhere = (np.asarray(array, dtype=float) for array in (w, wx, sampled, everywhere))
    n1, w1, wx1, *squares1 = (np.asarray(array, dtype=float) for array in alone or (0,) * 6)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = w.sum(axis=-1) + w1
        mean = (wx.sum(axis=-1) + wx1) / total
        away = wx - mean[..., None] * w
        away = np.where(np.abs(away) > ROUNDING * np.abs(wx), away, 0.0)
        left = np.where(np.isnan(everywhere), 1.0, 1 - sampled / everywhere)
        between = np.where(left > 0, left, np.nan) * _spread((away**2).sum(axis=-1), away.sum(axis=-1), sampled)
        within = _spread(_squares_around(mean, *squares1), wx1 - mean * w1, n1)
        df = np.maximum((w > 0).sum(axis=-1) - 1, 0) + np.maximum(n1 - 1, 0)
        return _interval(mean, (between + within) / total**2, df, confidence)


def raked_interval(sizes, means, variances, people, weights, rows, columns, populations, confidence=0.95):
    """Learn the interval of a mean weighted by raking (`rake`), which its margins make surer.

    Parameters
    ----------
    sizes, means, variances : array_like, shape (..., cells)
        Respondents with a score among those spoken of, their mean and their variance (n − 1).
    people : array_like, shape (cells,)
        Respondents of each cell of the raked table, all of them.
    weights : array_like, shape (cells,)
        The weight of each of them.
    rows, columns : array_like of int, shape (cells,)
        The row and the column of the raked table a cell stands in. Columns (units) are strata: everyone was invited.
    populations : array_like, shape (columns,)
        Headcount of each column; NaN = unknown, no correction.
    confidence : float
        0 to 1.

    Returns
    -------
    Interval
        Σ(n_h − 1) degrees of freedom over columns. se, low and high are NaN (the mean stays) under the conditions of
        `stratified_interval`.

    Notes
    -----
    Missing answers: respondents without a score belong to the raked table and to no mean.

    Weights taken as given would say too much (the margins are known, not drawn) or too little. Linearised: the scores'
    deviations from the mean, 0 for who is not spoken of, less the least-squares fit by row and column, times the
    weight; then as `weighted_stratified_interval`.

    References
    ----------
    Deville, Särndal & Sautory 1993, Journal of the American Statistical Association 88, 1013-1020; R survey 4.1-1
    `rake` (its residuals by unweighted projection on the margins).

    Examples
    --------
    Scores that row and column explain wholly leave nothing to chance.

    >>> interval = raked_interval([2, 2], [1.0, 3.0], [0.0, 0.0], [2, 2], [1.0, 3.0], [0, 0], [0, 1], [4, 12])
    >>> float(interval.mean), float(interval.se)
    (2.5, 0.0)
    """
    sizes, means, variances, people, weights, populations = (
        np.asarray(array, dtype=float) for array in (sizes, means, variances, people, weights, populations)
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        total = (sizes * weights).sum(axis=-1)
        means = np.where(sizes > 0, means, 0.0)
        mean = (sizes * weights * means).sum(axis=-1) / total
        away = sizes * (means - mean[..., None])
        squares = np.where(sizes > 1, (sizes - 1) * variances, 0.0) + sizes * (means - mean[..., None]) ** 2
        sums, squares = _around_margins(np.nan_to_num(away), np.nan_to_num(squares), people, rows, columns)
        in_column = np.eye(len(populations))[np.asarray(columns, dtype=int)]
        drawn = people @ in_column
        spread = _spread((squares * weights**2) @ in_column, (sums * weights) @ in_column, drawn)
        left = np.where(np.isnan(populations), 1.0, 1 - drawn / populations)
        known = (left > 0).any() and not (left < 0).any()
        variance = (np.where(left > 0, left, 0.0) * spread).sum(axis=-1) / total**2
        df = np.maximum(sizes @ in_column - 1, 0).sum(axis=-1)
        return _interval(mean, np.where(known, variance, np.nan), df, confidence)


def probability_between(mean, se, df, low, high):
    """Learn how probable it is that the quantity a mean estimates lies in a range.

    Parameters
    ----------
    mean, se, df : array_like, shape (...,)
        As in `Interval`.
    low, high : array_like, shape (...,)
        The range, `low` included, `high` not; infinite where it is open.

    Returns
    -------
    ndarray, shape (...,)
        0 to 1; exactly 0 or 1 where se is 0 (df then does not matter); NaN where anything else is NaN or df is 0.

    Notes
    -----
    Missing answers: not concerned.

    T((high - mean)/se) - T((low - mean)/se) with T Student's distribution: the confidence distribution of the mean,
    which is also its posterior under a flat prior. Ranges that adjoin add up to 1.

    References
    ----------
    Schweder & Hjort 2016, Confidence, Likelihood, Probability, 3.2.

    Examples
    --------
    >>> float(probability_between(3.0, 0.5, 20, 3.0, np.inf))
    0.5
    """
    mean, se, df, low, high = np.broadcast_arrays(
        *(np.asarray(array, dtype=float) for array in (mean, se, df, low, high))
    )
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        spread = np.maximum(stdtr(df, (high - mean) / se) - stdtr(df, (low - mean) / se), 0)
    undefined = np.isnan(mean) | np.isnan(low) | np.isnan(high)
    exact = np.where(undefined, np.nan, (low <= mean) & (mean < high))
    return np.where(se == 0, exact, spread)


def _interval(mean, variance, df, confidence):
    # Without degrees of freedom a variance of 0 only means that nothing could vary.
    se = np.where(df > 0, np.sqrt(variance), np.nan)
    reach = _quantile(df, (1 + confidence) / 2) * se
    return Interval(mean, se, df, mean - reach, mean + reach)


def _quantile(df, share):
    """Student's quantile, once for each number of degrees of freedom: groups have few of them, and it is slow."""
    distinct, places = np.unique(df, return_inverse=True)
    return stdtrit(distinct, share)[places]


def _over_strata(grand, variances, sizes, populations, confidence):
    """Correct each stratum's variance for the share that answered, and add up."""
    populations = np.asarray(populations, dtype=float)
    left = np.where(np.isnan(populations), 1.0, 1 - sizes / populations)
    open_strata = (sizes > 0) & (left != 0)
    terms = np.where(open_strata, np.where(left < 0, np.nan, left) * variances, 0.0)
    variance = np.where(open_strata.any(axis=-1), terms.sum(axis=-1), np.nan)
    return _interval(grand, variance, np.maximum(sizes - 1, 0).sum(axis=-1), confidence)


def _squares_around(mean, w2, w2x, w2x2):
    """Σw²(x - mean)² from the sums; the rounding left by equal scores is taken for the 0 it is."""
    squares = w2x2 - 2 * mean * w2x + mean**2 * w2
    return np.where(squares > ROUNDING * w2x2, squares, 0.0)


def _spread(squares, total, n):
    """n/(n − 1) · (Σu² − (Σu)²/n); one alone keeps its u² ("adjust"), nobody adds nothing."""
    around = np.maximum(squares - total**2 / n, 0) * n / (n - 1)
    return np.where(n > 1, around, np.where(n > 0, squares, 0.0))


def _around_margins(sums, squares, people, rows, columns):
    """Sums and squares, in each cell, of what is left of deviations by least squares on rows and columns."""
    rows, columns = np.asarray(rows, dtype=int), np.asarray(columns, dtype=int)
    margins = np.hstack([np.eye(rows.max() + 1)[rows], np.eye(columns.max() + 1)[columns]])
    fit = sums @ margins @ np.linalg.pinv(margins.T @ (people[:, None] * margins), hermitian=True) @ margins.T
    return sums - people * fit, np.maximum(squares - 2 * fit * sums + people * fit**2, 0)
