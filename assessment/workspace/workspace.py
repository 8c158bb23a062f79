"""A workspace that is open: where it is, and transactions that read it or write in it."""

import sqlite3
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from assessment.faults import Fault, Faults, Finding
from assessment.workspace.machine import is_held, leave
from assessment.workspace.trouble import in_words

PURPOSE = "apprenance_purpose"
"""The execution option that says what a transaction is for."""

READ, WRITE, TAKE_OVER, LEAVE = "read", "write", "take over", "leave"


@dataclass(eq=False)
class Workspace:
    """One organisation's data, open.

    Parameters
    ----------
    engine
        The database's connections.
    name
        What messages call it: the file's name, or the server's address without its password.
    path
        The file; None on a server.
    read_only
        Whether it can only be read: the file or its folder is not ours to write, or somebody asked for it.
    findings
        What there is to say about where it lies: a synchronised folder, copies in conflict, read only.
    scratch
        The folder of our own in which a copy is read, when the file itself cannot be.
    """

    engine: Engine
    name: str
    path: Path | None = None
    read_only: bool = False
    findings: tuple[Finding, ...] = ()
    scratch: TemporaryDirectory | None = None

    def __post_init__(self):
        self.identity = identity(self.path)
        self.under_way = local()  # each thread writes in a transaction of its own
        marked = self.path is not None and not self.read_only
        self.ended = weakref.finalize(self, give_back, self.engine, marked, self.scratch)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that reads: all it sees is of one moment; within one that writes, what that has done."""
        with in_words(self.name), self.transaction(READ) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes, alone; what it did is on the disk when the block ends, or undone.

        Within another one it is a part of that: all of both is kept, or nothing.

        Raises
        ------
        Faults
            ``workspace_read_only``; ``workspace_busy`` when another process writes for longer than a few seconds;
            ``workspace_full``; ``workspace_elsewhere`` when another machine writes in it.
        """
        if self.read_only:
            raise Faults([Fault("workspace_read_only", {"file": self.name}, {"reason": ""})])
        with in_words(self.name), self.transaction(WRITE) as connection:
            yield connection

    @contextmanager
    def transaction(self, purpose: str) -> Iterator[Connection]:
        """Open a transaction for a purpose; errors are the database's own."""
        if identity(self.path) != self.identity:  # what is written now would go where nobody looks
            raise Faults([Fault("workspace_moved", {"file": self.name})])
        around = getattr(self.under_way, "connection", None)
        if around is not None:
            with around.begin_nested():
                yield around
            return
        with self.engine.connect() as connection:
            purposeful = connection.execution_options(**{PURPOSE: purpose})
            with purposeful.begin(), self.remembered(purposeful, purpose):
                yield purposeful
            if self.path is not None and purpose != READ:
                put_into_file(purposeful)

    @contextmanager
    def remembered(self, connection: Connection, purpose: str) -> Iterator[None]:
        """Remember a transaction that writes while it is under way: what is done within it is a part of it."""
        self.under_way.connection = None if purpose == READ else connection
        try:
            yield
        finally:
            self.under_way.connection = None

    def close(self) -> None:
        """Give the file back: no lock and no journal stay beside it."""
        self.ended()

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def closed_on_failure(workspace: Workspace) -> Iterator[None]:
    """Close a workspace that could not be opened to the end."""
    try:
        yield
    except BaseException:
        workspace.close()
        raise


def identity(path: Path | None) -> tuple[int, int] | None:
    """Give what tells the file under a name from another that was put in its place; None where there is none."""
    try:
        told = None if path is None else path.stat()
    except OSError:
        return None
    return None if told is None else (told.st_dev, told.st_ino)


def put_into_file(connection: Connection) -> None:
    """Move what was just committed from the journal into the file, so that the file alone holds everything.

    Notes
    -----
    People copy the file and forget the journal beside it. What was committed is safe already: nothing is said when this
    has to wait for somebody who is reading, or for room on the disk.
    """
    with suppress(sqlite3.Error):
        connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def give_back(engine: Engine, marked: bool, scratch: TemporaryDirectory | None) -> None:
    """Take this machine's mark away, end all connections, and with them the journal."""
    with suppress(SQLAlchemyError, sqlite3.Error, Faults):
        if marked:
            unmark(engine)
    engine.dispose()
    if scratch is not None:
        scratch.cleanup()


def unmark(engine: Engine) -> None:
    """Take this machine's mark away, if it stands and nobody writes: who does is of this machine, and needs it."""
    with engine.connect() as connection:
        connection.connection.driver_connection.execute("PRAGMA busy_timeout = 0")  # a page that looked does not wait
        with connection.begin():
            held = is_held(connection)
        if held:
            leaving = connection.execution_options(**{PURPOSE: LEAVE})
            with leaving.begin():
                leave(leaving)
