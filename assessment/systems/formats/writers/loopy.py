"""LOOPY: a causal drawing to play with; what LOOPY opens with "load from file"."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from assessment.faults import Finding
from assessment.systems.formats.losses import lost

STEP = 250
"""Pixels between elements that have no place yet."""

HELD = ("id", "label", "x", "y", "start", "hue")
ARROW = ("id", "source", "target", "kind", "polarity", "arc", "rotation", "strength")


def write_loopy(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write the signed links of a map; LOOPY holds neither relations nor links without a sign."""
    everyone = [one for block in ("actors", "variables") for one in document[block]]
    numbers = {one["id"]: number_of(one["id"], number, everyone) for number, one in enumerate(everyone, 1)}
    nodes = [node(numbers[one["id"]], place, one) for place, one in enumerate(everyone)]
    signed = [tie for tie in document["ties"] if tie.get("polarity")]
    arrows = [arrow(numbers, tie) for tie in signed]
    notes = [[x, y, quote(text)] for x, y, text in notes_of(document)]
    content = json.dumps([nodes, arrows, notes, max(numbers.values(), default=0)], separators=(",", ":"))
    held = {"actors": HELD, "variables": HELD, "ties": ARROW, "map": ("notes",) if notes else ()}
    left = len(document["ties"]) - len(signed)
    unsigned = [Finding("ties_not_kept", {}, {"count": left})] if left else []
    return content.encode(), lost({**document, "ties": signed}, held) + unsigned


def number_of(id_: str, number: int, everyone: list[Mapping[str, Any]]) -> int:
    """Give the number LOOPY calls an element by: its id where all ids are numbers, else its place."""
    return int(id_) if all(is_number(one["id"]) for one in everyone) else number


def is_number(id_: str) -> bool:
    """Say whether an id is a number as LOOPY writes it."""
    return id_.isascii() and id_.isdigit() and id_ == str(int(id_)) and len(id_) < 10


def node(number: int, place: int, element: Mapping[str, Any]) -> list[Any]:
    """Write an element; one without a place is put into a grid."""
    x, y = STEP * (place % 5 + 1), STEP * (place // 5 + 1)
    where = [element.get("x", x), element.get("y", y)]
    return [number, *where, element.get("start", 0.5), quote(element["label"]), element.get("hue", place % 6)]


def arrow(numbers: Mapping[str, int], tie: Mapping[str, Any]) -> list[Any]:
    """Write a signed link."""
    strength = tie.get("strength", 1 if tie["polarity"] == "+" else -1)
    return [numbers[tie["source"]], numbers[tie["target"]], tie.get("arc", 60), strength, tie.get("rotation", 0)]


def notes_of(document: Mapping[str, Any]) -> list[list[Any]]:
    """Give the notes LOOPY left on a map."""
    notes = document.get("notes")
    fits = isinstance(notes, list) and all(isinstance(one, list) and len(one) == 3 for one in notes)
    return [one for one in notes if isinstance(one[2], str)] if fits else []
