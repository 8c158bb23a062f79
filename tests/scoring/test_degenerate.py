"""Hardly anything to score: a number that is undefined is empty, with its count and its reason, and nothing warns."""

import numpy as np
import pytest

from assessment.scoring import lattice, release, score_wave

TWICE = ("reality", "vision")
CODES = {
    None,
    "not_asked",
    "nobody_scored",
    "one_respondent",
    "everyone_answered",
    "too_few_complete",
    "too_few_items",
    "no_variance",
    "not_testable",
    "improper",
}


def tables_of(rows, framework, answered, **options):
    table = answered(rows, framework)
    scored = score_wave(table, framework, lattice(table), **options)
    release(scored)
    for name in ("dimensions", "groups", "tension"):
        assert set(scored[name]["reason"].astype(object).where(scored[name]["reason"].notna(), None)) <= CODES
        assert not np.isinf(scored[name].select_dtypes("number")).any(axis=None)
    return scored


def twin(reality, vision=None):
    row = {f"i{number + 1}.reality": value for number, value in enumerate(reality)}
    return row | {f"i{number + 1}.vision": value for number, value in enumerate(vision or reality)}


@pytest.fixture(scope="module")
def of(instrument, items):
    made = {}

    def make(count, **options):
        key = count, *sorted(options)
        if key not in made:
            made[key] = instrument({"d": {"reach": "global", "items": items(count)}}, perspectives=TWICE, **options)
        return made[key]

    return make


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("people", [1, 5])
@pytest.mark.parametrize("kind", ["missing", "na", "constant", "alike", "random"])
def test_nothing_fails_or_warns(of, answered, count, people, kind):
    draw = np.random.default_rng(count * people)
    cell = {
        "missing": lambda person, item: "",
        "na": lambda person, item: "na",
        "constant": lambda person, item: 3,
        "alike": lambda person, item: 1 + person % 5,  # items that repeat each other
        "random": lambda person, item: int(draw.integers(1, 6)),
    }[kind]
    rows = [twin([cell(p, i) for i in range(count)], [cell(p, i) for i in range(count)]) for p in range(people)]
    rows = [row | {"unit": "AB"[p % 2], "role": "x"} for p, row in enumerate(rows)]
    tables = tables_of(rows, of(count), answered)
    row = tables["dimensions"].iloc[0]
    if kind in ("missing", "na"):
        assert (row["n"], row["reason"]) == (0, "nobody_scored")
        assert row[["mean", "score", "se", "ci_low", "cronbach_alpha", "omega"]].isna().all()
        assert (row["na"], row["missing"]) == ((0, count * people) if kind == "missing" else (count * people, 0))
        assert tables["overall"]["maturity_level"].isna().all()
    else:
        assert row["n"] == people
        assert np.isnan(row["se"]) == (people == 1)
        assert (row["reason"] == "one_respondent") == (people == 1)
    if kind == "constant" and people > 1:
        assert (row["mean"], row["se"], row["ci_low"], row["ci_high"], row["probability"]) == (3, 0, 3, 3, 1)
        gap = tables["tension"].iloc[0]
        assert (gap["tension"], gap["share_negative"]) == (0, 0)
        assert np.isnan(gap["dz"])


def test_one_respondent_has_a_mean_and_nothing_that_needs_two(of, answered):
    tables = tables_of([twin([1, 2, 5], [5, 5, 5])], of(3), answered)
    row = tables["dimensions"].iloc[0]
    assert (row["n"], row["mean"], row["reason"]) == (1, pytest.approx(8 / 3), "one_respondent")
    assert row[["se", "ci_low", "ci_high", "cronbach_alpha", "omega", "probability"]].isna().all()
    gap = tables["tension"].iloc[0]
    assert gap[["se", "dz", "cronbach_alpha", "quadrant"]].isna().all()


@pytest.mark.parametrize("value", [2, 3])
@pytest.mark.parametrize("people", [7, 41, 97])
def test_people_who_are_all_alike_do_not_vary_by_rounding(of, answered, value, people):
    row = twin([value, 1, 1, 2, 5, 1, 1], [1, 1, value, 2, 2, 1, 2])  # sevenths, which no float holds
    tables = tables_of([row] * people, of(7), answered)
    assert (tables["dimensions"]["se"] == 0).all()
    assert tables["tension"]["dz"].isna().all()
    assert (tables["tension"]["se"] == 0).all()


def test_a_dimension_that_was_not_fielded_is_not_reported(instrument, items, answered):
    framework = instrument({"d": {"items": items(2)}, "e": {"items": items(2, "e")}})
    tables = tables_of([{"i1": 1, "i2": 2}, {"i1": 3, "i2": 3}], framework, answered)
    assert tables["dimensions"]["dimension"].tolist() == ["d"]
    assert set(tables["items"]["item"]) == {"i1", "i2"}


def test_a_file_without_any_item_gives_empty_tables(instrument, items, answered):
    framework = instrument({"d": {"items": items(2)}})
    table = answered([{"unit": "A", "age": "3", "i1": 1}], framework).drop(columns="i1")
    tables = score_wave(table, framework, [("unit",)])
    assert all(tables[name].empty for name in ("dimensions", "groups", "tension", "items", "overall"))


def test_a_role_that_is_asked_nothing_is_told_so(instrument, answered, only):
    framework = instrument({"d": {"items": {"i1": {"roles": ["x"]}, "i2": {"roles": ["x"]}}}}, roles=("x", "y"))
    rows = [{"role": "x", "i1": 1, "i2": 4}] * 12 + [{"role": "y", "i1": "", "i2": ""}] * 12
    tables = tables_of(rows, framework, answered)
    row = only(tables["groups"], group="y")
    assert (row["n"], row["missing"], row["reason"]) == (0, 0, "not_asked")
    assert np.isnan(row["mean"])
    shown = only(release(tables)["groups"], group="y")
    assert (shown["n"], shown["suppressed"]) == (0, False)


def test_a_group_of_one_has_a_mean_and_no_agreement(of, answered, only):
    rows = [twin([1, 2, 3]) | {"unit": "A"}, *([twin([4, 5, 3]) | {"unit": "B"}] * 3)]
    tables = tables_of(rows, of(3), answered)
    row = only(tables["groups"], group="A", perspective="reality")
    assert (row["n"], row["mean"], row["reason"]) == (1, 2, "one_respondent")
    assert row[["rwg_j", "ad", "se"]].isna().all()


def test_items_that_repeat_each_other_have_an_alpha_of_one_and_no_omega(of, answered):
    tables = tables_of([twin([value] * 4) for value in (1, 2, 3, 4, 5, 5)], of(4), answered)
    row = tables["dimensions"].iloc[0]
    assert row["cronbach_alpha"] == pytest.approx(1)
    assert np.isnan(row["omega"])
    assert row["reason"] == "improper"


def test_three_items_have_an_omega_and_no_fit(of, answered):
    draw = np.random.default_rng(3)
    people = [int(one) for one in draw.integers(1, 5, 30)]
    rows = [twin([min(5, value + int(draw.integers(0, 2))) for _ in range(3)]) for value in people]
    row = tables_of(rows, of(3), answered)["dimensions"].iloc[0]
    assert 0 < row["omega"] < 1
    assert row[["cfi", "rmsea", "srmr"]].isna().all()
    assert row["reason"] == "not_testable"


@pytest.mark.parametrize("weight", [1e-12, 1e12, 1e100])
def test_tiny_and_huge_weights_are_weights(of, answered, weight):
    rows = [twin([value] * 3, [value, 5, 5]) | {"weight": weight} for value in (1, 2, 4, 5)]
    plain = [{name: cell for name, cell in row.items() if name != "weight"} for row in rows]
    found, expected = (tables_of(one, of(3), answered)["dimensions"].iloc[0] for one in (rows, plain))
    for name in ("mean", "se", "ci_low", "ci_high"):
        assert found[name] == pytest.approx(expected[name], rel=1e-9)


def test_one_huge_weight_decides_the_mean_and_leaves_the_count(of, answered):
    rows = [twin([5, 5, 5]) | {"weight": 1e9}, *([twin([1, 1, 1]) | {"weight": 1e-3}] * 9)]
    row = tables_of(rows, of(3), answered)["dimensions"].iloc[0]
    assert row["n"] == 10
    assert row["mean"] == pytest.approx(5, abs=1e-6)
    assert row["score"] <= 100 + 1e-9


def test_headcounts_of_units_with_one_answer_each_give_no_interval(of, answered, unit_table):
    rows = [twin([value] * 3) | {"unit": unit} for unit, value in zip("ABC", (1, 3, 5), strict=True)]
    units = unit_table([{"unit": one, "headcount": 1} for one in "ABC"], of(3))
    row = tables_of(rows, of(3), answered, units=units)["dimensions"].iloc[0]
    assert (row["n"], row["mean"]) == (3, 3)
    assert np.isnan(row["se"])
