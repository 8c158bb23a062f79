"""Which machine writes in a workspace: one at a time, told in the file itself, so that it holds on a shared folder."""

import platform
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from assessment.faults import Fault, Faults
from assessment.workspace.clock import moment, now, read_moment
from assessment.workspace.schema import OPENED
from assessment.workspace.seals import sealed, unsealed

FORGOTTEN = timedelta(minutes=10)
"""A machine that has not written for so long gives way: it may have been switched off."""

REFRESHED = timedelta(minutes=1)
"""How often a machine says again that it is there, when it writes."""


def machine() -> str:
    """Give a text that tells this machine from others and says nothing else of it."""
    try:
        own = Path("/etc/machine-id").read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        own = ""
    return sha256(f"{own} {platform.node()}".encode()).hexdigest()[:16]


def refuse_elsewhere(connection: Connection, name: str) -> None:
    """Refuse a workspace in which another machine is writing.

    Parameters
    ----------
    connection
        Inside a transaction.
    name
        What messages call the workspace.

    Raises
    ------
    Faults
        ``workspace_elsewhere``, with the machine and since when.
    """
    for row in others(connection):
        if abs(now() - read_moment(row.seen)) < FORGOTTEN:  # a clock that jumped is no reason to believe it gone
            values = {"machine": row.name, "since": row.since[:16].replace("T", " ")}
            raise Faults([Fault("workspace_elsewhere", {"file": name}, values)])


def others(connection: Connection) -> list:
    """Give the marks of other machines."""
    rows = unsealed(OPENED, connection.execute(select(OPENED)))
    return [row for row in rows if row.machine != machine()]


def hold(connection: Connection, name: str, take_over: bool = False) -> None:
    """Say in the file that this machine writes in it, unless another does.

    Parameters
    ----------
    connection
        Inside a transaction that writes.
    name
        What messages call the workspace.
    take_over
        Whether somebody said that the other machine does not write any more.
    """
    if not take_over:
        refuse_elsewhere(connection, name)
    mine = connection.execute(select(OPENED).where(OPENED.c.machine == machine())).first()
    if mine is not None and not take_over and fresh(mine.seen):
        return
    connection.execute(delete(OPENED))
    since = mine.since if mine is not None else moment()
    row = {"machine": machine(), "name": platform.node(), "since": since, "seen": moment()}
    connection.execute(insert(OPENED), sealed(OPENED, row))


def fresh(seen: str) -> bool:
    """Say whether a mark is young enough to stay as it is."""
    age: timedelta = now() - read_moment(seen)
    return timedelta(0) <= age < REFRESHED


def leave(connection: Connection) -> None:
    """Take this machine's mark away."""
    connection.execute(delete(OPENED).where(OPENED.c.machine == machine()))


def is_held(connection: Connection) -> bool:
    """Say whether this machine's mark stands."""
    return connection.execute(select(OPENED.c.machine).where(OPENED.c.machine == machine())).first() is not None
