"""The organisation when every role weighs the same, beside the one where every response does."""

import pandas as pd

from assessment.figures import readings
from assessment.figures.rows import Line, interval, lines
from assessment.framework.model import Framework
from assessment.texts import format_number, word

HIDDEN = "role_hidden"


def describe_plurality(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words what changes when every role weighs the same, and whose voice is missing.

    Parameters
    ----------
    rows
        Rows of ``plurality`` of one wave: one row is one dimension under one perspective.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "score": 50.0,
    ...     "score_by_respondents": 42.0, "roles_absent": 0}])
    >>> describe_plurality(rows, load_framework("collectivite-apprenante"), "en").split(". ")[-1]
    'It changes the reality score most in Team learning: 50.0 instead of 42.0.'
    """
    mine = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    told = [line for line in mine if line.number("reality", "score") is not None]
    sentences = [word("priorities.voices_scope", language)]
    if told:
        most = max(told, key=lambda line: abs(line.row["score"] - line.row["score_by_respondents"]))
        index, score = (format_number(most.row[name], language) for name in ("score", "score_by_respondents"))
        sentences.append(word("priorities.voices_differ", language, name=most.name, index=index, score=score))
    hidden = [line.name for line in mine if line.row.get("reason") == HIDDEN]
    missing = [line.name for line in mine if line.row.get("roles_absent")]
    sentences += [word("priorities.voices_hidden", language, names=", ".join(hidden))] if hidden else []
    sentences += [word("priorities.voices_absent", language, names=", ".join(missing))] if missing else []
    return " ".join(sentences)


def table_plurality(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read the index of each dimension's reality beside the score by respondents.

    Parameters as in `describe_plurality`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "roles": 2, "score": 50.0,
    ...     "ci_low": 2.8, "ci_high": 3.2, "score_by_respondents": 42.0}])
    >>> table_plurality(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '50.0 (45.0 to 55.0)', '42.0', '2', '']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("priorities.index", language), "numeric": True},
        {"label": word("priorities.by_respondents", language), "numeric": True},
        {"label": word("priorities.roles", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    mine = [line for line in lines(rows, framework, language) if "reality" in line.rows]
    return columns, [voice_row(line, framework, language, min_group) for line in mine]


def voice_row(line: Line, framework: Framework, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    row = line.rows["reality"]
    value, ends = format_number(row.get("score"), language), interval(row, framework)
    if ends is not None and row.get("score") is not None:
        low, high = (format_number(end, language) for end in ends)
        value = word("figures.value_interval", language, value=value, low=low, high=high)
    return [
        line.name,
        value,
        format_number(row.get("score_by_respondents"), language),
        format_number(row.get("roles"), language, 0),
        readings.reason_words(row.get("reason"), language, min_group),
    ]
