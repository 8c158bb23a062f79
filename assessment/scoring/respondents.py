"""Each respondent's own scores, for what a tally cannot tell: who answered twice."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING, NOT_CONCERNED
from assessment.responses.columns import column_name
from assessment.scoring.asked import answers_needed, audience
from assessment.scoring.tally import TENSION

Scores = dict[tuple[str, str], np.ndarray]

PARTS = {TENSION: ("reality", "vision")}
"""What tension is made of."""


def respondent_scores(responses: pd.DataFrame, framework: Framework, twin: pd.DataFrame | None = None) -> Scores:
    r"""Learn the score of every respondent, on 0–100.

    Parameters
    ----------
    responses
        The responses table: one row is one response.
    framework
        The instrument.
    twin
        Another response of each of the same people, in the same order: then an item counts where it was put to the
        respondent both times.

    Returns
    -------
    dict
        For each (dimension, perspective), and (dimension, "tension"), that was fielded: scores in the order of the
        rows, shape (respondents,), NaN where there is none.

    Notes
    -----
    **Missing answers**: the half rule of every score; never to be shown one by one.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> responses = load_responses(io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n5,\n5,5"), framework)
    >>> respondent_scores(responses, framework)["systems_thinking", "reality"].tolist()
    [12.5, nan, 100.0]
    """
    return {
        pair: half_rule(fielded(framework, *pair, responses), PARTS.get(pair[1], pair[1:]), responses, framework, twin)
        for pair in fielded_pairs(responses, framework)
    }


def fielded_pairs(responses: pd.DataFrame, framework: Framework) -> list[tuple[str, str]]:
    """List the (dimension, perspective) pairs, tension last of each, of which an item stands in the responses."""
    pairs = []
    for dimension in framework.dimensions:
        perspectives = framework.perspectives_of(dimension.id)
        pairs += [(dimension.id, one) for one in perspectives]
        pairs += [(dimension.id, TENSION)] if len(perspectives) == 2 else []
    return [pair for pair in pairs if fielded(framework, *pair, responses)]


def fielded(framework: Framework, dimension: str, perspective: str, responses: pd.DataFrame) -> tuple[Item, ...]:
    """Give the scored items of a dimension that stand in the responses; for tension under both perspectives."""
    present = set(responses.columns)
    return tuple(
        item
        for item in framework.scored_items(dimension)
        if all(column_name(framework, item, one) in present for one in PARTS.get(perspective, (perspective,)))
    )


def half_rule(
    items: Sequence[Item],
    perspectives: Sequence[str],
    responses: pd.DataFrame,
    framework: Framework,
    twin: pd.DataFrame | None,
) -> np.ndarray:
    """Give each respondent's mean over items, or over vision − reality of items, on 0–100."""
    asked = put_to(items, responses, framework)
    if twin is not None:
        asked = asked & put_to(items, twin, framework)
    values = [values_of(items, one, responses, framework) for one in perspectives]
    value = values[0] if len(values) == 1 else values[1] - values[0]
    answered = asked & ~np.isnan(value)
    count = answered.sum(axis=0)
    total = np.where(answered, value, 0).sum(axis=0)
    return np.where(count >= answers_needed(asked.sum(axis=0)), total / np.maximum(count, 1), np.nan)


def put_to(items: Sequence[Item], responses: pd.DataFrame, framework: Framework) -> np.ndarray:
    """Say which items were put to whom, shape (items, respondents)."""
    kinds = audience(responses, framework)
    return kinds.asked(items)[:, kinds.kind]


def values_of(items: Sequence[Item], perspective: str, responses: pd.DataFrame, framework: Framework) -> np.ndarray:
    """Give answers on 0–100, reversed where the item is, NaN where there is none; shape (items, respondents)."""
    rows = []
    for item in items:
        codes = responses[column_name(framework, item, perspective)].to_numpy()
        value = 100 * (codes.astype(float) - 1) / (framework.scale_of(item).options - 1)
        value = 100 - value if item.reverse else value
        rows.append(np.where((codes == MISSING) | (codes == NOT_CONCERNED), np.nan, value))
    return np.stack(rows)
