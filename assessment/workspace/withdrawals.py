"""A delivery taken back, as if it had never come, and put back as it was: an import is no step without return."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, delete, select, tuple_

from assessment.faults import Fault, Faults
from assessment.workspace.campaigns import present, refuse_closed, touch_wave
from assessment.workspace.deliveries import has_come, mark_of
from assessment.workspace.schema import DELIVERIES, RESPONSES, VERBATIMS
from assessment.workspace.seals import insert_sealed, names, unsealed
from assessment.workspace.workspace import Workspace

AT_ONCE = 400
"""People asked for in one question to the database: SQLite takes 999 values, and each has two."""


@dataclass(frozen=True)
class Withdrawn:
    """What was taken back: all that puts it back, and what may be told of it.

    Parameters
    ----------
    campaign, delivery
        What it was.
    source
        The file's name.
    responses, texts
        How many went.
    waves
        The waves they were of.
    rows
        By table: its rows as they lay there, without the seal. Answers of people: never to be shown.
    """

    campaign: str
    delivery: str
    source: str
    responses: int
    texts: int
    waves: tuple[str, ...]
    rows: dict[str, list[tuple]] = field(repr=False, default_factory=dict)


def take_back(workspace: Workspace, campaign: str, delivery: str) -> Withdrawn:
    """Take a delivery out of a campaign: its responses, what was written with them, and that it came.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    delivery
        The delivery's id (`list_deliveries`).

    Returns
    -------
    Withdrawn
        What `put_back` puts back.

    Raises
    ------
    Faults
        ``delivery_absent``, ``wave_closed``.

    Notes
    -----
    What was released stays, and later releases are protected beside it. Texts of people whose response goes do not stay
    behind, whichever file they came with. **Missing answers**: not concerned.
    """
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        rows = {DELIVERIES: taken(connection, DELIVERIES, [whole(campaign, delivery)])}
        if not rows[DELIVERIES]:
            raise Faults([Fault("delivery_absent", {"file": workspace.name})])
        rows[RESPONSES] = taken(connection, RESPONSES, [RESPONSES.c.delivery == delivery])
        rows[VERBATIMS] = taken(connection, VERBATIMS, list(written_with(campaign, delivery, rows[RESPONSES])))
        waves = tuple(sorted({row.wave for table in (RESPONSES, VERBATIMS) for row in rows[table]}))
        touch(connection, workspace, campaign, waves)
    counts = len(rows[RESPONSES]), len(rows[VERBATIMS])
    plain = {table.name: [tuple(row[:-1]) for row in own] for table, own in rows.items()}
    return Withdrawn(campaign, delivery, rows[DELIVERIES][0].source, *counts, waves, plain)


def put_back(workspace: Workspace, withdrawn: Withdrawn) -> int:
    """Put back what was taken back, row by row as it lay there; give how many responses that are.

    Parameters
    ----------
    workspace
        The workspace it was taken from.
    withdrawn
        What `take_back` gave.

    Raises
    ------
    Faults
        ``wave_closed``; ``delivery_overtaken`` where the same file, or responses of the same people, have come since:
        then nothing is put back.

    Notes
    -----
    **Missing answers**: not concerned.
    """
    with workspace.writing() as connection:
        present(connection, workspace, withdrawn.campaign)
        if is_overtaken(connection, withdrawn):
            raise Faults([Fault("delivery_overtaken", {"file": withdrawn.source})])
        for table in (DELIVERIES, RESPONSES, VERBATIMS):
            insert_sealed(connection, table, withdrawn.rows[table.name])
        touch(connection, workspace, withdrawn.campaign, withdrawn.waves)
    return withdrawn.responses


def whole(campaign: str, delivery: str) -> ColumnElement[bool]:
    """Choose a delivery of a campaign."""
    return and_(DELIVERIES.c.campaign == campaign, DELIVERIES.c.delivery == delivery)


def taken(connection: Connection, table: Table, chosen: list[ColumnElement[bool]]) -> list[Row]:
    """Take the rows that are chosen out of a table, and give them, in the order of their keys."""
    found = {}
    for one in chosen:
        rows = unsealed(table, connection.execute(select(table).where(one)))
        found |= {tuple(getattr(row, column.name) for column in table.primary_key): row for row in rows}
        connection.execute(delete(table).where(one))
    return [found[key] for key in sorted(found)]


def written_with(campaign: str, delivery: str, responses: list[Row]) -> Iterator[ColumnElement[bool]]:
    """Choose what was written: what came with the delivery, and all of those whose response goes."""
    own = VERBATIMS.c.campaign == campaign
    yield and_(own, VERBATIMS.c.verbatim.startswith(mark_of(delivery)))
    people = sorted({(row.wave, row.respondent) for row in responses if row.respondent})
    for start in range(0, len(people), AT_ONCE):
        who = tuple_(VERBATIMS.c.wave, VERBATIMS.c.respondent)
        yield and_(own, who.in_(people[start : start + AT_ONCE]))


def touch(connection: Connection, workspace: Workspace, campaign: str, waves: tuple[str, ...]) -> None:
    """Note that waves have changed; none of them may be closed."""
    for wave in waves:
        refuse_closed(connection, workspace, campaign, wave)
        touch_wave(connection, campaign, wave)


def is_overtaken(connection: Connection, withdrawn: Withdrawn) -> bool:
    """Say whether the same file, or responses of the same people, have come since a delivery was taken back."""
    digest = withdrawn.rows[DELIVERIES.name][0][names(DELIVERIES.name).index("digest")]
    if has_come(connection, withdrawn.campaign, digest):
        return True
    wave, respondent = (names(RESPONSES.name).index(name) for name in ("wave", "respondent"))
    people = {(row[wave], row[respondent]) for row in withdrawn.rows[RESPONSES.name] if row[respondent]}
    own = (RESPONSES.c.campaign == withdrawn.campaign, RESPONSES.c.respondent != "")
    kept = connection.execute(select(RESPONSES.c.wave, RESPONSES.c.respondent).where(*own))
    return any(tuple(row) in people for row in kept)
