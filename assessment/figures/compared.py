"""Who differs from whom, and what changed since the last time, in words and tables."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pandas as pd

from assessment.figures.changes import describe_change, table_change
from assessment.figures.comparisons import CLEAR, clear_differences, count_comparisons, table_comparisons
from assessment.figures.passages import Passage, Tables, answered, of_everybody, passage
from assessment.figures.rows import records
from assessment.framework.model import Framework
from assessment.texts import word

KINDS = ("roles", "rest", "groups", "waves", "linked")
"""Kinds of comparisons in the order in which they are told."""


def comparison_parts(
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words and tables who differs from whom, and what changed.

    Parameters
    ----------
    tables
        Released tables of one wave by name, those there are: ``comparisons``, ``change``.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.

    Returns
    -------
    list of Passage
        Roles, units and the rest, other groups, waves, those who answered both times, how many of these changed. The
        tables list the differences that stand out; those of tension are left out, for reality and vision say them.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> comparison_parts({}, load_framework("collectivite-apprenante"), "en")
    []
    """
    parts = list(kinds_of_comparison(tables, framework, language, names or {}, min_group))
    if "change" in tables and len(rows := of_everybody(tables["change"])):
        told = answered(describe_change, table_change, rows, framework, language, min_group=min_group)
        parts.append(passage("comparisons", "change", language, *told, other_wave=rows["other_wave"].iloc[0]))
    return parts


def kinds_of_comparison(
    tables: Tables, framework: Framework, language: str, names: Mapping[str, str], min_group: int
) -> Iterator[Passage]:
    """Tell each kind of comparison, other groupings one by one."""
    every = tables.get("comparisons", pd.DataFrame(columns=["comparison", "perspective", "by"]))
    every = every[every["perspective"] != "tension"]
    for kind in KINDS:
        for by, rows in every[every["comparison"] == kind].groupby("by", sort=False, dropna=False):
            settings = {"names": names, "min_group": min_group}
            found = records(rows)
            told = " ".join(count_comparisons(found, language))
            table = table_comparisons(rows[rows["reading"].isin(CLEAR)], framework, language, **settings)
            values = {"by": named(by, language), "other_wave": rows["other_wave"].iloc[0]}
            points = clear_differences(found, framework, language, names)
            yield replace(passage("comparisons", kind, language, told, table, **values), points=tuple(points))


def named(by: object, language: str) -> str:
    """Name what the groups of a grouping are."""
    known = by in ("unit", "role")
    return word(f"comparisons.by_{by}", language) if known else str(by)
