"""The same statistics as Polars expressions, one thread: one lazy query for units, one for the whole.

What does not need rows is left to `analyst`.
"""

import analyst
import numpy as np
import polars as pl
from data import DIMENSIONS, ITEMS, PERSPECTIVES, columns

NAMES = [(one, which) for one in range(DIMENSIONS) for which in (*PERSPECTIVES, "tension")]
TITLES = [f"d{dimension:02}.{which}" for dimension, which in NAMES]
ASKED, GAPS, REALITY, VISION = (
    [one for one in TITLES if one.endswith(ends)] for ends in (("y", "vision"), "tension", "reality", "vision")
)
THIRD = 1 / 3
NA = "|na"


def prepared(table, withheld):
    """Give the table Polars starts from: small whole numbers, null where there is no answer, and what was withheld."""
    own = {name: table[name].to_numpy() for name in table.columns if "." in name}
    frame = pl.DataFrame({name: np.nan_to_num(one, nan=0).astype(np.int8) for name, one in own.items()})
    frame = frame.with_columns(pl.all().replace(0, None))
    frame = frame.with_columns(pl.Series(f"{name}{NA}", withheld[name].to_numpy()) for name in own)
    return frame.with_columns(pl.Series("unit", table["unit"].astype(str).to_numpy(dtype=object)))


def items(dimension, which):
    """Give the expressions of a dimension's values, and of those that were withheld."""
    if which != "tension":
        names = columns(dimension, which)
        return [pl.col(name) for name in names], [pl.col(f"{name}{NA}") for name in names]
    pairs = list(zip(columns(dimension, "vision"), columns(dimension, "reality"), strict=True))
    gaps = [pl.col(vision) - pl.col(reality) for vision, reality in pairs]
    return gaps, [pl.col(f"{vision}{NA}") | pl.col(f"{reality}{NA}") for vision, reality in pairs]


def with_scores(frame):
    """Add scores, the items of complete respondents and their sum, gaps, and what is not there."""
    added = []
    for (dimension, which), name in zip(NAMES, TITLES, strict=True):
        own, withheld = items(dimension, which)
        given = pl.sum_horizontal([one.is_not_null() for one in own])
        na, complete = pl.sum_horizontal(withheld), given == ITEMS
        added.append(pl.when(given >= ITEMS // 2).then(pl.mean_horizontal(own)).alias(name))
        added += [pl.when(complete).then(one).alias(f"{name}.{place}") for place, one in enumerate(own)]
        added.append(pl.when(complete).then(pl.sum_horizontal(own)).alias(f"{name}.total"))
        added += [complete.alias(f"{name}.n_complete"), na.alias(f"{name}.na")]
        added.append((ITEMS - given.cast(pl.Int32) - na.cast(pl.Int32)).alias(f"{name}.missing"))
    return frame.lazy().select("unit", *added)


def expressions():
    """Give what is computed in units and in the whole."""
    for name in TITLES:
        column = pl.col(name)
        yield from (column.count().alias(f"{name}:n"), column.mean().alias(f"{name}:mean"))
        yield column.std().alias(f"{name}:sd")
        yield from (pl.col(f"{name}.{one}").sum().alias(f"{name}:{one}") for one in ("n_complete", "na", "missing"))
    for name in GAPS:
        yield (pl.col(name) < 0).mean().alias(f"{name}:share_negative")
    for name in REALITY:
        share = (pl.col(name) - analyst.LOW) / (analyst.HIGH - analyst.LOW)
        yield (share < THIRD - analyst.ROUNDING).sum().alias(f"{name}:lowest")
        yield (share > 2 * THIRD + analyst.ROUNDING).sum().alias(f"{name}:highest")


def expressions_of_units():
    """Give what is computed in units alone: the spread of items, of their sum, and the average deviation."""
    for name in TITLES:
        parts = [f"{name}.{place}" for place in range(ITEMS)]
        yield from (pl.col(one).var().alias(f"{one}:var") for one in parts)
        if name in GAPS:
            yield pl.col(f"{name}.total").var().alias(f"{name}:total")
        else:
            yield from ((pl.col(one) - pl.col(one).mean()).abs().mean().alias(f"{one}:ad") for one in parts)


def score(frame):
    """Score everything; one entry a statistic."""
    rows = with_scores(frame).collect()
    unit = rows.lazy().group_by("unit").agg(*expressions(), *expressions_of_units()).sort("unit").collect()
    found = {}
    for level, part in (("unit", unit), ("whole", rows.select(*expressions()))):
        own = of_level(part)
        found |= {f"{level}_{key}": one if level == "unit" else one[0] for key, one in own.items()}
    found |= analyst.correlations(found["unit_n"], found["unit_mean"], table(unit, TITLES, "sd") ** 2)
    variance, deviation = (of_items(unit, ASKED, what) for what in ("var", "ad"))
    gaps = of_items(unit, GAPS, "var").sum(axis=2)
    found |= {"rwg_j": analyst.rwg_j(variance.mean(axis=2)), "ad": deviation.mean(axis=2)}
    found["unit_gap_alpha"] = analyst.alpha(gaps, table(unit, GAPS, "total"))
    return found | of_whole(frame, rows, found)


def of_level(part):
    """Give what units and the whole both have."""
    found = analyst.intervals(*(table(part, TITLES, what) for what in ("n", "mean", "sd")))
    found |= {what: table(part, TITLES, what) for what in ("n_complete", "na", "missing")}
    gaps, visions, reality = ([TITLES.index(one) for one in names] for names in (GAPS, VISION, REALITY))
    found["share_negative"] = table(part, GAPS, "share_negative")
    found["dz"] = found["mean"][:, gaps] / table(part, GAPS, "sd")
    found["quadrant"] = analyst.quadrants(
        *([found[key][:, one] for key in ("mean", "low", "high")] for one in (gaps, visions))
    )
    own = (found[key][:, reality] for key in ("mean", "se", "n"))
    outer = (table(part, REALITY, what) for what in ("lowest", "highest"))
    found["level"], found["probability"] = analyst.levels(*own, *outer)
    return found


def of_whole(frame, rows, found):
    """Give the items, alpha, omega and the fit of the one-factor model, and the overall level."""
    parts = []
    for (dimension, which), name in zip(NAMES, TITLES, strict=True):
        complete = rows.select(f"{name}.{place}" for place in range(ITEMS)).drop_nulls().to_numpy().astype(float)
        covariance = np.cov(complete, rowvar=False)
        part = {"alpha": [analyst.alpha(np.trace(covariance), covariance.sum())]}
        if which != "tension":
            own, withheld = items(dimension, which)
            given = frame.select(one.count() for one in own).to_numpy()[0]
            na = frame.select(one.sum() for one in withheld).to_numpy()[0]
            part |= {"item_n": given, "item_na": na, "item_missing": len(frame) - given - na.astype(int)}
            part |= {"item_mean": complete.mean(axis=0)} | analyst.items(covariance)
            part |= {key: [one] for key, one in analyst.factor(covariance, len(complete)).items()}
        parts.append(part)
    keys = dict.fromkeys(key for part in parts for key in part)
    result = {key: np.concatenate([part[key] for part in parts if key in part]) for key in keys}
    scores = rows.select(REALITY).to_numpy()
    asked, covariance = ~np.isnan(scores), np.ma.cov(np.ma.masked_invalid(scores), rowvar=False).data
    places = [TITLES.index(one) for one in REALITY]
    own = (found[f"whole_{key}"][places] for key in ("mean", "se", "n"))
    return result | analyst.overall(*own, covariance, asked.T.astype(float) @ asked)


def table(frame, names, what):
    """Give one statistic of every name, shape (rows, names)."""
    return frame.select(f"{name}:{what}" for name in names).to_numpy().astype(float)


def of_items(frame, names, what):
    """Give one statistic of the items of every name, shape (rows, names, items)."""
    every = [f"{name}.{place}" for name in names for place in range(ITEMS)]
    return table(frame, every, what).reshape(len(frame), len(names), ITEMS)
