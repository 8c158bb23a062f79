"""What is told where something is wanting: hidden roles, no choices, flat answers; and what never changes."""

import numpy as np
import pandas as pd
import pytest

from assessment.framework import load_framework
from assessment.scoring import Settings, compare_agenda, release, score_agenda, score_wave, tally
from assessment.scoring.agreement import COLUMNS as AGREEMENT
from assessment.scoring.agreement import score_agreement
from assessment.scoring.choices import AGREEMENT_COLUMNS, COLUMNS, score_choice_agreement, score_choices
from assessment.scoring.context import COLUMNS as CONTEXT
from assessment.scoring.context import score_tension_context
from assessment.scoring.membership import groups_in
from assessment.scoring.outcomes import COLUMNS as WEIGHTS
from assessment.scoring.outcomes import score_outcome_weights
from assessment.scoring.plurality import COLUMNS as PLURALITY
from assessment.scoring.plurality import VOICE_COLUMNS, compare_voices, score_plurality
from assessment.scoring.priorities import COLUMNS as PRIORITIES
from assessment.scoring.priorities import compare_priorities
from assessment.scoring.role_choices import COLUMNS as ROLE_CHOICES
from assessment.scoring.role_choices import OVERLAP_COLUMNS, compare_choice_overlap, compare_role_choices
from assessment.scoring.shared_vision import COLUMNS as SHARED
from assessment.scoring.shared_vision import judge_shared_vision
from assessment.scoring.ties import COLUMNS as TIES
from assessment.scoring.ties import score_dimension_ties


@pytest.fixture(scope="module")
def framework():
    return load_framework("collectivite-apprenante")


def answers(framework, people, seed=1, roles=("agent", "elected"), constant=None):
    """Draw answers to two dimensions and the outcomes, and three choices."""
    random = np.random.default_rng(seed)
    dimensions = ("team_learning", "political_project", "outcomes")
    options = [option.id for option in framework.questions[0].options]
    rows = []
    for person in range(people):
        row = {"role": roles[person % len(roles)], "three_choices": "+".join(random.choice(options, 3, replace=False))}
        for item in framework.items:
            if item.dimension in dimensions and item.scored:
                for perspective in framework.perspectives_of(item.dimension):
                    low = 3 if perspective == "vision" else 1
                    row[f"{item.id}.{perspective}"] = constant or random.integers(low, 6)
        rows.append(row)
    return rows


def voices_of(responses, framework):
    """Give the pluralist index and the voices."""
    released = release(score_wave(responses, framework, [("role",)]), Settings(5))
    index = score_plurality(released["groups"], released["dimensions"], framework)
    return index, compare_voices(released["groups"], framework)


def every_table(responses, framework, min_group=5):
    by = [("role",)]
    tables = score_wave(responses, framework, by)
    released = release(tables, Settings(min_group))
    found = {
        "tension": released["tension"],
        "groups": released["groups"],
        "tension_context": score_tension_context(responses, framework, by),
        "dimension_ties": score_dimension_ties(responses, framework),
        "outcome_weights": score_outcome_weights(responses, framework),
        "agreement": score_agreement(tally(responses, framework))[list(AGREEMENT)],
        "choices": score_choices(responses, framework, by),
        "choice_agreement": score_choice_agreement(responses, framework, by),
        "plurality": score_plurality(released["groups"], released["dimensions"], framework),
        "voices": compare_voices(released["groups"], framework),
    }
    found["priorities"] = compare_priorities(found, framework)
    found["shared_vision"] = judge_shared_vision(found, framework)
    found["role_choices"] = compare_role_choices(found["choices"], framework)
    found["choice_overlap"] = compare_choice_overlap(found["choices"], framework)
    return found


@pytest.fixture(scope="module")
def thirty(framework, answered):
    return every_table(answered(answers(framework, 30), framework), framework)


DECLARED = {
    "tension_context": CONTEXT,
    "dimension_ties": TIES,
    "outcome_weights": WEIGHTS,
    "agreement": AGREEMENT,
    "choices": COLUMNS,
    "choice_agreement": AGREEMENT_COLUMNS,
    "plurality": PLURALITY,
    "voices": VOICE_COLUMNS,
    "priorities": PRIORITIES,
    "shared_vision": SHARED,
    "role_choices": ROLE_CHOICES,
    "choice_overlap": OVERLAP_COLUMNS,
}
CASES = {
    "one": {"people": 1},
    "two alike": {"people": 2, "constant": 3, "roles": ("agent",)},
    "constant": {"people": 12, "constant": 4},
    "no more people than dimensions": {"people": 3},
}


@pytest.mark.parametrize("case", CASES)
def test_every_table_has_its_columns_and_whatever_is_undefined_is_empty_with_its_reason(case, framework, answered):
    assert_well_made(every_table(answered(answers(framework, **CASES[case]), framework), framework))


def test_thirty_peoples_tables_are_well_made_too(thirty):
    assert_well_made(thirty)
    assert thirty["outcome_weights"]["reason"].isna().all()
    assert thirty["dimension_ties"]["reason"].isna().all()


def assert_well_made(tables):
    for name, columns in DECLARED.items():
        table = tables[name]
        assert list(table.columns) == list(columns), name
        assert not np.isinf(table.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)).any(), name
        for column in {"by", "group", "reason", "reading", "quadrant"} & set(columns):
            assert all(cell is None or isinstance(cell, str) for cell in table[column]), (name, column)
    for name, number in (("tension_context", "r"), ("dimension_ties", "r"), ("outcome_weights", "weight")):
        table = tables[name]
        assert table.loc[table[number].isna(), "reason"].notna().all(), name


def test_nobody_is_scored_without_a_crash(framework, answered):
    responses = answered(answers(framework, 3), framework).iloc[:0]
    assert (score_dimension_ties(responses, framework)["n"] == 0).all()
    assert set(score_outcome_weights(responses, framework)["reason"]) == {"too_few_complete"}
    assert set(score_tension_context(responses, framework)["reason"]) == {"nobody_scored"}
    assert set(score_choices(responses, framework)["reason"]) == {"nobody_chose"}
    assert set(score_choice_agreement(responses, framework)["reason"]) == {"nobody_chose"}


def test_what_was_not_fielded_gives_empty_tables_with_their_columns(framework, answered):
    responses = answered([{"role": "agent", "pm_01.reality": 3, "pm_02.reality": 4}], framework)
    tables = every_table(responses, framework)
    for name in ("choices", "choice_agreement", "outcome_weights", "dimension_ties", "tension_context", "priorities"):
        assert tables[name].empty, name
        assert list(tables[name].columns) == list(DECLARED[name]), name
    assert tables["shared_vision"].empty


def test_without_groupings_the_tables_about_roles_are_empty(framework, answered):
    responses = answered(answers(framework, 12), framework)
    tables = release(score_wave(responses, framework)) | score_agenda(responses, framework)
    tables["agreement"] = score_agreement(tally(responses, framework))
    found = compare_agenda(tables, framework)
    for name in ("plurality", "voices", "role_choices", "choice_overlap"):
        assert found[name].empty, name
        assert list(found[name].columns) == list(DECLARED[name]), name
    assert set(found["shared_vision"]["reading"]) <= {"undetermined", "side_by_side"}
    assert len(found["priorities"]) == 2


def test_the_agenda_is_the_tables_one_by_one_of_one_wave(framework, answered):
    rows = [row | {"wave": str(2025 + place % 2)} for place, row in enumerate(answers(framework, 24))]
    responses = answered(rows, framework)
    last = responses[responses["wave"] == "2026"]
    found = score_agenda(responses, framework, [("role",)], seed=3)
    pd.testing.assert_frame_equal(found["choices"], score_choices(last, framework, [("role",)], "2026"))
    expected = score_choice_agreement(last, framework, [("role",)], "2026", seed=3)
    pd.testing.assert_frame_equal(found["choice_agreement"], expected)
    assert {table["wave"].unique().item() for table in found.values() if len(table)} == {"2026"}


def test_a_hidden_role_leaves_the_pluralist_index_empty_and_no_weight_is_told(framework, answered):
    rows = [*answers(framework, 24), *answers(framework, 3, seed=5, roles=("executive",))]
    table, voices = voices_of(answered(rows, framework), framework)
    assert set(table["reason"]) == {"role_hidden"}
    assert table["suppressed"].all()
    assert table[["n", "mean", "score", "se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert voices[["weight", "weight_by_respondents"]].isna().all(axis=None)
    assert table["score_by_respondents"].notna().all()


def test_one_role_alone_has_no_pluralist_index(framework, answered):
    table, _ = voices_of(answered(answers(framework, 12, roles=("agent",)), framework), framework)
    assert set(table["reason"]) == {"one_role"}
    assert table["score"].isna().all()


def test_the_index_does_not_move_when_more_people_of_a_role_answer_alike(framework, answered):
    rows = answers(framework, 20)
    once, _ = voices_of(answered(rows, framework), framework)
    agents = [row for row in rows if row["role"] == "agent"]
    thrice, _ = voices_of(answered([*rows, *agents, *agents], framework), framework)
    np.testing.assert_allclose(thrice["score"], once["score"], atol=1e-9)
    assert not np.allclose(thrice["score_by_respondents"], once["score_by_respondents"])
    assert (thrice["n"] == 2 * once["n"]).all()


def test_sub_roles_speak_with_the_voice_of_the_role_they_are_a_part_of(framework, answered):
    rows = answers(framework, 30, roles=("agent", "user", "association"))
    for row in rows:  # citizens are not asked about these
        for heading in [one for one in row if one.startswith("tl_") and row["role"] != "agent"]:
            row[heading] = ""
    _, table = voices_of(answered(rows, framework), framework)
    mine = table[(table["dimension"] == "political_project") & (table["perspective"] == "reality")]
    assert mine["group"].tolist() == ["agent", "citizen"]
    assert mine["weight_by_respondents"].tolist() == pytest.approx([1 / 3, 2 / 3])
    assert set(table.loc[table["dimension"] == "team_learning", "group"]) == {"agent"}


def cell(**own):
    return {
        "wave": "1",
        "dimension": "team_learning",
        "perspective": "vision",
        "suppressed": False,
        "reason": None,
    } | own


def judged(framework, ad=0.5, p=0.001, roles=(("elected", 90, 4.8), ("agent", 70, 4.0)), choices=True, hidden=None):
    agreement = pd.DataFrame([cell(by=None, group=None, n=50, n_complete=50, ad=ad, ad_cut=5 / 6)])
    alike = {"wave": "1", "by": None, "group": None, "question": "three_choices", "n": 50, "suppressed": False}
    alike |= {"overlap": 1.2, "by_chance": 0.75, "agreement": 0.2, "p_value": p}
    groups = [cell(by="role", group=role, n=20, score=score, ci_high=high) for role, score, high in roles]
    groups += [cell(by="role", group=role, suppressed=True, reason=why) for role, why in (hidden or {}).items()]
    tables = {
        "agreement": agreement,
        "choice_agreement": pd.DataFrame([alike]).iloc[: int(choices)],
        "groups": pd.DataFrame(groups, columns=[*cell(), "by", "group", "n", "score", "ci_high"]),
    }
    return judge_shared_vision(tables, framework).iloc[0]


@pytest.mark.parametrize(
    ("given", "reading", "reason"),
    [
        ({}, "likely", None),
        ({"ad": 5 / 6}, "likely", None),
        ({"ad": 2.5 / 3 + 2e-16}, "likely", None),
        ({"ad": 0.84}, "side_by_side", None),
        ({"p": 0.05}, "side_by_side", None),
        ({"roles": [("elected", 90, 4.8), ("agent", 55, 3.5)]}, "side_by_side", None),
        ({"roles": [("elected", 90, 4.8), ("agent", 62, 3.8)]}, "undetermined", "role_unsettled"),
        ({"roles": [("elected", 90, 4.8), ("agent", 62, np.nan)]}, "side_by_side", None),
        ({"roles": [("elected", 65, np.nan)]}, "likely", None),
        ({"ad": np.nan}, "undetermined", "too_few_complete"),
        ({"ad": np.nan, "p": 0.5}, "side_by_side", None),
        ({"p": np.nan}, "undetermined", "no_choices"),
        ({"choices": False}, "undetermined", "no_choices"),
        ({"roles": []}, "undetermined", "no_roles"),
        ({"hidden": {"manager": "confidential"}}, "undetermined", "role_hidden"),
    ],
)
def test_a_vision_is_called_likely_only_when_all_three_conditions_hold(framework, given, reading, reason):
    row = judged(framework, **given)
    assert (row["reading"], row["reason"]) == (reading, reason)


def test_the_role_against_is_named_and_the_others_are_counted(framework):
    row = judged(framework, roles=[("elected", 90, 4.8), ("agent", 55, 3.5), ("manager", 64, 3.9)])
    assert (row["roles"], row["roles_against"], row["against"], row["roles_unsettled"]) == (3, 1, "agent", 1)


def test_a_hidden_dimension_is_not_judged(framework):
    agreement = pd.DataFrame(
        [cell(by=None, group=None, suppressed=True, reason="confidential", ad=np.nan, ad_cut=np.nan)]
    )
    nothing = pd.DataFrame(
        columns=[
            "wave",
            "by",
            "group",
            "dimension",
            "perspective",
            "question",
            "suppressed",
            "reason",
            "score",
            "ci_high",
        ]
    )
    tables = {"agreement": agreement.assign(n_complete=pd.NA), "choice_agreement": nothing, "groups": nothing}
    row = judge_shared_vision(tables, framework).iloc[0]
    assert row["suppressed"]
    assert row["reason"] == "confidential"
    assert row.drop(["wave", "dimension", "suppressed", "reason"]).isna().all()


def test_a_hidden_tension_hides_its_priority(framework, thirty):
    tension = thirty["tension"].copy()
    tension.loc[tension["dimension"] == "team_learning", ["suppressed", "reason"]] = [True, "confidential"]
    table = compare_priorities(thirty | {"tension": tension}, framework)
    row = table[table["dimension"] == "team_learning"].iloc[0]
    assert row["suppressed"]
    assert row.drop(["wave", "dimension", "suppressed", "reason"]).isna().all()
    assert table["order"].dropna().tolist() == [1]


@pytest.mark.parametrize("without", ["choices", "outcome_weights", "agreement"])
def test_priorities_can_do_without_a_table(framework, thirty, without):
    table = compare_priorities({name: one for name, one in thirty.items() if name != without}, framework)
    assert table["order"].tolist() == [1, 2]
    assert table["tension"].notna().all()


def test_groups_and_their_names_are_those_of_the_groups_table(framework, answered, unit_table):
    roles = ("agent", "user", "citizen", "association", "manager", "")
    rows = [
        row | {"unit": ("P", "Q", "R", "")[place % 4]} for place, row in enumerate(answers(framework, 48, roles=roles))
    ]
    units = unit_table({"unit": ["P", "Q", "R"], "parent": ["", "P", "P"]}, framework)
    responses = answered(rows, framework)
    by = [("unit",), ("role",), ("unit", "role")]
    table = score_wave(responses, framework, by, units=units)["groups"]
    expected = {(row.by, row.group): row.respondents for row in table.itertuples()}
    found = {(one.by, one.group): len(one.members) for one in groups_in(responses, framework, by, units)}
    assert found.pop((None, None)) == 48
    plain = {(by, None if pd.isna(group) else group): n for (by, group), n in expected.items()}
    assert found == plain


def test_order_of_respondents_changes_no_number(framework, answered, thirty):
    one, other = thirty, every_table(answered(answers(framework, 30)[::-1], framework), framework)
    for name in DECLARED:
        mine, theirs = one[name].select_dtypes("number"), other[name].select_dtypes("number")
        np.testing.assert_allclose(mine.astype(float), theirs.astype(float), atol=1e-9, err_msg=name)


def test_a_halo_is_told_where_one_impression_colours_all(framework, answered):
    rows = answers(framework, 40)
    for place, row in enumerate(rows):
        row |= {heading: 1 + place % 5 for heading in row if heading.endswith(".reality")}
    table = score_dimension_ties(answered(rows, framework), framework)
    assert set(table["caution"]) == {"halo_strong"}
    # reversed items bring each score towards the middle: the scores are equal up to their sign
    assert table["halo"].iloc[0] == pytest.approx(1)
    assert table["partial"].isna().all()
    plain = score_dimension_ties(answered(answers(framework, 40), framework), framework)
    assert set(plain["caution"]) == {"halo_possible"}


def test_choices_of_roles_are_told_apart(framework):
    shares = {
        "elected": {"political_project": 0.9, "shared_vision": 0.8, "means_to_act": 0.5, "team_learning": 0.1},
        "agent": {"means_to_act": 0.9, "team_learning": 0.6, "shared_vision": 0.3, "systems_thinking": 0.3},
        "manager": {"means_to_act": 0.4, "team_learning": 0.4, "systems_thinking": 0.4, "shared_vision": 0.2},
    }
    rows = [
        {
            "wave": "1",
            "by": "role",
            "group": role,
            "question": "three_choices",
            "option": option,
            "n": 20,
            "share": share,
        }
        | {"suppressed": False, "reason": None}
        for role, own in shares.items()
        for option, share in own.items()
    ]
    choices = pd.DataFrame([*rows, rows[0] | {"group": "citizen", "suppressed": True, "share": np.nan, "n": np.nan}])
    table = compare_role_choices(choices, framework).set_index(["group", "option"])["standing"]
    assert table["elected"].to_dict() == {
        "political_project": "own",
        "shared_vision": "several",
        "means_to_act": "common",
    }
    assert table["agent"].to_dict() == {
        "means_to_act": "common",
        "team_learning": "several",
        "shared_vision": "several",  # as often as systems_thinking: both are third
        "systems_thinking": "several",
    }
    pairs = compare_choice_overlap(choices, framework).set_index(["group", "other_group"])
    assert pairs.loc[("elected", "agent"), "common"] == "shared_vision+means_to_act"
    assert pairs.loc[("elected", "manager"), "jaccard"] == pytest.approx(1 / 5)
    assert pairs.loc[("agent", "manager"), "other_own"] is None
    assert len(pairs) == 3
