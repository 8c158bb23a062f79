"""Which groups the sums give away, on tables of numbers of people alone: many, of every shape, solved in fractions."""

from fractions import Fraction
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.scoring.subtraction import reduced, tied
from assessment.scoring.suppression import Search, Web

LEAST = 10


def two_ways(sizes):
    """Give groups, numbers of people and sums of a table of units and roles with its margins."""
    rows, columns = sizes.shape
    units, roles = [f"u{one}" for one in range(rows)], [f"r{one}" for one in range(columns)]
    crossed = [(f"{unit}·{role}", unit, role) for unit, role in product(units, roles)]
    groups = [(None, None), *(("unit", one) for one in units), *(("role", one) for one in roles)]
    groups += [("unit·role", name) for name, _, _ in crossed]
    totals = [(by, one, None, None) for by, one in groups[1 : 1 + rows + columns]]
    for name, unit, role in crossed:
        totals += [("unit·role", name, *total) for total in ((None, None), ("unit", unit), ("role", role))]
    n = np.concatenate([[sizes.sum()], sizes.sum(axis=1), sizes.sum(axis=0), sizes.ravel()]).astype(float)
    names = ["by", "group", "total_by", "total_group"]
    return groups, np.where(n > 0, n, np.nan), pd.DataFrame(totals, columns=names, dtype=object)


def hidden_in(groups, n, totals, small=None, known=None):
    small = (n < LEAST) if small is None else small
    known = np.zeros(len(n), dtype=bool) if known is None else known
    ties = tied(groups, totals)
    return Search(ties).groups_to_hide([Web(ties, n, small, known, LEAST)])


def determined(groups, n, hidden):
    """Solve for each hidden group in fractions, every cell an unknown."""
    cells = [place for place, (by, _) in enumerate(groups) if by == "unit·role" and n[place] > 0]
    vectors = []
    for by, group in groups:
        inside = [1 if by is None or group in (groups[one][1], *groups[one][1].split("·")) else 0 for one in cells]
        vectors.append([Fraction(one) for one in inside])
    basis = []
    for place, vector in enumerate(vectors):
        if not hidden[place]:
            left = against(vector, basis)
            if any(left):
                basis.append(left)
    return [groups[one] for one in np.flatnonzero(hidden & (n > 0)) if not any(against(vectors[one], basis))]


def against(vector, basis):
    for row in basis:
        pivot = next(place for place, value in enumerate(row) if value)
        if vector[pivot]:
            times = vector[pivot] / row[pivot]
            vector = [value - times * other for value, other in zip(vector, row, strict=True)]
    return vector


tables = st.tuples(st.integers(2, 5), st.integers(2, 5)).flatmap(
    lambda shape: st.lists(
        st.sampled_from([0, 0, 2, 4, 6, 9, 12, 15, 30]), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]
    ).map(lambda numbers: np.array(numbers).reshape(shape))
)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(sizes=tables)
def test_no_hidden_group_of_a_two_way_table_can_be_solved_for(sizes):
    groups, n, totals = two_ways(sizes)
    hidden = hidden_in(groups, n, totals)
    if not np.nansum(n) or hidden[0]:
        return
    assert determined(groups, n, hidden) == []
    assert (hidden >= (n < LEAST)).all()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(sizes=tables)
def test_along_every_sum_none_is_hidden_or_several_who_are_not_too_few(sizes):
    groups, n, totals = two_ways(sizes)
    hidden = hidden_in(groups, n, totals)
    place = {group: number for number, group in enumerate(groups)}
    for (by, *total), line in totals.groupby(["by", "total_by", "total_group"], dropna=False):
        parts = np.array([place[by, group] for group in line["group"]])
        out = parts[hidden[parts] & (n[parts] > 0)]
        if not hidden[place[tuple(None if pd.isna(one) else one for one in total)]] and len(out):
            assert len(out) > 1
            assert n[out].sum() >= LEAST


def test_a_cell_that_joins_two_rings_of_hidden_cells_is_found_and_protected():
    sizes = np.full((4, 4), 20)
    for row, column in [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)]:
        sizes[row, column] = 6
    groups, n, totals = two_ways(sizes)
    assert determined(groups, n, n < LEAST) == [("unit·role", "u1·r2")]
    hidden = hidden_in(groups, n, totals)
    assert hidden.sum() > 9
    assert determined(groups, n, hidden) == []


def test_the_organisation_and_what_was_told_before_are_not_hidden():
    sizes = np.array([[3, 12], [20, 40]])
    groups, n, totals = two_ways(sizes)
    known = np.array([name == "u0·r1" for _, name in groups])
    hidden = hidden_in(groups, n, totals, known=known)
    assert not hidden[0]
    assert not hidden[known].any()
    assert hidden[[groups.index(("unit", "u0"))]].all()  # its other part is known: told, it would tell of the three


def test_where_nobody_is_hidden_nobody_is_protected():
    groups, n, totals = two_ways(np.full((3, 3), 11))
    assert not hidden_in(groups, n, totals).any()


def test_whoever_is_in_one_unit_only_is_subtracted_from_it_though_no_crossing_is_told():
    # Role y has two people. Hidden with z alone it is given away: x is in unit A only, and A less x, both told, is y.
    groups = [(None, None), ("unit", "A"), ("unit", "B"), ("role", "x"), ("role", "y"), ("role", "z")]
    n = np.array([23, 13, 10, 11, 2, 10], float)
    cells = {"A·x": ("A", "x"), "A·y": ("A", "y"), "B·z": ("B", "z")}
    totals = [(by, one, None, None) for by, one in groups[1:]]
    for name, (unit, role) in cells.items():
        totals += [("unit·role", name, *total) for total in ((None, None), ("unit", unit), ("role", role))]
    totals = pd.DataFrame(totals, columns=["by", "group", "total_by", "total_group"], dtype=object)
    hidden = {groups[one][1] for one in np.flatnonzero(hidden_in(groups, n, totals))}
    assert "y" in hidden
    assert hidden & {"A", "x"}


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_equations_are_solved_exactly(order):
    # x + y = a, x − y = b: 2x = a + b and 2y = a − b, so halves must come out right (modulo the prime)
    rows = np.array([[1, 1, 1, 0], [1, -1, 0, 1]])
    solved, pivots = reduced(rows[order], 2)
    assert pivots.tolist() == [0, 1]
    prime = 2**31 - 1
    assert (2 * solved % prime).tolist() == [[2, 0, 1, 1], [0, 2, 1, prime - 1]]


def test_equations_that_repeat_each_other_determine_nothing_more():
    solved, pivots = reduced(np.array([[1, 1, 0], [2, 2, 0], [1, 1, 0]]), 3)
    assert (solved.tolist(), pivots.tolist()) == ([[1, 1, 0]], [0])
