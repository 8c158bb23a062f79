"""What is computed laid over a map: colours, sizes and badges of its elements, and the same in words and in a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import networkx as nx

from assessment.figures.map_words import kind_words, labels_of, plain, role_words, say
from assessment.systems.model import ACTOR, CAUSES
from assessment.texts import format_number, word
from assessment.texts.words import dictionary

CATEGORIES = 6
"""Colours that tell categories apart; from the seventh on they come again, under another badge."""

GONE = {"colour": "negative", "border": "dashed", "badge": "−"}
"""How what is no longer on the map is drawn."""

APART = " · "
"""Between the badges of what has several."""

Paint = dict[str, Any]


@dataclass(frozen=True)
class Telling:
    """What a reading needs: the map, the language, the names of units.

    Parameters
    ----------
    graph
        A systems map.
    language
        ``"fr"`` or ``"en"``.
    unit_names
        Names of units by id; a unit without one is told by its id.
    """

    graph: nx.MultiDiGraph
    language: str
    unit_names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def labels(self) -> dict[Any, str]:
        """Give the label of each element, as a sentence bears it."""
        return labels_of(self.graph)

    def say(self, key: str, **values: object) -> str:
        """Give a text."""
        return word(f"map_readings.{key}", self.language, **values)

    def count(self, name: str, count: int) -> str:
        """Say how many of something there are; the number stays with its word."""
        key = {0: f"{name}_none", 1: f"{name}_one"}.get(count, name)
        told = self.say(key if key in dictionary("map_readings") else name, count=self.number(count))
        return told.replace(" ", "\N{NO-BREAK SPACE}", 1)

    def number(self, value: float | None, decimals: int = 0, sign: bool = False) -> str:
        """Write a number."""
        return format_number(value, self.language, decimals, sign)

    def group(self, attribute: str, value: object) -> str:
        """Name a unit, a role, a level; empty where it is not known."""
        if value in (None, ""):
            return ""
        if attribute == "role":
            return role_words(str(value), self.language)
        return plain(self.unit_names.get(value, value) if attribute == "unit" else value)

    def groups(self, attribute: str) -> str:
        """Name what an attribute divides actors into."""
        return say(f"by_{attribute}", self.language)

    def participant(self, one: object) -> str:
        """Name a participant, with the role where it is known."""
        known = {person.get("id"): person.get("role") for person in self.graph.graph.get("participants") or ()}
        role = self.group("role", known.get(one))
        return self.say("participant", name=plain(one), role=role) if role else plain(one)

    def tie(self, source: object, target: object, kind: str | None) -> str:
        """Name a tie by its ends, and its kind where it is no causal link."""
        ends = {"source": self.labels[source], "target": self.labels[target]}
        if kind == CAUSES:
            return self.say("tie_causes", **ends)
        return self.say("tie_relation", kind=kind_words(kind, self.language), **ends)


def overlay(
    name: str,
    title: str,
    sentences: Iterable[str],
    *,
    legend: Sequence[dict] = (),
    nodes: Mapping[Any, Paint] | None = None,
    ties: Mapping[Any, Paint] | None = None,
    ghosts: Sequence[dict] = (),
    table: dict | None = None,
    items: Sequence[dict] = (),
) -> dict[str, Any]:
    """Put a reading together, as the editor takes it.

    Parameters
    ----------
    name
        What was asked for.
    title
        The finding.
    sentences
        What to know, plainly.
    legend
        Entries of `legend_entry`; those of which nothing is painted are left out.
    nodes, ties
        The paint by id: ``colour`` (a name of the theme), ``size`` and ``width`` (0–1), ``badge``, ``border``, ``dim``,
        ``dash``.
    ghosts
        What is no longer on the map, as ``block`` and ``values``.
    table
        What `table_of` made: all that is painted, in texts.
    items
        What `item` made: what one can click to have it highlighted.

    Examples
    --------
    >>> overlay("silos", "Nothing to read", ["Draw actors first."])["paint"]
    {'nodes': {}, 'ties': {}}
    """
    paint = {"nodes": dict(nodes or {}), "ties": dict(ties or {})}
    painted = [*paint["nodes"].values(), *paint["ties"].values(), *([GONE] if ghosts else [])]
    return {
        "name": name,
        "title": title,
        "sentences": [text for text in sentences if text],
        "legend": [entry for entry in legend if any(explains(entry, one) for one in painted)],
        "paint": paint,
        "ghosts": list(ghosts),
        "table": table,
        "items": list(items),
    }


def explains(entry: Mapping[str, Any], paint: Paint) -> bool:
    """Say whether an entry of the legend is about this paint: by its badge, else its pattern, else its colour."""
    if "badge" in entry:
        return entry["badge"] in paint.get("badge", "").split(APART)
    pattern = entry.get("pattern")
    if pattern in ("double", "dashed"):
        return paint.get("border") == pattern
    if pattern in ("dash", "dim", "size"):
        return pattern in paint
    return paint.get("colour") == entry["colour"]


def nothing_yet(name: str, telling: Telling, *sentences: str) -> dict[str, Any]:
    """Say that there is nothing to read yet, and what to draw first."""
    return overlay(name, telling.say("nothing_title"), sentences)


def legend_entry(label: str, colour: str, **marks: str) -> dict[str, Any]:
    """Explain a colour together with what tells it apart for those who do not see it.

    Parameters
    ----------
    label
        What it means.
    colour
        A name of the theme.
    marks
        ``badge``; ``pattern``: ``"double"`` or ``"dashed"`` (border of an element), ``"dash"`` or ``"line"`` (a tie),
        ``"dim"`` (pale), ``"size"``.

    Examples
    --------
    >>> legend_entry("driver", "category-1", badge="⇒")
    {'label': 'driver', 'colour': 'category-1', 'badge': '⇒'}
    """
    return {"label": label, "colour": colour, **marks}


def table_of(caption: str, columns: Mapping[str, bool], rows: Iterable[Sequence[str]]) -> dict[str, Any]:
    """Lay out the accessible twin of the paint.

    Parameters
    ----------
    caption
        What it lists.
    columns
        Titles, and whether numbers stand below.
    rows
        Cells, texts.

    Examples
    --------
    >>> table_of("Actors", {"actor": False, "ties": True}, [["Mayor", "3"]])["columns"]
    [{'label': 'actor', 'numeric': False}, {'label': 'ties', 'numeric': True}]
    """
    titles = [{"label": label, "numeric": numeric} for label, numeric in columns.items()]
    return {"caption": caption, "columns": titles, "rows": [list(row) for row in rows]}


def item(
    title: str, sentences: Iterable[str], nodes: Iterable = (), ties: Iterable = (), badge: str = ""
) -> dict[str, Any]:
    """Write something one can click: it highlights its elements and ties."""
    told = [text for text in sentences if text]
    return {"title": title, "sentences": told, "nodes": list(nodes), "ties": list(ties), "badge": badge}


def category(number: int) -> str:
    """Give the colour of a category, counted from 0.

    Examples
    --------
    >>> category(0), category(5), category(6)
    ('category-1', 'category-6', 'category-1')
    """
    return f"category-{number % CATEGORIES + 1}"


def letter(number: int) -> str:
    """Give the badge of a category, counted from 0.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(702)
    ('A', 'Z', 'AA', 'AAA')
    """
    name = chr(ord("A") + number % 26)
    return name if number < 26 else letter(number // 26 - 1) + name


def grown(value: float, most: float) -> float:
    """Give a size 0–1; the canvas makes the surface, not the width, follow it.

    Examples
    --------
    >>> grown(1, 4), grown(0, 0)
    (0.25, 0.0)
    """
    return round(float(value / most), 4) if most > 0 else 0.0


def actors_of(graph: nx.MultiDiGraph) -> list:
    """List the actors, in the order of the map."""
    return [node for node, kind in graph.nodes(data="type") if kind == ACTOR]


def relation_ties(graph: nx.MultiDiGraph) -> list[tuple]:
    """List the relations between two actors: source, target, id."""
    actors = set(actors_of(graph))
    return [
        (source, target, key)
        for source, target, key, kind in graph.edges(keys=True, data="kind")
        if kind != CAUSES and source != target and source in actors and target in actors
    ]
