"""What an assessment costs: people's hours first, then euros as far as prices are given."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.practices.framing.document import FULL, SHORT, WORKSHOP, part
from assessment.practices.framing.people import framing_people
from assessment.scoring.blanks import with_none

COLUMNS = ("line", "name", "people", "hours_each", "hours", "price", "cost", "reason")
"""Columns of the cost table."""

MINUTES = {FULL: 18, SHORT: 8}
"""Minutes that a form takes: estimates of the kit, not yet timed."""

UNPAID = ("elected", "citizen", "taxpayer", "user", "association", "partner")
"""Roles whose hours the organisation pays no wage for: their hours are counted, and have no price."""

DAY = 7
"""Hours of a consultant's day (a convention of the kit)."""

NOT_PAID, NO_PRICE = "not_paid", "no_price"

TOTAL = "total"


def score_cost(document: Mapping[str, Any], rate: float | None = None) -> pd.DataFrame:
    """Learn what an assessment asks of people, in hours and, where prices are given, in euros.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    rate
        The response rate expected, 0–1; None = the document's, and 1 where it says none.

    Returns
    -------
    pandas.DataFrame
        One row is one line, the total last: `COLUMNS`. ``line``: ``answering_staff``, ``answering_others``,
        ``workshop_staff``, ``workshop_others`` (``name`` the workshop's), ``consultant``, ``total``. ``people`` are
        whole, rounded up: a cost is not to be promised too low. ``price`` is that of an hour. ``cost`` NaN with the
        reason ``not_paid`` (no wage is paid for these hours) or ``no_price`` (none was given).
        The total's ``hours`` leave out the consultant's; its ``cost`` adds the lines that have one, with the reason
        ``no_price`` where a price is missing: it is then too low.

    Notes
    -----
    **Missing answers**: people of an unknown headcount are not counted; a price that is not given is not made up.

    Hours of answering are people × rate × the minutes of the form (`MINUTES`: the full form unless ``short`` is said).
    A workshop's ``staff`` are all its people where it does not say. By a workshop alone nobody fills in a form.

    Examples
    --------
    >>> people = [{"role": "agent", "headcount": 100}, {"role": "elected", "headcount": 20}]
    >>> document = {"people": people, "method": {"rate": 0.5}, "costs": {"hourly_cost": 30}}
    >>> table = score_cost(document)
    >>> table[["line", "people", "hours", "cost"]].values.tolist()
    [['answering_staff', 50, 15.0, 450.0], ['answering_others', 10, 3.0, nan], ['total', 60, 18.0, 450.0]]
    """
    costs = part(document, "costs")
    hourly = costs.get("hourly_cost")
    rows = answering(document, rate, hourly)
    for one in costs.get("workshops") or ():
        staff = one["people"] if one.get("staff") is None else one["staff"]
        name = one.get("name") or ""
        rows.append(line("workshop_staff", name, staff, one["hours"], hourly))
        rows.append(line("workshop_others", name, one["people"] - staff, one["hours"], None, NOT_PAID))
    rows = [row for row in rows if row["people"]]
    rows += consultant(costs)
    table = pd.DataFrame([*rows, total(rows)], columns=list(COLUMNS)).astype({"people": "Int64"})
    return with_none(table, ("reason",))


def answering(document: Mapping[str, Any], rate: float | None, hourly: float | None) -> list[dict[str, Any]]:
    """Give the lines of those who fill in a form."""
    method = part(document, "method")
    if method.get("kind") == WORKSHOP:
        return []
    rate = method.get("rate") if rate is None else rate
    people = framing_people(document)
    unpaid = people["role"].isin(UNPAID)
    hours = MINUTES[method.get("form") or FULL] / 60
    staff, others = (expected(people.loc[own, "headcount"].sum(), rate) for own in (~unpaid, unpaid))
    return [
        line("answering_staff", "", staff, hours, hourly),
        line("answering_others", "", others, hours, None, NOT_PAID),
    ]


def expected(people: int, rate: float | None) -> int:
    """Give the respondents expected, whole and rounded up.

    Examples
    --------
    >>> expected(33, 0.5), expected(100, 0.29), expected(12, None)
    (17, 29, 12)
    """
    return int(people) if rate is None else math.ceil(round(float(people) * rate, 9))


def line(
    code: str, name: str, people: int, hours_each: float, price: float | None, reason: str | None = None
) -> dict[str, Any]:
    """Make a line of people and hours."""
    hours = people * hours_each
    cost = math.nan if price is None else hours * price
    reason = NO_PRICE if price is None and reason is None else reason
    price = math.nan if price is None else float(price)
    return dict(zip(COLUMNS, (code, name, int(people), float(hours_each), hours, price, cost, reason), strict=True))


def consultant(costs: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Give the consultant's line, where there are days."""
    days, price = costs.get("consultant_days"), costs.get("day_cost")
    if not days:
        return []
    return [line("consultant", "", 1, days * DAY, None if price is None else price / DAY)]


def total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Add the lines up; people who answer and come to workshops are the same, so only those who answer are counted."""
    own = [row for row in rows if row["line"] != "consultant"]
    answer = [row["people"] for row in own if row["line"].startswith("answering")]
    priced = [row["cost"] for row in rows if not math.isnan(row["cost"])]
    lacking = any(row["reason"] == NO_PRICE for row in rows)
    values = {"line": TOTAL, "name": "", "people": sum(answer) if answer else None, "hours_each": math.nan}
    values |= {"hours": sum(row["hours"] for row in own), "price": math.nan}
    return values | {"cost": sum(priced) if priced else math.nan, "reason": NO_PRICE if lacking else None}
