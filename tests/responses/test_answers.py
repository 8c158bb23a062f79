"""What a cell may say, and what is told of each other thing people write."""

import pytest

from assessment.faults import Fault
from assessment.framework.model import AnswerScale
from assessment.responses.answers import MISSING, NOT_CONCERNED, read_answer

FIVE = AnswerScale(1, 5)
NBSP, THIN = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1", 1),
        ("5", 5),
        (" 4 ", 4),
        (f"{NBSP}4{THIN}", 4),
        ("4.0", 4),
        ("4.000", 4),
        ("+4", 4),
        ("04", 4),
        (4, 4),
        (4.0, 4),
        ("", MISSING),
        ("   ", MISSING),
        (None, MISSING),
        ("na", NOT_CONCERNED),
        (" na ", NOT_CONCERNED),
    ],
)
def test_what_is_an_answer(written, code):
    assert read_answer(written, FIVE) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("0", "answer_out_of_range"),
        ("6", "answer_out_of_range"),
        ("-1", "answer_out_of_range"),
        ("6.0", "answer_out_of_range"),
        ("123456789012345678901234567890", "answer_out_of_range"),
        ("9" * 5000, "answer_out_of_range"),
        ("2,5", "answer_decimal_comma"),
        ("4,0", "answer_decimal_comma"),
        ("-2,5", "answer_decimal_comma"),
        ("2.5", "answer_decimal"),
        (2.5, "answer_decimal"),
        ("NA", "answer_missing_mark"),
        ("N/A", "answer_missing_mark"),
        ("NaN", "answer_missing_mark"),
        ("nan", "answer_missing_mark"),
        ("#N/A", "answer_missing_mark"),
        ("NULL", "answer_missing_mark"),
        ("Na", "answer_text"),
        ("Tout à fait", "answer_text"),
        ("5 - Tout à fait", "answer_text"),
        ("４", "answer_text"),
        ("٤", "answer_text"),
        ("⁴", "answer_text"),
        ("1e0", "answer_text"),
        ("4.", "answer_text"),
        ("--4", "answer_text"),
        ("4 4", "answer_text"),
        ("=4", "answer_text"),
        ("inf", "answer_text"),
        (True, "answer_text"),
        ([4], "answer_text"),
    ],
)
def test_what_is_none_and_why(written, code):
    fault = read_answer(written, FIVE)
    assert isinstance(fault, Fault)
    assert fault.code == code
    assert (fault.values["low"], fault.values["high"]) == (1, 5)


@pytest.mark.parametrize("mark", ["NA", "N/A", "NaN", "999", "sans avis"])
def test_a_mark_is_missing_when_it_is_named_and_only_then(mark):
    assert read_answer(mark, FIVE, [mark]) == MISSING
    assert isinstance(read_answer(mark, FIVE, ["other"]), Fault)


def test_na_stays_not_concerned_when_capital_na_is_missing():
    assert read_answer("na", FIVE, ["NA"]) == NOT_CONCERNED


@pytest.mark.parametrize(("low", "high"), [(0, 10), (-2, 2), (1, 200), (0, 1)])
def test_each_answer_of_a_scale_has_a_code_of_its_own(low, high):
    codes = [read_answer(str(answer), AnswerScale(low, high)) for answer in range(low, high + 1)]
    assert codes == list(range(1, high - low + 2))
    assert NOT_CONCERNED not in codes
