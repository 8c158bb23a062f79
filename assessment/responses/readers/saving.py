"""Responses as the contract's file: what `load_responses` reads back."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assessment.documents.safe_csv import csv_text, harmless, quoted
from assessment.framework.model import Framework
from assessment.responses.answers import NOT_CONCERNED, write_answer
from assessment.responses.columns import AnswerColumn, accepted_headings

ROWS = 2**12
"""Written at a time."""


def responses_csv(responses: pd.DataFrame, framework: Framework) -> bytes:
    r"""Write the responses table as a CSV file (UTF-8, comma); no cell is a formula to a spreadsheet.

    Parameters
    ----------
    responses
        The responses table. Reserved columns that are empty throughout are left out.
    framework
        Its instrument.

    Notes
    -----
    **Missing answers**: an empty cell; "not concerned" is ``na``.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> table = pd.DataFrame({"unit": ["=1+1", ""], "wave": ["", ""], "pm_01.reality": [2, 255]})
    >>> responses_csv(table, framework).decode()
    "unit,pm_01.reality\n'=1+1,2\n,na\n"
    """
    answers = accepted_headings(framework)
    names = [name for name in responses.columns if name in answers or is_filled(responses[name])]
    cells = [
        AnswerRun(responses[run], [answers[name] for name in run])
        if run[0] in answers
        else text_cells(responses[run[0]])
        for run in runs(names, answers)
    ]
    lines = [",".join(quoted(harmless(name)) for name in names)]
    for start in range(0, len(responses), ROWS):
        pieces = [one[start : start + ROWS] for one in cells]
        lines += pc.binary_join_element_wise(*pieces, ",").to_pylist()
    return ("\n".join(lines) + "\n").encode()


def is_filled(column: pd.Series) -> bool:
    """Say whether a column says anything."""
    return any(value not in ("", None) and value == value for value in column.unique().tolist())


def runs(names: Sequence[str], answers: Collection[str]) -> Iterator[list[str]]:
    """Yield columns of answers that stand side by side together, any other column alone.

    Examples
    --------
    >>> list(runs(["unit", "role", "a", "b", "site"], {"a", "b"}))
    [['unit'], ['role'], ['a', 'b'], ['site']]
    """
    for are_answers, own in groupby(names, answers.__contains__):
        together = list(own)
        yield from [together] if are_answers else ([name] for name in together)


def text_cells(column: pd.Series) -> pa.Array:
    """Write a column's cells, each distinct text once, harmless."""
    codes, values = pd.factorize(column, use_na_sentinel=True)
    texts = pa.array([*(quoted(harmless(str(value))) for value in values.tolist()), ""], pa.string())
    return texts.take(pa.array(np.where(codes < 0, len(values), codes)))


class AnswerRun:
    """Columns of answers side by side, written as the contract does, with commas between.

    Every cell is first as many bytes as the longest needs; those it does not need are then taken out of all.

    Parameters
    ----------
    columns
        The columns, as in the responses table.
    answers
        What each holds.
    """

    def __init__(self, columns: pd.DataFrame, answers: Sequence[AnswerColumn]):
        texts = np.array([answer_texts(answer, place) for place, answer in enumerate(answers)], dtype="S")
        tables = texts.view(np.uint8).reshape(len(answers), 256, -1)
        self.width = tables.shape[2]
        self.tables = [[byte.tobytes() for byte in table.T] for table in tables]
        self.codes = [column.to_numpy(dtype=np.uint8) for _, column in columns.items()]

    def __getitem__(self, rows: slice) -> pa.Array:
        """Write the answers of some rows."""
        codes = [column[rows].tobytes() for column in self.codes]
        cells = np.zeros((len(codes[0]), len(codes), self.width), dtype=np.uint8)
        for place, (column, tables) in enumerate(zip(codes, self.tables, strict=True)):
            for byte, table in enumerate(tables):
                cells[:, place, byte] = np.frombuffer(column.translate(table), dtype=np.uint8)
        ends = np.concatenate([[0], np.cumsum(np.count_nonzero(cells, axis=(1, 2)))]).astype(np.int32)
        text = cells.tobytes().translate(None, b"\0")
        return pa.StringArray.from_buffers(len(cells), pa.py_buffer(ends), pa.py_buffer(text))


def answer_texts(answer: AnswerColumn, place: int) -> list[str]:
    """Give what is written for each code, after a comma where another answer stands before."""
    texts = [""] * 256
    for code in range(1, answer.scale.options + 1):
        texts[code] = write_answer(code, answer.scale)
    texts[NOT_CONCERNED] = write_answer(NOT_CONCERNED, answer.scale)
    return [f",{text}" for text in texts] if place else texts


def verbatims_csv(verbatims: pd.DataFrame) -> str:
    """Write what people wrote as a CSV file; no text is a formula to a spreadsheet."""
    return csv_text(list(verbatims.columns), verbatims.to_dict("records"))
