"""When: the steps counted back from the day wanted, whom to consult first, what the calendar warns of."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from assessment.practices.framing.cost import UNPAID
from assessment.practices.framing.document import STEPS, WORKSHOP, part
from assessment.practices.framing.people import framing_people
from assessment.practices.shape import day_of

COLUMNS = ("step", "start", "end", "days")
"""Columns of the schedule: one row is one step, both days within it."""

WARNING_COLUMNS = ("warning", "step", "start", "end")
"""Columns of the warnings: what, which step, the days concerned, both within."""

CONSULTED_COLUMNS = ("who", "staff", "before")
"""Columns of those to consult: who, the number of staff that decides of it, before which step."""

DAYS = {"consult": 30, "prepare": 14, "announce": 7, "field": 21, "analyse": 14, "share": 14}
"""Days a step takes where nothing is said: conventions of the kit."""

SHORTEST_FIELD = 21
"""Days under which those on leave, on shifts or away from a screen are missed."""

AUGUST = 8
OWN_COMMITTEE, HEALTH_COMMITTEE = 50, 200
"""Staff from which a French local authority has its own staff committee, and within it a health and safety part."""

MONTHS_BEFORE = 6


def pre_electoral_period(
    first: datetime.date, last: datetime.date | None = None
) -> tuple[datetime.date, datetime.date]:
    """Learn from when to when a French local authority may not promote what it has done or how it is run.

    Parameters
    ----------
    first
        The day of the first ballot of general elections (a whole council is renewed).
    last
        The day of the second; None = there is one ballot.

    Returns
    -------
    tuple
        The first day of the sixth month before the month of the ballot, and the day of the last ballot.

    Notes
    -----
    **Missing answers**: not concerned. Code électoral, article L. 52-1, second paragraph. It forbids publicity
    campaigns, not surveys: a survey may go on, its results are not to be made into a campaign. Whether a given message
    is one is judged case by case.

    Examples
    --------
    The municipal elections of 15 and 22 March 2026:

    >>> pre_electoral_period(datetime.date(2026, 3, 15), datetime.date(2026, 3, 22))
    (datetime.date(2025, 9, 1), datetime.date(2026, 3, 22))
    """
    months = first.year * 12 + first.month - 1 - MONTHS_BEFORE
    return datetime.date(months // 12, months % 12 + 1, 1), last or first


def schedule_backwards(document: Mapping[str, Any]) -> pd.DataFrame:
    """Learn when each step must begin for results to be shared by the day wanted.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass: the day wanted, and the days of steps (`DAYS` where it says none).

    Returns
    -------
    pandas.DataFrame
        One row is one step, in order: `COLUMNS`; each begins the day after the one before ends, and the last ends on
        the day wanted. By a workshop alone nothing is announced and fielded for weeks: one day for both. Empty where no
        day is wanted. Missing answers: not concerned.

    Notes
    -----
    Calendar days, weekends and holidays included.

    Examples
    --------
    >>> table = schedule_backwards({"calendar": {"wanted": "2027-03-31", "days": {"field": 28}}})
    >>> table[["step", "start", "days"]].values.tolist()[3]
    ['field', datetime.date(2027, 2, 4), 28]
    """
    calendar = part(document, "calendar")
    end = day_of(calendar.get("wanted"))
    days = DAYS | ({"field": 1} if part(document, "method").get("kind") == WORKSHOP else {})
    days |= {step: count for step, count in part(calendar, "days").items() if count is not None}
    rows = []
    for step in reversed(STEPS if end else ()):
        start = end - datetime.timedelta(days=days[step] - 1)
        rows.append((step, start, end, days[step]))
        end = start - datetime.timedelta(days=1)
    return pd.DataFrame(rows[::-1], columns=list(COLUMNS))


def find_schedule_warnings(document: Mapping[str, Any], today: datetime.date | None = None) -> pd.DataFrame:
    """Learn what the calendar puts at risk.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    today
        The day from which one looks; None = what has passed is not told.

    Returns
    -------
    pandas.DataFrame
        One row is one warning: `WARNING_COLUMNS`. ``august`` (people are asked, or results shared, in August),
        ``short_field`` (a survey open for less than three weeks), ``pre_electoral`` (results are shared in a
        pre-electoral period), ``pre_electoral_field`` (people are asked in one: allowed, and talked about),
        ``past`` (a step should have begun already). Missing answers: without a day wanted there is no warning.

    Examples
    --------
    >>> calendar = {"wanted": "2026-03-01", "elections": [{"first": "2026-03-15", "last": "2026-03-22"}]}
    >>> find_schedule_warnings({"calendar": calendar})[["warning", "step"]].values.tolist()
    [['pre_electoral_field', 'field'], ['pre_electoral', 'share']]
    """
    steps = {row.step: row for row in schedule_backwards(document).itertuples()}
    rows = [one for step in ("field", "share") if step in steps for one in risks(document, steps[step])]
    first = steps.get(STEPS[0])
    if today and first and first.start < today:
        rows.append(Risk("past", first.step, first.start, first.end))
    return pd.DataFrame(rows, columns=list(WARNING_COLUMNS))


class Risk(NamedTuple):
    """One warning: what, which step, the days concerned."""

    warning: str
    step: str
    start: datetime.date
    end: datetime.date


def risks(document: Mapping[str, Any], step: Any) -> Iterator[Risk]:
    """Yield what the calendar puts at risk in a step that people see."""
    if step.step == "field" and step.days < SHORTEST_FIELD and part(document, "method").get("kind") != WORKSHOP:
        yield Risk("short_field", step.step, step.start, step.end)
    for year in range(step.start.year, step.end.year + 1):
        yield from shared_days("august", step, datetime.date(year, AUGUST, 1), datetime.date(year, AUGUST, 31))
    code = "pre_electoral" if step.step == "share" else "pre_electoral_field"
    for one in part(document, "calendar").get("elections") or ():
        yield from shared_days(code, step, *pre_electoral_period(day_of(one["first"]), day_of(one.get("last"))))


def shared_days(code: str, step: Any, first: datetime.date, last: datetime.date) -> Iterator[Risk]:
    """Yield a warning where a step and a period share days."""
    start, end = max(step.start, first), min(step.end, last)
    if start <= end:
        yield Risk(code, step.step, start, end)


def list_consulted(document: Mapping[str, Any]) -> pd.DataFrame:
    """Learn whom to consult first, in a French local authority.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.

    Returns
    -------
    pandas.DataFrame
        One row is one body or person: `CONSULTED_COLUMNS`. ``authority``; ``own_committee`` (50 staff or more) or
        ``centre_committee`` (fewer: that of the management centre); ``health_committee`` (200 or more);
        ``data_officer``. Missing answers: where no headcount of staff is known, ``staff_committee`` without saying
        which.

    Notes
    -----
    Staff are whoever is neither elected, citizen nor partner *among those who take part*: the law counts the staff of
    the whole authority on 1 January, which may be more. Code général de la fonction publique, L. 251-1 (collective
    questions of work and working conditions), L. 251-5 and following (which committee), L. 251-9 (health and safety,
    200 staff), L. 253-5 (what local committees deal with, organisation and working of services among it); décret
    n° 2021-571 of 10 May 2021. Whether this assessment must be put before them for an opinion depends on what will be
    decided of it: to be checked with the human resources department.

    Examples
    --------
    >>> list_consulted({"people": [{"role": "agent", "headcount": 320}]})["who"].tolist()
    ['authority', 'own_committee', 'health_committee', 'data_officer']
    """
    people = framing_people(document)
    staff = int(people.loc[~people["role"].isin(UNPAID), "headcount"].sum())
    committee = "staff_committee" if not staff else "own_committee" if staff >= OWN_COMMITTEE else "centre_committee"
    who = ["authority", committee, *(["health_committee"] if staff >= HEALTH_COMMITTEE else []), "data_officer"]
    return pd.DataFrame([(one, staff, "announce") for one in who], columns=list(CONSULTED_COLUMNS))
