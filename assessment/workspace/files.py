"""A workspace in a file: how SQLite opens it so that nothing acknowledged is lost and nothing foreign is run."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateIndex, CreateTable

from assessment.documents.saving import save
from assessment.faults import Fault, Faults, Finding
from assessment.workspace.about import about_rows
from assessment.workspace.machine import hold, refuse_elsewhere
from assessment.workspace.migrations import keep_old, migrate
from assessment.workspace.places import conflicts, synchronised
from assessment.workspace.recognising import (
    DIALECT,
    journals,
    recognise_header,
    recognise_pages,
    recognise_tables,
    refuse_newer,
)
from assessment.workspace.schema import ABOUT, APPLICATION, SCHEMA, VERSION
from assessment.workspace.trouble import fault_code, in_words
from assessment.workspace.workspace import PURPOSE, READ, TAKE_OVER, WRITE, Workspace, closed_on_failure

PATIENCE = 5.0
"""Seconds to wait for another process of this machine to end its transaction."""

LONGEST_VALUE = 64_000_000
"""Bytes of one value; a hostile file may claim more."""

UNTOUCHED = "ro&immutable=1"
LOOK = "rw&look"
"""Beside SQLite's own modes: as one who writes would, so that no journal stays behind, but nothing is written."""

CAREFUL = (
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA cache_size = -64000",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
)
"""As SQLite advises for files from elsewhere; what was deleted does not stay in the file; macOS writes through, too.

References
----------
SQLite, "Defense Against The Dark Arts".
"""


def create_file(path: Path) -> None:
    """Make an empty workspace, whole from its first moment: a crash leaves it or nothing.

    Raises
    ------
    Faults
        ``file_exists``; ``file_unwritable``.
    """
    save(path, new_bytes())


def new_bytes() -> bytes:
    """Give the bytes of an empty workspace."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("BEGIN")
        for table in SCHEMA.sorted_tables:
            connection.execute(str(CreateTable(table).compile(dialect=DIALECT)))
            for index in sorted(table.indexes, key=lambda one: str(one.name)):
                connection.execute(str(CreateIndex(index).compile(dialect=DIALECT)))
        into = str(ABOUT.insert().compile(dialect=DIALECT))
        connection.executemany(into, [tuple(row.values()) for row in about_rows()])
        connection.execute("COMMIT")
        return connection.serialize()


def open_file(path: Path, read_only: bool = False, take_over: bool = False) -> Workspace:
    """Open a workspace that is a file.

    Parameters
    ----------
    path
        The file.
    read_only
        Whether it is only looked at.
    take_over
        Whether somebody said that the other machine does not write any more.
    """
    path = path.resolve()  # whoever changes the folder later still has the file; journals lie where it truly is
    recognise_header(path)
    findings = where_it_lies(path)
    locked = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    if read_only or locked:
        findings += [Finding("workspace_read_only_here", {"file": path.name})] if locked else []
        return look_at(path, "ro" if locked else LOOK, tuple(findings))
    with in_words(path.name):
        version = inspect(path, path.name)
        with closing(connect(path)) as connection:
            settle(connection, synchronised(path) is not None)
    workspace = Workspace(engine_of(path, path.name), path.name, path, findings=tuple(findings))
    with closed_on_failure(workspace):
        ask_for_place(workspace, take_over)
        if version < VERSION:
            bring_up(workspace, path, version)
    return workspace


def bring_up(workspace: Workspace, path: Path, version: int) -> None:
    """Bring a workspace to this kit's version, the old one kept; see that it holds what one of this version holds."""
    with in_words(workspace.name):
        with closing(connect(path)) as connection:
            keep_old(connection, path, version)
        with workspace.writing() as connection:
            migrate(connection, version)
        inspect(path, workspace.name)


def where_it_lies(path: Path) -> list[Finding]:
    """Say what there is to know of the folder."""
    place, by = {"file": path.name}, synchronised(path)
    findings = [Finding("workspace_synchronised", place, {"value": by})] if by else []
    return findings + [Finding("workspace_in_conflict", place, {"value": name}) for name in conflicts(path)]


def look_at(path: Path, mode: str, findings: tuple[Finding, ...]) -> Workspace:
    """Open a file without writing to it.

    Notes
    -----
    Where no journal may be made beside it, SQLite may refuse to read it at all. Then a copy of our own is read, which
    goes when the workspace is closed.
    """
    try:
        with in_words(path.name):
            version = inspect(path, path.name, mode)
            with closing(connect(path, mode)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except Faults as faults:
        if faults.faults[0].code not in ("workspace_unreachable", "workspace_read_only"):
            raise
        return look_at_copy(path, findings)
    if version < VERSION:
        return look_at_copy(path, findings)
    return Workspace(engine_of(path, path.name, mode), path.name, path, True, findings)


def look_at_copy(path: Path, findings: tuple[Finding, ...]) -> Workspace:
    """Open a copy of our own of a file; what a journal or an older version need is done there."""
    scratch = TemporaryDirectory(prefix="apprenance-")
    copy = private_copy(path, Path(scratch.name))
    with in_words(path.name):
        version = inspect(copy, path.name)
    workspace = Workspace(engine_of(copy, path.name), path.name, path, True, findings, scratch)
    with closed_on_failure(workspace), in_words(path.name):
        if version < VERSION:
            with workspace.transaction(TAKE_OVER) as connection:
                migrate(connection, version)
    return workspace


def private_copy(path: Path, folder: Path) -> Path:
    """Copy a file and its journal to where only we may read."""
    for one in (path, *journals(path)):
        shutil.copyfile(one, folder / one.name)
    return folder / path.name


def inspect(path: Path, name: str, mode: str = "rw") -> int:
    """Judge a file as a database before anything is asked of it; give its version.

    Notes
    -----
    Where no journal lies beside it nobody is writing, and the file alone is read: what is refused is left as it was,
    with nothing new in its folder.
    """
    before = stamp(path)
    try:
        return inspect_as(path, name, mode if journals(path) else UNTOUCHED)
    except (Faults, sqlite3.Error):
        if stamp(path) == before:
            raise
    return inspect_as(path, name, mode)  # somebody began to write while it was read


def stamp(path: Path) -> tuple[int, int]:
    """Give what changes when a file is written."""
    told = path.stat()
    return told.st_mtime_ns, told.st_size


def inspect_as(path: Path, name: str, mode: str) -> int:
    """Judge a file that is opened in a mode."""
    try:
        with closing(connect(path, mode)) as connection:
            version = connection.execute("PRAGMA user_version").fetchall()[0][0]
            refuse_newer(version, name)
            recognise_tables(connection, name, version)
            recognise_pages(connection, path)
    except sqlite3.OperationalError as error:
        if fault_code(error) is None:  # "unsupported file format", "malformed": no error of ours, nothing was asked yet
            raise Faults([Fault("workspace_damaged", {"file": name}, {"reason": str(error)})]) from error
        raise
    return version


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open the file with every caution; it is never made by opening it."""
    address = f"{path.absolute().as_uri()}?mode={mode.removesuffix('&look')}"
    options = {"timeout": PATIENCE, "isolation_level": None, "check_same_thread": False, "uri": True}
    connection = sqlite3.connect(address, **options)
    try:
        restrain(connection)
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute(f"PRAGMA query_only = {mode == LOOK:d}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def restrain(connection: sqlite3.Connection) -> None:
    """Take from a connection what a workspace never needs."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)  # VACUUM INTO needs one
    connection.setlimit(sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 1)
    if hasattr(connection, "setconfig"):  # from Python 3.12 on
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_TRIGGER, False)
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_VIEW, False)
    for one in CAREFUL:
        connection.execute(one)


def settle(connection: sqlite3.Connection, shared: bool) -> None:
    """Choose the journal: beside the file on a disk of our own, short-lived in a folder that others copy."""
    wished = "delete" if shared else "wal"
    with suppress(sqlite3.OperationalError):  # another process has it open: it has chosen by the same rule
        connection.execute(f"PRAGMA journal_mode = {wished}")


def engine_of(path: Path, name: str, mode: str = "rw") -> Engine:
    """Make the connections of a file."""
    engine = create_engine("sqlite+pysqlite://", creator=partial(connect, path, mode), poolclass=QueuePool)
    event.listen(engine, "begin", partial(begin, name))
    return engine


def begin(name: str, connection: Connection) -> None:
    """Begin a transaction: one that writes takes the one writer's place at once, and says which machine it is."""
    purpose = connection.get_execution_options().get(PURPOSE, READ)
    connection.exec_driver_sql("BEGIN" if purpose == READ else "BEGIN IMMEDIATE")
    if purpose in (WRITE, TAKE_OVER):
        hold(connection, name, purpose == TAKE_OVER)


def ask_for_place(workspace: Workspace, take_over: bool) -> None:
    """See that no other machine writes in it; its mark goes when somebody says so."""
    if take_over:
        with in_words(workspace.name), workspace.transaction(TAKE_OVER):
            return
    with workspace.reading() as connection:
        refuse_elsewhere(connection, workspace.name)
