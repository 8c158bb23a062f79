"""Whether a shared vision is likely, in words and as a table: the three conditions told apart."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.choices import SLIGHT
from assessment.figures.intervals import probability_of_chance
from assessment.figures.rows import Row, dimension_names, group_name, records
from assessment.framework.model import Framework
from assessment.texts import format_number, word

JOINED = "+"
"""Joins the roles named in ``against``."""


def describe_shared_vision(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words where a shared vision is likely, by which rule, and what the survey cannot say.

    Parameters
    ----------
    rows
        Rows of ``shared_vision`` of one wave: one row is one dimension.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "reading": "likely"}])
    >>> describe_shared_vision(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'A shared vision is likely: Team learning'
    """
    names = dimension_names(framework, language)
    found: dict[str, list[str]] = {}
    for row in records(rows):
        if row.get("reading"):
            found.setdefault(row["reading"], []).append(names[row["dimension"]])
    if not found:
        return word("priorities.nothing_told", language)
    told = [
        word("priorities.shared_of", language, reading=shared_words(reading, language), names=", ".join(found[reading]))
        for reading in ("likely", "side_by_side", "undetermined")
        if reading in found
    ]
    weak = [word("priorities.shared_weak", language)] if any(hardly_alike(row) for row in records(rows)) else []
    return " ".join([word("priorities.shared_rule", language), *told, *weak, word("priorities.shared_text", language)])


def hardly_alike(row: Row) -> bool:
    """Say whether the choices passed as alike with an agreement that is slight."""
    return bool(row.get("choose_alike")) and (row.get("choice_agreement") or 0) <= SLIGHT


def shared_words(reading: str | None, language: str) -> str:
    """Word the reading of a dimension; empty where it has none."""
    return word(f"priorities.shared_{reading}", language) if reading else ""


def table_shared_vision(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read the three conditions of each dimension, each with its number.

    Parameters as in `describe_shared_vision`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "agrees": True, "ad": 0.6, "ad_cut": 5 / 6, "p_value": 0.02,
    ...     "choose_alike": True, "none_against": False, "against": "agent", "roles": 3, "reading": "side_by_side"}])
    >>> table_shared_vision(rows, load_framework("collectivite-apprenante"), "en")[1][0][1:4]
    ['yes (average deviation 0.60, cut 0.83)', 'yes (p = 0.020)', 'no (against: Member of staff)']
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("priorities.agree", language)},
        {"label": word("priorities.alike", language)},
        {"label": word("priorities.none_against", language)},
        {"label": word("priorities.reading", language)},
        {"label": word("figures.remark", language)},
    ]
    names = dimension_names(framework, language)
    return columns, [
        [names[row["dimension"]], *conditions(row, framework, language), *verdict(row, language, min_group)]
        for row in records(rows)
    ]


def conditions(row: Row, framework: Framework, language: str) -> list[str]:
    """Word the three conditions with their numbers."""
    deviation = {"ad": format_number(row.get("ad"), language, 2), "cut": format_number(row.get("ad_cut"), language, 2)}
    return [
        answer(row.get("agrees"), word("priorities.deviation", language, **deviation), language),
        answer(row.get("choose_alike"), probability_of_chance(row.get("p_value"), language), language),
        answer(row.get("none_against"), roles_words(row, framework, language), language),
    ]


def roles_words(row: Row, framework: Framework, language: str) -> str:
    """Name the roles that are against, or count those that are not."""
    if row.get("against"):
        names = [group_name("role", one, framework, {}, language) for one in row["against"].split(JOINED)]
        return word("priorities.against", language, names=", ".join(names))
    return word("priorities.of_roles", language, count=format_number(row.get("roles"), language, 0))


def answer(known: bool | None, detail: str, language: str) -> str:
    """Answer yes or no with a detail; what is not known has none."""
    if known is None:
        return word("priorities.unknown", language)
    return word(
        "priorities.detail", language, answer=word(f"priorities.{'yes' if known else 'no'}", language), detail=detail
    )


def verdict(row: Row, language: str, min_group: int) -> list[str]:
    """Word the reading, and why there is none."""
    return [shared_words(row.get("reading"), language), readings.reason_words(row.get("reason"), language, min_group)]
