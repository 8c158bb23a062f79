from itertools import combinations, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.statistics import choice_agreement, random_choices, share_interval


def sums_of(choices, options):
    """Give people by option and people by number of options, from sets of options."""
    chosen = [sum(option in one for one in choices) for option in range(options)]
    return chosen, np.bincount([len(one) for one in choices], minlength=1)


def overlap_of(choices):
    pairs = list(combinations(choices, 2))
    return sum(len(set(one) & set(other)) for one, other in pairs) / len(pairs)


def exact_p(choices, options):
    """Go through everything that people could have drawn."""
    every = [list(combinations(range(options), len(one))) for one in choices]
    observed = overlap_of(choices)
    all_of_them = [overlap_of(one) >= observed - 1e-12 for one in product(*every)]
    return sum(all_of_them) / len(all_of_them)


SMALL = {
    "two of four, mostly alike": ([(0, 1), (0, 1), (0, 2), (0, 1)], 4),
    "two of four, as different as can be": ([(0, 1), (2, 3), (0, 2), (1, 3)], 4),
    "some choose fewer": ([(0, 1, 2), (0, 1), (0,), (0, 2)], 5),
    "one of three": ([(0,), (0,), (0,), (0,), (1,)], 3),
}


@pytest.mark.parametrize("case", SMALL)
def test_p_is_the_one_of_all_that_could_have_been_drawn(case):
    choices, options = SMALL[case]
    p = exact_p(choices, options)
    found = choice_agreement(*sums_of(choices, options), permutations=40_000)
    # five standard errors of a share of 40,000 draws
    assert found.p_value == pytest.approx(p, abs=5 * np.sqrt(p * (1 - p) / 40_000) + 1 / 40_000)
    assert found.overlap == pytest.approx(overlap_of(choices), abs=1e-12)


def test_overlap_and_agreement_worked_out_on_paper():
    # Three people, two of four: {1,2} {1,2} {1,3}. Pairs have 2, 1, 1 in common: 4/3. By chance 2·2/4 = 1, at most 2.
    found = choice_agreement([3, 2, 1, 0], [0, 0, 3], permutations=99)
    assert (found.n, found.overlap, found.by_chance) == (3, pytest.approx(4 / 3), 1)
    assert found.agreement == pytest.approx(1 / 3)
    # One chooses 1 of 4, two choose 2: pairs by chance 2/4, 2/4, 4/4, on average 2/3; at most 1, 1, 2: 4/3.
    found = choice_agreement([3, 2, 0, 0], [0, 1, 2], permutations=99)
    assert (found.by_chance, found.overlap) == (pytest.approx(2 / 3), pytest.approx(4 / 3))
    assert found.agreement == pytest.approx(1)


def test_with_one_choice_each_the_agreement_is_randolphs_free_margin_kappa():
    # Randolph 2005: (P - 1/m)/(1 - 1/m); 6, 3, 1 of ten people choose: P = (30 + 6 + 0)/90 = .4; (.4 - 1/3)/(2/3)
    assert choice_agreement([6, 3, 1], [0, 10]).agreement == pytest.approx(0.1)


def test_all_alike_is_full_agreement_and_surely_beyond_chance():
    found = choice_agreement([30, 30, 30, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 30])
    assert (found.overlap, found.agreement, found.p_value) == (3, 1, 1 / 2000)


def test_choices_spread_evenly_are_never_beyond_chance():
    found = choice_agreement([25] * 12, [0, 0, 0, 100])
    assert found.p_value == 1
    assert found.agreement < 0


def test_the_same_seed_gives_the_same_p():
    chosen, sizes = [20, 14, 12, 14], [0, 0, 30]
    first, again, other = (choice_agreement(chosen, sizes, seed=seed).p_value for seed in (3, 3, 4))
    assert first == again != other


def test_those_who_chose_nothing_do_not_count():
    assert choice_agreement([2, 2, 1, 1], [50, 0, 3], seed=1) == choice_agreement([2, 2, 1, 1], [0, 0, 3], seed=1)


@pytest.mark.parametrize(("chosen", "sizes"), [([0, 0, 0], [7]), ([1, 1, 0], [4, 0, 1]), ([0, 0], [])])
def test_one_person_or_none_agrees_with_nobody(chosen, sizes):
    found = choice_agreement(chosen, sizes)
    assert np.isnan([found.overlap, found.by_chance, found.agreement, found.p_value]).all()


def test_where_everything_is_taken_there_was_no_choice():
    found = choice_agreement([5, 5, 5], [0, 0, 0, 5])
    assert (found.overlap, found.by_chance) == (3, 3)
    assert np.isnan([found.agreement, found.p_value]).all()


def test_each_set_of_options_is_drawn_alike_often():
    # One person drawing two of four: six sets, 1/6 each; the counts name the set.
    drawn = random_choices([0, 0, 1], 4, 60_000, seed=5)
    sets, times = np.unique(drawn, axis=0, return_counts=True)
    assert len(sets) == comb(4, 2)
    expected = 10_000
    assert (np.abs(times - expected) < 5 * np.sqrt(expected * 5 / 6)).all()


def test_random_counts_of_many_people_vary_as_the_hypergeometric_says():
    # each option: n·k/m people on average; variance n·(k/m)(1 - k/m)
    drawn = random_choices([0, 0, 0, 400], 12, 4000, seed=2)
    assert drawn.sum(axis=1).tolist() == [1200] * 4000
    np.testing.assert_allclose(drawn.mean(axis=0), 100, atol=5 * np.sqrt(75 / 4000))
    np.testing.assert_allclose(drawn.var(axis=0), 75, rtol=0.15)


@settings(max_examples=40)
@given(st.lists(st.sets(st.integers(0, 5), min_size=1, max_size=4), min_size=2, max_size=12), st.permutations(range(6)))
def test_neither_the_order_of_people_nor_the_names_of_options_matter(choices, renamed):
    chosen, sizes = sums_of(choices, 6)
    found = choice_agreement(chosen, sizes, permutations=50)
    other = choice_agreement([chosen[one] for one in renamed], sizes, permutations=50)
    assert found == other or np.isnan(found.agreement)
    assert found.overlap == pytest.approx(overlap_of(choices))
    pairs = [len(one) * len(other) / 6 for one, other in combinations(choices, 2)]
    assert found.by_chance == pytest.approx(sum(pairs) / len(pairs))
    assert 0 < found.p_value <= 1


def test_intervals_of_shares_are_those_of_prop_test(r_says):
    count, n = np.array(r_says["shares"]).T
    np.testing.assert_allclose(np.stack(share_interval(count, n)).T, r_says["wilson"], atol=1e-12)


def test_nobody_asked_has_no_share():
    assert np.isnan(share_interval(0, 0)).all()
