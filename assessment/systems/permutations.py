"""Who would be where by chance: the labels of actors dealt out anew, many times at once."""

from collections.abc import Iterator

import numpy as np

PERMUTATIONS = 5_000
SEED = 1

CELLS = 4_000_000
"""Cells dealt at a time."""

BYTE = 255
"""Most that a byte counts: ties compared at a time."""

SURE = 0.05
"""Share of permutations at most as extreme below which something is told as more than chance."""


def dealt(codes: np.ndarray, permutations: int, seed: int) -> Iterator[np.ndarray]:
    """Deal labels out anew.

    Parameters
    ----------
    codes : ndarray, shape (n,)
        Whole numbers, one an actor.
    permutations
        How often.
    seed
        Draws them; the same seed gives the same permutations whatever the size of the blocks.

    Yields
    ------
    ndarray, shape (n, b)
        One column is one permutation of the labels: rows stay together in memory, so that what is tied is compared by
        whole rows.

    Examples
    --------
    >>> block, = dealt(np.array([0, 0, 1]), 4, seed=1)
    >>> block.shape, block.sum(axis=0).tolist()
    ((3, 4), [1, 1, 1, 1])
    """
    random = np.random.default_rng(seed)
    small, wide = np.min_scalar_type(int(codes.max(initial=0))), codes.astype(np.int64)  # wide ones are dealt sooner
    width = max(1, CELLS // max(1, len(codes)))
    for first in range(0, permutations, width):
        many = np.tile(wide, (min(width, permutations - first), 1))
        yield np.ascontiguousarray(random.permuted(many, axis=1, out=many).T.astype(small))


def inside(block: np.ndarray, tails: np.ndarray, heads: np.ndarray) -> np.ndarray:
    """Count, in each permutation, the ties whose ends have the same label."""
    count = np.zeros(block.shape[1], np.int64)
    one, other = np.empty((2, BYTE, block.shape[1]), block.dtype)
    for first in range(0, len(tails), BYTE):
        here = slice(first, first + BYTE)
        few = len(tails[here])
        np.take(block, tails[here], axis=0, out=one[:few], mode="clip")  # clip: straight into the array
        np.take(block, heads[here], axis=0, out=other[:few], mode="clip")
        count += np.add.reduce(one[:few] == other[:few], axis=0, dtype=np.uint8)
    return count


def spread(values: np.ndarray) -> tuple[float, float]:
    """Give the mean and standard deviation of a statistic over permutations; NaN where there is none."""
    if not len(values) or np.isnan(values).any():
        return np.nan, np.nan
    return float(values.mean()), float(values.std(ddof=1)) if len(values) > 1 else np.nan
