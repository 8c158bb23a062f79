"""A scenario says what the simulation says, in few words, and what it is not."""

import json

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.figures.map_scenarios import map_scenario
from assessment.systems import compare_scenario, simulate_map
from assessment.texts import LANGUAGES


def test_trajectories_begin_where_the_map_rests_and_end_where_the_table_says(valclair):
    push, hold = {"groupes": 0.5}, {"temps_prevu": 0.9}
    told = map_scenario(valclair, push, hold, 60, "en")
    table = compare_scenario(valclair, hold, push, draws=0).set_index("id")
    assert [one["id"] for one in told["concepts"]] == table.index.tolist()
    for one in told["concepts"]:
        row = table.loc[one["id"]]
        assert one["difference"] == row["difference"]
        assert one["baseline"] == pytest.approx([row["baseline"]] * 61, abs=1e-6)
        assert (len(one["scenario"]), one["scenario"][-1]) == (61, pytest.approx(row["scenario"], abs=1e-6))
        start = row["baseline"] if one["id"] != "temps_prevu" else 0.9
        assert one["scenario"][0] == pytest.approx(start, abs=1e-6)


def test_a_run_is_that_of_the_simulation(causal):
    graph = causal("a b +", "b c -")
    told = map_scenario(graph, {}, {"a": 1}, 5, "en")
    rest = compare_scenario(graph, draws=0).set_index("id")["baseline"].to_dict()
    states = simulate_map(graph, rest, {"a": 1}).pivot(index="step", columns="id", values="value")
    for one in told["concepts"]:
        assert one["scenario"] == pytest.approx(states[one["id"]].iloc[:6].tolist(), abs=1e-6)


def test_what_rises_and_what_falls_is_told_in_one_sentence(causal):
    told = map_scenario(causal("a b +", "a c -", "d d +"), {"a": 1}, {}, 40, "en")
    assert told["sentence"] == "If “A” is pushed up, then by this map: “B” rises; “C” falls."
    sentences = {one["id"]: one["sentence"] for one in told["concepts"]}
    assert sentences["a"].startswith("“A” is pushed up: +0.")
    assert sentences["b"].startswith("“B” rises (+0.")
    assert sentences["c"].startswith("“C” falls (−0.")
    assert sentences["d"] == "“D” hardly moves (0.00)."


def test_what_is_held_is_said_to_be(causal):
    both = map_scenario(causal("a b +", "c b +"), {"c": -1}, {"a": 0.25}, 40, "en")["sentence"]
    assert both.startswith("If “A” is held at 0.25 and “C” is pushed down, then")
    told = map_scenario(causal("a b +"), {}, {"a": 0.25}, 40, "fr")
    assert told["sentence"].replace("\u202f", "").startswith("Si on maintient «A» à 0,25, alors d’après cette carte")
    assert told["concepts"][0]["sentence"].startswith("On maintient")


def test_nothing_pushed_and_nothing_moved_have_their_sentence(causal):
    graph = causal("a b +")
    assert map_scenario(graph, {}, {}, 5, "en")["sentence"].startswith("Nothing is pushed or held")
    assert map_scenario(graph, {"b": 1}, {}, 5, "en")["sentence"].endswith("nothing else really moves, by this map.")


def test_the_note_says_what_such_a_run_is_and_leaves_out(causal):
    note = map_scenario(causal("a b +", "b c", "c a + 2"), {"a": 1}, {}, 40, "en")["note"]
    assert note.startswith("This is no forecast")
    assert "without effect here: 1\xa0link." in note
    assert "delays drawn do not count" in note
    assert "not settled by the last step shown" in map_scenario(causal("a b +"), {"a": 1}, {}, 1, "en")["note"]


def test_without_links_it_says_what_to_draw():
    told = map_scenario(nx.MultiDiGraph(name="", participants=[], loops=[]), {"a": 1}, {}, 5, "en")
    assert told["concepts"] == []
    assert "Draw causal links between variables first" in told["sentence"]


def test_its_work_grows_with_the_map_and_the_steps_and_no_faster(causal, calls_of):
    def work(size, steps):
        lines = [f"v{one} v{(one * 7 + step) % size} {'+-'[one % 2]}" for one in range(size) for step in (1, 4)]
        graph = causal(*lines)
        return calls_of(lambda: map_scenario(graph, {"v1": 1}, {"v2": 0}, steps, "fr"))

    assert work(30, 40) < 4 * work(15, 40)
    assert work(15, 40) < 3 * work(15, 20)


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_any_map_has_a_scenario(any_map, data):
    graph = data.draw(any_map)
    ids = st.sampled_from([*graph, "elsewhere"])
    push = data.draw(st.dictionaries(ids, st.floats(-1, 1), max_size=2))
    hold = data.draw(st.dictionaries(ids, st.floats(0, 1), max_size=2))
    for language in LANGUAGES:
        told = map_scenario(graph, push, hold, 7, language)
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert all(len(one["baseline"]) == len(one["scenario"]) == 8 for one in told["concepts"])
        assert all(0 <= value <= 1 for one in told["concepts"] for value in (*one["baseline"], *one["scenario"]))
