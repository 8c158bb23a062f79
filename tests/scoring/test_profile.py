"""The tables of one wave, and which group is a part of which."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


PARENTS = {"north": "", "n1": "north", "n2": "north", "n2a": "n2", "n2b": "n2", "south": "", "s1": "south", "s1a": "s1"}
"""Departments of services of teams; some people belong to a department or service directly."""

PLACES = ("north", "n1", "n2", "n2a", "n2b", "s1a")
"""South has people three levels below only."""


def lineage(unit):
    return [] if not unit else [unit, *lineage(PARENTS[unit])]


@settings(max_examples=25, deadline=None)
@given(values=st.lists(st.tuples(*[st.integers(1, 5)] * 2), min_size=18, max_size=18), has_heads=st.booleans())
def test_a_unit_made_of_units_has_the_scores_of_its_people_alone(framework, answered, unit_table, values, has_heads):
    rows = [{"unit": PLACES[place % 6], "i1": one, "i2": other} for place, (one, other) in enumerate(values)]
    heads = [7 if has_heads else "" for _ in PARENTS]
    units = unit_table({"unit": list(PARENTS), "parent": list(PARENTS.values()), "headcount": heads}, framework)
    groups = score_wave(answered(rows, framework), framework, [("unit",)], units=units)["groups"].set_index("group")
    for whole in ("north", "n2", "south", "s1"):
        own = answered([row for row in rows if whole in lineage(row["unit"])], framework)
        alone = score_wave(own, framework, units=units)["dimensions"].iloc[0]
        same = ["n", "respondents", "mean", "score", "se", "ci_low", "ci_high", "plain_mean", "variance"]
        assert groups.loc[whole, same].astype(float).tolist() == pytest.approx(
            alone[same].astype(float).tolist(), rel=1e-12, abs=1e-12, nan_ok=True
        )
