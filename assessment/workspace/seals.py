"""Every row bears a seal over its other values: damage on a disk is told, never read as if somebody had answered it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain, islice
from json.encoder import encode_basestring_ascii
from typing import Any

from sqlalchemy import Connection, Result, Row, Table, insert

from assessment.faults import Fault, Faults
from assessment.workspace.schema import SCHEMA, SEAL

LARGEST_MESSAGE = 10_000
"""Values in one message to a server; PostgreSQL takes 65,535 at most."""


def sealed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    """Add the seal to a row that is about to be written.

    Parameters
    ----------
    table
        Where it goes.
    row
        A value for every column but the seal: texts, whole numbers, bytes.

    Examples
    --------
    As ``printf '["made", "2026"]' | b2sum -l 64`` has it:

    >>> from assessment.workspace.schema import ABOUT
    >>> sealed(ABOUT, {"key": "made", "value": "2026"})["seal"]
    'f040386a446ccbee'
    """
    return {**row, SEAL: seal([row[name] for name in names(table.name)])}


def unsealed(table: Table, rows: Result) -> list[Row]:
    """Give rows of a table, all columns, as long as each is what was written.

    Parameters
    ----------
    table
        The table.
    rows
        All its columns.

    Raises
    ------
    Faults
        ``workspace_damaged`` at the first row that is not.
    """
    found = list(rows.fetchall())  # all at once: a cursor left open would keep the file open
    if any(seal(row[:-1]) != row[-1] for row in found):
        raise Faults([Fault("workspace_damaged", {"block": table.name}, {"reason": "seal"})])
    return found


def only(table: Table, rows: Result) -> Row | None:
    """Give the one row that was asked for, unsealed; None where there is none."""
    found = unsealed(table, rows)
    return found[0] if found else None


def insert_sealed(connection: Connection, table: Table, rows: Iterable[Sequence[Any]], at_once: int = 5000) -> None:
    """Write many rows, some thousand at a time, so that the memory holds no second table.

    Parameters
    ----------
    connection
        Inside a transaction that writes.
    table
        Where they go.
    rows
        The values of each, in the order of the columns, without the seal.
    at_once
        How many.
    """
    sealed_rows = ((*row, seal(row)) for row in rows)
    while waiting := list(islice(sealed_rows, at_once)):
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), waiting)
        else:
            insert_at_once(connection, table, waiting)


def insert_at_once(connection: Connection, table: Table, rows: list[tuple]) -> None:
    """Write rows on a server, some hundred in one message: the way there and back is what takes its time."""
    count = LARGEST_MESSAGE // len(table.columns)
    places = f"({', '.join(['%s'] * len(table.columns))})"
    for start in range(0, len(rows), count):
        part = rows[start : start + count]
        text = f"INSERT INTO {table.name} VALUES {', '.join([places] * len(part))}"
        connection.exec_driver_sql(text, tuple(chain.from_iterable(part)))


def seal(values: Sequence[Any]) -> str:
    """Reckon the seal of a row's values, in the order of the columns: texts, whole numbers, bytes.

    Notes
    -----
    JSON in ASCII is the same text on every Python and every database; bytes are written in hexadecimal digits.
    """
    told = [encode_basestring_ascii(value) if type(value) is str else as_text(value) for value in values]
    return blake2b(f"[{', '.join(told)}]".encode("ascii"), digest_size=8).hexdigest()


def as_text(value: str | int | bytes) -> str:
    r"""Write a value as JSON does; bytes as a text of two hexadecimal digits each.

    Examples
    --------
    >>> print(as_text("\u00c9t\u00e9"), as_text(5), as_text(b"\x01\xff"))
    "\u00c9t\u00e9" 5 "01ff"
    """
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    return str(value) if isinstance(value, int) else f'"{bytes(value).hex()}"'


@cache
def names(table: str) -> tuple[str, ...]:
    """Name the columns a seal covers."""
    return tuple(column.name for column in SCHEMA.tables[table].columns if column.name != SEAL)
