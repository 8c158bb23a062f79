"""What is worth saying of responses that are right: what was understood, and what will not be counted."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from assessment.faults import Finding
from assessment.framework.model import Framework
from assessment.responses.answers import MISSING
from assessment.responses.columns import answer_columns, background_headings, column_name


def describe_responses(responses: pd.DataFrame, framework: Framework) -> list[Finding]:
    r"""Learn what a reader of the results should know of the responses.

    Parameters
    ----------
    responses
        The responses table.
    framework
        The instrument.

    Returns
    -------
    list of Finding
        Background variables, headings that resemble an item, answers that are not counted, dimensions not fielded.

    Examples
    --------
    >>> import io
    >>> from assessment.framework import load_framework
    >>> from assessment.responses import load_responses
    >>> framework = load_framework("collectivite-apprenante")
    >>> table = load_responses(io.BytesIO(b"role,age,ST03,pm_01.reality\ncitizen,40,2,3"), framework)
    >>> [str(finding).split(" (")[0] for finding in describe_responses(table, framework)]
    ['background_variables', 'heading_resembles', 'answers_not_asked', 'dimensions_not_fielded']
    """
    return [
        *background(responses, framework),
        *resembling(responses, framework),
        *not_asked(responses, framework),
        *not_fielded(responses, framework),
    ]


def background(responses: pd.DataFrame, framework: Framework) -> Iterator[Finding]:
    """Name the background variables."""
    names = background_headings(responses.columns, framework)
    if names:
        yield Finding("background_variables", values={"names": ", ".join(names)})


def resembling(responses: pd.DataFrame, framework: Framework) -> Iterator[Finding]:
    """Name the background variables that are an item's id but for case, underscores and perspective."""
    items = {item.id.replace("_", "").lower(): item for item in framework.items}
    for name in background_headings(responses.columns, framework):
        item = items.get(name.split(".")[0].replace("_", "").lower())
        if item:
            expected = column_name(framework, item, "reality")
            yield Finding("heading_resembles", {"column": name}, {"item": item.id, "expected": expected})


def not_asked(responses: pd.DataFrame, framework: Framework) -> Iterator[Finding]:
    """Count the answers to items that are not put to the respondent."""
    role, roles = pd.factorize(responses["role"])
    form, forms = pd.factorize(responses["form"])
    kind = role * len(forms) + form
    for column in answer_columns(framework):
        if column.name not in responses:
            continue
        asked = np.array([framework.is_asked(column.item, one, other) for one in roles for other in forms], dtype=bool)
        if asked.all():
            continue
        count = np.count_nonzero(~asked[kind] & (responses[column.name].to_numpy() != MISSING))
        if count:
            yield Finding("answers_not_asked", {"column": column.name}, {"count": int(count)})


def not_fielded(responses: pd.DataFrame, framework: Framework) -> Iterator[Finding]:
    """Name the dimensions of which no item is in the file."""
    fielded = {column.item.dimension for column in answer_columns(framework) if column.name in responses}
    absent = [one.id for one in framework.dimensions if one.id not in fielded]
    if absent:
        yield Finding("dimensions_not_fielded", values={"names": ", ".join(absent)})
