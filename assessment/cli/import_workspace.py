"""``apprenance import --output WORKSPACE``: responses into a campaign of a workspace; the same file adds nothing."""

from pathlib import Path

from assessment.cli.messages import note
from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.responses.readers import Imported
from assessment.texts import format_number, word
from assessment.workspace import Workspace, add_campaign, add_framework, add_responses, list_campaigns, open_workspace


def receive(path: Path, campaign: str | None, framework: str, found: Imported, language: str) -> None:
    """Keep what an export held in a workspace, which is made when there is none, and tell how much of it is new."""
    with open_workspace(path, create=True) as workspace:
        chosen = campaign_for(workspace, campaign, framework)
        received = add_responses(workspace, chosen, found.responses, found.verbatims, found.preview.file)
    counts = {name: getattr(received, name) for name in ("read", "kept", "duplicates", "differing")}
    told = {name: format_number(count, language, 0) for name, count in counts.items()}
    note(word("importing.received", language, file=path.name, campaign=chosen, **told))


def campaign_for(workspace: Workspace, campaign: str | None, framework: str) -> str:
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


def uses(campaign, instrument: Framework) -> bool:
    """Say whether a campaign asks with an instrument."""
    return (campaign.framework, campaign.version) == (instrument.id, instrument.version)
