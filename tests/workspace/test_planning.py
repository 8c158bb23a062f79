"""What was announced before anybody answered is what is released: who is told as one, from how many on, for good."""

import io

import pandas as pd
import pytest

from assessment.faults import Faults
from assessment.practices import merge_campaign
from assessment.responses import load_responses, load_units
from assessment.scoring import score_wave
from assessment.scoring.confidentiality import Settings
from assessment.workspace import (
    PlanStore,
    UnitsStore,
    add_framework,
    add_responses,
    add_tokens,
    check_workspace,
    list_campaigns,
    list_releases,
    measure_campaign,
    measuring,
    open_workspace,
    plan_campaign,
    responses_of,
    smallest_group,
    unplan_campaign,
)
from tests.workspace.test_measuring import profile

EXECUTIVES = {"kind": "role", "from": "executive", "into": "manager"}
UNITS = pd.DataFrame({"unit": ["A", "B"], "name": ["Voirie", "Jardins"], "parent": ["", ""], "headcount": [40.0, 15.0]})


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(measuring, "study", profile)


@pytest.fixture
def workspace(path):
    with open_workspace(path, create=True) as opened:
        yield opened


@pytest.fixture
def framework(workspace):
    return add_framework(workspace, "collectivite-apprenante")


def answers(framework, executives=3):
    """40 agents answer 3 and 3 to the two first questions of a dimension, 12 managers 4 and 4 or 4 and 5, executives 1
    and 1."""
    dimension = framework.dimensions[0].id
    items = [item.id for item in framework.scored_items(dimension)][:6]
    heading = ",".join(["role", *(f"{item}.reality" for item in items)])
    told = [("agent", 3 + n % 2) for n in range(40)] + [("manager", 4 + n % 2) for n in range(12)]
    told += [("executive", 1 + n % 2) for n in range(executives)]
    lines = [",".join([role, *[str(answer)] * len(items)]) for role, answer in told]
    return dimension, load_responses(io.BytesIO("\n".join([heading, *lines]).encode()), framework)


def plan(workspace, framework, units=UNITS, **told):
    return plan_campaign(workspace, "2027", framework, units, told).campaign


def of_roles(found, dimension):
    groups = found.released["groups"]
    rows = groups[(groups["by"] == "role") & (groups["dimension"] == dimension) & (groups["perspective"] == "reality")]
    return rows.set_index("group")


def test_twelve_managers_and_three_executives_are_released_as_fifteen(workspace, framework):
    """On 1–5 an answer a scores 25 (a − 1). Managers: 6 × 75 + 6 × 100 = 1050; executives 0 + 25 + 0 = 25. Together
    1075 / 15 = 71.666…; without the merger neither could be shown, for the other would be the difference."""
    dimension, responses = answers(framework)
    campaign = plan(workspace, framework, mergers=[EXECUTIVES])
    add_responses(workspace, campaign, responses)
    found = measure_campaign(workspace, campaign)
    rows = of_roles(found, dimension)
    assert rows.index.tolist() == ["agent", "manager"]
    assert rows.loc["manager", "n"] == 15
    assert rows.loc["manager", "score"] == pytest.approx(1075 / 15)
    assert not rows["suppressed"].any()
    assert "executive" not in set(found.responses["role"])
    names = {role.id: role.name for role in found.framework.roles}
    assert names["manager"] == {"fr": "Encadrant + Direction", "en": "Manager + Executive"}
    assert names["executive"]["fr"] == "Direction"


def test_without_the_merger_executives_and_managers_stay_hidden(workspace, framework):
    dimension, responses = answers(framework)
    campaign = plan(workspace, framework)
    add_responses(workspace, campaign, responses)
    rows = of_roles(measure_campaign(workspace, campaign), dimension)
    assert rows["suppressed"].to_dict() == {"agent": False, "executive": True, "manager": True}


def test_what_people_said_they_were_stays_as_they_said_it(workspace, framework):
    _, responses = answers(framework)
    campaign = plan(workspace, framework, mergers=[EXECUTIVES])
    add_responses(workspace, campaign, responses)
    measure_campaign(workspace, campaign)
    assert (responses_of(workspace, campaign)["role"] == "executive").sum() == 3


def test_once_somebody_has_answered_nothing_announced_changes(workspace, framework):
    _, responses = answers(framework)
    campaign = plan(workspace, framework)
    add_responses(workspace, campaign, responses)
    with pytest.raises(Faults, match="campaign_begun"):
        plan(workspace, framework, mergers=[EXECUTIVES])
    assert PlanStore(workspace, campaign).load() == {}


def test_a_merger_that_comes_after_a_release_changes_nothing_of_what_is_told(workspace, framework):
    dimension, responses = answers(framework)
    campaign = plan(workspace, framework)
    add_responses(workspace, campaign, responses)
    before = measure_campaign(workspace, campaign)
    store = PlanStore(workspace, campaign)
    store.load()
    store.save({"mergers": [EXECUTIVES]})  # past the door
    after = measure_campaign(workspace, campaign)
    assert after.number == before.number
    assert of_roles(after, dimension).index.tolist() == ["agent", "executive", "manager"]


def test_what_was_merged_once_stays_merged_when_more_answers_come(workspace, framework):
    dimension, responses = answers(framework)
    campaign = plan(workspace, framework, mergers=[EXECUTIVES])
    add_responses(workspace, campaign, responses)
    measure_campaign(workspace, campaign)
    store = PlanStore(workspace, campaign)
    store.load()
    store.save({})  # past the door
    add_responses(workspace, campaign, responses.assign(wave="2028"))
    found = measure_campaign(workspace, campaign)
    assert "executive" not in of_roles(found, dimension).index
    assert [one.get("mergers") for one in list_releases(workspace, campaign)] == [[EXECUTIVES]] * 2


def test_the_threshold_announced_is_the_one_of_the_release(workspace, framework):
    _, responses = answers(framework)
    campaign = plan(workspace, framework, min_group=16, mergers=[EXECUTIVES])
    assert smallest_group(workspace, campaign) == 16
    add_responses(workspace, campaign, responses)
    found = measure_campaign(workspace, campaign)
    assert found.settings == Settings(16)


def test_units_are_told_as_one_with_the_people_of_both():
    units = pd.DataFrame(
        {
            "unit": ["P", "A", "B"],
            "name": ["Pôle", "Voirie", "Jardins"],
            "parent": ["", "P", "P"],
            "headcount": [float("nan"), 40.0, 15.0],
            "headcount.manager": [float("nan"), 2.0, float("nan")],
            "headcount.executive": [1.0, 1.0, 1.0],
        }
    )
    from assessment.framework import load_framework

    responses = pd.DataFrame({"unit": ["A", "B", "P"], "role": ["executive", "manager", ""]})
    mergers = [{"kind": "unit", "from": "A", "into": "B"}, EXECUTIVES]
    told, table, _ = merge_campaign(responses, units, load_framework("collectivite-apprenante"), mergers)
    assert told.values.tolist() == [["B", "manager"], ["B", "manager"], ["P", ""]]
    assert table["name"].tolist() == ["Pôle", "Jardins + Voirie"]
    assert table["headcount"].fillna(-1).tolist() == [-1, 55]
    assert table["headcount.manager"].tolist() == [1, 4]  # executives: 1 of P; 1 of A and 1 of B beside 2 managers
    assert "headcount.executive" not in table
    assert responses["unit"].tolist() == ["A", "B", "P"], "nothing is changed in place"


def test_merging_then_scoring_is_scoring_who_answered_under_the_other_name(framework):
    _, responses = answers(framework)
    merged, _, _ = merge_campaign(responses, None, framework, [EXECUTIVES])
    by_hand = responses.assign(role=responses["role"].replace({"executive": "manager"}))
    one, other = (score_wave(table, framework, [("role",)], "")["groups"] for table in (merged, by_hand))
    pd.testing.assert_frame_equal(one, other)


def test_a_campaign_made_for_a_plan_is_taken_back_whole(workspace, framework):
    handed = plan_campaign(workspace, "2027", framework, UNITS, {"form": "short"})
    unplan_campaign(workspace, handed)
    assert list_campaigns(workspace) == []
    assert PlanStore(workspace, handed.campaign).load() is None
    assert UnitsStore(workspace, handed.campaign).load() is None
    assert check_workspace(workspace) == ()


def test_a_plan_that_was_changed_is_taken_back_to_what_it_was(workspace, framework):
    campaign = plan(workspace, framework, form="short")
    handed = plan_campaign(workspace, "", framework, UNITS.iloc[:1], {"form": "full"})
    unplan_campaign(workspace, handed)
    assert PlanStore(workspace, campaign).load() == {"form": "short"}
    assert UnitsStore(workspace, campaign).table()["unit"].tolist() == ["A", "B"]


def test_codes_handed_out_hold_a_plan_as_answers_do(workspace, framework):
    handed = plan_campaign(workspace, "2027", framework, UNITS, {})
    add_tokens(workspace, handed.campaign, "2027", 3)
    for late in (
        lambda: unplan_campaign(workspace, handed),
        lambda: plan_campaign(workspace, "2027", framework, UNITS, {"form": "short"}),
    ):
        with pytest.raises(Faults, match="campaign_begun"):
            late()


@pytest.mark.parametrize("told", [{"form": "long"}, {"min_group": 1}, {"mergers": [{"kind": "age"}]}, {"other": 1}, []])
def test_a_plan_that_is_none_is_refused(workspace, framework, told):
    campaign = plan(workspace, framework)
    with pytest.raises(Faults):
        PlanStore(workspace, campaign).save(told)


def test_units_of_a_file_are_what_a_plan_hands_over(workspace, framework):
    units = load_units(io.BytesIO(b"unit;name;headcount;headcount.agent\nA;Voirie;12;9\n"), framework)
    campaign = plan(workspace, framework, units)
    pd.testing.assert_frame_equal(UnitsStore(workspace, campaign).table(), units)
