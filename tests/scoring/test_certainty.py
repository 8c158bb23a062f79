"""Bootstrapped levels against the enumeration of all resamples, and against the t distribution of many."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from assessment.scoring import score_groups, tally
from assessment.scoring.certainty import CERTAINTY_COLUMNS, score_certainty


@pytest.fixture(scope="module")
def framework(instrument, items):
    return instrument({"d": {"items": items(2)}})


def test_the_probability_of_a_level_is_the_share_of_all_resamples_there_are(answered, framework):
    ys = (1, 2, 2, 4, 3)
    row = score_certainty(
        tally(answered([{"i1": y, "i2": y} for y in ys], framework), framework), resamples=20000
    ).iloc[0]
    shares = np.array([np.mean(one) for one in product(ys, repeat=5)]) / 4 - 0.25
    expected = ((shares >= 0.25 - 1e-9) & (shares < 0.45 - 1e-9)).mean()  # 2.4 of 5 is 0.35: started
    assert row["maturity_level"] == "started"
    assert row["boot_probability"] == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 20000))
    assert row["method"] == "bca"


def test_with_many_people_the_bootstrap_and_the_t_distribution_agree(answered, framework):
    rows = [{"unit": "AB"[n % 2], "i1": 1 + n % 4, "i2": 2 + n % 3} for n in range(240)]
    counts = tally(answered(rows, framework), framework, ["unit"])
    for by in ([], ["unit"]):
        table, expected = score_certainty(counts, by), score_groups(counts, by)
        assert table.columns.tolist() == list(CERTAINTY_COLUMNS)
        assert table["maturity_level"].tolist() == expected["maturity_level"].tolist()
        np.testing.assert_allclose(table["probability"], expected["probability"])
        np.testing.assert_allclose(table["boot_probability"], table["probability"], atol=0.03)
        np.testing.assert_allclose(table["boot_low"], 25 * (expected["ci_low"] - 1), atol=0.8)
        np.testing.assert_allclose(table["boot_high"], 25 * (expected["ci_high"] - 1), atol=0.8)


def test_the_seed_decides_and_the_order_of_people_does_not(answered, framework):
    rows = [{"i1": 1 + n % 4, "i2": 2 + n % 3} for n in range(30)]
    tables = [
        score_certainty(tally(answered(given, framework), framework), seed=seed, resamples=200)
        for given, seed in ((rows, 1), (rows[::-1], 1), (rows, 2))
    ]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    assert not tables[0].equals(tables[2])


def test_degenerate_cells_say_why(answered, framework):
    rows = [{"unit": "A", "i1": 3, "i2": 3}] * 3 + [{"unit": "B", "i1": 2, "i2": 4}, {"unit": "C", "i1": 2}]
    rows += [{"unit": "D", "i1": y, "i2": y} for y in (1, 1, 5, 5)]
    table = score_certainty(tally(answered(rows, framework), framework, ["unit"]), ["unit"], resamples=100).set_index(
        "group"
    )
    assert table["reason"].tolist() == ["no_variance", "one_respondent", "nobody_scored", None]
    assert table.loc["D", "maturity_level"] == "divided"
    assert table["boot_probability"].isna().all()
    assert table.loc["A":"C", "boot_low"].isna().all()
