"""What was let out of a campaign, kept so that a later release cannot tell by subtraction what an earlier one hid."""

from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from assessment.faults import Fault, Faults
from assessment.scoring.confidentiality import SCORES, Settings
from assessment.workspace.campaigns import present
from assessment.workspace.clock import moment
from assessment.workspace.packing import packed, read, unpacked, written
from assessment.workspace.schema import RELEASED_TABLES, RELEASES
from assessment.workspace.seals import sealed, unsealed
from assessment.workspace.tables import table_data, table_of
from assessment.workspace.workspace import Workspace


def keep_release(
    workspace: Workspace, campaign: str, released: Mapping[str, pd.DataFrame], settings: Settings | None = None
) -> int:
    """Keep released tables for good, before anybody sees them; give the number of the release, counted from 1.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    released
        What `release` gave.
    settings
        The rules of that release.
    """
    told = {"min_group": (settings or Settings()).min_group}
    tables = {name: packed(table_data(table)) for name, table in released.items()}
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        number = latest(connection, campaign) + 1
        row = {"campaign": campaign, "number": number, "released": moment(), "settings": written(told)}
        connection.execute(insert(RELEASES), sealed(RELEASES, row))
        own = {"campaign": campaign, "number": number}
        rows = [sealed(RELEASED_TABLES, own | {"name": name, "content": data}) for name, data in tables.items()]
        if rows:
            connection.execute(insert(RELEASED_TABLES), rows)
    return number


def latest(connection: Connection, campaign: str) -> int:
    """Give the number of a campaign's last release; 0 before the first."""
    return connection.execute(select(func.max(RELEASES.c.number)).where(RELEASES.c.campaign == campaign)).scalar() or 0


def list_releases(workspace: Workspace, campaign: str) -> list[dict]:
    """List the releases of a campaign, the oldest first: ``number, released`` (UTC, ISO 8601), ``min_group``."""
    chosen = select(RELEASES).where(RELEASES.c.campaign == campaign).order_by(RELEASES.c.number)
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        rows = unsealed(RELEASES, connection.execute(chosen))
    return [{"number": row.number, "released": row.released} | read(row.settings, "releases") for row in rows]


def released_tables(workspace: Workspace, campaign: str, number: int | None = None) -> dict[str, pd.DataFrame]:
    """Give the tables of a release as they were let out.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    number
        Which release; None = the last.

    Raises
    ------
    Faults
        ``release_absent``.
    """
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        wanted = latest(connection, campaign) if number is None else number
        found = tables_of(connection, campaign, wanted)
    if not found:
        raise Faults([Fault("release_absent", {"file": workspace.name}, {"value": str(wanted)})])
    return found


def tables_of(connection: Connection, campaign: str, number: int) -> dict[str, pd.DataFrame]:
    """Read the tables of one release."""
    own = (RELEASED_TABLES.c.campaign == campaign, RELEASED_TABLES.c.number == number)
    rows = unsealed(RELEASED_TABLES, connection.execute(select(RELEASED_TABLES).where(*own)))
    return {row.name: table_of(unpacked(row.content, "released_tables"), "released_tables") for row in rows}


def earlier_releases(workspace: Workspace, campaign: str) -> dict[str, pd.DataFrame] | None:
    """Give all that was let out of a campaign's cells, the argument ``earlier`` of `release`; None before the first.

    Returns
    -------
    dict or None
        ``dimensions, groups, tension``: the rows of all releases under one another, the oldest first.
    """
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        kept = [tables_of(connection, campaign, number) for number in range(1, latest(connection, campaign) + 1)]
    parts = {name: [tables[name] for tables in kept if name in tables] for name in SCORES}
    return {name: pd.concat(tables, ignore_index=True) for name, tables in parts.items() if tables} or None
