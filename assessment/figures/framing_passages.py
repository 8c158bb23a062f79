"""What the passages of a framing have in common: a title of their own, headings of their tables, whole numbers."""

from collections.abc import Iterable
from typing import Any

from assessment.figures.passages import Cells, Passage, without_empty_columns
from assessment.texts import format_number, word


def plain(name: str, language: str, told: str, table: Cells = ((), ()), points: Iterable[str] = ()) -> Passage:
    """Make a passage that needs no note."""
    columns, rows = without_empty_columns(list(table[0]), list(table[1]))
    return Passage(name, word(f"framing.title_{name}", language), told, "", columns, rows, tuple(points))


def headed(language: str, **headings: bool) -> list[dict[str, Any]]:
    """Give the headings of a table, and whether numbers stand below."""
    return [
        {"label": word(f"framing.heading_{name}", language), "numeric": numeric} for name, numeric in headings.items()
    ]


def whole(number: float, language: str) -> str:
    """Write a whole number."""
    return format_number(number, language, 0)
