"""The last steps of the framing: the group's readiness, the mandate on paper, the campaign that begins with it."""

from collections.abc import Iterator

from assessment.apps.framing_rooms import name_field
from assessment.apps.framing_sheet import STEPS, Standing, section, shown, states_of
from assessment.figures.framing import mandate_parts, readiness_part
from assessment.practices.framing.document import QUESTIONS, WORKSHOP, listed
from assessment.texts import word

FEWEST, MOST_READY = 3, 12
"""People that the grid of readiness has room for where nobody is named; and at most beside those who are."""

LOWEST, HIGHEST = 1, 5


def readiness_room(standing: Standing) -> Iterator[dict]:
    """Ask the six questions of each of the group, and tell what the group answers."""
    people = group_names(standing)
    given = [*listed(standing.document, "readiness"), *({} for _ in people)][: len(people)]
    field = {
        "kind": "grid",
        "id": "answers",
        "label": standing.say("readiness_grid"),
        "hint": standing.say("readiness_hint"),
        "rows": [{"id": one, "label": word(f"framing.readiness_{one}", standing.language)} for one in QUESTIONS],
        "columns": [{"id": f"p{place}", "label": name} for place, name in enumerate(people)],
        "value": [[one.get(question) for one in given] for question in QUESTIONS],
        "totals": False,
        "min": LOWEST,
        "max": HIGHEST,
        "width": "wide",
        "required": True,
    }
    if not listed(standing.document, "mandate_group"):
        go = {"id": "go", "label": standing.say("step_aim"), "values": {"step": "aim"}}
        lines = [standing.say("readiness_unnamed")]
        yield {"kind": "notice", "id": "unnamed", "tone": "info", "lines": lines, "actions": [go]}
    form = {"kind": "form", "id": "readiness", "label": standing.say("step_readiness"), "change": "write_readiness"}
    yield form | {"fields": [field]}
    told = readiness_part(standing.document, standing.language, standing.compared)
    yield shown(told, standing, title=standing.say("readiness_title"))


def group_names(standing: Standing) -> list[str]:
    """Name the columns of the grid: the group, or so many people without a name."""
    names = [one["name"] for one in listed(standing.document, "mandate_group")]
    count = max(len(names) or FEWEST, len(listed(standing.document, "readiness")))
    return [*names, *(standing.say("person_number", number=place + 1) for place in range(len(names), count))]


def mandate_room(standing: Standing) -> Iterator[dict]:
    """Show the mandate as it will be printed; offer to print it, and to begin the campaign."""
    yield from lacking(standing)
    label, hint = standing.say("download"), standing.say("download_hint")
    yield {"kind": "download", "id": "download", "label": label, "hint": hint, "primary": True}
    yield section(standing.say("campaign_title"), campaign_blocks(standing), standing.say("campaign_text"), "campaign")
    parts = mandate_parts(standing.document, standing.framework, standing.language, standing.today)
    blocks = [shown(one, standing, one.id == "schedule") for one in parts]
    yield {"kind": "details", "id": "preview", "label": standing.say("preview"), "blocks": blocks}


def lacking(standing: Standing) -> Iterator[dict]:
    """Name the steps that are not done: a mandate may be printed without them."""
    states = states_of(standing)
    open_steps = [step for step in STEPS[:-1] if states[step] != "done"]
    if open_steps:
        actions = [{"id": "go", "label": standing.say(f"step_{step}"), "values": {"step": step}} for step in open_steps]
        title, lines = standing.say("lacking_title"), [standing.say("lacking")]
        yield {"kind": "notice", "id": "lacking", "tone": "info", "title": title, "lines": lines, "actions": actions}


def campaign_blocks(standing: Standing) -> Iterator[dict]:
    """Offer to begin the campaign, or say how it stands."""
    handing = standing.handing
    if not standing.kept:
        yield told(standing, "campaign_needs_workspace")
    elif standing.method.get("kind") == WORKSHOP:
        yield told(standing, "campaign_workshop")
    elif handing.campaign is None:
        yield campaign_form(standing)
    elif handing.begun:
        yield told(standing, "campaign_begun", name=handing.campaign.name)
    elif handing.alike:
        yield told(standing, "campaign_ready", name=handing.campaign.name)
        yield campaign_actions(standing, "remove_campaign")
    else:
        yield told(standing, "campaign_differs", name=handing.campaign.name)
        yield campaign_actions(standing, "update_campaign", "remove_campaign")


def campaign_actions(standing: Standing, *names: str) -> dict:
    """Offer what can still be done with a campaign that nobody has answered."""
    return {"kind": "actions", "id": "planned", "items": [{"id": one, "label": standing.say(one)} for one in names]}


def told(standing: Standing, key: str, **values: object) -> dict:
    """Say how the campaign stands."""
    return {"kind": "paragraph", "id": key, "text": standing.say(key, **values)}


def campaign_form(standing: Standing) -> dict:
    """Offer to begin the campaign under a name."""
    name = name_field("name", standing.say("campaign_name"), True, "", standing.say("campaign_usual"))
    submit = {"id": "create_campaign", "label": standing.say("create_campaign"), "quiet": True}
    label = standing.say("campaign_title")
    return {"kind": "form", "id": "campaign", "label": label, "fields": [name], "submit": submit}
