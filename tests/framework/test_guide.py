"""The page beside a framework says of each item where it comes from, and claims nothing that is not so."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import assessment.framework
from assessment.framework.guide import framework_guide

README = Path(assessment.framework.__file__).with_name("README.md")
REWRITE = "Path('assessment/framework/README.md').write_text(framework_guide(load_framework(…), 'fr'), 'utf-8')"


def rows(page):
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in page.splitlines() if line.startswith("|")]


def test_the_page_that_is_shipped_is_the_one_the_framework_gives(bundled):
    assert README.read_text("utf-8") == framework_guide(bundled, "fr"), f"write it again: {REWRITE}"


def test_the_page_begins_in_french_and_says_in_english_what_it_is(bundled):
    lines = [line for line in framework_guide(bundled, "fr").splitlines() if line]
    assert lines[1].startswith("Chaque item")
    assert lines[2].startswith("*Each item")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_item_stands_once_with_its_facet_and_its_source(bundled, language):
    page = rows(framework_guide(bundled, language))
    named = {cells[0].strip().strip("`"): cells for cells in page if cells[0].strip().startswith("`")}
    facets = {facet.id: facet.name[language] for facet in bundled.facets}
    assert list(named) == [item.id for item in bundled.items]
    for item in bundled.items:
        cells = [cell.strip() for cell in named[item.id]]
        assert cells[1] == item.text[language]
        assert cells[2] == facets.get(item.facet, "")
        assert cells[-1] == item.source
    assert all(len(cells) == 7 for cells in page)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_other_wording_stands_below_its_item(bundled, language):
    page = framework_guide(bundled, language)
    assert all(f"|  | {wording.text[language]} |" in page for wording in bundled.wordings)


def test_there_is_a_table_for_each_dimension(bundled):
    page = framework_guide(bundled, "en")
    assert page.count("\n| --- |") == len(bundled.dimensions)
    assert all(f"## {dimension.name['en']}\n" in page for dimension in bundled.dimensions)


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ["échantillon pilote", "CC BY 4.0"]), ("en", ["pilot sample", "CC BY 4.0"])]
)
def test_the_kits_own_framework_says_how_it_was_written_reviewed_and_licensed(bundled, language, words):
    page = framework_guide(bundled, language)
    assert all(word in page for word in words)
    assert page.count("\n8. ") == 1


def test_nothing_is_claimed_of_how_another_instrument_was_made(bundled):
    page = framework_guide(replace(bundled, id="mine"), "en")
    assert "pilot sample" not in page
    assert "CC BY" not in page


def test_an_instrument_without_facets_families_or_roles_has_a_page_too(bundled):
    item = replace(bundled.items[0], roles=None, facet=None, referent=None, source=None)
    dimension = replace(bundled.dimension("personal_mastery"), family=None, source=None)
    small = replace(bundled, id="s", languages=("fr",), dimensions=(dimension,), items=(item,), wordings=())
    assert rows(framework_guide(small, "fr"))[2][2:] == ["  ", "  ", " tout le monde ", " court ", "  "]


def test_a_bar_in_a_text_does_not_break_the_table(bundled):
    item = replace(bundled.items[0], text={"fr": "a | b", "en": "a | b"})
    page = framework_guide(replace(bundled, items=(item,), wordings=()), "en")
    assert "| a \\| b |" in page
    assert {len(cells) for cells in rows(page)} == {7}
