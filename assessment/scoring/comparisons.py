"""The table of comparisons: effect sizes first, then p, then what may be concluded.

Comparisons of groups (`between`), of waves (`changes`) and with other organisations (`benchmark`) are rows of it.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import first_of, with_none
from assessment.scoring.common_items import FEWEST
from assessment.scoring.sides import Sides, why_not
from assessment.scoring.smallest import Smallest
from assessment.scoring.tally import TENSION
from assessment.statistics import Difference, Effect, difference_between, hedges_g, holm, reading_of

COMPARISON_COLUMNS = (
    "comparison",
    "wave",
    "other_wave",
    "by",
    "group",
    "other_group",
    "dimension",
    "perspective",
    "n",
    "other_n",
    "items",
    "difference",
    "ci_low",
    "ci_high",
    "hedges_g",
    "g_low",
    "g_high",
    "p",
    "p_holm",
    "smallest",
    "reading",
    "suppressed",
    "reason",
)
"""Columns of every comparison."""

WORDS = ("other_wave", "by", "group", "other_group", "reading", "reason")
"""Columns that are None where there is nothing to say."""

FAMILY = ["comparison", "wave", "other_wave", "by", "dimension", "perspective"]
"""Comparisons whose p values are held against each other: of one dimension under one perspective in one grouping."""


def compared(first: Sides, second: Sides, items: int, smallest: Smallest, common: bool = False) -> dict:
    """Compare independent groups, one pair in each place.

    Parameters
    ----------
    first, second
        The two sides.
    items
        Number of items compared.
    smallest
        The smallest difference worth acting on.
    common
        Whether two items are needed, for only those both sides have in common are compared.
    """
    if common and items < FEWEST:
        return empty(len(first.n), items, "too_few_common_items")
    found = difference_between(first.mean, first.se, first.df, second.mean, second.se, second.df)
    effect = hedges_g(found.difference, first.n, first.variance, second.n, second.variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        squares = sum(np.where(one.n > 1, (one.n - 1) * one.variance, 0) for one in (first, second))
        sd = np.sqrt(squares / (first.n + second.n - 2))
    reason = first_of(why_not(first), why_not(second), certain(found, first.everyone & second.everyone))
    return told(found, effect, smallest.points(sd), reason, first.n, second.n, items)


def certain(found: Difference, everyone: np.ndarray) -> np.ndarray:
    """Say where a standard error of 0 comes from: everyone answered, or all answers are alike."""
    without = found.se == 0
    return np.select([without & everyone, without], ["everyone_answered", "no_variance"], None).astype(object)


def told(
    found: Difference,
    effect: Effect,
    smallest: np.ndarray,
    reason: np.ndarray,
    n: np.ndarray,
    other_n: np.ndarray,
    items: int,
) -> dict:
    """Put the numbers of comparisons into columns; a difference that is certain has no interval and no p."""
    sure = found.se == 0
    ends = {"ci_low": found.low, "ci_high": found.high, "p": found.p}
    reading = reading_of(found, np.nan_to_num(smallest))
    return {
        "n": n,
        "other_n": other_n,
        "items": items,
        "difference": found.difference,
        **{name: np.where(sure, np.nan, value) for name, value in ends.items()},
        "hedges_g": effect.g,
        "g_low": effect.low,
        "g_high": effect.high,
        "smallest": smallest,
        "reading": np.where(reason == "no_variance", None, reading),
        "reason": reason,
    }


def empty(rows: int, items: int, reason: str) -> dict:
    """Give rows that say only why there is no comparison."""
    numbers = ("difference", "ci_low", "ci_high", "p", "hedges_g", "g_low", "g_high", "smallest")
    undefined = {name: np.full(rows, np.nan) for name in numbers}
    return {"n": 0, "other_n": 0, "items": items, **undefined, "reading": None, "reason": [reason] * rows}


def stacked(parts: Sequence[dict], rows: int) -> pd.DataFrame:
    """Put parts of as many rows each into one table at once: a table for each would take longer than the numbers."""
    names = dict.fromkeys(name for part in parts for name in part)
    return pd.DataFrame({name: np.concatenate([column(part[name], rows) for part in parts]) for name in names})


def column(values: object, rows: int) -> np.ndarray:
    """Give one value, or one for each row, as a column; texts and None as objects."""
    words = values is None or isinstance(values, list | str)
    return np.broadcast_to(np.array(values, dtype=object) if words else np.asarray(values), rows)


def keyed(tables: Sequence[pd.DataFrame], framework: Framework, **keys: str | None) -> pd.DataFrame:
    """Put comparisons together under their keys, in the framework's order, and hold their p values together."""
    tables = [table for table in tables if not table.empty]
    if not tables:
        return with_none(pd.DataFrame(columns=list(COMPARISON_COLUMNS)), WORDS)
    table = pd.concat(tables, ignore_index=True).assign(**{"other_wave": None, "suppressed": False} | keys)
    order = {one.id: number for number, one in enumerate(framework.dimensions)}
    perspectives = {"reality": 0, "vision": 1, TENSION: 2}
    place = 3 * table["dimension"].map(order) + table["perspective"].map(perspectives)
    table = table.iloc[np.argsort(place.to_numpy(), kind="stable")].reset_index(drop=True)
    table["p_holm"] = table.groupby(FAMILY, dropna=False)["p"].transform(lambda p: holm(p.to_numpy()))
    return with_none(read_together(table)[list(COMPARISON_COLUMNS)], WORDS)


def read_together(table: pd.DataFrame) -> pd.DataFrame:
    """Read differences by the p that counts all of the family."""
    unsure = table["reading"].isin(["larger", "smaller"]) & (table["p_holm"] >= 0.05)
    return table.assign(reading=table["reading"].where(~unsure, "unclear").astype(object))
