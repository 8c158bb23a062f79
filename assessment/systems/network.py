"""The network of actors: who is tied to whom, all kinds of relations in one, the weights of parallel ties summed."""

from collections.abc import Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from scipy import sparse

from assessment.systems.model import ACTOR, CAUSES, is_formal, weight_of


class Network(NamedTuple):
    """Actors and the weights of their ties: row points to column, no tie to oneself.

    ``nodes`` are the actors in the order of the map; ``data`` their attributes; ``weights`` a sparse square matrix.
    """

    nodes: list[Hashable]
    data: list[dict[str, Any]]
    weights: sparse.csr_array

    @property
    def ties(self) -> sparse.csr_array:
        """Give the ties without their weights: 1 where there is one."""
        return pattern(self.weights)

    @property
    def undirected(self) -> sparse.csr_array:
        """Give the weights of both directions summed."""
        return sparse.csr_array(self.weights + self.weights.T)

    def values(self, attribute: str) -> list:
        """Give an attribute of each actor; None where it is not known or empty."""
        return values_of(self.data, attribute)

    def without(self, absent: Collection[Hashable]) -> "Network":
        """Leave some actors out."""
        kept = [number for number, node in enumerate(self.nodes) if node not in absent]
        weights = sparse.csr_array(self.weights[kept][:, kept])
        return Network([self.nodes[one] for one in kept], [self.data[one] for one in kept], weights)


def actor_network(graph: nx.MultiDiGraph, kinds: Collection[str] | None = None, formal: bool | None = None) -> Network:
    """Give the network of a map's actors.

    Parameters
    ----------
    graph
        A systems map.
    kinds
        Kinds of relations to keep; None = every kind but ``causes``.
    formal
        Keep formal ties only (True), informal ones only (False); None = both. A tie that does not say is formal when
        its kind is ``reports_to`` or ``funds``.

    Notes
    -----
    **Missing answers**: a tie without weight has weight 1; one of weight 0 is a tie like the others in what counts
    ties. Ties to oneself and to variables are left out.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from(["mayor", "clerk"], type="actor")
    >>> _ = graph.add_edge("mayor", "clerk", kind="informs", weight=0.5)
    >>> _ = graph.add_edge("mayor", "clerk", kind="decides_with")
    >>> actor_network(graph).weights.toarray().tolist()
    [[0.0, 1.5], [0.0, 0.0]]
    """
    return relations_of(graph).network(kinds, formal)


class Relations(NamedTuple):
    """All relations between the actors of a map, one an entry: whoever needs several networks reads the map once.

    ``tails`` and ``heads`` number the actors; ``ties`` are the attributes of the relations.
    """

    nodes: list[Hashable]
    data: list[dict[str, Any]]
    tails: np.ndarray
    heads: np.ndarray
    ties: list[dict[str, Any]]

    def kinds(self) -> list:
        """Give the kind of each."""
        return [tie.get("kind") for tie in self.ties]

    def values(self, attribute: str) -> list:
        """Give an attribute of each actor; None where it is not known or empty."""
        return values_of(self.data, attribute)

    def network(self, kinds: Collection[str] | None = None, formal: bool | None = None) -> Network:
        """Give the network of some of them, as `actor_network` says."""
        kept = np.ones(len(self.ties), bool)
        if kinds is not None:
            kept &= np.array([kind in kinds for kind in self.kinds()], bool)
        if formal is not None:
            kept &= np.array([is_formal(tie) == formal for tie in self.ties], bool)
        weights = np.array([weight_of(tie) for tie in self.ties], float)
        ends = (self.tails[kept], self.heads[kept])
        summed = sparse.coo_array((weights[kept], ends), shape=(len(self.nodes), len(self.nodes)))
        return Network(self.nodes, self.data, sparse.csr_array(summed))


def values_of(data: Sequence[dict[str, Any]], attribute: str) -> list:
    """Give an attribute of each actor; None where it is not known or empty."""
    return [None if one.get(attribute) in (None, "") else one[attribute] for one in data]


READ: ContextVar[tuple[nx.MultiDiGraph, Relations] | None] = ContextVar("read", default=None)
"""The map of which the relations are listed already, while `read_once` lasts."""


@contextmanager
def read_once(graph: nx.MultiDiGraph) -> Iterator[None]:
    """List a map's relations once for all that ask while this lasts; the map must not change meanwhile."""
    token = READ.set((graph, relations_of(graph)))
    try:
        yield
    finally:
        READ.reset(token)


def relations_of(graph: nx.MultiDiGraph) -> Relations:
    """List the relations between actors, ties to oneself left out."""
    known = READ.get()
    if known is not None and known[0] is graph:
        return known[1]
    nodes = [node for node, data in graph.nodes(data=True) if data.get("type") == ACTOR]
    place = {node: number for number, node in enumerate(nodes)}
    tails, heads, kept = [], [], []
    for source, targets in graph.adjacency():
        if source not in place:
            continue
        for target, ties in targets.items():
            if target in place and target != source:
                relations = [tie for tie in ties.values() if tie.get("kind") != CAUSES]
                tails.extend([place[source]] * len(relations))
                heads.extend([place[target]] * len(relations))
                kept.extend(relations)
    data = [graph.nodes[node] for node in nodes]
    return Relations(nodes, data, np.array(tails, np.int64), np.array(heads, np.int64), kept)


def pattern(weights: sparse.csr_array) -> sparse.csr_array:
    """Give 1 for every stored entry of a matrix, whatever its value."""
    return sparse.csr_array((np.ones(weights.nnz), weights.indices, weights.indptr), shape=weights.shape)


def codes_of(values: Sequence) -> tuple[np.ndarray, list]:
    """Number the values of an attribute, −1 where there is none; the values in natural order."""
    known = sorted({value for value in values if value is not None}, key=natural)
    number = {value: code for code, value in enumerate(known)}
    return np.array([number.get(value, -1) for value in values], dtype=np.int64), known


def natural(value: Any) -> tuple:
    """Sort numbers as numbers, before words."""
    return (0, value, "") if isinstance(value, (int, float)) else (1, 0, str(value))
