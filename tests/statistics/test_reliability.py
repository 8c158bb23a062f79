import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import (
    alpha_if_dropped,
    alpha_interval,
    corrected_item_total,
    covariance_from_sums,
    cronbach_alpha,
)

LQ2002 = {
    "LEAD": [f"LEAD{i:02}" for i in range(1, 12)],
    "TSIG": [f"TSIG{i:02}" for i in range(1, 4)],
    "HOSTIL": [f"HOSTIL{i:02}" for i in range(1, 6)],
}
BFI = ["agree", "conscientious", "extraversion", "neuroticism", "openness"]

rows_of_answers = st.tuples(st.integers(3, 12), st.integers(3, 5)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 7))
)


def of(rows):
    return covariance_from_sums(len(rows), rows.sum(axis=0), rows.T @ rows)


@pytest.fixture(params=[*LQ2002, *BFI])
def real(request, reference, scale):
    """Give a real scale's covariance and R psych's numbers; reversed items reversed, complete rows only."""
    if request.param in LQ2002:
        return of(scale("lq2002.csv", LQ2002[request.param])), reference["lq2002"][request.param]
    expected = reference["bfi"]["scales"][request.param]
    rows = scale("bfi.csv", expected["keys"])
    assert len(rows) == expected["n_complete"]
    return of(rows), expected


def test_alpha_is_psych_s_on_real_scales(real):
    covariance, expected = real
    assert cronbach_alpha(covariance) == pytest.approx(expected["alpha_listwise"], abs=1e-10)


def test_item_statistics_are_psych_s_on_real_scales(real):
    covariance, expected = real
    items = expected["item_stats_listwise"]
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), [item["sd"] for item in items], atol=1e-9)
    np.testing.assert_allclose(corrected_item_total(covariance), [item["r_drop"] for item in items], atol=1e-10)
    np.testing.assert_allclose(alpha_if_dropped(covariance), [item["alpha_drop"] for item in items], atol=1e-10)


def test_item_statistics_are_psych_s_with_one_item_left_unreversed(oracle, answers):
    rows = answers(2024, 200, [0.5, 0.6, 0.4, 0.5, 0.3], 7)
    rows[:, 3] = 8 - rows[:, 3]
    expected = oracle["reliability"]
    assert cronbach_alpha(of(rows)) == pytest.approx(expected["alpha"], abs=1e-12)
    np.testing.assert_allclose(corrected_item_total(of(rows)), expected["r_drop"], atol=1e-12)
    np.testing.assert_allclose(alpha_if_dropped(of(rows)), expected["alpha_drop"], atol=1e-12)


def test_the_interval_of_alpha_is_feldt_s_on_real_scales(real):
    _, expected = real
    found = alpha_interval(expected["alpha_listwise"], expected["n_complete"], expected["k"])
    assert found == pytest.approx(expected["alpha_ci95_feldt_listwise"], abs=1e-9)


def test_the_interval_of_alpha_is_psych_s(measured):
    for one in measured["omegas"]:
        ends = alpha_interval(one["alpha"], one["n"], len(one["shares"]))
        assert ends == pytest.approx((one["alpha_low"], one["alpha_high"]), abs=1e-12)


def test_an_alpha_without_people_or_items_has_no_interval():
    low, high = alpha_interval([0.8, 0.8, np.nan, 1], [1, 0, 30, 30], 4)
    np.testing.assert_array_equal(low, [np.nan, np.nan, np.nan, 1])
    np.testing.assert_array_equal(high, low)
    assert np.isnan(alpha_interval(0.8, 30, 1)).all()


@given(st.floats(-2, 0.99), st.integers(3, 500), st.integers(2, 12))
def test_the_interval_of_alpha_holds_it_and_shrinks_with_more_people(alpha, n, k):
    low, high = alpha_interval(alpha, n, k)
    assert low < alpha < high <= 1
    closer, nearer = alpha_interval(alpha, 4 * n, k)
    assert nearer - closer < high - low


def test_alpha_of_twin_answers_is_that_of_the_items_gaps(columns, reference):
    # The classical formula of a difference gives 0.53 here: it takes the errors of twin answers for unrelated.
    with_names = (
        ["sweet_fruit", "honey", "caramel", "vanilla"],
        ["id_sweet_fruit", "id_honey", "id_caram", "id_vanilla"],
    )
    reality, ideal = (columns("perfume_ideal.csv", names)[0::14] for names in with_names)
    expected = reference["perfume_ideal_gap"]["one_product"]
    assert len(reality) == expected["n"]
    assert cronbach_alpha(np.cov((ideal - reality).T)) == pytest.approx(expected["alpha_of_item_gaps"], abs=1e-9)


def test_alpha_by_hand():
    # Variances 2, 2, 2, covariances 1: sum 12; 3/2 · (1 - 6/12) = 0.75. Rest of two: variance 6, 2/1 · (1 - 4/6).
    covariance = np.ones((3, 3)) + np.eye(3)
    assert cronbach_alpha(covariance) == pytest.approx(0.75)
    np.testing.assert_allclose(alpha_if_dropped(covariance), 2 / 3)
    np.testing.assert_allclose(corrected_item_total(covariance), 2 / np.sqrt(2 * 6))


def test_negative_alpha_is_returned_as_it_is():
    # psych::alpha on this data: -3 (reference_values.json, edge_cases, negative_alpha)
    rows = np.array([[1, 5, 1], [2, 4, 3], [3, 3, 2], [4, 2, 5], [5, 1, 4]])
    assert cronbach_alpha(of(rows)) == pytest.approx(-3, abs=1e-12)


def test_items_that_cancel_out_have_no_alpha():
    rows = np.array([[1, 5], [2, 4], [4, 2]])
    assert np.isnan(cronbach_alpha(of(rows)))
    rows = np.array([[1, 3, 8], [2, 9, 1], [7, 3, 2], [4, 4, 4]])  # every row sums to 12
    assert np.isnan(cronbach_alpha(of(rows)))


def test_one_item_has_no_alpha_and_nothing_to_correlate_with():
    assert np.isnan(cronbach_alpha([[2.0]]))
    assert np.isnan(corrected_item_total([[2.0]])).all()
    assert np.isnan(alpha_if_dropped([[2.0]])).all()
    assert np.isnan(alpha_if_dropped([[2.0, 1.0], [1.0, 2.0]])).all()


def test_no_items_have_no_alpha():
    assert np.isnan(cronbach_alpha(np.zeros((0, 0))))


def test_answers_that_do_not_vary_have_no_alpha():
    nothing = np.zeros((3, 3))
    assert np.isnan(cronbach_alpha(nothing))
    assert np.isnan(corrected_item_total(nothing)).all()
    assert np.isnan(alpha_if_dropped(nothing)).all()


def test_undefined_covariance_gives_undefined_numbers():
    nothing = np.full((3, 3), np.nan)
    assert np.isnan(cronbach_alpha(nothing))
    assert np.isnan(corrected_item_total(nothing)).all()
    assert np.isnan(alpha_if_dropped(nothing)).all()


def test_one_constant_item_leaves_the_correlations_of_the_others():
    covariance = np.array([[2.0, 1.0, 0.0], [1.0, 2.0, 0.0], [0.0, 0.0, 0.0]])
    np.testing.assert_allclose(corrected_item_total(covariance), [0.5, 0.5, np.nan])


@given(rows_of_answers, st.integers(-5, 5), st.sampled_from([-3, 2, 10]))
def test_scaling_and_shifting_all_answers_leaves_alpha_unchanged(rows, shift, factor):
    np.testing.assert_allclose(cronbach_alpha(of(factor * rows + shift)), cronbach_alpha(of(rows)), atol=1e-9)


@given(rows_of_answers)
def test_order_of_items_leaves_alpha_unchanged(rows):
    np.testing.assert_allclose(cronbach_alpha(of(rows[:, ::-1])), cronbach_alpha(of(rows)), rtol=1e-9, atol=1e-9)


@given(rows_of_answers)
def test_alpha_never_exceeds_one(rows):
    assert not cronbach_alpha(of(rows)) > 1 + 1e-12


@given(rows_of_answers)
def test_alpha_if_dropped_is_alpha_of_the_others(rows):
    dropped = [cronbach_alpha(of(np.delete(rows, item, axis=1))) for item in range(rows.shape[1])]
    np.testing.assert_allclose(alpha_if_dropped(of(rows)), dropped, rtol=1e-9, atol=1e-9)


@given(rows_of_answers)
def test_a_stack_of_covariances_is_each_of_them(rows):
    one, other = of(rows), of(rows) + np.eye(rows.shape[1])
    for function in (cronbach_alpha, corrected_item_total, alpha_if_dropped):
        np.testing.assert_array_equal(function(np.stack([one, other])), [function(one), function(other)])
