"""A careful pandas analyst's script: no loop over units, nothing computed twice, t intervals.

What needs rows is grouped as whole tables (`groupby`); what does not is left to `analyst`.
"""

import analyst
import numpy as np
import pandas as pd
from data import DIMENSIONS, ITEMS, PERSPECTIVES, columns

THIRD = 1 / 3


def score(table, withheld):
    """Score everything; one entry a statistic, one column a dimension and perspective."""
    unit, every = table["unit"], dict(blocks(table))
    scores = respondents(every)
    complete = {name: block.dropna() for name, block in every.items()}
    moments = spread(scores, unit)
    found = {f"{level}_{key}": one for level in moments for key, one in analyst.intervals(*moments[level]).items()}
    found |= analyst.correlations(*(moments["unit"][place] ** power for place, power in ((0, 1), (1, 1), (2, 2))))
    found |= counts(every, withheld, unit) | agreement(complete, unit)
    found |= tension(scores, complete, unit, found) | levels(scores, unit, found)
    return found | items(every, complete, withheld) | overall(scores, found)


def blocks(table):
    """Yield the items of each dimension under each perspective, and their gaps."""
    for dimension in range(DIMENSIONS):
        if columns(dimension, "reality")[0] not in table:
            continue
        reality, vision = (table[columns(dimension, one)] for one in PERSPECTIVES)
        yield f"d{dimension:02}.reality", reality
        yield f"d{dimension:02}.vision", vision
        yield f"d{dimension:02}.tension", pd.DataFrame(vision.to_numpy() - reality.to_numpy(), index=table.index)


def respondents(every):
    """Give each respondent's score: the mean of the items answered, half of them at least."""
    return pd.DataFrame(
        {name: block.mean(axis=1).where(block.notna().sum(axis=1) >= ITEMS // 2) for name, block in every.items()}
    )


def of(names, which):
    """Keep the names of a perspective."""
    return [name for name in names if name.endswith(which)]


def spread(scores, unit):
    """Give n, mean and standard deviation in units and in the whole."""
    grouped = scores.groupby(unit, observed=True)
    return {
        "unit": (grouped.count(), grouped.mean(), grouped.std()),
        "whole": (scores.count(), scores.mean(), scores.std()),
    }


def counts(every, withheld, unit):
    """Count complete respondents, "not concerned" and missing answers, in units and in the whole."""
    given = {name: block.notna().sum(axis=1) for name, block in every.items()}
    na = {name: withheld_of(withheld, name).sum(axis=1) for name in every}
    parts = {
        "n_complete": pd.DataFrame({name: one == ITEMS for name, one in given.items()}),
        "na": pd.DataFrame(na),
        "missing": pd.DataFrame({name: ITEMS - given[name] - na[name] for name in every}),
    }
    found = {f"unit_{key}": one.groupby(unit, observed=True).sum() for key, one in parts.items()}
    return found | {f"whole_{key}": one.sum() for key, one in parts.items()}


def withheld_of(withheld, name):
    """Say which items a respondent withheld; of a gap, under one perspective at least."""
    dimension, which = int(name[1:3]), name.partition(".")[2]
    if which != "tension":
        return withheld[columns(dimension, which)]
    reality, vision = (withheld[columns(dimension, one)].to_numpy() for one in PERSPECTIVES)
    return pd.DataFrame(reality | vision, index=withheld.index)


def agreement(complete, unit):
    """Give rwg(j) and AD of each unit."""
    found = {"rwg_j": {}, "ad": {}}
    for name in (one for one in complete if not one.endswith("tension")):
        block = complete[name]
        own = unit[block.index]
        grouped = block.groupby(own, observed=True)
        away = (block - grouped.transform("mean")).abs()
        found["rwg_j"][name] = analyst.rwg_j(grouped.var().mean(axis=1))
        found["ad"][name] = away.groupby(own, observed=True).mean().mean(axis=1)
    return {key: pd.DataFrame(one) for key, one in found.items()}


def tension(scores, complete, unit, found):
    """Give dz, the share of respondents below 0, the alpha of gaps and the quadrant, in units and in the whole."""
    gaps, visions = of(scores, "tension"), of(scores, "vision")
    below = (scores[gaps] < 0).where(scores[gaps].notna())
    result = {
        "unit_share_negative": below.astype(float).groupby(unit, observed=True).mean(),
        "whole_share_negative": below.mean(),
        "unit_gap_alpha": pd.DataFrame({name: unit_alpha(complete[name], unit) for name in gaps}),
    }
    for level in ("unit", "whole"):
        n, mean, se = (found[f"{level}_{key}"][gaps] for key in ("n", "mean", "se"))
        result[f"{level}_dz"] = mean / (se * np.sqrt(n))
        ends = ([found[f"{level}_{key}"][one].to_numpy() for key in ("mean", "low", "high")] for one in (gaps, visions))
        result[f"{level}_quadrant"] = analyst.quadrants(*ends)
    return result


def unit_alpha(block, unit):
    """Give Cronbach's alpha in each unit."""
    grouped = block.assign(total=block.sum(axis=1)).groupby(unit[block.index], observed=True).var()
    return analyst.alpha(grouped.drop(columns="total").sum(axis=1), grouped["total"])


def levels(scores, unit, found):
    """Give the maturity level of reality and its probability, in units and in the whole."""
    names = of(scores, "reality")
    share = (scores[names] - analyst.LOW) / (analyst.HIGH - analyst.LOW)
    outer = share < THIRD - analyst.ROUNDING, share > 2 * THIRD + analyst.ROUNDING
    thirds = {
        "unit": [one.groupby(unit, observed=True).sum() for one in outer],
        "whole": [one.sum() for one in outer],
    }
    result = {}
    for level, (low, high) in thirds.items():
        mean, se, n = (found[f"{level}_{key}"][names] for key in ("mean", "se", "n"))
        result[f"{level}_level"], result[f"{level}_probability"] = analyst.levels(mean, se, n, low, high)
    return result


def items(every, complete, withheld):
    """Give the statistics of each item, alpha, omega and the fit of the one-factor model."""
    parts, quality = [], []
    for name, block in complete.items():
        covariance = block.cov().to_numpy()
        trace = np.trace(covariance)
        quality.append({"alpha": analyst.alpha(trace, covariance.sum())})
        if not name.endswith("tension"):
            given, na = every[name].count().to_numpy(), withheld_of(withheld, name).sum().to_numpy()
            own = {"item_n": given, "item_na": na, "item_missing": len(withheld) - given - na}
            parts.append(own | {"item_mean": block.mean().to_numpy()} | analyst.items(covariance))
            quality[-1] |= analyst.factor(covariance, len(block))
    found = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    return found | {key: pd.DataFrame(quality, index=list(complete))[key].dropna() for key in quality[0]}


def overall(scores, found):
    """Give the level of the mean of the dimensions' reality."""
    names = of(scores, "reality")
    asked = scores[names].notna().to_numpy(dtype=float)
    mean, se, n = (found[f"whole_{key}"][names].to_numpy() for key in ("mean", "se", "n"))
    return analyst.overall(mean, se, n, scores[names].cov().to_numpy(), asked.T @ asked)


def bootstrap(table, resamples=2000, seed=1):
    """Give the percentile interval of each dimension's reality in the whole, and how often it keeps its level."""
    names = of(dict(blocks(table)), "reality")
    scores = respondents({name: block for name, block in blocks(table) if name in names}).to_numpy()
    rng = np.random.default_rng(seed)
    drawn = np.array([np.nanmean(scores[rng.integers(0, len(scores), len(scores))], axis=0) for _ in range(resamples)])
    shares = [(one - analyst.LOW) / (analyst.HIGH - analyst.LOW) for one in (drawn, np.nanmean(scores, axis=0))]
    again, level = (np.searchsorted(analyst.STARTS, one, side="right") for one in shares)
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0)
    return pd.DataFrame({"low": low, "high": high, "keeps": (again == level).mean(axis=0)}, index=names)
