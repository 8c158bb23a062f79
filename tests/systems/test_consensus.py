"""What participants share is counted by hand on a small map, and by the published formula."""

import networkx as nx
import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from assessment.systems import consensus
from assessment.systems.consensus import compare_participants, merge_maps
from assessment.systems.loading import load_map


@pytest.fixture
def drawn():
    """p1: a→b +, b→c +. p2: a→b +, b→c −. p3: a→b + and alone c→a +."""
    graph = nx.MultiDiGraph()
    for source, target, sign, people, weight in (
        ("a", "b", "+", ["p1", "p2", "p3"], 1.0),
        ("b", "c", "+", ["p1"], 0.5),
        ("b", "c", "-", ["p2"], 1.0),
        ("c", "a", "+", ["p3"], 1.0),
        ("a", "c", "+", [], 1.0),
    ):
        graph.add_edge(source, target, kind="causes", polarity=sign, participants=people, weight=weight)
    return graph


def test_what_all_share_what_is_disputed_and_what_one_alone_sees(drawn):
    table = merge_maps(drawn)
    assert tuple(table) == consensus.COLUMNS
    table = table.set_index(["source", "target"])
    assert table["standing"].to_dict() == {("a", "b"): "all", ("b", "c"): "some", ("c", "a"): "one"}
    assert table.loc[("b", "c"), ["frequency", "positive", "negative", "conflict"]].tolist() == [2, 1, 1, True]
    assert table.loc[("b", "c"), "share"] == pytest.approx(2 / 3)
    assert table.loc[("b", "c"), "weight_mean"] == 0.75
    assert table.loc[("c", "a"), "only_by"] == "p3"
    assert not table.loc[("a", "b"), "conflict"]


def test_agreement_two_by_two(drawn):
    """p1 and p2 share a→b, not the sign of b→c: 1 of 3; |0.5 + 1| over 2 · 3 · 2 = 0.125."""
    table = compare_participants(drawn).set_index(["participant", "other_participant"])
    assert tuple(table.reset_index()) == consensus.PAIR_COLUMNS
    assert table.loc[("p1", "p2"), "jaccard"] == pytest.approx(1 / 3)
    assert table.loc[("p1", "p2"), "distance_ratio"] == pytest.approx(1.5 / 12)
    assert table.loc[("p1", "p3"), "distance_ratio"] == pytest.approx((0.5 + 1) / 12)


def test_the_same_map_twice_agrees_wholly():
    graph = nx.MultiDiGraph()
    graph.add_edge("a", "b", kind="causes", polarity="+", participants=["p1", "p2"])
    graph.add_edge("b", "a", kind="causes", polarity="-", participants=["p1", "p2"])
    row = compare_participants(graph).iloc[0]
    assert (row["jaccard"], row["distance_ratio"]) == (1, 0)


def test_opposite_complete_maps_are_as_far_as_can_be():
    graph = nx.MultiDiGraph()
    for person, sign in (("p1", "+"), ("p2", "-")):
        for source, target in ("ab", "ba"):
            graph.add_edge(source, target, kind="causes", polarity=sign, participants=[person])
    assert compare_participants(graph).iloc[0]["distance_ratio"] == 1


def test_without_participants_there_is_nothing_to_compare(causal):
    graph = causal("a -> b +")
    assert merge_maps(graph).empty
    assert compare_participants(graph).empty


def test_one_participant_neither_shares_nor_stands_alone(causal):
    assert merge_maps(causal("a -> b +", participants=["p"]))["standing"].tolist() == [None]


def test_thirteen_real_maps_are_merged_as_their_matrices_say(maps):
    """PyFCM's workbook, thirteen participants: counted from the cells of its sheets."""
    path = maps / "pyfcm_all_participants.xlsx"
    book = CalamineWorkbook.from_path(str(path))
    drawn = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        for row in rows[1:]:
            for head, cell in zip(rows[0][1:], row[1:], strict=True):
                if isinstance(cell, float) and cell:
                    drawn.setdefault((row[0].strip(), head.strip()), []).append(cell)
    graph = load_map(path)
    label = dict(graph.nodes(data="label"))
    table = merge_maps(graph)
    found = {(label[row.source], label[row.target]): row for row in table.itertuples()}
    assert set(found) == set(drawn)
    for pair, cells in drawn.items():
        row = found[pair]
        assert row.frequency == len(cells)
        assert (row.positive, row.negative) == (sum(one > 0 for one in cells), sum(one < 0 for one in cells))
        assert row.weight_mean == pytest.approx(np.mean(np.abs(cells)), abs=1e-12)
        assert row.share == pytest.approx(len(cells) / 13)
    assert len(compare_participants(graph)) == 13 * 12 / 2
