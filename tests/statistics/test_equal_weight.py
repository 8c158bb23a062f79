import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.statistics import degrees_of_freedom, equal_weight_interval, mean_interval


def test_half_the_sum_of_two_means_is_as_sure_as_half_their_difference_in_welchs_test(r_says):
    # x̄/2 + ȳ/2 and x̄/2 - ȳ/2 have one variance: t.test(a, b) gives its degrees of freedom and its reach, twice.
    welch = r_says["welch"]
    found = equal_weight_interval(welch["means"], welch["ses"], welch["dfs"])
    assert found.df == pytest.approx(welch["df"], abs=1e-10)
    assert found.se == pytest.approx(welch["se"] / 2, abs=1e-12)
    assert found.high - found.mean == pytest.approx(welch["reach"] / 2, abs=1e-12)
    assert found.mean == pytest.approx(np.mean(welch["means"]))


def test_three_groups_by_hand():
    # se² .04, .09, .01: sum .14, se √.14/3; df .0196/(.0016/4 + .0081/9 + .0001/1) = .0196/.0014 = 14
    found = equal_weight_interval([1, 2, 6], [0.2, 0.3, 0.1], [4, 9, 1])
    assert (found.mean, found.se, found.df) == pytest.approx((3, np.sqrt(0.14) / 3, 14))


def test_where_everybody_answered_nothing_is_unsure():
    found = equal_weight_interval([2, 4], [0, 0], [5, np.nan])
    assert (found.mean, found.se, found.low, found.high) == (3, 0, 3, 3)
    half = equal_weight_interval([2, 4], [0, 0.4], [np.nan, 9])
    assert (half.se, half.df) == pytest.approx((0.2, 9))


def test_a_group_without_a_mean_leaves_none_and_without_an_error_no_interval():
    assert np.isnan(equal_weight_interval([2, np.nan], [0.1, np.nan], [3, 3]).mean)
    found = equal_weight_interval([2, 4], [0.1, np.nan], [3, 3])
    assert found.mean == 3
    assert np.isnan([found.se, found.low, found.high]).all()


@given(st.integers(2, 10**6), st.floats(0.01, 100), st.floats(-50, 50))
def test_degrees_of_freedom_are_read_back_from_an_interval(n, variance, mean):
    made = mean_interval(n, mean, variance)
    found = degrees_of_freedom(made.mean, made.se, made.high)
    again = equal_weight_interval([made.mean], [made.se], [found])
    assert again.high == pytest.approx(float(made.high), rel=1e-9, abs=1e-9)
    if n < 1000:
        assert found == pytest.approx(n - 1, rel=1e-6)


def test_no_interval_has_no_degrees_of_freedom():
    assert np.isnan(degrees_of_freedom([1, 1, np.nan], [0, np.nan, 1], [1, 2, 3])).all()
