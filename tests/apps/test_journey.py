"""The journey follows what was done: two ways to begin, a further wave a year later, nobody sent back."""

from dataclasses import replace

import pytest

from assessment.apps import home_page, journey, keeping
from assessment.apps.contents import Contents, look_into
from assessment.apps.home_page import write_home
from assessment.apps.journey import SURVEY, TOOLS, WORKSHOP, Tool, is_passed, on_path, states
from assessment.apps.whereabouts import Standing
from assessment.faults import Faults
from assessment.workspace import (
    Campaign,
    add_campaign,
    add_framework,
    measure_campaign,
    open_wave,
    open_workspace,
)

FRAMING = Tool("framing", "1.ipynb", lambda held: "framing" in held.practices, {SURVEY: 1, WORKSHOP: 2})
QUESTIONNAIRE = Tool(
    "questionnaire", "2.ipynb", journey.is_answered, {SURVEY: 2, WORKSHOP: 3}, was_used=journey.was_answered
)
MAP = ({"actors": 3},)


@pytest.fixture(autouse=True)
def whole(monkeypatch):
    """Take all five tools, those of other pages as they stand in the journey."""
    own = [tool for tool in TOOLS if tool.id not in ("framing", "questionnaire")]
    every = (FRAMING, QUESTIONNAIRE, *own)
    monkeypatch.setattr(journey, "TOOLS", every)
    monkeypatch.setattr(home_page, "TOOLS", every)
    return {tool.id: tool for tool in every}


def campaign(told=(), **waves):
    """A campaign's contents: responses in each wave."""
    names = {name.removeprefix("w"): count for name, count in waves.items()}
    return Contents(
        campaigns=(Campaign("c", "Diagnostic", "f", "1", "2025-01-01T00:00:00Z", names),),
        releases=len(told),
        told=frozenset(told),
    )


def following(held):
    """Name what comes next."""
    return next((id_ for id_, state in states(held).items() if state == "next"), None)


def test_the_survey_goes_from_the_framing_to_the_map():
    assert [tool.id for tool in on_path(SURVEY)] == ["framing", "questionnaire", "entry", "diagnostic", "actors_map"]


def test_the_workshop_begins_with_the_map():
    assert [tool.id for tool in on_path(WORKSHOP)] == ["actors_map", "framing", "questionnaire", "entry", "diagnostic"]


@pytest.mark.parametrize(
    ("held", "comes"),
    [
        (Contents(), "framing"),
        (Contents(practices=("framing",)), "questionnaire"),
        (Contents(maps=MAP), "framing"),
        (replace(campaign(w2025=30)), "diagnostic"),
        (campaign(("2025",), w2025=30), "actors_map"),
        (replace(campaign(("2025",), w2025=30), maps=MAP), None),
        (replace(campaign(("2025",), w2025=30), maps=MAP, practices=("framing",)), None),
        (replace(campaign(("2025",), w2025=30, w2026=0), maps=MAP), "questionnaire"),
        (replace(campaign(("2025",), w2025=30, w2026=12), maps=MAP), "diagnostic"),
        (replace(campaign(("2025", "2026"), w2025=30, w2026=12), maps=MAP), None),
    ],
    ids=[
        *("nothing", "framed", "drawn first", "answered without framing", "read", "all but framing", "all"),
        *("second wave opened", "second wave answered", "second wave read"),
    ],
)
def test_what_comes_next_follows_what_was_done(held, comes):
    assert following(held) == comes
    assert list(states(held).values()).count("next") == (comes is not None)


def test_nobody_who_has_responses_is_sent_back_to_the_framing(whole):
    assert is_passed(whole["framing"], campaign(w2025=30))
    assert not is_passed(whole["framing"], Contents(maps=MAP)), "a map needs no framing, a survey does"
    assert not is_passed(whole["framing"], replace(campaign(w2025=30), practices=("framing",)))


def shown(held, tmp_path):
    page = write_home(Standing("fr", tmp_path / "a.apprenance", held))
    return {block["id"]: block for block in page["blocks"] if "id" in block}, page


@pytest.fixture
def words(monkeypatch):
    """Word the tools that other pages bring."""
    say = Standing.say
    brought = ("tool_framing", "tool_questionnaire")
    monkeypatch.setattr(
        Standing, "say", lambda self, key, **values: key if key.startswith(brought) else say(self, key, **values)
    )


def test_what_was_done_without_is_not_called_later(words, tmp_path):
    blocks, _ = shown(campaign(w2025=30), tmp_path)
    steps = {step["id"]: step for step in blocks["tools"]["items"]}
    assert steps["framing"]["state_label"] == "non utilisé"
    assert steps["actors_map"]["state_label"] is None
    assert steps["framing"]["actions"], "it can still be opened"


def test_the_waves_are_named(words, tmp_path):
    blocks, _ = shown(campaign(("2025",), w2025=30, w2026=12), tmp_path)
    assert blocks["held"]["items"][0]["note"] == "vagues 2025 et 2026, questionnaire f"
    steps = {step["id"]: step for step in blocks["tools"]["items"]}
    assert steps["diagnostic"]["note"] == "Pour la vague\u00a0: 2026."
    one, _ = shown(campaign(w2025=30), tmp_path)
    assert one["held"]["items"][0]["note"] == "vague 2025, questionnaire f"
    none, _ = shown(campaign(w=30), tmp_path)
    assert none["held"]["items"][0]["note"] == "questionnaire f"


def test_a_further_wave_is_offered_once_the_last_was_read_and_taken_back_while_nobody_answered(words, tmp_path):
    assert "wave" not in shown(campaign(w2025=30), tmp_path)[0]
    assert "wave" in shown(campaign(("2025",), w2025=30), tmp_path)[0]
    blocks, _ = shown(campaign(("2025",), w2025=30, w2026=0), tmp_path)
    assert "wave" not in blocks
    assert blocks["wave 2026"]["actions"][0] == {
        "id": "drop_wave",
        "label": "Annuler cette vague",
        "values": {"wave": "2026"},
    }
    read_only = replace(campaign(("2025",), w2025=30), read_only=True)
    assert "wave" not in shown(read_only, tmp_path)[0]


def test_a_workspace_says_which_waves_were_told(tmp_path):
    path = tmp_path / "a.apprenance"
    keeping.put_example(path, "Valclair", "Diagnostic")
    held = look_into(path)
    assert (held.waves, held.unread, held.awaited) == (["2025", "2026"], ["2025", "2026"], [])
    with open_workspace(path) as workspace:
        measure_campaign(workspace, keeping.EXAMPLE_CAMPAIGN)
    assert look_into(path).unread == []
    keeping.begin_wave(path, "2027")
    assert look_into(path).awaited == ["2027"]
    with pytest.raises(Faults) as raised:
        keeping.begin_wave(path, "2027")
    assert raised.value.faults[0].code == "wave_exists"
    keeping.take_back_wave(path, "2026")
    assert look_into(path).waves == ["2025", "2026"], "what somebody answered is not taken back"
    keeping.take_back_wave(path, "2027")
    assert look_into(path).awaited == []


def test_paper_forms_are_keyed_into_the_wave_that_was_opened_last(tmp_path):
    from assessment import apps

    path = tmp_path / "a.apprenance"
    keeping.put_example(path, "Valclair", "Diagnostic")
    assert apps.enter_answers(workspace=path).session.store.wave == "2026", "not into a wave without a name"
    keeping.begin_wave(path, "2027")
    page = apps.enter_answers(workspace=path, form="short")
    assert page.plan["header"]["campaign"] == "Diagnostic, vague 2027"
    page.session.keep("0" * 32, {"form": "D", "values": {"role": "user", "ci_01.reality": "4"}})
    assert look_into(path).unread == ["2025", "2026", "2027"]
    assert look_into(path).campaign.waves["2027"] == 1


def test_waves_come_in_natural_order(tmp_path):
    with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, "collectivite-apprenante"))
        for wave in ("10", "9"):
            open_wave(workspace, "c", wave)
    assert look_into(tmp_path / "a.apprenance").awaited == ["9", "10"]
