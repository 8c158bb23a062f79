"""What goes with an outcome, when what goes with it also goes together? Johnson's relative weights."""

from dataclasses import dataclass

import numpy as np

from assessment.statistics.correlation import FLAT, SINGULAR

RESAMPLES = 2000
ENOUGH = 0.9
"""An interval needs this share of the resamples to have weights; else the data are too thin to resample."""

AT_ONCE = 2_000_000
"""Draws held at a time."""


@dataclass(frozen=True, eq=False)
class RelativeWeights:
    """How much of an outcome's variance goes with each of its companions.

    Attributes
    ----------
    n : int
        People with all numbers.
    weights : ndarray, shape (variables,)
        Shares of the outcome's variance, none below 0; their sum is `r_squared`.
    low, high : ndarray, shape (variables,)
        Percentile interval over resampled people; NaN where there is none.
    r_squared, adjusted : float
        Of all variables together, plain and corrected for their number.
    reason : str or None
        ``too_few_complete`` (no more people than variables and one), ``no_variance``, ``collinear`` (a variable repeats
        others), ``no_interval`` (too many resamples without weights).
    """

    n: int
    weights: np.ndarray
    low: np.ndarray
    high: np.ndarray
    r_squared: float
    adjusted: float
    reason: str | None


def johnson_weights(correlation):
    """Learn how much of an outcome's variance goes with each variable, what they share divided among them.

    Parameters
    ----------
    correlation : array_like, shape (..., variables + 1, variables + 1)
        Correlations over the same people, the outcome last.

    Returns
    -------
    ndarray, shape (..., variables)
        Johnson's raw relative weights, 0 to 1; their sum is R². NaN where a correlation is NaN or a variable repeats
        others.

    Notes
    -----
    Missing answers: none (listwise).

    With R = QDQ' the variables' correlations and r theirs with the outcome: L = Q√D Q', b = L⁻¹r, weight_j =
    Σ_k L_jk² b_k². Going together is no cause: the same people answered on the same day.

    References
    ----------
    Johnson 2000, Multivariate Behavioral Research 35, 1-19.

    Examples
    --------
    Two variables that do not go together have their r²: .36 and .09.

    >>> johnson_weights([[1, 0, 0.6], [0, 1, 0.3], [0.6, 0.3, 1]]).round(4).tolist()
    [0.36, 0.09]
    """
    correlation = np.asarray(correlation, dtype=float)
    among, outcome = correlation[..., :-1, :-1], correlation[..., :-1, -1]
    known = np.isfinite(correlation).all(axis=(-2, -1))
    values, vectors = np.linalg.eigh(np.where(known[..., None, None], among, np.eye(among.shape[-1])))
    regular = known & (values.min(axis=-1, initial=np.inf) > SINGULAR)
    root = np.sqrt(np.where(regular[..., None], values, 1.0))
    turned = np.swapaxes(vectors, -2, -1)
    loadings = (vectors * root[..., None, :]) @ turned
    b = ((vectors / root[..., None, :]) @ turned @ np.where(regular[..., None], outcome, 0)[..., None])[..., 0]
    weights = ((loadings**2) @ (b**2)[..., None])[..., 0]
    return np.where(regular[..., None], weights, np.nan)


def resampled_weights(rows, resamples=RESAMPLES, confidence=0.95, seed=0):
    """Learn the relative weights of an outcome's companions and how sure they are.

    Parameters
    ----------
    rows : array_like, shape (people, variables + 1)
        One row is one person, the outcome last; NaN = missing.
    resamples : int
        Times that as many people are drawn with replacement.
    confidence : float
        0 to 1.
    seed : int
        Of the draws: the same seed gives the same intervals.

    Returns
    -------
    RelativeWeights

    Notes
    -----
    Missing answers: listwise; people with all numbers count.

    Percentile intervals over the resamples that have weights. A weight is never below 0, so that an interval that stays
    above 0 does not say that a variable goes with the outcome: read the correlation's interval for that.

    References
    ----------
    Johnson 2004, Multivariate Behavioral Research 39, 343-360 (standard errors of relative weights by resampling);
    Ezekiel 1930 (adjusted R²).

    Examples
    --------
    r12 = .8, r1y = .9, r2y = .6, so R² = (.81 + .36 - 2·.9·.6·.8)/.36 = .85; L² = (.8 .2; .2 .8), b² = (.8, .05).

    >>> found = resampled_weights([[1, 2, 1], [2, 1, 2], [3, 4, 3], [4, 3, 5], [5, 5, 4]], resamples=200)
    >>> found.n, found.weights.round(3).tolist(), round(found.r_squared, 3)
    (5, [0.65, 0.2], 0.85)
    """
    rows = np.asarray(rows, dtype=float)
    rows = rows[~np.isnan(rows).any(axis=1)]
    n, k = len(rows), rows.shape[1] - 1
    nothing = np.full(k, np.nan)
    if k < 1 or n <= k + 1:
        return RelativeWeights(n, nothing, nothing, nothing, np.nan, np.nan, "too_few_complete")
    rows = rows[np.lexsort(rows.T)]  # so that the same draws meet the same people in whatever order they came
    centred = rows - rows.mean(axis=0)
    moments = _moments(centred)
    correlation = _correlations(np.ones((1, n)) @ moments, n, k + 1)[0]
    weights = johnson_weights(correlation)
    if np.isnan(weights).any():
        reason = "no_variance" if np.isnan(correlation).any() else "collinear"
        return RelativeWeights(n, nothing, nothing, nothing, np.nan, np.nan, reason)
    low, high = _percentiles(moments, k, resamples, confidence, seed)
    r_squared = float(weights.sum())
    adjusted = 1 - (1 - r_squared) * (n - 1) / (n - k - 1)
    reason = "no_interval" if np.isnan(low).any() else None
    return RelativeWeights(n, weights, low, high, r_squared, adjusted, reason)


def _percentiles(moments, k, resamples, confidence, seed):
    """Draw people, weigh again, and give the ends between which most weights lie."""
    random, n = np.random.default_rng(seed), len(moments)
    step = max(1, AT_ONCE // n)
    drawn = []
    for first in range(0, resamples, step):
        count = min(step, resamples - first)
        times = np.stack([np.bincount(random.integers(0, n, n), minlength=n) for _ in range(count)]).astype(float)
        drawn.append(johnson_weights(_correlations(times @ moments, n, k + 1)))
    weights = np.concatenate([*drawn, np.empty((0, k))])
    weights = weights[~np.isnan(weights).any(axis=1)]
    if len(weights) < max(ENOUGH * resamples, 2):
        return np.full((2, k), np.nan)
    return np.quantile(weights, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)


def _moments(rows):
    """Give each person's numbers and their products in pairs, shape (people, columns + pairs)."""
    one, other = np.triu_indices(rows.shape[1])
    return np.hstack([rows, rows[:, one] * rows[:, other]])


def _correlations(sums, n, columns):
    """Give correlations from sums of moments over n people, shape (..., columns, columns)."""
    one, other = np.triu_indices(columns)
    total, products = sums[:, :columns], np.empty((len(sums), columns, columns))
    products[:, one, other] = products[:, other, one] = sums[:, columns:]
    squares = np.diagonal(products, axis1=1, axis2=2)
    around = products - total[:, :, None] * total[:, None, :] / n
    variances = np.diagonal(around, axis1=1, axis2=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.sqrt(np.where(variances > FLAT * np.maximum(squares, 1e-300), variances, np.nan))
        return around / spread[:, :, None] / spread[:, None, :]
