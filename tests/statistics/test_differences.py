"""Differences and effect sizes against R (t.test, oneway.test, p.adjust, noncentral t by hand), and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessment.statistics import (
    difference_between,
    difference_within,
    hedges_g,
    hedges_g_alone,
    hedges_g_within,
    holm,
    reading_of,
    several_groups,
)

R = {"rel": 1e-9, "abs": 1e-12}
NONCENTRAL = {"abs": 1e-6}  # scipy inverts the noncentral t to about 1e-7
SAMPLES = st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=2, max_size=12).map(np.array)


@pytest.fixture(scope="module")
def inference():
    path = Path(__file__).resolve().parents[1] / "oracles" / "inference.json"
    return json.loads(path.read_text(encoding="utf-8"))


def moments(x):
    return len(x), x.mean(), x.var(ddof=1)


def welch(x, y, **options):
    (n, mean, variance), (m, other, spread) = moments(x), moments(y)
    return difference_between(mean, np.sqrt(variance / n), n - 1, other, np.sqrt(spread / m), m - 1, **options)


def effect(x, y):
    return hedges_g(x.mean() - y.mean(), len(x), x.var(ddof=1), len(y), y.var(ddof=1))


@pytest.mark.parametrize("pair", ["first-second", "third-fourth"])
def test_two_groups_are_welch_s_test_and_hedges_g_of_r(inference, pair):
    expected = inference["welch"][pair]
    x, y = (np.array(inference["samples"][name]) for name in pair.split("-"))
    found, inner, g = welch(x, y), welch(x, y, confidence=0.9), effect(x, y)
    for name in ("difference", "low", "high", "df", "p"):
        assert getattr(found, name) == pytest.approx(expected[name], **R), name
    assert (inner.low, inner.high) == pytest.approx((expected["inner_low"], expected["inner_high"]), **R)
    assert g.g == pytest.approx(expected["g"], **R)
    assert (g.low, g.high) == pytest.approx((expected["g_low"], expected["g_high"]), **NONCENTRAL)


def test_a_difference_is_equivalent_when_both_one_sided_tests_of_r_say_so(inference):
    x, y = (np.array(inference["samples"][name]) for name in ("first", "fourth"))
    found = welch(x, y)
    for smallest in np.linspace(0.05, 1.5, 30):
        p = max(
            stats.ttest_ind(x, y - smallest, equal_var=False, alternative="greater").pvalue,
            stats.ttest_ind(x, y + smallest, equal_var=False, alternative="less").pvalue,
        )
        assert (reading_of(found, smallest) == "equivalent") == (p < 0.05)


def test_several_groups_are_oneway_test_of_r(inference):
    samples = [np.array(x) for x in inference["samples"].values()]
    found = several_groups(*np.transpose([moments(x) for x in samples]))
    for name, expected in inference["several"].items():
        assert getattr(found, name) == pytest.approx(expected, **R), name


def test_holm_is_p_adjust_of_r(inference):
    p, expected = (list(inference["pairs"][name].values()) for name in ("p", "holm"))
    assert holm(p).tolist() == pytest.approx(expected, **R)
    assert holm([np.nan, *p])[1:].tolist() == pytest.approx(expected, **R)
    assert holm([]).tolist() == []


def test_the_same_people_twice_are_the_paired_test_of_r(inference):
    pair = inference["pair"]
    before, after = np.array(pair["before"]), np.array(pair["after"])
    change = after - before
    found = difference_within(len(change), change.mean(), change.var(ddof=1))
    for name in ("difference", "low", "high", "df", "p"):
        assert getattr(found, name) == pytest.approx(pair[name], **R), name
    g = hedges_g_within(change.mean(), len(change), change.var(ddof=1), before.var(ddof=1), after.var(ddof=1))
    assert g.g == pytest.approx(pair["g"], **R)
    assert (g.low, g.high) == pytest.approx((pair["g_low"], pair["g_high"]), **NONCENTRAL)


def test_one_group_against_a_value_is_the_one_sample_test_of_r(inference):
    expected = inference["one_sample"]
    n, mean, variance = moments(np.array(inference["samples"]["second"]))
    found = difference_between(mean, np.sqrt(variance / n), n - 1, expected["mu"], 0, 1)
    for name in ("difference", "low", "high", "p"):
        assert getattr(found, name) == pytest.approx(expected[name], **R), name
    g = hedges_g_alone(mean - expected["mu"], n, variance)
    assert g.g == pytest.approx(expected["g"], **R)
    assert (g.low, g.high) == pytest.approx((expected["g_low"], expected["g_high"]), **NONCENTRAL)


def test_real_groups_have_the_numbers_of_r_and_pingouin(reference):
    expected = reference["bfi"]["group_compare_agree_by_gender"]
    (n, m), (mean, other), (sd, spread) = expected["n"], expected["mean"], expected["sd"]
    found = difference_between(mean, sd / n**0.5, n - 1, other, spread / m**0.5, m - 1)
    assert [found.low, found.high] == pytest.approx(expected["ci95_mean1_minus_mean2"], abs=1e-9)
    assert found.df == pytest.approx(expected["df"], rel=1e-9)
    assert found.p == pytest.approx(expected["p"], rel=1e-6)
    assert -hedges_g(mean - other, n, sd**2, m, spread**2).g == pytest.approx(expected["hedges_g"], abs=1e-8)


def test_real_changes_have_the_numbers_of_r(reference):
    for pair in ("JOBSAT_1_2", "JOBSAT_1_3", "COMMIT_1_3", "READY_1_3"):
        expected = reference["univbct"][pair]
        found = difference_within(expected["n"], expected["diff"], expected["sd_diff"] ** 2)
        assert [found.low, found.high] == pytest.approx(expected["ci95"], abs=1e-9)
        assert found.p == pytest.approx(expected["p"], rel=1e-6)
        g = hedges_g_within(expected["diff"], 10**9, expected["sd_diff"] ** 2, *(sd**2 for sd in expected["sd"]))
        assert g.g == pytest.approx(expected["d_av_rms"], rel=1e-8)  # before the correction, which 10⁹ people make 1


def test_one_person_or_nobody_has_a_difference_and_no_test():
    for se, df in ((np.nan, 0), (np.nan, -1)):
        found = difference_between(3.0, se, df, 2.0, 0.5, 9)
        assert np.isnan([found.se, found.low, found.high, found.p]).all()
        assert reading_of(found, 5).tolist() is None
    assert np.isnan(hedges_g(1.0, 1, np.nan, 1, np.nan).g)
    assert np.isnan(difference_within(1, 0.5, np.nan).p)


def test_where_everyone_answered_a_difference_is_certain():
    found = difference_between([3.0, 3.0], 0.0, 9, [2.0, 3.0], 0.0, 9)
    assert found.p.tolist() == [0, 1]
    assert found.low.tolist() == found.high.tolist() == [1, 0]
    assert reading_of(found, 0.5).tolist() == ["larger", "equivalent"]


def test_people_who_are_all_alike_have_no_effect_size():
    g = hedges_g(1.0, 5, 0.0, 5, 0.0)
    assert np.isnan([g.g, g.low, g.high]).all()
    several = several_groups([3, 3], [1.0, 2.0], [0.0, 0.0])
    assert np.isnan([several.f, several.p]).all()
    assert several.eta_squared == 1
    nobody = several_groups([1, 0, 4], [1.0, np.nan, 2.0], [np.nan, np.nan, 1.0])
    assert np.isnan([nobody.f, nobody.p, nobody.eta_squared, nobody.omega_squared]).all()


@settings(max_examples=30)
@given(SAMPLES, SAMPLES)
def test_swapping_the_groups_turns_every_sign(x, y):
    one, other, g, turned = welch(x, y), welch(y, x), effect(x, y), effect(y, x)
    np.testing.assert_array_equal([one.difference, one.low, one.high], [-other.difference, -other.high, -other.low])
    np.testing.assert_array_equal([one.p, one.se], [other.p, other.se])
    np.testing.assert_allclose([g.g, g.low, g.high], [-turned.g, -turned.high, -turned.low], atol=1e-8)


@settings(max_examples=30)
@given(SAMPLES, SAMPLES, st.integers(-5, 5), st.sampled_from([0.5, 2.0, 25.0]))
def test_another_scale_changes_no_effect_size_and_no_p(x, y, shift, factor):
    one, other = (effect(a, b) for a, b in ((x, y), (shift + factor * x, shift + factor * y)))
    np.testing.assert_allclose([one.g, one.low, one.high], [other.g, other.low, other.high], rtol=1e-6, atol=1e-6)
    p, q = welch(x, y).p, welch(shift + factor * x, shift + factor * y).p
    assert p == pytest.approx(q, rel=1e-6, abs=1e-12, nan_ok=True)


@settings(max_examples=30)
@given(SAMPLES)
def test_a_group_is_no_different_from_itself(x):
    found, g = welch(x, x), effect(x, x)
    assert found.difference == 0
    assert found.p == 1
    assert np.isnan(g.g) if np.ptp(x) == 0 else g.g == 0


@given(st.lists(st.floats(0, 1), max_size=8))
def test_holm_never_lowers_a_p_nor_changes_their_order(p):
    adjusted = holm(p)
    assert (adjusted >= np.array(p)).all()
    assert (np.diff(adjusted[np.argsort(p)]) >= 0).all()
    assert (adjusted <= 1).all()


def agreeableness(columns):
    """Give agreeableness (four of five items answered at least) and education, of people who told both."""
    table = columns("bfi.csv", ["A1", "A2", "A3", "A4", "A5", "education"])
    items = table[:, :5].copy()
    items[:, 0] = 7 - items[:, 0]
    answered = (~np.isnan(items)).sum(axis=1)
    known = (answered >= 4) & ~np.isnan(table[:, 5])
    return np.nansum(items[known], axis=1) / answered[known], table[known, 5]


def test_real_groups_of_education_are_oneway_test_and_pairwise_tests_of_r(columns, reference):
    y, education = agreeableness(columns)
    expected = reference["bfi"]["anova_agree_by_education"]
    samples = [y[education == level] for level in range(1, 6)]
    found = several_groups(*np.transpose([moments(x) for x in samples]))
    assert found.f == pytest.approx(expected["welch_F"], rel=1e-9)
    assert found.eta_squared == pytest.approx(0.009684, abs=5e-7)  # pingouin.welch_anova, printed with 6 digits
    assert (found.df2, found.p) == pytest.approx((775.306969, 0.000072), abs=5e-7)
    pairs = [(one, other) for one in range(5) for other in range(one)]
    adjusted = holm([welch(samples[one], samples[other]).p for one, other in pairs])
    matrix = expected["pairwise_welch_holm_p"]
    wanted = [matrix[one - 1][str(other + 1)] for one, other in pairs]
    assert adjusted.tolist() == pytest.approx(wanted, rel=1e-8)


def test_real_waves_of_people_nobody_linked_are_r_s_welch_test(columns, reference):
    table = columns("univbct.csv", ["SUBNUM", "JOBSAT1", "JOBSAT3"])
    first = table[np.unique(table[:, 0], return_index=True)[1]]
    before, now = (one[~np.isnan(one)] for one in first[:, 1:].T)
    found, expected = welch(now, before), reference["univbct"]["JOBSAT_1_3_unlinked_welch"]
    assert sorted((len(before), len(now))) == sorted(expected["n"])
    assert (found.difference, found.df, found.p) == pytest.approx((expected["diff"], expected["df"], expected["p"]))
    assert [found.low, found.high] == pytest.approx(expected["ci95"])


@pytest.mark.parametrize("kind", ["one_product", "user_means_over_14_products"])
def test_real_gaps_between_ideal_and_perceived_are_r_s_test(reference, kind):
    expected = reference["perfume_ideal_gap"][kind]
    found = difference_within(expected["n"], expected["gap"], expected["sd_gap"] ** 2)
    assert [found.low, found.high] == pytest.approx(expected["ci95"], rel=1e-9)
    assert found.p == pytest.approx(expected["p"], rel=1e-6)
    assert hedges_g_alone(expected["gap"], 10**9, expected["sd_gap"] ** 2).g == pytest.approx(expected["dz"], rel=1e-8)
