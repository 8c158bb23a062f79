"""Intervals by how people came to answer: headcounts of units and of roles in units."""

import numpy as np
import pandas as pd
import pytest

from assessment.faults import Faults
from assessment.scoring import score_wave

CROSSED = [("unit",), ("role",), ("unit", "role")]


@pytest.fixture(scope="module")
def framework(instrument):
    return instrument({"d": {"items": {"i1": {}}}}, roles=("x", "y"))


@pytest.fixture(scope="module")
def rows():
    cells = {("A", "x"): (1, 2, 4), ("A", "y"): (3, 5), ("B", "x"): (2, 2, 5, 4), ("B", "y"): (1, 4, 4)}
    return [{"unit": unit, "role": role, "i1": one} for (unit, role), own in cells.items() for one in own]


def stratified(rows, headcounts, column):
    """Compute the squared error from the formula: units are strata, or unit and role."""
    strata = {}
    for row in rows:
        strata.setdefault(column(row), []).append(row["i1"])
    total = sum(map(len, strata.values()))
    parts = [
        (len(own) / total) ** 2 * np.var(own, ddof=1) / len(own) * (1 - len(own) / headcounts[name])
        for name, own in strata.items()
    ]
    return np.sqrt(sum(parts))


def test_units_are_strata_with_a_finite_population(framework, answered, unit_table, rows, only):
    counts = {"A": 8, "B": 20}
    units = unit_table([{"unit": one, "headcount": count} for one, count in counts.items()], framework)
    tables = score_wave(answered(rows, framework), framework, [("unit",)], units=units)
    row = tables["dimensions"].iloc[0]
    assert row["se"] == pytest.approx(stratified(rows, counts, lambda one: one["unit"]))
    assert row["df"] == 4 + 6
    for unit in counts:
        own = [one for one in rows if one["unit"] == unit]
        found = only(tables["groups"], group=unit)["se"]
        assert found == pytest.approx(stratified(own, counts, lambda one: one["unit"]))


def test_roles_use_their_own_headcounts(framework, answered, unit_table, rows, only):
    counts = {("A", "x"): 5, ("A", "y"): 4, ("B", "x"): 12, ("B", "y"): 3}
    units = [
        {"unit": unit, "headcount": 30, **{f"headcount.{role}": counts[unit, role] for role in "xy"}} for unit in "AB"
    ]
    tables = score_wave(answered(rows, framework), framework, CROSSED, units=unit_table(units, framework))
    for role in "xy":
        own = [one for one in rows if one["role"] == role]
        expected = stratified(own, counts, lambda one: (one["unit"], one["role"]))
        assert only(tables["groups"], by="role", group=role)["se"] == pytest.approx(expected)
    assert only(tables["groups"], group="B·y")["reason"] == "everyone_answered"
    assert np.isnan(only(tables["groups"], group="B·y")["se"])


def test_a_role_without_headcounts_is_a_sample_without_correction(framework, answered, unit_table, rows, only):
    units = unit_table([{"unit": one, "headcount": 30} for one in "AB"], framework)
    tables = score_wave(answered(rows, framework), framework, [("role",)], units=units)
    own = [one for one in rows if one["role"] == "x"]
    expected = stratified(own, {"A": np.inf, "B": np.inf}, lambda one: one["unit"])
    assert only(tables["groups"], group="x")["se"] == pytest.approx(expected)


def test_a_unit_with_more_answers_than_people_is_refused(framework, answered, unit_table, rows):
    units = unit_table([{"unit": "A", "headcount": 4}, {"unit": "B", "headcount": 6}], framework)
    with pytest.raises(Faults) as wrong:
        score_wave(answered(rows, framework), framework, units=units)
    assert [(one.code, one.values["value"], one.values["count"]) for one in wrong.value.faults] == [
        ("headcount_exceeded", "A", 5),
        ("headcount_exceeded", "B", 7),
    ]


def test_a_role_with_more_answers_than_people_is_refused_where_roles_are_told_apart(
    framework, answered, unit_table, rows
):
    units = unit_table([{"unit": one, "headcount": 30, "headcount.x": 3} for one in "AB"], framework)
    score_wave(answered(rows, framework), framework, [("unit",)], units=units)
    with pytest.raises(Faults) as wrong:
        score_wave(answered(rows, framework), framework, [("role",)], units=units)
    assert [one.values["value"] for one in wrong.value.faults] == ["B · x"]


def test_equal_weights_change_nothing_in_strata(framework, answered, unit_table, rows):
    units = unit_table([{"unit": "A", "headcount": 8}, {"unit": "B", "headcount": 20}], framework)
    numbers = ["mean", "se", "ci_low", "ci_high", "df"]
    found, expected = (
        score_wave(answered(one, framework), framework, [("unit",)], units=units)
        for one in ([{"weight": 3, **row} for row in rows], rows)
    )
    for name in ("dimensions", "groups"):
        pd.testing.assert_frame_equal(found[name][numbers], expected[name][numbers], rtol=1e-9)
