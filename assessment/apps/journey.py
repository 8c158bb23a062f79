"""The tools there are, in the order of the journey: a further one is one more entry.

Its words are ``tool_<id>``, ``tool_<id>_text`` in ``texts/words/home.toml``. What is not in the list is not shown.
"""

from collections.abc import Callable
from dataclasses import dataclass

from assessment.apps.contents import Contents
from assessment.practices.framing.document import FRAMING

WORKSHOP, SURVEY = "workshop", "survey"
PATHS = (WORKSHOP, SURVEY)
"""The two ways to begin, both legitimate: together in a room, or by asking everybody."""


def was_answered(held: Contents) -> bool:
    """Say whether anybody has answered."""
    return held.responses > 0


def is_answered(held: Contents) -> bool:
    """Say whether anybody has answered, and no further wave waits for its responses."""
    return held.responses > 0 and not held.awaited


def was_read(held: Contents) -> bool:
    """Say whether results were ever let out."""
    return held.releases > 0


def is_read(held: Contents) -> bool:
    """Say whether the results of every wave were let out."""
    return held.releases > 0 and not held.unread and not held.awaited


@dataclass(frozen=True)
class Tool:
    """A tool of the journey.

    Parameters
    ----------
    id
        What the words call it.
    notebook
        Its notebook, beside the home page's.
    is_done
        Whether a workspace shows that nothing is left to do with it for now.
    paths
        The ways to begin in which it stands, with its place in each.
    is_ready
        Whether a workspace has what it needs; ``tool_<id>_needs`` says what is missing. None = it needs nothing.
    was_used
        Whether a workspace shows that it was ever used, where that is less than `is_done`: a further wave is answered
        and read with tools that were used before.
    """

    id: str
    notebook: str
    is_done: Callable[[Contents], bool]
    paths: dict[str, int]
    is_ready: Callable[[Contents], bool] | None = None
    was_used: Callable[[Contents], bool] | None = None

    def is_known(self, held: Contents) -> bool:
        """Say whether it was ever used."""
        return (self.was_used or self.is_done)(held)

    def comes_before(self, other: "Tool") -> bool:
        """Say whether it comes before another in every way to begin in which both stand."""
        shared = [path for path in self.paths if path in other.paths]
        return bool(shared) and all(self.paths[path] < other.paths[path] for path in shared)


TOOLS = (
    Tool("framing", "1_cadrage.ipynb", lambda held: FRAMING in held.practices, {SURVEY: 1, WORKSHOP: 2}),
    Tool("entry", "2_saisie.ipynb", is_answered, {SURVEY: 3, WORKSHOP: 4}, was_used=was_answered),
    Tool("diagnostic", "3_diagnostic.ipynb", is_read, {SURVEY: 4, WORKSHOP: 5}, was_used=was_read),
    Tool("actors_map", "4_carte_des_acteurs.ipynb", lambda held: held.on_map("actors") > 0, {WORKSHOP: 1, SURVEY: 5}),
)


def on_path(path: str) -> list[Tool]:
    """Give the tools of a way to begin, in its order.

    Examples
    --------
    >>> on_path("workshop")[0].notebook
    '4_carte_des_acteurs.ipynb'
    """
    return sorted((tool for tool in TOOLS if path in tool.paths), key=lambda tool: tool.paths[path])


def is_passed(tool: Tool, held: Contents) -> bool:
    """Say whether people went on without a tool: they never used it, and have used one that it comes before.

    Nobody who has responses is sent back to prepare a survey.

    Examples
    --------
    >>> is_passed(TOOLS[0], Contents(releases=1)), is_passed(TOOLS[0], Contents(maps=({"actors": 3},)))
    (True, False)
    """
    return not tool.is_known(held) and any(tool.comes_before(other) and other.is_known(held) for other in TOOLS)


def states(held: Contents) -> dict[str, str]:
    """Say of each tool whether it is ``done``, comes ``next`` (the first that is not, nor was passed), or ``later``.

    Examples
    --------
    >>> states(Contents(maps=({"actors": 3},)))["actors_map"], states(Contents())["actors_map"]
    ('done', 'later')
    """
    done = {tool.id: tool.is_done(held) for tool in TOOLS}
    open_ = [tool for tool in TOOLS if not done[tool.id] and not is_passed(tool, held)]
    ready = [tool.id for tool in open_ if tool.is_ready is None or tool.is_ready(held)]
    return {id_: "done" if is_done else "next" if id_ in ready[:1] else "later" for id_, is_done in done.items()}


def has_begun(held: Contents) -> bool:
    """Say whether anything of the journey was done."""
    return any(tool.is_known(held) for tool in TOOLS)
