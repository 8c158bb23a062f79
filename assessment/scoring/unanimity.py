"""Unanimity told as "at least 90 %": who knows that all said the same knows what each one said.

Nothing here looks for 100 % alone: what hides only the unanimous would tell that they are. A row is treated alike as
soon as nine in ten say the same, so that whoever reads it cannot tell nine in ten from all.
"""

from collections.abc import Mapping, Sequence

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
"""The largest share that is told, where fewer than `min_group` people are not of it: it stands for "at least 90 %"."""

RARE = 0.1
"""The smallest share that is told, where fewer than `min_group` people are of it: it stands for "at most 10 %"."""

OF_SPREAD = ("se", "ci_low", "ci_high", "dz", "probability", "cronbach_alpha", "omega")
OF_AGREEMENT = ("rwg_j", "ad")

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
    return share.mask(few & (share < RARE), RARE).mask(many & (share > MANY), MANY)


def without_all_or_none(
    table: pd.DataFrame, shares: Mapping[str, Sequence[str]], n: pd.Series, min_group: int
) -> pd.DataFrame:
    """Hold shares as `held` does; empty beside a held one what would tell it, its interval say.

    Parameters
    ----------
    table
        Released rows of a further table.
    shares
        Columns that hold shares, each with the columns that would tell it.
    n
        Of how many people.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    Shares that add up to a known sum (the options of one question) tell of several held ones together.

    Examples
    --------
    >>> rows = pd.DataFrame({"n": [40, 40], "share": [1.0, 0.5], "ci_low": [0.91, 0.35]})
    >>> without_all_or_none(rows, {"share": ("ci_low",)}, rows["n"], 10)[["share", "ci_low"]].values.tolist()
    [[0.9, nan], [0.5, 0.35]]
    """
    people = pd.to_numeric(n).astype(float)
    for name, beside in shares.items():
        told = held(table[name].astype(float), people, min_group)
        gone = told.notna() & (told != table[name])
        table = table.assign(**{name: told}, **{other: table[other].mask(gone) for other in beside})
    return table


def without_alike(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Empty some columns of a further table in the rows that would tell that all answered alike.

    Parameters
    ----------
    table
        Released rows with ``sd`` (of an item's answers) or with agreement (``rwg_j``, ``ad``).
    columns
        What to empty there.

    Examples
    --------
    >>> rows = pd.DataFrame({"mean": [4.0, 3.9], "sd": [0.0, 0.8], "suppressed": False, "reason": None})
    >>> without_alike(rows, ("mean", "sd"))[["mean", "reason"]].values.tolist()
    [[nan, 'unanimous'], [3.9, None]]
    """
    alike = table["reason"] == "no_variance"
    if "sd" in table:
        alike |= table["sd"] ** 2 <= ITEM_SPREAD
    if "rwg_j" in table:
        alike |= (table["rwg_j"] > ALIKE["rwg_j"]) | (table["ad"] < ALIKE["ad"])
    alike &= ~table["suppressed"].astype(bool)
    reason = table["reason"].mask(alike, UNANIMOUS).astype(object)
    told = {name: emptied(table[name], alike) for name in columns}
    return table.assign(**told, reason=reason.where(reason.notna(), None))


def emptied(column: pd.Series, gone: pd.Series) -> pd.Series:
    """Empty some places of a column; words become None."""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return column.mask(gone)
    return column.astype(object).where(column.notna() & ~gone, None)
