"""The diagnostic: the learning-maturity profile of the example or of one's own file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from assessment.apps.campaign import Campaign, measure, measure_file
from assessment.apps.diagnostic_page import write_page
from assessment.example import load_example
from assessment.faults import Faults
from assessment.framework import Framework, load_framework
from assessment.widgets import ProfileView


def diagnostic(framework: str = "collectivite-apprenante", language: str = "fr") -> ProfileView:
    """Show the profile of an organisation: disciplines, predispositions, wishes, groups.

    Parameters
    ----------
    framework
        A framework file or the id of one of the kit's; the example belongs to the kit's own.
    language
        ``"fr"`` or ``"en"``; can be changed on the page.

    Returns
    -------
    ProfileView
        A page that starts with the example commune and takes one's own responses file. Nothing leaves the machine it
        runs on.

    Notes
    -----
    **Missing answers**: as in the scores; every number stands with its count.
    """
    return Diagnostic(load_framework(framework), language).view


@dataclass
class Diagnostic:
    """What the page is about, and what it answers; the page itself is written anew each time."""

    framework: Framework
    language: str
    view: ProfileView = field(init=False)
    campaign: Campaign = field(init=False)

    def __post_init__(self):
        self.campaign = example_campaign()
        self.view = ProfileView(page=write_page(self.campaign, {"language": self.language}))
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
        """Go back to the example."""
        self.campaign = example_campaign()
        self.show()

    def show(self, faults: Faults | None = None) -> None:
        """Write the page for what is chosen."""
        choice = {"language": self.language, **self.view.choice}
        self.view.page = write_page(self.campaign, choice, faults)


@cache
def example_campaign() -> Campaign:
    """Measure the example commune, once: it is the same for everybody, and its released tables are never changed."""
    example = load_example()
    return measure(example.responses, example.framework, "", example.units, fictional=True)
