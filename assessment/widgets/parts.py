"""The parts of a document that travels as JSON, checked one by one: what is missing, of another type, or unknown."""

from collections.abc import Iterator, Mapping
from typing import Any

Parts = Mapping[str, tuple[type | tuple[type, ...], bool]]
"""Key → (type or types, may it be left out or None)."""


def part_faults(part: Mapping, parts: Parts, place: str) -> Iterator[str]:
    """Tell what keeps a part of a document from being one.

    Parameters
    ----------
    part
        The part.
    parts
        What it may hold.
    place
        What a fault calls it.

    Examples
    --------
    >>> list(part_faults({"label": 3, "labl": "a"}, {"label": (str, False), "note": (str, True)}, "facts[0]"))
    ["facts[0]: 'label' is int, not str", "facts[0]: 'labl' is not a part of it"]
    """
    for key, (kind, optional) in parts.items():
        value = part.get(key)
        if value is None:
            if not optional:
                yield f"{place}: {key!r} is missing"
        elif not is_of(value, kind):
            yield f"{place}: {key!r} is {type(value).__name__}, not {name_of(kind)}"
    yield from (f"{place}: {key!r} is not a part of it" for key in part if key not in parts)


def is_of(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Say whether a value is of a kind; a tuple is a list too, a truth is no number."""
    kinds = kind if isinstance(kind, tuple) else (kind,)
    if isinstance(value, bool):
        return bool in kinds
    return isinstance(value, (*kinds, tuple) if list in kinds else kinds)


def name_of(kind: type | tuple[type, ...]) -> str:
    """Name a kind.

    Examples
    --------
    >>> name_of(str), name_of((int, float))
    ('str', 'int or float')
    """
    return " or ".join(one.__name__ for one in (kind if isinstance(kind, tuple) else (kind,)))


def list_faults(holder: Mapping, key: str, parts: Parts, place: str = "") -> Iterator[str]:
    """Tell what is wrong with the parts of a list; one that is missing or no list is told by its holder's check."""
    for index, item in enumerate(listed(holder, key)):
        if isinstance(item, Mapping):
            yield from part_faults(item, parts, f"{place}{key}[{index}]")
        else:
            yield f"{place}{key}[{index}]: not an object"


def items(holder: Mapping, key: str) -> Iterator[tuple[str, Mapping]]:
    """Give the parts of a list with their places."""
    for index, item in enumerate(listed(holder, key)):
        if isinstance(item, Mapping):
            yield f"{key}[{index}]", item


def listed(holder: Mapping, key: str) -> list:
    """Give what stands under a key, if it is a list."""
    value = holder.get(key)
    return list(value) if isinstance(value, list | tuple) else []
