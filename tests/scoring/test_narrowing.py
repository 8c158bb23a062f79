"""What floating point leaves of a shift leaves no mean open, and stops no release."""

from types import SimpleNamespace

import numpy as np

from assessment.scoring.narrowing import wide
from assessment.scoring.subtraction import TINY


def test_a_shift_that_moves_nobody_leaves_no_mean_open():
    means = SimpleNamespace(point=0.04)
    shift = np.full(40, TINY)
    assert not wide(None, means, shift, float(shift.sum()), 2_000.0)
