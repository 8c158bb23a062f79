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
        Whether a workspace shows that it was used.
    paths
        The ways to begin in which it stands, with its place in each, counted from 1.
    is_ready
        Whether a workspace has what it needs; ``tool_<id>_needs`` says what is missing. None = it needs nothing.
    """

    id: str
    notebook: str
    is_done: Callable[[Contents], bool]
    paths: dict[str, int]
    is_ready: Callable[[Contents], bool] | None = None


TOOLS = (
    Tool("framing", "1_cadrage.ipynb", lambda held: FRAMING in held.practices, {SURVEY: 1, WORKSHOP: 2}),
    Tool("questionnaire", "2_questionnaire.ipynb", lambda held: held.responses > 0, {SURVEY: 2}),
    Tool("entry", "2_saisie.ipynb", lambda held: held.responses > 0, {SURVEY: 3}),
    Tool("diagnostic", "3_diagnostic.ipynb", lambda held: held.releases > 0, {SURVEY: 4, WORKSHOP: 3}),
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


def states(held: Contents) -> dict[str, str]:
    """Say of each tool whether it is ``done``, comes ``next`` (the first that is not), or ``later``.

    Examples
    --------
    >>> states(Contents(maps=({"actors": 3},)))["actors_map"], states(Contents())["actors_map"]
    ('done', 'later')
    """
    done = {tool.id: tool.is_done(held) for tool in TOOLS}
    ready = [tool.id for tool in TOOLS if not done[tool.id] and (tool.is_ready is None or tool.is_ready(held))]
    return {id_: "done" if is_done else "next" if id_ in ready[:1] else "later" for id_, is_done in done.items()}


def has_begun(held: Contents) -> bool:
    """Say whether anything of the journey was done."""
    return held.responses > 0 or any(tool.is_done(held) for tool in TOOLS)
