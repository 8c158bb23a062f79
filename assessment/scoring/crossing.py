"""Rows numbered by the values of a few columns: the cells of a tally, the kinds of people."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from assessment.responses.waves import natural_key

SPARSE = 2**12
"""Numbers up to here are always counted, not sorted."""


def numbered(keys: pd.DataFrame) -> tuple[np.ndarray, pd.DataFrame]:
    """Number the distinct rows of a table in natural order, those without a value last.

    Parameters
    ----------
    keys
        Texts; ``""`` = none.

    Returns
    -------
    tuple
        The number of each row, and the distinct rows in order; one without any value for a table without columns.

    Examples
    --------
    >>> places, distinct = numbered(pd.DataFrame({"unit": ["T10", "", "T9", "T10"]}))
    >>> places.tolist(), distinct["unit"].tolist()
    ([1, 2, 0, 1], ['T9', 'T10', ''])
    """
    if not len(keys.columns):
        return np.zeros(len(keys), dtype=np.int64), pd.DataFrame(index=range(1))
    places, values = crossed([keys[name] for name in keys])
    return places, pd.DataFrame({name: pd.array(own, dtype="str") for name, own in zip(keys, values, strict=True)})


def crossed(columns: Sequence[pd.Series]) -> tuple[np.ndarray, list[np.ndarray]]:
    """Number the combinations of values that occur in natural order; give the value of each in every column."""
    places, parts = np.zeros(len(columns[0]), dtype=np.int64), []
    for column in columns:
        own, values = ranked(column)
        places, distinct = closed(places * len(values) + own)
        before, last = np.divmod(distinct, max(len(values), 1))
        parts = [*(part[before] for part in parts), values[last]]
    return places, parts


def ranked(column: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct values of a column in natural order, none last."""
    places, values = pd.factorize(column)
    names = list(values)
    order = sorted(range(len(names)), key=lambda place: (not names[place], natural_key(names[place])))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return rank[places], np.array(names, dtype=object)[order]


def closed(numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Number the whole numbers that occur from 0 on, in their order; and give them."""
    if numbers.max(initial=0) > 4 * len(numbers) + SPARSE:
        distinct, places = np.unique(numbers, return_inverse=True)
        return places, distinct
    occurs = np.bincount(numbers) > 0
    return (np.cumsum(occurs) - 1)[numbers], np.flatnonzero(occurs)
