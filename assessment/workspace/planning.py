"""What was announced of a campaign before anybody answered: its form, its threshold, who is told as one.

A plan is made of a framing and handed over once. As soon as somebody has answered, may answer by a token, or was told
of results, it stands: to merge groups afterwards would tell who was in them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from assessment.faults import Faults, refuse
from assessment.framework import Framework
from assessment.practices.framing.document import FULL, ROLE, SHORT, UNIT
from assessment.practices.shape import Among, Block, Blocks, Number, Text
from assessment.scoring.confidentiality import SMALLEST, Settings
from assessment.workspace.campaigns import Campaign, add_campaign, list_campaigns, refuse_begun, remove_campaign
from assessment.workspace.choosing import uses
from assessment.workspace.releases import list_releases
from assessment.workspace.sheets import SettingsStore, UnitsStore, keyed
from assessment.workspace.stores import Store
from assessment.workspace.tables import table_data
from assessment.workspace.workspace import Workspace

PLAN = "plan"
NAMED = Text(200, needed=True)

SHAPE = Block(
    {
        "form": Among((FULL, SHORT)),
        "min_group": Number(SMALLEST, 1000, whole=True),
        "mergers": Blocks(Block({"kind": Among((ROLE, UNIT)), "from": NAMED, "into": NAMED}, ("kind", "from", "into"))),
    }
)


class PlanStore(Store):
    """The plan of a campaign: ``form``, ``min_group``, ``mergers`` (``kind, from, into``); all of it may be left out.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    """

    def __init__(self, workspace: Workspace, campaign: str):
        super().__init__(workspace, PLAN, campaign)

    def check(self, document: Any) -> Any:
        """Return a plan that holds, or raise with all that is wrong."""
        refuse(*SHAPE.faults(keyed(document), {}))
        return document


def said_threshold(workspace: Workspace, plan: Mapping[str, Any], last: Mapping[str, Any]) -> int | None:
    """Give the threshold somebody said: in the plan, else in the settings, else of the last release; None = nobody."""
    settings = SettingsStore(workspace).load() or {}
    return plan.get("min_group", settings.get("min_group", last.get("min_group")))


def smallest_group(workspace: Workspace, campaign: str | None = None) -> int:
    """Give how many responses a group needs for the next release of a campaign to tell of it.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign; None = the first one, still to be begun.

    Returns
    -------
    int
        What was announced, else what the workspace or the last release says, else 10. **Missing answers**: not
        concerned: whoever answered anything is counted.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import open_workspace
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         smallest_group(workspace), SettingsStore(workspace).save({"min_group": 11}), smallest_group(workspace)
    (10, 1, 11)
    """
    plan = PlanStore(workspace, campaign).load() if campaign else None
    kept = list_releases(workspace, campaign) if campaign else []
    said = said_threshold(workspace, plan or {}, kept[-1] if kept else {})
    return Settings().min_group if said is None else said


@dataclass(frozen=True)
class HandedOver:
    """A campaign that was planned, and what it was before.

    Parameters
    ----------
    campaign
        The campaign's id.
    made
        Whether it was made for this; then nothing was before.
    before
        The plan and the units it had, as plain data; None where it had none.
    """

    campaign: str
    made: bool
    before: tuple[Any, Any] = (None, None)


def planned_campaign(workspace: Workspace, framework: Framework) -> Campaign | None:
    """Give the campaign of an instrument that a plan would be handed to: the one begun last; None = a new one."""
    fitting = [one for one in list_campaigns(workspace) if uses(one, framework)]
    return fitting[-1] if fitting else None


def has_begun(workspace: Workspace, campaign: str) -> bool:
    """Say whether a campaign can no longer be planned: there are responses, tokens or releases."""
    try:
        with workspace.reading() as connection:
            refuse_begun(connection, workspace, campaign)
    except Faults as faults:
        if faults.faults[0].code != "campaign_begun":
            raise
        return True
    return False


def plan_campaign(
    workspace: Workspace, name: str, framework: Framework, units: pd.DataFrame, plan: Mapping[str, Any]
) -> HandedOver:
    """Hand a plan and its units over to the campaign of an instrument, made where there is none.

    Parameters
    ----------
    workspace
        An open workspace, which keeps the instrument (`add_framework`).
    name
        What people call the campaign, where it is made.
    framework
        The instrument.
    units
        The units table with its headcounts, no merger made.
    plan
        As in `PlanStore`.

    Returns
    -------
    HandedOver
        What `unplan_campaign` undoes. **Missing answers**: there are none yet.

    Raises
    ------
    Faults
        ``campaign_begun``: what was announced cannot be changed any more.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from assessment.workspace import add_framework, open_workspace
    >>> units = pd.DataFrame({"unit": ["A"], "name": ["Voirie"], "parent": [""], "headcount": [12.0]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with open_workspace(Path(folder) / "a.apprenance", create=True) as workspace:
    ...         framework = add_framework(workspace, "collectivite-apprenante")
    ...         handed = plan_campaign(workspace, "2027", framework, units, {"form": "short"})
    ...         PlanStore(workspace, handed.campaign).load()
    {'form': 'short'}
    """
    found = planned_campaign(workspace, framework)
    if found is None:
        # the id that `campaign_for` gives: whoever keys in or imports without naming a campaign means this one
        add_campaign(workspace, framework.id, name, framework)
    id_ = framework.id if found is None else found.id
    plans, kept = PlanStore(workspace, id_), UnitsStore(workspace, id_)
    before = plans.load(), kept.load()
    with workspace.reading() as connection:
        refuse_begun(connection, workspace, id_)
    plans.save(dict(plan))
    if len(units):
        kept.save(table_data(units))
    return HandedOver(id_, found is None, before)


def unplan_campaign(workspace: Workspace, handed: HandedOver) -> None:
    """Undo `plan_campaign`: the campaign is gone if it was made for it, else it is planned as before.

    Raises
    ------
    Faults
        ``campaign_begun``: somebody answered meanwhile; everything stays.
    """
    with workspace.reading() as connection:
        refuse_begun(connection, workspace, handed.campaign)
    if handed.made:
        remove_campaign(workspace, handed.campaign)
    for store, before in zip(
        (PlanStore(workspace, handed.campaign), UnitsStore(workspace, handed.campaign)), handed.before, strict=True
    ):
        if store.load() is None:
            continue
        if before is None:
            store.remove()
        else:
            store.save(before)
