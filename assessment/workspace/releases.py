"""What was let out of a campaign, kept so that a later release cannot tell by subtraction what an earlier one hid.

A release is what was told, and the terms it was told on. The very same tables on the same terms are one release,
however often they are asked for.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import pandas as pd
from sqlalchemy import Connection, func, insert, select

from assessment.faults import Fault, Faults
from assessment.scoring.confidentiality import SCORES, Settings
from assessment.scoring.dimensions import CROSSED
from assessment.workspace.campaigns import present
from assessment.workspace.clock import moment
from assessment.workspace.packing import packed, read, unpacked, written
from assessment.workspace.schema import RELEASED_TABLES, RELEASES
from assessment.workspace.seals import sealed, unsealed
from assessment.workspace.tables import table_data, table_of
from assessment.workspace.workspace import Workspace

COMPARED = (*SCORES, "item_answers", "answer_labels", "participation")
"""The tables of an earlier release beside which a later one is made."""

INPUTS = "inputs"
"""The term that tells from what a release was made: the same inputs need not be scored again."""


class Overtaken(Faults):
    """Something else was let out of the campaign since the earlier releases were read: score again, beside it.

    Parameters
    ----------
    file
        The workspace.
    """

    def __init__(self, file: str):
        super().__init__([Fault("release_overtaken", {"file": file})])
        self.file = file

    def __reduce__(self):
        return type(self), (self.file,)


def keep_release(
    workspace: Workspace,
    campaign: str,
    released: Mapping[str, pd.DataFrame],
    settings: Settings | None = None,
    terms: Mapping[str, Any] | None = None,
    after: int | None = None,
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
    terms
        What else it was made on, plain data (`assessment.workspace.measuring`).
    after
        The number of the last release that `earlier` held; None = not looked at.

    Raises
    ------
    Overtaken
        There is a release after that one, which this one knows nothing of.

    Notes
    -----
    The very same tables on the same terms are kept once, and have the number they had, whatever they were made from.
    """
    tables = {name: table_data(table) for name, table in released.items()}
    told = {"min_group": (settings or Settings()).min_group, "by": groupings_in(released), "tables": digest(tables)}
    told |= terms or {}
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        for one in terms_of(connection, campaign):
            if without_inputs(one) == without_inputs(told):
                return one["number"]
        number = latest(connection, campaign) + 1
        if after is not None and number != after + 1:
            raise Overtaken(workspace.name)
        row = {"campaign": campaign, "number": number, "released": moment(), "settings": written(told)}
        connection.execute(insert(RELEASES), sealed(RELEASES, row))
        own = {"campaign": campaign, "number": number}
        rows = [own | {"name": name, "content": packed(data)} for name, data in tables.items()]
        if rows:
            connection.execute(insert(RELEASED_TABLES), [sealed(RELEASED_TABLES, row) for row in rows])
    return number


def groupings_in(released: Mapping[str, pd.DataFrame]) -> list[list[str]]:
    """Name the groupings that released tables tell anything of, as the columns of each.

    Examples
    --------
    >>> groups = pd.DataFrame({"by": ["unit", "unit·role", "age"], "suppressed": [False, False, True]})
    >>> groupings_in({"groups": groups})
    [['unit'], ['unit', 'role']]
    """
    if "groups" not in released:
        return []
    groups = released["groups"]
    return [one.split(CROSSED) for one in groups.loc[~groups["suppressed"].astype(bool), "by"].dropna().unique()]


def digest(told: Any) -> str:
    """Reckon what tells plain data from other plain data.

    Examples
    --------
    As ``printf '{"n":[12]}' | sha256sum`` has it:

    >>> digest({"n": [12]})[:16]
    '25ecbe272d1eaf63'
    """
    return sha256(written(told).encode("ascii")).hexdigest()


def without_inputs(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Give the terms without where and when a release stands, and what it was made from."""
    return {name: value for name, value in terms.items() if name not in ("number", "released", INPUTS)}


def latest(connection: Connection, campaign: str) -> int:
    """Give the number of a campaign's last release; 0 before the first."""
    return connection.execute(select(func.max(RELEASES.c.number)).where(RELEASES.c.campaign == campaign)).scalar() or 0


def list_releases(workspace: Workspace, campaign: str) -> list[dict]:
    """List the releases of a campaign, the oldest first: ``number, released`` (UTC, ISO 8601), ``min_group``, terms."""
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        return terms_of(connection, campaign)


def terms_of(connection: Connection, campaign: str) -> list[dict]:
    """Give the number, the moment and the terms of each release, the oldest first."""
    chosen = select(RELEASES).where(RELEASES.c.campaign == campaign).order_by(RELEASES.c.number)
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


def tables_of(connection: Connection, campaign: str, number: int, names: tuple[str, ...] = ()) -> dict:
    """Read the tables of one release; only those named, where some are."""
    chosen = select(RELEASED_TABLES).where(RELEASED_TABLES.c.campaign == campaign, RELEASED_TABLES.c.number == number)
    chosen = chosen.where(RELEASED_TABLES.c.name.in_(names)) if names else chosen
    rows = unsealed(RELEASED_TABLES, connection.execute(chosen))
    return {row.name: table_of(unpacked(row.content, "released_tables"), "released_tables") for row in rows}


def earlier_releases(workspace: Workspace, campaign: str) -> list[dict[str, pd.DataFrame]]:
    """Give what was let out of a campaign, as the argument ``earlier`` of `release` takes it: each release apart.

    Returns
    -------
    list of dict
        Of each release, the oldest first: the tables of `COMPARED`, as far as it has them.
    """
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        numbers = range(1, latest(connection, campaign) + 1)
        return [tables_of(connection, campaign, number, COMPARED) for number in numbers]
