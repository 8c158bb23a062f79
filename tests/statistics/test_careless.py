import csv
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import (
    average_string,
    even_odd,
    intra_individual_variability,
    longstring,
    mahalanobis,
    mahalanobis_cut,
    psychometric_antonyms,
    psychometric_synonyms,
)

LQ2002 = [*(f"LEAD{i:02}" for i in range(1, 12)), *(f"TSIG{i:02}" for i in range(1, 4))]
LQ2002 += [f"HOSTIL{i:02}" for i in range(1, 6)]
nan = np.nan
rows_with_holes = arrays(float, (9, 6), elements=st.sampled_from([1.0, 2, 3, 4, 5, nan]))


@pytest.fixture(scope="session")
def careless(refdata):
    """Give the numbers of R careless 1.2.2."""
    return json.loads((refdata / "reference_careless.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def simulated(refdata):
    """Give a function from a simulated file to its answers."""

    def read(name):
        with (refdata / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return np.array([[float(cell) for cell in row] for row in list(csv.reader(lines))[1:]])

    return read


def assert_same(found, expected, undrawn=0):
    np.testing.assert_allclose(found[:10], expected["first10"], atol=1e-9)
    assert np.isnan(found).sum() == expected["n_na"] + undrawn
    known = found[~np.isnan(found)]
    assert (known.min(), known.max()) == pytest.approx((expected["min"], expected["max"]), abs=1e-9)
    if undrawn:
        return
    assert known.mean() == pytest.approx(expected["mean"], abs=1e-9)
    assert known.std(ddof=1) == pytest.approx(expected["sd"], abs=1e-9)


FIRST = {
    "longstring": longstring,
    "irv": intra_individual_variability,
    "evenodd_10x5": lambda rows: even_odd(rows, [5] * 10),
    "psychsyn_.60": psychometric_synonyms,
    "mahad_D2": mahalanobis,
}
SECOND = {
    "psychant_.40": lambda rows: psychometric_antonyms(rows, -0.40),
    "longstring": longstring,
    "avgstr": average_string,
    "irv": intra_individual_variability,
    "mahad_D2": mahalanobis,
}


@pytest.mark.parametrize("index", FIRST)
def test_indices_are_those_of_r_careless_on_its_first_data(index, simulated, careless):
    assert_same(FIRST[index](simulated("careless_dataset")), careless["careless_dataset"][index])


@pytest.mark.parametrize("index", SECOND)
def test_indices_are_those_of_r_careless_on_its_second_data(index, simulated, careless):
    assert_same(SECOND[index](simulated("careless_dataset2")), careless["careless_dataset2"][index])


def test_synonyms_are_those_of_r_careless_but_for_the_one_it_draws(simulated, careless):
    found = psychometric_synonyms(simulated("careless_dataset2"))
    expected = careless["careless_dataset2"]["psychsyn_.60"]
    assert_same(found, expected, undrawn=1)
    drawn = 1000 * expected["mean"] - np.nansum(found)
    assert -1 <= drawn <= 1


def test_as_many_are_flagged_as_by_r_careless(simulated, careless):
    flagged = mahalanobis(simulated("careless_dataset")) > mahalanobis_cut(50)
    assert flagged.sum() == careless["careless_dataset"]["mahad_flag_.999"]


def test_strings_of_real_answers_are_those_of_r_careless(scale, careless):
    rows = scale("lq2002.csv", LQ2002)
    expected = careless["lq2002_19items"]
    assert_same(longstring(rows), expected["longstring"])
    assert_same(intra_individual_variability(rows), expected["irv"])
    assert (longstring(rows) == 19).sum() == expected["n_longstring_eq_19"]


def test_mahalanobis_with_missing_answers_is_psych_s(measured, answers):
    rows = answers(21, 60, [0.5, 0.6, 0.4, 0.5], 5).astype(float)
    rows[[2, 9, 9, 43], [0, 1, 2, 3]] = nan
    np.testing.assert_allclose(mahalanobis(rows), measured["careless"]["mahalanobis"], atol=1e-10)


def test_the_cut_is_r_s_quantile(measured):
    np.testing.assert_allclose(mahalanobis_cut([2, 4, 19, 50]), measured["careless"]["chi_999"], rtol=1e-12)
    assert np.isnan(mahalanobis_cut(0))


def test_strings_by_hand():
    rows = [[1, 1, 2, 2, 2, 1], [1, nan, 1, 2, nan, nan], [nan] * 6, [4, 4, 4, 4, 4, 4]]
    np.testing.assert_array_equal(longstring(rows), [3, 2, nan, 6])
    np.testing.assert_allclose(average_string(rows), [2, 1.5, nan, 6])  # 6 in 3 runs, 3 in 2, 6 in 1


def test_variability_by_hand():
    # 1, 2, 3: squares 1 + 0 + 1 over 2; 2 and 4: 1 + 1 over 1.
    found = intra_individual_variability([[1, 2, 3], [2, nan, 4], [nan, nan, 5], [3, 3, 3]])
    np.testing.assert_allclose(found, [1, np.sqrt(2), nan, 0])


def test_even_odd_by_hand():
    # Odd means 1, 2, 3 and even means 1, 3, 2: r = 0.5, stepped up 2·0.5/1.5 = 2/3, sign turned.
    assert even_odd([[1, 1, 2, 3, 3, 2]], [2, 2, 2])[0] == pytest.approx(-2 / 3)
    # r = -0.5: -1/0.5 = -2, held at -1, turned.
    assert even_odd([[1, 3, 2, 1, 3, 2]], [2, 2, 2])[0] == pytest.approx(1)
    # The third scale lacks its even half: two are left and run alike. Then one is left: nothing to correlate.
    assert even_odd([[1, 1, 2, 3, 3, nan]], [2, 2, 2])[0] == pytest.approx(-1)
    assert np.isnan(even_odd([[1, 1, 2, nan, 3, nan]], [2, 2, 2])[0])
    assert np.isnan(even_odd([[4] * 6], [2, 2, 2])[0])


def test_pairs_by_hand():
    # Items 1-2, 3-4 and 5-6 are twins for the first four; the last answers their halves 1, 3, 5 and 5, 3, 1.
    rows = [[1, 1, 3, 3, 5, 5], [2, 2, 5, 5, 1, 1], [4, 4, 1, 1, 3, 3], [5, 5, 4, 4, 2, 2]]
    rows = np.array([*rows * 20, [1, 5, 3, 3, 5, 1]], dtype=float)
    found = psychometric_synonyms(rows, 0.8)
    np.testing.assert_allclose(found[[0, 1, -1]], [1, 1, -1])
    rows[0, 0] = nan  # two pairs are left
    assert np.isnan(psychometric_synonyms(rows, 0.8)[0])
    assert np.isnan(psychometric_synonyms(rows, 1.0)).all()  # no pair at all
    turned = rows.copy()
    turned[:, 1::2] = 6 - turned[:, 1::2]
    np.testing.assert_allclose(psychometric_antonyms(turned, -0.8), -psychometric_synonyms(rows, 0.8))


DEGENERATE = {
    "nobody": np.zeros((0, 4)),
    "one person": np.array([[1.0, 2, 3, 4]]),
    "no items": np.zeros((3, 0)),
    "all alike": np.full((6, 4), 3.0),
    "nothing answered": np.full((6, 4), nan),
    "an item twice": np.column_stack([[1.0, 2, 4, 3, 5, 1]] * 4),
    "more items than people": np.arange(12.0).reshape(3, 4) % 5,
}


@pytest.mark.parametrize("rows", DEGENERATE.values(), ids=DEGENERATE)
def test_nothing_to_compare_gives_nan_for_everybody(rows):
    assert np.isnan(mahalanobis(rows)).all()
    assert len(mahalanobis(rows)) == len(rows)
    sizes = [2, rows.shape[1] - 2] if rows.shape[1] else [0]
    others = (longstring, average_string, intra_individual_variability, lambda one: even_odd(one, sizes))
    for index in (*others, psychometric_synonyms, psychometric_antonyms):
        assert index(rows).shape == (len(rows),)


@settings(max_examples=25)
@given(rows_with_holes, st.randoms())
def test_order_of_respondents_and_reversal_of_all_change_no_index(rows, random):
    order = random.sample(range(9), 9)
    for index in (longstring, average_string, intra_individual_variability, lambda one: even_odd(one, [2, 2, 2])):
        np.testing.assert_allclose(index(rows[order]), index(rows)[order], atol=1e-9)
        np.testing.assert_allclose(index(6 - rows), index(rows), atol=1e-9)


@settings(max_examples=25)
@given(arrays(float, (12, 3), elements=st.sampled_from([1.0, 2, 3, 4, 5])), st.permutations([0, 1, 2]))
def test_the_distance_knows_no_order_no_direction_and_no_unit(rows, order):
    wanted = mahalanobis(rows)
    np.testing.assert_allclose(mahalanobis(rows[:, order]), wanted, rtol=1e-6)
    np.testing.assert_allclose(mahalanobis(7 * (6 - rows)), wanted, rtol=1e-6)
    if not np.isnan(wanted).any():
        assert wanted.sum() == pytest.approx(11 * 3)  # tr(S⁻¹ · (n - 1)S)
