"""A workspace on a PostgreSQL server that several machines share: the same tables, the same rules."""

import zlib
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, inspect, make_url
from sqlalchemy.exc import ArgumentError, DisconnectionError

from assessment.faults import Fault, Faults
from assessment.workspace.about import about_rows, told_version
from assessment.workspace.migrations import migrate
from assessment.workspace.recognising import refuse_newer
from assessment.workspace.schema import ABOUT, SCHEMA, VERSION
from assessment.workspace.trouble import in_words
from assessment.workspace.workspace import PURPOSE, READ, WRITE, Workspace, closed_on_failure

DRIVER = "postgresql+pg8000"
ONE_WRITER = zlib.crc32(b"apprenance-workspace")
"""The advisory lock that whoever writes holds until the end of the transaction."""

PATIENCE = "5s"
SILENCE = 60
"""Seconds without a word after which a server is taken to be gone."""


def server_address(address: str) -> URL:
    """Read the address of a database.

    Raises
    ------
    Faults
        ``workspace_address_unknown`` when it is none of a PostgreSQL server.

    Examples
    --------
    >>> server_address("postgresql://ana:secret@server/valclair").drivername
    'postgresql+pg8000'
    """
    try:
        url = make_url(address)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in ("postgresql", "postgres", DRIVER):
        shown = address.split("://")[0] + "://…"  # the rest may hold a password
        raise Faults([Fault("workspace_address_unknown", values={"value": shown})])
    return url.set(drivername=DRIVER)


def open_server(url: URL, create: bool = False, read_only: bool = False) -> Workspace:
    """Open a workspace that is a database (or a schema of one) on a server.

    Parameters
    ----------
    url
        Its address.
    create
        Whether its tables are made where there are none.
    read_only
        Whether it is only looked at.
    """
    name = url.set(drivername="postgresql").render_as_string(hide_password=True)
    workspace = Workspace(engine_of(url), name, read_only=read_only)
    with closed_on_failure(workspace), in_words(name):
        with workspace.transaction(WRITE if create else READ) as connection:
            version = version_there(connection, name, create)
        refuse_newer(version, name)
        if version < VERSION:
            with workspace.writing() as connection:
                migrate(connection, told_version(connection, name))
    return workspace


def version_there(connection: Connection, name: str, create: bool) -> int:
    """Give the version of the workspace in a database, made if it is not there and somebody asked for it.

    Raises
    ------
    Faults
        ``workspace_absent``; ``workspace_foreign`` when the database holds something else under our names.
    """
    there = set(inspect(connection).get_table_names()) & set(SCHEMA.tables)
    if not there and not create:
        raise Faults([Fault("workspace_absent", {"file": name})])
    if not there:
        create_tables(connection)
    elif not is_ours(connection):
        raise Faults([Fault("workspace_foreign", {"file": name})])
    return told_version(connection, name)


def is_ours(connection: Connection) -> bool:
    """Say whether a database has our table about itself."""
    if not inspect(connection).has_table(ABOUT.name):
        return False
    columns = [column["name"] for column in inspect(connection).get_columns(ABOUT.name)]
    return columns == list(ABOUT.columns.keys())


def engine_of(url: URL) -> Engine:
    """Make the connections of a server; one that was lost is noticed before it is used."""
    engine = create_engine(url, connect_args={"timeout": SILENCE})
    event.listen(engine, "checkout", refuse_lost)
    event.listen(engine, "begin", begin)
    return engine


def refuse_lost(connection: Any, *_: object) -> None:
    """Refuse a connection that does not answer any more: SQLAlchemy then makes another.

    Notes
    -----
    Its own ``pool_pre_ping`` does not know all the ways in which pg8000 says that a connection was lost.
    """
    try:
        connection.cursor().execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error


def begin(connection: Connection) -> None:
    """Begin a transaction: one that reads sees one moment, one that writes is alone and waits for the disk."""
    if connection.get_execution_options().get(PURPOSE, READ) == READ:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return
    connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")


def create_tables(connection: Connection) -> None:
    """Make the tables of an empty workspace."""
    SCHEMA.create_all(connection)
    connection.execute(insert(ABOUT), about_rows())
