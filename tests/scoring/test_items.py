import numpy as np
import pytest

from assessment.scoring import release, score_items, tally


@pytest.fixture(scope="module")
def table(instrument, answered):
    framework = instrument({"d": {"items": {"i1": {}, "i2": {"reverse": True}, "i3": {}, "i4": {"scored": False}}}})
    cells = [(1, 5, 2), (2, 4, 2), (4, 1, 5), (5, 2, 4), (3, "na", 3), ("", 3, 1)]
    rows = [dict(zip(("i1", "i2", "i3"), row, strict=True)) | {"i4": 3} for row in cells]
    return score_items(tally(answered(rows, framework), framework)).set_index("item")


def test_answers_are_counted_apart_from_the_complete_ones(table):
    assert table["n"].to_dict() == {"i1": 5, "i2": 5, "i3": 6}
    assert table["na"].to_dict() == {"i1": 0, "i2": 1, "i3": 0}
    assert table["missing"].to_dict() == {"i1": 1, "i2": 0, "i3": 0}
    assert (table["n_complete"] == 4).all()


def test_means_are_of_complete_respondents_with_reversed_items_turned(table):
    assert table["mean"].to_dict() == {"i1": 3, "i2": 3, "i3": 3.25}  # i2: 1, 2, 5, 4
    assert table.loc["i1", "sd"] == pytest.approx(np.sqrt(10 / 3))


def test_each_item_is_set_against_the_sum_of_the_others(table):
    i1, i2, i3 = np.array([[1, 2, 4, 5], [1, 2, 5, 4], [2, 2, 5, 4]], float)
    assert table.loc["i1", "r_drop"] == pytest.approx(np.corrcoef(i1, i2 + i3)[0, 1])
    pair = np.cov(i2, i3)
    assert table.loc["i1", "alpha_drop"] == pytest.approx(2 * (1 - np.trace(pair) / pair.sum()))


def test_an_item_that_is_not_scored_is_not_among_them(table):
    assert "i4" not in table.index


def test_an_item_answered_by_few_is_not_told(instrument, answered):
    from assessment.scoring import score_wave

    framework = instrument({"d": {"items": {"i1": {}, "i2": {}, "i3": {"roles": ["x"]}}}}, roles=("x", "y"))
    rows = [{"role": "y", "i1": 1 + n % 5, "i2": 3, "i3": ""} for n in range(20)]
    rows += [{"role": "x", "i1": "", "i2": 2, "i3": 5}] * 4
    released = release(score_wave(answered(rows, framework), framework))["items"].set_index("item")
    assert released["suppressed"].to_dict() == {"i1": False, "i2": False, "i3": True}
    assert released.loc["i3"].drop(["wave", "dimension", "perspective", "suppressed", "reason"]).isna().all()
