"""One pass over the responses: a few thousand rows at a time, everything about them is counted, in whole numbers.

Answers stand as they are held, one byte each, a column an array. Counts by value come from bits, eight respondents a
byte; sums of products from products of matrices of floats small enough to be exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from assessment.framework.model import Framework
from assessment.responses.answers import NOT_CONCERNED
from assessment.responses.columns import AnswerColumn
from assessment.scoring.asked import Audience, answers_needed, audience
from assessment.scoring.fielded import Fielded, Sheet, fielded
from assessment.scoring.pieces import CHUNK, Chunk, Pieces, cut
from assessment.scoring.sums import Stack, Sums

FINEST = 27720
"""The least common multiple of 1 … 12: scores of up to twelve items are whole multiples of 1/FINEST."""

CROWD = 2**21
"""Places of the table of scores of one chunk at most: it bounds the pieces in a chunk."""

EXACT = {np.float32: 2**24, np.float64: 2**53}
"""Up to here floats hold every whole number."""


@dataclass(frozen=True)
class Counts:
    """What a pass gives; the parameters are those of `Tally`."""

    answers: Mapping[str, np.ndarray]
    stacks: tuple[Stack, ...]
    together: np.ndarray


def count(responses: pd.DataFrame, framework: Framework, cell: np.ndarray, cells: int) -> Counts:
    """Count the responses of each cell.

    Parameters
    ----------
    responses
        The responses table.
    framework
        The instrument.
    cell
        The cell of each row, shape (rows,).
    cells
        How many there are; each has a row.
    """
    known = fielded(responses.columns, framework)
    weight = responses["weight"].to_numpy() if "weight" in responses else None
    passing = Pass(known, audience(responses, framework), cut(cell, cells, longest(known)), cells, weight)
    return passing.counts(codes_of(responses, known.columns))


def codes_of(responses: pd.DataFrame, columns: Sequence[AnswerColumn]) -> list[np.ndarray]:
    """Give the codes of answer columns, without a copy where the table holds them next to each other."""
    places = responses.columns.get_indexer([column.name for column in columns])
    first, last = places.min(initial=len(responses.columns)), places.max(initial=-1)
    if last - first + 1 == len(places):
        together = responses.iloc[:, first : last + 1].to_numpy().T
        return [together[place - first] for place in places]
    return [responses.iloc[:, place].to_numpy() for place in places]


def longest(known: Fielded) -> int:
    """Give how many rows may be added up before products of the finest scores are rounded."""
    largest = max((sheet.shape.span - 1 for sheet in known.plain), default=1) * FINEST
    return min(max(EXACT[np.float64] // largest**2, 1), CHUNK)


@dataclass(frozen=True)
class Pass:
    """A pass over the rows of a table.

    Parameters
    ----------
    known
        What the table has of the instrument.
    people
        Who is asked what.
    pieces
        The rows, sorted and cut.
    cells
        How many cells there are.
    weight
        The rows' weights, or None.
    """

    known: Fielded
    people: Audience
    pieces: Pieces
    cells: int
    weight: np.ndarray | None

    def counts(self, codes: Sequence[np.ndarray]) -> Counts:
        """Count everything; `codes` are the columns, rows as in the table."""
        if not self.known.columns:
            return Counts({}, (), np.zeros((self.cells, 0, 0, 3), dtype=np.int64))
        sheets = (*self.known.plain, *self.known.gaps)
        ordered = self._ordered(codes)
        found = [Part(self, chunk, ordered[:, chunk.places]).counted() for chunk in self.pieces.chunks(crowd(sheets))]
        answers = self._answers(self._added([one.answers for one in found]))
        stacks = tuple(
            self._stack(sheet, [one.sheets[place] for one in found], answers) for place, sheet in enumerate(sheets)
        )
        return Counts(self._named(answers), stacks, self._added([one.together[None] for one in found])[0])

    def _ordered(self, codes: Sequence[np.ndarray]) -> np.ndarray:
        """Lay the codes out by piece, shape (columns, places)."""
        if not len(codes[0]):
            return np.zeros((len(codes), len(self.pieces.rows)), dtype=np.uint8)
        ordered = np.empty((len(codes), len(self.pieces.rows)), dtype=np.uint8)
        for row, column in zip(ordered, codes, strict=True):
            np.take(column, self.pieces.rows, out=row, mode="clip")  # the mode that needs no copy; none is beyond
        return ordered

    def _added(self, parts: Sequence[np.ndarray]) -> np.ndarray:
        return self.pieces.added(parts, self.cells)

    @cached_property
    def asked(self) -> np.ndarray:
        """Which kinds of people are asked each column, shape (columns, kinds)."""
        return self.people.asked([column.item for column in self.known.columns])

    @cached_property
    def kinds(self) -> np.ndarray:
        """How many people of each kind each cell has, shape (cells, kinds)."""
        cell, size = np.empty(len(self.people.kind), dtype=np.int64), len(self.people.kinds)
        cell[self.pieces.rows[self.pieces.real]] = np.repeat(self.pieces.cell, self.pieces.size)
        places = cell * size + self.people.kind
        return np.bincount(places, minlength=self.cells * size).reshape(self.cells, size)

    @cached_property
    def reversed(self) -> tuple[int, ...]:
        """Numbers of the columns whose values are turned."""
        return tuple(number for number, column in enumerate(self.known.columns) if column.item.reverse)

    @cached_property
    def kind(self) -> np.ndarray:
        """The kind of person at each place, shape (places,)."""
        return self.people.kind[self.pieces.rows]

    @cached_property
    def patterns(self) -> tuple[np.ndarray, np.ndarray]:
        """The ways in which columns are asked, shape (patterns, kinds), and that of each column."""
        return np.unique(self.asked, axis=0, return_inverse=True)

    def _answers(self, given: np.ndarray) -> np.ndarray:
        """Add to the counts of answers, (columns, cells, options + 1), those of missing ones, among those asked."""
        asked = (self.kinds @ self.asked.T).T
        return np.concatenate([(asked - given.sum(axis=2))[:, :, None], given], axis=2)

    def _named(self, answers: np.ndarray) -> dict[str, np.ndarray]:
        """Give each column's counts under its name: missing, its answers, not concerned."""
        options = [column.scale.options for column in self.known.columns]
        cut = {most: answers if most + 2 == answers.shape[2] else trimmed(answers, most) for most in set(options)}
        names = (column.name for column in self.known.columns)
        return {name: cut[most][number] for number, (name, most) in enumerate(zip(names, options, strict=True))}

    def _stack(self, sheet: Sheet, parts: Sequence[Mapping[str, np.ndarray]], answers: np.ndarray) -> Stack:
        """Put what the chunks gave of a sheet together."""
        columns = np.array(sheet.columns)
        added = {name: self._added([part[name] for part in parts]) for name in parts[0]}
        if not sheet.vision:
            own = answers[columns].sum(axis=1)
            added |= {"given": own[..., 1:-1].sum(axis=-1), "na": own[..., -1]}
        asked = self.asked[columns]
        added["asked"] = (self.kinds @ asked.any(axis=1).T).T
        added["missing"] = (self.kinds @ asked.sum(axis=1).T).T - added["given"] - added["na"]
        # laid out in one way, for floats made of them are added up in the order of memory
        flat = {name: np.ascontiguousarray(array.reshape(-1, *array.shape[2:])) for name, array in added.items()}
        full = flat.pop("scores")
        filled = full != 0
        keys, cell = np.flatnonzero(filled), np.repeat(np.arange(len(full)), filled.sum(axis=1))
        scores = sheet.shape.scores(cell, keys - cell * sheet.shape.places, full.ravel()[keys].astype(np.int64))
        sums = Sums(sheet.items[0], sheet.shape.span, sheet.shape.shift, scores=scores, **flat)
        return Stack(sheet.shape, sheet.pairs, sheet.items, self.cells, sums)


def trimmed(answers: np.ndarray, most: int) -> np.ndarray:
    """Leave out the answers that columns with fewer options do not have."""
    return np.ascontiguousarray(answers[:, :, [*range(most + 1), -1]])


def crowd(sheets: Sequence[Sheet]) -> int:
    """Give how many pieces may be counted together."""
    return max(CROWD // max((len(one.pairs) * one.shape.places for one in sheets), default=1), 1)


@dataclass(frozen=True)
class CountedChunk:
    """What a chunk gives: answers (columns, pieces, options + 1), its sheets, how disciplines go together."""

    answers: np.ndarray
    sheets: Sequence[Mapping[str, np.ndarray]]
    together: np.ndarray


@dataclass(frozen=True)
class Part:
    """A chunk of rows while it is counted.

    Parameters
    ----------
    whole
        The pass it is a part of.
    chunk
        Its pieces.
    codes
        Its codes, shape (columns, rows).
    """

    whole: Pass
    chunk: Chunk
    codes: np.ndarray

    def counted(self) -> CountedChunk:
        """Count everything about these rows."""
        plain = [self.plain(sheet) for sheet in self.whole.known.plain]
        values = [*plain, *(self.gaps(sheet) for sheet in self.whole.known.gaps)]
        answers = self.chunk.bits(self.planes)  # the answers from the lowest, not concerned
        return CountedChunk(np.moveaxis(answers, 0, 2), [one.counted() for one in values], self.together(plain))

    @cached_property
    def raw(self) -> np.ndarray:
        """Answers counted from 0 as they were given; 255 missing, 254 not concerned."""
        return self.codes - np.uint8(1)

    @cached_property
    def asked(self) -> np.ndarray:
        """Where a column is asked; one row for all columns where everybody is asked everything."""
        real = self.whole.pieces.real[self.chunk.places]
        ways, way = self.whole.patterns
        if ways.all():
            return real[None]
        return (ways[:, self.whole.kind[self.chunk.places]] & real)[way]

    @cached_property
    def answered(self) -> np.ndarray:
        """Where a column is asked and answered."""
        options = np.array([column.scale.options for column in self.whole.known.columns], dtype=np.uint8)
        return (self.raw < options[:, None]) & self.asked

    @cached_property
    def planes(self) -> np.ndarray:
        """Who gave each answer, and "not concerned", a bit a row: shape (options + 1, columns, bytes)."""
        marks = [*range(max(column.scale.options for column in self.whole.known.columns)), NOT_CONCERNED - 1]
        planes = np.stack([np.packbits(self.raw == mark, axis=-1) for mark in marks])
        planes &= np.packbits(self.asked, axis=-1)
        return planes

    @cached_property
    def values(self) -> np.ndarray:
        """Answers counted from 0, reversed where the item is; anything where there is none."""
        values = self.raw.copy() if self.whole.reversed else self.raw
        for column in self.whole.reversed:
            np.subtract(self.whole.known.columns[column].scale.options - 1, values[column], out=values[column])
        return values

    def plain(self, sheet: Sheet) -> "Values":
        """Give the values of dimensions under a perspective."""
        first, last = sheet.columns[0][0], sheet.columns[-1][-1] + 1
        size = (len(sheet.pairs), sheet.shape.items, -1)
        values, answered = (array[first:last].reshape(size) for array in (self.values, self.answered))
        return Values(self, sheet, values, answered)

    def gaps(self, sheet: Sheet) -> "Values":
        """Give vision − reality, counted from 0, of dimensions asked under both."""
        reality, vision = np.array(sheet.columns), np.array(sheet.vision)
        kind = np.uint8 if sheet.shape.span <= 2**8 else np.uint16
        values = self.values[vision].astype(kind, copy=False) - self.values[reality] + kind(-sheet.shape.shift)
        return Values(self, sheet, values, self.answered[vision] & self.answered[reality])

    def together(self, values: Sequence["Values"]) -> np.ndarray:
        """Count how the disciplines' reality scores go together, shape (pieces, disciplines, disciplines, 3)."""
        disciplines = self.whole.known.disciplines
        size = len(disciplines)
        both = np.empty((2 * size, len(self.codes[0])))
        for one in values:
            own = [place for place, pair in enumerate(one.sheet.pairs) if pair in disciplines]
            to = np.array([disciplines.index(one.sheet.pairs[place]) for place in own], dtype=np.intp)
            both[to], both[size + to] = one.whole_scores(own), one.scored[own]
        products = self.chunk.products(both[None], np.float64)[0]
        return np.stack([products[:, size:, size:], products[:, :size, size:], products[:, :size, :size]], axis=-1)


@dataclass(frozen=True)
class Values:
    """The values of dimensions of one shape in a chunk of rows.

    Parameters
    ----------
    part
        The chunk.
    sheet
        The dimensions.
    value
        Counted from 0, anything where not answered, shape (pairs, items, rows).
    answered
        Where there is one, the same shape.
    """

    part: Part
    sheet: Sheet
    value: np.ndarray
    answered: np.ndarray

    @cached_property
    def given(self) -> np.ndarray:
        """How many items each respondent answered, shape (pairs, rows)."""
        return np.add.reduce(self.answered.view(np.uint8), axis=1, dtype=kind_for(self.sheet.shape.items))

    @cached_property
    def total(self) -> np.ndarray:
        """What the answered items add up to, shape (pairs, rows)."""
        return np.add.reduce(where(self.value, self.answered), axis=1, dtype=kind_for(self.sheet.shape.width))

    @cached_property
    def scored(self) -> np.ndarray:
        """Who answered enough, shape (pairs, rows)."""
        whole = self.part.whole
        needed = answers_needed(whole.asked[np.array(self.sheet.columns)].sum(axis=1))
        if len(whole.people.kinds) > 1:
            needed = needed[:, whole.kind[self.part.chunk.places]]
        return self.given >= needed.astype(self.given.dtype)

    @cached_property
    def complete(self) -> np.ndarray:
        """Who was asked every item and answered every item, shape (pairs, rows)."""
        return self.given == self.sheet.shape.items

    def whole_scores(self, pairs: Sequence[int]) -> np.ndarray:
        """Give the scores of some pairs from 0 in multiples of 1/`FINEST`, 0 where there is none, (pairs, rows)."""
        finest = np.multiply(self.total[pairs], self.scored[pairs] * float(FINEST))
        return np.rint(np.divide(finest, np.maximum(self.given[pairs], 1), out=finest), out=finest)

    def counted(self) -> Mapping[str, np.ndarray]:
        """Count these dimensions within the pieces: the arrays of `Sums`, the pieces as second axis."""
        arrays = {"complete": self.by_value(), "cross": self.cross(), "scores": self.by_score()}
        if self.sheet.vision:
            arrays |= self.in_both()
        if self.part.whole.weight is not None:
            arrays["weighted"] = self.weighted()
        return arrays

    def by_value(self) -> np.ndarray:
        """Count the complete by the value of each item, shape (pairs, pieces, items, span)."""
        planes = self.planes & np.packbits(self.complete, axis=-1)[:, None]
        return np.transpose(self.part.chunk.bits(planes), (1, 3, 2, 0))

    @property
    def planes(self) -> np.ndarray:
        """Who has each value, a bit a row: shape (span, pairs, items, bytes)."""
        if self.sheet.vision or self.part.whole.reversed:
            return np.stack([np.packbits(self.value == one, axis=-1) for one in range(self.sheet.shape.span)])
        first, last = self.sheet.columns[0][0], self.sheet.columns[-1][-1] + 1
        planes = self.part.planes[: self.sheet.shape.span, first:last]
        return planes.reshape(len(planes), *self.value.shape[:2], -1)

    def cross(self) -> np.ndarray:
        """Add the products of items over the complete, shape (pairs, pieces, items, items)."""
        largest = (self.sheet.shape.span - 1) ** 2 * len(self.part.codes[0])
        kind = np.float32 if largest < EXACT[np.float32] else np.float64
        return self.part.chunk.products(where(self.value, self.complete[:, None]), kind)

    def in_both(self) -> dict[str, np.ndarray]:
        """Count what was given under both perspectives and what was not concerned under one, shape (pairs, pieces)."""
        na = self.part.planes[-1]
        either = na[np.array(self.sheet.columns)] | na[np.array(self.sheet.vision)]
        return {"given": self.part.chunk.summed(self.given), "na": self.part.chunk.bits(either).sum(axis=1)}

    def by_score(self) -> np.ndarray:
        """Count respondents by items answered and total, in one number, shape (pairs, pieces, places)."""
        shape, chunk, pairs = self.sheet.shape, self.part.chunk, len(self.given)
        pieces, kind = chunk.last - chunk.first, kind_for(2 * shape.places)
        own = where(shape.start(self.given.astype(kind)) + self.total, self.scored)
        place = np.add(own, np.repeat(np.arange(pieces) * shape.places, chunk.sizes), dtype=np.intp)
        place += (np.arange(pairs) * (pieces * shape.places))[:, None]
        full = np.bincount(place.ravel(), minlength=pairs * pieces * shape.places)
        full[:: shape.places] = 0  # those without a score
        return full.astype(np.int32).reshape(pairs, pieces, shape.places)

    def weighted(self) -> np.ndarray:
        """Add weights and scores, shape (pairs, pieces, 5)."""
        whole, places = self.part.whole, self.part.chunk.places
        weight = whole.weight[whole.pieces.rows[places]] * self.scored
        value = self.total / np.maximum(self.given, 1)
        parts = (weight, weight * value, weight**2, weight**2 * value, (weight * value) ** 2)
        return np.stack([self.part.chunk.summed(part, np.float64) for part in parts], axis=-1)


def where(values: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Set whole numbers to 0 but where they are kept."""
    ones = kept.view(np.uint8) if values.dtype == np.uint8 else kept.astype(values.dtype)
    return values & np.negative(ones)  # all bits set, or none


def kind_for(most: int) -> type:
    """Give the smallest type of whole numbers that holds all up to here."""
    return next(kind for kind in (np.uint8, np.uint16, np.uint32) if most <= np.iinfo(kind).max)
