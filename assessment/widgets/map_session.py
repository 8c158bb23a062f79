"""One map as it is being edited: the document, its revision, what was done and can be undone. No screen here.

`check_map` is the only judge of a map. What it refuses changes nothing; what it accepts is the next revision. Every
answer is a plain dict, ready for the wire; what is refused is raised as `Faults`, for the widget to word.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from functools import cached_property
from numbers import Integral
from typing import Any, Protocol

import networkx as nx

from assessment.faults import Fault, Faults, refuse
from assessment.systems import check_map, map_graph
from assessment.systems.changes import Change, compare_maps, laid_out, make_changes
from assessment.systems.model import FORMAT, VERSION

EMPTY = {"format": FORMAT, "version": VERSION}

FIRST = 1
"""The revision a map is opened with."""


class Store(Protocol):
    """Where a map lives beyond this session: a workspace's, or none."""

    def load(self) -> dict[str, Any] | None:
        """Give the map as it was last saved, if it was; what is saved from now on goes on from it."""

    def current(self) -> dict[str, Any] | None:
        """Give the map as it stands, whoever saved it; what is saved from here goes on as before."""

    def save(self, document: Mapping[str, Any], revision: int) -> None:
        """Keep the map as it is now."""

    def snapshots(self) -> list[dict[str, Any]]:
        """List what was kept: id, when, label, name, actors, variables, ties."""

    def snapshot(self, label: str) -> str | int:
        """Keep the map as it was last saved, under a name; give the id."""

    def at(self, id_: str | int) -> dict[str, Any]:
        """Give the map as it was kept."""


class State:
    """A document at one revision, and what is worked out of it once."""

    def __init__(self, document: dict[str, Any], revision: int):
        self.document = document
        self.revision = revision

    @cached_property
    def graph(self) -> nx.MultiDiGraph:
        """Give the map's graph, to read and not to change."""
        return map_graph(self.document)


class MapSession:
    """A map that is being edited.

    Parameters
    ----------
    document
        The map; without one, what the store holds, or an empty map. Where the store holds another, putting this one in
        its place is the first step, and can be undone.
    store
        Where every accepted edit is saved. A save that fails is told and loses nothing here.

    Raises
    ------
    Faults
        All that is wrong with the map, or what the store says.

    Notes
    -----
    **Missing answers**: not concerned; what is not known of a map is left out.

    Examples
    --------
    >>> session = MapSession()
    >>> add = {"do": "add", "block": "actors", "values": {"id": "dgs", "label": "DGS"}}
    >>> session.edit(1, [add])["revision"], session.document["actors"]
    (2, [{'id': 'dgs', 'label': 'DGS'}])
    >>> session.undo(2)["changes"]
    [{'do': 'remove', 'block': 'actors', 'id': 'dgs'}]
    """

    def __init__(self, document: Mapping[str, Any] | None = None, store: Store | None = None):
        self.store = store
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self.saving: dict[str, Any] = {}
        held = None if store is None else store.load()
        first = document if held is None else held
        self.state = State(ready(EMPTY if first is None else first), FIRST)
        if held is not None and document is not None:
            self.replace(document)
        elif document is not None:
            self.save()

    @property
    def document(self) -> dict[str, Any]:
        """Give the map as it is now."""
        return self.state.document

    @property
    def revision(self) -> int:
        """Give how often the map has changed, counted from 1."""
        return self.state.revision

    def place(self) -> dict[str, int]:
        """Say where the session stands: the revision, how much can be undone and redone."""
        return {"revision": self.revision, "undo": len(self.done), "redo": len(self.undone)}

    def whole(self) -> dict[str, Any]:
        """Give the whole map: a page opens, or has lost the thread."""
        return self.place() | {"document": self.document} | self.saving

    def edit(self, base: Any, changes: Any) -> dict[str, Any]:
        """Make an edit; answer with what was done, or with the whole map when it was made on an older one.

        Parameters
        ----------
        base
            The revision the edit was made on.
        changes
            What is done (`assessment.systems.changes`).

        Raises
        ------
        Faults
            Why it is refused; nothing has changed.
        """
        if self.is_stale(base):
            return self.whole()
        document, undoing = make_changes(self.document, changes)
        if not changes:
            return self.place() | {"changes": []} | self.save()
        check_map(document)
        self.done.append((list(changes), undoing))
        self.undone.clear()
        return self.moved(document, changes)

    def replace(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Put another map in place of this one, as one step that can be undone.

        Raises
        ------
        Faults
            All that is wrong with it; nothing has changed.
        """
        document = ready(document)
        return self.edit(self.revision, compare_maps(self.document, document))

    def undo(self, base: Any) -> dict[str, Any]:
        """Undo the last step."""
        return self.step(base, self.done, self.undone, "undo_nothing")

    def redo(self, base: Any) -> dict[str, Any]:
        """Do again what was undone last."""
        return self.step(base, self.undone, self.done, "redo_nothing")

    def step(self, base: Any, taken: "list[Step]", given: "list[Step]", code: str) -> dict[str, Any]:
        """Take a step back, or forward again: the map was checked when it was so before."""
        if self.is_stale(base):
            return self.whole()
        if not taken:
            raise Faults([Fault(code)])
        doing, undoing = taken.pop()
        document, _ = make_changes(self.document, undoing)
        given.append((undoing, doing))
        return self.moved(document, undoing)

    def is_stale(self, base: Any) -> bool:
        """Say whether an edit was made on another revision than this one."""
        if isinstance(base, bool) or not isinstance(base, int):
            raise Faults([Fault("message_malformed")])
        return base != self.revision

    def moved(self, document: dict[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
        """Go on to the next revision, and save it."""
        self.state = State(document, self.revision + 1)
        return self.place() | {"changes": list(changes)} | self.save()

    def save(self) -> dict[str, Any]:
        """Save the map where it lives, if it lives anywhere; say whether it is, and why not."""
        if self.store is not None:
            faults = self.faults_of_saving(self.store)
            self.saving = {"saved": False, "refused": faults} if faults else {"saved": True}
        return self.saving

    def faults_of_saving(self, store: Store) -> list[Fault]:
        """Save the map; give what went wrong."""
        try:
            store.save(self.document, self.revision)
        except Faults as faults:
            return list(faults.faults)
        except Exception as error:  # whatever a disk or a server does: the map is here, and people go on drawing
            logging.getLogger(__name__).exception("A map was not saved")
            return [Fault("map_unsaved", {}, {"reason": reason_of(error)})]
        return []


Step = tuple[list[Change], list[Change]]
"""What was done, and what undoes it."""


def reason_of(error: Exception) -> str:
    """Give what an error says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


def ready(document: Mapping[str, Any]) -> dict[str, Any]:
    """Check a map and give it in the form a session works on: plain JSON of its own, every block there.

    Raises
    ------
    Faults
        All that is wrong with it.
    """
    check_map(document)
    try:
        return json.loads(json.dumps(laid_out(document), allow_nan=False, default=plain))
    except ValueError as error:  # Python does not write whole numbers of thousands of digits
        refuse(Fault("map_unwritable", {}, {"reason": reason_of(error)}))
        raise


def plain(value: Any) -> Any:
    """Give a value of another kind as JSON has it: a table, a number of an array library."""
    if isinstance(value, Mapping):
        return dict(value)
    return int(value) if isinstance(value, Integral) else float(value)
