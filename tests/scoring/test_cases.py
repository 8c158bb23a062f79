"""Whole small cases whose numbers were worked out on paper: tests/cases/<name>/, the arithmetic in each README."""

import csv
import math
import re
from pathlib import Path

import pytest

from assessment.framework import load_framework
from assessment.responses import load_responses, load_units
from assessment.scoring import Settings, release, score_dimensions, score_overall, score_wave, tally

CASES = Path(__file__).resolve().parents[1] / "cases"
ARITHMETIC = re.compile(r"[-+*/(). 0-9]|sqrt")
T9 = {2: 0.96172358811465, 3: 0.992521818044793, 90 / math.sqrt(280): (1 + 0.999554646946557) / 2}
"""Student's distribution with 9 degrees of freedom, from R's pt(); the last from pt(x, 9) − pt(−x, 9)."""


def scored(name, by=()):
    framework = load_framework(CASES / name / "framework.toml")
    units = CASES / name / "units.csv"
    units = load_units(units, framework) if units.exists() else None
    responses = load_responses(CASES / name / "responses.csv", framework)
    return score_wave(responses, framework, by, units=units)


def on_paper(name):
    with (CASES / name / "expected.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def worth(text):
    """Give the number an expression stands for, the word itself, or None."""
    if not ARITHMETIC.sub("", text):
        return eval(text, {"sqrt": math.sqrt}) if text else None
    return text


@pytest.mark.parametrize(("name", "by"), [("two_services", [("unit",)]), ("levels", []), ("roll_up", [("unit",)])])
def test_every_number_worked_out_on_paper_is_found(name, by, only, same):
    tables = scored(name, by)
    rows = on_paper(name)
    assert len(rows) >= 15
    for row in rows:
        keys = {key: row[key] for key in ("dimension", "perspective") if row[key]}
        if "group" in tables[row["table"]]:
            keys["group"] = row["group"] or None
        found, expected = only(tables[row["table"]], **keys)[row["column"]], worth(row["value"])
        if isinstance(expected, str):
            assert found == expected, row
        else:
            assert same(found, expected, 1e-12), (row, found, expected)


def test_probabilities_of_levels_are_those_of_student(only):
    tables = scored("levels")
    level = {row.dimension: row.probability for row in tables["dimensions"].itertuples()}
    assert level["edge"] == 1
    assert level["high"] == pytest.approx(T9[3], abs=1e-8)
    assert level["whole"] == pytest.approx(2 * T9[2] - 1, abs=1e-8)
    assert tables["overall"]["probability"][0] == pytest.approx(2 * T9[2] - 1, abs=1e-8)


def test_the_reading_that_holds_back_can_be_switched_off():
    framework = load_framework(CASES / "levels" / "framework.toml")
    counts = tally(load_responses(CASES / "levels" / "responses.csv", framework), framework)
    (row,) = score_overall(counts, score_dimensions(counts), hold_back=False).to_dict("records")
    assert (row["maturity_level"], row["held_back_by"]) == ("organised", None)
    assert row["probability"] == pytest.approx(0.999554646946557, abs=1e-8)


@pytest.mark.parametrize(
    ("least", "hidden"),
    [
        (5, {"A": "confidential", "C": "confidential"}),
        (10, {"A": "confidential", "C": "confidential"}),
        (12, {"A": "confidential", "C": "confidential"}),
        (16, {"A": "confidential", "B": "confidential", "C": "confidential"}),
    ],
)
def test_one_small_group_hides_another(least, hidden, only):
    released = release(scored("one_small_group", [("unit",)]), Settings(least))
    groups = released["groups"]
    out = groups[groups["suppressed"]]
    assert dict(zip(out["group"], out["reason"], strict=True)) == hidden
    numbers = out.drop(columns=["wave", "by", "group", "dimension", "perspective", "suppressed", "reason"])
    assert numbers.isna().all(axis=None)
    assert only(released["dimensions"], dimension="d")["mean"] == pytest.approx(169 / 59, abs=1e-12)


def test_one_small_group_leaves_the_large_ones_told(only):
    released = release(scored("one_small_group", [("unit",)]))
    assert [only(released["groups"], group=one)["mean"] for one in "BD"] == [4, 2]
    row = only(released["dimensions"], dimension="d")
    # worked by hand they are 1, 0, 1 and 1; told, they would say that in B and D all answer the same
    assert row[["rwg_j", "ad", "icc1", "icc2"]].isna().all()
    assert [only(released["groups"], group=one)["reason"] for one in "BD"] == ["unanimous"] * 2
    assert row["n"] == 59


def test_parts_and_their_units_are_named_as_sums(only):
    totals = scored("roll_up", [("unit",)])["totals"]
    sums = {(row.group, row.total_group) for row in totals.itertuples()}
    assert sums == {("P·P", "P"), ("Q", "P"), ("R", "P"), ("S", None), ("P", None)}
