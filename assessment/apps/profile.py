"""The diagnostic: the learning-maturity profile of the example, of a workspace's campaign or of one's own file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from os import PathLike

from assessment.apps.campaign import Campaign, kept_campaign, measure, measure_file
from assessment.apps.diagnostic_page import NOTHING_YET, write_page
from assessment.example import load_example
from assessment.faults import Faults
from assessment.framework import Framework, load_framework
from assessment.widgets import ProfileView
from assessment.workspace import Workspace


def diagnostic(
    framework: str = "collectivite-apprenante",
    language: str = "fr",
    workspace: Workspace | str | PathLike | None = None,
    campaign: str | None = None,
) -> ProfileView:
    """Show the profile of an organisation: disciplines, predispositions, wishes, groups.

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
    ProfileView
        A page that starts with the example commune, or the workspace's campaign, and takes one's own responses file.
        Nothing leaves the machine it runs on.

    Raises
    ------
    Faults
        A workspace that cannot be opened; a campaign it does not have. One without responses is told on the page, which
        then shows the example.

    Notes
    -----
    **Missing answers**: as in the scores; every number stands with its count.
    """
    if workspace is None:
        return Diagnostic(load_framework(framework), language).view
    try:
        kept = kept_campaign(workspace, campaign)
    except Faults as faults:
        if campaign or any(fault.code not in NOTHING_YET for fault in faults.faults):
            raise
        page = Diagnostic(load_framework(framework), language)
        page.show(faults)
        return page.view
    return Diagnostic(kept.framework, language, kept).view


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
    """

    framework: Framework
    language: str
    home: Campaign = field(default_factory=lambda: example_campaign())
    view: ProfileView = field(init=False)
    campaign: Campaign = field(init=False)

    def __post_init__(self):
        self.campaign = self.home
        self.view = ProfileView(page=write_page(self.campaign, {"language": self.language}, home=self.home))
        self.view.observe(self.choose, "choice")
        self.view.on_file(self.open_file)
        self.view.on_example(self.open_example)

    def choose(self, change: Mapping) -> None:
        """Answer another wave, unit, role or language."""
        self.show()

    def open_file(self, name: str, content: bytes) -> None:
        """Show somebody's own file, or all that is wrong with it beside what was shown before."""
        try:
            self.campaign = measure_file(name, content, self.framework)
        except Faults as faults:
            self.show(faults)
        else:
            self.show()

    def open_example(self) -> None:
        """Go back to the example, or to the campaign the page was opened with."""
        self.campaign = self.home
        self.show()

    def show(self, faults: Faults | None = None) -> None:
        """Write the page for what is chosen."""
        choice = {"language": self.language, **self.view.choice}
        self.view.page = write_page(self.campaign, choice, faults, self.home)


@cache
def example_campaign() -> Campaign:
    """Measure the example commune, once: it is the same for everybody, and its released tables are never changed."""
    example = load_example()
    return measure(example.responses, example.framework, "", example.units, fictional=True)
