"""Louvain's search for communities on a sparse matrix: a node is asked again only when a neighbour has moved."""

import random
from collections import deque
from itertools import pairwise

import numpy as np
from scipy import sparse

GAIN = 1e-12
"""Share of the strongest tie below which moving is no gain, only rounding."""


def louvain(weights: sparse.csr_array, seed: int) -> np.ndarray:
    """Put each node where modularity is highest, then each group as a whole, until nothing gains by moving.

    Parameters
    ----------
    weights
        Symmetric sparse matrix, none below 0.
    seed
        Of the order in which nodes are asked.

    Returns
    -------
    ndarray, shape (n,)
        The number of each node's community; an isolated node is one of its own.

    Notes
    -----
    Missing answers: none.

    A node is asked again only when a neighbour has moved away from its community (as in Leiden's first phase): the same
    gains as asking everybody every time, sooner.

    References
    ----------
    Blondel et al. 2008, J. Stat. Mech. P10008; Traag, Waltman & van Eck 2019, Scientific Reports 9, 5233 (the queue).

    Examples
    --------
    >>> pairs = sparse.csr_array(np.kron(np.eye(2), [[0, 1], [1, 0]]))
    >>> louvain(pairs, seed=0).tolist()
    [0, 0, 1, 1]
    """
    draw = random.Random(seed)
    labels, level = np.arange(weights.shape[0]), sparse.csr_array(weights)
    while True:
        moved = moved_nodes(level, draw)
        count = int(moved.max(initial=-1)) + 1
        if count == level.shape[0]:
            return labels
        labels = moved[labels]
        member = sparse.csr_array((np.ones(len(moved)), (np.arange(len(moved)), moved)), shape=(len(moved), count))
        level = sparse.csr_array(member.T @ level @ member)


def moved_nodes(weights: sparse.csr_array, draw: random.Random) -> np.ndarray:
    """Move nodes one by one to the neighbouring community they gain most by; number the communities from 0."""
    around = neighbours(weights)
    degree = weights.sum(axis=1).tolist()
    whole, least = sum(degree) or 1.0, GAIN * max(weights.data, default=0.0)
    community, total = list(range(len(around))), list(degree)
    order = list(range(len(around)))
    draw.shuffle(order)
    todo, waiting = deque(order), [True] * len(around)
    while todo:
        node = todo.popleft()
        waiting[node] = False
        home = community[node]
        total[home] -= degree[node]
        best = best_home(around[node], community, total, home, degree[node] / whole, least)
        total[best] += degree[node]
        if best != home:
            community[node] = best
            left = [other for other, _ in around[node] if not waiting[other] and community[other] != best]
            todo.extend(left)
            for other in left:
                waiting[other] = True
    return np.unique(community, return_inverse=True)[1]


def neighbours(weights: sparse.csr_array) -> list[list[tuple[int, float]]]:
    """List each node's ties to others, with their weights."""
    ends = list(zip(weights.indices.tolist(), weights.data.tolist(), strict=True))
    blocks = (ends[first:last] for first, last in pairwise(weights.indptr.tolist()))
    return [[tie for tie in block if tie[0] != node] for node, block in enumerate(blocks)]


def best_home(
    ties: list[tuple[int, float]], community: list[int], total: list[float], home: int, share: float, least: float
) -> int:
    """Choose the community a node gains most by, itself already taken out of the totals; its own where none is better.

    Notes
    -----
    The gain in modularity is, up to a constant factor, the weight of the ties to the community less the node's share of
    all weight times the community's.
    """
    towards = {home: 0.0}
    for other, weight in ties:
        one = community[other]
        towards[one] = towards.get(one, 0.0) + weight
    best, highest = home, towards[home] - share * total[home] + least
    for one, weight in towards.items():
        gain = weight - share * total[one]
        if gain > highest:
            best, highest = one, gain
    return best
