"""Days counted back, and periods as they were published."""

import datetime

import pytest

from assessment.practices import find_schedule_warnings, list_consulted, pre_electoral_period, schedule_backwards

DAY = datetime.date


@pytest.mark.parametrize(
    ("first", "last", "start"),
    [
        (DAY(2014, 3, 23), DAY(2014, 3, 30), DAY(2013, 9, 1)),  # Environnement magazine, 1 June 2013
        (DAY(2020, 3, 15), DAY(2020, 3, 22), DAY(2019, 9, 1)),  # La Gazette des communes, September 2019
        (DAY(2026, 3, 15), DAY(2026, 3, 22), DAY(2025, 9, 1)),  # décret 2025-848; DNC, 4 September 2025
        (DAY(2027, 12, 5), None, DAY(2027, 6, 1)),  # by hand: December is the twelfth month, 12 − 6 = June
        (DAY(2028, 6, 30), None, DAY(2027, 12, 1)),  # by hand: the sixth month before June is December before
    ],
)
def test_the_period_begins_on_the_first_day_of_the_sixth_month_before(first, last, start):
    assert pre_electoral_period(first, last) == (start, last or first)


def test_steps_are_counted_back_by_hand():
    """Shared 18–31 March (14), analysed 4–17 March (14), asked 11 February – 3 March (21), announced 4–10 February (7),
    prepared 21 January – 3 February (14), consulted 22 December – 20 January (30)."""
    table = schedule_backwards({"calendar": {"wanted": "2027-03-31"}})
    assert table["start"].tolist() == [
        DAY(2026, 12, 22),
        DAY(2027, 1, 21),
        DAY(2027, 2, 4),
        DAY(2027, 2, 11),
        DAY(2027, 3, 4),
        DAY(2027, 3, 18),
    ]
    assert table["end"].tolist()[-1] == DAY(2027, 3, 31)
    ends, starts = table["end"].tolist(), table["start"].tolist()
    assert all((after - before).days == 1 for before, after in zip(ends, starts[1:], strict=False))


def warnings(today=None, kind="survey", **calendar):
    found = find_schedule_warnings({"calendar": calendar, "method": {"kind": kind}}, today)
    return found[["warning", "step"]].values.tolist()


def test_a_calm_calendar_warns_of_nothing():
    assert warnings(wanted="2027-03-31", elections=[{"first": "2026-03-15", "last": "2026-03-22"}]) == []
    assert warnings() == []


def test_august_and_short_fields_are_told():
    """Shared 2–15 September, analysed 19 August – 1 September, asked 29 July – 18 August: 18 days of August."""
    calendar = {"wanted": "2027-09-15"}
    assert warnings(**calendar) == [["august", "field"]]
    found = find_schedule_warnings({"calendar": calendar}).iloc[0]
    assert (found["start"], found["end"]) == (DAY(2027, 8, 1), DAY(2027, 8, 18))
    assert warnings(wanted="2027-03-31", days={"field": 20}) == [["short_field", "field"]]
    assert warnings(wanted="2027-03-31", days={"field": 21}) == []
    assert warnings(wanted="2027-03-31", kind="workshop") == []


def test_results_in_the_pre_electoral_period_are_told_apart_from_asking_in_it():
    """Shared 18–31 August 2025, outside; a fortnight later 1–14 September is inside, asked 28 July – 17 August not."""
    elections = [{"first": "2026-03-15", "last": "2026-03-22"}]
    assert ["pre_electoral", "share"] not in warnings(wanted="2025-08-31", elections=elections)
    told = warnings(wanted="2025-09-14", elections=elections)
    assert ["pre_electoral", "share"] in told
    assert ["pre_electoral_field", "field"] not in told
    both = [
        ["pre_electoral_field", "field"],
        ["pre_electoral", "share"],
    ]
    assert warnings(wanted="2026-04-04", elections=elections) == both
    assert ["pre_electoral", "share"] not in warnings(wanted="2026-04-05", elections=elections)


def test_what_should_have_begun_is_told_where_one_says_what_day_it_is():
    assert warnings(DAY(2026, 12, 23), wanted="2027-03-31") == [["past", "consult"]]
    assert warnings(DAY(2026, 12, 22), wanted="2027-03-31") == []


@pytest.mark.parametrize(
    ("staff", "committee"),
    [(0, ["staff_committee"]), (49, ["centre_committee"]), (50, ["own_committee"]), (199, ["own_committee"])],
)
def test_the_committee_follows_the_staff(staff, committee):
    people = [{"role": "agent", "headcount": staff}, {"role": "elected", "headcount": 400}]
    assert list_consulted({"people": people})["who"].tolist() == ["authority", *committee, "data_officer"]
