"""Tables as a workspace keeps them: plain data by column, so that no reader of a foreign format stands in between."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from assessment.workspace.packing import damaged

KINDS = ("object", "str", "float64", "Int64", "int64", "bool", "boolean", "uint8")
"""The kinds of columns our tables have (`pandas.Series.dtype`)."""

ENDLESS = {"inf": float("inf"), "-inf": float("-inf")}
"""JSON has no word for them."""


def table_data(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Give a table as plain data: its columns in order, each with its kind; nothing is None.

    Parameters
    ----------
    table
        Any of our tables; its index is left behind.

    Examples
    --------
    >>> table_data(pd.DataFrame({"n": pd.array([12, None], dtype="Int64")}))
    [{'name': 'n', 'kind': 'Int64', 'values': [12, None]}]
    """
    return [{"name": name, "kind": kind(column), "values": plain(column)} for name, column in table.items()]


def kind(column: pd.Series) -> str:
    """Name the kind of a column."""
    name = str(column.dtype)
    if name not in KINDS:
        raise TypeError(f"{column.name}: {name}")  # a slip of whoever made the table
    return name


def plain(column: pd.Series) -> list:
    """Give the values of a column as JSON has them: a float reads back to the last bit."""
    values = column.astype(object).where(column.notna(), None).tolist()
    return [str(value) if value in ENDLESS.values() else value for value in values]


def table_of(data: Any, what: str) -> pd.DataFrame:
    """Make a table of what `table_data` gave.

    Parameters
    ----------
    data
        Plain data.
    what
        The part of the workspace it stands in, for the message.

    Raises
    ------
    Faults
        ``workspace_damaged`` when it is no table.
    """
    try:
        return pd.DataFrame({one["name"]: column_of(one) for one in data})
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise damaged(what, "table") from error


def column_of(data: Mapping[str, Any]) -> pd.Series:
    """Make a column."""
    name, values = data["kind"], data["values"]
    if name not in KINDS:
        raise ValueError(name)
    if name == "float64":
        values = [ENDLESS[value] if isinstance(value, str) else value for value in values]
    return pd.Series(values, dtype=name)
