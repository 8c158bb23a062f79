"""A cell becomes an answer, held as a small whole number: answer − low + 1; 0 missing, 255 not concerned.

Each distinct value of a column is read once, however many rows carry it.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from assessment.faults import Fault
from assessment.framework.model import AnswerScale
from assessment.responses.columns import AnswerColumn

MISSING = 0
NOT_CONCERNED = 255
NOT_CONCERNED_MARK = "na"
MISSING_MARKS = ("NA", "N/A", "NaN", "#N/A", "nan", "NULL", "null", "None")
"""What other software writes for a missing answer: refused unless named, for it may be a not concerned."""

DECIMAL = re.compile(r"[-+]?\d+([.,])\d+")


def read_answer(value: Any, scale: AnswerScale, missing: Collection[str] = ()) -> int | Fault:
    """Read one value: its code, or a fault without a place.

    Parameters
    ----------
    value
        A text, a number or None as a file holds it.
    scale
        The answers allowed.
    missing
        Marks that stand for a missing answer.

    Examples
    --------
    >>> scale = AnswerScale(0, 4)
    >>> read_answer("0", scale), read_answer("", scale), read_answer("na", scale)
    (1, 0, 255)
    >>> read_answer("2,5", scale).code
    'answer_decimal_comma'
    """
    text = "" if value is None else str(value).strip()
    if text == "" or text in missing:
        return MISSING
    if text == NOT_CONCERNED_MARK:
        return NOT_CONCERNED
    number = whole_number(text)
    if number is None:
        return Fault(why_no_number(text), values={"value": text, "low": scale.low, "high": scale.high})
    if not scale.low <= number <= scale.high:
        return Fault("answer_out_of_range", values={"value": text, "low": scale.low, "high": scale.high})
    return number - scale.low + 1


def write_answer(code: int, scale: AnswerScale) -> str:
    """Write a code as the contract does: what `read_answer` reads.

    Examples
    --------
    >>> scale = AnswerScale(0, 4)
    >>> [write_answer(code, scale) for code in (MISSING, 1, 5, NOT_CONCERNED)]
    ['', '0', '4', 'na']
    """
    if code == MISSING:
        return ""
    return NOT_CONCERNED_MARK if code == NOT_CONCERNED else str(code + scale.low - 1)


def whole_number(text: str) -> int | None:
    """Read a whole number, also written 4.0 as software does that knows no whole numbers with holes."""
    match = re.fullmatch(r"([-+]?[0-9]{1,9})(\.0+)?", text)
    return int(match[1]) if match else None


def why_no_number(text: str) -> str:
    """Say why a text is no whole number."""
    if text in MISSING_MARKS:
        return "answer_missing_mark"
    if re.fullmatch(r"[-+]?[0-9]+", text):
        return "answer_out_of_range"
    decimal = DECIMAL.fullmatch(text)
    if decimal:
        return "answer_decimal_comma" if decimal[1] == "," else "answer_decimal"
    return "answer_text"


def read_answers(cells: pd.Series, column: AnswerColumn, missing: Collection[str]) -> tuple[np.ndarray, list[Fault]]:
    """Read one column: its codes, and a fault for each cell that is no answer.

    Parameters
    ----------
    cells
        One cell a row, indexed by the row's number in the sheet.
    column
        The item, its perspective and its answers.
    missing
        Marks that stand for a missing answer.

    Returns
    -------
    tuple
        ``uint8`` codes (missing where the cell is wrong), and the faults in row order.
    """
    numbers, values = numbered(cells)
    read = [read_answer(value, column.scale, missing) for value in values]
    codes = np.array([one if isinstance(one, int) else MISSING for one in (*read, MISSING)], dtype=np.uint8)
    return looked_up(codes, numbers), list(faults_of(cells, numbers, read, column))


def numbered(cells: pd.Series) -> tuple[np.ndarray, list]:
    """Number the distinct values of a column: the number of each cell (−1 for nothing), and the values."""
    if isinstance(cells.dtype, pd.CategoricalDtype):
        return cells.array.codes, cells.cat.categories.tolist()
    try:
        numbers, values = pd.factorize(cells, use_na_sentinel=True)
    except TypeError:  # lists and the like, in a table made by hand: told as the texts they look like
        numbers, values = pd.factorize(cells.astype("str"), use_na_sentinel=True)
    return numbers, list(values)


def faults_of(
    cells: pd.Series, numbers: np.ndarray, read: Sequence[int | Fault], column: AnswerColumn
) -> Iterator[Fault]:
    """Yield a fault for each cell that is no answer, in row order."""
    wrong = np.array([isinstance(one, Fault) for one in (*read, MISSING)])
    if not wrong.any():
        return
    for position in np.flatnonzero(wrong[numbers]):
        fault = read[numbers[position]]
        place = {"row": int(cells.index[position]), "column": cells.name, "item": column.item.id}
        yield Fault(fault.code, place, fault.values)


def looked_up(table: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """Put what stands in a table in place of numbers; its last is that of −1.

    Examples
    --------
    >>> looked_up(np.array([2, 1, 9]), np.array([0, 1, -1, 0], dtype="int8")).tolist()
    [2, 1, 9, 2]
    """
    small = table.dtype.itemsize == 1 or table.max() <= np.iinfo(np.int8).max
    if numbers.dtype != np.int8 or not small:
        return table[numbers]
    # bytes are exchanged for bytes all at once, far faster than NumPy looks them up
    kind = table.dtype if table.dtype.itemsize == 1 else np.dtype(np.int8)
    full = np.full(256, table[-1], dtype=kind)
    full[: len(table) - 1] = table[:-1]
    return np.frombuffer(numbers.tobytes().translate(full.tobytes()), dtype=kind)
