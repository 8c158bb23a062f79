"""A campaign measured: everything is scored and released once, over the whole lattice, and kept before it is seen.

As long as nothing it was made from has changed, a release is found again, not made again: whoever asks a hundred times
is told the same, and the file does not grow. When responses came or went, a further release is made beside all earlier
ones. Who looks at some groups chooses among the cells of the release.

The lattice only grows. Whoever asks for a column it does not have widens it for good: every release covers all groups
that any earlier one told, so that what was told then and what is told now are protected together.

Roles and units that were announced as one before anybody answered (`assessment.workspace.planning`) are one before
anything is counted: who belongs to either is told nowhere. What the first release merged every later one merges, and
nothing else.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import select

from assessment.faults import Fault, Faults, refuse
from assessment.framework import Framework
from assessment.practices import merge_campaign
from assessment.progress import Progress
from assessment.responses.units import ancestors
from assessment.scoring import Settings, lattice
from assessment.scoring.confidentiality import without_rare_values
from assessment.scoring.design import named_design
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.following import plain
from assessment.scoring.profile import Grouping, Tables, check_columns
from assessment.scoring.study import study
from assessment.workspace.answers import responses_table
from assessment.workspace.campaigns import framework_of, present
from assessment.workspace.planning import PlanStore, said_threshold
from assessment.workspace.releases import (
    INPUTS,
    Overtaken,
    digest,
    earlier_releases,
    keep_release,
    list_releases,
    released_tables,
)
from assessment.workspace.schema import RESPONSES
from assessment.workspace.sheets import UnitsStore
from assessment.workspace.tables import table_data
from assessment.workspace.workspace import Workspace

TRIES = 5
"""Somebody else may let something out in the meantime; who is overtaken begins again, but not for ever."""

MERGERS = "mergers"
"""Of a plan and of a release's terms: what was released once is merged in the same way for good."""

WEIGHTED = "raked"
"""The design whose means are other means of the same people: beside plain ones, nothing could be told."""


@dataclass(frozen=True)
class Measured:
    """A campaign with its release, which is kept.

    Parameters
    ----------
    campaign
        The campaign's id.
    framework
        The instrument.
    responses
        The responses the release was made from, announced mergers made; never to be shown.
    units
        The units table; None without.
    released
        The released tables of `assessment.scoring.study`: all waves, all groups of the lattice.
    settings
        The rules of the release.
    number
        Which release of the campaign it is.
    """

    campaign: str
    framework: Framework
    responses: pd.DataFrame
    units: pd.DataFrame | None
    released: Tables
    settings: Settings
    number: int

    def cells(self, by: Sequence[Grouping]) -> Tables:
        """Give the rows of the organisation and of some groupings; nothing is worked out anew.

        Parameters
        ----------
        by
            Groupings of the lattice; columns that are crossed in any order.
        """
        wanted = {frozenset(grouping) for grouping in by}
        return without_rare_values({name: rows_of(table, wanted) for name, table in self.released.items()})


def rows_of(table: pd.DataFrame, wanted: set[frozenset[str]]) -> pd.DataFrame:
    """Keep the rows of the organisation and of the groupings that are wanted."""
    if "by" not in table:
        return table
    stays = [one is None or frozenset(one.split(CROSSED)) in wanted for one in plain(table["by"])]
    return table[pd.Series(stays, index=table.index, dtype=bool)].reset_index(drop=True)


def measure_campaign(
    workspace: Workspace,
    campaign: str,
    by: Sequence[Grouping] = (),
    units: pd.DataFrame | None = None,
    design: str | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Measured:
    """Release all that a campaign tells, beside all that was told before, and keep it; or find it kept.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    by
        Groupings that must be among the cells besides unit, role and both crossed.
    units
        The units table; None = the one the workspace keeps (`UnitsStore`), if any. One that is given is kept.
    design
        How people came to answer (`assessment.scoring.Design`); None = as in the last release.
    settings
        The rules of the release; None = those announced (`PlanStore`), of the workspace (`SettingsStore`), or of the
        last release.
    progress
        Called with (done, total) between the tables of a new release; an exception raised in it stops the work, and
        nothing is kept.

    Raises
    ------
    Faults
        All that `study` refuses; ``campaign_absent``, ``campaign_empty``; ``threshold_other``, ``design_other``,
        ``unit_moved`` where what is asked cannot stand beside what was released; ``workspace_read_only`` where a new
        release would have to be kept.

    Notes
    -----
    **Missing answers**: as in each table.
    """
    asked = Asked(workspace, campaign, tuple(by), units, design, settings, progress)
    for _ in range(TRIES - 1):
        with suppress(Overtaken):
            return measured(asked)
    return measured(asked)


@dataclass(frozen=True)
class Asked:
    """What is asked of a campaign; parameters as in `measure_campaign`."""

    workspace: Workspace
    campaign: str
    by: tuple[Grouping, ...]
    units: pd.DataFrame | None
    design: str | None
    settings: Settings | None
    progress: Progress | None = None


@dataclass(frozen=True)
class Made:
    """What a release is made from: all that its numbers depend on.

    Parameters
    ----------
    framework
        The instrument.
    responses, seals
        The responses, and what stands for them (`as_of_one_moment`).
    units
        The units table; None without.
    by
        The lattice.
    design
        The name of the design; None = what the units table says.
    settings
        The rules.
    mergers
        What was announced to be told as one; it is made already in the instrument, the responses and the units.
    """

    framework: Framework
    responses: pd.DataFrame
    seals: list[str]
    units: pd.DataFrame | None
    by: list[Grouping]
    design: str | None
    settings: Settings
    mergers: Sequence[Mapping[str, str]] = ()

    @cached_property
    def terms(self) -> dict[str, Any]:
        """Give what is kept beside the tables; the inputs are there as a digest alone."""
        units = None if self.units is None else table_data(self.units)
        inputs = [self.framework.id, self.framework.version, self.seals, units, self.by, self.design]
        merged = {MERGERS: list(self.mergers)} if self.mergers else {}
        told = digest([*inputs, self.settings.min_group, *merged.values()])
        return {"design": self.design, "parents": parents_of(self.units), **merged, INPUTS: told}

    def released(self, earlier: Sequence[Tables], progress: Progress | None) -> Tables:
        """Score everything, and release it beside what was released earlier."""
        rules = (self.settings, earlier, named_design(self.design, self.units))
        return study(self.responses, self.framework, self.by, None, self.units, *rules, progress)


def measured(asked: Asked) -> Measured:
    """Find the release of what is asked, or make it; see `measure_campaign`."""
    workspace, campaign = asked.workspace, asked.campaign
    kept = list_releases(workspace, campaign)
    made = made_from(asked, kept)
    number = next((one["number"] for one in kept if one.get(INPUTS) == made.terms[INPUTS]), None)
    if number is None:
        released, number = let_out(asked, made)
    else:
        released = released_tables(workspace, campaign, number)
    keep_units(asked)
    return Measured(campaign, made.framework, made.responses, made.units, released, made.settings, number)


def made_from(asked: Asked, kept: Sequence[Mapping[str, Any]]) -> Made:
    """Put together what a release of what is asked is made from."""
    framework = framework_of(asked.workspace, asked.campaign)
    responses, seals = as_of_one_moment(asked.workspace, asked.campaign)
    check_columns(responses, framework, asked.by)
    units = UnitsStore(asked.workspace, asked.campaign).table() if asked.units is None else asked.units
    last = kept[-1] if kept else {}
    plan = PlanStore(asked.workspace, asked.campaign).load() or {}
    mergers = (last if kept else plan).get(MERGERS) or ()
    responses, units, framework = merge_campaign(responses, units, framework, mergers)
    settings, design = rules(asked, last, plan), design_of(asked, last)
    return Made(framework, responses, seals, units, widened(kept, responses, asked.by), design, settings, mergers)


def as_of_one_moment(workspace: Workspace, campaign: str) -> tuple[pd.DataFrame, list[str]]:
    """Give the responses of a campaign and their seals, which stand for them: each covers a random id as well.

    What the seals are reckoned into tells nothing of anybody, not even to who guesses all answers of one who is gone.
    """
    of_campaign = RESPONSES.c.campaign == campaign
    chosen = select(RESPONSES.c.seal).where(of_campaign).order_by(RESPONSES.c.wave, RESPONSES.c.response)
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        responses, seals = responses_table(connection, campaign), list(connection.execute(chosen).scalars())
    if responses.empty:
        raise Faults([Fault("campaign_empty", {"file": workspace.name}, {"value": campaign})])
    return in_settled_order(responses), seals


def in_settled_order(responses: pd.DataFrame) -> pd.DataFrame:
    """Give responses in an order that what stands in them makes, not the random ids under which they are kept.

    Sums of floating-point numbers depend on the order in their last digits: another copy of the same responses has the
    same.
    """
    marks = pd.util.hash_pandas_object(responses[sorted(responses.columns)], index=False)
    return responses.iloc[marks.argsort(kind="stable")].reset_index(drop=True)


def rules(asked: Asked, last: Mapping[str, Any], plan: Mapping[str, Any]) -> Settings:
    """Give the rules of the release: a campaign has one threshold, for between two the size of groups is told."""
    own = said_threshold(asked.workspace, plan, last)
    if own is None:
        return asked.settings or Settings()
    if asked.settings is not None and asked.settings.min_group != own:
        values = {"value": asked.settings.min_group, "kept": own}
        raise Faults([Fault("threshold_other", {"file": asked.workspace.name}, values)])
    return Settings(own)


def widened(kept: Sequence[Mapping[str, Any]], responses: pd.DataFrame, by: Sequence[Grouping]) -> list[Grouping]:
    """Give the lattice: unit, role and both crossed, what was ever released, what is asked; no grouping twice.

    A column of which nobody has a value any more has no groups.
    """
    told = [tuple(one) for release in kept for one in release.get("by", ())]
    told = [one for one in told if all(name in responses and (responses[name] != "").any() for name in one)]
    every: dict[frozenset[str], Grouping] = {}
    for one in [*lattice(responses), *told, *by]:
        every.setdefault(frozenset(one), one)
    return list(every.values())


def design_of(asked: Asked, last: Mapping[str, Any]) -> str | None:
    """Give the design: what is asked, or that of the last release."""
    before = last.get("design")
    if asked.design is None or asked.design == before:
        return before
    if last and WEIGHTED in (asked.design, before):
        values = {"value": asked.design, "kept": before or "–"}
        raise Faults([Fault("design_other", {"file": asked.workspace.name}, values)])
    return asked.design


def parents_of(units: pd.DataFrame | None) -> dict[str, str]:
    """Give the unit that each unit is a part of, as far as it is a part of one."""
    if units is None:
        return {}
    return {unit: parent for unit, parent in units[["unit", "parent"]].itertuples(index=False) if parent}


def let_out(asked: Asked, made: Made) -> tuple[Tables, int]:
    """Make a release beside all earlier ones, and keep it."""
    workspace, campaign = asked.workspace, asked.campaign
    if workspace.read_only:
        raise Faults([Fault("workspace_read_only", {"file": workspace.name}, {"reason": ""})])
    earlier, kept = earlier_releases(workspace, campaign), list_releases(workspace, campaign)
    if kept:
        refuse_moved(workspace, earlier, kept[-1].get("parents", {}), made.terms["parents"])
    released = made.released(earlier, asked.progress)
    return released, keep_release(workspace, campaign, released, made.settings, made.terms, len(earlier))


def refuse_moved(
    workspace: Workspace, earlier: Sequence[Tables], before: Mapping[str, str], now: Mapping[str, str]
) -> None:
    """Refuse units that are parts of other units than when they were told of: who was moved would be the difference."""
    tables = [one["groups"] for one in earlier if "groups" in one]
    groups = [group for table in tables for group in plain(table.loc[table["by"] == "unit", "group"])]
    told = {group.split(CROSSED)[0] for group in groups if group is not None}
    moved = sorted(one for one in told if told & set(ancestors(one, before)) != told & set(ancestors(one, now)))
    refuse(*(Fault("unit_moved", {"file": workspace.name}, {"value": one}) for one in moved))


def keep_units(asked: Asked) -> None:
    """Keep a units table that was given in place of another; the other stays in the history."""
    store = UnitsStore(asked.workspace, asked.campaign)
    if asked.units is not None and store.load() != table_data(asked.units):
        store.keep(asked.units)
