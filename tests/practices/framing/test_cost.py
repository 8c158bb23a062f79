"""Hours and euros, worked on paper."""

import math

import pytest

from assessment.practices import score_cost

PEOPLE = [
    {"unit": "A", "role": "agent", "headcount": 101},
    {"unit": "A", "role": "manager", "headcount": 10},
    {"role": "elected", "headcount": 27},
]


def costed(**more):
    return score_cost({"people": PEOPLE, **more}).set_index("line")


def test_a_whole_budget_by_hand():
    """Staff 111 × 0.6 = 66.6: 67 people × 18 min = 1206 min = 20.1 h, at 30 € 603 €.
    Elected 27 × 0.6 = 16.2: 17 people × 18 min = 5.1 h, without a price.
    Workshop: 12 people of whom 9 staff, 3 h: 27 h (810 €) and 9 h. Consultant: 5 days of 7 h at 910 €: 35 h, 4550 €.
    Hours 20.1 + 5.1 + 27 + 9 = 61.2; euros 603 + 810 + 4550 = 5963."""
    workshops = [{"name": "vision", "people": 12, "staff": 9, "hours": 3}]
    costs = {"hourly_cost": 30, "consultant_days": 5, "day_cost": 910, "workshops": workshops}
    table = costed(method={"rate": 0.6, "form": "full"}, costs=costs)
    assert table["people"].tolist() == [67, 17, 9, 3, 1, 84]
    assert table["hours"].tolist() == pytest.approx([20.1, 5.1, 27, 9, 35, 61.2])
    assert table["cost"].tolist() == pytest.approx([603, math.nan, 810, math.nan, 4550, 5963], nan_ok=True)
    assert table["reason"].tolist() == [None, "not_paid", None, "not_paid", None, None]


def test_without_a_price_only_hours():
    """Short form: 111 × 8 min = 14.8 h, 27 × 8 min = 3.6 h."""
    table = costed(method={"form": "short"})
    assert table["hours"].tolist() == pytest.approx([14.8, 3.6, 18.4])
    assert table["cost"].isna().all()
    assert table.loc["total", "reason"] == "no_price"


def test_a_missing_price_says_that_the_total_is_too_low():
    table = costed(costs={"hourly_cost": 20, "consultant_days": 2})
    assert table.loc["consultant", "reason"] == "no_price"
    assert table.loc["total", ["cost", "reason"]].tolist() == [pytest.approx(111 * 0.3 * 20), "no_price"]


def test_a_price_of_nothing_is_a_price():
    assert costed(costs={"hourly_cost": 0}).loc["total", ["cost", "reason"]].tolist() == [0.0, None]


def test_a_workshop_alone_asks_nobody_to_fill_in_a_form():
    table = costed(method={"kind": "workshop"}, costs={"workshops": [{"people": 20, "hours": 2}]})
    assert table.index.tolist() == ["workshop_staff", "total"]
    assert table.loc["total", "hours"] == 40


def test_nobody_costs_nothing():
    table = score_cost({})
    assert table["line"].tolist() == ["total"]
    assert table["hours"].tolist() == [0]
