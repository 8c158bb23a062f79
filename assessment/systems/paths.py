"""Shortest paths for many starts at once: how far everybody is, and how many paths pass through each."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

BLOCK = 1_000_000
"""Entries of paths held at a time."""

FRONT = 250_000
"""Words of fronts held at a time: few enough to stay in the processor's own memory."""

WORD = 64


class Distances(NamedTuple):
    """For each node, over all other nodes that reach it.

    ``reached`` counts them, ``total`` sums their distances, ``near`` counts those at one step and at one or two (shape
    (2, n)). Whole numbers.
    """

    reached: np.ndarray
    total: np.ndarray
    near: np.ndarray


def distances_to(ties: sparse.csr_array) -> Distances:
    """Measure how far all others are from each node, following the ties towards it.

    Parameters
    ----------
    ties
        Square sparse matrix: row points to column.

    Notes
    -----
    Missing answers: none.

    Breadth-first searches from 64 starts share one machine word a node: one step is one "or" over the ties.

    Examples
    --------
    Three in a row, 0 → 1 → 2: two nodes reach the last, at distances 1 and 2.

    >>> row = sparse.csr_array(([1.0, 1.0], ([0, 1], [1, 2])), shape=(3, 3))
    >>> distances_to(row).total.tolist()
    [0, 1, 3]
    """
    towards = sparse.csc_array(ties)
    size = towards.shape[0]
    heads = np.flatnonzero(np.diff(towards.indptr))
    starts = towards.indptr[heads]
    found = Distances(np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros((2, size), np.int64))
    width = max(1, FRONT // max(1, towards.nnz))
    for first in range(0, size, width * WORD):
        seen = first_seen(size, first, width)
        spread(towards.indices.astype(np.intp), heads, starts, seen, found)
    return found


def first_seen(size: int, first: int, width: int) -> np.ndarray:
    """Mark each start of a block as seen by itself: one bit a start."""
    here = np.arange(first, min(size, first + width * WORD))
    words = -(-len(here) // WORD)
    seen = np.zeros((size, words), np.uint64)
    place = here - first
    seen[here, place // WORD] = np.uint64(1) << (place % WORD).astype(np.uint64)
    return seen


def spread(tails: np.ndarray, heads: np.ndarray, starts: np.ndarray, seen: np.ndarray, found: Distances) -> None:
    """Follow the ties one step after the other until nothing new is reached; add what is."""
    front, new = seen.copy(), np.zeros_like(seen)
    along = np.empty((len(tails), seen.shape[1]), np.uint64)
    steps = 0
    while len(heads):
        steps += 1
        np.take(front, tails, axis=0, out=along, mode="clip")  # clip: straight into the array, without a copy
        new[heads] = np.bitwise_or.reduceat(along, starts, axis=0)
        new &= ~seen
        count = np.bitwise_count(new).sum(axis=1, dtype=np.int64)
        if not count.any():
            return
        seen |= new
        front, new = new, front
        found.reached[:] += count
        found.total[:] += steps * count
        found.near[steps - 1 :] += count if steps <= 2 else 0


def betweenness(ties: sparse.csr_array, sources: np.ndarray) -> np.ndarray:
    """Count the shortest paths through each node, as shares of the shortest paths between their ends.

    Parameters
    ----------
    ties
        Square sparse matrix: row points to column.
    sources
        Starts of the paths, node numbers.

    Returns
    -------
    ndarray, shape (n,)
        Sum over pairs (source, other node) of the share of their shortest paths that pass through the node, its ends
        not counted. With every node as a source this is Freeman's betweenness, not normalised.

    Notes
    -----
    Missing answers: none.

    References
    ----------
    Brandes 2001, Journal of Mathematical Sociology 25, 163-177, here for a block of sources at a time.

    Examples
    --------
    >>> row = sparse.csr_array(([1.0, 1.0], ([0, 1], [1, 2])), shape=(3, 3))
    >>> betweenness(row, np.arange(3)).tolist()
    [0.0, 1.0, 0.0]
    """
    size = ties.shape[0]
    width = max(1, BLOCK // max(1, ties.nnz + size))
    blocks = (sources[first : first + width] for first in range(0, len(sources), width))
    return sum((dependencies(ties, block) for block in blocks), np.zeros(size))


def dependencies(ties: sparse.csr_array, sources: np.ndarray) -> np.ndarray:
    """Add up how much each node is needed, over a block of sources; a cell is (source, node)."""
    size = ties.shape[0]
    front = np.arange(len(sources)) * size + sources
    paths = np.zeros(len(sources) * size)
    paths[front] = 1
    seen = paths > 0
    steps = []
    while front.size:
        tails, heads = follow(ties, front, size)
        fresh = ~seen[heads]
        tails, heads = tails[fresh], heads[fresh]
        np.add.at(paths, heads, paths[tails])
        seen[heads] = True
        steps.append((tails, heads))
        front = distinct(heads, len(paths))
    needed = np.zeros(len(paths))
    for tails, heads in reversed(steps):
        np.add.at(needed, tails, paths[tails] / paths[heads] * (1 + needed[heads]))
    needed[np.arange(len(sources)) * size + sources] = 0
    return needed.reshape(len(sources), size).sum(axis=0)


def follow(ties: sparse.csr_array, front: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Follow every tie out of a front of cells: the cells left and the cells entered."""
    nodes = front % size
    counts = np.diff(ties.indptr)[nodes]
    ends = np.cumsum(counts)
    place = np.arange(ends[-1]) - np.repeat(ends - counts, counts) + np.repeat(ties.indptr[nodes], counts)
    return np.repeat(front, counts), np.repeat(front - nodes, counts) + ties.indices[place]


def distinct(cells: np.ndarray, size: int) -> np.ndarray:
    """Keep each cell once, without sorting: the last to sign a cell keeps it."""
    signed = np.empty(size, np.int64)
    order = np.arange(len(cells))
    signed[cells] = order
    return cells[signed[cells] == order]
