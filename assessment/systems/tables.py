"""Tables with declared columns: texts stay texts and None stays None, also where a table is empty."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd


def table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str], **dtypes: Any) -> pd.DataFrame:
    """Lay rows out as a table.

    Parameters
    ----------
    rows
        One mapping a row; a column it lacks is None (NaN in a column of numbers).
    columns
        The columns, in order.
    dtypes
        The type of columns that hold no texts: ``bool``, ``int``, ``float``.

    Examples
    --------
    >>> table([{"id": "a"}, {"id": None, "n": 2}], ("id", "n"), n=float).values.tolist()
    [['a', nan], [None, 2.0]]
    """
    rows = list(rows)
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=dtypes.get(name, object)) for name in columns},
        columns=list(columns),
    )
