"""``apprenance map analyse``: what can be read from a systems map."""

from pathlib import Path

import click
import networkx as nx

from assessment.cli.messages import advancing, output_kept_clean, remark
from assessment.faults import Fault, Faults
from assessment.report.map_text import map_text
from assessment.report.score_files import json_text
from assessment.systems import analyse_map, analysis_document, read_map
from assessment.systems.silos import kinds_of


def run(language: str, source: Path, kinds: tuple[str, ...], longest: int | None, form: str) -> None:
    """Read a map, analyse it, and print the tables for people or the JSON of the contract."""
    reading = read_map(source)
    kinds = checked_kinds(reading.graph, kinds, source.name)
    for finding in reading.findings:
        remark(finding, language)
    with output_kept_clean(), advancing(language, "analysing") as progress:
        tables = analyse_map(reading.graph, kinds or None, longest, progress=progress)
    if form == "json":
        click.echo(json_text(analysis_document(tables)), nl=False)
        return
    click.echo(map_text(tables, reading.graph, language, kinds))


def checked_kinds(graph: nx.MultiDiGraph, kinds: tuple[str, ...], file: str) -> tuple[str, ...]:
    """Refuse kinds of relations that are not on the map, naming those that are."""
    drawn = kinds_of(graph, None)
    wrong = [kind for kind in dict.fromkeys(kinds) if kind not in drawn]
    if wrong and not drawn:
        raise Faults([Fault("no_relation", {"file": file})])
    if wrong:
        raise Faults(
            [Fault("relation_unknown", {"file": file}, {"value": k, "allowed": ", ".join(drawn)}) for k in wrong]
        )
    return tuple(dict.fromkeys(kinds))
