"""The whole study: every table is one the docs list, follows the release, and gives nobody away beside another."""

from pathlib import Path

import pandas as pd
import pytest

from assessment.scoring import Settings
from assessment.scoring.study import study

TWICE = ("reality", "vision")
DISCIPLINES = {"work": {"reach": "collective"}, "sense": {"reach": "individual"}}


@pytest.fixture(scope="module")
def framework(instrument, items):
    dimensions = {name: keys | {"items": items(3, name)} for name, keys in DISCIPLINES.items()}
    return instrument(dimensions, roles=("agent", "elected"), perspectives=TWICE)


def person(number, wave="2", respondent="", **about):
    answers = {
        f"{name}{item}.{one}": 1 + (number * (item + 1) + place + shift) % 4 + shift
        for place, name in enumerate(DISCIPLINES)
        for item in (1, 2, 3)
        for shift, one in enumerate(TWICE)
    }
    return {"wave": wave, "respondent": respondent, "unit": "", "role": ""} | about | answers


def people(count, start=0, **about):
    return [person(start + number, **about) for number in range(count)]


def told(table, **keys):
    """Give the rows of some keys that say more than their keys."""
    rows = table
    for name, value in keys.items():
        rows = rows[rows[name].isna() if value is None else rows[name] == value]
    assert len(rows), f"no row for {keys}"
    return rows[~rows["suppressed"].astype(bool)]


@pytest.fixture(scope="module")
def found(framework, answered):
    rows = [*people(14, unit="A", role="agent"), *people(13, 5, unit="B", role="agent"), *people(12, role="elected")]
    rows += [*people(3, 9, unit="C", role="agent"), *people(11, 2, unit="D", role="agent")]
    return study(answered(rows, framework), framework, [("unit",), ("role",)])


def test_every_table_is_one_that_the_docs_list(found):
    docs = (Path(__file__).parents[2] / "docs" / "names.md").read_text("utf-8")
    assert [name for name in found if f"## Table `{name}`" not in docs] == []


def test_a_small_unit_is_in_no_table(found):
    for name, table in found.items():
        if "group" not in table:
            continue
        sides = [side for side in ("group", "other_group") if side in table]
        rows = table[(table[sides] == "C").any(axis=1)]
        assert rows["suppressed"].astype(bool).all(), name
        numbers = rows.select_dtypes("number")
        assert numbers.isna().all(axis=None), name


def test_agreement_across_units_counts_those_that_are_told_only(found):
    across = found["agreement_across"]
    units = across[(across["by"] == "unit") & (across["dimension"] == "work") & (across["perspective"] == "reality")]
    shown = told(found["agreement"], by="unit", dimension="work", perspective="reality").dropna(subset="group")
    assert units["groups"].tolist() == [len(shown)]
    assert units["n"].tolist() == [shown["n"].sum()]


def test_a_unit_beside_the_rest_is_not_told_where_the_few_of_no_unit_would_follow(framework, answered):
    rows = [row for start, unit in enumerate("ABC") for row in people(12, start, unit=unit)]
    few, many = (
        study(answered([*rows, *people(count, 7)], framework), framework, [("unit",)])["comparisons"]
        for count in (3, 12)
    )
    assert told(few, comparison="rest").empty
    assert len(told(many, comparison="rest"))


@pytest.mark.parametrize(("newcomers", "expected"), [(0, True), (3, False), (12, True)])
def test_people_who_answered_twice_are_not_told_of_where_the_few_others_would_follow(
    framework, answered, newcomers, expected
):
    rows = [person(number + (wave == "2") * (number % 3), wave, f"p{number}") for wave in "12" for number in range(14)]
    rows += [person(number, "2", f"new{number}") for number in range(newcomers)]
    comparisons = study(answered(rows, framework), framework, waves=["2"])["comparisons"]
    assert len(told(comparisons, comparison="waves"))
    assert len(told(comparisons, comparison="linked")) == (6 if expected else 0)


def test_only_the_waves_asked_for_are_told(framework, answered):
    rows = [row for wave in "123" for row in people(12, int(wave), wave=wave)]
    responses = answered(rows, framework)
    last = study(responses, framework, waves=["3"])
    assert {wave for table in last.values() for wave in table["wave"]} == {"3"}
    every = study(responses, framework)
    assert list(dict.fromkeys(every["dimensions"]["wave"])) == ["1", "2", "3"]
    pd.testing.assert_frame_equal(
        last["dimensions"], every["dimensions"][every["dimensions"]["wave"] == "3"].reset_index(drop=True)
    )


def test_the_threshold_is_that_of_the_settings(framework, answered):
    responses = answered(people(8), framework)
    assert study(responses, framework)["measurement"]["suppressed"].all()
    assert not study(responses, framework, settings=Settings(5))["measurement"]["suppressed"].any()
