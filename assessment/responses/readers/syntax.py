"""LimeSurvey's data for SPSS: a file of bare rows (.dat), and a syntax (.sps) that says what its columns are.

References
----------
LimeSurvey, application/controllers/admin/Export.php (``dldata``, ``dlstructure``) and helpers/export_helper.php.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from assessment.faults import Fault, Faults
from assessment.responses.cells import Source
from assessment.responses.readers.grids import Grid, sheet_grid
from assessment.responses.readers.limits import MOST_JSON
from assessment.responses.readers.sources import Text, content_of

DATA, SYNTAX = ".dat", ".sps"
NAMED = re.compile(r"(?im)^RENAME VARIABLES \( (V\d+) = (\S+) \)\.")
DECLARED = re.compile(r"(?is)/VARIABLES=(.*?)\.\s")
VARIABLE = re.compile(r"(?m)^\s*(V\d+)\s")
QUOTED = r'"(?:[^"]|"")*+"'
WORDED = re.compile(rf"(?im)^VARIABLE LABELS (V\d+) ({QUOTED}(?:\+\s*{QUOTED})*)\.")
LABELLED = re.compile(rf'(?im)^VALUE LABELS\s+(V\d+)\n((?:\s(?:"[^"\n]*"|\S+) {QUOTED}\.?\n?)+)')
LABEL = re.compile(rf'(?m)^\s(?:"([^"\n]*)"|(\S+)) ({QUOTED})')
PART = re.compile(QUOTED)


def pair_in(names: Iterable[str]) -> tuple[str, str] | None:
    """Find data and syntax in a packed folder that holds one of each and nothing else."""
    names = [name for name in names if not name.endswith("/")]
    data = [name for name in names if name.lower().endswith(DATA)]
    syntax = [name for name in names if name.lower().endswith(SYNTAX)]
    return (data[0], syntax[0]) if len(data) == len(syntax) == 1 and len(names) == 2 else None


def syntax_beside(source: Source, file: str) -> bytes:
    """Read the syntax that lies beside the data, under the name LimeSurvey gave it or the data's own.

    Raises
    ------
    Faults
        ``syntax_missing``: for data that were handed over alone, too.
    """
    if not hasattr(source, "read"):
        path = Path(source)
        names = (path.name.replace("_data_file", "_syntax_file"), path.name)
        for beside in (path.with_name(name).with_suffix(SYNTAX) for name in names):
            if beside.is_file():
                return content_of(beside)[0]
    raise Faults([Fault("syntax_missing", {"file": file})])


def dat_grid(data: Text, syntax: Text, file: str) -> Grid:
    r"""Lay out the data under the names, wordings and labels of the syntax.

    Parameters
    ----------
    data, syntax
        The two texts.
    file
        What the data are called.

    Raises
    ------
    Faults
        ``export_too_large``; ``syntax_unread`` for a syntax that names no column; ``columns_differ`` for a row that has
        more or fewer cells than the syntax has columns.

    Examples
    --------
    >>> syntax = ' /VARIABLES=\n V1 F7\n V2 F1.\nVARIABLE LABELS V2 "[We learn] How far?".\n'
    >>> syntax += 'VALUE LABELS  V2\n 1 "Not at all"\n 5 "Entirely".\n'
    >>> syntax += 'RENAME VARIABLES ( V1 = id ).\nRENAME VARIABLES ( V2 = B01_pm01R ).\n'
    >>> grid = dat_grid(Text(b"'1','5'\n", "UTF-8"), Text(syntax.encode(), "UTF-8"), "a.dat")
    >>> grid.headings, grid.labels[1], grid.texts[1]
    (('id', 'B01_pm01R'), {'1': 'Not at all', '5': 'Entirely'}, 'How far? [We learn]')
    """
    if len(data.content) > MOST_JSON or len(syntax.content) > MOST_JSON:
        raise Faults([Fault("export_too_large", {"file": file}, {"most": MOST_JSON // 1_000_000})])
    said = syntax.content.decode().replace("\r\n", "\n")
    declared = DECLARED.search(said)
    order = VARIABLE.findall(declared[1]) if declared else []
    names = dict(NAMED.findall(said))
    if not order or not names:
        raise Faults([Fault("syntax_unread", {"file": file})])
    grid = sheet_grid([[names.get(one, one) for one in order], *rows_of(data, len(order), file)], file, "DAT")
    words, labels = dict(WORDED.findall(said)), {name: labels_in(text) for name, text in LABELLED.findall(said)}
    return replace(
        grid,
        encoding=data.encoding,
        separator=",",
        texts={place: worded(unquoted(words.get(one, ""))) for place, one in enumerate(order)},
        labels={place: labels[one] for place, one in enumerate(order) if one in labels},
        findings=data.findings,
    )


def rows_of(data: Text, width: int, file: str) -> list[list[str | None]]:
    """Read the rows: cells in single quotation marks, a comma between; nothing between commas is nothing."""
    rows = []
    text = io.StringIO(data.content.decode(), newline="")
    for number, row in enumerate(csv.reader(text, quotechar="'", doublequote=True), 1):
        cells = row[:-1] if len(row) == width + 1 and not row[-1] else row
        if cells and len(cells) != width:
            values = {"count": len(cells), "columns": width}
            raise Faults([Fault("columns_differ", {"file": file, "row": number}, values)])
        rows.append([cell or None for cell in cells])
    return rows


def unquoted(text: str) -> str:
    r"""Give a text that syntax writes in one or several pairs of quotation marks.

    Examples
    --------
    >>> unquoted('"We say ""yes"" "+\\n"and go on"')
    'We say "yes" and go on'
    """
    return "".join(part[1:-1].replace('""', '"') for part in PART.findall(text))


def labels_in(text: str) -> dict[str, str]:
    """Give what codes stand for."""
    return {coded or bare: unquoted(label) for coded, bare, label in LABEL.findall(text)}


def worded(label: str) -> str:
    """Write a wording as LimeSurvey's table does: the question, and its part in brackets behind.

    Examples
    --------
    >>> worded("[We learn] How far?"), worded("Your role?")
    ('How far? [We learn]', 'Your role?')
    """
    part, found, whole = label.partition("] ")
    return f"{whole} {part}]" if found and label.startswith("[") else label
