"""What will be visible: by hand, against R's binomial law, and against what a release then does."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.framework import load_framework
from assessment.practices import advise_method, find_mergers, score_visibility
from assessment.responses import load_responses
from assessment.scoring import Settings, release, score_wave

ORACLE = Path(__file__).parents[2] / "oracles" / "framing.json"
FRAMEWORK = load_framework("collectivite-apprenante")


def framing(*people, units=(), **more):
    rows = [{"unit": unit, "role": role, "headcount": count} for unit, role, count in people]
    return {"people": rows, "units": [{"unit": unit, "parent": parent} for unit, parent in units], **more}


def shown(document, by, **how):
    table = score_visibility(document, FRAMEWORK, **how)
    rows = table[table["by"] == by]
    return dict(zip(rows["group"], rows["shown"], strict=True))


@pytest.mark.parametrize(("people", "rate", "least", "chance"), json.loads(ORACLE.read_text("utf-8")))
def test_the_chance_is_that_of_the_binomial_law(people, rate, least, chance):
    table = score_visibility(framing(("", "agent", people)), FRAMEWORK, rate, Settings(least))
    assert table["chance"].iloc[0] == pytest.approx(chance, rel=1e-9, abs=1e-15)


def test_a_small_role_takes_another_with_it():
    """Of 50: agents 36, managers 11, executives 3. At 100 % executives are 3 < 10: hidden; 50 − 36 − 11 = 3 would give
    them away, so one more is hidden: the smaller, managers."""
    document = framing(("", "agent", 36), ("", "manager", 11), ("", "executive", 3))
    assert shown(document, "role", rate=1) == {"agent": True, "manager": False, "executive": False}


def test_two_small_roles_protect_each_other():
    """Executives 3 and managers 8 are 11 ≥ 10 together: neither follows from the others, agents stay visible."""
    document = framing(("", "agent", 36), ("", "manager", 8), ("", "executive", 3))
    assert shown(document, "role", rate=1) == {"agent": True, "manager": False, "executive": False}
    table = score_visibility(document, FRAMEWORK, rate=1).set_index("group")
    assert table.loc["manager", "reason"] == "few_people"


def test_the_reasons_tell_never_from_not_yet():
    """20 agents at 45 % are 9 expected, 10/20 must answer; 8 managers never reach 10; at 11 for a publication 11/20."""
    document = framing(("", "agent", 20), ("", "manager", 8))
    table = score_visibility(document, FRAMEWORK, rate=0.45).set_index("group")
    assert table.loc["agent", ["expected", "rate_needed", "reason"]].tolist() == [9.0, 0.5, "few_expected"]
    assert table.loc["manager", "reason"] == "few_people"
    assert np.isnan(table.loc["manager", "rate_needed"])
    assert (
        score_visibility(document, FRAMEWORK, 0.45, Settings(11)).set_index("group").loc["agent", "rate_needed"] == 0.55
    )


def test_a_parent_is_the_sum_of_its_parts():
    """Q 6 and R 7 are hidden; P, made of both, has 13; S has 30."""
    units = (("P", ""), ("Q", "P"), ("R", "P"), ("S", ""))
    document = framing(("Q", "", 6), ("R", "", 7), ("S", "", 30), units=units)
    assert shown(document, "unit", rate=1) == {"P": True, "Q": False, "R": False, "S": True}


def test_a_tenth_of_a_hundred_is_ten():
    assert shown(framing(("", "agent", 100), ("", "manager", 100)), "role", rate=0.1) == {
        "agent": True,
        "manager": True,
    }


def test_nobody_is_no_row_and_one_person_no_crash():
    assert score_visibility(framing(), FRAMEWORK).empty
    assert score_visibility(framing(("", "agent", 0)), FRAMEWORK).empty
    assert not score_visibility(framing(("A", "agent", 1), units=(("A", ""),)), FRAMEWORK)["shown"].any()
    assert not score_visibility(framing(("", "agent", 50)), FRAMEWORK, rate=0)["shown"].any()


def test_a_release_of_as_many_answers_hides_what_was_foreseen():
    """One answer a person, as many as are foreseen at a full response, then the release itself."""
    people = [("A", "agent", 24), ("A", "manager", 4), ("B", "agent", 12), ("B", "manager", 11), ("C", "agent", 7)]
    people += [("C", "manager", 2)]
    document = framing(*people, units=(("A", ""), ("B", ""), ("C", "")))
    rows = [f"{unit},{role},{1 + n % 5},{1 + (2 * n) % 5}" for unit, role, count in people for n in range(count)]
    file = io.BytesIO("\n".join(["unit,role,st_04.reality,st_05.reality", *rows]).encode())
    by = [("unit",), ("role",), ("unit", "role")]
    released = release(score_wave(load_responses(file, FRAMEWORK), FRAMEWORK, by))
    groups = released["groups"]
    groups = groups[(groups["dimension"] == "systems_thinking") & (groups["perspective"] == "reality")]
    told = {(row.by, row.group): not row.suppressed for row in groups.itertuples()}
    foreseen = score_visibility(document, FRAMEWORK, rate=1).iloc[1:]
    assert {(row.by, row.group): row.shown for row in foreseen.itertuples()} == told
    assert not all(told.values())


HOUSES = st.lists(st.integers(1, 60), min_size=2, max_size=4)
RATES = st.floats(0.05, 1)


@settings(max_examples=25, deadline=None)
@given(HOUSES, RATES, RATES)
def test_more_answers_never_lower_a_chance_nor_hide_for_want_of_answers(counts, rate, other):
    low, high = sorted((rate, other))
    document = framing(*zip([""] * 4, ("agent", "manager", "executive", "elected"), counts, strict=False))
    before, after = (score_visibility(document, FRAMEWORK, one) for one in (low, high))
    assert (after["chance"] >= before["chance"] - 1e-12).all()
    assert (after["expected"] >= before["expected"]).all()
    few = ("few_people", "few_expected")
    assert set(after.loc[after["reason"].isin(few), "group"]) <= set(before.loc[before["reason"].isin(few), "group"])


@settings(max_examples=25, deadline=None)
@given(HOUSES, RATES)
def test_a_merged_group_has_the_people_of_both_and_fewer_want_for_answers(counts, rate):
    document = framing(*zip([""] * 4, ("agent", "manager", "executive", "elected"), counts, strict=False))
    merger = {"mergers": [{"kind": "role", "from": "manager", "into": "agent"}]}
    tables = [score_visibility(one, FRAMEWORK, rate) for one in (document, document | merger)]
    few = [table[table["reason"].isin(["few_people", "few_expected"]) & table["by"].notna()] for table in tables]
    assert few[1]["headcount"].sum() <= few[0]["headcount"].sum()
    assert tables[1].set_index("group").loc["agent", "headcount"] == counts[0] + counts[1]
    assert tables[1]["headcount"].iloc[0] == tables[0]["headcount"].iloc[0]


def test_a_few_more_people_may_hide_those_who_were_visible():
    """Managers 12 beside agents 40 are visible; three executives more make 3 known by subtraction: managers go too."""
    alone = framing(("", "agent", 40), ("", "manager", 12))
    assert shown(alone, "role", rate=1)["manager"]
    assert not shown(framing(("", "agent", 40), ("", "manager", 12), ("", "executive", 3)), "role", rate=1)["manager"]


def test_a_merger_may_leave_another_alone_and_is_then_not_proposed():
    """Executives 3 and managers 8 protect each other beside agents 40. Managers with agents: executives stand alone,
    and the 48 are hidden with them."""
    document = framing(("", "agent", 40), ("", "manager", 8), ("", "executive", 3))
    merger = {"mergers": [{"kind": "role", "from": "manager", "into": "agent"}]}
    assert shown(document | merger, "role", rate=1) == {"agent": False, "executive": False}
    plans = find_mergers(document, FRAMEWORK, rate=1)
    assert plans["merged"].tolist() == [(("executive", "manager"),)]
    assert plans[["people_shown", "people_hidden", "groups_hidden"]].values.tolist() == [[11, 0, 0]]


def test_the_fewest_mergers_come_first():
    """Units of 4, 5, 6 and 30: 4 + 6 are 10 and leave 5 alone beside 30 (one more hidden); two mergers show all."""
    units = (("A", ""), ("B", ""), ("C", ""), ("D", ""))
    document = framing(("A", "", 4), ("B", "", 5), ("C", "", 6), ("D", "", 30), units=units)
    plans = find_mergers(document, FRAMEWORK, "unit", rate=1)
    assert plans["mergers"].is_monotonic_increasing
    assert plans["people_hidden"].min() == 0
    assert plans.loc[plans["people_hidden"] == 0, "mergers"].min() == 2


def test_what_is_small_goes_to_those_who_belong_to_the_parent():
    """P's own people are 12, its part Q has 4: they are told as one."""
    document = framing(("P", "", 12), ("Q", "", 4), ("S", "", 40), units=(("P", ""), ("Q", "P"), ("S", "")))
    plans = find_mergers(document, FRAMEWORK, "unit", rate=1)
    assert plans["merged"].tolist()[0] == (("Q", "P"),)
    assert plans["people_hidden"].tolist()[0] == 0


def test_nothing_is_proposed_where_nothing_is_hidden_or_nobody_is_there():
    assert find_mergers(framing(("", "agent", 40), ("", "manager", 12)), FRAMEWORK, rate=1).empty
    assert find_mergers(framing(), FRAMEWORK).empty
    assert find_mergers(framing(("", "elected", 3), ("", "agent", 40)), FRAMEWORK, rate=1).empty


@pytest.mark.parametrize(("count", "kind"), [(0, None), (29, "workshop"), (30, None)])
def test_under_thirty_people_a_workshop(count, kind):
    assert advise_method(framing(("", "agent", count)))[:2] == (kind, count)


def test_the_search_for_mergers_says_how_far_it_is_and_stops_when_told_to():
    units = [{"unit": name} for name in "ABCD"]
    people = [{"unit": name, "role": "agent", "headcount": 6} for name in "ABCD"]
    document, seen = {"units": units, "people": people}, []
    found = find_mergers(document, FRAMEWORK, "unit", progress=lambda done, total: seen.append(done / total))
    assert seen == sorted(seen)
    assert 0 <= seen[0] <= seen[-1] < 1
    assert found.equals(find_mergers(document, FRAMEWORK, "unit"))

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        find_mergers(document, FRAMEWORK, "unit", progress=stop)
