"""The waves of a campaign: the one that is being answered, a further one a year later, those that were told of."""

from sqlalchemy import delete, select

from assessment.faults import Fault, Faults
from assessment.responses.waves import in_natural_order
from assessment.workspace.campaigns import present, standing_wave, touch_wave
from assessment.workspace.releases import latest, tables_of
from assessment.workspace.schema import RESPONSES, WAVES
from assessment.workspace.seals import unsealed
from assessment.workspace.stores import LONGEST_NAME
from assessment.workspace.workspace import Workspace

TOLD_OF = "dimensions"
"""The smallest table of a release that names its waves."""


def last_wave(workspace: Workspace, campaign: str) -> str:
    """Give the wave that is being answered: the last in natural order; ``""`` before the first.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import add_campaign, add_framework, open_workspace
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         framework = add_framework(workspace, "collectivite-apprenante")
    ...         campaign = add_campaign(workspace, "c", "C", framework).id
    ...         open_wave(workspace, campaign, "2026")
    ...         last_wave(workspace, campaign)
    '2026'
    """
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        rows = unsealed(WAVES, connection.execute(select(WAVES).where(WAVES.c.campaign == campaign)))
    return in_natural_order([row.wave for row in rows])[-1] if rows else ""


def open_wave(workspace: Workspace, campaign: str, wave: str) -> None:
    """Begin a further wave of a campaign, which has no responses yet.

    Raises
    ------
    Faults
        ``document_name_wrong``; ``campaign_absent``; ``wave_exists``.
    """
    if not 0 < len(wave) <= LONGEST_NAME or not wave.isprintable():
        raise Faults([Fault("document_name_wrong", values={"value": wave, "most": LONGEST_NAME})])
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        if standing_wave(connection, campaign, wave) is not None:
            raise Faults([Fault("wave_exists", {"file": workspace.name}, {"value": wave})])
        touch_wave(connection, campaign, wave)


def drop_wave(workspace: Workspace, campaign: str, wave: str) -> bool:
    """Take away a wave that nobody has answered yet; say whether it was one."""
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        own = (RESPONSES.c.campaign == campaign, RESPONSES.c.wave == wave)
        if connection.execute(select(RESPONSES.c.wave).where(*own).limit(1)).first():
            return False
        chosen = delete(WAVES).where(WAVES.c.campaign == campaign, WAVES.c.wave == wave)
        return connection.execute(chosen).rowcount > 0


def released_waves(workspace: Workspace, campaign: str) -> set[str]:
    """Name the waves that the last release tells of; none before the first."""
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        number = latest(connection, campaign)
        tables = tables_of(connection, campaign, number, (TOLD_OF,)) if number else {}
    return {str(wave) for table in tables.values() for wave in table["wave"].unique()}
