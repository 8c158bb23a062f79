"""The tally: all that scoring needs to know of the responses, as whole numbers that add up.

One pass over the responses makes it; cells add into groups, groups into the organisation, parts of a file into the
whole, in any order and to the last bit. Rows are never read again to score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import PERSPECTIVES, Framework
from assessment.scoring.counting import FINEST, count
from assessment.scoring.crossing import numbered
from assessment.scoring.fielded import TENSION
from assessment.scoring.sums import Pair, Stack, Sums, added, move_of, moved
from assessment.statistics import Interval

__all__ = ["FINEST", "TENSION", "Tally", "merged", "numbered", "tally"]

CELLS = 2**13
"""Cells counted at a time: the tables of their scores are full, which takes room."""

PART = 2**20
"""Rows counted at a time: a larger table is tallied part by part, so that no copy of the whole is made."""


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
    stacks
        The sums of every dimension and perspective, dimensions of one shape together.
    together
        For the disciplines' reality scores in whole multiples of 1/`FINEST`: for each pair over respondents who have
        both, their number, the sum of the first, the sum of products. Shape (cells, disciplines, disciplines, 3).
    """

    framework: Framework
    keys: pd.DataFrame
    respondents: np.ndarray
    answers: Mapping[str, np.ndarray]
    stacks: tuple[Stack, ...]
    together: np.ndarray

    @cached_property
    def sums(self) -> Mapping[Pair, Sums]:
        """For each (dimension, perspective), and (dimension, "tension") where both perspectives were asked."""
        found = {pair: stack for stack in self.stacks for pair in stack.pairs}
        return {pair: found[pair].of(pair) for pair in self.pairs}

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs that were fielded in the framework's order, tension last of each dimension."""
        known = {pair for stack in self.stacks for pair in stack.pairs}
        every = ((one.id, which) for one in self.framework.dimensions for which in (*PERSPECTIVES, TENSION))
        return tuple(pair for pair in every if pair in known)

    @property
    def dimensions(self) -> tuple[Pair, ...]:
        """The (dimension, perspective) pairs that were fielded, tension apart."""
        return tuple(pair for pair in self.pairs if pair[1] != TENSION)

    def stacks_of(self, tension: bool) -> list[Stack]:
        """Give the stacks of tension, or all others."""
        return [stack for stack in self.stacks if (stack.pairs[0][1] == TENSION) == tension]

    @cached_property
    def distinct(self) -> bool:
        """Whether no two cells have the same values; `labelled` may have made them alike."""
        return not self.keys.duplicated().any()

    def by(self, *columns: str) -> "Tally":
        """Add cells together that share the values of `columns`; none gives the whole as one cell."""
        if columns == tuple(self.keys.columns) and self.distinct:
            return self
        if columns not in self._margins:
            self._margins[columns] = gathered([self], *numbered(self.keys[list(columns)]))
        return self._margins[columns]

    def only(self, column: str, value: str) -> "Tally":
        """Keep the cells that have a value in a column, and leave the column out."""
        kept = np.flatnonzero((self.keys[column] == value).to_numpy())
        return Tally(
            self.framework,
            self.keys.iloc[kept].drop(columns=column).reset_index(drop=True),
            self.respondents[kept],
            {name: counts[kept] for name, counts in self.answers.items()},
            tuple(stack.only(kept) for stack in self.stacks),
            self.together[kept],
        )

    @cached_property
    def _margins(self) -> dict[tuple[str, ...], "Tally"]:
        return {}  # every table of a wave asks for the same few margins

    @cached_property
    def intervals(self) -> dict[tuple[Pair, ...], Interval]:
        """Intervals of simple samples that were computed, by the pairs of a stack: tension asks for vision's too."""
        return {}

    def labelled(self, column: str, values: Sequence[str]) -> "Tally":
        """Give each cell a value in a further column."""
        return replace(self, keys=self.keys.assign(**{column: list(values)}))

    def __add__(self, other: "Tally") -> "Tally":
        """Add the tally of other responses to the same instrument; see `merged`."""
        return merged([self, other])


def merged(tallies: Iterable[Tally]) -> Tally:
    """Add the tallies of parts of the responses to one instrument, told apart by the same columns.

    Parameters
    ----------
    tallies
        One at least. Every part has the same answer columns: a column that was not fielded in one of them would make
        its respondents incomplete in the other.

    Returns
    -------
    Tally
        To the last bit that of all responses together, however they were parted and in whatever order they come;
        weighted sums are floats and equal but for rounding.

    Raises
    ------
    Faults
        When the parts have different answer columns, are told apart by different columns, or only some have weights.
    """
    parts = list(tallies)
    for other in parts[1:]:
        check_alike(parts[0], other)
    keys = pd.concat([one.keys for one in parts], ignore_index=True)
    return gathered(parts, *numbered(keys))


def check_alike(one: Tally, other: Tally) -> None:
    """Refuse to add tallies that do not speak of the same things."""
    apart = set(one.keys.columns) ^ set(other.keys.columns)
    fielded = set(one.answers) ^ set(other.answers)
    weights = {stack.sums.weighted is None for part in (one, other) for stack in part.stacks}
    names = [*sorted(apart), *sorted(fielded), *(["weight"] if len(weights) > 1 else [])]
    if names:
        refuse(Fault("parts_differ", values={"names": ", ".join(names)}))


def gathered(parts: Sequence[Tally], places: np.ndarray, keys: pd.DataFrame) -> Tally:
    """Add the cells of tallies, put one after the other, into new ones."""
    first, cells = parts[0], len(keys)
    split = np.split(places, np.cumsum([len(one.keys) for one in parts])[:-1])
    to = [move_of(one, cells) for one in split]

    def add(arrays: Sequence[np.ndarray]) -> np.ndarray:
        return moved([array[None] for array in arrays], to, cells)[0]

    return Tally(
        first.framework,
        keys.reset_index(drop=True),
        add([one.respondents for one in parts]),
        {name: add([one.answers[name] for one in parts]) for name in first.answers},
        tuple(added(stacks, to, cells) for stacks in zip(*(one.stacks for one in parts), strict=True)),
        add([one.together for one in parts]),
    )


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
    if len(responses) <= PART:
        return tally_part(responses, framework, by)
    starts = range(0, len(responses), PART)
    return merged(tally_part(responses.iloc[first : first + PART], framework, by) for first in starts)


def tally_part(responses: pd.DataFrame, framework: Framework, by: Sequence[str]) -> Tally:
    """Count as many responses as are sorted at once."""
    places, keys = numbered(responses[list(by)])
    if len(keys) > CELLS:
        share = places // CELLS
        return merged(tally_part(responses[share == one], framework, by) for one in range(share.max() + 1))
    counts = count(responses, framework, places, len(keys))
    respondents = np.bincount(places, minlength=len(keys))
    return Tally(framework, keys, respondents, counts.answers, counts.stacks, counts.together)
