"""The page with charts without a browser: what it takes, what it offers, what it refuses."""

import pytest
import traitlets

from assessment.figures.passages import Passage, Picture
from assessment.widgets import ChartPage, ToolPage
from assessment.widgets.blocks import document_faults
from assessment.widgets.passages import CHART_KINDS, passage_block

OPTIONS = [
    {"value": "2026", "label": "2026"},
    {"value": "2024", "label": "2024"},
    {"value": "2022", "label": "2022", "disabled": True, "note": "moins de 10 personnes"},
]
FILTERS = {
    "kind": "filters",
    "id": "choose",
    "items": [{"id": "wave", "label": "Vague", "value": "2026", "options": OPTIONS}],
}
TABS = {
    "kind": "tabs",
    "id": "chapter",
    "label": "Chapitres",
    "value": "profile",
    "items": [{"id": "profile", "label": "Profil"}, {"id": "items", "label": "Items"}],
}
PASSAGE = {"kind": "passage", "id": "roles", "title": "Les rôles", "charts": [{"spec": {"mark": "bar"}, "alt": "Un."}]}


def page(*blocks):
    return {"language": "fr", "title": "Diagnostic", "blocks": list(blocks)}


@pytest.fixture
def view():
    return ChartPage(page=page(TABS, FILTERS, PASSAGE))


@pytest.fixture
def done(view):
    events = []
    view.on_event(events.append)
    return events


def ask(view, action, **values):
    view._handle_custom_msg({"kind": "event", "number": 1, "action": action, "values": values}, [])


def test_it_takes_every_block_of_a_tools_page_and_its_own():
    assert set(ToolPage.kinds) < set(CHART_KINDS)
    assert set(CHART_KINDS) - set(ToolPage.kinds) == {"tabs", "filters", "passage"}


@pytest.mark.parametrize("block", [TABS, FILTERS, PASSAGE], ids=["tabs", "filters", "passage"])
def test_a_tools_page_without_charts_knows_no_such_block(block):
    with pytest.raises(traitlets.TraitError, match="is no kind of block"):
        ToolPage(page=page(block))


def test_it_says_its_words_beside_those_of_every_page(view):
    assert view.page["words"]["see_table"] == "Voir le tableau"
    assert view.page["words"]["yes"] == "Oui"
    view.page = {**page(), "language": "en"}
    assert view.page["words"]["take_png"] == "Save as PNG:"


def test_a_change_of_a_filter_brings_all_of_them(view, done):
    ask(view, "choose", wave="2024")
    assert [(one.action, one.values) for one in done] == [("choose", {"wave": "2024"})]


@pytest.mark.parametrize(
    ("action", "values"),
    [
        ("choose", {"wave": "1999"}),
        ("choose", {"wave": "2022"}),
        ("choose", {"wave": "2024", "unit": "roads"}),
        ("choose", {}),
        ("chapter", {"chapter": "secrets"}),
        ("chapter", {}),
        ("roles", {}),
    ],
)
def test_what_is_not_offered_is_not_done(view, done, action, values):
    ask(view, action, **values)
    assert done == []


def test_a_chapter_is_chosen(view, done):
    ask(view, "chapter", chapter="items")
    assert [(one.action, one.values) for one in done] == [("chapter", {"chapter": "items"})]


@pytest.mark.parametrize(
    ("block", "fault"),
    [
        ({**PASSAGE, "charts": [{"spec": {}}]}, "blocks[0].charts[0]: 'alt' is missing"),
        ({**PASSAGE, "points": [3]}, "blocks[0]: 'points' holds something else than texts"),
        (
            {**PASSAGE, "table": {"caption": "T", "columns": [{"label": "A"}], "rows": [["1", "2"]]}},
            "blocks[0].table.rows[0]: not a row of 1 cells",
        ),
        ({**TABS, "items": [{"id": "a"}]}, "blocks[0].items[0]: 'label' is missing"),
        (
            {**FILTERS, "items": [{**FILTERS["items"][0], "options": [{"value": 3, "label": "3"}]}]},
            "blocks[0].items[0].options[0]: 'value' is int, not str",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(block, fault):
    assert document_faults(page(block), CHART_KINDS) == [fault]


def test_blocks_within_a_section_may_be_of_the_same_kinds():
    section = {"kind": "section", "title": "Un", "blocks": [PASSAGE]}
    assert document_faults(page(section), CHART_KINDS) == []
    assert document_faults(page(section)) == ["blocks[0].blocks[0]: 'passage' is no kind of block"]


def test_a_passage_of_the_figures_is_a_block():
    chart = Picture({"mark": "bar"}, "Une barre.", "Les élus voient mieux", "n = 40")
    block = passage_block(Passage("roles", "Les rôles", "Dit.", "Note.", [{"label": "A"}], [["1"]], ("Un.",), (chart,)))
    assert document_faults(page(block), CHART_KINDS) == []
    assert block["charts"] == [{"spec": chart.spec, "alt": chart.alt, "title": chart.title, "note": chart.note}]
    assert passage_block(Passage("roles", "Les rôles", "Dit.", "", [], []))["table"] is None
