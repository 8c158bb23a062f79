"""Every simple cycle of a directed graph, the shortest first: a search that stays where it can still come back."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scipy import sparse
from scipy.sparse import csgraph

FIRST_BOUND = 8
"""Loops up to this length are looked for at once; longer ones by bounds that grow by half."""

Path = tuple[int, ...]


class Search(NamedTuple):
    """What a search found: cycles as tuples of node numbers, the smallest number first, sorted by length.

    ``complete`` says that no cycle within the bound asked for is wanting; else every cycle of at most ``sure`` nodes is
    there and some of ``sure + 1``.
    """

    cycles: list[Path]
    complete: bool
    sure: int


def find_cycles(successors: Sequence[Sequence[int]], longest: int | None = None, limit: int = 10_000) -> Search:
    """Find the simple cycles of a directed graph, the shortest first, up to a number of them.

    Parameters
    ----------
    successors
        For each node 0 … n − 1 the nodes it points to, each at most once.
    longest
        Most nodes in a cycle; None = no bound.
    limit
        Most cycles to give.

    Notes
    -----
    Missing answers: none.

    From each start, in turn, a depth-first search among the later nodes enters a node only when the way back to the
    start, measured beforehand by a breadth-first search backwards, is short enough (it is measured half-way and told to
    be longer beyond: two half-way balls are much smaller than a whole one). What proved a dead end stays locked until
    its way out is free again, so the time is bounded by the number of cycles (Gupta & Suzumura 2021).

    References
    ----------
    Johnson 1975, SIAM J. Comput. 4, 77-84; Gupta & Suzumura 2021, arXiv:2105.10094, as in networkx.simple_cycles.

    Examples
    --------
    >>> find_cycles([[1], [0, 2], [0]]).cycles
    [(0, 1), (0, 1, 2)]
    """
    graph = Graph(successors)
    top = graph.largest if longest is None else min(longest, graph.largest)
    below, bound = 0, min(top, FIRST_BOUND)
    while True:
        cycles = graph.cycles(bound, limit + 1)
        if len(cycles) > limit:
            return shortest_first(graph, below, bound, limit)
        if bound >= top:
            return Search(ordered(cycles), True, top)
        below, bound = bound, min(top, bound + bound // 2)


def shortest_first(graph: "Graph", below: int, bound: int, limit: int) -> Search:
    """Take lengths one by one where all cycles up to a bound are too many."""
    sure, cycles = below, graph.cycles(below, limit)
    for length in range(below + 1, bound + 1):
        more = graph.cycles(length, limit + 1 - len(cycles), exactly=True)
        if len(cycles) + len(more) > limit:
            return Search(ordered(cycles) + ordered(more)[: limit - len(cycles)], False, sure)
        sure, cycles = length, cycles + more
    raise AssertionError("more cycles up to the bound than of each length")


def ordered(cycles: list[Path]) -> list[Path]:
    """Sort cycles by length, then by their nodes."""
    return sorted(cycles, key=lambda cycle: (len(cycle), cycle))


class Graph:
    """The part of a directed graph that lies on cycles: nothing else is ever searched."""

    def __init__(self, successors: Sequence[Sequence[int]]):
        self.component, self.largest = components(successors)
        self.after: list[list[int]] = [[] for _ in successors]
        self.before: list[list[int]] = [[] for _ in successors]
        for node, targets in enumerate(successors):
            for target in targets:
                if self.component[node] == self.component[target]:
                    self.after[node].append(target)
                    self.before[target].append(node)

    def cycles(self, bound: int, limit: int, exactly: bool = False) -> list[Path]:
        """Give at most so many cycles of at most (or exactly) so many nodes."""
        found: list[Path] = []
        for start in range(len(self.after)):
            if not self.before[start]:
                continue
            for cycle in self.from_start(start, bound):
                if len(cycle) == bound or not exactly:
                    found.append(cycle)
                    if len(found) >= limit:
                        return found
        return found

    def way_back(self, start: int, bound: int) -> dict[int, int]:
        """Measure the steps back to the start, half-way round at most, through later nodes."""
        steps, ring = {start: 0}, [start]
        for distance in range(1, bound // 2 + 1):
            ring = [node for one in ring for node in self.before[one] if node > start and node not in steps]
            if not ring:
                break
            steps.update(dict.fromkeys(ring, distance))
            ring = list(dict.fromkeys(ring))
        return steps

    def from_start(self, start: int, bound: int) -> Iterator[Path]:
        """Give the cycles of at most `bound` nodes whose smallest node is the start."""
        if bound < 1:
            return
        steps = self.way_back(start, bound)
        if bound > 1 and len(steps) == 1:
            if start in self.after[start]:
                yield (start,)
            return
        yield from search(self.after, steps, start, bound)


def search(after: list[list[int]], steps: dict[int, int], start: int, bound: int) -> Iterator[Path]:
    """Walk from the start through later nodes, entering only those from which it can be reached in time."""
    beyond = bound // 2 + 1
    path, todo, shortest = [start], [iter(after[start])], [bound]
    locks: dict[int, int] = {start: 0}
    waiting: dict[int, set[int]] = {}
    while todo:
        depth = len(path)
        for node in todo[-1]:
            if node == start:
                yield tuple(path)
                shortest[-1] = 1
            elif node > start and depth < locks.get(node, bound) and depth + steps.get(node, beyond) <= bound:
                path.append(node)
                shortest.append(bound)
                locks[node] = depth
                todo.append(iter(after[node]))
                break
        else:
            todo.pop()
            left, way = path.pop(), shortest.pop()
            if shortest:
                shortest[-1] = min(shortest[-1], way + 1)
            for node in after[left]:  # a shorter way may open where one was found, too
                waiting.setdefault(node, set()).add(left)
            if way < bound:
                unlock(left, way, bound, locks, waiting, path)


def unlock(
    node: int, way: int, bound: int, locks: dict[int, int], waiting: dict[int, set[int]], path: list[int]
) -> None:
    """Free a node whose way to the start is known, and those that waited for it."""
    freed = [(way, node)]
    while freed:
        way, node = freed.pop()
        if locks.get(node, bound) < bound - way + 1:
            locks[node] = bound - way + 1
            freed.extend((way + 1, one) for one in waiting.get(node, set()).difference(path))


def components(successors: Sequence[Sequence[int]]) -> tuple[list[int], int]:
    """Number the strongly connected component of each node, and give the size of the largest."""
    if not len(successors):
        return [], 0
    pointers, targets = [0], []
    for one in successors:
        targets.extend(one)
        pointers.append(len(targets))
    matrix = sparse.csr_array(([1] * len(targets), targets, pointers), shape=(len(successors),) * 2)
    _, labels = csgraph.connected_components(matrix, directed=True, connection="strong")
    sizes: dict[int, int] = {}
    for label in labels.tolist():
        sizes[label] = sizes.get(label, 0) + 1
    return labels.tolist(), max(sizes.values())
