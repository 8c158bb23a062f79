"""Framing an assessment, before anyone is asked: nine steps, each change kept as it is made."""

import datetime
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from assessment.apps.contents import Contents, contents_of
from assessment.apps.framing_acts import ACTIONS
from assessment.apps.framing_keeping import Undo, compared_readiness, handing_of, people_key
from assessment.apps.framing_page import write_framing, write_refused
from assessment.apps.framing_sheet import OVERVIEW, Standing
from assessment.apps.shell import tool_header
from assessment.apps.told import Told, doing
from assessment.apps.visitors import Visit, address_of, is_demonstration, visit_of
from assessment.apps.work import Work
from assessment.faults import Faults
from assessment.framework import Framework, load_framework
from assessment.practices import check_framing, load_framing, new_framing
from assessment.practices.framing.document import FRAMING
from assessment.texts import word
from assessment.widgets.tool_page import Event, ToolPage
from assessment.workspace import (
    PracticeStore,
    Stale,
    Workspace,
    framework_of,
    list_campaigns,
    open_workspace,
)
from assessment.workspace.planning import HandedOver

FRAMEWORK = "collectivite-apprenante"
HOME = "0_accueil.ipynb"


def framing(
    workspace: Workspace | str | PathLike | None = None,
    language: str = "fr",
    framework: str | PathLike = FRAMEWORK,
) -> ToolPage:
    """Frame an assessment: why, with whom, how, when, at what cost, and what will be visible in the end.

    Parameters
    ----------
    workspace
        Where the framing is kept: an ``*.apprenance`` file (made if it is not there yet), the address of a database, or
        an open workspace. Without one it is a trial, gone with the page.
    language
        ``"fr"`` or ``"en"``; can be changed on the page.
    framework
        The instrument: a file, or the id of a bundled one; a workspace that has a campaign keeps to its instrument.

    Returns
    -------
    ToolPage
        The page. Every change is saved as it is made; nothing leaves the machine it runs on.

    Notes
    -----
    Where the workspace cannot be opened, or what it keeps is no framing, the page says why and nothing is touched.

    **Missing answers**: what is not filled in is not known yet, and the mandate says so.

    Examples
    --------
    >>> page = framing(language="en")
    >>> page.page["title"], page.page["header"]["state"]["kind"]
    ('Frame the assessment', 'unsaved')
    """
    visit = visit_of(os.environ)
    try:
        opened = workspace if isinstance(workspace, Workspace) or workspace is None else open_workspace(workspace, True)
        return Framing(language, opened, framework, visit).view
    except Faults as faults:
        return ToolPage(page=write_refused(language, faults.faults, home_of(visit, language)))


def home_of(visit: Visit, language: str) -> str:
    """Give the address of the home page, about the same workspace, in the same language."""
    return address_of(HOME, visit.workspace, language if visit.served else None)


@dataclass
class Framing:
    """The framing somebody works on, and what the page answers; the page itself is written anew each time."""

    language: str
    workspace: Workspace | None = None
    source: str | PathLike = FRAMEWORK
    visit: Visit = field(default_factory=Visit)
    today: datetime.date = field(default_factory=datetime.date.today)
    step: str = OVERVIEW
    told: Told | None = None
    unit: str = ""
    undo: Undo | None = None
    refused: Any = None
    unsaved: bool = False
    handed: HandedOver | None = None
    plans: tuple[Any, pd.DataFrame] | None = None

    def __post_init__(self):
        self.framework = self.instrument()
        self.store = None if self.workspace is None else PracticeStore(self.workspace, FRAMING)
        self.document = self.load()
        self.view = ToolPage()
        self.work = Work(self.view)
        self.view.page = self.page()
        self.view.on_event(self.answer)

    def instrument(self) -> Framework:
        """Give the instrument: the one of the workspace's last campaign, else the one that was asked for."""
        campaigns = list_campaigns(self.workspace) if self.workspace else []
        return framework_of(self.workspace, campaigns[-1].id) if campaigns else load_framework(self.source)

    def load(self) -> dict[str, Any]:
        """Give the framing as the workspace keeps it."""
        return new_framing() if self.store is None else load_framing(self.store.load(), self.framework)

    def answer(self, event: Event) -> None:
        """Do what somebody asks, and show what came of it."""
        if event.action == "language":
            self.language = event.values["language"]
        else:
            self.told = self.told if event.action == "seen" else None
            try:
                ACTIONS[event.action](self, event)
            except Faults as faults:
                self.told = Told("wrong", faults=faults.faults)
        self.view.page = self.page()

    def page(self) -> dict:
        """Write the page for where one stands."""
        standing = Standing(
            self.language,
            self.framework,
            self.document,
            self.header(),
            self.step,
            self.workspace is not None,
            self.told or self.offered(),
            self.unit,
            self.found_plans(),
            self.work.running == "search",
            compared_readiness(self.workspace, self.document) if self.step == "readiness" else None,
            handing_of(self.workspace, self.framework, self.document),
            self.home(),
            self.today,
        )
        address = {"language": self.language}
        if self.visit.served:
            address["workspace"] = self.visit.workspace
        return write_framing(standing) | {"address": address}

    def home(self) -> str:
        """Give the address of the home page."""
        return home_of(self.visit, self.language)

    def header(self) -> dict:
        """Say whose framing it is, and whether it is kept."""
        if self.workspace is None:
            state = {"kind": "unsaved", "text": word("mandate_page.trial_state", self.language)}
            home = {"label": word("home.home", self.language), "href": self.home()}
            return {"organisation": "Apprenance", "state": state, "home": home}
        path = Path(self.workspace.name)
        place = (path, self.held(), self.visit.served, is_demonstration(), self.home())
        header = tool_header(self.language, *place)
        if self.unsaved:
            header["state"] = {"kind": "problem", "text": word("mandate_page.not_saved", self.language)}
        return header

    def held(self) -> Contents:
        """Count what is in the workspace."""
        return contents_of(self.workspace)

    def offered(self) -> Told | None:
        """Offer one's own version where another is shown, or what was taken away, as long as nothing else changed."""
        if self.refused is not None:
            return Told("stale", "warning", actions=[doing("put_mine")])
        return None if self.undo is None else Told(self.undo.key, "info", self.undo.names, actions=[doing("undo")])

    def put(self, document: Mapping[str, Any], key: str = "", **names: str) -> None:
        """Take a changed framing, and save it; with a key, what was taken away can be put back."""
        changed = dict(check_framing(document, self.framework))
        undo = Undo.of(key, names, self.document, changed)
        if key or (self.undo and undo.values.keys() & self.undo.values.keys()):
            self.undo = undo if key else None
        self.document = changed
        self.save()

    def save(self) -> None:
        """Save the framing; where somebody else saved meanwhile theirs is shown, and ours can be put in its place."""
        if self.store is None:
            return
        try:
            self.store.save(self.document)
            self.unsaved = False
        except Stale:
            self.refused, self.undo, self.unsaved = self.document, None, False
            self.document = self.load()
        except Faults as faults:
            self.unsaved = True
            self.told = Told("wrong_save", faults=faults.faults)

    def found_plans(self) -> pd.DataFrame | None:
        """Give the mergers that were found, unless they were found of other people."""
        return self.plans[1] if self.plans and self.plans[0] == people_key(self.document) else None
