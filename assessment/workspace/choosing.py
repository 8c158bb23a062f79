"""Which campaign is meant: when responses come, the only one with the instrument; when one is looked at, the last."""

from pathlib import Path

from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.workspace.campaigns import Campaign, add_campaign, list_campaigns
from assessment.workspace.frameworks import add_framework
from assessment.workspace.workspace import Workspace


def campaign_for(workspace: Workspace, campaign: str | None, framework: str | Path) -> str:
    """Give the campaign that is meant: the one named, or the only one with the instrument; made when there is none.

    Raises
    ------
    Faults
        ``campaign_which`` when several have the instrument and none is named; ``campaign_other`` when the one named has
        another instrument.
    """
    instrument = add_framework(workspace, framework)
    campaigns = {one.id: one for one in list_campaigns(workspace)}
    if campaign in campaigns and not uses(campaigns[campaign], instrument):
        place = {"file": workspace.name}
        raise Faults([Fault("campaign_other", place, {"value": campaign, "framework": campaigns[campaign].framework})])
    fitting = [campaign] if campaign else [one.id for one in campaigns.values() if uses(one, instrument)]
    if len(fitting) > 1:
        raise Faults([Fault("campaign_which", {"file": workspace.name}, {"names": ", ".join(fitting)})])
    chosen = fitting[0] if fitting else instrument.id
    if chosen not in campaigns:
        add_campaign(workspace, chosen, chosen, instrument)
    return chosen


def uses(campaign: Campaign, instrument: Framework) -> bool:
    """Say whether a campaign asks with an instrument."""
    return (campaign.framework, campaign.version) == (instrument.id, instrument.version)


def last_campaign(workspace: Workspace) -> str:
    """Name the campaign that was begun last.

    Raises
    ------
    Faults
        ``campaigns_none``.
    """
    campaigns = list_campaigns(workspace)
    if not campaigns:
        raise Faults([Fault("campaigns_none", {"file": workspace.name})])
    return campaigns[-1].id
