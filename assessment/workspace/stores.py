"""One document of a workspace as one page sees it: what it loaded, and whether somebody else wrote since."""

from typing import Any

from assessment.faults import Fault, Faults
from assessment.workspace import history
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import (
    Stale,
    Write,
    name_state,
    read_document,
    remove_document,
    write_document,
)

LONGEST_NAME = 200
"""Characters of a document's id and of the name of a state."""


class Store:
    """A document under its kind and id: plain data, with its history.

    Parameters
    ----------
    workspace
        An open workspace.
    kind
        What it is: a map, a practice's sheet, …
    id_
        Which one: any text of 1–200 characters.
    """

    def __init__(self, workspace: Workspace, kind: str, id_: str):
        if not 0 < len(id_) <= LONGEST_NAME or "\x00" in id_:
            raise Faults([Fault("document_name_wrong", values={"value": id_, "most": LONGEST_NAME})])
        self.workspace, self.kind, self.id = workspace, kind, id_
        self.revision = 0
        self.refused: int | None = None
        self.overtaken = False

    def check(self, document: Any) -> Any:
        """Return a document that may stand, or raise with all that is wrong; any plain data may."""
        return document

    def summary(self, document: Any) -> dict[str, Any]:
        """Say what a list tells of a document."""
        return {}

    def load(self) -> Any:
        """Give the document as it stands, None where there is none; what is saved from now on starts from it."""
        found = read_document(self.workspace, self.kind, self.id)
        revision = 0 if found is None else found.revision
        self.overtaken = self.revision not in (0, revision)
        self.revision, self.refused = revision, None
        return None if found is None else self.check(found.content)

    def current(self) -> Any:
        """Give the document as it stands, whoever saved it, or None; what is saved from here starts as before."""
        found = read_document(self.workspace, self.kind, self.id)
        return None if found is None else self.check(found.content)

    def save(self, document: Any, revision: int = 0) -> int:
        """Save the working state: on the disk when this returns. A state of each quarter of an hour goes into history.

        Parameters
        ----------
        document
            Plain data that passes `check`.
        revision
            The page's own count of revisions; it becomes the document's, as long as it grows.

        Returns
        -------
        int
            The revision that stands now.

        Raises
        ------
        Faults
            All that is wrong with the document.
        Stale
            Somebody else has saved since: both versions are in the history, ``current`` is the other's. Nothing more is
            saved over it until `load` is called.
        """
        self.check(document)
        told = self.summary(document)
        write = Write(self.kind, self.id, document, self.revision, revision, told, self.refused, self.overtaken)
        try:
            self.revision = write_document(self.workspace, write)
        except Stale as stale:
            self.refused = stale.kept
            raise
        self.refused, self.overtaken = None, False
        return self.revision

    def snapshots(self) -> list[dict[str, Any]]:
        """List the history, the newest first.

        Returns
        -------
        list of dict
            ``id``; ``when`` (UTC, ISO 8601); ``label``, None where nobody named it; what `summary` tells; ``reason``:
            ``named, automatic``, ``refused`` (came too late), ``met`` (what the refused one met) or ``removed``.
        """
        with self.workspace.reading() as connection:
            return list(history.listed(connection, self.kind, self.id))

    def snapshot(self, label: str) -> int:
        """Keep what is saved for ever, under a name of at most 200 characters; give its ``id`` in `snapshots`."""
        label = " ".join(label.split())
        if len(label) > LONGEST_NAME or not label.isprintable():
            raise Faults([Fault("document_name_wrong", values={"value": label, "most": LONGEST_NAME})])
        return name_state(self.workspace, self.kind, self.id, label)

    def at(self, id_: int | str) -> Any:
        """Give the document as it was, by the ``id`` of a snapshot."""
        number = int(id_) if str(id_).isdecimal() and len(str(id_)) < 10 else 0
        with self.workspace.reading() as connection:
            found = history.state(connection, self.kind, self.id, number)
        if found is None:
            raise Faults([Fault("version_absent", {"file": self.workspace.name}, {"value": str(id_)})])
        return self.check(found)

    def remove(self) -> None:
        """Take the document away; its history stays, and with it its last state."""
        remove_document(self.workspace, self.kind, self.id, self.revision)
        self.revision = 0
