"""Choices, priorities, shared vision, voices and ties in words: what is said, and what is never said."""

import numpy as np
import pandas as pd
import pytest

from assessment import figures
from assessment.framework import load_framework

FRAMEWORK = load_framework("collectivite-apprenante")
EMPTY = pd.DataFrame()


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


CHOICES = pd.DataFrame(
    [
        {
            "question": "three_choices",
            "option": "team_learning",
            "n": 40,
            "share": 0.4,
            "ci_low": 0.26,
            "ci_high": 0.55,
        },
        {"question": "three_choices", "option": "means_to_act", "n": 40, "share": 0.6, "ci_low": 0.45, "ci_high": 0.73},
    ]
).assign(by_chance=0.25, suppressed=False, reason=None)
HIDDEN = CHOICES.assign(n=np.nan, share=np.nan, ci_low=np.nan, ci_high=np.nan, suppressed=True, reason="confidential")
ALIKE = {"overlap": 1.1, "by_chance": 0.75, "agreement": 0.35, "p_value": 0.0001, "reason": None}


def told(name, rows, language, *more, **options):
    return getattr(figures, name)(rows, *more, FRAMEWORK, language, **options)


def test_choices_name_the_most_chosen_first_and_what_chance_would_give():
    text = told("describe_choices", CHOICES, "fr", pd.DataFrame([ALIKE]))
    assert text.startswith(
        "Les plus choisis\u00a0: Avoir le temps, les savoirs et la liberté d’agir (60\u202f%), Réfléchir"
    )
    assert "25\u202f%" in text
    assert "elles s’accordent plus que le hasard (p < 0,001" in text
    assert "faible" not in text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"agreement": 0.04}, "this agreement is there, but it is slight"),
        ({"p_value": 0.05}, "nothing shows that they agree (p = 0.050)"),
    ],
)
def test_agreement_is_never_told_stronger_than_it_is(row, words):
    text = told("describe_choices", CHOICES, "en", pd.DataFrame([ALIKE | row]))
    assert words in text.replace("This", "this")


def test_hidden_choices_say_why_and_give_no_number(language):
    text = told("describe_choices", HIDDEN, language, EMPTY, min_group=11)
    assert "11" in text
    rows = told("table_choices", HIDDEN, language, min_group=11)[1]
    assert all(row[1:3] == ["–", "–"] and "11" in row[3] for row in rows)


PRIORITIES = pd.DataFrame(
    [
        {"dimension": "means_to_act", "order": 1, "reading": "chosen_gap", "quadrant": "mobilising", "chosen": 0.44},
        {"dimension": "team_learning", "order": 2, "reading": "low_aspiration", "quadrant": "dormant", "chosen": 0.1},
        {"dimension": "shared_vision", "suppressed": True, "reason": "confidential"},
    ]
)


def test_priorities_say_what_makes_their_order_and_that_importance_is_no_cause():
    text = told("describe_priorities", PRIORITIES, "fr")
    assert "aucun score ne les additionne" in text
    assert "Choisi, avec un écart à travailler\u00a0: Moyens d’agir." in text
    assert "demander pourquoi\u00a0: Apprendre en équipe." in text
    assert "Vision partagée" not in text
    assert text.endswith("ce n’est pas une cause.")
    rows = told("table_priorities", PRIORITIES, "fr")[1]
    assert [row[0] for row in rows] == ["Moyens d’agir", "Apprendre en équipe", "Vision partagée"]
    assert rows[2][1] == "masqué\u00a0: moins de 10 réponses, ou pour protéger un petit groupe"


SHARED = pd.DataFrame(
    [
        {"dimension": "team_learning", "reading": "likely", "agrees": True, "choose_alike": True, "none_against": True},
        {"dimension": "shared_vision", "reading": "side_by_side", "none_against": False, "against": "agent+elected"},
        {"dimension": "means_to_act", "reading": "undetermined", "reason": "no_choices", "agrees": True},
    ]
).assign(ad=0.6, ad_cut=5 / 6, p_value=0.01, roles=3, choice_agreement=0.4)


def test_a_shared_vision_is_only_said_to_be_likely(language):
    text = told("describe_shared_vision", SHARED, language)
    if language == "fr":
        assert "Vision partagée probable\u00a0: Apprendre en équipe." in text
        assert "Visions côte à côte\u00a0: Vision partagée." in text
        assert text.endswith("c’est le texte adopté ensemble qui est la vision partagée.")
    else:
        assert "A shared vision is likely: Team learning." in text
        assert text.endswith("the text adopted together is the shared vision.")


@pytest.mark.parametrize(("agreement", "said"), [(0.20, True), (0.21, False)])
def test_a_slight_agreement_of_choices_is_not_passed_over(agreement, said):
    text = told("describe_shared_vision", SHARED.assign(choice_agreement=agreement), "en")
    assert ("hardly more than by chance" in text) is said


def test_each_condition_is_answered_by_itself():
    rows = told("table_shared_vision", SHARED, "fr")[1]
    assert rows[0][1] == "oui (écart moyen 0,60, seuil 0,83)"
    assert rows[1][3].startswith("non (contre\u00a0: ")
    assert rows[1][1] == "on ne sait pas"
    assert rows[2][5] == "sans les choix, on ne peut pas conclure"


PLURALITY = pd.DataFrame(
    [
        {"dimension": "team_learning", "score": 50.0, "score_by_respondents": 42.0, "roles": 3, "roles_absent": 1},
        {"dimension": "shared_vision", "score": 50.0, "score_by_respondents": 49.0, "roles": 3, "roles_absent": 0},
        {"dimension": "means_to_act", "score_by_respondents": 40.0, "suppressed": True, "reason": "role_hidden"},
    ]
).assign(perspective="reality", ci_low=2.8, ci_high=3.2)


def test_the_voices_say_that_it_is_a_convention_what_changes_and_who_is_missing():
    text = told("describe_plurality", PLURALITY, "fr")
    assert "C’est une convention de ce kit" in text
    assert (
        "«\u202fApprendre en équipe\u202f» que cela change le plus le score de réalité\u00a0: 50,0 au lieu de 42,0"
        in text
    )
    assert "un rôle est masqué\u00a0: Moyens d’agir" in text
    assert "leur voix manque dans Apprendre en équipe" in text
    rows = {row[0]: row for row in told("table_plurality", PLURALITY, "fr")[1]}
    assert rows["Moyens d’agir"][1] == "–"
    assert rows["Moyens d’agir"][4] == "un rôle est masqué"


WEIGHTS = pd.DataFrame(
    [
        {"dimension": "team_learning", "weight": 0.1, "r": 0.5},
        {"dimension": "shared_vision", "weight": 0.3, "r": 0.7},
    ]
).assign(other_dimension="outcomes", n=170, r_squared=0.4, ci_low=0.05, ci_high=0.35, r_low=0.3, r_high=0.8)


def test_what_goes_with_the_outcomes_is_never_called_a_cause(language):
    text = told("describe_outcome_weights", WEIGHTS, language)
    assert ("ce n’est pas une cause" if language == "fr" else "it is no cause") in text
    assert text.index("30") < text.index("10")
    rows = told("table_outcome_weights", WEIGHTS, language)[1]
    assert [row[1][:2] for row in rows] == ["30", "10"]


def test_no_weights_say_why():
    none = WEIGHTS.assign(weight=np.nan, reason="collinear")
    assert told("describe_outcome_weights", none, "en") == "No share can be computed (a dimension repeats the others)."


TIES = pd.DataFrame(
    [
        {
            "dimension": "team_learning",
            "other_dimension": "shared_vision",
            "r": 0.7,
            "partial": 0.4,
            "partial_low": 0.2,
        },
        {
            "dimension": "team_learning",
            "other_dimension": "means_to_act",
            "r": 0.8,
            "partial": 0.1,
            "partial_low": -0.1,
        },
    ]
).assign(n=60, halo=0.54, ci_low=0.5, ci_high=0.85, partial_high=0.6, reason=None)


def test_ties_name_only_what_is_left_and_warn_of_the_halo_always(language):
    text = told("describe_dimension_ties", TIES, language)
    assert ("Vision partagée (0,40)" if language == "fr" else "Shared vision (0.40)") in text
    assert ("Moyens d’agir" if language == "fr" else "Means to act") not in text
    assert "halo" in text
    assert "54" in text
    nothing_left = told("describe_dimension_ties", TIES.assign(partial_low=-0.1), language)
    assert "halo" in nothing_left
    rows = told("table_dimension_ties", TIES, language)[1]
    assert [row[3][:4] for row in rows] == (["0,80", "0,70"] if language == "fr" else ["0.80", "0.70"])


CONTEXT = pd.DataFrame(
    [{"dimension": "team_learning", "n": 40, "share_top": 0.55, "r": -0.82, "ci_low": -0.9, "ci_high": -0.68}]
)


def test_the_line_beside_tension_gives_both_numbers_and_what_they_mean(language):
    text = told("describe_tension_context", CONTEXT, language)
    assert "55" in text
    assert ("−0,82" if language == "fr" else "−0.82") in text
    assert ("à l’envers" if language == "fr" else "upside down") in text
    assert told("describe_tension_context", CONTEXT.assign(r=np.nan), language) == ""


ROLES = pd.DataFrame(
    [
        {"group": "agent", "option": "means_to_act", "share": 0.5, "standing": "several"},
        {"group": "elected", "option": "political_project", "share": 0.4, "standing": "own"},
    ]
)


def test_what_is_one_roles_own_is_told_with_the_role():
    text = told("describe_role_choices", ROLES, "fr")
    assert text.startswith("Aucun sujet n’est parmi les premiers choix de tous")
    assert "Propres à un seul rôle\u00a0: Connaître et discuter les priorités du mandat (" in text


TABLES = {
    "table_choices": CHOICES,
    "table_role_choices": ROLES,
    "table_priorities": PRIORITIES,
    "table_shared_vision": SHARED,
    "table_plurality": PLURALITY,
    "table_outcome_weights": WEIGHTS,
    "table_dimension_ties": TIES,
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_cell_under_every_heading_and_all_are_texts(name, language):
    columns, rows = told(name, TABLES[name], language)
    assert len(rows) == len(TABLES[name])
    assert all(len(row) == len(columns) for row in rows)
    assert all(isinstance(cell, str) for row in rows for cell in row)
    assert all(column["label"] for column in columns)


@pytest.mark.parametrize("name", [name for name in TABLES if name not in ("table_choices",)])
def test_nothing_to_tell_is_no_crash(name, language):
    text = told(name.replace("table", "describe"), TABLES[name].iloc[:0], language)
    assert isinstance(text, str)
    assert told(name, TABLES[name].iloc[:0], language)[1] == []
