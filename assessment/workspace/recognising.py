"""Whether a file is a workspace that can be trusted: before SQLite opens it, then before anything is asked of it.

A workspace travels: by mail, on a stick, through Binder. What somebody else made is read as data only: a file with a
view, a trigger, a virtual table, a computed column or a rule of its own is refused, for these are code.
"""

import re
import sqlite3
import struct
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from assessment.faults import Fault, Faults
from assessment.workspace.schema import APPLICATION, SCHEMA, VERSION

MAGIC = b"SQLite format 3\x00"
HEADER = 100
DIALECT = sqlite.dialect()
CODE = re.compile(r"\b(CHECK|GENERATED|AS|DEFAULT|COLLATE|VIRTUAL|REFERENCES|CONFLICT|TRIGGER|SELECT)\b", re.I)
"""Words of a definition by which a table would do more than hold values; ours have none of them."""

CHECKED = 256_000_000
"""Bytes of a file that is looked through whenever it is opened: about a second. `check_workspace` has no limit."""


def recognise_header(path: Path) -> None:
    """Refuse a file that does not say it is a workspace, without opening it as a database.

    Raises
    ------
    Faults
        ``file_missing``, ``file_is_folder``, ``file_empty``, ``file_unreadable``; ``workspace_foreign``: anything else
        than a workspace; ``workspace_newer``: of a later version; ``workspace_damaged``: cut off.

    References
    ----------
    SQLite, "Database File Format", section 1.3.
    """
    header = first_bytes(path)
    place = {"file": path.name}
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Faults([Fault("workspace_foreign", place)])
    version, application = struct.unpack_from(">I4xI", header, 60)
    if application != APPLICATION or version == 0:
        raise Faults([Fault("workspace_foreign", place)])
    refuse_newer(version, path.name)
    if path.stat().st_size < told_size(header) and not journals(path):
        raise Faults([Fault("workspace_damaged", place, {"reason": "cut off"})])


def refuse_newer(version: int, name: str) -> None:
    """Refuse a workspace of a version this kit does not know yet."""
    if version > VERSION:
        raise Faults([Fault("workspace_newer", {"file": name}, {"version": version, "known": VERSION})])


def first_bytes(path: Path) -> bytes:
    """Read the header, telling why where that is not possible."""
    place = {"file": path.name}
    try:
        if path.is_dir():
            raise Faults([Fault("file_is_folder", place)])
        with path.open("rb") as file:
            header = file.read(HEADER)
    except FileNotFoundError:
        raise Faults([Fault("file_missing", place)]) from None
    except OSError as error:
        raise Faults([Fault("file_unreadable", place, {"reason": error.strerror or error})]) from error
    if not header:
        raise Faults([Fault("file_empty", place)])
    return header


def told_size(header: bytes) -> int:
    """Give the bytes a file has by its own header; 0 where the header does not say."""
    page = struct.unpack_from(">H", header, 16)[0]
    changes, pages = struct.unpack_from(">II", header, 24)
    valid = struct.unpack_from(">I", header, 92)[0]
    return (65536 if page == 1 else page) * pages if changes == valid else 0


def journals(path: Path) -> list[Path]:
    """List the files that hold what was written last, or what was there before, while somebody has it open or died."""
    beside = [path.with_name(path.name + ending) for ending in ("-wal", "-journal")]
    return [one for one in beside if one.exists()]


def recognise_tables(connection: sqlite3.Connection, name: str, version: int = VERSION) -> None:
    """Refuse a database that holds anything else than the tables of a workspace.

    Parameters
    ----------
    connection
        The file, nothing asked of it yet.
    name
        What messages call it.
    version
        The version it is of; of an older one only the kinds of things it holds are judged.

    Raises
    ------
    Faults
        ``workspace_foreign_parts``, naming what does not belong.
    """
    found = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    strange = [part for kind, part, text in found if not is_plain(kind, part, text)]
    if strange:
        raise Faults([Fault("workspace_foreign_parts", {"file": name}, {"value": str(strange[0])})])
    if version == VERSION:
        compare_tables(connection, {part for kind, part, _ in found if kind == "table"}, name)
        compare_indexes({part: text for kind, part, text in found if kind == "index" and text}, name)


def is_plain(kind: object, name: object, text: object) -> bool:
    """Say whether something is a table or an index that only holds values."""
    if kind == "index" and text is None:
        return str(name).startswith("sqlite_autoindex_")
    if kind not in ("table", "index") or not isinstance(text, str):
        return False
    return not CODE.search(text) and not str(name).startswith("sqlite_")


def compare_tables(connection: sqlite3.Connection, found: set[str], name: str) -> None:
    """Refuse tables that are missing, too many, or of other columns."""
    for one in sorted(found ^ set(SCHEMA.tables)):
        raise Faults([Fault("workspace_foreign_parts", {"file": name}, {"value": str(one)})])
    for table in SCHEMA.tables.values():
        rows = connection.execute("SELECT name, type, hidden FROM pragma_table_xinfo(?)", (table.name,)).fetchall()
        if rows != [(column.name, str(column.type.compile(DIALECT)), 0) for column in table.columns]:
            raise Faults([Fault("workspace_foreign_parts", {"file": name}, {"value": table.name})])


def compare_indexes(found: Mapping[str, str], name: str) -> None:
    """Refuse indexes that are missing, too many, or of something else."""
    ours = {str(index.name): index for table in SCHEMA.tables.values() for index in table.indexes}
    for one in sorted(found.keys() | ours.keys()):
        wished = squeezed(str(CreateIndex(ours[one]).compile(dialect=DIALECT))) if one in ours else None
        if one not in found or squeezed(found[one]) != wished:
            raise Faults([Fault("workspace_foreign_parts", {"file": name}, {"value": one})])


def squeezed(text: str) -> str:
    """Write a definition without what makes no difference: spaces, capitals, quotes around names."""
    return re.sub(r'[\s"`]', "", text).lower()


def recognise_pages(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file whose pages do not hold together."""
    if path.stat().st_size > CHECKED:
        return
    told = connection.execute("PRAGMA quick_check(1)").fetchall()
    if told != [("ok",)]:
        reason = " ".join(str(told[0][0]).split()) if told else "quick_check"
        raise Faults([Fault("workspace_damaged", {"file": path.name}, {"reason": reason})])
