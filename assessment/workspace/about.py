"""What a workspace says of itself, in a table: a server has no header of a file to say it in."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import Connection, select

from assessment.faults import Fault, Faults
from assessment.workspace.clock import moment
from assessment.workspace.schema import ABOUT, VERSION
from assessment.workspace.seals import sealed, unsealed

FORMAT = "apprenance-workspace"


def about_rows() -> list[dict[str, str]]:
    """Give the rows of a workspace that is being made; ``id`` tells its copies from other workspaces."""
    told = {"format": FORMAT, "version": str(VERSION), "id": str(uuid4()), "made": moment()}
    return [row(name, value) for name, value in told.items()]


def row(key: str, value: str) -> dict[str, str]:
    """Give a row of the table."""
    return sealed(ABOUT, {"key": key, "value": value})


def about(connection: Connection) -> Mapping[str, str]:
    """Read what a workspace says of itself."""
    return {row.key: row.value for row in unsealed(ABOUT, connection.execute(select(ABOUT)))}


def told_version(connection: Connection, name: str) -> int:
    """Read the version a workspace says it has.

    Raises
    ------
    Faults
        ``workspace_foreign`` when what is there is no workspace.
    """
    told = about(connection)
    if told.get("format") != FORMAT or not told.get("version", "").isdigit():
        raise Faults([Fault("workspace_foreign", {"file": name})])
    return int(told["version"])
