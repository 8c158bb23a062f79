"""Whether a workspace holds together, to its last row."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from assessment.faults import Fault, Faults
from assessment.progress import Progress, Steps
from assessment.workspace.packing import read, unpacked
from assessment.workspace.schema import DELIVERIES, DOCUMENTS, RELEASED_TABLES, RELEASES, RESPONSES, SCHEMA, VERSIONS
from assessment.workspace.seals import unsealed
from assessment.workspace.tables import table_of
from assessment.workspace.trouble import in_words
from assessment.workspace.workspace import Workspace

CONTENTS: dict[Table, Callable[[Row], Any]] = {
    DOCUMENTS: lambda row: read(row.content, "documents"),
    VERSIONS: lambda row: unpacked(row.content, "versions"),
    RESPONSES: lambda row: read(row.others, "responses"),
    DELIVERIES: lambda row: read(row.headings, "deliveries"),
    RELEASES: lambda row: read(row.settings, "releases"),
    RELEASED_TABLES: lambda row: table_of(unpacked(row.content, "released_tables"), "released_tables"),
}
"""How what stands in a row is read."""


def check_workspace(workspace: Workspace, progress: Progress | None = None) -> tuple[Fault, ...]:
    """Look through a whole workspace: the pages of the file, the seal of every row, what stands in it.

    Parameters
    ----------
    workspace
        An open workspace.
    progress
        Called with (done, total) between the tables; an exception raised in it stops the work.

    Returns
    -------
    tuple of Fault
        What is damaged, one fault a table at most; empty when all is well.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import open_workspace
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         check_workspace(workspace)
    ()
    """
    step = Steps(progress, len(SCHEMA.sorted_tables) + 1)
    return (*step(tuple(pages(workspace))), *rows(workspace, step))


def pages(workspace: Workspace) -> Iterator[Fault]:
    """Look through the pages of a file; a server does that itself."""
    if workspace.path is None:
        return
    try:
        with in_words(workspace.name), workspace.reading() as connection:
            told = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(1)")]
    except Faults as faults:
        yield from faults.faults
        return
    if told != ["ok"]:
        yield Fault("workspace_damaged", {"file": workspace.name}, {"reason": " ".join(str(told[0]).split())})


def rows(workspace: Workspace, step: Steps) -> Iterator[Fault]:
    """Look through the rows of every table."""
    for table in SCHEMA.sorted_tables:
        try:
            with workspace.reading() as connection:
                look_through(connection, table)
        except Faults as faults:
            yield from faults.faults
        step()


def look_through(connection: Connection, table: Table) -> None:
    """Read every row of a table, and what stands in it."""
    reader = CONTENTS.get(table)
    for row in unsealed(table, connection.execute(select(table))):
        if reader is not None:
            reader(row)
