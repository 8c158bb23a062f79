"""Each design through the tally, against R survey on people in units and in none (tests/oracles/inference.R)."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.faults import Faults
from assessment.scoring import score_dimensions, score_groups, score_wave, tally
from assessment.scoring.design import Design, groups_of
from assessment.scoring.raking import rake_units_and_roles

PAIR = ("d", "reality")


@pytest.fixture(scope="module")
def inference():
    return json.loads((Path(__file__).resolve().parents[1] / "oracles" / "inference.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def framework(instrument):
    return instrument({"d": {"items": {"i1": {}}}}, roles=("agent", "manager", "executive", "elected", "clerk<agent"))


@pytest.fixture(scope="module")
def staff(inference):
    people = pd.DataFrame(inference["people"])
    people["i1"] = people["y"].where(people["scored"], "").astype(str)
    return people


@pytest.fixture(scope="module")
def told(answered, framework):
    """Give a function from people to their tally by unit and role."""

    def count(people, *more):
        rows = people[["unit", "role", "i1", *more]].to_dict("records")
        return tally(answered(rows, framework), framework, ["unit", "role"])

    return count


@pytest.fixture(scope="module")
def units(inference, framework, unit_table):
    """Give the units with roles' headcounts: all in the first unit, for only their sums count."""
    told = inference["raking"]
    rows = [{"unit": unit, "headcount": count} for unit, count in told["headcounts"].items()]
    for role, count in told["roles"].items():
        for number, row in enumerate(rows):
            row[f"headcount.{role}"] = 0 if number else count
    return unit_table(rows, framework)


def assert_is(interval, expected, cell=0, tolerance=1e-10):
    for name in ("mean", "se", "df", "low", "high"):
        assert getattr(interval, name)[cell] == pytest.approx(expected[name], abs=tolerance), name


def cell_of(groups, **values):
    keys = groups.cells.keys
    return int(np.flatnonzero(np.all([keys[name] == value for name, value in values.items()], axis=0))[0])


@pytest.mark.parametrize(("all_units", "suffix"), [(None, ""), (20, "_fpc")])
def test_units_that_were_drawn_are_survey_s_clusters(staff, told, inference, all_units, suffix):
    expected, design = inference["clustered"], Design("clustered", all_units)
    members = told(staff[staff["unit"] != ""])
    assert_is(groups_of(members, [], None, design).interval(PAIR), expected[f"members{suffix}"])
    roles = groups_of(members, ["role"], None, design)
    assert_is(roles.interval(PAIR), expected[f"managers{suffix}"], cell_of(roles, role="manager"))
    everyone = groups_of(told(staff), [], None, design).interval(PAIR)
    assert_is(everyone, expected[f"everyone{suffix}"])


def test_weighted_clusters_are_survey_s(staff, told, inference):
    weighted = staff.assign(weight=staff["w"])
    interval = groups_of(told(weighted, "weight"), [], None, Design("clustered")).interval(PAIR)
    assert_is(interval, inference["clustered"]["everyone_weighted"])


def test_within_one_unit_there_is_no_sample_of_units(staff, told, units):
    counts = told(staff)
    found = groups_of(counts, ["unit"], units, Design("clustered")).interval(PAIR)
    expected = groups_of(counts, ["unit"], units).interval(PAIR)
    np.testing.assert_array_equal(found.se, expected.se)


def test_people_who_are_all_in_one_unit_of_those_drawn_have_no_interval_for_that_reason(staff, told):
    counts = told(staff[(staff["unit"] == "A") | ((staff["unit"] == "B") & (staff["role"] == "agent"))])
    groups = groups_of(counts, ["role"], None, Design("clustered"))
    assert groups.lonely == "one_unit"
    manager = cell_of(groups, role="manager")
    interval = groups.interval(PAIR)
    assert interval.df[manager] == 0
    assert np.isnan(interval.se[manager])
    assert groups_of(counts, ["role"]).lonely == "one_respondent"


def test_as_many_units_drawn_as_there_are_is_another_design(staff, told):
    for all_units in (7, 3):
        with pytest.raises(Faults, match="design_all_units_asked"):
            groups_of(told(staff), [], None, Design("clustered", all_units))


def test_raked_means_and_their_intervals_are_survey_s(staff, told, units, inference):
    counts, expected = told(staff[staff["unit"] != ""]), inference["raking"]
    design = Design("raked")
    assert_is(groups_of(counts, [], units, design).interval(PAIR), expected["strata"], tolerance=1e-8)
    roles, places = (groups_of(counts, [column], units, design) for column in ("role", "unit"))
    assert_is(roles.interval(PAIR), expected["strata_agents"], cell_of(roles, role="agent"), 1e-8)
    assert_is(places.interval(PAIR), expected["strata_unit_c"], cell_of(places, unit="C"), 1e-8)


def test_people_of_no_unit_keep_their_share_when_the_others_are_raked(staff, told, units, inference):
    table = rake_units_and_roles(told(staff), units)
    alone = table[table["unit"] == ""]
    assert alone["weight"].tolist() == pytest.approx([1.0])
    assert (table["weight"] * table["respondents"]).sum() == pytest.approx(len(staff))
    own = staff[(staff["unit"] == "") & staff["scored"]]["y"]
    inside = inference["raking"]["strata"]["mean"]
    weight = table.merge(staff[staff["scored"]], on=["unit", "role"])["weight"].sum() - len(own)
    mean = groups_of(told(staff), [], units, Design("raked")).interval(PAIR).mean[0]
    assert mean == pytest.approx((inside * weight + own.sum()) / (weight + len(own)))


def test_a_role_is_raked_with_the_nearest_it_is_a_part_of_that_has_headcounts(staff, told, units):
    clerks = staff.assign(role=np.where((staff["role"] == "agent") & (staff["w"] == 1), "clerk", staff["role"]))
    table, plain = (rake_units_and_roles(told(one), units) for one in (clerks, staff))
    assert set(table.loc[table["role"] == "clerk", "margin"]) == {"agent"}
    weights = plain.set_index(["unit", "role"])["weight"]
    for row in table[table["role"] == "clerk"].itertuples():
        assert row.weight == pytest.approx(weights[row.unit, "agent"])


def test_without_headcounts_of_roles_units_alone_are_weighted(staff, told, units):
    members = staff[staff["unit"] != ""]
    table = rake_units_and_roles(told(members), units[["unit", "name", "parent", "headcount"]])
    expected = units.set_index("unit")["headcount"] / units["headcount"].sum() * len(members)
    weights = expected / members["unit"].value_counts()
    assert table["weight"].tolist() == pytest.approx(weights[table["unit"]].tolist())


def test_where_everyone_answered_a_raked_mean_has_no_interval(staff, told, units):
    members = staff[(staff["unit"] == "E") & staff["scored"]]
    full = units[units["unit"] == "E"].assign(headcount=float(len(members)))
    interval = groups_of(told(members), [], full, Design("raked")).interval(PAIR)
    assert np.isnan(interval.se[0])
    assert not np.isnan(interval.mean[0])


def assert_row(row, expected):
    told = {"mean": "mean", "se": "se", "df": "df", "ci_low": "low", "ci_high": "high"}
    assert {name: row[name] for name in told} == pytest.approx({a: expected[b] for a, b in told.items()}, abs=1e-8)


def test_a_wave_is_scored_by_the_design_that_is_asked_for(staff, answered, framework, inference):
    members = answered(staff[staff["unit"] != ""][["unit", "role", "i1"]].to_dict("records"), framework)
    table = score_wave(members, framework, [("role",)], design=Design("clustered", 20))["dimensions"]
    assert_row(table.iloc[0], inference["clustered"]["members_fpc"])


def test_profile_and_groups_are_raked_when_that_is_asked_for(staff, told, units, inference):
    counts, expected, design = told(staff[staff["unit"] != ""]), inference["raking"], Design("raked")
    assert_row(score_dimensions(counts, units=units, design=design).iloc[0], expected["strata"])
    roles = score_groups(counts, ["role"], units=units, design=design).set_index("group")
    assert_row(roles.loc["agent"], expected["strata_agents"])


def test_people_of_the_only_unit_that_was_drawn_have_no_interval_and_the_reason_says_so(answered, framework):
    rows = [{"unit": "A", "i1": 1 + number % 5} for number in range(12)]
    row = score_wave(answered(rows, framework), framework, design=Design("clustered"))["dimensions"].iloc[0]
    assert (row["n"], row["reason"]) == (12, "one_unit")
    assert np.isnan(row["se"])


def test_a_design_that_cannot_be_is_refused(staff, told, units):
    for code, people, table, kind in (
        ("design_needs_headcounts", staff, None, "raked"),
        ("design_needs_headcounts", staff, None, "stratified"),
        ("design_weights_twice", staff.assign(weight=2), units, "raked"),
        ("design_unknown", staff, units, "quota"),
    ):
        more = ["weight"] if "weight" in people else []
        with pytest.raises(Faults) as wrong:
            groups_of(told(people, *more), [], table, Design(kind))
        assert [fault.code for fault in wrong.value.faults] == [code]


def test_raking_that_empty_cells_forbid_is_refused(staff, told, unit_table, framework):
    apart = staff[(staff["unit"] == "A") & (staff["role"] == "agent")]
    apart = pd.concat([apart, apart.assign(unit="B", role="manager")])
    rows = [{"unit": one, "headcount": 30, "headcount.agent": 25, "headcount.manager": 5} for one in "AB"]
    with pytest.raises(Faults, match="raking_impossible"):
        rake_units_and_roles(told(apart), unit_table(rows, framework))
