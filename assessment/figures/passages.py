"""A passage of a page or report: one question, answered in words and in a table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from assessment.texts import word

Tables = Mapping[str, pd.DataFrame]
Cells = tuple[list[dict], list[list[str]]]

NAMED = 5
"""Names told in a sentence; the table has the others."""


@dataclass(frozen=True)
class Picture:
    """A chart of a passage.

    Parameters
    ----------
    spec
        Its Vega-Lite specification, with its data inside.
    alt
        What it shows, for those who do not see it.
    title
        The finding.
    note
        Whom the numbers come from, and when (`headlines.source_note`).
    """

    spec: Mapping[str, object]
    alt: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """One question, answered in words, in charts and in a table.

    Parameters
    ----------
    id
        A short name, the same in every language.
    title, told, note
        The question, the answer, and what the answer does not say.
    columns
        Headings of the table: ``label``, ``numeric``.
    rows
        Its cells, texts; none where there is nothing to list.
    points
        Facts told one by one, each a sentence; none where the answer says all.
    charts
        What is drawn of it; none where words and a table are enough.
    """

    id: str
    title: str
    told: str
    note: str
    columns: list[dict]
    rows: list[list[str]]
    points: tuple[str, ...] = ()
    charts: tuple[Picture, ...] = ()


def passage(place: str, name: str, language: str, told: str, table: Cells, **values: object) -> Passage:
    """Make a passage whose title and note stand in the words as ``title_…`` and ``note_…``."""
    title, note = word(f"{place}.title_{name}", language, **values), word(f"{place}.note_{name}", language, **values)
    return Passage(name, title, told, note, *without_empty_columns(*table))


def headed(headings: Mapping[str, bool], language: str) -> list[dict]:
    """Give the columns of a table."""
    return [{"label": word(key, language)} | ({"numeric": True} if number else {}) for key, number in headings.items()]


def listed(names: list[str]) -> str:
    """List a few names; more are counted."""
    return ", ".join([*names[:NAMED], *([f"… (+ {len(names) - NAMED})"] if len(names) > NAMED else [])])


def without_empty_columns(columns: list[dict], rows: list[list[str]]) -> Cells:
    """Leave out the columns that say nothing in any row: a column of remarks where there is none.

    Examples
    --------
    >>> without_empty_columns([{"label": "Unit"}, {"label": "Remark"}], [["A", ""], ["B", ""]])
    ([{'label': 'Unit'}], [['A'], ['B']])
    """
    told = [place for place in range(len(columns)) if not rows or any(row[place] for row in rows)]
    return [columns[place] for place in told], [[row[place] for place in told] for row in rows]


def of_everybody(table: pd.DataFrame) -> pd.DataFrame:
    """Give the organisation's rows."""
    return table[table["by"].isna()]


def answered(describe: Callable[..., str], table: Callable[..., Cells], *arguments, **settings) -> tuple[str, Cells]:
    """Give the words and the table of the same rows."""
    return describe(*arguments, **settings), table(*arguments, **settings)
