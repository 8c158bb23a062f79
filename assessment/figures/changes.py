"""How many of those who answered both times changed beyond the questionnaire's own error."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.rows import Row, dimension_names, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

COUNTED = ("improved", "unchanged", "worse")


def describe_change(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words how many people changed for sure.

    Parameters
    ----------
    rows
        Released rows of ``change`` of one wave and one group: one row is one dimension under one perspective.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "improved": 9,
    ...     "unchanged": 30, "worse": 1, "other_wave": "2025", "wave": "2026"}])
    >>> describe_change(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'On reality, most have changed in Team learning: 9 people up, 1 down, of 40.'
    """
    told = [row for row in records(rows) if row["perspective"] == "reality" and row.get("improved") is not None]
    sentences = [word("comparisons.change_scope", language)]
    if not told:
        return " ".join([*sentences, word("comparisons.change_hidden", language, min_group=min_group)])
    most = max(told, key=lambda row: row["improved"] + row["worse"])
    counts = {name: format_number(most[name], language, 0) for name in ("improved", "worse", "n")}
    name = dimension_names(framework, language)[most["dimension"]]
    return " ".join([*sentences, word("comparisons.change_most", language, dimension=name, **counts)])


def table_change(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read how many people changed, dimension by dimension.

    Parameters as in `describe_change`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts: reality only.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "improved": 8,
    ...     "unchanged": 30, "worse": 2, "share_improved": 0.2, "share_unchanged": 0.75, "share_worse": 0.05,
    ...     "threshold": 21.04, "reason": None}])
    >>> table_change(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '40', '8 (20%)', '30 (75%)', '2 (5%)', '21.0', '']]
    """
    labels = ("change_people", "change_improved", "change_unchanged", "change_worse", "change_threshold")
    columns = [
        {"label": word("figures.dimension", language)},
        *({"label": word(f"comparisons.{label}", language), "numeric": True} for label in labels),
        {"label": word("figures.remark", language)},
    ]
    names = dimension_names(framework, language)
    found = [row for row in records(rows) if row["perspective"] == "reality"]
    return columns, [change_row(row, names[row["dimension"]], language, min_group) for row in found]


def change_row(row: Row, name: str, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    return [
        name,
        format_number(row.get("n"), language, 0),
        *(counted(row, one, language) for one in COUNTED),
        format_number(row.get("threshold"), language, 1),
        readings.reason_words(row.get("reason"), language, min_group),
    ]


def counted(row: Row, name: str, language: str) -> str:
    """Write a number of people and their share."""
    if row.get(name) is None:
        return format_number(None, language, 0)
    return f"{format_number(row[name], language, 0)} ({format_share(row[f'share_{name}'], language)})"
