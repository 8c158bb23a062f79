import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from assessment.statistics import cronbach_alpha, polychoric, polychoric_matrix, two_way_counts
from assessment.statistics.ordinal import bivariate_normal

LQ2002 = {"LEAD": (11, 1), "TSIG": (3, 1), "HOSTIL": (5, 0)}
tables = arrays(np.int64, (3, 4), elements=st.integers(0, 30))


@pytest.mark.parametrize("scale_name", LQ2002)
def test_ordinal_alpha_is_psych_s_on_real_scales(scale_name, scale, reference):
    # psych's search for each correlation stops at 1e-4, so its alpha is good to 1e-5.
    items, low = LQ2002[scale_name]
    rows = scale("lq2002.csv", [f"{scale_name}{i:02}" for i in range(1, items + 1)]) - low
    wanted = reference["lq2002"][scale_name]["ordinal_alpha_polychoric_correct0"]
    assert cronbach_alpha(polychoric_matrix(two_way_counts(rows, 5))) == pytest.approx(wanted, abs=1e-5)


@pytest.mark.parametrize("case", range(3))
def test_polychoric_correlations_are_lavaan_s_two_steps(case, measured, answers):
    expected = measured["polychorics"][case]
    rows = answers(expected["seed"], expected["n"], expected["shares"], expected["options"])
    found = polychoric_matrix(two_way_counts(rows - 1, expected["options"]))
    lower = found.T[np.triu_indices(len(found), 1)]
    np.testing.assert_allclose(lower, expected["lower"], atol=1e-7)
    np.testing.assert_allclose(lower, expected["psych"], atol=1e-4)


@pytest.mark.parametrize("h", [-3, -0.5, 0, 1.2])
@pytest.mark.parametrize("k", [-1, 0, 2])
@pytest.mark.parametrize("r", [-0.95, -0.2, 0, 0.6, 0.99])
def test_the_bivariate_normal_is_scipy_s(h, k, r):
    wanted = multivariate_normal([0, 0], [[1, r], [r, 1]]).cdf([h, k])
    assert bivariate_normal(h, k, r) == pytest.approx(wanted, abs=1e-9)
    assert bivariate_normal(np.inf, k, r) == pytest.approx(multivariate_normal().cdf(k), abs=1e-12)
    assert bivariate_normal(h, -np.inf, r) == 0


def test_halved_margins_by_hand():
    # Both thresholds 0: P(both below) = 1/4 + asin(r)/2π. With 45 of 200 below both: r = sin(2π·(0.225 - 0.25)).
    assert polychoric([[45, 55], [55, 45]]) == pytest.approx(np.sin(2 * np.pi * -0.025), abs=1e-10)


def test_answers_always_alike_correlate_perfectly_and_items_that_do_not_vary_not_at_all():
    np.testing.assert_array_equal(polychoric([[[40, 0], [0, 60]], [[0, 40], [60, 0]]]), [1, -1])
    assert polychoric([[40, 0], [10, 60]]) == 1  # an empty corner: the likelihood rises up to 1
    assert np.isnan(polychoric([[40, 60], [0, 0]]))
    assert np.isnan(polychoric(np.zeros((5, 5), dtype=int)))


def test_unused_answers_change_nothing():
    used = np.array([[20, 7], [9, 30]])
    padded = np.zeros((4, 5), dtype=int)
    padded[np.ix_([0, 2], [1, 4])] = used
    assert polychoric(padded) == pytest.approx(float(polychoric(used)), abs=1e-9)


def test_an_item_that_does_not_vary_empties_its_row_only():
    found = polychoric_matrix(two_way_counts([[0, 0, 1], [1, 1, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], 2))
    assert np.isnan(found[2]).all()
    assert np.isnan(found[:, 2]).all()
    assert np.isfinite(found[:2, :2]).all()


@settings(max_examples=25)
@given(tables)
def test_reversing_one_item_turns_the_sign_and_reversing_both_changes_nothing(table):
    r = polychoric(table)
    np.testing.assert_allclose(polychoric(table[::-1]), -r, atol=1e-6)
    np.testing.assert_allclose(polychoric(table[::-1, ::-1]), r, atol=1e-6)
    np.testing.assert_allclose(polychoric(table.T), r, atol=1e-6)


@settings(max_examples=25)
@given(tables)
def test_the_correlation_is_a_peak_of_the_likelihood(table):
    r = float(polychoric(table))
    if not abs(r) < 0.99:
        return

    def likelihood(at):
        below = [np.concatenate([[0], one.cumsum()]) / table.sum() for one in (table.sum(1), table.sum(0))]
        ends = [np.where(share < 1, ndtri(share), np.inf) for share in below]
        corners = bivariate_normal(ends[0][:, None], ends[1][None, :], at)
        cells = np.maximum(np.diff(np.diff(corners, axis=1), axis=0), 1e-300)
        return (table * np.log(cells))[table > 0].sum()

    assert likelihood(r) >= max(likelihood(r - 1e-3), likelihood(r + 1e-3)) - 1e-9


@given(arrays(np.int64, (7, 3), elements=st.integers(0, 4)))
@settings(max_examples=25)
def test_two_way_counts_add_up_over_parts_and_hold_the_items_own_counts(rows):
    whole = two_way_counts(rows, 5)
    np.testing.assert_array_equal(whole, two_way_counts(rows[:3], 5) + two_way_counts(rows[3:], 5))
    np.testing.assert_array_equal(whole, whole.transpose(1, 0, 3, 2))
    assert whole[0, 1, rows[0, 0], rows[0, 1]] >= 1
    np.testing.assert_array_equal(np.diag(whole[2, 2]), np.bincount(rows[:, 2], minlength=5))
