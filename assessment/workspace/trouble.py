"""What a database says when something is wrong, as faults that tell a person what to do."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from assessment.faults import Fault, Faults

IN_FILES = {
    sqlite3.SQLITE_BUSY: "workspace_busy",
    sqlite3.SQLITE_LOCKED: "workspace_busy",
    sqlite3.SQLITE_FULL: "workspace_full",
    sqlite3.SQLITE_READONLY: "workspace_read_only",
    sqlite3.SQLITE_PERM: "workspace_read_only",
    sqlite3.SQLITE_CORRUPT: "workspace_damaged",
    sqlite3.SQLITE_NOTADB: "workspace_damaged",
    sqlite3.SQLITE_FORMAT: "workspace_damaged",
    sqlite3.SQLITE_TOOBIG: "workspace_damaged",
    sqlite3.SQLITE_SCHEMA: "workspace_damaged",
    sqlite3.SQLITE_CANTOPEN: "workspace_unreachable",
    sqlite3.SQLITE_IOERR: "workspace_unreachable",
    sqlite3.SQLITE_NOLFS: "workspace_unreachable",
}
"""By SQLite's primary result code."""

ON_SERVERS = {
    "53100": "workspace_full",
    "55P03": "workspace_busy",
    "57014": "workspace_busy",
    "40001": "workspace_busy",
    "40P01": "workspace_busy",
    "25006": "workspace_read_only",
    "42501": "workspace_read_only",
    "XX001": "workspace_damaged",
    "XX002": "workspace_damaged",
}
"""By SQLSTATE (PostgreSQL's documentation, appendix A)."""

LOST = ("08", "57", "28", "3D", "53")
"""Classes of SQLSTATE that say: there is no such server, no longer, or not for you."""


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """Raise what the database meets as faults; an error that is our own slip stays what it is.

    Parameters
    ----------
    name
        What messages call the workspace.
    """
    try:
        yield
    except DBAPIError as error:
        raise_told(error.orig, name)
        raise
    except sqlite3.Error as error:
        raise_told(error, name)
        raise
    except (ConnectionError, TimeoutError) as error:  # pg8000 lets the network's own errors through
        raise Faults([Fault("workspace_unreachable", {"file": name}, {"reason": str(error)})]) from error
    except UnicodeDecodeError as error:  # SQLite quotes in its message what it found
        raise Faults([Fault("workspace_damaged", {"file": name}, {"reason": "UTF-8"})]) from error
    except PoolTimeout as error:
        raise Faults([Fault("workspace_busy", {"file": name})]) from error


def raise_told(error: BaseException | None, name: str) -> None:
    """Raise the fault an error stands for, if it stands for one."""
    code = fault_code(error)
    if code is not None:
        reason = " ".join(str(told_by_server(error).get("M", error)).split()) or type(error).__name__
        raise Faults([Fault(code, {"file": name}, {"reason": reason})]) from error


def fault_code(error: BaseException | None) -> str | None:
    """Give the code of the fault an error stands for.

    Examples
    --------
    >>> error = sqlite3.OperationalError("database is locked")
    >>> error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    >>> fault_code(error), fault_code(ValueError())
    ('workspace_busy', None)
    """
    if isinstance(error, sqlite3.Error):
        found = getattr(error, "sqlite_errorcode", None)
        return IN_FILES.get(found & 0xFF) if found is not None else in_file_text(error)
    if type(error).__name__ == "InterfaceError":  # pg8000 could not reach the server, or lost it
        return "workspace_unreachable"
    state = str(told_by_server(error).get("C", ""))
    return ON_SERVERS.get(state) or ("workspace_unreachable" if state[:2] in LOST else None)


def told_by_server(error: BaseException | None) -> Mapping[str, str]:
    """Give the fields of a message of PostgreSQL: ``C`` its SQLSTATE, ``M`` its text."""
    fields = error.args[0] if error is not None and error.args else None
    return fields if isinstance(fields, Mapping) else {}


def in_file_text(error: sqlite3.Error) -> str | None:
    """Judge an error of Python's own around SQLite: a text that is no UTF-8 comes without a code."""
    return "workspace_damaged" if "decode to UTF-8" in str(error) else None
