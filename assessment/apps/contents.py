"""What is in a workspace, counted: what the journey is known by."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from assessment.practices.framing.document import FRAMING
from assessment.responses.waves import in_natural_order
from assessment.workspace import (
    Campaign,
    SettingsStore,
    Workspace,
    list_campaigns,
    list_maps,
    list_practices,
    list_releases,
    open_workspace,
    released_waves,
)

TEXTS, GROUP_LEVEL, ELSEWHERE = "texts", "group_level", "elsewhere"
"""What the sheets of the diagnostic's rooms are called, with the campaign's id behind."""

BETWEEN = "·"
"""What stands between the two."""

LONGEST = 150
"""Characters of a campaign's id that stand in a sheet's; of a longer one a digest does."""

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
    told
        The waves of the campaign begun last that its last release tells of.
    """

    organisation: str = ""
    campaigns: tuple[Campaign, ...] = ()
    maps: tuple[dict, ...] = ()
    practices: tuple[str, ...] = ()
    releases: int = 0
    read_only: bool = False
    told: frozenset[str] = frozenset()

    @property
    def responses(self) -> int:
        """Responses of all campaigns and waves."""
        return sum(sum(one.waves.values()) for one in self.campaigns)

    @property
    def waves(self) -> list[str]:
        """Waves that have responses, of all campaigns, in natural order."""
        return in_natural_order({wave for one in self.campaigns for wave, count in one.waves.items() if count})

    @property
    def awaited(self) -> list[str]:
        """Waves of the campaign begun last that are open and have no responses yet."""
        return in_natural_order(wave for wave, count in self._own.items() if not count)

    @property
    def unread(self) -> list[str]:
        """Waves of the campaign begun last that have responses and that no release tells of."""
        return in_natural_order(wave for wave, count in self._own.items() if count and wave not in self.told)

    @property
    def _own(self) -> dict[str, int]:
        return self.campaign.waves if self.campaign else {}

    @property
    def campaign(self) -> Campaign | None:
        """The campaign begun last; None before the first."""
        return self.campaigns[-1] if self.campaigns else None

    @property
    def begun(self) -> list[str]:
        """The practices that were begun: sheets of the framing and of the diagnostic's rooms are none of them."""
        prepared = (FRAMING, TEXTS, GROUP_LEVEL, ELSEWHERE)
        return [one for one in self.practices if one.split(BETWEEN)[0] not in prepared]

    def on_map(self, block: str) -> int:
        """Count ``actors``, ``variables`` or ``ties`` on all maps."""
        return sum(one.get(block, 0) for one in self.maps)


def sheet_id(kind: str, campaign: str) -> str:
    """Give the id of a campaign's sheet.

    Examples
    --------
    >>> sheet_id("texts", "diagnostic"), len(sheet_id("texts", "d" * 200))
    ('texts·diagnostic', 70)
    """
    own = campaign if len(campaign) <= LONGEST else hashlib.sha256(campaign.encode()).hexdigest()
    return f"{kind}{BETWEEN}{own}"


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
        frozenset(released_waves(workspace, campaigns[-1].id)) if campaigns else frozenset(),
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
