"""A scenario on the map: what the drawing says would follow if something were pushed or held. No forecast."""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from assessment.figures.map_overlay import Telling
from assessment.figures.map_words import listed, rows_of
from assessment.systems.causes import causal_links
from assessment.systems.scenarios import compare_scenario, simulate_map
from assessment.texts.maps import sentence

STILL = 0.005
"""Difference of a state below which it is told that a concept hardly moves: it would be written 0.00."""

NAMED = 3
"""Concepts named in the sentence, of those that rise and of those that fall."""

Row = Mapping[str, Any]
Given = Mapping[Any, float]


def map_scenario(graph: nx.MultiDiGraph, push: Given, hold: Given, steps: int, language: str) -> dict[str, Any]:
    """Learn what the causal links of a map imply if some elements were pushed and others held, step by step.

    Parameters
    ----------
    graph
        A systems map.
    push
        What is added to what acts on an element at each step, −1 to 1, by id.
    hold
        Values elements are held at, 0 to 1, by id.
    steps
        Steps shown.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    dict
        ``concepts``: in the order of the map, each with ``id``, ``label``, ``baseline`` and ``scenario`` (steps + 1
        states 0–1, both from where the map settles by itself), ``difference`` of the states both settle in, and a
        ``sentence``; ``sentence``: the finding; ``note``: what such a run is, and what it leaves out; ``steps``.

    Notes
    -----
    **Missing answers**: a link without a sign does not act; what is pushed or held and is not on the map is left out.

    See `compare_scenario` for the numbers; the interval over participants is not computed here.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("effort", "result", kind="causes", polarity="+")
    >>> told = map_scenario(graph, {}, {"effort": 1}, 10, "en")
    >>> told["sentence"]
    'If “effort” is held at 1.00, then by this map: “result” rises.'
    """
    telling = Telling(graph, language)
    links = causal_links(graph)
    if links.empty:
        return {
            "concepts": [],
            "sentence": telling.say("draw_links"),
            "note": telling.say("scenario_note"),
            "steps": steps,
        }
    push, hold = among(graph, push), among(graph, hold)
    table = compare_scenario(graph, hold, push, draws=0)
    rest = dict(zip(table["id"], table["baseline"], strict=True))
    runs = {
        "baseline": still(table, steps) if is_steady(table) else run(simulate_map(graph, rest), steps),
        "scenario": run(simulate_map(graph, rest, hold, push), steps),
    }
    rows = rows_of(table)
    concepts = [concept(row, place, runs, push, hold, telling) for place, row in enumerate(rows)]
    return {
        "concepts": concepts,
        "sentence": finding(rows, push, hold, telling),
        "note": " ".join(notes(links, rows, concepts, telling)),
        "steps": steps,
    }


def among(graph: nx.MultiDiGraph, given: Given) -> dict[Any, float]:
    """Keep what is said of the elements of the map."""
    return {node: float(value) for node, value in given.items() if node in graph}


def is_steady(table: pd.DataFrame) -> bool:
    """Say whether the map by itself comes to rest."""
    return table["baseline_outcome"].iloc[0] == "steady"


def still(table: pd.DataFrame, steps: int) -> np.ndarray:
    """Give the states of a map at rest: shape (steps + 1, concepts)."""
    return np.tile(table["baseline"].to_numpy(float), (steps + 1, 1))


def run(trajectory: pd.DataFrame, steps: int) -> np.ndarray:
    """Give the states of a run: shape (steps + 1, concepts); one that has settled stays where it is."""
    size = trajectory["id"].nunique()
    states = trajectory["value"].to_numpy(float).reshape(-1, size)[: steps + 1]
    return np.vstack([states, np.tile(states[-1], (steps + 1 - len(states), 1))])


def concept(
    row: Row, place: int, runs: Mapping[str, np.ndarray], push: Given, hold: Given, telling: Telling
) -> dict[str, Any]:
    """Write one concept."""
    states = {name: [round(float(value), 6) for value in states[:, place]] for name, states in runs.items()}
    return {
        "id": row["id"],
        "label": telling.labels[row["id"]],
        **states,
        "difference": float(row["difference"]),
        "sentence": concept_words(row, push, hold, telling),
    }


def concept_words(row: Row, push: Given, hold: Given, telling: Telling) -> str:
    """Say what becomes of one concept."""
    difference = telling.number(row["difference"], 2, sign=True)
    if row["id"] in {*push, *hold}:
        given = sentence(given_words(row["id"], push, hold, telling))
        return telling.say("scenario_given", given=given, difference=difference)
    move = "up" if row["difference"] >= STILL else "down" if row["difference"] <= -STILL else "still"
    return telling.say(f"scenario_{move}", name=telling.labels[row["id"]], difference=difference)


def given_words(node: object, push: Given, hold: Given, telling: Telling) -> str:
    """Say what is done to an element."""
    name = telling.labels[node]
    if node in hold:
        return telling.say("scenario_held", name=name, value=telling.number(hold[node], 2))
    return telling.say("scenario_pushed_down" if push[node] < 0 else "scenario_pushed_up", name=name)


def finding(rows: list[Row], push: Given, hold: Given, telling: Telling) -> str:
    """Say in one sentence what would follow for the others."""
    if not push and not hold:
        return telling.say("scenario_nothing")
    done = (given_words(node, push, hold, telling) for node in dict.fromkeys([*hold, *push]))
    given = reduce(lambda one, other: telling.say("both", first=one, second=other), done)
    others = [row for row in rows if row["id"] not in {*push, *hold} and abs(row["difference"]) >= STILL]
    if not others:
        return telling.say("scenario_no_effect", given=given)
    effects = [
        telling.say(f"scenario_{way}_{'several' if len(names) > 1 else 'one'}", names=listed(names, NAMED))
        for way, names in (("rise", moved(others, 1, telling)), ("fall", moved(others, -1, telling)))
        if names
    ]
    return telling.say("scenario_finding", given=given, effects=telling.say("semicolon").join(effects))


def moved(rows: list[Row], sign: int, telling: Telling) -> list[str]:
    """Name what rises (1) or falls (−1), those that move most first."""
    found = sorted((row for row in rows if sign * row["difference"] > 0), key=lambda row: -abs(row["difference"]))
    return [telling.say("quoted", text=telling.labels[row["id"]]) for row in found]


def notes(links: pd.DataFrame, rows: list[Row], concepts: list[dict], telling: Telling) -> Iterator[str]:
    """Say what a run is, and what it leaves out or does not settle."""
    yield telling.say("scenario_note")
    unsigned = int(links["effect"].isna().sum())
    if unsigned:
        yield telling.say("scenario_unsigned", links=telling.count("count_links", unsigned))
    if links["delay"].any():
        yield telling.say("scenario_delays")
    if "cycle" in (rows[0]["baseline_outcome"], rows[0]["scenario_outcome"]):
        yield telling.say("scenario_cycle")
    if rows[0]["reason"] == "no_pattern":
        yield telling.say("scenario_no_pattern")
    elif any(abs(one["scenario"][-1] - row["scenario"]) > STILL for one, row in zip(concepts, rows, strict=True)):
        yield telling.say("scenario_not_yet")
