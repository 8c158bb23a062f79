"""How far apart are two groups, or several? Differences with their intervals, effect sizes, what may be concluded."""

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc, gammaln, nctdtrinc, stdtr, stdtrit

ROUNDING = 1e-12
"""A standard error below this share of what was compared is a rounded 0."""


@dataclass(frozen=True, eq=False)
class Difference:
    """A difference and how sure it is; every field has the shape of what it came from.

    Attributes
    ----------
    difference, se : ndarray
        In the unit of the means.
    df : ndarray
        Degrees of freedom; infinite where nothing is left to chance.
    low, high : ndarray
        Ends of the interval.
    p : ndarray
        Two-sided.
    """

    difference: np.ndarray
    se: np.ndarray
    df: np.ndarray
    low: np.ndarray
    high: np.ndarray
    p: np.ndarray


@dataclass(frozen=True, eq=False)
class Effect:
    """An effect size with the ends of its interval."""

    g: np.ndarray
    low: np.ndarray
    high: np.ndarray


def difference_between(mean, se, df, other_mean, other_se, other_df, confidence=0.95):
    """Learn how far apart two independent means are.

    Parameters
    ----------
    mean, se, df, other_mean, other_se, other_df : array_like
        Means, their standard errors and degrees of freedom, of any design; se 0 where everyone answered.
    confidence : float
        0 to 1.

    Returns
    -------
    Difference
        mean − other_mean. With standard errors of simple samples it is Welch's t test. Where a standard error is
        undefined the difference stands alone: se, interval and p are NaN.

    Notes
    -----
    Missing answers: respondents without a score are in no mean.

    Variances add, (se₁² + se₂²)² / (se₁⁴/df₁ + se₂⁴/df₂) degrees of freedom. Where both standard errors are 0 the
    difference is certain: p is 0, or 1 where there is none.

    References
    ----------
    Welch 1947, Biometrika 34, 28-35; Satterthwaite 1946, Biometrics Bulletin 2, 110-114.

    Examples
    --------
    Two groups of four, both with variance 4 (se 1): se √2, 6 degrees of freedom.

    >>> found = difference_between(5.0, 1.0, 3, 3.0, 1.0, 3)
    >>> float(found.difference), round(float(found.se), 4), round(float(found.df), 6), round(float(found.p), 4)
    (2.0, 1.4142, 6.0, 0.207)
    """
    mean, se, df, other_mean, other_se, other_df = _floats(mean, se, df, other_mean, other_se, other_df)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = se**2 + other_se**2
        terms = np.where(se > 0, se**4 / df, 0) + np.where(other_se > 0, other_se**4 / other_df, 0)
        freedom = np.where(variance > 0, variance**2 / terms, np.where(variance == 0, np.inf, np.nan))
        return _difference(mean - other_mean, np.sqrt(variance), freedom, confidence, np.abs(mean) + np.abs(other_mean))


def difference_within(n, difference, variance, confidence=0.95):
    """Learn how far apart two means of the same people are (the paired t test).

    Parameters
    ----------
    n : array_like
        People.
    difference, variance : array_like
        Mean and variance (n − 1) of their differences.
    confidence : float
        0 to 1.

    Returns
    -------
    Difference
        n − 1 degrees of freedom; undefined but for the difference with fewer than two people.

    Notes
    -----
    Missing answers: people without both scores do not count.

    References
    ----------
    Student 1908, Biometrika 6, 1-25.

    Examples
    --------
    >>> found = difference_within(4, 1.0, 1.0)
    >>> round(float(found.low), 3), round(float(found.high), 3)
    (-0.591, 2.591)
    """
    n, difference, variance = _floats(n, difference, variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.where(n > 1, np.sqrt(variance / n), np.nan)
        return _difference(difference, se, n - 1, confidence, np.abs(difference))


def hedges_g(difference, n, variance, other_n, other_variance, confidence=0.95):
    """Learn how large a difference is beside how much people differ.

    Parameters
    ----------
    difference : array_like
        Of the means.
    n, variance, other_n, other_variance : array_like
        Size and variance (n − 1) of each group.
    confidence : float
        0 to 1.

    Returns
    -------
    Effect
        difference / pooled standard deviation, corrected for small samples; NaN where nobody differs from anybody or
        there are fewer than three people.

    Notes
    -----
    Missing answers: respondents without a score do not count.

    g = J·d, J = Γ(df/2) / (√(df/2)·Γ((df − 1)/2)), df = n₁ + n₂ − 2. The interval inverts the noncentral t
    distribution: of simple samples with one variance.

    References
    ----------
    Hedges 1981, Journal of Educational Statistics 6, 107-128; Steiger & Fouladi 1997 (the interval).

    Examples
    --------
    Two groups of ten, one standard deviation apart: J = 0.9576.

    >>> effect = hedges_g(2.0, 10, 4.0, 10, 4.0)
    >>> round(float(effect.g), 4), round(float(effect.low), 3), round(float(effect.high), 3)
    (0.9576, 0.051, 1.841)
    """
    difference, n, variance, other_n, other_variance = _floats(difference, n, variance, other_n, other_variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = n + other_n - 2
        squares = np.where(n > 1, (n - 1) * variance, 0.0) + np.where(other_n > 1, (other_n - 1) * other_variance, 0.0)
        return _effect(difference, np.sqrt(squares / df), np.sqrt(1 / n + 1 / other_n), df, confidence)


def hedges_g_within(difference, n, variance, first_variance, second_variance, confidence=0.95):
    """Learn how large a change of the same people is beside how much people differ.

    Parameters
    ----------
    difference, variance : array_like
        Mean and variance of the differences.
    n : array_like
        People.
    first_variance, second_variance : array_like
        Variances of the two scores.
    confidence : float
        0 to 1.

    Returns
    -------
    Effect
        difference / √((s₁² + s₂²)/2), corrected with n − 1: in the unit of `hedges_g`, so that linked and independent
        comparisons can be read side by side (dz, in units of the change's own spread, could not).

    Notes
    -----
    Missing answers: people without both scores do not count. The interval is approximate.

    References
    ----------
    Algina & Keselman 2003, Educational and Psychological Measurement 63, 537-553.

    Examples
    --------
    >>> round(float(hedges_g_within(1.0, 25, 4.0, 4.0, 4.0).g), 4)
    0.4842
    """
    difference, n, variance, first, second = _floats(difference, n, variance, first_variance, second_variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.sqrt((first + second) / 2)
        return _effect(difference, unit, np.sqrt(variance / n) / unit, n - 1, confidence)


def hedges_g_alone(difference, n, variance, confidence=0.95):
    """Learn how far one group stands from a fixed value, beside how much its people differ.

    Parameters
    ----------
    difference : array_like
        Mean less the value.
    n, variance : array_like
        Size and variance (n − 1) of the group.
    confidence : float
        0 to 1.

    Returns
    -------
    Effect
        difference / s, corrected with n − 1.

    Notes
    -----
    Missing answers: respondents without a score do not count.

    References
    ----------
    Hedges 1981; Steiger & Fouladi 1997.

    Examples
    --------
    >>> round(float(hedges_g_alone(1.0, 25, 4.0).g), 4)
    0.4842
    """
    difference, n, variance = _floats(difference, n, variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        return _effect(difference, np.sqrt(variance), np.sqrt(1 / n), n - 1, confidence)


def holm(p):
    """Learn the p values of several comparisons as they stand together.

    Parameters
    ----------
    p : array_like, shape (comparisons,)
        NaN = no test, not counted.

    Returns
    -------
    ndarray, shape (comparisons,)
        The chance of one false alarm or more among all stays below any level p is held against.

    Notes
    -----
    Missing answers: not concerned.

    References
    ----------
    Holm 1979, Scandinavian Journal of Statistics 6, 65-70; R `p.adjust`.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, float("nan")]).tolist()
    [0.03, 0.06, 0.06, nan]
    """
    p = np.asarray(p, dtype=float)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(np.maximum.accumulate(p[order] * np.arange(len(order), 0, -1)), 1)
    return adjusted


def reading_of(difference, smallest, p=None, alpha=0.05):
    """Learn what a difference lets one say.

    Parameters
    ----------
    difference : Difference
        What was found.
    smallest : array_like
        The smallest difference worth acting on, 0 or more, in the unit of the means.
    p : array_like, optional
        The p to go by where there are several comparisons (`holm`); left out, the difference's own.
    alpha : float
        Chance of a false alarm.

    Returns
    -------
    ndarray of str
        "equivalent": surely smaller than `smallest` either way (two one-sided tests at `alpha`), whatever p says;
        "larger", "smaller": surely above or below 0; "unclear": neither, for want of people; None where there is no
        test.

    Notes
    -----
    Missing answers: not concerned.

    "larger" does not say larger than `smallest`: the low end of the interval does.

    References
    ----------
    Schuirmann 1987, Journal of Pharmacokinetics and Biopharmaceutics 15, 657-680; Lakens 2017, Social Psychological
    and Personality Science 8, 355-362.

    Examples
    --------
    Standard error 1, far from 0, near 0, and neither, when two points matter.

    >>> found = difference_between([5.0, 0.1, 2.0], [1.0, 1.0, 1.0], 1000, 0.0, 0.0, 1)
    >>> reading_of(found, 2.0).tolist()
    ['larger', 'equivalent', 'larger']
    >>> reading_of(found, 1.0).tolist()
    ['larger', 'unclear', 'larger']
    """
    value, p = difference.difference, difference.p if p is None else np.asarray(p, dtype=float)
    with np.errstate(invalid="ignore"):
        reach = np.where(difference.se > 0, stdtrit(difference.df, 1 - alpha) * difference.se, 0.0)
        inside = np.abs(value) + reach < np.asarray(smallest, dtype=float)
        readings = np.select([inside, (p < alpha) & (value > 0), (p < alpha) & (value < 0)], READINGS[:3], READINGS[3])
    return np.where(np.isnan(difference.p), None, readings.astype(object))


READINGS = ("equivalent", "larger", "smaller", "unclear")


@dataclass(frozen=True, eq=False)
class Several:
    """Whether several groups differ, and how much of the scores' spread lies between them.

    Attributes
    ----------
    f, df1, df2, p : ndarray
        Welch's test.
    eta_squared, omega_squared : ndarray
        Share of the variance between groups, in these respondents and estimated beyond them (never below 0).
    """

    f: np.ndarray
    df1: np.ndarray
    df2: np.ndarray
    p: np.ndarray
    eta_squared: np.ndarray
    omega_squared: np.ndarray


def several_groups(sizes, means, variances):
    """Learn whether several groups differ, without taking their variances for equal.

    Parameters
    ----------
    sizes, means, variances : array_like, shape (..., groups)
        Size, mean and variance (n − 1) of each group; groups of fewer than two are left out.

    Returns
    -------
    Several
        The test is NaN with fewer than two groups or where a group's members do not differ.

    Notes
    -----
    Missing answers: respondents without a score do not count.

    η² = SSB/SST; ω² = (SSB − (k − 1)·MSW)/(SST + MSW).

    References
    ----------
    Welch 1951, Biometrika 38, 330-336; Hays 1963, Statistics for Psychologists (ω²); R `oneway.test`.

    Examples
    --------
    Three groups of four with variance 1 and means 1, 2, 3: SSB 8, SST 17, MSW 1.

    >>> found = several_groups([4, 4, 4], [1, 2, 3], [1, 1, 1])
    >>> round(float(found.eta_squared), 4), round(float(found.omega_squared), 4)
    (0.4706, 0.3333)
    """
    sizes, means, variances = (np.asarray(array, dtype=float) for array in (sizes, means, variances))
    used = sizes > 1
    n, means, variances = np.where(used, sizes, 0), np.where(used, means, 0), np.where(used, variances, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        k, total = used.sum(axis=-1), n.sum(axis=-1)
        weights = np.where(used, n / variances, 0)
        share = weights / weights.sum(axis=-1, keepdims=True)
        centre = (share * means).sum(axis=-1, keepdims=True)
        lack = np.where(used, (1 - share) ** 2 / (n - 1), 0).sum(axis=-1) / (k**2 - 1)
        f = (weights * (means - centre) ** 2).sum(axis=-1) / (k - 1) / (1 + 2 * (k - 2) * lack)
        df1, df2 = k - 1.0, 1 / (3 * lack)
        grand = (n * means).sum(axis=-1, keepdims=True) / total[..., None]
        between = (n * (means - grand) ** 2).sum(axis=-1)
        within = np.where(used, (n - 1) * variances, 0).sum(axis=-1)
        spread = within / (total - k)
        eta = between / (between + within)
        omega = np.maximum((between - df1 * spread) / (between + within + spread), 0)
        tested = (k > 1) & np.isfinite(f)
        shared = (k > 1) & (between + within > 0)
    nothing = np.nan
    return Several(
        *(np.where(tested, one, nothing) for one in (f, df1, df2, fdtrc(df1, df2, f))),
        *(np.where(shared, one, nothing) for one in (eta, omega)),
    )


def _floats(*arrays):
    return np.broadcast_arrays(*(np.asarray(array, dtype=float) for array in arrays))


def _difference(difference, se, df, confidence, size):
    se = np.where(se <= ROUNDING * size, 0.0, se)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where(df > 0, df, np.nan)
        se = np.where(np.isnan(df), np.nan, se)
        reach = np.where(se > 0, stdtrit(df, (1 + confidence) / 2) * se, se)
        p = np.where(se > 0, 2 * stdtr(df, -np.abs(difference) / se), np.where(difference == 0, 1.0, 0.0))
    p = np.where(np.isnan(se), np.nan, p)
    return Difference(difference, se, df, difference - reach, difference + reach, p)


def _effect(difference, unit, k, df, confidence):
    """J·d and the ends of its interval, where d/k follows a noncentral t with df degrees of freedom."""
    df = np.where((df > 0) & (unit > 0), df, np.nan)
    correction = np.where(df > 1, np.exp(gammaln(df / 2) - np.log(np.sqrt(df / 2)) - gammaln((df - 1) / 2)), np.nan)
    d = difference / unit
    near, far = (k * nctdtrinc(df, p, np.abs(d / k)) for p in ((1 + confidence) / 2, (1 - confidence) / 2))
    ends = np.where(d < 0, -far, near), np.where(d < 0, -near, far)  # exactly the mirror image of the other order
    return Effect(correction * d, *(correction * end for end in ends))
