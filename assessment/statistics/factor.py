"""Does one thing underlie these items? The one-factor model by maximum likelihood, with omega and the fit indices."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtri

from assessment.statistics.likelihood import crossed, most_likely_loadings

SINGULAR = 1e-10
"""Smallest eigenvalue of the correlation matrix below which an item repeats others and ML has no solution."""

DECIMALS = 10
"""Digits after the comma that are kept: what a search leaves beyond depends on the processor and its libraries."""

DECIMALS_OF_CHI_SQUARE = 6
"""As `DECIMALS`; chi-square grows with the respondents, and with it what rounding leaves."""


@dataclass(frozen=True, eq=False)
class OneFactor:
    """What the one-factor model says of k items; arrays over the leading axes of the covariance, numbers for one.

    Attributes
    ----------
    loadings : ndarray, shape (..., k)
        Standardised loadings, -1 to 1, oriented so that their sum is positive. A negative one among
        positive ones means that the item runs against the others (most often: it was not reversed).
    uniquenesses : ndarray, shape (..., k)
        Share of each item's variance that the factor leaves, 1 - loading².
    omega : float
        (Σλ)² / model-implied variance of the sum, loadings in the metric of the answers.
    omega_se : float
        Standard error of omega, by the delta method from the expected information of the model.
    chi_square, df, cfi, tli, rmsea, srmr : float
        Fit, as lavaan defines it.
    reason : str or None
        None when all is defined; "not_testable" (three items: the fit is perfect by construction, fit indices
        are NaN); "too_few_items", "no_variance" or "improper" (all numbers NaN).
    """

    loadings: np.ndarray
    uniquenesses: np.ndarray
    omega: float
    omega_se: float
    chi_square: float
    df: float
    cfi: float
    tli: float
    rmsea: float
    srmr: float
    reason: str | None


def one_factor(covariance, n):
    """Learn how far one factor accounts for the items' covariances, and the reliability of their sum under it.

    Parameters
    ----------
    covariance : array_like, shape (..., k, k)
        Covariance of the items (divisor n - 1 or n: nothing here depends on it).
    n : array_like of int, shape (...,)
        Respondents behind the covariance.

    Returns
    -------
    OneFactor
        A fit for each covariance; `reason` tells why numbers are NaN.

    Notes
    -----
    Missing answers: none; the covariance is of respondents who answered every item (listwise).

    Σ = λλ' + Ψ, Ψ diagonal; minimises F = log|Σ| + tr(SΣ⁻¹) - log|S| - k; chi-square = n·F (lavaan's likelihood
    "normal"). Uniquenesses are *not* bounded during the search, as in lavaan, so that a Heywood case shows itself
    as one ≤ 0 at the optimum; it is then "improper" rather than reported with a cut-off value. Numbers are rounded to
    ten decimals (chi-square to six), so that every machine gives the same.
    Omega is not to be read as proof of one dimension: look at `cfi`, `rmsea`, `srmr`.

    References
    ----------
    Jöreskog 1967, Psychometrika 32, 443-482; McDonald 1999, Test Theory, eq. 6.20; Bentler 1990 (CFI);
    Rosseel 2012, lavaan, J. Stat. Softw. 48(2).

    Examples
    --------
    Loadings 0.8, 0.6, 0.5, 0.4 make these correlations, so the model finds them again:

    >>> import numpy as np
    >>> loadings = np.array([0.8, 0.6, 0.5, 0.4])
    >>> covariance = np.outer(loadings, loadings)
    >>> np.fill_diagonal(covariance, 1)
    >>> fit = one_factor(covariance, n=100)
    >>> fit.loadings.round(6)
    array([0.8, 0.6, 0.5, 0.4])
    >>> round(float(fit.omega), 4)  # 2.3² / (2.3² + 0.36 + 0.64 + 0.75 + 0.84)
    0.6713
    """
    covariance = np.asarray(covariance, dtype=float)
    *leading, k, _ = covariance.shape
    n = np.broadcast_to(np.asarray(n, dtype=float), leading).ravel()
    fits = _fits(covariance.reshape(len(n), k, k), n)
    return OneFactor(**{name: rows.reshape((*leading, *rows.shape[1:]))[()] for name, rows in fits.items()})


def _fits(covariance, n):
    """Fit the model to each covariance of a stack, shape (m, k, k)."""
    reason = _reasons_to_refuse(covariance, n)
    sound = np.flatnonzero(reason == "")
    sd = np.sqrt(np.diagonal(covariance, axis1=-2, axis2=-1)[sound])
    correlation = covariance[sound] / (sd[:, :, None] * sd[:, None, :])
    with np.errstate(all="ignore"):  # a step too far is seen by its F, not by a warning
        loadings = most_likely_loadings(correlation) if len(sound) else sd
    proper = ~np.isnan(loadings).any(axis=1)
    reason[sound[~proper]] = "improper"
    found = _numbers(loadings[proper], sd[proper], correlation[proper], n[sound][proper])
    if covariance.shape[-1] == 3:
        reason[sound[proper]] = "not_testable"
    fits = {name: np.full((len(n), *rows.shape[1:]), np.nan) for name, rows in found.items()}
    for name, rows in found.items():
        fits[name][sound[proper]] = rows
    return fits | {"reason": np.where(reason == "", None, reason)}


def _reasons_to_refuse(covariance, n):
    """Say why a covariance has no solution; "" where it may have one."""
    m, k, _ = covariance.shape
    if k < 3:
        return np.full(m, "too_few_items", dtype=object)
    variances = np.diagonal(covariance, axis1=-2, axis2=-1)
    varied = (n > 1) & np.isfinite(covariance).all(axis=(1, 2)) & (variances > 0).all(axis=1)
    sd = np.sqrt(np.where(varied[:, None], variances, 1))
    matrices = np.where(varied[:, None, None], covariance, np.eye(k)) / (sd[:, :, None] * sd[:, None, :])
    singular = np.linalg.eigvalsh(matrices)[:, 0] < SINGULAR
    return np.select([~varied, singular], ["no_variance", "improper"], "").astype(object)


def _numbers(loadings, sd, correlation, n):
    """Give all numbers of proper solutions, rounded to what does not depend on the machine."""
    omega, omega_se = _omega(loadings, 1 - loadings**2, sd, n)
    found = {"loadings": loadings, "uniquenesses": 1 - loadings**2, "omega": omega, "omega_se": omega_se}
    found |= _fit_indices(correlation, loadings, n)
    decimals = dict.fromkeys(found, DECIMALS) | {"chi_square": DECIMALS_OF_CHI_SQUARE}
    return {name: np.round(rows, decimals[name]) for name, rows in found.items()}


def _omega(loadings, uniquenesses, sd, n):
    """Give omega in the metric of the answers, and its standard error."""
    total, own = ((one * two).sum(axis=1, keepdims=True) for one, two in ((loadings, sd), (uniquenesses, sd**2)))
    implied = total**2 + own
    slope = np.concatenate([2 * total * own * sd, -(total**2) * sd**2], axis=1) / implied**2
    # Fixed sd only change the unit of the parameters: the information may stay in that of the correlations.
    inverse = np.linalg.inv(_implied(loadings))
    information = n[:, None, None] / 2 * crossed(inverse, inverse, loadings)
    spread = (slope * np.linalg.solve(information, slope[:, :, None])[:, :, 0]).sum(axis=1)
    return (total**2 / implied)[:, 0], np.sqrt(spread)


def omega_interval(omega, se, confidence=0.95):
    """Learn how sure an omega is.

    Parameters
    ----------
    omega, se : array_like, shape (...,)
        Omega and its standard error (`OneFactor`).
    confidence : float
        0 to 1.

    Returns
    -------
    low, high : ndarray, shape (...,)
        Ends of the interval, between 0 and 1; NaN where omega or its standard error is.

    Notes
    -----
    Missing answers: none (listwise).

    Wald's interval of the logit of omega, brought back: it never leaves 0 to 1 and is longer towards 0. It supposes
    that the model holds and that answers are normal: where the fit is poor, or answers pile up at an end of the
    answer scale, the true uncertainty is larger.

    References
    ----------
    Kelley & Pornprasertmanit 2016, Psychological Methods 21, 69-92; R MBESS `ci.reliability`, interval "mll".

    Examples
    --------
    Logit of 0.8: 1.3863, its standard error 0.03/(0.8·0.2) = 0.1875, 1.96 times: 1.0188 to 1.7538.

    >>> [round(float(end), 4) for end in omega_interval(0.8, 0.03)]
    [0.7347, 0.8524]
    """
    omega, se = (np.asarray(array, dtype=float) for array in (omega, se))
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = ndtri((1 + confidence) / 2) * se / (omega * (1 - omega))
        return expit(logit(omega) - reach), expit(logit(omega) + reach)


def _fit_indices(correlation, loadings, n):
    """Give chi-square, df, cfi, tli, rmsea, srmr; the indices are NaN without degrees of freedom."""
    k = loadings.shape[1]
    df, df_baseline = k * (k - 3) / 2, k * (k - 1) / 2
    log_determinant = np.linalg.slogdet(correlation)[1]
    # At an optimum tr(SΣ⁻¹) = k, and the model reproduces the variances, so only determinants remain.
    implied = _implied(loadings)
    chi_square = np.maximum(n * (np.linalg.slogdet(implied)[1] - log_determinant), 0.0)
    fit = {"chi_square": chi_square, "df": np.full(len(n), df)}
    if df == 0:
        return fit | dict.fromkeys(("cfi", "tli", "rmsea", "srmr"), np.full(len(n), np.nan))
    misfit, baseline = chi_square - df, -n * log_determinant - df_baseline
    worse = np.maximum(misfit, 0)
    return fit | {
        "cfi": 1 - _ratio(worse, np.maximum(worse, baseline)),
        "tli": 1 - _ratio(misfit / df, baseline / df_baseline),
        "rmsea": np.sqrt(worse / (df * n)),
        "srmr": np.sqrt(((correlation - implied) ** 2).sum(axis=(1, 2)) / (k * (k + 1))),
    }


def _implied(loadings):
    """Give the correlations that loadings make."""
    implied = loadings[:, :, None] * loadings[:, None, :]
    places = np.arange(loadings.shape[1])
    implied[:, places, places] = 1
    return implied


def _ratio(part, whole):
    # As lavaan: where the baseline model fits as well, the indices are 1.
    return np.divide(part, whole, out=np.zeros_like(part), where=whole != 0)
