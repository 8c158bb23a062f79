"""A sheet that one page works on: kept in a workspace at every step, with the way back; without one, on the page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from os import PathLike
from typing import Any

from assessment.apps.campaign import opened
from assessment.apps.shell import faults_block
from assessment.faults import Fault, Faults
from assessment.texts import word
from assessment.workspace import PracticeStore, Stale, Workspace

MOST_UNDONE = 50
"""Steps that can be taken back."""


@dataclass(frozen=True)
class Happened:
    """What has just happened.

    Parameters
    ----------
    key
        A word: its title stands in the words as ``{key}_title``, its line, if any, as ``key``.
    faults
        What went wrong.
    undo
        Whether it can be taken back.
    """

    key: str
    faults: tuple[Fault, ...] = ()
    undo: bool = False


@dataclass
class KeptSheet:
    """A sheet and its steps.

    Parameters
    ----------
    workspace
        Where it is kept; None = only as long as the page is open.
    id
        Its id among the practices.
    new
        Makes an empty one.
    check
        Returns a sheet that may stand, or raises.
    """

    workspace: Workspace | str | PathLike | None
    id: str
    new: Callable[[], Mapping[str, Any]]
    check: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    document: Mapping[str, Any] = field(init=False)
    revision: int = field(init=False, default=0)
    past: list = field(init=False, default_factory=list)
    happened: Happened | None = field(init=False, default=None)

    def __post_init__(self):
        self.document = self.new()
        self.load()

    def load(self) -> None:
        """Take what is kept; what cannot be read is told, and an empty sheet stands in its place, not saved."""
        if self.workspace is None:
            return
        try:
            with opened(self.workspace) as own:
                store = PracticeStore(own, self.id)
                self.document = self.check(store.load() or self.new())
                self.revision = store.revision
        except Faults as faults:
            self.happened = Happened("wrong_open", faults.faults)

    def look_again(self) -> None:
        """Show what was kept elsewhere since, when somebody comes back; no step before it is undone."""
        seen = self.revision
        self.load()
        if self.revision != seen:
            self.past, self.happened = [], None

    def change(self, document: Mapping[str, Any], done: str) -> bool:
        """Keep a changed sheet and remember the one before; say whether it was kept."""
        before = self.document
        if not self.keep(document):
            return False
        self.past = [*self.past, before][-MOST_UNDONE:]
        self.happened = Happened(done, undo=True)
        return True

    def undo(self) -> None:
        """Go back to the sheet before the last change."""
        if self.past and self.keep(self.past[-1]):
            self.past = self.past[:-1]
            self.happened = Happened("undone", undo=bool(self.past))

    def keep(self, document: Mapping[str, Any]) -> bool:
        """Write a sheet; where somebody else has written since, theirs is shown, and both are in the history."""
        try:
            self.check(document)
            if self.workspace is not None:
                self.write(document)
        except Stale as stale:
            self.happened = Happened("changed_elsewhere")
            self.past = []
            self.revision, content = stale.current.revision, stale.current.content
            self.document = content if content and self.is_sheet(content) else self.new()
            return False
        except Faults as faults:
            self.happened = Happened("wrong_action", faults.faults)
            return False
        self.document = document
        return True

    def is_sheet(self, document: Mapping[str, Any]) -> bool:
        """Say whether a document passes the check."""
        try:
            self.check(document)
        except Faults:
            return False
        return True

    def write(self, document: Mapping[str, Any]) -> None:
        """Write a sheet over the revision that this page has seen."""
        with opened(self.workspace) as own:
            store = PracticeStore(own, self.id)
            store.revision = self.revision
            self.revision = store.save(document)


def afresh(do: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Make an action of a room begin by forgetting what was told before."""

    @wraps(do)
    def done(room: Any, event: Any) -> None:
        room.forget()
        do(room, event)

    return done


def told(room: str, happened: Happened | None, language: str, undo: str, titles: Mapping[str, str]) -> list[dict]:
    """Write what has just happened as a block.

    Parameters
    ----------
    room
        Names the block.
    happened
        What has happened; None = nothing.
    language
        ``"fr"`` or ``"en"``.
    undo
        The action that takes it back.
    titles
        The room's own words of what happened, by key; other keys stand in the words of all rooms.
    """
    if happened is None:
        return []
    title = titles.get(happened.key) or word(f"rooms.happened_{happened.key}", language)
    if happened.faults:
        return [faults_block(language, f"{room}_told", title, happened.faults)]
    tone = "warning" if happened.key == "changed_elsewhere" else "good"
    lines = [word("rooms.both_kept", language)] if tone == "warning" else []
    block = {"kind": "notice", "id": f"{room}_told", "tone": tone, "title": title, "lines": lines}
    actions = [{"id": undo, "label": word("rooms.undo", language)}] if happened.undo else []
    return [block | {"actions": actions}]


def only_here(workspace: object, language: str) -> list[dict]:
    """Say, where there is no workspace, that nothing is kept."""
    if workspace is not None:
        return []
    return [{"kind": "notice", "tone": "info", "id": "only_here", "title": word("rooms.only_here", language)}]
