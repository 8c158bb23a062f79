"""Each respondent's score: the ones worked out on paper, and the means of every table."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import score_groups, score_tension, tally
from assessment.scoring.respondents import respondent_scores

CASE = Path(__file__).resolve().parents[1] / "cases" / "two_services"
NONE = None
# tests/cases/two_services/README.md, on the answer scale 1–5 (tension in steps)
WORK = {
    "reality": [2, 4, NONE, 3, NONE, 4, Fraction(3, 2), NONE, Fraction(17, 4), Fraction(19, 4)],
    "vision": [Fraction(9, 2), Fraction(14, 3), 3, 5, 5, 2, 3, 3, Fraction(17, 4), Fraction(7, 2)],
    "tension": [Fraction(5, 2), 1, NONE, NONE, NONE, -2, Fraction(3, 2), NONE, 0, Fraction(-5, 4)],
}


@pytest.fixture(scope="module")
def framework():
    return load_framework(CASE / "framework.toml")


@pytest.fixture(scope="module")
def responses(framework):
    return load_responses(CASE / "responses.csv", framework)


@pytest.mark.parametrize("perspective", list(WORK))
def test_every_score_worked_out_on_paper_is_found(responses, framework, perspective):
    low = 0 if perspective == "tension" else 1
    expected = [np.nan if one is None else float(25 * (one - low)) for one in WORK[perspective]]
    found = respondent_scores(responses, framework)["work", perspective]
    np.testing.assert_allclose(found, expected, atol=1e-12)


def test_columns_are_pairs_in_the_frameworks_order_and_rows_those_of_the_responses(responses, framework):
    moved = responses.set_axis(range(100, 110))
    table = respondent_scores(moved, framework)
    perspectives = ("reality", "vision", "tension")
    assert table.columns.tolist() == [(one, other) for one in ("work", "learn") for other in perspectives]
    assert table.index.tolist() == moved.index.tolist()


def test_their_means_are_those_of_the_tables(responses, framework, same):
    table, counts = respondent_scores(responses, framework), tally(responses, framework)
    for row in score_groups(counts).itertuples():
        assert same(table[row.dimension, row.perspective].mean(), row.score)
        assert table[row.dimension, row.perspective].count() == row.n
    for row in score_tension(counts).itertuples():
        assert same(table[row.dimension, "tension"].mean(), row.tension)


def test_what_was_not_fielded_has_no_column(instrument, items, answered):
    framework = instrument(
        {"d": {"items": items(2)}, "e": {"items": items(1, "e")}}, perspectives=("reality", "vision")
    )
    table = respondent_scores(answered([{"i1.reality": 3, "i2.reality": 4}], framework), framework)
    assert table.columns.tolist() == [("d", "reality")]
    assert table.iloc[0, 0] == 62.5


def test_nobody_and_nothing_give_an_empty_table(responses, framework):
    assert respondent_scores(responses.iloc[:0], framework).shape == (0, 6)
    about = responses[["respondent", "unit", "role", "wave", "form"]]
    assert respondent_scores(about, framework).shape == (10, 0)
    assert isinstance(respondent_scores(about, framework).columns, pd.MultiIndex)
