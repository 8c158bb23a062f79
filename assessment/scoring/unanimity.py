"""Unanimity told as "at least 90 %": who knows that all said the same knows what each one said.

Nothing here looks for 100 % alone: what hides only the unanimous would tell that they are. A row is treated alike as
soon as nine in ten say the same, so that whoever reads it cannot tell nine in ten from all.
"""

import numpy as np
import pandas as pd

UNANIMOUS = "unanimous"

STEP = 0.1
"""Distance from an end of the answer scale, in steps of it: one in ten a step away keeps a mean as far."""

SPREAD = 0.01
"""Variance, in squared steps: nine in ten are then within a third of a step of the mean (Chebyshev)."""

ALIKE = {"rwg_j": 0.995, "ad": 0.02}
"""Agreement from which (rwg(j)), average deviation down to which nearly everyone chose the same answers."""

MANY = 0.9
"""The largest share that is told, where fewer than `min_group` people are not of it."""

OF_SPREAD = ("se", "ci_low", "ci_high", "dz", "probability", "cronbach_alpha", "omega")
OF_AGREEMENT = ("rwg_j", "ad")
OF_ITEMS = ("mean", "sd", "r_drop", "alpha_drop")

ITEM_SPREAD = 0.1
"""Variance of an item's answers down to which one in ten at most gave another one."""


def at_an_end(rows: pd.DataFrame) -> np.ndarray:
    """Say which rows have a mean so near an end of its scale that nine in ten at least answer there.

    Parameters
    ----------
    rows
        Rows of unreleased ``dimensions``, ``groups`` and ``tension``: ``score`` 0–100 (or ``tension`` −100–100),
        ``width`` the steps from one end of the scale to the other.

    Examples
    --------
    >>> at_an_end(pd.DataFrame({"score": [97.4, 97.6, 2.0], "width": [4, 4, 4]})).tolist()
    [False, True, True]
    """
    value = rows["score"].to_numpy(dtype=float) if "score" in rows else np.full(len(rows), np.nan)
    if "tension" in rows:
        value = np.where(np.isnan(value), 50 + rows["tension"].to_numpy(dtype=float) / 2, value)
    near = 100 * STEP / rows["width"].to_numpy(dtype=float)
    return (value <= near + 1e-9) | (value >= 100 - near - 1e-9)


def without_unanimity(table: pd.DataFrame, before: pd.DataFrame, min_group: int) -> pd.DataFrame:
    """Empty what would tell that all say the same; hold shares to 90 % where hardly anyone is of the rest.

    Parameters
    ----------
    table
        Released rows of ``dimensions``, ``groups`` or ``tension``.
    before
        The same rows unreleased, with ``variance``.
    min_group
        Respondents below which nothing is told.

    Returns
    -------
    pandas.DataFrame
        The table; ``reason`` is ``unanimous`` where something was emptied that had no other reason.
    """
    shown = ~table["suppressed"].to_numpy(dtype=bool) & (before["n"].to_numpy() > 0)
    alike = shown & (before["variance"].to_numpy(dtype=float) <= SPREAD)
    agreed = np.zeros(len(table), dtype=bool)
    if "rwg_j" in table:
        agreed = shown & ((table["rwg_j"] > ALIKE["rwg_j"]) | (table["ad"] < ALIKE["ad"])).to_numpy()
    told = {name: table[name].mask(alike) for name in OF_SPREAD if name in table}
    told |= {name: table[name].mask(alike | agreed) for name in OF_AGREEMENT if name in table}
    if "share_negative" in table:
        told["share_negative"] = held(table["share_negative"], before["n"], min_group)
    reason = table["reason"].mask(alike | agreed, UNANIMOUS).mask(table["reason"] == "no_variance", UNANIMOUS)
    return table.assign(**told, reason=reason.astype(object).where(reason.notna(), None))


def held(share: pd.Series, n: pd.Series, min_group: int) -> pd.Series:
    """Hold shares between 10 and 90 % where fewer than `min_group` people are on one side.

    Examples
    --------
    >>> held(pd.Series([0.0, 0.06, 0.06, 1.0]), pd.Series([50, 50, 2000, 12]), 10).tolist()
    [0.1, 0.1, 0.06, 0.9]
    """
    few, many = share * n < min_group, (1 - share) * n < min_group
    return share.mask(few & (share < 1 - MANY), round(1 - MANY, 10)).mask(many & (share > MANY), MANY)


def items_without_unanimity(table: pd.DataFrame) -> pd.DataFrame:
    """Empty of the items whatever would tell that all gave the same answer."""
    alike = ~table["suppressed"].astype(bool) & (table["sd"] ** 2 <= ITEM_SPREAD)
    told = {name: table[name].mask(alike) for name in OF_ITEMS}
    reason = table["reason"].mask(alike, UNANIMOUS)
    return table.assign(**told, reason=reason.astype(object).where(reason.notna(), None))
