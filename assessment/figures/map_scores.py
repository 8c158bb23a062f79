"""A campaign's released scores as a measure of actors: what a release hides stays hidden on the map."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import networkx as nx
import pandas as pd

from assessment.figures.map_words import plain
from assessment.figures.rows import dimension_names
from assessment.framework.model import Framework
from assessment.systems.scores import join_scores
from assessment.texts import word
from assessment.texts.words import dictionary

SCORE = "score:"
"""What the name of such a measure begins with; the dimension and the perspective follow."""

DECIMALS = 1


def score_measure(graph: nx.MultiDiGraph, name: str, scores: pd.DataFrame | None) -> tuple[Callable, int, bool, tuple]:
    """Give what a measure of scores is made of: what reads it, how it is written, its scale.

    Raises
    ------
    KeyError
        When no scores are given, or none of this dimension and perspective.
    """
    rows = of_measure(graph, name, scores)
    values = {node: None for node in rows["id"]} | dict(rows.dropna(subset="score")[["id", "score"]].values)
    lowest = min((one for one in values.values() if one is not None), default=0)
    return lambda _: values, DECIMALS, False, (-100.0 if lowest < 0 else 0.0, 100.0)


def of_measure(graph: nx.MultiDiGraph, name: str, scores: pd.DataFrame | None) -> pd.DataFrame:
    """Give each actor's row of one dimension under one perspective."""
    _, dimension, perspective = name.split(":", 2)
    if scores is None or not ((scores["dimension"] == dimension) & (scores["perspective"] == perspective)).any():
        raise KeyError(name)
    joined = join_scores(graph, scores)
    return joined[(joined["dimension"] == dimension) & (joined["perspective"] == perspective)]


def hidden_actors(graph: nx.MultiDiGraph, name: str, scores: pd.DataFrame | None) -> set[Any]:
    """Name the actors whose group's score is not told."""
    rows = of_measure(graph, name, scores)
    return set(rows.loc[rows["suppressed"], "id"])


def score_offers(
    pairs: Iterable[tuple[str, str]], language: str, framework: Framework | None
) -> Iterator[dict[str, str]]:
    """Name each dimension and perspective there are scores of."""
    names = dimension_names(framework, language) if framework else {}
    for dimension, perspective in pairs:
        told = names.get(dimension) or plain(dimension)
        seen = word(f"figures.{perspective}", language) if perspective in dictionary("figures") else plain(perspective)
        label = word("map_readings.score_label", language, dimension=told, perspective=seen)
        yield {"value": f"{SCORE}{dimension}:{perspective}", "label": label}
