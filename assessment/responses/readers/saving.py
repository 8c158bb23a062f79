"""Responses as the contract's file: what `load_responses` reads back."""

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from assessment.documents.safe_csv import csv_text, harmless, quoted
from assessment.framework.model import Framework
from assessment.responses.answers import MISSING, NOT_CONCERNED, NOT_CONCERNED_MARK
from assessment.responses.columns import AnswerColumn, accepted_headings

ROWS = 2**16
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
    parts = [",".join(quoted(harmless(name)) for name in names)]
    for start in range(0, len(responses), ROWS):
        piece = responses.iloc[start : start + ROWS]
        cells = [written(piece[name], answers.get(name)) for name in names]
        parts += pc.binary_join_element_wise(*cells, ",").to_pylist()
    return ("\n".join(parts) + "\n").encode()


def is_filled(column: pd.Series) -> bool:
    """Say whether a column says anything."""
    return bool((column.astype(object).fillna("") != "").any())


def written(column: pd.Series, answer: AnswerColumn | None) -> pa.Array:
    """Write a column's cells, each distinct one once: answers as the contract does, any other as a harmless text."""
    if answer:
        texts = [str(code + answer.scale.low - 1) for code in range(256)]
        texts[MISSING], texts[NOT_CONCERNED] = "", NOT_CONCERNED_MARK
        codes = column.to_numpy()
    else:
        codes, values = pd.factorize(column.astype(object).fillna(""))
        texts = [quoted(harmless(str(value))) for value in values]
    return pa.array(texts, pa.string()).take(pa.array(codes.astype("int64")))


def verbatims_csv(verbatims: pd.DataFrame) -> str:
    """Write what people wrote as a CSV file; no text is a formula to a spreadsheet."""
    return csv_text(list(verbatims.columns), verbatims.to_dict("records"))
