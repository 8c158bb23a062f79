import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.statistics import icc, icc1_reml

groups_of_scores = st.lists(
    st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=1, max_size=6), min_size=2, max_size=6
)


def of(groups):
    groups = [np.asarray(group, dtype=float) for group in groups]
    variances = [group.var(ddof=1) if len(group) > 1 else np.nan for group in groups]
    return icc([len(group) for group in groups], [group.mean() for group in groups], variances)


@pytest.mark.parametrize(("name", "k"), [("LEAD", 11), ("TSIG", 3), ("HOSTIL", 5)])
def test_icc_is_multilevel_s_over_49_companies(name, k, columns, reference):
    table = columns("lq2002.csv", ["COMPID", *(f"{name}{i:02}" for i in range(1, k + 1))])
    one = of([table[table[:, 0] == company, 1:].mean(axis=1) for company in np.unique(table[:, 0])])
    expected = reference["lq2002"]["agreement"][name]
    anova = expected["anova"]
    assert one.ms_between == pytest.approx(anova["MSB"], abs=1e-9)
    assert one.ms_within == pytest.approx(anova["MSW"], abs=1e-9)
    assert (one.df_between, one.df_within) == (anova["df_b"], anova["df_w"])
    assert one.n0 == pytest.approx(anova["n0_adjusted"], abs=1e-9)
    assert one.icc1 == pytest.approx(expected["ICC1_n0"], abs=1e-10)
    assert one.icc2 == pytest.approx(expected["ICC2_anova"], abs=1e-10)


def test_icc_is_r_s_with_a_group_of_one(oracle, answers):
    expected = oracle["agreement"]
    rows = answers(7, sum(expected["sizes"]), [0.3, 0.5, 0.4, 0.2], 7)
    parts = np.split(rows, np.cumsum(expected["sizes"])[:-1])
    parts[-1] = np.where(parts[-1] > 4, 7, 1)
    one = of([part.mean(axis=1) for part in parts])
    for name in ("ms_between", "ms_within", "df_between", "df_within", "icc2"):
        assert getattr(one, name) == pytest.approx(expected[name], abs=1e-12), name
    # multilevel::ICC1 takes the mean group size where we take n0
    between, within, size = float(one.ms_between), float(one.ms_within), sum(expected["sizes"]) / 6
    assert (between - within) / (between + (size - 1) * within) == pytest.approx(expected["icc1_mean_n"], abs=1e-12)


def sizes_means_variances(groups):
    groups = [np.asarray(group, dtype=float) for group in groups]
    variances = [group.var(ddof=1) if len(group) > 1 else np.nan for group in groups]
    return [len(group) for group in groups], [group.mean() for group in groups], variances


@pytest.mark.parametrize(("name", "k"), [("LEAD", 11), ("TSIG", 3), ("HOSTIL", 5)])
def test_reml_is_nlme_s_over_49_companies(name, k, columns, reference):
    # nlme's search and statsmodels' differ from each other by 7e-6.
    table = columns("lq2002.csv", ["COMPID", *(f"{name}{i:02}" for i in range(1, k + 1))])
    groups = [table[table[:, 0] == company, 1:].mean(axis=1) for company in np.unique(table[:, 0])]
    wanted = reference["lq2002"]["agreement"][name]["ICC1_reml"]
    assert icc1_reml(*sizes_means_variances(groups)) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("case", [0, 1])
def test_reml_is_nlme_s_with_a_group_of_one_and_where_groups_hardly_differ(case, measured):
    expected = measured["reml"][case]
    n, mean, variance = (np.array(expected[name], dtype=float) for name in ("n", "mean", "variance"))
    assert icc1_reml(n, mean, variance) == pytest.approx(expected["icc1"], abs=1e-5)


def test_reml_of_equal_sizes_is_the_anova_s_by_hand():
    # For equal sizes REML is ICC(1), 14/18 here, held at 0: (1, 5) and (2, 4) have equal means.
    assert icc1_reml(*sizes_means_variances([[1, 3], [5, 7]])) == pytest.approx(14 / 18, abs=1e-12)
    assert icc1_reml(*sizes_means_variances([[1, 5], [2, 4]])) == 0
    assert icc1_reml(*sizes_means_variances([[3, 3], [5, 5, 5]])) == 1


def test_reml_has_nothing_to_say_of_one_group_of_ones_only_or_of_scores_all_alike():
    nan = np.nan
    assert np.isnan(icc1_reml([5, 0], [3.0, nan], [1.0, nan]))
    assert np.isnan(icc1_reml([1, 1, 1], [3.0, 2.0, 4.0], [nan, nan, nan]))
    assert np.isnan(icc1_reml([4, 5], [3.0, 3.0], [0.0, 0.0]))
    assert np.isnan(icc1_reml([0, 0], [nan, nan], [nan, nan]))


@settings(max_examples=30)
@given(groups_of_scores, st.sampled_from([-2.0, 0.5, 10.0]))
def test_reml_is_the_peak_of_its_likelihood_whatever_order_shift_and_unit(groups, factor):
    n, mean, variance = sizes_means_variances(groups)
    share = icc1_reml(n, mean, variance)
    changed = icc1_reml(n[::-1], factor * np.array(mean)[::-1] + 3, factor**2 * np.array(variance)[::-1])
    np.testing.assert_allclose(changed, share, atol=1e-6)
    if np.isnan(share) or share > 0.99:
        return

    def deviance(at):
        """-2 × the restricted likelihood from the covariance matrix itself."""
        y = np.concatenate(groups)
        place = np.repeat(np.arange(len(groups)), n)
        covariance = np.where(place[:, None] == place, at, 0.0) + (1 - at) * np.eye(len(y))
        inverse, ones = np.linalg.inv(covariance), np.ones(len(y))
        away = y - ones @ inverse @ y / (ones @ inverse @ ones)
        weight = np.linalg.slogdet(covariance)[1] + np.log(ones @ inverse @ ones)
        return weight + (len(y) - 1) * np.log(away @ inverse @ away)

    others = [deviance(at) for at in (0.0, 0.05, 0.2, 0.5, 0.9, max(share - 1e-3, 0), min(share + 1e-3, 0.99))]
    assert deviance(float(share)) <= min(others) + 1e-8


def test_two_groups_by_hand():
    # (1, 3) and (5, 7): means 2, 6, variances 2, 2; MSB 16/1, MSW 4/2, n0 2; 14/18 and 14/16.
    one = of([[1, 3], [5, 7]])
    assert (one.ms_between, one.ms_within, one.df_between, one.df_within, one.n0) == (16, 2, 1, 2, 2)
    assert (one.icc1, one.icc2) == pytest.approx((14 / 18, 14 / 16))


def test_a_group_of_one_counts_between_only_by_hand():
    # (1, 3), (8): grand mean 4, MSB 2·4 + 16 = 24, MSW 2/1, n0 = 3 - 5/3 = 4/3; 22/(24 + 2/3), 22/24.
    one = of([[1, 3], [8]])
    assert (one.ms_between, one.ms_within, one.df_within) == (24, 2, 1)
    assert (one.n0, one.icc1, one.icc2) == pytest.approx((4 / 3, 22 / (24 + 2 / 3), 22 / 24))


def test_equal_group_means_have_a_negative_icc1_and_no_icc2():
    # reference_values.json, edge_cases, negative_icc: ICC1 -0.3333333; R's ICC2 is -1.5e30, a division by rounding.
    one = of([[1, 5, 2, 4], [2, 4, 1, 5], [5, 1, 4, 2]])
    assert one.icc1 == pytest.approx(-1 / 3)
    assert np.isnan(one.icc2)


def test_group_means_equal_but_for_rounding_are_equal():
    third = 10 / 3
    one = icc([3, 3, 3], [third, third * (1 + 2e-16), third], [1.0, 1.0, 1.0])
    assert one.ms_between == 0
    assert np.isnan(one.icc2)


def test_empty_groups_are_ignored():
    full, holes = icc([2, 2], [2.0, 6.0], [2.0, 2.0]), icc([2, 0, 2], [2.0, np.nan, 6.0], [2.0, np.nan, 2.0])
    for name in ("ms_between", "ms_within", "df_between", "df_within", "n0", "icc1", "icc2"):
        assert getattr(full, name) == getattr(holes, name)


@pytest.mark.parametrize("sizes", [[], [0, 0], [5], [5, 0], [1, 1, 1]])
def test_fewer_than_two_groups_or_only_groups_of_one_have_no_icc(sizes):
    one = icc(sizes, [3.0] * len(sizes), [1.0] * len(sizes))
    assert np.isnan([one.ms_between, one.ms_within, one.n0, one.icc1, one.icc2]).all()


def test_scores_that_never_vary_have_no_icc():
    one = of([[3, 3], [3, 3, 3]])
    assert (one.ms_between, one.ms_within) == (0, 0)
    assert np.isnan([one.icc1, one.icc2]).all()


def test_several_dimensions_at_once_are_each_of_them():
    n, mean, variance = np.array([[2, 3], [4, 4]]), np.array([[1.0, 2.0], [3.0, 3.5]]), np.array([[1.0, 2.0], [1, 1]])
    together = icc(n, mean, variance)
    for row in range(2):
        alone = icc(n[row], mean[row], variance[row])
        assert (together.icc1[row], together.icc2[row]) == (alone.icc1, alone.icc2)


@given(groups_of_scores)
def test_squares_add_up_to_those_of_all_scores(groups):
    one, scores = of(groups), np.concatenate(groups)
    if one.df_within > 0:
        total = one.ms_between * one.df_between + one.ms_within * one.df_within
        assert total == pytest.approx(((scores - scores.mean()) ** 2).sum(), abs=1e-9)


@given(groups_of_scores)
def test_order_of_groups_and_shift_and_scale_of_scores_change_nothing(groups):
    one, moved = of(groups), of([[1 + 2 * score for score in group] for group in groups[::-1]])
    np.testing.assert_allclose(moved.icc1, one.icc1, atol=1e-9)
    np.testing.assert_allclose(moved.n0, one.n0)
