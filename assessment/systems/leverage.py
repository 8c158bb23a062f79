"""Leverage: what moves the rest, directly and through others, and what is moved (MICMAC)."""

from itertools import pairwise

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse, stats

from assessment.systems.causes import causal_links, causal_nodes, effects_sparse

ATTENUATION = 0.5
"""What is left of an influence at each further step."""

POWERS = 6
"""Steps followed."""

FULL = 5_000_000
"""Entries of a power of the matrix above which no further step is followed."""

MEADOWS = (
    "parameters",
    "buffers",
    "structure",
    "delays",
    "balancing_strength",
    "reinforcing_gain",
    "information",
    "rules",
    "self_organisation",
    "goals",
    "paradigm",
    "transcending",
)
"""Meadows' twelve places to intervene, the weakest first; an element's attribute ``meadows`` may name one."""

COLUMNS = (
    "id",
    "label",
    "direct_influence",
    "direct_dependence",
    "indirect_influence",
    "indirect_dependence",
    "quadrant",
    "indirect_quadrant",
    "rank",
    "rank_best",
    "rank_worst",
    "meadows",
)
"""Columns of the leverage table."""

STABILITY_COLUMNS = ("power", "influence_correlation", "dependence_correlation", "same_order")
"""Columns of the table that says from which power on the ranks hold."""


def score_leverage(graph: nx.MultiDiGraph, attenuation: float = ATTENUATION, powers: int = POWERS) -> pd.DataFrame:
    """Learn what moves the rest of the map, and what is moved.

    Parameters
    ----------
    graph
        A systems map.
    attenuation
        What is left of an influence at each further step, 0–1.
    powers
        Steps followed.

    Returns
    -------
    pandas.DataFrame
        One row is one variable, or one actor that causal links join, in the order of the map: `COLUMNS`. Influence sums
        the weights of what goes out, dependence of what comes in, whatever the sign; indirect ones those of M + a·M² +
        a²·M³ + … without the diagonal. ``quadrant`` against the means: ``"driver"`` (moves, is not moved), ``"relay"``
        (both), ``"outcome"`` (is moved), ``"autonomous"`` (neither). ``rank`` by indirect influence, 1 the most;
        ``rank_best`` and ``rank_worst`` over all numbers of steps from 1 on: far apart, the rank says little.
        ``meadows`` is the place to intervene the element was tagged with, one of `MEADOWS`, or None.

    Notes
    -----
    **Missing answers**: weights default to 1.

    What acts on itself does not count (the diagonal is set to zero, in the matrix and in the sum).

    References
    ----------
    Godet 1994, From Anticipation to Action (MICMAC); Meadows 1999, Leverage Points.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "causes"}), ("b", "c", {"kind": "causes"})])
    >>> score_leverage(graph)[["id", "direct_influence", "indirect_influence"]].values.tolist()
    [['a', 1.0, 1.5], ['b', 1.0, 1.0], ['c', 0.0, 0.0]]
    """
    links = causal_links(graph)
    nodes = causal_nodes(graph, links)
    found = indirect(effects_sparse(nodes, links, "weight"), attenuation, powers)
    ranks = np.array([rank_of(influence) for influence, _ in found]).reshape(len(found), len(nodes))
    (direct_out, direct_in), (out, into) = found[0], found[-1]
    data = [graph.nodes[node] for node in nodes]
    return pd.DataFrame(
        {
            "id": pd.Series(nodes, dtype=object),
            "label": pd.Series([one.get("label", n) for n, one in zip(nodes, data, strict=True)], dtype=object),
            "direct_influence": direct_out,
            "direct_dependence": direct_in,
            "indirect_influence": out,
            "indirect_dependence": into,
            "quadrant": pd.Series(quadrants(direct_out, direct_in), dtype=object),
            "indirect_quadrant": pd.Series(quadrants(out, into), dtype=object),
            "rank": ranks[-1],
            "rank_best": ranks.min(axis=0),
            "rank_worst": ranks.max(axis=0),
            "meadows": pd.Series([meadows_of(one) for one in data], dtype=object),
        },
        columns=list(COLUMNS),
    )


def indirect(matrix: sparse.csr_array, attenuation: float, powers: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give influence and dependence with 1, 2, … steps followed.

    Examples
    --------
    The published 3 × 3 example, two steps:

    >>> found = indirect(sparse.csr_array([[0.0, 2, 1], [1, 0, 3], [0, 1, 0]]), 0.5, 2)
    >>> found[-1][0].tolist(), found[-1][1].tolist()
    ([6.5, 4.5, 1.5], [1.5, 3.5, 7.5])
    """
    bare = without_diagonal(matrix)
    power, total, found = bare, bare, []
    for step in range(powers):
        if step:
            power = sparse.csr_array(attenuation * (power @ bare))
            total = without_diagonal(total + power)
        found.append((total.sum(axis=1), total.sum(axis=0)))
        if power.nnz > FULL or not power.nnz:
            break
    return found


def without_diagonal(matrix: sparse.csr_array) -> sparse.csr_array:
    """Leave out what acts on itself."""
    return sparse.csr_array(matrix - sparse.diags_array(matrix.diagonal()))


def quadrants(influence: np.ndarray, dependence: np.ndarray) -> list[str]:
    """Say where each stands against the means; at the mean counts as low."""
    if not len(influence):
        return []
    strong, bound = influence > influence.mean() + 1e-12, dependence > dependence.mean() + 1e-12
    names = {(True, False): "driver", (True, True): "relay", (False, True): "outcome", (False, False): "autonomous"}
    return [names[bool(one), bool(other)] for one, other in zip(strong, bound, strict=True)]


def rank_of(values: np.ndarray) -> np.ndarray:
    """Rank from 1, the largest first; equals share the best rank."""
    return stats.rankdata(-values.round(12), method="min").astype(int)


def meadows_of(data: dict) -> str | None:
    """Give the place to intervene an element was tagged with."""
    return data.get("meadows") if data.get("meadows") in MEADOWS else None


def score_stability(graph: nx.MultiDiGraph, attenuation: float = ATTENUATION, powers: int = POWERS) -> pd.DataFrame:
    """Learn from how many steps on the ranks of influence and dependence hold.

    Parameters
    ----------
    graph
        A systems map.
    attenuation
        What is left of an influence at each further step.
    powers
        Steps followed.

    Returns
    -------
    pandas.DataFrame
        One row is one number of steps, from 2: `STABILITY_COLUMNS`. Kendall's rank correlations (τ-b) with one step
        fewer, NaN where nothing differs; ``same_order`` whether neither order changed.

    Notes
    -----
    **Missing answers**: weights default to 1.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "causes"}), ("b", "c", {"kind": "causes"})])
    >>> score_stability(graph)["same_order"].tolist()
    [False, True]
    """
    links = causal_links(graph)
    found = indirect(effects_sparse(causal_nodes(graph, links), links, "weight"), attenuation, powers)
    rows = []
    for step, (before, after) in enumerate(pairwise(found), 2):
        pairs = [(rank_of(one), rank_of(other)) for one, other in zip(before, after, strict=True)]
        same = all(np.array_equal(one, other) for one, other in pairs)
        rows.append((step, *(correlation(one, other) for one, other in pairs), same))
    table = pd.DataFrame(rows, columns=list(STABILITY_COLUMNS))
    return table.astype(dict(zip(STABILITY_COLUMNS, (int, float, float, bool), strict=True)))


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Give Kendall's τ-b; NaN where one of the two has all alike."""
    if len(one) < 2 or len(set(one)) < 2 or len(set(other)) < 2:
        return np.nan
    return float(stats.kendalltau(one, other).statistic)
