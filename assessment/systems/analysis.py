"""All that can be read from a map, in one call: a dict of tables, and the same as plain JSON."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd

from assessment.progress import Progress
from assessment.systems.archetypes import match_loops
from assessment.systems.balance import score_balance
from assessment.systems.brokerage import find_gaps, score_brokerage
from assessment.systems.causes import causal_links
from assessment.systems.communities import compared, members, partition
from assessment.systems.consensus import compare_participants, merge_maps
from assessment.systems.leverage import score_leverage, score_stability
from assessment.systems.loops import LIMIT, check_declared, loop_table, search_loops
from assessment.systems.model import ACTOR, CAUSES
from assessment.systems.network import actor_network, read_once
from assessment.systems.overlap import score_overlap
from assessment.systems.permutations import PERMUTATIONS, SEED
from assessment.systems.pluralism import find_circle, score_levels, score_roles, score_spectrum, score_spoken
from assessment.systems.positions import score_positions, score_reach
from assessment.systems.silos import ATTRIBUTES, score_densities, score_silos
from assessment.systems.tables import table

TABLES = (
    "actors",
    "loops",
    "archetypes",
    "silos",
    "leverage",
    "faults",
    "declared",
    "stability",
    "brokerage",
    "gaps",
    "reach",
    "densities",
    "overlap",
    "balance",
    "communities",
    "roles",
    "spoken",
    "spectrum",
    "levels",
    "circle",
    "consensus",
    "participants",
)
"""Tables of an analysis, in order: first those the contract names."""

FAULT_COLUMNS = ("code", "values")
"""Columns of the faults table: what is wrong with the map, or to know about its numbers."""

LARGE_UNITS = 60
"""Groups above which the densities between all pairs are not set against chance: nobody reads thousands of cells."""


def analyse_map(
    graph: nx.MultiDiGraph,
    kinds: Collection[str] | None = None,
    longest: int | None = None,
    permutations: int | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
) -> dict[str, pd.DataFrame]:
    """Learn all that can be read from a systems map.

    Parameters
    ----------
    graph
        A systems map, as `load_map` gives it.
    kinds
        Kinds of relations between actors to count; None = every kind but ``causes``.
    longest
        Most nodes in a loop; None = whatever its length.
    permutations
        How often labels are dealt out anew where something is set against chance; None = 5,000. Each table says how
        many.
    seed
        Draws them.
    progress
        Called with (done, total) between tables; an exception raised in it stops the work.

    Returns
    -------
    dict of pandas.DataFrame
        The tables named in `TABLES`. A map without actors has empty tables of actors, one without causal links empty
        tables of loops. ``faults`` says what to know: a named loop that does not hold (``loop_does_not_hold``), loops
        beyond the shortest 10,000 (``loops_incomplete``), betweenness from a sample (``betweenness_sampled``),
        relations that join a variable and are counted nowhere (``relations_not_read``).

    Notes
    -----
    **Missing answers**: as each table's function says; what is undefined is NaN or None.

    Examples
    --------
    >>> from assessment.systems.archetypes import template_map
    >>> analyse_map(template_map("limits_to_growth"))["loops"]["kind"].tolist()
    ['reinforcing', 'balancing']
    """
    work = steps(graph, kinds, longest, permutations or PERMUTATIONS, seed)
    tables: dict[str, pd.DataFrame] = {}
    with read_once(graph):
        for done, (names, make) in enumerate(work):
            tables |= dict(zip(names, make(tables), strict=True))
            if progress:
                progress(done + 1, len(work))
    tables["faults"] = table(faults(graph, tables), FAULT_COLUMNS)
    return {name: tables[name] for name in TABLES}


def steps(graph, kinds, longest, permutations, seed) -> list[tuple[tuple[str, ...], Callable]]:
    """List what is computed, in order: the names of the tables, and what makes them from those already made."""
    drawn = {"permutations": permutations, "seed": seed}
    return [
        (("loops", "archetypes", "complete"), lambda _: loops_and_archetypes(graph, longest)),
        (("declared",), lambda _: [check_declared(graph)]),
        (("leverage",), lambda _: [score_leverage(graph)]),
        (("stability",), lambda _: [score_stability(graph)]),
        (("actors", "communities"), lambda _: actors_and_communities(graph, kinds)),
        (("brokerage",), lambda _: [score_brokerage(graph, kinds=kinds)]),
        (("gaps",), lambda _: [find_gaps(graph, kinds=kinds)]),
        (("reach",), lambda _: [score_reach(graph, kinds)]),
        (("silos",), lambda _: [score_silos(graph, kinds=kinds, **drawn)]),
        (("densities",), lambda _: [densities(graph, kinds, permutations, seed)]),
        (("overlap",), lambda _: [score_overlap(graph, kinds, **drawn)]),
        (("balance",), lambda _: [score_balance(graph)]),
        (("roles",), lambda _: [score_roles(graph)]),
        (("spoken",), lambda _: [score_spoken(graph, kinds)]),
        (("spectrum",), lambda _: [score_spectrum(graph)]),
        (("levels",), lambda _: [score_levels(graph, kinds)]),
        (("circle",), lambda tables: [find_circle(graph, tables["loops"])]),
        (("consensus",), lambda _: [merge_maps(graph)]),
        (("participants",), lambda _: [compare_participants(graph)]),
    ]


def loops_and_archetypes(graph: nx.MultiDiGraph, longest: int | None) -> tuple:
    """Find the loops once, for both tables; and whether they are all there."""
    links = causal_links(graph)
    nodes, search = search_loops(graph, links, longest, LIMIT)
    loops = loop_table(graph, links, nodes, search)
    return loops, match_loops(links, loops), search


def actors_and_communities(graph: nx.MultiDiGraph, kinds: Collection[str] | None) -> tuple:
    """Find the communities once, for the actors and for the comparison with the chart."""
    network = actor_network(graph, kinds)
    parts, how = partition(network, seed=0)
    actors = score_positions(graph, kinds)
    actors["community"] = members(network, parts)["community"]
    return actors, compared(network, parts, how, ATTRIBUTES)


def densities(graph: nx.MultiDiGraph, kinds: Collection[str] | None, permutations: int, seed: int) -> pd.DataFrame:
    """Set densities between units against chance, where there are not too many to read."""
    units = {value for value in actor_network(graph, kinds).values("unit") if value is not None}
    return score_densities(graph, "unit", kinds, permutations if len(units) <= LARGE_UNITS else 0, seed)


def faults(graph: nx.MultiDiGraph, tables: Mapping[str, Any]) -> list[dict]:
    """Say what to know about the numbers."""
    declared = tables["declared"]
    found = [
        {
            "code": "loop_does_not_hold",
            "values": {name: row[name] for name in ("id", "name", "reason", "source", "target", "kind", "found")},
        }
        for row in declared[~declared["holds"]].to_dict("records")
    ]
    search = tables["complete"]
    if not search.complete:
        found.append({"code": "loops_incomplete", "values": {"count": len(search.cycles), "sure": search.sure}})
    actors = tables["actors"]
    if len(actors) and actors["pivots"].iloc[0] < len(actors):
        found.append({"code": "betweenness_sampled", "values": {"pivots": int(actors["pivots"].iloc[0])}})
    unread = unread_relations(graph)
    if unread:
        found.append({"code": "relations_not_read", "values": {"count": unread}})
    return found


def unread_relations(graph: nx.MultiDiGraph) -> int:
    """Count the relations that join a variable: they say neither who is tied to whom nor what acts on what."""
    actors = {node for node, kind in graph.nodes(data="type") if kind == ACTOR}
    ends = ((source, target) for source, target, kind in graph.edges(data="kind") if kind != CAUSES)
    return sum(not (source in actors and target in actors) for source, target in ends)


def analysis_document(tables: Mapping[str, pd.DataFrame]) -> dict[str, list[dict]]:
    """Write the tables of an analysis as plain lists and dicts, for JSON.

    Parameters
    ----------
    tables
        What `analyse_map` gave.

    Returns
    -------
    dict
        Per table a list of rows; what is undefined is None, tuples are lists, numbers are plain and unrounded.

    Notes
    -----
    **Missing answers**: NaN becomes None.

    Examples
    --------
    >>> from assessment.systems.archetypes import template_map
    >>> analysis_document(analyse_map(template_map("limits_to_growth")))["loops"][0]["nodes"]
    ['effort', 'performance']
    """
    return {name: [plain(row) for row in one.to_dict("records")] for name, one in tables.items()}


def plain(value: Any) -> Any:
    """Make a value what JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(one) for one in value]
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not np.isfinite(value) else value
