"""An XLSForm is one that pyxform takes, holds every language, and asks each role what the instrument says."""

import io

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from assessment.faults import Faults
from assessment.responses.writers import write_questionnaire
from assessment.responses.writers.xlsform import literal, told_plainly


@pytest.fixture(scope="module")
def sheets():
    def read(content):
        book = load_workbook(io.BytesIO(content))
        return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}

    return read


def rows(sheet):
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


@pytest.mark.parametrize("form", ["full", "short"])
@pytest.mark.parametrize("instrument", ["plain", "one", "long", "collectivite-apprenante"])
def test_pyxform_takes_it_without_a_word(asked, instrument, form):
    questionnaire = asked(instrument, form, units=True, wave="l'été ${x}")
    for language in questionnaire.languages:
        made = convert(io.BytesIO(write_questionnaire(questionnaire, "xlsform", language).content), file_type=".xlsx")
        assert made.warnings == []
        assert made.xform.count("<translation ") == len(questionnaire.languages)


def test_it_opens_in_the_language_that_is_asked_for_and_offers_all(asked, sheets):
    told = sheets(write_questionnaire(asked("long"), "xlsform", "de").content)
    assert rows(told["settings"])[0]["default_language"] == "Deutsch (de)"
    assert [one for one in told["survey"][0] if one.startswith("label")] == [
        "label::Français (fr)",
        "label::English (en)",
        "label::Deutsch (de)",
    ]


def test_no_name_stands_twice_and_nothing_must_be_answered(asked, sheets):
    survey = rows(sheets(write_questionnaire(asked("plain", units=True), "xlsform").content)["survey"])
    names = [row["name"] for row in survey if row["type"] != "end_group"]
    assert len(names) == len(set(names))
    assert {"a01R", "a01R__user_of_it", "e01R", "e01R__agent"} <= set(names)
    assert not any("required" in heading for heading in survey[0])


def test_reality_comes_before_vision_on_a_page(asked, sheets):
    survey = rows(sheets(write_questionnaire(asked("plain", "short"), "xlsform").content)["survey"])
    first = [row["name"] for row in survey if str(row["name"]).startswith(("note_p01", "a0"))][:6]
    assert first == ["note_p01R", "a01R", "a03R", "note_p01V", "a01V", "a03V"]


def test_as_many_options_as_allowed_are_taken(asked, sheets):
    survey = rows(sheets(write_questionnaire(asked("plain"), "xlsform").content)["survey"])
    levers = next(row for row in survey if row["name"] == "levers")
    assert levers["constraint"] == "count-selected(.) <= 2"
    assert levers["constraint_message::English (en)"] == "2 answers at most."


def test_no_cell_is_a_formula_or_a_number(asked):
    book = load_workbook(io.BytesIO(write_questionnaire(asked("long", units=True), "xlsform").content))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_a_text_longer_than_a_cell_is_refused(asked):
    questionnaire = asked("plain", wave="x" * 40_000)
    with pytest.raises(Faults) as refused:
        write_questionnaire(questionnaire, "xlsform")
    assert [fault.code for fault in refused.value.faults] == ["text_too_long"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Bürger*innen", "Bürger\\*innen"),
        ("a_b # c \\", "a\\_b \\# c \\\\"),
        ("${role}", "$\u200b{role}"),
        ("[a](b)", "[a]\u200b(b)"),
        ("<b> < 3", "<\u200bb> < 3"),
        ("&amp; & co", "&\u200bamp; & co"),
        ("\x01a\ufffe", "a"),
    ],
)
def test_marks_are_kept_from_being_followed(text, written):
    assert told_plainly(text) == written


def test_a_literal_of_xpath_has_both_quotation_marks():
    assert literal("a\"b'c") == "concat('a\"b', \"'\", 'c')"
