"""The editor's list of loops says what the loops table says, soon enough to be asked after every edit."""

import json
import random
from functools import partial

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.figures.loop_list import MOST, map_loops
from assessment.systems import check_map, find_loops
from assessment.texts import LANGUAGES

GOES_ROUND = {"id": "l1", "name": "Essoufflement", "nodes": ["b", "a"], "kind": "balancing"}


def test_every_loop_has_its_badge_its_ties_in_order_and_its_sentence(causal):
    """On paper: a → b → a turns the change once (one minus): balancing; b → c → b never: reinforcing."""
    graph = causal("a b +", "b a -", "b c + 1", "c b +")
    told = map_loops(graph, "en")
    assert [(one["badge"], one["nodes"], one["ties"]) for one in told["loops"]] == [
        ("B1", ["a", "b"], ["t0", "t1"]),
        ("R2", ["b", "c"], ["t2", "t3"]),
    ]
    assert told["loops"][0]["title"] == "A → B"
    assert told["loops"][0]["sentence"] == (
        "When “A” goes up, “B” goes up, then “A” goes down: the loop holds any change back."
    )
    assert [one["delayed"] for one in told["loops"]] == [False, True]
    assert (told["note"], told["count"]) == (None, 2)


def test_parallel_links_all_carry_the_loop_and_a_dispute_is_told(causal):
    graph = causal("a b + 0 p1", "b a +", "a b - 0 p2", people=["p1", "p2"])
    (loop,) = map_loops(graph, "fr")["loops"]
    assert (loop["ties"], loop["badge"], loop["kind"], loop["uncertain"]) == (["t0", "t2", "t1"], "?1", None, True)
    assert "ne voient pas tous" in loop["sentence"]


def test_a_loop_people_named_bears_its_name_and_says_its_sentence_without_it(causal):
    told = map_loops(causal("a b +", "b a -", loops=[GOES_ROUND]), "fr")
    assert told["loops"][0]["title"] == "Essoufflement"
    assert told["loops"][0]["sentence"].startswith("Quand")
    assert told["note"] is None


def test_a_named_loop_that_no_longer_holds_is_told(causal):
    told = map_loops(causal("a b +", "c a -", loops=[GOES_ROUND]), "en")
    assert told["loops"] == []
    assert "No loop: nothing on this map" in told["note"]
    assert "“Essoufflement” is no loop: a link from “B” to “A” is missing." in told["note"]


def test_many_named_loops_that_do_not_hold_do_not_fill_the_page(causal):
    named = [{"id": f"l{one}", "name": f"Loop {one}", "nodes": ["a", "b"], "kind": "balancing"} for one in range(9)]
    note = map_loops(causal("a b +", "b c -", loops=named), "en")["note"]
    assert note.count("is no loop") == 3
    assert note.endswith("… and 6 more.")


def test_a_map_without_links_says_so():
    told = map_loops(nx.MultiDiGraph(name="", participants=[], loops=[]), "en")
    assert told == {"loops": [], "note": "There is no causal link on this map, so there is no loop.", "count": 0}


def test_where_there_are_too_many_the_shortest_are_given_and_a_long_named_one_with_them(causal):
    """Everything acts on everything among 12: 66 loops of two, 440 of three, far more in all."""
    names = "abcdefghijkl"
    lines = [f"{one} {other} +" for one in names for other in names if one != other]
    told = map_loops(causal(*lines, loops=[{"id": "l", "name": "Tour", "nodes": list(names)}]), "en")
    assert told["count"] == MOST + 1
    assert (told["loops"][0]["title"], len(told["loops"][0]["ties"])) == ("Tour", 12)
    assert [len(one["nodes"]) for one in told["loops"][1:]] == [2] * 66 + [3] * (MOST - 66)
    assert "all those of at most 2 elements" in told["note"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_has_the_loops_of_the_table(valclair, language):
    table, told = find_loops(valclair), map_loops(valclair, language)
    assert [one["loop"] for one in told["loops"]] == table["loop"].tolist()
    assert [tuple(one["nodes"]) for one in told["loops"]] == table["nodes"].tolist()
    assert [one["kind"] for one in told["loops"]] == table["kind"].tolist()
    assert [one["title"] for one in told["loops"]][:6].count("On fait trancher") == 1
    for one in told["loops"]:
        ends = [valclair_tie(valclair, key) for key in one["ties"]]
        assert list(dict.fromkeys(source for source, _ in ends)) == one["nodes"]


def valclair_tie(graph, key):
    return next((source, target) for source, target, one in graph.edges(keys=True) if one == key)


def test_twice_the_map_asks_no_more_than_some_times_the_work(calls_of):
    small, large = dense(30, 60), dense(60, 120)
    told = [max(1, len(map_loops(graph, "fr")["loops"])) for graph in (small, large)]
    work = [calls_of(partial(map_loops, graph, "fr")) for graph in (small, large)]
    assert work[1] / work[0] < 6 * told[1] / told[0]


def dense(size, links):
    random_ = random.Random(1)
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.add_nodes_from((f"v{one}" for one in range(size)), type="variable", label="Une variable au nom assez long")
    for number in range(links):
        source, target = random_.sample(list(graph), 2)
        graph.add_edge(source, target, f"t{number}", kind="causes", polarity=random_.choice("+-"))
    return graph


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_any_map_has_an_answer(any_map, data):
    graph = data.draw(any_map)
    check_map(graph)
    for language in LANGUAGES:
        told = map_loops(graph, language)
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        ties = {key: (source, target) for source, target, key in graph.edges(keys=True)}
        for one in told["loops"]:
            pairs = dict.fromkeys(ties[key] for key in one["ties"])
            assert list(pairs) == list(zip(one["nodes"], [*one["nodes"][1:], one["nodes"][0]], strict=True))


def test_one_published_diagram_in_three_formats_has_the_same_loop(real):
    """Alternet's diagram holds one loop, balancing, as its authors say (README of the maps)."""
    names = ("alternet_kumu.json", "alternet_stella_cld.stmx", "alternet_decision_explorer.mdx")
    told = [map_loops(real(name), "en") for name in names]
    assert [one["badge"] for each in told for one in each["loops"]] == ["B1"] * 3
    assert len({one["title"].replace("_", " ") for each in told for one in each["loops"]}) == 1
