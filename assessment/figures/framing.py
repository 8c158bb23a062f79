"""The framing of an assessment in words and tables: each part a passage, for the page and for the mandate."""

import datetime
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
from babel.dates import format_date

from assessment.figures.passages import Cells, Passage, passage, without_empty_columns
from assessment.framework.model import Framework
from assessment.practices import (
    advise_method,
    find_schedule_warnings,
    list_brakes,
    list_consulted,
    schedule_backwards,
    score_cost,
    score_readiness,
    score_visibility,
)
from assessment.practices.framing.cost import MINUTES, NO_PRICE, TOTAL
from assessment.practices.framing.document import BOTH, FULL, ROLE, SHORT, UNIT, WORKSHOP, listed, part
from assessment.practices.framing.visibility import FEW_EXPECTED, SMALL_ORGANISATION, expectation
from assessment.scoring.dimensions import CROSSED
from assessment.texts import format_number, format_share, word

Document = Mapping[str, Any]

NEARLY = 0.01
"""A chance nearer to 0 or 1 is told as under or over: more digits would be false precision."""

GROUPED = (UNIT, ROLE)


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


def plain(name: str, language: str, told: str, table: Cells = ((), ()), points: Iterable[str] = ()) -> Passage:
    """Make a passage that needs no note."""
    columns, rows = without_empty_columns(list(table[0]), list(table[1]))
    return Passage(name, word(f"framing.title_{name}", language), told, "", columns, rows, tuple(points))


def headed(language: str, **headings: bool) -> list[dict[str, Any]]:
    """Give the headings of a table, and whether numbers stand below."""
    return [
        {"label": word(f"framing.heading_{name}", language), "numeric": numeric} for name, numeric in headings.items()
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


def visible_part(document: Document, framework: Framework, language: str) -> Passage:
    """Tell which groups a release will likely show."""
    table = score_visibility(document, framework)
    least = format_number(expectation(document, None, None)[1], language, 0)
    if table.empty:
        told = word("framing.visible_none", language)
        return passage("framing", "visible", language, told, ([], []), min_group=least)
    names = Names(document, framework, language)
    grouped = table[table["by"].isin(GROUPED)]
    columns = headed(language, group=False, headcount=True, expected=True)
    columns.append({"label": word("framing.heading_chance", language, min_group=least), "numeric": True})
    columns += headed(language, shown=False)
    rows = [visible_row(row, names, language) for row in grouped.to_dict("records")]
    told = told_visible(document, table, names, language)
    found = passage("framing", "visible", language, told, (columns, rows), min_group=least)
    return Passage(
        *(getattr(found, name) for name in ("id", "title", "told", "note", "columns", "rows")), names.merged()
    )


def told_visible(document: Document, table: pd.DataFrame, names: "Names", language: str) -> str:
    """Tell the main things of what will be visible."""
    whole, rate = table.iloc[0], part(document, "method").get("rate")
    numbers = {"count": whole["headcount"], "expected": math.floor(whole["expected"])}
    values = {name: format_number(number, language, 0) for name, number in numbers.items()}
    if rate is None:
        told = [word("framing.visible_everyone", language, count=values["count"])]
    else:
        told = [word("framing.visible_expected", language, rate=format_share(rate, language), **values)]
    if not whole["shown"]:
        return " ".join([*told, word("framing.visible_whole_hidden", language)])
    grouped, crossed = table[table["by"].isin(GROUPED)], table[table["by"] == CROSSED.join(GROUPED)]
    hidden = grouped[~grouped["shown"]]
    if len(hidden):
        listed_names = ", ".join(names.of(row["by"], row["group"]) for row in hidden.to_dict("records"))
        told.append(word("framing.visible_hidden", language, names=listed_names))
    elif len(grouped):
        told.append(word("framing.visible_all", language))
    if len(crossed):
        counts = {"shown": crossed["shown"].sum(), "count": len(crossed)}
        numbers = {name: format_number(int(number), language, 0) for name, number in counts.items()}
        told.append(word("framing.visible_crossed", language, **numbers))
    return " ".join(told)


def visible_row(row: Mapping[str, Any], names: "Names", language: str) -> list[str]:
    """Tell of one group whether it will be visible."""
    reason = "shown" if row["shown"] else row["reason"]
    needed = {"share": format_share(rounded_up(row["rate_needed"]), language)} if reason == FEW_EXPECTED else {}
    certain = row["expected"] == row["headcount"]
    return [
        names.of(row["by"], row["group"]),
        format_number(row["headcount"], language, 0),
        format_number(math.floor(row["expected"]), language, 0),
        format_share(row["chance"], language) if certain else told_chance(row["chance"], language),
        word(f"framing.reason_{reason}", language, **needed),
    ]


def rounded_up(share: float) -> float:
    """Give a share in whole percents that is no smaller."""
    return math.ceil(round(100 * share, 9)) / 100


def told_chance(chance: float, language: str) -> str:
    """Tell a chance in whole percents; none is told to be certain that floating point only takes for it.

    Examples
    --------
    >>> told_chance(1.0, "en"), told_chance(0.5, "en"), told_chance(1e-9, "en"), told_chance(0.0, "en")
    ('over 99%', '50%', 'under 1%', '0%')
    """
    if chance == 0:
        return format_share(chance, language)
    if chance > 1 - NEARLY:
        return word("framing.over", language, share=format_share(1 - NEARLY, language))
    if chance < NEARLY:
        return word("framing.under", language, share=format_share(NEARLY, language))
    return format_share(chance, language)


def role_names(framework: Framework, language: str) -> dict[str, str]:
    """Name the roles of an instrument."""
    return {role.id: role.name[language] for role in framework.roles}


class Names:
    """What units, roles and their mergers are called.

    Parameters
    ----------
    document
        A framing.
    framework
        The instrument.
    language
        ``"fr"`` or ``"en"``.
    """

    def __init__(self, document: Document, framework: Framework, language: str):
        self.language = language
        self.mergers = listed(document, "mergers")
        units = {one["unit"]: one.get("name") or one["unit"] for one in listed(document, "units")}
        self.alone = {UNIT: units, ROLE: role_names(framework, language)}

    def of(self, by: str, group: str | None) -> str:
        """Name a group of a grouping, with what is merged into it."""
        if group is None:
            return word("framing.no_unit" if by == UNIT else "framing.no_role", self.language)
        whole, _, own = group.partition(CROSSED)
        known = self.alone[by]
        if group not in known and own == whole:
            return word("framing.own_people", self.language, name=self.together(by, whole))
        return self.together(by, group)

    def together(self, by: str, group: str) -> str:
        """Name a group and what is merged into it."""
        gone = [one["from"] for one in self.mergers if one["kind"] == by and one["into"] == group]
        return " + ".join(self.alone[by].get(one, one) for one in (group, *gone))

    def merged(self) -> tuple[str, ...]:
        """Tell the mergers announced."""
        return tuple(
            word("framing.merged", self.language, **{key: self.alone[one["kind"]][one[end]] for key, end in ENDS})
            for one in self.mergers
        )


ENDS = (("one", "from"), ("other", "into"))


def merger_part(plans: pd.DataFrame, document: Document, framework: Framework, language: str) -> Passage:
    """Tell which mergers would bring hidden groups to light.

    Parameters
    ----------
    plans
        `find_mergers`.
    document, framework, language
        As in `mandate_parts`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.practices import find_mergers
    >>> framework = load_framework("collectivite-apprenante")
    >>> people = [{"role": "agent", "headcount": 40}, {"role": "manager", "headcount": 12},
    ...     {"role": "executive", "headcount": 3}]
    >>> plans = find_mergers({"people": people}, framework, rate=0.9)
    >>> merger_part(plans, {}, framework, "en").rows
    [['Executive with Manager', '15', '0']]
    """
    if plans.empty:
        return passage("framing", "mergers", language, word("framing.mergers_none", language), ([], []))
    names = Names(document, framework, language)
    rows = [merger_row(row, names, language) for row in plans.to_dict("records")]
    told = word("framing.mergers_best", language, people=rows[0][1], left=rows[0][2])
    columns = headed(language, plan=False, people_shown=True, people_hidden=True)
    return passage("framing", "mergers", language, told, (columns, rows))


def merger_row(row: Mapping[str, Any], names: Names, language: str) -> list[str]:
    """Tell one plan of mergers."""
    known = names.alone[row["kind"]]
    pairs = [
        word("framing.pair", language, one=known.get(one, one), other=known.get(other, other))
        for one, other in row["merged"]
    ]
    numbers = (row["people_shown"], row["people_hidden"])
    return [
        "; ".join(pairs) if language == "en" else "\u202f; ".join(pairs),
        *(whole(one, language) for one in numbers),
    ]


def whole(number: float, language: str) -> str:
    """Write a whole number."""
    return format_number(number, language, 0)


def cost_part(document: Document, language: str) -> Passage:
    """Tell what an assessment asks of people, in hours and euros."""
    table = score_cost(document)
    rows = [cost_row(row, language) for row in table.to_dict("records")]
    columns = headed(language, line=False, people=True, hours=True, euros=True)
    minutes = {form: whole(MINUTES[form], language) for form in (FULL, SHORT)}
    return passage("framing", "cost", language, told_cost(table, language), (columns, rows), **minutes)


def told_cost(table: pd.DataFrame, language: str) -> str:
    """Tell the totals."""
    total = table[table["line"] == TOTAL].iloc[0]
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
