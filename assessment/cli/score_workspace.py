"""``apprenance score WORKSPACE``: a release made once and kept before it is shown; ``--by`` chooses cells of it."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from assessment.cli.messages import note, remark, staged
from assessment.cli.score import Asked, Result, groupings_of
from assessment.faults import Fault, Faults
from assessment.framework import Framework, load_framework
from assessment.responses import describe_responses, load_units
from assessment.scoring import Settings, waves_of
from assessment.scoring.profile import Grouping, checked_wave, of_wave
from assessment.texts import word
from assessment.workspace import (
    Measured,
    Workspace,
    framework_of,
    last_campaign,
    list_campaigns,
    measure_campaign,
    open_workspace,
)


def scored(
    source: str,
    campaign: str | None,
    framework: str | None,
    by: tuple[str, ...],
    wave: str | None,
    units: Path | None,
    design: str | None,
    min_group: int | None,
    language: str,
) -> Result:
    """Find or make the release of a campaign, keep it, and choose from it what was asked for."""
    groupings = groupings_of(by)
    settings = None if min_group is None else Settings(min_group)
    with open_workspace(source) as workspace:
        for finding in workspace.findings:
            remark(finding, language)
        chosen = chosen_campaign(workspace, campaign, language)
        instrument = kept_framework(workspace, chosen, framework)
        headcounts = load_units(units, instrument) if units else None
        with staged(language, "scoring"):
            found = measure_campaign(workspace, chosen, groupings, headcounts, design, settings)
        told = {"number": found.number, "campaign": chosen, "file": workspace.name}
    for finding in describe_responses(found.responses, found.framework):
        remark(finding, language)
    note(word("commands.release_kept", language, **told))
    if units:
        note(word("commands.units_kept", language, **told))
    return result_of(found, groupings, wave)


def chosen_campaign(workspace: Workspace, campaign: str | None, language: str) -> str:
    """Give the campaign that is named, or the last, saying which."""
    if campaign is not None:
        return campaign
    chosen = last_campaign(workspace)
    others = [one.id for one in list_campaigns(workspace) if one.id != chosen]
    name = "campaign_last" if others else "campaign_only"
    note(word(f"commands.{name}", language, campaign=chosen, names=", ".join(others)))
    return chosen


def kept_framework(workspace: Workspace, campaign: str, named: str | None) -> Framework:
    """Give the instrument of a campaign; another that is named is refused, for the answers were given to this one."""
    kept = framework_of(workspace, campaign)
    if named is not None and load_framework(named) != kept:
        values = {"value": named, "kept": kept.id, "version": kept.version}
        raise Faults([Fault("framework_other", {"file": workspace.name}, values)])
    return kept


def result_of(found: Measured, groupings: Sequence[Grouping], wave: str | None) -> Result:
    """Choose from a release what is told of one wave."""
    wave = checked_wave(found.responses, wave)
    own: pd.DataFrame = of_wave(found.responses, wave)
    asked = Asked(found.framework, groupings, wave, found.units, None, found.settings)
    return Result(asked, found.cells(groupings), wave, waves_of(found.responses), len(own), asked.rate(own))
