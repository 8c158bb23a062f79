"""What is not there: in a column of words it is None, whatever pandas made of it on the way."""

from collections.abc import Sequence

import pandas as pd


def with_none(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return a table whose columns of words are objects, None where there is none.

    Examples
    --------
    >>> with_none(pd.DataFrame({"reason": ["confidential", float("nan")]}), ["reason"])["reason"].tolist()
    ['confidential', None]
    """
    words = {name: table[name].astype(object).where(table[name].notna(), None) for name in columns}
    return table.assign(**words)
