"""The passages of the rooms: what is said of hand-made numbers, and what is never said."""

import json

import pandas as pd
import pytest

from assessment import figures
from assessment.framework import load_framework

FRAMEWORK = load_framework("collectivite-apprenante")


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


def compared(dimension, level, below, above, reading, score=50.0, known="organised", probability=0.95, **more):
    return {
        "dimension": dimension,
        "chosen": 10,
        "lowest": 2,
        "highest": 4,
        "group_level": level,
        "score": score,
        "maturity_level": known,
        "probability": probability,
        "n": 120,
        "below": below,
        "above": above,
        "reading": reading,
        "reason": None,
    } | more


LEVELS = pd.DataFrame(
    [
        compared("personal_mastery", 5, 3, 3, "group_higher"),
        compared("mental_models", 2, 2, 3, "alike", 46.0, probability=0.62),
        compared("team_learning", 1, 4, 4, "group_lower", 70.0, "shared"),
        compared("shared_vision", 3, None, None, "divided", 51.7, "divided", None),
        compared("systems_thinking", 3, None, None, None, None, None, None, n=None, reason="confidential"),
    ],
    dtype=object,
)


def test_both_readings_stand_side_by_side_as_surely_as_they_are_known():
    part = figures.group_level_part(LEVELS, FRAMEWORK, "en")
    told = {row[0]: row[1:4] for row in part.rows}
    assert told["Personal mastery"] == ["3 Organised (probability 95%)", "5 Learning", "2 levels higher"]
    assert told["Mental models"] == ["between 2 Started and 3 Organised (probability 62%)", "2 Started", "the same"]
    assert told["Team learning"][2] == "3 levels lower"
    assert told["Shared vision"][0].startswith("answers split")
    assert told["Systems thinking"][0].startswith("hidden")
    assert part.charts[0].title == "The group and the answers place 1 of 4 dimensions at the same level"


def test_every_level_has_a_question_to_talk_about_but_the_hidden_one(language):
    part = figures.group_level_part(LEVELS, FRAMEWORK, language)
    asked = [row[4] for row in part.rows]
    assert all(one.endswith("?") for one in asked[:4])
    assert len(set(asked[:4])) == 4
    assert asked[4] == ""


def test_a_divided_or_hidden_level_has_no_mark():
    spec = figures.group_level_part(LEVELS, FRAMEWORK, "fr").charts[0].spec
    drawn = [row for layer in spec["layer"] for row in layer["data"]["values"] if row.get("answers") is not None]
    assert {row["answers"] for row in drawn} == {3.0, 2.5, 4.0}


def position(dimension, score, other, difference, reading, perspective="reality", **more):
    return {
        "wave": "2026",
        "dimension": dimension,
        "perspective": perspective,
        "n": 120,
        "score": score,
        "low": score - 4,
        "high": score + 4,
        "other_n": 24,
        "other": other,
        "other_low": other - 5,
        "other_high": other + 6,
        "difference": difference,
        "difference_low": difference - 4,
        "difference_high": difference + 4,
        "quarter": "highest",
        "reading": reading,
        "reason": None,
    } | more


BLANK = dict.fromkeys(
    ("other", "other_low", "other_high", "difference", "difference_low", "difference_high", "quarter")
)
AMONG = pd.DataFrame(
    [
        position("personal_mastery", 56.0, 50.0, 6.0, "above"),
        position("mental_models", 40.0, 50.0, -10.0, "below", quarter="lowest"),
        position("team_learning", 51.0, 50.0, 1.0, "unclear", quarter="above_median"),
        position("shared_vision", 33.0, 0, 0, None) | BLANK | {"reason": "too_few_organisations", "other_n": None},
        position("systems_thinking", 33.0, 0, 0, None) | BLANK | {"reason": "other_items"},
    ],
    dtype=object,
)


def test_the_headline_names_what_is_beyond_doubt_and_nothing_else():
    title = figures.title_benchmark(AMONG, FRAMEWORK, "en")
    found = "above on “Personal mastery”, below on “Mental models”"
    assert title == f"Against the median of the others: {found}"
    assert figures.title_benchmark(AMONG[2:3], FRAMEWORK, "en", other="Autreville") == (
        "Against Autreville: no clear difference"
    )
    assert figures.title_benchmark(AMONG[3:], FRAMEWORK, "en") == "Nothing can be compared"


def test_many_dimensions_are_counted():
    names = [one.id for one in FRAMEWORK.dimensions[:5]]
    rows = pd.DataFrame([position(one, 60.0, 50.0, 10.0, "above") for one in names], dtype=object)
    assert (
        figures.title_benchmark(rows, FRAMEWORK, "en") == "Against the median of the others: above on 5 of 5 dimensions"
    )


def test_every_row_of_the_table_has_its_numbers_or_its_reason():
    part = figures.elsewhere_part(AMONG, FRAMEWORK, "en", perspective="reality", source="Others: a study.")
    told = {row[0]: row[1:] for row in part.rows}
    assert told["Personal mastery"] == [
        "56 (52 to 60)",
        "50 (45 to 56)",
        "+6 (+2 to +10)",
        "highest quarter",
        "24",
        "above",
    ]
    assert told["Shared vision"][1:] == ["", "", "", "", "hidden: fewer than 5 organisations"]
    assert told["Systems thinking"][-1] == "other items were asked"
    assert part.told == "3 of 5 dimensions can be compared; for 1, the interval does not settle it."
    assert part.charts[0].note.endswith("Others: a study.")


def test_what_is_not_compared_is_drawn_nowhere(language):
    part = figures.elsewhere_part(AMONG, FRAMEWORK, language, perspective="reality")
    marks = [row for layer in part.charts[0].spec["layer"] for row in layer["data"]["values"] if row.get("other")]
    assert {row["other"] for row in marks} == {50.0}
    assert "33" not in json.dumps([part.charts[0].alt, marks])


def test_beside_one_other_there_is_no_quarter_and_its_name_is_text(language):
    name = '<img src=x onerror="harm()">'
    part = figures.elsewhere_part(AMONG[:3], FRAMEWORK, language, perspective="reality", other=name)
    assert name in part.title
    assert not any("quart" in column["label"] for column in part.columns)


def test_texts_are_told_question_by_question_in_the_instruments_order(language):
    texts = pd.DataFrame(
        {
            "wave": "1",
            "question": ["verbatim_obstacle"] * 11 + ["verbatim_strength", "unknown"],
            "n": 40,
            "text": [f"Texte {number}" for number in range(11)] + ["Été utile", "Autre"],
        }
    )
    parts = figures.texts_parts(texts, FRAMEWORK, language)
    assert [part.id for part in parts] == ["verbatim_strength", "verbatim_obstacle", "unknown"]
    assert "11" in parts[1].told
    assert "10" in parts[0].told  # fewer than
    (found,) = figures.texts_parts(texts, FRAMEWORK, language, search="ete UTILE")
    assert found.rows == [["Été utile"]]
