"""The level by the group: chosen in silence, opened by the facilitator, agreed on, and only then beside the answers."""

import pandas as pd
import pytest

from assessment.apps.group_level import GroupLevel
from assessment.apps.group_level_page import turn_fields
from assessment.faults import Faults
from assessment.figures.readings import level_words
from assessment.framework import load_framework
from assessment.practices.group_level import (
    add_turn,
    begin,
    check_group,
    compare_levels,
    levels_between,
    new_group,
    reveal,
    spread_of,
)
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import blocks_of, is_offered
from assessment.widgets.passages import CHART_KINDS
from assessment.widgets.tool_page import Event
from assessment.workspace import PracticeStore, open_workspace

HOSTILE = '<script>window.harmed = true</script> "{0}"'
SCORE = "50,1"


@pytest.fixture(scope="module")
def framework():
    return load_framework("collectivite-apprenante")


def row(dimension, score, level, probability=0.95, **more):
    """Give a released row."""
    return {
        "wave": "1",
        "dimension": dimension,
        "perspective": "reality",
        "n": 120,
        "score": score,
        "maturity_level": level,
        "probability": probability,
        "suppressed": False,
        "reason": None,
    } | more


@pytest.fixture(scope="module")
def released():
    nan = float("nan")
    return pd.DataFrame(
        [
            row("personal_mastery", 70.0, "shared"),
            row("mental_models", 46.0, "organised", 0.62),
            row("team_learning", 50.1, "divided", nan),
            row("shared_vision", nan, None, nan, n=None, suppressed=True, reason="confidential"),
            row("systems_thinking", 30.0, "started"),
            row("systems_thinking", 90.0, None, nan, perspective="vision"),
            row("personal_mastery", 10.0, "scattered", wave="0"),
        ]
    )


@pytest.fixture
def room(framework, released):
    return GroupLevel(framework, released, lambda: "1")


def page(room, language="fr"):
    """Write the chapter as a page, which must be one."""
    document = {"language": language, "title": "Niveau", "blocks": room.blocks(language)}
    assert document_faults(document, CHART_KINDS) == []
    return document


def do(room, action, language="fr", **values):
    """Play somebody who does what the page offers."""
    document = page(room, language)
    assert is_offered(action, values, document), (action, values)
    room.ACTIONS[action](room, Event(action, values))
    return page(room, language)


def prepare(room, people=3, dimensions=("team_learning", "systems_thinking")):
    return do(room, "group_begin", people=people, dimensions=list(dimensions))


def filled(room, level="started", fact="Un fait", **own):
    """Fill one person's form in the same way everywhere, but for what is said."""
    values = {}
    for one in room.sheet.document["dimensions"]:
        names = turn_fields(one["dimension"], room.turn)
        values |= dict(zip(names, own.get(one["dimension"], (level, fact)), strict=True))
    return values


def choose(room, *arguments, **own):
    return do(room, "group_choose", **filled(room, *arguments, **own))


def everybody(room, levels=("started", "organised", "shared"), dimensions=("team_learning", "systems_thinking")):
    prepare(room, len(levels), dimensions)
    for level in levels:
        choose(room, level, f"Fait {level}")


def told(document):
    return repr(document)


def test_nothing_of_the_answers_is_told_while_people_choose(room):
    before = [page(room)]
    everybody(room)
    before += [page(room), page(room, "en")]
    assert room.hides_levels
    before += [do(room, "group_reveal")]
    for document in before:
        assert not any(block["kind"] == "passage" for block in blocks_of(document))
        assert SCORE not in told(document)
        assert "entre 2" not in told(document)
    assert not room.hides_levels


def test_a_choice_is_hidden_as_soon_as_it_is_kept(room):
    prepare(room)
    document = choose(room, "shared", HOSTILE)
    assert HOSTILE not in told(document)
    (form,) = [block for block in blocks_of(document) if block.get("id") == "group_turn"]
    assert [field["value"] for field in form["fields"]] == [None, "", None, ""]
    assert "1 sur 3" in told(document)


def test_the_choices_open_only_when_all_have_chosen(room):
    prepare(room)
    choose(room)
    assert not is_offered("group_reveal", {}, page(room))
    assert reveal(room.sheet.document)["revealed"] == 0
    choose(room), choose(room)
    assert is_offered("group_reveal", {}, page(room))


def test_the_spread_is_counted_and_the_facts_are_text_without_names(room):
    prepare(room)
    for level, fact in (("started", "B"), ("shared", HOSTILE), ("started", "A")):
        choose(room, level, fact)
    document = do(room, "group_reveal")
    table = next(block for block in blocks_of(document) if block["kind"] == "table")
    assert [cells[1] for cells in table["rows"]] == ["0", "2", "0", "1", "0"]
    assert set(table["rows"][1][2].split(" · ")) == {"A", "B"}
    assert table["rows"][3][2] == HOSTILE


def test_the_order_of_choosing_is_not_kept():
    turns = [[{"dimension": "d", "maturity_level": one, "fact": ""}] for one in "bca"]
    one, other = new_group(), new_group()
    for turn in turns:
        one = add_turn(one, turn)
    for turn in reversed(turns):
        other = add_turn(other, turn)
    assert one == other


def test_a_level_needs_a_fact_and_a_fact_a_level_and_nothing_is_lost(room):
    prepare(room)
    document = choose(room, team_learning=("started", " "), systems_thinking=("", "Un fait"))
    (form,) = [block for block in blocks_of(document) if block.get("id") == "group_turn"]
    faults = {field["id"]: field.get("fault") for field in form["fields"]}
    assert [bool(one) for one in faults.values()] == [False, True, True, False]
    assert [field["value"] for field in form["fields"]] == ["started", " ", "" or None, "Un fait"]
    assert room.sheet.document["turns"] == []


def test_who_chooses_nothing_is_asked_for_one_choice(room):
    prepare(room)
    assert "au moins une description" in told(choose(room, "", ""))
    choose(room, team_learning=("", ""))
    assert len(room.sheet.document["turns"][0]["choices"]) == 1


def test_a_turn_and_the_opening_are_taken_back(room):
    everybody(room)
    do(room, "group_reveal")
    do(room, "group_undo")
    assert room.hides_levels
    do(room, "group_undo")
    assert len(room.sheet.document["turns"]) == 2


def test_starting_over_can_be_undone(room):
    everybody(room)
    kept = room.sheet.document
    do(room, "group_clear")
    assert room.sheet.document == new_group()
    do(room, "group_undo")
    assert room.sheet.document == kept


def test_the_answers_stand_beside_what_the_group_has_agreed_on_and_nothing_else(room):
    everybody(room)
    do(room, "group_reveal")
    document = do(
        room, "group_agree", dimension="systems_thinking", agreed_systems_thinking="shared", why_systems_thinking="x"
    )
    (passage,) = [block for block in blocks_of(document) if block["kind"] == "passage"]
    assert [cells[0] for cells in passage["table"]["rows"]] == ["Pensée systémique"]
    assert passage["table"]["rows"][0][2:4] == ["4 Partagée", "2 niveaux plus haut"]
    assert "plus haut que les réponses" in passage["told"]
    assert not any(
        block["kind"] == "passage" for block in blocks_of(do(room, "group_reopen", dimension="systems_thinking"))
    )


def test_a_level_must_be_chosen_to_be_kept(room):
    everybody(room)
    do(room, "group_reveal")
    document = do(room, "group_agree", dimension="team_learning", agreed_team_learning="", why_team_learning="")
    assert "Choisissez un niveau" in told(document)
    assert room.sheet.document["agreed"] == []


def test_the_readings_are_those_worked_out_by_hand(framework, released):
    """70 is level 4; 46 at 0.62 lies between 2 and 3; then a divided one, a hidden one, and one not asked."""
    sheet = begin(new_group(), 3, ["personal_mastery"]) | {"revealed": 1}
    levels = {
        "personal_mastery": "organised",
        "mental_models": "started",
        "team_learning": "started",
        "shared_vision": "shared",
        "political_project": "learning",
    }
    sheet["agreed"] = [{"dimension": one, "maturity_level": level} for one, level in levels.items()]
    found = compare_levels(sheet, released, framework, "1")
    assert found[["dimension", "group_level", "below", "above", "reading", "reason"]].values.tolist() == [
        ["personal_mastery", 3, 4, 4, "group_lower", None],
        ["mental_models", 2, 2, 3, "alike", None],
        ["team_learning", 2, None, None, "divided", None],
        ["shared_vision", 4, None, None, None, "confidential"],
        ["political_project", 5, None, None, None, "not_asked"],
    ]


@pytest.mark.parametrize("probability", [0.5, 0.79, 0.8, 1.0, float("nan")])
def test_between_two_levels_is_the_same_in_numbers_and_in_words(framework, probability):
    starts = [100 * one.start for one in framework.maturity_levels]
    for score in range(101):
        level = framework.maturity_levels[sum(start <= score for start in starts) - 1].id
        below, above = levels_between(float(score), level, probability, framework)
        kept = None if probability != probability else probability
        words = level_words({"score": score, "maturity_level": level, "probability": kept}, framework, "fr")
        assert [int(one) for one in words if one.isdigit()] == ([below] if below == above else [below, above])


def test_a_hidden_dimension_says_so_and_no_more(room):
    everybody(room, dimensions=("shared_vision",))
    do(room, "group_reveal")
    document = do(room, "group_agree", dimension="shared_vision", agreed_shared_vision="shared", why_shared_vision="")
    (passage,) = [block for block in blocks_of(document) if block["kind"] == "passage"]
    assert "masqué" in passage["table"]["rows"][0][1]


@pytest.fixture
def place(tmp_path):
    path = tmp_path / "valclair.apprenance"
    open_workspace(path, create=True).close()
    return path


def test_the_sheet_is_kept_in_the_workspace(place, framework, released):
    room = GroupLevel(framework, released, lambda: "1", workspace=place, campaign="diagnostic")
    everybody(room)
    again = GroupLevel(framework, released, lambda: "1", workspace=place, campaign="diagnostic")
    assert again.sheet.document == room.sheet.document
    assert again.hides_levels


def test_two_screens_that_choose_at_once_lose_nothing(place, framework, released):
    one, other = (GroupLevel(framework, released, lambda: "1", workspace=place) for _ in range(2))
    prepare(one)
    prepare(other)
    assert other.sheet.document == one.sheet.document  # the same sheet is no other version
    choose(one, "started", "Premier")
    document = choose(other, "shared", "Second")
    assert "modifiée ailleurs" in told(document)
    choose(other, "shared", "Second")
    assert len(other.sheet.document["turns"]) == 2


def test_what_was_typed_stays_when_somebody_else_has_saved(place, framework, released):
    one, other = (GroupLevel(framework, released, lambda: "1", workspace=place) for _ in range(2))
    prepare(one), other.sheet.load()
    choose(one, "started", "Premier")
    document = choose(other, "shared", "Second")
    assert "Second" in told(document)


def test_a_sheet_of_another_instrument_is_told_and_not_lost(place, framework, released):
    with open_workspace(place) as workspace:
        sheet = begin(new_group(), 3, ["team_learning"])
        PracticeStore(workspace, "group_level·d").save({**sheet, "dimensions": [{"dimension": "elsewhere"}]})
    room = GroupLevel(framework, released, lambda: "1", workspace=place, campaign="d")
    assert "elsewhere" in told(page(room))
    with open_workspace(place) as workspace:
        assert PracticeStore(workspace, "group_level·d").load()["dimensions"] == [{"dimension": "elsewhere"}]


def test_a_sheet_that_is_none_is_refused(framework):
    with pytest.raises(Faults):
        check_group({**new_group(), "people": 2}, framework)
    with pytest.raises(Faults):
        check_group({**new_group(), "agreed": [{"dimension": "team_learning", "maturity_level": "best"}]}, framework)


def test_an_instrument_without_levels_has_no_exercise(framework, released):
    from dataclasses import replace

    room = GroupLevel(replace(framework, maturity_levels=(), descriptors=()), released, lambda: "1")
    assert "pas de niveaux" in told(page(room))
    assert spread_of({"revealed": 1, "dimensions": []}, framework).empty


def test_every_word_is_there_in_english_too(room):
    page(room, "en")
    everybody(room)
    page(room, "en")
    do(room, "group_reveal")
    do(room, "group_agree", dimension="team_learning", agreed_team_learning="started", why_team_learning="")
    assert "By the answers" in told(page(room, "en"))
    assert all(name.startswith("group_") for name in room.ACTIONS)
