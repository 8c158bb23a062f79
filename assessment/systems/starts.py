"""Maps to begin with: templates written for French local government, and the archetypes of systems thinking.

A template is a map one would draw with a group in its first hour: who is there, what matters, what acts on what. It is
made to be changed, never a finding. Each is a TOML file in ``starts/``, its labels in French and English.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx

from assessment.faults import Fault, Faults
from assessment.systems.archetypes import template_map, templates
from assessment.systems.model import ACTOR, CAUSES, VARIABLE, known
from assessment.texts import word

STARTS = Path(__file__).parent / "starts"
ARCHETYPES = Path(__file__).with_name("archetypes.toml")

TEMPLATES = ("political_project", "service_reorganisation", "participatory_budget")

NEAR = 210
"""Pixels between two neighbours around an archetype, before it is made wider."""

WIDER = 1.4
"""Width of that round by its height: words lie flat."""


def start_groups() -> dict[str, tuple[str, ...]]:
    """List the maps one can begin with, by group.

    Examples
    --------
    >>> start_groups()["templates"]
    ('political_project', 'service_reorganisation', 'participatory_budget')
    """
    return {"templates": TEMPLATES, "archetypes": tuple(templates())}


def start_names() -> tuple[str, ...]:
    """Name the maps one can begin with, the templates first.

    Examples
    --------
    >>> len(start_names())
    13
    """
    return tuple(name for names in start_groups().values() for name in names)


def start_map(name: str, language: str) -> nx.MultiDiGraph:
    """Give a map to begin with, its labels in a language, laid out.

    Parameters
    ----------
    name
        One of `start_names`.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    networkx.MultiDiGraph
        A fresh map that passes `check_map`.

    Raises
    ------
    Faults
        When no map has that name; the message lists them.

    Notes
    -----
    **Missing answers**: what a template leaves open (a sign, a weight) is left out, for the group to say.

    Examples
    --------
    >>> graph = start_map("fixes_that_fail", "en")
    >>> graph.graph["name"], graph.nodes["probleme"]["label"]
    ('Fixes that fail', 'problem')
    """
    if name in TEMPLATES:
        return template(name, language)
    if name in templates():
        return archetype(name, language)
    raise Faults([Fault("start_unknown", {}, {"value": name, "allowed": ", ".join(start_names())})])


def start_title(name: str, language: str) -> str:
    """Name a map to begin with.

    Examples
    --------
    >>> start_title("participatory_budget", "fr"), start_title("escalation", "en")
    ('Budget participatif', 'Escalation')
    """
    return written(name)["name"][language] if name in TEMPLATES else word(f"archetypes.{name}_name", language)


def archetype(name: str, language: str) -> nx.MultiDiGraph:
    """Give an archetype with its labels in a language, around an oval."""
    graph = template_map(name)
    graph.graph["name"] = start_title(name, language)
    for node, (x, y) in zip(rings()[name], places(len(graph)), strict=True):
        graph.nodes[node].update(label=word(f"archetypes.node_{node}", language), x=x, y=y)
    return graph


@cache
def rings() -> dict[str, tuple[str, ...]]:
    """Give the order in which each archetype stands around its drawing."""
    data = tomllib.loads(ARCHETYPES.read_text("utf-8"))
    return {name: tuple(one["around"]) for name, one in data.items()}


def places(count: int) -> Iterator[tuple[float, float]]:
    """Give places around an oval, clockwise from the top."""
    radius = NEAR / (2 * math.sin(math.pi / max(count, 4)))
    for place in range(count):
        angle = 2 * math.pi * place / count
        yield round(WIDER * radius * math.sin(angle), 1), round(-radius * math.cos(angle), 1)


@cache
def written(name: str) -> Mapping[str, Any]:
    """Read a template as it is written."""
    return tomllib.loads((STARTS / f"{name}.toml").read_text("utf-8"))


def template(name: str, language: str) -> nx.MultiDiGraph:
    """Make a template's map."""
    data = written(name)
    graph = nx.MultiDiGraph(name=data["name"][language], participants=[], loops=[])
    for type_, block in ((ACTOR, "actors"), (VARIABLE, "variables")):
        for id_, one in data[block].items():
            x, y = one["at"]
            kept = {key: said(value, language) for key, value in one.items() if key not in ("fr", "en", "at")}
            graph.add_node(id_, type=type_, label=one[language], **kept, x=x, y=y)
    for number, line in enumerate(data["links"], 1):
        add_tie(graph, f"l{number}", line)
    for number, line in enumerate(data["relations"], 1):
        add_tie(graph, f"r{number}", line)
    graph.graph["loops"] = [
        {"id": id_, "name": one[language], "nodes": one["nodes"], "kind": one["kind"]}
        for id_, one in data["loops"].items()
    ]
    return graph


def said(value: Any, language: str) -> Any:
    """Give a value in a language, when it is words."""
    return value[language] if isinstance(value, Mapping) else value


def add_tie(graph: nx.MultiDiGraph, id_: str, line: str) -> None:
    """Add the tie a line tells: ``"a -> b +"``, ``"a -> b - later"``, ``"a -> b decides_with 0.8"``."""
    source, _, target, told, *more = line.split()
    if told in ("+", "-"):
        graph.add_edge(source, target, id_, **known({"kind": CAUSES, "polarity": told, "delay": len(more) or None}))
    else:
        graph.add_edge(source, target, id_, **known({"kind": told, "weight": float(more[0]) if more else None}))
