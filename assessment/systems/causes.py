"""The causal links of a systems map: who acts on what, more or less, how soon, and where people disagree."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from assessment.systems.model import VARIABLE, delay_of, is_causal, weight_of
from assessment.systems.tables import table

SIGNS = {"+": 1, "-": -1}

COLUMNS = ("source", "target", "polarity", "disputed", "weight", "effect", "delay", "ties", "participants")
"""Columns of the links table."""


def causal_links(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn what acts on what, with the ties several people drew between the same two made one.

    Parameters
    ----------
    graph
        A systems map: tie attributes ``kind``, ``polarity``, ``weight``, ``delay``, ``participants``.

    Returns
    -------
    pandas.DataFrame
        One row is one ordered pair joined by at least one ``causes`` tie, in the order of the map: `COLUMNS`.
        ``polarity`` is ``"+"``, ``"-"``, or None where nobody gave one or people gave both (``disputed``); ``weight``
        (0–1) is the mean of the ties; ``effect`` (−1–1) the mean of their signed weights, NaN without a sign; ``delay``
        the longest, in steps; ``ties`` how many were drawn; ``participants`` who drew them, sorted.

    Notes
    -----
    **Missing answers**: a tie without polarity counts in ``ties`` and ``weight``, not in ``polarity`` and ``effect``; a
    tie without weight has weight 1, without delay 0.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("effort", "result", "t1", kind="causes", polarity="+", weight=0.8)
    >>> _ = graph.add_edge("effort", "result", "t2", kind="causes", polarity="-", weight=0.4)
    >>> causal_links(graph)[["polarity", "disputed", "weight", "effect"]].round(2).values.tolist()
    [[None, True, 0.6, 0.2]]
    """
    pairs: dict[tuple, list[Mapping]] = {}
    for source, target, tie in graph.edges(data=True):
        if is_causal(tie):
            pairs.setdefault((source, target), []).append(tie)
    rows = (link(pair, ties) for pair, ties in pairs.items())
    return table(rows, COLUMNS, disputed=bool, weight=float, effect=float, delay=int, ties=int)


def link(pair: tuple, ties: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Make one row of the ties from one node to another."""
    signed = [(SIGNS[tie["polarity"]], weight_of(tie)) for tie in ties if tie.get("polarity") in SIGNS]
    signs = {sign for sign, _ in signed}
    return {
        "source": pair[0],
        "target": pair[1],
        "polarity": {(1,): "+", (-1,): "-"}.get(tuple(signs)),
        "disputed": len(signs) > 1,
        "weight": math.fsum(weight_of(tie) for tie in ties) / len(ties),
        "effect": math.fsum(sign * weight for sign, weight in signed) / len(signed) if signed else np.nan,
        "delay": max(delay_of(tie) for tie in ties),
        "ties": len(ties),
        "participants": tuple(sorted({one for tie in ties for one in tie.get("participants") or ()}, key=str)),
    }


def causal_nodes(graph: nx.MultiDiGraph, links: pd.DataFrame) -> list:
    """List what causal links join, and the variables they do not reach, in the order of the map."""
    joined = set(links["source"]) | set(links["target"])
    return [node for node, data in graph.nodes(data=True) if node in joined or data.get("type") == VARIABLE]


def effects_matrix(nodes: Iterable, links: pd.DataFrame, column: str = "effect") -> np.ndarray:
    """Lay a column of the links out as a matrix: row acts on column; 0 where there is no link or no number."""
    return effects_sparse(nodes, links, column).toarray()


def effects_sparse(nodes: Iterable, links: pd.DataFrame, column: str = "effect") -> sparse.csr_array:
    """Lay a column of the links out as a sparse matrix: row acts on column."""
    place = {node: index for index, node in enumerate(nodes)}
    ends = [links[end].map(place).to_numpy(int) for end in ("source", "target")]
    values = np.nan_to_num(links[column].to_numpy(float))
    return sparse.csr_array((values, tuple(ends)), shape=(len(place), len(place)))
