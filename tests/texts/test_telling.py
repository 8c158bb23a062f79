"""A fault is told on one line: where it is, what it is, what to do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.faults import PLACES, Fault, Faults, Finding
from assessment.texts import tell, tell_all

OUT = {"value": "6", "low": 1, "high": 5}


def test_all_that_is_known_of_the_place_is_named_from_the_widest_on():
    place = {"item": "a_01", "column": "a_01.vision", "row": 7, "file": "réponses.csv"}
    assert tell(Fault("answer_out_of_range", place, OUT), "fr") == (
        "réponses.csv, ligne 7, colonne a_01.vision, item a_01\u00a0: "
        "«\u202f6\u202f» n’est pas une réponse possible\u202f; "
        "les réponses vont de 1 à 5. Corrigez la cellule, ou laissez-la vide."
    )
    assert tell(Fault("answer_out_of_range", place, OUT), "en").startswith(
        "réponses.csv, row 7, column a_01.vision, item a_01: “6” is not an answer;"
    )


def test_an_item_that_is_the_column_is_not_said_twice():
    text = tell(Fault("answer_out_of_range", {"column": "a_01", "item": "a_01"}, OUT), "en")
    assert text.startswith("column a_01: ")


def test_a_remark_without_a_place_begins_with_a_capital():
    assert tell(Finding("background_variables", values={"names": "age"}), "en") == "Background variables: age."


def test_the_top_of_a_framework_is_no_block():
    fault = Fault("key_missing", {"file": "f.toml", "block": "framework", "key": "version"})
    assert tell(fault, "fr").startswith("f.toml, en tête, clé version")
    assert tell(fault, "en").startswith("f.toml, at the top, key version")


def test_kinds_of_blocks_and_types_are_worded():
    fault = Fault("reference_unknown", {"block": "item a"}, {"target": "maturity_level", "id": "z"})
    assert "(niveau de maturité)" in tell(fault, "fr")
    assert "(maturity level)" in tell(fault, "en")
    fault = Fault("type_wrong", {"block": "item a"}, {"expected": "bool", "value": "1"})
    assert "true ou false" in tell(fault, "fr")


def test_a_count_of_cells_is_no_type():
    text = tell(Fault("row_width", {"row": 3}, {"count": 2, "expected": 3}), "en")
    assert "2 cells instead of 3" in text


def test_a_cell_that_holds_a_page_is_cut():
    text = tell(Fault("answer_text", {"row": 2, "column": "x" * 500}, {**OUT, "value": "y" * 10_000}), "fr")
    assert len(text) < 400
    assert "…" in text


def test_a_file_is_named_in_full():
    path = "elsewhere/" + "folder/" * 30 + "a.csv"
    assert path in tell(Fault("file_missing", {"file": path}), "en")


@given(st.text(max_size=60))
def test_no_cell_can_break_the_line_or_drive_the_terminal(value):
    place = {"row": 2, "column": value + "\x1b[31m\r\n"}
    text = tell(Fault("answer_text", place, {**OUT, "value": f"{value}\u2028{{value}}"}), "fr")
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


def test_several_are_told_one_line_each_in_their_order():
    faults = Faults([Fault("file_empty", {"file": "b"}), Fault("file_empty", {"file": "a"})]).faults
    assert [line[:2] for line in tell_all(faults, "en")] == ["b:", "a:"]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_kind_of_place_has_its_word(place, language):
    assert "THERE" in tell(Fault("file_empty", {place: "THERE"}), language)
