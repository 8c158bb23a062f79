"""What must hold of a systems map: the only door, through which every map comes, drawn here or elsewhere."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Integral, Real
from typing import Any, NamedTuple

import networkx as nx

from assessment.faults import Fault, refuse
from assessment.systems.limits import (
    DEEPEST,
    LARGEST_NUMBER,
    LONGEST_ID,
    LONGEST_TEXT,
    MOST_ELEMENTS,
    MOST_TIES,
)
from assessment.systems.model import (
    ACTOR,
    BLOCKS,
    CAUSES,
    FORMAT,
    LOOP_KINDS,
    POLARITIES,
    VARIABLE,
    VERSION,
    map_document,
)

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no text of a map holds: XML cannot write it, UTF-8 not all of it."""


def check_map(map_: nx.MultiDiGraph | Mapping[str, Any], file: str = "") -> nx.MultiDiGraph | Mapping[str, Any]:
    """Learn whether a systems map holds: every fault in it, each with its block, key and value.

    Parameters
    ----------
    map_
        A map's graph (`assessment.systems.model` says its attributes), or the content of a ``*.map.json`` file.
    file
        The file's name, for the messages.

    Returns
    -------
    networkx.MultiDiGraph or Mapping
        What came in, unchanged.

    Raises
    ------
    Faults
        A tie to nobody, an id that stands twice, a polarity on a relation, a number that is none or out of its range,
        a participant nobody declared, another version: all of them.

    Examples
    --------
    >>> people = [{"id": "a", "label": "Maire"}, {"id": "b", "label": "DGS"}]
    >>> tie = {"id": "t", "source": "a", "target": "c", "kind": "informs", "polarity": "+"}
    >>> check_map({"format": "apprenance-map", "version": 1, "actors": people, "ties": [tie]})
    Traceback (most recent call last):
    assessment.faults.Faults: tie_to_nobody (block tie t, key target, value='c')
    polarity_on_relation (block tie t, key polarity, value='+', kind='informs')
    """
    checker = Checker(file)
    if isinstance(map_, nx.Graph):
        checker.graph(map_)
    else:
        checker.document(map_)
    refuse(*checker.faults)
    return map_


class Place(NamedTuple):
    """A block in its list: it is given a name only when there is something to tell of it, which is seldom."""

    kind: str
    block: Any
    number: int


@dataclass
class Checker:
    """What checking one map shares: the file's name, and the faults met so far."""

    file: str = ""
    faults: list[Fault] = field(default_factory=list)

    def tell(self, code: str, block: str | Place, key: str = "", **values) -> None:
        """Note a fault; checking goes on, so that all of them are told at once."""
        place = {"file": self.file, "block": block_name(*block) if isinstance(block, Place) else block, "key": key}
        shown = {name: brief(value) for name, value in values.items()}
        self.faults.append(Fault(code, {name: where for name, where in place.items() if where}, shown))

    def graph(self, graph: nx.Graph) -> None:
        """Check a graph: that it can be written as a document, then the document."""
        if not (graph.is_directed() and graph.is_multigraph()):
            return self.tell("graph_not_multidigraph", "", value=type(graph).__name__)
        for node, data in graph.nodes(data=True):
            if data.get("type") not in (ACTOR, VARIABLE):
                self.tell("element_type_unknown", f"node {brief(node)}", "type", value=data.get("type"))
        return self.document(map_document(graph))

    def document(self, document: Any) -> None:
        """Check a document, the top first: what cannot be laid out is not looked into."""
        if not isinstance(document, Mapping) or document.get("format") != FORMAT:
            return self.tell("map_format_missing", "")
        if document.get("version") != VERSION or isinstance(document["version"], bool):
            return self.tell("map_version_unknown", "", "version", value=document.get("version"), known=VERSION)
        blocks = {name: self.listed(document, name) for name in (*BLOCKS.values(), "ties", "participants", "loops")}
        if not self.fits(len(blocks["actors"]) + len(blocks["variables"]), len(blocks["ties"])):
            return None
        self.values(document, "", TOP)
        people = self.named(blocks["participants"], "participant")
        elements = self.elements(blocks)
        self.ties(blocks["ties"], elements, people)
        self.loops(blocks["loops"], elements)
        return None

    def fits(self, elements: int, ties: int) -> bool:
        """Refuse a map too large to be worked with, before looking at each element."""
        for count, most, block in ((elements, MOST_ELEMENTS, "actors"), (ties, MOST_TIES, "ties")):
            if count > most:
                self.tell("map_too_large", block, count=count, most=most)
        return elements <= MOST_ELEMENTS and ties <= MOST_TIES

    def listed(self, document: Mapping, name: str) -> Sequence:
        """Give a list of blocks; an empty one where there is none, or something else."""
        found = document.get(name)
        if found is None or isinstance(found, list | tuple):
            return found or []
        self.tell("type_wrong", name, expected="blocks_of_map", value=found)
        return []

    def elements(self, blocks: Mapping[str, Sequence]) -> dict[str, str]:
        """Check actors and variables; give the ids that are declared, each with its kind."""
        declared: dict[str, str] = {}
        for kind, block in BLOCKS.items():
            self.named(blocks[block], kind, declared)
        return declared

    def named(self, blocks: Sequence, kind: str, declared: dict[str, str] | None = None) -> dict[str, str]:
        """Check blocks that have ids; give the ids with the kind of what bears each."""
        declared = {} if declared is None else declared
        for number, block in enumerate(blocks, 1):
            name = Place(kind, block, number)
            if not isinstance(block, dict | Mapping):
                self.tell("type_wrong", name, expected="block_of_map", value=block)
                continue
            self.values(block, name, RULES[kind], NEEDED[kind])
            self.declare(block.get("id"), kind, name, declared)
        return declared

    def declare(self, id_: Any, kind: str, name: Place, declared: dict[str, str]) -> None:
        """Note an id; it may be borne once."""
        if not isinstance(id_, str):
            return
        if id_ in declared:
            self.tell("map_id_duplicate", name, "id", value=id_, other=declared[id_])
        declared.setdefault(id_, kind)

    def values(
        self, block: Mapping, name: str | Place, keys: Mapping[str, Callable], needed: Sequence[str] = ()
    ) -> None:
        """Check the values of a block: those of the contract by their rule, all others as plain data."""
        for key in needed:
            if block.get(key) is None:
                self.tell("key_missing", name, key)
        for key, value in block.items():
            if value is None:
                continue
            if not isinstance(key, str) or (key not in keys and CONTROLS.search(key)):
                self.tell("type_wrong", name, brief(key), expected="str", value=key)
            else:
                keys.get(key, plain_value)(self, value, name, key)

    def ties(self, ties: Sequence, elements: Mapping[str, str], people: Mapping[str, str]) -> None:
        """Check ties: their values, that both ends are there, that who drew them is declared."""
        self.named(ties, "tie")
        for number, tie in enumerate(ties, 1):
            if isinstance(tie, dict | Mapping):
                self.tie(tie, Place("tie", tie, number), elements, people)

    def tie(self, tie: Mapping, name: Place, elements: Mapping[str, str], people: Mapping[str, str]) -> None:
        """Check what a tie points to."""
        for end in ("source", "target"):
            self.pointed(tie.get(end), elements, name, end)
        if tie.get("polarity") is not None and isinstance(tie.get("kind"), str) and tie["kind"] != CAUSES:
            self.tell("polarity_on_relation", name, "polarity", value=tie["polarity"], kind=tie["kind"])
        for person in words_of(tie.get("participants")):
            if person not in people:
                self.tell("participant_undeclared", name, "participants", value=person)

    def pointed(self, id_: Any, elements: Mapping[str, str], name: Place, key: str) -> None:
        """Check that what a tie or a loop names is on the map."""
        if isinstance(id_, str) and id_ not in elements:
            self.tell("tie_to_nobody", name, key, value=id_)

    def loops(self, loops: Sequence, elements: Mapping[str, str]) -> None:
        """Check the loops people have named; whether they are loops at all is for the analysis to say."""
        self.named(loops, "loop")
        for number, loop in enumerate(loops, 1):
            for id_ in words_of(loop.get("nodes")) if isinstance(loop, Mapping) else ():
                self.pointed(id_, elements, Place("loop", loop, number), "nodes")


def block_name(kind: str, block: Any, number: int) -> str:
    """Name a block in a message: by its id, or by its place in the list."""
    id_ = block.get("id") if isinstance(block, dict | Mapping) else None
    return f"{kind} {brief(id_)}" if isinstance(id_, str) and id_ else f"{kind} [{number}]"


def brief(value: Any) -> Any:
    """Give a value as a message can show it."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= LARGEST_NUMBER:
        return value
    try:
        text = str(value)
    except ValueError:  # Python does not write whole numbers of thousands of digits
        return "…"
    text = CONTROLS.sub("\ufffd", text)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


LONGEST_SHOWN = 60


def words_of(value: Any) -> list[str]:
    """Give the texts of a list."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []


def text(longest: int, needed: bool = False) -> Callable:
    """Make the rule of a text."""

    def rule(checker: Checker, value: Any, name: str | Place, key: str) -> None:
        if not isinstance(value, str):
            return checker.tell("type_wrong", name, key, expected="str", value=value)
        if len(value) > longest:
            return checker.tell("text_too_long", name, key, value=value, count=len(value), most=longest)
        if not value.isprintable() and CONTROLS.search(value):
            return checker.tell("text_controls", name, key, value=value)
        if needed and not value:
            checker.tell("text_empty", name, key)
        return None

    return rule


def number(low: float, high: float) -> Callable:
    """Make the rule of a number."""

    def rule(checker: Checker, value: Any, name: str | Place, key: str) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float | Real):
            return checker.tell("type_wrong", name, key, expected="float", value=value)
        if not is_finite(value):
            return checker.tell("number_not_finite", name, key, value=value)
        if not low <= value <= high:
            checker.tell("number_out_of_range", name, key, value=value, low=low, high=high)
        return None

    return rule


def is_finite(value: Real) -> bool:
    """Say whether a number is one; a whole number of hundreds of digits is, though too large for arithmetic."""
    return isinstance(value, Integral) or math.isfinite(value)


def among(*allowed: str) -> Callable:
    """Make the rule of a word out of few."""

    def rule(checker: Checker, value: Any, name: str | Place, key: str) -> None:
        if value not in allowed:
            checker.tell("value_not_allowed", name, key, value=value, allowed=", ".join(allowed))

    return rule


def whole_steps(checker: Checker, value: Any, name: str | Place, key: str) -> None:
    """Check a delay."""
    before = len(checker.faults)
    number(0, LARGEST_NUMBER)(checker, value, name, key)
    if len(checker.faults) == before and value != int(value):
        checker.tell("type_wrong", name, key, expected="int", value=value)


def flag(checker: Checker, value: Any, name: str | Place, key: str) -> None:
    """Check what is true or false."""
    if not isinstance(value, bool):
        checker.tell("type_wrong", name, key, expected="bool", value=value)


def rank_value(checker: Checker, value: Any, name: str | Place, key: str) -> None:
    """Check a rank: a number, or a word."""
    rule = ID if isinstance(value, str) else number(-LARGEST_NUMBER, LARGEST_NUMBER)
    rule(checker, value, name, key)


def ids(checker: Checker, value: Any, name: str | Place, key: str) -> None:
    """Check a list of ids."""
    if not isinstance(value, list | tuple):
        return checker.tell("type_wrong", name, key, expected="list", value=value)
    for one in value:
        ID(checker, one, name, key)
    return None


def blocks_value(checker: Checker, value: Any, name: str | Place, key: str) -> None:
    """Leave a list of blocks to its own check."""


def plain_value(checker: Checker, value: Any, name: str | Place, key: str, depth: int = 0) -> None:
    """Check what the contract does not name: any plain data that JSON can write."""
    if depth > DEEPEST:
        return checker.tell("too_deep", name, key, most=DEEPEST)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return text(LONGEST_TEXT)(checker, value, name, key)
    if isinstance(value, Real):
        return number(-math.inf, math.inf)(checker, value, name, key)
    return plain_parts(checker, value, name, key, depth)


def plain_parts(checker: Checker, value: Any, name: str | Place, key: str, depth: int) -> None:
    """Check the parts of plain data, keys of tables too."""
    if not isinstance(value, list | tuple | Mapping):
        return checker.tell("type_wrong", name, key, expected="plain", value=value)
    parts = [*value.keys(), *value.values()] if isinstance(value, Mapping) else value
    if isinstance(value, Mapping) and not all(isinstance(one, str) for one in value):
        checker.tell("type_wrong", name, key, expected="plain", value=value)
    for one in parts:
        plain_value(checker, one, name, key, depth + 1)
    return None


ID = text(LONGEST_ID, needed=True)
WORD = text(LONGEST_ID)
LABEL = text(LONGEST_TEXT)
SHARE = number(0, 1)
PLACE = number(-LARGEST_NUMBER, LARGEST_NUMBER)

NEEDED = {
    ACTOR: ("id", "label"),
    VARIABLE: ("id", "label"),
    "tie": ("id", "source", "target", "kind"),
    "participant": ("id",),
    "loop": ("id", "nodes"),
}
"""Keys a block cannot do without."""

TOP = {"name": LABEL, "format": blocks_value, "version": blocks_value} | dict.fromkeys(
    (*BLOCKS.values(), "ties", "participants", "loops"), blocks_value
)
RULES = {
    ACTOR: {
        "id": ID,
        "label": LABEL,
        "role": WORD,
        "unit": WORD,
        "rank": rank_value,
        "influence": SHARE,
        "involvement": SHARE,
        "x": PLACE,
        "y": PLACE,
    },
    VARIABLE: {"id": ID, "label": LABEL, "note": LABEL, "x": PLACE, "y": PLACE},
    "tie": {
        "id": ID,
        "source": ID,
        "target": ID,
        "kind": ID,
        "formal": flag,
        "weight": SHARE,
        "polarity": among(*POLARITIES),
        "delay": whole_steps,
        "confidence": SHARE,
        "participants": ids,
    },
    "participant": {"id": ID, "role": WORD, "unit": WORD},
    "loop": {"id": ID, "name": LABEL, "nodes": ids, "kind": among(*LOOP_KINDS)},
}
"""The rule of each key of each kind of block."""
