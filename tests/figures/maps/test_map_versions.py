"""A participant's layer and the difference between two versions: what was drawn, by whom, and what changed."""

import copy

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.figures.map_differences import map_difference
from assessment.figures.map_layers import map_layer
from assessment.systems import map_document, map_graph
from assessment.systems.changes import compare_maps
from assessment.texts import LANGUAGES

EMPTY = {"format": "apprenance-map", "version": 1, "name": "", "actors": [], "variables": [], "ties": []}

# --- layers


def test_a_layer_is_what_one_drew_alone_or_with_others(causal, check_reading):
    graph = causal("a b + 0 p,q", "b c - 0 p", "c d + 0 q", "d a", people="pq")
    reading = map_layer(graph, "p", "en")
    check_reading(reading, graph)
    paint = reading["paint"]
    assert reading["title"] == "p drew 2\xa0ties"
    assert "That is 2 of the map’s 4\xa0ties." in reading["sentences"]
    assert (paint["ties"]["t0"].get("dash"), paint["ties"]["t1"]["dash"]) == (None, True)
    assert paint["ties"]["t2"] == paint["ties"]["t3"] == {"dim": True}
    assert paint["nodes"] == {"d": {"dim": True}}
    assert reading["table"]["rows"] == [["“A” → “B”", "+", "1"], ["“B” → “C”", "−", "0"]]
    assert reading["items"][0]["sentences"] == ["Drawn by q too."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_participant_of_the_example_has_a_layer(language, valclair, check_reading):
    for one in valclair.graph["participants"]:
        reading = map_layer(valclair, one["id"], language)
        check_reading(reading, valclair)
        drawn = {key for *_, key, drew in valclair.edges(keys=True, data="participants") if one["id"] in (drew or ())}
        assert {key for key, paint in reading["paint"]["ties"].items() if "dim" not in paint} == drawn


def test_who_drew_nothing_is_asked_to_draw(causal):
    assert "p has drawn nothing yet" in map_layer(causal("a b +", people="p"), "p", "en")["sentences"][0]


# --- differences


@pytest.fixture
def versions(causal):
    old = map_document(causal("a b +", "b c -", name="Eau"))
    new = copy.deepcopy(old)
    new["name"] = "Eau et sol"
    new["variables"] = [one for one in new["variables"] if one["id"] != "c"] + [{"id": "d", "label": "Pluie"}]
    new["variables"][0] |= {"label": "Effort", "x": 12}
    new["variables"][1] |= {"x": 40}
    new["ties"] = [new["ties"][0] | {"weight": 0.8, "polarity": "-"}, tie("t9", "d", "a")]
    old["ties"][0]["weight"] = 0.4
    return old, new


def tie(id_, source, target):
    return {"id": id_, "source": source, "target": target, "kind": "informs"}


def test_what_came_went_and_changed_is_told_and_painted(versions, check_reading):
    old, new = versions
    reading = map_difference(old, new, "en")
    check_reading(reading, map_graph(new))
    assert reading["title"] == "2\xa0additions, 2\xa0removals, 3\xa0changes"
    assert [one["title"] for one in reading["items"]] == [
        "Map, name: “Eau” → “Eau et sol”",
        "Variable removed: “C”",
        "Variable changed: “Effort”",
        "Variable added: “Pluie”",
        "Tie removed: “B” → “C”",
        "Tie changed: “Effort” → “B”",
        "Tie added: “Pluie” informs “Effort”",
    ]
    changed = next(one for one in reading["items"] if one["title"].startswith("Tie changed"))
    assert sorted(changed["sentences"]) == ["sign: + → −", "weight: 0.40 → 0.80"]
    assert (changed["nodes"], changed["ties"], changed["badge"]) == (["a", "b"], ["t0"], "~")
    assert "Only moved on the page: 1\xa0element." in reading["sentences"]
    assert {node: one["badge"] for node, one in reading["paint"]["nodes"].items()} == {"a": "~", "d": "+"}
    assert {key: one["badge"] for key, one in reading["paint"]["ties"].items()} == {"t0": "~", "t9": "+"}
    assert [(one["block"], one["values"]["id"]) for one in reading["ghosts"]] == [("variables", "c"), ("ties", "t1")]
    assert [one.get("badge") for one in reading["legend"]] == ["+", "~", "−"]


def test_values_are_told_as_people_read_them(causal):
    old = {**EMPTY, "actors": [{"id": "a", "label": "A"}], "participants": [{"id": "p"}]}
    new = {**old, "actors": [{"id": "a", "label": "A", "role": "elected", "influence": 1, "mine": True}]}
    new["loops"] = [{"id": "l", "name": "Tour", "nodes": ["a"], "kind": "balancing"}]
    new["participants"] = [{"id": "p", "unit": "x"}, {"id": "q"}]
    told = map_difference(old, new, "fr")
    flat = [text.replace("\u202f", "").replace("\xa0", " ") for one in told["items"] for text in one["sentences"]]
    assert flat == ["rôle : rien → élus", "influence : rien → 1", "mine : rien → oui", "service : rien → «x»"]
    assert [one["badge"] for one in told["items"]] == ["~", "+", "~", "+"]
    assert told["paint"]["nodes"] == {"a": {"colour": "caution", "badge": "~"}}


def test_two_versions_that_say_the_same_are_told_so(versions, check_reading):
    old, _ = versions
    reading = map_difference(old, copy.deepcopy(old), "en")
    check_reading(reading, map_graph(old))
    assert (reading["title"], reading["table"], reading["items"]) == ("Nothing has changed", None, [])


def test_elements_that_only_changed_places_are_no_change(versions):
    old, _ = versions
    other = old | {"variables": old["variables"][::-1]}
    assert map_difference(old, other, "en")["items"] == []


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_two_maps_have_a_difference(any_map, check_reading, data):
    old, new = (map_document(data.draw(any_map)) for _ in range(2))
    for language in LANGUAGES:
        reading = map_difference(old, new, language)
        check_reading(reading, map_graph(new))
        assert bool(reading["items"]) <= bool(compare_maps(old, new))
        gone = {one["id"] for one in old["ties"]} - {one["id"] for one in new["ties"]}
        assert {one["values"]["id"] for one in reading["ghosts"] if one["block"] == "ties"} == gone


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_map_has_layers(any_map, check_reading, data):
    graph = data.draw(any_map)
    for one in (*graph.graph["participants"], {"id": "nobody"}):
        check_reading(map_layer(graph, one["id"], "fr"), graph)


def test_an_empty_map_has_a_layer_too(check_reading):
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    check_reading(map_layer(graph, "p", "fr"), graph)
