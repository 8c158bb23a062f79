"""The line that stands beside every tension table, and its table: the ceiling of wishes, reality upside down."""

from collections.abc import Sequence

import pandas as pd

from assessment.figures.intervals import number_between, share_told
from assessment.figures.rows import records
from assessment.framework.model import Framework
from assessment.texts import format_number, word


def describe_tension_context(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in one line how much of the gaps is the ceiling of wishes; empty where nothing is told.

    Parameters
    ----------
    rows
        Released rows of ``tension_context`` of one wave and one group: one row is one dimension.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "share_top": 0.55, "r": -0.82},
    ...     {"dimension": "shared_vision", "share_top": 0.5, "r": -0.85}])
    >>> describe_tension_context(rows, load_framework("collectivite-apprenante"), "en").split(": ")[1].split(",")[0]
    'from 50% to 55% of the answers on vision are at the top of the scale'
    """
    found = [row for row in records(rows) if row.get("r") is not None and row.get("share_top") is not None]
    if not found:
        return ""
    shares, correlations = ([row[name] for row in found] for name in ("share_top", "r"))
    low_share, high_share = (share_told(one, language) for one in (min(shares), max(shares)))
    low, high = (format_number(one, language, 2) for one in (min(correlations), max(correlations)))
    return word("priorities.context", language, low_share=low_share, high_share=high_share, low=low, high=high)


def limit_columns(language: str) -> list[dict]:
    """Head the columns of what limits the reading of tension."""
    labels = ("top_share", "gap_correlation")
    return [{"label": word(f"priorities.{label}", language), "numeric": True} for label in labels]


def limit_cells(rows: pd.DataFrame, dimensions: Sequence[str], language: str) -> list[list[str]]:
    """Write the share of wishes at the top and the correlation of tension with reality, dimension by dimension.

    Parameters
    ----------
    rows
        As in `describe_tension_context`.
    dimensions
        Whose rows are wanted; a dash where there is none.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "n": 40, "share_top": 0.55, "r": -0.82, "ci_low": -0.9,
    ...     "ci_high": -0.68}])
    >>> limit_cells(rows, ["team_learning"], "en")
    [['55%', '−0.82 (−0.90 to −0.68)']]
    """
    found = {row["dimension"]: row for row in records(rows)}
    return [
        [
            share_told(row.get("share_top"), language),
            number_between(row, ("r", "ci_low", "ci_high"), language, 2),
        ]
        for row in (found.get(one, {}) for one in dimensions)
    ]
