"""Adding the cells of tables is numpy's unbuffered addition, place by place, whatever the places are."""

import numpy as np
import pytest

from assessment.scoring.sums import move_of, moved


@pytest.mark.parametrize(
    ("places", "cells"),
    [([0, 1, 2], 3), ([2, 0, 1], 3), ([0, 0, 1], 2), ([1, 0, 1, 3], 5), ([4], 6), ([0, 0, 0], 1), ([], 3)],
)
def test_every_cell_goes_to_its_place_and_what_meets_is_added(places, cells):
    places = np.array(places, dtype=np.int64)
    table = np.random.default_rng(1).integers(0, 100, (2, len(places), 3))
    expected = np.zeros((2, cells, 3), dtype=table.dtype)
    for pair in range(2):
        np.add.at(expected[pair], places, table[pair])
    move = move_of(places, cells)
    assert (moved([table], [move], cells) == expected).all()
    assert (moved([table, table], [move, move], cells) == 2 * expected).all()
