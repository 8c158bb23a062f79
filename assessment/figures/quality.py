"""The quality of measurement: whether a dimension's items go together, and whether one number is enough."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.rows import Line, lines
from assessment.framework.model import Framework
from assessment.texts import format_number, word


def describe_quality(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words which dimensions are measured less well.

    Parameters
    ----------
    rows
        Released rows of ``dimensions`` of one wave: one row is one dimension under one perspective.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "cronbach_alpha": 0.55}])
    >>> describe_quality(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'Reliability under 0.70: Team learning.'
    """
    drawn = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    low = [line.name for line in drawn if readings.is_weak(line.rows["reality"])]
    poor = [line.name for line in drawn if readings.is_poor(line.rows["reality"])]
    told = [word("figures.quality_low", language, names=", ".join(low))] if low else []
    told += [word("figures.quality_poor", language, names=", ".join(poor))] if poor else []
    return " ".join([word("figures.quality_scope", language), *(told or [word("figures.quality_fine", language)])])


def table_quality(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read alpha, omega and the fit of the one-factor model in words, for reality.

    Parameters as in `describe_quality`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n_complete": 30,
    ...     "cronbach_alpha": 0.81, "omega": 0.82, "cfi": 0.85, "rmsea": 0.12, "srmr": 0.05}])
    >>> table_quality(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '30', '0.81', '0.82', 'no: one number sums this dimension up badly']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("figures.complete", language), "numeric": True},
        {"label": word("figures.alpha", language), "numeric": True},
        {"label": word("figures.omega", language), "numeric": True},
        {"label": word("figures.fit", language)},
    ]
    drawn = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    return columns, [table_row(line, language, min_group) for line in drawn]


def table_row(line: Line, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    row = line.rows["reality"]
    return [
        line.name,
        format_number(row.get("n_complete"), language, 0),
        format_number(row.get("cronbach_alpha"), language, 2),
        format_number(row.get("omega"), language, 2),
        readings.fit_words(row, language, min_group),
    ]
