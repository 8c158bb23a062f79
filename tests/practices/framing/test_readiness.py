"""Six questions of a handful of people: median and range, and the survey beside them, released rows only."""

import pandas as pd
import pytest

from assessment.framework import load_framework
from assessment.practices import compare_readiness, list_brakes, score_readiness
from assessment.practices.framing.readiness import SPEAKS_OF

FRAMEWORK = load_framework("collectivite-apprenante")


def released(**scores):
    rows = [
        {"wave": "2027", "by": None, "group": None, "dimension": name, "perspective": "reality", "n": 40}
        | {"score": score, "suppressed": score is None, "reason": "confidential" if score is None else None}
        for name, score in scores.items()
    ]
    return {"dimensions": pd.DataFrame(rows).astype({"score": float})}


def test_median_and_range_by_hand():
    """2 4 3 5: median 3.5, from 2 to 5; a question nobody answered has none."""
    table = score_readiness({"readiness": [{"time": 2}, {"time": 4}, {"time": 3}, {"time": 5, "heard": None}]})
    assert table.iloc[0][["n", "median", "low", "high", "reason"]].tolist() == [4, 3.5, 2, 5, None]
    assert table["reason"].tolist()[1:] == ["no_answers"] * 5
    assert table["median"].isna().sum() == 5


def test_the_order_of_people_changes_nothing():
    people = [{"time": 2, "project": 5}, {"time": 4}, {"project": 1}]
    pd.testing.assert_frame_equal(score_readiness({"readiness": people}), score_readiness({"readiness": people[::-1]}))


def test_each_question_speaks_of_a_dimension_of_the_reference_framework():
    assert set(SPEAKS_OF.values()) <= {dimension.id for dimension in FRAMEWORK.dimensions}
    assert len(set(SPEAKS_OF.values())) == 6


@pytest.mark.parametrize(("score", "reading"), [(75.0, "alike"), (50.0, "group_higher"), (100.0, "group_lower")])
def test_the_group_beside_the_survey_by_hand(score, reading):
    """Median 4 against 1 + 4 · score/100: 75 is 4.0, 50 is 3.0 (one step less), 100 is 5.0 (one step more)."""
    group = score_readiness({"readiness": [{"time": 4}]})
    row = compare_readiness(group, released(means_to_act=score), FRAMEWORK).iloc[0]
    assert row["reading"] == reading
    assert row["position"] == 1 + 4 * score / 100


def test_what_is_hidden_stays_hidden():
    group = score_readiness({"readiness": [{"time": 4}]})
    row = compare_readiness(group, released(means_to_act=None), FRAMEWORK).iloc[0]
    assert row["suppressed"]
    assert row["reason"] == "confidential"
    assert row["reading"] is None
    assert pd.isna(row["position"])


def test_what_was_not_asked_has_its_reason():
    rows = compare_readiness(score_readiness({}), released(means_to_act=40.0), FRAMEWORK)
    assert rows["reason"].tolist() == ["no_answers", *["not_asked"] * 5]


def test_an_answer_of_spaces_is_no_answer_to_a_brake():
    table = list_brakes({"brakes": {"cost": "  ", "mobilisation": "Un relais."}})
    assert table["answered"].tolist() == [True, False, False, False]
