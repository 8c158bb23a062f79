"""A SurveyJS form holds every language, its values are the instrument's, and it asks each role what it should."""

import json

import pytest

from assessment.responses.writers import write_questionnaire


@pytest.fixture
def form(asked):
    def make(instrument="plain", form="full", language=""):
        return json.loads(write_questionnaire(asked(instrument, form, units=True), "surveyjs", language).content)

    return make


def elements(tree):
    """Yield all that has a name, panels before what is in them."""
    for one in tree.get("pages", tree.get("elements", ())):
        yield one
        yield from elements(one)


@pytest.mark.parametrize("instrument", ["plain", "one", "long", "collectivite-apprenante"])
def test_no_name_stands_twice_and_nothing_must_be_answered(form, instrument):
    found = list(elements(form(instrument)))
    names = [one["name"] for one in found]
    assert len(names) == len(set(names))
    assert not any("isRequired" in one for one in found)


def test_values_are_the_numbers_of_the_scale_and_na(form):
    found = {one["name"]: one for one in elements(form("long"))}
    choices = found["answers-p01R/anitemwhoseidis31letters1R"]["choices"]
    assert [one["value"] for one in choices] == [-2, -1, 0, 1, 2, "na"]


def test_units_bear_their_own_ids_and_need_no_mapping(asked, form):
    assert write_questionnaire(asked("plain", units=True), "surveyjs").mapping is None
    unit = next(one for one in elements(form()) if one["name"] == "unit")
    assert [one["value"] for one in unit["choices"]] == ["VOI", "CCAS", "A9-x", "L'été"]


def test_the_library_s_own_language_is_the_default_text(form):
    # survey.locale = "en" makes SurveyJS show "default": French words there would be French for English people.
    told = form("long", language="fr")
    assert told["locale"] == "fr"
    assert next(one for one in elements(told) if one["name"] == "answers-p01R")["title"] == {
        "default": "=reality()",
        "fr": "{\u200breality} ?",
        "de": "Heute?",
    }


def test_roles_meet_what_the_instrument_says(form):
    found = {one["name"]: one.get("visibleIf") for one in elements(form())}
    assert found["levers"] is None
    assert found["comment"] == "{role} empty or {role} anyof ['agent', 'citizen', 'user_of_it']"
