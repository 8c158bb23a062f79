"""How the items of a dimension were answered together: whole numbers that add up, like the tally.

From them follow all numbers about measurement: covariances, alpha, omega, polychoric correlations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.values import AnswerSheets
from assessment.scoring.tally import TENSION
from assessment.statistics import covariance_from_sums, two_way_counts

Pair = tuple[str, str]


@dataclass(frozen=True)
class Crossing:
    """The two-way counts of one dimension under one perspective, of the respondents who answered all its items.

    Parameters
    ----------
    items
        Ids of the items fielded.
    counts
        Respondents by the answers they gave to each pair of items, from the lowest; reversed items turned; for tension
        by vision − reality, from the lowest. Shape (items, items, options, options).
    """

    items: tuple[str, ...]
    counts: np.ndarray

    def __add__(self, other: "Crossing") -> "Crossing":
        """Add the counts of other respondents to the same items."""
        return replace(self, counts=self.counts + other.counts)

    @property
    def n(self) -> int:
        """Respondents asked every item who answered every item."""
        return int(self.counts[0, 0].sum())

    @property
    def covariance(self) -> np.ndarray:
        """Covariance of the items, shape (items, items), exact but for one division; NaN for fewer than two people."""
        answer = np.arange(self.counts.shape[-1])
        places = np.arange(len(self.items))
        sums = self.counts[places, places].sum(axis=-1) @ answer
        return covariance_from_sums(self.n, sums, self.counts @ answer @ answer)


def cross_items(responses: pd.DataFrame, framework: Framework) -> dict[Pair, Crossing]:
    r"""Count how the items of each dimension were answered together.

    Parameters
    ----------
    responses
        The responses table (`load_responses`): one row is one response.
    framework
        The instrument.

    Returns
    -------
    dict
        For each (dimension, perspective) fielded, and (dimension, "tension") where both perspectives were, a
        `Crossing`. Those of parts of the responses, in any split, add up (`add_crossings`) to that of the whole.

    Notes
    -----
    **Missing answers**: listwise: respondents asked every item of the dimension present who answered every one.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"st_04.reality,st_05.reality\n1,2\n2,4\n3,5\n4,")
    >>> crossing = cross_items(load_responses(file, framework), framework)["systems_thinking", "reality"]
    >>> crossing.n, crossing.covariance.round(3).tolist()
    (3, [[1.0, 1.5], [1.5, 2.333]])
    """
    sheets, crossings = AnswerSheets(responses, framework), {}
    for dimension in framework.dimensions:
        perspectives = framework.perspectives_of(dimension.id)
        asked_under = [(one, (one,)) for one in perspectives]
        asked_under += [(TENSION, perspectives)] if len(perspectives) == 2 else []
        for perspective, needed in asked_under:
            items = sheets.fielded(dimension.id, *needed)
            if items:
                crossings[dimension.id, perspective] = crossed(sheets, items, perspective)
    return crossings


def add_crossings(one: Mapping[Pair, Crossing], other: Mapping[Pair, Crossing]) -> dict[Pair, Crossing]:
    """Add the counts of two parts of the responses to one instrument."""
    return {pair: crossing + other[pair] for pair, crossing in one.items()}


def crossed(sheets: AnswerSheets, items: tuple[Item, ...], perspective: str) -> Crossing:
    """Count one dimension under one perspective."""
    options = sheets.framework.scale_of(items[0]).options
    answers = places(sheets, items, perspective)
    complete = ~np.isnan(answers).any(axis=1)
    width = 2 * options - 1 if perspective == TENSION else options
    return Crossing(tuple(item.id for item in items), two_way_counts(answers[complete].astype(int), width))


def places(sheets: AnswerSheets, items: tuple[Item, ...], perspective: str) -> np.ndarray:
    """Give each answer's place from the lowest, reversed items turned; for tension vision − reality from the lowest."""
    scale = sheets.framework.scale_of(items[0])
    if perspective == TENSION:
        return sheets.turned(items, "vision") - sheets.turned(items, "reality") + (scale.options - 1)
    return sheets.turned(items, perspective) - scale.low
