"""The history of a document: states with a name are kept for ever, the others thin out as they grow old."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from assessment.workspace.packing import packed, read, unpacked
from assessment.workspace.schema import VERSIONS
from assessment.workspace.seals import only, sealed

NAMED, AUTOMATIC, REFUSED, MET, REMOVED = "named", "automatic", "refused", "met", "removed"
"""Why a state was kept: somebody named it; work went on; it came too late; it was met by that; it was removed."""

IN_CONFLICT = (REFUSED, MET)
QUARTER = 15
"""Minutes of work of which one state is kept."""

FINE_DAYS, DAYS = 2, 400
"""Days of work kept quarter by quarter, then days of which the last state is kept; of the months before, the last."""

MOST_IN_CONFLICT = 100


def keep(
    connection: Connection, kind: str, id_: str, reason: str, moment: str, summary: str, content: Any, label: str = ""
) -> int:
    """Put a state of a document into its history; give its number, counted from 1.

    Parameters
    ----------
    connection
        Inside a transaction that writes.
    kind, id_
        The document.
    reason
        One of those above.
    moment
        When the state was reached.
    summary
        What a list tells of it, as JSON.
    content
        The state itself, plain data.
    label
        The name people gave it.
    """
    number = (connection.execute(select(func.max(VERSIONS.c.number)).where(*of(kind, id_))).scalar() or 0) + 1
    row = {"kind": kind, "id": id_, "number": number, "moment": moment, "reason": reason, "label": label}
    row |= {"summary": summary, "content": packed(content)}
    connection.execute(insert(VERSIONS), sealed(VERSIONS, row))
    return number


def of(kind: str, id_: str) -> tuple:
    """Choose the history of one document."""
    return VERSIONS.c.kind == kind, VERSIONS.c.id == id_


def thin(connection: Connection, kind: str, id_: str) -> None:
    """Drop the states that a history does without."""
    rows = connection.execute(select(VERSIONS.c.number, VERSIONS.c.moment, VERSIONS.c.reason).where(*of(kind, id_)))
    rows = rows.fetchall()
    gone = superfluous((row.number, row.moment) for row in rows if row.reason == AUTOMATIC)
    gone += sorted(row.number for row in rows if row.reason in IN_CONFLICT)[:-MOST_IN_CONFLICT]
    if gone:
        connection.execute(delete(VERSIONS).where(*of(kind, id_), VERSIONS.c.number.in_(gone)))


def superfluous(states: Iterable[tuple[int, str]]) -> list[int]:
    """Name the states to drop: of each quarter of an hour, later of each day, at last of each month, the last is kept.

    Parameters
    ----------
    states
        Number and moment (ISO 8601) of each, in any order.

    Returns
    -------
    list
        Numbers. Age is counted in days of work, not by the clock: one that jumps thins nothing.

    Examples
    --------
    >>> morning = [(1, "2026-03-02T09:01"), (2, "2026-03-02T09:14"), (3, "2026-03-02T09:15")]
    >>> superfluous(morning)
    [1]
    >>> superfluous([*morning, (4, "2026-03-03T09:00"), (5, "2026-03-04T09:00")])
    [1, 2]
    """
    kept, days, gone = set(), set(), []
    for number, moment in sorted(states, reverse=True):
        days.add(moment[:10])
        span = period(moment, len(days))
        if span in kept:
            gone.append(number)
        kept.add(span)
    return sorted(gone)


def period(moment: str, age: int) -> str:
    """Name the stretch of time of which one state is kept, by the age in days of work."""
    if age > DAYS:
        return moment[:7]
    return quarter(moment) if age <= FINE_DAYS else moment[:10]


def quarter(moment: str) -> str:
    """Name the quarter of an hour of a moment.

    Examples
    --------
    >>> quarter("2026-11-22T12:40:05.000000Z")
    '2026-11-22T12q2'
    """
    return f"{moment[:13]}q{int(moment[14:16]) // QUARTER}"


def listed(connection: Connection, kind: str, id_: str) -> Iterator[dict[str, Any]]:
    """List a history, the newest first: ``id, when, reason, label`` (None without a name), then its summary."""
    columns = [VERSIONS.c[name] for name in ("number", "moment", "reason", "label", "summary")]
    chosen = select(*columns).where(*of(kind, id_)).order_by(VERSIONS.c.number.desc())
    for row in connection.execute(chosen):
        told = {"id": row.number, "when": row.moment, "reason": row.reason}
        yield told | {"label": row.label if row.reason == NAMED else None} | read(row.summary, "versions")


def state(connection: Connection, kind: str, id_: str, number: int) -> Any:
    """Give one state of a history; None where it is not kept."""
    rows = connection.execute(select(VERSIONS).where(*of(kind, id_), VERSIONS.c.number == number))
    found = only(VERSIONS, rows)
    return None if found is None else unpacked(found.content, "versions")


def is_kept(connection: Connection, kind: str, id_: str, reason: str, content: Any) -> bool:
    """Say whether a history holds this state for this reason already."""
    same = VERSIONS.c.content == packed(content)
    return (
        connection.execute(select(VERSIONS.c.number).where(*of(kind, id_), VERSIONS.c.reason == reason, same)).first()
        is not None
    )


def forget(connection: Connection, kind: str, id_: str, number: int) -> None:
    """Drop one state."""
    connection.execute(delete(VERSIONS).where(*of(kind, id_), VERSIONS.c.number == number))
