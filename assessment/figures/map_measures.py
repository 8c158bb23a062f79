"""Measures on the map: one number an element, as its size or its colour, with the same in a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import pandas as pd

from assessment.figures.map_overlay import Telling, grown, item, legend_entry, nothing_yet, overlay, table_of
from assessment.figures.map_scores import SCORE, hidden_actors, score_measure, score_offers
from assessment.figures.map_words import listed
from assessment.framework.model import Framework
from assessment.systems.leverage import score_leverage
from assessment.systems.model import ACTOR
from assessment.systems.network import read_once
from assessment.systems.positions import EXACT_UP_TO, PIVOTS, score_positions
from assessment.texts import format_share, word
from assessment.texts.maps import tell_note

CLASSES = 5
"""Steps of the colour ramp."""

Values = dict[Any, float | None]


@dataclass(frozen=True)
class Measure:
    """A number that elements of a map have.

    Parameters
    ----------
    group
        ``"actors"``, ``"variables"`` or ``"scores"``.
    values
        Gives the number of each element concerned, None where there is none.
    decimals
        Digits written after the comma.
    share
        Whether it is written as a percentage.
    bounds
        The ends of the scale; None = the lowest and the highest there are.
    """

    group: str
    values: Callable[[nx.MultiDiGraph], Values]
    decimals: int = 2
    share: bool = False
    bounds: tuple[float, float] | None = None


def position(*columns: str, starts: int | None = 1) -> Callable[[nx.MultiDiGraph], Values]:
    """Read columns of the positions table, summed; ``starts`` of shortest paths, which betweenness alone needs all."""
    few = {} if starts is None else {"exact_up_to": starts, "pivots": starts}

    def values(graph: nx.MultiDiGraph) -> Values:
        actors = score_positions(graph, **few)
        return known(actors["id"], sum(actors[column] for column in columns) if len(actors) else [])

    return values


def attribute(name: str) -> Callable[[nx.MultiDiGraph], Values]:
    """Read a number people gave to actors."""
    return lambda graph: {node: data.get(name) for node, data in graph.nodes(data=True) if data["type"] == ACTOR}


def leverage(column: str) -> Callable[[nx.MultiDiGraph], Values]:
    """Read a column of the leverage table."""

    def values(graph: nx.MultiDiGraph) -> Values:
        table = score_leverage(graph)
        return known(table["id"], table[column]) if table["direct_influence"].any() else {}

    return values


def known(ids: Iterable, numbers: Iterable) -> Values:
    """Pair ids with plain numbers; None for what is none."""
    return {one: None if pd.isna(number) else float(number) for one, number in zip(ids, numbers, strict=True)}


MEASURES = {
    "degree": Measure("actors", position("in_degree", "out_degree"), 0),
    "in_strength": Measure("actors", position("in_strength")),
    "out_strength": Measure("actors", position("out_strength")),
    "betweenness": Measure("actors", position("betweenness", starts=None), 1, share=True),
    "closeness": Measure("actors", position("closeness")),
    "eigenvector": Measure("actors", position("eigenvector")),
    "influence": Measure("actors", attribute("influence")),
    "involvement": Measure("actors", attribute("involvement")),
    "variable_influence": Measure("variables", leverage("indirect_influence")),
    "variable_dependence": Measure("variables", leverage("indirect_dependence")),
}


def map_measure(
    graph: nx.MultiDiGraph,
    name: str,
    as_: str,
    language: str,
    scores: pd.DataFrame | None = None,
    *,
    unit_names: Mapping[str, str] | None = None,
    framework: Framework | None = None,
) -> dict[str, Any]:
    """Learn one number of each element, as the size or the colour of what stands for it.

    Parameters
    ----------
    graph
        A systems map.
    name
        One of `MEASURES`, or ``"score:<dimension>:<perspective>"``.
    as_
        ``"size"`` or ``"colour"``.
    language
        ``"fr"`` or ``"en"``.
    scores
        *Released* scores of units or roles, as for `join_scores`.
    unit_names
        Names of units by id.
    framework
        The instrument, for the names of dimensions.

    Returns
    -------
    dict
        A reading, as `map_reading` gives. As a size, 0–1, the surface follows the number; as a colour, five steps from
        the lowest to the highest, each with its number as a badge.

    Raises
    ------
    KeyError
        When there is no such measure.
    ValueError
        When the scores have not been released.

    Notes
    -----
    **Missing answers**: an element without a number is pale. A score that a release hides is drawn as hidden (a
    dashed border), and stands nowhere in the reading.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("ab", type="actor")
    >>> _ = graph.add_edge("a", "b", kind="informs", weight=0.5)
    >>> map_measure(graph, "in_strength", "size", "en")["paint"]["nodes"]
    {'a': {'size': 0.0}, 'b': {'size': 1.0}}
    """
    telling = Telling(graph, language, unit_names or {})
    scored = name.startswith(SCORE)
    with read_once(graph):
        measure = Measure("scores", *score_measure(graph, name, scores)) if scored else MEASURES[name]
        values = measure.values(graph)
    label = measure_label(name, language, framework)
    hidden = hidden_actors(graph, name, scores) if scored else set()
    shown = {node: value for node, value in values.items() if value is not None}
    if not shown:
        return nothing_yet(name, telling, telling.say(f"draw_for_{measure.group}", measure=label))
    return laid(Shown(name, label, measure, as_, values, shown, hidden), telling)


@dataclass(frozen=True)
class Shown:
    """A measure of a map about to be shown: its name, its numbers, who has none, whose is hidden."""

    name: str
    label: str
    measure: Measure
    as_: str
    values: Values
    known: dict[Any, float]
    hidden: set

    @property
    def bounds(self) -> tuple[float, float]:
        """Give the ends of the scale."""
        return self.measure.bounds or (min(self.known.values()), max(self.known.values()))

    def step(self, value: float) -> int:
        """Give the step of the ramp a number falls on, from 1 to 5; the middle where all are alike."""
        low, high = self.bounds
        return min(CLASSES, int((value - low) / (high - low) * CLASSES) + 1) if high > low else (CLASSES + 1) // 2

    def size(self, value: float) -> float:
        """Give the size of a number, from 0 or the low end of the scale."""
        low, high = self.bounds
        low = min(low, 0)
        return grown(value - low, high - low)

    def write(self, value: float | None, telling: Telling) -> str:
        """Write a number of this measure."""
        if self.measure.share:
            return format_share(value, telling.language, self.measure.decimals)
        return telling.number(value, self.measure.decimals)

    def steps(self) -> dict[int, dict[Any, float]]:
        """Give the elements of each step there is, the highest first."""
        found: dict[int, dict[Any, float]] = {}
        for node, value in sorted(self.known.items(), key=lambda one: -one[1]):
            found.setdefault(self.step(value), {})[node] = value
        return found


def laid(shown: Shown, telling: Telling) -> dict[str, Any]:
    """Lay a measure over the map."""
    nodes: dict[Any, dict] = {}
    for node, value in shown.values.items():
        nodes[node] = {"dim": True} if value is None else value_paint(shown, value)
    nodes |= {node: {"colour": "muted", "border": "dashed"} for node in shown.hidden}
    return overlay(
        shown.name,
        title_of(shown, telling),
        sentences_of(shown, telling),
        legend=legend_of(shown, telling),
        nodes=nodes,
        table=value_table(shown, telling),
        items=[step_item(shown, step, part, telling) for step, part in shown.steps().items()],
    )


def step_item(shown: Shown, step: int, part: Mapping[Any, float], telling: Telling) -> dict[str, Any]:
    """Write the elements of one step."""
    names = listed([telling.labels[node] for node in part])
    return item(range_words(shown, part, telling), [names], part, badge=str(step))


def value_paint(shown: Shown, value: float) -> dict[str, Any]:
    """Paint one number."""
    if shown.as_ == "size":
        return {"size": shown.size(value)}
    return {"colour": f"ramp-{shown.step(value)}", "badge": str(shown.step(value))}


def title_of(shown: Shown, telling: Telling) -> str:
    """Give the finding: which number, and who has most."""
    most = max(shown.known.values())
    first = [telling.labels[node] for node, value in shown.known.items() if value == most]
    value = shown.write(most, telling)
    if min(shown.known.values()) == most:
        return telling.say("measure_title_alike", measure=shown.label, value=value)
    return telling.say("measure_title", measure=shown.label, names=listed(first, 2), value=value)


def sentences_of(shown: Shown, telling: Telling) -> Iterator[str]:
    """Say what the number is, who has none, whose is not shown, that it is estimated."""
    yield telling.say(f"meaning_{'score' if shown.measure.group == 'scores' else shown.name}")
    missing = len(shown.values) - len(shown.known) - len(shown.hidden)
    if missing:
        yield telling.say("measure_missing", elements=telling.count("count_elements", missing))
    if shown.hidden:
        yield telling.say("measure_hidden", elements=telling.count("count_elements", len(shown.hidden)))
    if shown.name == "betweenness" and len(shown.values) > EXACT_UP_TO:
        yield tell_note({"code": "betweenness_sampled", "values": {"pivots": PIVOTS}}, {}, telling.language)


def legend_of(shown: Shown, telling: Telling) -> list[dict]:
    """Explain the sizes or the steps, the elements without a number, those whose number is not shown."""
    whole = range_words(shown, shown.known, telling)
    entries = [
        legend_entry(range_words(shown, part, telling), f"ramp-{step}", badge=str(step))
        for step, part in shown.steps().items()
    ]
    return [
        *entries,
        legend_entry(telling.say("measure_size", range=whole), "muted", pattern="size"),
        legend_entry(telling.say("measure_none"), "muted", pattern="dim"),
        legend_entry(telling.say("measure_not_shown"), "muted", pattern="dashed"),
    ]


def range_words(shown: Shown, part: Mapping[Any, float], telling: Telling) -> str:
    """Write the lowest and the highest number of some elements."""
    low, high = (shown.write(one, telling) for one in (min(part.values()), max(part.values())))
    return low if low == high else telling.say("range", low=low, high=high)


def value_table(shown: Shown, telling: Telling) -> dict:
    """Write every element's number, the highest first; who has none, and whose is not shown, at the end."""
    rows = [
        [telling.labels[node], shown.write(value, telling)]
        for part in shown.steps().values()
        for node, value in part.items()
    ]
    rows += [
        [telling.labels[node], telling.say("not_shown" if node in shown.hidden else "no_value")]
        for node, value in shown.values.items()
        if value is None
    ]
    return table_of(shown.label, {telling.say("column_element"): False, shown.label: True}, rows)


def measure_label(name: str, language: str, framework: Framework | None = None) -> str:
    """Name a measure."""
    if name.startswith(SCORE):
        return next(one["label"] for one in score_offers([tuple(name.split(":")[1:])], language, framework))
    return word(f"map_readings.measure_{name}", language)


def measure_offers(
    language: str, scores: pd.DataFrame | None = None, framework: Framework | None = None
) -> list[dict[str, str]]:
    """List the measures there are, to be chosen from.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    scores
        Released scores, where there are any: each of their dimensions and perspectives is offered.
    framework
        The instrument, for the names of dimensions.

    Returns
    -------
    list of dict
        ``value``, ``label``, ``group``.

    Examples
    --------
    >>> measure_offers("en")[0]
    {'value': 'degree', 'label': 'Ties given and received', 'group': 'Actors'}
    """
    offers = [
        {
            "value": name,
            "label": measure_label(name, language),
            "group": word(f"map_readings.measures_{measure.group}", language),
        }
        for name, measure in MEASURES.items()
    ]
    if scores is None:
        return offers
    there = scores[scores["by"].isin(["unit", "role"])].drop_duplicates(["dimension", "perspective"])
    pairs = list(zip(there["dimension"], there["perspective"], strict=True))
    group = word("map_readings.measures_scores", language)
    return offers + [one | {"group": group} for one in score_offers(pairs, language, framework)]
