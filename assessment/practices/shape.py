"""The shape of a practice's sheet: what each key of plain data holds, and what is wrong where it does not."""

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any

from assessment.faults import Fault

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What no text holds: XML and PDF cannot write it, UTF-8 not all of it."""

LONGEST = 4000
MOST_BLOCKS = 2000
SHOWN = 60


@dataclass(frozen=True)
class Text:
    """A text of a bounded length; an empty one is one that is not written yet, unless it is `needed`."""

    most: int = LONGEST
    needed: bool = False

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        if not isinstance(value, str):
            yield wrong_type(value, place, "str")
        elif self.needed and not value.strip():
            yield Fault("text_empty", place)
        elif len(value) > self.most:
            yield Fault("text_too_long", place, {"value": brief(value), "count": len(value), "most": self.most})
        elif CONTROLS.search(value):
            yield Fault("text_controls", place, {"value": brief(CONTROLS.sub("?", value))})


@dataclass(frozen=True)
class Among:
    """One of a few words."""

    allowed: tuple[str, ...]

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        if not isinstance(value, str) or value not in self.allowed:
            yield Fault("value_not_allowed", place, {"value": brief(value), "allowed": ", ".join(self.allowed)})


@dataclass(frozen=True)
class Number:
    """A finite number within bounds, both allowed."""

    low: float
    high: float
    whole: bool = False

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        kind = Integral if self.whole else Real
        if isinstance(value, bool) or not isinstance(value, kind) or not math.isfinite(value):
            yield wrong_type(value, place, "int" if self.whole else "float")
        elif not self.low <= value <= self.high:
            yield Fault("number_out_of_range", place, {"value": value, "low": self.low, "high": self.high})


@dataclass(frozen=True)
class Day:
    """A day, written 2027-03-01."""

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        if not isinstance(value, str) or day_of(value) is None:
            yield Fault("day_wrong", place, {"value": brief(value)})


@dataclass(frozen=True)
class Block:
    """Keys, each with its shape; a key that is not needed may be left out or be None: not known yet."""

    keys: Mapping[str, Any] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        if not isinstance(value, Mapping):
            yield wrong_type(value, place, "block_of_map")
            return
        block = place.get("key") or place.get("block", "")
        for key in sorted(set(map(str, value)) - set(self.keys)):
            yield Fault("key_unknown", at(block, brief(key)))
        for key, shape in self.keys.items():
            if value.get(key) is not None:
                yield from shape.faults(value[key], at(block, key))
            elif key in self.needed:
                yield Fault("key_missing", at(block, key))


@dataclass(frozen=True)
class Blocks:
    """A list of blocks of one shape."""

    block: Block
    most: int = MOST_BLOCKS

    def faults(self, value: Any, place: Mapping[str, str]) -> Iterator[Fault]:
        """Yield what is wrong with a value."""
        if not isinstance(value, list | tuple):
            yield wrong_type(value, place, "blocks_of_map")
        elif len(value) > self.most:
            yield Fault("list_too_long", place, {"count": len(value), "most": self.most})
        else:
            for number, one in enumerate(value, 1):
                yield from self.block.faults(one, {"block": f"{place.get('key', '')} {number}"})


def at(block: str, key: str) -> dict[str, str]:
    """Give the place of a key."""
    return {"block": block, "key": key} if block else {"key": key}


def wrong_type(value: Any, place: Mapping[str, str], expected: str) -> Fault:
    """Say that a value is of another kind."""
    return Fault("type_wrong", place, {"expected": expected, "value": brief(value)})


def brief(value: Any) -> str:
    """Give a value as a message can show it."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def day_of(text: str | None) -> datetime.date | None:
    """Read a day; None where it is none.

    Examples
    --------
    >>> day_of("2027-03-01"), day_of("20270301"), day_of(None)
    (datetime.date(2027, 3, 1), None, None)
    """
    if not text or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None
