"""A survey tool's export that somebody brings: read with what they say of it, kept in the workspace, taken back."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from assessment.apps.surveyed import Surveyed
from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.responses.columns import answer_columns
from assessment.responses.readers import ColumnMapping, Imported, load_mapping, read_export
from assessment.responses.readers.export import PERSONAL, QUESTION
from assessment.responses.readers.opening import open_export
from assessment.responses.readers.recognising import AUTO, read_as
from assessment.workspace import (
    Received,
    Withdrawn,
    Workspace,
    add_campaign,
    add_framework,
    add_responses,
    list_campaigns,
    open_workspace,
    put_back,
    take_back,
)

Progress = Callable[[float, float], object]

UNMATCHED = "export_unmatched"
"""The fault of a file of which no column is known: its columns can still be said by hand."""


@dataclass(frozen=True)
class Said:
    """What somebody says of a file, beside what is recognised.

    Parameters
    ----------
    tool
        Who wrote it; ``auto`` = recognised.
    wave
        The wave of all its responses; empty = what the file says.
    incomplete
        Whether responses that were never sent are taken.
    columns
        By heading: where a column goes.
    answers
        By label: the answer it stands for.
    mapping
        A mapping that was brought as a file.
    """

    tool: str = AUTO
    wave: str = ""
    incomplete: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    mapping: ColumnMapping = field(default_factory=ColumnMapping)

    def mapped(self, unit_codes: Mapping[str, str]) -> ColumnMapping:
        """Give all that is said as one mapping; what is said on the page goes before the file, that before our codes.

        Examples
        --------
        >>> said = Said(columns={"Service": "unit"}, mapping=ColumnMapping(values={"unit": {"u2": "CCAS"}}))
        >>> said.mapped({"u1": "VOI", "u2": "VOI"}).values
        {'unit': {'u1': 'VOI', 'u2': 'CCAS'}}
        """
        own = self.mapping
        values = {target: dict(names) for target, names in own.values.items()}
        if unit_codes:
            values["unit"] = {**unit_codes, **values.get("unit", {})}
        return ColumnMapping(
            own.tool,
            own.wave,
            own.form,
            own.prefix,
            {**own.columns, **self.columns},
            own.keep,
            {**own.answers, **self.answers},
            values,
            own.dates,
            own.file,
        )


@dataclass(frozen=True)
class Arrived:
    """A file that came, and what is said of it.

    Parameters
    ----------
    name, content
        What it is called, and its bytes.
    said
        What somebody says of it.
    """

    name: str
    content: bytes = field(repr=False)
    said: Said = field(default_factory=Said)

    def source(self) -> io.BytesIO:
        """Give the file as readers take it."""
        source = io.BytesIO(self.content)
        source.name = self.name
        return source


@dataclass(frozen=True)
class Looked:
    """What was found in a file; nothing is written yet.

    Parameters
    ----------
    arrived
        The file.
    found
        What it held; None where it could not be read as answers.
    faults
        Why it could not.
    tool
        Who wrote it, as far as that is known.
    headings
        The columns that nobody knows, by their headings.
    free
        The answer columns that no column of the file leads to.
    wave
        The wave somebody gave its responses as they were to be kept.
    """

    arrived: Arrived
    found: Imported | None = None
    faults: Sequence[Fault] = ()
    tool: str = ""
    headings: Sequence[str] = ()
    free: Sequence[str] = ()
    wave: str = ""

    @property
    def waves(self) -> list[str]:
        """The waves the responses belong to; ``[""]`` where the file says none."""
        return sorted(self.found.responses["wave"].astype(str).unique()) if self.has_responses else []

    @property
    def has_responses(self) -> bool:
        """Whether anything can be kept."""
        return self.found is not None and len(self.found.responses) > 0

    @property
    def unknown_labels(self) -> list[str]:
        """The labels that are no answers, the most frequent first."""
        return self.found.preview.unknown["label"].tolist() if self.found else []


def look_at(arrived: Arrived, surveyed: Surveyed, progress: Progress | None = None) -> Looked:
    """Read a file with what is said of it, and tell what is in it.

    Parameters
    ----------
    arrived
        The file.
    surveyed
        What the page is about.
    progress
        Called with (done, total); what it raises stops the work.

    Notes
    -----
    **Missing answers**: as `read_export`.
    """
    said = arrived.said
    mapping = said.mapped(surveyed.unit_codes)
    try:
        found = read_export(
            arrived.source(), surveyed.framework, said.tool, mapping, said.wave, said.incomplete, progress
        )
    except Faults as faults:
        return unread(arrived, surveyed.framework, faults.faults)
    preview = found.preview
    free = free_columns(surveyed.framework, set(preview.mapped["target"]))
    return Looked(arrived, found, (), preview.tool, linkable(preview.unmatched, said), free)


def linkable(unmatched: Sequence[str], said: Said) -> list[str]:
    """Name the columns that somebody may say where they go: those nobody knows, and those that were said."""
    return list(dict.fromkeys([*said.columns, *unmatched]))


def free_columns(framework: Framework, taken: set[str]) -> list[str]:
    """Name the answer columns, then the questions, that nothing leads to yet."""
    names = [*(one.name for one in answer_columns(framework)), *(one.id for one in framework.questions)]
    return [name for name in names if name not in taken]


def unread(arrived: Arrived, framework: Framework, faults: Sequence[Fault]) -> Looked:
    """Tell why a file was not read; where it is a table of unknown columns, name them, so that they can be linked."""
    if not any(fault.code == UNMATCHED for fault in faults):
        return Looked(arrived, None, faults)
    export = read_as(open_export(arrived.source()), arrived.said.tool)
    asked = [one.name for one in export.columns if one.kind == QUESTION and one.kind != PERSONAL]
    return Looked(arrived, None, faults, export.tool, linkable(asked, arrived.said), free_columns(framework, set()))


def told_mapping(name: str, content: bytes, framework: Framework) -> ColumnMapping:
    """Read a mapping that somebody brings for a file."""
    source = io.BytesIO(content)
    source.name = name
    return load_mapping(source, framework)


@dataclass(frozen=True)
class Kept:
    """What became of a file that was kept.

    Parameters
    ----------
    file
        What it is called.
    campaign
        The campaign's id.
    waves
        The waves of its responses.
    received
        How many were new, and how many there before.
    """

    file: str
    campaign: str
    waves: tuple[str, ...]
    received: Received


def keep(
    path: Path,
    looked: Looked,
    surveyed: Surveyed,
    framework: str | Path,
    name: str,
    progress: Progress | None = None,
) -> Kept:
    """Keep in the workspace what was found in a file, all of it or none.

    Parameters
    ----------
    path
        The workspace.
    looked
        The file, as it was looked at; its `wave` is that of the responses, where the file says none.
    surveyed
        What the page is about: its campaign takes the responses.
    framework
        The instrument of a campaign that is still to be begun.
    name
        What such a campaign is called.
    progress
        Called with (done, total); what it raises stops the work, and neither responses nor a campaign is left of it.

    Raises
    ------
    Faults
        ``wave_closed`` and what else a workspace refuses; then nothing is written.
    """
    responses, verbatims = looked.found.responses, looked.found.verbatims
    if looked.wave and looked.waves == [""]:
        responses, verbatims = of_wave(responses, looked.wave), of_wave(verbatims, looked.wave)
    waves = tuple(sorted(responses["wave"].astype(str).unique()))
    with open_workspace(path) as workspace, workspace.writing():  # no campaign is begun without its first responses
        campaign = surveyed.campaign.id if surveyed.campaign else begun(workspace, framework, name)
        received = add_responses(workspace, campaign, responses, verbatims, looked.arrived.name, progress=progress)
    return Kept(looked.arrived.name, campaign, waves, received)


def of_wave(table: pd.DataFrame, wave: str) -> pd.DataFrame:
    """Give a table whose rows are all of one wave."""
    return table.assign(wave=pd.Series(wave, index=table.index, dtype=table["wave"].dtype))


def begun(workspace: Workspace, framework: str | Path, name: str) -> str:
    """Begin the first campaign, called by its instrument; give its id, also where somebody else began it meanwhile."""
    instrument = add_framework(workspace, framework)
    if instrument.id not in {one.id for one in list_campaigns(workspace)}:
        add_campaign(workspace, instrument.id, name, instrument)
    return instrument.id


def take_back_import(path: Path, campaign: str, delivery: str) -> Withdrawn:
    """Take an import out of a workspace; what is given puts it back."""
    with open_workspace(path) as workspace:
        return take_back(workspace, campaign, delivery)


def put_back_import(path: Path, withdrawn: Withdrawn) -> int:
    """Put an import back into the workspace it was taken from."""
    with open_workspace(path) as workspace:
        return put_back(workspace, withdrawn)
