"""Numbers are written as each language writes them, and a number that is not is a dash."""

import math

import numpy as np
import pandas as pd
import pytest

from assessment.texts import format_number, format_share

THIN = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "french", "english"),
    [
        (0, 1, "0,0", "0.0"),
        (47.13, 1, "47,1", "47.1"),
        (1234.56, 1, f"1{THIN}234,6", "1,234.6"),
        (1234567, 0, f"1{THIN}234{THIN}567", "1,234,567"),
        (-3.21, 1, "−3,2", "−3.2"),
        (-0.04, 1, "0,0", "0.0"),
        (0.999, 2, "1,00", "1.00"),
        (np.float32(2.5), 1, "2,5", "2.5"),
        (np.int64(12), 0, "12", "12"),
    ],
)
def test_a_number_in_each_language(value, decimals, french, english):
    assert format_number(value, "fr", decimals) == french
    assert format_number(value, "en", decimals) == english


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf, -math.inf, pd.NA, pd.NaT, np.float64("nan")])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_is_no_number_is_a_dash(nothing, language):
    assert format_number(nothing, language) == "–"
    assert format_share(nothing, language) == "–"


def test_a_sign_is_written_on_wish_but_never_before_zero():
    assert format_number(3, "fr", 0, sign=True) == "+3"
    assert format_number(-3, "fr", 0, sign=True) == "−3"
    assert format_number(0.2, "fr", 0, sign=True) == "0"


@pytest.mark.parametrize(
    ("share", "french", "english"), [(0, f"0{THIN}%", "0%"), (0.934, f"93{THIN}%", "93%"), (1, f"100{THIN}%", "100%")]
)
def test_a_share_is_a_percentage(share, french, english):
    assert format_share(share, "fr") == french
    assert format_share(share, "en") == english
