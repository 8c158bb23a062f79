"""What a reader of the results should know of responses that are right."""

import pytest

from assessment.responses import describe_responses, load_responses
from assessment.texts import tell


@pytest.fixture
def findings(small, upload):
    return lambda text: describe_responses(load_responses(upload(text), small), small)


def test_a_file_with_all_items_and_nothing_else_needs_no_remark(findings):
    assert findings("a_01.reality;a_02.reality;e_01\n1;2;3\n") == []


def test_background_variables_are_named(findings):
    (found,) = findings("age;a_01.reality;e_01;sexe\n40;1;2;F\n")
    assert (found.code, found.values["names"]) == ("background_variables", "age, sexe")


@pytest.mark.parametrize("heading", ["A_01", "a01", "A01.Reality", "a__01"])
def test_a_heading_that_is_an_item_but_for_its_writing_is_pointed_at(findings, heading):
    found = {one.code: one for one in findings(f"{heading};a_01.vision;e_01\n1;2;3\n")}
    assert found["heading_resembles"].place["column"] == heading
    assert found["heading_resembles"].values == {"item": "a_01", "expected": "a_01.reality"}


def test_answers_to_items_that_are_not_put_to_the_person_are_counted(findings):
    text = "role;form;a_01.reality;a_02.reality;e_01\nuser;full;1;2;3\nagent;short;1;2;3\n;;1;2;3\nuser;;1;;3\n"
    found = {one.place["column"]: one.values["count"] for one in findings(text) if one.code == "answers_not_asked"}
    assert found == {"a_02.reality": 2, "e_01.reality": 1}


def test_dimensions_that_were_not_fielded_are_named(findings):
    (found,) = findings("a_01.reality\n1\n")
    assert (found.code, found.values["names"]) == ("dimensions_not_fielded", "e")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_remark_can_be_told(findings, language):
    for found in findings("role;age;A01;a_02.reality\nuser;40;1;2\n"):
        text = tell(found, language)
        assert "{" not in text
        assert str(found.place.get("column", "")) in text
