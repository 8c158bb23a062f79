"""Structural balance: a published network, every division tried by hand, networkx's triangles."""

import csv
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.systems import balance
from assessment.systems.balance import COLUMNS, score_balance

KINDS = {1: "supports", -1: "opposes"}


def signed_map(pairs):
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.add_nodes_from(dict.fromkeys(node for one, other, _ in pairs for node in (one, other)), type="actor")
    for one, other, sign in pairs:
        graph.add_edge(one, other, kind=KINDS[sign])
    return graph


def test_reads_highland_tribes_have_the_published_balance(maps):
    """Read 1954, 16 tribes, 58 alliances and enmities; R signnet: triangles 0.8676471, frustration 0.7586207 (7)."""
    with (maps / "read_highland_tribes_signed.csv").open(encoding="utf-8") as file:
        pairs = [(row["a"], row["b"], int(row["sign"])) for row in csv.DictReader(file)]
    row = score_balance(signed_map(pairs)).iloc[0]
    assert row[["actors", "positive", "negative", "mixed"]].tolist() == [16, 29, 29, 0]
    assert row["balance"] == pytest.approx(0.8676471, abs=5e-8)
    assert row["frustration"] == 7
    assert row["frustration_balance"] == pytest.approx(0.7586207, abs=5e-8)
    assert row["reason"] is None


@pytest.mark.parametrize(
    ("signs", "balanced", "frustration"),
    [((1, 1, 1), None, None), ((1, 1, -1), 0, 1), ((1, -1, -1), 1, 0), ((-1, -1, -1), 0, 1)],
)
def test_the_four_triangles_of_cartwright_and_harary(signs, balanced, frustration):
    row = score_balance(signed_map([("a", "b", signs[0]), ("b", "c", signs[1]), ("a", "c", signs[2])])).iloc[0]
    if balanced is None:
        assert row["reason"] == "no_opposition"
        assert np.isnan(row["balance"])
    else:
        assert (row["triangles"], row["balance"], row["frustration"]) == (1, balanced, frustration)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from((1, -1))), min_size=3, max_size=14))
def test_no_division_into_two_sides_contradicts_fewer_pairs(drawn):
    sign = {tuple(sorted((one, other))): value for one, other, value in drawn if one != other}
    if -1 not in sign.values():
        return
    nodes = sorted({node for pair in sign for node in pair})
    divisions = (dict(zip(nodes, sides, strict=True)) for sides in product((0, 1), repeat=len(nodes)))
    fewest = min(sum((side[a] == side[b]) != (value > 0) for (a, b), value in sign.items()) for side in divisions)
    triangles = [trio for trio in combinations(nodes, 3) if all(pair in sign for pair in combinations(trio, 2))]
    even = [trio for trio in triangles if np.prod([sign[pair] for pair in combinations(trio, 2)]) > 0]
    row = score_balance(signed_map([(*pair, value) for pair, value in sign.items()])).iloc[0]
    assert row[["triangles", "balanced", "frustration"]].tolist() == [len(triangles), len(even), fewest]


def test_direction_and_repetition_change_nothing_and_contradictory_pairs_are_told_apart():
    pairs = [("a", "b", 1), ("b", "c", -1), ("a", "c", -1)]
    one = score_balance(signed_map(pairs))
    turned = score_balance(signed_map([(other, this, sign) for this, other, sign in pairs] + pairs))
    assert turned.equals(one)
    row = score_balance(signed_map([*pairs, ("b", "a", -1)])).iloc[0]
    assert (row["mixed"], row["positive"], row["triangles"]) == (1, 0, 0)
    assert np.isnan(row["balance"])


def test_what_would_take_too_long_is_not_searched(monkeypatch):
    monkeypatch.setattr(balance, "MOST_PAIRS", 2)
    row = score_balance(signed_map([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])).iloc[0]
    assert (row["reason"], row["balance"]) == ("not_searched", 1)
    assert np.isnan(row["frustration"])


@pytest.mark.parametrize("nodes", [0, 1, 3])
def test_without_ties_there_is_a_row_and_a_reason(nodes):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(nodes), type="actor")
    row = score_balance(graph)
    assert tuple(row) == COLUMNS
    assert row["reason"].tolist() == ["no_opposition"]
