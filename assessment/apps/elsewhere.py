"""The chapter of other organisations: what it keeps, and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from typing import Any, ClassVar

import pandas as pd

from assessment.apps.contents import ELSEWHERE
from assessment.apps.elsewhere_page import ElsewhereStanding, write_elsewhere
from assessment.apps.kept_sheet import Happened, KeptSheet, afresh, only_here
from assessment.faults import Faults
from assessment.framework.model import Framework
from assessment.practices.elsewhere import (
    bring_norms,
    bring_scores,
    check_elsewhere,
    new_elsewhere,
    norms_template,
    read_norms,
    read_scores,
    rename,
    take_away,
)
from assessment.widgets.tool_page import Event
from assessment.workspace import Workspace


@dataclass
class Elsewhere:
    """What the chapter is about, and what it answers.

    Parameters
    ----------
    framework
        The instrument.
    released
        Released tables: ``dimensions``, ``items``.
    wave
        Gives the wave that is looked at.
    send_file
        Lets the browser save a file: name, content, media type.
    min_group
        The threshold of the release.
    workspace
        Where the sheet is kept; without a workspace only as long as the page is open.
    """

    framework: Framework
    released: Mapping[str, pd.DataFrame]
    wave: Callable[[], str]
    send_file: Callable[[str, bytes, str], None] = lambda name, content, media_type: None
    min_group: int = 10
    workspace: Workspace | str | PathLike | None = None
    sheet: KeptSheet = field(init=False)

    def __post_init__(self):
        self.sheet = KeptSheet(self.workspace, ELSEWHERE, new_elsewhere, check_elsewhere)

    def blocks(self, language: str) -> list[dict]:
        """Write the chapter."""
        notices = only_here(self.workspace, language)
        where = (self.sheet.document, self.released, self.wave(), self.min_group)
        return write_elsewhere(ElsewhereStanding(language, self.framework, *where, self.sheet.happened, notices))

    def forget(self) -> None:
        """Tell what has happened no more."""
        self.sheet.happened = None

    def bring_norms(self, event: Event) -> None:
        """Take a file of norms in place of any before."""
        self.bring(event, read_norms, bring_norms, "norms_brought")

    def bring_scores(self, event: Event) -> None:
        """Take the scores of another organisation."""
        self.bring(event, read_scores, bring_scores, "scores_brought")

    def bring(self, event: Event, read: Callable, put: Callable[[Mapping, Any], dict], done: str) -> None:
        """Take a file, or tell all that is wrong with it; what was there stays."""
        try:
            found = read(event.name or "?", event.content, self.framework)
        except Faults as faults:
            self.sheet.happened = Happened("wrong_file", faults.faults)
        else:
            self.sheet.change(put(self.sheet.document, found), done)

    def template(self, event: Event) -> None:
        """Give an empty file of norms."""
        content = "\ufeff" + norms_template(self.framework)
        self.send_file(f"normes-{self.framework.id}.csv", content.encode(), "text/csv")

    def remove(self, event: Event) -> None:
        """Take an organisation away."""
        self.sheet.change(take_away(self.sheet.document, event.values["name"]), "removed")

    def remove_norms(self, event: Event) -> None:
        """Take the norms away."""
        self.sheet.change(bring_norms(self.sheet.document, None), "removed")

    def rename(self, event: Event) -> None:
        """Call an organisation otherwise."""
        new = " ".join(event.values["new"].split())
        changed = rename(self.sheet.document, event.values["old"] or "", new) if new else self.sheet.document
        if changed != self.sheet.document:
            self.sheet.change(changed, "renamed")

    def undo(self, event: Event) -> None:
        """Take the last step back."""
        self.sheet.undo()

    ACTIONS: ClassVar[Mapping[str, Callable[[Any, Event], None]]] = {
        "elsewhere_norms": afresh(bring_norms),
        "elsewhere_scores": afresh(bring_scores),
        "elsewhere_template": afresh(template),
        "elsewhere_remove": afresh(remove),
        "elsewhere_remove_norms": afresh(remove_norms),
        "elsewhere_rename": afresh(rename),
        "elsewhere_undo": afresh(undo),
    }
