"""Readiness by six questions that the mandate group answers, and the survey's answers beside them later."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.framework.model import Framework
from assessment.practices.framing.document import QUESTIONS, listed
from assessment.scoring.blanks import with_none

COLUMNS = ("question", "dimension", "n", "median", "low", "high", "reason")
"""Columns of the readiness table."""

COMPARED_COLUMNS = (*COLUMNS[:-1], "wave", "score", "position", "reading", "suppressed", "reason")
"""Columns of readiness beside the survey."""

SPEAKS_OF = {
    "time": "means_to_act",
    "heard": "plurality_of_actors",
    "told_back": "experience_feedback",
    "questioned": "mental_models",
    "project": "political_project",
    "who_decides": "collaborative_practice",
}
"""The dimension each question speaks of, in the reference framework. Its words stand in ``texts``."""

APART = 1.0
"""Steps of the answer scale from which a group sees more, or less, than the survey (a convention of the kit)."""

LOW, HIGH = 1, 5


def score_readiness(document: Mapping[str, Any]) -> pd.DataFrame:
    """Learn how ready the mandate group finds the organisation, and how far its members differ.

    Parameters
    ----------
    document
        A framing, as `check_framing` lets it pass: one block of ``readiness`` is one person, 1–5 by question.

    Returns
    -------
    pandas.DataFrame
        One row is one question: `COLUMNS`. ``median``, lowest and highest answer, on 1–5; ``reason``:
        ``no_answers``. No mean, no score over questions, no interval: a handful of people who speak with one another
        are no sample.

    Notes
    -----
    **Missing answers**: left out question by question; ``n`` says how many answered. The answers are given openly in
    the group; nothing here is hidden, and nothing of it belongs in a published report without the group's consent.

    Examples
    --------
    >>> table = score_readiness({"readiness": [{"time": 2}, {"time": 4}, {"time": 3, "heard": 1}]})
    >>> table[["question", "n", "median", "low", "high"]].values.tolist()[:2]
    [['time', 3, 3.0, 2.0, 4.0], ['heard', 1, 1.0, 1.0, 1.0]]
    """
    people = listed(document, "readiness")
    rows = [of_question(one, [given[one] for given in people if given.get(one) is not None]) for one in QUESTIONS]
    return with_none(pd.DataFrame(rows, columns=list(COLUMNS)), ("reason",))


def of_question(question: str, answers: list[int]) -> tuple:
    """Sum up the answers to one question."""
    if not answers:
        return (question, SPEAKS_OF[question], 0, math.nan, math.nan, math.nan, "no_answers")
    median = float(pd.Series(answers).median())
    return (question, SPEAKS_OF[question], len(answers), median, float(min(answers)), float(max(answers)), None)


def compare_readiness(
    readiness: pd.DataFrame, released: Mapping[str, pd.DataFrame], framework: Framework
) -> pd.DataFrame:
    """Learn where the mandate group saw the organisation otherwise than those who answered the survey.

    Parameters
    ----------
    readiness
        `score_readiness`.
    released
        Released tables (`release`): ``dimensions`` of one wave or several.
    framework
        The instrument, for the dimensions it has.

    Returns
    -------
    pandas.DataFrame
        One row is one question and wave, of dimensions that the framework has: `COMPARED_COLUMNS`. ``n, median, low,
        high`` are the group's, ``score`` (0–100) the organisation's released reality score of the dimension,
        ``position`` the same on 1–5; ``reading``: ``group_higher``, ``group_lower`` (the median lies one step of 1–5
        away at least), ``alike``, None where one is missing.

    Notes
    -----
    **Missing answers**: a dimension that is hidden or was not fielded has no reading, with its reason. The question is
    one act, the dimension several: the reading opens a conversation and tests nothing.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"wave": "2027", "by": None, "group": None, "dimension": "means_to_act", "perspective": "reality",
    ...     "n": 240, "score": 40.0, "suppressed": False, "reason": None}
    >>> group = score_readiness({"readiness": [{"time": 4}, {"time": 5}]})
    >>> table = compare_readiness(group, {"dimensions": pd.DataFrame([row])}, load_framework("collectivite-apprenante"))
    >>> table[["question", "median", "position", "reading"]].values.tolist()[0]
    ['time', 4.5, 2.6, 'group_higher']
    """
    known = {dimension.id for dimension in framework.dimensions}
    dimensions = released["dimensions"]
    whole = dimensions[dimensions["by"].isna() & (dimensions["perspective"] == "reality")]
    rows = []
    for wave, own in whole.groupby("wave", sort=False):
        scores = {row["dimension"]: row for row in own.to_dict("records")}
        for one in readiness.to_dict("records"):
            if one["dimension"] in known:
                rows.append(compared(one, wave, scores.get(one["dimension"])))
    return with_none(pd.DataFrame(rows, columns=list(COMPARED_COLUMNS)), ("reading", "reason"))


def compared(one: Mapping[str, Any], wave: str, row: Mapping[str, Any] | None) -> dict[str, Any]:
    """Put one question beside the released row of its dimension."""
    if row is None:
        survey = {"score": math.nan, "suppressed": False, "reason": "not_asked"}
    else:
        survey = {name: row[name] for name in ("score", "suppressed", "reason")}
    score = math.nan if survey["suppressed"] or pd.isna(survey["score"]) else float(survey["score"])
    position = LOW + (HIGH - LOW) * score / 100
    told = {name: one[name] for name in COLUMNS[:-1]} | {"wave": wave, "score": score, "position": position}
    reason = survey["reason"] if math.isnan(score) else one["reason"]
    return told | {
        "reading": reading(one["median"] - position),
        "suppressed": bool(survey["suppressed"]),
        "reason": None if pd.isna(reason) else reason,
    }


def reading(difference: float) -> str | None:
    """Say on which side the group stands.

    Examples
    --------
    >>> reading(1.0), reading(-0.9), reading(float("nan"))
    ('group_higher', 'alike', None)
    """
    if math.isnan(difference):
        return None
    if abs(difference) < APART:
        return "alike"
    return "group_higher" if difference > 0 else "group_lower"
