"""What both careful scripts do with small tables: intervals, levels, quadrants, reliability, the factor model."""

import numpy as np
from data import ITEMS, LEVELS
from scipy import optimize, stats

NULL = (5**2 - 1) / 12
LOW, HIGH, VISION_CUT, SMALLEST_GAP = 1, 5, 65, 10
STARTS = np.array(list(LEVELS.values()))
ROUNDING = 1e-9


def intervals(n, mean, sd):
    """Give n, mean, standard error and the ends of the t interval."""
    se = sd / np.sqrt(n)
    reach = se * stats.t.ppf(0.975, n - 1)
    return {"n": n, "mean": mean, "se": se, "low": mean - reach, "high": mean + reach}


def correlations(n, mean, variance):
    """Give ICC(1) and ICC(2) of each score, from what its units have."""
    total, groups = n.sum(axis=0), len(n)
    grand = (n * mean).sum(axis=0) / total
    between = (n * (mean - grand) ** 2).sum(axis=0) / (groups - 1)
    within = ((n - 1) * variance).sum(axis=0) / (total - groups)
    size = (total - (n**2).sum(axis=0) / total) / (groups - 1)
    return {"icc1": (between - within) / (between + (size - 1) * within), "icc2": (between - within) / between}


def rwg_j(variance):
    """Give rwg(j) from the mean variance of the items."""
    ratio = np.minimum(variance / NULL, 1)
    return ITEMS * (1 - ratio) / (ITEMS * (1 - ratio) + ratio)


def levels(mean, se, n, low, high):
    """Give the maturity level (−1 = divided) and its probability; `low`, `high` respondents in the outer thirds."""
    share, spread = (mean - LOW) / (HIGH - LOW), se / (HIGH - LOW)
    level = np.searchsorted(STARTS, share + ROUNDING, side="right") - 1
    edges = np.array([-np.inf, *(STARTS[1:] - ROUNDING), np.inf])
    upper, lower = (stats.t.cdf((edges[level + one] - share) / spread, n - 1) for one in (1, 0))
    divided = (3 * low >= n) & (3 * high >= n)
    return np.where(divided, -1, level), np.where(divided, np.nan, upper - lower)


def quadrants(gap, vision):
    """Read gap and vision (mean, low, high on the answer scale): 0 resting … 3 accomplished, 4 undetermined."""
    gap, vision = 25 * np.stack(gap), 25 * (np.stack(vision) - LOW)

    def one(g, v):
        return np.select([g <= -SMALLEST_GAP, v < VISION_CUT, g >= SMALLEST_GAP], [0, 1, 2], 3)

    readings = np.stack([one(gap[side], vision[other]) for side in (1, 2) for other in (1, 2)])
    return np.where((readings == readings[0]).all(axis=0), readings[0], 4)


def alpha(item_variances, total_variance):
    """Give Cronbach's alpha from the sum of the items' variances and the variance of their sum."""
    return ITEMS / (ITEMS - 1) * (1 - item_variances / total_variance)


def items(covariance):
    """Give sd, corrected item–total correlation and alpha if dropped of each item."""
    variance = np.diag(covariance)
    rest = covariance.sum() - 2 * covariance.sum(axis=0) + variance
    r_drop = (covariance.sum(axis=0) - variance) / np.sqrt(variance * rest)
    dropped = (ITEMS - 1) / (ITEMS - 2) * (1 - (variance.sum() - variance) / rest)
    return {"item_sd": np.sqrt(variance), "item_r_drop": r_drop, "item_alpha_drop": dropped}


def factor(covariance, n):
    """Give omega and the fit of the one-factor model by maximum likelihood, found as R's factanal does."""
    sd = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(sd, sd)

    def discrepancy(uniquenesses):
        root = np.sqrt(uniquenesses)
        sizes, axes = np.linalg.eigh(correlation / np.outer(root, root))
        loadings = root * axes[:, -1] * np.sqrt(max(sizes[-1] - 1, 0))
        slope = (loadings**2 + uniquenesses - 1) / uniquenesses**2
        return (sizes[:-1] - np.log(sizes[:-1])).sum() - (ITEMS - 1), slope, loadings

    found = optimize.minimize(
        lambda one: discrepancy(one)[:2],
        0.5 / np.diag(np.linalg.inv(correlation)),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0.005, 1)] * ITEMS,
        options={"ftol": 1e-15, "gtol": 1e-10},
    )
    loadings = discrepancy(found.x)[2]
    df, df_baseline = ITEMS * (ITEMS - 3) / 2, ITEMS * (ITEMS - 1) / 2
    misfit = max(n * found.fun - df, 0)
    baseline = max(-n * np.linalg.slogdet(correlation)[1] - df_baseline, misfit)
    residual = correlation - np.outer(loadings, loadings) - np.diag(found.x)
    common, own = (loadings @ sd) ** 2, found.x @ sd**2
    return {
        "omega": common / (common + own),
        "cfi": 1 - misfit / baseline,
        "rmsea": np.sqrt(misfit / (df * n)),
        "srmr": np.sqrt((residual**2).sum() / (ITEMS * (ITEMS + 1))),
    }


def overall(mean, se, n, covariance, both):
    """Give the mean of the dimensions' reality, its standard error from their correlations, and its probability."""
    spread = np.sqrt(np.diag(covariance))
    linked = covariance / np.outer(spread, spread) * both / np.sqrt(np.outer(n, n))
    score, error = mean.mean(), np.sqrt(se @ linked @ se) / len(se)
    level, probability = levels(score, error, n.min(), 0, 0)
    return {"overall_mean": score, "overall_se": error, "overall_level": level, "overall_probability": probability}
