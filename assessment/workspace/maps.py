"""Systems maps in a workspace: the working state that an editor saves as people draw, and its history."""

from typing import Any

from assessment import systems
from assessment.workspace.stores import Store
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import list_documents

MAP = "map"
COUNTED = ("actors", "variables", "ties")

ACTORS = "actors"
"""The id of the organisation's map of actors."""


class MapStore(Store):
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
        super().__init__(workspace, MAP, map_id)

    def check(self, document: Any) -> Any:
        """Return a map that holds, or raise with all its faults."""
        return systems.check_map(document, self.workspace.name)

    def summary(self, document: Any) -> dict[str, Any]:
        """Say what a list tells of a map: its ``name``, and how many ``actors, variables, ties``."""
        return {"name": document.get("name") or ""} | {block: len(document.get(block) or ()) for block in COUNTED}


def list_maps(workspace: Workspace) -> list[dict[str, Any]]:
    """List the maps of a workspace by id: ``id, revision, changed, name``, numbers of ``actors, variables, ties``."""
    return list_documents(workspace, MAP)
