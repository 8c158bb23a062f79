"""What is in a workspace, counted: what the journey is known by."""

from dataclasses import dataclass
from pathlib import Path

from assessment.workspace import (
    Campaign,
    SettingsStore,
    Workspace,
    list_campaigns,
    list_maps,
    list_practices,
    list_releases,
    open_workspace,
)

ORGANISATION = "organisation"
"""The setting that holds the organisation's name."""


@dataclass(frozen=True)
class Contents:
    """What is in a workspace.

    Parameters
    ----------
    organisation
        The organisation's name; ``""`` where nobody gave one.
    campaigns
        The campaigns, the oldest first.
    maps
        What is on each map, by its id: ``name`` and how many ``actors, variables, ties``.
    practices
        The ids of the practices that have a sheet.
    releases
        How often results were let out.
    read_only
        Whether it can only be looked at.
    """

    organisation: str = ""
    campaigns: tuple[Campaign, ...] = ()
    maps: tuple[dict, ...] = ()
    practices: tuple[str, ...] = ()
    releases: int = 0
    read_only: bool = False

    @property
    def responses(self) -> int:
        """Responses of all campaigns and waves."""
        return sum(sum(one.waves.values()) for one in self.campaigns)

    @property
    def waves(self) -> int:
        """Waves that have responses, of all campaigns."""
        return sum(1 for one in self.campaigns for count in one.waves.values() if count)

    @property
    def campaign(self) -> Campaign | None:
        """The campaign begun last; None before the first."""
        return self.campaigns[-1] if self.campaigns else None

    def on_map(self, block: str) -> int:
        """Count ``actors``, ``variables`` or ``ties`` on all maps."""
        return sum(one.get(block, 0) for one in self.maps)


def contents_of(workspace: Workspace) -> Contents:
    """Count what is in a workspace.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         contents_of(workspace).responses, contents_of(workspace).campaign
    (0, None)
    """
    campaigns = list_campaigns(workspace)
    organisation = (SettingsStore(workspace).load() or {}).get(ORGANISATION)
    return Contents(
        organisation if isinstance(organisation, str) else "",
        tuple(campaigns),
        tuple(list_maps(workspace)),
        tuple(one["id"] for one in list_practices(workspace)),
        sum(len(list_releases(workspace, one.id)) for one in campaigns),
        workspace.read_only,
    )


def look_into(path: Path) -> Contents:
    """Open a workspace, count what is in it, and close it: others may write in it meanwhile.

    Raises
    ------
    Faults
        Why it cannot be opened or read.
    """
    with open_workspace(path) as workspace:
        return contents_of(workspace)
