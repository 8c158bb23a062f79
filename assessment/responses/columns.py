"""What a responses file's headings mean: reserved columns, answers, background variables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.framework.model import PERSPECTIVES, AnswerScale, Framework, Item

RESERVED = ("respondent", "unit", "role", "wave", "form", "weight")
"""The columns about the response itself, all optional in a file."""


@dataclass(frozen=True)
class AnswerColumn:
    """One item under one perspective: the place of one answer in a row."""

    name: str
    item: Item
    perspective: str
    scale: AnswerScale


def answer_columns(framework: Framework) -> tuple[AnswerColumn, ...]:
    """List the answer columns of a framework, in its items' order, reality before vision.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> [column.name for column in answer_columns(load_framework("collectivite-apprenante"))][:2]
    ['pm_01.reality', 'pm_01.vision']
    """
    return tuple(
        AnswerColumn(column_name(framework, item, perspective), item, perspective, framework.scale_of(item))
        for item in framework.items
        for perspective in framework.perspectives_of(item.dimension)
    )


def column_name(framework: Framework, item: Item, perspective: str) -> str:
    """Give the heading of an answer: the item alone where the instrument asks about one perspective only."""
    return item.id if len(framework.perspectives) == 1 else f"{item.id}.{perspective}"


def accepted_headings(framework: Framework) -> Mapping[str, AnswerColumn]:
    """Map each heading an answer may stand under to its column.

    An item asked about reality only may be headed by its id alone, in any framework.
    """
    headings = {}
    for column in answer_columns(framework):
        headings[column.name] = column
        headings[f"{column.item.id}.{column.perspective}"] = column
        if len(framework.perspectives_of(column.item.dimension)) == 1:
            headings[column.item.id] = column
    return headings


def perspective_heading(heading: str) -> tuple[str, str] | None:
    """Split a heading that ends in a perspective; None for any other.

    Examples
    --------
    >>> perspective_heading("pm_01.vision")
    ('pm_01', 'vision')
    >>> perspective_heading("age") is None
    True
    """
    stem, dot, end = heading.rpartition(".")
    return (stem, end) if dot and end in PERSPECTIVES else None


def background_headings(headings: Iterable[str], framework: Framework) -> list[str]:
    """Give the headings that are neither reserved nor answers: people's own variables."""
    answers = accepted_headings(framework)
    return [heading for heading in headings if heading not in RESERVED and heading not in answers]
