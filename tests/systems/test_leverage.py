"""MICMAC gives a published example; MACTOR what one works out by hand."""

import json

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from assessment.systems import leverage, mactor
from assessment.systems.leverage import COLUMNS, indirect, score_leverage, score_stability
from assessment.systems.mactor import compare_positions, direct_and_indirect, score_objectives, score_power


def weighted(matrix):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(matrix)), type="variable")
    for row, column in zip(*np.nonzero(matrix), strict=True):
        graph.add_edge(int(row), int(column), kind="causes", weight=float(matrix[row][column]))
    return graph


def test_the_published_example_gives_its_numbers(maps):
    """micmac_3x3.json, with the diagonal set to zero."""
    example = json.loads((maps / "micmac_3x3.json").read_text("utf-8"))
    graph = weighted(np.array(example["M"]))
    table = score_leverage(graph, example["alpha"], example["K"])
    assert tuple(table) == COLUMNS
    assert table["indirect_influence"].tolist() == [6.5, 4.5, 1.5]
    assert table["indirect_dependence"].tolist() == [1.5, 3.5, 7.5]
    assert table["direct_influence"].tolist() == np.array(example["M"]).sum(axis=1).tolist()


def test_indirect_influence_is_the_sum_of_powers_of_the_matrix():
    matrix = np.random.default_rng(0).random((6, 6)) * (np.random.default_rng(1).random((6, 6)) > 0.5)
    bare = matrix - np.diag(np.diag(matrix))
    total = sum(0.5 ** (k - 1) * np.linalg.matrix_power(bare, k) for k in range(1, 5))
    np.fill_diagonal(total, 0)
    out, into = indirect(sparse.csr_array(matrix), 0.5, 4)[-1]
    assert out == pytest.approx(total.sum(axis=1))
    assert into == pytest.approx(total.sum(axis=0))


def test_quadrants_and_ranks(causal):
    """a drives b, which passes on to c; d stands alone."""
    graph = causal("a -> b +", "b -> c -")
    graph.add_node("d", type="variable", meadows="goals")
    table = score_leverage(graph).set_index("id")
    assert table["quadrant"].to_dict() == {"a": "driver", "b": "relay", "c": "outcome", "d": "autonomous"}
    assert table["rank"].to_dict() == {"a": 1, "b": 2, "c": 3, "d": 3}
    assert table.loc["b", ["rank_best", "rank_worst"]].tolist() == [1, 2]
    assert table["meadows"].tolist() == [None, None, None, "goals"]


def test_a_ring_keeps_its_ranks_and_has_no_correlation(causal):
    table = score_stability(causal("a -> b +", "b -> c +", "c -> a +"))
    assert tuple(table) == leverage.STABILITY_COLUMNS
    assert table["same_order"].all()
    assert table["influence_correlation"].isna().all()


def test_an_empty_map_has_empty_tables():
    assert tuple(score_leverage(nx.MultiDiGraph())) == COLUMNS
    assert tuple(score_stability(nx.MultiDiGraph())) == leverage.STABILITY_COLUMNS


def test_names_and_order_change_nothing(valclair, renamed):
    other, names = renamed(valclair)
    one, two = score_leverage(valclair).set_index("id"), score_leverage(other).set_index("id")
    for column in ("indirect_influence", "indirect_dependence"):
        assert {names[k]: v for k, v in one[column].items()} == pytest.approx(two[column].to_dict())
    assert {names[k]: v for k, v in one["indirect_quadrant"].items()} == two["indirect_quadrant"].to_dict()


DIRECT = pd.DataFrame([[0, 3, 0], [0, 0, 2], [1, 0, 0]], index=list("abc"), columns=list("abc"))
"""a acts on b (3), b on c (2), c on a (1). Through a third: a on c min(3, 2) = 2, b on a min(2, 1) = 1, c on b 1."""


def test_power_by_hand():
    """I = 5, 3, 2; D = 2, 4, 4; no influence comes back in two steps: r = I/10 · I/(I + D), over its mean."""
    ratio = np.array([5 / 10 * 5 / 7, 3 / 10 * 3 / 7, 2 / 10 * 2 / 6])
    table = score_power(DIRECT)
    assert tuple(table) == mactor.POWER_COLUMNS
    assert table["influence"].tolist() == [5, 3, 2]
    assert table["dependence"].tolist() == [2, 4, 4]
    assert table["power"].tolist() == pytest.approx((ratio / ratio.mean()).tolist())


def test_what_comes_back_lessens_power():
    """a and b act on each other with 2: MIDI(a, a) = min(2, 2) = 2 = I, so nobody has net power."""
    table = score_power(pd.DataFrame([[0, 2], [2, 0]]))
    assert table["influence"].tolist() == [2, 2]
    assert table["power"].isna().all()


def test_positions_by_hand():
    """Objective 1: a +2, b +4, c −1; objective 2: a −1, b +3, c 0."""
    positions = pd.DataFrame({"one": [2, 4, -1], "two": [-1, 3, 0]}, index=list("abc"))
    table = compare_positions(DIRECT, positions).set_index(["id", "other_id"])
    assert table[["convergence", "divergence"]].values.tolist() == [[3, 2], [0, 1.5], [0, 2.5]]
    power = score_power(DIRECT)["power"]
    assert table["weighted_convergence"].iloc[0] == pytest.approx((2 * power[0] + 4 * power[1]) / 2)
    objectives = score_objectives(DIRECT, positions)
    assert tuple(objectives) == mactor.OBJECTIVE_COLUMNS
    assert objectives[["in_favour", "against"]].values.tolist() == [[6, 1], [3, 1]]


def test_a_published_matrix_is_read_as_its_formula_says(maps):
    """The thesis prints the direct influences only; here the formula written out, one pair at a time."""
    direct = np.array(json.loads((maps / "mactor_niger_mid.json").read_text("utf-8"))["MID"])
    size = len(direct)
    by_hand = [
        [direct[a, b] + sum(min(direct[a, c], direct[c, b]) for c in range(size)) for b in range(size)]
        for a in range(size)
    ]
    assert direct_and_indirect(direct).tolist() == by_hand
    table = score_power(pd.DataFrame(direct))
    assert table["power"].mean() == pytest.approx(1)
    assert table["power"].idxmax() == 0, "the State"
    assert table["power"].iloc[-1] == 0, "the shops act on nobody"
