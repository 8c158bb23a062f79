"""The home page: a door where no workspace is open, the journey where one is; arranged and worded."""

from collections.abc import Callable, Iterator, Sequence

from assessment.apps.door_page import door
from assessment.apps.journey import PATHS, TOOLS, Tool, has_begun, is_passed, is_read, on_path, states
from assessment.apps.shell import tool_header
from assessment.apps.told import told_blocks
from assessment.apps.visitors import address_of
from assessment.apps.whereabouts import Standing, buttons, organisation_field, section, under_way
from assessment.texts import format_number

LONGEST_WAVE = 40
"""Letters of a wave's name."""


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
    happened = told_blocks(standing.told, standing.say, standing.language)
    return page | {
        "language": standing.language,
        "screen": "journey" if is_open else "door",
        "header": header(standing),
        "blocks": [*happened, *demonstration(standing), *page["blocks"]],
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


def demonstration(standing: Standing) -> Iterator[dict]:
    """Warn where the server forgets everything."""
    if standing.demonstration:
        title, line = standing.say("demonstration_title"), standing.say("demonstration")
        yield {"kind": "notice", "id": "demonstration", "tone": "warning", "title": title, "lines": [line]}


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
    blocks = [*facts(standing), steps(standing, at), *next_wave(standing), taking(standing)]
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
    passed = state == "later" and is_passed(tool, standing.held)
    return {
        "id": tool.id,
        "title": standing.say(f"tool_{tool.id}"),
        "text": standing.say(f"tool_{tool.id}_text"),
        "state": state,
        "state_label": standing.say("state_passed") if passed else None,
        "note": step_note(standing, tool, state) if is_ready else standing.say(f"tool_{tool.id}_needs"),
        "actions": [link(standing, tool, standing.say("go"), state == "next")] if is_ready else [],
    }


def step_note(standing: Standing, tool: Tool, state: str) -> str | None:
    """Say for which wave a tool that was used before comes next again."""
    waiting = standing.held.awaited or standing.held.unread
    if state == "next" and tool.is_known(standing.held) and waiting:
        return standing.say("again", waves=listed(standing, waiting))
    return None


def next_wave(standing: Standing) -> Iterator[dict]:
    """Offer a further wave once the last one was read; until somebody answers it, it can be taken back."""
    held = standing.held
    if held.read_only:
        return
    for wave in (wave for wave in held.awaited if wave and held.responses):
        title, line = standing.say("wave_open_title", wave=wave), standing.say("wave_open")
        back = {"id": "drop_wave", "label": standing.say("drop_wave"), "values": {"wave": wave}}
        yield {
            "kind": "notice",
            "id": f"wave {wave}",
            "tone": "info",
            "title": title,
            "lines": [line],
            "actions": [back],
        }
    if is_read(held):
        yield section(standing, "wave", [wave_fold(standing)])


def wave_fold(standing: Standing) -> dict:
    """Ask what the further wave is called."""
    name = {"kind": "text", "id": "wave", "label": standing.say("wave_name"), "required": True, "longest": LONGEST_WAVE}
    name["hint"] = standing.say("wave_hint", waves=listed(standing, standing.held.waves))
    submit = {"id": "wave", "label": standing.say("wave"), "quiet": True}
    form = {"kind": "form", "id": "wave", "label": standing.say("wave_title"), "fields": [name], "submit": submit}
    return {"kind": "details", "id": "wave", "label": standing.say("wave_fold"), "blocks": [form]}


def listed(standing: Standing, waves: Sequence[str]) -> str:
    """Name waves in a sentence; one without a name is the first."""
    from babel.lists import format_list  # heavy for a command that shows no page

    return format_list([wave or standing.say("wave_unnamed") for wave in waves], locale=standing.language)


def facts(standing: Standing) -> Iterator[dict]:
    """Count what is in the workspace; what is not there is not counted."""
    items = [fact for tell in FACTS for fact in tell(standing)]
    if items:
        yield {"kind": "facts", "id": "held", "items": items}


def responses_fact(standing: Standing) -> Iterator[dict]:
    """Count the responses, and name the questionnaire they were given to."""
    held = standing.held
    if held.campaign:
        named = [wave for wave in held.waves if wave]
        key = {0: "fact_no_wave", 1: "fact_one_wave"}.get(len(named), "fact_waves")
        note = standing.say(key, waves=listed(standing, held.waves), framework=held.campaign.framework)
        yield {"label": standing.say("fact_responses"), "value": count(standing, held.responses), "note": note}


def map_fact(standing: Standing) -> Iterator[dict]:
    """Count who is on the maps."""
    if standing.held.on_map("actors"):
        note = standing.say("fact_ties", count=count(standing, standing.held.on_map("ties")))
        value = count(standing, standing.held.on_map("actors"))
        yield {"label": standing.say("fact_actors"), "value": value, "note": note}


def practices_fact(standing: Standing) -> Iterator[dict]:
    """Count the practices that were begun."""
    done = standing.held.begun
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
    working = under_way(standing, "download")
    blocks = [download, *working, *key_notice(standing), *renaming(standing), buttons(*others)]
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
