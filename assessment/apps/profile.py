"""The diagnostic: what the responses of a workspace's campaign say, of the example or of one's own file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from os import PathLike

from assessment.apps.campaign import Campaign, kept_campaign, measure, measure_file, opened
from assessment.apps.chapters import CHAPTERS, Chapter, Room, chapter_of
from assessment.apps.contents import GROUP_LEVEL
from assessment.apps.diagnostic_page import NOTHING_YET, Looking, Waiting, write_diagnostic
from assessment.apps.levels_folded import folded_notice, without_levels
from assessment.apps.looking import Choice, valid_choice
from assessment.apps.opening import Opening
from assessment.apps.rooms import kept_in
from assessment.apps.shell import header_here, way_home
from assessment.apps.visitors import visit_of
from assessment.apps.work import Work, faults_of, hands_over
from assessment.example import load_example
from assessment.faults import Fault, Faults
from assessment.framework import Framework, load_framework
from assessment.texts import word
from assessment.widgets.chart_page import ChartPage
from assessment.widgets.passages import passage_block
from assessment.widgets.tool_page import Event
from assessment.workspace import Workspace

KEPT = 40
"""Choices whose passages are kept: coming back to one costs nothing."""


def diagnostic(
    framework: str = "collectivite-apprenante",
    language: str = "fr",
    workspace: Workspace | str | PathLike | None = None,
    campaign: str | None = None,
) -> ChartPage:
    """Show what the responses of an organisation say: its profile, its differences, its items, its agenda.

    Parameters
    ----------
    framework
        A framework file or the id of one of the kit's; the example belongs to the kit's own.
    language
        ``"fr"`` or ``"en"``; can be changed on the page.
    workspace
        What holds the campaign to show: an ``*.apprenance`` file, the address of a database, or an open workspace. It
        keeps the campaign's framework, and what is shown, before it is shown: nothing shown later gives it away.
    campaign
        The campaign of the workspace; None = the one begun last.

    Returns
    -------
    ChartPage
        A page that starts with the example commune, or the workspace's campaign, and takes one's own responses file.
        Nothing leaves the machine it runs on.

    Raises
    ------
    Faults
        A workspace that cannot be opened; a campaign it does not have, which in a notebook the page tells. One without
        responses is told on the page, which then shows the example.

    Notes
    -----
    **Missing answers**: as in the scores; every number stands with its count.

    In a notebook the page is there at once, and says how far the results of a workspace are; elsewhere this waits.

    Examples
    --------
    >>> diagnostic(language="en").page["title"]
    'Commune of Valclair'
    """
    if workspace is None:
        return Diagnostic(load_framework(framework), language).view

    def take(view: ChartPage, language: str, kept: Campaign) -> Diagnostic:
        return Diagnostic(kept.framework, language, kept, workspace, view=view)

    def refuse(view: ChartPage, language: str, faults: tuple[Fault, ...]) -> bool:
        if campaign or any(fault.code not in NOTHING_YET for fault in faults):
            return False
        Diagnostic(load_framework(framework), language, workspace=workspace, faults=faults, view=view)
        return True

    # an open database belongs to the thread that opened it; a script that has no loop waits for what it asked for
    if isinstance(workspace, Workspace) or not hands_over():
        return at_once(workspace, campaign, language, take, refuse)
    return Opening(workspace, campaign, language, take, refuse).view


def at_once(
    workspace: Workspace | str | PathLike, campaign: str | None, language: str, take: Callable, refuse: Callable
) -> ChartPage:
    """Measure a campaign, then show it."""
    view = ChartPage()
    try:
        take(view, language, kept_campaign(workspace, campaign))
    except Faults as faults:
        if not refuse(view, language, faults.faults):
            raise
    return view


@dataclass
class Diagnostic:
    """What the page is about, and what it answers; the page itself is written anew each time.

    Parameters
    ----------
    framework
        The instrument of files that somebody brings.
    language
        The first language.
    home
        What the page starts with and goes back to.
    workspace
        Where the campaign is kept; None for the example.
    faults
        What there is to tell of the workspace.
    view
        The page, where it is there already.
    """

    framework: Framework
    language: str
    home: Campaign = field(default_factory=lambda: example_campaign())
    workspace: Workspace | str | PathLike | None = None
    faults: tuple[Fault, ...] = ()
    asked: dict[str, str] = field(init=False, default_factory=dict)
    rooms: dict[str, Room] = field(init=False, default_factory=dict)
    headers: dict[str, dict] = field(init=False, default_factory=dict)
    told: dict[tuple, list[dict]] = field(init=False, default_factory=dict)
    stopped: bool = field(init=False, default=False)
    folded: Campaign | None = field(init=False, default=None)
    campaign: Campaign = field(init=False)
    view: ChartPage = field(default_factory=ChartPage)
    work: Work = field(init=False)

    def __post_init__(self):
        self.campaign = self.home
        self.work = Work(self.view)
        self.show()
        self.view.on_event(self.answer)

    @property
    def chosen(self) -> Choice:
        """What is looked at."""
        return self.looked_at()[0]

    def looked_at(self) -> tuple[Choice, bool]:
        """Give what is looked at, and whether a group had to be let go."""
        ids = [one.id for one in CHAPTERS]
        chapter = self.asked.get("chapter", ids[0])
        asked = {**self.asked, "language": self.language, "chapter": chapter}
        return valid_choice(self.campaign, asked, ids, chapter_of(chapter).filters)

    def answer(self, event: Event) -> None:
        """Do what somebody asks, and show what came of it."""
        if event.action in ACTIONS:
            ACTIONS[event.action](self, event)
        else:
            room = self.room(chapter_of(self.chosen.chapter))
            room.ACTIONS[event.action](room, event)
        self.show()

    def speak(self, event: Event) -> None:
        """Write the page in another language."""
        self.language = event.values["language"]

    def choose(self, event: Event) -> None:
        """Look at another chapter, wave, unit, role or dimension."""
        self.asked.update(event.values)
        self.faults, self.stopped = (), False

    def open_file(self, event: Event) -> None:
        """Measure somebody's own file; what was shown stays until that is done."""
        name, content = event.name or "?", event.content
        self.faults = ()
        self.work.start(
            "file",
            lambda progress: measure_file(name, content, self.framework, progress),
            self.look_at,
            self.refuse,
        )

    def look_at(self, campaign: Campaign) -> None:
        """Show another campaign, from its first chapter."""
        self.work.stop()
        self.campaign, self.faults, self.stopped = campaign, (), False
        self.rooms, self.told, self.asked, self.folded = {}, {}, {}, None
        self.show()

    def refuse(self, error: Exception) -> None:
        """Tell what is wrong with a file, or with the work; what was shown stays."""
        self.faults, self.stopped = faults_of(error), True
        self.show()

    def open_home(self, event: Event) -> None:
        """Go back to the example, or to the campaign the page was opened with."""
        self.look_at(self.home)

    def stop(self, event: Event) -> None:
        """Stop the work under way."""
        self.work.stop()
        self.stopped = True

    def look_again(self, event: Event) -> None:
        """Show what was done elsewhere since, when somebody comes back to the page: people may be choosing levels."""
        for room in self.rooms.values():
            room.sheet.look_again()

    def study(self, event: Event | None = None) -> None:
        """Begin to work out the further tables."""
        self.stopped = False
        self.work.start("study", self.campaign.study, lambda tables: self.show(), self.refuse)

    def show(self) -> None:
        """Write the page for what is chosen; what it needs is worked out, if it is not known yet."""
        chosen, moved = self.looked_at()
        chapter = chapter_of(chosen.chapter)
        unknown = chapter.further and not self.campaign.is_studied
        if unknown and not self.stopped and self.work.running is None:
            self.study()
        waiting = self.waiting(unknown and not self.campaign.is_studied)
        campaign = self.told_campaign()
        blocks = [] if waiting else self.blocks(chapter, chosen, campaign)
        home = campaign if self.campaign is self.home else self.home
        kept = kept_in(self) is not None
        looking = Looking(campaign, home, chosen, self.header(), blocks, moved, self.faults, waiting, kept)
        self.view.page = write_diagnostic(looking)

    def waiting(self, unknown: bool) -> Waiting | None:
        """Say what the page waits for: a file, or what its chapter needs."""
        if self.work.running == "file" or (unknown and self.work.running):
            return Waiting(self.work.running, self.work.far)
        return Waiting("study", stopped=True) if unknown else None

    def told_campaign(self) -> Campaign:
        """Give what may be told: while a group chooses its levels in silence, the campaign without levels."""
        if not self.room(chapter_of(GROUP_LEVEL)).hides_levels:
            self.folded = None
            return self.campaign
        self.folded = self.folded or without_levels(self.campaign)
        return self.folded

    def blocks(self, chapter: Chapter, chosen: Choice, campaign: Campaign) -> list[dict]:
        """Write what a chapter shows of a campaign; passages of a choice are written once."""
        if chapter.room:
            return self.room(chapter).blocks(chosen.language)
        if not self.campaign.is_shown(chosen.wave, **chosen.cell):
            return []
        above = [folded_notice(chosen.language)] if campaign is self.folded else []
        key = (chapter.id, bool(above), chosen.language, *(getattr(chosen, name) for name in chapter.filters))
        if key not in self.told:
            if len(self.told) >= KEPT:
                self.told.pop(next(iter(self.told)))
            self.told[key] = [passage_block(one) for one in chapter.tell(campaign, chosen)]
        return [*above, *self.told[key]]

    def room(self, chapter: Chapter) -> Room:
        """Give a chapter's room, made when somebody first enters it."""
        if chapter.id not in self.rooms:
            self.rooms[chapter.id] = chapter.room(self)
        return self.rooms[chapter.id]

    def header(self) -> dict:
        """Write the top of the page: of the workspace, of the example, or of a file that is only looked at."""
        if self.workspace is not None and self.campaign is self.home and not self.home.fictional:
            return {**self.kept_header(), "campaign": self.campaign.name}
        key = "state_example" if self.campaign.fictional else "state_file"
        name = word("diagnostic.example_name", self.language) if self.campaign.fictional else self.campaign.name
        home = way_home(self.language, visit_of())
        return {
            "organisation": name,
            "state": {"kind": "unsaved", "text": word(f"diagnostic.{key}", self.language)},
            "home": {"label": word("home.home", self.language), "href": home} if home else None,
        }

    def kept_header(self) -> dict:
        """Give the header of the workspace, read once a language: nothing done on this page changes it."""
        if self.language not in self.headers:
            with opened(self.workspace) as own:
                self.headers[self.language] = header_here(own, self.language)
        return self.headers[self.language]


ACTIONS: dict[str, Callable[[Diagnostic, Event], None]] = {
    "language": Diagnostic.speak,
    "chapter": Diagnostic.choose,
    "choose": Diagnostic.choose,
    "file": Diagnostic.open_file,
    "example": Diagnostic.open_home,
    "seen": Diagnostic.look_again,
    "stop": Diagnostic.stop,
    "study": Diagnostic.study,
}


@cache
def example_campaign() -> Campaign:
    """Measure the example commune, once: it is the same for everybody, and its released tables are never changed."""
    example = load_example()
    return measure(example.responses, example.framework, "", example.units, fictional=True)
