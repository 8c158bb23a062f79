"""Feedback loops: what comes back to where it started, stronger (reinforcing) or turned round (balancing)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx
import pandas as pd

from assessment.systems.causes import causal_links
from assessment.systems.cycles import Search, find_cycles
from assessment.systems.tables import table

REINFORCING, BALANCING = "reinforcing", "balancing"

LIMIT = 10_000
"""Most loops listed; the shortest are."""

COLUMNS = (
    "loop",
    "nodes",
    "kind",
    "length",
    "delays",
    "delay",
    "uncertain",
    "disputed",
    "strength",
    "drawn_by",
    "declared",
    "name",
    "independent",
)
"""Columns of the loops table."""

DECLARED_COLUMNS = ("id", "name", "nodes", "kind", "found", "holds", "reason", "source", "target")
"""Columns of the declared loops table."""


def find_loops(graph: nx.MultiDiGraph, longest: int | None = None, limit: int = LIMIT) -> pd.DataFrame:
    """Learn every feedback loop of a map, and what each does.

    Parameters
    ----------
    graph
        A systems map.
    longest
        Most nodes in a loop; None = whatever its length.
    limit
        Most loops to give.

    Returns
    -------
    pandas.DataFrame
        One row is one loop, ranked in ``loop`` from 1: those people have named first, then those whose signs are known,
        the short before the long, the strong before the weak: `COLUMNS`. ``nodes`` begins with what comes first on the
        map; ``kind`` is ``"reinforcing"``, ``"balancing"``, or None when a sign is not known or disputed
        (``uncertain``); ``delays`` counts delayed links, ``delay`` sums their steps; ``strength`` (0–1) is the
        geometric mean of the weights; ``drawn_by`` counts the participants who drew every link of it;
        ``independent`` marks the shortest loops from which all others can be put together.

    Notes
    -----
    **Missing answers**: a link without polarity makes the loop uncertain; weights default to 1, delays to 0.

    A loop is reinforcing when an even number of its links turn the change round. That a loop is on the map says that
    people describe it, not that it acts.

    References
    ----------
    Richardson 1986, System Dynamics Review 2, 158-170; Oliva 2004, System Dynamics Review 20, 313-336 (independent).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> for source, target, sign in (("effort", "result", "+"), ("result", "effort", "-")):
    ...     _ = graph.add_edge(source, target, kind="causes", polarity=sign)
    >>> find_loops(graph)[["nodes", "kind", "length"]].values.tolist()
    [[('effort', 'result'), 'balancing', 2]]
    """
    links = causal_links(graph)
    nodes, search = search_loops(graph, links, longest, limit)
    return loop_table(graph, links, nodes, search)


def search_loops(
    graph: nx.MultiDiGraph, links: pd.DataFrame, longest: int | None = None, limit: int = LIMIT
) -> tuple[list, Search]:
    """Give the nodes in the order of the map, and the cycles of the causal links as their numbers."""
    nodes = list(graph)
    return nodes, find_cycles(successors(nodes, links), longest, limit)


def successors(nodes: Sequence, links: pd.DataFrame) -> list[list[int]]:
    """List what each node acts on, by number."""
    place = {node: number for number, node in enumerate(nodes)}
    found: list[list[int]] = [[] for _ in nodes]
    for source, target in zip(links["source"], links["target"], strict=True):
        found[place[source]].append(place[target])
    return found


def loop_table(graph: nx.MultiDiGraph, links: pd.DataFrame, nodes: Sequence, search: Search) -> pd.DataFrame:
    """Say of each cycle what it does."""
    known = {(row.source, row.target): row for row in links.itertuples(index=False)}
    names = declared_names(graph)
    independent = independent_cycles(search.cycles)
    rows = []
    for cycle in search.cycles:
        path = tuple(nodes[number] for number in cycle)
        named = names.get(path)
        rows.append(
            {
                "nodes": path,
                **describe([known[pair] for pair in around(path)]),
                "declared": named is not None,
                "name": named,
                "independent": cycle in independent,
            }
        )
    return ranked(rows)


def describe(links: Sequence) -> dict[str, Any]:
    """Say what a loop does, from its links."""
    drew = [set(link.participants) for link in links]
    return {
        "kind": kind_of(link.polarity for link in links),
        "length": len(links),
        "delays": sum(link.delay > 0 for link in links),
        "delay": sum(link.delay for link in links),
        "uncertain": any(link.polarity is None for link in links),
        "disputed": any(link.disputed for link in links),
        "strength": math.prod(sorted(link.weight for link in links)) ** (1 / len(links)),
        "drawn_by": len(set.intersection(*drew)),
    }


def kind_of(polarities: Iterable[str | None]) -> str | None:
    """Tell what a loop with these signs does; None when one is not known.

    Examples
    --------
    >>> kind_of("+-"), kind_of("--"), kind_of(["+", None])
    ('balancing', 'reinforcing', None)
    """
    signs = list(polarities)
    if None in signs:
        return None
    return BALANCING if signs.count("-") % 2 else REINFORCING


def around(path: Sequence) -> list[tuple]:
    """Pair each node of a loop with the next, the last with the first."""
    return list(zip(path, (*path[1:], *path[:1]), strict=True))


def ranked(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Put the loops that deserve a look first; the sort is stable, so equals keep the order of the map."""
    rows.sort(key=lambda row: (not row["declared"], row["uncertain"], row["length"], -row["strength"]))
    numbered = ({"loop": number, **row} for number, row in enumerate(rows, 1))
    whole = dict.fromkeys(("loop", "length", "delays", "delay", "drawn_by"), int)
    flags = dict.fromkeys(("uncertain", "disputed", "declared", "independent"), bool)
    return table(numbered, COLUMNS, **whole, **flags, strength=float)


def independent_cycles(cycles: Iterable[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Choose the shortest cycles of which none is made of the others.

    Parameters
    ----------
    cycles
        Cycles as node numbers, the shortest first.

    Returns
    -------
    set
        Those whose links are independent (as vectors of 0 and 1 that add modulo 2): of all the cycles of a strongly
        connected graph as many as it has links − nodes + 1, and as short in all as they can be (the greedy choice is
        the best in a matroid). Each reduction keeps one cycle a newest link, so a cycle with a new link needs none.

    Examples
    --------
    Two loops share the link 0 → 1; the third is needed too: 5 links − 3 nodes + 1 = 3.

    >>> len(independent_cycles([(0, 1), (1, 2), (0, 1, 2)]))
    3
    """
    number: dict[tuple[int, int], int] = {}
    basis: dict[int, int] = {}
    chosen = set()
    for cycle in cycles:
        vector = sum(1 << number.setdefault(pair, len(number)) for pair in around(cycle))
        while vector and (top := vector.bit_length()) in basis:
            vector ^= basis[top]
        if vector:
            basis[top] = vector
            chosen.add(cycle)
    return chosen


def declared_names(graph: nx.MultiDiGraph) -> dict[tuple, str]:
    """Give the name of each loop people have named, under its nodes turned to begin with the first on the map."""
    place = {node: number for number, node in enumerate(graph)}
    names: dict[tuple, str] = {}
    for loop in graph.graph.get("loops") or ():
        path = tuple(loop.get("nodes") or ())
        if path and all(node in place for node in path):
            first = min(range(len(path)), key=lambda index: place[path[index]])
            names.setdefault(path[first:] + path[:first], loop.get("name") or str(loop.get("id", "")))
    return names


def check_declared(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn whether the loops people have named are loops, and of the kind they say.

    Parameters
    ----------
    graph
        A systems map; ``graph.graph["loops"]`` lists the loops named: ``id, name, nodes, kind``.

    Returns
    -------
    pandas.DataFrame
        One row is one named loop, in the order of the map: `DECLARED_COLUMNS`. ``kind`` is what people say, ``found``
        what the signs give; ``holds`` whether it is a loop as named and nothing contradicts its kind; ``reason`` why
        not: ``"no_nodes"``, ``"node_unknown"`` (``source`` names it), ``"node_twice"``, ``"other_order"`` (the same
        nodes make a loop in another order), ``"link_missing"`` (from ``source`` to ``target``), ``"other_kind"``; or,
        where it holds as far as one can tell, ``"sign_unknown"``.

    Notes
    -----
    **Missing answers**: a loop named without a kind is checked for being a loop only.

    Of 47 loops named in 16 published teaching diagrams only 33 hold: authors, too, name loops that are none.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(loops=[{"id": "l1", "name": "Spiral", "nodes": ["a", "b"], "kind": "reinforcing"}])
    >>> for source, target, sign in (("a", "b", "+"), ("b", "a", "-")):
    ...     _ = graph.add_edge(source, target, kind="causes", polarity=sign)
    >>> check_declared(graph)[["name", "found", "holds", "reason"]].values.tolist()
    [['Spiral', 'balancing', False, 'other_kind']]
    """
    links = causal_links(graph)
    polarity = {(row.source, row.target): row.polarity for row in links.itertuples(index=False)}
    rows = [
        {
            "id": loop.get("id"),
            "name": loop.get("name"),
            "nodes": tuple(loop.get("nodes") or ()),
            "kind": loop.get("kind"),
            **checked(graph, polarity, tuple(loop.get("nodes") or ()), loop.get("kind")),
        }
        for loop in graph.graph.get("loops") or ()
    ]
    return table(rows, DECLARED_COLUMNS, holds=bool)


def checked(graph: nx.MultiDiGraph, polarity: Mapping[tuple, str | None], path: tuple, kind: str | None) -> dict:
    """Check one named loop."""
    fault = no_loop(graph, polarity, path)
    if fault is not None:
        return {"found": None, "holds": False, "reason": None, "source": None, "target": None} | fault
    found = kind_of(polarity[pair] for pair in around(path))
    wrong = kind is not None and found is not None and kind != found
    reason = "other_kind" if wrong else "sign_unknown" if found is None else None
    return {"found": found, "holds": not wrong, "reason": reason, "source": None, "target": None}


def no_loop(graph: nx.MultiDiGraph, polarity: Mapping[tuple, str | None], path: tuple) -> dict | None:
    """Say why nodes in this order are no loop, or None."""
    if not path:
        return {"reason": "no_nodes"}
    unknown = [node for node in path if node not in graph]
    if unknown:
        return {"reason": "node_unknown", "source": unknown[0]}
    if len(set(path)) < len(path):
        return {"reason": "node_twice", "source": next(node for node in path if path.count(node) > 1)}
    missing = [pair for pair in around(path) if pair not in polarity]
    if not missing:
        return None
    reason = "other_order" if loops_otherwise(polarity, path) else "link_missing"
    return {"reason": reason, "source": missing[0][0], "target": missing[0][1]}


def loops_otherwise(polarity: Mapping[tuple, str | None], path: tuple) -> bool:
    """Say whether the same nodes make a loop in another order."""
    inside = [[number for number, target in enumerate(path) if (node, target) in polarity] for node in path]
    return any(len(cycle) == len(path) for cycle in find_cycles(inside).cycles)
