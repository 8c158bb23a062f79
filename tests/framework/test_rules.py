"""A framework made by hand keeps the same rules as one that is loaded."""

from dataclasses import replace

import pytest

from assessment.faults import Faults
from assessment.framework import check_framework
from assessment.framework.rules import RESERVED
from assessment.responses import columns


def codes(framework):
    with pytest.raises(Faults) as refused:
        check_framework(framework)
    return [fault.code for fault in refused.value.faults]


def test_a_checked_framework_is_returned_as_it_is(bundled):
    assert check_framework(bundled) is bundled


def test_the_same_item_twice_is_a_duplicate_even_when_it_is_the_same_object(bundled):
    assert codes(replace(bundled, items=(*bundled.items, bundled.items[0]))) == ["id_duplicate"]


def test_the_faults_name_the_framework_when_there_is_no_file(bundled):
    with pytest.raises(Faults) as refused:
        check_framework(replace(bundled, perspectives=("vision",)))
    assert refused.value.faults[0].place["file"] == bundled.id


def test_no_item_may_be_called_like_a_column_about_the_response():
    assert RESERVED == columns.RESERVED


def test_a_framework_by_hand_is_told_all_it_breaks(bundled):
    levels = tuple(reversed(bundled.maturity_levels))
    wrong = replace(bundled, maturity_levels=levels, id="mon cadre", facets=())
    assert set(codes(wrong)) == {
        "framework_id_malformed",
        "level_first_not_zero",
        "levels_unordered",
        "reference_unknown",
    }
