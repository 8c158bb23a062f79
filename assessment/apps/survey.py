"""The page of the questionnaire: it goes out for the survey tool people have, and their answers come back."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from threading import RLock

from assessment.apps import arrivals
from assessment.apps.arrivals import Arrived, Kept, Looked, Said, look_at
from assessment.apps.import_page import write_import
from assessment.apps.outcomes import told_kept, told_put_back, told_stopped, told_taken_back
from assessment.apps.previewed import Previewed, linked
from assessment.apps.respondent_page import Seen, write_respondent
from assessment.apps.survey_page import (
    KEEPING,
    LONGEST_WAVE,
    READING,
    WRITING,
    Shown,
    header,
    spoken,
    write_survey,
)
from assessment.apps.surveyed import FULL, Surveyed, note_unit_codes, surveyed_in
from assessment.apps.told import Told
from assessment.apps.visitors import Visit, is_demonstration, visit_of
from assessment.apps.work import Work, faults_of
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses.readers import mapping_text
from assessment.responses.writers import ENDINGS, Written, write_questionnaire
from assessment.texts import LANGUAGES, word
from assessment.widgets.tool_page import Event, ToolPage
from assessment.workspace import Withdrawn
from assessment.workspace.clock import now

SURVEY, RESPONDENT, IMPORT = "survey", "respondent", "import"
"""The screens of the page."""

MEDIA_TYPES = {
    ".txt": "text/tab-separated-values",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/json",
    ".csv": "text/csv",
    ".pdf": "application/pdf",
}


def questionnaire(
    workspace: str | PathLike | None = None,
    language: str | None = None,
    framework: str | PathLike = "collectivite-apprenante",
) -> ToolPage:
    """Send a questionnaire out for the survey tool people have, and take their answers in.

    Parameters
    ----------
    workspace
        The workspace's file; without one, everything can be looked at and checked, and nothing is kept.
    language
        ``"fr"`` or ``"en"``; without one the language of the address, else French. It can be changed on the page.
    framework
        The instrument where the workspace has no campaign yet: a file, or the id of a bundled one.

    Returns
    -------
    ToolPage
        The page. Nothing leaves the machine it runs on.

    Notes
    -----
    **Missing answers**: an answer left blank is kept as missing, "not concerned" apart from it.

    Examples
    --------
    >>> page = questionnaire(language="en")
    >>> page.page["title"], page.page["blocks"][0]["title"]
    ('The questionnaire', 'No workspace is open')
    """
    visit = visit_of()
    path = None if workspace is None else Path(workspace)
    source = framework if framework == str(framework) and not Path(framework).suffix else Path(framework)
    return Survey(language or visit.language or LANGUAGES[0], visit, path, source).view


@dataclass
class Survey:
    """What the page is about, and what it answers; the page itself is written anew each time."""

    language: str
    visit: Visit
    path: Path | None = None
    framework: str | Path = "collectivite-apprenante"
    screen: str = field(init=False, default=SURVEY)
    campaign: str | None = field(init=False, default=None)
    form: str = field(init=False, default="")
    role: str = field(init=False, default="")
    first: str = field(init=False, default="")
    wave: str | None = field(init=False, default=None)
    told: Told | None = field(init=False, default=None)
    looked: Looked | None = field(init=False, default=None)
    withdrawn: dict[str, Withdrawn] = field(init=False, default_factory=dict)
    surveyed: Surveyed = field(init=False)
    view: ToolPage = field(init=False)
    work: Work = field(init=False)
    turn: RLock = field(init=False, default_factory=RLock)

    def __post_init__(self):
        self.view = ToolPage()
        self.work = Work(self.view)
        self.show()
        self.view.on_event(self.answer)

    def show(self) -> None:
        """Write the page for where things stand."""
        self.surveyed = self.look()
        self.view.page = self.page()

    def look(self) -> Surveyed:
        """Read what the page is about; a workspace that cannot be read is told of, and the page goes on without."""
        if self.path is not None:
            try:
                return surveyed_in(self.path, self.campaign, self.framework)
            except Faults as faults:
                self.path, self.told = None, Told("wrong_open_title", faults=faults.faults)
        return Surveyed(load_framework(self.framework))

    def page(self) -> dict:
        """Write the screen somebody is on."""
        shown = self.shown()
        page = SCREENS[self.screen](self, shown)
        address = {"workspace": self.visit.workspace, "language": self.language} if self.visit.served else None
        screen = self.screen if self.screen != RESPONDENT else f"{RESPONDENT}-{self.chosen_role()}"
        return page | {
            "language": self.language,
            "screen": screen,
            "header": header(shown),
            "footnote": shown.say("footnote"),
            "address": address,
            "refresh": self.path is not None,
        }

    def shown(self) -> Shown:
        """Give what the page is to show."""
        place = (self.path, self.visit.workspace, self.visit.served, is_demonstration())
        work = (self.work.running, self.work.far)
        form = self.form or self.surveyed.planned or FULL
        wave = (self.surveyed.wave or str(now().year)) if self.wave is None else self.wave
        return Shown(self.language, self.surveyed, form, wave, self.first, *place, self.told, *work, self.withdrawn)

    def chosen_role(self) -> str:
        """Give the role with whose eyes the questionnaire is read: the one chosen, else the first."""
        roles = [one.id for one in self.surveyed.framework.roles]
        return self.role if self.role in roles else next(iter(roles), "")

    def as_respondent(self, shown: Shown) -> dict:
        """Write the questionnaire as somebody will meet it."""
        return write_respondent(Seen(self.language, self.surveyed, shown.form, self.chosen_role()))

    def as_import(self, shown: Shown) -> dict:
        """Write what is in the file that came."""
        return write_import(Previewed(shown, self.looked))

    def answer(self, event: Event) -> None:
        """Do what somebody asks, and show what came of it."""
        with self.turn:
            if event.action == "language":
                self.language = event.values["language"]
            elif event.action != "seen":
                self.told = None
                ACTIONS[event.action](self, event)
            self.show()

    def begin(self, block: str, do: Callable, done: Callable, unwanted: Callable = lambda result: None) -> None:
        """Begin a piece of work beside the page; what comes of it waits its turn, as what people do."""

        def in_turn(tell: Callable) -> Callable:
            def told(result: object) -> None:
                with self.turn:
                    tell(result)

            return told

        self.work.start(block, do, in_turn(done), in_turn(self.failed), in_turn(unwanted))

    def choose(self, event: Event) -> None:
        """Take another form, or another campaign with its own units, plan and wave."""
        campaign = event.values.get("campaign") or self.campaign
        if campaign != self.campaign:
            self.campaign, self.form, self.wave = campaign, "", None
        self.form = event.values["form"] or self.form

    def see(self, event: Event) -> None:
        """Look at the questionnaire with the eyes of a role."""
        self.screen = RESPONDENT
        self.role = event.values.get("role") or self.role
        self.form = event.values.get("form") or self.form

    def leave(self, event: Event) -> None:
        """Go back to the page of the questionnaire; a file that was only looked at is let go."""
        self.work.stop()
        self.screen, self.looked = SURVEY, None

    def outgoing(self, event: Event) -> None:
        """Take the wave and the first language of what goes out."""
        self.wave = named(event.values["wave"])
        self.first = event.values.get("first") or self.first

    def export(self, event: Event) -> None:
        """Write the questionnaire for a survey tool, beside the page, for a printed one takes seconds."""
        tool, shown = event.values["tool"], self.shown()
        asked = shown.surveyed.asking(shown.form, shown.wave)
        first = self.first or spoken(shown.surveyed, self.language)
        name = word(f"survey_page.file_{shown.form}", self.language, tool=tool) + ENDINGS[tool]
        self.begin(
            WRITING,
            lambda progress: write_questionnaire(asked, tool, first),
            lambda written: self.exported(tool, name, written),
        )

    def exported(self, tool: str, name: str, written: Written) -> None:
        """Give the file to the browser; note which unit each of its codes stands for."""
        lines = [f"to_{tool}_text"]
        if written.mapping and self.surveyed.campaign and self.surveyed.can_keep:
            try:
                changed = note_unit_codes(self.path, self.surveyed.campaign.id, written.mapping.values["unit"])
            except Faults as faults:
                self.failed(faults)
                return
            lines += ["units_changed"] if changed else []
        ending = ENDINGS[tool]
        self.view.send_file(name, written.content, MEDIA_TYPES[ending])
        self.told = Told("exported_title", values={"file": name}, lines=lines)
        self.show()

    def failed(self, error: Exception) -> None:
        """Say what went wrong; nothing was kept of it."""
        self.told = Told("wrong_work_title", faults=faults_of(error))
        self.show()

    def arrive(self, event: Event) -> None:
        """Read a file that somebody brings."""
        self.read(Arrived(event.name or "?", event.content))

    def read(self, arrived: Arrived) -> None:
        """Read a file beside the page, and show what is in it."""
        surveyed = self.surveyed
        self.begin(READING, lambda progress: look_at(arrived, surveyed, progress), self.have_looked)

    def have_looked(self, looked: Looked) -> None:
        """Show what is in the file."""
        self.screen, self.looked = IMPORT, looked
        self.show()

    def say_more(self, **said: object) -> None:
        """Read the file again with what somebody says of it."""
        arrived = self.looked.arrived
        self.read(replace(arrived, said=replace(arrived.said, **said)))

    def read_again(self, event: Event) -> None:
        """Read the file as another tool's, for another wave, or with responses that were never sent."""
        tool, wave = event.values["tool"] or Said.tool, named(event.values["wave"])
        self.say_more(tool=tool, wave=wave, incomplete=bool(event.values["incomplete"]))

    def link(self, event: Event) -> None:
        """Read the file again with columns and labels linked by hand."""
        columns, answers = linked(Previewed(self.shown(), self.looked), dict(event.values))
        self.say_more(columns=columns, answers=answers)

    def mapping(self, event: Event) -> None:
        """Read the file again with a mapping that somebody brings."""
        try:
            said = arrivals.told_mapping(event.name or "?", event.content, self.surveyed.framework)
        except Faults as faults:
            self.told = Told("wrong_mapping_title", faults=faults.faults)
            return
        self.say_more(mapping=said)

    def take_mapping(self, event: Event) -> None:
        """Give what was said of the file as a mapping, for the next one."""
        said = self.looked.arrived.said.mapped({})
        said = replace(said, tool=self.looked.tool or said.tool, wave=self.looked.arrived.said.wave or said.wave)
        name = f"{Path(self.looked.arrived.name).stem}.mapping.toml"
        self.view.send_file(name, mapping_text(said).encode(), "application/toml")

    def keep(self, event: Event) -> None:
        """Keep in the workspace what is in the file."""
        if not self.surveyed.can_keep or not self.looked.has_responses:
            return
        looked = self.looked = replace(self.looked, wave=named(event.values.get("wave", "")))
        surveyed, path, framework = self.surveyed, self.path, self.framework
        name = word("survey_page.campaign_first", self.language)
        self.begin(
            KEEPING,
            lambda progress: arrivals.keep(path, looked, surveyed, framework, name, progress),
            self.have_kept,
            lambda kept: self.have_kept(kept, is_late=True),
        )

    def have_kept(self, kept: Kept, is_late: bool = False) -> None:
        """Say what was kept, and offer to take it back; also where somebody stopped it when it was done already."""
        self.screen, self.looked = SURVEY, None
        self.campaign = kept.campaign
        self.told = told_kept(kept, self.surveyed.releases, is_late)
        self.show()

    def take_back(self, event: Event) -> None:
        """Take an import out of the workspace; this page alone remembers it, for it may have to be gone."""
        try:
            campaign = self.surveyed.campaign.id
            gone = arrivals.take_back_import(self.path, campaign, event.values["delivery"])
        except Faults as faults:
            self.told = Told("wrong_action_title", faults=faults.faults)
            return
        self.withdrawn = {**self.withdrawn, gone.delivery: gone}
        self.told = told_taken_back(gone, self.surveyed.releases)

    def put_back(self, event: Event) -> None:
        """Put an import back as it was."""
        gone = self.withdrawn[event.values["delivery"]]
        try:
            arrivals.put_back_import(self.path, gone)
        except Faults as faults:
            self.told = Told("wrong_action_title", faults=faults.faults)
            return
        self.withdrawn = {id_: one for id_, one in self.withdrawn.items() if id_ != gone.delivery}
        self.told = told_put_back(gone)

    def stop(self, event: Event) -> None:
        """End the work under way; nothing is written of it, and what was read can still be kept."""
        was_keeping = self.work.running == KEEPING
        self.work.stop()
        if was_keeping:
            self.told = told_stopped(self.looked.arrived.name)


def named(wave: str) -> str:
    """Give a name without blanks around it, on one line."""
    return " ".join(wave.split())[:LONGEST_WAVE]


SCREENS: dict[str, Callable[[Survey, Shown], dict]] = {
    SURVEY: lambda _, shown: write_survey(shown),
    RESPONDENT: Survey.as_respondent,
    IMPORT: Survey.as_import,
}

ACTIONS: dict[str, Callable[[Survey, Event], None]] = {
    "choose": Survey.choose,
    "see": Survey.see,
    "back": Survey.leave,
    "leave": Survey.leave,
    "outgoing": Survey.outgoing,
    "export": Survey.export,
    "arrive": Survey.arrive,
    "read_again": Survey.read_again,
    "link": Survey.link,
    "mapping": Survey.mapping,
    "take_mapping": Survey.take_mapping,
    "keep": Survey.keep,
    "take_back": Survey.take_back,
    "put_back": Survey.put_back,
    "stop": Survey.stop,
}
