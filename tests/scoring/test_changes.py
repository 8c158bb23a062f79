"""What changed between waves: R's paired test and reliable change through the whole path, and who is linked."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.scoring.between import compare_groups
from assessment.scoring.changes import (
    CHANGE_COLUMNS,
    SURELY,
    change_row,
    compare_waves,
    moments_of_change,
    score_reliable_change,
)

R = {"rel": 1e-9}


@pytest.fixture(scope="module")
def inference():
    return json.loads((Path(__file__).resolve().parents[1] / "oracles" / "inference.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def framework(instrument, items):
    return instrument({"d": {"items": items(4)}})


def answers(score):
    """Give four answers whose mean is a score in quarters."""
    total = round(4 * score)
    return {f"i{one + 1}": total // 4 + (one < total % 4) for one in range(4)}


@pytest.fixture(scope="module")
def panel(inference, answered, framework):
    """Give R's pairs as two waves of the same people, in another order the second time."""
    rows = [
        {"respondent": f"p{number}", "wave": wave, **answers(y)}
        for wave in ("before", "after")
        for number, y in enumerate(inference["pair"][wave])
    ]
    for row in rows:
        row["wave"] = {"before": "9", "after": "10"}[row["wave"]]
    return answered(rows[: len(rows) // 2] + rows[: len(rows) // 2 - 1 : -1], framework)


def test_linked_people_are_the_paired_test_of_r(panel, framework, inference, only):
    expected, row = inference["pair"], only(compare_waves(panel, framework), comparison="linked")
    assert (row["wave"], row["other_wave"], row["n"], row["other_n"], row["items"]) == ("10", "9", 35, 35, 4)
    for name, wanted in (("difference", "difference"), ("ci_low", "low"), ("ci_high", "high")):
        assert row[name] == pytest.approx(25 * expected[wanted], **R), name
    assert row["p"] == pytest.approx(expected["p"], **R)
    assert row["hedges_g"] == pytest.approx(expected["g"], **R)
    assert [row["g_low"], row["g_high"]] == pytest.approx([expected["g_low"], expected["g_high"]], abs=1e-6)


def test_all_respondents_are_taken_for_independent(panel, framework, only):
    row = only(compare_waves(panel, framework), comparison="waves")
    as_units = panel.assign(unit=np.where(panel["wave"] == "10", "A", "B"), wave="")
    expected = compare_groups(as_units, framework, ["unit"]).iloc[0]
    for name in ("n", "other_n", "difference", "ci_low", "ci_high", "hedges_g", "p"):
        assert row[name] == pytest.approx(expected[name], **R), name


def test_nobody_is_linked_without_a_code(panel, framework):
    table = compare_waves(panel.assign(respondent=""), framework)
    assert table["comparison"].tolist() == ["waves"]
    assert score_reliable_change(panel.assign(respondent=""), framework).empty


def test_who_changed_group_is_in_no_group_s_linked_row(answered, framework, only):
    rows = [
        {"respondent": f"p{number}", "wave": wave, "unit": unit, **answers(y)}
        for number, (before, after) in enumerate(["AA", "AA", "AB", "BB", "BB", "BB"])
        for wave, unit, y in (("1", before, 2), ("2", after, 2 + number % 3))
    ]
    table = compare_waves(answered(rows, framework), framework, ["unit"])
    assert only(table, comparison="linked", group="A")["n"] == 2
    assert only(table, comparison="linked", group="B")["n"] == 3
    waves = only(table, comparison="waves", group="A")
    assert (waves["n"], waves["other_n"], waves["other_group"]) == (2, 3, "A")


def test_reliable_changes_are_counted_as_in_r(panel, framework, inference):
    for expected in inference["reliable"]:
        row = score_reliable_change(panel, framework, reliability={"d": expected["reliability"]}).iloc[0]
        assert row[["n", "improved", "unchanged", "worse"]].tolist() == [
            35,
            *(expected[name] for name in ("improved", "unchanged", "worse")),
        ]
        assert row["threshold"] == pytest.approx(25 * expected["threshold"], rel=1e-4)  # R was told 1.96
        assert row["share_improved"] == pytest.approx(expected["improved"] / 35)


def test_real_reliable_changes_are_those_of_r(refdata, reference):
    table = pd.read_csv(refdata / "data" / "univbct.csv").drop_duplicates("SUBNUM")
    for name, (first, last) in {
        "JOBSAT_1_2": (1, 2),
        "JOBSAT_1_3": (1, 3),
        "COMMIT_1_3": (1, 3),
        "READY_1_3": (1, 3),
    }.items():
        before, now = (table[f"{name.split('_')[0]}{wave}"].to_numpy(dtype=float) for wave in (first, last))
        expected = reference["univbct"][name]
        n, mean, variance, _, spread = moments_of_change(now, before)
        assert (n, mean, variance**0.5) == pytest.approx((expected["n"], expected["diff"], expected["sd_diff"]), **R)
        threshold = SURELY * np.sqrt(spread * 2 * (1 - expected["rci_rxx"]))
        row = change_row(now - before, threshold, expected["rci_rxx"], 10)
        assert row["share_improved"] == pytest.approx(expected["prop_reliable_up"], **R)
        assert row["share_worse"] == pytest.approx(expected["prop_reliable_down"], **R)


def test_few_linked_people_are_counted_in_no_cell(panel, framework):
    few = panel[panel["respondent"].isin([f"p{number}" for number in range(9)])]
    row = score_reliable_change(few, framework).iloc[0]
    assert (row["suppressed"], row["reason"]) == (True, "confidential")
    assert row[["n", "improved", "unchanged", "worse", "threshold", "reliability"]].isna().all()
    assert not score_reliable_change(few, framework, min_group=9).iloc[0]["suppressed"]
    assert score_reliable_change(few, framework).columns.tolist() == list(CHANGE_COLUMNS)


def test_without_reliability_or_spread_nothing_is_counted(answered, framework):
    def reason(ys, **options):
        rows = [{"respondent": f"p{n}", "wave": wave, **answers(y)} for n, y in enumerate(ys) for wave in "12"]
        return score_reliable_change(answered(rows, framework), framework, **options).iloc[0]["reason"]

    assert reason([3] * 12) == "no_reliability"
    assert reason([3] * 12, reliability={"d": 0.8}) == "no_variance"
    assert reason([2, 3, 4] * 4, reliability={"d": 0.8}) is None


def test_only_items_fielded_both_times_count(answered, framework, only):
    first = [{"respondent": f"p{n}", "wave": "1", "i1": 2, "i2": 3, "i3": 5, "i4": 5} for n in range(3)]
    second = [{"respondent": f"p{n}", "wave": "2", "i1": 3, "i2": 3, "i3": "", "i4": ""} for n in range(3)]
    table = compare_waves(answered(first + second, framework), framework)
    assert table["items"].tolist() == [2, 2]
    assert table["difference"].tolist() == [12.5, 12.5]
    alone = [{**row, "i2": ""} for row in second]
    table = compare_waves(answered(first + alone, framework), framework)
    assert table["reason"].tolist() == ["too_few_common_items"] * 2
    assert table["difference"].isna().all()


def test_who_was_given_the_short_form_once_is_compared_on_it(answered, instrument, only):
    items = {"i1": {"short": True}, "i2": {"short": True}, "i3": {}, "i4": {}}
    framework = instrument({"d": {"items": items}})
    rows = [
        {"respondent": "a", "wave": "1", "form": "full", "i1": 1, "i2": 1, "i3": 5, "i4": 5},
        {"respondent": "a", "wave": "2", "form": "short", "i1": 2, "i2": 2},
        {"respondent": "b", "wave": "1", "form": "full", "i1": 1, "i2": 1, "i3": 1, "i4": 1},
        {"respondent": "b", "wave": "2", "form": "full", "i1": 1, "i2": 1, "i3": 5, "i4": 5},
    ]
    row = only(compare_waves(answered(rows, framework), framework), comparison="linked")
    assert row["difference"] == pytest.approx((25 + 50) / 2)


def test_two_waves_are_needed_and_must_exist(panel, framework):
    with pytest.raises(Faults, match="waves_too_few"):
        compare_waves(panel[panel["wave"] == "9"], framework)
    with pytest.raises(Faults, match="wave_unknown"):
        compare_waves(panel, framework, other_wave="8")


def test_the_waves_the_other_way_round_turn_the_signs(panel, framework):
    one, other = compare_waves(panel, framework), compare_waves(panel, framework, wave="9", other_wave="10")
    np.testing.assert_allclose(one["difference"], -other["difference"])
    np.testing.assert_allclose(one["ci_low"], -other["ci_high"])
    np.testing.assert_allclose(one["g_low"], -other["g_high"], atol=1e-6)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=2, max_size=8),
    st.randoms(use_true_random=False),
)
def test_people_who_answer_the_same_twice_did_not_change_in_any_order(answered, framework, ys, random):
    rows = [{"respondent": f"p{n}", "wave": wave, **answers(y)} for wave in "12" for n, y in enumerate(ys)]
    table = compare_waves(answered(random.sample(rows, len(rows)), framework), framework)
    assert table["difference"].abs().max() < 1e-9
    assert set(table["reading"]) <= {"equivalent", "unclear", None}
