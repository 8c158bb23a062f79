"""The home page: opens, makes, brings and takes along a workspace, and shows where one stands in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from os import PathLike
from pathlib import Path

from assessment.apps import keeping
from assessment.apps.contents import Contents, look_into
from assessment.apps.home_page import write_home
from assessment.apps.told import Told, doing
from assessment.apps.visitors import (
    Visit,
    file_name,
    files_in,
    found,
    free_file,
    is_demonstration,
    new_place,
    use,
    visit_of,
    workspaces_folder,
)
from assessment.apps.whereabouts import Standing
from assessment.apps.work import Work, faults_of
from assessment.faults import Faults
from assessment.progress import Progress
from assessment.texts import LANGUAGES, word
from assessment.widgets.tool_page import Event, ToolPage

MEDIA_TYPE = "application/vnd.sqlite3"

AT_ONCE = 8 * 2**20
"""Bytes of a workspace that is copied in a moment; a larger one is copied beside the page, which says how far it is."""


def home(workspace: str | PathLike | None = None, language: str | None = None) -> ToolPage:
    """Show where an organisation stands, and open, make, bring or take along its workspace.

    Parameters
    ----------
    workspace
        A workspace's file. Without one: on a server the workspace that the page's address names; in JupyterLab the one
        of the notebook's folder that was used last.
    language
        ``"fr"`` or ``"en"``; without one the language of the address, else French. It can be changed on the page.

    Returns
    -------
    ToolPage
        The page. Nothing leaves the machine it runs on.

    Notes
    -----
    **Missing answers**: not concerned; responses are only counted.

    Examples
    --------
    >>> page = home("nowhere/valclair.apprenance", language="en")
    >>> page.page["title"], page.page["blocks"][0]["title"]
    ('Welcome to Apprenance', 'This workspace cannot be read')
    """
    visit = visit_of()
    path = None if workspace is None else Path(workspace)
    return Home(language or visit.language or LANGUAGES[0], visit, path).view


Filling = Callable[[Path, Progress | None], None]
"""Makes the file of a workspace, and says how far it is."""


@dataclass
class Home:
    """What the page is about, and what it answers; the page itself is written anew each time."""

    language: str
    visit: Visit
    path: Path | None = None
    folder: Path = field(default_factory=Path.cwd)
    id: str | None = field(init=False, default=None)
    told: Told | None = field(init=False, default=None)
    erased: tuple[str, bytes] | None = field(init=False, default=None)
    left: tuple[str | None, Path] | None = field(init=False, default=None)
    work: Work | None = field(init=False, default=None)
    view: ToolPage = field(init=False)

    def __post_init__(self):
        if self.path is None and self.visit.served:
            self.enter(self.visit.workspace)
        elif self.path is None:
            self.path = next(iter(files_in(self.folder)), None)
        self.view = ToolPage(page=self.page())
        self.work = Work(self.view)
        self.view.on_event(self.answer)

    def enter(self, id_: str | None) -> None:
        """Open the workspace that the address names, or say that it is not here."""
        self.path = found(id_, workspaces_folder())
        self.id = id_ if self.path else None
        if self.visit.named and self.path is None:
            self.told = Told("absent", "warning", lines=["absent_line"])

    def page(self) -> dict:
        """Write the page for where one stands; a workspace that cannot be read is told of, and closed."""
        held = self.look()
        files = [] if self.visit.served else [(path.name, used(path)) for path in files_in(self.folder)]
        place = (self.path, held, self.id, self.visit.served, is_demonstration(), files)
        under_way = (self.work.running, self.work.far) if self.work and self.work.running else None
        return write_home(Standing(self.language, *place, self.news(), under_way))

    def show(self) -> None:
        """Write the page anew."""
        self.view.page = self.page()

    def news(self) -> Told | None:
        """Say what has happened; that something can be brought back is said as long as it can."""
        erased = Told("erased", "info", lines=["erased_line"], actions=[doing("undo")])
        return self.told or (erased if self.erased and self.path is None else None)

    def look(self) -> Contents | None:
        """Count what is in the open workspace."""
        if self.path is None:
            return None
        try:
            return look_into(self.path)
        except Faults as faults:
            self.path = self.id = None
            self.told = Told("wrong_open", faults=faults.faults)
            return None

    def answer(self, event: Event) -> None:
        """Do what somebody asks, and show what came of it; work that is under way goes on only beside what is seen."""
        if event.action == "language":
            self.language = event.values["language"]
        elif event.action != "seen":
            self.told = None
            self.work.stop()
            ACTIONS[event.action](self, event)
        self.show()

    def stop(self, event: Event) -> None:
        """End the work under way: that is what every action does."""

    def create(self, event: Event) -> None:
        """Make an empty workspace."""
        name = " ".join(event.values["organisation"].split())
        if name:
            self.begin(None, name, lambda path, _: keeping.create(path, name), Told("created"), "wrong_create")

    def example(self, event: Event) -> None:
        """Make a workspace of the example."""
        names = [word(f"home.example_{key}", self.language) for key in ("name", "campaign")]
        self.begin("example", names[0], lambda path, far: keeping.put_example(path, *names, far), None, "wrong_create")

    def bring(self, event: Event) -> None:
        """Open a copy of a file that somebody brings."""
        name = event.name or "?"
        content = event.content
        brought = Told("brought", lines=["brought_line"])
        self.begin("bring", name, lambda path, far: keeping.bring(content, name, path, far), brought, "wrong_file")

    def begin(self, work: str | None, name: str, fill: Filling, done: Told | None, failed: str) -> None:
        """Make a workspace in a place of its own, beside the page where that is `work`; then open it.

        What was open before stays as it is, and open until then.
        """
        try:
            id_, path = self.new(name)
        except OSError as error:
            self.told = Told(failed, faults=faults_of(error))
            return

        def do(progress: Progress | None) -> None:
            keeping.make(path, id_ is not None, lambda made: fill(made, progress))

        if work:
            self.work.start(
                work,
                do,
                done=lambda _: self.begun(id_, path, done),
                failed=lambda error: self.not_begun(failed, error),
                unwanted=lambda _: keeping.discard(path, id_ is not None),
            )
            return
        try:
            do(None)
        except (Faults, OSError) as error:
            self.told = Told(failed, faults=faults_of(error))
        else:
            self.enter_new(id_, path, done)

    def enter_new(self, id_: str | None, path: Path, done: Told | None) -> None:
        """Open what was made."""
        self.id, self.path = id_, path
        self.told = done

    def begun(self, id_: str | None, path: Path, done: Told | None) -> None:
        """Open what was made beside the page, and show it."""
        self.enter_new(id_, path, done)
        self.show()

    def not_begun(self, failed: str, error: Exception) -> None:
        """Say why nothing was made."""
        self.told = Told(failed, faults=faults_of(error))
        self.show()

    def new(self, name: str) -> tuple[str | None, Path]:
        """Give a place nobody has taken: a folder with an id on a server, a file beside the notebook otherwise."""
        if self.visit.served:
            return new_place(workspaces_folder())
        return None, free_file(self.folder, name)

    def open(self, event: Event) -> None:
        """Open a workspace of the folder: one of those the page offers."""
        offered = {path.name: path for path in files_in(self.folder)}
        self.path = offered.get(event.values["file"])
        if self.path is not None:
            use(self.path)

    def download(self, event: Event) -> None:
        """Give a copy of the workspace to the browser; a large one is made beside the page."""
        path, name = self.path, file_name(self.called())
        if path is None:  # it cannot be read any more, which has just been told
            return
        if path.stat().st_size > AT_ONCE:
            work = (lambda _: keeping.take_along(path), lambda content: self.hand_over(name, content))
            self.work.start("download", *work, lambda error: self.not_begun("wrong_action", error))
            return
        try:
            self.send(name, keeping.take_along(path))
        except Faults as faults:
            self.told = Told("wrong_action", faults=faults.faults)

    def send(self, name: str, content: bytes) -> None:
        """Let the browser save a copy, and say so."""
        self.view.send_file(name, content, MEDIA_TYPE)
        self.view.say(word("home.downloaded", self.language, file=name))

    def hand_over(self, name: str, content: bytes) -> None:
        """Let the browser save a copy that was made beside the page."""
        self.show()
        self.send(name, content)

    def called(self) -> str:
        """Name what is taken along: after the organisation, else after the file."""
        held = self.look()
        return (held.organisation if held else "") or (self.path.stem if self.path else "")

    def rename(self, event: Event) -> None:
        """Give the organisation another name; the one before can be had back."""
        name, held = " ".join(event.values["organisation"].split()), self.look()
        if not name or held is None or name == held.organisation:
            return
        try:
            keeping.rename(self.path, name)
        except Faults as faults:
            self.told = Told("wrong_action", faults=faults.faults)
        else:
            before = [doing("rename", "undo_rename", organisation=held.organisation)] if held.organisation else []
            self.told = Told("renamed", values={"name": name}, actions=before)

    def wave(self, event: Event) -> None:
        """Open a further wave; as long as nobody has answered it, it can be taken back."""
        self.try_(lambda: keeping.begin_wave(self.path, " ".join(event.values["wave"].split())))

    def drop_wave(self, event: Event) -> None:
        """Take back a wave that nobody has answered."""
        self.try_(lambda: keeping.take_back_wave(self.path, event.values["wave"]))

    def try_(self, do: Callable[[], None]) -> None:
        """Do something in the workspace, or say why it could not be done."""
        try:
            do()
        except Faults as faults:
            self.told = Told("wrong_action", faults=faults.faults)

    def leave(self, event: Event) -> None:
        """Go back to the door; the workspace stays as it is, and one may return to it."""
        self.left = self.id, self.path
        self.path = self.id = None
        self.told = Told("left", "info", lines=["left_line"], actions=[doing("go_back")])

    def go_back(self, event: Event) -> None:
        """Return to the workspace that was left."""
        id_, path = self.left
        self.id, self.path = id_, path

    def erase(self, event: Event) -> None:
        """Erase the workspace from the server; it can be brought back as long as this page is open."""
        try:
            self.erased = self.id, keeping.erase(self.path)
        except (Faults, OSError) as error:
            self.told = Told("wrong_action", faults=faults_of(error))
            return
        self.path = self.id = None

    def undo(self, event: Event) -> None:
        """Bring back what was erased, under the address it had."""
        id_, content = self.erased
        try:
            self.path = keeping.bring_back(id_, content, workspaces_folder())
        except (Faults, OSError) as error:
            self.told = Told("wrong_action", faults=faults_of(error))
            return
        self.id, self.erased, self.told = id_, None, Told("undone")


ACTIONS: dict[str, Callable[[Home, Event], None]] = {
    "create": Home.create,
    "bring": Home.bring,
    "example": Home.example,
    "open": Home.open,
    "download": Home.download,
    "drop_wave": Home.drop_wave,
    "go_back": Home.go_back,
    "stop": Home.stop,
    "wave": Home.wave,
    "rename": Home.rename,
    "leave": Home.leave,
    "erase": Home.erase,
    "undo": Home.undo,
}


def used(path: Path) -> datetime:
    """Give when a file was used last, in this machine's time."""
    return datetime.fromtimestamp(path.stat().st_mtime)
