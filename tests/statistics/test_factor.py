import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import covariance_from_sums, omega_interval, one_factor

LQ2002 = {
    "LEAD": [f"LEAD{i:02}" for i in range(1, 12)],
    "TSIG": [f"TSIG{i:02}" for i in range(1, 4)],
    "HOSTIL": [f"HOSTIL{i:02}" for i in range(1, 6)],
}
BFI = ["agree", "conscientious", "extraversion", "neuroticism", "openness"]
FIT = ("chi_square", "df", "cfi", "tli", "rmsea", "srmr")
PROPER = ["mixed_signs", "two_clusters_lower_minimum", "fits_better_than_chance"]
IMPROPER = ["three_items_heywood", "three_items_negative_triad", "four_items_heywood"]


def of(rows):
    return covariance_from_sums(len(rows), rows.sum(axis=0), rows.T @ rows)


def from_triangle(correlations):
    """r21, r31, r32, r41, … as in tests/oracles/statistics.R."""
    k = round((1 + np.sqrt(1 + 8 * len(correlations))) / 2)
    matrix = np.eye(k)
    matrix[np.tril_indices(k, -1)] = correlations
    return np.maximum(matrix, matrix.T) + np.minimum(matrix, matrix.T) - np.diag(np.diag(matrix))


def made_of(loadings, scale=1.0):
    covariance = np.outer(loadings, loadings)
    np.fill_diagonal(covariance, 1)
    return covariance * np.outer(scale, scale)


def assert_nothing_but(fit, reason):
    assert fit.reason == reason
    numbers = [*fit.loadings, *fit.uniquenesses, fit.omega, *(getattr(fit, name) for name in FIT)]
    assert np.isnan(numbers).all()


def assert_is_lavaan_s(fit, lavaan):
    assert fit.reason is None
    assert fit.omega == pytest.approx(lavaan["omega"], abs=1e-5)
    assert fit.chi_square == pytest.approx(lavaan["chisq"], abs=1e-4)
    np.testing.assert_allclose(fit.loadings, lavaan["loadings"], atol=1e-4)
    for name in FIT[1:]:
        assert getattr(fit, name) == pytest.approx(lavaan[name], abs=1e-4), name


@pytest.fixture(params=[*LQ2002, *BFI])
def real(request, reference, scale):
    """Give the fit of a real scale and lavaan's numbers; reversed items reversed, complete rows only."""
    name = request.param
    expected = reference["lq2002"][name] if name in LQ2002 else reference["bfi"]["scales"][name]
    rows = scale("lq2002.csv", LQ2002[name]) if name in LQ2002 else scale("bfi.csv", expected["keys"])
    return one_factor(of(rows), len(rows)), expected


def test_omega_and_loadings_are_lavaan_s_on_real_scales(real):
    fit, expected = real
    assert fit.omega == pytest.approx(expected["omega_cfa_ml"], abs=1e-6)
    np.testing.assert_allclose(fit.loadings, expected["cfa_std_loadings"], atol=1e-5)


def test_fit_is_lavaan_s_on_real_scales(real):
    fit, expected = real
    if len(fit.loadings) == 3:
        assert (fit.reason, fit.df) == ("not_testable", 0)
        return
    assert fit.chi_square == pytest.approx(expected["cfa_fit"]["chisq"], abs=1e-5)
    for name in FIT[1:]:
        assert getattr(fit, name) == pytest.approx(expected["cfa_fit"][name], abs=1e-7), name


@pytest.mark.parametrize("case", PROPER)
def test_fit_is_lavaan_s_on_made_up_correlations(case, oracle):
    lavaan = oracle["factors"][case]
    assert_is_lavaan_s(one_factor(from_triangle(lavaan["correlations"]), lavaan["n"]), lavaan)


def test_the_lower_of_two_minima_is_found_where_lavaan_s_own_start_ends_in_the_higher(oracle):
    higher, lower = (oracle["factors"][f"two_clusters_{which}_minimum"] for which in ("higher", "lower"))
    assert lower["chisq"] < higher["chisq"]
    fit = one_factor(from_triangle(higher["correlations"]), higher["n"])
    assert fit.chi_square == pytest.approx(lower["chisq"], abs=1e-4)


@pytest.mark.parametrize("case", IMPROPER)
def test_a_heywood_case_is_improper_where_lavaan_s_residual_variance_is_negative(case, oracle):
    lavaan = oracle["factors"][case]
    assert not lavaan["converged"] or lavaan["smallest_uniqueness"] < 0
    assert_nothing_but(one_factor(from_triangle(lavaan["correlations"]), lavaan["n"]), "improper")


@pytest.mark.parametrize("index", range(40))
def test_forty_small_samples_are_proper_or_improper_as_in_lavaan(index, oracle, answers, lehmer):
    lavaan = oracle["samples"][index]
    shares = 0.1 + 0.6 * lehmer(1000 + lavaan["seed"], lavaan["k"])
    rows = answers(lavaan["seed"], lavaan["n"], shares, 5)
    fit = one_factor(of(rows), lavaan["n"])
    if lavaan["converged"] and lavaan["smallest_uniqueness"] > 0:
        assert_is_lavaan_s(fit, lavaan)
    else:
        assert_nothing_but(fit, "improper")


def test_three_items_give_omega_and_no_fit(oracle):
    # λ₁² = 0.5 · 0.4/0.3 = 2/3, λ₂² = 0.5 · 0.3/0.4 = 0.375, λ₃² = 0.4 · 0.3/0.5 = 0.24
    lavaan = oracle["factors"]["three_items"]
    fit = one_factor(from_triangle(lavaan["correlations"]), lavaan["n"])
    np.testing.assert_allclose(fit.loadings, np.sqrt([2 / 3, 0.375, 0.24]))
    assert fit.omega == pytest.approx(lavaan["omega"], abs=1e-7)
    assert (fit.reason, fit.chi_square, fit.df) == ("not_testable", pytest.approx(0, abs=1e-9), 0)
    assert np.isnan([fit.cfi, fit.tli, fit.rmsea, fit.srmr]).all()


def test_omega_is_in_the_metric_of_the_answers():
    # Loadings 0.8, 0.6, 0.5, 0.4 on standard deviations 1, 2, 1, 1: sum 0.8 + 1.2 + 0.5 + 0.4 = 2.9, 2.9² = 8.41;
    # uniquenesses 0.36 + 4 · 0.64 + 0.75 + 0.84 = 4.51.
    fit = one_factor(made_of([0.8, 0.6, 0.5, 0.4], [1, 2, 1, 1]), 100)
    assert fit.omega == pytest.approx(8.41 / (8.41 + 4.51), abs=1e-9)
    np.testing.assert_allclose(fit.uniquenesses, [0.36, 0.64, 0.75, 0.84], atol=1e-9)
    assert (fit.chi_square, fit.cfi, fit.rmsea, fit.srmr) == pytest.approx((0, 1, 0, 0), abs=1e-7)


def test_an_item_against_the_others_has_a_negative_loading_and_lowers_omega():
    fit = one_factor(made_of([0.7, 0.7, 0.7, -0.7]), 100)
    np.testing.assert_allclose(fit.loadings, [0.7, 0.7, 0.7, -0.7], atol=1e-9)
    assert fit.omega == pytest.approx(1.96 / (1.96 + 4 * 0.51), abs=1e-9)


def test_most_items_decide_the_orientation():
    np.testing.assert_allclose(one_factor(made_of([0.7, -0.6, -0.5, -0.4]), 99).loadings, [-0.7, 0.6, 0.5, 0.4])


@pytest.mark.parametrize("case", range(3))
def test_the_interval_of_omega_is_lavaan_s_with_omega_a_defined_parameter(case, measured, answers):
    expected = measured["omegas"][case]
    rows = answers(expected["seed"], expected["n"], expected["shares"], expected["options"])
    fit = one_factor(of(rows), len(rows))
    assert fit.omega == pytest.approx(expected["omega"], abs=1e-7)
    assert fit.omega_se == pytest.approx(expected["se"], abs=1e-7)
    found = omega_interval(fit.omega, fit.omega_se)
    assert found == pytest.approx((expected["low"], expected["high"]), abs=1e-7)


def test_an_omega_that_is_none_has_no_interval():
    low, high = omega_interval([np.nan, 0.8], [np.nan, 0.03])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert low[1] < 0.8 < high[1]


@pytest.mark.parametrize("k", [0, 1, 2])
def test_fewer_than_three_items_are_too_few(k):
    assert_nothing_but(one_factor(np.eye(k), 100), "too_few_items")


def test_an_item_that_everybody_answered_alike_has_no_variance():
    covariance = made_of([0.8, 0.6, 0.5, 0.4], [1, 1, 0, 1])
    assert_nothing_but(one_factor(covariance, 100), "no_variance")


@pytest.mark.parametrize("n", [0, 1])
def test_nobody_or_one_person_has_no_variance(n):
    assert_nothing_but(one_factor(covariance_from_sums(n, [n] * 4, np.full((4, 4), n)), n), "no_variance")
    assert_nothing_but(one_factor(made_of([0.8, 0.6, 0.5, 0.4]), n), "no_variance")


def test_the_same_item_twice_is_improper():
    rows = np.array([[1, 1, 2, 4], [2, 2, 1, 3], [3, 3, 3, 1], [5, 5, 4, 4], [4, 4, 5, 5], [2, 2, 2, 3]])
    assert_nothing_but(one_factor(of(rows), len(rows)), "improper")


def test_fewer_people_than_items_are_improper():
    assert_nothing_but(one_factor(of(np.array([[1, 2, 3, 5], [2, 3, 1, 4], [5, 4, 2, 2]])), 3), "improper")


def test_items_without_any_correlation_are_improper():
    assert_nothing_but(one_factor(np.eye(4), 100), "improper")
    assert_nothing_but(one_factor(np.eye(3), 100), "improper")


def test_two_unrelated_pairs_are_improper():
    pairs = np.kron(np.eye(2), [[1, 0.5], [0.5, 1]])
    assert_nothing_but(one_factor(pairs, 100), "improper")


def test_what_is_no_covariance_is_improper():
    assert_nothing_but(one_factor(from_triangle([0.9, 0.9, -0.9, 0.5, 0.5, 0.5]), 100), "improper")


def test_a_stack_gives_each_covariance_what_it_has_alone():
    rng = np.random.default_rng(3)
    shared, own = rng.normal(size=(40, 30, 1)), rng.normal(size=(40, 30, 4))
    matrices = np.stack([np.cov(one, rowvar=False) for one in shared * rng.uniform(0, 1.5, (40, 1, 1)) + own])
    matrices[3], matrices[7] = np.ones((4, 4)), np.eye(4)
    matrices[5, 2] = matrices[5, :, 2] = 0
    sizes = np.arange(40).reshape(8, 5)
    stacked = one_factor(matrices.reshape(8, 5, 4, 4), sizes)
    alone = [one_factor(matrix, n) for matrix, n in zip(matrices, sizes.ravel(), strict=True)]
    assert {"improper", "no_variance", None} == set(stacked.reason.ravel())
    assert stacked.reason.ravel().tolist() == [fit.reason for fit in alone]
    for name in ("loadings", "uniquenesses", "omega", "omega_se", *FIT):
        expected = np.array([getattr(fit, name) for fit in alone])
        np.testing.assert_array_equal(getattr(stacked, name).reshape(expected.shape), expected, name)


proper_loadings = arrays(float, st.integers(4, 11), elements=st.floats(0.3, 0.9))


@given(proper_loadings)
def test_a_true_model_is_found_again(loadings):
    fit = one_factor(made_of(loadings), 200)
    assert fit.reason is None
    np.testing.assert_allclose(fit.loadings, loadings, atol=1e-7)
    assert fit.chi_square == pytest.approx(0, abs=1e-7)


noisy = arrays(np.int64, st.tuples(st.integers(30, 40), st.integers(3, 5)), elements=st.integers(1, 5))


@settings(max_examples=60)
@given(noisy, st.integers(1, 4), st.data())
def test_scale_shift_and_order_change_neither_omega_nor_properness(noise, factor, data):
    rows = noise + 3 * noise[:, :1]
    rows[:, 0] = noise[:, 0] * 3 + np.roll(noise[:, 1], 1)
    order = data.draw(st.permutations(range(rows.shape[1])))
    fit = one_factor(of(rows), len(rows))
    moved = one_factor(of(factor * rows[:, order] + 7), len(rows))
    assert moved.reason == fit.reason
    np.testing.assert_allclose(moved.omega, fit.omega, atol=1e-6)
    np.testing.assert_allclose(moved.loadings, fit.loadings[list(order)], atol=1e-5)
    np.testing.assert_allclose(moved.chi_square, fit.chi_square, atol=1e-5)


@given(arrays(np.int64, st.tuples(st.integers(1, 9), st.integers(1, 6)), elements=st.integers(1, 3)))
def test_any_answers_give_numbers_or_a_reason(rows):
    fit = one_factor(of(rows), len(rows))
    if fit.reason in (None, "not_testable"):
        assert (fit.uniquenesses > 0).all()
        assert fit.loadings.sum() >= 0
        assert 0 <= fit.omega < 1
    else:
        assert_nothing_but(fit, fit.reason)
