"""The organisation chart and the rest: whether informal ties follow the formal ones."""

from collections.abc import Collection

import networkx as nx
import numpy as np
import pandas as pd

from assessment.systems.network import Network, relations_of
from assessment.systems.permutations import BYTE, PERMUTATIONS, SEED, dealt, spread
from assessment.systems.tables import table

DENSE_UP_TO = 12_000
"""Actors up to which pairs are looked up in a table of all."""

COLUMNS = (
    "actors",
    "formal",
    "informal",
    "both",
    "jaccard",
    "share_informal_along_formal",
    "null_mean",
    "null_sd",
    "p_value",
    "permutations",
    "seed",
    "reason",
)
"""Columns of the overlap table."""


def score_overlap(
    graph: nx.MultiDiGraph,
    kinds: Collection[str] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Learn how far informal ties follow the formal ones.

    Parameters
    ----------
    graph
        A systems map; ties carry ``formal``.
    kinds
        Kinds of relations; None = every kind but ``causes``.
    permutations
        How often the actors of the informal ties are exchanged.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row: `COLUMNS`. Pairs of actors tied in either direction: formally, informally, both ways; ``jaccard`` is
        both over either; ``share_informal_along_formal`` both over informal; ``null_mean``, ``null_sd`` that share with
        the actors of the informal ties exchanged at random; ``p_value`` the share of those at least the observed.

    Notes
    -----
    **Missing answers**: a tie that does not say is formal when its kind is ``reports_to`` or ``funds``. Without ties of
    one sort the numbers are NaN, the ``reason`` ``"no_formal_ties"`` or ``"no_informal_ties"``.

    References
    ----------
    Krackhardt 1988, Social Networks 10, 359-381 (quadratic assignment).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("abc", type="actor")
    >>> _ = graph.add_edge("a", "b", kind="reports_to")
    >>> _ = graph.add_edges_from([("b", "a", {"kind": "cooperates"}), ("b", "c", {"kind": "cooperates"})])
    >>> score_overlap(graph)[["both", "jaccard", "share_informal_along_formal"]].values.tolist()
    [[1.0, 0.5, 0.5]]
    """
    relations = relations_of(graph)
    formal, informal = (relations.network(kinds, formal=one) for one in (True, False))
    size = len(formal.nodes)
    chart, rest = pairs_of(formal), pairs_of(informal)
    both = int(np.isin(keys(rest, size), keys(chart, size)).sum())
    row = {
        "actors": size,
        "formal": len(chart),
        "informal": len(rest),
        "both": both,
        "permutations": permutations,
        "seed": seed,
        "reason": "no_formal_ties" if not len(chart) else "no_informal_ties" if not len(rest) else None,
    }
    if row["reason"] is None:
        null = np.concatenate([along(block, chart, rest) for block in dealt(np.arange(size), permutations, seed)])
        mean, sd = spread(null / len(rest))
        row |= {"jaccard": both / (len(chart) + len(rest) - both), "share_informal_along_formal": both / len(rest)}
        row |= {"null_mean": mean, "null_sd": sd, "p_value": float((null >= both).mean())}
    whole = dict.fromkeys(("actors", "formal", "informal", "both", "permutations", "seed"), int)
    return table([row], COLUMNS, **whole, **dict.fromkeys(COLUMNS[4:9], float))


def pairs_of(network: Network) -> np.ndarray:
    """List the pairs tied in either direction, shape (pairs, 2), the smaller number first."""
    ends = np.sort(np.stack(network.ties.nonzero(), axis=1), axis=1)
    return np.unique(ends, axis=0) if len(ends) else ends.reshape(0, 2).astype(np.int64)


def keys(pairs: np.ndarray, size: int) -> np.ndarray:
    """Write each pair as one number."""
    return pairs[:, 0].astype(np.int64) * size + pairs[:, 1]


def along(block: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Count, in each permutation, the pairs of the shorter list that fall on the longer one.

    Notes
    -----
    Exchanging the actors of one list at random is exchanging those of the other by the inverse, which is as likely.
    """
    size, (few, many) = len(block), sorted((one, other), key=len)
    both = np.concatenate([many, many[:, ::-1]]).astype(np.int64)
    if size > DENSE_UP_TO:
        sought = np.sort(keys(both, size))
        columns = np.ascontiguousarray(block.T)
        return np.array([np.isin(keys(dealt[few], size), sought, kind="sort").sum() for dealt in columns])
    tied = np.zeros(size**2, bool)
    tied[keys(both, size)] = True
    count = np.zeros(block.shape[1], np.int64)
    for first in range(0, len(few), BYTE):
        here = few[first : first + BYTE]
        place = block[here[:, 0]].astype(np.int32) * np.int32(size) + block[here[:, 1]]
        count += np.add.reduce(np.take(tied, place, mode="clip"), axis=0, dtype=np.uint8)
    return count
