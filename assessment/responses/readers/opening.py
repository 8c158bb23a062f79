"""What an export is by its content, whatever its ending says: a text, a workbook, a tree, a packed folder."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace

from assessment.documents.workbooks import BOOK, BROKEN, BookLimits, book_rows, check_parts, read_part
from assessment.faults import Fault, Faults, Finding
from assessment.responses.cells import BOM, Source
from assessment.responses.readers.archive import is_archive, lsa_grid
from assessment.responses.readers.grids import Grid, csv_grid, sheet_grid
from assessment.responses.readers.limits import MOST_BYTES, MOST_CELLS, MOST_UNPACKED, PACKED
from assessment.responses.readers.records import json_grid
from assessment.responses.readers.sav import MARKS, sav_grid
from assessment.responses.readers.sources import content_of, text_of
from assessment.responses.readers.syntax import DATA, dat_grid, pair_in, syntax_beside
from assessment.responses.weighing import LONGEST_CELL

LIMITS = BookLimits(MOST_UNPACKED, MOST_CELLS, LONGEST_CELL, "sheet_too_large")
OLD_BOOK = b"\xd0\xcf\x11\xe0"
FOREIGN = (b"%PDF", b"\x1f\x8b", b"<", b"PAR1")
TABLES = (".csv", ".tsv", ".txt")


def open_export(source: Source) -> Grid:
    """Open an export as rows of cells.

    Parameters
    ----------
    source
        A path, or an open binary file that has a ``name``.

    Raises
    ------
    Faults
        ``file_missing``, ``file_empty``, ``export_too_large``, ``export_unknown`` and what each kind of file refuses.
    """
    content, file = content_of(source)
    if content.startswith(BOOK):
        return packed_grid(content, file)
    if file.lower().endswith(DATA):
        return dat_grid(text_of(content, file), text_of(syntax_beside(source, file), file), file)
    return plain_grid(content, file)


def plain_grid(content: bytes, file: str) -> Grid:
    """Open a file that is not packed."""
    if content.startswith(MARKS):
        return sav_grid(content, file)
    if content.startswith(OLD_BOOK):
        raise Faults([Fault("book_old", {"file": file})])
    start = content[:100].removeprefix(BOM).lstrip()
    if start.startswith(FOREIGN):
        raise Faults([Fault("export_unknown", {"file": file})])
    if start.startswith((b"{", b"[")):
        return json_grid(text_of(content, file), file)
    return csv_grid(text_of(content, file), file)


def packed_grid(content: bytes, file: str) -> Grid:
    """Open a packed folder: a workbook, an archive of LimeSurvey, or a table that came packed."""
    names = names_of(content, file)
    if is_archive(names):
        return lsa_grid(content, file)
    if "content.xml" in names or "[Content_Types].xml" in names:
        return book_grid(content, file, "ODS" if "content.xml" in names else "XLSX")
    pair = pair_in(names)
    if pair:
        data, syntax = parts_of(content, file, pair)
        return dat_grid(text_of(data, pair[0]), text_of(syntax, pair[1]), file)
    tables = sorted((name for name in names if name.lower().endswith(TABLES)), key=len)
    if not tables or any(not name.startswith(tables[0].rpartition(".")[0]) for name in tables):
        raise Faults([Fault("export_unknown", {"file": file})])
    return packed_table(content, file, tables)


def names_of(content: bytes, file: str) -> dict[str, int]:
    """Name the files of a packed folder that is not too large, with their sizes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            check_parts(folder.infolist(), file, MOST_BYTES)
            return {part.filename: part.file_size for part in folder.infolist()}
    except BROKEN as error:
        if isinstance(error, Faults):
            raise
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def packed_table(content: bytes, file: str, tables: list[str]) -> Grid:
    """Open the one table of a packed folder; those of repeated groups, whose names go on from its own, are named."""
    (inner,) = parts_of(content, file, tables[:1])
    if inner.startswith(BOOK):
        raise Faults([Fault("export_unknown", {"file": file})])
    return with_left_out(plain_grid(inner, file), tables[1:])


def parts_of(content: bytes, file: str, names: Sequence[str]) -> list[bytes]:
    """Unpack some tables of a packed folder whose sizes have been asked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder:
            return [read_table(folder, name, file) for name in names]
    except Faults:
        raise
    except BROKEN as error:
        raise Faults([Fault("file_unreadable", {"file": file}, {"reason": str(error)})]) from error


def read_table(folder: zipfile.ZipFile, name: str, file: str) -> bytes:
    """Unpack a table piece by piece; one that grows beyond belief, or has a cell that does not end, is given up."""
    part = folder.getinfo(name)
    if part.file_size > max(MOST_UNPACKED, PACKED * part.compress_size):
        raise Faults([Fault("file_unpacks_too_large", {"file": file}, {"most": MOST_UNPACKED // 1_000_000})])
    return read_part(folder, part, b",;\t\n\r", file)


def book_grid(content: bytes, file: str, kind: str) -> Grid:
    """Open a workbook: its first sheet that holds anything; the others are named."""
    sheets = [(name, rows) for name, rows in book_rows(content, file, LIMITS) if len(rows)]
    full = [(name, rows) for name, rows in sheets if any(any(cell not in ("", None) for cell in row) for row in rows)]
    if not full:
        raise Faults([Fault("file_empty", {"file": file})])
    return with_left_out(sheet_grid(full[0][1], file, kind), [name for name, _ in full[1:]])


def with_left_out(grid: Grid, names: list[str]) -> Grid:
    """Tell which sheets or tables were not read."""
    if not names:
        return grid
    told = Finding("sheets_left_out", {"file": grid.file}, {"names": ", ".join(names)[:200]})
    return replace(grid, findings=(*grid.findings, told))
