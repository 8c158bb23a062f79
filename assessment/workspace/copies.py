"""Copies of a workspace: taken while it is in use, whole or not at all; from a file to a server and back."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, delete, select

from assessment.documents.saving import claim, flush_folder
from assessment.faults import Fault, Faults
from assessment.workspace.files import connect, create_file, open_file
from assessment.workspace.recognising import journals
from assessment.workspace.schema import OPENED, SCHEMA
from assessment.workspace.seals import insert_sealed, unsealed
from assessment.workspace.trouble import in_words
from assessment.workspace.workspace import Workspace


def save_copy(workspace: Workspace, path: str | Path, force: bool = False) -> Path:
    """Write a copy of a workspace, of one moment, while others may go on writing in it.

    Parameters
    ----------
    workspace
        An open workspace, a file or on a server; the copy is a file.
    path
        The copy's name.
    force
        Whether a file of this name may be replaced.

    Raises
    ------
    Faults
        ``file_exists`` without `force`; ``workspace_open``: somebody has the file open that would be replaced;
        ``file_unwritable``; ``workspace_full``.
    """
    path = Path(path)
    if path.exists():
        refuse_taken(path, force)
    try:
        with TemporaryDirectory(dir=path.parent, prefix=f".{path.name[:60]}-") as folder:
            made = copy_into(workspace, Path(folder))
            os.replace(made, path) if force else claim(str(made), path)
            flush_folder(path.parent)
    except FileExistsError:
        raise Faults([Fault("file_exists", {"file": path.name})]) from None
    except OSError as error:
        raise Faults([Fault("file_unwritable", {"file": path.name}, {"reason": error.strerror or error})]) from error
    return path


def refuse_taken(path: Path, force: bool) -> None:
    """Refuse to replace a file, unless it is said; never one that is open, for its journal would be taken for ours."""
    if not force:
        raise Faults([Fault("file_exists", {"file": path.name})])
    if journals(path.resolve()):
        raise Faults([Fault("workspace_open", {"file": path.name})])


def workspace_bytes(workspace: Workspace) -> bytes:
    """Give a copy of a workspace as bytes, to be downloaded."""
    with TemporaryDirectory(prefix="apprenance-") as folder:
        return copy_into(workspace, Path(folder)).read_bytes()


def receive_copy(content: bytes, path: str | Path, force: bool = False) -> Path:
    """Put an uploaded workspace in its place, once it is known to be one.

    Parameters
    ----------
    content
        The file's bytes.
    path
        Where it goes.
    force
        Whether a file of this name may be replaced.

    Raises
    ------
    Faults
        All that `open_workspace` and `save_copy` refuse.
    """
    with TemporaryDirectory(prefix="apprenance-") as folder:
        brought = Path(folder) / Path(path).name
        brought.write_bytes(content)
        with open_file(brought, read_only=True) as workspace:
            return save_copy(workspace, path, force)


def copy_into(workspace: Workspace, folder: Path) -> Path:
    """Copy a workspace into an empty folder, written through to the disk, without the marks of machines."""
    made = folder / "copy.apprenance"
    with in_words(workspace.name):
        if workspace.path is None:
            create_file(made)
            with open_file(made) as target:
                pour(workspace, target)
        else:
            vacuum(workspace, made)
        with closing(connect(made)) as connection:
            connection.execute("PRAGMA journal_mode = delete")
            connection.execute(f"DELETE FROM {OPENED.name}")
    with made.open("rb+") as file:
        os.fsync(file.fileno())
    return made


def vacuum(workspace: Workspace, made: Path) -> None:
    """Let SQLite write a copy without gaps."""
    with closing(workspace.engine.raw_connection()) as borrowed:
        connection: sqlite3.Connection = borrowed.driver_connection
        connection.execute("PRAGMA query_only = OFF")  # one who only looks may copy
        try:
            connection.execute("VACUUM INTO ?", (str(made),))
        finally:
            connection.execute(f"PRAGMA query_only = {workspace.read_only:d}")


def pour(source: Workspace, target: Workspace) -> None:
    """Put all that one workspace holds into another in place of what is there: from a file to a server, or back.

    Parameters
    ----------
    source
        The workspace that is read, as of one moment.
    target
        The workspace that is replaced, in one transaction.
    """
    with source.reading() as reader, target.writing() as writer:
        for table in SCHEMA.sorted_tables:
            if table is not OPENED:
                pour_table(table, reader, writer)


def pour_table(table, reader: Connection, writer: Connection) -> None:
    """Put all rows of a table in place of those that are there; each is checked on its way."""
    writer.execute(delete(table))
    insert_sealed(writer, table, (row[:-1] for row in unsealed(table, reader.execute(select(table)))))
