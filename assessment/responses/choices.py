"""What people chose among a question's options: one column of the responses, the options' ids joined by ``+``."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework, Question

JOINED = "+"
"""Joins the options one person chose; no id can hold it."""

CHOOSING = ("choice", "choose")
"""The kinds of question that have options."""


def choice_questions(responses: pd.DataFrame, framework: Framework) -> tuple[Question, ...]:
    """Give the questions with options that have a column in the responses, in the framework's order."""
    return tuple(one for one in framework.questions if one.kind in CHOOSING and one.id in responses)


def choices_faults(responses: pd.DataFrame, framework: Framework) -> Iterator[Fault]:
    """Yield what is wrong with the choices: an option nobody offered, the same one twice, more than may be chosen.

    Rows are named by the table's index, which holds their numbers in the file.
    """
    for question in choice_questions(responses, framework):
        cells = responses[question.id]
        wrong = {cell: list(cell_faults(cell, question)) for cell in cells.unique() if cell}
        for row, cell in cells[cells.isin([cell for cell, found in wrong.items() if found])].items():
            yield from (Fault(code, {"row": int(row), "column": question.id}, values) for code, values in wrong[cell])


def cell_faults(cell: str, question: Question) -> Iterator[tuple[str, dict]]:
    """Yield what is wrong with one person's choices."""
    chosen, known = split(cell), [option.id for option in question.options]
    for one in dict.fromkeys(chosen):
        if one not in known:
            yield "choice_unknown", {"value": one, "allowed": ", ".join(known)}
        if chosen.count(one) > 1:
            yield "choice_twice", {"value": one}
    if len(set(chosen)) > most(question):
        yield "choices_too_many", {"count": len(set(chosen)), "most": most(question)}


def chosen_options(responses: pd.DataFrame, framework: Framework, question: Question) -> pd.DataFrame:
    r"""Learn what each respondent chose.

    Parameters
    ----------
    responses
        The responses table (`load_responses`): the question's column is a background variable there.
    framework
        The instrument, for who is asked the question.
    question
        One of its questions with options.

    Returns
    -------
    pandas.DataFrame
        One row is one response, with the index of `responses`; one column is one option, in the question's order; true
        where it was chosen.

    Raises
    ------
    Faults
        Every cell that names no option, one twice, or more than may be chosen.

    Notes
    -----
    **Missing answers**: a respondent who chose nothing, or is not asked the question, has no option; fewer than may be
    chosen are what they are. The order in which they were written has no meaning.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> file = io.BytesIO(b"three_choices,pm_01.reality\nteam_learning+means_to_act,3\n,4")
    >>> table = chosen_options(load_responses(file, framework), framework, framework.questions[0])
    >>> table.sum(axis=1).tolist(), table.columns[table.any()].tolist()
    ([2, 0], ['team_learning', 'means_to_act'])
    """
    numbered = responses[[question.id]].set_axis(pd.RangeIndex(2, len(responses) + 2))
    refuse(*choices_faults(numbered, framework))
    options = [option.id for option in question.options]
    cells = responses[question.id].where(asked(responses, framework, question), "")
    numbers, distinct = pd.factorize(cells)
    rows = [[option in split(cell) for option in options] for cell in distinct]
    table = np.array(rows, dtype=bool).reshape(len(distinct), len(options))
    return pd.DataFrame(table[numbers], index=responses.index, columns=options)


def asked(responses: pd.DataFrame, framework: Framework, question: Question) -> pd.Series:
    """Say which respondents are asked a question; those of no known role are."""
    if question.roles is None:
        return pd.Series(True, index=responses.index)
    roles = set(question.roles)
    kinds = {role: not role or bool(roles & set(framework.lineage(role))) for role in set(responses["role"])}
    return responses["role"].map(kinds).astype(bool)


def most(question: Question) -> int:
    """Give how many options one may choose."""
    return question.choose or 1


def split(cell: str) -> list[str]:
    """Give the ids in a cell.

    Examples
    --------
    >>> split("team_learning + means_to_act")
    ['team_learning', 'means_to_act']
    """
    return [one.strip() for one in cell.split(JOINED) if one.strip()]
