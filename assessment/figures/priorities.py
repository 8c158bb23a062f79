"""Where to begin, in words and as a table: choice, gap, importance and agreement side by side."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.intervals import number_between, share_between
from assessment.figures.rows import Row, dimension_names, records
from assessment.framework.model import Framework
from assessment.texts import format_number, word


def describe_priorities(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words which subjects are chosen and stand far off, and what makes the order.

    Parameters
    ----------
    rows
        Rows of ``priorities`` of one wave: one row is one dimension.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "order": 1, "reading": "chosen_gap"}])
    >>> describe_priorities(rows, load_framework("collectivite-apprenante"), "en").split(". ")[2]
    'Chosen, with a gap to work on: Team learning'
    """
    names = dimension_names(framework, language)
    found: dict[str, list[str]] = {}
    for row in records(rows):
        if row.get("reading"):
            found.setdefault(row["reading"], []).append(names[row["dimension"]])
    if not found:
        return word("priorities.nothing_told", language)
    told = [
        word("priorities.priorities_of", language, reading=sentence(reading, language), names=", ".join(those))
        for reading, those in found.items()
    ]
    return " ".join([word("priorities.priorities_scope", language), *told, word("priorities.no_cause", language)])


def sentence(reading: str, language: str) -> str:
    """Word a reading as the start of a sentence."""
    text = reading_words(reading, language)
    return text[:1].upper() + text[1:]


def reading_words(reading: str | None, language: str) -> str:
    """Word the reading of a row; empty where it has none."""
    return word(f"priorities.reading_{reading}", language) if reading else ""


def table_priorities(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read choice, gap, importance and agreement of each dimension, in the order to talk about them.

    Parameters as in `describe_priorities`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "order": 1, "reading": "gap", "tension": 32.0, "ad": 0.59,
    ...     "importance": 0.12, "importance_low": 0.08, "importance_high": 0.17, "quadrant": "mobilising"}])
    >>> table_priorities(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', 'gap to work on', '–', '+32.0', '12% (8% to 17%)', '0.59']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("priorities.reading", language)},
        {"label": word("priorities.chosen_interval", language), "numeric": True},
        {"label": word("priorities.gap_interval", language), "numeric": True},
        {"label": word("priorities.importance_interval", language), "numeric": True},
        {"label": word("priorities.agreement_on_vision", language), "numeric": True},
    ]
    names = dimension_names(framework, language)
    return columns, [priority_row(row, names[row["dimension"]], language, min_group) for row in records(rows)]


def priority_row(row: Row, name: str, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    why = readings.reason_words(row.get("reason"), language, min_group) if row.get("suppressed") else ""
    return [
        name,
        why or reading_words(row.get("reading"), language),
        share_between(row, ("chosen", "chosen_low", "chosen_high"), language),
        number_between(row, ("tension", "tension_low", "tension_high"), language, 1, sign=True),
        share_between(row, ("importance", "importance_low", "importance_high"), language),
        format_number(row.get("ad"), language, 2),
    ]
