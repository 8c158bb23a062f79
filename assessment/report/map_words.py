"""What the text of a map needs in every part of it: its labels, its words, its titles."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from assessment.report.alignment import filled
from assessment.texts import format_number, word
from assessment.texts.telling import one_line
from assessment.texts.words import dictionary

WIDTH = 80
"""Columns of a line: a terminal as it opens."""

FEW = 5
"""Loops told; the others are in the JSON."""

SEVERAL = 10
"""Rows of a table of actors or elements."""

SMALLEST = 0.001
"""Below, a p is told as below: permutations cannot tell it apart."""

LONGEST_LABEL = 60
"""Characters of a label within a sentence."""


def say(key: str, language: str, /, **values: object) -> str:
    """Give a text of the page."""
    return word(f"map_reading.{key}", language, **values)


def kind_words(kind: str | None, language: str) -> str:
    """Name a kind of relation; None is all of them together.

    Examples
    --------
    >>> kind_words("decides_with", "en"), kind_words("prête la clé", "en"), kind_words(None, "en")
    ('decides with', 'prête la clé', 'all together')
    """
    return known(f"kind_{kind or 'all_kinds'}", kind, language)


def role_words(role: str | None, language: str) -> str:
    """Name a role; None is that of actors without one.

    Examples
    --------
    >>> role_words("agent", "en"), role_words("veilleuse", "fr")
    ('staff', 'veilleuse')
    """
    return known(f"role_{role or 'no_role'}", role, language)


def known(key: str, name: str | None, language: str) -> str:
    """Give our word for what we know; people's own words stay as they are."""
    return say(key, language) if key in dictionary("map_reading") else plain(name)


def plain(name: object) -> str:
    """Write a name from a file on one line, not longer than a sentence bears."""
    return short(one_line(str(name)))


def counted(name: str, count: int, language: str) -> str:
    r"""Say how many of something there are, on one line.

    Examples
    --------
    >>> counted("actors", 1, "en"), counted("actors", 1200, "en")
    ('1\xa0actor', '1,200\xa0actors')
    """
    text = say(f"{name}_one" if count == 1 else name, language, count=format_number(count, language, 0))
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def labels_of(graph: nx.MultiDiGraph) -> dict[Any, str]:
    """Give each element's label, on one line and not longer than a sentence bears."""
    return {node: plain(label or node) for node, label in graph.nodes(data="label")}


def short(text: str, longest: int = LONGEST_LABEL) -> str:
    """Cut a text that would fill the page.

    Examples
    --------
    >>> short("a long label", 8)
    'a long…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def titled(title: str, blocks: Iterable[str], language: str) -> str:
    """Put a title over blocks; nothing where there is no block."""
    told = [block for block in blocks if block]
    if not told:
        return ""
    name = say(title, language)
    return "\n".join([name, "─" * len(name), "\n\n".join(told)])


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Write names one after the other, the first of them where they are many."""
    shown = names if most is None else names[:most]
    return ", ".join(shown) + ("…" if len(shown) < len(names) else "")


def paragraph(text: str, indent: str = "") -> str:
    """Break a text into lines of the page."""
    return filled(text, WIDTH, indent)


def rest(shown: Collection, whole: Collection, language: str) -> list[str]:
    """Say how many more there are than are shown."""
    more = len(whole) - len(shown)
    return [say("more", language, count=format_number(more, language, 0))] if more > 0 else []


def rows_of(table) -> list[Mapping[str, Any]]:
    """Give the rows of a table as dicts."""
    return table.to_dict("records")


def p_words(value: float, language: str) -> str:
    """Write a p; below a thousandth that it is below.

    Examples
    --------
    >>> p_words(0.0002, "en"), p_words(0.2, "fr")
    ('< 0.001', '0,200')
    """
    if value < SMALLEST:
        return say("below", language, value=format_number(SMALLEST, language, 3))
    return format_number(value, language, 3)
