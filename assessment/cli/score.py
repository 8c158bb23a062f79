"""``apprenance score``: responses in, released scores out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click
import pandas as pd

from assessment.cli.messages import named_framework, note, remark, staged
from assessment.documents.saving import save
from assessment.faults import Faults
from assessment.framework import Framework
from assessment.report.score_files import json_text, score_csv, score_document
from assessment.report.terminal import profile_text
from assessment.responses import Sifted, describe_responses, load_units, response_rate, sift_responses
from assessment.scoring import Design, Settings, release, score_wave, waves_of
from assessment.scoring.confidentiality import without_rare_values
from assessment.scoring.design import named_design
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.profile import Grouping, Tables, checked_wave, of_wave
from assessment.scoring.study import study
from assessment.texts import format_number, format_share, tell, word

WORKSPACE = ".apprenance"


@dataclass(frozen=True)
class Asked:
    """What was asked for.

    Parameters
    ----------
    framework
        The instrument.
    groupings
        Each a tuple of columns, crossed when there are two.
    wave
        The wave; None = the last.
    units
        The units table; None without.
    design
        How people came to answer; None = what the units table says.
    settings
        The rules of the release.
    """

    framework: Framework
    groupings: Sequence[Grouping]
    wave: str | None
    units: pd.DataFrame | None
    design: Design | None
    settings: Settings

    @property
    def names(self) -> dict[str, str]:
        """Give the names of units by their id."""
        return {} if self.units is None else dict(zip(self.units["unit"], self.units["name"], strict=True))

    def rate(self, respondents: pd.DataFrame) -> tuple[int, int] | None:
        """Give responses and people of the units with a headcount; None without headcounts."""
        return None if self.units is None else response_rate(respondents, self.units)


@dataclass(frozen=True)
class Result:
    """What a run found: released tables of one wave, and what is told of them.

    Parameters
    ----------
    asked
        What was asked for.
    released
        The tables of `release`.
    wave, waves
        The wave scored, and all the file has.
    respondents
        Responses of the wave.
    rate
        Responses and people of the units with a headcount; None without headcounts.
    """

    asked: Asked
    released: dict[str, pd.DataFrame]
    wave: str
    waves: list[str]
    respondents: int
    rate: tuple[int, int] | None

    def text(self, form: str, language: str) -> str:
        """Write the result as a table for people, as CSV or as JSON."""
        framework = self.asked.framework
        if form == "csv":
            return score_csv(self.released, framework, self.wave)
        told = {"respondents": self.respondents, "min_group": self.asked.settings.min_group}
        if form == "json":
            return json_text(score_document(self.released, framework, self.wave, self.waves, **told))
        table = profile_text(self.released, framework, self.wave, language, names=self.asked.names, **told)
        return "\n\n".join([table, *self.rate_text(language)])

    def rate_text(self, language: str) -> list[str]:
        """Tell the response rate, which no interval covers."""
        if self.rate is None or not self.rate[1]:
            return []
        answered, people = (format_number(count, language, 0) for count in self.rate)
        share = format_share(self.rate[0] / self.rate[1], language)
        return [word("commands.response_rate", language, share=share, answered=answered, people=people)]


def run(
    language: str,
    source: str,
    framework: str | None,
    campaign: str | None,
    by: tuple[str, ...],
    wave: str | None,
    units: Path | None,
    min_group: int | None,
    missing: tuple[str, ...],
    reject: bool,
    form: str,
    output: Path | None,
    force: bool,
    design: str | None = None,
    scheduler: str | None = None,
) -> None:
    """Score a responses file, or a campaign of a workspace, and print or write the result."""
    reading = {"--missing": missing, "--reject": reject, "--scheduler": scheduler}
    if is_workspace(source):
        refuse_options(reading, "option_of_files", language)
        room = import_module("assessment.cli.score_workspace")
        result = room.scored(source, campaign, framework, by, wave, units, design, min_group, language)
        deliver(result.text(form, language), output, force, language)
        return
    refuse_options({"--campaign": campaign}, "option_of_workspaces", language)
    instrument = named_framework(framework, language)
    headcounts = load_units(units, instrument) if units else None
    settings = Settings() if min_group is None else Settings(min_group)
    asked = Asked(instrument, groupings_of(by), wave, headcounts, named_design(design, headcounts), settings)
    result = scored(Path(source), asked, form, language, missing, reject, scheduler)
    deliver(result.text(form, language), output, force, language)
    note(word("commands.no_memory", language))


def is_workspace(source: str) -> bool:
    """Say whether this is a workspace: by a file's ending, or because it is an address."""
    return source.lower().endswith(WORKSPACE) or "://" in source


def refuse_options(options: Mapping[str, object], why: str, language: str) -> None:
    """Refuse options that do not go with what is scored."""
    for name in (name for name, value in options.items() if value):
        raise click.UsageError(word(f"commands.{why}", language, name=name), click.get_current_context())


def groupings_of(by: Sequence[str]) -> list[Grouping]:
    """Read the groupings that are asked for."""
    return [tuple(one.split(CROSSED)) for one in dict.fromkeys(by)]


def scored(
    file: Path, asked: Asked, form: str, language: str, missing: tuple[str, ...], reject: bool, scheduler: str | None
) -> Result:
    """Score a responses file, here or on a cluster."""
    if scheduler is not None:
        result = import_module("assessment.cli.cluster").scored(file, asked, missing, reject, scheduler, language)
        note(word("commands.profile_only", language))
        return result
    with staged(language, "reading", "scoring") as step:
        sifted = read(file, asked.framework, missing, reject, language)
        step()
        return (profiled if form == "csv" else studied)(sifted.responses, asked)


def profiled(responses: pd.DataFrame, asked: Asked) -> Result:
    """Score and release the profile of one wave."""
    wave = checked_wave(responses, asked.wave)
    tables = score_wave(responses, asked.framework, asked.groupings, wave, asked.units, asked.design)
    return result_of(responses, asked, wave, release(tables, asked.settings))


def studied(responses: pd.DataFrame, asked: Asked) -> Result:
    """Score and release one wave with every further table, beside the wave before it."""
    wave = checked_wave(responses, asked.wave)
    wanted = (asked.framework, asked.groupings, [wave], asked.units, asked.settings)
    return result_of(responses, asked, wave, study(responses, *wanted, design=asked.design))


def result_of(responses: pd.DataFrame, asked: Asked, wave: str, released: Tables) -> Result:
    """Put together what is told of a wave."""
    own = of_wave(responses, wave)
    return Result(asked, without_rare_values(released), wave, waves_of(responses), len(own), asked.rate(own))


def read(source: Path, framework: Framework, missing: tuple[str, ...], reject: bool, language: str) -> Sifted:
    """Read the responses; rows with faults stop the work, or are left out and told when that is asked."""
    sifted = sift_responses(source, framework, missing)
    if sifted.faults and not reject:
        raise Faults(sifted.faults)
    for fault in sifted.faults:
        note(tell(fault, language))
    if reject:
        counts = {"read": sifted.read, "kept": len(sifted.responses), "rejected": sifted.rejected}
        note(word("commands.sifted", language, **counts))
    for finding in describe_responses(sifted.responses, framework):
        remark(finding, language)
    return sifted


def deliver(text: str, output: Path | None, force: bool, language: str) -> None:
    """Print a result, or write it and say where."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    save(output, text, force)
    note(word("commands.written", language, file=str(output)))
