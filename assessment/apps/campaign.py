"""A campaign as an app holds it: everything released once, over the whole lattice; filters only choose among cells."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from os import PathLike

import pandas as pd

from assessment.faults import Faults
from assessment.framework import Framework
from assessment.progress import Progress, Steps, part_of
from assessment.responses import load_responses
from assessment.scoring import Settings, lattice, release, score_wave, select, waves_of
from assessment.scoring.context import score_tension_context
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.further import FURTHER
from assessment.scoring.profile import Grouping, Tables, of_wave
from assessment.scoring.study import study, together
from assessment.workspace import Workspace, last_campaign, list_campaigns, measure_campaign, open_workspace

CELL = ["wave", "by", "group", "suppressed", "score"]
"""Columns that say which cell a row is of, and whether anything was let out."""


@dataclass(frozen=True)
class Campaign:
    """The released tables of one organisation, wave by wave.

    Parameters
    ----------
    name
        What the page calls it: the organisation, the campaign, or the file.
    framework
        The instrument.
    released
        The tables of `release`, all waves together.
    respondents
        Responses in each wave, in natural order.
    unit_names
        What people call each unit.
    settings
        The rules of the release.
    fictional
        Whether it is the example.
    learn
        Gives every further table, released: it takes seconds, and is asked once, when somebody first looks. Gets
        `progress`.
    id
        The campaign's id in its workspace; empty elsewhere.
    """

    name: str
    framework: Framework
    released: dict[str, pd.DataFrame]
    respondents: dict[str, int]
    unit_names: dict[str, str]
    settings: Settings
    fictional: bool = False
    learn: Callable[[Progress | None], dict[str, pd.DataFrame]] = lambda progress: {}
    id: str = ""

    @cached_property
    def further(self) -> dict[str, pd.DataFrame]:
        """Every further table, released, all waves together; `study` beforehand where somebody waits for it."""
        return self.learn(None)

    def study(self, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
        """Give every further table as `further` does, and say meanwhile how far it is; learned once."""
        if not self.is_studied:
            vars(self)["further"] = self.learn(progress)  # where `cached_property` looks
        return self.further

    @property
    def is_studied(self) -> bool:
        """Whether the further tables are there already."""
        return "further" in vars(self)

    @property
    def waves(self) -> list[str]:
        """The waves in natural order."""
        return list(self.respondents)

    def rows(self, table: str, wave: str, **chosen: str) -> pd.DataFrame:
        """Give the rows of one cell; none when the release has no such cell.

        Parameters
        ----------
        table
            ``"scores"`` (the organisation's dimensions, or a group's) or ``"tension"``.
        wave
            The wave.
        chosen
            ``unit`` and ``role`` as far as they are chosen.
        """
        name = {"scores": "groups" if chosen else "dimensions"}.get(table, table)
        try:
            return select(self.released[name], wave, **chosen)
        except Faults:
            return self.released[name].iloc[:0]

    def groups(self, wave: str, by: str) -> pd.DataFrame:
        """Give the rows of all groups of a column."""
        table = self.released["groups"]
        return table[(table["wave"] == wave) & (table["by"] == by)]

    def is_shown(self, wave: str, **chosen: str) -> bool:
        """Say whether anything of a cell was let out."""
        return (wave, CROSSED.join(chosen), CROSSED.join(chosen.values())) in self.shown

    @cached_property
    def shown(self) -> set[tuple[str, str, str]]:
        """The cells of which anything was let out: a filter asks for each that it offers."""
        tables = pd.concat([self.released[name][CELL] for name in ("dimensions", "groups")])
        told = tables[~tables["suppressed"].astype(bool) & tables["score"].notna()]
        cells = told[["wave", "by", "group"]].fillna("").drop_duplicates()
        return set(cells.itertuples(index=False, name=None))


def measure(
    responses: pd.DataFrame,
    framework: Framework,
    name: str,
    units: pd.DataFrame | None = None,
    settings: Settings | None = None,
    fictional: bool = False,
    progress: Progress | None = None,
) -> Campaign:
    """Score and release every wave of a responses table over its lattice.

    Parameters
    ----------
    responses
        The responses table.
    framework
        The instrument.
    name
        What the page calls it.
    units
        The units table, for headcounts and names.
    settings
        The rules of the release.
    fictional
        Whether it is the example.
    progress
        Called with (done, total) between waves; an exception raised in it stops the work.
    """
    settings = settings or Settings()
    waves = waves_of(responses)
    by = lattice(responses)
    step = Steps(progress, len(waves) + 1)
    scored = together([step(scored_with_context(responses, framework, by, wave, units)) for wave in waves])
    counts = responses["wave"].value_counts()
    return Campaign(
        name,
        framework,
        step(release(scored, settings, further=FURTHER)),
        {wave: int(counts[wave]) for wave in waves},
        names_of(units),
        settings,
        fictional,
        lambda progress: study(responses, framework, by, None, units, settings, progress=progress),
    )


@contextmanager
def opened(workspace: Workspace | str | PathLike) -> Iterator[Workspace]:
    """Open a workspace for a while, unless it is open."""
    if isinstance(workspace, Workspace):
        yield workspace
        return
    with open_workspace(workspace) as own:
        yield own


def kept_campaign(
    workspace: Workspace | str | PathLike, campaign: str | None = None, progress: Progress | None = None
) -> Campaign:
    """Give a campaign of a workspace by its release, which is kept before anything of it is shown.

    Parameters
    ----------
    workspace
        A file, the address of a database, or an open workspace.
    campaign
        The campaign; None = the one begun last.
    progress
        Called with (done, total) while a new release is made; an exception raised in it stops the work, and nothing is
        kept.

    Raises
    ------
    Faults
        As `measure_campaign`.
    """
    with opened(workspace) as own:
        chosen = last_campaign(own) if campaign is None else campaign
        found = measure_campaign(own, chosen, progress=progress)
        name = next(one.name for one in list_campaigns(own) if one.id == chosen)
    tables = found.cells(lattice(found.responses))
    counts = found.responses["wave"].value_counts()
    waves = {wave: int(counts[wave]) for wave in waves_of(found.responses)}
    names = names_of(found.units)
    return Campaign(
        name, found.framework, tables, waves, names, found.settings, learn=lambda progress: tables, id=chosen
    )


def names_of(units: pd.DataFrame | None) -> dict[str, str]:
    """Give what people call each unit."""
    return {} if units is None else dict(zip(units["unit"], units["name"], strict=True))


def scored_with_context(
    responses: pd.DataFrame, framework: Framework, by: Sequence[Grouping], wave: str, units: pd.DataFrame | None
) -> Tables:
    """Score a wave, and what limits the reading of its tension: the two are never shown apart."""
    context = score_tension_context(of_wave(responses, wave), framework, by, wave, units)
    return score_wave(responses, framework, by, wave, units) | {"tension_context": context}


def measure_file(name: str, content: bytes, framework: Framework, progress: Progress | None = None) -> Campaign:
    """Score and release a file that somebody brings, and say meanwhile how far it is.

    Raises
    ------
    Faults
        All that is wrong with the file.
    """
    file = io.BytesIO(content)
    file.name = name
    responses = load_responses(file, framework, progress=part_of(progress, 0, 1, 2))
    return measure(responses, framework, name, progress=part_of(progress, 1, 1, 2))
