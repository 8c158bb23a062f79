"""Who answered: worked on paper, and attacked by whoever adds and subtracts what is told."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import LinearConstraint, milp

from assessment.framework import load_framework
from assessment.responses import load_responses, load_units
from assessment.scoring import Settings, release, score_participation, score_wave
from assessment.scoring.further import FURTHER

CASE = Path(__file__).resolve().parents[1] / "cases" / "roll_up"
LEAST = 5
BY = [("unit",), ("role",)]


def test_rates_of_a_unit_made_of_units_are_those_worked_on_paper():
    framework = load_framework(CASE / "framework.toml")
    responses = load_responses(CASE / "responses.csv", framework)
    table = score_participation(responses, framework, [("unit",)], units=load_units(CASE / "units.csv", framework))
    found = {row.group: (row.n, row.headcount, row.rate) for row in table.itertuples()}
    expected = {None: (10, 15), "P": (7, 12), "P·P": (2, 4), "Q": (3, 6), "R": (2, 2), "S": (3, 3)}
    assert found == {group: (n, of, n / of) for group, (n, of) in expected.items()}


@pytest.fixture(scope="module")
def small(instrument):
    return instrument({"d": {"items": {"a": {}, "b": {}}}}, roles=("x", "y", "z"))


def people_in(cells, seed=0):
    """Give so many people of each unit and role."""
    draw = np.random.default_rng([7, seed])
    return [
        {"unit": unit, "role": role, "a": int(draw.integers(1, 6)), "b": int(draw.integers(1, 6))}
        for (unit, role), n in cells.items()
        for _ in range(n)
    ]


def told(cells, framework, answered, units=None, earlier=None, seed=0):
    responses = answered(people_in(cells, seed), framework)
    table = score_participation(responses, framework, BY, units=units)
    tables = score_wave(responses, framework, BY) | {"participation": table}
    return release(tables, Settings(LEAST), earlier, FURTHER)


def counts(found):
    """Give what is told of each group, None where it is hidden."""
    rows = found["participation"].to_dict("records")
    return {(row["by"], row["group"]): None if row["suppressed"] else int(row["n"]) for row in rows}


def test_two_equal_groups_do_not_tell_each_other(small, answered):
    found = counts(told({("A", "x"): 3, ("B", "x"): 3, ("C", "x"): 20, ("D", "x"): 20}, small, answered))
    assert found["unit", "A"] is None
    assert found["unit", "B"] is None
    assert found[None, None] == 46  # 46 − 20 − 20 = 6 people in two units are enough together; neither is known


def test_a_total_less_a_shown_group_does_not_tell_a_hidden_one(small, answered):
    found = counts(told({("A", "x"): 3, ("B", "x"): 20, ("C", "x"): 30}, small, answered))
    assert found["unit", "A"] is None
    assert [found["unit", one] for one in "BC"].count(None) == 1


@pytest.mark.parametrize("seed", range(12))
def test_no_sum_proves_a_hidden_group_to_be_few(seed, small, answered):
    draw = np.random.default_rng([3, seed])
    cells = {(unit, role): int(draw.choice([0, 1, 3, 4, 8, 15])) for unit in "ABCD" for role in "xyz"}
    cells["A", "x"] = 12
    found = counts(told(cells, small, answered, seed=seed))
    names = [cell for cell, n in cells.items() if n]
    inside = {
        (by, group): np.array([by is None or cell[("unit", "role").index(by)] == group for cell in names], dtype=float)
        for by, group in found
    }
    shown = [key for key, n in found.items() if n is not None]
    rows, sums = np.array([inside[key] for key in shown]), np.array([found[key] for key in shown])
    truth = {key: int(own @ [cells[cell] for cell in names]) for key, own in inside.items()}
    assert all(truth[key] == found[key] for key in shown)
    for key in found.keys() - set(shown):
        if 0 < truth[key] < LEAST:
            most = milp(-inside[key], constraints=LinearConstraint(rows, sums, sums), integrality=np.ones(len(names)))
            assert -most.fun >= LEAST, (key, truth[key])


def test_a_few_who_came_late_are_not_told_by_subtraction(small, answered):
    cells = {("A", "x"): 12, ("B", "x"): 20, ("C", "x"): 30}
    first = told(cells, small, answered)
    later = counts(told(cells | {("A", "x"): 15}, small, answered, earlier=first))
    assert later["unit", "A"] is None
    same = counts(told(cells, small, answered, earlier=first))
    assert same == counts(first)


def test_a_rate_is_wanting_where_nobody_counted(small, answered, unit_table):
    people = answered(people_in({("A", "x"): 6, ("", "y"): 6, ("B", "z"): 6}), small)
    units = unit_table([{"unit": "A", "headcount": 8, "headcount.x": 8}, {"unit": "B", "headcount": ""}], small)
    table = score_participation(people, small, BY, units=units).set_index(["by", "group"])
    assert table["rate"].to_dict()["unit", "A"] == 0.75
    assert table["reason"].isna().sum() == 1
    assert set(table["reason"].dropna()) == {"no_headcount"}
    assert score_participation(people, small, BY)["headcount"].isna().all()


def test_the_order_of_respondents_changes_nothing(small, answered):
    people = people_in({("A", "x"): 6, ("B", "y"): 7})
    tables = [score_participation(answered(some, small), small, BY) for some in (people, people[::-1])]
    first, second = (table.sort_values(["by", "group"]).reset_index(drop=True) for table in tables)
    pd.testing.assert_frame_equal(first, second)
