"""What an analyst writes first: loops over dimensions and units, pingouin for each statistic, t intervals."""

import numpy as np
import pandas as pd
import pingouin as pg
from analyst import NULL
from data import ITEMS
from peer_pandas import blocks, respondents


def score(table):
    """Score everything; one entry a statistic, one column a dimension and perspective."""
    scores = respondents(dict(blocks(table)))
    long = scores.assign(unit=table["unit"])
    found = {
        "alpha": {},
        "icc1": {},
        "icc2": {},
        "rwg_j": {},
        "ad": {},
        "unit_mean": {},
        "unit_low": {},
        "unit_high": {},
    }
    for name, block in blocks(table):
        found["alpha"][name] = pg.cronbach_alpha(block.dropna())[0]
        found["icc1"][name], found["icc2"][name] = correlations(long[["unit", name]].dropna(), name)
        for unit, own in long.groupby("unit", observed=True)[name]:
            values = own.dropna()
            low, high = pg.ttest(values, 0)["CI95"].iloc[0]
            found["unit_mean"][unit, name] = values.mean()
            found["unit_low"][unit, name], found["unit_high"][unit, name] = low, high
        if not name.endswith("tension"):
            for unit, own in block.groupby(table["unit"], observed=True):
                found["rwg_j"][unit, name], found["ad"][unit, name] = agreement(own.dropna())
    return {name: pd.Series(one) for name, one in found.items()}


def correlations(rows, name):
    """Give ICC(1) and ICC(2) from a one-way analysis of variance."""
    between, within = pg.anova(data=rows, dv=name, between="unit", detailed=True)["MS"]
    n = rows.groupby("unit", observed=True)[name].count()
    size = (n.sum() - (n**2).sum() / n.sum()) / (len(n) - 1)
    return (between - within) / (between + (size - 1) * within), (between - within) / between


def agreement(own):
    """Give rwg(j) and AD of a unit."""
    ratio = min(own.var().mean() / NULL, 1)
    return ITEMS * (1 - ratio) / (ITEMS * (1 - ratio) + ratio), np.abs(own - own.mean()).mean().mean()
