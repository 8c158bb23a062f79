"""The only door out: what may be told of whom, so that nobody is recognised, not even by subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults
from assessment.framework.model import PERSPECTIVES
from assessment.scoring import items, maturity, tension
from assessment.scoring.dimensions import CROSSED, DIMENSION_COLUMNS, GROUP_COLUMNS, KEYS
from assessment.scoring.following import CELL, PRIMARY, Follower, follow, looked_up, silenced
from assessment.scoring.subtraction import tied
from assessment.scoring.suppression import Search, Web
from assessment.scoring.tally import TENSION
from assessment.statistics import icc

SMALLEST = 5
"""The least `min_group` there is: below, nothing protects."""

SECONDARY = "protects_another"
EARLIER = "close_to_earlier"
FEW = "too_few_complete"

SUMMED = (*PERSPECTIVES, TENSION)
LISTWISE = ("cronbach_alpha", "omega", "cfi", "rmsea", "srmr", "rwg_j", "ad")
"""Told of the complete respondents only, who may be fewer than those who have a score."""

OF_COMPLETE = ("no_variance", "improper", "not_testable", "too_few_items")
"""Reasons that speak of the complete respondents."""

SCORES = {"dimensions": DIMENSION_COLUMNS, "groups": GROUP_COLUMNS, "tension": tension.COLUMNS}
"""The tables that make the cells, and their columns."""

FOLLOWERS = {
    "items": Follower(items.COLUMNS, keys=("wave", "dimension", "item", "perspective"), parts=("n_complete",)),
    "overall": Follower(maturity.OVERALL, keys=("wave",), counts=()),
}
"""Further tables: their rows are told where the cells they speak of are told. `release` lets no other table out."""

INSIDE = ("totals",)
"""What comes in to be reckoned with and never leaves."""

COLUMNS = SCORES | {name: one.columns for name, one in FOLLOWERS.items()}
"""The released tables and their columns."""


@dataclass(frozen=True)
class Settings:
    """The rules of a release.

    Parameters
    ----------
    min_group
        Respondents below which nothing is told of a group: 10 by default, 11 for a publication outside, never under 5.
    """

    min_group: int = 10

    def __post_init__(self):
        if not self.min_group >= SMALLEST:
            raise Faults([Fault("min_group_too_small", values={"value": self.min_group, "smallest": SMALLEST})])


def release(
    tables: Mapping[str, pd.DataFrame], settings: Settings | None = None, earlier: pd.DataFrame | None = None
) -> dict[str, pd.DataFrame]:
    r"""Let out what can be told of each group without telling about anyone.

    Parameters
    ----------
    tables
        The unreleased tables of `score_wave`, of one wave or several put together.
    settings
        The rules; None = the defaults.
    earlier
        Rows of the ``dimensions`` and ``groups`` tables released earlier in the same campaign: one row is one dimension
        under one perspective in one group; needed are `KEYS` and ``n``.

    Returns
    -------
    dict
        The same tables but ``totals``, with the columns of `COLUMNS`. A suppressed row keeps its keys and its reason:
        ``small_group`` (fewer than `min_group` respondents), ``protects_another`` (hidden so that a hidden group cannot
        be worked out by subtraction), ``close_to_earlier`` (the difference to what was released earlier would tell of
        fewer than `min_group`). In ``dimensions``, ``rwg_j``, ``ad``, ``icc1`` and ``icc2`` are over the released
        groups of the first grouping.

    Notes
    -----
    **Missing answers**: respondents to the dimension count, not those who left it out. A group to which a dimension was
    not put, or of which nobody answered a word, has nothing to hide and is shown empty.

    Along every sum (units of the organisation, parts of a unit, roles of a unit, units of a role), hidden groups are
    two at least and hold `min_group` respondents together at least; then all sums are solved together, and no hidden
    group has one solution. The smallest further groups are hidden for that, never the organisation. Not guarded
    against: bounds that follow from the ends of the answer scale, and the knowledge of those who answered.
    What only the complete respondents make (alpha, omega, rwg(j), AD) is empty where they are fewer than `min_group`.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> from assessment.scoring import score_wave
    >>> framework = load_framework("collectivite-apprenante")
    >>> rows = [f"{unit},3,{1 + n % 5}" for unit, size in (("A", 12), ("B", 11), ("C", 3)) for n in range(size)]
    >>> file = io.BytesIO("\n".join(["unit,st_04.reality,st_05.reality", *rows]).encode())
    >>> released = release(score_wave(load_responses(file, framework), framework, [("unit",)]))
    >>> released["groups"][["group", "n", "reason"]].values.tolist()
    [['A', 12, None], ['B', <NA>, 'protects_another'], ['C', <NA>, 'small_group']]
    """
    settings = settings or Settings()
    whole, groups = tables["dimensions"], tables["groups"]
    cells = cell_table(whole, groups, tables["tension"], settings, earlier)
    hidden = secondary(cells, tables["totals"], settings)
    released = {
        name: without_few_complete(suppress(tables[name], hidden, COLUMNS[name]), settings)
        for name in ("dimensions", "groups", "tension")
    }
    released["dimensions"] = across_groups(released["dimensions"], groups, released["groups"], tables["totals"])
    told = {name: table for name, table in tables.items() if name not in (*SCORES, *INSIDE)}
    for name, table in told.items():
        released[name] = follow(table, FOLLOWERS[name], hidden, settings.min_group)
    return released


def cell_table(whole, groups, tensions, settings: Settings, earlier: pd.DataFrame | None) -> pd.DataFrame:
    """Say of every group and dimension how many it tells of and whether it must be hidden by itself.

    One row is one dimension in one group, all perspectives together: reality, vision and tension add up, so that
    one hidden and two shown would be three shown. A column for each perspective holds its number of respondents, NaN
    where there is no answer; ``known`` says that the same people were told of before.
    """
    rows = pd.concat([table for table in (whole, groups, tensions) if not table.empty], ignore_index=True)
    few = (rows["n"] < settings.min_group) & ((rows["n"] > 0) | (rows["given"] > 0))
    rows["reason"] = np.where(few | (rows["respondents"] < settings.min_group), PRIMARY, None)
    change = change_since(rows, earlier)
    rows.loc[rows["reason"].isna() & change.between(1, settings.min_group - 1), "reason"] = EARLIER
    rows["known"] = change == 0
    for one in SUMMED:
        rows[one] = rows["n"].where((rows["perspective"] == one) & (rows["given"] + rows["na"] > 0)).astype(float)
    made = {name: (name, "max") for name in ("known", *SUMMED)} | {"reason": ("reason", "first")}
    cells = rows.groupby(list(CELL), dropna=False, sort=False).agg(**made).reset_index()
    keys = ["by", "group", "reason"]  # grouping turns None into NaN, which equals nothing, itself included
    return cells.assign(**{key: cells[key].astype(object).where(cells[key].notna(), None) for key in keys})


def change_since(rows: pd.DataFrame, earlier: pd.DataFrame | None) -> pd.Series:
    """Say by how many respondents each row differs from what was released of it; NaN where nothing was."""
    if earlier is None or earlier.empty:
        return pd.Series(np.nan, index=rows.index)
    before = earlier[[*KEYS, "n"]].dropna(subset="n").drop_duplicates(list(KEYS), keep="last")
    met = rows[list(KEYS)].astype(object).merge(before.astype({key: object for key in KEYS}), how="left", on=list(KEYS))
    difference = rows["n"].to_numpy() - pd.to_numeric(met["n"]).to_numpy(dtype=float, na_value=np.nan)
    return pd.Series(np.abs(difference), index=rows.index)


def secondary(cells: pd.DataFrame, totals: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Hide further groups until no sum gives a hidden one away."""
    hidden = []
    for wave, own in cells.groupby("wave", sort=False, dropna=False):
        groups = list(dict.fromkeys(zip(own["by"], own["group"], strict=True)))
        search = Search(tied(groups, totals[totals["wave"] == wave]))
        hidden += [hide(part, search, settings) for _, part in own.groupby("dimension", sort=False)]
    return pd.concat(hidden, ignore_index=True)


def hide(cells: pd.DataFrame, search: Search, settings: Settings) -> pd.DataFrame:
    """Hide further groups within one wave and dimension; the organisation is never among them."""
    small, known = cells["reason"].notna().to_numpy(), cells["known"].to_numpy(dtype=bool)
    sizes = [cells[one].to_numpy(dtype=float) for one in SUMMED]
    hidden = search.groups_to_hide([Web(search.ties, size, small, known, settings.min_group) for size in sizes])
    return cells.assign(reason=np.where(hidden & ~small, SECONDARY, cells["reason"].to_numpy(dtype=object)))


def suppress(table: pd.DataFrame, cells: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Empty the rows of hidden cells, down to their keys."""
    return silenced(table[list(columns)], looked_up(table, {key: key for key in CELL}, cells), KEYS)


def without_few_complete(table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Empty what only the complete respondents make, where they are too few to be told of."""
    few = (table["n_complete"] < settings.min_group).to_numpy(dtype=bool, na_value=False)
    silent = table["reason"].isna() | table["reason"].isin(OF_COMPLETE)
    reason = table["reason"].mask(few & silent & (table["n"] > 0).to_numpy(dtype=bool, na_value=False), FEW)
    emptied_columns = {name: table[name].mask(few) for name in LISTWISE if name in table}
    return table.assign(**emptied_columns, reason=reason.astype(object).where(reason.notna(), None))


def across_groups(
    dimensions: pd.DataFrame, groups: pd.DataFrame, released: pd.DataFrame, totals: pd.DataFrame
) -> pd.DataFrame:
    """Add the statistics across groups, over the groups of the first grouping that were let out."""
    if groups.empty:
        return dimensions
    first = groups["by"].iloc[0]
    shown = (released["by"] == first) & ~released["suppressed"] & released["group"].notna() & (groups["n"] > 0)
    made_of_groups = totals.loc[(totals["by"] == first) & (totals["total_by"] == first), "total_group"]
    shown &= ~released["group"].isin(made_of_groups)
    agreement = released[["rwg_j", "ad"]]  # as let out: an average must not tell of what was not
    rows = groups.assign(**{name: agreement[name].to_numpy() for name in agreement})[shown.to_numpy(dtype=bool)]
    statistics = [
        {"wave": wave, "dimension": dimension, "perspective": perspective, **statistics_across(part)}
        for (wave, dimension, perspective), part in rows.groupby(["wave", "dimension", "perspective"], sort=False)
    ]
    keys = ["wave", "dimension", "perspective"]
    if not statistics:
        return dimensions
    met = dimensions[keys].merge(pd.DataFrame(statistics), how="left", on=keys)
    across = {
        name: met[name].mask(dimensions["suppressed"].to_numpy(dtype=bool)).to_numpy()
        for name in ("rwg_j", "ad", "icc1", "icc2")
    }
    return dimensions.assign(**across)


def statistics_across(groups: pd.DataFrame) -> dict[str, float]:
    """Give plain averages of agreement, and the ICCs from the groups' sizes, means and variances."""
    one_way = icc(groups["n"].to_numpy(), groups["plain_mean"].to_numpy(), groups["variance"].to_numpy())
    return {
        "rwg_j": groups["rwg_j"].mean(),
        "ad": groups["ad"].mean(),
        "icc1": float(one_way.icc1),
        "icc2": float(one_way.icc2),
    }


def select(table: pd.DataFrame, wave: str, **values: str | None) -> pd.DataFrame:
    """Give the rows of one cell of a release: a filter only ever chooses among what was let out.

    Parameters
    ----------
    table
        A released table that has ``by`` and ``group``.
    wave
        The wave.
    values
        Columns and the value chosen in each; none = the organisation.

    Raises
    ------
    Faults
        When the release has no such cell.

    Examples
    --------
    >>> table = pd.DataFrame({"wave": ["1", "1"], "by": [None, "unit"], "group": [None, "A"], "n": [30, 12]})
    >>> select(table, "1", unit="A")["n"].tolist()
    [12]
    """
    by = CROSSED.join(values) or None
    group = CROSSED.join(value or "" for value in values.values()) or None
    same_by = table["by"].isna() if by is None else table["by"] == by
    same_group = table["group"].isna() if group is None else table["group"] == group
    rows = table[(table["wave"] == wave) & same_by & same_group]
    if rows.empty:
        raise Faults([Fault("cell_not_released", values={"wave": wave, "by": by or "", "group": group or ""})])
    return rows
