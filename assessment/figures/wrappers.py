"""Altair numbers its classes once, and not anew for every channel of every chart.

Where a channel is given as text (``x="score:Q"``), altair looks among its six hundred classes for the one whose schema
fits, and writes the schemas of all of them as JSON to compare: a quarter of a screen of charts was spent on it.
"""

from collections.abc import Iterable
from functools import cache

from altair.utils import schemapi


@cache
def by_schema(classes: tuple[type, ...]) -> dict[int, list[type]]:
    """Give the classes of each schema, as altair numbers them."""
    return numbering(classes).class_dict


def remember_classes() -> None:
    """Have altair look its classes up in what was numbered before; the classes never change."""
    schemapi._FromDict = Remembering


numbering = schemapi._FromDict


class Remembering(numbering):
    """Altair's search for the class of a schema, over a numbering that is kept."""

    def __init__(self, wrapper_classes: Iterable[type], /) -> None:
        self.class_dict = by_schema(tuple(wrapper_classes))
