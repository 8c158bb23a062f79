"""Sheets of cells: a CSV file is one, a workbook has several."""

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import python_calamine
import xlsxwriter

from assessment.faults import Fault, Faults
from assessment.responses.cells import separator_of
from assessment.systems.formats.contents import text_of
from assessment.systems.limits import LONGEST_TEXT, MOST_CELLS, MOST_ELEMENTS, MOST_TIES, MOST_UNPACKED

BOOK = b"PK\x03\x04"
MOST_PARTS = 1000
"""Files in a workbook's folder."""

XML = (".xml", ".rels")
PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
SHARED = re.compile(rb"<c\b[^>]*?\bt=\"s\"")


@dataclass(frozen=True)
class Sheet:
    """A name and rows of cells as they stand: texts in a CSV, also numbers and truths in a workbook.

    ``first`` is the row of the file in which the headings stand.
    """

    name: str
    rows: list[list[Any]]
    first: int = 1

    @property
    def headings(self) -> list[str]:
        """Give the texts of the first row."""
        return [str(cell) for cell in self.rows[0]] if self.rows else []


def csv_sheet(content: bytes, file: str) -> Sheet:
    """Read a CSV file: UTF-8, comma, semicolon or tab."""
    text = text_of(content, file)
    separator = separator_of(text.encode("utf-8", "surrogatepass"))
    rows, number = [], 0
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(cells, 1):
            if len(row) > MOST_CELLS // 100:
                raise Faults([Fault("map_too_large", {"file": file, "row": number}, limits(len(row)))])
            rows.append(row)
            if number > MOST_ELEMENTS + MOST_TIES:
                raise Faults([Fault("map_too_large", {"file": file}, {"count": number, "most": MOST_TIES})])
    except csv.Error as error:
        raise Faults([Fault("quote_open", {"file": file, "row": number + 1})]) from error
    return below_title("", rows)


def below_title(name: str, rows: list[list[Any]]) -> Sheet:
    """Leave out a title above the headings: rows with nothing, or with a text in their first cell only.

    A sheet where no row has more than that is left as it is.

    Examples
    --------
    >>> below_title("", [["Notre carte", ""], ["de", "vers"], ["a", "b"]])
    Sheet(name='', rows=[['de', 'vers'], ['a', 'b']], first=2)
    """
    above = next((place for place, row in enumerate(rows) if any(cell not in ("", None) for cell in row[1:])), 0)
    return Sheet(name, rows[above:], above + 1)


def limits(count: int) -> dict[str, int]:
    """Say how many cells a row has, and may have."""
    return {"count": count, "most": MOST_CELLS // 100}


def csv_of(rows: list[list[str]]) -> bytes:
    """Write rows of texts as a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def book_sheets(content: bytes, file: str) -> list[Sheet]:
    """Read a workbook's sheets, once it is sure that they fit into the memory.

    A workbook is a packed folder: a small one may unpack to anything, name a cell at the far corner of an empty sheet,
    or repeat one long text a million times. What it unpacks to is weighed before it is opened.
    """
    weigh(content, file)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [below_title(name, rows_of(book, name)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def rows_of(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    """Give a sheet's rows from its first cell on; dates and hours as their text."""
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[cell if isinstance(cell, str | int | float) else str(cell) for cell in row] for row in rows]


def weigh(content: bytes, file: str) -> None:
    """Refuse a workbook that unpacks to more than a map can be."""
    try:
        parts = unzipped(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error
    if parts is None:
        raise Faults([Fault("file_unpacks_too_large", {"file": file}, {"most": MOST_UNPACKED // 1_000_000})])
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for name, text in parts.items() if name.endswith(XML)):
        raise Faults([Fault("xml_unsafe", {"file": file}, {})])
    weigh_cells(parts, file)


def unzipped(content: bytes) -> dict[str, bytes] | None:
    """Unpack the parts of a workbook; None when they are too large (zipfile reads no more than they say)."""
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        parts = folder.infolist()
        if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > MOST_PARTS:
            return None
        return {part.filename: folder.read(part) for part in parts}


def weigh_cells(texts: dict[str, bytes], file: str) -> None:
    """Refuse sheets with cells too far away, or long texts that many cells share."""
    shared = next((text for name, text in texts.items() if name.lower().endswith("sharedstrings.xml")), b"")
    longest = max((len(one) for one in shared.split(b"</si>")), default=0)
    for name, text in texts.items():
        if "worksheets/" not in name.lower():
            continue
        rows, columns = 1, 1
        for column, row in PLACE.findall(text):
            rows, columns = max(rows, int(row)), max(columns, column_number(column))
        if rows * columns > MOST_CELLS or len(SHARED.findall(text)) * longest > 10 * MOST_UNPACKED + LONGEST_TEXT:
            raise Faults([Fault("map_too_large", {"file": file}, {"count": rows * columns, "most": MOST_CELLS})])


def column_number(letters: bytes) -> int:
    """Count a column named by letters: A is 1, AA is 27.

    Examples
    --------
    >>> column_number(b"A"), column_number(b"AA")
    (1, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def book_of(sheets: list[Sheet]) -> bytes:
    """Write a workbook; a text is never taken for a formula, a number or an address."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            for number, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    write_cell(page, number, column, cell)
    return content.getvalue()


def write_cell(page: Any, row: int, column: int, cell: Any) -> None:
    """Write a cell by the type of its value; nothing for nothing."""
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell:
        page.write_string(row, column, cell)
