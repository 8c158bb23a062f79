"""``apprenance score``: responses in, released scores out."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import click
import pandas as pd

from assessment.cli.messages import note, remark, staged
from assessment.documents.saving import save
from assessment.faults import Faults
from assessment.framework import Framework, bundled_frameworks, load_framework
from assessment.report.score_files import json_text, score_csv, score_document
from assessment.report.terminal import profile_text
from assessment.responses import Sifted, describe_responses, load_units, response_rate, sift_responses
from assessment.scoring import Settings, release, score_wave, waves_of
from assessment.scoring.confidentiality import without_rare_values
from assessment.scoring.dimensions import CROSSED
from assessment.scoring.profile import checked_wave
from assessment.texts import format_number, format_share, tell, word


@dataclass(frozen=True)
class Result:
    """What a run found: released tables of one wave, and what is told of them.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument.
    wave, waves
        The wave scored, and all the file has.
    respondents
        Responses of the wave.
    settings
        The rules of the release.
    names
        Names of units by their id.
    rate
        Responses and people of the units with a headcount; None without headcounts.
    """

    released: dict[str, pd.DataFrame]
    framework: Framework
    wave: str
    waves: list[str]
    respondents: int
    settings: Settings
    names: dict[str, str]
    rate: tuple[int, int] | None = None

    def text(self, form: str, language: str) -> str:
        """Write the result as a table for people, as CSV or as JSON."""
        if form == "csv":
            return score_csv(self.released, self.framework, self.wave)
        told = {"respondents": self.respondents, "min_group": self.settings.min_group}
        if form == "json":
            return json_text(score_document(self.released, self.framework, self.wave, self.waves, **told))
        table = profile_text(self.released, self.framework, self.wave, language, names=self.names, **told)
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
    responses: Path,
    framework: str | None,
    by: tuple[str, ...],
    wave: str | None,
    units: Path | None,
    min_group: int,
    missing: tuple[str, ...],
    reject: bool,
    form: str,
    output: Path | None,
    force: bool,
    scheduler: str | None = None,
) -> None:
    """Score a responses file and print or write the result."""
    if framework is None:
        raise click.UsageError(
            word("commands.framework_needed", language, bundled=", ".join(bundled_frameworks())),
            click.get_current_context(),
        )
    instrument = load_framework(framework)
    headcounts = load_units(units, instrument) if units else None
    groupings = [tuple(one.split(CROSSED)) for one in dict.fromkeys(by)]
    if scheduler is not None:
        asked = (responses, instrument, groupings, wave, headcounts, Settings(min_group))
        result = import_module("assessment.cli.cluster").scored(*asked, missing, reject, scheduler, language)
        deliver(result.text(form, language), output, force, language)
        note(word("commands.no_memory", language))
        return
    with staged(language, "reading", "scoring") as step:
        sifted = read(responses, instrument, missing, reject, language)
        step()
        result = scored(sifted.responses, instrument, groupings, wave, headcounts, Settings(min_group))
    deliver(result.text(form, language), output, force, language)
    note(word("commands.no_memory", language))


def scored(
    responses: pd.DataFrame,
    framework: Framework,
    groupings: Sequence[tuple[str, ...]],
    wave: str | None,
    units: pd.DataFrame | None,
    settings: Settings,
) -> Result:
    """Score and release one wave."""
    wave = checked_wave(responses, wave)
    return Result(
        without_rare_values(release(score_wave(responses, framework, groupings, wave, units), settings)),
        framework,
        wave,
        waves_of(responses),
        int((responses["wave"] == wave).sum()),
        settings,
        {} if units is None else dict(zip(units["unit"], units["name"], strict=True)),
        None if units is None else response_rate(responses[responses["wave"] == wave], units),
    )


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
