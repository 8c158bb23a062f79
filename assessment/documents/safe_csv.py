"""CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell starts with when a spreadsheet takes it for a formula."""

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?\Z")


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula.

    Notes
    -----
    A text that is a plain number (−5 for instance) runs nothing and stays as it is.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Voirie"), harmless("-5")
    ("'=1+1", 'Voirie', '-5')

    References
    ----------
    OWASP, CSV injection.
    """
    return "'" + text if text.startswith(FORMULA) and not NUMBER.match(text) else text


def cell(value: object) -> str:
    """Write a cell: nothing for what is undefined, numbers so that they read back exactly.

    Examples
    --------
    >>> [cell(value) for value in (None, float("nan"), True, -0.1, 12, "@me")]
    ['', '', 'true', '-0.1', '12', "'@me"]
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return harmless(str(value))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    r"""Write a table as CSV: UTF-8 text, comma, ``\n``, a column a row lacks is empty.

    Parameters
    ----------
    columns
        Names, in order.
    rows
        Plain values by column.

    Examples
    --------
    >>> csv_text(["group", "n"], [{"group": "=A", "n": 3}, {"n": None}])
    "group,n\n'=A,3\n,\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([cell(row.get(name)) for name in columns] for row in rows)
    return text.getvalue()
