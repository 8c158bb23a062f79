import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import covariance_from_sums, mean_and_variance

rows_of_answers = st.tuples(st.integers(2, 12), st.integers(1, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 7))
)
histograms = arrays(np.int64, 6, elements=st.integers(0, 50))


def of(rows):
    return covariance_from_sums(len(rows), rows.sum(axis=0), rows.T @ rows)


def test_covariance_of_three_people_by_hand():
    # (1, 2), (2, 4), (3, 9): deviations (-1, -3), (0, -1), (1, 4); products 2, 7, 26; divided by 2.
    np.testing.assert_allclose(of(np.array([[1, 2], [2, 4], [3, 9]])), [[1, 3.5], [3.5, 13]], rtol=0, atol=1e-15)


def test_covariance_is_psych_and_base_r_s(oracle, answers):
    rows = answers(2024, 200, [0.5, 0.6, 0.4, 0.5, 0.3], 7)
    rows[:, 3] = 8 - rows[:, 3]
    expected = np.reshape(oracle["reliability"]["covariance"], (5, 5))
    np.testing.assert_allclose(of(rows), expected, atol=1e-12)


@given(rows_of_answers)
def test_covariance_equals_the_one_from_rows(rows):
    np.testing.assert_allclose(of(rows), np.cov(rows.T).reshape(rows.shape[1], -1), atol=1e-12)


@given(rows_of_answers, st.integers(0, 11))
def test_merging_sums_is_bit_identical_to_counting_the_merged(rows, cut):
    part, rest = rows[:cut], rows[cut:]
    merged = covariance_from_sums(
        len(part) + len(rest), part.sum(axis=0) + rest.sum(axis=0), part.T @ part + rest.T @ rest
    )
    assert np.array_equal(merged, of(rows))


@given(rows_of_answers)
def test_order_of_respondents_changes_nothing(rows):
    assert np.array_equal(of(rows), of(rows[::-1]))


def test_covariance_of_fewer_than_two_people_is_undefined():
    assert np.isnan(covariance_from_sums(0, [0, 0], [[0, 0], [0, 0]])).all()
    assert np.isnan(covariance_from_sums(1, [3, 4], [[9, 12], [12, 16]])).all()


def test_an_item_answered_alike_by_a_million_has_a_variance_of_exactly_zero():
    n = 1_000_003
    assert covariance_from_sums(n, [3 * n], [[9 * n]]) == 0


def test_covariance_stays_exact_where_products_exceed_64_bits():
    n = 4_000_000_000
    sums, cross = [n // 2 * 3], [[n // 2 * 5]]  # half answer 1, half answer 2: variance n/(n - 1)/4
    assert float(covariance_from_sums(n, sums, cross)[0, 0]) == pytest.approx(0.25 * n / (n - 1), rel=1e-15)


def test_unsigned_counts_do_not_wrap_around():
    # Answers (1, 2) and (2, 1): covariance -0.5.
    cross = np.array([[5, 4], [4, 5]], dtype=np.uint16)
    covariance = covariance_from_sums(np.uint16(2), np.array([3, 3], dtype=np.uint16), cross)
    np.testing.assert_array_equal(covariance, [[0.5, -0.5], [-0.5, 0.5]])


def test_covariance_of_many_groups_is_that_of_each():
    groups = np.arange(24).reshape(2, 4, 3) ** 2 % 7
    together = covariance_from_sums([4, 4], groups.sum(axis=1), groups.transpose(0, 2, 1) @ groups)
    np.testing.assert_array_equal(together, [of(group) for group in groups])


def test_float_sums_are_accepted():
    np.testing.assert_allclose(covariance_from_sums(3.0, [6.0], [[14.0]]), [[1.0]])


def test_mean_and_variance_by_hand():
    # 1, 1, 2, 4: mean 2; squares 1 + 1 + 0 + 4 = 6; 6/3.
    n, mean, variance = mean_and_variance([1, 2, 3, 4], [2, 1, 0, 1])
    assert (n, mean, variance) == (4, 2, 2)


@given(histograms)
def test_mean_and_variance_equal_those_from_rows(counts):
    values = np.array([1, 1.25, 2, 3.1, 4, 5])
    rows = np.repeat(values, counts)
    n, mean, variance = mean_and_variance(values, counts)
    assert n == len(rows)
    np.testing.assert_allclose(mean, rows.mean() if len(rows) else np.nan, rtol=1e-13)
    np.testing.assert_allclose(variance, rows.var(ddof=1) if len(rows) > 1 else np.nan, rtol=1e-11, atol=1e-13)


@given(histograms, histograms)
def test_a_stack_of_histograms_is_each_of_them(first, second):
    values = np.arange(6.0)
    together = mean_and_variance(values, [first, second])
    for position, counts in enumerate((first, second)):
        for stacked, alone in zip(together, mean_and_variance(values, counts), strict=True):
            np.testing.assert_array_equal(stacked[position], alone)


@pytest.mark.parametrize("value", [0.1, 1 / 3, 4.9])
def test_equal_scores_have_a_variance_of_exactly_zero(value):
    n, mean, variance = mean_and_variance([0.0, value, 5.0], [0, 7, 0])
    assert (n, mean, variance) == (7, value, 0)


def test_variance_is_stable_far_from_zero():
    _, mean, variance = mean_and_variance([1e9, 1e9 + 1], [2, 2])
    assert mean == 1e9 + 0.5
    assert variance == pytest.approx(1 / 3)


def test_nobody_has_no_mean_and_one_person_no_variance():
    n, mean, variance = mean_and_variance([1.0, 2.0], [[0, 0], [0, 1]])
    assert n.tolist() == [0, 1]
    np.testing.assert_array_equal(mean, [np.nan, 2])
    assert np.isnan(variance).all()
