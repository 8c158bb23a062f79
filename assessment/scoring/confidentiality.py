"""The only door out: what may be told of whom, so that nobody is recognised, not even by subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults
from assessment.framework.model import PERSPECTIVES
from assessment.scoring import items, maturity, tension
from assessment.scoring.dimensions import CROSSED, DIMENSION_COLUMNS, GROUP_COLUMNS, KEYS
from assessment.scoring.following import (
    CELL,
    CONFIDENTIAL,
    OTHER,
    WHOLE,
    Decided,
    Follower,
    follow,
    keys_of,
    looked_up,
    numbers,
    plain,
    silenced,
)
from assessment.scoring.narrowing import Means
from assessment.scoring.subtraction import tied
from assessment.scoring.suppression import Search, Web
from assessment.scoring.tally import TENSION
from assessment.scoring.unanimity import SPREAD, UNANIMOUS, at_an_end, without_unanimity
from assessment.statistics import icc

SMALLEST = 5
"""The least `min_group` there is: below, nothing protects."""

PRIMARY = "small_group"
SECONDARY = "protects_another"
EARLIER = "close_to_earlier"
FEW = "too_few_complete"

"""Why a cell is hidden: known inside only, for told apart they would tell which groups are small."""

SUMMED = (*PERSPECTIVES, TENSION)
TOTAL, SQUARES = "·total", "·squares"
CHANGED, WAS_HIDDEN = "changed·", "was_hidden·"
LISTWISE = ("cronbach_alpha", "omega", "cfi", "rmsea", "srmr", "rwg_j", "ad")
"""Told of the complete respondents only, who may be fewer than those who have a score."""

OF_COMPLETE = ("no_variance", "improper", "not_testable", "too_few_items")
"""Reasons that speak of the complete respondents."""

SCORES = {"dimensions": DIMENSION_COLUMNS, "groups": GROUP_COLUMNS, "tension": tension.COLUMNS}
"""The tables that make the cells, and their columns."""

FOLLOWERS = {
    "items": items.RULE,
    "overall": maturity.RULE,
}
"""The other tables of a wave, by the rules that stand beside them: rows are told where the cells they speak of are."""

ORDER = {PRIMARY: 0, EARLIER: 1, UNANIMOUS: 2}
SAME = 1e-9
"""Points of a score that the order of sums may change."""

Release = Mapping[str, pd.DataFrame] | pd.DataFrame
Earlier = Release | Sequence[Release] | None

HOUSE = {"unit", "role"}
"""Columns whose values everybody in the house knows."""

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
    tables: Mapping[str, pd.DataFrame],
    settings: Settings | None = None,
    earlier: Earlier = None,
    further: Mapping[str, Follower] | None = None,
) -> dict[str, pd.DataFrame]:
    r"""Let out what can be told of each group without telling about anyone.

    Parameters
    ----------
    tables
        The unreleased tables of `score_wave`, of one wave or several put together.
    settings
        The rules; None = the defaults.
    earlier
        What was released earlier in the same campaign, as `release` gave it, or its ``dimensions``, ``groups`` and
        ``tension`` in one table: `KEYS`, ``n``, and ``suppressed`` and means as far as they are kept. Of several
        releases, each apart, the oldest first.
    further
        The rules of tables beside those of `score_wave`, by name: whoever makes a table says what it speaks of
        (`assessment.scoring.further`). A release knows no table by itself.

    Returns
    -------
    dict
        The same tables but ``totals``, with the columns of `COLUMNS` and of the rules. A suppressed row keeps its keys
        and its reason: ``confidential`` (fewer than `min_group` respondents, or hidden so that another cannot be worked
        out, or so near to an earlier release that the difference would tell of few), ``unanimous`` (nine in ten at
        least answer at one end of the scale), ``outside_release`` (no such cell). In ``dimensions``, ``rwg_j``, ``ad``,
        ``icc1`` and ``icc2`` are over the released groups of the first grouping.

    Raises
    ------
    KeyError
        A table that has no rule: nothing leaves by mistake.

    Notes
    -----
    **Missing answers**: respondents to the dimension count, not those who left it out. A group to which a dimension was
    not put, or of which nobody answered a word, has nothing to hide and is shown empty.

    The fewest further groups are hidden (`assessment.scoring.suppression`): along every sum hidden groups are two at
    least and hold `min_group` respondents together at least; no group within another is shown beside it when fewer
    than `min_group` people are between them; no combination of sums determines a hidden group, or proves a small one
    small. The organisation is never hidden for another. What only the complete respondents make (alpha, omega, rwg(j),
    AD) is empty where they are fewer than `min_group`. Unanimity is told as nine in ten
    (`assessment.scoring.unanimity`). Not guarded against: what respondents know of their own answers.

    Beside earlier releases, a number is hidden that differs from any earlier one by fewer than `min_group`
    respondents, or has as many but not the same mean; the differences to each release are protected along their sums
    like groups; and along every sum, of what a release hid two groups at least stay hidden.

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
    [['A', 12, None], ['B', <NA>, 'confidential'], ['C', <NA>, 'confidential']]
    """
    settings, rules = settings or Settings(), FOLLOWERS | dict(further or {})
    followers = {name: rules[name] for name in tables if name not in (*SCORES, *INSIDE)}
    cells = decide(tables, settings, earlier)
    cells = cells.assign(reason=cells["reason"].where(cells["reason"].isna(), CONFIDENTIAL))
    decided, least = Decided(cells), settings.min_group
    released = {name: let_out(tables[name], decided, COLUMNS[name], settings) for name in SCORES}
    released["dimensions"] = across_groups(
        released["dimensions"], tables["groups"], released["groups"], tables["totals"]
    )
    protect = partial(with_others, totals=tables["totals"], least=least)
    past = tables_before(earlier)
    counted = {name: with_change(name, tables[name], rule, past) for name, rule in followers.items()}
    followed = {name: follow(counted[name], rule, decided, least, protect) for name, rule in followers.items()}
    finished = {
        name: rule.finish(followed[name], tables, least, past) for name, rule in followers.items() if rule.finish
    }
    return released | followed | finished


def decide(tables: Mapping[str, pd.DataFrame], settings: Settings, earlier: Earlier = None) -> pd.DataFrame:
    """Decide cell by cell what is hidden, and why.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension in one group: `CELL`, ``reason`` (`PRIMARY`, `SECONDARY`, `EARLIER`, `UNANIMOUS`, None)
        and what the search needs. It stays inside.
    """
    rows = [tables[name] for name in SCORES if not tables[name].empty]
    before = told_before(earlier)
    cells = cell_table(pd.concat(rows, ignore_index=True), settings, before)
    return secondary(cells, tables["totals"], settings, len(before))


def let_out(table: pd.DataFrame, cells: Decided, columns: Sequence[str], settings: Settings) -> pd.DataFrame:
    """Let out the rows of one table of scores; a hidden row at an end of its scale says so, as nine in ten."""
    shown = without_few_complete(suppress(table, cells, columns), settings)
    shown = without_unanimity(shown, table, settings.min_group)
    enough = (table["n"] >= settings.min_group) & (table["respondents"] >= settings.min_group)
    at_end = shown["suppressed"].to_numpy(dtype=bool) & at_an_end(table) & enough.to_numpy()
    return shown.assign(reason=shown["reason"].mask(at_end, UNANIMOUS).astype(object))


def told_before(earlier: Earlier) -> list[pd.DataFrame]:
    """Put what each earlier release told into one table, the oldest release first."""
    if earlier is None:
        return []
    releases = [earlier] if isinstance(earlier, Mapping | pd.DataFrame) else earlier
    tables = [one if isinstance(one, pd.DataFrame) else told_in(one) for one in releases]
    return [table for table in tables if not table.empty]


def with_change(
    name: str, table: pd.DataFrame, rule: Follower, past: Sequence[Mapping[str, pd.DataFrame]]
) -> pd.DataFrame:
    """Add to a further table by how many people each row differs from what earlier releases told."""
    if rule.since is None:
        return table
    return table.assign(since=rule.since(table, [one[name] for one in past if name in one]))


def tables_before(earlier: Earlier) -> list[Mapping[str, pd.DataFrame]]:
    """Give the tables of each earlier release of which they are kept, the oldest first."""
    releases = [earlier] if isinstance(earlier, Mapping | pd.DataFrame) else (earlier or [])
    return [one for one in releases if isinstance(one, Mapping)]


def told_in(released: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of one release that make the cells into one."""
    tables = [released[name] for name in SCORES if name in released and not released[name].empty]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def cell_table(rows: pd.DataFrame, settings: Settings, earlier: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Say of every group and dimension how many it tells of and whether it must be hidden by itself.

    One row is one dimension in one group, all perspectives together: reality, vision and tension add up, so that
    one hidden and two shown would be three shown. A column for each perspective holds its number of respondents, NaN
    where there is no answer; ``known`` says that the same people were told of before, `CHANGED` with the place of an
    earlier release by how many at most the numbers differ (NaN where it told none), `WAS_HIDDEN` that it hid the cell.
    """
    few = (rows["n"] < settings.min_group) & ((rows["n"] > 0) | (rows["given"] > 0))
    few |= rows["respondents"] < settings.min_group
    rows["reason"] = np.select([few, (rows["n"] > 0) & at_an_end(rows)], [PRIMARY, UNANIMOUS], None).astype(object)
    compared = rows.assign(**beside(rows, earlier, settings.min_group))
    compared.loc[compared["reason"].isna() & compared["near"], "reason"] = EARLIER
    numbers = {"": rows["n"].astype(float), TOTAL: total_of(rows), SQUARES: squares_of(rows)}
    for one in SUMMED:
        told_of = (rows["perspective"] == one) & (rows["given"] + rows["na"] > 0)
        compared = compared.assign(**{one + name: number.where(told_of) for name, number in numbers.items()})
    summed = [one + name for one in SUMMED for name in numbers]
    past = [name + str(place) for place in range(len(earlier)) for name in (CHANGED, WAS_HIDDEN)]
    made = {name: (name, "max") for name in ("known", "width", *past, *summed)}
    made |= {"reason": ("reason", "min")}
    compared["reason"] = compared["reason"].map(ORDER)
    cells = compared.groupby(list(CELL), dropna=False, sort=False).agg(**made).reset_index()
    cells["reason"] = cells["reason"].map({place: reason for reason, place in ORDER.items()})
    keys = ["by", "group", "reason"]  # grouping turns None into NaN, which equals nothing, itself included
    return cells.assign(**{key: cells[key].astype(object).where(cells[key].notna(), None) for key in keys})


def total_of(rows: pd.DataFrame) -> pd.Series:
    """Give the sum of respondents' scores in steps above the low end of the scale, by `n` and `plain_mean`."""
    low = -rows["width"].astype(float)
    if "score" in rows:
        low = (rows["mean"] - rows["score"] * rows["width"] / 100).where(rows["perspective"] != TENSION, low)
    return rows["n"] * (rows["plain_mean"] - low)


def squares_of(rows: pd.DataFrame) -> pd.Series:
    """Give the sum of the squares of these scores."""
    return (rows["n"] - 1).clip(lower=0) * rows["variance"].fillna(0) + total_of(rows) ** 2 / rows["n"].clip(lower=1)


def beside(rows: pd.DataFrame, earlier: Sequence[pd.DataFrame], least: int) -> dict[str, np.ndarray]:
    """Compare each row with what every earlier release told of it.

    Returns
    -------
    dict
        ``near``: whether it is so near to one of them that the difference would tell of few; ``known``: whether one
        told the very same; `CHANGED` and `WAS_HIDDEN` with the place of each release, as in `cell_table`.
    """
    near, known = np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    past = {}
    for place, one in enumerate(earlier):
        changed, differs, was_hidden = since(rows, one)
        near |= ((changed > 0) & (changed < least)) | (differs & (changed == 0))
        known |= (changed == 0) & ~differs
        past |= {f"{CHANGED}{place}": changed, f"{WAS_HIDDEN}{place}": was_hidden}
    return {"near": near, "known": known, **past}


def since(rows: pd.DataFrame, earlier: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Compare each row with what one release told of it.

    Returns
    -------
    tuple
        By how many respondents its number differs, NaN where none was told; whether its mean does; whether it was
        hidden.
    """
    keys, numbers = list(KEYS), [name for name in ("score", "tension") if name in earlier and name in rows]
    before = earlier.drop_duplicates(keys, keep="last")
    before = before[[*keys, "n", *numbers]].astype({key: object for key in keys})
    met = rows[keys].astype(object).merge(before, how="left", on=keys, indicator=True)
    n = pd.to_numeric(met["n"]).to_numpy(dtype=float, na_value=np.nan)
    differs = np.zeros(len(rows), dtype=bool)
    for name in numbers:
        differs |= np.abs(rows[name].to_numpy(dtype=float) - met[name].to_numpy(dtype=float)) > SAME
    was_hidden = (met["_merge"] == "both").to_numpy() & np.isnan(n)
    return np.abs(rows["n"].to_numpy() - n), differs, was_hidden


def secondary(cells: pd.DataFrame, totals: pd.DataFrame, settings: Settings, releases: int) -> pd.DataFrame:
    """Hide further groups until no sum gives a hidden one away, beside so many earlier releases."""
    hidden = []
    for wave, own in cells.groupby("wave", sort=False, dropna=False):
        groups = list(dict.fromkeys(zip(own["by"], own["group"], strict=True)))
        search = Search(tied(groups, totals[totals["wave"] == wave]))
        hidden += [hide(part, search, settings, releases) for _, part in own.groupby("dimension", sort=False)]
    return pd.concat(hidden, ignore_index=True)


def hide(cells: pd.DataFrame, search: Search, settings: Settings, releases: int) -> pd.DataFrame:
    """Hide further groups within one wave and dimension; the organisation is never among them."""
    small, known = cells["reason"].notna().to_numpy(), cells["known"].to_numpy(dtype=bool)
    webs = [
        Web(search.ties, cells[one].to_numpy(dtype=float), small, known, settings.min_group, means_of(cells, one))
        for one in SUMMED
    ]
    nobody = np.zeros(len(small), dtype=bool)
    for changed in columns_of(cells, CHANGED, releases):
        people = np.nan_to_num(changed, nan=1)  # unknown: one person may be enough
        webs.append(Web(search.ties, np.where(people > 0, people, np.nan), small, nobody, settings.min_group))
    hidden = search.groups_to_hide(webs, columns_of(cells, WAS_HIDDEN, releases))
    return cells.assign(reason=np.where(hidden & ~small, SECONDARY, cells["reason"].to_numpy(dtype=object)))


def columns_of(cells: pd.DataFrame, name: str, releases: int) -> list[np.ndarray]:
    """Give the columns of this name, one for each earlier release; those that say the same once."""
    found = (cells[f"{name}{place}"].to_numpy() for place in range(releases))
    return list({column.tobytes(): column for column in found}.values())


def means_of(cells: pd.DataFrame, perspective: str) -> Means:
    """Give what is behind the means of one perspective."""
    people, total, squares = (np.nan_to_num(cells[perspective + name]) for name in ("", TOTAL, SQUARES))
    width = float(cells["width"].max())
    return Means(people, total, squares, 2 * width if perspective == TENSION else width, width / 100)


def with_others(
    table: pd.DataFrame, rule: Follower, hidden: np.ndarray, totals: pd.DataFrame, least: int
) -> np.ndarray:
    """Hide further groups of a table until no sum over its own number of people gives a hidden one away."""
    hidden, size = hidden.copy(), numbers(table[rule.counts[0]])
    searches: dict[tuple, Search] = {}
    keys = [key for key in rule.keys if key not in WHOLE]
    for values, places in table.reset_index(drop=True).groupby(keys, dropna=False, sort=False).indices.items():
        wave = values[keys.index("wave")] if len(keys) > 1 else values  # pandas gives the value of a single key bare
        groups = tuple(keys_of(table.iloc[places], WHOLE))
        if (wave, groups) not in searches:
            searches[wave, groups] = Search(tied(groups, totals[totals["wave"] == wave]))
        search, people = searches[wave, groups], np.where(size[places] > 0, size[places], np.nan)
        small = hidden[places] & (people > 0)
        web = Web(search.ties, people, small, np.zeros(len(places), dtype=bool), least)
        hidden[places] |= search.groups_to_hide([web])
    return hidden


def suppress(table: pd.DataFrame, cells: Decided, columns: Sequence[str]) -> pd.DataFrame:
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
        "icc1": unless_unanimous(float(one_way.icc1)),
        "icc2": unless_unanimous(float(one_way.icc2)),
    }


def without_rare_values(released: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Leave out the groups of background variables of which nothing is told: their very name may be one person's.

    Units and roles are known to everybody in the house and stay, hidden.
    """
    groups = released["groups"]
    told = set(zip(plain(groups["by"]), plain(groups["group"]), groups["suppressed"], strict=True))
    kept = {}
    for name, table in released.items():
        stays = np.ones(len(table), dtype=bool)
        for column in {"group", OTHER + "group"} & set(table.columns) if "by" in table else ():
            rest = column != "group"  # an empty other group is all others together
            known = [
                by is None or (rest and one is None) or set(by.split(CROSSED)) <= HOUSE or (by, one, False) in told
                for by, one in zip(plain(table["by"]), plain(table[column]), strict=True)
            ]
            stays &= np.array(known, dtype=bool)
        kept[name] = table[stays].reset_index(drop=True)
    return kept


def unless_unanimous(share: float) -> float:
    """Give a share of variance between groups; none where nothing is left within them."""
    return share if share <= 1 - SPREAD else np.nan


def select(table: pd.DataFrame, wave: str, **values: str | None) -> pd.DataFrame:
    """Give the rows of one cell of a release: a filter only ever chooses among what was let out.

    The remainder rule is in the release itself: a filter that leaves out some people, fewer than `min_group`, gives
    hidden rows.

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
