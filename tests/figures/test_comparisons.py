"""Comparisons in words: the effect first, which way, how surely; undecided is never told as equal."""

import numpy as np
import pandas as pd
import pytest

from assessment.figures import describe_comparisons, table_comparisons
from assessment.framework import load_framework
from assessment.scoring.between import compare_with_rest
from assessment.scoring.comparisons import COMPARISON_COLUMNS

FRAMEWORK = load_framework("collectivite-apprenante")
UNITS = {"voirie": "Voirie", "ecoles": "Écoles"}
ROW = {
    "comparison": "groups",
    "wave": "2026",
    "by": "unit",
    "group": "voirie",
    "other_group": "ecoles",
    "dimension": "team_learning",
    "perspective": "reality",
    "n": 30,
    "other_n": 40,
    "items": 6,
    "difference": 12.34,
    "ci_low": 4.1,
    "ci_high": 20.58,
    "hedges_g": 0.62,
    "p": 0.004,
    "p_holm": 0.012,
    "reading": "larger",
    "suppressed": False,
}


def rows(*changes):
    return pd.DataFrame([ROW | change for change in changes], columns=list(COMPARISON_COLUMNS))


def told(language, *changes):
    return (
        describe_comparisons(rows(*changes), FRAMEWORK, language, names=UNITS)
        .replace("\u202f", " ")
        .replace("\xa0", " ")
    )


def test_a_difference_is_told_by_its_size_and_its_interval_without_its_p():
    text = told("fr", {})
    assert "« Apprendre en équipe » : 12,3 points (4,1 à 20,6) de plus pour Voirie que pour Écoles, " in text
    assert "une différence moyenne." in text
    assert "0,0" not in text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"difference": -12.34, "ci_low": -20.58, "ci_high": -4.1, "hedges_g": -0.9, "reading": "smaller"},
            "Team learning: Voirie stands 12.3 points (4.1 to 20.6) below Écoles, a large difference.",
        ),
        (
            {"comparison": "rest", "other_group": None},
            "Team learning: Voirie stands 12.3 points (4.1 to 20.6) above all the others, a medium difference.",
        ),
        (
            {"comparison": "benchmark", "by": None, "group": None, "other_group": None},
            "Everyone stands 12.3 points (4.1 to 20.6) above the median of 40 organisations",
        ),
        (
            {"comparison": "waves", "other_wave": "2025", "other_group": "voirie"},
            "Voirie rose by 12.3 points (4.1 to 20.6) between 2025 and 2026",
        ),
        (
            {"comparison": "linked", "other_wave": "2025", "by": None, "group": None, "perspective": "vision"},
            "Team learning (Vision): Everyone, the people who answered both times rose by 12.3 points",
        ),
        ({"ci_low": np.nan, "ci_high": np.nan, "difference": 1.0, "hedges_g": 0.1}, "Voirie stands 1.0 point above"),
    ],
)
def test_each_kind_of_comparison_has_its_sentence(change, sentence):
    assert sentence in told("en", change)


def test_the_largest_effects_come_first_and_the_others_are_counted():
    text = told("en", *({"hedges_g": g, "difference": 100 * g} for g in (0.3, -0.9, 0.5, 0.2, 0.6, 0.7, 0.4)))
    assert text.index("90.0 points") < text.index("70.0 points") < text.index("40.0 points")
    assert "20.0 points" not in text
    assert "Differences that stand out: 7; the 5 largest are told." in text


def test_undecided_is_not_equal():
    text = told("en", {"reading": "unclear"}, {"reading": "equivalent"}, {"reading": None, "reason": "one_respondent"})
    assert "No difference stands out." in text
    assert "Undecided for want of responses: 1. Undecided does not mean equal." in text
    assert "Without a difference that matters: 1." in text
    assert "Not comparable, or hidden: 1." in text


def test_a_suppressed_row_tells_its_reason_only():
    hidden = dict.fromkeys((*(name for name in COMPARISON_COLUMNS[8:-2]),)) | {
        "suppressed": True,
        "reason": "confidential",
    }
    columns, table = table_comparisons(rows(hidden), FRAMEWORK, "en", names=UNITS)
    assert table == [
        [
            "Team learning",
            "Voirie – Écoles",
            "–",
            "–",
            "–",
            "hidden: fewer than 10 respondents, or to protect a small group",
            "–",
        ]
    ]
    assert len(columns) == len(table[0])
    assert "12" not in told("en", hidden)


def test_the_table_has_the_sign_the_size_the_reading_and_the_p():
    _, table = table_comparisons(rows({}, {"p_holm": 1e-9, "reading": "unclear"}), FRAMEWORK, "en", names=UNITS)
    assert table[0] == ["Team learning", "Voirie – Écoles", "6", "+12.3 (+4.1 to +20.6)", "+0.62", "above", "0.012"]
    assert table[1][-2:] == ["undecided: too few responses to settle it", "under 0.001"]


def test_a_place_among_organisations_is_a_column_of_its_own():
    table = rows({"comparison": "benchmark"}).assign(quarter="highest")
    columns, texts = table_comparisons(table, FRAMEWORK, "fr")
    assert columns[-1]["label"] == "Place parmi les organisations"
    assert texts[0][-1] == "dans le quart le plus haut"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_reason_a_comparison_can_give_has_words(language):
    reasons = (
        "too_few_common_items",
        "not_asked",
        "nobody_scored",
        "one_respondent",
        "no_variance",
        "everyone_answered",
    )
    _, table = table_comparisons(rows(*({"reading": None, "reason": one} for one in reasons)), FRAMEWORK, language)
    assert all(row[5] for row in table)


def test_the_example_commune_can_be_told():
    from assessment.example import load_example

    example = load_example()
    table = compare_with_rest(example.responses, example.framework, units=example.units)
    names = dict(zip(example.units["unit"], example.units["name"], strict=True))
    for language in ("fr", "en"):
        assert len(describe_comparisons(table, example.framework, language, names=names)) > 200
        columns, texts = table_comparisons(table, example.framework, language, names=names)
        assert {len(row) for row in texts} == {len(columns)}
