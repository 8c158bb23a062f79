"""The home page: a door where no workspace is open, the journey where one is; arranged and worded."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assessment.apps.contents import Contents
from assessment.apps.journey import PATHS, TOOLS, Tool, has_begun, on_path, states
from assessment.apps.shell import tool_header
from assessment.apps.visitors import ENDING, address_of
from assessment.faults import Fault
from assessment.practices.framing.document import FRAMING
from assessment.texts import format_number, word
from assessment.texts.telling import place_and_sentence

MOST_FAULTS = 12
"""How many faults the page tells."""

LONGEST_NAME = 120
"""Letters of an organisation's name."""


@dataclass(frozen=True)
class Told:
    """What has just happened.

    Parameters
    ----------
    key
        ``created, brought, erased, undone, absent``; or what went wrong: ``wrong_create, wrong_file, …``.
    faults
        Why.
    """

    key: str
    faults: Sequence[Fault] = ()


@dataclass(frozen=True)
class Standing:
    """Where somebody stands, as the page tells it.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    path, held
        The open workspace and what is in it; None where none is open.
    id
        Its id, on a server.
    served
        Whether the page is served to visitors.
    demonstration
        Whether the server forgets everything.
    files
        Workspaces of the folder and when each was used last; on a server none, for they are other people's.
    told
        What has just happened.
    """

    language: str
    path: Path | None = None
    held: Contents | None = None
    id: str | None = None
    served: bool = False
    demonstration: bool = False
    files: Sequence[tuple[str, datetime]] = ()
    told: Told | None = None

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"home.{key}", self.language, **values)


def write_home(standing: Standing) -> dict:
    """Write the document of the home page.

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
    >>> write_home(Standing("en"))["title"]
    'Welcome to Apprenance'
    """
    is_open = standing.held is not None
    page = journey(standing) if is_open else door(standing)
    return page | {
        "language": standing.language,
        "screen": "journey" if is_open else "door",
        "header": header(standing),
        "blocks": [*told(standing), *demonstration(standing), *page["blocks"]],
        "footnote": standing.say("footnote"),
        "address": {"workspace": standing.id, "language": standing.language},
        "refresh": is_open,
    }


def header(standing: Standing) -> dict:
    """Say whose workspace is open and whether it is kept."""
    if standing.held is None:
        return {"organisation": "Apprenance"}
    place = (standing.path, standing.held, standing.served, standing.demonstration)
    return tool_header(standing.language, *place)


def told(standing: Standing) -> Iterator[dict]:
    """Say what has just happened."""
    happened = standing.told
    if happened is None:
        return
    if happened.faults:
        yield faults_block(standing, happened)
        return
    tone = {"absent": "warning", "erased": "info"}.get(happened.key, "good")
    notice = {"kind": "notice", "id": "told", "tone": tone, "title": standing.say(f"{happened.key}_title")}
    if happened.key in ("absent", "brought", "erased"):
        notice["lines"] = [standing.say(happened.key)]
    if happened.key == "erased":
        notice["actions"] = [{"id": "undo", "label": standing.say("undo")}]
    yield notice


def faults_block(standing: Standing, happened: Told) -> dict:
    """Say what went wrong, each fault with its place."""
    items = [place_and_sentence(fault, standing.language) for fault in happened.faults[:MOST_FAULTS]]
    told_items = [{"where": where, "text": text} for where, text in items]
    return {"kind": "faults", "id": "told", "title": standing.say(happened.key), "items": told_items}


def demonstration(standing: Standing) -> Iterator[dict]:
    """Warn where the server forgets everything."""
    if standing.demonstration:
        title, line = standing.say("demonstration_title"), standing.say("demonstration")
        yield {"kind": "notice", "id": "demonstration", "tone": "warning", "title": title, "lines": [line]}


def door(standing: Standing) -> dict:
    """Write the page that opens, makes or brings a workspace."""
    blocks = [creating(standing), *from_folder(standing), bringing(standing), example(standing)]
    return {"title": standing.say("title_door"), "lead": standing.say("lead_door"), "blocks": blocks}


def creating(standing: Standing) -> dict:
    """Offer to make a workspace."""
    form = {
        "kind": "form",
        "id": "create",
        "label": standing.say("create_title"),
        "fields": [organisation_field(standing)],
        "submit": {"id": "create", "label": standing.say("create")},
    }
    return section(standing, "create", [form])


def organisation_field(standing: Standing, value: str = "") -> dict:
    """Ask for the organisation's name."""
    return {
        "kind": "text",
        "id": "organisation",
        "label": standing.say("organisation"),
        "hint": standing.say("organisation_hint"),
        "value": value,
        "required": True,
        "longest": LONGEST_NAME,
        "autocomplete": "organization",
    }


def from_folder(standing: Standing) -> Iterator[dict]:
    """Offer the workspaces that lie beside the notebook."""
    if standing.files:
        items = [folder_item(standing, name, used) for name, used in standing.files]
        cards = {"kind": "cards", "label": standing.say("folder_title"), "look": "rows", "items": items}
        yield section(standing, "folder", [cards])


def folder_item(standing: Standing, name: str, used: datetime) -> dict:
    """Offer one workspace of the folder."""
    from babel.dates import format_datetime  # heavy for a command that shows no page

    pattern = {"fr": "d MMMM y 'à' HH:mm", "en": "d MMMM y 'at' HH:mm"}[standing.language]
    when = format_datetime(used, pattern, locale=standing.language)
    action = {"id": "open", "label": standing.say("open"), "values": {"file": name}}
    text = standing.say("folder_file", when=when)
    return {"id": name, "title": name.removesuffix(ENDING), "text": text, "actions": [action]}


def bringing(standing: Standing) -> dict:
    """Offer to open a file somebody brings."""
    upload = {"kind": "upload", "id": "bring", "accept": ENDING}
    upload |= {"label": standing.say("bring"), "hint": standing.say("bring_hint")}
    return section(standing, "bring", [upload])


def example(standing: Standing) -> dict:
    """Offer the example."""
    return section(standing, "example", [buttons({"id": "example", "label": standing.say("example")})])


def section(standing: Standing, key: str, blocks: list[dict]) -> dict:
    """Arrange a part of the page under its title and its sentence."""
    words = {"title": standing.say(f"{key}_title"), "text": standing.say(f"{key}_text")}
    return {"kind": "section", "id": key, **words, "blocks": blocks}


def buttons(*items: dict) -> dict:
    """Arrange what can be done in a row."""
    return {"kind": "actions", "items": list(items)}


def journey(standing: Standing) -> dict:
    """Write the page that says where one stands and what comes next."""
    if not has_begun(standing.held):
        words = {"title": standing.say("title_begin"), "lead": standing.say("lead_begin")}
        return words | {"blocks": [ways(standing), taking(standing)]}
    at = states(standing.held)
    following = [tool for tool in TOOLS if at[tool.id] == "next"]
    lead = (
        standing.say("lead_next", tool=in_sentence(standing, following[0])) if following else standing.say("lead_done")
    )
    blocks = [*facts(standing), steps(standing, at), taking(standing)]
    return {"title": standing.say("title_journey"), "lead": lead, "blocks": blocks}


def in_sentence(standing: Standing, tool: Tool) -> str:
    """Name a tool in the middle of a sentence."""
    title = standing.say(f"tool_{tool.id}")
    return title[:1].lower() + title[1:]


def ways(standing: Standing) -> dict:
    """Offer the two ways to begin, each with its first tool."""
    items = [way(standing, path) for path in PATHS if on_path(path)]
    return {"kind": "cards", "id": "ways", "label": standing.say("paths"), "items": items}


def way(standing: Standing, path: str) -> dict:
    """Offer one way to begin."""
    tools = on_path(path)
    return {
        "id": path,
        "title": standing.say(f"path_{path}"),
        "text": standing.say(f"path_{path}_text"),
        "lines": [standing.say(f"tool_{tool.id}") for tool in tools],
        "actions": [link(standing, tools[0], standing.say("path_begin"))],
    }


def link(standing: Standing, tool: Tool, label: str, primary: bool = False) -> dict:
    """Lead to a tool, about the same workspace, in the same language."""
    address = address_of(tool.notebook, standing.id, standing.language if standing.served else None)
    return {"href": address, "label": label, "primary": primary}


def steps(standing: Standing, at: dict[str, str]) -> dict:
    """List the tools: what was done, what comes next."""
    items = [step(standing, tool, at[tool.id]) for tool in TOOLS]
    return {"kind": "steps", "id": "tools", "label": standing.say("tools"), "items": items}


def step(standing: Standing, tool: Tool, state: str) -> dict:
    """Say of a tool what it is for and whether it was used."""
    is_ready = tool.is_ready is None or tool.is_ready(standing.held)
    return {
        "id": tool.id,
        "title": standing.say(f"tool_{tool.id}"),
        "text": standing.say(f"tool_{tool.id}_text"),
        "state": state,
        "note": None if is_ready else standing.say(f"tool_{tool.id}_needs"),
        "actions": [link(standing, tool, standing.say("go"), state == "next")] if is_ready else [],
    }


def facts(standing: Standing) -> Iterator[dict]:
    """Count what is in the workspace; what is not there is not counted."""
    items = [fact for tell in FACTS for fact in tell(standing)]
    if items:
        yield {"kind": "facts", "id": "held", "items": items}


def responses_fact(standing: Standing) -> Iterator[dict]:
    """Count the responses, and name the questionnaire they were given to."""
    held = standing.held
    if held.campaign:
        key = {0: "fact_no_wave", 1: "fact_one_wave"}.get(held.waves, "fact_waves")
        note = standing.say(key, count=held.waves, framework=held.campaign.framework)
        yield {"label": standing.say("fact_responses"), "value": count(standing, held.responses), "note": note}


def map_fact(standing: Standing) -> Iterator[dict]:
    """Count who is on the maps."""
    if standing.held.on_map("actors"):
        note = standing.say("fact_ties", count=count(standing, standing.held.on_map("ties")))
        value = count(standing, standing.held.on_map("actors"))
        yield {"label": standing.say("fact_actors"), "value": value, "note": note}


def practices_fact(standing: Standing) -> Iterator[dict]:
    """Count the practices that have a sheet; the framing comes before them."""
    done = [one for one in standing.held.practices if one != FRAMING]
    if done:
        yield {"label": standing.say("fact_practices"), "value": count(standing, len(done))}


FACTS: tuple[Callable[[Standing], Iterator[dict]], ...] = (responses_fact, map_fact, practices_fact)


def count(standing: Standing, number: int) -> str:
    """Write a count."""
    return format_number(number, standing.language, 0)


def taking(standing: Standing) -> dict:
    """Offer to take the workspace along, to change its name, to open another."""
    where = "take_text_server" if standing.served else "take_text_folder"
    download = {"kind": "download", "id": "download", "label": standing.say("download")}
    download["hint"] = standing.say("download_hint")
    others = [{"id": "leave", "label": standing.say("leave")}]
    if standing.served:
        others.append({"id": "erase", "label": standing.say("erase")})
    blocks = [download, *key_notice(standing), *renaming(standing), buttons(*others)]
    text = standing.say(where, file=standing.path.name)
    return {"kind": "section", "id": "take", "title": standing.say("take_title"), "text": text, "blocks": blocks}


def key_notice(standing: Standing) -> Iterator[dict]:
    """Say that whoever has the page's address has the workspace, where the server keeps it."""
    if standing.served and not standing.demonstration:
        title, line = standing.say("key_title"), standing.say("key")
        yield {"kind": "notice", "id": "key", "tone": "info", "title": title, "lines": [line]}


def renaming(standing: Standing) -> Iterator[dict]:
    """Offer to change the organisation's name."""
    if standing.held.read_only:
        return
    form = {
        "kind": "form",
        "id": "rename",
        "label": standing.say("rename_title"),
        "fields": [organisation_field(standing, standing.held.organisation)],
        "submit": {"id": "rename", "label": standing.say("rename"), "quiet": True},
    }
    yield {"kind": "details", "id": "rename", "label": standing.say("rename_title"), "blocks": [form]}
