"""What must stand beside a tension table: how many wishes are at the top, and how far tension is reality reversed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.values import AnswerSheets
from assessment.scoring.blanks import with_none
from assessment.scoring.dimensions import KEYS
from assessment.scoring.membership import Group, groups_in
from assessment.scoring.profile import Grouping
from assessment.scoring.respondents import given, respondent_scores
from assessment.scoring.tally import TENSION
from assessment.statistics import correlation_interval, pairwise_correlations

COLUMNS = (*KEYS, "n", "answers", "share_top", "r", "ci_low", "ci_high", "suppressed", "reason")
"""Columns of the tension_context table; ``perspective`` is always "tension"."""


def score_tension_context(
    responses: pd.DataFrame,
    framework: Framework,
    by: Sequence[Grouping] = (),
    wave: str = "",
    units: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""Learn how much of the tension is only the ceiling of wishes seen from below.

    Parameters
    ----------
    responses
        The responses of one wave.
    framework
        The instrument.
    by
        Groupings: each a tuple of columns.
    wave
        The wave's name, for the rows.
    units
        The units table, for the roll-up.

    Returns
    -------
    pandas.DataFrame
        Unreleased. One row is one dimension in one group: `COLUMNS`. ``n`` respondents with a tension and a reality
        score, ``answers`` their group's vision answers, ``share_top`` the share of these at the top of the scale (the
        bottom, where the item is reversed), ``r`` the correlation of respondents' tension with their reality, with its
        interval (Fisher).

    Notes
    -----
    **Missing answers**: left out. Tension is vision − reality: where wishes hardly differ, ``r`` nears −1 by
    arithmetic, and a ranking by tension is the ranking by reality upside down.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_05.reality,st_04.vision,st_05.vision"
    >>> file = io.BytesIO(heading + b"\n1,1,5,5\n2,3,5,5\n4,4,5,4\n3,3,5,5")
    >>> row = score_tension_context(load_responses(file, framework), framework).iloc[0]
    >>> int(row["n"]), float(row["share_top"]), round(float(row["r"]), 3)
    (4, 0.875, -0.993)
    """
    scores = respondent_scores(responses, framework)
    groups, sheets = list(groups_in(responses, framework, by, units)), AnswerSheets(responses, framework)
    rows = []
    for dimension in [pair[0] for pair in scores if pair[1] == TENSION]:
        top = top_answers(sheets, dimension)
        pair = scores[dimension][[TENSION, "reality"]].to_numpy()
        rows += [context_row(pair, top, group) | {"dimension": dimension} for group in groups]
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name not in ("wave", "perspective", "suppressed")])
    table = table.assign(wave=wave, perspective=TENSION, suppressed=False)
    return with_none(table, ("by", "group", "reason"))[list(COLUMNS)]


def top_answers(sheets: AnswerSheets, dimension: str) -> np.ndarray:
    """Count each respondent's vision answers, and those at the top, shape (2, respondents)."""
    values = given(sheets, sheets.fielded(dimension, "vision"), "vision")
    return np.stack([(~np.isnan(values)).sum(axis=1), (values == 1).sum(axis=1)])


def context_row(pair: np.ndarray, top: np.ndarray, group: Group) -> dict:
    """Compute one dimension in one group."""
    given, at_top = (int(one) for one in top[:, group.members].sum(axis=1))
    correlations, together = pairwise_correlations(pair[group.members])
    r, n = float(correlations[0, 1]), int(together[0, 1])
    low, high = correlation_interval(r, n)
    return {
        "by": group.by,
        "group": group.group,
        "n": n,
        "answers": given,
        "share_top": at_top / given if given else np.nan,
        "r": r,
        "ci_low": float(low),
        "ci_high": float(high),
        "reason": why_no_correlation(r, n),
    }


def why_no_correlation(r: float, n: int) -> str | None:
    """Say why a correlation, or its interval, is wanting; None where it is not."""
    if n < 2:
        return "one_respondent" if n else "nobody_scored"
    if np.isnan(r):
        return "no_variance"
    return "too_few_complete" if n < 4 else None
