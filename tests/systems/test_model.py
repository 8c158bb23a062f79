"""The one door: every fault told at once, nothing changed on the way, and what is not known left out."""

import copy
import json

import networkx as nx
import pytest

from assessment.faults import Faults
from assessment.systems import check_map, load_map, map_document, map_graph, write_map

ACTORS = [{"id": "maire", "label": "Maire", "role": "elected"}, {"id": "dgs", "label": "DGS", "rank": 1}]


def document(**blocks):
    return {"format": "apprenance-map", "version": 1, "actors": copy.deepcopy(ACTORS), **blocks}


def tie(**values):
    return {"id": "t", "source": "maire", "target": "dgs", "kind": "informs", **values}


def faults_of(map_):
    with pytest.raises(Faults) as refused:
        check_map(map_)
    return [(fault.code, fault.place.get("block"), fault.place.get("key")) for fault in refused.value.faults]


ONE_FAULT = {
    "tie_to_nobody": (tie(target="préfet"), "target"),
    "polarity_on_relation": (tie(polarity="+"), "polarity"),
    "number_out_of_range": (tie(weight=1.5), "weight"),
    "number_not_finite": (tie(confidence=float("nan")), "confidence"),
    "participant_undeclared": (tie(participants=["p9"]), "participants"),
    "value_not_allowed": (tie(kind="causes", polarity="±"), "polarity"),
    "type_wrong": (tie(formal="yes"), "formal"),
    "text_too_long": (tie(kind="k" * 201), "kind"),
    "text_empty": (tie(kind=""), "kind"),
    "text_controls": (tie(note="a\x00b"), "note"),
    "too_deep": (tie(note=json.loads("[" * 60 + "]" * 60)), "note"),
}


@pytest.mark.parametrize("code", ONE_FAULT)
def test_a_fault_names_its_block_its_key_and_its_value(code):
    wrong, key = ONE_FAULT[code]
    assert faults_of(document(ties=[wrong])) == [(code, "tie t", key)]


@pytest.mark.parametrize("value", [-1, 0.5, "2", True])
def test_a_delay_is_a_whole_number_of_steps(value):
    assert [where for *_, where in faults_of(document(ties=[tie(delay=value)]))] == ["delay"]


def test_an_id_stands_once_on_the_whole_map():
    variables = [{"id": "maire", "label": "Confiance"}]
    assert faults_of(document(variables=variables)) == [("map_id_duplicate", "variable maire", "id")]
    assert faults_of(document(ties=[tie(), tie()])) == [("map_id_duplicate", "tie t", "id")]


def test_all_faults_are_told_at_once_in_the_order_of_the_file():
    wrong = [tie(id="a", weight=-1), tie(id="b", source="x", target="y"), {"id": "c"}]
    assert faults_of(document(ties=wrong)) == [
        ("number_out_of_range", "tie a", "weight"),
        ("key_missing", "tie c", "source"),
        ("key_missing", "tie c", "target"),
        ("key_missing", "tie c", "kind"),
        ("tie_to_nobody", "tie b", "source"),
        ("tie_to_nobody", "tie b", "target"),
    ]


@pytest.mark.parametrize("version", [0, 2, "1", None, True, [1]])
def test_another_version_is_refused(version):
    assert faults_of(document(version=version)) == [("map_version_unknown", None, "version")]


def test_a_named_loop_names_what_is_on_the_map():
    loops = [{"id": "l", "name": "Cercle", "nodes": ["maire", "nobody"], "kind": "spiral"}]
    assert faults_of(document(loops=loops)) == [
        ("value_not_allowed", "loop l", "kind"),
        ("tie_to_nobody", "loop l", "nodes"),
    ]


def test_a_causal_link_may_have_no_sign_yet():
    check_map(document(ties=[tie(kind="causes")]))


def test_a_graph_passes_through_the_same_door():
    graph = map_graph(document(ties=[tie()]))
    assert check_map(graph) is graph
    graph.edges["maire", "dgs", "t"]["weight"] = 2
    graph.nodes["dgs"]["type"] = "robot"
    assert faults_of(graph) == [
        ("element_type_unknown", "node dgs", "type"),
        ("number_out_of_range", "tie t", "weight"),
    ]


def test_a_graph_of_another_kind_is_refused():
    assert faults_of(nx.path_graph(3)) == [("graph_not_multidigraph", None, None)]
    assert "type_wrong" in {code for code, *_ in faults_of(nx.MultiDiGraph([(1, 2)]))}


def test_what_is_checked_is_not_changed():
    before = document(ties=[tie()], loops=[{"id": "l", "nodes": ["dgs"]}], own={"a": [1]})
    after = copy.deepcopy(before)
    check_map(after)
    map_graph(after)
    assert after == before


def test_parallel_ties_and_ties_to_oneself_are_kept_apart():
    ties = [tie(id="1"), tie(id="2", kind="funds"), tie(id="3", source="dgs", kind="causes", polarity="-")]
    graph = map_graph(check_map(document(ties=ties)))
    assert graph.number_of_edges("maire", "dgs") == 2
    assert graph.edges["dgs", "dgs", "3"]["polarity"] == "-"


def test_nothing_written_is_as_good_as_nothing():
    actors = [{"id": "a", "label": "A", "role": None}]
    graph = map_graph(check_map({"format": "apprenance-map", "version": 1, "actors": actors, "name": None}))
    assert graph.nodes["a"] == {"type": "actor", "label": "A"}
    assert map_document(graph)["name"] == ""


def test_a_file_is_written_whole_and_not_over_another(tmp_path):
    path = tmp_path / "a.map.json"
    graph = map_graph(document())
    assert write_map(graph, path) == ()
    assert map_document(load_map(path))["actors"] == ACTORS
    with pytest.raises(Faults, match="file_exists"):
        write_map(graph, path)
    write_map(graph, path, force=True)
    assert [one.name for one in tmp_path.iterdir()] == ["a.map.json"]


def test_an_ending_nobody_knows_is_refused(tmp_path):
    with pytest.raises(Faults, match="map_ending_unknown"):
        write_map(map_graph(document()), tmp_path / "a.docx")
