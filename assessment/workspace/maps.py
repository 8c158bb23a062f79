"""Systems maps in a workspace: the working state that an editor saves as people draw, and its history."""

from collections.abc import Mapping
from typing import Any

from assessment.faults import Fault, Faults
from assessment.systems import check_map
from assessment.workspace import history
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import (
    Stale,
    Write,
    list_documents,
    name_state,
    read_document,
    remove_document,
    write_document,
)

MAP = "map"
COUNTED = ("actors", "variables", "ties")

LONGEST_NAME = 200
"""Characters of a map's id and of the name of a state."""


class MapStore:
    """One map of a workspace, as one editor sees it: what it loaded, and whether somebody else wrote since.

    Parameters
    ----------
    workspace
        An open workspace.
    map_id
        The map: any text of 1–200 characters.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import open_workspace
    >>> document = {"format": "apprenance-map", "version": 1, "variables": [{"id": "v", "label": "Confiance"}]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         store = MapStore(workspace, "eau")
    ...         store.load(), store.save(document, 1), store.snapshot("Premier atelier")
    ...         store.load() == document, store.snapshots()[0]["label"], store.snapshots()[0]["variables"]
    (None, 1, 1)
    (True, 'Premier atelier', 1)
    """

    def __init__(self, workspace: Workspace, map_id: str):
        if not 0 < len(map_id) <= LONGEST_NAME or "\x00" in map_id:
            raise Faults([Fault("document_name_wrong", values={"value": map_id, "most": LONGEST_NAME})])
        self.workspace, self.map_id = workspace, map_id
        self.revision = 0
        self.refused: int | None = None

    def load(self) -> dict[str, Any] | None:
        """Give the map as it stands, None where there is none; what is saved from now on starts from it."""
        found = read_document(self.workspace, MAP, self.map_id)
        self.revision, self.refused = (0 if found is None else found.revision), None
        return None if found is None else check_map(found.content, self.workspace.name)

    def save(self, document: Mapping[str, Any], revision: int = 0) -> int:
        """Save the working state: on the disk when this returns. A state of each quarter of an hour goes into history.

        Parameters
        ----------
        document
            The map, the content of a ``*.map.json`` file.
        revision
            The editor's own count of revisions; it becomes the map's, as long as it grows.

        Returns
        -------
        int
            The revision that stands now.

        Raises
        ------
        Faults
            All that is wrong with the map.
        Stale
            Somebody else has saved since: both versions are in the history, ``current`` is the other's. Nothing more is
            saved over it until `load` is called.
        """
        check_map(document)
        write = Write(MAP, self.map_id, document, self.revision, revision, summary(document), self.refused)
        try:
            self.revision = write_document(self.workspace, write)
        except Stale as stale:
            self.refused = stale.kept
            raise
        self.refused = None
        return self.revision

    def snapshots(self) -> list[dict[str, Any]]:
        """List the history, the newest first.

        Returns
        -------
        list of dict
            ``id``; ``when`` (UTC, ISO 8601); ``label``, None where nobody named it; ``name`` of the map; numbers of
            ``actors, variables, ties``; ``reason``: ``named, automatic``, ``refused`` (came too late), ``met`` (what
            the refused one met) or ``removed``.
        """
        with self.workspace.reading() as connection:
            return list(history.listed(connection, MAP, self.map_id))

    def snapshot(self, label: str) -> int:
        """Keep what is saved for ever, under a name.

        Parameters
        ----------
        label
            The name, of at most 200 characters.

        Returns
        -------
        int
            The ``id`` in `snapshots`.
        """
        label = " ".join(label.split())
        if len(label) > LONGEST_NAME or not label.isprintable():
            raise Faults([Fault("document_name_wrong", values={"value": label, "most": LONGEST_NAME})])
        return name_state(self.workspace, MAP, self.map_id, label)

    def at(self, id_: int | str) -> dict[str, Any]:
        """Give the map as it was.

        Parameters
        ----------
        id_
            The ``id`` of a snapshot.
        """
        number = int(id_) if str(id_).isdecimal() and len(str(id_)) < 10 else 0
        with self.workspace.reading() as connection:
            found = history.state(connection, MAP, self.map_id, number)
        if found is None:
            raise Faults([Fault("version_absent", {"file": self.workspace.name}, {"value": str(id_)})])
        return check_map(found, self.workspace.name)

    def remove(self) -> None:
        """Take the map away; its history stays, and with it its last state."""
        remove_document(self.workspace, MAP, self.map_id, self.revision)
        self.revision = 0


def list_maps(workspace: Workspace) -> list[dict[str, Any]]:
    """List the maps of a workspace by id: ``id, revision, changed, name``, numbers of ``actors, variables, ties``."""
    return list_documents(workspace, MAP)


def summary(document: Mapping[str, Any]) -> dict[str, Any]:
    """Say what a list tells of a map."""
    return {"name": document.get("name") or ""} | {block: len(document.get(block) or ()) for block in COUNTED}
