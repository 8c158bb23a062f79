"""SPSS files (.sav, .zsav): numbers with what they stand for, read by pyreadstat.

What SPSS calls a missing value has a number and often a label: "not concerned" is told apart from a refusal by it.
"""

import io
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyreadstat

from assessment.faults import Fault, Faults
from assessment.responses.readers.grids import Grid, cell_text
from assessment.responses.weighing import MOST_COLUMNS

MARKS = (b"$FL2", b"$FL3")
MOST_NUMBERS = 60_000_000
"""Cells of a file: each is a number of eight bytes, however well it was packed."""


def sav_grid(content: bytes, file: str) -> Grid:
    """Lay out an SPSS file: its variables' names as headings, their labels and what values stand for beside.

    Raises
    ------
    Faults
        ``columns_too_many``, ``sheet_too_large``, ``file_unreadable``.
    """
    table, about = table_of(content, file)
    names = dict(enumerate(about.column_names))
    frame = pd.DataFrame({place: category(table[name]) for place, name in names.items()})
    frame = frame.set_axis(pd.RangeIndex(2, len(table) + 2), axis=0)
    texts = {place: about.column_names_to_labels.get(name) or "" for place, name in names.items()}
    labels = {place: labels_of(about.variable_value_labels.get(name, {})) for place, name in names.items()}
    missing = {place: missing_in(frame[place], about.missing_ranges.get(name, ())) for place, name in names.items()}
    return Grid(file, "SAV", (tuple(names.values()),), frame, about.file_encoding or "", "", texts, labels, missing)


def table_of(content: bytes, file: str) -> tuple[pd.DataFrame, Any]:
    """Read a file whose size, which it says of itself, is asked first, and not trusted."""
    _, about = read(content, file, metadataonly=True)
    width = len(about.column_names)
    if width > MOST_COLUMNS:
        raise Faults([Fault("columns_too_many", {"file": file}, {"count": width, "most": MOST_COLUMNS})])
    if not width:
        raise Faults([Fault("headings_missing", {"file": file, "row": 1})])
    most, rows = MOST_NUMBERS // width, about.number_rows or 0
    if rows <= most:
        table, about = read(content, file, row_limit=most + 1, user_missing=True)
        rows = len(table)
    if rows > most:
        raise Faults([Fault("sheet_too_large", {"file": file}, {"count": rows * width, "most": MOST_NUMBERS})])
    return table, about


def read(content: bytes, file: str, **options: Any) -> tuple[pd.DataFrame, Any]:
    """Read a file, or only what it says of itself."""
    try:
        return pyreadstat.read_sav(io.BytesIO(content), disable_datetime_conversion=True, **options)
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OSError, MemoryError) as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def category(column: pd.Series) -> pd.Series:
    """Hold each value of a column once, as a text."""
    codes, values = pd.factorize(column)
    texts = [cell_text(value) or "" for value in values.tolist()]
    distinct = list(dict.fromkeys(texts))
    places = [distinct.index(text) for text in texts]
    numbers = [places[code] if code >= 0 else -1 for code in codes]
    return pd.Series(pd.Categorical.from_codes(numbers, distinct))


def labels_of(labels: Mapping[Any, str]) -> dict[str, str]:
    """Give what values stand for, values as texts."""
    return {cell_text(value) or "": label for value, label in labels.items()}


def missing_in(column: pd.Series, ranges: Any) -> frozenset[str]:
    """Name the values of a column that its file calls missing."""
    found = set()
    for one in column.cat.categories:
        for span in ranges:
            low, high = span["lo"], span["hi"]
            try:
                inside = low <= (one if isinstance(low, str) else float(one)) <= high
            except ValueError:
                continue
            found |= {one} if inside else set()
    return frozenset(found)
