"""A tool's document is checked block by block, and what the browser asks against what the document offers."""

import pytest

from assessment.widgets.blocks import BLOCKS, document_faults, safe_address
from assessment.widgets.offers import is_answer, is_offered

OPTIONS = [{"value": "elected", "label": "Élus"}, {"value": "agent", "label": "Agents"}]
LINES = [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]
FIELDS = {
    "text": {"kind": "text", "id": "f", "label": "F"},
    "long_text": {"kind": "long_text", "id": "f", "label": "F", "longest": 5},
    "whole": {"kind": "whole", "id": "f", "label": "F", "min": 0, "max": 10},
    "decimal": {"kind": "decimal", "id": "f", "label": "F"},
    "date": {"kind": "date", "id": "f", "label": "F"},
    "choice": {"kind": "choice", "id": "f", "label": "F", "options": OPTIONS},
    "menu": {"kind": "menu", "id": "f", "label": "F", "options": OPTIONS},
    "choices": {"kind": "choices", "id": "f", "label": "F", "options": OPTIONS},
    "yes_no": {"kind": "yes_no", "id": "f", "label": "F"},
    "grid": {"kind": "grid", "id": "f", "label": "F", "rows": LINES, "columns": LINES},
}


def page(*blocks):
    return {"language": "fr", "title": "T", "blocks": list(blocks)}


def form(*fields, **more):
    submit = {"id": "save", "label": "Enregistrer"}
    return {"kind": "form", "id": "form", "fields": list(fields), "submit": submit, **more}


def test_a_page_not_written_yet_has_no_fault():
    assert document_faults({}) == []


def test_every_kind_of_field_may_stand_in_a_form():
    assert document_faults(page(form(*({**field, "id": kind} for kind, field in FIELDS.items())))) == []


@pytest.mark.parametrize("kind", BLOCKS)
def test_a_block_without_its_parts_is_a_fault_with_its_place(kind):
    faults = document_faults(page({"kind": kind}))
    assert all(fault.startswith("blocks[0]") for fault in faults)
    assert faults or kind == "progress"


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ("text", "blocks[0]: not an object"),
        ({"kind": "video"}, "blocks[0]: 'video' is no kind of block"),
        ({"kind": ["a"]}, "blocks[0]: ['a'] is no kind of block"),
        ({"kind": "paragraph", "text": 3}, "blocks[0]: 'text' is int, not str"),
        ({"kind": "paragraph", "text": "a", "html": "b"}, "blocks[0]: 'html' is not a part of it"),
        ({"kind": "notice", "tone": "red"}, "blocks[0]: 'tone' is 'red', not one of info, good, warning, problem"),
        (
            {"kind": "steps", "label": "P", "items": [{"id": "a", "title": "A", "state": "open"}]},
            "blocks[0].items[0]: 'state' is 'open', not one of done, next, later",
        ),
        (
            {"kind": "table", "caption": "C", "columns": [{"label": "A"}], "rows": [[1, 2]]},
            "blocks[0].rows[0]: not a row of 1 cells",
        ),
        (
            {"kind": "actions", "items": [{"label": "A"}]},
            "blocks[0].items[0]: needs either 'id' or 'href'",
        ),
        (
            {"kind": "actions", "items": [{"label": "A", "href": "javascript:alert(1)"}]},
            "blocks[0].items[0]: 'href' leads nowhere safe",
        ),
        (
            {"kind": "cards", "label": "C", "items": [{"id": "a", "title": "A", "actions": [{"label": "B"}]}]},
            "blocks[0].items[0].actions[0]: needs either 'id' or 'href'",
        ),
        (form({"kind": "colour", "id": "f", "label": "F"}), "blocks[0].fields[0]: no kind of field"),
        (form(FIELDS["text"], FIELDS["whole"]), "blocks[0]: two fields are called 'f'"),
        (
            form({**FIELDS["grid"], "value": [[1, 2]]}),
            "blocks[0].fields[0]: 'value' is not its rows of numbers",
        ),
        (
            {"kind": "section", "title": "S", "blocks": [{"kind": "paragraph"}]},
            "blocks[0].blocks[0]: 'text' is missing",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(block, fault):
    assert document_faults(page(block)) == [fault]


def test_sections_end_somewhere():
    block = {"kind": "paragraph", "text": "a"}
    for _ in range(6):
        block = {"kind": "section", "title": "S", "blocks": [block]}
    assert document_faults(page(block)) == ["blocks[0].blocks[0].blocks[0].blocks[0].blocks: too deep"]


def test_one_action_of_a_page_stands_out_at_most():
    first = {"kind": "actions", "items": [{"id": "a", "label": "A", "primary": True}]}
    assert document_faults(page(first)) == []
    assert document_faults(page(first, form(FIELDS["text"]))) == ["page: 2 actions stand out, where one may"]
    quiet = form(FIELDS["text"], submit={"id": "save", "label": "S", "quiet": True})
    assert document_faults(page(first, quiet)) == []


def test_the_header_is_checked():
    header = {"state": {"kind": "kept", "text": "Enregistré"}, "home": {"label": "Accueil", "href": "data:text/html,a"}}
    assert document_faults(page() | {"header": header}) == [
        "header.state: 'kind' is 'kept', not one of saved, saving, unsaved, problem",
        "header.home: 'href' leads nowhere safe",
    ]


@pytest.mark.parametrize("href", ["JaVaScript:a", "java\nscript:a", " javascript:a", "//a", "\\\\a", "", "a\x00b"])
def test_an_address_that_does_something_is_not_safe(href):
    assert not safe_address(href)


@pytest.mark.parametrize("href", ["4_carte.ipynb?workspace=a", "https://example.org/", "../a", "#b", "a?b=c:d"])
def test_an_address_that_leads_to_a_page_is_safe(href):
    assert safe_address(href)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("text", ["", "a", "x" * 400], [None, 3, "x" * 401]),
        ("long_text", ["", "abcde"], ["abcdef", ["a"]]),
        ("whole", [None, 0, 10, 3.0], [-1, 11, 1.5, True, "3", float("nan")]),
        ("decimal", [None, 1.5, -2, 10**400], [True, "1,5", float("nan"), float("inf")]),
        ("date", ["", "2026-03-01"], [None, "1/3/2026", "2026-03-01T10:00"]),
        ("choice", [None, "elected"], ["maire", 3]),
        ("menu", ["", None, "agent"], ["maire"]),
        ("choices", [[], ["agent", "elected"]], [None, ["maire"], "agent"]),
        ("yes_no", [None, True, False], ["yes", 1]),
        ("grid", [[[1, None], [0, 2]]], [None, [[1, 2]], [[1, -1], [0, 0]], [["1", 2], [3, 4]], [[True, 1], [1, 1]]]),
    ],
)
def test_a_value_is_one_its_field_can_hold(kind, good, bad):
    assert all(is_answer(value, FIELDS[kind]) for value in good)
    assert not any(is_answer(value, FIELDS[kind]) for value in bad)


def test_a_form_is_answered_field_by_field():
    shown = page(form({**FIELDS["text"], "id": "a"}, {**FIELDS["whole"], "id": "b"}))
    assert is_offered("save", {"a": "x", "b": 3}, shown)
    assert not is_offered("save", {"a": "x"}, shown)
    assert not is_offered("save", {"a": "x", "b": 3, "c": 1}, shown)
    assert not is_offered("save", {"a": "x", "b": 99}, shown)
    assert not is_offered("other", {"a": "x", "b": 3}, shown)


def test_a_second_button_of_a_form_brings_the_form_along():
    shown = page(form(FIELDS["text"], actions=[{"id": "later", "label": "L", "values": {"step": 2}}]))
    assert is_offered("later", {"f": "x", "step": 2}, shown)
    assert not is_offered("later", {"step": 2}, shown)


def test_the_word_of_every_change_is_asked_for_by_the_form():
    assert is_offered("change", {"f": ""}, page(form(FIELDS["text"], change="change")))
    assert not is_offered("change", {"f": ""}, page(form(FIELDS["text"])))


def test_what_a_button_carries_is_what_it_carried():
    step = {"id": "a", "title": "A", "state": "next", "actions": [{"id": "go", "label": "G", "values": {"to": 1}}]}
    shown = page({"kind": "section", "title": "S", "blocks": [{"kind": "steps", "label": "P", "items": [step]}]})
    assert is_offered("go", {"to": 1}, shown)
    assert not is_offered("go", {"to": 2}, shown)
    assert not is_offered("go", {}, shown)
