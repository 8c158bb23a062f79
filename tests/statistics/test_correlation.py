import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import (
    correlation_interval,
    first_component_share,
    pairwise_correlations,
    partial_correlations,
)

some_rows = st.tuples(st.integers(5, 20), st.integers(2, 4)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(-50, 50).map(float) | st.just(np.nan))
)


def with_holes(rows):
    rows = rows.copy()
    for column in range(rows.shape[1]):
        rows[column::7, column] = np.nan
    return rows


def test_correlations_in_pairs_and_their_intervals_are_those_of_cor_test(r_says, companions):
    r, n = pairwise_correlations(with_holes(companions))
    low, high = correlation_interval(r, n)
    for first, second, count, estimate, bottom, top in r_says["tests"]:
        place = int(first) - 1, int(second) - 1
        assert n[place] == count
        assert (r[place], low[place], high[place]) == pytest.approx((estimate, bottom, top), abs=1e-12)


def test_partial_correlations_are_those_of_residuals_and_their_intervals_those_of_psych(r_says, companions):
    partial = partial_correlations(pairwise_correlations(companions)[0])
    low, high = correlation_interval(partial, 60, held=4)
    for first, second, estimate, bottom, top in r_says["partial"]:
        place = int(first) - 1, int(second) - 1
        assert (partial[place], low[place], high[place]) == pytest.approx((estimate, bottom, top), abs=1e-10)


def test_the_first_components_share_is_that_of_prcomp(r_says, companions):
    found = first_component_share(pairwise_correlations(companions)[0])
    assert found == pytest.approx(r_says["first_component"], abs=1e-12)


def test_variables_with_nothing_in_common_leave_one_share_each_and_equal_ones_all():
    assert first_component_share(np.eye(4)) == pytest.approx(0.25)
    assert first_component_share(np.ones((4, 4))) == pytest.approx(1)


def test_what_does_not_vary_or_is_hardly_known_has_no_correlation():
    rows = [[1, 7, 1, np.nan], [2, 7, 2, np.nan], [3, 7, 4, 5]]
    r, n = pairwise_correlations(rows)
    assert np.isnan(r[1]).all()
    assert np.isnan(r[3]).all()
    assert n.tolist() == [[3, 3, 3, 1]] * 3 + [[1, 1, 1, 1]]
    assert np.isnan(partial_correlations(r)).all()
    assert np.isnan(first_component_share(r))
    assert np.isnan(first_component_share([[1.0]]))


def test_equal_answers_far_from_zero_do_not_vary():
    rows = np.column_stack([np.full(9, 1e6 / 3), np.arange(9)])
    assert np.isnan(pairwise_correlations(rows)[0][0]).all()


def test_a_variable_that_repeats_others_leaves_no_partial_correlations():
    x = np.array([[1, 2.0], [2, 1], [3, 5], [4, 3], [5, 4]])
    r = pairwise_correlations(np.column_stack([x, x.sum(axis=1)]))[0]
    assert np.isfinite(r).all()
    assert np.isnan(partial_correlations(r)).all()


def test_too_few_people_or_a_perfect_correlation_have_no_interval():
    assert np.isnan(correlation_interval([0.5, 0.5, 1, -1, np.nan], [3, 0, 50, 50, 50])).all()
    assert np.isnan(correlation_interval(0.5, 7, held=4)).all()


def test_nobody_gives_empty_pairs():
    r, n = pairwise_correlations(np.empty((0, 2)))
    assert np.isnan(r).all()
    assert n.sum() == 0


@given(some_rows, st.floats(0.1, 10), st.floats(-100, 100))
def test_another_unit_or_order_of_people_changes_no_correlation(rows, times, plus):
    r, n = pairwise_correlations(rows)
    np.testing.assert_allclose(pairwise_correlations(times * rows[::-1] + plus)[0], r, atol=1e-9)
    np.testing.assert_array_equal(r, r.T)
    for first in range(rows.shape[1]):
        both = ~np.isnan(rows[:, [0, first]]).any(axis=1)
        assert n[0, first] == both.sum()
        pair = rows[both][:, [0, first]]
        if both.sum() > 1 and (np.ptp(pair, axis=0) > 0).all():
            assert r[0, first] == pytest.approx(np.corrcoef(pair.T)[0, 1], abs=1e-9)
        else:
            assert np.isnan(r[0, first])
