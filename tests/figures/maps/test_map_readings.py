"""Readings say what the tables say, tell every colour in the legend, and say what to draw first where there is none."""

from importlib import import_module
from itertools import permutations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import figures
from assessment.figures.map_overlay import Telling, item, legend_entry, letter, overlay
from assessment.figures.map_readings import READINGS, map_reading, reading_offers
from assessment.systems import (
    check_map,
    compare_communities,
    find_archetypes,
    find_communities,
    merge_maps,
    score_brokerage,
    score_contacts,
    score_leverage,
    score_positions,
    score_silos,
    template_map,
)
from assessment.texts import LANGUAGES

EMPTY = nx.MultiDiGraph(name="", participants=[], loops=[])


def told(reading):
    return " ".join([reading["title"], *reading["sentences"]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", READINGS)
def test_readings_of_the_example_hold_together(name, language, valclair, check_reading):
    reading = map_reading(valclair, name, language)
    check_reading(reading, valclair)
    assert reading["name"] == name
    assert reading["table"]["rows"]
    assert reading["items"]


@pytest.mark.parametrize("name", ["silos", "brokers", "communities"])
def test_readings_of_krackhardts_managers_hold_together(name, krackhardt, check_reading):
    check_reading(map_reading(krackhardt, name, "en"), krackhardt)


@pytest.mark.parametrize("name", READINGS)
def test_an_empty_map_says_what_to_draw_first(name, check_reading):
    for language in LANGUAGES:
        reading = map_reading(EMPTY, name, language)
        check_reading(reading, EMPTY)
        assert reading["paint"] == {"nodes": {}, "ties": {}}
        assert (reading["table"], reading["legend"], reading["items"]) == (None, [], [])


@settings(max_examples=15, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("name", READINGS)
def test_any_map_has_every_reading(name, any_map, check_reading, data):
    graph = data.draw(any_map)
    check_map(graph)
    for language in LANGUAGES:
        check_reading(map_reading(graph, name, language), graph)


def test_the_offers_are_the_readings():
    for language in LANGUAGES:
        assert [one["value"] for one in reading_offers(language)] == list(READINGS)
    with pytest.raises(KeyError):
        map_reading(EMPTY, "nothing", "fr")


# --- silos


@pytest.fixture
def two_units(social):
    """On paper: a ⇄ b inside x, c → d inside y, a → c between; e is alone in its unit."""
    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("a", "c"), ("e", "a")]
    return social(pairs, unit={"a": "x", "b": "x", "c": "y", "d": "y", "e": "alone"})


def test_silos_count_what_stays_inside_and_what_leaves(two_units, check_reading):
    """E-I of 3 inside, 1 outside: −0.5; by chance, 2 of 6 pairs inside: 1 − 2/3 = 0.33."""
    reading = map_reading(two_units, "silos", "en")
    check_reading(reading, two_units)
    assert "4\xa0ties between 4\xa0actors: 3 inside one group, 1 between groups (units)." in told(reading)
    assert ": −0.50; chance would give +0.33 (p = " in told(reading)
    assert "4\xa0ties only" in told(reading)
    paint = reading["paint"]
    assert {node: one.get("badge") for node, one in paint["nodes"].items()} == {
        "a": "in",
        "b": "in",
        "c": "=",
        "d": "in",
        "e": None,
    }
    assert paint["nodes"]["e"]["border"] == "dashed"
    assert [key for key, one in paint["ties"].items() if one.get("dash")] == ["t0", "t1", "t2"]
    assert "t4" not in paint["ties"], "a tie with an actor that is left out is not compared"
    assert reading["table"]["rows"][0] == ["A", "x", "2", "1", "−0.33", "mostly ties inside the group"]
    assert reading["items"][0]["sentences"] == ["2\xa0actors, 2\xa0ties among them, 1 with other groups."]


def test_silos_say_what_the_table_says_of_krackhardts_managers(krackhardt):
    row = score_silos(krackhardt, ["unit"]).iloc[0]
    reading = map_reading(krackhardt, "silos", "en")
    for number in (f"{row['ties']}", f"{row['internal']} inside", f"{row['external']} between", "+0.46", "+0.51"):
        assert number in told(reading)
    assert f"p = {row['p_value']:.3f}" in told(reading)
    contacts = score_contacts(krackhardt).set_index("id")
    assert [int(cells[2]) for cells in reading["table"]["rows"]] == contacts["internal"].tolist()
    outward = {node for node, one in reading["paint"]["nodes"].items() if one.get("badge") == "out"}
    assert outward == set(contacts.index[contacts["ei_index"] > 0])


def test_silos_take_roles_where_units_cannot_be_tested_and_unit_names_where_they_are_given(valclair, two_units):
    assert map_reading(valclair, "silos", "fr")["title"].startswith("Rôles\xa0: plus tournés vers l’intérieur")
    named = map_reading(two_units, "silos", "fr", unit_names={"x": "Voirie"})
    assert named["items"][0]["title"] == "Voirie"


def test_a_silo_is_told_as_no_fault(valclair):
    assert "n’est pas un défaut" in told(map_reading(valclair, "silos", "fr"))


def test_two_groups_without_a_tie_are_an_item_with_who_could_bridge_them(social):
    """Ties expected between x and y: 2 · 2 · 2 pairs · 6 ties/(5 · 4) = 2.4."""
    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("a", "m"), ("m", "c")]
    graph = social(pairs, unit={"a": "x", "b": "x", "c": "y", "d": "y"})
    gap = map_reading(graph, "silos", "en")["items"][-1]
    assert gap["title"] == "x – y (through M)"
    assert gap["nodes"] == ["a", "b", "c", "d", "m"]
    assert "where 2.4 would be expected" in gap["sentences"][0]


def test_without_groups_or_relations_the_silo_reading_says_which_is_missing(social):
    no_units = map_reading(social([("a", "b")]), "silos", "en")
    assert "Give actors their unit" in told(no_units)
    no_ties = map_reading(social([], unit={"a": "x", "b": "x", "c": "y", "d": "y"}), "silos", "en")
    assert "Draw relations between actors first" in told(no_ties)


# --- brokers


def test_brokers_by_hand(social, check_reading):
    """On paper: a → b → c, b of another unit than a and c: b is an itinerant once; betweenness 1 of 2 pairs."""
    graph = social([("a", "b"), ("b", "c")], unit={"a": "x", "b": "y", "c": "x"})
    reading = map_reading(graph, "brokers", "en")
    check_reading(reading, graph)
    assert reading["title"].startswith("“B” passes most between units")
    assert reading["paint"]["nodes"] == {
        "a": {"dim": True},
        "b": {"size": 1.0, "border": "double", "colour": "category-4", "badge": "I"},
        "c": {"dim": True},
    }
    assert reading["table"]["rows"][0] == ["B", "y", "0", "0", "0", "1", "0", "50.0%", "Itinerant"]
    assert reading["items"][0]["sentences"][0] == "Pairs joined: Itinerant (1)."


def test_brokers_say_what_the_tables_say(krackhardt):
    reading = map_reading(krackhardt, "brokers", "en")
    table = score_brokerage(krackhardt).set_index("id")
    across = (table["brokerage"] - table["coordinator"]).sort_values(ascending=False)
    assert f"{across.index[0]} ({across.iloc[0]})" in told(reading)
    between = score_positions(krackhardt).set_index("id")["betweenness"]
    sizes = {node: one.get("size", 0) for node, one in reading["paint"]["nodes"].items()}
    for node, size in sizes.items():
        assert size == pytest.approx(between[node] / between.max(), abs=1e-4)
    assert sum(one.get("border") == "double" for one in reading["paint"]["nodes"].values()) == 3


def test_brokers_where_nobody_names_a_group(social, check_reading):
    graph = social([("a", "b"), ("b", "c")])
    reading = map_reading(graph, "brokers", "en")
    check_reading(reading, graph)
    assert reading["title"] == "“B” is most often on the way between two others"
    assert "neither units nor roles" in told(reading)


def test_nobody_stands_between_two(social):
    assert map_reading(social([("a", "b")]), "brokers", "en")["title"] == "Nobody is on the way between two others"


# --- communities


def test_communities_are_those_of_the_table_with_a_letter_each(social, check_reading):
    triples = [(f"{unit}{one}", f"{unit}{two}") for unit in "abcdefgh" for one, two in permutations("123", 2)]
    graph = social([*triples, ("a1", "b1")], unit={node: node[0] for pair in triples for node in pair} | {"z": "z"})
    reading = map_reading(graph, "communities", "en")
    check_reading(reading, graph)
    table = find_communities(graph).set_index("id")
    for node, one in reading["paint"]["nodes"].items():
        alone = table.loc[node, "size"] == 1
        assert one.get("badge") == (None if alone else letter(table.loc[node, "community"] - 1))
    assert reading["paint"]["nodes"]["g1"]["colour"] == reading["paint"]["nodes"]["a1"]["colour"], "six colours"
    assert reading["paint"]["ties"] == {"t48": {"colour": "muted", "dash": True}}
    assert reading["title"] == "The ties make 8\xa0groups that closely follow the units"
    assert "1\xa0actor without any tie" in told(reading)


def test_units_of_one_actor_are_nothing_to_follow(valclair):
    assert map_reading(valclair, "communities", "en")["title"].endswith("hardly follow the roles")


def test_krackhardts_communities_follow_the_departments_in_part(krackhardt):
    """The adjusted Rand index of the table, told beside, is 0.59."""
    row = compare_communities(krackhardt, ["unit"]).iloc[0]
    reading = map_reading(krackhardt, "communities", "en")
    assert f"units {row['adjusted_rand']:.2f}" in told(reading)
    assert reading["title"].endswith("that follow the units in part")


# --- MICMAC


def test_micmac_by_hand(causal, check_reading):
    """On paper: a → b → c: a moves (1 + ½ · 1), c is moved, b both at the mean: neither above it."""
    graph = causal("a b +", "b c +")
    reading = map_reading(graph, "micmac", "en")
    check_reading(reading, graph)
    assert reading["title"] == "“A” moves the rest of the map most"
    table = score_leverage(graph).set_index("id")["indirect_quadrant"]
    badges = {"driver": "⇒", "relay": "⇔", "outcome": "⇐", "autonomous": "○"}
    assert {node: one["badge"] for node, one in reading["paint"]["nodes"].items()} == table.map(badges).to_dict()
    assert table.to_dict() == {"a": "driver", "b": "relay", "c": "outcome"}
    assert reading["table"]["rows"][0] == ["A", "1.0", "0.0", "1.5", "0.0", "1", "driver"]
    assert "3\xa0elements only" in told(reading)


def test_elements_that_move_alike_are_named_together(causal):
    title = map_reading(causal("a b +", "b a -"), "micmac", "en")["title"]
    assert title == "These move the rest of the map alike: A, B"


def test_a_link_to_oneself_moves_nothing_else(causal):
    assert "do not yet join one element to another" in told(map_reading(causal("a a +"), "micmac", "en"))


# --- archetypes


@pytest.mark.parametrize("archetype", ["fixes_that_fail", "limits_to_growth", "shifting_the_burden"])
def test_an_archetype_is_told_with_its_leverage_and_its_question(archetype, check_reading):
    graph = template_map(archetype)
    reading = map_reading(graph, "archetypes", "en")
    check_reading(reading, graph)
    table = find_archetypes(graph)
    assert [one["badge"] for one in reading["items"]] == [str(rank) for rank in table["rank"]]
    assert set(reading["items"][0]["nodes"]) >= {node for nodes in table["roles"].iloc[0].values() for node in nodes}
    assert [text.split(":")[0] for text in reading["items"][0]["sentences"]][-2:] == ["Leverage", "Question"]
    assert set(reading["paint"]["nodes"]) == {node for one in reading["items"] for node in one["nodes"]}


def test_what_plays_in_several_stories_says_so(check_reading):
    graph = nx.compose(template_map("fixes_that_fail"), nx.MultiDiGraph())
    other = nx.relabel_nodes(template_map("limits_to_growth"), {"effort": "probleme"})
    graph.add_nodes_from(other.nodes(data=True))
    graph.add_edges_from((s, t, f"other {key}", tie) for s, t, key, tie in other.edges(keys=True, data=True))
    graph.graph |= {"participants": [], "loops": []}
    reading = map_reading(graph, "archetypes", "en")
    check_reading(reading, graph)
    shared = reading["paint"]["nodes"]["probleme"]
    assert (shared["badge"], shared["border"]) == ("1 · 2", "double")


def test_loops_without_a_story_and_links_without_a_loop_say_so(causal):
    assert map_reading(causal("a b +", "b a +"), "archetypes", "en")["title"] == "No old story in these loops"
    assert "No loop: nothing on this map comes back" in told(map_reading(causal("a b +"), "archetypes", "en"))


# --- consensus


def test_consensus_by_hand(causal, check_reading):
    """Three people; a → b by all, with two signs; b → c by one; c → a by two of three."""
    lines = ["a b + 0 p,q", "a b - 0 r", "b c + 0 p", "c a + 0 q,r", "a c +"]
    graph = causal(*lines, people="pqr")
    reading = map_reading(graph, "consensus", "en")
    check_reading(reading, graph)
    assert reading["title"] == "3\xa0ties: 1\xa0drawn by all, 1\xa0disagreement on the sign"
    paint = reading["paint"]["ties"]
    assert paint["t0"] == paint["t1"] == {"colour": "negative", "width": 1.0, "badge": "±"}
    assert (paint["t2"]["dash"], paint["t2"]["colour"]) == (True, "category-3")
    assert paint["t3"]["width"] == pytest.approx(0.15 + 0.85 * 2 / 3, abs=1e-4)
    assert paint["t4"] == {"dim": True}
    assert reading["table"]["rows"][0] == [
        "“A” → “B”",
        "3",
        "100%",
        "2",
        "1",
        "0",
        "drawn by all; disagreement on the sign",
    ]
    assert [one["title"] for one in reading["items"]] == ["“A” → “B”", "Only p"]
    assert "1\xa0tie with no participant named" in told(reading)


def test_consensus_of_the_example_is_the_tables(valclair):
    reading, table = map_reading(valclair, "consensus", "en"), merge_maps(valclair)
    assert len(reading["table"]["rows"]) == len(table)
    dashed = {key for key, one in reading["paint"]["ties"].items() if one.get("dash")}
    alone = set(map(tuple, table.loc[table["standing"] == "one", ["source", "target", "kind"]].values))
    assert dashed == {key for s, t, key, kind in valclair.edges(keys=True, data="kind") if (s, t, kind) in alone}


def test_one_participant_alone_has_nobody_to_agree_with(causal):
    assert "a second one is needed" in told(map_reading(causal("a b + 0 p", people="p"), "consensus", "en"))


# --- what readings are made of


def test_a_legend_tells_only_what_is_painted():
    entries = [legend_entry("here", "accent", badge="A"), legend_entry("not here", "muted", badge="B")]
    reading = overlay("x", "t", ["s"], legend=entries, nodes={1: {"colour": "accent", "badge": "A · C"}})
    assert [one["label"] for one in reading["legend"]] == ["here"]


def test_an_item_leaves_empty_sentences_out():
    assert item("t", ["", "a"], [1])["sentences"] == ["a"]


def test_a_count_of_none_has_its_word():
    assert Telling(EMPTY, "en").count("count_conflicts", 0) == "no\xa0disagreement on the sign"
    assert Telling(EMPTY, "en").count("count_ties", 0) == "0\xa0ties"


def test_every_name_of_the_house_is_a_function_whatever_was_imported_before():
    for module in figures.HOUSE:
        import_module(f"assessment.figures.{module}")
    assert [name for name in figures.__all__ if not callable(getattr(figures, name))] == []
