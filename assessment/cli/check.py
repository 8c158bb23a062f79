"""``apprenance check``: what each file is, and all that is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from assessment.cli.messages import note
from assessment.faults import Fault, Faults, refuse
from assessment.framework import Framework, bundled_frameworks, load_framework
from assessment.responses import describe_responses, load_responses, load_units
from assessment.responses.cells import read_cells
from assessment.responses.columns import RESERVED, accepted_headings
from assessment.systems import read_map
from assessment.texts import tell, tell_all, word
from assessment.workspace import check_workspace, list_campaigns, list_maps, open_workspace

MAPS = (".json", ".cyjs", ".graphml", ".gexf", ".xlsx", ".xmile", ".stmx", ".mmp", ".mdx", ".prsm", ".loopy")
"""Endings of files that can only be maps."""

ENDS = ({"source", "target"}, {"from", "to"}, {"de", "vers"})
"""Columns that say who is tied to whom."""

HEADINGS = 100_000
"""Characters in which headings are looked for."""


def run(language: str, files: tuple[Path, ...], framework: str | None, missing: tuple[str, ...]) -> None:
    """Check files one by one; the others are still checked when one is wrong."""
    instrument = load_framework(framework) if framework else None
    wrong = [file for file in files if not checked(file, instrument, missing, language)]
    if wrong:
        raise click.exceptions.Exit(1)


def checked(file: Path, framework: Framework | None, missing: tuple[str, ...], language: str) -> bool:
    """Check one file, telling what it is or what is wrong with it."""
    try:
        for line in describe(file, framework, missing, language):
            click.echo(line)
    except Faults as faults:
        for line in tell_all(faults.faults, language):
            note(line)
        note(word("commands.faults", language, file=file.name, count=len(faults.faults)))
        return False
    return True


def describe(file: Path, framework: Framework | None, missing: tuple[str, ...], language: str) -> list[str]:
    """Find out what a file is, check it as such, and say what it holds."""
    if file.suffix == ".toml":
        return describe_framework(file, language)
    if file.suffix == ".apprenance":
        return describe_workspace(file, language)
    if is_map(file):
        return describe_map(file, language)
    table = read_cells(file).table
    if is_units(list(table.columns), framework):
        return describe_units(file, framework or load_framework(bundled_frameworks()[0]), language)
    if framework is None:
        raise Faults([Fault("framework_needed", {"file": file.name}, {"bundled": ", ".join(bundled_frameworks())})])
    return describe_answers(file, framework, missing, language)


def is_units(headings: list[str], framework: Framework | None) -> bool:
    """Tell a units file by its headings: it has units and what units have, and no answers."""
    answers = accepted_headings(framework) if framework else {}
    others = {name for name in headings if name.split(".")[0] in ("headcount", "parent", "name")}
    return (
        "unit" in headings
        and bool(others)
        and not any(name in answers or name in set(RESERVED) - {"unit"} for name in headings)
    )


def is_map(file: Path) -> bool:
    """Tell a systems map by its file's ending, or, among tables, by columns for both ends of a tie."""
    if file.suffix.lower() in MAPS:
        return True
    if file.suffix.lower() != ".csv":
        return False
    try:
        with open(file, encoding="utf-8-sig") as lines:
            headings = {heading.strip(' "') for heading in re.split("[,;\t]", lines.readline(HEADINGS).lower().strip())}
    except (OSError, UnicodeDecodeError):
        return False  # whoever reads the file as a table says what is wrong with it
    return any(pair <= headings for pair in ENDS)


def describe_map(file: Path, language: str) -> list[str]:
    """Say what a systems map holds, and what was understood of it."""
    reading = read_map(file)
    graph = reading.graph
    actors = sum(kind == "actor" for _, kind in graph.nodes(data="type"))
    counts = {"actors": actors, "variables": len(graph) - actors, "ties": graph.number_of_edges()}
    lines = [sentence(file, language)("is_map", format=reading.format, **counts)]
    return lines + ["  " + tell(replace(finding, place={}), language) for finding in reading.findings[1:]]


def describe_framework(file: Path, language: str) -> list[str]:
    """Say what a framework holds."""
    framework = load_framework(file)
    counts = {"dimensions": len(framework.dimensions), "items": len(framework.items)}
    say = sentence(file, language)
    return [say("is_framework", id=framework.id, version=framework.version, **counts)]


def describe_workspace(file: Path, language: str) -> list[str]:
    """Say what a workspace holds, once all of it was looked through, and what there is to know of where it lies."""
    with open_workspace(file, read_only=True) as workspace:
        refuse(*(replace(fault, place={"file": file.name} | dict(fault.place)) for fault in check_workspace(workspace)))
        campaigns = list_campaigns(workspace)
        responses = sum(sum(campaign.waves.values()) for campaign in campaigns)
        counts = {"campaigns": len(campaigns), "responses": responses, "maps": len(list_maps(workspace))}
        lines = [sentence(file, language)("is_workspace", **counts)]
        return lines + ["  " + tell(replace(finding, place={}), language) for finding in workspace.findings]


def describe_units(file: Path, framework: Framework, language: str) -> list[str]:
    """Say what a units file holds."""
    units = load_units(file, framework)
    return [sentence(file, language)("is_units", count=len(units), people=int(units["headcount"].sum()))]


def describe_answers(file: Path, framework: Framework, missing: tuple[str, ...], language: str) -> list[str]:
    """Say what a responses file holds."""
    responses = load_responses(file, framework, missing)
    say = sentence(file, language)
    waves = ", ".join(sorted({wave for wave in responses["wave"] if wave})) or "–"
    lines = [say("is_responses", count=len(responses), framework=framework.id, waves=waves)]
    return lines + ["  " + tell(finding, language) for finding in describe_responses(responses, framework)]


def sentence(file: Path, language: str) -> Callable[..., str]:
    """Make what words a sentence about a file."""
    return lambda name, **values: word(f"commands.{name}", language, file=file.name, **values)
