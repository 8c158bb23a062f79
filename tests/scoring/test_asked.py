import numpy as np
import pytest

from assessment.scoring.asked import answers_needed


@pytest.mark.parametrize(("asked", "needed"), [(1, 1), (2, 2), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4), (11, 6)])
def test_half_of_the_items_asked_rounded_up_and_two_at_least_make_a_score(asked, needed):
    assert answers_needed(np.array([asked])).tolist() == [needed]


def test_nobody_has_a_score_who_was_asked_nothing():
    assert answers_needed(np.array([0]))[0] > 200
