"""The framing of an assessment in words and tables: each part a passage, for the page and for the mandate."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from babel.dates import format_date

from assessment.figures.framing_passages import headed, plain, whole
from assessment.figures.passages import Passage, passage
from assessment.figures.visible import role_names, visible_part
from assessment.framework.model import Framework
from assessment.practices import (
    advise_method,
    find_schedule_warnings,
    list_brakes,
    list_consulted,
    schedule_backwards,
    score_cost,
    score_readiness,
)
from assessment.practices.framing.cost import MINUTES, NO_PRICE, TOTAL
from assessment.practices.framing.document import BOTH, FULL, SHORT, WORKSHOP, listed, part
from assessment.practices.framing.visibility import SMALL_ORGANISATION, expectation
from assessment.texts import format_number, word

Document = Mapping[str, Any]


def mandate_parts(
    document: Document, framework: Framework, language: str, today: datetime.date | None = None
) -> list[Passage]:
    """Learn what a mandate says: why, with whom, how, what will be visible, at what cost, when, despite what.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    framework
        The instrument, for its roles' names.
    language
        ``"fr"`` or ``"en"``.
    today
        The day from which one looks; None = what has passed is not told.

    Returns
    -------
    list of Passage
        In the order of the page. Missing answers: what is not known yet is told to be so. The answers on readiness are
        no part of it: they stay in the group (`readiness_part`).

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> parts = mandate_parts({"aim": "Learn."}, load_framework("collectivite-apprenante"), "en")
    >>> parts[0].told, [one.id for one in parts]  # doctest: +NORMALIZE_WHITESPACE
    ('Aim: Learn.',
     ['aim', 'group', 'method', 'visible', 'consulted', 'schedule', 'cost', 'brakes'])
    """
    return [
        aim_part(document, language),
        group_part(document, framework, language),
        method_part(document, language),
        visible_part(document, framework, language),
        consulted_part(document, language),
        schedule_part(document, language, today),
        cost_part(document, language),
        brakes_part(document, language),
    ]


def aim_part(document: Document, language: str) -> Passage:
    """Tell why, and for what part of the organisation."""
    told = [
        word(f"framing.{key}", language, text=document[key].strip())
        for key in ("aim", "scope", "support")
        if (document.get(key) or "").strip()
    ]
    missing = [] if (document.get("aim") or "").strip() else [word("framing.not_written", language)]
    first, *others = [*missing, *told]
    return plain("aim", language, first, points=others)


def group_part(document: Document, framework: Framework, language: str) -> Passage:
    """Tell who carries the mandate."""
    people = listed(document, "mandate_group")
    if not people:
        return plain("group", language, word("framing.group_none", language))
    roles = role_names(framework, language)
    rows = [[one["name"], roles.get(one.get("role") or "", one.get("role") or "")] for one in people]
    told = word("framing.group_count", language, count=format_number(len(people), language, 0))
    return plain("group", language, told, (headed(language, name=False, role=False), rows))


def method_part(document: Document, language: str) -> Passage:
    """Tell how answers are gathered, and what size says of it."""
    method = part(document, "method")
    kind, form = method.get("kind"), method.get("form") or FULL
    points = []
    if kind in (BOTH, "survey"):
        minutes = format_number(MINUTES[form], language, 0)
        points.append(word(f"framing.form_{form}", language, minutes=minutes))
    if kind != WORKSHOP:
        least = format_number(expectation(document, None, None)[1], language, 0)
        points.append(word("framing.threshold", language, min_group=least))
    advice = advise_method(document)
    if advice.reason and kind != advice.kind:
        numbers = {"count": advice.headcount, "least": SMALL_ORGANISATION}
        told = {name: format_number(number, language, 0) for name, number in numbers.items()}
        points.append(word(f"framing.advice_{advice.reason}", language, **told))
    points += [method["why"].strip()] if (method.get("why") or "").strip() else []
    return plain("method", language, word(f"framing.method_{kind or 'none'}", language), points=points)


def cost_part(document: Document, language: str) -> Passage:
    """Tell what an assessment asks of people, in hours and euros."""
    table = score_cost(document)
    rows = [cost_row(row, language) for row in table.to_dict("records")] if len(table) > 1 else []
    columns = headed(language, line=False, people=True, hours=True, euros=True)
    minutes = {form: whole(MINUTES[form], language) for form in (FULL, SHORT)}
    return passage("framing", "cost", language, told_cost(table, language), (columns, rows), **minutes)


def told_cost(table: pd.DataFrame, language: str) -> str:
    """Tell the totals."""
    total = table[table["line"] == TOTAL].iloc[0]
    if len(table) == 1:
        return word("framing.cost_none", language)
    told = [word("framing.cost_hours", language, hours=whole(total["hours"], language))]
    cost, lacking = whole(total["cost"], language), total["reason"] == NO_PRICE
    if pd.isna(total["cost"]):
        return " ".join([*told, word("framing.cost_no_price", language)])
    return " ".join([*told, word("framing.cost_lacking" if lacking else "framing.cost_euros", language, cost=cost)])


def cost_row(row: Mapping[str, Any], language: str) -> list[str]:
    """Tell one line of the cost."""
    label = word(f"framing.line_{row['line']}", language)
    if row["name"]:
        label = word("framing.line_named", language, line=label, name=row["name"])
    priced = not pd.isna(row["cost"])
    cost = whole(row["cost"], language) if priced else ""
    if not priced and row["reason"] and row["line"] != TOTAL:
        cost = word(f"framing.reason_{row['reason']}", language)
    people = "" if pd.isna(row["people"]) or row["line"] in ("consultant", TOTAL) else whole(row["people"], language)
    return [label, people, whole(row["hours"], language), cost]


def told_day(day: datetime.date, language: str) -> str:
    """Write a day in full.

    Examples
    --------
    >>> told_day(datetime.date(2026, 3, 1), "fr"), told_day(datetime.date(2026, 3, 1), "en")
    ('1er mars 2026', 'March 1, 2026')
    """
    told = format_date(day, "long", locale=language)
    return told.replace("1 ", "1er ", 1) if language == "fr" and day.day == 1 else told


def schedule_part(document: Document, language: str, today: datetime.date | None = None) -> Passage:
    """Tell when each step begins, and what the calendar puts at risk."""
    table = schedule_backwards(document)
    if table.empty:
        return passage("framing", "schedule", language, word("framing.schedule_none", language), ([], []))
    rows = [
        [step_name(row.step, language), *(told_day(day, language) for day in (row.start, row.end)), str(row.days)]
        for row in table.itertuples()
    ]
    ends = {"start": told_day(table["start"].iloc[0], language), "end": told_day(table["end"].iloc[-1], language)}
    columns = headed(language, step=False, start=False, end=False, days=True)
    told = word("framing.schedule_from", language, **ends)
    found = passage("framing", "schedule", language, told, (columns, rows))
    warnings = find_schedule_warnings(document, today)
    return replace(found, points=warned(warnings, language))


def warned(warnings: pd.DataFrame, language: str) -> tuple[str, ...]:
    """Tell the warnings of the calendar."""
    return tuple(
        word(
            f"framing.warning_{row.warning}",
            language,
            step=step_name(row.step, language),
            start=told_day(row.start, language),
            end=told_day(row.end, language),
        )
        for row in warnings.itertuples()
    )


def step_name(step: str, language: str) -> str:
    """Name a step."""
    return word(f"framing.step_{step}", language)


def consulted_part(document: Document, language: str) -> Passage:
    """Tell whom to consult first."""
    told = tuple(word(f"framing.consulted_{who}", language) for who in list_consulted(document)["who"])
    found = passage("framing", "consulted", language, word("framing.consulted_told", language), ([], []))
    return replace(found, points=told)


def brakes_part(document: Document, language: str) -> Passage:
    """Tell how each brake is answered, and which is not."""
    table = list_brakes(document)
    none = word("framing.unanswered", language)
    rows = [[word(f"framing.brake_{row.brake}", language), row.answer or none] for row in table.itertuples()]
    left = int((~table["answered"]).sum())
    counts = {"count": whole(left, language), "total": whole(len(table), language)}
    told = word("framing.brakes_open", language, **counts) if left else word("framing.brakes_all", language)
    return passage("framing", "brakes", language, told, (headed(language, brake=False, answer=False), rows))


def readiness_part(document: Document, language: str, compared: pd.DataFrame | None = None) -> Passage:
    """Tell how ready the mandate group finds the organisation, and later where the survey sees it otherwise.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass.
    language
        ``"fr"`` or ``"en"``.
    compared
        `compare_readiness` of one wave; None = no survey yet.

    Examples
    --------
    >>> readiness_part({"readiness": [{"time": 2}, {"time": 4}]}, "en").rows[0][1:]
    ['2', '3.0', '2 – 4']
    """
    table = score_readiness(document) if compared is None else compared
    rows = [readiness_row(row, language, compared is not None) for row in table.to_dict("records")]
    columns = headed(language, question=False, n=True, median=True, range=True)
    columns += headed(language, survey=True, reading=False) if compared is not None else []
    told = word("framing.readiness_told" if (table["n"] > 0).any() else "framing.readiness_none", language)
    return passage("framing", "readiness", language, told, (columns, rows))


def readiness_row(row: Mapping[str, Any], language: str, beside: bool) -> list[str]:
    """Tell one question."""
    ends = [whole(row[end], language) for end in ("low", "high")]
    cells = [
        word(f"framing.readiness_{row['question']}", language),
        whole(row["n"], language),
        format_number(row["median"], language),
        " – ".join(ends) if row["n"] else "",
    ]
    return [*cells, *survey_cells(row, language)] if beside else cells


def survey_cells(row: Mapping[str, Any], language: str) -> Sequence[str]:
    """Tell where the survey stands on a question's subject."""
    if row["reading"]:
        return [format_number(row["position"], language), word(f"framing.reading_{row['reading']}", language)]
    return [
        format_number(row["position"], language),
        word("framing.reading_hidden" if row["suppressed"] else "framing.reading_missing", language),
    ]
