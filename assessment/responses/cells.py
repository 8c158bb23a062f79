"""A file becomes a table of cells, or a fault that says what it is and how to save it rightly.

Only files that can be read in one way are accepted: a wrong guess of encoding or separator would spoil answers
silently.
"""

import csv
import io
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from assessment.documents.safe_csv import meant
from assessment.faults import Fault, Faults
from assessment.responses.weighing import LARGE, look_through

Source = str | PathLike | BinaryIO
"""A path, or an open binary file that has a ``name`` (an upload)."""

FOREIGN = {
    b"PK\x03\x04": "file_is_workbook",
    b"\xd0\xcf\x11\xe0": "file_is_workbook",
    b"\xff\xfe": "encoding_utf16",
    b"\xfe\xff": "encoding_utf16",
    b"$FL2": "file_is_foreign",
    b"$FL3": "file_is_foreign",
    b"<": "file_is_foreign",
    b"{": "file_is_foreign",
    b"sep=": "separator_line",
    b"%PDF": "file_is_foreign",
    b"\x1f\x8b": "file_is_foreign",
}
"""The first bytes of files people take for a CSV, and what is said of each."""

SEPARATORS = b",;\t"
BOM = b"\xef\xbb\xbf"
PARQUET = b"PAR1"

QUOTED = re.compile(rb'"(?:[^"]|"")*"')
BLOCK = 2**22
"""Bytes that are taken apart at a time: as many as a processor keeps at hand."""

MOST_ODD = 50_000
"""Rows that are blank or of another width: with more of them a file is no table."""

SHOWN = 20
"""Of them told one by one."""

LONGEST_HEADINGS = 1_000_000
"""Bytes in which the end of the headings is looked for."""


Laid = TypeVar("Laid")


@dataclass(frozen=True)
class Cells:
    """A file as it stands: one row is one line of the sheet, its index the row's number there (headings are row 1).

    `faults` are those of rows that could not be laid out in columns; such rows are not in `table`.
    """

    file: str
    table: pd.DataFrame
    faults: tuple[Fault, ...] = ()


def read_cells(source: Source) -> Cells:
    """Read a CSV (UTF-8 with or without BOM; comma, semicolon or tab) or a Parquet file.

    Parameters
    ----------
    source
        A path or an open binary file.

    Returns
    -------
    Cells
        CSV cells are texts without surrounding blanks, and without the apostrophe that keeps a spreadsheet from
        running them (`assessment.documents.safe_csv`); Parquet columns keep their types.

    Raises
    ------
    Faults
        When the file is missing, empty, in another encoding or format, or its headings are doubtful.
    """
    content, file = content_of(source)
    if not content.removeprefix(BOM).strip():
        raise Faults([Fault("file_empty", {"file": file})])
    cells = parquet_cells(content, file) if content.startswith(PARQUET) else csv_cells(content, file)
    if cells.table.empty and not cells.faults:
        raise Faults([Fault("rows_missing", {"file": file})])
    return cells


def content_of(source: Source) -> tuple[bytes, str]:
    """Give the bytes and the name of a file."""
    if hasattr(source, "read"):
        return source.read(), Path(str(getattr(source, "name", "upload"))).name
    path = Path(source)
    try:
        return content_at(path), path.name
    except FileNotFoundError as error:
        raise Faults([Fault("file_missing", {"file": str(path)})]) from error
    except OSError as error:
        code = "file_is_folder" if os.path.isdir(path) else "file_unreadable"  # Path.is_dir raises on names too long
        raise Faults([Fault(code, {"file": str(path)}, {"reason": error.strerror})]) from error


def content_at(path: Path) -> bytes:
    """Read a file; of what is no table only the beginning, and a large table is looked through first."""
    with open(path, "rb") as file:
        start = file.read(BLOCK)
        if start.removeprefix(BOM).startswith(tuple(FOREIGN)):
            return start
        file.seek(0)
        if os.fstat(file.fileno()).st_size > LARGE and not start.startswith(PARQUET):
            look_through(file, path.name)
            file.seek(0)
        return file.read()


def parquet_cells(content: bytes, file: str) -> Cells:
    """Read a Parquet file; its columns may be whole numbers, texts, or numbers with holes."""
    try:
        table = pyarrow.parquet.ParquetFile(pa.BufferReader(content)).read()
        check_plain(table, file)
        frame = table.to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error
    frame.columns = [heading.strip() for heading in table.column_names]
    check_headings(list(frame.columns), file)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return Cells(file, frame[frame.notna().any(axis=1)])


def check_plain(table: pa.Table, file: str) -> None:
    """Refuse columns whose cells are no single text or number."""
    types = pa.types
    faults = [
        Fault("column_not_plain", {"file": file, "column": column.name}, {"type": str(column.type)})
        for column in table.schema
        if types.is_nested(column.type) or types.is_binary(column.type) or types.is_large_binary(column.type)
    ]
    if faults:
        raise Faults(faults)


def csv_cells(content: bytes, file: str) -> Cells:
    """Read a CSV whose form can be told for sure."""
    check_encoding(content, file)
    text = content.removeprefix(BOM)
    separator = separator_of(text)
    headings = headings_of(text, separator, file)
    check_quotes(text, separator, file)
    table, rows, faults = laid_out(text, separator, len(headings), file)
    kept = own_headings(headings, table)
    names = [headings[number] for number in kept]
    check_headings(names, file, kept)
    frame = table.select(kept).rename_columns(names).to_pandas()
    frame.index = pd.Index(rows)
    frame = frame.iloc[1:].apply(lambda column: column.str.strip())
    if b"'" in text:
        frame = frame.apply(all_meant)
    return Cells(file, frame[(frame != "").any(axis=1)], tuple(faults))


def check_encoding(content: bytes, file: str) -> None:
    """Refuse what is no UTF-8 text, naming what it seems to be and the first place that tells."""
    for start, code in FOREIGN.items():
        if content.removeprefix(BOM).startswith(start):
            raise Faults([Fault(code, {"file": file})])
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        word = content[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace")
        place = {"file": file, "row": row}
        raise Faults([Fault("encoding_not_utf8", place, {"text": " ".join(word.split())})]) from error
    if b"\0" in content[:4096]:
        raise Faults([Fault("file_is_foreign", {"file": file})])


def separator_of(text: bytes) -> str:
    """Find the separator of the headings: the most frequent of the three outside quotes."""
    unquoted = QUOTED.sub(b"", text[:LONGEST_HEADINGS])
    first = re.split(rb"[\r\n]", unquoted, maxsplit=1)[0]
    return chr(max(SEPARATORS, key=first.count))


def headings_of(text: bytes, separator: str, file: str) -> list[str]:
    """Read the first row, which must hold the headings."""
    try:
        headings = next(csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator))
    except csv.Error as error:  # a quotation mark opened there is never closed
        raise Faults([Fault("quote_open", {"file": file, "row": 1})]) from error
    if not any(heading.strip() for heading in headings):
        raise Faults([Fault("headings_missing", {"file": file, "row": 1})])
    return [meant(heading.strip()) for heading in headings]


def all_meant(column: pd.Series) -> pd.Series:
    """Take the apostrophes away that keep texts from running, from each distinct text once."""
    told = {text: meant(text) for text in column.unique() if "'" in text}
    changed = {text: one for text, one in told.items() if one != text}
    return column.map(lambda text: changed.get(text, text)).astype(column.dtype) if changed else column


def check_quotes(text: bytes, separator: str, file: str) -> None:
    """Refuse a quotation mark that is never closed: all rows below it would become one cell."""
    if text.count(b'"') % 2 == 0:
        return
    rows = csv.reader(io.StringIO(text.decode(), newline=""), delimiter=separator, strict=True)
    row = 1
    try:
        while next(rows, None) is not None:
            row += 1
    except csv.Error as error:
        raise Faults([Fault("quote_open", {"file": file, "row": row})]) from error


def laid_out(
    text: bytes,
    separator: str,
    width: int,
    file: str,
    gather: Callable[[pyarrow.csv.CSVStreamingReader], Laid] = pyarrow.csv.CSVStreamingReader.read_all,
    convert: pyarrow.csv.ConvertOptions | None = None,
) -> tuple[Laid, np.ndarray, list[Fault]]:
    """Lay cells out in columns, with each row's number; rows of another width are faults, or blank lines, kept out.

    `convert` says how a cell is held, its column named by its place from 0 (None = as a text, nothing as ``""``);
    `gather` puts the blocks of rows together (by itself: as a table) and has a length.
    """
    if text.count(b"\n\n") > MOST_ODD:
        raise Faults([Fault("rows_too_odd", {"file": file}, {"count": MOST_ODD, "most": MOST_ODD})])
    blank: list[int] = []
    faults: list[Fault] = []

    def odd_row(row: pyarrow.csv.InvalidRow) -> str:
        if row.text.replace(separator, "").replace('"', "").strip():
            place = {"file": file, "row": row.number}
            faults.append(Fault("row_width", place, {"count": row.actual_columns, "expected": width}))
        else:
            blank.append(row.number)
        return "skip" if len(blank) + len(faults) <= MOST_ODD else "error"

    names = [str(number) for number in range(width)]
    parse = pyarrow.csv.ParseOptions(
        delimiter=separator, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=odd_row
    )
    convert = convert or pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    for block in (BLOCK, len(text) + 1):
        blank.clear()
        faults.clear()
        read = pyarrow.csv.ReadOptions(use_threads=False, column_names=names, block_size=block)
        try:
            with pyarrow.csv.open_csv(pa.BufferReader(text), read, parse, convert) as reader:
                table = gather(reader)
            break
        except pa.ArrowInvalid:  # a row that stands across two blocks is refused: all is one block then
            if len(blank) + len(faults) > MOST_ODD:
                told = {"count": len(blank) + len(faults), "most": MOST_ODD}
                raise Faults([Fault("rows_too_odd", {"file": file}, told), *faults[:SHOWN]]) from None
            if block > len(text):
                raise
    skipped = [*blank, *(fault.place["row"] for fault in faults)]
    return table, numbered(len(table), skipped), faults


def numbered(kept: int, skipped: Sequence[int]) -> np.ndarray:
    """Give each kept row its number in the sheet.

    Examples
    --------
    >>> numbered(3, [2]).tolist()
    [1, 3, 4]
    """
    return np.delete(np.arange(1, kept + len(skipped) + 1), np.array(skipped, dtype=int) - 1)


def own_headings(headings: list[str], table: pa.Table) -> list[int]:
    """Number the columns, leaving out those with neither heading nor content: spreadsheets add some at the edge."""
    return [
        number
        for number, heading in enumerate(headings)
        if heading or any(str(cell).strip() for cell in table.column(number).unique().to_pylist())
    ]


def check_headings(headings: list[str], file: str, numbers: Sequence[int] | None = None) -> None:
    """Refuse headings that are empty or stand twice: two columns of one name cannot be told apart.

    `numbers` are the columns' places in the sheet, from 0, when some were left out.
    """
    faults, seen = [], set()
    for number, heading in zip(numbers or range(len(headings)), headings, strict=True):
        if not heading:
            faults.append(Fault("heading_empty", {"file": file, "row": 1}, {"number": number + 1}))
        elif heading in seen:
            faults.append(Fault("heading_duplicate", {"file": file, "row": 1, "column": heading}))
        seen.add(heading)
    if faults:
        raise Faults(faults)
