from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.statistics import johnson_weights, resampled_weights


def correlated(seed, people=30, variables=4):
    random = np.random.default_rng(seed)
    return random.normal(size=(people, variables)) + random.normal(size=(people, 1))


def test_weights_are_johnson_s_and_add_up_to_the_r_squared_of_lm(r_says, companions):
    found = resampled_weights(companions, resamples=50)
    np.testing.assert_allclose(found.weights, r_says["weights"], atol=1e-12)
    assert found.weights.sum() == pytest.approx(r_says["r_squared"], abs=1e-12)
    assert found.r_squared == pytest.approx(r_says["r_squared"], abs=1e-12)
    assert found.adjusted == pytest.approx(r_says["adjusted"], abs=1e-12)
    assert (found.n, found.reason) == (60, None)


def test_percentile_intervals_are_near_those_r_resampled_itself(r_says, companions):
    found = resampled_weights(companions, resamples=10_000)
    np.testing.assert_allclose(found.low, r_says["low"], atol=0.006)
    np.testing.assert_allclose(found.high, r_says["high"], atol=0.01)


def test_variables_that_do_not_go_together_have_their_squared_correlation():
    r = np.eye(4)
    r[3, :3] = r[:3, 3] = [0.5, -0.4, 0.0]
    np.testing.assert_allclose(johnson_weights(r), [0.25, 0.16, 0], atol=1e-15)


def test_two_variables_by_hand():
    # r12 = .8, r1y = .9, r2y = .6: see the docstring of resampled_weights
    r = [[1, 0.8, 0.9], [0.8, 1, 0.6], [0.9, 0.6, 1]]
    np.testing.assert_allclose(johnson_weights(r), [0.65, 0.20], atol=1e-12)


def test_people_with_a_hole_are_left_out_whole(companions):
    holes = np.vstack([companions, np.full((3, 6), 9.0)])
    holes[-3:, [0, 2, 5]] = np.nan
    whole, listwise = (resampled_weights(rows, resamples=40) for rows in (companions, holes))
    assert whole.n == listwise.n
    np.testing.assert_array_equal(whole.weights, listwise.weights)
    np.testing.assert_array_equal(whole.low, listwise.low)


def test_the_same_seed_gives_the_same_interval_and_another_hardly_another(companions):
    one, same, other = (resampled_weights(companions, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.high, same.high)
    assert not np.array_equal(one.high, other.high)
    np.testing.assert_allclose(one.high, other.high, atol=0.03)


def test_drawing_in_portions_changes_nothing(companions, monkeypatch):
    from assessment.statistics import relative_weights

    whole = resampled_weights(companions, resamples=100)
    monkeypatch.setattr(relative_weights, "AT_ONCE", 7 * 60)
    np.testing.assert_allclose(resampled_weights(companions, resamples=100).low, whole.low, atol=1e-12)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (np.empty((0, 3)), "too_few_complete"),
        ([[1, 2, 3]], "too_few_complete"),
        ([[1, 2, 3], [2, 1, 4], [3, 3, 1]], "too_few_complete"),
        ([[np.nan, 2, 3]] * 50, "too_few_complete"),
        ([[1], [2], [3]], "too_few_complete"),
        ([[one, 7, one % 3] for one in range(20)], "no_variance"),
        ([[one, one % 5, 4] for one in range(20)], "no_variance"),
        ([[one, 2 * one + 1, one % 3] for one in range(20)], "collinear"),
    ],
)
def test_data_that_say_nothing_give_no_weights_but_a_reason(rows, reason):
    found = resampled_weights(rows, resamples=20)
    assert found.reason == reason
    assert np.isnan([*found.weights, *found.low, *found.high, found.r_squared, found.adjusted]).all()


def test_data_too_thin_to_resample_keep_their_weights_without_an_interval():
    # one person alone makes the first variable vary: it is missing from a third of the resamples
    rows = [[one == 3, one % 4, (3 * one) % 7] for one in range(12)]
    found = resampled_weights(np.array(rows, dtype=float), resamples=200)
    assert found.reason == "no_interval"
    assert np.isfinite(found.weights).all()
    assert np.isnan(found.low).all()


@settings(max_examples=40)
@given(st.integers(0, 10**6))
def test_weights_are_never_negative_and_add_up_in_any_order_and_unit(seed):
    rows = correlated(seed)
    weights = johnson_weights(np.corrcoef(rows.T))
    assert (weights >= 0).all()
    fitted = np.linalg.lstsq(rows[:, :-1] - rows[:, :-1].mean(0), rows[:, -1] - rows[:, -1].mean(), rcond=None)[0]
    explained = ((rows[:, :-1] - rows[:, :-1].mean(0)) @ fitted).var() / rows[:, -1].var()
    assert weights.sum() == pytest.approx(explained, abs=1e-9)
    other = -3 * rows[:, [2, 0, 1, 3]] + 5
    np.testing.assert_allclose(johnson_weights(np.corrcoef(other.T)), weights[[2, 0, 1]], atol=1e-9)


def test_a_stack_of_matrices_is_each_of_them():
    each = [np.corrcoef(correlated(seed).T) for seed in range(3)]
    broken = np.full((4, 4), np.nan)
    found = johnson_weights(np.stack([*each, broken]))
    for row, one in zip(found, each, strict=False):
        np.testing.assert_allclose(row, johnson_weights(one), atol=1e-15)
    assert np.isnan(found[3]).all()


def test_more_of_the_outcome_gives_more_weight():
    shares = [johnson_weights([[1, 0.3, r], [0.3, 1, 0.2], [r, 0.2, 1]])[0] for r in (0.2, 0.4, 0.6)]
    assert all(one < other for one, other in pairwise(shares))
