"""What a table of responses has of an instrument: the answer columns, in the order in which they are counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from assessment.framework.model import PERSPECTIVES, Framework
from assessment.responses.columns import AnswerColumn, answer_columns
from assessment.scoring.sums import Pair, Shape

TENSION = "tension"


@dataclass(frozen=True)
class Sheet:
    """Dimensions and perspectives whose sums have one shape.

    Parameters
    ----------
    shape
        What they have in common.
    pairs
        Dimension and perspective, or dimension and "tension".
    items
        Ids of the items of each.
    columns
        Numbers of their columns; for gaps those of reality.
    vision
        Numbers of the columns of vision; none unless the sheet is of gaps.
    """

    shape: Shape
    pairs: tuple[Pair, ...]
    items: tuple[tuple[str, ...], ...]
    columns: tuple[tuple[int, ...], ...]
    vision: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Fielded:
    """The answer columns of a table, those of one shape next to each other, the unscored last.

    Parameters
    ----------
    framework
        The instrument.
    columns
        Answer columns.
    """

    framework: Framework
    columns: tuple[AnswerColumn, ...]

    @cached_property
    def plain(self) -> tuple[Sheet, ...]:
        """The dimensions under each perspective; the columns of a sheet follow each other."""
        found: dict[Shape, list] = {}
        for pair, own in self._scored.items():
            found.setdefault(shape_of([self.columns[one] for one in own]), []).append((pair, self._ids(own), own))
        return tuple(Sheet(shape, *map(tuple, zip(*places, strict=True))) for shape, places in found.items())

    @cached_property
    def gaps(self) -> tuple[Sheet, ...]:
        """The dimensions with items fielded under both perspectives."""
        found: dict[Shape, list] = {}
        for dimension in self.framework.dimensions:
            reality, vision = (self._scored.get((dimension.id, one), ()) for one in PERSPECTIVES)
            wished = dict(zip(self._ids(vision), vision, strict=True))
            both = tuple(one for one in reality if self.columns[one].item.id in wished)
            if both:
                ids, options = self._ids(both), self.columns[both[0]].scale.options
                shape = Shape(len(both), 2 * options - 1, 1 - options)
                place = (dimension.id, TENSION), ids, both, tuple(wished[one] for one in ids)
                found.setdefault(shape, []).append(place)
        return tuple(Sheet(shape, *map(tuple, zip(*places, strict=True))) for shape, places in found.items())

    @cached_property
    def order(self) -> tuple[Pair, ...]:
        """Every pair in the framework's order, tension last of each dimension."""
        known = {pair for sheet in (*self.plain, *self.gaps) for pair in sheet.pairs}
        every = [(one.id, which) for one in self.framework.dimensions for which in (*PERSPECTIVES, TENSION)]
        return tuple(pair for pair in every if pair in known)

    @cached_property
    def disciplines(self) -> tuple[Pair, ...]:
        """The disciplines' reality."""
        reach = [(one.id, "reality") for one in self.framework.dimensions if one.reach]
        return tuple(pair for pair in reach if pair in self._scored)

    @cached_property
    def _scored(self) -> Mapping[Pair, tuple[int, ...]]:
        found: dict[Pair, list[int]] = {}
        for number, column in enumerate(self.columns):
            if column.item.scored:
                found.setdefault((column.item.dimension, column.perspective), []).append(number)
        return {pair: tuple(own) for pair, own in found.items()}

    def _ids(self, columns: Sequence[int]) -> tuple[str, ...]:
        return tuple(self.columns[number].item.id for number in columns)


def fielded(headings: pd.Index, framework: Framework) -> Fielded:
    """Say what a table with these headings has of an instrument.

    Parameters
    ----------
    headings
        The table's headings.
    framework
        The instrument.
    """
    present = set(headings)
    groups: dict[tuple, list[AnswerColumn]] = {}
    for column in answer_columns(framework):
        if column.name in present:
            groups.setdefault((column.item.scored, column.item.dimension, column.perspective), []).append(column)
    shapes: dict[tuple, list[AnswerColumn]] = {}
    for (scored, *_), columns in groups.items():
        shapes.setdefault((not scored, shape_of(columns) if scored else None), []).extend(columns)
    ordered = sorted(shapes.items(), key=lambda one: one[0][0])
    return Fielded(framework, tuple(column for _, columns in ordered for column in columns))


def shape_of(columns: Sequence[AnswerColumn]) -> Shape:
    """Give the shape of the sums of one dimension's columns under one perspective."""
    return Shape(len(columns), columns[0].scale.options, columns[0].scale.low)
