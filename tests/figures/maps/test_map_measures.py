"""Measures are those of the tables, and a hidden score stands nowhere."""

import json

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.figures.map_measures import MEASURES, map_measure, measure_offers
from assessment.framework import load_framework
from assessment.systems import score_leverage, score_positions
from assessment.texts import LANGUAGES

CANARY = 37.1234
EMPTY = nx.MultiDiGraph(name="", participants=[], loops=[])
WAYS = ("size", "colour")


def released(**scores):
    """Units' released scores; None is hidden, though the number is still in the column."""
    rows = [
        {"wave": "", "by": "unit", "group": unit, "dimension": "team_learning", "perspective": "reality"}
        | {"score": CANARY if score is None else score, "suppressed": score is None}
        | {"reason": "confidential" if score is None else None}
        for unit, score in scores.items()
    ]
    return pd.DataFrame(rows)


NAME = "score:team_learning:reality"


@pytest.mark.parametrize("as_", WAYS)
@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_of_the_example_holds_together(name, as_, valclair, check_reading):
    for language in LANGUAGES:
        reading = map_measure(valclair, name, as_, language)
        check_reading(reading, valclair)
        assert reading["table"]["rows"]


@pytest.mark.parametrize("as_", WAYS)
@settings(max_examples=6, deadline=None)
@given(data=st.data())
def test_any_map_has_every_measure(as_, any_map, check_reading, data):
    graph = data.draw(any_map)
    for name in MEASURES:
        check_reading(map_measure(graph, name, as_, "fr"), graph)


@pytest.mark.parametrize("name", [*MEASURES, NAME])
def test_an_empty_map_says_what_to_draw_first(name, check_reading):
    reading = map_measure(EMPTY, name, "size", "en", released(x=None))
    check_reading(reading, EMPTY)
    assert reading["paint"]["nodes"] == {}


def test_sizes_are_as_the_numbers(social):
    """On paper: a gives 2 and receives 0, b 1 and 1, c 0 and 2: 2, 2, 2; strength received 0, 1, 2."""
    graph = social([("a", "b"), ("a", "c"), ("b", "c")])
    alike = map_measure(graph, "degree", "size", "en")
    assert {one["size"] for one in alike["paint"]["nodes"].values()} == {1.0}
    assert alike["title"] == "Ties given and received: 2 everywhere"
    received = map_measure(graph, "in_strength", "size", "en")
    assert {node: one["size"] for node, one in received["paint"]["nodes"].items()} == {"a": 0.0, "b": 0.5, "c": 1.0}
    assert received["title"] == "Weight of ties received: C first (2.00)"
    assert received["table"]["rows"] == [["C", "2.00"], ["B", "1.00"], ["A", "0.00"]]


def test_colours_step_from_the_lowest_to_the_highest_with_a_badge_and_a_range(social):
    given_ = {"a": 0.0, "b": 0.19, "c": 0.2, "d": 0.5, "e": 1.0}
    graph = social([], influence=given_)
    graph.add_node("f", type="actor", label="F")
    reading = map_measure(graph, "influence", "colour", "en")
    paint = reading["paint"]["nodes"]
    assert [paint[node]["badge"] for node in "abcde"] == ["1", "1", "2", "3", "5"]
    assert [paint[node]["colour"] for node in "abcde"] == ["ramp-1", "ramp-1", "ramp-2", "ramp-3", "ramp-5"]
    assert paint["f"] == {"dim": True}
    assert [(one["label"], one.get("badge")) for one in reading["legend"]] == [
        ("1.00", "5"),
        ("0.50", "3"),
        ("0.20", "2"),
        ("0.00 to 0.19", "1"),
        ("pale: no number", None),
    ]
    assert "1\xa0element without a number." in reading["sentences"]
    assert reading["table"]["rows"][-1] == ["F", "no number"]


@pytest.mark.parametrize(
    ("name", "column"), [("betweenness", "betweenness"), ("closeness", "closeness"), ("eigenvector", "eigenvector")]
)
def test_positions_are_those_of_the_table(name, column, krackhardt):
    table = score_positions(krackhardt).set_index("id")[column]
    sizes = {node: one["size"] for node, one in map_measure(krackhardt, name, "size", "en")["paint"]["nodes"].items()}
    assert sizes == pytest.approx((table / table.max()).to_dict(), abs=1e-4)


def test_variables_are_measured_by_what_they_move(valclair):
    table = score_leverage(valclair).set_index("id")["indirect_influence"]
    paint = map_measure(valclair, "variable_influence", "size", "en")["paint"]["nodes"]
    assert {node: one["size"] for node, one in paint.items()} == pytest.approx(
        (table / table.max()).to_dict(), abs=1e-4
    )


# --- scores


@pytest.fixture
def four(social):
    return social([("a", "b")], unit={"a": "x", "b": "y", "c": "z", "d": "unknown"})


@pytest.mark.parametrize("as_", WAYS)
def test_a_hidden_score_stands_nowhere_and_is_told_as_hidden(as_, four, check_reading):
    for language in LANGUAGES:
        reading = map_measure(four, NAME, as_, language, released(x=40.0, y=None, z=80.0))
        check_reading(reading, four)
        text = json.dumps(reading)
        assert not any(digits in text for digits in ("37.1", "37,1", "0.3712", "37.12"))
        assert reading["paint"]["nodes"]["b"] == {"colour": "muted", "border": "dashed"}
        assert "d" not in reading["paint"]["nodes"]
        assert reading["table"]["rows"][-1][1] == {"fr": "non montré", "en": "not shown"}[language]
        assert any(one.get("pattern") == "dashed" for one in reading["legend"])


def test_another_hidden_score_leads_to_the_same_reading(four):
    one, other = released(x=40.0, y=None, z=80.0), released(x=40.0, y=None, z=80.0)
    other.loc[other["suppressed"], "score"] = 99.0
    assert map_measure(four, NAME, "colour", "en", one) == map_measure(four, NAME, "colour", "en", other)


def test_scores_lie_on_the_whole_scale(four):
    reading = map_measure(four, NAME, "colour", "en", released(x=40.0, y=59.0, z=100.0))
    assert [reading["paint"]["nodes"][node]["colour"] for node in "abc"] == ["ramp-3", "ramp-3", "ramp-5"]
    sized = map_measure(four, NAME, "size", "en", released(x=40.0, y=59.0, z=100.0))
    assert [sized["paint"]["nodes"][node]["size"] for node in "abc"] == [0.4, 0.59, 1.0]


def test_tensions_lie_around_nought(four):
    table = released(x=-20.0, y=60.0).rename(columns={"score": "tension"}).assign(perspective="tension")
    sized = map_measure(four, "score:team_learning:tension", "size", "en", table)
    assert [sized["paint"]["nodes"][node]["size"] for node in "ab"] == [0.4, 0.8]


def test_where_all_is_hidden_nothing_is_painted(four):
    reading = map_measure(four, NAME, "colour", "en", released(x=None, y=None))
    assert reading["paint"]["nodes"] == {}
    assert "no actor of the map" in reading["sentences"][0]


def test_unreleased_or_unknown_scores_are_refused(four):
    with pytest.raises(ValueError, match="released"):
        map_measure(four, NAME, "size", "en", released(x=1.0).drop(columns="suppressed"))
    for name, scores in ((NAME, None), ("score:other:reality", released(x=1.0)), ("nothing", None)):
        with pytest.raises(KeyError):
            map_measure(four, name, "size", "en", scores)


def test_the_offers_name_every_measure_and_the_scores_there_are():
    for language in LANGUAGES:
        offers = measure_offers(language, released(x=1.0, y=None), load_framework("collectivite-apprenante"))
        assert [one["value"] for one in offers] == [*MEASURES, NAME]
        assert all(set(one) == {"value", "label", "group"} for one in offers)
    assert offers[-1]["label"] == "Team learning (Reality)"
    assert measure_offers("en", released(x=1.0))[-1]["label"] == "team_learning (Reality)"
