"""The home page where no workspace is open: one is made, brought, opened, or the example is looked at."""

from collections.abc import Iterator
from datetime import datetime

from assessment.apps.visitors import ENDING
from assessment.apps.whereabouts import Standing, buttons, organisation_field, section, under_way


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
    return section(standing, "bring", [upload, *under_way(standing, "bring")])


def example(standing: Standing) -> dict:
    """Offer the example."""
    begin = buttons({"id": "example", "label": standing.say("example")})
    return section(standing, "example", [begin, *under_way(standing, "example")])
