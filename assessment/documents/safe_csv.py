"""CSV that a spreadsheet opens without running anything in it, and the way back.

A spreadsheet takes a cell that begins with a sign for a formula, and a formula can start a program or send what stands
beside it to an address. So an apostrophe stands before such a text, and `meant` takes it away: a text that is written
and read again is the same text, whatever it is.

A cell may also begin where nobody wrote one: French Excel cuts a file of commas at semicolons, and at line ends in what
English Excel reads as one cell. There, too, an apostrophe stands before a sign.

References
----------
OWASP, CSV Injection (https://owasp.org/www-community/attacks/CSV_Injection).
"""

import re
from collections.abc import Iterable, Mapping, Sequence

CUTS = r";\t\r\n"
"""Where a spreadsheet set up for another country may begin a cell within a text."""

SIGNS = r"=+\-@＝＋－＠﹦﹢﹣﹫"
"""What a formula begins with; the wide ones do in East Asian settings."""

UNSEEN = (
    r"[\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\"\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    r"\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]*"
)
"""Blanks, what no eye sees, and quotation marks: a spreadsheet may take them away before it looks for a sign."""

RISKY = re.compile(rf"[{SIGNS}\t\r\n]")
START = re.compile(rf"'*{UNSEEN}(?:[{SIGNS}]|[\t\r\n])")
INSIDE = re.compile(rf"(?<=[{CUTS}])(?='*{UNSEEN}[{SIGNS}])")
MARKED = re.compile(rf"(?<=[{CUTS}])'(?='*{UNSEEN}[{SIGNS}])")
PLAIN = re.compile(r"'*[+-]?((\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?)?")
"""A number, or a sign alone."""

QUOTES = '""'
"""A row of one empty cell; nothing at all would be no row."""

SPECIAL = re.compile(r'[,;"\r\n\t]')


def runs(text: str) -> bool:
    """Say whether a spreadsheet may run a text as a formula, apostrophes before it or not.

    Examples
    --------
    >>> [runs(text) for text in ("=1+1", " @me", "-5", "-5+x", "-", "Voirie")]
    [True, True, False, True, False, False]
    """
    return bool(START.match(text)) and not PLAIN.fullmatch(text)


def harmless(text: str) -> str:
    r"""Put an apostrophe wherever a spreadsheet would begin a formula.

    Notes
    -----
    A text that is a plain number (−5 for instance) runs nothing and stays as it is. An apostrophe that stands before a
    sign by itself gets a second one, so that `meant` gives it back.

    Examples
    --------
    >>> harmless("=1+1"), harmless("Voirie"), harmless("-5"), harmless("oui\n=A1;+2")
    ("'=1+1", 'Voirie', '-5', "oui\n'=A1;'+2")
    """
    if not RISKY.search(text):
        return text
    told = INSIDE.sub("'", text)
    return "'" + told if runs(text) else told


def meant(text: str) -> str:
    """Take the apostrophes away that `harmless` put; any other stays.

    Examples
    --------
    >>> meant("'=1+1"), meant("'s-Hertogenbosch"), meant(harmless("'=1+1"))
    ('=1+1', "'s-Hertogenbosch", "'=1+1")
    """
    if "'" not in text:
        return text
    return MARKED.sub("", text[1:] if text[0] == "'" and runs(text) else text)


def quoted(text: str) -> str:
    """Put a text in quotation marks where a CSV needs them, whatever separator its reader takes.

    Examples
    --------
    >>> quoted("a"), quoted("a;b"), quoted('a "b" c')
    ('a', '"a;b"', '"a ""b"" c"')
    """
    return '"' + text.replace('"', '""') + '"' if SPECIAL.search(text) else text


def csv_lines(rows: Iterable[Iterable[str]], end: str = "\n") -> str:
    r"""Write rows of texts as CSV: comma, each text harmless.

    Parameters
    ----------
    rows
        Texts; numbers as texts too.
    end
        After each row.

    Examples
    --------
    >>> csv_lines([["unit", "n"], ["=A", "-3"]])
    "unit,n\n'=A,-3\n"
    """
    lines = (",".join(quoted(harmless(text)) for text in row) for row in rows)
    return "".join(f"{line or QUOTES}{end}" for line in lines)


def cell(value: object) -> str:
    """Write a cell: nothing for what is undefined, numbers so that they read back exactly.

    Examples
    --------
    >>> [cell(value) for value in (None, float("nan"), True, -0.1, 12, "@me")]
    ['', '', 'true', '-0.1', '12', '@me']
    """
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return repr(value) if isinstance(value, int | float) else str(value)


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
    return csv_lines([columns, *([cell(row.get(name)) for name in columns] for row in rows)])
