"""Honest words: what may be said of a number, and no more."""

import re
import tomllib
from pathlib import Path

import pytest

import assessment
from assessment.figures import readings
from assessment.framework import load_framework

WORDS = Path(assessment.__file__).parent / "texts" / "words"
FRAMEWORK = load_framework("collectivite-apprenante")


def level(score, id, probability, language="fr", short=False):
    row = {"score": score, "maturity_level": id, "probability": probability}
    return readings.level_words(row, FRAMEWORK, language, short)


@pytest.mark.parametrize(
    ("score", "id", "told"),
    [
        (46, "organised", "entre 2 Amorcée et 3 Organisée"),
        (64, "organised", "entre 3 Organisée et 4 Partagée"),
        (24, "scattered", "entre 1 Dispersée et 2 Amorcée"),
        (81, "learning", "entre 4 Partagée et 5 Apprenante"),
    ],
)
def test_an_unsure_level_lies_between_it_and_the_nearer_neighbour(score, id, told):
    assert level(score, id, 0.79) == told


def test_a_sure_level_is_named_and_a_split_distribution_has_none():
    assert level(50, "organised", 0.80) == "3 Organisée"
    assert level(50, "divided", None) == "réponses partagées en deux"
    assert level(50, None, None) == ""


def test_the_quadrants_are_told_in_the_words_of_the_framework():
    told = [readings.quadrant_words(one, "fr") for one in ("mobilising", "dormant", "accomplished", "resting")]
    assert told == ["écart à travailler", "aspiration basse", "proche du souhait", "au-delà du souhait"]


@pytest.mark.parametrize(
    ("fit", "poor"),
    [
        ({"cfi": 0.89, "rmsea": 0.05, "srmr": 0.05}, True),
        ({"cfi": 0.95, "rmsea": 0.11, "srmr": 0.05}, True),
        ({"cfi": 0.95, "rmsea": 0.05, "srmr": 0.11}, True),
        ({"cfi": 0.90, "rmsea": 0.10, "srmr": 0.10}, False),
    ],
)
def test_a_poor_fit_is_told_from_the_conventions_on(fit, poor):
    told = readings.fit_words({"omega": 0.8, "cronbach_alpha": 0.8, **fit}, "fr", 10)
    assert ("un seul nombre résume mal cette dimension" in told) is poor


def test_items_that_go_together_weakly_are_not_passed_as_fine():
    told = readings.fit_words({"omega": 0.6, "cronbach_alpha": 0.6, "cfi": 1, "rmsea": 0, "srmr": 0}, "fr", 10)
    assert "prudence" in told


def test_three_items_are_not_said_to_fit():
    assert readings.fit_words({"omega": 0.8, "cronbach_alpha": 0.8}, "en", 10) == "not testable with three items"


def test_a_level_held_back_that_is_not_sure_is_told_as_one_of_two():
    row = {"score": 51.9, "maturity_level": "started", "probability": 0.6, "held_back_by": "systems_thinking"}
    framework = load_framework("collectivite-apprenante")
    assert "or one beside it, the answers do not settle which" in readings.overall_words(row, framework, "en", 10)
    assert "ou à un niveau voisin" in readings.overall_words(row, framework, "fr", 10)


def test_a_level_held_back_says_by_what_and_that_it_is_a_reading():
    row = {"score": 51.9, "maturity_level": "started", "probability": 0.99, "held_back_by": "systems_thinking"}
    told = readings.overall_words(row, FRAMEWORK, "fr", 10)
    assert "Pensée systémique" in told
    assert "lecture de Senge" in told


def test_an_unsure_whole_is_told_between_two_levels():
    row = {"score": 46.0, "maturity_level": "organised", "probability": 0.6, "held_back_by": None}
    assert "entre 2 Amorcée et 3 Organisée" in readings.overall_words(row, FRAMEWORK, "fr", 10)


def test_a_hidden_whole_gives_only_its_reason():
    row = {"score": None, "suppressed": True, "reason": "confidential"}
    assert readings.overall_words(row, FRAMEWORK, "en", 11) == (
        "No overall level (hidden: fewer than 11 respondents, or to protect a small group)."
    )


def test_every_reason_that_scoring_gives_has_its_words():
    folder = Path(assessment.__file__).parent
    code = "".join(
        path.read_text("utf-8") for room in ("scoring", "statistics") for path in (folder / room).glob("*.py")
    )
    given = set(re.findall(r'(?:reason=|"reason": |_undefined\(len\(covariance\), |return |\] = )"([a-z_]+)"', code))
    given |= {"not_asked", "nobody_scored", "one_respondent", "everyone_answered", *readings.HIDDEN}
    words = tomllib.loads((WORDS / "figures.toml").read_text("utf-8"))
    known = {key.removeprefix("reason_") for key in words if key.startswith("reason_")}
    ours = {one for one in given if one in known}
    assert {"confidential", "not_testable", "too_few_complete", "too_few_items", "no_variance", "improper"} <= ours


@pytest.mark.parametrize("room", ["figures", "report"])
def test_words_are_whole_and_well_set_in_both_languages(room):
    for key, text in tomllib.loads((WORDS / f"{room}.toml").read_text("utf-8")).items():
        assert set(text) == {"fr", "en"}, key
        assert set(re.findall(r"{(\w+)}", text["fr"])) == set(re.findall(r"{(\w+)}", text["en"])), key
        assert not re.search(r"[ \u00a0][;!?»%]|« | :|\w:(?!\w)|\w[;!?»]|'", text["fr"]), (key, text["fr"])
        assert "'" not in text["en"], key
