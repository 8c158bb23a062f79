"""What the page of the questionnaire is about: the instrument, its form, the units offered, what came in so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from assessment.apps.contents import Contents, contents_of
from assessment.framework import Framework, load_framework
from assessment.responses.questionnaire import FORMS, SMALLEST_GROUP, Questionnaire, make_questionnaire
from assessment.responses.writers.welcome import seconds
from assessment.workspace import (
    Campaign,
    PlanStore,
    SettingsStore,
    UnitsStore,
    Workspace,
    framework_of,
    last_wave,
    list_deliveries,
    list_releases,
    open_workspace,
    smallest_group,
)

FULL, SHORT = FORMS

UNIT_CODES = "unit_codes"
"""The setting that holds, by campaign, which unit each code and name of a questionnaire that went out stands for."""


@dataclass(frozen=True)
class Surveyed:
    """What the page is about, read from the workspace each time the page is written.

    Parameters
    ----------
    framework
        The instrument: the campaign's, else the one the page was opened with.
    held
        What is in the workspace; None where none is open.
    campaign
        The campaign that is meant; None before the first.
    units
        Its units; None where nobody said any.
    planned
        The form the framing announced; ``""`` where it said none.
    wave
        The wave that is being answered or awaited; ``""`` before the first, and where it is closed.
    unit_codes
        Which unit a code or a name of a questionnaire that went out stands for.
    deliveries
        What came in, as `list_deliveries` tells it.
    releases
        How often results of the campaign were let out.
    min_group
        Below how many responses nothing of a group is let out; the questionnaire promises it.
    """

    framework: Framework
    held: Contents | None = None
    campaign: Campaign | None = None
    units: pd.DataFrame | None = None
    planned: str = ""
    wave: str = ""
    unit_codes: Mapping[str, str] = field(default_factory=dict)
    deliveries: Sequence[Mapping] = ()
    releases: int = 0
    min_group: int = SMALLEST_GROUP

    @cached_property
    def questionnaires(self) -> dict[str, Questionnaire]:
        """The forms: what each asks."""
        return {form: self.make(form) for form in FORMS}

    def make(self, form: str) -> Questionnaire:
        """Make the questionnaire of a form."""
        return make_questionnaire(self.framework, form, self.units, min_group=self.min_group)

    def asking(self, form: str, wave: str = "") -> Questionnaire:
        """Give the questionnaire of a form that says its wave with each response."""
        return replace(self.questionnaires[form], wave=wave)

    @property
    def campaigns(self) -> tuple[Campaign, ...]:
        """The campaigns of the workspace, the oldest first."""
        return self.held.campaigns if self.held else ()

    @property
    def can_keep(self) -> bool:
        """Whether answers can be kept: a workspace is open, and may be written in."""
        return self.held is not None and not self.held.read_only


def surveyed_in(path: Path, campaign: str | None, framework: str | Path) -> Surveyed:
    """Read what the page is about from a workspace, and close it.

    Parameters
    ----------
    path
        The workspace.
    campaign
        The campaign that somebody chose; None = the one begun last.
    framework
        The instrument where there is no campaign yet.

    Raises
    ------
    Faults
        Why it cannot be opened or read.
    """
    with open_workspace(path) as workspace:
        held = contents_of(workspace)
        found = next((one for one in held.campaigns if one.id == campaign), held.campaign)
        if found is None:
            return Surveyed(load_framework(framework), held, min_group=smallest_group(workspace))
        return of_campaign(workspace, held, found)


def of_campaign(workspace: Workspace, held: Contents, campaign: Campaign) -> Surveyed:
    """Read what is known of a campaign."""
    planned = (PlanStore(workspace, campaign.id).load() or {}).get("form")
    wave = last_wave(workspace, campaign.id)
    return Surveyed(
        framework_of(workspace, campaign.id),
        held,
        campaign,
        UnitsStore(workspace, campaign.id).table(),
        planned or "",
        "" if wave in campaign.closed else wave,
        codes_in(SettingsStore(workspace).load(), campaign.id),
        list_deliveries(workspace, campaign.id),
        len(list_releases(workspace, campaign.id)),
        smallest_group(workspace, campaign.id),
    )


def codes_in(settings: Mapping | None, campaign: str) -> dict[str, str]:
    """Give the unit codes that settings hold of a campaign."""
    own = ((settings or {}).get(UNIT_CODES) or {}).get(campaign)
    return dict(own) if isinstance(own, Mapping) else {}


def note_unit_codes(path: Path, campaign: str, codes: Mapping[str, str]) -> list[str]:
    """Note which unit each code of a questionnaire that goes out stands for, so that its answers find their units.

    Returns
    -------
    list of str
        The codes and names that stood for another unit in a questionnaire that went out earlier.

    Notes
    -----
    Codes are given by place: the file that went out says which, not the units as they are when its answers come.
    **Missing answers**: not concerned.
    """
    with open_workspace(path) as workspace:
        store = SettingsStore(workspace)
        settings = store.load() or {}
        before = codes_in(settings, campaign)
        known = {**before, **codes}
        if known != before:
            store.save({**settings, UNIT_CODES: {**(settings.get(UNIT_CODES) or {}), campaign: known}})
    return [code for code, unit in codes.items() if before.get(code, unit) != unit]


@dataclass(frozen=True)
class Burden:
    """What a form asks of a role: statements (each perspective counted), further questions, minutes."""

    role: str
    statements: int
    questions: int
    minutes: int


def burdens(questionnaire: Questionnaire) -> list[Burden]:
    """Say how much a form asks of each role, in the instrument's order; of one nameless role where it has none.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> burdens(make_questionnaire(load_framework("collectivite-apprenante"), "short"))[-1]
    Burden(role='partner', statements=4, questions=1, minutes=1)
    """
    return [burden(questionnaire, role) for role in [one.id for one in questionnaire.roles] or [""]]


def burden(questionnaire: Questionnaire, role: str) -> Burden:
    """Say how much a form asks of a role."""
    statements = sum(meets(one.roles, role) for one in questionnaire.statements())
    questions = sum(meets(questionnaire.roles_of(one), role) for one in questionnaire.questions)
    return Burden(role, statements, questions, max(1, -(-seconds(questionnaire, role) // 60)))


def meets(roles: Sequence[str] | None, role: str) -> bool:
    """Say whether something is put to a role."""
    return roles is None or role in roles
