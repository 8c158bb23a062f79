"""Maps to begin with hold, say the same in both languages, tell their stories, and lie clear on the page."""

import itertools
import json
import re

import pytest

from assessment.faults import Faults
from assessment.systems import (
    check_declared,
    check_map,
    find_archetypes,
    find_loops,
    map_document,
    start_map,
    start_names,
)
from assessment.systems.archetypes import templates
from assessment.systems.starts import TEMPLATES, start_groups, start_title
from assessment.texts import LANGUAGES

WIDE, HIGH = 150, 75
"""Pixels between two neighbours, one way or the other: a label of three lines fits between."""

each_start = pytest.mark.parametrize("name", start_names())
each_template = pytest.mark.parametrize("name", TEMPLATES)


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@each_start
def test_it_holds_and_is_named(name, language):
    graph = check_map(start_map(name, language))
    assert graph.graph["name"] == start_title(name, language)
    json.dumps(map_document(graph))


def bare(name, language):
    """A map without its words."""
    graph = start_map(name, language)
    nodes = {node: {**data, "label": "", "unit": ""} for node, data in graph.nodes(data=True)}
    loops = [{**loop, "name": ""} for loop in graph.graph["loops"]]
    return nodes, sorted(graph.edges(keys=True, data=True), key=lambda tie: tie[2]), loops


@each_start
def test_it_says_the_same_in_both_languages_with_other_words(name):
    assert bare(name, "fr") == bare(name, "en")
    assert start_map(name, "fr").graph["name"] != start_map(name, "en").graph["name"]


@each_start
def test_each_time_it_is_a_map_of_its_own(name):
    graph = start_map(name, "fr")
    for node in graph:
        graph.nodes[node]["label"] = "autre"
    graph.graph["loops"].append({"id": "x"})
    assert bare(name, "fr")[2] == bare(name, "en")[2]
    assert "autre" not in {label for _, label in start_map(name, "fr").nodes(data="label")}


@each_start
def test_its_labels_are_words_of_their_language(name, language):
    graph = start_map(name, language)
    words = [graph.graph["name"], *(label for _, label in graph.nodes(data="label"))]
    words += [loop["name"] for loop in graph.graph["loops"]]
    for text in words:
        assert 0 < len(text) <= 70, text
        assert text == text.strip()
        assert not re.search(r"[_'\"]|\s{2}", text), text
        assert language == "fr" or not re.search("[«»à-ÿ]", text), text


@each_start
def test_it_has_loops_and_every_causal_link_a_sign(name):
    graph = start_map(name, "fr")
    assert len(find_loops(graph)) >= 1
    causal = [data for _, _, data in graph.edges(data=True) if data["kind"] == "causes"]
    assert {data["polarity"] for data in causal} == {"+", "-"}


@each_start
def test_everything_has_its_place_and_none_lies_on_another(name):
    places = [(data["x"], data["y"]) for _, data in start_map(name, "fr").nodes(data=True)]
    for (x, y), (other_x, other_y) in itertools.combinations(places, 2):
        assert abs(x - other_x) >= WIDE or abs(y - other_y) >= HIGH, ((x, y), (other_x, other_y))


@pytest.mark.parametrize("name", templates())
def test_an_archetype_is_recognised(name):
    assert name in set(find_archetypes(start_map(name, "fr"))["archetype"])


STORIES = {
    "political_project": "limits_to_growth",
    "service_reorganisation": "shifting_the_burden",
    "participatory_budget": "success_to_the_successful",
}


@each_template
def test_a_template_tells_the_story_it_was_written_for(name):
    assert STORIES[name] in set(find_archetypes(start_map(name, "fr"))["archetype"])


@each_template
def test_a_template_is_a_map_for_a_first_hour(name):
    document = map_document(start_map(name, "fr"))
    assert 8 <= len(document["actors"]) <= 16
    assert 8 <= len(document["variables"]) <= 16
    assert any(tie.get("delay") for tie in document["ties"])
    assert {tie["kind"] for tie in document["ties"]} >= {"causes", "informs", "coordinates", "reports_to"}
    assert len({actor["role"] for actor in document["actors"]}) >= 4


@each_template
def test_the_loops_a_template_names_are_there_and_of_their_kind(name):
    found = check_declared(start_map(name, "fr"))
    assert len(found) >= 4
    assert found["holds"].all()


@each_template
def test_everybody_in_a_template_is_tied_to_somebody(name):
    graph = start_map(name, "fr")
    assert [node for node in graph if graph.degree(node) == 0] == []


def test_a_map_that_is_not_there_is_said_to_be_and_the_others_named():
    with pytest.raises(Faults) as raised:
        start_map("../archetypes", "fr")
    (fault,) = raised.value.faults
    assert fault.code == "start_unknown"
    assert "political_project" in fault.values["allowed"]


def test_the_groups_hold_all_names_once():
    assert [name for names in start_groups().values() for name in names] == list(start_names())
    assert len(set(start_names())) == len(start_names())
