"""Positions: who is central, who stands between others, who is bound to a closed circle."""

from collections.abc import Collection

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph, linalg

from assessment.systems.network import Network, actor_network, codes_of, pattern
from assessment.systems.paths import betweenness, distances_to

EXACT_UP_TO = 2_000
"""Actors above which betweenness is computed from a sample of starts."""

PIVOTS = 300
"""Starts in such a sample."""

COLUMNS = (
    "id",
    "label",
    "in_degree",
    "out_degree",
    "in_strength",
    "out_strength",
    "betweenness",
    "pivots",
    "closeness",
    "eigenvector",
    "constraint",
    "effective_size",
    "core",
)
"""Columns of the positions table."""

REACH_COLUMNS = ("rank", "actors", "one_step", "two_steps", "reached", "distance")
"""Columns of the table of the reach of hierarchical levels."""


def score_positions(
    graph: nx.MultiDiGraph,
    kinds: Collection[str] | None = None,
    exact_up_to: int = EXACT_UP_TO,
    pivots: int = PIVOTS,
    seed: int = 0,
) -> pd.DataFrame:
    """Learn the position of each actor among the others.

    Parameters
    ----------
    graph
        A systems map.
    kinds
        Kinds of relations to count; None = every kind but ``causes``.
    exact_up_to
        Actors above which betweenness is estimated.
    pivots
        Starts it is then estimated from.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row is one actor, in the order of the map: `COLUMNS`. Parallel ties are one, their weights summed.
        ``in_degree``, ``out_degree`` count the others tied; ``in_strength``, ``out_strength`` sum the weights.
        ``betweenness`` (0–1): share of the shortest directed paths between others that pass here, from ``pivots``
        starts (all actors where exact). ``closeness`` (0–1): of those who reach the actor, how close, times the share
        of all who do. On ties in either direction, weights of both summed: ``eigenvector`` (length 1 over the map),
        ``constraint`` and ``effective_size`` (Burt), ``core`` (the largest k such that the actor is in a group where
        everyone is tied to k).

    Notes
    -----
    **Missing answers**: a tie without weight has weight 1. An actor tied to nobody has NaN ``constraint`` and
    ``effective_size``, and 0 elsewhere; betweenness with fewer than three actors is 0.

    A position says what was drawn, not what a person is worth; an actor at the edge may be one nobody thought of.

    References
    ----------
    Freeman 1978, Social Networks 1, 215-239; Burt 1992, Structural Holes, ch. 2; Brandes & Pich 2007 (sampling);
    Seidman 1983 (cores); Bonacich 1972 (eigenvector).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abc", type="actor")
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> score_positions(graph)[["id", "betweenness", "closeness"]].round(2).values.tolist()
    [['a', 0.0, 0.0], ['b', 0.5, 0.5], ['c', 0.0, 0.67]]
    """
    network = actor_network(graph, kinds)
    ties, both = network.ties, network.undirected
    starts = pivots_of(len(network.nodes), exact_up_to, pivots, seed)
    constraint, effective_size = burt(both)
    return pd.DataFrame(
        {
            "id": pd.Series(network.nodes, dtype=object),
            "label": pd.Series([one.get("label", node) for node, one in labelled(network)], dtype=object),
            "in_degree": ties.sum(axis=0).astype(int),
            "out_degree": ties.sum(axis=1).astype(int),
            "in_strength": network.weights.sum(axis=0).astype(float),
            "out_strength": network.weights.sum(axis=1).astype(float),
            "betweenness": share_between(ties, starts),
            "pivots": len(starts),
            "closeness": closeness(ties),
            "eigenvector": eigenvector(both),
            "constraint": constraint,
            "effective_size": effective_size,
            "core": core(ties),
        },
        columns=list(COLUMNS),
    )


def labelled(network: Network) -> list[tuple]:
    """Pair each actor with its attributes."""
    return list(zip(network.nodes, network.data, strict=True))


def pivots_of(size: int, exact_up_to: int, pivots: int, seed: int) -> np.ndarray:
    """Choose the starts of shortest paths: all, or a sample without replacement."""
    if size <= max(exact_up_to, pivots):
        return np.arange(size)
    return np.sort(np.random.default_rng(seed).choice(size, pivots, replace=False))


def share_between(ties: sparse.csr_array, starts: np.ndarray) -> np.ndarray:
    """Give betweenness as a share of the pairs of others, scaled up from the starts there are."""
    size = ties.shape[0]
    if size < 3:
        return np.zeros(size)
    exact = len(starts) == size
    counted = exact_betweenness(ties) if exact else betweenness(ties, starts) * (size / len(starts))
    return counted / ((size - 1) * (size - 2))


def exact_betweenness(ties: sparse.csr_array) -> np.ndarray:
    """Count shortest paths through each node, with rustworkx where it is installed: the same numbers, sooner."""
    try:
        import rustworkx
    except ImportError:
        return betweenness(ties, np.arange(ties.shape[0]))
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(ties.shape[0]))
    graph.add_edges_from_no_data(list(zip(*(ends.tolist() for ends in ties.nonzero()), strict=True)))
    found = rustworkx.digraph_betweenness_centrality(graph, normalized=False)
    return np.array([found[node] for node in range(ties.shape[0])])


def closeness(ties: sparse.csr_array) -> np.ndarray:
    """Give closeness by the paths towards each node, scaled by the share of nodes that reach it (Wasserman & Faust)."""
    size = ties.shape[0]
    found = distances_to(ties)
    return np.divide(
        found.reached.astype(float) ** 2, found.total * (size - 1.0), out=np.zeros(size), where=found.total > 0
    )


def eigenvector(both: sparse.csr_array) -> np.ndarray:
    """Give the leading eigenvector of the symmetric weights; over parts that are not tied, that of the strongest."""
    size = both.shape[0]
    if both.nnz == 0 or both.sum() == 0:
        return np.zeros(size)
    count, part = csgraph.connected_components(both, directed=False)
    found, strongest = np.zeros(size), -np.inf
    for one in range(count):
        members = np.flatnonzero(part == one)
        if len(members) > 1:
            value, vector = leading(both[members][:, members])
            if value > strongest + 1e-9:
                strongest = value
                found = np.zeros(size)
                found[members] = vector
    return found


def leading(weights: sparse.csr_array) -> tuple[float, np.ndarray]:
    """Give the largest eigenvalue of a connected part and its vector, of length 1, none below 0."""
    size = weights.shape[0]
    if size < 50:
        values, vectors = np.linalg.eigh(weights.toarray())
    else:
        values, vectors = linalg.eigsh(weights, k=1, which="LA", v0=np.ones(size))
    return float(values[-1]), np.abs(vectors[:, -1])


def burt(both: sparse.csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Give Burt's constraint and effective size of each node.

    Notes
    -----
    With p(i, j) the share of i's weight that goes to j and m(i, j) the weight as a share of i's largest: constraint is
    Σ over contacts j of (p(i, j) + Σ over q of p(i, q)·p(q, j))²; effective size Σ over contacts j of
    1 − Σ over q of p(i, q)·m(j, q). As networkx.constraint and networkx.effective_size with weights.
    """
    total = both.sum(axis=1)
    largest = both.max(axis=1).toarray().ravel() if both.shape[0] else total
    tied = total > 0
    shares = sparse.diags_array(inverse(total)) @ both
    relative = sparse.diags_array(inverse(largest)) @ both
    contacts = pattern(both)
    invested = contacts * (shares + shares @ shares)
    constraint = (invested * invested).sum(axis=1)
    redundancy = (contacts * (shares @ relative.T)).sum(axis=1)
    degree = np.diff(both.indptr)
    return np.where(tied, constraint, np.nan), np.where(tied, degree - redundancy, np.nan)


def inverse(values: np.ndarray) -> np.ndarray:
    """Give 1/x, and 0 for 0."""
    return np.divide(1.0, values, out=np.zeros(len(values)), where=values > 0)


def core(ties: sparse.csr_array) -> np.ndarray:
    """Give the core number of each node, ties taken in either direction."""
    graph = nx.Graph()
    graph.add_nodes_from(range(ties.shape[0]))
    graph.add_edges_from(zip(*(ends.tolist() for ends in ties.nonzero()), strict=True))
    found = nx.core_number(graph)
    return np.array([found[node] for node in range(ties.shape[0])], dtype=int)


def score_reach(graph: nx.MultiDiGraph, kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn how much of the map each hierarchical level reaches by its ties.

    Parameters
    ----------
    graph
        A systems map; actors carry ``rank``.
    kinds
        Kinds of relations to follow; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one rank, in natural order: `REACH_COLUMNS`. Means over its actors of the share (0–1) of all other
        actors reached in one step, in one or two, and at all, following ties in their direction; ``distance`` is the
        mean number of steps to those reached.

    Notes
    -----
    **Missing answers**: actors without a rank are reached, but have no row.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("a", {"rank": 1}), ("b", {"rank": 2}), ("c", {"rank": 2})], type="actor")
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> score_reach(graph)[["rank", "one_step", "two_steps", "reached"]].values.tolist()
    [[1, 0.5, 1.0, 1.0], [2, 0.25, 0.25, 0.25]]
    """
    network = actor_network(graph, kinds)
    found = distances_to(sparse.csr_array(network.ties.T))
    code, ranks = codes_of(network.values("rank"))
    others = max(1, len(network.nodes) - 1)
    rows = []
    for number in range(len(ranks)):
        members = code == number
        reached = found.reached[members]
        rows.append(
            {
                "actors": int(members.sum()),
                "one_step": found.near[0, members].mean() / others,
                "two_steps": found.near[1, members].mean() / others,
                "reached": reached.mean() / others,
                "distance": found.total[members].sum() / reached.sum() if reached.any() else np.nan,
            }
        )
    table = pd.DataFrame(rows, columns=list(REACH_COLUMNS[1:])).astype(float).astype({"actors": int})
    table.insert(0, "rank", pd.Series(ranks, dtype=object))
    return table
