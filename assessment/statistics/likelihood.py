"""Where is the likelihood of the one-factor model largest? Newton's method, over many correlation matrices at once.

Every array has the matrix as its first axis; parameters are k standardised loadings, then k uniquenesses.
"""

import numpy as np

SMALLEST_UNIQUENESS = 1e-8
"""Share of an item's variance; a uniqueness at or below it is a Heywood case (rounding hides the exact zero)."""

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


def most_likely_loadings(correlation):
    """Find the loadings of largest likelihood.

    Parameters
    ----------
    correlation : ndarray, shape (m, k, k)
        Positive definite, k at least 3.

    Returns
    -------
    ndarray, shape (m, k)
        Standardised loadings, their sum not negative; NaN where the best solution is improper or not unique.

    Notes
    -----
    F = log|Σ| + tr(SΣ⁻¹) can have several minima, where items form clusters: of two searches the lower end counts,
    wherever lavaan's single search may end, and if that one is a Heywood case, a worse proper one does not help.

    Examples
    --------
    >>> most_likely_loadings(np.array([[[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]]])).round(3)
    array([[0.816, 0.612, 0.49 ]])
    """
    m, k, _ = correlation.shape
    if k == 3:
        return _oriented(_three_items(correlation))
    starts = np.concatenate([_principal_axis(correlation), np.full((m, k), np.sqrt(0.5))])
    twice = np.concatenate([correlation, correlation])
    value, found = _minima(np.concatenate([starts, 1 - starts**2], axis=1), twice)
    found = np.where((value[m:] < value[:m])[:, None], found[m:], found[:m])
    proper = found[:, k:].min(axis=1) > SMALLEST_UNIQUENESS
    return _oriented(np.where(proper[:, None], found[:, :k], np.nan))


def _three_items(correlation):
    """Three loadings make three correlations: λ₁² = r₁₂·r₁₃/r₂₃, and so on; NaN where a square is not in (0, 1)."""
    triad = correlation[:, 0, 1] * correlation[:, 0, 2] * correlation[:, 1, 2]
    squares = triad[:, None] / correlation[:, [1, 0, 0], [2, 2, 1]] ** 2
    proper = (triad > 0) & (squares.max(axis=1) < 1 - SMALLEST_UNIQUENESS)
    return np.where(proper[:, None], np.sign(correlation[:, 0]) * np.sqrt(squares), np.nan)


def _oriented(loadings):
    return np.where(loadings.sum(axis=1, keepdims=True) < 0, -loadings, loadings)


def _principal_axis(correlation):
    """Loadings on the first factor when uniquenesses are guessed from squared multiple correlations."""
    guess = np.sqrt(1 / _diagonal(np.linalg.inv(correlation)))
    sizes, axes = np.linalg.eigh(correlation / (guess[:, :, None] * guess[:, None, :]))
    loadings = guess * axes[:, :, -1] * np.sqrt(np.maximum(sizes[:, -1:] - 1, 0.1))
    return np.clip(loadings, -0.95, 0.95)


def _minima(parameters, correlation):
    """Lowest F that Newton's method reaches, and where; NaN where it does not arrive at a strict minimum."""
    lowest, found = np.full(len(parameters), np.inf), np.full_like(parameters, np.nan)
    value, inverse = _discrepancy(parameters, correlation)
    searching = np.arange(len(parameters))
    for _ in range(ITERATIONS):
        slope, curvature, expected = _derivatives(parameters, inverse, correlation)
        step, is_newton = _descent(slope, curvature, expected)
        arrived = is_newton & (np.abs(step).max(axis=1) < CONVERGED)
        lowest[searching[arrived]], found[searching[arrived]] = value[arrived], (parameters + step)[arrived]
        on = ~arrived
        state = [array[on] for array in (parameters, value, inverse, correlation)]
        parameters, value, inverse, correlation, fell = _shorten(step[on], slope[on], *state)
        searching, on = searching[on], fell & (np.abs(parameters).max(axis=1) <= RUNAWAY)
        # Where both searches end at the same value, the one that arrived counts.
        lowest[searching] = value + TIE
        searching, *state = (array[on] for array in (searching, parameters, value, inverse, correlation))
        parameters, value, inverse, correlation = state
        if not len(searching):
            break
    return lowest, found


def _discrepancy(parameters, correlation):
    """F without its constants, and Σ⁻¹; F is infinite where Σ is no covariance matrix."""
    k = correlation.shape[-1]
    loadings, uniquenesses = parameters[:, :k], parameters[:, k:]
    implied = loadings[:, :, None] * loadings[:, None, :] + uniquenesses[:, :, None] * np.eye(k)
    proper, roots, implied = _positive_definite(implied)
    inverse = np.linalg.inv(implied)
    value = 2 * np.log(_diagonal(roots)).sum(axis=1) + (inverse * correlation).sum(axis=(1, 2))
    return np.where(proper, value, np.inf), inverse


def _positive_definite(matrices):
    """Which are, with their Cholesky roots; the others are replaced by the identity."""
    try:
        return np.ones(len(matrices), dtype=bool), np.linalg.cholesky(matrices), matrices
    except np.linalg.LinAlgError:
        finite = np.isfinite(matrices).all(axis=(1, 2), keepdims=True)
        unit = np.eye(matrices.shape[-1])
        proper = finite[:, 0, 0] & (np.linalg.eigvalsh(np.where(finite, matrices, unit))[:, 0] > 0)
        matrices = np.where(proper[:, None, None], matrices, unit)
        return proper, np.linalg.cholesky(matrices), matrices


def _derivatives(parameters, inverse, correlation):
    """Slope of F, its curvature, and the curvature expected if the model were true (never negative)."""
    k = correlation.shape[-1]
    loadings = parameters[:, :k]
    weighted = inverse @ correlation @ inverse
    excess = inverse - weighted
    slope = np.concatenate([2 * _times(excess, loadings), _diagonal(excess)], axis=1)
    expected = crossed(inverse, inverse, loadings)
    curvature = 2 * crossed(inverse, weighted, loadings) - expected
    curvature[:, :k, :k] += 2 * excess
    return slope, curvature, expected


def crossed(left, right, loadings):
    """tr(A ∂ᵢΣ B ∂ⱼΣ) for every pair of parameters; ∂Σ is eλ' + λe' for a loading, ee' for a uniqueness."""
    a, b = _times(left, loadings), _times(right, loadings)
    both = a[:, :, None] * b[:, None, :]
    with_uniqueness = left * b[:, None, :] + right * a[:, None, :]
    on_left, on_right = ((loadings * one).sum(axis=1)[:, None, None] for one in (b, a))
    among_loadings = both + both.swapaxes(1, 2) + left * on_left + right * on_right
    m, k = loadings.shape
    result = np.empty((m, 2 * k, 2 * k))
    result[:, :k, :k], result[:, :k, k:] = among_loadings, with_uniqueness
    result[:, k:, :k], result[:, k:, k:] = with_uniqueness.swapaxes(1, 2), left * right
    return result


def _descent(slope, curvature, expected):
    """Newton's step where the valley is strictly convex, else Fisher's, which always leads down; and which it is."""
    floor = FLAT * np.eye(slope.shape[1])
    is_newton, _, _ = _positive_definite(curvature - floor)
    shape = np.where(is_newton[:, None, None], curvature, expected + floor)
    return -np.linalg.solve(shape, slope[:, :, None])[:, :, 0], is_newton


def _shorten(step, slope, parameters, value, inverse, correlation):
    """Halve each step until F falls enough (Armijo's rule); and say where it ever did."""
    parameters, value, inverse = parameters.copy(), value.copy(), inverse.copy()
    promised, length, waiting = (slope * step).sum(axis=1), 1.0, np.arange(len(step))
    for _ in range(HALVINGS):
        moved = parameters[waiting] + length * step[waiting]
        lower, at = _discrepancy(moved, correlation[waiting])
        falls = lower <= value[waiting] + 1e-4 * length * promised[waiting] + 1e-13
        there, waiting = waiting[falls], waiting[~falls]
        parameters[there], value[there], inverse[there] = moved[falls], lower[falls], at[falls]
        if not len(waiting):
            break
        length /= 2
    fell = np.ones(len(step), dtype=bool)
    fell[waiting] = False
    return parameters, value, inverse, correlation, fell


def _times(matrices, vectors):
    return (matrices @ vectors[:, :, None])[:, :, 0]


def _diagonal(matrices):
    return np.diagonal(matrices, axis1=-2, axis2=-1)
