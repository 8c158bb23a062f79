"""Responses go into a workspace and come out the same; who answered when, and with which token, is in none of it."""

import io
import secrets
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from assessment.example import load_example
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.workspace import (
    PracticeStore,
    Response,
    RoadmapStore,
    SettingsStore,
    UnitsStore,
    add_campaign,
    add_framework,
    add_responses,
    add_tokens,
    check_workspace,
    close_wave,
    count_tokens,
    forget_respondent,
    framework_of,
    list_campaigns,
    list_deliveries,
    list_practices,
    open_collection,
    open_workspace,
    receive,
    responses_of,
    verbatims_of,
)
from assessment.workspace.schema import RESPONSES, TOKENS

ID = "collectivite-apprenante"
KEYS = ["wave", "respondent"]
FRAMEWORK = """
id = "two"
version = "1"
languages = ["en"]
perspectives = ["reality", "vision"]
answer_scale = { low = 1, high = 5 }
[[dimension]]
id = "d"
name.en = "D"
[[item]]
id = "st_04"
dimension = "d"
text.en = "A"
[[item]]
id = "st_05"
dimension = "d"
text.en = "B"
"""


@pytest.fixture(scope="module")
def example():
    return load_example()


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A small instrument's file."""
    path = tmp_path_factory.mktemp("framework") / "two.toml"
    path.write_text(FRAMEWORK, "utf-8")
    return path


@pytest.fixture
def campaign(workspace, source):
    add_campaign(workspace, "2026", "Small", add_framework(workspace, source))
    return workspace


@pytest.fixture
def barometer(workspace):
    add_campaign(workspace, "2026", "Baromètre 2026", add_framework(workspace, ID))
    return workspace


@pytest.fixture(scope="module")
def table(source):
    """Give a function from a CSV to a responses table."""
    framework = load_framework(source)
    return lambda text: load_responses(io.BytesIO(text.encode()), framework)


def ordered(responses):
    return responses.sort_values([*KEYS, *responses.columns.drop(KEYS)], ignore_index=True)


def test_the_example_comes_out_as_it_went_in(barometer, example):
    received = add_responses(barometer, "2026", example.responses, example.verbatims, "valclair_responses.csv")
    assert (received.read, received.kept, received.duplicates) == (434, 434, 0)
    back = responses_of(barometer, "2026")
    pd.testing.assert_frame_equal(ordered(back), ordered(example.responses), check_like=True)
    assert list(back["respondent"]) != list(example.responses["respondent"])  # not the order of the file
    texts = verbatims_of(barometer, "2026")
    assert sorted(texts["text"]) == sorted(example.verbatims["text"])
    counts = example.responses["wave"].value_counts().to_dict()
    (told,) = list_campaigns(barometer)
    assert (told.name, told.framework, told.waves, told.closed) == ("Baromètre 2026", ID, counts, ())
    assert framework_of(barometer, "2026") == example.framework
    assert check_workspace(barometer) == ()


def test_the_same_file_twice_adds_nothing(barometer, example):
    add_responses(barometer, "2026", example.responses, example.verbatims, digest="abc")
    again = add_responses(barometer, "2026", example.responses, example.verbatims, digest="abc")
    assert (again.read, again.kept, again.duplicates) == (434, 0, 434)
    assert len(responses_of(barometer, "2026")) == 434
    assert len(verbatims_of(barometer, "2026")) == len(example.verbatims)


def test_a_file_that_has_grown_adds_what_is_new_and_says_what_differs(campaign, table):
    add_responses(campaign, "2026", table("respondent;wave;st_04.reality\na;1;2\nb;1;3\n"))
    received = add_responses(campaign, "2026", table("respondent;wave;st_04.reality\na;1;2\nb;1;5\nc;1;4\na;2;1\n"))
    assert (received.read, received.kept, received.duplicates, received.differing) == (4, 2, 2, 1)
    assert [one["kept"] for one in list_deliveries(campaign, "2026")] == [2, 2]
    kept = responses_of(campaign, "2026").set_index(KEYS)["st_04.reality"].to_dict()
    assert kept == {("1", "a"): 2, ("1", "b"): 3, ("1", "c"): 4, ("2", "a"): 1}


def test_respondents_without_a_name_are_distinct_people(campaign, table):
    for text in ("st_04.reality\n2\n2\n", "st_04.reality\n2\n3\n"):
        assert add_responses(campaign, "2026", table(text)).kept == 2
    assert sorted(responses_of(campaign, "2026")["st_04.reality"]) == [2, 2, 2, 3]


def test_deliveries_that_asked_different_things_come_out_as_one_table(campaign, table):
    add_responses(campaign, "2026", table("respondent;site;st_04.reality\na;Mairie;2\n"))
    add_responses(campaign, "2026", table("respondent;weight;st_05.reality\nb;1.25;na\n"))
    back = responses_of(campaign, "2026").set_index("respondent")
    assert back.loc["a", ["site", "st_04.reality", "st_05.reality"]].tolist() == ["Mairie", 2, 0]
    assert back.loc["b", ["site", "st_04.reality", "st_05.reality", "weight"]].tolist() == ["", 0, 255, 1.25]
    assert back["st_04.reality"].dtype == np.uint8


def test_a_wave_can_be_taken_alone_and_closed(campaign, refused, table):
    add_responses(campaign, "2026", table("respondent;wave;st_04.reality\na;1;2\na;2;3\n"))
    assert responses_of(campaign, "2026", ["2"])["st_04.reality"].tolist() == [3]
    close_wave(campaign, "2026", "1")
    assert list_campaigns(campaign)[0].closed == ("1",)
    with refused("wave_closed"):
        add_responses(campaign, "2026", table("respondent;wave;st_04.reality\nb;2;2\nb;1;2\n"))
    assert len(responses_of(campaign, "2026")) == 2
    forget_respondent(campaign, "2026", "nobody"), add_tokens(campaign, "2026", "1", 1)
    assert list_campaigns(campaign)[0].closed == ("1",)
    close_wave(campaign, "2026", "1", closed=False)
    assert add_responses(campaign, "2026", table("respondent;wave;st_04.reality\nb;1;2\n")).kept == 1


def test_answers_to_items_of_another_instrument_are_refused(campaign, refused):
    with refused("item_unknown"):
        add_responses(campaign, "2026", pd.DataFrame({"zz_01": np.array([1], dtype=np.uint8)}))


def test_a_person_can_be_forgotten(barometer, example):
    add_responses(barometer, "2026", example.responses, example.verbatims)
    one = example.verbatims["respondent"].iloc[0]
    assert forget_respondent(barometer, "2026", one) == (example.responses["respondent"] == one).sum()
    assert one not in set(responses_of(barometer, "2026")["respondent"]) | set(
        verbatims_of(barometer, "2026")["respondent"]
    )
    assert forget_respondent(barometer, "2026", "") == forget_respondent(barometer, "2026", "nobody") == 0


def test_what_was_forgotten_is_not_in_the_file_any_more(path, table, source):
    with open_workspace(path, create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, source))
        add_responses(workspace, "c", table("respondent;st_04.reality\nUNMISTAKABLE;2\nb;3\n"))
        assert b"UNMISTAKABLE" in path.read_bytes()
        forget_respondent(workspace, "c", "UNMISTAKABLE")
    assert b"UNMISTAKABLE" not in path.read_bytes()


def test_an_instrument_keeps_the_text_it_was_answered_by(workspace, tmp_path, refused):
    framework = add_framework(workspace, ID)
    assert add_framework(workspace, ID) == framework
    from assessment.framework.loading import HERE

    other = tmp_path / "other.toml"
    other.write_text((HERE / f"{ID}.toml").read_text("utf-8").replace("vision_cut = 65", "vision_cut = 60"), "utf-8")
    with refused("framework_changed"):
        add_framework(workspace, other)
    with refused("framework_absent"):
        add_campaign(workspace, "x", "X", replace(framework, version="9"))


@pytest.mark.parametrize("call", [responses_of, verbatims_of, framework_of])
def test_a_campaign_that_is_not_there_is_said_not_to_be(workspace, refused, call):
    with refused("campaign_absent"):
        call(workspace, "x")


def test_a_campaign_is_made_once_under_a_name(campaign, refused):
    with refused("campaign_exists"):
        add_campaign(campaign, "2026", "Again", framework_of(campaign, "2026"))
    with refused("document_name_wrong"):
        add_campaign(campaign, "", "Empty", framework_of(campaign, "2026"))


def test_responses_that_come_one_by_one_are_kept_once(campaign):
    collection = open_collection(campaign, "2026", ["st_04.reality", "st_05.reality"], ["site"])
    answers = {"st_05.reality": 255}
    one = Response(secrets.token_hex(16), answers, {"wave": "1", "role": "agent"}, {"site": "Mairie"}, {"q": "Oui."})
    assert [receive(campaign, collection, one), receive(campaign, collection, one)] == [True, False]
    (row,) = responses_of(campaign, "2026").to_dict("records")
    assert row == {"respondent": "", "unit": "", "role": "agent", "wave": "1", "form": "", "site": "Mairie"} | {
        "st_04.reality": 0,
        "st_05.reality": 255,
    }
    assert verbatims_of(campaign, "2026")["text"].tolist() == ["Oui."]
    assert list_campaigns(campaign)[0].waves == {"1": 1}


def test_a_token_opens_once_and_says_nothing_of_what_was_answered(campaign, refused):
    tokens = add_tokens(campaign, "2026", "1", 3, unit="voirie", role="agent")
    collection = open_collection(campaign, "2026", ["st_04.reality"])
    one = Response(secrets.token_hex(16), {"st_04.reality": 2}, {"wave": "1"})
    assert receive(campaign, collection, one, tokens[0].upper())
    assert not receive(campaign, collection, one, tokens[0])  # sent again: no harm
    with refused("token_used"):
        receive(campaign, collection, replace(one, id=secrets.token_hex(16)), tokens[0])
    with refused("token_unknown"):
        receive(campaign, collection, replace(one, id=secrets.token_hex(16)), "guessed")
    assert responses_of(campaign, "2026")[["unit", "role"]].values.tolist() == [["voirie", "agent"]]
    assert count_tokens(campaign, "2026").values.tolist() == [["1", "voirie", "agent", 3, 1]]
    with campaign.reading() as connection:
        kept = connection.execute(select(TOKENS)).fetchall() + connection.execute(select(RESPONSES)).fetchall()
    assert not any(token in repr(kept) for token in tokens)


def test_the_rows_of_responses_lie_in_no_order_that_tells_who_came_when(campaign, table):
    rows = "".join(f"r{n:03};{1 + n % 5}\n" for n in range(200))
    add_responses(campaign, "2026", table(f"respondent;st_04.reality\n{rows}"))
    order = list(responses_of(campaign, "2026")["respondent"])
    ranks = pd.Series([int(name[1:]) for name in order])
    assert abs(ranks.corr(pd.Series(range(200)))) < 0.4  # chance: sd 0.07


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
PEOPLE = st.lists(
    st.tuples(CELLS, CELLS, st.sampled_from([0, 1, 2, 3, 4, 5, 255]), st.floats(0.01, 100)), min_size=1, max_size=8
)


@given(PEOPLE)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_and_any_weight_come_out_as_they_went_in(campaign, people):
    names = [f"{secrets.token_hex(6)}{n}" for n in range(len(people))]
    unit, site, code, weight = zip(*people, strict=True)
    told = {"respondent": names, "unit": unit, "site": site}
    responses = pd.DataFrame(told, dtype="str").assign(
        weight=weight, **{"st_04.reality": np.array(code, dtype=np.uint8)}
    )
    assert add_responses(campaign, "2026", responses).kept == len(people)
    back = (
        responses_of(campaign, "2026").set_index("respondent").loc[names, ["unit", "site", "weight", "st_04.reality"]]
    )
    assert back.values.tolist() == [[a, b, w, c] for a, b, c, w in people]


def test_units_settings_sheets_and_roadmap_are_kept_with_their_history(workspace, example, refused, table):
    units = UnitsStore(workspace, "2026")
    assert units.table() is None
    units.keep(example.units)
    pd.testing.assert_frame_equal(units.table(), example.units)
    store = SettingsStore(workspace)
    store.save({"min_group": 12})
    assert store.release().min_group == 12
    for wrong, code in (
        ({"min_group": 4}, "min_group_too_small"),
        ({"min_group": True}, "type_wrong"),
        ([], "type_wrong"),
    ):
        with refused(code):
            store.save(wrong)
    sheet = PracticeStore(workspace, "pm_state_of_play")
    sheet.save({"facts": ["a"]})
    sheet.snapshot("Atelier 1")
    sheet.save({"facts": ["a", "b"]})
    assert sheet.at(sheet.snapshots()[0]["id"]) == {"facts": ["a"]}
    assert [one["id"] for one in list_practices(workspace)] == ["pm_state_of_play"]
    RoadmapStore(workspace).save({"steps": []})
    assert RoadmapStore(workspace).load() == {"steps": []}
