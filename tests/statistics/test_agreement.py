import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import average_deviation, average_deviation_cut, rwg_j

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
    for function in (rwg_j, average_deviation):
        wanted = pytest.approx(float(function(of(rows))), abs=1e-12)
        assert float(function(of(6 - rows))) == wanted
        assert float(function(of(rows[:, ::-1]))) == wanted


@given(rows_of_answers)
def test_repeating_every_member_leaves_the_average_deviation_unchanged(rows):
    assert average_deviation(3 * of(rows)) == pytest.approx(float(average_deviation(of(rows))), abs=1e-12)


@given(rows_of_answers)
def test_a_stack_of_groups_is_each_of_them(rows):
    one, other = of(rows), of(6 - rows[:1])
    for function in (rwg_j, average_deviation):
        np.testing.assert_array_equal(function(np.stack([one, other])), [function(one), function(other)])


def test_small_unsigned_counts_do_not_wrap_around():
    counts = of([[3, 2], [3, 3], [4, 4]])
    assert rwg_j(counts.astype(np.uint8)) == pytest.approx(0.8)
