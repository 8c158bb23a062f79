"""The diagnostic of a workspace while its results are worked out: the page is there at once, and says how far it is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from os import PathLike

from assessment.apps.campaign import Campaign, kept_campaign, opened
from assessment.apps.diagnostic_page import speaker, stopped_notice
from assessment.apps.shell import faults_block, header_here, work_block
from assessment.apps.work import Work, faults_of
from assessment.faults import Fault
from assessment.progress import Progress
from assessment.widgets.chart_page import ChartPage
from assessment.widgets.tool_page import Event


@dataclass
class Opening:
    """A page that has its results worked out, and hands itself over with them.

    Results that were let out before are only read; those that were not are kept before anything of them is shown.

    Parameters
    ----------
    workspace
        The file or the address of what holds the campaign.
    campaign
        The campaign; None = the one begun last.
    language
        The first language.
    take
        Takes the page over: gets it, its language and the campaign.
    refuse
        Takes the page over where there is no campaign to show: gets it, its language and why; says whether it did.

    Raises
    ------
    Faults
        A workspace that cannot be opened.
    """

    workspace: str | PathLike
    campaign: str | None
    language: str
    take: Callable[[ChartPage, str, Campaign], object]
    refuse: Callable[[ChartPage, str, tuple[Fault, ...]], bool]
    stopped: bool = field(init=False, default=False)
    over: bool = field(init=False, default=False)
    faults: tuple[Fault, ...] = field(init=False, default=())
    view: ChartPage = field(init=False, default_factory=ChartPage)
    work: Work = field(init=False)

    def __post_init__(self):
        self.work = Work(self.view)
        self.view.on_event(self.answer)
        self.begin()
        self.show()

    def begin(self) -> None:
        """Have the results worked out, or read."""
        self.stopped, self.faults = False, ()
        self.work.start("open", self.measure, self.hand_over, self.fail)

    def measure(self, progress: Progress) -> Campaign:
        """Read the campaign's results, or work them out."""
        return kept_campaign(self.workspace, self.campaign, progress)

    def hand_over(self, campaign: Campaign) -> None:
        """Give the page to what shows the campaign."""
        self.over = True
        self.take(self.view, self.language, campaign)

    def fail(self, error: Exception) -> None:
        """Say why there are no results, unless there is something else to show."""
        self.faults = faults_of(error)
        self.over = self.refuse(self.view, self.language, self.faults)
        if not self.over:
            self.show()

    def answer(self, event: Event) -> None:
        """Write the page in another language, stop the work, or begin it again; once the page is over, nothing."""
        if self.over:
            return
        if event.action == "language":
            self.language = event.values["language"]
        elif event.action == "stop":
            self.work.stop()
            self.stopped = True
        elif event.action == "study":
            self.begin()
        self.show()

    def show(self) -> None:
        """Write the page."""
        with opened(self.workspace) as own:
            header = header_here(own, self.language, self.campaign)
        self.view.page = {
            "language": self.language,
            "title": header["campaign"] or self.say("title"),
            "lead": self.say("subtitle"),
            "header": header,
            "blocks": self.blocks(),
        }

    def blocks(self) -> list[dict]:
        """Say how far the work is, that it was stopped, or what is wrong."""
        if self.faults:
            return [faults_block(self.language, "wrong", self.say("not_opened"), self.faults)]
        if not self.stopped:
            work = work_block(self.language, "open", self.say("work_open"), self.work.far)
            return [work, {"kind": "paragraph", "id": "why", "text": self.say("open_why")}]
        return [stopped_notice(self.say, "open_why")]

    @property
    def say(self) -> Callable[..., str]:
        """What words this page."""
        return speaker(self.language)
