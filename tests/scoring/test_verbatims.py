"""What people wrote leaves only beside one background variable, from large groups, in an order that tells nothing."""

import pandas as pd

from assessment.scoring import release_verbatims
from assessment.scoring.verbatims import COLUMNS


def people(**sizes):
    rows = [(f"{unit}{number}", "1", unit) for unit, size in sizes.items() for number in range(size)]
    return pd.DataFrame(rows, columns=["respondent", "wave", "unit"])


def texts(*authors):
    rows = [(author, "1", "q", f"text of {author}") for author in authors]
    return pd.DataFrame(rows, columns=["respondent", "wave", "question", "text"])


def test_three_times_the_threshold_is_needed():
    written = texts("A1", "B1")
    found = release_verbatims(written, people(A=30, B=29), by="unit")
    assert found["text"].tolist() == ["text of A1", None]
    assert found["group"].tolist() == ["A", None]
    assert found["reason"].tolist() == [None, "confidential"]
    assert release_verbatims(written, people(A=20, B=9))["suppressed"].tolist() == [True]
    assert not release_verbatims(written, people(A=20, B=10))["suppressed"].any()
    assert release_verbatims(written, people(A=20, B=10), min_group=11)["suppressed"].all()


def test_groups_too_small_are_told_together_when_they_are_enough():
    found = release_verbatims(texts("A1", "B1", "C1"), people(A=30, B=16, C=15), by="unit")
    assert found[["group", "n"]].astype(object).where(found["group"].notna(), None)["group"].tolist() == [
        "A",
        None,
        None,
    ]
    assert found["n"].tolist() == [30, 31, 31]


def test_no_code_leaves_and_no_order_of_respondents():
    found = release_verbatims(texts("A9", "A1", "A5"), people(A=40), by="unit")
    assert list(found.columns) == list(COLUMNS)
    assert found["text"].tolist() == ["text of A1", "text of A5", "text of A9"]


def test_empty_texts_and_texts_of_nobody_are_left_out():
    written = pd.concat([texts("A1", "Z1"), texts("A2").assign(text="  "), texts("A3").assign(text=None)])
    assert release_verbatims(written, people(A=40))["text"].tolist() == ["text of A1"]


def test_no_text_at_all_gives_an_empty_table():
    assert release_verbatims(texts(), people(A=40)).empty
