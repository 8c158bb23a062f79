"""Waves stand in the order people mean."""

import pytest

from assessment.responses.waves import in_natural_order


@pytest.mark.parametrize(
    "ordered",
    [
        ["", "2025", "2026"],
        ["2", "10"],
        ["T1", "T2", "T10"],
        ["2025-9", "2025-10", "2026-1"],
        ["1", "printemps", "t2"],
    ],
)
def test_numbers_in_names_are_numbers_and_no_wave_comes_first(ordered):
    assert in_natural_order(reversed(ordered)) == ordered


def test_digits_of_any_script_and_exponents_are_no_trouble():
    assert sorted(in_natural_order(["²", "2", "٣", "x"])) == sorted(["²", "2", "٣", "x"])
