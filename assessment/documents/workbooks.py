"""Workbooks (XLSX, ODS) and other packed folders, weighed before they are opened.

A workbook is a packed folder: a small one may unpack to anything, name a cell at the far corner of an empty sheet, or
repeat one long text a million times. Nothing is ever written to the disk, and a name that leads out of the folder is
refused all the same.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import python_calamine

from assessment.documents.safe_csv import meant
from assessment.faults import Fault, Faults

BOOK = b"PK\x03\x04"
MOST_PARTS = 1000
"""Files in a packed folder."""

XML = (".xml", ".rels")
PLACE = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
SHARED = re.compile(rb"<c\b[^>]*?\bt=\"s\"")
REPEATED = re.compile(rb"<table:(table-row|table-cell)\b([^>]*)>")
TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
OUTSIDE = re.compile(r"(^|[\\/])\.\.([\\/]|$)|^[\\/]|^[A-Za-z]:")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError)


@dataclass(frozen=True)
class BookLimits:
    """How much a workbook may hold: bytes once unpacked, cells of a sheet, and the code told of one with more cells."""

    unpacked: int
    cells: int
    text: int
    code: str


def book_rows(content: bytes, file: str, limits: BookLimits) -> list[tuple[str, list[list[Any]]]]:
    """Give each sheet's name and rows from its first cell on, once it is sure that they fit into the memory.

    Raises
    ------
    Faults
        ``file_unpacks_too_large``, ``archive_path_unsafe``, ``xml_unsafe``, the limits' own code, ``file_unreadable``.
    """
    weigh(content, file, limits)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [(name, rows_of(book, name)) for name in book.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def rows_of(book: python_calamine.CalamineWorkbook, name: str) -> list[list[Any]]:
    """Give a sheet's rows; dates and hours as their text."""
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return [[told(cell) for cell in row] for row in rows]


def told(cell: Any) -> Any:
    """Give a cell: a text without the apostrophes that keep a spreadsheet from running it."""
    if isinstance(cell, str):
        return meant(cell)
    return cell if isinstance(cell, int | float) else str(cell)


def weigh(content: bytes, file: str, limits: BookLimits) -> None:
    """Refuse a workbook that unpacks to more than its limits."""
    parts = unpacked(content, file, limits.unpacked)
    if any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for name, text in parts.items() if name.endswith(XML)):
        raise Faults([Fault("xml_unsafe", {"file": file}, {})])
    weigh_cells(parts, file, limits)
    weigh_repeats(parts.get("content.xml", b""), file, limits)


def unpacked(content: bytes, file: str, most: int) -> dict[str, bytes]:
    """Unpack the parts of a packed folder (zipfile reads no more than they say)."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            check_parts(folder.infolist(), file, most)
            return {part.filename: folder.read(part) for part in folder.infolist()}
    except Faults:
        raise
    except BROKEN as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def check_parts(parts: list[zipfile.ZipInfo], file: str, most: int) -> None:
    """Refuse a packed folder that is too large, or whose names lead out of it."""
    if sum(part.file_size for part in parts) > most or len(parts) > MOST_PARTS:
        raise Faults([Fault("file_unpacks_too_large", {"file": file}, {"most": most // 1_000_000})])
    outside = [part.filename for part in parts if OUTSIDE.search(part.filename)]
    if outside:
        raise Faults([Fault("archive_path_unsafe", {"file": file}, {"value": outside[0][:60]})])


def weigh_cells(texts: dict[str, bytes], file: str, limits: BookLimits) -> None:
    """Refuse sheets with cells too far away, or long texts that many cells share."""
    shared = next((text for name, text in texts.items() if name.lower().endswith("sharedstrings.xml")), b"")
    longest = max((len(one) for one in shared.split(b"</si>")), default=0)
    for name, text in texts.items():
        if "worksheets/" not in name.lower():
            continue
        rows, columns = 1, 1
        for column, row in PLACE.findall(text):
            rows, columns = max(rows, int(row)), max(columns, column_number(column))
        many = len(SHARED.findall(text)) * longest > 10 * limits.unpacked + limits.text
        if rows * columns > limits.cells or many:
            raise Faults([Fault(limits.code, {"file": file}, {"count": rows * columns, "most": limits.cells})])


def weigh_repeats(content: bytes, file: str, limits: BookLimits) -> None:
    """Refuse an OpenDocument sheet that says a filled cell again and again, in few letters."""
    count = sum(repeated_cells(content))
    if count > limits.cells:
        raise Faults([Fault(limits.code, {"file": file}, {"count": count, "most": limits.cells})])


def repeated_cells(content: bytes) -> Iterator[int]:
    """Yield how many cells each filled cell of an OpenDocument sheet stands for.

    Examples
    --------
    >>> row = b'<table:table-row table:number-rows-repeated="5">'
    >>> list(repeated_cells(row + b'<table:table-cell table:number-columns-repeated="7" office:value="1"/>'))
    [35]
    """
    rows = 1
    for kind, attributes in REPEATED.findall(content):
        found = TIMES.search(attributes)
        times = int(found[1]) if found else 1
        if kind == b"table-row":
            rows = times
        elif not attributes.endswith(b"/") or b"office:value" in attributes:
            yield rows * times


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
