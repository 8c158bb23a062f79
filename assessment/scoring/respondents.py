"""Each respondent's scores, for what needs rows: correlations, relative weights, linked answers, choices by group.

Nothing here may leave the house: a row is a person.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.values import AnswerSheets
from assessment.scoring.asked import answers_needed
from assessment.scoring.tally import TENSION

COLUMNS = ("dimension", "perspective")
"""The two levels of the columns; the perspective may be "tension"."""


def respondent_scores(responses: pd.DataFrame, framework: Framework, twin: pd.DataFrame | None = None) -> pd.DataFrame:
    r"""Learn the score of each respondent in each dimension, by the rule that makes every mean.

    Parameters
    ----------
    responses
        The responses table (`load_responses`): one row is one response.
    framework
        The instrument.
    twin
        Another response of each of the same people, in the same order: then an item counts where it was put to the
        respondent both times.

    Returns
    -------
    pandas.DataFrame
        Never to be shown. One row is one response, with the index of `responses`; one column is a pair (dimension,
        perspective) in the framework's order, "tension" last of each dimension; only what was fielded. Scores are on
        0–100, tension (vision − reality) on −100–100.

    Notes
    -----
    **Missing answers**: NaN unless at least half of the items asked (rounded up), and at least two (one where one is
    asked), are answered; for tension answered under both perspectives. The means of these columns are those of
    `score_groups` and `score_tension` without weights.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> heading = b"st_04.reality,st_04.vision,st_05.reality,st_05.vision"
    >>> responses = load_responses(io.BytesIO(heading + b"\n1,5,2,5\n3,,4,4"), framework)
    >>> respondent_scores(responses, framework)["systems_thinking"].values.tolist()
    [[12.5, 100.0, 87.5], [62.5, nan, nan]]
    """
    sheets = AnswerSheets(responses, framework)
    again = None if twin is None else AnswerSheets(twin, framework)
    scores = {}
    for (dimension, perspective), items in fielded_pairs(responses, framework).items():
        asked = sheets.asked(items) if again is None else sheets.asked(items) & again.asked(items)
        values = np.where(asked, given(sheets, items, perspective), np.nan)
        scores[dimension, perspective] = 100 * half_rule(values, asked)
    columns = pd.MultiIndex.from_tuples(list(scores), names=COLUMNS) if scores else pd.MultiIndex([[], []], [[], []])
    table = np.stack([*scores.values()], axis=1) if scores else np.empty((len(responses), 0))
    return pd.DataFrame(table, index=responses.index, columns=columns)


def fielded_pairs(responses: pd.DataFrame, framework: Framework) -> dict[tuple[str, str], tuple[Item, ...]]:
    """Give the items of each dimension under each perspective that were fielded, tension last of each dimension."""
    sheets, pairs = AnswerSheets(responses, framework), {}
    for dimension in framework.dimensions:
        own = framework.perspectives_of(dimension.id)
        for perspective, asked_under in [*((one, (one,)) for one in own), *([(TENSION, own)] if len(own) == 2 else [])]:
            pairs[dimension.id, perspective] = sheets.fielded(dimension.id, *asked_under)
    return {pair: items for pair, items in pairs.items() if items}


def given(sheets: AnswerSheets, items: Sequence[Item], perspective: str) -> np.ndarray:
    """Give what each respondent answered to each item, on 0–1, reversed items turned; vision − reality for tension.

    Returns
    -------
    numpy.ndarray
        Shape (respondents, items); NaN where there is no answer or none was asked for.
    """
    if perspective == TENSION:
        return given(sheets, items, "vision") - given(sheets, items, "reality")
    values = sheets.shares(items, perspective)
    return np.where([item.reverse for item in items], 1 - values, values)


def half_rule(values: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Give each respondent's mean where enough items are answered.

    Parameters
    ----------
    values
        Shape (respondents, items); NaN = missing.
    asked
        Which items were put to whom, same shape.

    Returns
    -------
    numpy.ndarray
        Shape (respondents,).
    """
    answered = ~np.isnan(values)
    count = answered.sum(axis=1)
    total = np.where(answered, values, 0).sum(axis=1)
    return np.where(count >= answers_needed(asked.sum(axis=1)), total / np.maximum(count, 1), np.nan)
