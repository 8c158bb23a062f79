"""The tables of one wave, and which group is a part of which."""

import pytest

from assessment.faults import Faults
from assessment.scoring import lattice, release, score_wave, waves_of


@pytest.fixture(scope="module")
def framework(instrument, items):
    return instrument({"d": {"items": items(2)}}, roles=("x", "y", "z<y"))


@pytest.fixture(scope="module")
def table(framework, answered):
    rows = [
        {"wave": wave, "unit": unit, "role": role, "age": age, "i1": 2, "i2": 1 + number % 5}
        for wave in ("T9", "T10")
        for number, (unit, role, age) in enumerate([("A", "x", "1"), ("B", "y", "2"), ("", "z", "2"), ("A", "y", "")])
    ]
    return answered(rows, framework)


def test_waves_stand_in_the_order_people_mean_and_the_last_is_scored(framework, table):
    assert waves_of(table) == ["T9", "T10"]
    assert set(score_wave(table, framework)["dimensions"]["wave"]) == {"T10"}
    assert set(score_wave(table, framework, wave="T9")["dimensions"]["wave"]) == {"T9"}
    assert score_wave(table, framework)["dimensions"]["n"].tolist() == [4]


@pytest.mark.parametrize("column", ["nothing", "respondent", "weight", "i1", "wave", "form"])
def test_a_column_that_makes_no_groups_is_refused(framework, table, column):
    with pytest.raises(Faults, match="column_unknown"):
        score_wave(table, framework, [(column,)])


def test_a_wave_that_is_not_there_is_refused(framework, table):
    with pytest.raises(Faults, match="wave_unknown"):
        score_wave(table, framework, wave="T11")


def test_the_lattice_is_what_the_responses_have(framework, table, answered):
    assert lattice(table) == [("unit",), ("role",), ("unit", "role")]
    assert lattice(answered([{"unit": "A", "i1": 1}], framework)) == [("unit",)]
    assert lattice(answered([{"i1": 1}], framework)) == []


def edges(tables):
    return {(row.by, row.group, row.total_by, row.total_group) for row in tables["totals"].itertuples()}


def test_a_crossing_is_a_part_of_its_columns_and_of_the_organisation_told_or_not(framework, table):
    found = edges(score_wave(table, framework, [("unit", "role")]))
    for total in [("unit", "A"), ("role", "x"), (None, None)]:
        assert ("unit·role", "A·x", *total) in found
    assert ("unit·role", "·z", "unit", None) in found
    assert ("unit", None, None, None) in found


def test_roles_that_are_parts_of_roles_add_up_to_them(framework, table, only):
    tables = score_wave(table, framework, [("role",)])
    groups = tables["groups"].set_index("group")["n"].to_dict()
    assert groups == {"x": 1, "y": 3, "y·y": 2, "z": 1}
    assert {("role", "y·y", "role", "y"), ("role", "z", "role", "y"), ("role", "y", None, None)} <= edges(tables)


def test_a_cell_of_a_role_made_of_roles_is_a_part_of_its_own_people(framework, table):
    found = edges(score_wave(table, framework, [("role",), ("unit", "role")]))
    assert ("unit·role", "A·y", "role", "y·y") in found
    assert ("unit·role", "A·y", "role", "y") not in found


def test_a_wave_alone_can_be_released_without_groups(framework, table):
    released = release(score_wave(table, framework))
    assert released["groups"].empty
    assert released["dimensions"]["suppressed"].tolist() == [True]
