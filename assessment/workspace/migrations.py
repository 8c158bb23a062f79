"""From the schema of an older version to this one's: the old file is kept beside, the change is whole or not made.

A migration changes tables by making new ones and pouring the old rows over, never by ``ALTER TABLE … DEFAULT``: a file
that was migrated then holds the same definitions as one that is new, and `recognising` need know no other.
"""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy import Connection, update

from assessment.faults import Fault, Faults
from assessment.workspace.about import row
from assessment.workspace.schema import ABOUT, VERSION

Migration = Callable[[Connection], None]

MIGRATIONS: Mapping[int, Migration] = {}
"""What leads from each version to the next; all versions ever released can be opened."""


def migrate(connection: Connection, version: int) -> None:
    """Bring a workspace to this version.

    Parameters
    ----------
    connection
        Inside a transaction that writes.
    version
        The version it is of.
    """
    for step in range(version, VERSION):
        MIGRATIONS[step](connection)
    told = row("version", str(VERSION))
    connection.execute(update(ABOUT).where(ABOUT.c.key == "version").values(**told))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def keep_old(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Keep the file as it is under another name, before it is migrated.

    Raises
    ------
    Faults
        ``file_unwritable``: then nothing is migrated either.
    """
    kept = free_name(path, version)
    try:
        connection.execute("VACUUM INTO ?", (str(kept),))
    except sqlite3.Error as error:
        kept.unlink(missing_ok=True)
        raise Faults([Fault("file_unwritable", {"file": kept.name}, {"reason": str(error)})]) from error
    return kept


def free_name(path: Path, version: int) -> Path:
    """Find a name beside the file that says what the copy is."""
    wished = [
        path.with_name(f"{path.stem} (version {version}){n}{path.suffix}") for n in ("", *map(str, range(2, 100)))
    ]
    return next(one for one in wished if not one.exists())
