"""Sheets of cells: a CSV file is one, a workbook has several."""

import csv
import io
from dataclasses import dataclass
from typing import Any

from assessment.documents.safe_csv import csv_lines, meant
from assessment.documents.workbooks import BookLimits, book_rows
from assessment.faults import Fault, Faults
from assessment.responses.cells import separator_of
from assessment.systems.formats.contents import text_of
from assessment.systems.limits import LONGEST_TEXT, MOST_CELLS, MOST_ELEMENTS, MOST_TIES, MOST_UNPACKED

LIMITS = BookLimits(MOST_UNPACKED, MOST_CELLS, LONGEST_TEXT, "map_too_large")


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
    """Read a CSV file: UTF-8, comma, semicolon or tab; without the apostrophes that keep a text from running."""
    text = text_of(content, file)
    separator = separator_of(text.encode("utf-8", "surrogatepass"))
    rows, number = [], 0
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, row in enumerate(cells, 1):
            if len(row) > MOST_CELLS // 100:
                raise Faults([Fault("map_too_large", {"file": file, "row": number}, limits(len(row)))])
            rows.append([meant(cell) for cell in row])
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
    return csv_lines(rows, "\r\n").encode()


def book_sheets(content: bytes, file: str) -> list[Sheet]:
    """Read a workbook's sheets, once it is sure that they fit into the memory."""
    return [below_title(name, rows) for name, rows in book_rows(content, file, LIMITS)]
