"""Loops are what the signs say, told apart from those nobody can tell yet; named loops are checked."""

import json

import networkx as nx
import pytest

from assessment.systems.loops import COLUMNS, DECLARED_COLUMNS, check_declared, find_loops

TRIANGLE = ("a -> b +", "b -> c + 3", "c -> a -")


def kinds(graph):
    return find_loops(graph)["kind"].map({"reinforcing": "R", "balancing": "B"}).value_counts().to_dict()


def test_the_columns_are_the_constant(causal):
    assert tuple(find_loops(causal(*TRIANGLE))) == COLUMNS
    assert tuple(find_loops(nx.MultiDiGraph())) == COLUMNS
    assert tuple(check_declared(nx.MultiDiGraph())) == DECLARED_COLUMNS


def test_an_odd_number_of_minus_signs_balances(causal):
    (loop,) = find_loops(causal(*TRIANGLE)).to_dict("records")
    assert loop["nodes"] == ("a", "b", "c")
    assert (loop["kind"], loop["length"], loop["delays"], loop["delay"]) == ("balancing", 3, 1, 3)
    assert not loop["uncertain"]
    assert not loop["declared"]


def test_two_minus_signs_reinforce(causal):
    assert kinds(causal("a -> b -", "b -> a -")) == {"R": 1}


def test_a_node_that_acts_on_itself_is_a_loop(causal):
    (loop,) = find_loops(causal("a -> a -")).to_dict("records")
    assert (loop["nodes"], loop["kind"]) == (("a",), "balancing")


def test_a_link_without_a_sign_leaves_the_loop_uncertain(causal):
    (loop,) = find_loops(causal("a -> b +", "b -> a ?")).to_dict("records")
    assert loop["kind"] is None
    assert (loop["uncertain"], loop["disputed"]) == (True, False)


def test_people_who_dispute_a_sign_leave_the_loop_uncertain(causal):
    (loop,) = find_loops(causal("a -> b +", "a -> b -", "b -> a +")).to_dict("records")
    assert loop["kind"] is None
    assert (loop["uncertain"], loop["disputed"]) == (True, True)


def test_a_sign_one_person_gave_and_another_left_open_stands(causal):
    assert kinds(causal("a -> b +", "a -> b ?", "b -> a +")) == {"R": 1}


def test_relations_between_actors_make_no_loop(actors):
    assert find_loops(actors([("a", "b"), ("b", "a")])).empty


def test_loops_run_through_actors_and_variables(causal):
    graph = causal("a -> b +", "b -> a +")
    graph.nodes["a"]["type"] = "actor"
    assert kinds(graph) == {"R": 1}


def test_the_sure_come_before_the_uncertain_and_the_short_before_the_long(causal):
    graph = causal("a -> b +", "b -> a ?", "b -> c +", "c -> a +", "c -> d +", "d -> a -")
    table = find_loops(graph)
    assert table["nodes"].tolist() == [("a", "b", "c"), ("a", "b", "c", "d"), ("a", "b")]
    assert table["loop"].tolist() == [1, 2, 3]


def test_named_loops_come_first_with_their_name(causal):
    graph = causal("a -> b +", "b -> a +", "b -> c +", "c -> a +")
    graph.graph["loops"] = [{"id": "l", "name": "Élan", "nodes": ["c", "a", "b"], "kind": "reinforcing"}]
    first = find_loops(graph).iloc[0]
    assert (first["nodes"], first["declared"], first["name"]) == (("a", "b", "c"), True, "Élan")


def test_who_drew_every_link_is_counted(causal):
    graph = causal("a -> b +", "b -> a +")
    graph["a"]["b"]["t0"]["participants"] = ["p1", "p2"]
    graph["b"]["a"]["t1"]["participants"] = ["p2", "p3"]
    assert find_loops(graph)["drawn_by"].tolist() == [1]


def test_strength_is_the_geometric_mean_of_the_weights(causal):
    graph = causal("a -> b +", "b -> a +")
    graph["a"]["b"]["t0"]["weight"] = 0.25
    assert find_loops(graph)["strength"].tolist() == pytest.approx([0.5])


def test_other_names_and_another_order_change_nothing(valclair, renamed):
    other, names = renamed(valclair)
    one, two = find_loops(valclair), find_loops(other)
    assert {frozenset(names[node] for node in path) for path in one["nodes"]} == set(map(frozenset, two["nodes"]))
    for column in ("kind", "length", "delay", "strength"):
        assert sorted(map(str, one[column])) == sorted(map(str, two[column]))


def test_turning_every_sign_twice_changes_nothing_and_once_turns_the_odd_loops(valclair):
    table = find_loops(valclair)
    turned = valclair.copy()
    for _, _, tie in turned.edges(data=True):
        if "polarity" in tie:
            tie["polarity"] = "-" if tie["polarity"] == "+" else "+"
    other = find_loops(turned)
    for nodes, kind in zip(table["nodes"], table["kind"], strict=True):
        same = other.loc[other["nodes"] == nodes, "kind"].iloc[0]
        if kind is None:
            assert same is None
        else:
            assert (same == kind) == (len(nodes) % 2 == 0)


def test_as_many_loops_are_independent_as_links_less_nodes_plus_one():
    for seed in range(8):
        plain = nx.gnm_random_graph(9, 22, seed=seed, directed=True)
        graph = nx.MultiDiGraph()
        graph.add_edges_from((one, two, {"kind": "causes", "polarity": "+"}) for one, two in plain.edges)
        table = find_loops(graph)
        expected = 0
        for part in nx.strongly_connected_components(plain):
            inside = plain.subgraph(part)
            expected += inside.number_of_edges() - len(inside) + 1
        assert table["independent"].sum() == expected


def test_the_independent_loops_are_short(causal):
    graph = causal("a -> b +", "b -> a +", "b -> c +", "c -> b +", "c -> a +")
    table = find_loops(graph)
    assert table.loc[table["independent"], "length"].tolist() == [2, 2, 3]


def test_the_example_names_six_loops_that_hold(valclair):
    table = check_declared(valclair)
    assert table["holds"].all()
    assert table["found"].tolist() == table["kind"].tolist()
    assert find_loops(valclair)["declared"].sum() == 6


@pytest.mark.parametrize(
    ("nodes", "kind", "reason", "source", "target"),
    [
        ([], "balancing", "no_nodes", None, None),
        (["a", "nobody"], None, "node_unknown", "nobody", None),
        (["a", "b", "a"], None, "node_twice", "a", None),
        (["a", "c", "b"], "balancing", "other_order", "a", "c"),
        (["a", "b"], "balancing", "link_missing", "b", "a"),
        (["b", "c", "a"], "reinforcing", "other_kind", None, None),
    ],
)
def test_a_named_loop_that_does_not_hold_says_why(causal, nodes, kind, reason, source, target):
    graph = causal(*TRIANGLE, loops=[{"id": "l", "name": "L", "nodes": nodes, "kind": kind}])
    row = check_declared(graph).iloc[0]
    assert not row["holds"]
    assert (row["reason"], row["source"], row["target"]) == (reason, source, target)


def test_a_named_loop_of_unknown_sign_holds_as_far_as_one_can_tell(causal):
    graph = causal("a -> b +", "b -> a ?", loops=[{"id": "l", "nodes": ["a", "b"], "kind": "balancing"}])
    row = check_declared(graph).iloc[0]
    assert (row["holds"], row["reason"], row["found"]) == (True, "sign_unknown", None)


def test_every_template_shows_the_loops_its_author_expects(maps, causal):
    """`archetypes.json` counts the loops of ten templates by hand."""
    for template in json.loads((maps / "archetypes.json").read_text("utf-8"))["archetypes"]:
        lines = [f"{a} -> {b} {'+' if sign > 0 else '-'} {int(late)}" for a, b, sign, late in template["edges"]]
        if template["expected"]:
            assert kinds(causal(*lines)) == template["expected"], template["id"]


def test_published_toy_models_have_the_loops_recorded_with_them(maps, causal):
    for model in json.loads((maps / "loopy_examples.json").read_text("utf-8")):
        lines = [f"{e['source']} -> {e['target']} {'+' if e['strength'] > 0 else '-'}" for e in model["edges"]]
        names = {str(node["id"]): node["label"] for node in model["nodes"]}
        found = find_loops(causal(*lines))
        told = {frozenset(names[one] for one in row.nodes): row.kind[0].upper() for row in found.itertuples()}
        assert told == {frozenset(loop["nodes"]): loop["type"] for loop in model["computed_loops"]}
