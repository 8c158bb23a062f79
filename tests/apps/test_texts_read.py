"""What people wrote: nobody else sees a text before somebody has read it, and every choice can be taken back."""

import io

import pandas as pd
import pytest

from assessment.apps import keeping
from assessment.apps.campaign import kept_campaign
from assessment.apps.profile import Diagnostic
from assessment.apps.texts_read import TextsRead, kept_texts
from assessment.example import example_reading, load_example
from assessment.example.reading import NOT_SHOWN, REWORDED
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.practices.texts_read import check_reading, key_of, new_reading, shown_texts
from assessment.responses import load_responses
from assessment.scoring.verbatims import release_verbatims
from assessment.widgets.blocks import document_faults
from assessment.widgets.offers import blocks_of, is_offered
from assessment.widgets.tool_page import Event
from assessment.workspace import PracticeStore, add_campaign, add_framework, add_responses, open_workspace

HOSTILE = '<img src=x onerror="harm()"> {0} =1+1'
TEXTS = ["Merci à Jeanne Lefèvre", HOSTILE, "Trop de réunions", "Été utile"]


@pytest.fixture(scope="module")
def framework():
    return load_framework("collectivite-apprenante")


def released(texts=TEXTS, people=40, question="verbatim_obstacle"):
    """Let out texts of a wave of so many people."""
    who = [f"r{number}" for number in range(people)]
    written = {"respondent": who[: len(texts)], "wave": "1", "question": question, "text": texts}
    return release_verbatims(pd.DataFrame(written, dtype=str), pd.DataFrame({"respondent": who, "wave": "1"}))


@pytest.fixture
def room(framework):
    return TextsRead(framework, released(), lambda: "1")


def page(room, language="fr"):
    """Write the chapter as a page, which must be one."""
    document = {"language": language, "title": "Textes", "blocks": room.blocks(language)}
    assert document_faults(document) == []
    return document


def do(room, action, language="fr", **values):
    """Play somebody who does what the page offers."""
    assert is_offered(action, values, page(room, language)), (action, values)
    room.ACTIONS[action](room, Event(action, values))
    return page(room, language)


def text_of(document):
    return repr(document)


def current(document):
    """Give the key and the words in front of the reader."""
    (form,) = [block for block in blocks_of(document) if block.get("id") == "texts_reader"]
    return form["submit"]["values"]["key"], form["fields"][0]["value"]


def settle(room, action="texts_show", words=None):
    """Read the next text."""
    key, value = current(page(room))
    return do(room, action, key=key, **{f"text_{key}": words or value})


def test_no_text_is_told_before_somebody_has_read_it(room):
    for language in ("fr", "en"):
        assert not any(text in text_of(page(room, language)) for text in TEXTS)
    do(room, "texts_read")
    settle(room, "texts_keep_back")
    document = do(room, "texts_close")
    assert not any(text in text_of(document) for text in TEXTS)


def test_a_text_that_is_let_through_is_shown_as_text_and_the_others_are_not(room):
    do(room, "texts_read")
    _, words = current(page(room))
    settle(room)
    document = do(room, "texts_close")
    (table,) = [block for block in blocks_of(document) if block["kind"] == "table"]
    assert table["rows"] == [[words]] == [[HOSTILE]]  # "<" comes before letters: no order of people
    assert not any(text in text_of(document) for text in TEXTS if text != HOSTILE)


def test_a_name_is_masked_and_the_original_words_are_told_to_nobody(room):
    do(room, "texts_read")
    while "Jeanne" not in current(page(room))[1]:
        settle(room, "texts_later")
    settle(room, words="Merci à [une collègue]")
    document = do(room, "texts_close")
    assert "[une collègue]" in text_of(document)
    assert "Jeanne" not in text_of(document)
    assert shown_texts(room.verbatims, room.sheet.document)["text"].tolist() == ["Merci à [une collègue]"]


def test_a_choice_is_taken_back(room):
    do(room, "texts_read")
    key, _ = current(page(room))
    settle(room)
    do(room, "texts_undo")
    assert current(page(room))[0] == key
    assert shown_texts(room.verbatims, room.sheet.document).empty


def test_what_was_shown_is_kept_back_later(room):
    do(room, "texts_read")
    key, words = current(page(room))
    settle(room)
    do(room, "texts_again", key=key)
    assert current(page(room)) == (key, words)
    settle(room, "texts_keep_back")
    assert shown_texts(room.verbatims, room.sheet.document).empty


def test_a_text_without_words_is_not_shown_but_said(room):
    do(room, "texts_read")
    key, _ = current(page(room))
    document = do(room, "texts_show", key=key, **{f"text_{key}": "  "})
    (form,) = [block for block in blocks_of(document) if block.get("id") == "texts_reader"]
    assert form["fields"][0]["fault"]
    assert room.sheet.document["choices"] == []


def test_all_can_be_read_and_the_last_put_off_comes_again(room):
    do(room, "texts_read")
    first, _ = current(page(room))
    settle(room, "texts_later")
    for _ in range(3):
        assert current(page(room))[0] != first
        settle(room)
    assert current(page(room))[0] == first
    settle(room)
    assert room.current(room.texts) is None
    assert "Tous les textes" in text_of(page(room))


def test_words_are_found_whatever_their_accents_and_too_few_are_not_counted(room):
    do(room, "texts_read")
    for _ in TEXTS:
        settle(room)
    do(room, "texts_close")
    document = do(room, "texts_find", question="all", search="ETE")
    (section,) = [block for block in blocks_of(document) if block["kind"] == "section"]
    assert section["blocks"][0]["rows"] == [["Été utile"]]
    assert section["text"] == "moins de 10 textes"
    assert "Aucun texte montré" in text_of(do(room, "texts_find", question="all", search="introuvable"))


def test_enough_texts_are_counted(framework):
    room = TextsRead(framework, released([f"Texte {number}" for number in range(12)]), lambda: "1")
    do(room, "texts_read")
    for _ in range(12):
        settle(room)
    assert "12 textes" in text_of(do(room, "texts_close"))


@pytest.mark.parametrize(("people", "told"), [(29, False), (30, True)])
def test_texts_are_let_out_of_large_groups_only(framework, people, told):
    room = TextsRead(framework, released(people=people), lambda: "1")
    document = page(room)
    assert ("texts_read" in text_of(document)) == told
    assert ("30 répondants" in text_of(document)) != told


def test_nobody_wrote(framework):
    room = TextsRead(framework, released([]), lambda: "1")
    assert "importez" in text_of(page(room))
    assert "import an export" in text_of(page(room, "en"))


def test_texts_on_the_political_project_wait_to_be_asked_for(framework):
    room = TextsRead(framework, released(["Je vote contre"], question="verbatim_political_project"), lambda: "1")
    assert "Je vote" not in text_of(page(room))
    do(room, "texts_political", wanted=True)
    do(room, "texts_read")
    settle(room)
    assert "Je vote" in text_of(do(room, "texts_close"))
    do(room, "texts_read")
    assert "Je vote" not in text_of(do(room, "texts_political", wanted=False))
    assert shown_texts(room.verbatims, room.sheet.document).empty


@pytest.fixture
def place(tmp_path, framework):
    """Keep a campaign with what people wrote."""
    header = "respondent;st_05.reality;st_06.reality\n"
    lines = "".join(f"r{number};3;4\n" for number in range(40))
    responses = load_responses(io.BytesIO((header + lines).encode()), framework)
    wave = responses["wave"].iloc[0]
    rows = {"respondent": ["r1", "r2"], "wave": wave, "question": "verbatim_obstacle", "text": TEXTS[:2]}
    path = tmp_path / "valclair.apprenance"
    with open_workspace(path, create=True) as workspace:
        add_framework(workspace, "collectivite-apprenante")
        add_campaign(workspace, "diagnostic", "Diagnostic", framework)
        add_responses(workspace, "diagnostic", responses, pd.DataFrame(rows), "a.csv")
    return path, wave


def opened(place, framework):
    path, wave = place
    return TextsRead(framework, kept_texts(path, "diagnostic"), lambda: wave, workspace=path, campaign="diagnostic")


def test_choices_are_kept_in_the_workspace(place, framework):
    room = opened(place, framework)
    do(room, "texts_read")
    settle(room)
    again = opened(place, framework)
    assert shown_texts(again.verbatims, again.sheet.document)["text"].tolist() == [HOSTILE]


def test_who_reads_on_top_of_somebody_elses_reading_is_told_and_sees_theirs(place, framework):
    one, other = opened(place, framework), opened(place, framework)
    do(one, "texts_read"), do(other, "texts_read")
    settle(one, "texts_keep_back")
    document = settle(other)
    assert "modifiée ailleurs" in text_of(document)
    assert other.sheet.document == one.sheet.document
    with open_workspace(place[0]) as workspace:
        kept = PracticeStore(workspace, "texts·diagnostic").snapshots()
    assert {"refused", "met"} <= {state["reason"] for state in kept}
    settle(other)
    assert len(other.sheet.document["choices"]) == 2


def test_a_sheet_that_is_none_is_refused():
    with pytest.raises(Faults):
        check_reading({**new_reading(), "choices": [{"key": "a", "choice": "published"}]})


def test_a_text_is_named_by_what_it_says():
    assert key_of("1", "a", "b") != key_of("1", "ab", "")


def test_every_action_of_the_chapter_is_offered_somewhere(room):
    assert set(room.ACTIONS) == {name for name in room.ACTIONS if name.startswith("texts_")}


def test_the_examples_texts_are_read_through(framework):
    example = load_example()
    texts = release_verbatims(example.verbatims, example.responses)
    room = TextsRead(example.framework, texts, lambda: "2026")
    do(room, "texts_read")
    for _ in range(len(room.texts)):
        settle(room)
    document = do(room, "texts_close", language="en")
    assert len([block for block in blocks_of(document) if block["kind"] == "section"]) == 5


@pytest.mark.parametrize("is_kept", [False, True], ids=["example", "workspace of the example"])
def test_a_newcomer_finds_texts_to_read_in_the_example_and_one_question_to_try_on(framework, tmp_path, is_kept):
    if is_kept:
        path = tmp_path / "example.apprenance"
        keeping.put_example(path, "Valclair", "Diagnostic")
        app = Diagnostic(framework, "fr", kept_campaign(path), path)
    else:
        app = Diagnostic(framework, "fr")
    app.answer(Event("chapter", {"chapter": "texts"}))
    document = app.view.page
    assert "le budget expliqué en séance ouverte" in text_of(document).lower()
    assert "[dans un autre service]" in text_of(document)
    assert "urbanisme" not in text_of(document), "somebody could be recognised"
    assert "projet de service attend" not in text_of(document), "kept back"
    app.answer(Event("texts_read", {}))
    assert current(app.view.page)[1].startswith("Canicule de juillet")


def test_every_choice_in_the_reading_of_the_example_is_about_one_of_its_texts():
    example = load_example()
    known = {key_of(*row) for row in example.verbatims[["wave", "question", "text"]].itertuples(index=False)}
    chosen = example_reading()["choices"]
    assert {one["key"] for one in chosen} < known
    assert len(known) - len(chosen) == 8, "the events of 2026"
    assert [bool(one.get("text")) for one in chosen].count(True) == len(REWORDED)
    assert [one["choice"] for one in chosen].count("kept_back") == len(NOT_SHOWN)
