"""An export as it lies there: rows of cells with their numbers, before anybody has said what tool wrote it."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import mode

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from assessment.documents.safe_csv import meant
from assessment.faults import Fault, Faults, Finding
from assessment.responses.answers import looked_up
from assessment.responses.cells import SEPARATORS, check_quotes, laid_out
from assessment.responses.readers.sources import Text, check_cells
from assessment.responses.weighing import LONGEST_CELL, MOST_COLUMNS

HEAD = 4
"""Rows kept as they are at the top: no tool writes more of them above the answers."""

FEW = 16
"""Texts of a column that are looked at one by one."""

LONGEST_HEAD = 4_000_000
QUOTED = re.compile(rb'"(?:[^"]++|"")*+"')
"""Never goes back, so that a long cell costs no memory."""

SAID = re.compile(rb"sep=(.)\r?\n")
"""A line for Excel alone, which says the separator."""


@dataclass(frozen=True)
class Grid:
    """Rows of cells.

    Parameters
    ----------
    file, kind
        Its name, and ``CSV``, ``XLSX``, ``ODS``, ``JSON``, ``SAV`` or ``LSA``.
    head
        The first rows as texts.
    cells
        One row is one row of the sheet, its index the number there, from 1; a column is categorical, named by its
        place from 0; None where a CSV has nothing between separators (``""`` in quotes is a text) or a sheet nothing.
    encoding, separator
        Of a text.
    texts, labels
        Wordings of columns, and what their codes stand for, by place, where the file itself says so.
    missing
        By place, the codes the file itself calls missing.
    faults
        Of rows that could not be laid out.
    findings
        What is worth telling.
    """

    file: str
    kind: str
    head: tuple[tuple[str, ...], ...]
    cells: pd.DataFrame
    encoding: str = ""
    separator: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[int, frozenset[str]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    findings: tuple[Finding, ...] = ()

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Give the first row."""
        return self.head[0]

    def row(self, number: int) -> tuple[str, ...]:
        """Give one of the first rows, from 1, as wide as the headings; empty where there is none."""
        row = self.head[number - 1] if number <= len(self.head) else ()
        return (*row, *("",) * (len(self.headings) - len(row)))[: len(self.headings)]

    def below(self, number: int) -> pd.DataFrame:
        """Give the cells below some rows, blank rows apart."""
        above = int(self.cells.index.searchsorted(number, side="right"))
        own = pd.DataFrame({place: without_head(column, above) for place, column in self.cells.items()}, copy=False)
        says = filled(own)
        return own if says.all() else own[says]


def codes_of(column: pd.Series) -> np.ndarray:
    """Give the place of each cell's text among the categories; −1 for nothing."""
    return column.array.codes


def counts_of(column: pd.Series) -> np.ndarray:
    """Count the rows of each text of a column, in the order of its categories; those with nothing come last."""
    codes, count = codes_of(column), len(column.cat.categories)
    if count <= FEW:
        return np.array([np.count_nonzero(codes == code) for code in (*range(count), -1)])
    return np.roll(np.bincount(codes.astype(np.intp) + 1, minlength=count + 1), -1)


def stripped(column: pd.Series) -> np.ndarray:
    """Give the texts of a column without the blanks around them, in the order of its categories."""
    categories = column.cat.categories
    if len(categories) <= FEW:
        return np.array([text.strip() for text in categories.tolist()], dtype=object)
    return categories.astype("str").str.strip().to_numpy(dtype=object)


def recoded(column: pd.Series, texts: Sequence[str], nothing: str | None = None) -> pd.Series:
    """Give a column with a text in place of each of its texts, and one in place of nothing (None = nothing)."""
    distinct = list(dict.fromkeys([*texts] if nothing is None else [nothing, *texts]))
    places = {text: place for place, text in enumerate(distinct)}
    table = np.array([*(places[text] for text in texts), places.get(nothing, -1)], dtype=np.int32)
    return pd.Series(pd.Categorical.from_codes(looked_up(table, codes_of(column)), distinct), index=column.index)


def without_head(column: pd.Series, rows: int) -> pd.Series:
    """Give the cells below some rows, and forget the texts that only those rows hold."""
    own = column.iloc[rows:]
    codes, categories = codes_of(own), column.cat.categories
    unused = [code for code in set(codes_of(column)[:rows].tolist()) - {-1} if not (codes == code).any()]
    if not unused:
        return own
    kept = np.delete(np.arange(len(categories)), unused)
    table = np.full(len(categories) + 1, -1, dtype=np.int32)
    table[kept] = np.arange(len(kept))
    return pd.Series(pd.Categorical.from_codes(looked_up(table, codes), categories[kept]), index=own.index)


def filled(cells: pd.DataFrame) -> np.ndarray:
    """Say which rows hold anything."""
    found = np.zeros(len(cells), dtype=bool)
    for place in sorted(cells.columns, key=lambda place: len(cells[place].cat.categories)):
        if found.all():
            break
        says = np.append(stripped(cells[place]) != "", False)
        found |= says[codes_of(cells[place])]
    return found


def csv_grid(text: Text, file: str) -> Grid:
    """Lay out a text of separated cells; its size is weighed before it is parsed.

    Raises
    ------
    Faults
        ``columns_too_many``, ``cell_too_long``, ``quote_open``, ``headings_missing``.
    """
    content = text.content
    said = SAID.match(content)
    separator = said[1].decode() if said else ""
    content = content[said.end() :] if said else content
    separator = separator or separator_of(content, file)
    check_cells(content, separator.encode(), file)
    head = head_of(content, separator, file)
    check_quotes(content, separator, file)
    width = max(len(head[0]), mode(map(len, head)))
    head = tuple((*row, *("",) * (width - len(row)))[:width] for row in head)
    table, rows, faults = laid_out(content, separator, width, file, Gathered, as_categories(width))
    if table.longest > LONGEST_CELL:
        raise Faults([Fault("cell_too_long", {"file": file}, {"most": LONGEST_CELL})])
    cells = table.columns(pd.Index(rows))
    if b"'" in content:
        head = tuple(tuple(map(meant, row)) for row in head)
        cells = cells.apply(all_meant)
    return Grid(file, "CSV", head, cells, text.encoding, separator, faults=tuple(faults), findings=text.findings)


def all_meant(column: pd.Series) -> pd.Series:
    """Take the apostrophes away that keep a spreadsheet from running a text (`assessment.documents.safe_csv`)."""
    texts = column.cat.categories.tolist()
    told = [meant(text) for text in texts]
    return column if told == texts else recoded(column, told)


def as_categories(width: int) -> pyarrow.csv.ConvertOptions:
    """Hold each text of a column once; nothing between separators is nothing, two quotation marks are a text."""
    kinds = {str(place): pa.dictionary(pa.int32(), pa.string()) for place in range(width)}
    return pyarrow.csv.ConvertOptions(
        column_types=kinds, strings_can_be_null=True, quoted_strings_can_be_null=False, null_values=[""]
    )


class Gathered:
    """Columns that come in block by block: each text of a column is held once, a cell as its number."""

    def __init__(self, blocks: pyarrow.csv.CSVStreamingReader):
        self.longest, self.rows = 0, 0
        self.texts: list[dict[str, int]] = [{} for _ in blocks.schema]
        self.codes: list[list[np.ndarray]] = [[] for _ in blocks.schema]
        for block in blocks:
            self.rows += len(block)
            for column, texts, codes in zip(block.columns, self.texts, self.codes, strict=True):
                codes.append(self._numbered(column, texts))

    def __len__(self) -> int:
        return self.rows

    def _numbered(self, column: pa.DictionaryArray, texts: dict[str, int]) -> np.ndarray:
        own = column.dictionary.to_pylist()
        self.longest = max(self.longest, *map(len, own)) if own else self.longest
        table = [*(texts.setdefault(text, len(texts)) for text in own), -1]
        places = column.indices.fill_null(len(own)) if column.null_count else column.indices
        return np.array(table, dtype=np.min_scalar_type(-len(texts) - 1))[places.to_numpy()]

    def columns(self, rows: pd.Index) -> pd.DataFrame:
        """Give the columns, named by their place."""
        frame = {}
        for place, texts in enumerate(self.texts):
            codes, self.codes[place] = np.concatenate([np.empty(0, dtype=np.int8), *self.codes[place]]), []
            kind = pd.Categorical.from_codes(codes, pd.Index(list(texts), dtype="str"))
            frame[place] = pd.Series(kind, rows)
        return pd.DataFrame(frame, copy=False)


def separator_of(content: bytes, file: str) -> str:
    """Find the separator of the first row: the most frequent of the three outside quotes; too many are refused."""
    start = content[:LONGEST_HEAD]
    first = re.split(rb"[\r\n]", QUOTED.sub(b"", start), maxsplit=1)[0]
    found = chr(max(SEPARATORS, key=first.count))
    count = first.count(found.encode()) + 1
    if count > MOST_COLUMNS:
        raise Faults([Fault("columns_too_many", {"file": file}, {"count": count, "most": MOST_COLUMNS})])
    if len(content) > LONGEST_HEAD and b"\n" not in start and b"\r" not in start:
        raise Faults([Fault("cell_too_long", {"file": file}, {"most": LONGEST_CELL})])
    return found


def head_of(content: bytes, separator: str, file: str) -> tuple[tuple[str, ...], ...]:
    """Read the first rows."""
    start = io.StringIO(content[:LONGEST_HEAD].decode("utf-8", "ignore"), newline="")
    rows = []
    try:
        for row in csv.reader(start, delimiter=separator):
            rows.append(tuple(cell.strip() for cell in row))
            if len(rows) == HEAD:
                break
    except csv.Error as error:
        # the one other error a lenient reader has: a cell over its own limit, as after a quotation mark never closed
        code = (
            "cell_too_long"
            if content[:LONGEST_HEAD].count(b'"') % 2 == 0 or len(content) > LONGEST_HEAD
            else "quote_open"
        )
        place = {"file": file, "row": len(rows) + 1}
        raise Faults([Fault(code, place, {"most": LONGEST_CELL})]) from error
    if not rows or not any(rows[0]):
        raise Faults([Fault("headings_missing", {"file": file, "row": 1})])
    return tuple(rows)


def sheet_grid(rows: Sequence[Sequence[object]], file: str, kind: str, findings: Sequence[Finding] = ()) -> Grid:
    """Lay out the rows of a workbook's sheet, or of records."""
    width = max((len(row) for row in rows), default=0)
    if width > MOST_COLUMNS:
        raise Faults([Fault("columns_too_many", {"file": file}, {"count": width, "most": MOST_COLUMNS})])
    told = [[cell_text(cell) for cell in row] + [None] * (width - len(row)) for row in rows]
    head = tuple(tuple(cell or "" for cell in row) for row in told[:HEAD])
    if not any(any(row) for row in head[:2]):
        raise Faults([Fault("headings_missing", {"file": file, "row": 1})])
    index = pd.RangeIndex(1, len(told) + 1)
    columns = {place: pd.Series([row[place] for row in told], index, dtype="category") for place in range(width)}
    return Grid(file, kind, head, pd.DataFrame(columns), findings=tuple(findings))


def cell_text(cell: object) -> str | None:
    """Write a cell of a sheet as a text: 5.0 as 5; None for nothing.

    Examples
    --------
    >>> [cell_text(one) for one in (5.0, "a ", True, "", None, 2.5)]
    ['5', 'a', 'true', None, None, '2.5']
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = "" if cell is None else str(cell).strip()
    return text or None
