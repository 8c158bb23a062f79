"""Changes of a map as data: what a hand does in the editor, what undoes it, what lies between two maps.

A change is one of::

    {"do": "add", "block": "actors", "values": {"id": "dgs", "label": "DGS"}, "at": 3}
    {"do": "set", "block": "ties", "id": "t1", "values": {"weight": 0.5, "delay": None}}
    {"do": "set", "block": "map", "values": {"name": "Eau"}}
    {"do": "remove", "block": "actors", "id": "dgs"}

``at`` is a place in the block; without it, or beyond the end, what is added comes last. ``None`` takes a key away. An
id is never set. Nothing is implied: whoever removes an actor also removes its ties. Whether the map still holds is for
`check_map` to say. The browser does the same in ``widgets/js/src/systems_map/changes.js``; both are tested on the cases
of ``widgets/js/test/changes.json``.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assessment.faults import Fault, Faults
from assessment.systems.model import BLOCKS, DRAWN, FORMAT, VERSION, known
from assessment.systems.rules import brief

Document = Mapping[str, Any]
Change = Mapping[str, Any]

MAP = "map"
LISTED = (*BLOCKS.values(), "ties", "participants", "loops")
"""Blocks of a document, each a list of what has an id."""


def apply_changes(document: Document, changes: Sequence[Change]) -> dict[str, Any]:
    """Give the map as it is after some changes; the one that came in stays as it was.

    Parameters
    ----------
    document
        The content of a ``*.map.json`` file that has passed the check.
    changes
        What is done, in order; all of it, or nothing.

    Returns
    -------
    dict
        A new document. What no change touches is shared with the old one.

    Raises
    ------
    Faults
        The first change that cannot be made: of no known form, of an id nobody has, of one that stands already.

    Notes
    -----
    **Missing answers**: not concerned; a value that is not known is a key that is not there.

    Examples
    --------
    >>> document = {"actors": [{"id": "dgs", "label": "DGS"}]}
    >>> apply_changes(document, [{"do": "set", "block": "actors", "id": "dgs", "values": {"unit": "dg"}}])
    {'actors': [{'id': 'dgs', 'label': 'DGS', 'unit': 'dg'}]}
    >>> apply_changes(document, [{"do": "remove", "block": "actors", "id": "maire"}])
    Traceback (most recent call last):
    assessment.faults.Faults: change_id_unknown (block actors, value='maire')
    """
    return make_changes(document, changes)[0]


def invert_changes(document: Document, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Give what undoes some changes, once they are made: the map is then as it was, the order of its blocks included.

    Parameters
    ----------
    document
        The map before the changes.
    changes
        What is done to it.

    Raises
    ------
    Faults
        As `apply_changes`.

    Examples
    --------
    >>> invert_changes({"actors": [{"id": "dgs", "label": "DGS"}]}, [{"do": "remove", "block": "actors", "id": "dgs"}])
    [{'do': 'add', 'block': 'actors', 'values': {'id': 'dgs', 'label': 'DGS'}, 'at': 0}]
    """
    return make_changes(document, changes)[1]


def make_changes(document: Document, changes: Sequence[Change]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Give both: the map after some changes, and what undoes them."""
    if not isinstance(changes, list | tuple):
        raise slip("change_malformed", changes)
    hand = Hand(document)
    undoing = [hand.make(change) for change in changes]
    return hand.document(), undoing[::-1]


def compare_maps(old: Document, new: Document) -> list[dict[str, Any]]:
    """Learn what turns one map into another.

    Parameters
    ----------
    old, new
        Documents that have passed the check.

    Returns
    -------
    list of dict
        Changes that `apply_changes` makes of the first the second, the order of its blocks included: what is gone (ties
        before their ends), what has other values, what is new. What has changed its place among the others is taken
        away and added again, as few as can be. Two equal maps have none.

    Notes
    -----
    **Missing answers**: a key without a value is the same as no key.

    Examples
    --------
    >>> old = {"actors": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}
    >>> new = {"actors": [{"id": "b", "label": "B"}, {"id": "c", "label": "C"}]}
    >>> for change in compare_maps(old, new):
    ...     print(change)
    {'do': 'remove', 'block': 'actors', 'id': 'a'}
    {'do': 'add', 'block': 'actors', 'values': {'id': 'c', 'label': 'C'}}
    """
    blocks = {name: Compared(name, laid(old.get(name)), laid(new.get(name))) for name in LISTED}
    top = difference(top_of(old), top_of(new))
    named = [{"do": "set", "block": MAP, "values": top}] if top else []
    gone = [one for name in reversed(LISTED) for one in blocks[name].gone()]
    other = [one for name in LISTED for one in blocks[name].set()]
    added = [one for name in LISTED for one in blocks[name].added()]
    return [*named, *gone, *other, *added]


def laid_out(document: Document) -> dict[str, Any]:
    """Give a map in the form that changes keep: every block there, and no key without a value.

    Examples
    --------
    >>> laid_out({"name": None, "actors": [{"id": "dgs", "label": "DGS", "unit": None}]})["actors"]
    [{'id': 'dgs', 'label': 'DGS'}]
    """
    blocks = {name: [known(one) for one in document.get(name) or ()] for name in LISTED}
    return {"format": FORMAT, "version": VERSION, "name": "", **known(document), **blocks}


@dataclass
class Hand:
    """What makes changes: the document's blocks, each unpacked when first touched."""

    old: Document
    blocks: dict[str, "Block"] = field(default_factory=dict)
    top: dict[str, Any] = field(default_factory=dict)

    def make(self, change: Any) -> dict[str, Any]:
        """Make a change; give what undoes it."""
        if not isinstance(change, Mapping):
            raise slip("change_malformed", change)
        do = change.get("do")
        if do not in ("add", "set", "remove"):
            raise slip("change_do_unknown", do)
        if do == "set" and change.get("block") == MAP:
            return self.set_top(values_of(change))
        return getattr(self.block(change.get("block")), do)(change)

    def block(self, name: Any) -> "Block":
        """Give a block, ready to be changed."""
        if not isinstance(name, str) or name not in LISTED:
            raise slip("change_block_unknown", name)
        if name not in self.blocks:
            self.blocks[name] = Block(name, laid(self.old.get(name)))
        return self.blocks[name]

    def set_top(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Set keys of the document itself."""
        if any(name in values for name in LISTED):
            raise slip("change_malformed", ", ".join(values), MAP)
        standing = known({**self.old, **self.top})
        self.top.update(values)
        return {"do": "set", "block": MAP, "values": {key: standing.get(key) for key in values}}

    def document(self) -> dict[str, Any]:
        """Give the document as it is now."""
        taken = {key for key, value in self.top.items() if value is None}
        kept = {key: value for key, value in {**self.old, **self.top}.items() if key not in taken}
        return kept | {name: block.listed() for name, block in self.blocks.items()}


@dataclass
class Block:
    """A block being changed: who stands in it by id, and in which order."""

    name: str
    standing: dict[str, Mapping[str, Any]]
    order: list[str] = field(init=False)

    def __post_init__(self):
        self.order = list(self.standing)

    def listed(self) -> list[Mapping[str, Any]]:
        """Give the block as the document holds it."""
        return [self.standing[id_] for id_ in self.order]

    def add(self, change: Change) -> dict[str, Any]:
        """Add one; give what takes it away."""
        values, at = known(values_of(change)), change.get("at")
        id_ = id_of(values, self.name)
        if id_ in self.standing:
            raise slip("change_id_stands", id_, self.name)
        self.order.insert(place_of(at, len(self.order), self.name), id_)
        self.standing[id_] = values
        return {"do": "remove", "block": self.name, "id": id_}

    def set(self, change: Change) -> dict[str, Any]:
        """Set keys of one; give what sets them back."""
        values, id_ = values_of(change), self.found(change)
        if "id" in values:
            raise slip("change_malformed", id_, self.name)
        old = self.standing[id_]
        self.standing[id_] = known({**old, **values})
        return {"do": "set", "block": self.name, "id": id_, "values": {key: old.get(key) for key in values}}

    def remove(self, change: Change) -> dict[str, Any]:
        """Take one away; give what puts it back where it was."""
        id_ = self.found(change)
        last = len(self.order) - 1
        at = last if self.order[last] == id_ else self.order.index(id_)  # what came last is often the first undone
        del self.order[at]
        return {"do": "add", "block": self.name, "values": self.standing.pop(id_), "at": at}

    def found(self, change: Change) -> str:
        """Give the id a change speaks of, which somebody bears."""
        id_ = id_of(change, self.name)
        if id_ not in self.standing:
            raise slip("change_id_unknown", id_, self.name)
        return id_


def laid(block: Sequence[Mapping[str, Any]] | None) -> dict[str, Mapping[str, Any]]:
    """Give what stands in a block by its id, in its order."""
    return {one["id"]: one for one in block or ()}


def id_of(values: Mapping[str, Any], block: str) -> str:
    """Give an id that is one."""
    id_ = values.get("id")
    if not isinstance(id_, str) or not id_:
        raise slip("change_malformed", id_, block)
    return id_


def values_of(change: Change) -> Mapping[str, Any]:
    """Give the values of a change."""
    values = change.get("values")
    if not isinstance(values, Mapping):
        raise slip("change_malformed", values, str(change.get("block")))
    return values


def place_of(at: Any, end: int, block: str) -> int:
    """Give the place where one is added: the last when none is said, or one beyond the end."""
    if at is None:
        return end
    if isinstance(at, bool) or not isinstance(at, int) or at < 0:
        raise slip("change_malformed", at, block)
    return min(at, end)


def slip(code: str, value: Any, block: str = "") -> Faults:
    """Make what is raised for a change that cannot be made."""
    return Faults([Fault(code, {"block": block} if block else {}, {"value": brief(value)})])


@dataclass
class Compared:
    """A block of two maps, by id."""

    name: str
    old: dict[str, Mapping[str, Any]]
    new: dict[str, Mapping[str, Any]]
    staying: set[str] = field(init=False)

    def __post_init__(self):
        places = {id_: place for place, id_ in enumerate(self.old)}
        self.staying = rising([id_ for id_ in self.new if id_ in places], places)

    def gone(self) -> Iterator[dict[str, Any]]:
        """Take away what is no longer there, or no longer in its place."""
        return ({"do": "remove", "block": self.name, "id": id_} for id_ in self.old if id_ not in self.staying)

    def set(self) -> Iterator[dict[str, Any]]:
        """Set what has other values."""
        for id_ in self.new:
            values = difference(self.old[id_], self.new[id_]) if id_ in self.staying else {}
            if values:
                yield {"do": "set", "block": self.name, "id": id_, "values": values}

    def added(self) -> Iterator[dict[str, Any]]:
        """Add what is new, from the first to the last, so that each finds its place."""
        standing = len(self.staying)
        for at, (id_, values) in enumerate(self.new.items()):
            if id_ not in self.staying:
                place = {"at": at} if at < standing else {}
                yield {"do": "add", "block": self.name, "values": known(values), **place}
                standing += 1


def top_of(document: Document) -> dict[str, Any]:
    """Give the keys of the document that are no blocks."""
    return {key: value for key, value in document.items() if key not in DRAWN and key not in LISTED}


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Give the values that make the second of the first; None where a key goes."""
    old, new = known(old), known(new)
    other = {key: value for key, value in new.items() if key not in old or is_other(old[key], value)}
    return other | {key: None for key in old if key not in new}


def is_other(old: Any, new: Any) -> bool:
    """Say whether two values are written differently: to Python, `True` equals 1."""
    return old != new or repr(old) != repr(new)


def rising(ids: Sequence[str], places: Mapping[str, int]) -> set[str]:
    """Give the most of some ids whose places rise: the longest rising run, as patience sorting finds it."""
    ends: list[int] = []
    tops: list[str] = []
    before: dict[str, str | None] = {}
    for id_ in ids:
        pile = bisect_left(ends, places[id_])
        before[id_] = tops[pile - 1] if pile else None
        ends[pile : pile + 1], tops[pile : pile + 1] = [places[id_]], [id_]
    kept, id_ = set(), tops[-1] if tops else None
    while id_ is not None:
        kept.add(id_)
        id_ = before[id_]
    return kept
