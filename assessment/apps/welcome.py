"""The home page: opens, makes, brings and takes along a workspace, and shows where one stands in it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from os import PathLike
from pathlib import Path

from assessment.apps import keeping
from assessment.apps.contents import Contents, look_into
from assessment.apps.home_page import Standing, Told, write_home
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
from assessment.faults import Fault, Faults
from assessment.texts import LANGUAGES, word
from assessment.widgets.tool_page import Event, ToolPage

MEDIA_TYPE = "application/vnd.sqlite3"


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
    view: ToolPage = field(init=False)

    def __post_init__(self):
        if self.path is None and self.visit.served:
            self.enter(self.visit.workspace)
        elif self.path is None:
            self.path = next(iter(files_in(self.folder)), None)
        self.view = ToolPage(page=self.page())
        self.view.on_event(self.answer)

    def enter(self, id_: str | None) -> None:
        """Open the workspace that the address names, or say that it is not here."""
        self.path = found(id_, workspaces_folder())
        self.id = id_ if self.path else None
        if self.visit.named and self.path is None:
            self.told = Told("absent")

    def page(self) -> dict:
        """Write the page for where one stands; a workspace that cannot be read is told of, and closed."""
        held = self.look()
        files = [] if self.visit.served else [(path.name, used(path)) for path in files_in(self.folder)]
        standing = Standing(
            self.language, self.path, held, self.id, self.visit.served, is_demonstration(), files, self.news()
        )
        return write_home(standing)

    def news(self) -> Told | None:
        """Say what has happened; that something can be brought back is said as long as it can."""
        return self.told or (Told("erased") if self.erased and self.path is None else None)

    def look(self) -> Contents | None:
        """Count what is in the open workspace."""
        if self.path is None:
            return None
        try:
            return look_into(self.path)
        except Faults as faults:
            self.path = self.id = None
            self.told = Told("wrong_open", faults.faults)
            return None

    def answer(self, event: Event) -> None:
        """Do what somebody asks, and show what came of it."""
        if event.action == "language":
            self.language = event.values["language"]
        elif event.action != "seen":
            self.told = None
            ACTIONS[event.action](self, event)
        self.view.page = self.page()

    def create(self, event: Event) -> None:
        """Make an empty workspace."""
        name = " ".join(event.values["organisation"].split())
        if name:
            self.begin(name, lambda path: keeping.create(path, name), "created", "wrong_create")

    def example(self, event: Event) -> None:
        """Make a workspace of the example."""
        names = (word(f"home.example_{key}", self.language) for key in ("name", "campaign"))
        name, campaign = names
        self.begin(name, lambda path: keeping.put_example(path, name, campaign), None, "wrong_create")

    def bring(self, event: Event) -> None:
        """Open a copy of a file that somebody brings."""
        name = event.name or "?"
        self.begin(name, lambda path: keeping.bring(event.content, name, path), "brought", "wrong_file")

    def begin(self, name: str, make: Callable[[Path], None], done: str | None, failed: str) -> None:
        """Make a workspace in a place of its own, and open it; what was open before stays as it is."""
        id_, path = None, None
        try:
            id_, path = self.new(name)
            make(path)
        except (Faults, OSError) as error:
            if id_ and path:
                with suppress(OSError):
                    path.parent.rmdir()
            self.told = Told(failed, faults_of(error))
            return
        self.id, self.path = id_, path
        self.told = Told(done) if done else None

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
        """Give a copy of the workspace to the browser."""
        name = file_name(self.called())
        try:
            self.view.send_file(name, keeping.take_along(self.path), MEDIA_TYPE)
        except Faults as faults:
            self.told = Told("wrong_action", faults.faults)
        else:
            self.view.say(word("home.downloaded", self.language, file=name))

    def called(self) -> str:
        """Name what is taken along: after the organisation, else after the file."""
        held = self.look()
        return (held.organisation if held else "") or (self.path.stem if self.path else "")

    def rename(self, event: Event) -> None:
        """Give the organisation another name."""
        name = " ".join(event.values["organisation"].split())
        try:
            if name:
                keeping.rename(self.path, name)
        except Faults as faults:
            self.told = Told("wrong_action", faults.faults)

    def leave(self, event: Event) -> None:
        """Go back to the door; the workspace stays as it is."""
        self.path = self.id = None

    def erase(self, event: Event) -> None:
        """Erase the workspace from the server; it can be brought back as long as this page is open."""
        try:
            self.erased = self.id, keeping.erase(self.path)
        except (Faults, OSError) as error:
            self.told = Told("wrong_action", faults_of(error))
            return
        self.path = self.id = None

    def undo(self, event: Event) -> None:
        """Bring back what was erased, under the address it had."""
        id_, content = self.erased
        try:
            self.path = keeping.bring_back(id_, content, workspaces_folder())
        except (Faults, OSError) as error:
            self.told = Told("wrong_action", faults_of(error))
            return
        self.id, self.erased, self.told = id_, None, Told("undone")


ACTIONS: dict[str, Callable[[Home, Event], None]] = {
    "create": Home.create,
    "bring": Home.bring,
    "example": Home.example,
    "open": Home.open,
    "download": Home.download,
    "rename": Home.rename,
    "leave": Home.leave,
    "erase": Home.erase,
    "undo": Home.undo,
}


def used(path: Path) -> datetime:
    """Give when a file was used last, in this machine's time."""
    return datetime.fromtimestamp(path.stat().st_mtime)


def faults_of(error: Faults | OSError) -> tuple[Fault, ...]:
    """Give what went wrong as faults."""
    if isinstance(error, Faults):
        return error.faults
    return (Fault("file_unwritable", {}, {"reason": error.strerror or str(error)}),)
