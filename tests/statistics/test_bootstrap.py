"""Bootstrap intervals against scipy, R and the enumeration of tiny samples; what happens where they degenerate."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from assessment.statistics import bootstrap_interval

VALUES = np.arange(1, 6)


def mean(counts):
    return counts @ VALUES[: counts.shape[-1]] / counts.sum(axis=-1)


def over(x):
    return lambda counts: counts @ x / counts.sum(axis=-1)


def test_the_interval_of_a_mean_is_that_of_r_s_boot_on_real_data(columns, reference):
    x = columns("lq2002.csv", [f"LEAD{item:02}" for item in range(1, 12)]).mean(axis=1)
    values, counts = np.unique(np.round(11 * x), return_counts=True)
    found = bootstrap_interval(over(values / 11), counts, seed=1, resamples=9999)
    expected = reference["lq2002"]["boot_mean_LEAD_R9999_seed1"]
    # Monte-Carlo error of a 2.5 % quantile: sqrt(.025 · .975 / 9999) / density, under 0.001 here; twice, for R's own.
    assert [found.low, found.high] == pytest.approx(expected["bca"], abs=0.002)
    assert found.method == "bca"


def test_skewed_data_and_a_ratio_have_the_interval_of_scipy():
    x = np.array([1.0] * 12 + [2.0] * 5 + [3, 4, 5, 5, 9, 14])

    def variation(counts):
        total = counts.sum(axis=-1)
        average = counts @ x / total
        return np.sqrt(counts @ x**2 / total - average**2) / average

    found = bootstrap_interval(variation, np.ones(len(x), dtype=int), seed=3, resamples=20000)
    expected = stats.bootstrap(
        (x,), lambda x, axis: x.std(axis=axis) / x.mean(axis=axis), n_resamples=20000, rng=np.random.default_rng(4)
    )
    assert found.estimate == pytest.approx(x.std() / x.mean())
    assert found.se == pytest.approx(expected.standard_error, rel=0.03)
    interval = expected.confidence_interval
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high), abs=0.03)


def test_shares_of_resamples_are_those_of_all_samples_there_are():
    people = np.array([1, 2, 4, 5])
    every = np.array([np.mean(one) for one in product(people, repeat=4)])  # 256 equally likely resamples
    found = bootstrap_interval(mean, np.array([1, 1, 0, 1, 1]), seed=5, resamples=40000)
    for low, high in ((0, 2), (2, 3), (3, 3.5), (3.5, 9)):
        expected = ((every >= low) & (every < high)).mean()
        assert found.share(low, high) == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 40000))
    assert found.se == pytest.approx(every.std(), rel=0.02)


def test_a_count_table_and_its_rows_have_the_same_distribution():
    counts = np.array([3, 6, 2, 7, 4])
    rows = np.repeat(VALUES, counts).astype(float)
    table = bootstrap_interval(mean, counts, seed=6, resamples=20000)
    people = bootstrap_interval(over(rows), np.ones(len(rows), dtype=int), seed=7, resamples=20000)
    assert stats.ks_2samp(table.resamples, people.resamples).statistic < 0.02
    assert (table.low, table.high) == pytest.approx((people.low, people.high), abs=0.05)


def test_seeds_decide():
    one, same, other = (bootstrap_interval(mean, [3, 6, 2, 7, 4], seed=seed) for seed in (1, 1, 2))
    assert (one.low, one.high) == (same.low, same.high)
    assert not np.array_equal(one.resamples, other.resamples)


@pytest.mark.parametrize(("counts", "reason"), [([0, 0], "nobody"), ([0, 1], "nobody"), ([0, 7], "no_variance")])
def test_where_nothing_varies_there_is_no_interval(counts, reason):
    found = bootstrap_interval(mean, counts, seed=1)
    assert (found.method, found.reason) == (None, reason)
    assert np.isnan([found.se, found.low, found.high, found.share(0, 9)]).all()


def test_a_constant_statistic_has_no_interval():
    found = bootstrap_interval(lambda counts: counts.sum(axis=-1) * 1.0, [4, 4], seed=1)
    assert (found.estimate, found.reason) == (8, "no_variance")


def test_a_statistic_that_is_undefined_has_no_interval():
    found = bootstrap_interval(lambda counts: counts.sum(axis=-1) * np.nan, [4, 4], seed=1)
    assert found.reason == "undefined"


def test_without_spread_in_the_jackknife_the_percentile_interval_stands_in():
    # The median of 2 × 1 and 7 × 3 is 3 whoever is left out.
    def median(counts):
        middle = counts.sum(axis=-1, keepdims=True) / 2
        return np.array([1.0, 3.0])[(np.cumsum(counts, axis=-1) < middle).sum(axis=-1)]

    found = bootstrap_interval(median, [3, 6], seed=1)
    assert (found.method, found.reason) == ("percentile", "jackknife_without_spread")
    assert [found.low, found.high] == np.quantile(found.resamples, [0.025, 0.975]).tolist()


def test_where_every_resample_lies_below_the_percentile_interval_stands_in():
    # Nobody can be counted more often than once each: the number of distinct people only falls.
    found = bootstrap_interval(lambda counts: (counts > 0).sum(axis=-1) * 1.0, np.ones(30, dtype=int), seed=1)
    assert (found.method, found.reason) == ("percentile", "bias_infinite")
    assert found.high < found.estimate == 30


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=5), st.integers(0, 99))
def test_the_interval_lies_within_the_values(counts, seed):
    found = bootstrap_interval(mean, counts, seed=seed, resamples=200)
    if found.method:
        assert 1 <= found.low <= found.high <= len(counts)
        assert found.se > 0
