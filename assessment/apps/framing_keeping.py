"""What the framing's page asks of a workspace: what can be put back, the survey beside readiness, the campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assessment.apps.framing_sheet import Handing
from assessment.framework import Framework
from assessment.practices import compare_readiness, framing_units, score_readiness
from assessment.practices.framing.document import FULL, listed, part
from assessment.scoring.confidentiality import Settings
from assessment.workspace import (
    PlanStore,
    UnitsStore,
    Workspace,
    framework_of,
    list_campaigns,
    list_releases,
    released_tables,
)
from assessment.workspace.planning import has_begun, planned_campaign
from assessment.workspace.tables import table_data

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Undo:
    """What was taken away.

    Parameters
    ----------
    key, names
        What the words call it.
    values
        What stood in the parts of the framing that were changed; None where nothing stood.
    """

    key: str
    names: Mapping[str, str]
    values: Mapping[str, Any]

    @classmethod
    def of(cls, key: str, names: Mapping[str, str], before: Document, after: Document) -> "Undo":
        """Note what differs between two states of a framing."""
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        return cls(key, names, {name: before.get(name) for name in changed})


def plan_of(document: Document) -> dict[str, Any]:
    """Give what a campaign is told of a framing: its form, its threshold, who is told as one."""
    method = part(document, "method")
    least = method.get("min_group") or Settings().min_group
    return {"form": method.get("form") or FULL, "min_group": least, "mergers": listed(document, "mergers")}


def handing_of(workspace: Workspace | None, framework: Framework, document: Document) -> Handing:
    """Say how the campaign stands that a framing leads to."""
    campaign = None if workspace is None else planned_campaign(workspace, framework)
    if campaign is None:
        return Handing()
    units = framing_units(document)
    same = PlanStore(workspace, campaign.id).current() == plan_of(document)
    kept = UnitsStore(workspace, campaign.id).current()
    return Handing(campaign, has_begun(workspace, campaign.id), same and (units.empty or kept == table_data(units)))


def compared_readiness(workspace: Workspace | None, document: Document) -> pd.DataFrame | None:
    """Put the answers on readiness beside the last wave that was released; None where nothing was."""
    for campaign in reversed(list_campaigns(workspace) if workspace else []):
        if list_releases(workspace, campaign.id):
            framework, tables = framework_of(workspace, campaign.id), released_tables(workspace, campaign.id)
            compared = compare_readiness(score_readiness(document), tables, framework)
            return compared[compared["wave"] == list(campaign.waves)[-1]] if campaign.waves else compared
    return None


def people_key(document: Mapping[str, Any]) -> list[Any]:
    """Give what mergers depend on."""
    method = part(document, "method")
    return [document.get(name) for name in ("units", "people", "mergers")] + [
        method.get("rate"),
        method.get("min_group"),
    ]
