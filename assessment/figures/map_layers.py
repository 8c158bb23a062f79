"""A participant's layer: what this one drew, alone or with others."""

from collections.abc import Hashable
from typing import Any

import networkx as nx

from assessment.figures.map_overlay import Telling, item, legend_entry, nothing_yet, overlay, table_of

NAME = "layer"

SHARED, ALONE = {"colour": "accent", "width": 0.6}, {"colour": "category-3", "width": 0.6, "dash": True}
"""How ties are drawn that others drew too, and those this one alone drew."""

Tie = tuple[Hashable, Hashable, Hashable, dict[str, Any]]


def map_layer(graph: nx.MultiDiGraph, participant: Hashable, language: str) -> dict[str, Any]:
    r"""Learn what one participant drew on a shared map.

    Parameters
    ----------
    graph
        A systems map; ties carry ``participants``.
    participant
        Whose layer.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    dict
        A reading, as `map_reading` gives: the others' ties and elements pale, dashed what nobody else drew.

    Notes
    -----
    **Missing answers**: ties nobody is named for are no one's.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", "t", kind="causes", participants=["p1", "p2"])
    >>> map_layer(graph, "p1", "en")["title"]
    'p1 drew 1\xa0tie'
    """
    telling = Telling(graph, language)
    drawn = [tie for tie in graph.edges(keys=True, data=True) if participant in (tie[3].get("participants") or ())]
    name = telling.participant(participant)
    if not drawn:
        return nothing_yet(NAME, telling, telling.say("layer_none", name=name))
    alone = {key for *_, key, tie in drawn if len(set(tie["participants"])) == 1}
    touched = {end for source, target, *_ in drawn for end in (source, target)}
    ties = {key: {"dim": True} for *_, key in graph.edges(keys=True)}
    ties |= {key: dict(ALONE if key in alone else SHARED) for *_, key, _ in drawn}
    return overlay(
        NAME,
        telling.say("layer_title", name=name, ties=telling.count("count_ties", len(drawn))),
        sentences_of(drawn, alone, graph, telling),
        legend=legend_of(telling),
        nodes={node: {"dim": True} for node in graph if node not in touched},
        ties=ties,
        table=drawn_table(drawn, name, telling),
        items=[
            item(
                telling.tie(source, target, tie.get("kind")),
                [others_words(tie, participant, telling)],
                dict.fromkeys((source, target)),
                [key],
            )
            for source, target, key, tie in drawn
        ],
    )


def sentences_of(drawn: list[Tie], alone: set, graph: nx.MultiDiGraph, telling: Telling) -> list[str]:
    """Count what is drawn of the whole, and what nobody else drew."""
    whole = telling.count("count_ties", graph.number_of_edges())
    told = [telling.say("layer_of_all", count=telling.number(len(drawn)), ties=whole)]
    if alone:
        told.append(telling.say("layer_alone", ties=telling.count("count_ties", len(alone))))
    return [*told, telling.say("consensus_meaning") if alone else ""]


def legend_of(telling: Telling) -> list[dict]:
    """Explain the paint."""
    return [
        legend_entry(telling.say("layer_shared"), SHARED["colour"], pattern="line"),
        legend_entry(telling.say("layer_only"), ALONE["colour"], pattern="dash"),
        legend_entry(telling.say("layer_others"), "muted", pattern="dim"),
    ]


def others_words(tie: dict[str, Any], participant: Hashable, telling: Telling) -> str:
    """Say who else drew a tie."""
    others = [telling.participant(one) for one in dict.fromkeys(tie["participants"]) if one != participant]
    return telling.say("layer_with", names=", ".join(others)) if others else telling.say("layer_nobody_else")


def drawn_table(drawn: list[Tie], name: str, telling: Telling) -> dict:
    """Write each tie, its sign, and how many others drew it."""
    keys = {"column_tie": False, "column_sign": False, "column_others": True}
    signs = {"+": "+", "-": "−"}
    rows = [
        [
            telling.tie(source, target, tie.get("kind")),
            signs.get(tie.get("polarity"), ""),
            telling.number(len(set(tie["participants"])) - 1),
        ]
        for source, target, _, tie in drawn
    ]
    return table_of(telling.say("layer_caption", name=name), {telling.say(key): one for key, one in keys.items()}, rows)
