"""The rule for further tables: a row is told only where every cell it speaks of is told, and of enough people.

A cell is one dimension in one group of one wave; `release` decides cell by cell. Any other table (items, comparisons,
agreement, what goes with what) follows: it names its columns, its keys and what it counts, and `follow` does the rest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product

import numpy as np
import pandas as pd

from assessment.scoring.blanks import first_of
from assessment.scoring.unanimity import without_alike, without_all_or_none

CONFIDENTIAL = "confidential"
"""The one reason told of whatever is hidden: told apart, a group hidden for itself would be known to be small."""

OUTSIDE = "outside_release"
CELL = ("wave", "by", "group", "dimension")
OTHER = "other_"
WHOLE = ("by", "group")
"""A table without these two speaks of the organisation."""


@dataclass(frozen=True)
class Follower:
    """What a release must know of a further table.

    Parameters
    ----------
    columns
        The columns that may leave, in order; ``suppressed`` and ``reason`` among them.
    keys
        Those that a hidden row keeps. ``wave, by, group, dimension`` are the cell it speaks of; ``other_wave``,
        ``other_group`` (of the same ``by``, or of ``other_by``) and ``other_dimension`` name a second: the row then
        speaks of both, and where two of them are there, of all four. An empty ``other_wave`` or ``other_dimension`` is
        no second one; an empty ``other_group`` is all others together, who with the organisation give those of no
        group away: the row speaks of these, if there are any.
        A key the table does not have, or an empty dimension, is not told apart: the row speaks of all groups of ``by``,
        or of all dimensions. Without ``by`` and ``group`` it speaks of the organisation.
    counts
        Numbers of people under which nothing is told: `min_group` at least.
    parts
        Columns that count some of these people: where they are one at least and fewer than `min_group`, the row (a
        difference with and without them, say) would tell of these.
    adding
        Whether its numbers add up over groups as people do (a share of ``counts[0]``): where a group has too few of
        these though its cell is told, further rows are hidden, so that no sum gives it away.
    since
        What gives the column ``since`` from the table and from this table of earlier releases: by how many people a row
        differs least from what they told; it is taken for one of the `parts`.
    shares
        Shares of the people counted first, never told as none or all of them (`assessment.scoring.unanimity`), each
        with the columns that would tell it where it is held.
    alike
        Columns that are emptied where nearly all answered alike.
    finish
        What is done to the released rows last: from these, all unreleased tables, `min_group`, and the released tables
        of earlier releases, the oldest first.

    Examples
    --------
    >>> pairs = Follower(("wave", "by", "group", "other_group", "n", "other_n", "d", "suppressed", "reason"),
    ...     keys=("wave", "by", "group", "other_group"), counts=("n", "other_n"))
    >>> list(pairs.cells())
    [{'wave': 'wave', 'by': 'by', 'group': 'group'}, {'wave': 'wave', 'by': 'by', 'group': 'other_group'}]
    """

    columns: tuple[str, ...]
    keys: tuple[str, ...]
    counts: tuple[str, ...] = ("n",)
    parts: tuple[str, ...] = ()
    adding: bool = False
    since: "Callable[[pd.DataFrame, Sequence[pd.DataFrame]], np.ndarray] | None" = None
    shares: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alike: tuple[str, ...] = ()
    finish: "Finish | None" = None

    @property
    def one_search(self) -> bool:
        """Whether the rows that add up follow the cells of one dimension, which one search protected together."""
        return "dimension" in self.keys or "question" in self.keys

    def cells(self) -> Iterator[dict[str, str]]:
        """Yield each cell a row speaks of: the column that holds each key of `CELL`."""
        for parts in product(*(self.versions(*keys) for keys in (("wave",), WHOLE, ("dimension",)))):
            yield {key: column for part in parts for key, column in part.items()}

    def versions(self, *keys: str) -> list[dict[str, str]]:
        """Give the columns that hold some keys, and those that hold the others of which a row speaks too."""
        own = {key: key for key in keys if key in self.keys}
        others = {key: OTHER + key for key in keys if OTHER + key in self.keys}
        return [own, own | others] if others else [own]


@dataclass(frozen=True)
class Decided:
    """What a release decided, looked up by any of the keys of a cell; every further table asks for the same few.

    Parameters
    ----------
    cells
        One row is one cell (`CELL`) with ``reason``, None where it is told.
    """

    cells: pd.DataFrame

    @cached_property
    def _reasons(self) -> dict[tuple[str, ...], dict[tuple, str | None]]:
        return {}

    def reasons(self, keys: tuple[str, ...]) -> dict[tuple, str | None]:
        """Give by these keys the first reason for which one of their cells is hidden, None where all are told.

        Without ``by`` and ``group`` they are the organisation's cells.
        """
        if keys not in self._reasons:
            cells = self.cells
            if not set(WHOLE) & set(keys):
                cells = cells[cells["by"].isna() & cells["group"].isna()]
            known: dict[tuple, str | None] = {}
            for key, reason in zip(keys_of(cells, keys), plain(cells["reason"]), strict=True):
                known[key] = known.get(key) or reason
            self._reasons[keys] = known
        return self._reasons[keys]


Finish = Callable[[pd.DataFrame, Mapping[str, pd.DataFrame], int, Sequence[Mapping[str, pd.DataFrame]]], pd.DataFrame]
Protect = Callable[[pd.DataFrame, Follower, np.ndarray], np.ndarray]


def follow(
    table: pd.DataFrame, rule: Follower, cells: Decided, min_group: int, protect: Protect | None = None
) -> pd.DataFrame:
    """Let out the rows of a further table whose cells are told.

    Parameters
    ----------
    table
        Unreleased; at least the columns of the rule.
    rule
        What the table is.
    cells
        What the release decided.
    min_group
        Respondents below which nothing is told.
    protect
        Hides further rows of an ``adding`` table: from the table, the rule and which rows are hidden, to which are.

    Returns
    -------
    pandas.DataFrame
        The columns of the rule. A hidden row keeps its keys and its reason: that of the first hidden cell it speaks of,
        ``outside_release`` where the release has no such cell, ``confidential`` where it tells of too few.

    Notes
    -----
    **Missing answers**: an empty count is too few.

    Examples
    --------
    >>> rule = Follower(("by", "group", "n", "share", "suppressed", "reason"), keys=("by", "group"))
    >>> table = pd.DataFrame({"by": "unit", "group": ["A", "B", "Z"], "n": [30, 9, 20], "share": 0.5,
    ...     "suppressed": False, "reason": None})
    >>> cells = pd.DataFrame({"wave": "1", "by": "unit", "group": ["A", "B"], "dimension": "d", "reason": [None, None]})
    >>> follow(table, rule, Decided(cells), 10)[["group", "n", "reason"]].values.tolist()
    [['A', 30, None], ['B', <NA>, 'confidential'], ['Z', <NA>, 'outside_release']]
    """
    why = np.full(len(table), None, dtype=object)
    named = with_second(table)
    for columns in rule.cells():
        why = first_of(why, hidden_cells(named, columns, cells))
    few = too_few(table, rule, min_group)
    if protect and rule.adding and (few & pd.isna(why) if rule.one_search else few | pd.notna(why)).any():
        few = protect(table, rule, few | pd.notna(why))
    why = first_of(why, np.where(few, CONFIDENTIAL, None))
    told = silenced(table[list(rule.columns)], why, rule.keys)
    told = without_all_or_none(told, rule.shares, told[rule.counts[0]], min_group) if rule.shares else told
    return without_alike(told, rule.alike) if rule.alike else told


def with_second(table: pd.DataFrame) -> pd.DataFrame:
    """Name the first wave or dimension again where there is no second."""
    names = [name for name in ("wave", "dimension") if OTHER + name in table]
    return table.assign(
        **{OTHER + name: table[OTHER + name].where(table[OTHER + name].notna(), table[name]) for name in names}
    )


def too_few(table: pd.DataFrame, rule: Follower, min_group: int) -> np.ndarray:
    """Say which rows tell of fewer than `min_group` people, or of some people and so few."""
    few = np.zeros(len(table), dtype=bool)
    for count in (numbers(table[name]) for name in rule.counts):
        few |= ~(count >= min_group)
    for part in (numbers(table[name]) for name in rule.parts):
        few |= (part > 0) & (part < min_group)
    return few


def numbers(column: pd.Series) -> np.ndarray:
    """Give a column of counts as floats, NaN where it is empty."""
    return pd.to_numeric(column).to_numpy(dtype=float, na_value=np.nan)


def hidden_cells(table: pd.DataFrame, columns: dict[str, str], cells: Decided) -> np.ndarray:
    """Give for each row why the cell that its columns name is hidden; None where it is told."""
    if "dimension" not in columns:
        return looked_up(table, columns, cells)
    every = {key: column for key, column in columns.items() if key != "dimension"}
    whole = table[columns["dimension"]].isna().to_numpy()
    why = np.full(len(table), None, dtype=object)
    why[~whole] = looked_up(table[~whole], columns, cells)
    why[whole] = looked_up(table[whole], every, cells)
    return why


def looked_up(table: pd.DataFrame, columns: dict[str, str], cells: Decided) -> np.ndarray:
    """Look the reason of each row's cells up by the keys it has; cells that are not there are outside the release."""
    known = cells.reasons(tuple(columns))
    asked = keys_of(table, list(columns.values()))
    others = columns.get("group") == OTHER + "group" and columns.get("by") == "by"
    nobody = table[OTHER + "group"].isna() if others else np.zeros(len(table), dtype=bool)
    absent = np.where(nobody, None, OUTSIDE)
    return np.array([known.get(key, instead) for key, instead in zip(asked, absent, strict=True)], dtype=object)


def keys_of(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple]:
    """Give the values of some columns row by row, None where they are empty."""
    if not columns:
        return [()] * len(table)
    return list(zip(*(plain(table[column]) for column in columns), strict=True))


def plain(column: pd.Series) -> np.ndarray:
    """Give a column as objects, None where it is empty."""
    values = column.to_numpy(dtype=object, copy=True)
    values[column.isna().to_numpy()] = None
    return values


def silenced(table: pd.DataFrame, why: np.ndarray, keys: Sequence[str]) -> pd.DataFrame:
    """Empty the rows that have a reason to be hidden, down to their keys.

    Counts become whole numbers that may be empty, words objects with None.
    """
    out = pd.notna(why)
    reason = pd.Series(np.where(out, why, plain(table["reason"])), index=table.index, dtype=object)
    told = table.assign(suppressed=out, reason=reason)
    return told.assign(
        **{name: without(told[name], out & (name not in (*keys, "suppressed", "reason"))) for name in told}
    )


def without(column: pd.Series, gone: np.ndarray) -> pd.Series:
    """Empty some places of a column."""
    if pd.api.types.is_bool_dtype(column):
        return column.astype("boolean").mask(gone) if gone.any() else column
    if pd.api.types.is_integer_dtype(column):
        return column.astype("Int64").mask(gone)
    if pd.api.types.is_float_dtype(column):
        return column.mask(gone)
    return pd.Series(np.where(gone, None, plain(column)), index=column.index, dtype=object)
