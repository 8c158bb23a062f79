"""Structural balance: whether support and opposition between actors hold together, or pull people two ways."""

from collections.abc import Collection

import networkx as nx
import numpy as np
import pandas as pd
from scipy import optimize, sparse

from assessment.systems.model import COLLABORATION
from assessment.systems.network import Relations, relations_of
from assessment.systems.tables import table

POSITIVE = (*COLLABORATION, "supports", "trusts", "allies_with")
NEGATIVE = ("opposes", "distrusts", "competes_with", "conflicts_with")
"""Kinds of relations, words of people's own among them, that count as for and as against each other."""

MOST_PAIRS = 1_000
"""Pairs up to which the fewest contradictions are looked for."""

PATIENCE = 5.0
"""Seconds after which the search for the fewest contradictions gives up."""

COLUMNS = (
    "actors",
    "positive",
    "negative",
    "mixed",
    "triangles",
    "balanced",
    "balance",
    "frustration",
    "frustration_balance",
    "reason",
)
"""Columns of the balance table."""


def score_balance(
    graph: nx.MultiDiGraph, positive: Collection[str] = POSITIVE, negative: Collection[str] = NEGATIVE
) -> pd.DataFrame:
    """Learn whether support and opposition on a map make two sides, or cut across them.

    Parameters
    ----------
    graph
        A systems map.
    positive, negative
        Kinds of relations that are for and against.

    Returns
    -------
    pandas.DataFrame
        One row, the map: `COLUMNS`. Pairs of actors tied in either direction: ``positive``, ``negative``, ``mixed``
        (both, left out of what follows). ``balance`` (0–1) is the share of ``triangles`` that are ``balanced``: the
        friend of a friend a friend, the enemy of an enemy a friend. ``frustration`` is the fewest pairs that would
        have to change for all actors to stand on two sides, friends within, enemies across; ``frustration_balance``
        is 1 − 2·frustration/pairs.

    Notes
    -----
    **Missing answers**: relations of other kinds do not count. Without a negative pair everything is balanced and
    nothing learnt: NaN, ``reason`` ``"no_opposition"``. Without a triangle ``balance`` is NaN; beyond 1,000 pairs, or
    where the search takes too long, ``frustration`` is NaN, ``reason`` ``"not_searched"``.

    Balance is no good in itself: what cuts across two sides keeps them talking.

    References
    ----------
    Cartwright & Harary 1956, Psychological Review 63, 277-293; Aref & Wilson 2018, J. Complex Networks 6, 163-189
    (triangles, frustration); Aref, Mason & Wilson 2020, Networks 75, 95-110 (the integer programme).

    Examples
    --------
    Two friends with a common enemy:

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abc", type="actor")
    >>> for one, other, kind in (("a", "b", "supports"), ("a", "c", "opposes"), ("b", "c", "opposes")):
    ...     _ = graph.add_edge(one, other, kind=kind)
    >>> score_balance(graph)[["triangles", "balance", "frustration"]].values.tolist()
    [[1.0, 1.0, 0.0]]
    """
    signs, mixed = signed_pairs(relations_of(graph), positive, negative)
    once = sparse.triu(signs).tocoo()
    rows, columns, values = once.row, once.col, once.data
    row = {"actors": signs.shape[0], "positive": (values > 0).sum(), "negative": (values < 0).sum(), "mixed": mixed}
    if not row["negative"]:
        row["reason"] = "no_opposition"
    else:
        row |= balanced_triangles(signs) | least_frustration(rows, columns, values, signs.shape[0])
    counts = dict.fromkeys(COLUMNS[:4], int)
    return table([row], COLUMNS, **counts, **dict.fromkeys(COLUMNS[4:9], float))


def signed_pairs(
    relations: Relations, positive: Collection[str], negative: Collection[str]
) -> tuple[sparse.csr_array, int]:
    """Give +1 and −1 for the pairs tied in either direction, symmetric; and how many pairs have both signs."""
    size = len(relations.nodes)
    sides = []
    for kinds in (positive, negative):
        ties = relations.network(kinds).ties
        sides.append(sparse.csr_array((ties + ties.T) > 0))
    both = sides[0].multiply(sides[1])
    signs = sparse.csr_array(sides[0].astype(int) - sides[1].astype(int))
    signs.eliminate_zeros()
    return signs.reshape((size, size)), both.nnz // 2


def balanced_triangles(signs: sparse.csr_array) -> dict[str, float]:
    """Count triangles, and those whose signs multiply to plus."""
    bare = abs(signs)
    # each triangle is counted six times: from three corners, in two directions
    whole, signed = ((one @ one).multiply(one).sum() / 6 for one in (bare, signs))
    balanced = (whole + signed) / 2
    return {"triangles": whole, "balanced": balanced, "balance": balanced / whole if whole else np.nan}


def least_frustration(rows: np.ndarray, columns: np.ndarray, signs: np.ndarray, size: int) -> dict:
    """Find the fewest pairs that contradict any division into two sides.

    Notes
    -----
    Minimise Σ f over pairs, f ≥ |x_i − x_j| for friends and f ≥ |x_i + x_j − 1| for enemies, x in {0, 1}.
    """
    pairs = len(rows)
    if pairs > MOST_PAIRS:
        return {"reason": "not_searched"}
    number, friend = np.arange(pairs), np.where(signs > 0, -1.0, 1.0)
    ends = np.concatenate([rows, columns, size + number])
    places, ones = np.tile(number, 3), np.ones(pairs)
    limits = [
        optimize.LinearConstraint(
            sparse.csr_array((np.concatenate([-way * ones, -way * friend, ones]), (places, ends))),
            np.where(friend > 0, -way, 0.0),
        )
        for way in (1.0, -1.0)
    ]
    found = optimize.milp(
        np.concatenate([np.zeros(size), ones]),
        constraints=limits,
        integrality=np.concatenate([np.ones(size), np.zeros(pairs)]),
        bounds=optimize.Bounds(0, 1),
        options={"time_limit": PATIENCE},
    )
    if found.status != 0:
        return {"reason": "not_searched"}
    least = round(found.fun)
    return {"frustration": least, "frustration_balance": 1 - 2 * least / pairs}
