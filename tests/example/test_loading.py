"""The shipped files are a well-formed campaign: everything a real one has, and nothing a real one would not."""

import re

import pandas as pd
import pytest

from assessment.example import EXAMPLE, load_example

CITIZENS = ("user", "taxpayer", "association")
ACRONYMS = {"CCAS", "RH"}


def answers(example, item, perspective):
    return example.responses[f"{item.id}.{perspective}"]


def asked(example, item, perspective):
    rows = example.responses[["role", "form"]]
    put = [example.framework.is_asked(item, role, form) for role, form in rows.itertuples(index=False)]
    by_perspective = (perspective == "reality") | ~rows["role"].isin(CITIZENS)
    return pd.Series(put, index=rows.index) & by_perspective


@pytest.fixture(scope="module")
def counts(example):
    """Answers asked for, missing and not concerned, by perspective and place in the questionnaire."""
    rows = []
    for place, item in enumerate(example.framework.items):
        for perspective in example.framework.perspectives_of(item.dimension):
            given = answers(example, item, perspective)[asked(example, item, perspective)]
            rows.append((place, item.dimension, perspective, len(given), (given == 0).sum(), (given == 255).sum()))
    return pd.DataFrame(rows, columns=["place", "dimension", "perspective", "asked", "missing", "na"])


def test_each_load_is_fresh(example):
    again = load_example()
    again.map["actors"].clear()
    assert load_example().map == example.map


def test_files_lie_in_the_room(example):
    assert {path.parent for path in example.paths.values()} == {EXAMPLE}
    assert set(example.paths) == {"responses", "units", "map", "verbatims"}


def test_nobody_answers_what_was_not_put_to_them(example):
    for item in example.framework.items:
        for perspective in example.framework.perspectives_of(item.dimension):
            others = answers(example, item, perspective)[~asked(example, item, perspective)]
            assert (others == 0).all(), item.id


def test_every_item_was_fielded_also_the_one_never_scored(example):
    for item in example.framework.items:
        for perspective in example.framework.perspectives_of(item.dimension):
            assert answers(example, item, perspective).between(1, 5).sum() > 40, item.id


def test_some_answers_are_missing_more_of_them_near_the_end(counts):
    assert 0.03 < counts["missing"].sum() / counts["asked"].sum() < 0.05
    middle = counts["place"].median()
    share = counts.groupby(counts["place"] > middle)[["missing", "asked"]].sum().eval("missing / asked")
    assert share[True] > 1.3 * share[False]


def test_some_answers_are_not_concerned_more_of_them_on_the_project_and_the_money(counts):
    assert 0.02 < counts["na"].sum() / counts["asked"].sum() < 0.04
    far = counts["dimension"].isin(["political_project", "shared_stakes"])
    share = counts.groupby(far)[["na", "asked"]].sum().eval("na / asked")
    assert share[True] > 2 * share[False]


def test_a_few_tick_one_column_throughout(example):
    columns = [name for name in example.responses if name.endswith((".reality", ".vision"))]
    codes = example.responses[columns]
    given = codes.where(codes.isin(range(1, 6)))
    assert 0.02 < (given.nunique(axis=1) == 1).mean() < 0.06


def test_a_third_of_the_last_wave_is_linked_to_the_first(example):
    first, last = (set(rows["respondent"]) for _, rows in example.responses.groupby("wave"))
    assert 0.28 < len(first & last) / len(last) < 0.42


def test_linked_people_stay_who_they_are(example):
    linked = example.responses.groupby("respondent")
    assert (linked[["role", "unit", "site", "seniority"]].nunique() == 1).all(axis=None)


def test_codes_are_pseudonyms_no_software_takes_for_numbers(example):
    assert example.responses["respondent"].str.fullmatch("[A-Z][2-9][A-Z][2-9]").all()


def test_only_staff_have_a_unit(example):
    staff = example.responses["role"].isin(["executive", "manager", "agent"])
    assert ((example.responses["unit"] != "") == staff).all()
    assert set(example.responses.loc[staff, "unit"]) == set(example.units.loc[example.units["parent"] != "", "unit"])


def test_headcounts_are_never_below_respondents(example):
    people = example.units.set_index("unit")
    for (_, unit), rows in example.responses[example.responses["unit"] != ""].groupby(["wave", "unit"]):
        assert len(rows) <= people.at[unit, "headcount"]
        for role, count in rows["role"].value_counts().items():
            assert count <= people.at[unit, f"headcount.{role}"], (unit, role)


def test_headcounts_by_role_add_up(example):
    services = example.units[example.units["parent"] != ""]
    roles = services[["headcount.manager", "headcount.agent", "headcount.executive"]]
    assert (roles.sum(axis=1) == services["headcount"]).all()


def test_three_choices_are_three_of_the_options_in_their_order(example):
    question = next(one for one in example.framework.questions if one.id == "three_choices")
    options = [option.id for option in question.options]
    given = example.responses["three_choices"]
    assert (given == "").mean() < 0.1
    for choices in given[given != ""].unique():
        chosen = choices.split("+")
        assert len(chosen) == 3
        assert chosen == sorted(set(chosen), key=options.index)


def test_verbatims_answer_open_questions_put_to_their_author(example):
    questions = {one.id: one for one in example.framework.questions if one.kind == "open"}
    roles = example.responses.set_index(["respondent", "wave"])["role"]
    assert 80 <= len(example.verbatims) <= 100
    assert set(example.verbatims["question"]) == set(questions)
    for row in example.verbatims.itertuples():
        asked_roles = questions[row.question].roles
        assert asked_roles is None or roles[row.respondent, row.wave] in asked_roles


def test_nobody_answers_a_question_twice(example):
    assert not example.verbatims.duplicated(["respondent", "wave", "question"]).any()
    assert not example.verbatims["text"].duplicated().any()


def test_verbatims_name_nobody(example):
    title = re.compile(r"\b(M|Mme|MM|Mlle|Dr|Monsieur|Madame)\b\.?|@|\d{4,}")
    inside = re.compile(r"(?<=[\w,:;'’»] )[A-ZÉÈÀ]\w+")
    for text in example.verbatims["text"]:
        assert not title.search(text), text
        assert set(inside.findall(text)) <= ACRONYMS, text
        assert len(text) < 200
