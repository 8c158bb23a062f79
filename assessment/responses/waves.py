"""Waves in the order people mean: "2" before "10", "T9" before "T10", no wave first."""

import re
from collections.abc import Iterable


def natural_key(name: str) -> tuple:
    """Give the key that sorts names with their numbers as numbers.

    Examples
    --------
    >>> sorted(["T10", "T9", "t1"], key=natural_key)
    ['t1', 'T9', 'T10']
    """
    parts = re.split(r"(\d+)", str(name).casefold())
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part), str(name)


def in_natural_order(names: Iterable[str]) -> list[str]:
    """Sort names naturally.

    Examples
    --------
    >>> in_natural_order(["2026", "2025"])
    ['2025', '2026']
    """
    return sorted(names, key=natural_key)
