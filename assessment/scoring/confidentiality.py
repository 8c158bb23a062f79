"""The only door out: what may be told of whom, so that nobody is recognised, not even by subtraction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from assessment.faults import Fault, Faults
from assessment.scoring import items, maturity, tension
from assessment.scoring.across import across_groups
from assessment.scoring.cells import (
    CHANGED,
    SECONDARY,
    SUMMED,
    WAS_HIDDEN,
    cell_table,
    columns_of,
    means_of,
)
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
from assessment.scoring.subtraction import tied
from assessment.scoring.suppression import Search, Web
from assessment.scoring.unanimity import UNANIMOUS, at_an_end, without_unanimity

SMALLEST = 5
"""The least `min_group` there is: below, nothing protects."""

FEW = "too_few_complete"

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
    cells = cell_table(pd.concat(rows, ignore_index=True), settings.min_group, before)
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
