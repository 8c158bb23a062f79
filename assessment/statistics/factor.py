"""Does one thing underlie these items? The one-factor model by maximum likelihood, with omega and the fit indices."""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit, ndtri

SMALLEST_UNIQUENESS = 1e-8
"""Share of an item's variance; a uniqueness at or below it is a Heywood case (rounding hides the exact zero)."""

SINGULAR = 1e-10
"""Smallest eigenvalue of the correlation matrix below which an item repeats others and ML has no solution."""

CONVERGED = 1e-7
"""Newton steps shorter than this (in standard deviations) end the search; the next one would be its square."""

FLAT = 1e-8
"""Curvature of F below which a direction is flat: loadings that no correlation determines."""

TIE = 1e-9
"""Two searches whose F differ by less have ended in the same place."""

RUNAWAY = 10
"""A standardised loading beyond this is on its way to infinity: a Heywood case without an optimum."""

ITERATIONS = 50
HALVINGS = 20


@dataclass(frozen=True, eq=False)
class OneFactor:
    """What the one-factor model says of k items.

    Attributes
    ----------
    loadings : ndarray, shape (k,)
        Standardised loadings, -1 to 1, oriented so that their sum is positive. A negative one among
        positive ones means that the item runs against the others (most often: it was not reversed).
    uniquenesses : ndarray, shape (k,)
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
    covariance : array_like, shape (k, k)
        Covariance of the items (divisor n - 1 or n: nothing here depends on it).
    n : int
        Respondents behind the covariance.

    Returns
    -------
    OneFactor
        One fit; `reason` tells why numbers are NaN.

    Notes
    -----
    Missing answers: none; the covariance is of respondents who answered every item (listwise).

    Σ = λλ' + Ψ, Ψ diagonal; minimises F = log|Σ| + tr(SΣ⁻¹) - log|S| - k; chi-square = n·F (lavaan's likelihood
    "normal"). Uniquenesses are *not* bounded during the search, as in lavaan, so that a Heywood case shows itself
    as one ≤ 0 at the optimum; it is then "improper" rather than reported with a cut-off value.
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
    >>> round(fit.omega, 4)  # 2.3² / (2.3² + 0.36 + 0.64 + 0.75 + 0.84)
    0.6713
    """
    covariance = np.asarray(covariance, dtype=float)
    reason = _reason_to_refuse(covariance, n)
    if reason:
        return _undefined(len(covariance), reason)
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)
    with np.errstate(all="ignore"):  # a step too far is seen by its F, not by a warning
        loadings = _maximum_likelihood(correlation)
    if loadings is None:
        return _undefined(len(covariance), "improper")
    uniquenesses = 1 - loadings**2
    fit = _fit_indices(correlation, loadings, n)
    omega, omega_se = _omega(loadings, uniquenesses, sd, n)
    return OneFactor(
        loadings=loadings,
        uniquenesses=uniquenesses,
        omega=omega,
        omega_se=omega_se,
        reason="not_testable" if fit["df"] == 0 else None,
        **fit,
    )


def _reason_to_refuse(covariance, n):
    if len(covariance) < 3:
        return "too_few_items"
    variances = np.diag(covariance)
    if n < 2 or not (np.isfinite(covariance).all() and (variances > 0).all()):
        return "no_variance"
    sd = np.sqrt(variances)
    if np.linalg.eigvalsh(covariance / np.outer(sd, sd))[0] < SINGULAR:
        return "improper"
    return None


def _undefined(k, reason):
    nothing = np.full(k, np.nan)
    return OneFactor(nothing, nothing, *[np.nan] * 8, reason=reason)


def _omega(loadings, uniquenesses, sd, n):
    """Give omega in the metric of the answers, and its standard error."""
    total, own = loadings @ sd, uniquenesses @ sd**2
    implied = total**2 + own
    slope = np.concatenate([2 * total * own * sd, -(total**2) * sd**2]) / implied**2
    # Fixed sd only change the unit of the parameters: the information may stay in that of the correlations.
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(uniquenesses))
    information = n / 2 * _crossed(inverse, inverse, loadings)
    return float(total**2 / implied), float(np.sqrt(slope @ np.linalg.solve(information, slope)))


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


def _maximum_likelihood(correlation):
    """Standardised loadings, their sum not negative, or None where the best solution is improper or not unique."""
    k = len(correlation)
    if k == 3:
        return _three_items(correlation)
    # F can have several minima, where items form clusters: the lower one is the maximum of likelihood, wherever
    # lavaan's single search may end, and if that one is a Heywood case, a worse proper one does not help.
    starts = (_principal_axis(correlation), np.full(k, np.sqrt(0.5)))
    searches = [_minimise(np.concatenate([start, 1 - start**2]), correlation) for start in starts]
    _, found = min(searches, key=lambda search: search[0])
    if found is None or found[k:].min() <= SMALLEST_UNIQUENESS:
        return None
    return _oriented(found[:k])


def _three_items(correlation):
    """Three loadings make three correlations: λ₁² = r₁₂·r₁₃/r₂₃, and so on; None where a square is not in (0, 1)."""
    triad = correlation[0, 1] * correlation[0, 2] * correlation[1, 2]
    if triad <= 0:
        return None
    opposite = correlation[[1, 0, 0], [2, 2, 1]]
    squares = triad / opposite**2
    if squares.max() >= 1 - SMALLEST_UNIQUENESS:
        return None
    return _oriented(np.sign(correlation[0]) * np.sqrt(squares))


def _oriented(loadings):
    return loadings if loadings.sum() >= 0 else -loadings


def _principal_axis(correlation):
    """Loadings on the first factor when uniquenesses are guessed from squared multiple correlations."""
    guess = np.sqrt(1 / np.diag(np.linalg.inv(correlation)))
    sizes, axes = np.linalg.eigh(correlation / np.outer(guess, guess))
    loadings = guess * axes[:, -1] * np.sqrt(max(sizes[-1] - 1, 0.1))
    return np.clip(loadings, -0.95, 0.95)


def _minimise(parameters, correlation):
    """Lowest F that Newton's method reaches, and where; None where it does not arrive at a strict minimum."""
    value, inverse = _discrepancy(parameters, correlation)
    for _ in range(ITERATIONS):
        slope, curvature, expected = _derivatives(parameters, inverse, correlation)
        step, is_newton = _descent(slope, curvature, expected)
        if is_newton and np.abs(step).max() < CONVERGED:
            return value, parameters + step
        parameters, value, inverse = _shorten(step, slope, parameters, value, correlation)
        if inverse is None or np.abs(parameters).max() > RUNAWAY:
            break
    # Where both searches end at the same value, the one that arrived counts.
    return value + TIE, None


def _discrepancy(parameters, correlation):
    """F without its constants, and Σ⁻¹; infinite and None where Σ is no covariance matrix."""
    loadings = parameters[: len(correlation)]
    implied = loadings[:, None] * loadings + np.diag(parameters[len(correlation) :])
    try:
        root = np.linalg.cholesky(implied)
        inverse = np.linalg.inv(implied)
    except np.linalg.LinAlgError:
        return np.inf, None
    return 2 * np.log(np.diag(root)).sum() + (inverse * correlation).sum(), inverse


def _derivatives(parameters, inverse, correlation):
    """Slope of F, its curvature, and the curvature expected if the model were true (never negative)."""
    loadings = parameters[: len(correlation)]
    weighted = inverse @ correlation @ inverse
    excess = inverse - weighted
    slope = np.concatenate([2 * excess @ loadings, np.diag(excess)])
    expected = _crossed(inverse, inverse, loadings)
    curvature = 2 * _crossed(inverse, weighted, loadings) - expected
    k = len(loadings)
    curvature[:k, :k] += 2 * excess
    return slope, curvature, expected


def _crossed(left, right, loadings):
    """tr(A ∂ᵢΣ B ∂ⱼΣ) for every pair of parameters; ∂Σ is eλ' + λe' for a loading, ee' for a uniqueness."""
    a, b = left @ loadings, right @ loadings
    both = a[:, None] * b
    with_uniqueness = left * b + right * a
    among_loadings = both + both.T + left * (loadings @ b) + right * (loadings @ a)
    k = len(loadings)
    crossed = np.empty((2 * k, 2 * k))
    crossed[:k, :k], crossed[:k, k:] = among_loadings, with_uniqueness
    crossed[k:, :k], crossed[k:, k:] = with_uniqueness.T, left * right
    return crossed


def _descent(slope, curvature, expected):
    """Newton's step where the valley is strictly convex, else Fisher's, which always leads down; and which it is."""
    floor = FLAT * np.eye(len(slope))
    try:
        np.linalg.cholesky(curvature - floor)
        return -np.linalg.solve(curvature, slope), True
    except np.linalg.LinAlgError:
        return -np.linalg.solve(expected + floor, slope), False


def _shorten(step, slope, parameters, value, correlation):
    """Halve the step until F falls enough (Armijo's rule); inverse None where it never does."""
    length = 1.0
    for _ in range(HALVINGS):
        moved = parameters + length * step
        lower, inverse = _discrepancy(moved, correlation)
        if lower <= value + 1e-4 * length * (slope @ step) + 1e-13:
            return moved, lower, inverse
        length /= 2
    return parameters, value, None


def _fit_indices(correlation, loadings, n):
    """Give chi-square, df, cfi, tli, rmsea, srmr; the indices are NaN without degrees of freedom."""
    k = len(loadings)
    df, df_baseline = k * (k - 3) / 2, k * (k - 1) / 2
    log_determinant = np.linalg.slogdet(correlation)[1]
    # At an optimum tr(SΣ⁻¹) = k, and the model reproduces the variances, so only determinants remain.
    implied = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    chi_square = max(n * (np.linalg.slogdet(implied)[1] - log_determinant), 0.0)
    if df == 0:
        return {"chi_square": float(chi_square), "df": df} | dict.fromkeys(("cfi", "tli", "rmsea", "srmr"), np.nan)
    misfit, baseline = chi_square - df, -n * log_determinant - df_baseline
    return {
        "chi_square": float(chi_square),
        "df": df,
        "cfi": float(1 - _ratio(max(misfit, 0), max(misfit, baseline, 0))),
        "tli": float(1 - _ratio(misfit / df, baseline / df_baseline)),
        "rmsea": float(np.sqrt(max(misfit, 0) / (df * n))),
        "srmr": float(np.sqrt(((correlation - implied) ** 2).sum() / (k * (k + 1)))),
    }


def _ratio(part, whole):
    # As lavaan: where the baseline model fits as well, the indices are 1.
    return part / whole if whole else 0.0
