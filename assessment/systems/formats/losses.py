"""What a map holds and a format cannot: said, never passed over."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from assessment.faults import Finding
from assessment.systems.model import ACTOR_KEYS, BLOCKS, LOOP_KEYS, PARTICIPANT_KEYS, SET_ASIDE, TIE_KEYS, VARIABLE_KEYS

KNOWN = {
    "actors": ACTOR_KEYS,
    "variables": VARIABLE_KEYS,
    "ties": TIE_KEYS,
    "participants": PARTICIPANT_KEYS,
    "loops": LOOP_KEYS,
}


def lost(document: Mapping[str, Any], keeps: Mapping[str, Collection[str]]) -> list[Finding]:
    """Say which keys of a map a format cannot hold, with how many of each.

    Parameters
    ----------
    document
        The map.
    keeps
        The keys the format holds, by block (``"actors"``, …); a block that is not named is lost whole, a block named
        with ``"*"`` is held whole. ``"map"`` names the keys at the top.

    Notes
    -----
    What a map without the key means too is no loss: a weight of 1, a delay of 0.
    """
    counts: Counter[str] = Counter()
    for block in KNOWN:
        held = keeps.get(block, ())
        for one in document.get(block) or ():
            counts.update(f"{block}.{key}" for key in lost_keys(one, held))
    counts.update(key for key in document if is_lost_at_top(key, document, keeps.get("map", ())))
    return [Finding("map_not_kept", {}, {"names": told(counts)})] if counts else []


def lost_keys(one: Mapping[str, Any], held: Collection[str]) -> Iterator[str]:
    """Name the keys of a block that a format does not hold; values that say what is understood anyway are no loss."""
    if "*" not in held:
        yield from (key for key, value in one.items() if key not in held and not is_understood(key, value))


def is_understood(key: str, value: Any) -> bool:
    """Say whether a value is what a map without it means too."""
    return value is None or (key == "weight" and value == 1) or (key == "delay" and value == 0)


def is_lost_at_top(key: str, document: Mapping[str, Any], held: Collection[str]) -> bool:
    """Say whether a key at the top of a map is lost."""
    return (
        key not in (*KNOWN, "format", "version")
        and document[key] not in (None, "")
        and "*" not in held
        and key not in held
    )


def told(counts: Mapping[str, int]) -> str:
    """Write the names of what is lost with how many there were."""
    return ", ".join(f"{name} ({count})" for name, count in counts.items())


def elements(document: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each element with its type (``actor``, ``variable``)."""
    for kind, block in BLOCKS.items():
        for one in document[block]:
            yield kind, one


def typed(kind: str, element: Mapping[str, Any]) -> dict[str, Any]:
    """Give an element's block with its type written in; a key ``type`` of its own is set aside."""
    return {"type": kind} | {SET_ASIDE if key == "type" else key: value for key, value in element.items()}
