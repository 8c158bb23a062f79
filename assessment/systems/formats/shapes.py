"""The shapes a foreign tree must have before its parts can be looked at."""

from collections.abc import Mapping
from typing import Any

from assessment.faults import Fault, Faults
from assessment.systems.limits import MOST_ELEMENTS, MOST_TIES


def rows_in(tree: Mapping[str, Any], key: str, file: str) -> list[Mapping[str, Any]]:
    """Give the blocks a key holds; a fault when it holds something else."""
    found = tree.get(key)
    if found is None:
        return []
    most = MOST_ELEMENTS if key in ("nodes", "elements") else MOST_TIES
    if isinstance(found, list) and len(found) > most:
        raise Faults([Fault("map_too_large", {"file": file, "key": key}, {"count": len(found), "most": most})])
    if not isinstance(found, list) or not all(isinstance(one, dict | Mapping) for one in found):
        raise Faults(
            [Fault("type_wrong", {"file": file, "key": key}, {"expected": "blocks_of_map", "value": brief(found)})]
        )
    return found


def table_in(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Give the block a key holds; an empty one where it holds something else."""
    found = tree.get(key)
    return found if isinstance(found, Mapping) else {}


def brief(value: Any) -> str:
    """Show the beginning of a value."""
    return str(value)[:60]
