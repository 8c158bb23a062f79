"""Documents that people work on, each with its revision: who writes on top of something that has changed is refused.

A document is plain data under a kind and an id: a map, a practice's sheet, the roadmap, the settings. A write carries
the revision it started from. Where that is no longer the one that stands, nothing is lost: what was refused and what it
met are both kept in the history, and the page offers to look at them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from assessment.faults import Fault, Faults
from assessment.workspace import history
from assessment.workspace.clock import moment
from assessment.workspace.packing import read, written
from assessment.workspace.schema import DOCUMENTS
from assessment.workspace.seals import only, sealed
from assessment.workspace.workspace import Workspace


@dataclass(frozen=True)
class Document:
    """A document as it stands.

    Parameters
    ----------
    revision
        Grows with every write; 0 where there is no document yet.
    changed
        When it was written last: UTC, ISO 8601.
    content
        Plain data.
    """

    revision: int
    changed: str
    content: Any


class Stale(Faults):
    """What was to be written started from a revision that no longer stands; both versions are kept.

    Parameters
    ----------
    fault
        What to tell.
    current
        What stands now.
    kept
        The number of the refused version in the history.
    """

    def __init__(self, fault: Fault, current: Document, kept: int):
        super().__init__([fault])
        self.current, self.kept = current, kept

    def __reduce__(self):
        return type(self), (self.faults[0], self.current, self.kept)


@dataclass(frozen=True)
class Write:
    """One write of one document.

    Parameters
    ----------
    kind, id
        The document.
    content
        Its new content, plain data.
    base
        The revision it started from; 0 = there was none.
    revision
        The revision it shall have, when that is larger than the one that stands; else the next.
    summary
        What a list tells of it.
    instead_of
        The number of a refused version of the same writer, which this one replaces if it is refused too.
    over
        Whether it replaces what somebody else wrote, knowingly: that is then kept.
    """

    kind: str
    id: str
    content: Any
    base: int
    revision: int = 0
    summary: Mapping[str, Any] | None = None
    instead_of: int | None = None
    over: bool = False


def read_document(workspace: Workspace, kind: str, id_: str = "") -> Document | None:
    """Read a document as it stands; None where there is none."""
    with workspace.reading() as connection:
        found = standing(connection, kind, id_)
    return None if found is None else document_of(found)


def list_documents(workspace: Workspace, kind: str) -> list[dict[str, Any]]:
    """List the documents of a kind by id: ``id, revision, changed``, then what its summary tells."""
    columns = [DOCUMENTS.c[name] for name in ("id", "revision", "changed", "summary")]
    with workspace.reading() as connection:
        rows = connection.execute(select(*columns).where(DOCUMENTS.c.kind == kind).order_by(DOCUMENTS.c.id)).fetchall()
    told = [{"id": row.id, "revision": row.revision, "changed": row.changed} for row in rows]
    return [one | read(row.summary, "documents") for one, row in zip(told, rows, strict=True)]


def write_document(workspace: Workspace, write: Write) -> int:
    """Write a document in one short transaction; what is the same already is not written again.

    Returns
    -------
    int
        The revision that stands now.

    Raises
    ------
    Stale
        ``workspace_stale``: somebody wrote in the meantime.
    """
    with workspace.writing() as connection:
        found = standing(connection, write.kind, write.id)
        revision = 0 if found is None else found.revision
        refused = None if revision == write.base else refuse_stale(connection, write, found)
        if refused is None:
            revision = replace(connection, write, found)
    if refused is not None:
        fault = Fault("workspace_stale", {"file": workspace.name}, {"base": write.base, "revision": revision})
        raise Stale(fault, Document(0, "", None) if found is None else document_of(found), refused)
    return revision


def replace(connection: Connection, write: Write, found: Row | None) -> int:
    """Put a document in place of what stands."""
    content, when = written(write.content), moment()
    if found is not None and found.content == content:
        return found.revision
    if found is not None and write.over:
        keep_met(connection, found)
    elif found is not None and history.quarter(found.changed) != history.quarter(when):
        keep_state(connection, found, history.AUTOMATIC)
        history.thin(connection, write.kind, write.id)
    row = {"kind": write.kind, "id": write.id, "changed": when, "content": content}
    row |= {"revision": max(write.revision, write.base + 1), "summary": written(write.summary or {})}
    chosen = insert(DOCUMENTS) if found is None else update(DOCUMENTS).where(*of(write.kind, write.id))
    connection.execute(chosen.values(**sealed(DOCUMENTS, row)))
    return row["revision"]


def refuse_stale(connection: Connection, write: Write, found: Row | None) -> int:
    """Keep both versions of a document that two have written; give the number of the refused one."""
    if write.instead_of is not None:
        history.forget(connection, write.kind, write.id, write.instead_of)
    if found is not None:
        keep_met(connection, found)
    told = written(write.summary or {})
    kept = history.keep(connection, write.kind, write.id, history.REFUSED, moment(), told, write.content)
    history.thin(connection, write.kind, write.id)
    return kept


def keep_met(connection: Connection, found: Row) -> None:
    """Keep what somebody else wrote, once."""
    content = read(found.content, "documents")
    if not history.is_kept(connection, found.kind, found.id, history.MET, content):
        keep_state(connection, found, history.MET)


def keep_state(connection: Connection, found: Row, reason: str, label: str = "") -> int:
    """Put what stands into its history."""
    content = read(found.content, "documents")
    return history.keep(connection, found.kind, found.id, reason, found.changed, found.summary, content, label)


def name_state(workspace: Workspace, kind: str, id_: str, label: str) -> int:
    """Keep what stands for ever, under a name; give its number in the history."""
    with workspace.writing() as connection:
        return keep_state(connection, present(connection, workspace, kind, id_), history.NAMED, label)


def remove_document(workspace: Workspace, kind: str, id_: str, base: int) -> None:
    """Take a document away; its last state and its history are kept."""
    with workspace.writing() as connection:
        found = present(connection, workspace, kind, id_)
        if found.revision == base:
            keep_state(connection, found, history.REMOVED)
            connection.execute(delete(DOCUMENTS).where(*of(kind, id_)))
            return
    fault = Fault("workspace_stale", {"file": workspace.name}, {"base": base, "revision": found.revision})
    raise Stale(fault, document_of(found), 0)


def present(connection: Connection, workspace: Workspace, kind: str, id_: str) -> Row:
    """Give the row of a document that must be there."""
    found = standing(connection, kind, id_)
    if found is None:
        raise Faults([Fault("document_absent", {"file": workspace.name}, {"value": id_})])
    return found


def standing(connection: Connection, kind: str, id_: str) -> Row | None:
    """Give the row of a document; None where there is none."""
    return only(DOCUMENTS, connection.execute(select(DOCUMENTS).where(*of(kind, id_))))


def of(kind: str, id_: str) -> tuple:
    """Choose one document."""
    return DOCUMENTS.c.kind == kind, DOCUMENTS.c.id == id_


def document_of(row: Row) -> Document:
    """Make a document of its row."""
    return Document(row.revision, row.changed, read(row.content, "documents"))
