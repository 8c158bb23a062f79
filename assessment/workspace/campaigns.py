"""Campaigns and their waves: one instrument, asked once or again."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.workspace.clock import moment
from assessment.workspace.frameworks import framework_text, kept_framework
from assessment.workspace.schema import CAMPAIGNS, DELIVERIES, RELEASES, RESPONSES, TOKENS, WAVES
from assessment.workspace.seals import only, sealed, unsealed
from assessment.workspace.stores import LONGEST_NAME
from assessment.workspace.workspace import Workspace


@dataclass(frozen=True)
class Campaign:
    """A campaign as it stands.

    Parameters
    ----------
    id, name
        What it is called by the workspace, and by people.
    framework, version
        The instrument.
    made
        When: UTC, ISO 8601.
    waves
        Responses in each wave, by the wave; a wave that is closed takes no more.
    closed
        The waves that are closed.
    """

    id: str
    name: str
    framework: str
    version: str
    made: str
    waves: dict[str, int]
    closed: tuple[str, ...] = ()


def add_campaign(workspace: Workspace, id_: str, name: str, framework: Framework) -> Campaign:
    """Begin a campaign with an instrument that the workspace keeps (`add_framework`).

    Raises
    ------
    Faults
        ``document_name_wrong``; ``campaign_exists``; ``framework_absent``.
    """
    place = {"file": workspace.name}
    if not 0 < len(id_) <= LONGEST_NAME or not id_.isprintable():
        raise Faults([Fault("document_name_wrong", values={"value": id_, "most": LONGEST_NAME})])
    row = {"campaign": id_, "name": name, "framework": framework.id, "version": framework.version, "made": moment()}
    with workspace.writing() as connection:
        if standing(connection, id_) is not None:
            raise Faults([Fault("campaign_exists", place, {"value": id_})])
        if framework_text(connection, framework.id, framework.version) is None:
            raise Faults([Fault("framework_absent", place, {"value": framework.id, "version": framework.version})])
        connection.execute(insert(CAMPAIGNS), sealed(CAMPAIGNS, row))
    return Campaign(id_, name, framework.id, framework.version, row["made"], {})


def refuse_begun(connection: Connection, workspace: Workspace, campaign: str) -> None:
    """Refuse to change what was announced of a campaign once anybody answered, may answer, or was told of it."""
    for table in (RESPONSES, DELIVERIES, TOKENS, RELEASES):
        if connection.execute(select(table.c.campaign).where(table.c.campaign == campaign).limit(1)).first():
            raise Faults([Fault("campaign_begun", {"file": workspace.name}, {"value": campaign})])


def remove_campaign(workspace: Workspace, campaign: str) -> None:
    """Take a campaign away that nobody has answered yet.

    Raises
    ------
    Faults
        ``campaign_absent``; ``campaign_begun`` once there are responses, tokens or releases.
    """
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        refuse_begun(connection, workspace, campaign)
        for table in (WAVES, CAMPAIGNS):
            connection.execute(delete(table).where(table.c.campaign == campaign))


def list_campaigns(workspace: Workspace) -> list[Campaign]:
    """List the campaigns, the oldest first."""
    with workspace.reading() as connection:
        rows = unsealed(CAMPAIGNS, connection.execute(select(CAMPAIGNS)))
        waves = unsealed(WAVES, connection.execute(select(WAVES)))
        counted = select(RESPONSES.c.campaign, RESPONSES.c.wave, func.count()).group_by("campaign", "wave")
        sizes = {(campaign, wave): count for campaign, wave, count in connection.execute(counted)}
    return [campaign_of(row, waves, sizes) for row in sorted(rows, key=lambda row: (row.made, row.campaign))]


def campaign_of(row, waves: list, sizes: dict[tuple[str, str], int]) -> Campaign:
    """Make a campaign of its row and the rows of its waves."""
    own = sorted((wave for wave in waves if wave.campaign == row.campaign), key=lambda wave: wave.wave)
    counts = {wave.wave: sizes.get((row.campaign, wave.wave), 0) for wave in own}
    closed = tuple(wave.wave for wave in own if wave.closed)
    return Campaign(row.campaign, row.name, row.framework, row.version, row.made, counts, closed)


def framework_of(workspace: Workspace, campaign: str) -> Framework:
    """Load the instrument of a campaign."""
    with workspace.reading() as connection:
        found = present(connection, workspace, campaign)
    return kept_framework(workspace, found.framework, found.version)


def close_wave(workspace: Workspace, campaign: str, wave: str, closed: bool = True) -> None:
    """Let a wave take no more responses, or open it again."""
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        touch_wave(connection, campaign, wave, closed)


def touch_wave(connection: Connection, campaign: str, wave: str, closed: bool | None = None) -> None:
    """Note that something of a wave has changed: its revision grows; it is closed or open as before, unless told."""
    found = standing_wave(connection, campaign, wave)
    if closed is None:
        closed = found is not None and bool(found.closed)
    row = {"campaign": campaign, "wave": wave, "closed": int(closed)}
    row["revision"] = 1 if found is None else found.revision + 1
    own = (WAVES.c.campaign == campaign, WAVES.c.wave == wave)
    chosen = insert(WAVES) if found is None else update(WAVES).where(*own)
    connection.execute(chosen.values(**sealed(WAVES, row)))


def refuse_closed(connection: Connection, workspace: Workspace, campaign: str, wave: str) -> None:
    """Refuse a response to a wave that is closed."""
    found = standing_wave(connection, campaign, wave)
    if found is not None and found.closed:
        raise Faults([Fault("wave_closed", {"file": workspace.name}, {"value": wave})])


def standing_wave(connection: Connection, campaign: str, wave: str):
    """Give the row of a wave; None where there is none."""
    chosen = select(WAVES).where(WAVES.c.campaign == campaign, WAVES.c.wave == wave)
    return only(WAVES, connection.execute(chosen))


def present(connection: Connection, workspace: Workspace, campaign: str):
    """Give the row of a campaign that must be there."""
    found = standing(connection, campaign)
    if found is None:
        raise Faults([Fault("campaign_absent", {"file": workspace.name}, {"value": campaign})])
    return found


def standing(connection: Connection, campaign: str):
    """Give the row of a campaign; None where there is none."""
    chosen = select(CAMPAIGNS).where(CAMPAIGNS.c.campaign == campaign)
    return only(CAMPAIGNS, connection.execute(chosen))
