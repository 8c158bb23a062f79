"""The same statistics as Polars expressions, one thread: one lazy query for units, one for the whole."""

import numpy as np
import polars as pl
from data import DIMENSIONS, ITEMS, PERSPECTIVES, columns
from scipy import stats

NULL = (5**2 - 1) / 12
NAMES = [(one, which) for one in range(DIMENSIONS) for which in (*PERSPECTIVES, "tension")]


def prepared(table):
    """Give the table Polars starts from: small whole numbers, null where there is no answer."""
    own = {name: table[name].to_numpy() for name in table.columns if "." in name}
    frame = pl.DataFrame({name: np.nan_to_num(one, nan=0).astype(np.int8) for name, one in own.items()})
    frame = frame.with_columns(pl.all().replace(0, None))
    return frame.with_columns(pl.Series("unit", table["unit"].astype(str).to_numpy(dtype=object)))


def items(dimension, which):
    """Give the expressions of a dimension's values."""
    if which != "tension":
        return [pl.col(name) for name in columns(dimension, which)]
    pairs = zip(columns(dimension, "vision"), columns(dimension, "reality"), strict=True)
    return [pl.col(vision) - pl.col(reality) for vision, reality in pairs]


def with_scores(frame):
    """Add scores, the items of complete respondents, and gaps."""
    added = []
    for dimension, which in NAMES:
        own, name = items(dimension, which), f"d{dimension:02}.{which}"
        given = pl.sum_horizontal([one.is_not_null() for one in own])
        added.append(pl.when(given >= ITEMS // 2).then(pl.mean_horizontal(own)).alias(name))
        added += [pl.when(given == ITEMS).then(one).alias(f"{name}.{place}") for place, one in enumerate(own)]
    return frame.lazy().select("unit", *added)


def moments(name):
    """Give count, mean and standard deviation of a score."""
    column = pl.col(name)
    return [column.count().alias(f"{name}:n"), column.mean().alias(f"{name}:mean"), column.std().alias(f"{name}:sd")]


def score(frame):
    """Score everything; one entry a statistic."""
    names = [f"d{dimension:02}.{which}" for dimension, which in NAMES]
    asked = [name for name in names if not name.endswith("tension")]
    rows = with_scores(frame).collect()
    complete = [f"{name}.{place}" for name in asked for place in range(ITEMS)]
    deviation = [(pl.col(name) - pl.col(name).mean()).abs().mean().alias(f"{name}:ad") for name in complete]
    variance = [pl.col(name).var().alias(f"{name}:var") for name in complete]
    unit = rows.lazy().group_by("unit").agg(*(one for name in names for one in moments(name)), *variance, *deviation)
    unit = unit.sort("unit").collect()
    whole = rows.select(one for name in names for one in moments(name))
    found = {f"unit_{key}": one for key, one in intervals(unit, names).items()}
    found |= {f"whole_{key}": one[0] for key, one in intervals(whole, names).items()}
    found["alpha"] = np.array([alpha(rows, name) for name in names])
    found |= correlations(found["unit_n"], found["unit_mean"], table(unit, names, "sd") ** 2)
    shape = (len(unit), len(asked), ITEMS)
    ratio = np.minimum(table(unit, complete, "var").reshape(shape).mean(axis=2) / NULL, 1)
    found["rwg_j"] = ITEMS * (1 - ratio) / (ITEMS * (1 - ratio) + ratio)
    found["ad"] = table(unit, complete, "ad").reshape(shape).mean(axis=2)
    return found


def table(frame, names, what):
    """Give one statistic of every name, shape (rows, names)."""
    return frame.select(f"{name}:{what}" for name in names).to_numpy()


def intervals(frame, names):
    """Give n, mean, se and the ends of the t interval."""
    n, mean, sd = (table(frame, names, what) for what in ("n", "mean", "sd"))
    se = sd / np.sqrt(n)
    reach = se * stats.t.ppf(0.975, n - 1)
    return {"n": n, "mean": mean, "se": se, "low": mean - reach, "high": mean + reach}


def alpha(rows, name):
    """Give Cronbach's alpha of those who answered every item."""
    own = [pl.col(f"{name}.{place}").cast(pl.Float64) for place in range(ITEMS)]
    variances = rows.select(*(one.var() for one in own)).row(0)
    total = rows.select(pl.when(own[0].is_not_null()).then(pl.sum_horizontal(own)).var()).item()
    return ITEMS / (ITEMS - 1) * (1 - sum(variances) / total)


def correlations(n, mean, variance):
    """Give ICC(1) and ICC(2) of each score."""
    total, groups = n.sum(axis=0), len(n)
    grand = (n * mean).sum(axis=0) / total
    between = (n * (mean - grand) ** 2).sum(axis=0) / (groups - 1)
    within = ((n - 1) * variance).sum(axis=0) / (total - groups)
    size = (total - (n**2).sum(axis=0) / total) / (groups - 1)
    return {"icc1": (between - within) / (between + (size - 1) * within), "icc2": (between - within) / between}
