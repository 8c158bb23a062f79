"""Whatever the instrument of the kit asks is recognised by its code and by its wording, and as nothing else."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.responses.columns import answer_columns
from assessment.responses.readers.export import Column
from assessment.responses.readers.mapping import ColumnMapping, load_mapping, mapping_text
from assessment.responses.readers.matching import Instrument, matched
from assessment.responses.readers.ticks import joined_ids, names_of, split_cell
from assessment.responses.readers.wordings import normalised


@pytest.fixture(scope="module")
def instrument(bundled):
    return Instrument(bundled)


WRITTEN = ("{}", "G12[{}]", "groupe/{}", "page1-{}", "G12_{}")


@pytest.mark.parametrize("written", WRITTEN)
def test_every_code_of_the_contract_is_its_own_answer(bundled, instrument, written):
    for column in answer_columns(bundled):
        code = column.item.id.replace("_", "") + column.perspective[0].upper()
        for one in (code, code.lower()):
            found, _ = matched(Column(0, one, written.format(one)), instrument)
            assert (found.target, found.how) == (column.name, "code")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("written", ["{prompt} [{item}]", "{prompt} - {item}", "{prompt}\n{item}"])
def test_every_wording_under_its_prompt_is_its_own_answer(bundled, instrument, language, written):
    for column in answer_columns(bundled):
        for wording in (column.item, *(one for one in bundled.wordings if one.item == column.item.id)):
            prompt = bundled.prompt[column.perspective][language]
            text = written.format(prompt=prompt, item=wording.text[language])
            found, _ = matched(Column(0, text, text), instrument)
            assert (found.target, found.how) == (column.name, "exact")
            plain = text.replace("’", "'").replace("\u202f", " ").upper()
            found, _ = matched(Column(0, plain, plain), instrument)
            assert found.target == column.name


def test_every_option_of_every_question_is_its_own(bundled, instrument):
    for question in bundled.questions:
        for option in question.options:
            for text in (f"{question.text['fr']} [{option.text['fr']}]", f"{question.text['en']}/{option.text['en']}"):
                found, _ = matched(Column(0, text, text), instrument)
                assert (found.target, found.option) == (question.id, option.id)


def test_joined_choices_of_the_kit_s_questions_come_apart_in_one_way(bundled):
    for question in (one for one in bundled.questions if one.options):
        ids = [option.id for option in question.options][: question.choose or 1]
        for language in ("fr", "en"):
            for mark in (";", ", ", "\n"):
                cell = mark.join(option.text[language] for option in question.options[: len(ids)])
                ways = split_cell(cell, names_of(question, {}), (";", ",", "\n"))
                assert [joined_ids(way, question) for way in ways] == ["+".join(ids)]


TEXT = st.text(st.characters(codec="utf-8"), max_size=10)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(TEXT, st.sampled_from(["1", "na", ""])), st.dictionaries(TEXT, TEXT), st.data())
def test_a_mapping_is_written_and_read_back_whatever_its_texts(door, answers_, keep, data):
    columns = data.draw(st.dictionaries(TEXT, st.sampled_from(["unit", "a_01.reality", ""])))
    mapping = ColumnMapping(
        "google", "2026", "short", "x", columns, keep, answers_, {"role": keep} if keep else {}, {"order": "dmy"}
    )
    assert load_mapping(io.BytesIO(mapping_text(mapping).encode()), door) == ColumnMapping(
        **{**vars(mapping), "file": "upload"}
    )


@given(TEXT)
def test_normalising_twice_changes_nothing(text):
    assert normalised(normalised(text)) == normalised(text)
