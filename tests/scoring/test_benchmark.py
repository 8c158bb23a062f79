"""Where an organisation stands: R's one-sample test, and the medians the Civil Service People Survey published."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.faults import Faults
from assessment.scoring import score_groups, tally
from assessment.scoring.benchmark import POSITION_COLUMNS, benchmark_of, compare_benchmark


@pytest.fixture(scope="module")
def framework(instrument, items):
    return instrument({"d": {"items": items(4)}, "e": {"items": items(2, "j")}})


@pytest.fixture(scope="module")
def inference():
    return json.loads((Path(__file__).resolve().parents[1] / "oracles" / "inference.json").read_text("utf-8"))


def answers(score):
    total = round(4 * score)
    return {f"i{one + 1}": total // 4 + (one < total % 4) for one in range(4)}


def benchmark(median, **more):
    row = {
        "dimension": "d",
        "perspective": "reality",
        "organisations": 40,
        "median": median,
        "q25": median - 5,
        "q75": median + 5,
    }
    return pd.DataFrame([row | more])


def test_the_distance_to_a_median_is_the_one_sample_test_of_r(inference, answered, framework):
    expected = inference["one_sample"]
    rows = [{"unit": "second", **answers(y), "j1": 3, "j2": 3} for y in inference["samples"]["second"]]
    table = compare_benchmark(answered(rows, framework), framework, benchmark(25 * (expected["mu"] - 1)))
    assert table.columns.tolist() == list(POSITION_COLUMNS)
    (row,) = table.to_dict("records")  # the benchmark knows nothing of the other dimension
    for name, wanted in (("difference", "difference"), ("ci_low", "low"), ("ci_high", "high")):
        assert row[name] == pytest.approx(25 * expected[wanted], rel=1e-9)
    assert row["p"] == pytest.approx(expected["p"], rel=1e-9)
    assert row["hedges_g"] == pytest.approx(expected["g"], rel=1e-9)
    assert [row["g_low"], row["g_high"]] == pytest.approx([expected["g_low"], expected["g_high"]], abs=1e-6)
    assert (row["n"], row["other_n"], row["quarter"], row["reading"]) == (41, 40, "lowest", "smaller")


@pytest.mark.parametrize(
    ("median", "quarter"),
    [
        (40, "highest"),
        (45, "highest"),
        (48, "above_median"),
        (50, "above_median"),
        (52, "below_median"),
        (56, "lowest"),
    ],
)
def test_the_quarter_is_that_of_the_score(answered, framework, median, quarter):
    responses = answered([answers(y) for y in (2, 3, 4)], framework)  # 50 on average
    assert compare_benchmark(responses, framework, benchmark(median)).iloc[0]["quarter"] == quarter


def test_groups_are_compared_each_with_the_same_median(answered, framework):
    rows = [{"unit": unit, **answers(y)} for unit, y in zip("AAABB", (1, 2, 3, 4, 5), strict=True)]
    table = compare_benchmark(answered(rows, framework), framework, benchmark(50), ["unit"])
    assert table[["group", "difference", "quarter"]].values.tolist() == [["A", -25, "lowest"], ["B", 37.5, "highest"]]


def test_a_benchmark_without_its_columns_is_refused(answered, framework):
    responses = answered([answers(3)], framework)
    with pytest.raises(Faults) as wrong:
        compare_benchmark(responses, framework, pd.DataFrame({"dimension": ["d"], "median": [50]}))
    assert [fault.place["column"] for fault in wrong.value.faults] == ["perspective", "organisations", "q25", "q75"]


def test_the_medians_of_the_people_survey_are_those_published(refdata):
    """2019: 109 organisations, 92 measures; scores are published as whole %, of which the medians were not made."""
    published = json.loads((refdata / "published_checks.json").read_text("utf-8"))["csps2019_median_benchmark"]
    table = pd.read_csv(refdata / "data" / "csps2019_organisation_scores.csv", encoding="utf-8-sig")
    measures = table.columns[3:]
    numbers = table[measures].apply(lambda column: pd.to_numeric(column.astype(str).str.rstrip("%"), errors="coerce"))
    whole = table["Organisation code"].isin(["CS_MEDIAN", "CS_MEAN"])
    scores = (
        numbers[~whole]
        .assign(organisation=table["Organisation code"])
        .melt("organisation", var_name="dimension", value_name="score")
    )
    found = benchmark_of(scores.assign(perspective="reality")).set_index("dimension")["median"]
    expected = numbers[table["Organisation code"] == "CS_MEDIAN"].iloc[0]
    apart = (found[list(measures)] - expected).abs()
    assert len(apart) == published["measures"]
    assert (apart <= 1).sum() == published["within_1pt"]
    assert (np.floor(found[list(measures)] + 0.5) == expected).sum() == published["equal_after_rounding"]


def test_the_index_of_the_people_survey_is_the_score(instrument, answered, refdata):
    """565 answers from "strongly disagree" to "strongly agree", as its technical guide rounds them."""
    published = json.loads((refdata / "published_checks.json").read_text("utf-8"))["csps2019_rounding"]
    counts = {
        answer: round(published["n"] * published["pct"][name] / 100)
        for answer, name in enumerate(("SD", "D", "N", "A", "SA"), 1)
    }
    assert sum(counts.values()) == published["n"]
    framework = instrument({"d": {"items": {"i1": {}}}})
    responses = answered([{"i1": answer} for answer, count in counts.items() for _ in range(count)], framework)
    assert score_groups(tally(responses, framework))["score"].iloc[0] == pytest.approx(published["index"], abs=5e-5)
    assert 100 * (counts[4] + counts[5]) / published["n"] == pytest.approx(published["positive"], abs=5e-3)


def test_the_quartiles_of_companies_are_those_of_r(refdata, reference):
    table = pd.read_csv(refdata / "data" / "lq2002.csv")
    means = (
        table.assign(y=table[[f"LEAD{item:02}" for item in range(1, 12)]].mean(axis=1)).groupby("COMPID")["y"].mean()
    )
    scores = pd.DataFrame(
        {"organisation": means.index, "dimension": "LEAD", "perspective": "reality", "score": means.to_numpy()}
    )
    row, expected = benchmark_of(scores).iloc[0], reference["lq2002"]["benchmark_group_means"]["quantile_type7"]
    assert row["organisations"] == 49
    assert row[["q25", "median", "q75"]].tolist() == pytest.approx(
        [expected[one] for one in ("25%", "50%", "75%")], rel=1e-9
    )
