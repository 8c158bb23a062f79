import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from assessment.statistics import ordinal_agreement, ordinal_polarisation

some_counts = st.integers(3, 7).flatmap(lambda k: arrays(np.int64, k, elements=st.integers(0, 9))).filter(np.any)

# agrmt.r-forge.r-project.org/use.html and the help page of agrmt::agreement; the first two from van der Eijk 2001
PUBLISHED = [
    ([2.4, 2.8, 3.2, 6.2, 13.5, 30.4, 41.6], 0.61, 0.20),
    ([1.6, 2.6, 8.2, 21, 29.3, 27, 10.3], 0.48, 0.26),
    ([6, 8, 5, 3, 2], 0.31, None),
    ([6, 8, 5, 3, 2, 0, 2], 0.39, None),
]


@pytest.mark.parametrize(("counts", "agreement", "polarised"), PUBLISHED)
def test_published_distributions_have_their_published_agreement(counts, agreement, polarised):
    assert ordinal_agreement(counts) == pytest.approx(agreement, abs=0.005001)
    if polarised is not None:
        assert ordinal_polarisation(counts) == pytest.approx(polarised, abs=0.005001)


def test_the_example_of_agrmt_to_all_its_digits():
    assert ordinal_agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=5e-8)


def layer_by_layer(counts):
    """Van der Eijk's procedure as he tells it: peel off the lowest layer until nothing is left, triple by triple."""
    left, total, sum = np.array(counts, dtype=float), 0.0, 0.0
    options = len(left)
    while left.max() > 1e-12:
        full = left > 1e-12
        height = left[full].min()
        weight = height * full.sum()
        total, sum = total + weight, sum + weight * of_pattern(full, options)
        left = np.where(full, left - height, 0)
    return sum / total


def of_pattern(full, options):
    one = two = 0
    for i in range(options):
        for j in range(i + 1, options):
            for k in range(j + 1, options):
                read = tuple(full[[i, j, k]])
                one += read in ((True, True, False), (False, True, True))
                two += read == (True, False, True)
    size = full.sum()
    unimodal = 1 if one + two == 0 else ((options - 2) * one - (options - 1) * two) / ((options - 2) * (one + two))
    return unimodal * (1 - (size - 1) / (options - 1))


@given(some_counts)
def test_it_is_what_the_procedure_gives_step_by_step(counts):
    assert ordinal_agreement(counts) == pytest.approx(layer_by_layer(counts), abs=1e-12)


@given(some_counts)
def test_reversing_the_scale_or_repeating_the_people_changes_nothing_and_the_bounds_hold(counts):
    found = float(ordinal_agreement(counts))
    assert -1 - 1e-12 <= found <= 1 + 1e-12
    assert ordinal_agreement(counts[::-1]) == pytest.approx(found, abs=1e-12)
    assert ordinal_agreement(3 * counts) == pytest.approx(found, abs=1e-12)
    assert ordinal_polarisation(counts) == pytest.approx((1 - found) / 2)


def test_a_stack_is_each_of_its_distributions_and_nobody_has_no_agreement():
    stack = [[1, 2, 3, 4, 5], [5, 0, 0, 0, 5], [0, 0, 0, 0, 0]]
    found = ordinal_agreement(stack)
    assert found[:2].tolist() == [float(ordinal_agreement(one)) for one in stack[:2]]
    assert np.isnan(found[2])


@pytest.mark.parametrize("options", [1, 2])
def test_two_options_have_no_middle_and_so_no_camps(options):
    assert np.isnan(ordinal_agreement([3] * options))
