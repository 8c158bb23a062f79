"""What goes with the outcomes, in words and as a table; never as a cause."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.intervals import listed, number_between, share_between
from assessment.figures.rows import dimension_names, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

SHOWN = 3


def describe_outcome_weights(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words how much goes with the outcomes, with which dimensions most, and that it is no cause.

    Parameters
    ----------
    rows
        Released rows of ``outcome_weights`` of one wave: one row is one dimension.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "other_dimension": "outcomes", "n": 170, "weight": 0.12,
    ...     "r_squared": 0.65}])
    >>> describe_outcome_weights(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'The largest shares: Team learning (12%)'
    """
    names, found = dimension_names(framework, language), records(rows)
    told = sorted((row for row in found if row.get("weight") is not None), key=lambda row: -row["weight"])
    if not told:
        why = readings.reason_words((found[0] if found else {}).get("reason") or "not_asked", language, min_group)
        return word("priorities.outcomes_none", language, why=why)
    largest = [(names[row["dimension"]], format_share(row["weight"], language)) for row in told[:SHOWN]]
    first = word(
        "priorities.outcomes_scope",
        language,
        share=format_share(told[0]["r_squared"], language),
        outcome=names[told[0]["other_dimension"]],
        n=format_number(told[0]["n"], language, 0),
        names=listed(largest, language),
    )
    return f"{first} {word('priorities.no_cause', language)}"


def table_outcome_weights(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read each dimension's share of the outcomes' variance and its correlation, the largest share first.

    Parameters as in `describe_outcome_weights`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"dimension": "team_learning", "weight": 0.12, "ci_low": 0.08, "ci_high": 0.17, "r": 0.57}
    >>> table_outcome_weights(pd.DataFrame([row]), load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '12% (8% to 17%)', '0.57', '']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("priorities.importance_interval", language), "numeric": True},
        {"label": word("priorities.correlation_interval", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    names = dimension_names(framework, language)
    ordered = sorted(records(rows), key=lambda row: -(row.get("weight") or 0))
    return columns, [
        [
            names[row["dimension"]],
            share_between(row, ("weight", "ci_low", "ci_high"), language),
            number_between(row, ("r", "r_low", "r_high"), language, 2),
            readings.reason_words(row.get("reason"), language, min_group),
        ]
        for row in ordered
    ]
