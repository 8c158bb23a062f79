"""A large table is looked through before it is held: a cell of a gigabyte never fills the memory."""

import re
from typing import BinaryIO

from assessment.faults import Fault, Faults

BLOCK = 2**20
LARGE = 16 * BLOCK
"""Bytes of a file that is looked through first."""

LONGEST_ROW = 32
"""Blocks without a line end."""

LONGEST_CELL = 1_000_000
"""Characters of a cell."""

MOST_COLUMNS = 10_000

ENDS, BETWEEN = (b"\n", b"\r"), (b",", b";", b"\t")


def look_through(file: BinaryIO, name: str) -> None:
    r"""Refuse a text of separated cells with a cell, a row or a heading beyond measure; one block is held at a time.

    Parameters
    ----------
    file
        An open file, at its beginning.
    name
        What it is called.

    Raises
    ------
    Faults
        ``columns_too_many``, ``cell_too_long``.

    Examples
    --------
    >>> import io
    >>> look_through(io.BytesIO(b"unit;n\nA;3\n"), "a.csv")
    >>> look_through(io.BytesIO(b"unit;n\n" + b"a" * 3_000_000), "a.csv")
    Traceback (most recent call last):
    assessment.faults.Faults: cell_too_long (file a.csv, most=1000000)
    """
    block, within = file.read(BLOCK), 0
    check_heading(block, name)
    while block:
        within = 0 if any(mark in block for mark in ENDS) else within + 1
        endless = within and len(block) == BLOCK and not any(mark in block for mark in BETWEEN)
        if endless or within > LONGEST_ROW:
            raise Faults([Fault("cell_too_long", {"file": name}, {"most": LONGEST_CELL})])
        block = file.read(BLOCK)


def check_heading(start: bytes, name: str) -> None:
    """Refuse a first row of too many cells; one with quotation marks is for whoever takes it apart."""
    first = re.split(rb"[\r\n]", start, maxsplit=1)[0]
    count = max(first.count(mark) for mark in BETWEEN) + 1
    if count > MOST_COLUMNS and b'"' not in first:
        raise Faults([Fault("columns_too_many", {"file": name}, {"count": count, "most": MOST_COLUMNS})])
