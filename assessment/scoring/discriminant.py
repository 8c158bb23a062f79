"""Are two dimensions two things to those who answered? Neighbours that are not told apart are shown, not hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.values import AnswerSheets
from assessment.scoring.respondents import half_rule
from assessment.statistics import corrected_correlation, cronbach_alpha, htmt, htmt_interval, pairwise_correlations

COLUMNS = (
    "wave",
    "by",
    "group",
    "dimension",
    "other_dimension",
    "perspective",
    "n",
    "n_complete",
    "correlation",
    "corrected",
    "htmt",
    "htmt_low",
    "htmt_high",
    "htmt2",
    "overlap",
    "suppressed",
    "reason",
)
"""Columns of the released discriminant table (the organisation)."""

CLOSE, OVERLAP = 0.85, 0.90
"""HTMT from which two dimensions are close, and not told apart (Henseler, Ringle & Sarstedt 2015: both are in use)."""


@dataclass(frozen=True)
class Measured:
    """One dimension as every respondent answered it under one perspective.

    Parameters
    ----------
    dimension
        Its id.
    values
        Answers, reversed items turned, NaN where missing; shape (respondents, items).
    score
        Mean of the answers, NaN where too few; shape (respondents,).
    complete
        Who was asked every item and answered every item; shape (respondents,).
    """

    dimension: str
    values: np.ndarray
    score: np.ndarray
    complete: np.ndarray

    @cached_property
    def alpha(self) -> float:
        """Cronbach's alpha, listwise."""
        return float(cronbach_alpha(covariance_of(self.values[self.complete])))


def score_discriminant(responses: pd.DataFrame, framework: Framework, wave: str = "") -> pd.DataFrame:
    r"""Learn which dimensions respondents do not tell apart.

    Parameters
    ----------
    responses
        The responses table (`load_responses`) of one wave: one row is one response.
    framework
        The instrument.
    wave
        The wave's name, for the rows.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one pair of dimensions under one perspective, for the organisation: `COLUMNS`, in the
        framework's order. ``correlation`` of the scores of the ``n`` respondents who have both; ``corrected`` for the
        error of measurement of both (may be above 1); ``htmt`` and ``htmt2`` over the ``n_complete`` respondents who
        answered every item of both, with its 95 % interval ``htmt_low`` to ``htmt_high``; ``overlap`` reads HTMT:
        ``apart`` (below 0.85, interval below 0.90), ``close`` (from 0.85), ``overlapping`` (from 0.90, interval above
        0.85), ``undetermined`` where the interval does not settle it.

    Notes
    -----
    **Missing answers**: scores by the half rule; alpha listwise within a dimension, HTMT within both.

    Overlap may mean that the dimensions are one thing to people, that one answer colours the next (a halo), or that in
    this organisation they go hand in hand: the numbers do not say which.

    References
    ----------
    Henseler, Ringle & Sarstedt 2015, J. Academy of Marketing Science 43, 115-135; Spearman 1904.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_05.reality,tl_01.reality,tl_02.reality"
    >>> responses = load_responses(io.BytesIO(heading + b"\n1,1,2,2\n2,3,3,2\n4,5,4,5\n3,3,5,3"), framework)
    >>> table = score_discriminant(responses, framework)
    >>> table[["dimension", "other_dimension", "n", "overlap"]].values.tolist()
    [['team_learning', 'systems_thinking', 4, 'undetermined']]
    """
    sheets = AnswerSheets(responses, framework)
    rows = [
        {"perspective": perspective, **pair_row(one, other)}
        for perspective in framework.perspectives
        for one, other in combinations(measured(sheets, perspective), 2)
    ]
    keys = {"wave": wave, "by": None, "group": None, "suppressed": False}
    return pd.DataFrame(rows, columns=list(COLUMNS)).assign(**keys)


def measured(sheets: AnswerSheets, perspective: str) -> Iterator[Measured]:
    """Give each dimension fielded under a perspective as everybody answered it."""
    for dimension in sheets.framework.dimensions:
        items = sheets.fielded(dimension.id, perspective)
        if items and perspective in sheets.framework.perspectives_of(dimension.id):
            values = sheets.turned(items, perspective)
            score = half_rule(values, sheets.asked(items))
            yield Measured(dimension.id, values, score, ~np.isnan(values).any(axis=1))


def pair_row(one: Measured, other: Measured) -> dict:
    """Compare two dimensions."""
    both, complete = ~np.isnan(one.score + other.score), one.complete & other.complete
    rows, first = np.hstack([one.values, other.values])[complete], one.values.shape[1]
    covariance = covariance_of(rows)
    correlation = float(pairwise_correlations(np.column_stack([one.score, other.score]))[0][0, 1])
    ratio, (low, high) = float(htmt(covariance, first)), htmt_interval(rows, first)
    return {
        "dimension": one.dimension,
        "other_dimension": other.dimension,
        "n": int(both.sum()),
        "n_complete": int(complete.sum()),
        "correlation": correlation,
        "corrected": float(corrected_correlation(correlation, one.alpha, other.alpha)),
        "htmt": ratio,
        "htmt_low": low,
        "htmt_high": high,
        "htmt2": float(htmt(covariance, first, geometric=True)),
        "overlap": overlap(ratio, low, high),
        "reason": why_not(one, other, int(both.sum()), int(complete.sum()), ratio),
    }


def overlap(ratio: float, low: float, high: float) -> str | None:
    """Read a heterotrait–monotrait ratio with its interval; None where there is none.

    Examples
    --------
    >>> overlap(0.7, 0.6, 0.8), overlap(0.87, 0.8, 0.94), overlap(0.95, 0.9, 1.0), overlap(0.93, 0.6, 1.4)
    ('apart', 'close', 'overlapping', 'undetermined')
    """
    if np.isnan(ratio):
        return None
    if ratio < CLOSE:
        return "apart" if high < OVERLAP else "undetermined"
    if ratio < OVERLAP:
        return "close"
    return "overlapping" if low >= CLOSE else "undetermined"


def why_not(one: Measured, other: Measured, n: int, n_complete: int, ratio: float) -> str | None:
    """Say why a number is wanting."""
    if not np.isnan(ratio):
        return None
    if n == 0:
        return "nobody_scored"
    if min(one.values.shape[1], other.values.shape[1]) < 2:
        return "too_few_items"
    return "too_few_complete" if n_complete < 2 else "no_variance"


def covariance_of(rows: np.ndarray) -> np.ndarray:
    """Covariance of the columns; NaN for fewer than two rows."""
    if len(rows) < 2:
        return np.full((rows.shape[1],) * 2, np.nan)
    return np.cov(rows, rowvar=False).reshape(rows.shape[1], rows.shape[1])
