"""The page of the framing: nine steps, what is done of each, and one screen a step."""

from collections.abc import Callable, Iterator, Sequence

from assessment.apps.framing_ending import mandate_room, readiness_room
from assessment.apps.framing_groups import visible_room, who_room
from assessment.apps.framing_rooms import aim_room, brakes_room, calendar_room, cost_room, method_room
from assessment.apps.framing_sheet import OVERVIEW, STEPS, Standing, buttons, states_of
from assessment.apps.shell import faults_block
from assessment.apps.told import told_blocks
from assessment.faults import Fault
from assessment.texts import format_number, word


def write_framing(standing: Standing) -> dict:
    """Write the document of the framing's page.

    Parameters
    ----------
    standing
        Where somebody stands.

    Returns
    -------
    dict
        A document of `ToolPage`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> page = write_framing(Standing("en", load_framework("collectivite-apprenante"), {}, {}))
    >>> page["title"], [one["state"] for one in page["blocks"][-1]["items"]][:3]
    ('Frame the assessment', ['next', 'later', 'later'])
    """
    at_overview = standing.step == OVERVIEW
    blocks = overview(standing) if at_overview else screen(standing)
    number = "" if at_overview else format_number(STEPS.index(standing.step) + 1, standing.language, 0)
    title = standing.say("title") if at_overview else standing.say(f"step_{standing.step}")
    return {
        "language": standing.language,
        "title": title if at_overview else standing.say("numbered", number=number, title=title),
        "lead": standing.say("lead") if at_overview else standing.say(f"lead_{standing.step}"),
        "screen": standing.step,
        "header": dict(standing.header),
        "blocks": [*told_blocks(standing.told, standing.say, standing.language), *trial(standing), *blocks],
        "footnote": standing.say("footnote"),
        "refresh": standing.kept,
    }


def write_refused(language: str, faults: Sequence[Fault], home: str) -> dict:
    """Write the page of a framing that cannot be read: why, and the way home.

    Examples
    --------
    >>> write_refused("en", [Fault("framing_format_missing")], "0_accueil.ipynb")["blocks"][0]["title"]
    'This framing cannot be read; nothing was changed'
    """
    blocks = [faults_block(language, "told", word("mandate_page.wrong_open", language), faults)]
    link = {"label": word("home.home", language), "href": home}
    header = {"organisation": "Apprenance", "home": link}
    title = word("mandate_page.title", language)
    return {"language": language, "title": title, "header": header, "blocks": blocks}


def trial(standing: Standing) -> Iterator[dict]:
    """Say that nothing is kept without a workspace."""
    if not standing.kept:
        notice = {"kind": "notice", "id": "trial", "tone": "warning", "title": standing.say("trial_title")}
        link = {"href": standing.home, "label": standing.say("trial_home")}
        yield notice | {"lines": [standing.say("trial")], "actions": [link] if standing.home else []}


def overview(standing: Standing) -> Iterator[dict]:
    """List the nine steps."""
    states = states_of(standing)
    items = [
        {
            "id": step,
            "title": standing.say(f"step_{step}"),
            "text": standing.say(f"about_{step}"),
            "state": states[step],
            "actions": [
                go(standing, step, standing.say("open"), states[step] == "next")
                | {"about": standing.say(f"step_{step}")}
            ],
        }
        for step in STEPS
    ]
    yield {"kind": "steps", "id": "steps", "label": standing.say("steps"), "items": items}


def go(standing: Standing, step: str, label: str, primary: bool = False) -> dict:
    """Lead to a step."""
    return {"id": "go", "label": label, "primary": primary, "values": {"step": step}}


def screen(standing: Standing) -> Iterator[dict]:
    """Write the screen of a step, with the ways to the others below."""
    yield from ROOMS[standing.step](standing)
    place = STEPS.index(standing.step)
    ways = []
    if place + 1 < len(STEPS):
        following = STEPS[place + 1]
        ways.append(go(standing, following, standing.say("next", title=standing.say(f"step_{following}")), True))
    if place:
        ways.append(go(standing, STEPS[place - 1], standing.say("previous")))
    ways.append(go(standing, OVERVIEW, standing.say("all_steps")))
    yield buttons(*ways) | {"id": "ways"}


ROOMS: dict[str, Callable[[Standing], Iterator[dict]]] = {
    "aim": aim_room,
    "who": who_room,
    "visible": visible_room,
    "method": method_room,
    "cost": cost_room,
    "calendar": calendar_room,
    "brakes": brakes_room,
    "readiness": readiness_room,
    "mandate": mandate_room,
}
