"""Values of any kind as the text of a cell, and back: what a sheet or an attribute without types can hold.

A number, a truth, a list stands as JSON writes it; a text that would read as one of these has an apostrophe before it,
which reading takes away. So every value comes back as it was. (Texts that a spreadsheet would run as a formula are no
matter here: `assessment.documents.safe_csv` and `safe_books` see to all that is written.)
"""

import json
import math
import re
from typing import Any

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
WORDS = {"true": True, "false": False, "null": None}


def written(value: Any) -> str:
    """Write a value as a cell's text.

    Examples
    --------
    >>> [written(value) for value in ("Voirie", "12", "=1+1", "+", 12, 0.5, True, ["a", "b"], "")]
    ['Voirie', "'12", '=1+1', '+', '12', '0.5', 'true', '["a", "b"]', "'"]
    """
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return "'" + value if needs_mark(value) else value


def needs_mark(text: str) -> bool:
    """Say whether a text would be read as something else than itself."""
    marked = text.startswith("'") and (text == "'" or needs_mark(text[1:]))
    return not text or marked or text != text.strip() or is_json(text)


def is_json(text: str) -> bool:
    """Say whether a text reads as a value that is no text."""
    return text in WORDS or bool(NUMBER.fullmatch(text)) or text[0] in "[{"


def understood(cell: str) -> Any:
    """Read a cell's text as the value it is.

    Examples
    --------
    >>> [understood(cell) for cell in ("Voirie", "'12", "12", "007", "NaN", "true", "'s-Hertogenbosch")]
    ['Voirie', '12', 12, '007', 'NaN', True, "'s-Hertogenbosch"]
    """
    if cell.startswith("'") and needs_mark(cell[1:]):
        return cell[1:]
    if not cell or not is_json(cell):
        return cell
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return cell
    return cell if isinstance(value, float) and math.isinf(value) else value


def as_text(cell: str) -> str:
    """Read a cell whose column holds texts only."""
    return cell[1:] if cell.startswith("'") and needs_mark(cell[1:]) else cell


def packed(value: Any) -> Any:
    """Write a value where numbers, truths and texts have their own types: lists and blocks become a text.

    Examples
    --------
    >>> [packed(value) for value in (12, "12", ["a"], "[a")]
    [12, '12', '["a"]', "'[a"]
    """
    if isinstance(value, str):
        return "'" + value if value[:1] in ("[", "{", "'") else value
    return value if isinstance(value, int | float) else written(value)


def unpacked(value: Any) -> Any:
    """Read what `packed` wrote.

    Examples
    --------
    >>> [unpacked(value) for value in (12, "12", '["a"]', "'[a")]
    [12, '12', ['a'], '[a']
    """
    if not isinstance(value, str):
        return value
    if value[:1] == "'" and value[1:2] in ("[", "{", "'"):
        return value[1:]
    try:
        return json.loads(value) if value[:1] in ("[", "{") else value
    except (ValueError, RecursionError):
        return value


def plain(value: Any) -> Any:
    """Give the plain number of one that an array library made."""
    return value.item()
