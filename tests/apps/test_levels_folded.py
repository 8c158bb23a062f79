"""While a group chooses its levels in silence, no told chapter says what level the answers make."""

import json

import pytest

from assessment.apps import keeping
from assessment.apps.campaign import kept_campaign
from assessment.apps.chapters import CHAPTERS
from assessment.apps.levels_folded import TOLD, without_levels
from assessment.apps.profile import Diagnostic, example_campaign
from assessment.figures.readings import level_name
from assessment.framework import load_framework
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import is_offered
from assessment.widgets.passages import CHART_KINDS
from assessment.widgets.tool_page import Event

CHOOSE = {"people": "3", "dimensions": ["team_learning", "systems_thinking"]}
TOLD_CHAPTERS = [one.id for one in CHAPTERS if not one.room]


@pytest.fixture(scope="module")
def campaign():
    found = example_campaign()
    found.study()
    return found


@pytest.fixture
def app(campaign):
    return Diagnostic(load_framework("collectivite-apprenante"), "fr", campaign)


def do(app, action, **values):
    app.answer(Event(action, values))
    assert document_faults(app.view.page, CHART_KINDS) == []
    return app.view.page


def levels_in(app, page):
    """Give the levels that a page names, in words, tables or charts."""
    text = json.dumps(page, ensure_ascii=False)
    framework = app.home.framework
    names = [level_name(number, framework, app.language) for number in range(len(framework.maturity_levels))]
    return [name for name in names if name in text]


def ids(page):
    return [block.get("id") for block in page["blocks"]]


def labels(page):
    return [one["label"] for block in page["blocks"] if block["kind"] == "facts" for one in block["items"]]


def choose_levels(app):
    do(app, "chapter", chapter="group_level")
    return do(app, "group_begin", **CHOOSE)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_profile_folds_its_levels_while_the_group_chooses_and_says_why(app, language):
    do(app, "language", language=language)
    before = app.view.page
    assert levels_in(app, before)
    assert len(labels(before)) == 4
    choose_levels(app)
    page = do(app, "chapter", chapter="profile")
    assert levels_in(app, page) == []
    assert len(labels(page)) == 3, "the level of the whole is not among them"
    (why,) = [block for block in page["blocks"] if block.get("id") == "levels_folded"]
    assert len(why["lines"]) == 1
    assert is_offered("chapter", {"chapter": "group_level"}, page)


@pytest.mark.parametrize("chapter", TOLD_CHAPTERS)
def test_no_told_chapter_names_a_level_while_the_group_chooses(app, chapter):
    choose_levels(app)
    page = do(app, "chapter", chapter=chapter)
    assert levels_in(app, page) == []
    assert "levels_folded" in ids(page)


def test_levels_come_back_when_nobody_chooses_any_more(app):
    before = app.view.page["blocks"]
    choose_levels(app)
    do(app, "group_clear")
    assert do(app, "chapter", chapter="profile")["blocks"] == before


@pytest.fixture
def opened_twice(tmp_path):
    """Open the same workspace in two tabs."""
    path = tmp_path / "own.apprenance"
    keeping.put_example(path, "Valclair", "Diagnostic")
    own = kept_campaign(path)
    return [Diagnostic(own.framework, "fr", own, path) for _ in range(2)]


def test_levels_stay_folded_when_the_page_is_opened_again(opened_twice):
    first, _ = opened_twice
    assert levels_in(first, first.view.page)
    choose_levels(first)
    again = Diagnostic(first.framework, "fr", first.home, first.workspace)
    assert levels_in(again, again.view.page) == []
    assert "levels_folded" in ids(again.view.page)


def test_in_another_tab_levels_fold_as_one_comes_back_to_it_and_come_back_as_well(opened_twice):
    first, other = opened_twice
    before = other.view.page["blocks"]
    assert other.view.page["refresh"]
    choose_levels(first)
    page = do(other, "seen")
    assert levels_in(other, page) == []
    assert "levels_folded" in ids(page)
    do(first, "group_clear")
    assert do(other, "seen")["blocks"] == before


def test_who_comes_back_without_anything_new_finds_the_page_and_its_undo_as_they_were(opened_twice):
    first, _ = opened_twice
    choose_levels(first)
    before = first.view.page["blocks"]
    assert do(first, "seen")["blocks"] == before
    do(first, "group_undo")
    assert "levels_folded" not in ids(do(first, "chapter", chapter="profile"))


def test_the_example_is_not_looked_for_again(app):
    assert not app.view.page["refresh"]


def test_only_what_tells_of_levels_is_taken_out_of_the_tables(campaign):
    folded = without_levels(campaign)
    for tables, without in ((campaign.released, folded.released), (campaign.further, folded.study())):
        assert list(tables) == list(without)
        for name, table in tables.items():
            same = [one for one in table if one not in TOLD or "maturity_level" not in table]
            assert without[name][same].equals(table[same])
            assert list(without[name]) == list(table)
