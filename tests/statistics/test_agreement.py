import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import average_deviation, average_deviation_cut, awg, r_star_wg_j, rwg_j, slight_skew_null

rows_of_answers = st.tuples(st.integers(2, 12), st.integers(1, 4)).flatmap(
    lambda shape: arrays(np.int64, shape, elements=st.integers(1, 5))
)


def of(rows, options=range(1, 6)):
    return np.array([[int((column == option).sum()) for option in options] for column in np.asarray(rows).T])


SCALES = [("LEAD", 11, range(1, 6)), ("TSIG", 3, range(1, 6)), ("HOSTIL", 5, range(0, 5))]


def by_company(columns, name, k, options):
    """Give the companies' ids and their counts (companies, items, options)."""
    table = columns("lq2002.csv", ["COMPID", *(f"{name}{i:02}" for i in range(1, k + 1))])
    companies = np.unique(table[:, 0])
    return companies, np.stack([of(table[table[:, 0] == company, 1:], options) for company in companies])


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale[0])
def test_agreement_is_multilevel_s_over_49_companies(scale, columns, reference):
    _, counts = by_company(columns, *scale)
    expected = reference["lq2002"]["agreement"][scale[0]]
    for values, wanted in ((rwg_j(counts), expected["rwgj"]), (average_deviation(counts), expected["ad_mean"])):
        assert len(values) == wanted["n_groups"]
        assert values.mean() == pytest.approx(wanted["mean"], abs=1e-9)
        assert np.median(values) == pytest.approx(wanted["median"], abs=1e-9)
        assert values.std(ddof=1) == pytest.approx(wanted["sd"], abs=1e-9)
        assert (values.min(), values.max()) == pytest.approx((wanted["min"], wanted["max"]), abs=1e-9)
    share = (average_deviation(counts) <= average_deviation_cut(5)).mean()
    assert share == pytest.approx(expected["prop_ad_mean_le_cutoff"])


def test_agreement_is_multilevel_s_in_every_company(columns, reference):
    groups, counts = by_company(columns, *SCALES[0])
    wanted = {float(row["group"]): row for row in reference["lq2002"]["agreement"]["LEAD"]["per_group"]}
    assert counts[:, 0].sum(axis=-1).tolist() == [wanted[group]["n"] for group in groups]
    np.testing.assert_allclose(rwg_j(counts), [wanted[group]["rwgj"] for group in groups], atol=1e-9)
    np.testing.assert_allclose(average_deviation(counts), [wanted[group]["ad_mean"] for group in groups], atol=1e-9)


def test_agreement_is_multilevel_s_with_seven_options_one_single_and_one_polarised_group(oracle, answers):
    expected = oracle["agreement"]
    rows = answers(7, sum(expected["sizes"]), [0.3, 0.5, 0.4, 0.2], 7)
    parts = np.split(rows, np.cumsum(expected["sizes"])[:-1])
    parts[-1] = np.where(parts[-1] > 4, 7, 1)
    counts = np.stack([of(part, range(1, 8)) for part in parts])
    np.testing.assert_allclose(rwg_j(counts), np.array(expected["rwg_j"], dtype=float), atol=1e-12)
    np.testing.assert_allclose(average_deviation(counts), np.array(expected["ad"], dtype=float), atol=1e-12)


def seven_options(oracle, answers):
    """Give the counts of the six groups of tests/oracles: one single, one polarised."""
    rows = answers(7, sum(oracle["agreement"]["sizes"]), [0.3, 0.5, 0.4, 0.2], 7)
    parts = np.split(rows, np.cumsum(oracle["agreement"]["sizes"])[:-1])
    parts[-1] = np.where(parts[-1] > 4, 7, 1)
    return np.stack([of(part, range(1, 8)) for part in parts])


def test_other_nulls_and_measures_are_multilevel_s(oracle, measured, answers):
    counts = seven_options(oracle, answers)
    expected = {key: np.array(values, dtype=float) for key, values in measured["agreement"].items()}
    np.testing.assert_allclose(r_star_wg_j(counts), expected["r_star_wg_j"], atol=1e-12)
    np.testing.assert_allclose(rwg_j(counts, null=2.9), expected["rwg_j_2.9"], atol=1e-12)
    np.testing.assert_allclose(awg(counts), expected["awg"], atol=1e-12)


@pytest.mark.parametrize("scale", SCALES[:2], ids=lambda scale: scale[0])
def test_lindell_s_and_brown_s_measures_are_multilevel_s_over_49_companies(scale, columns, reference):
    # HOSTIL is on 0-4 and was given to multilevel as 1-5, which changes its awg: tested for r* only, below.
    _, counts = by_company(columns, *scale)
    expected = reference["lq2002"]["agreement"][scale[0]]
    for values, wanted in ((r_star_wg_j(counts), expected["rwgj_lindell"]), (awg(counts), expected["awg"])):
        found = (values.mean(), np.median(values), values.std(ddof=1), values.min(), values.max())
        assert found == pytest.approx([wanted[key] for key in ("mean", "median", "sd", "min", "max")], abs=1e-9)


def test_lindell_s_measure_may_be_far_below_zero(columns, reference):
    values = r_star_wg_j(by_company(columns, *SCALES[2])[1])
    wanted = reference["lq2002"]["agreement"]["HOSTIL"]["rwgj_lindell"]
    assert (values.mean(), values.min(), values.max()) == pytest.approx(
        (wanted["mean"], wanted["min"], wanted["max"]), abs=1e-9
    )


def test_lindell_s_and_brown_s_edge_cases_are_multilevel_s():
    # reference_values.json, edge_cases, agreement: r*wg(j) 1, -1.6666666667, NA; awg 1, -1, NA
    counts = np.stack([of([[3, 4]] * 3), of([[1, 5], [5, 1], [1, 5]]), of([[4, 2]])])
    np.testing.assert_allclose(r_star_wg_j(counts), [1, -5 / 3, np.nan])
    np.testing.assert_allclose(awg(counts), [1, -1, np.nan])


def test_awg_leaves_out_an_item_that_one_member_decides():
    # Four answer 1 and one 3: mean 1.4 < (1·4 + 5)/5 = 1.8. Alone it has no awg; beside unanimity it leaves 1.
    assert np.isnan(awg([[4, 0, 1, 0, 0]]))
    assert awg([[4, 0, 1, 0, 0], [5, 0, 0, 0, 0]]) == 1
    # At the bound it counts: 1, 1, 1, 1, 5: mean 1.8, variance 3.2 = the most possible.
    assert awg([[4, 0, 0, 0, 1]]) == pytest.approx(-1)


def test_the_slight_skew_is_the_variance_of_its_published_shares():
    shares, values = np.array([5, 15, 20, 35, 25]) / 100, np.arange(1, 6)
    variance = shares @ values**2 - (shares @ values) ** 2
    assert slight_skew_null(5) == pytest.approx(variance) == pytest.approx(1.34)
    assert np.isnan(slight_skew_null(4))  # none is made up


def test_a_skewed_null_is_harder_to_pass_and_none_gives_none():
    counts = of([[3, 2], [3, 3], [4, 4]])
    # Mean variance 2/3, r = (2/3)/1.34: 2(1 - r)/(2(1 - r) + r).
    r = (2 / 3) / 1.34
    assert rwg_j(counts, slight_skew_null(5)) == pytest.approx(2 * (1 - r) / (2 * (1 - r) + r))
    assert rwg_j(counts, slight_skew_null(5)) < rwg_j(counts)
    assert np.isnan(rwg_j(counts, slight_skew_null(6)))


def test_unanimous_polarised_and_single_groups_are_as_in_multilevel():
    # reference_values.json, edge_cases, agreement: rwg.j 1, 0, NA; AD.M 0, 1.7777777778, NA
    counts = np.stack([of([[3, 4]] * 3), of([[1, 5], [5, 1], [1, 5]]), of([[4, 2]])])
    np.testing.assert_allclose(rwg_j(counts), [1, 0, np.nan])
    np.testing.assert_allclose(average_deviation(counts), [0, 16 / 9, np.nan])


def test_a_toy_group_by_hand():
    # 3, 3, 4 and 2, 3, 4: variances 1/3 and 1, mean 2/3, r = 1/3; 2·(2/3)/(2·(2/3) + 1/3) = 0.8; AD (4/9 + 6/9)/2.
    counts = of([[3, 2], [3, 3], [4, 4]])
    assert rwg_j(counts) == pytest.approx(0.8)
    assert average_deviation(counts) == pytest.approx(5 / 9)


def test_the_mean_variance_is_truncated_before_the_formula():
    # Variances 8 and 0: their mean 4 is above the null 2, so 0. Truncated item by item it would be 2/3.
    assert rwg_j(of([[1, 3], [5, 3]])) == 0


def test_the_cut_is_a_sixth_of_the_options():
    assert average_deviation_cut(5) == pytest.approx(5 / 6)
    np.testing.assert_allclose(average_deviation_cut(np.array([6, 12])), [1, 2])


@pytest.mark.parametrize("shape", [(0, 5), (3, 1), (3, 5)])
def test_no_items_one_option_or_nobody_have_no_agreement(shape):
    assert np.isnan(rwg_j(np.zeros(shape, dtype=int)))
    assert np.isnan(average_deviation(np.zeros(shape, dtype=int)))
    assert np.isnan(r_star_wg_j(np.zeros(shape, dtype=int)))
    assert np.isnan(awg(np.zeros(shape, dtype=int)))


def test_one_option_has_no_null_to_compare_with():
    assert np.isnan(rwg_j([[4], [4]]))
    assert average_deviation([[4], [4]]) == 0


@given(rows_of_answers)
def test_rwg_j_is_between_0_and_1_for_any_answers(rows):
    assert 0 <= rwg_j(of(rows)) <= 1


@given(rows_of_answers)
def test_agreement_equals_the_one_from_rows(rows):
    ratio = min(rows.var(axis=0, ddof=1).mean() / 2, 1)
    j = rows.shape[1]
    assert rwg_j(of(rows)) == pytest.approx(j * (1 - ratio) / (j * (1 - ratio) + ratio), abs=1e-12)
    assert average_deviation(of(rows)) == pytest.approx(np.abs(rows - rows.mean(axis=0)).mean(), abs=1e-12)


@given(rows_of_answers)
def test_reversing_all_items_or_changing_their_order_changes_nothing(rows):
    for function in (rwg_j, average_deviation, r_star_wg_j, awg):
        wanted = pytest.approx(float(function(of(rows))), abs=1e-12, nan_ok=True)
        assert float(function(of(6 - rows))) == wanted
        assert float(function(of(rows[:, ::-1]))) == wanted


@given(rows_of_answers)
def test_repeating_every_member_leaves_the_average_deviation_unchanged(rows):
    assert average_deviation(3 * of(rows)) == pytest.approx(float(average_deviation(of(rows))), abs=1e-12)


@given(rows_of_answers)
def test_a_stack_of_groups_is_each_of_them(rows):
    one, other = of(rows), of(6 - rows[:1])
    for function in (rwg_j, average_deviation, r_star_wg_j, awg):
        np.testing.assert_array_equal(function(np.stack([one, other])), [function(one), function(other)])


def test_small_unsigned_counts_do_not_wrap_around():
    counts = of([[3, 2], [3, 3], [4, 4]])
    assert rwg_j(counts.astype(np.uint8)) == pytest.approx(0.8)
