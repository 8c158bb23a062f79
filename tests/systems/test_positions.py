"""Positions are networkx's on the same network, with and without rustworkx; brokers are counted one by one."""

import builtins
from itertools import permutations

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from assessment.systems.brokerage import COLUMNS as BROKERAGE
from assessment.systems.brokerage import GAP_COLUMNS, ROLES, find_gaps, score_brokerage
from assessment.systems.paths import betweenness, distances_to
from assessment.systems.positions import COLUMNS, REACH_COLUMNS, score_positions, score_reach

CLOSE = {"abs": 1e-9, "rel": 1e-9}


def column(graph, name, **options):
    return score_positions(graph, **options).set_index("id")[name]


def merged(graph):
    plain = nx.DiGraph()
    plain.add_nodes_from(graph)
    for source, target, tie in graph.edges(data=True):
        if source != target:
            weight = tie.get("weight", 1) + (plain[source][target]["weight"] if plain.has_edge(source, target) else 0)
            plain.add_edge(source, target, weight=weight)
    return plain


def both_ways(plain):
    other = nx.Graph()
    other.add_nodes_from(plain)
    for source, target, weight in plain.edges(data="weight"):
        other.add_edge(
            source, target, weight=weight + (other[source][target]["weight"] if other.has_edge(source, target) else 0)
        )
    return other


def sample(actors, seed, nodes=14, ties=40):
    random = np.random.default_rng(seed)
    ends = random.integers(0, nodes, (ties, 2)).tolist()
    pairs = [(f"n{a}", f"n{b}", weight) for (a, b), weight in zip(ends, random.random(ties).tolist(), strict=True)]
    return actors(pairs, unit={f"n{k}": f"u{k % 3}" for k in range(nodes)}, rank={f"n{k}": k % 4 for k in range(nodes)})


def test_the_columns_are_the_constants(actors):
    graph = actors([("a", "b")], unit={"a": "x"}, rank={"a": 1})
    for empty in (graph, nx.MultiDiGraph()):
        assert tuple(score_positions(empty)) == COLUMNS
        assert tuple(score_reach(empty)) == REACH_COLUMNS
        assert tuple(score_brokerage(empty)) == BROKERAGE
        assert tuple(find_gaps(empty)) == GAP_COLUMNS


@pytest.mark.parametrize("seed", range(4))
def test_every_position_is_what_networkx_finds(actors, seed):
    graph = sample(actors, seed)
    plain = merged(graph)
    both = both_ways(plain)
    table = score_positions(graph).set_index("id")
    expected = {
        "in_degree": dict(plain.in_degree),
        "out_degree": dict(plain.out_degree),
        "in_strength": dict(plain.in_degree(weight="weight")),
        "out_strength": dict(plain.out_degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(plain),
        "closeness": nx.closeness_centrality(plain),
        "constraint": nx.constraint(both, weight="weight"),
        # Without `nodes`, networkx 3.6 divides weights by the wrong node's maximum: its two paths disagree.
        "effective_size": nx.effective_size(both, list(both), weight="weight"),
        "core": nx.core_number(both),
    }
    for name, values in expected.items():
        assert table[name].to_dict() == pytest.approx(values, nan_ok=True, **CLOSE), name
    part = both.subgraph(max(nx.connected_components(both), key=len))
    vector = nx.eigenvector_centrality_numpy(part, weight="weight")
    assert table.loc[list(part), "eigenvector"].to_dict() == pytest.approx(vector, abs=1e-6)


def test_krackhardts_kite_and_the_florentine_families(actors):
    """As in networkx's tests: betweenness of the kite's node 7 is 14 of 36 pairs; the Medici have 0.522."""
    kite = actors(list(nx.krackhardt_kite_graph().edges), both_ways=True)
    assert column(kite, "betweenness")[7] * 36 == pytest.approx(14)
    assert column(kite, "closeness")[[3, 5, 6]].tolist() == pytest.approx([0.600, 0.643, 0.643], abs=5e-4)
    families = actors(list(nx.florentine_families_graph().edges), both_ways=True)
    assert column(families, "betweenness")["Medici"] == pytest.approx(0.522, abs=5e-4)


def test_burts_numbers_of_a_published_example(actors):
    """The network of Borgatti's note on structural holes, as in the tests of networkx."""
    pairs = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]
    graph = actors([tuple(pair) for pair in pairs], both_ways=True)
    table = score_positions(graph).set_index("id")
    assert table.loc[["G", "A", "C"], "constraint"].tolist() == pytest.approx([0.400, 0.595, 1], abs=1e-3)
    assert table.loc[["G", "A", "C"], "effective_size"].tolist() == pytest.approx([4.67, 2.50, 1], abs=1e-2)


def test_with_and_without_rustworkx_the_numbers_are_the_same(lazega, monkeypatch):
    pytest.importorskip("rustworkx")
    fast = column(lazega, "betweenness")
    load = builtins.__import__
    refuse = {"rustworkx": ImportError("not installed")}

    def without(name, *rest):
        if name in refuse:
            raise refuse[name]
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    assert column(lazega, "betweenness").to_dict() == pytest.approx(fast.to_dict(), **CLOSE)


def test_betweenness_of_real_ties_is_that_of_networkx(lazega):
    plain = merged(lazega)
    assert column(lazega, "betweenness").to_dict() == pytest.approx(nx.betweenness_centrality(plain), **CLOSE)


def test_a_large_map_is_sampled_and_says_from_how_many(actors):
    plain = nx.gnm_random_graph(120, 600, seed=3, directed=True)
    graph = actors(list(plain.edges))
    exact = score_positions(graph)
    sampled = score_positions(graph, exact_up_to=50, pivots=60, seed=1)
    assert exact["pivots"].unique().tolist() == [120]
    assert sampled["pivots"].unique().tolist() == [60]
    assert np.corrcoef(exact["betweenness"], sampled["betweenness"])[0, 1] > 0.9
    assert sampled.equals(score_positions(graph, exact_up_to=50, pivots=60, seed=1))


def test_the_sum_over_all_starts_in_blocks_is_the_whole():
    ties = sparse.csr_array(nx.to_scipy_sparse_array(nx.gnm_random_graph(50, 200, seed=1, directed=True), dtype=float))
    whole = betweenness(ties, np.arange(50))
    assert whole == pytest.approx(betweenness(ties, np.arange(20)) + betweenness(ties, np.arange(20, 50)))


def test_distances_are_those_of_breadth_first_search():
    plain = nx.gnm_random_graph(150, 300, seed=4, directed=True)
    found = distances_to(sparse.csr_array(nx.to_scipy_sparse_array(plain, dtype=float)))
    for node in plain:
        steps = [d for d in nx.single_source_shortest_path_length(plain.reverse(), node).values() if d]
        assert (found.reached[node], found.total[node]) == (len(steps), sum(steps))
        assert found.near[:, node].tolist() == [steps.count(1), steps.count(1) + steps.count(2)]


def test_kinds_choose_the_relations_counted(krackhardt):
    assert column(krackhardt, "in_degree", kinds=["reports"]).sum() == 20
    assert column(krackhardt, "in_degree", kinds=["advice"]).sum() == 190


def test_an_actor_alone_has_no_constraint(actors):
    graph = actors([("a", "b")], unit={"lonely": "x"})
    row = score_positions(graph).set_index("id").loc["lonely"]
    assert np.isnan(row["constraint"])
    assert np.isnan(row["effective_size"])
    assert row[["in_degree", "betweenness", "closeness", "eigenvector", "core"]].tolist() == [0] * 5


def test_causes_variables_and_ties_to_oneself_do_not_count(actors):
    graph = actors([("a", "b"), ("a", "a")])
    graph.add_edge("b", "a", "c", kind="causes", polarity="+")
    graph.add_node("v", type="variable")
    graph.add_edge("a", "v", "x", kind="informs")
    assert score_positions(graph)[["id", "in_degree", "out_degree"]].values.tolist() == [["a", 0, 1], ["b", 1, 0]]


def test_other_names_and_another_order_change_nothing(valclair, renamed):
    other, names = renamed(valclair)
    one, two = score_positions(valclair).set_index("id"), score_positions(other).set_index("id")
    for name in COLUMNS[2:]:
        assert {names[node]: value for node, value in one[name].items()} == pytest.approx(
            two[name].to_dict(), abs=1e-7
        ), name


@pytest.mark.parametrize("seed", range(3))
def test_brokers_are_those_one_counts_one_by_one(actors, seed):
    graph = sample(actors, seed, nodes=10, ties=30)
    plain = merged(graph)
    unit = dict(graph.nodes(data="unit"))
    counted = {node: dict.fromkeys(ROLES, 0) for node in plain}
    for i, j, k in permutations(plain, 3):
        if plain.has_edge(i, j) and plain.has_edge(j, k) and not plain.has_edge(i, k):
            a, b, c = unit[i], unit[j], unit[k]
            if a == b == c:
                role = "coordinator"
            elif b == c:
                role = "gatekeeper"
            elif a == b:
                role = "representative"
            else:
                role = "consultant" if a == c else "liaison"
            counted[j][role] += 1
    table = score_brokerage(graph).set_index("id")
    assert table[list(ROLES)].to_dict("index") == counted
    assert (table["brokerage"] == table[list(ROLES)].sum(axis=1)).all()


def test_a_gap_names_who_could_bridge_it(actors):
    units = {"a": "x", "b": "y", "c": "z", "d": "x"}
    gaps = find_gaps(actors([("a", "b"), ("b", "c"), ("d", "b")], unit=units))
    assert gaps[["group", "other_group", "pairs", "bridges"]].values.tolist() == [["x", "z", 2, ("b",)]]
    assert gaps["expected"].tolist() == pytest.approx([2 * 2 * 3 / 12])


def test_the_reach_of_a_level_is_the_mean_of_its_actors(actors):
    """1 → 2 → 3 → 4: the first reaches all in 1, 2, 3 steps."""
    table = score_reach(actors([("a", "b"), ("b", "c"), ("c", "d")], rank={"a": 1, "b": 2, "c": 2, "d": 3}))
    assert table["rank"].tolist() == [1, 2, 3]
    assert table["one_step"].tolist() == pytest.approx([1 / 3, 1 / 3, 0])
    assert table["reached"].tolist() == pytest.approx([1, 0.5, 0])
    assert table["distance"].tolist()[:2] == pytest.approx([2, (1 + 2 + 1) / 3])
    assert np.isnan(table["distance"].iloc[2])
