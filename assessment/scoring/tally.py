"""The tally: all that scoring needs to know of the responses, as whole numbers that add up.

One pass over the responses makes it; cells add into groups, groups into the organisation, parts of a file into the
whole, in any order and to the last bit. Rows are never read again to score.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import lcm

import numpy as np
import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING, NOT_CONCERNED
from assessment.responses.columns import answer_columns, column_name
from assessment.responses.waves import natural_key
from assessment.scoring.asked import Audience, answers_needed, audience
from assessment.scoring.sums import Sums, Values, moved

TENSION = "tension"
FINEST = lcm(*range(1, 13))
"""Scores of up to twelve items are whole multiples of 1/FINEST: their products add without rounding."""


@dataclass(frozen=True)
class Tally:
    """Counts and sums of a set of responses, by cell.

    Parameters
    ----------
    framework
        The instrument.
    keys
        One row is one cell: the value of each column the responses were told apart by; ``""`` = none.
    respondents
        Responses in each cell, shape (cells,).
    answers
        For each answer column, counts by code: missing, the answers from the lowest, not concerned; among those asked.
        Shape (cells, options + 2).
    sums
        For each (dimension, perspective), and (dimension, "tension") where both perspectives were asked.
    together
        For the disciplines' reality scores in whole multiples of 1/`FINEST`: for each pair over respondents who have
        both, their number, the sum of the first, the sum of products. Shape (cells, disciplines, disciplines, 3).
    """

    framework: Framework
    keys: pd.DataFrame
    respondents: np.ndarray
    answers: Mapping[str, np.ndarray]
    sums: Mapping[tuple[str, str], Sums]
    together: np.ndarray

    @cached_property
    def dimensions(self) -> tuple[tuple[str, str], ...]:
        """The (dimension, perspective) pairs that were fielded, tension apart."""
        return tuple(pair for pair in self.sums if pair[1] != TENSION)

    def by(self, *columns: str) -> "Tally":
        """Add cells together that share the values of `columns`; none gives the whole as one cell."""
        if columns not in self._margins:
            self._margins[columns] = self._moved(*numbered(self.keys[list(columns)]))
        return self._margins[columns]

    @cached_property
    def _margins(self) -> dict[tuple[str, ...], "Tally"]:
        return {}  # every table of a wave asks for the same few margins

    def labelled(self, column: str, values: Sequence[str]) -> "Tally":
        """Give each cell a value in a further column."""
        return replace(self, keys=self.keys.assign(**{column: list(values)}))

    def __add__(self, other: "Tally") -> "Tally":
        """Add the tally of other responses to the same instrument."""
        both = Tally(
            self.framework,
            pd.concat([self.keys, other.keys], ignore_index=True),
            np.concatenate([self.respondents, other.respondents]),
            {name: np.concatenate([own, other.answers[name]]) for name, own in self.answers.items()},
            {pair: own.joined(other.sums[pair]) for pair, own in self.sums.items()},
            np.concatenate([self.together, other.together]),
        )
        return both.by(*self.keys.columns)

    def _moved(self, places: np.ndarray, keys: pd.DataFrame) -> "Tally":
        cells = len(keys)
        return Tally(
            self.framework,
            keys.reset_index(drop=True),
            moved(self.respondents, places, cells),
            {name: moved(counts, places, cells) for name, counts in self.answers.items()},
            {pair: sums.moved(places, cells) for pair, sums in self.sums.items()},
            moved(self.together, places, cells),
        )


def numbered(keys: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the distinct rows of a table in natural order, those without a value last."""
    if not len(keys.columns):
        return np.zeros(len(keys), dtype=np.int64), pd.DataFrame(index=range(1))
    places, distinct = pd.factorize(pd.MultiIndex.from_frame(keys))
    order = sorted(range(len(distinct)), key=lambda place: [(not one, natural_key(one)) for one in distinct[place]])
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[places], distinct[order].to_frame(index=False, name=list(keys.columns))


def tally(responses: pd.DataFrame, framework: Framework, by: Sequence[str] = ()) -> Tally:
    r"""Count responses, told apart by any columns, so that everything can be scored from the counts.

    Parameters
    ----------
    responses
        The responses table (`load_responses`): one row is one response.
    framework
        The instrument.
    by
        Columns that tell cells apart: ``wave``, ``unit``, ``role`` or any background variable.

    Returns
    -------
    Tally
        One cell for each combination that occurs.

    Notes
    -----
    **Missing answers** and "not concerned" are counted apart, among the items the framework puts to the respondent;
    an answer to an item not put to the respondent's role or form is not counted.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"unit,st_04.reality,st_05.reality\nA,1,2\nA,4,\nB,5,5")
    >>> counts = tally(load_responses(file, framework), framework, by=["unit"])
    >>> counts.keys["unit"].tolist(), counts.respondents.tolist()
    (['A', 'B'], [2, 1])
    >>> counts.sums["systems_thinking", "reality"].n.tolist()
    [1, 1]
    """
    places, keys = numbered(responses[list(by)])
    order = np.argsort(places, kind="stable")
    rows = Rows(framework, responses, order, places[order], audience(responses.iloc[order], framework), len(keys))
    sums = {pair: sum for pair in rows.fielded() if (sum := rows.sums(*pair))}
    return Tally(
        framework,
        keys.reset_index(drop=True),
        np.bincount(places, minlength=len(keys)),
        rows.answers(),
        sums,
        rows.together(),
    )


@dataclass(frozen=True)
class Rows:
    """The responses while they are counted, sorted by cell."""

    framework: Framework
    responses: pd.DataFrame
    order: np.ndarray
    cell: np.ndarray
    audience: Audience
    cells: int

    def fielded(self) -> list[tuple[str, str]]:
        """List the dimensions and perspectives, tension last of each."""
        pairs = []
        for dimension in self.framework.dimensions:
            perspectives = self.framework.perspectives_of(dimension.id)
            pairs += [(dimension.id, one) for one in perspectives]
            pairs += [(dimension.id, TENSION)] if len(perspectives) == 2 else []
        return pairs

    def codes(self, item: Item, perspective: str) -> np.ndarray:
        """Give the codes of one answer column in the order of cells."""
        return self.responses[column_name(self.framework, item, perspective)].to_numpy()[self.order]

    def items(self, dimension: str, *perspectives: str) -> tuple[Item, ...]:
        """Give the scored items of a dimension that were fielded under all of these perspectives."""
        present = set(self.responses.columns)
        return tuple(
            item
            for item in self.framework.scored_items(dimension)
            if all(column_name(self.framework, item, one) in present for one in perspectives)
        )

    def sums(self, dimension: str, perspective: str) -> Sums | None:
        """Count one dimension; None when none of its items was fielded."""
        values = self.gaps(dimension) if perspective == TENSION else self.values(dimension, perspective)
        return values and values.sums(self.cells)

    def values(self, dimension: str, perspective: str) -> Values | None:
        """Give the values of a dimension's items under a perspective, reversed where the item is."""
        items = self.items(dimension, perspective)
        if not items:
            return None
        scale = self.framework.scale_of(items[0])
        codes = np.stack([self.codes(item, perspective) for item in items])
        asked = self.audience.asked(items)[:, self.audience.kind]
        answered = asked & (codes != MISSING) & (codes != NOT_CONCERNED)
        value = codes.astype(np.int16) - 1
        for number, item in enumerate(items):
            if item.reverse:
                value[number] = scale.options - 1 - value[number]
        return Values(
            tuple(item.id for item in items),
            scale.options,
            scale.low,
            value,
            answered,
            asked & (codes == NOT_CONCERNED),
            asked,
            answers_needed(self.audience.asked(items).sum(axis=0))[self.audience.kind],
            self.cell,
            self.weight,
        )

    def gaps(self, dimension: str) -> Values | None:
        """Give vision − reality of each item answered under both."""
        items = self.items(dimension, "reality", "vision")
        if not items:
            return None
        kept = {item.id for item in items}
        reality, vision = (only(self.values(dimension, one), kept) for one in ("reality", "vision"))
        options = reality.span
        return replace(
            reality,
            span=2 * options - 1,
            shift=1 - options,
            value=vision.value - reality.value + (options - 1),
            answered=reality.answered & vision.answered,
            na=reality.na | vision.na,
            needed=answers_needed(self.audience.asked(items).sum(axis=0))[self.audience.kind],
        )

    @cached_property
    def weight(self) -> np.ndarray | None:
        """Weights in the order of cells, None without."""
        return self.responses["weight"].to_numpy()[self.order] if "weight" in self.responses else None

    def answers(self) -> dict[str, np.ndarray]:
        """Count each answer column by code among those asked."""
        counts = {}
        for column in answer_columns(self.framework):
            if column.name in self.responses:
                asked = self.audience.asked([column.item])[0][self.audience.kind]
                codes = self.codes(column.item, column.perspective)[asked]
                codes = np.where(codes == NOT_CONCERNED, column.scale.options + 1, codes)
                width = column.scale.options + 2
                flat = np.bincount(self.cell[asked] * width + codes, minlength=self.cells * width)
                counts[column.name] = flat.reshape(self.cells, width)
        return counts

    def together(self) -> np.ndarray:
        """Count how the disciplines' reality scores go together."""
        disciplines = [one.id for one in self.framework.dimensions if one.reach and self.items(one.id, "reality")]
        result = np.zeros((self.cells, len(disciplines), len(disciplines), 3), dtype=np.int64)
        scores = [self.whole_scores(one) for one in disciplines]
        for first, (own, has) in enumerate(scores):
            for second, (other, also) in enumerate(scores):
                both = has & also
                cell = self.cell[both]
                np.add.at(result[:, first, second, 0], cell, 1)
                np.add.at(result[:, first, second, 1], cell, own[both])
                np.add.at(result[:, first, second, 2], cell, own[both] * other[both])
        return result

    def whole_scores(self, dimension: str) -> tuple[np.ndarray, np.ndarray]:
        """Give each respondent's score from 0 in multiples of 1/`FINEST`, and whether there is one."""
        values = self.values(dimension, "reality")
        count = values.answered.sum(axis=0)
        total = np.where(values.answered, values.value, 0).sum(axis=0, dtype=np.int64)
        scored = count >= values.needed
        return np.rint(total * FINEST / np.maximum(count, 1)).astype(np.int64), scored


def only(values: Values, items: set[str]) -> Values:
    """Keep some of the items of a table of values."""
    kept = [number for number, item in enumerate(values.items) if item in items]
    rows = {name: getattr(values, name)[kept] for name in ("value", "answered", "na", "asked")}
    return replace(values, items=tuple(values.items[number] for number in kept), **rows)
