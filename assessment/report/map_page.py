"""What the page of a map is laid out with: its width, its titles, its paragraphs."""

from collections.abc import Collection, Iterable

from assessment.figures.map_words import say
from assessment.report.alignment import filled
from assessment.texts import format_number

WIDTH = 80
"""Columns of a line: a terminal as it opens."""

FEW = 5
"""Loops told; the others are in the JSON."""

SEVERAL = 10
"""Rows of a table of actors or elements."""


def titled(title: str, blocks: Iterable[str], language: str) -> str:
    """Put a title over blocks; nothing where there is no block."""
    told = [block for block in blocks if block]
    if not told:
        return ""
    name = say(title, language)
    return "\n".join([name, "─" * len(name), "\n\n".join(told)])


def paragraph(text: str, indent: str = "") -> str:
    """Break a text into lines of the page."""
    return filled(text, WIDTH, indent)


def rest(shown: Collection, whole: Collection, language: str) -> list[str]:
    """Say how many more there are than are shown."""
    more = len(whole) - len(shown)
    return [say("more", language, count=format_number(more, language, 0))] if more > 0 else []
