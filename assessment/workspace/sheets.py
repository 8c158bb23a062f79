"""What a workspace keeps besides maps: practices' sheets, the roadmap, units, settings; all with their history."""

from typing import Any

import pandas as pd

from assessment.faults import Fault, Faults
from assessment.scoring import Settings
from assessment.workspace.stores import Store
from assessment.workspace.tables import table_data, table_of
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import list_documents

PRACTICE, ROADMAP, UNITS, SETTINGS = "practice", "roadmap", "units", "settings"
ONLY = "organisation"
"""The id of what there is one of."""


class PracticeStore(Store):
    """The sheet of one practice done together: plain data, whatever the practice writes.

    Parameters
    ----------
    workspace
        An open workspace.
    practice_id
        Any text of 1–200 characters.
    """

    def __init__(self, workspace: Workspace, practice_id: str):
        super().__init__(workspace, PRACTICE, practice_id)

    def check(self, document: Any) -> Any:
        """Return a sheet, which has keys."""
        return keyed(document)


class RoadmapStore(Store):
    """The organisation's roadmap: plain data.

    Parameters
    ----------
    workspace
        An open workspace.
    """

    def __init__(self, workspace: Workspace):
        super().__init__(workspace, ROADMAP, ONLY)

    def check(self, document: Any) -> Any:
        """Return a roadmap, which has keys."""
        return keyed(document)


class SettingsStore(Store):
    """The settings of a workspace: ``min_group`` for releases, and whatever the pages keep.

    Parameters
    ----------
    workspace
        An open workspace.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import open_workspace
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         store = SettingsStore(workspace)
    ...         store.release(), store.save({"min_group": 11, "language": "fr"}), store.release()
    (Settings(min_group=10), 1, Settings(min_group=11))
    """

    def __init__(self, workspace: Workspace):
        super().__init__(workspace, SETTINGS, ONLY)

    def check(self, document: Any) -> Any:
        """Return settings; a ``min_group`` that would protect nobody is refused."""
        least = keyed(document).get("min_group")
        if least is not None and (isinstance(least, bool) or not isinstance(least, int)):
            raise Faults([Fault("type_wrong", {"key": "min_group"}, {"expected": "int", "value": str(least)})])
        Settings() if least is None else Settings(least)
        return document

    def release(self) -> Settings:
        """Give the rules of a release."""
        kept = self.load() or {}
        return Settings(kept["min_group"]) if kept.get("min_group") is not None else Settings()


class UnitsStore(Store):
    """The units of a campaign, with their headcounts.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    """

    def __init__(self, workspace: Workspace, campaign: str):
        super().__init__(workspace, UNITS, campaign)

    def check(self, document: Any) -> Any:
        """Return units that are a table."""
        table_of(document, UNITS)
        return document

    def table(self) -> pd.DataFrame | None:
        """Give the units table as `load_units` makes it; None where there is none."""
        kept = self.load()
        return None if kept is None else table_of(kept, UNITS)

    def keep(self, units: pd.DataFrame) -> int:
        """Save a units table."""
        return self.save(table_data(units))


def list_practices(workspace: Workspace) -> list[dict[str, Any]]:
    """List the sheets of practices by id: ``id, revision, changed``."""
    return list_documents(workspace, PRACTICE)


def keyed(document: Any) -> Any:
    """Return what has keys, or refuse it."""
    if not isinstance(document, dict):
        raise Faults([Fault("type_wrong", values={"expected": "block_of_map", "value": type(document).__name__})])
    return document
