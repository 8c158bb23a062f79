"""The questionnaire on paper: each statement once per form, for those it is put to, read aloud, on few pages."""

import io
import re
import shutil
import subprocess
from collections import Counter
from functools import cache

import pypdf
import pytest

from assessment.framework import load_framework
from assessment.framework.loading import framework_from
from assessment.responses import load_units
from assessment.responses.paper_forms import answer_keys, paper_forms
from assessment.responses.questionnaire import FORMS, make_questionnaire
from assessment.responses.writers import write_questionnaire
from assessment.responses.writers.paper import MOST_UNITS

OURS = load_framework("collectivite-apprenante")
CASES = [(form, language) for form in FORMS for language in OURS.languages]
SPACES = re.compile(r"[\s\u00a0\u202f\u200b]+")


def texts_of(content):
    """The text of each page; by poppler where it is, for pypdf takes half a second a page."""
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
        return done.stdout.decode().split("\f")[:-1]
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def squeezed(text):
    return SPACES.sub("", text)


@cache
def page_texts(form, language):
    content = write_questionnaire(make_questionnaire(OURS, form), "paper", language).content
    return pypdf.PdfReader(io.BytesIO(content)), texts_of(content)


def form_texts(form, language):
    """The text of each form, by its letter, told by the footers of its pages."""
    found = {}
    for text in page_texts(form, language)[1]:
        letter = re.search(r"(?:Formulaire|Form) ([A-Z]+) · ", text)[1]
        found.setdefault(letter, []).append(text)
    return found


@pytest.mark.parametrize(("form", "language"), CASES)
def test_each_statement_stands_once_for_each_perspective_in_each_form(form, language):
    texts = form_texts(form, language)
    forms = paper_forms(make_questionnaire(OURS, form))
    assert sorted(texts) == [one.letter for one in forms]
    for one in forms:
        told = squeezed("".join(texts[one.letter]))
        expected = Counter(squeezed(line.statement.text[language]) for line in one.lines)
        for statement, times in expected.items():
            found = told.count(statement)
            longer = sum(many for other, many in expected.items() if statement in other and other != statement)
            assert found == times + longer, statement


@pytest.mark.parametrize("form", FORMS)
def test_no_role_is_handed_a_statement_that_is_not_put_to_it(form):
    forms = paper_forms(make_questionnaire(OURS, form))
    assert [role.id for one in forms for role in one.roles] == [role.id for role in OURS.roles] or {
        role.id for one in forms for role in one.roles
    } == {role.id for role in OURS.roles}
    for one in forms:
        for role in one.roles:
            asked = {
                (item.id, perspective)
                for item in OURS.items
                if OURS.is_asked(item, role.id, form)
                for perspective in OURS.perspectives_of(item.dimension)
            }
            assert {(line.statement.item.id, line.statement.perspective) for line in one.lines} == asked
            for line in one.lines:
                assert dict(line.statement.text) == dict(OURS.wording_for(line.statement.item, role.id)[0])
        assert [line.number for line in one.lines] == list(range(1, len(one.lines) + 1))


@pytest.mark.parametrize("form", FORMS)
def test_reality_comes_before_vision_and_each_statement_is_asked_again_soon(form):
    for one in paper_forms(make_questionnaire(OURS, form)):
        place = {(line.statement.item.id, line.statement.perspective): line.number for line in one.lines}
        for (item, perspective), number in place.items():
            if perspective == "vision":
                assert 0 < number - place[item, "reality"] <= 16


@pytest.mark.parametrize(("form", "language", "most"), [(*case, 8 if case[0] == "full" else 4) for case in CASES])
def test_a_form_has_few_pages_and_says_which_of_how_many(form, language, most):
    for texts in form_texts(form, language).values():
        assert len(texts) <= most
        for number, text in enumerate(texts, 1):
            assert re.search(rf"page {number} (sur|of) {len(texts)}\b", text)
            assert squeezed("N° de saisie" if language == "fr" else "Entry no.") in squeezed(text)


@pytest.mark.parametrize(("form", "language"), CASES)
def test_it_can_be_read_aloud(form, language):
    reader, _ = page_texts(form, language)
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in reader.xmp_metadata.stream.get_data()
    assert reader.metadata.title
    assert all([round(float(side)) for side in page.mediabox[2:]] == [595, 842] for page in reader.pages)


def test_who_ticks_which_role_and_which_unit():
    table = load_units(io.BytesIO(b"unit;name\nVOI;Voirie\nCCAS;Action sociale\n"), OURS)
    content = write_questionnaire(make_questionnaire(OURS, "short", table), "paper", "fr").content
    pages = texts_of(content)
    first = {re.search(r"Formulaire ([A-Z])", text)[1]: squeezed(text) for text in reversed(pages)}
    assert "Quelestvotrerôle?1Encadrant2Agent" in first["C"]
    assert "1Voirie2Actionsociale" in first["C"]
    assert "Voirie" not in first["D"], "citizens work in no unit of ours"
    assert "Quelestvotrerôle?" not in first["B"], "a form for one role needs no tick"


def test_many_units_are_written_by_hand():
    rows = "".join(f"u{number};Service {number}\n" for number in range(MOST_UNITS + 1))
    table = load_units(io.BytesIO(f"unit;name\n{rows}".encode()), OURS)
    content = write_questionnaire(make_questionnaire(OURS, "short", table), "paper", "en").content
    told = squeezed(texts_of(content)[4])
    assert "Writethenameofyourdepartment." in told
    assert "Service12" not in told


@pytest.mark.parametrize("name", ["plain", "one", "long"])
def test_any_instrument_in_any_of_its_languages_is_laid_out(asked, name):
    questionnaire = asked(name, units=True)
    for language in questionnaire.languages:
        content = write_questionnaire(questionnaire, "paper", language).content
        told = squeezed("".join(texts_of(content)))
        for one in paper_forms(questionnaire):
            for line in one.lines:
                assert squeezed(line.statement.text[language]) in told
            assert one.questions == tuple(
                question
                for question in questionnaire.questions
                if questionnaire.roles_of(question) is None
                or not one.roles
                or one.roles[0].id in questionnaire.roles_of(question)
            )


def huge(text, labels, high=5):
    """An instrument of one item with any text and labels."""
    return framework_from(
        {
            "id": "huge",
            "version": text[:40],
            "languages": ["en"],
            "perspectives": ["reality"],
            "answer_scale": {"low": 1, "high": high} | ({"labels": {"en": labels}} if labels else {}),
            "dimension": [{"id": "d", "name": {"en": text}}],
            "item": [{"id": f"d_{n}", "dimension": "d", "text": {"en": text}, "short": True} for n in range(4)],
            "question": [
                {"id": "q", "kind": "open", "text": {"en": text}},
                {
                    "id": "c",
                    "kind": "choice",
                    "text": {"en": text},
                    "option": [{"id": f"o{n}", "text": {"en": text}} for n in range(12)],
                },
            ],
        },
        "huge.toml",
    )


@pytest.mark.parametrize(
    "text",
    [
        "word " * 100,
        "x" * 700,
        '#panic() #import "a" $x$ \\ */ // `raw` @ref <label> [a] {b} "quoted" = heading\n- list\n/ term: x',
        "\u202eright to left \u0000 🌻 e\u0301",
    ],
)
def test_hostile_and_very_long_texts_stay_texts(text):
    framework = huge(text, [text[:300] or "a"] + [f"label {n}" for n in range(4)])
    content = write_questionnaire(make_questionnaire(framework), "paper").content
    told = squeezed("".join(texts_of(content)))
    assert len(texts_of(content)) < 40
    for part in ("#panic()", "@ref", "`raw`", '#import"a"') if "#panic" in text else ():
        assert part in told


@pytest.mark.parametrize(("high", "labels"), [(11, None), (60, None), (60, [f"Answer number {n}" for n in range(60)])])
def test_long_answer_scales_are_laid_out(high, labels):
    framework = huge("A statement", labels, high)
    content = write_questionnaire(make_questionnaire(framework), "paper").content
    told = "".join(texts_of(content))
    assert ("from 1 to 60" in told) == (high == 60 and labels is None)
    assert ("Answer number 59" in told) == bool(labels)


def test_what_stands_in_a_box_is_different_for_each_answer():
    for scale in (one.scale for form in paper_forms(make_questionnaire(OURS)) for one in form.parts):
        keys = answer_keys(scale)
        assert len(set(keys)) == scale.options
        assert all(key.isdigit() for key in keys)
