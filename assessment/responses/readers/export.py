"""The neutral form in the middle: an export of any survey tool, before it meets an instrument."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from assessment.faults import Fault, Faults, Finding
from assessment.responses.readers.grids import Grid
from assessment.responses.readers.personal import known_heading
from assessment.responses.readers.wordings import normalised

QUESTION, RESPONDENT, TECHNICAL, PERSONAL = "question", "respondent", "technical", "personal"
"""What a column is: something asked, the tool's number of a response, the tool's own business, who somebody is."""

LANGUAGES = ("startlanguage", "start language", "langue de départ", "langue initiale", "userlanguage", "locale")
MOST_LANGUAGES = 5

INCOMPLETE, TEST = "response_incomplete", "response_test"
"""Why a whole response is left out: it was never sent, or nobody meant it."""


@dataclass(frozen=True)
class Column:
    """One column of an export.

    Parameters
    ----------
    place
        In the sheet, from 0.
    name
        How it is called in reports and mappings: its heading, with ``#2`` when it is the second of that name.
    code, text
        The tool's code of the question, and its wording, as far as the file says them.
    kind
        One of the four.
    why
        Why it is personal.
    labels
        What its codes stand for, where the file says so.
    missing
        Those of its codes that the file calls missing.
    """

    place: int
    name: str
    code: str
    text: str = ""
    kind: str = QUESTION
    why: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Export:
    """An export that was read.

    Parameters
    ----------
    tool
        Who wrote it.
    grid
        How it lay there.
    header_rows
        Rows above the answers.
    columns
        All of them, in order.
    cells
        One row is one response, its index the row's number in the sheet; a column is named by its place.
    left_out
        By row: why a response is left out as a whole; only those that are.
    language
        In which people answered, where the file says so.
    joined
        What may stand between several answers in one cell.
    """

    tool: str
    grid: Grid
    header_rows: int
    columns: tuple[Column, ...]
    cells: pd.DataFrame
    left_out: Mapping[int, str] = field(default_factory=dict)
    language: str = ""
    findings: tuple[Finding, ...] = ()
    joined: tuple[str, ...] = (";", ",", "\n", "|", "+")

    def column(self, *names: str) -> Column | None:
        """Give the first column of one of these codes or headings."""
        return next((one for one in self.columns if one.code in names or one.name in names), None)


def named(headings: Sequence[str]) -> list[str]:
    """Name columns so that each can be told from the others.

    Examples
    --------
    >>> named(["Service", "", "Service"])
    ['Service', '#2', 'Service #2']
    """
    seen: dict[str, int] = {}
    names = []
    for place, heading in enumerate(headings):
        seen[heading] = seen.get(heading, 0) + 1
        again = f" #{seen[heading]}" if seen[heading] > 1 else ""
        names.append(f"{heading}{again}" if heading else f"#{place + 1}")
    return names


def make_export(
    tool: str,
    grid: Grid,
    rows: int = 1,
    codes: Sequence[str] | None = None,
    texts: Sequence[str] | None = None,
    kind_of: Callable[[str], str] = lambda code: QUESTION,
) -> Export:
    """Make the neutral form of a grid.

    Parameters
    ----------
    tool
        Who wrote it.
    grid
        Rows of cells.
    rows
        How many of them are headings.
    codes, texts
        Codes and wordings of the columns; None = the first row, and nothing.
    kind_of
        What a column is, from its code; a heading that tells of a person is so by itself.

    Raises
    ------
    Faults
        ``rows_missing``.
    """
    codes = list(codes or grid.headings)
    if not any(codes):
        raise Faults([Fault("headings_missing", {"file": grid.file, "row": rows})])
    texts = list(texts or (grid.texts.get(place, "") for place in range(len(codes))))
    cells = grid.below(rows)
    if cells.empty and not grid.faults:
        raise Faults([Fault("rows_missing", {"file": grid.file})])
    names, columns = named([code or text for code, text in zip(codes, texts, strict=True)]), []
    for place, (name, code, text) in enumerate(zip(names, codes, texts, strict=True)):
        if not (code or text) and cells[place].isna().all():
            continue
        why = known_heading(code) or known_heading(text)
        kind = kind_of(code)
        kind = PERSONAL if why and kind == QUESTION else kind
        said = grid.labels.get(place, {}), grid.missing.get(place, frozenset())
        columns.append(Column(place, name, code, text, kind, why, *said))
    return Export(tool, grid, rows, tuple(columns), cells, language=language_in(columns, cells), findings=grid.findings)


def language_in(columns: Sequence[Column], cells: pd.DataFrame) -> str:
    """Give the languages people answered in, where a column of the tool's says so."""
    found = next((one for one in columns if normalised(one.code) in LANGUAGES), None)
    if found is None:
        return ""
    said = [str(one).strip().lower() for one in cells[found.place].cat.categories]
    return ", ".join(sorted({one for one in said if one})[:MOST_LANGUAGES])


def without(export: Export, column: Column | None, wrong: Callable[[str], bool], why: str) -> Export:
    """Note the responses whose cell in a column says that they are to be left out."""
    if column is None:
        return export
    cells = export.cells[column.place]
    bad = {one for one in cells.cat.categories if wrong(str(one).strip())}
    rows = cells.index[cells.isin(bad) | (cells.isna() if wrong("") else False)]
    return replace(export, left_out={**dict.fromkeys(map(int, rows), why), **export.left_out})
