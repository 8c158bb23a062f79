"""What goes with the outcomes: never called a cause, for the same people answered both on the same day."""

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.scoring.blanks import with_none
from assessment.scoring.respondents import respondent_scores
from assessment.statistics import correlation_interval, pairwise_correlations, resampled_weights

COLUMNS = (
    "wave",
    "by",
    "group",
    "dimension",
    "other_dimension",
    "n",
    "weight",
    "ci_low",
    "ci_high",
    "share",
    "r",
    "r_low",
    "r_high",
    "r_squared",
    "adjusted",
    "suppressed",
    "reason",
)
"""Columns of the outcome_weights table; ``other_dimension`` is the outcome."""

OUTCOME = "outcomes"


def score_outcome_weights(
    responses: pd.DataFrame, framework: Framework, wave: str = "", outcome: str = OUTCOME, seed: int = 0
) -> pd.DataFrame:
    r"""Learn how the variance of the outcomes divides among the dimensions it goes with.

    Parameters
    ----------
    responses
        The responses of one wave.
    framework
        The instrument.
    wave
        The wave's name, for the rows.
    outcome
        The dimension that stands for the outcomes.
    seed
        Of the resampling.

    Returns
    -------
    pandas.DataFrame
        Unreleased; empty where the outcome or everything else was not fielded. One row is one dimension, in the
        framework's order: `COLUMNS`. ``weight`` is Johnson's relative weight of the dimension's reality score for the
        outcome's: a share of variance, 0–1; all together are ``r_squared`` (``adjusted``: corrected for the number of
        dimensions). ``ci_low``, ``ci_high``: 95 % percentile interval, 2,000 resamples of respondents. ``share`` =
        weight / r_squared. ``r``, ``r_low``, ``r_high``: the plain correlation over the same people.

    Notes
    -----
    **Missing answers**: listwise; ``n`` respondents have every one of these scores, so that those who are not asked all
    of them (a short form, citizens) do not enter. Going together is no cause: the same person answered both on the same
    day, and a general impression would leave the same. A weight is never below 0: its interval says how sure the share
    is, not whether there is any; for that look at ``r_low`` and ``r_high``. Weights of respondents do not act here.

    References
    ----------
    Johnson 2000, Multivariate Behavioral Research 35, 1-19.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_05.reality,oc_01.reality,oc_02.reality"
    >>> file = io.BytesIO(heading + b"\n1,1,2,2\n2,2,1,1\n3,3,4,4\n4,4,3,3\n5,5,5,5")
    >>> row = score_outcome_weights(load_responses(file, framework), framework).iloc[0]
    >>> row["dimension"], round(float(row["weight"]), 4), round(float(row["share"]), 4)  # r = .8, alone: r²
    ('systems_thinking', 0.64, 1.0)
    """
    scores = respondent_scores(responses, framework)
    dimensions = [pair[0] for pair in scores if pair[1] == "reality" and pair[0] != outcome]
    if (outcome, "reality") not in scores or not dimensions:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = scores[[(one, "reality") for one in (*dimensions, outcome)]].to_numpy()
    found = resampled_weights(rows, seed=seed)
    r = pairwise_correlations(rows[~np.isnan(rows).any(axis=1)])[0][-1, :-1]
    low, high = correlation_interval(r, found.n)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = found.weights / found.r_squared
    table = {
        "wave": wave,
        "by": None,
        "group": None,
        "dimension": dimensions,
        "other_dimension": outcome,
        "n": found.n,
        "weight": found.weights,
        "ci_low": found.low,
        "ci_high": found.high,
        "share": share,
        "r": r,
        "r_low": low,
        "r_high": high,
        "r_squared": found.r_squared,
        "adjusted": found.adjusted,
        "suppressed": False,
        "reason": found.reason,
    }
    return with_none(pd.DataFrame(table), ("by", "group", "reason"))[list(COLUMNS)]
