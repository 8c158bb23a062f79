"""What a reader makes of a file: a map being drawn, with what was guessed and what was left aside."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from assessment.faults import Fault, Faults, Finding
from assessment.systems.formats.signs import number_of, sign_value, sign_word
from assessment.systems.limits import MOST_ELEMENTS, MOST_TIES
from assessment.systems.model import (
    ACTOR,
    BLOCKS,
    CAUSES,
    FORMAT,
    POLARITIES,
    RELATES,
    RELATIONS,
    SET_ASIDE,
    VARIABLE,
    VERSION,
)
from assessment.systems.rules import RULES, Checker

PEOPLE = re.compile(
    r"\b(persons?|people|actors?|organi[sz]ations?|stakeholders?"
    r"|personnes?|acteur\w*|actrices?|organismes?|parties?[ -]prenantes?)\b",
    re.IGNORECASE,
)
"""What a type or a shape says when an element is an actor."""

TYPE = "type in draft"
"""The draft's own mark on an element: no attribute of a file bears this name by chance."""

TYPE_KEYS = ("type", "element type", "category", "shape", "class")
KIND_KEYS = ("kind", "relation", "connection type", "type", "interaction")
BOTH_WAYS = ("mutual", "undirected")
NUMBERS = ("influence", "involvement", "x", "y", "weight", "delay", "confidence")
TRUTHS = {"true": True, "yes": True, "oui": True, "vrai": True, "1": True}
UNTRUTHS = {"false": False, "no": False, "non": False, "faux": False, "0": False}


@dataclass
class Draft:
    """A map being drawn from a foreign file.

    Parameters
    ----------
    name
        The map's name.
    causal
        Whether the format holds causal diagrams only: a link without a sign is then still one.
    """

    name: str = ""
    causal: bool = False
    elements: list[dict[str, Any]] = field(default_factory=list)
    ties: list[dict[str, Any]] = field(default_factory=list)
    participants: list[dict[str, Any]] = field(default_factory=list)
    loops: list[dict[str, Any]] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    dropped: Counter = field(default_factory=Counter)
    set_aside: Counter = field(default_factory=Counter)
    unsaid: list[dict[str, Any]] = field(default_factory=list)
    untyped: int = 0
    guessed: int = 0
    both_ways: int = 0
    opposed: bool = False

    def element(self, id_: Any, label: Any, attributes: Mapping[str, Any], words: Iterable[Any] = ()) -> None:
        """Add an element; its type is what its words and attributes say, a variable where they say nothing."""
        check_room(len(self.elements), MOST_ELEMENTS)
        given = present(attributes)
        kind = given.pop("type") if given.get("type") in (ACTOR, VARIABLE) else None
        if kind and SET_ASIDE in given:
            given["type"] = given.pop(SET_ASIDE)
        kind = kind or type_of([*words, *(given.get(key) for key in TYPE_KEYS)])
        self.untyped += kind is None
        block = {"id": text_of_id(id_), "label": text_of_id(id_ if label in (None, "") else label)}
        given = beside(given, block)
        self.elements.append({TYPE: kind or VARIABLE, **block, **self.settled(given, kind or VARIABLE)})

    def tie(self, source: Any, target: Any, attributes: Mapping[str, Any], id_: Any = None) -> None:
        """Add a tie; a sign makes it a causal link, else its own type names the relation."""
        check_room(len(self.ties), MOST_TIES)
        given = self.signed(present(attributes))
        if given.get("direction") in BOTH_WAYS:
            back = {key: value for key, value in given.items() if key != "direction"}
            self.both_ways += 1
            self.tie(target, source, back, f"{id_}, back" if id_ else None)
        if given.get("direction") in (*BOTH_WAYS, "directed"):
            del given["direction"]
        sign, kind, rest = sign_of(given), kind_of(given), given
        if "kind" not in given:
            rest = {key: value for key, value in given.items() if not is_told(key, value, sign, kind)}
        rest = {key: value for key, value in rest.items() if key not in ("kind", "polarity")}
        if sign and kind not in (None, CAUSES, RELATES):
            rest["kind_in_file"] = kind
        ends = {"id": text_of_id(id_), "source": text_of_id(source), "target": text_of_id(target)}
        told = CAUSES if sign or (self.causal and kind is None) else kind or RELATES
        polarity = {"polarity": sign} if sign else {}
        self.ties.append({**ends, "kind": told, **polarity, **self.settled(beside(rest, ends), "tie")})
        if kind is None and not sign:
            self.unsaid.append(self.ties[-1])

    def signed(self, given: dict[str, Any]) -> dict[str, Any]:
        """Read a weight below zero as a negative sign."""
        weight = number_of(given.get("weight", 0))
        if weight is None or not -math.inf < weight < 0:
            return given
        self.opposed = True
        return {"polarity": "-", **given, "weight": -weight}

    def settled(self, attributes: Mapping[str, Any], kind: str) -> dict[str, Any]:
        """Give each attribute the form the contract asks; what cannot have it is set aside under another name."""
        settled: dict[str, Any] = {}
        for key, value in attributes.items():
            rule = RULES[kind].get(key)
            if rule is None:
                settled[key] = value
                continue
            fit = fitting(key, value)
            checker = Checker()
            rule(checker, fit, "", key)
            if checker.faults and not is_unbounded(fit) and key != "weight":
                self.set_aside[key] += 1
                settled[f"{key}_in_file"] = value
            else:
                settled[key] = fit
        return settled

    def loop(self, nodes: Iterable[Any], **values: Any) -> None:
        """Add a loop that people have named."""
        known = {key: value for key, value in values.items() if value not in (None, "")}
        number = {"id": f"loop{len(self.loops) + 1}"} | known
        self.loops.append({**number, "nodes": [str(node) for node in nodes]})

    def document(self) -> dict[str, Any]:
        """Give the document of the map drawn."""
        self.sign_all()
        self.scale_weights()
        self.name_ties()
        self.declare()
        blocks = {block: [own(one) for one in self.elements if one[TYPE] == kind] for kind, block in BLOCKS.items()}
        top = {"format": FORMAT, "version": VERSION, "name": self.name}
        return {**self.kept, **top, **blocks, "ties": self.ties, "participants": self.participants, "loops": self.loops}

    def sign_all(self) -> None:
        """Read weights that say no more as positive where others in the file are below zero."""
        for tie in self.unsaid if self.opposed else ():
            if tie.get("weight"):
                tie |= {"kind": CAUSES, "polarity": "+"}

    def scale_weights(self) -> None:
        """Bring weights on another scale to 0–1, by the largest."""
        weights = [tie["weight"] for tie in self.ties if isinstance(tie.get("weight"), int | float)]
        largest = max((weight for weight in weights if not math.isnan(weight)), default=0)
        if 1 < largest < math.inf:
            for tie in self.ties:
                if isinstance(tie.get("weight"), int | float):
                    tie["weight"] = tie["weight"] / largest
            self.findings.append(Finding("map_weights_scaled", {}, {"largest": largest}))

    def name_ties(self) -> None:
        """Give ids to the ties that have none."""
        taken = {tie["id"] for tie in self.ties}
        number = 0
        for tie in self.ties:
            while tie["id"] == "":
                number += 1
                tie["id"] = f"t{number}" if f"t{number}" not in taken else ""

    def declare(self) -> None:
        """Declare the participants that only ties name."""
        declared = {str(one.get("id")) for one in self.participants if isinstance(one, Mapping)}
        named = dict.fromkeys(one for tie in self.ties for one in tie.get("participants", ()) if isinstance(one, str))
        self.participants += [{"id": one} for one in named if one not in declared]

    def told(self, format_: str) -> list[Finding]:
        """Say what was read, guessed and left aside."""
        counts = Counter(one[TYPE] for one in self.elements)
        values = {"format": format_, "actors": counts[ACTOR], "variables": counts[VARIABLE], "ties": len(self.ties)}
        told = [Finding("map_read", {}, values)]
        if self.untyped and not self.causal:
            told.append(Finding("map_types_unsaid", {}, {"count": self.untyped}))
        if self.guessed:
            told.append(Finding("map_types_guessed", {}, {"count": self.guessed}))
        if self.both_ways:
            told.append(Finding("ties_both_ways", {}, {"count": self.both_ways}))
        if self.set_aside:
            told.append(Finding("map_set_aside", {}, {"names": counted(self.set_aside)}))
        if self.dropped:
            told.append(Finding("map_dropped", {}, {"names": counted(self.dropped)}))
        return [*told, *self.findings]


def check_room(count: int, most: int) -> None:
    """Refuse one more where there are as many as a map may have: at once, not when all have been read."""
    if count >= most:
        raise Faults([Fault("map_too_large", {}, {"count": count + 1, "most": most})])


def own(element: Mapping[str, Any]) -> dict[str, Any]:
    """Give an element's block, without the draft's own mark."""
    return {key: value for key, value in element.items() if key != TYPE}


def present(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what says nothing."""
    return {str(key): value for key, value in attributes.items() if value is not None and value != ""}


def beside(attributes: Mapping[str, Any], block: Mapping[str, Any]) -> dict[str, Any]:
    """Keep an attribute that bears a name the block already has under another name, unless it says the same."""
    return {
        f"{key}_in_file" if key in block else key: value
        for key, value in attributes.items()
        if key not in block or text_of_id(value) != block[key]
    }


def text_of_id(id_: Any) -> str:
    """Give an id as the text it is on our maps."""
    if isinstance(id_, float) and id_.is_integer():
        id_ = int(id_)
    return "" if id_ is None else str(id_)


def type_of(words: Iterable[Any]) -> str | None:
    """Say what an element is by the words of its type or shape; None when there is no word at all.

    Examples
    --------
    >>> type_of(["Stakeholder"]), type_of(["Partie prenante"]), type_of(["Phenomenon"]), type_of([None])
    ('actor', 'actor', 'variable', None)
    """
    said = [word for word in words if isinstance(word, str) and word]
    if any(PEOPLE.search(word.replace("_", " ")) for word in said):
        return ACTOR
    return VARIABLE if said else None


def sign_of(attributes: Mapping[str, Any]) -> str | None:
    """Give the sign a tie's attributes say; where its kind is said, only ``polarity`` can say a sign."""
    signs = [sign_value(attributes.get("polarity"))]
    if attributes.get("kind") in (None, *POLARITIES):
        signs += [sign_value(attributes.get(key)) for key in ("sign", "signe")]
        signs += [sign_word(attributes.get(key)) for key in KIND_KEYS]
    return next(filter(None, signs), None)


def kind_of(attributes: Mapping[str, Any]) -> str | None:
    """Give the kind of tie that attributes name, in our word where it is one of ours; a sign names none."""
    said = attributes.get("kind")
    if isinstance(said, str) and said not in POLARITIES:
        return in_our_word(said, said)
    for key in KIND_KEYS[1:]:
        word = attributes.get(key)
        if isinstance(word, str) and word.strip() and not sign_word(word):
            return in_our_word(word, word.strip())
    return None


def in_our_word(word: str, own: str) -> str:
    """Give a kind in our word where it is one of ours, else in the file's own."""
    ours = word.strip().lower().replace(" ", "_")
    return ours if ours in (*RELATIONS, CAUSES, RELATES) else own


def is_told(key: str, value: Any, sign: str | None, kind: str | None) -> bool:
    """Say whether an attribute says only what the tie's sign or kind says already."""
    if key in ("sign", "signe"):
        return sign is not None and sign_value(value) == sign
    return key in KIND_KEYS and isinstance(value, str) and (kind_of({key: value}) == kind or sign_word(value) == sign)


def fitting(key: str, value: Any) -> Any:
    """Give a value the type its key has: numbers and truths from texts, texts from numbers."""
    if key in NUMBERS:
        number = number_of(value)
        return value if number is None else number
    if isinstance(value, bool):
        return value
    if key == "formal":
        return (TRUTHS | UNTRUTHS).get(str(value).strip().lower().removesuffix(".0"), value)
    if key == "participants":
        return value if isinstance(value, list) else [str(value)]
    if key == "rank":
        return value if isinstance(value, int | float | str) else str(value)
    return text_of_id(value) if isinstance(value, str | int | float) else value


def is_unbounded(value: Any) -> bool:
    """Say whether a value is no number, or infinite: that is never set aside but refused."""
    return isinstance(value, float) and not math.isfinite(value)


def counted(names: Mapping[str, int]) -> str:
    """Write names with how many times each was met."""
    return ", ".join(f"{name} ({count})" for name, count in names.items())
