"""Texts side by side in a terminal: what a column is, how a table is aligned, where a line breaks."""

import unicodedata
from collections.abc import Collection, Sequence
from textwrap import wrap

GAP = "  "

NARROWEST = 12
"""Columns a name keeps, however much stands beside it."""


def columns(text: str) -> int:
    """Count the columns a text takes in a terminal: wide letters two, combining marks none.

    Examples
    --------
    >>> columns("Élu"), columns("E\u0301lu"), columns("東京")
    (3, 3, 4)
    """
    shown = [one for one in text if unicodedata.category(one) not in ("Mn", "Me", "Cf")]
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in shown)


def padded(text: str, width: int, right: bool = False) -> str:
    """Fill a text up to a width, at its right or before it."""
    space = " " * max(0, width - columns(text))
    return space + text if right else text + space


def line_of(cells: Sequence[str]) -> str:
    """Join cells into a line without spaces at its end."""
    return GAP.join(cells).rstrip()


def cut(text: str, width: int) -> str:
    """Shorten a text to a width."""
    while columns(text) > width:
        text = text[:-2].rstrip() + "…"
    return text


def filled(text: str, width: int, indent: str = "") -> str:
    """Break a text into lines, those after the first indented."""
    return "\n".join(wrap(text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))


def aligned_table(
    titles: Sequence[str], rows: Sequence[Sequence[str]], width: int, texts: Collection[int] = ()
) -> list[str]:
    """Align a table: names at the left, cut where they are too long, then numbers at the right of their columns.

    Parameters
    ----------
    titles
        Of the columns; the first column holds names.
    rows
        Cells, as many a row as there are titles.
    width
        Most columns of a line.
    texts
        Places of columns that hold words, aligned at the left.

    Examples
    --------
    >>> for line in aligned_table(["unit", "ties"], [["roads", "7"], ["schools", "12"]], 80):
    ...     print(line)
    unit     ties
    roads       7
    schools    12
    """
    widths = [max(columns(cell) for cell in cells) for cells in zip(titles, *rows, strict=True)]
    beside = sum(widths[1:]) + len(GAP) * (len(widths) - 1)
    widths[0] = min(widths[0], max(NARROWEST, width - beside))
    return [
        line_of(
            padded(cut(cell, one) if not place else cell, one, right=place > 0 and place not in texts)
            for place, (cell, one) in enumerate(zip(cells, widths, strict=True))
        )
        for cells in (titles, *rows)
    ]
