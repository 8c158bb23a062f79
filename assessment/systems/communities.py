"""Communities: groups more tied inside than chance, found from the ties alone, against the groups of the chart."""

from collections.abc import Callable, Collection, Iterable

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from assessment.systems.louvain import louvain
from assessment.systems.network import Network, actor_network, codes_of
from assessment.systems.tables import table

TRIES = 10
"""Starts of the search on a map of up to `LARGE` actors; fewer on larger ones, never below `FEWEST_TRIES`."""

FEWEST_TRIES = 2

LARGE = 1_000

COLUMNS = (
    "attribute",
    "actors",
    "groups",
    "communities",
    "modularity",
    "group_modularity",
    "adjusted_rand",
    "method",
    "tries",
    "seed",
)
"""Columns of the table that sets communities against the groups of an attribute."""

MEMBER_COLUMNS = ("id", "community", "size")
"""Columns of the members table."""


def find_communities(graph: nx.MultiDiGraph, kinds: Collection[str] | None = None, seed: int = 0) -> pd.DataFrame:
    """Learn which actors are tied more among themselves than chance would have it.

    Parameters
    ----------
    graph
        A systems map.
    kinds
        Kinds of relations; None = every kind but ``causes``.
    seed
        Of the first search; the best of several is kept.

    Returns
    -------
    pandas.DataFrame
        One row is one actor, in the order of the map: `MEMBER_COLUMNS`. Communities are numbered from 1, the largest
        first; an actor tied to nobody is a community of one.

    Notes
    -----
    **Missing answers**: none; weights default to 1.

    Modularity finds communities in random networks too, and misses small ones in large networks; another partition may
    be nearly as good. They are a picture to talk about.

    References
    ----------
    Blondel et al. 2008, J. Stat. Mech. P10008 (Louvain); Traag et al. 2019 (Leiden, through a networkx backend that has
    it); Fortunato & Barthélemy 2007 (limits).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abcd", type="actor")
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("c", "d", {"kind": "informs"})])
    >>> find_communities(graph)["community"].tolist()
    [1, 1, 2, 2]
    """
    network = actor_network(graph, kinds)
    parts, _ = partition(network, seed)
    return members(network, parts)


def members(network: Network, parts: list[set[int]]) -> pd.DataFrame:
    """Write each actor's community."""
    of = {number: (place, len(part)) for place, part in enumerate(parts, 1) for number in part}
    rows = ({"id": node, "community": of[n][0], "size": of[n][1]} for n, node in enumerate(network.nodes))
    return table(rows, MEMBER_COLUMNS, community=int, size=int)


def compare_communities(
    graph: nx.MultiDiGraph,
    attributes: Iterable[str] = ("unit", "role", "rank"),
    kinds: Collection[str] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Learn how far communities are the groups of the organisation chart.

    Parameters
    ----------
    graph
        A systems map.
    attributes
        Attributes of actors that make groups.
    kinds
        Kinds of relations; None = every kind but ``causes``.
    seed
        Of the first search.

    Returns
    -------
    pandas.DataFrame
        One row is one attribute: `COLUMNS`. ``modularity`` of the communities, ``group_modularity`` of the groups, over
        actors with the attribute, undirected and weighted; ``adjusted_rand`` is 1 where both are the same, near 0 where
        they have no more in common than chance.

    Notes
    -----
    **Missing answers**: actors without the attribute are in a community, but not compared.

    References
    ----------
    Hubert & Arabie 1985, Journal of Classification 2, 193-218 (adjusted Rand index).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> for name, unit in zip("abcd", "xxyy"):
    ...     graph.add_node(name, type="actor", unit=unit)
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("c", "d", {"kind": "informs"})])
    >>> compare_communities(graph, ["unit"])["adjusted_rand"].tolist()
    [1.0]
    """
    network = actor_network(graph, kinds)
    parts, how = partition(network, seed)
    return compared(network, parts, how, attributes)


def compared(network: Network, parts: list[set[int]], how: dict, attributes: Iterable[str]) -> pd.DataFrame:
    """Set the parts against the groups of each attribute."""
    found = numbered(parts, len(network.nodes))
    rows = []
    for attribute in attributes:
        code, groups = codes_of(network.values(attribute))
        known = code >= 0
        rows.append(
            {
                "attribute": attribute,
                "actors": int(known.sum()),
                "groups": len(groups),
                "communities": len(set(found[known])),
                "modularity": modularity(network, found, known),
                "group_modularity": modularity(network, code, known),
                "adjusted_rand": adjusted_rand(found[known], code[known]),
                **how,
            }
        )
    whole = dict.fromkeys(("actors", "groups", "communities", "tries", "seed"), int)
    return table(rows, COLUMNS, **whole, **dict.fromkeys(("modularity", "group_modularity", "adjusted_rand"), float))


def partition(network: Network, seed: int) -> tuple[list[set[int]], dict]:
    """Search several times, keep the best, number it; with how it was found."""
    both = network.undirected
    size = both.shape[0]
    if not both.sum():
        return [{node} for node in range(size)], {"method": "none", "tries": 0, "seed": seed}
    method, search = search_method()
    tries = max(FEWEST_TRIES, min(TRIES, TRIES * LARGE // size))
    found = [search(both, seed + one) for one in range(tries)]
    labels = found[int(np.argmax([quality(both, one) for one in found]))]
    parts: dict[int, set[int]] = {}
    for node, label in enumerate(labels.tolist()):
        parts.setdefault(label, set()).add(node)
    order = sorted(parts.values(), key=lambda part: (-len(part), min(part)))
    return order, {"method": method, "tries": tries, "seed": seed}


def search_method() -> tuple[str, Callable[[sparse.csr_array, int], np.ndarray]]:
    """Choose Leiden where a backend of networkx has it, else Louvain."""
    leiden = getattr(nx.community, "leiden_communities", None)
    if leiden is not None and leiden.backends - {"networkx"}:
        return "leiden", lambda both, seed: numbered(leiden(graph_of(both), seed=seed), both.shape[0])
    return "louvain", louvain


def graph_of(both: sparse.csr_array) -> nx.Graph:
    """Give symmetric weights as a graph of networkx."""
    graph = nx.Graph()
    graph.add_nodes_from(range(both.shape[0]))
    ends = both.tocoo()
    graph.add_weighted_edges_from(zip(ends.row.tolist(), ends.col.tolist(), ends.data.tolist(), strict=True))
    return graph


def numbered(parts: Iterable[Collection[int]], size: int) -> np.ndarray:
    """Write parts as a number for each node."""
    labels = np.zeros(size, int)
    for place, part in enumerate(parts):
        labels[list(part)] = place
    return labels


def modularity(network: Network, code: np.ndarray, known: np.ndarray) -> float:
    """Give the undirected, weighted modularity of a partition of some of the actors; NaN without ties."""
    kept = np.flatnonzero(known)
    return quality(network.undirected[kept][:, kept], code[kept])


def quality(both: sparse.csr_array, labels: np.ndarray) -> float:
    """Give the modularity of a partition of all nodes, weights symmetric; NaN without ties."""
    ends = both.tocoo()
    total = ends.data.sum()
    if not total:
        return np.nan
    within = ends.data[labels[ends.row] == labels[ends.col]].sum()
    by_group = np.bincount(labels, both.sum(axis=1))
    return float(within / total - (by_group**2).sum() / total**2)


def adjusted_rand(one: np.ndarray, other: np.ndarray) -> float:
    """Say how far two partitions are the same, corrected for chance.

    Notes
    -----
    Over pairs of members: (together in both − expected)/(mean of together in each − expected), where expected is the
    product of the two over all pairs. NaN when both put all together or all apart: nothing could differ.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 2, 3])).__round__(3)
    0.571
    """
    if len(one) < 2:
        return np.nan
    together = np.unique(np.stack([one, other]), axis=1, return_counts=True)[1]
    sums = [
        float((counts * (counts - 1) / 2).sum())
        for counts in (together, *(np.unique(part, return_counts=True)[1] for part in (one, other)))
    ]
    expected = sums[1] * sums[2] / (len(one) * (len(one) - 1) / 2)
    most = (sums[1] + sums[2]) / 2
    return np.nan if most == expected else (sums[0] - expected) / (most - expected)
