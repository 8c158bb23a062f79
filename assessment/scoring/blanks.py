"""What is not there: in a column of words it is None, whatever pandas made of it on the way."""

from collections.abc import Sequence

import numpy as np
import pandas as pd


def with_none(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table whose columns of words, those it has, are objects, None where there is none.

    Examples
    --------
    >>> with_none(pd.DataFrame({"reason": ["confidential", float("nan")]}), ["reason"])["reason"].tolist()
    ['confidential', None]
    """
    words = {name: table[name].astype(object).where(table[name].notna(), None) for name in columns if name in table}
    return table.assign(**words)


def first_of(words: np.ndarray, *others: np.ndarray) -> np.ndarray:
    """Give the first word there is, in each place.

    Examples
    --------
    >>> first_of(np.array([None, "few"], dtype=object), np.array(["alone", "alone"], dtype=object)).tolist()
    ['alone', 'few']
    """
    for more in others:
        words = np.where(pd.isna(words), more, words)
    return words
