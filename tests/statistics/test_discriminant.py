import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import stdtrit

from assessment.statistics import corrected_correlation, cronbach_alpha, htmt, htmt_interval

rows_of_answers = arrays(np.int64, (12, 5), elements=st.integers(1, 5))


@pytest.fixture
def pair(lehmer, answers):
    """Give the two scales of tests/oracles/measurement.R, their second item of the second left unreversed."""
    common = lehmer(5, 150)[:, None]
    one = np.floor(5 * (0.5 * common + 0.5 * (answers(11, 150, [0.6, 0.5, 0.7], 100) - 1) / 100)) + 1
    other = np.floor(5 * (0.4 * common + 0.6 * (answers(12, 150, [0.5, 0.6, 0.4, 0.6], 100) - 1) / 100)) + 1
    return one, other


def test_htmt_is_that_of_r_s_correlations(pair, measured):
    pair[1][:, 1] = 6 - pair[1][:, 1]  # unreversed: the size counts, not the sign
    covariance = np.cov(np.hstack(pair).T)
    assert htmt(covariance, 3) == pytest.approx(measured["pair"]["htmt"], abs=1e-12)
    assert htmt(covariance, 3, geometric=True) == pytest.approx(measured["pair"]["htmt2"], abs=1e-12)


def test_the_corrected_correlation_is_psych_s(pair, measured):
    expected = measured["pair"]
    alphas = [float(cronbach_alpha(np.cov(rows.T))) for rows in pair]
    assert alphas == pytest.approx(expected["alphas"], abs=1e-12)
    r = np.corrcoef(pair[0].mean(axis=1), pair[1].mean(axis=1))[0, 1]
    assert corrected_correlation(r, *alphas) == pytest.approx(expected["corrected"], abs=1e-12)


def test_the_interval_of_htmt_is_that_of_r_s_influences(pair, measured):
    # R moves each respondent's weight by 1e-5: good to four digits.
    pair[1][:, 1] = 6 - pair[1][:, 1]
    low, high = htmt_interval(np.hstack(pair), 3)
    assert np.sqrt(low * high) == pytest.approx(measured["pair"]["htmt"], abs=1e-12)
    reach = (
        stdtrit(149, 0.975) * measured["pair"]["log_htmt_se"] * np.sqrt(150 / 149)
    )  # R's sum is over n², ours n(n - 1)
    assert np.log(high / low) / 2 == pytest.approx(reach, rel=1e-4)


def test_the_interval_covers_the_truth_about_as_often_as_it_says():
    # Six items, 0.6 within and 0.45 across: HTMT 0.75. 95 % of 300 samples, give or take three standard errors.
    draw = np.random.default_rng(3)
    truth = np.full((6, 6), 0.45)
    truth[:3, :3] = truth[3:, 3:] = 0.6
    np.fill_diagonal(truth, 1)
    rows = draw.standard_normal((300, 120, 6)) @ np.linalg.cholesky(truth).T
    ends = np.array([htmt_interval(sample, 3) for sample in rows])
    assert 0.91 <= ((ends[:, 0] < 0.75) & (ends[:, 1] > 0.75)).mean() <= 0.99


def test_too_few_respondents_or_nothing_within_have_no_interval():
    assert np.isnan(htmt_interval([[1, 2, 3, 4], [2, 1, 4, 3]], 2)).all()
    assert np.isnan(htmt_interval(np.full((9, 4), 3.0), 2)).all()
    assert np.isnan(htmt(np.diag([1.0, 1, 1, 1]), 2))  # nothing within: no ratio rather than infinity


def test_htmt_by_hand():
    # Within 0.5 and 0.8; across 0.3, 0.4, 0.2, 0.3, mean 0.3: 0.3/√0.4; geometric (0.3·0.4·0.2·0.3)^(1/4) / √0.4.
    r = [[1, 0.5, 0.3, -0.4], [0.5, 1, 0.2, -0.3], [0.3, 0.2, 1, -0.8], [-0.4, -0.3, -0.8, 1]]
    assert htmt(r, 2) == pytest.approx(0.3 / np.sqrt(0.4))
    assert htmt(r, 2, geometric=True) == pytest.approx(0.0072**0.25 / np.sqrt(0.4))


def test_a_scale_of_one_item_or_an_item_that_does_not_vary_has_no_ratio():
    assert np.isnan(htmt(np.eye(3), 1))
    assert np.isnan(htmt(np.diag([1.0, 0, 1, 1]), 2))
    assert np.isnan(htmt(np.full((4, 4), np.nan), 2))


def test_a_correlation_is_not_corrected_by_a_reliability_that_is_none():
    values = corrected_correlation([0.5, 0.5, 0.5, np.nan], [0, -0.2, np.nan, 0.8], [0.8, -0.5, 0.8, 0.8])
    assert np.isnan(values).all()
    assert corrected_correlation(0.9, 0.7, 0.7) == pytest.approx(0.9 / 0.7)  # above 1 and told


@settings(max_examples=25)
@given(rows_of_answers, st.permutations([0, 1]), st.permutations([2, 3, 4]), st.integers(0, 4))
def test_order_of_items_reversal_and_change_of_places_leave_htmt_unchanged(rows, first, second, reversed_item):
    wanted = htmt(np.cov(rows.T), 2)
    order = [*first, *second]
    np.testing.assert_allclose(htmt(np.cov(rows[:, order].T), 2), wanted, rtol=1e-9)
    turned = rows.copy()
    turned[:, reversed_item] = 6 - turned[:, reversed_item]
    np.testing.assert_allclose(htmt(np.cov(turned.T), 2), wanted, rtol=1e-9)
    np.testing.assert_allclose(htmt(np.cov(rows[:, [2, 3, 4, 0, 1]].T), 3), wanted, rtol=1e-9)
