import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.statistics import (
    mean_interval,
    probability_between,
    stratified_interval,
    weighted_interval,
    weighted_stratified_interval,
)

SIZES, POPULATIONS = np.array([5, 1, 7, 4, 6]), np.array([6, 10, 70, 4, np.nan])
FIELDS = ("mean", "se", "df", "low", "high")

scores = st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=1, max_size=6)
strata_of_scores = st.lists(scores, min_size=2, max_size=5).filter(lambda strata: any(len(s) > 1 for s in strata))
headcount_factors = st.sampled_from([1, 2, 10])


def moments(strata):
    """Sizes, means, variances (NaN for one person) of lists of scores."""
    arrays = [np.asarray(stratum, dtype=float) for stratum in strata]
    variances = [x.var(ddof=1) if len(x) > 1 else np.nan for x in arrays]
    return np.array([len(x) for x in arrays]), np.array([x.mean() for x in arrays]), np.array(variances)


def weighted_sums(scores, weights):
    x, w = np.asarray(scores, dtype=float), np.asarray(weights, dtype=float)
    return {"w": w.sum(), "wx": w @ x, "w2": w @ w, "w2x": w**2 @ x, "w2x2": w**2 @ x**2}


def sums_of_strata(strata, weights):
    each = [weighted_sums(x, w) for x, w in zip(strata, weights, strict=True)]
    return {name: np.array([one[name] for one in each]) for name in each[0]}


def assert_same(interval, other, tolerance=1e-9):
    for name in FIELDS:
        np.testing.assert_allclose(getattr(interval, name), getattr(other, name), rtol=0, atol=tolerance)


def assert_is_survey_s(interval, expected, tolerance=1e-12):
    for name in FIELDS:
        assert getattr(interval, name) == pytest.approx(expected[name], abs=tolerance), name


def assert_only_the_mean_is_known(interval, mean):
    assert interval.mean == mean
    assert np.isnan([interval.se, interval.low, interval.high]).all()


@pytest.fixture
def people(lehmer):
    """Give scores and weights of the five strata of tests/oracles/statistics.R."""
    y = 1 + np.floor(50 * lehmer(99, SIZES.sum())) / 10
    w = 0.5 + np.floor(20 * lehmer(98, SIZES.sum())) / 10
    cuts = np.cumsum(SIZES)[:-1]
    y, w = np.split(y, cuts), np.split(w, cuts)
    y[1][:] = 5.5
    return y, w


@pytest.fixture
def lead(columns):
    """Give company, SUB and the LEAD score of 2042 soldiers."""
    table = columns("lq2002.csv", ["COMPID", "SUB", *(f"LEAD{i:02}" for i in range(1, 12))])
    return table[:, 0], table[:, 1], table[:, 2:].mean(axis=1)


def assert_is_reference(interval, expected):
    assert interval.mean == pytest.approx(expected["mean"], abs=1e-9)
    assert interval.se == pytest.approx(expected["se"], abs=1e-10)
    assert interval.df == expected["df"]
    assert (interval.low, interval.high) == pytest.approx(tuple(expected["ci95_t"]), abs=1e-9)


def test_simple_mean_is_survey_s_on_real_data(lead, reference):
    _, _, score = lead
    interval = mean_interval(len(score), score.mean(), score.var(ddof=1))
    assert_is_reference(interval, reference["lq2002"]["survey_means_LEAD"]["srs"])


def test_weighted_mean_is_survey_s_on_real_data(lead, reference):
    _, sub, score = lead
    interval = weighted_interval(len(score), **weighted_sums(score, 1 + sub % 3))
    assert_is_reference(interval, reference["lq2002"]["survey_means_LEAD"]["weighted_w_1_plus_SUB_mod3"])


def test_stratified_mean_is_survey_s_on_real_data(lead, reference):
    company, _, score = lead
    sizes, means, variances = moments([score[company == one] for one in np.unique(company)])
    expected = reference["lq2002"]["survey_means_LEAD"]["stratified_fpc_sample_fraction_two_thirds"]
    # R was told a headcount of n · 1.5 in every company.
    assert_is_reference(stratified_interval(sizes, 1.5 * sizes, means, variances), expected)


def test_simple_mean_is_survey_s(people, oracle):
    y = np.concatenate(people[0])
    assert_is_survey_s(mean_interval(len(y), y.mean(), y.var(ddof=1)), oracle["means"]["simple"])


def test_weighted_mean_is_survey_s(people, oracle):
    y, w = (np.concatenate(part) for part in people)
    assert_is_survey_s(weighted_interval(len(y), **weighted_sums(y, w)), oracle["means"]["weighted"])


def test_strata_with_a_lonely_one_a_full_one_and_one_without_headcount_are_survey_s(people, oracle):
    sizes, means, variances = moments(people[0])
    interval = stratified_interval(sizes, POPULATIONS, means, variances)
    assert_is_survey_s(interval, oracle["means"]["stratified"])


def test_strata_weighted_by_headcount_are_survey_s(people, oracle):
    sizes, means, variances = moments(people[0][:4])
    interval = stratified_interval(sizes, POPULATIONS[:4], means, variances, weights=POPULATIONS[:4])
    assert_is_survey_s(interval, oracle["means"]["stratified_population"])


def test_weighted_strata_are_survey_s(people, oracle):
    interval = weighted_stratified_interval(SIZES, POPULATIONS, **sums_of_strata(*people))
    assert_is_survey_s(interval, oracle["means"]["weighted_stratified"])
    y, w = ([part[h] for h in (0, 2, 3, 4)] for part in people)
    interval = weighted_stratified_interval(SIZES[[0, 2, 3, 4]], POPULATIONS[[0, 2, 3, 4]], **sums_of_strata(y, w))
    assert_is_survey_s(interval, oracle["means"]["weighted_stratified_no_lonely"])


def test_simple_mean_by_hand():
    # Variance 4 of 4 people: se 1; t(3; 0.975) = 3.182446 (any table).
    interval = mean_interval(4, 3.0, 4.0)
    assert (interval.mean, interval.se, interval.df) == (3, 1, 3)
    assert (interval.low, interval.high) == pytest.approx((3 - 3.182446, 3 + 3.182446), abs=1e-6)


def test_confidence_is_an_argument():
    # t(3; 0.95) = 2.353363
    assert mean_interval(4, 3.0, 4.0, confidence=0.9).high == pytest.approx(3 + 2.353363, abs=1e-6)


def test_strata_by_hand_with_a_lonely_one():
    # 4 of 8 (mean 3, variance 2) and 1 of 10 (score 8): mean (12 + 8)/5 = 4;
    # (4/5)² · 2/4 · 1/2 = 0.16; lonely: (1/5)² · (8 - 4)² · 9/10 = 0.576; together 0.736; df 3.
    interval = stratified_interval([4, 1], [8, 10], [3.0, 8.0], [2.0, np.nan])
    assert (interval.mean, interval.df) == (4, 3)
    assert interval.se**2 == pytest.approx(0.736)


def test_quantiles_and_probabilities_are_r_s(oracle):
    student = oracle["student"]
    df = np.array([1, 2, 5.5, 30, 1993, 1e6])
    reach = mean_interval(df + 1, np.zeros(6), df + 1).high  # se 1
    np.testing.assert_allclose(reach, student["qt_975"], rtol=1e-12)
    t, df = np.array([-8, -2, -0.1, 0, 1.5, 40]), np.array([3, 1, 7.25, 2, 2000, 12])
    np.testing.assert_allclose(probability_between(0, 1, df, -np.inf, t), student["pt"], atol=1e-14)


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_people_have_no_interval(n):
    assert_only_the_mean_is_known(mean_interval(n, 3.0, np.nan), 3)
    assert_only_the_mean_is_known(mean_interval(n, 3.0, 0.0), 3)


def test_one_weighted_person_has_no_interval_and_nobody_no_mean():
    assert_only_the_mean_is_known(weighted_interval(1, **weighted_sums([4], [2])), 4)
    nobody = weighted_interval(0, 0, 0, 0, 0, 0)
    assert np.isnan([nobody.mean, nobody.se, nobody.low, nobody.high]).all()


def test_when_everyone_answered_there_is_no_interval():
    strata = [[1.0, 2.0, 5.0], [3.0, 3.5]]
    sizes, means, variances = moments(strata)
    assert_only_the_mean_is_known(stratified_interval(sizes, sizes, means, variances), 2.9)
    sums = sums_of_strata(strata, [np.ones(3), np.ones(2)])
    assert_only_the_mean_is_known(weighted_stratified_interval(sizes, sizes, **sums), 2.9)


def test_more_answers_than_people_give_no_interval():
    assert_only_the_mean_is_known(stratified_interval([4, 4], [3, 8], [3.0, 3.0], [1.0, 1.0]), 3)
    sums = sums_of_strata([[2.0, 4.0], [2.0, 4.0]], [[1, 1], [1, 1]])
    assert_only_the_mean_is_known(weighted_stratified_interval([2, 2], [1, 8], **sums), 3)


def test_strata_of_one_person_each_have_no_interval():
    assert_only_the_mean_is_known(stratified_interval([1, 1], [5, 5], [2.0, 4.0], [np.nan, np.nan]), 3)


def test_nobody_in_any_stratum_is_undefined():
    for interval in (
        stratified_interval([0, 0], [5, 5], [np.nan, np.nan], [np.nan, np.nan]),
        stratified_interval([], [], [], []),
        weighted_stratified_interval([0, 0], [5, 5], *np.zeros((5, 2))),
    ):
        assert np.isnan([interval.mean, interval.se, interval.low, interval.high]).all()


def test_a_fully_observed_stratum_of_one_contributes_nothing():
    interval = stratified_interval([4, 1], [8, 1], [3.0, 8.0], [2.0, np.nan])
    assert interval.se**2 == pytest.approx(0.16)


def test_equal_weighted_scores_have_a_standard_error_of_exactly_zero():
    interval = weighted_interval(7, **weighted_sums([4.1] * 7, np.linspace(0.3, 1.7, 7)))
    assert interval.se == 0


def test_several_rows_at_once_are_each_of_them():
    sizes, populations = np.array([[4, 1], [3, 2]]), np.array([[8, 10], [np.nan, 4]])
    means, variances = np.array([[3.0, 8.0], [2.0, 5.0]]), np.array([[2.0, np.nan], [1.0, 0.5]])
    together = stratified_interval(sizes, populations, means, variances)
    for row in range(2):
        alone = stratified_interval(sizes[row], populations[row], means[row], variances[row])
        for name in FIELDS:
            assert getattr(together, name)[row] == getattr(alone, name)


@given(strata_of_scores, headcount_factors)
def test_strata_agree_with_and_without_equal_weights(strata, factor):
    sizes, means, variances = moments(strata)
    sums = sums_of_strata(strata, [np.full(len(stratum), 0.25) for stratum in strata])
    weighted = weighted_stratified_interval(sizes, factor * sizes, **sums)
    assert_same(weighted, stratified_interval(sizes, factor * sizes, means, variances), 1e-6)


@given(strata_of_scores)
def test_order_of_strata_and_empty_strata_change_nothing(strata):
    sizes, means, variances = moments(strata)
    interval = stratified_interval(sizes, 2 * sizes, means, variances)
    again = stratified_interval(
        np.append(sizes[::-1], 0), np.append(2 * sizes[::-1], 9), np.append(means[::-1], np.nan), [*variances[::-1], 1]
    )
    assert_same(interval, again)


@given(scores, st.data())
def test_the_unit_of_weights_does_not_matter(x, data):
    assume(len(x) > 1)
    w = data.draw(st.lists(st.integers(1, 9), min_size=len(x), max_size=len(x)))
    one = weighted_interval(len(x), **weighted_sums(x, w))
    assert_same(one, weighted_interval(len(x), **weighted_sums(x, np.array(w) / 8)), 1e-6)


@given(scores)
def test_equal_weights_are_no_weights(x):
    assume(len(x) > 1)
    plain = mean_interval(len(x), np.mean(x), np.var(x, ddof=1))
    assert_same(plain, weighted_interval(len(x), **weighted_sums(x, np.ones(len(x)))), 1e-5)


@given(scores)
def test_one_stratum_without_headcount_is_a_simple_sample(x):
    assume(len(x) > 1)
    sizes, means, variances = moments([x])
    assert_same(stratified_interval(sizes, [np.nan], means, variances), mean_interval(len(x), means[0], variances[0]))


def test_probability_by_hand():
    # t(1) is Cauchy: between -1 and 1 half of it, above 1 a quarter.
    assert probability_between(0, 1, 1, -1, 1) == pytest.approx(0.5)
    assert probability_between(0, 1, 1, 1, np.inf) == pytest.approx(0.25)


def test_without_error_the_range_holds_the_mean_or_does_not():
    np.testing.assert_array_equal(probability_between([2, 3, 4], 0, [5, 0, np.nan], 3, 4), [0, 1, 0])


def test_probability_of_what_is_undefined_is_undefined():
    nan = np.nan
    unknown = probability_between(
        [nan, 3, 3, 3, 3, 3], [1, nan, 1, 1, 1, 1], [5, 5, nan, 0, 5, 5], 1, [4, 4, 4, 4, nan, 4]
    )
    np.testing.assert_array_equal(np.isnan(unknown), [True, True, True, True, True, False])
    assert np.isnan(probability_between(nan, 0, 5, 1, 4))
    assert np.isnan(probability_between(3, 0, 5, 1, nan))


def test_an_empty_range_has_no_probability():
    assert probability_between(3, 1, 5, 4, 4) == 0
    assert probability_between(3, 1, 5, 4, 2) == 0


@given(st.floats(-10, 10), st.floats(0, 3), st.integers(1, 3000), st.lists(st.floats(-9, 9), min_size=1, max_size=5))
def test_ranges_that_adjoin_add_up_to_one(mean, se, df, cuts):
    edges = [-np.inf, *sorted(cuts), np.inf]
    shares = probability_between(mean, se, df, edges[:-1], edges[1:])
    assert ((shares >= 0) & (shares <= 1)).all()
    assert shares.sum() == pytest.approx(1, abs=1e-9)


@given(st.integers(2, 500), st.floats(0.1, 9))
def test_the_interval_holds_what_it_promises(n, variance):
    interval = mean_interval(n, 3.0, variance, confidence=0.8)
    assert probability_between(3.0, interval.se, n - 1, interval.low, interval.high) == pytest.approx(0.8, abs=1e-9)
