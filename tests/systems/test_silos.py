"""Silos are read against chance: published values, exact expectations, networkx's modularity."""

import networkx as nx
import numpy as np
import pytest

from assessment.systems import communities, overlap, permutations, silos
from assessment.systems.communities import adjusted_rand, compare_communities, find_communities
from assessment.systems.overlap import score_overlap
from assessment.systems.permutations import inside
from assessment.systems.silos import (
    COLUMNS,
    DENSITY_COLUMNS,
    score_densities,
    score_silos,
)

FEW = {"permutations": 200}


@pytest.fixture
def two_units(actors):
    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("a", "c"), ("e", "a")]
    return actors(pairs, unit={"a": "x", "b": "x", "c": "y", "d": "y", "e": "alone"}, role={"a": "agent"})


def digraph(graph, kind=None):
    return nx.DiGraph([(s, t) for s, t, tie in graph.edges(data=True) if s != t and kind in (None, tie["kind"])])


def test_the_columns_are_the_constants(two_units):
    for graph in (two_units, nx.MultiDiGraph()):
        assert tuple(score_silos(graph, **FEW)) == COLUMNS
        assert tuple(score_densities(graph, **FEW)) == DENSITY_COLUMNS
        assert tuple(score_overlap(graph, permutations=5)) == overlap.COLUMNS
        assert tuple(find_communities(graph)) == communities.MEMBER_COLUMNS
        assert tuple(compare_communities(graph)) == communities.COLUMNS


def test_krackhardts_managers_give_the_published_values(krackhardt):
    """README of the maps: friendship +0.23, mean +0.51, p 0.002: a silo; advice +0.46, mean +0.51, p 0.20: none."""
    table = score_silos(krackhardt, ["unit"]).set_index("kind")
    assert (table["actors"] == 20).all(), "the chief executive, alone in his department, is left out"
    friends, advice = table.loc["friends"], table.loc["advice"]
    assert (friends["ei_index"], friends["null_mean"]) == pytest.approx((0.23, 0.51), abs=0.005)
    assert friends["p_value"] == pytest.approx(0.002, abs=0.002)
    assert friends["reading"] == "inward"
    assert (advice["ei_index"], advice["null_mean"]) == pytest.approx((0.46, 0.51), abs=0.006)
    assert advice["p_value"] == pytest.approx(0.20, abs=0.02)
    assert advice["reading"] == "as_chance"


def test_by_hand(two_units):
    """Between a, b, c, d: three ties inside, one outside, E-I (1 − 3)/4; e is alone in its unit."""
    row = score_silos(two_units, ["unit"], **FEW).iloc[0]
    assert row[["actors", "groups", "alone", "ties", "internal", "external"]].tolist() == [4, 2, 1, 4, 3, 1]
    assert row["ei_index"] == -0.5
    assert (row["permutations"], row["kind"]) == (200, "cooperates")


def test_ties_inside_are_counted_in_every_permutation():
    draw = np.random.default_rng(1)
    labels, (tails, heads) = draw.integers(0, 4, (30, 7)), draw.integers(0, 30, (2, 600))
    expected = [sum(one[tail] == one[head] for tail, head in zip(tails, heads, strict=True)) for one in labels.T]
    assert inside(labels, tails, heads).tolist() == expected
    assert inside(labels, tails[:0], heads[:0]).tolist() == [0] * 7


def test_where_modularity_takes_too_long_fewer_permutations_are_used_and_said(krackhardt, monkeypatch):
    whole = score_silos(krackhardt, ["unit"], permutations=300)
    monkeypatch.setattr(permutations, "CELLS", 2_000)
    monkeypatch.setattr(silos, "MODULARITY_CELLS", 5_000)
    fewer = score_silos(krackhardt, ["unit"], permutations=300)
    assert (fewer["modularity_permutations"] == 250).all()
    assert (whole["modularity_permutations"] == 300).all()
    same = ["ei_index", "null_mean", "null_sd", "p_value", "modularity"]
    assert fewer[same].to_numpy() == pytest.approx(whole[same].to_numpy(), abs=1e-12)
    assert fewer["modularity_null_mean"].to_numpy() == pytest.approx(whole["modularity_null_mean"].to_numpy(), abs=0.01)


def test_the_mean_under_chance_is_the_exact_one(krackhardt):
    """Dealt at random, a tie is inside with probability Σ n(n − 1)/(N(N − 1)); labels dealt agree to four errors."""
    row = score_silos(krackhardt, ["unit"], **FEW).set_index("kind").loc["friends"]
    sizes = np.array([5, 8, 4, 3])
    exact = 1 - 2 * (sizes * (sizes - 1)).sum() / (20 * 19)
    counted = sorted(np.unique([d["unit"] for _, d in krackhardt.nodes(data=True)], return_counts=True)[1])
    assert counted == [1, 3, 4, 5, 8]
    assert row["null_mean"] == pytest.approx(exact, abs=1e-12)
    draw = np.random.default_rng(1)
    labels = np.stack([draw.permutation(np.repeat(range(4), sizes)) for _ in range(4000)], axis=1)
    ties = draw.integers(0, 20, (2, 300))
    tails, heads = ties[:, ties[0] != ties[1]]
    found = 1 - 2 * inside(labels, tails, heads) / len(tails)
    assert found.mean() == pytest.approx(exact, abs=4 * found.std() / 4000**0.5)


def test_an_attribute_some_lack_is_tested_among_those_who_have_it(krackhardt):
    """Dealing places to all and keeping those who have a label deals the labels among these alone."""
    graph = krackhardt.copy()
    graph.add_nodes_from(["x", "y", "z"], type="actor", label="X")
    one, other = (score_silos(one, ["unit"], permutations=4000).set_index("kind") for one in (krackhardt, graph))
    same = ["actors", "alone", "ties", "ei_index", "null_mean", "modularity"]
    assert other[same].equals(one[same])
    assert other["null_sd"].to_numpy() == pytest.approx(one["null_sd"].to_numpy(), rel=0.08)
    assert other["p_value"].to_numpy() == pytest.approx(one["p_value"].to_numpy(), abs=0.04)


def test_modularity_is_that_of_networkx(krackhardt):
    row = score_silos(krackhardt, ["unit"], **FEW).set_index("kind").loc["friends"]
    plain = digraph(krackhardt, "friends")
    plain.remove_node("7")
    units = dict(krackhardt.nodes(data="unit"))
    parts = [{node for node in plain if units[node] == unit} for unit in set(units.values())]
    assert row["modularity"] == pytest.approx(nx.community.modularity(plain, [p for p in parts if p]), abs=1e-12)
    assert row["modularity_p_value"] < 0.05


def test_the_same_seed_gives_the_same_numbers_and_another_seed_nearly_so(krackhardt):
    one, same, other = (score_silos(krackhardt, ["unit"], ["friends"], seed=seed) for seed in (1, 1, 2))
    assert one.equals(same)
    assert one["p_value"].iloc[0] == pytest.approx(other["p_value"].iloc[0], abs=0.005)
    assert not one["null_sd"].equals(other["null_sd"])


def test_without_ties_or_with_one_group_there_is_no_number(actors):
    nothing = score_silos(actors([], unit={"a": "x", "b": "x", "c": "y", "d": "y"}), ["unit"], **FEW).iloc[0]
    assert (nothing["reason"], nothing["reading"]) == ("no_ties", None)
    one = score_silos(actors([("a", "b")], unit={"a": "x", "b": "x"}), ["unit"], **FEW).iloc[0]
    assert one["reason"] == "one_group"
    assert np.isnan(one["ei_index"])


def test_groups_that_seek_each_other_are_outward(actors):
    pairs = [(f"x{i}", f"y{j}") for i in range(6) for j in range(6)]
    units = {name: name[0] for pair in pairs for name in pair}
    row = score_silos(actors(pairs, unit=units), ["unit"], **FEW).iloc[0]
    assert (row["ei_index"], row["reading"]) == (1, "outward")


def test_names_and_order_change_no_observed_number(krackhardt, renamed):
    other, _ = renamed(krackhardt)
    one, two = (score_silos(graph, ["unit"], **FEW).set_index("kind") for graph in (krackhardt, other))
    for name in ("ties", "internal", "ei_index", "modularity"):
        assert one[name].to_dict() == pytest.approx(two[name].to_dict())


def test_densities_count_the_ties_there_could_be(two_units):
    table = score_densities(two_units, **FEW).set_index(["group", "other_group"])
    assert table.loc[("x", "x"), ["ties", "pairs", "density"]].tolist() == [2, 2, 1]
    assert table.loc[("x", "y"), ["ties", "pairs", "density"]].tolist() == [1, 4, 0.25]
    assert table.loc[("y", "x"), "density"] == 0
    assert np.isnan(table.loc[("alone", "alone"), "density"])
    assert table["ties"].sum() == 5


def test_the_density_expected_is_that_of_the_whole(krackhardt):
    table = score_densities(krackhardt, kinds=["friends"])
    whole = table["ties"].sum() / (21 * 20)
    known = table.dropna(subset="density")
    assert known["null_mean"].to_numpy() == pytest.approx(whole, abs=0.02)
    assert known["p_low"].between(0, 1).all()
    assert (known["p_low"] + known["p_high"] >= 1).all()


def test_overlap_by_hand(actors):
    """Formal pairs ab, bc; informal pairs ab, cd: one of three in common."""
    graph = actors([("a", "b"), ("c", "d")])
    graph.add_edge("b", "a", "f1", kind="reports_to")
    graph.add_edge("b", "c", "f2", kind="informs", formal=True)
    row = score_overlap(graph, permutations=2000).iloc[0]
    assert row[["formal", "informal", "both"]].tolist() == [2, 2, 1]
    assert (row["jaccard"], row["share_informal_along_formal"]) == pytest.approx((1 / 3, 1 / 2))
    assert row["null_mean"] == pytest.approx(2 / 6, abs=0.03), "an informal pair is any of six, two are formal"


def test_exchanged_at_random_an_informal_pair_is_formal_as_often_as_any_pair(krackhardt):
    graph = krackhardt.copy()
    for _, _, tie in graph.edges(data=True):
        tie["formal"] = tie["kind"] == "reports"
    row = score_overlap(graph).iloc[0]
    assert row["formal"] == 20
    assert row["null_mean"] == pytest.approx(20 / 210, abs=0.005)
    assert row["p_value"] < 0.05, "managers and those who report to them seek advice and are friends"


def test_large_maps_look_formal_pairs_up_otherwise_with_the_same_counts(krackhardt, monkeypatch):
    graph = krackhardt.copy()
    for _, _, tie in graph.edges(data=True):
        tie["formal"] = tie["kind"] == "reports"
    one = score_overlap(graph, permutations=50)
    monkeypatch.setattr(overlap, "DENSE_UP_TO", 0)
    assert score_overlap(graph, permutations=50).equals(one)


def test_without_formal_ties_there_is_nothing_to_follow(actors):
    assert score_overlap(actors([("a", "b")])).iloc[0]["reason"] == "no_formal_ties"


def test_the_karate_club_splits_into_four_at_the_best_modularity(actors):
    """0.4198, four groups: Brandes et al. 2008, the optimum."""
    plain = nx.karate_club_graph()
    graph = actors([(a, b) for a, b in plain.edges], role={n: d["club"] for n, d in plain.nodes(data=True)})
    row = compare_communities(graph, ["role"]).iloc[0]
    assert row["modularity"] == pytest.approx(0.4198, abs=5e-5)
    assert row["communities"] == 4
    clubs = [{n for n in plain if plain.nodes[n]["club"] == c} for c in ("Mr. Hi", "Officer")]
    assert row["group_modularity"] == pytest.approx(nx.community.modularity(plain, clubs, weight=None), abs=1e-12)
    assert 0.3 < row["adjusted_rand"] < 0.6


def test_the_adjusted_rand_index_of_a_published_table():
    """Hubert & Arabie's correction, the example of R mclust::adjustedRandIndex worked by hand: pairs 2, 4, 3 of 15."""
    one, other = np.array([0, 0, 0, 1, 1, 1]), np.array([0, 0, 1, 1, 2, 2])
    assert adjusted_rand(one, other) == pytest.approx((2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15))
    assert adjusted_rand(one, one) == 1
    assert np.isnan(adjusted_rand(np.zeros(4), np.zeros(4)))


def test_the_largest_community_comes_first(actors):
    ring = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "e")]
    table = find_communities(actors(ring, unit={"f": "x"})).set_index("id")
    assert table["community"].to_dict() == {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3}
