"""Rows sorted by cell once and cut in pieces that a processor's cache holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CHUNK = 4096
"""Rows counted at a time: what is made of them stays in the cache."""

WORDS = (np.uint64, np.uint32, np.uint16)


@dataclass(frozen=True)
class Pieces:
    """Rows sorted by cell and cut in pieces, each of one cell and filled up to whole words of bits.

    Parameters
    ----------
    cell
        The cell of each piece, ascending, shape (pieces,).
    size
        Rows of each piece, shape (pieces,).
    start
        Where each piece starts among the places; a last entry is their number, shape (pieces + 1,).
    rows
        Which row stands at each place, shape (places,).
    real
        Whether a row stands at a place; the other places only fill up, shape (places,).
    word
        Type of a word of bits: its bits divide every start.
    """

    cell: np.ndarray
    size: np.ndarray
    start: np.ndarray
    rows: np.ndarray
    real: np.ndarray
    word: type

    def chunks(self, most: int) -> Iterator["Chunk"]:
        """Yield runs of pieces that are counted together, `most` of them at most."""
        first, end = 0, len(self.cell)
        while first < end:
            last = int(np.searchsorted(self.start, self.start[first] + CHUNK, side="right")) - 1
            last = min(max(last, first + 1), first + most, end)
            yield Chunk(self, first, last)
            first = last

    def added(self, parts: Sequence[np.ndarray], cells: int) -> np.ndarray:
        """Add the counts of the chunks' pieces up to cells; pieces are the second axis."""
        every = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        if len(self.cell) == cells:
            return every
        return np.add.reduceat(every, np.searchsorted(self.cell, np.arange(max(cells, 1))), axis=1)[:, :cells]


@dataclass(frozen=True)
class Chunk:
    """A run of pieces: from `first` to before `last`."""

    pieces: Pieces
    first: int
    last: int

    @property
    def places(self) -> slice:
        """Where its rows stand."""
        return slice(int(self.pieces.start[self.first]), int(self.pieces.start[self.last]))

    @property
    def starts(self) -> np.ndarray:
        """Where its pieces start among its rows."""
        return self.pieces.start[self.first : self.last] - self.pieces.start[self.first]

    @property
    def sizes(self) -> np.ndarray:
        """How many places each of its pieces has."""
        return np.diff(self.pieces.start[self.first : self.last + 1])

    @property
    def edges(self) -> list[int]:
        """Where its pieces start and end among its rows."""
        return (self.pieces.start[self.first : self.last + 1] - self.pieces.start[self.first]).tolist()

    def summed(self, quantity: np.ndarray, kind: type = np.int64) -> np.ndarray:
        """Add a quantity of every row within the pieces; rows are the last axis."""
        return np.add.reduceat(quantity, self.starts, axis=-1, dtype=kind)

    def bits(self, planes: np.ndarray) -> np.ndarray:
        """Count the bits that are set within the pieces; eight rows a byte on the last axis."""
        word = np.dtype(self.pieces.word)
        counts = np.bitwise_count(planes.view(word))
        return np.add.reduceat(counts, self.starts // (8 * word.itemsize), axis=-1, dtype=np.int64)

    def products(self, values: np.ndarray, kind: type) -> np.ndarray:
        """Add the products of every two items within the pieces.

        Parameters
        ----------
        values
            Whole numbers, shape (tables, items, rows).
        kind
            Type of float whose whole numbers are exact up to the sums.

        Returns
        -------
        numpy.ndarray
            Shape (tables, pieces, items, items).
        """
        tables, items, _ = values.shape
        edges = self.edges
        result = np.empty((tables, len(edges) - 1, items, items + 1), dtype=kind)
        for piece in range(len(edges) - 1):
            first, last = edges[piece : piece + 2]
            # One row more on one side: of an array and its own transpose NumPy takes the symmetric product, several
            # times slower than the general one on tables as flat as these.
            part = np.zeros((tables, items + 1, last - first), dtype=kind)
            part[:, :items] = values[:, :, first:last]
            np.matmul(part[:, :items], part.swapaxes(1, 2), out=result[:, piece])
        return result[..., :items].astype(np.int64)


def cut(cell: np.ndarray, cells: int, longest: int) -> Pieces:
    """Sort rows by cell and cut them in pieces.

    Parameters
    ----------
    cell
        The cell of each row, shape (rows,).
    cells
        How many there are; a cell without rows has an empty piece.
    longest
        Rows of a piece at most.

    Examples
    --------
    >>> pieces = cut(np.array([1, 0, 1]), 2, longest=8)
    >>> pieces.start.tolist(), pieces.rows[pieces.real].tolist()
    ([0, 8, 16], [1, 0, 2])
    """
    sizes = np.bincount(cell, minlength=max(cells, 1))
    number = np.maximum(-(-sizes // longest), 1)
    owner = np.repeat(np.arange(len(sizes)), number)
    within = np.arange(len(owner)) - np.repeat(np.cumsum(number) - number, number)
    size = np.minimum(sizes[owner] - within * longest, longest)
    word = word_for(len(cell), len(owner))
    bits = 8 * np.dtype(word).itemsize
    start = np.concatenate([[0], np.cumsum(np.maximum(-(-size // bits), 1) * bits)])
    place = np.arange(len(cell)) + np.repeat(start[:-1] - (np.cumsum(size) - size), size)
    rows, real = np.zeros(start[-1], dtype=np.intp), np.zeros(start[-1], dtype=bool)
    rows[place], real[place] = sorted_order(cell, cells), True
    return Pieces(owner, size, start, rows, real, word)


def word_for(rows: int, pieces: int) -> type:
    """Choose the longest word that at most doubles the rows by filling up, bytes at the least."""
    return next((word for word in WORDS if pieces * 8 * np.dtype(word).itemsize <= rows), np.uint8)


def sorted_order(cell: np.ndarray, cells: int) -> np.ndarray:
    """Give the order that sorts rows by cell, those of one cell as they stand: by radix, 16 bits at a time."""
    order = np.argsort(cell.astype(np.uint16), kind="stable")
    if cells <= 2**16:
        return order
    return order[np.argsort((cell[order] >> 16).astype(np.uint16), kind="stable")]
