"""The loops of a map as the editor lists them: a badge, a name, the ties along them, a sentence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd

from assessment.figures.map_words import Labels, labels_of, links_of, loop_told, plain, rows_of, say
from assessment.systems.causes import causal_links
from assessment.systems.cycles import Search
from assessment.systems.loops import around, check_declared, declared_names, loop_table, no_loop, search_loops
from assessment.systems.model import is_causal
from assessment.texts import format_number
from assessment.texts.maps import tell_declared, tell_note

MOST = 100
"""Loops listed, the shortest and those people have named: nobody reads more, and they are sought after every edit."""

TITLE = 4
"""Elements named in the title of a loop that nobody has named."""

TOLD = 3
"""Named loops that do not hold told in the note."""

BADGES = {"reinforcing": "R", "balancing": "B", None: "?"}
"""What a loop's badge begins with, as in causal loop diagrams everywhere."""

Tied = Mapping[tuple, Sequence]


def map_loops(graph: nx.MultiDiGraph, language: str) -> dict[str, Any]:
    """Learn which loops close on a map, each with a badge, the ties along it and a sentence.

    Parameters
    ----------
    graph
        A systems map.
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    dict
        ``loops``: in the order of `find_loops`, each with ``loop`` (its number there), ``nodes``, ``ties`` (ids, in
        order; where several people drew the same link, all of theirs), ``kind``, ``badge`` (R, B or ? and the number),
        ``title``, ``sentence``, ``uncertain``, ``delayed``; ``count``: how many; ``note``: what to know, or None.

    Notes
    -----
    **Missing answers**: as `find_loops` says; a loop with a link of unknown sign has ``kind`` None.

    Where a map has more than `MOST` loops the shortest are given, and those people have named.

    Examples
    --------
    >>> from assessment.systems.archetypes import template_map
    >>> told = map_loops(template_map("limits_to_growth"), "en")
    >>> [(one["badge"], one["ties"]) for one in told["loops"]], told["note"]
    ([('R1', ['l0', 'l1']), ('B2', ['l2', 'l4'])], None)
    """
    links = causal_links(graph)
    loops, search = shown_loops(graph, links)
    labels, known, tied = labels_of(graph), links_of(links), causal_ties(graph)
    return {
        "loops": [loop_entry(row, known, tied, labels, language) for row in rows_of(loops)],
        "note": " ".join(notes(graph, links, search, labels, language)) or None,
        "count": len(loops),
    }


def shown_loops(graph: nx.MultiDiGraph, links: pd.DataFrame) -> tuple[pd.DataFrame, Search]:
    """Find the loops that are listed; those people have named are among them, whatever their length."""
    nodes, search = search_loops(graph, links, limit=MOST)
    if not search.complete:
        place = {node: number for number, node in enumerate(nodes)}
        named = {tuple(place[node] for node in path) for path in named_loops(graph, links)}
        search = search._replace(cycles=[*search.cycles, *sorted(named.difference(search.cycles), key=len)])
    return loop_table(graph, links, nodes, search), search


def named_loops(graph: nx.MultiDiGraph, links: pd.DataFrame) -> Iterator[tuple]:
    """Give the loops people have named that are loops, each turned to begin with what comes first on the map."""
    polarity = {(row.source, row.target): row.polarity for row in links.itertuples(index=False)}
    return (path for path in declared_names(graph) if no_loop(graph, polarity, path) is None)


def causal_ties(graph: nx.MultiDiGraph) -> dict[tuple, list]:
    """List the ids of the causal ties from one node to another, by the two."""
    found: dict[tuple, list] = {}
    for source, target, key, tie in graph.edges(keys=True, data=True):
        if is_causal(tie):
            found.setdefault((source, target), []).append(key)
    return found


def ties_along(path: Sequence, tied: Tied) -> list:
    """List the ids of the ties along a loop, in order."""
    return [one for pair in around(path) for one in tied[pair]]


def loop_badge(row: Mapping[str, Any]) -> str:
    """Give the short name of a loop: what it does, and its number.

    Examples
    --------
    >>> loop_badge({"kind": None, "loop": 3})
    '?3'
    """
    return f"{BADGES[row['kind']]}{row['loop']}"


def loop_entry(row: Mapping[str, Any], known: Mapping, tied: Tied, labels: Labels, language: str) -> dict[str, Any]:
    """Write one loop."""
    return {
        "loop": row["loop"],
        "nodes": list(row["nodes"]),
        "ties": ties_along(row["nodes"], tied),
        "kind": row["kind"],
        "badge": loop_badge(row),
        "title": plain(row["name"]) if row["name"] else path_title(row["nodes"], labels),
        "sentence": loop_told({**row, "name": None}, known, labels, language),
        "uncertain": row["uncertain"],
        "delayed": row["delays"] > 0,
    }


def path_title(path: Sequence, labels: Labels) -> str:
    """Name a loop by the first elements along it.

    Examples
    --------
    >>> path_title("abcde", dict(zip("abcde", "ABCDE")))
    'A → B → C → D → …'
    """
    return " → ".join([*(labels[node] for node in path[:TITLE]), *(["…"] if len(path) > TITLE else [])])


def notes(graph: nx.MultiDiGraph, links: pd.DataFrame, search: Search, labels: Labels, language: str) -> Iterator[str]:
    """Say what to know: that there is no loop, that not all are given, which named ones do not hold."""
    if not search.cycles:
        yield say("loops_none" if len(links) else "loops_no_links", language)
    if not search.complete:
        values = {"count": format_number(len(search.cycles), language, 0), "sure": search.sure}
        yield tell_note({"code": "loops_incomplete", "values": values}, labels, language)
    if graph.graph.get("loops"):
        yield from broken_names(graph, labels, language)


def broken_names(graph: nx.MultiDiGraph, labels: Labels, language: str) -> Iterator[str]:
    """Tell the first of the named loops that do not hold, and how many more there are."""
    declared = check_declared(graph)
    broken = rows_of(declared[~declared["holds"]])
    for row in broken[:TOLD]:
        yield tell_declared({**row, "name": plain(row["name"] or row["id"])}, labels, language)
    if len(broken) > TOLD:
        yield say("more", language, count=format_number(len(broken) - TOLD, language, 0))
