"""Workbooks (XLSX) in which a text is a text: never a formula, a number or an address."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from assessment.documents.safe_csv import harmless, meant, runs

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PREFIX = {"quote_prefix": True}
"""What a spreadsheet keeps of an apostrophe typed before a text: it stays a text when somebody edits the cell."""


def book_of(sheets: Iterable[tuple[str, Sequence[Sequence[Any]]]]) -> bytes:
    """Write a workbook; its first row stays in sight.

    Parameters
    ----------
    sheets
        Each sheet's name and rows: texts, numbers, truths; nothing for None and empty texts.

    Examples
    --------
    >>> from assessment.documents.workbooks import BookLimits, book_rows
    >>> content = book_of([("a", [["=1+1", -5, True]])])
    >>> book_rows(content, "a.xlsx", BookLimits(10**6, 100, 100, "sheet_too_large"))
    [('a', [['=1+1', -5.0, True]])]
    """
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, OPTIONS) as book:
        prefix = book.add_format(PREFIX)
        for name, rows in sheets:
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    write_cell(page, number, column, cell, prefix)
    return content.getvalue()


def write_cell(page: Any, row: int, column: int, cell: Any, prefix: Any) -> None:
    """Write a cell by the type of its value; nothing for nothing."""
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        page.write_number(row, column, cell)
    elif cell:
        page.write_string(row, column, as_read(cell), prefix if runs(cell) else None)


def as_read(text: str) -> str:
    """Write a text so that reading it gives it back: apostrophes of its own that `meant` would take get a second one.

    Examples
    --------
    >>> as_read("=1+1"), as_read("'=1+1")
    ('=1+1', "''=1+1")
    """
    return harmless(text) if meant(text) != text else text
