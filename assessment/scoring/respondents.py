"""Each respondent's scores, for what needs rows: correlations, relative weights, linked answers, choices by group.

Nothing here may leave the house: a row is a person.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING, NOT_CONCERNED
from assessment.responses.columns import column_name
from assessment.scoring.asked import Audience, answers_needed, audience
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
    people = audience(responses, framework)
    again = None if twin is None else audience(twin, framework)
    scores = {}
    for (dimension, perspective), items in fielded_pairs(responses, framework).items():
        asked = put_to(items, people) if again is None else put_to(items, people) & put_to(items, again)
        values = np.where(asked, item_values(responses, framework, items, perspective, people), np.nan)
        scores[dimension, perspective] = scored(values, asked) * to_score(framework, items)
    columns = pd.MultiIndex.from_tuples(list(scores), names=COLUMNS) if scores else pd.MultiIndex([[], []], [[], []])
    table = np.stack([*scores.values()], axis=1) if scores else np.empty((len(responses), 0))
    return pd.DataFrame(table, index=responses.index, columns=columns)


def fielded_pairs(responses: pd.DataFrame, framework: Framework) -> dict[tuple[str, str], tuple[Item, ...]]:
    """Give the items of each dimension under each perspective that were fielded, tension last of each dimension."""
    pairs = {}
    for dimension in framework.dimensions:
        own = framework.perspectives_of(dimension.id)
        for perspective, asked_under in [*((one, (one,)) for one in own), *([(TENSION, own)] if len(own) == 2 else [])]:
            pairs[dimension.id, perspective] = fielded(responses, framework, dimension.id, asked_under)
    return {pair: items for pair, items in pairs.items() if items}


def fielded(
    responses: pd.DataFrame, framework: Framework, dimension: str, perspectives: Sequence[str]
) -> tuple[Item, ...]:
    """Give the scored items of a dimension that are in the responses under all of these perspectives."""
    return tuple(
        item
        for item in framework.scored_items(dimension)
        if all(column_name(framework, item, one) in responses for one in perspectives)
    )


def item_values(
    responses: pd.DataFrame, framework: Framework, items: Sequence[Item], perspective: str, people: Audience
) -> np.ndarray:
    """Give what each respondent answered to each item, from 0 at the low end, reversed items turned.

    Returns
    -------
    numpy.ndarray
        Shape (items, respondents); vision − reality for "tension"; NaN where there is no answer or none was asked for.
    """
    if perspective == TENSION:
        reality, vision = (item_values(responses, framework, items, one, people) for one in ("reality", "vision"))
        return vision - reality
    codes = np.stack([responses[column_name(framework, item, perspective)].to_numpy() for item in items])
    asked = people.asked(items)[:, people.kind]
    values = np.where(asked & (codes != MISSING) & (codes != NOT_CONCERNED), codes - 1.0, np.nan)
    turned = np.array([item.reverse for item in items])[:, None]
    return np.where(turned, framework.scale_of(items[0]).options - 1 - values, values)


def put_to(items: Sequence[Item], people: Audience) -> np.ndarray:
    """Say which items were put to whom, shape (items, respondents)."""
    return people.asked(items)[:, people.kind]


def scored(values: np.ndarray, asked: np.ndarray) -> np.ndarray:
    """Give each respondent's mean where enough items are answered, shape (respondents,)."""
    answered = ~np.isnan(values)
    count = answered.sum(axis=0)
    total = np.where(answered, values, 0).sum(axis=0)
    return np.where(count >= answers_needed(asked.sum(axis=0)), total / np.maximum(count, 1), np.nan)


def to_score(framework: Framework, items: Sequence[Item]) -> float:
    """Give what brings a value from 0 onto 0–100."""
    return 100 / (framework.scale_of(items[0]).options - 1)
