"""The cycles found are networkx's, the shortest first, and the number of cycles bounds the time."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.systems.cycles import find_cycles

NODES = st.integers(0, 7)


def from_smallest(cycle):
    first = cycle.index(min(cycle))
    return tuple(cycle[first:] + cycle[:first])


def of_networkx(graph, bound=None):
    return sorted(map(from_smallest, nx.simple_cycles(graph, bound)), key=lambda cycle: (len(cycle), cycle))


def adjacency(graph):
    return [list(graph[node]) for node in range(len(graph))]


def digraph(pairs, nodes=8):
    graph = nx.DiGraph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from(pairs)
    return graph


@settings(max_examples=60, deadline=None)
@given(st.sets(st.tuples(NODES, NODES), max_size=24), st.sampled_from([None, 1, 2, 3, 4, 5, 6, 7, 8]))
def test_the_cycles_are_those_networkx_finds(pairs, longest):
    graph = digraph(pairs)
    found = find_cycles(adjacency(graph), longest)
    assert found.cycles == of_networkx(graph, longest)
    assert found.complete


@settings(max_examples=40, deadline=None)
@given(st.sets(st.tuples(NODES, NODES), max_size=24), st.integers(1, 12))
def test_a_limit_keeps_the_shortest_and_says_up_to_where_all_are_there(pairs, limit):
    graph = digraph(pairs)
    every = of_networkx(graph)
    found = find_cycles(adjacency(graph), limit=limit)
    assert [len(cycle) for cycle in found.cycles] == [len(cycle) for cycle in every[:limit]]
    assert set(found.cycles) <= set(every)
    assert found.complete == (len(every) <= limit)
    surely = [cycle for cycle in every if len(cycle) <= found.sure]
    assert surely == [cycle for cycle in found.cycles if len(cycle) <= found.sure]


@pytest.mark.parametrize("seed", range(30))
def test_every_bound_of_a_dense_graph_agrees(seed):
    """Where a way to the start was found, a shorter one may open later: a fifth of these graphs lost loops by it."""
    graph = nx.gnp_random_graph(8, 0.5, seed=seed, directed=True)
    every = of_networkx(graph)
    for bound in range(1, 9):
        within = [cycle for cycle in every if len(cycle) <= bound]
        assert find_cycles(adjacency(graph), bound).cycles == within


def test_a_larger_graph_with_long_cycles_agrees_too():
    graph = nx.gnm_random_graph(60, 110, seed=5, directed=True)
    every = of_networkx(graph)
    assert max(map(len, every)) > 20
    assert find_cycles(adjacency(graph), limit=len(every)).cycles == every


def test_one_ring_of_many_nodes_is_one_cycle():
    found = find_cycles([[(node + 1) % 3000] for node in range(3000)])
    assert [len(cycle) for cycle in found.cycles] == [3000]


def diamonds(steps):
    """Lead away from the start and back only through a node already on the path: 2**steps ways."""
    after = [[1], [0, 2]]
    for step in range(steps):
        first = 2 + 3 * step
        after += [[first + 1, first + 2], [first + 3], [first + 3]]
    return [*after, [1]]


def test_dead_ends_do_not_multiply(calls_of):
    few, many = diamonds(32), diamonds(64)  # too long for a loop of 60
    assert find_cycles(many, longest=60).cycles == [(0, 1)]
    assert calls_of(lambda: find_cycles(many, longest=60)) < 8 * calls_of(lambda: find_cycles(few, longest=60))


def test_a_dead_end_is_not_walked_again_at_the_same_depth(calls_of):
    """Where the loops are too long for a bound, each way there is walked once: else there would be 2**steps of them."""
    work = [calls_of(lambda steps=steps: find_cycles(diamonds(steps), longest=60, limit=100)) for steps in (10, 24)]
    assert work[1] < 12 * work[0]


def test_more_cycles_than_one_can_list_stop_at_the_limit():
    every_pair = [[other for other in range(60) if other != node] for node in range(60)]
    found = find_cycles(every_pair)
    assert len(found.cycles) == 10_000
    assert (found.complete, found.sure) == (False, 2)
    assert sum(len(cycle) == 2 for cycle in found.cycles) == 60 * 59 / 2


def test_a_graph_without_nodes_or_without_cycles_has_none():
    assert find_cycles([]).cycles == []
    assert find_cycles([[1], []]) == ([], True, 1)
    assert find_cycles([[0]], longest=0).cycles == []
