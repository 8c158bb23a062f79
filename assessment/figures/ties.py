"""How the dimensions go together, in words and as a table, with the warning that a halo would look the same."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.intervals import listed, number_between
from assessment.figures.rows import dimension_names, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

SHOWN = 5
PARTIAL = ("partial", "partial_low", "partial_high")


def describe_dimension_ties(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words which dimensions go together with all others held, and what a halo could account for.

    Parameters
    ----------
    rows
        Released rows of ``dimension_ties`` of one wave: one row is one pair of dimensions.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "other_dimension": "shared_vision", "r": 0.7,
    ...     "partial": 0.4, "partial_low": 0.2, "partial_high": 0.5, "halo": 0.54}])
    >>> describe_dimension_ties(rows, load_framework("collectivite-apprenante"), "en").split(". ")[0]
    'These dimensions go together even with the others held: Team learning and Shared vision (0.40)'
    """
    found = [row for row in records(rows) if row.get("r") is not None]
    if not found:
        return word("priorities.nothing_told", language)
    names = dimension_names(framework, language)
    left = [row for row in found if row.get("partial_low") is not None and row["partial_low"] > 0]
    pairs = [
        (
            word("priorities.pair", language, one=names[row["dimension"]], other=names[row["other_dimension"]]),
            format_number(row["partial"], language, 2),
        )
        for row in sorted(left, key=lambda row: -row["partial"])[:SHOWN]
    ]
    told = [word("priorities.ties_none_left", language)]
    if pairs:
        told = [word("priorities.ties_left", language, names=listed(pairs, language))]
    halo = found[0].get("halo")
    if halo is not None:
        told.append(word("priorities.halo", language, share=format_share(halo, language)))
    return " ".join(told)


def table_dimension_ties(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read each pair's correlation, plain and with the other dimensions held, the strongest first.

    Parameters as in `describe_dimension_ties`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "other_dimension": "shared_vision", "n": 40, "r": 0.7,
    ...     "ci_low": 0.5, "ci_high": 0.83}])
    >>> table_dimension_ties(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', 'Shared vision', '40', '0.70 (0.50 to 0.83)', '–', '']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("priorities.other_dimension", language)},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("priorities.correlation_interval", language), "numeric": True},
        {"label": word("priorities.held_interval", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    names = dimension_names(framework, language)
    ordered = sorted(records(rows), key=lambda row: -abs(row.get("r") or 0))
    return columns, [
        [
            names[row["dimension"]],
            names[row["other_dimension"]],
            format_number(row.get("n"), language, 0),
            number_between(row, ("r", "ci_low", "ci_high"), language, 2),
            number_between(row, PARTIAL, language, 2),
            readings.reason_words(row.get("reason"), language, min_group),
        ]
        for row in ordered
    ]
