"""Framing an assessment, before anyone is asked: nine steps, each change kept as it is made."""

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from assessment.apps import framing_edits as edits
from assessment.apps.contents import Contents, contents_of
from assessment.apps.framing_keeping import Undo, compared_readiness, handing_of, plan_of
from assessment.apps.framing_page import write_framing
from assessment.apps.framing_sheet import OVERVIEW, Standing, Told
from assessment.apps.pasted_units import read_pasted_units
from assessment.apps.shell import tool_header
from assessment.apps.visitors import Visit, address_of, is_demonstration, visit_of
from assessment.apps.work import Work
from assessment.faults import Faults
from assessment.figures.mandate import mandate_page
from assessment.framework import Framework, load_framework
from assessment.practices import check_framing, find_mergers, framing_units, load_framing, new_framing, with_units
from assessment.practices.framing.document import FRAMING, UNIT, WORKSHOP, listed, part
from assessment.texts import word
from assessment.widgets.tool_page import Event, ToolPage
from assessment.workspace import (
    PracticeStore,
    Stale,
    Workspace,
    add_framework,
    framework_of,
    list_campaigns,
    open_workspace,
    plan_campaign,
    unplan_campaign,
)
from assessment.workspace.planning import HandedOver

FRAMEWORK = "collectivite-apprenante"
HOME = "0_accueil.ipynb"
PDF = "application/pdf"


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

    Raises
    ------
    Faults
        Why the workspace cannot be opened, or what is wrong with the framing that it keeps.

    Notes
    -----
    **Missing answers**: what is not filled in is not known yet, and the mandate says so.

    Examples
    --------
    >>> page = framing(language="en")
    >>> page.page["title"], page.page["header"]["state"]["kind"]
    ('Frame the assessment', 'unsaved')
    """
    opened = workspace if isinstance(workspace, Workspace) or workspace is None else open_workspace(workspace, True)
    return Framing(language, opened, framework, visit_of(os.environ)).view


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
            self.told = None
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
            self.told or self.undo_told(),
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
        return address_of(HOME, self.visit.workspace, self.language if self.visit.served else None)

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

    def undo_told(self) -> Told | None:
        """Offer to undo what was taken away, as long as nothing else has changed there."""
        return None if self.undo is None else Told(self.undo.key, "info", self.undo.names, actions=("undo",))

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
            self.told = Told("stale", "warning", actions=("put_mine",))
        except Faults as faults:
            self.unsaved = True
            self.told = Told("wrong_save", faults=faults.faults)

    def put_mine(self, event: Event) -> None:
        """Put what was refused in the place of what somebody else saved; theirs stays in the history."""
        self.put(self.refused)

    def put_back(self, event: Event) -> None:
        """Undo what was taken away."""
        if self.undo is not None:
            values, self.undo = self.undo.values, None
            self.put({name: value for name, value in {**self.document, **values}.items() if value is not None})
            self.told = Told("undone")

    def look_again(self, event: Event) -> None:
        """Show what others have saved since, when somebody comes back to the page."""
        if self.store is not None and not self.unsaved:
            self.document = self.load()

    def go(self, event: Event) -> None:
        """Go to a step."""
        self.step, self.undo = event.values["step"], None

    def write_people(self, event: Event) -> None:
        """Take headcounts."""
        self.put(
            edits.write_people(self.document, self.framework, event.values["staff"], event.values.get("others", []))
        )

    def add_unit(self, event: Event) -> None:
        """Put one more unit on the list."""
        name = edits.plain(event.values["name"])
        if name:
            self.put(edits.without_lost_mergers(edits.add_unit(self.document, name, event.values["parent"] or "")))

    def choose_unit(self, event: Event) -> None:
        """Look at a unit."""
        self.unit = event.values["unit"] or ""

    def change_unit(self, event: Event) -> None:
        """Rename or move a unit."""
        name = edits.plain(event.values["name"])
        if name:
            unit, parent = event.values["unit"], event.values["parent"] or ""
            self.put(edits.without_lost_mergers(edits.change_unit(self.document, unit, name, parent)))

    def remove_unit(self, event: Event) -> None:
        """Take a unit away."""
        unit = event.values["unit"]
        name = next((one.get("name") or unit for one in listed(self.document, "units") if one["unit"] == unit), unit)
        self.put(edits.without_lost_mergers(edits.remove_unit(self.document, unit)), "removed_unit", name=name)
        self.unit = ""

    def bring_units(self, event: Event) -> None:
        """Take units from a file somebody brings."""
        self.put_units(read_pasted_units(text_of(event.content), self.framework, event.name or "?"))

    def paste_units(self, event: Event) -> None:
        """Take units that somebody pastes."""
        called = word("mandate_page.cells_called", self.language)
        self.put_units(read_pasted_units(event.values["cells"], self.framework, called))

    def put_units(self, table: pd.DataFrame) -> None:
        """Put other units in the place of those there are; the old ones can be put back."""
        document = edits.without_lost_mergers(with_units(self.document, table))
        self.put(document, "units_replaced", count=str(len(table)))
        self.unit = ""

    def announce(self, event: Event) -> None:
        """Announce a merger."""
        self.put(edits.announce(self.document, event.values["kind"], event.values["pairs"]))

    def search(self, event: Event) -> None:
        """Look for mergers of units beside the page."""
        document, key = self.document, people_key(self.document)

        def do(progress: Callable[[float, float], None]) -> pd.DataFrame:
            return find_mergers(document, self.framework, UNIT, most=2, progress=progress)

        def done(plans: pd.DataFrame) -> None:
            self.plans = key, plans
            self.view.page = self.page()

        def failed(error: Exception) -> None:
            self.told = Told("wrong", faults=error.faults if isinstance(error, Faults) else ())
            self.view.page = self.page()

        self.work.start("search", do, done, failed)

    def found_plans(self) -> pd.DataFrame | None:
        """Give the mergers that were found, unless they were found of other people."""
        return self.plans[1] if self.plans and self.plans[0] == people_key(self.document) else None

    def download(self, event: Event) -> None:
        """Print the mandate."""
        name = self.held().organisation if self.workspace else ""
        content = mandate_page(self.document, self.framework, self.language, name, self.today)
        file = word("mandate_page.file", self.language)
        self.view.send_file(file, content, PDF)
        self.view.say(word("mandate_page.downloaded", self.language, file=file))

    def create_campaign(self, event: Event) -> None:
        """Begin the campaign that was framed, or tell it what the framing says now."""
        name = edits.plain(event.values.get("name", ""))
        if not list_campaigns(self.workspace):
            add_framework(self.workspace, self.source)
        units = framing_units(self.document)
        self.handed = plan_campaign(self.workspace, name, self.framework, units, plan_of(self.document))
        self.told = Told("campaign_made" if self.handed.made else "campaign_updated", actions=("take_back",))

    def take_back(self, event: Event) -> None:
        """Take the campaign back, as long as nobody answered."""
        handed, self.handed = self.handed, None
        if handed is not None:
            unplan_campaign(self.workspace, handed)
            self.told = Told("campaign_taken_back")


def text_of(content: bytes) -> str:
    """Read a text file as spreadsheets write them: UTF-8, else as Windows does in western Europe."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def people_key(document: Mapping[str, Any]) -> list[Any]:
    """Give what mergers depend on."""
    method = part(document, "method")
    return [document.get(name) for name in ("units", "people", "mergers")] + [
        method.get("rate"),
        method.get("min_group"),
    ]


def writes(edit: Callable[..., dict], *names: str) -> Callable[[Framing, Event], None]:
    """Answer a form by what it changes in the framing."""
    return lambda page, event: page.put(edit(page.document, event.values, *names))


def takes_away(edit: Callable[[Mapping, int], dict], key: str) -> Callable[[Framing, Event], None]:
    """Answer a button that takes one of a list away; it can be put back."""
    return lambda page, event: page.put(edit(page.document, event.values["place"]), key)


ACTIONS: dict[str, Callable[[Framing, Event], None]] = {
    "seen": Framing.look_again,
    "go": Framing.go,
    "undo": Framing.put_back,
    "put_mine": Framing.put_mine,
    "write_aim": writes(edits.write_texts, "aim", "scope"),
    "add_person": writes(edits.add_person),
    "remove_person": takes_away(edits.remove_person, "removed_person"),
    "write_people": Framing.write_people,
    "add_unit": Framing.add_unit,
    "choose_unit": Framing.choose_unit,
    "change_unit": Framing.change_unit,
    "remove_unit": Framing.remove_unit,
    "bring_units": Framing.bring_units,
    "paste_units": Framing.paste_units,
    "write_rules": writes(edits.write_method),
    "announce": Framing.announce,
    "remove_merger": takes_away(lambda document, place: edits.without(document, "mergers", place), "removed_merger"),
    "search": Framing.search,
    "stop_search": lambda page, event: page.work.stop(),
    "write_method": writes(edits.write_method),
    "choose_workshop": lambda page, event: page.put(edits.write_method(page.document, {"kind": WORKSHOP})),
    "write_cost": writes(edits.write_cost),
    "add_workshop": writes(edits.add_workshop),
    "remove_workshop": takes_away(edits.remove_workshop, "removed_workshop"),
    "write_calendar": writes(edits.write_calendar),
    "write_days": lambda page, event: page.put(edits.write_days(page.document, event.values["days"])),
    "add_election": writes(edits.add_election),
    "remove_election": takes_away(edits.remove_election, "removed_election"),
    "write_brakes": writes(edits.write_brakes),
    "write_readiness": lambda page, event: page.put(edits.write_readiness(page.document, event.values["answers"])),
    "download": Framing.download,
    "create_campaign": Framing.create_campaign,
    "update_campaign": Framing.create_campaign,
    "take_back": Framing.take_back,
}
