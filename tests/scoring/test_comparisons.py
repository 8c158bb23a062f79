"""Who differs from whom: a case on paper, R's tests through the whole path, and what must never matter."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import score_groups, tally
from assessment.scoring.between import compare_groups, compare_roles, compare_with_rest
from assessment.scoring.comparisons import COMPARISON_COLUMNS
from assessment.scoring.several import compare_several
from assessment.scoring.smallest import Smallest

TESTS = Path(__file__).resolve().parents[1]
SIGNED = ("difference", "ci_low", "ci_high", "hedges_g", "g_low", "g_high")
P_ON_PAPER, T_ON_PAPER = 0.0494605591366289, 2.81747375319997
"""From R: 2 * pt(-2 * sqrt(2), 27/7); qt(0.975, 27/7)."""


@pytest.fixture(scope="module")
def inference():
    return json.loads((TESTS / "oracles" / "inference.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def four_items(instrument, items):
    return instrument({"d": {"items": items(4)}}, roles=("x", "y"))


def answers(score):
    """Give four answers whose mean is a score in quarters."""
    total = round(4 * score)
    return {f"i{one + 1}": total // 4 + (one < total % 4) for one in range(4)}


@pytest.fixture(scope="module")
def samples(inference, answered, four_items):
    """Give R's four samples as responses of four units."""
    rows = [{"unit": unit, **answers(y)} for unit, ys in inference["samples"].items() for y in ys]
    return answered(rows, four_items)


def case():
    folder = TESTS / "cases" / "common_items"
    framework = load_framework(folder / "framework.toml")
    return load_responses(folder / "responses.csv", framework), framework


def test_roles_are_compared_on_the_items_put_to_both_in_the_same_words(only):
    responses, framework = case()
    row = only(compare_roles(responses, framework), dimension="both")
    assert (row["group"], row["other_group"], row["n"], row["other_n"], row["items"]) == ("agent", "elected", 4, 3, 2)
    reach = T_ON_PAPER * math.sqrt(312.5)
    expected = {
        "difference": -50,
        "ci_low": -50 - reach,
        "ci_high": -50 + reach,
        "hedges_g": -3 * math.sqrt(2 * math.pi) / 4,
        "p": P_ON_PAPER,
        "p_holm": P_ON_PAPER,
    }
    for name, value in expected.items():
        assert row[name] == pytest.approx(value, rel=1e-9), name
    assert row["reading"] == "smaller"


def test_with_fewer_than_two_common_items_a_row_is_empty_and_says_why(only):
    table = compare_roles(*case())
    for dimension, items in (("one", 1), ("staff", 0)):
        row = only(table, dimension=dimension)
        assert (row["items"], row["reason"], row["reading"]) == (items, "too_few_common_items", None)
        assert row[list(SIGNED)].isna().all()


def test_sub_roles_are_told_apart_where_groups_are_and_count_with_their_whole_where_roles_are():
    responses, framework = case()
    table = compare_groups(responses, framework, ["role"])
    assert set(zip(table["group"], table["other_group"], strict=True)) == {
        ("agent", "elected"),
        ("agent", "technician"),
        ("elected", "technician"),
    }
    inside = table[(table["group"] == "agent") & (table["other_group"] == "technician")]
    assert inside["items"].tolist() == [4, 1, 2]  # an agent and a technician meet the same items


def test_two_units_are_the_welch_test_and_the_effect_size_of_r(samples, four_items, inference, only):
    table = compare_groups(samples, four_items, ["unit"])
    for pair, expected in inference["welch"].items():
        group, other = pair.split("-")
        turn = 1 if len(table[(table["group"] == group) & (table["other_group"] == other)]) else -1
        row = only(table, **dict(zip(("group", "other_group"), (group, other)[::turn], strict=True)))
        assert row["difference"] == pytest.approx(25 * turn * expected["difference"], rel=1e-9)
        assert row["p"] == pytest.approx(expected["p"], rel=1e-9)
        assert row["hedges_g"] == pytest.approx(turn * expected["g"], rel=1e-9)
        ends = [25 * turn * expected[end] for end in ("low", "high")]
        assert [row["ci_low"], row["ci_high"]] == pytest.approx(sorted(ends), rel=1e-9)
        ends = [turn * expected[end] for end in ("g_low", "g_high")]
        assert [row["g_low"], row["g_high"]] == pytest.approx(sorted(ends), abs=1e-6)


def test_pairs_are_held_together_as_p_adjust_does(samples, four_items, inference):
    table = compare_groups(samples, four_items, ["unit"])
    found = {frozenset(row[:2]): row[2] for row in table[["group", "other_group", "p_holm"]].itertuples(index=False)}
    for pair, expected in inference["pairs"]["holm"].items():
        assert found[frozenset(pair.split("-"))] == pytest.approx(expected, rel=1e-9)
    assert ((table["reading"] == "larger") | (table["reading"] == "smaller")).tolist() == (
        table["p_holm"] < 0.05
    ).tolist()


def test_several_units_are_oneway_test_of_r(samples, four_items, inference):
    row = compare_several(samples, four_items, ["unit"]).iloc[0]
    for name, expected in inference["several"].items():
        assert row[name] == pytest.approx(expected, rel=1e-9), name
    assert (row["n"], row["groups"]) == (103, 4)


def test_a_unit_against_the_rest_is_two_groups(samples, four_items, only):
    table = compare_with_rest(samples, four_items)
    assert len(table) == 4
    two = samples.assign(unit=np.where(samples["unit"] == "third", "third", "others"))
    expected = compare_groups(two, four_items, ["unit"]).iloc[0]
    row = only(table, group="third")
    for name in (*SIGNED, "p"):
        turned = {"ci_low": "ci_high", "ci_high": "ci_low", "g_low": "g_high", "g_high": "g_low"}.get(name, name)
        assert row[name] == pytest.approx(expected[name] if name == "p" else -expected[turned], rel=1e-6), name
    assert row["p_holm"] >= row["p"]


def test_the_difference_to_the_whole_is_a_share_of_the_difference_to_the_rest(samples, four_items, only):
    row = only(compare_with_rest(samples, four_items), group="first")
    counts = tally(samples, four_items, ["unit"])
    whole, own = score_groups(counts), only(score_groups(counts, ["unit"]), group="first")
    share = 1 - row["n"] / (row["n"] + row["other_n"])
    assert own["score"] - whole["score"].iloc[0] == pytest.approx(share * row["difference"])


def test_people_of_no_unit_are_on_neither_side(answered, four_items, only):
    rows = [{"unit": unit, **answers(y)} for unit, y in zip("AABB", (1, 2, 3, 4), strict=True)]
    rows += [{"unit": "", **answers(5)}] * 3
    table = compare_with_rest(answered(rows, four_items), four_items)
    assert only(table, group="A")[["n", "other_n", "difference"]].tolist() == [2, 2, -50]
    assert len(compare_groups(answered(rows, four_items), four_items, ["unit"])) == 1


def test_one_unit_has_no_rest(answered, four_items):
    rows = [{"unit": "A", **answers(y)} for y in (1, 2, 3)]
    row = compare_with_rest(answered(rows, four_items), four_items).iloc[0]
    assert (row["other_n"], row["reason"]) == (0, "not_asked")
    assert np.isnan(row["difference"])


def test_headcounts_make_a_difference_surer_and_a_census_certain(answered, four_items, unit_table, inference):
    rows = [{"unit": unit, **answers(y)} for unit in ("first", "second") for y in inference["samples"][unit]]
    responses = answered(rows, four_items)
    plain = compare_groups(responses, four_items, ["unit"]).iloc[0]

    def with_headcounts(first, second):
        units = unit_table([{"unit": "first", "headcount": first}, {"unit": "second", "headcount": second}], four_items)
        return compare_groups(responses, four_items, ["unit"], units=units, smallest=Smallest(3)).iloc[0]

    half = with_headcounts(46, 82)  # half of each unit answered: the variance is half
    assert (half["ci_high"] - half["difference"]) == pytest.approx(
        (plain["ci_high"] - plain["difference"]) / math.sqrt(2)
    )
    census = with_headcounts(23, 41)
    assert (census["reason"], census["reading"]) == ("everyone_answered", "larger")
    assert census["difference"] == plain["difference"]
    assert census[["ci_low", "ci_high", "p"]].isna().all()


def test_a_difference_too_small_to_act_on_is_equivalent(answered, four_items):
    rows = [{"unit": unit, **answers(y)} for unit in "AB" for y in [2, 3, 4] * 40]
    responses = answered(rows, four_items)
    readings = [
        compare_groups(responses, four_items, ["unit"], smallest=one).iloc[0]["reading"]
        for one in (Smallest(10), Smallest(1), Smallest(0.5, "sd"), Smallest(0.05, "sd"))
    ]
    assert readings == ["equivalent", "unclear", "equivalent", "unclear"]


def test_a_smallest_difference_is_above_0_and_has_a_unit():
    for wrong in ((0, "points"), (-1, "sd"), (5, "percent")):
        with pytest.raises(Faults, match="smallest_unknown"):
            Smallest(*wrong)


def test_groups_that_answer_alike_or_are_one_person_have_no_test(answered, four_items, only):
    rows = [{"unit": unit, **answers(y)} for unit, y in zip("AAABBBC", (2, 2, 2, 4, 4, 4, 1), strict=True)]
    table = compare_groups(answered(rows, four_items), four_items, ["unit"])
    alike = only(table, group="A", other_group="B")
    assert (alike["difference"], alike["reason"], alike["reading"]) == (-50, "no_variance", None)
    assert alike[["ci_low", "p", "hedges_g"]].isna().all()
    alone = only(table, group="A", other_group="C")
    assert (alone["difference"], alone["reason"], alone["reading"]) == (25, "one_respondent", None)
    assert alone[["ci_low", "p"]].isna().all()


def test_nobody_to_compare_gives_an_empty_table(answered, four_items):
    responses = answered([{"unit": "A", "role": "x", **answers(3)}], four_items)
    for table in (compare_groups(responses, four_items, ["unit"]), compare_roles(responses, four_items)):
        assert table.columns.tolist() == list(COMPARISON_COLUMNS)
        assert table.empty


def test_the_rest_of_a_role_is_refused_for_it_is_put_other_items():
    for compare in (compare_with_rest, compare_several):
        with pytest.raises(Faults, match="rest_of_other_items"):
            compare(*case(), ["role"])


def test_tension_is_compared_in_points(instrument, items, answered, only):
    framework = instrument({"d": {"items": items(2)}}, perspectives=("reality", "vision"))
    rows = [
        {"unit": unit, "i1.reality": 2, "i2.reality": 2, "i1.vision": 2 + gap, "i2.vision": 2 + gap}
        for unit, gap in zip("AAABBB", (0, 1, 2, 1, 2, 3), strict=True)
    ]
    table = compare_groups(answered(rows, framework), framework, ["unit"])
    assert table["perspective"].tolist() == ["reality", "vision", "tension"]
    row = only(table, perspective="tension")  # gaps of 25 and 50 points on average, variance 625
    assert row["difference"] == -25
    assert (row["ci_high"] - row["ci_low"]) / 2 == pytest.approx(2.7764451052 * math.sqrt(2 * 625 / 3))  # t(4; 0.975)


scores = st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=2, max_size=8)


@settings(max_examples=6, deadline=None)
@given(scores, scores, st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(answered, four_items, first, second, random):
    rows = [{"unit": unit, **answers(y)} for unit, ys in (("A", first), ("B", second)) for y in ys]
    shuffled = random.sample(rows, len(rows))
    one, other = (compare_groups(answered(given, four_items), four_items, ["unit"]) for given in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other, rtol=1e-9)


@settings(max_examples=6, deadline=None)
@given(scores, scores)
def test_naming_the_groups_the_other_way_round_turns_the_signs(answered, four_items, first, second):
    rows = [
        [{"unit": unit, **answers(y)} for unit, ys in zip(names, (first, second), strict=True) for y in ys]
        for names in ("AB", "BA")
    ]
    one, other = (compare_groups(answered(given, four_items), four_items, ["unit"]).iloc[0] for given in rows)
    assert one["difference"] == -other["difference"]
    for name, turned in (("ci_low", "ci_high"), ("hedges_g", "hedges_g"), ("g_low", "g_high")):
        assert one[name] == pytest.approx(-other[turned], abs=1e-6, nan_ok=True)
    assert {one["reading"], other["reading"]} in ({"larger", "smaller"}, {"unclear"}, {"equivalent"}, {None})


@settings(max_examples=6, deadline=None)
@given(scores)
def test_a_group_is_equal_to_its_double(answered, four_items, ys):
    rows = [{"unit": unit, **answers(y)} for unit in "AB" for y in ys]
    row = compare_groups(answered(rows, four_items), four_items, ["unit"]).iloc[0]
    assert row["difference"] == 0
    assert row["hedges_g"] == 0 or np.ptp(ys) == 0
    assert row["reading"] in ("unclear", "equivalent", None)


@settings(max_examples=6, deadline=None)
@given(scores, scores)
def test_turning_every_answer_round_turns_every_sign(answered, instrument, items, first, second):
    rows = [{"unit": unit, **answers(y)} for unit, ys in (("A", first), ("B", second)) for y in ys]
    plain, turned = (instrument({"d": {"items": items(4, reverse=one)}}) for one in (False, True))
    one, other = (compare_groups(answered(rows, kind), kind, ["unit"]).iloc[0] for kind in (plain, turned))
    assert one["difference"] == pytest.approx(-other["difference"], abs=1e-9)
    assert one["hedges_g"] == pytest.approx(-other["hedges_g"], abs=1e-9, nan_ok=True)


def test_headcounts_of_a_role_hold_for_it_with_its_parts(answered, instrument, items, unit_table):
    framework = instrument({"d": {"items": items(4)}}, roles=("x", "y", "z<x"))
    people = [("x", 1), ("z", 3), ("x", 2), ("y", 3), ("y", 4), ("y", 5), ("y", 4)]
    responses = answered([{"unit": "A", "role": role, **answers(y)} for role, y in people], framework)
    units = unit_table([{"unit": "A", "headcount": 14, "headcount.x": 6, "headcount.y": 8}], framework)
    plain, half = (compare_roles(responses, framework, units=one).iloc[0] for one in (None, units))
    assert half["difference"] == plain["difference"] == 25 * (2 - 4)
    # half of either role answered: half the variance, the same degrees of freedom
    assert half["ci_high"] - half["difference"] == pytest.approx(
        (plain["ci_high"] - plain["difference"]) / math.sqrt(2)
    )


def test_weights_act_on_the_difference(answered, four_items):
    rows = [{"unit": "A", **answers(y), "weight": w} for y, w in ((1, 1), (3, 3))]
    rows += [{"unit": "B", **answers(y), "weight": 1} for y in (2, 3)]
    row = compare_groups(answered(rows, four_items), four_items, ["unit"]).iloc[0]
    assert row["difference"] == pytest.approx(25 * (2.5 - 2.5))
    assert (row["n"], row["other_n"]) == (2, 2)
