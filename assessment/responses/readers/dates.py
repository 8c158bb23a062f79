"""Dates of an export, for the wave only: a day before the month, or after it, when that can be told."""

import re
from collections.abc import Collection

import pandas as pd

from assessment.faults import Fault, Faults

CLEAR = re.compile(r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)(?!\d)")
UNCLEAR = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})(?!\d)")
HIDDEN = "1980-01-01"
"""What LimeSurvey writes for every date of an anonymised survey."""

MONTHS = 12


def order_of(texts: Collection[str], said: str = "") -> str:
    """Find out whether the day or the month stands first.

    Returns
    -------
    str
        ``dmy``, ``mdy``, or ``ymd`` when no date is unclear; empty when it cannot be told, or both orders are there.

    Examples
    --------
    >>> order_of(["01/10/2026", "23/10/2026"]), order_of(["10/23/2026"]), order_of(["01/10/2026", "02/03/2026"])
    ('dmy', 'mdy', '')
    """
    found = [tuple(map(int, date.groups()[:2])) for date in map(UNCLEAR.match, texts) if date]
    if not found:
        return "ymd"
    day_first, month_first = any(a > MONTHS for a, _ in found), any(b > MONTHS for _, b in found)
    if day_first and month_first:
        return ""
    if day_first or month_first:
        return "dmy" if day_first else "mdy"
    return said


def waves_from(cells: pd.Series, name: str, span: str, said: str, file: str) -> pd.Series:
    """Make the wave of each response of its date: its year, or its month.

    Raises
    ------
    Faults
        ``date_order_undecided`` when day and month cannot be told apart and the month is wanted; ``date_hidden``;
        ``date_unreadable`` with its row.
    """
    texts = [str(one).strip() for one in cells.cat.categories]
    order = order_of(texts, said)
    place = {"file": file, "column": name}
    if not order and span == "month":
        example = next(one for one in texts if UNCLEAR.match(one))
        raise Faults([Fault("date_order_undecided", place, {"value": example})])
    if texts and all(one.startswith(HIDDEN) for one in texts if one):
        raise Faults([Fault("date_hidden", place, {"value": HIDDEN})])
    waves = {one: wave_of(str(one).strip(), order, span) for one in cells.cat.categories}
    told = cells.astype(object).map(waves)
    wrong = told.isna()
    if wrong.any():
        values = {"value": str(cells[wrong].iloc[0])}
        raise Faults([Fault("date_unreadable", place | {"row": int(cells.index[wrong][0])}, values)])
    return told.astype("str")


def wave_of(text: str, order: str, span: str) -> str | None:
    """Give the wave of one date; None when it is none.

    Examples
    --------
    >>> wave_of("2026/10/01 9:00:00 AM UTC+2", "", "month"), wave_of("01/10/2026", "dmy", "month")
    ('2026-10', '2026-10')
    """
    clear, unclear = CLEAR.match(text), UNCLEAR.match(text)
    if clear:
        year, month = clear[1], int(clear[2])
    elif unclear:
        year, month = unclear[3], int(unclear[1 if order == "mdy" else 2])
    else:
        return None
    return year if span == "year" else f"{year}-{month:02d}" if 1 <= month <= MONTHS else None
