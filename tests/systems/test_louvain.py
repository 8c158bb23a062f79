"""The search for communities: planted groups, and networkx's Louvain for how good its partitions are."""

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from assessment.systems.communities import compare_communities, quality
from assessment.systems.louvain import louvain


def weights_of(graph):
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, weight="weight", format="csr", dtype=float))


def parts_of(labels):
    return [set(np.flatnonzero(labels == label).tolist()) for label in np.unique(labels)]


@pytest.mark.parametrize(
    "graph",
    [
        nx.gnm_random_graph(200, 800, seed=1),
        nx.les_miserables_graph(),
        nx.planted_partition_graph(6, 20, 0.4, 0.02, seed=3),
        nx.florentine_families_graph(),
    ],
    ids=["random", "weighted", "planted", "families"],
)
def test_the_best_of_ten_is_as_good_as_networkx_s(graph):
    graph = nx.convert_node_labels_to_integers(graph)
    both = weights_of(graph)
    ours = max(quality(both, louvain(both, seed)) for seed in range(10))
    theirs = [nx.community.louvain_communities(graph, seed=seed) for seed in range(10)]
    best = max(nx.community.modularity(graph, parts) for parts in theirs)
    assert ours >= best - 0.01


def test_planted_groups_are_found():
    graph = nx.planted_partition_graph(5, 30, 0.5, 0.01, seed=2)
    found = {frozenset(part) for part in parts_of(louvain(weights_of(graph), 0))}
    assert found == {frozenset(part) for part in graph.graph["partition"]}


def test_quality_is_networkx_s_modularity():
    graph = nx.convert_node_labels_to_integers(nx.les_miserables_graph())
    labels = louvain(weights_of(graph), 0)
    expected = nx.community.modularity(graph, parts_of(labels))
    assert quality(weights_of(graph), labels) == pytest.approx(expected, abs=1e-12)


def test_who_is_tied_to_nobody_is_alone_and_nothing_has_no_communities():
    assert louvain(sparse.csr_array((3, 3)), 0).tolist() == [0, 1, 2]
    assert louvain(sparse.csr_array((0, 0)), 0).tolist() == []


def test_the_same_seed_gives_the_same_communities():
    both = weights_of(nx.gnm_random_graph(100, 300, seed=5))
    assert louvain(both, 7).tolist() == louvain(both, 7).tolist()


def test_where_a_backend_of_networkx_has_leiden_it_is_used(actors, monkeypatch):
    def leiden(graph, seed):
        return [{0, 1}, {2, 3}]

    leiden.backends = {"networkx", "fast"}
    monkeypatch.setattr(nx.community, "leiden_communities", leiden, raising=False)
    graph = actors([("a", "b"), ("b", "c"), ("c", "d")], unit=dict(zip("abcd", "xxyy", strict=True)))
    row = compare_communities(graph).iloc[0]
    assert (row["method"], row["communities"], row["adjusted_rand"]) == ("leiden", 2, 1)
    leiden.backends = {"networkx"}
    row = compare_communities(actors([("a", "b")], unit={"a": "x"})).iloc[0]
    assert row["method"] == "louvain"
