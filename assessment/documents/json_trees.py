"""JSON texts that come from elsewhere, as trees: what is wrong in one is told, what stands twice is no silent loss."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from assessment.faults import Fault, Faults


def json_tree(text: str | bytes, file: str, deepest: int) -> Any:
    """Give the tree of a JSON text.

    Parameters
    ----------
    text
        The text, or its bytes.
    file
        The file's name, for the messages.
    deepest
        Lists within lists that are told where Python gives up.

    Raises
    ------
    Faults
        ``json_syntax`` with its row, ``too_deep``, ``key_doubled`` once a key.

    Examples
    --------
    >>> json_tree('{"a": [1, 2]}', "a.json", 30)
    {'a': [1, 2]}
    """
    doubled: list[str] = []
    try:
        tree = json.loads(text, object_pairs_hook=once(doubled))
    except RecursionError as error:
        raise Faults([Fault("too_deep", {"file": file}, {"most": deepest})]) from error
    except ValueError as error:
        place = {"file": file, "row": getattr(error, "lineno", None)}
        raise Faults([Fault("json_syntax", place, {"reason": getattr(error, "msg", "")})]) from error
    if doubled:
        raise Faults([Fault("key_doubled", {"file": file, "key": key[:60]}) for key in dict.fromkeys(doubled)])
    return tree


def once(doubled: list[str]) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    """Make what builds the blocks of a JSON text and notes keys that stand twice in one."""

    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        block = dict(pairs)
        if len(block) < len(pairs):
            counts = Counter(key for key, _ in pairs)
            doubled.extend(key for key, count in counts.items() if count > 1)
        return block

    return build
