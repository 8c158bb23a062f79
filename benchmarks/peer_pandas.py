"""A careful pandas analyst's script: no loop over units, nothing computed twice, t intervals."""

import numpy as np
import pandas as pd
from data import DIMENSIONS, ITEMS, PERSPECTIVES, columns
from scipy import stats

NULL = (5**2 - 1) / 12


def score(table):
    """Score everything; one entry a statistic, one column a dimension and perspective."""
    unit = table["unit"]
    scores, found = respondents(table), {}
    grouped = scores.groupby(unit, observed=True)
    for name, (n, mean, sd) in {
        "unit": (grouped.count(), grouped.mean(), grouped.std()),
        "whole": (scores.count(), scores.mean(), scores.std()),
    }.items():
        se = sd / np.sqrt(n)
        reach = se * stats.t.ppf(0.975, n - 1)
        found |= {f"{name}_n": n, f"{name}_mean": mean, f"{name}_se": se}
        found |= {f"{name}_low": mean - reach, f"{name}_high": mean + reach}
    found |= correlations(found["unit_n"], found["unit_mean"], grouped.var())
    found["alpha"] = pd.Series({name: alpha(block) for name, block in blocks(table)})
    agreements = {name: agreement(block, unit) for name, block in blocks(table) if not name.endswith("tension")}
    found["rwg_j"] = pd.DataFrame({name: one[0] for name, one in agreements.items()})
    found["ad"] = pd.DataFrame({name: one[1] for name, one in agreements.items()})
    return found


def blocks(table):
    """Yield the items of each dimension under each perspective, and their gaps."""
    for dimension in range(DIMENSIONS):
        if columns(dimension, "reality")[0] not in table:
            continue
        reality, vision = (table[columns(dimension, one)] for one in PERSPECTIVES)
        yield f"d{dimension:02}.reality", reality
        yield f"d{dimension:02}.vision", vision
        yield f"d{dimension:02}.tension", pd.DataFrame(vision.to_numpy() - reality.to_numpy(), index=table.index)


def respondents(table):
    """Give each respondent's score: the mean of the items answered, half of them at least."""
    return pd.DataFrame(
        {name: block.mean(axis=1).where(block.notna().sum(axis=1) >= ITEMS // 2) for name, block in blocks(table)}
    )


def alpha(block):
    """Give Cronbach's alpha of those who answered every item."""
    covariance = block.dropna().cov().to_numpy()
    return ITEMS / (ITEMS - 1) * (1 - np.trace(covariance) / covariance.sum())


def agreement(block, unit):
    """Give rwg(j) and AD of each unit."""
    complete = block.dropna()
    own = unit[complete.index]
    grouped = complete.groupby(own, observed=True)
    ratio = np.minimum(grouped.var().mean(axis=1) / NULL, 1)
    deviation = (complete - grouped.transform("mean")).abs().groupby(own, observed=True).mean().mean(axis=1)
    return ITEMS * (1 - ratio) / (ITEMS * (1 - ratio) + ratio), deviation


def correlations(n, mean, variance):
    """Give ICC(1) and ICC(2) of each score."""
    total, groups = n.sum(), len(n)
    grand = (n * mean).sum() / total
    between = (n * (mean - grand) ** 2).sum() / (groups - 1)
    within = ((n - 1) * variance).sum() / (total - groups)
    size = (total - (n**2).sum() / total) / (groups - 1)
    return {"icc1": (between - within) / (between + (size - 1) * within), "icc2": (between - within) / between}
