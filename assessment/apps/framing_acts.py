"""What the framing's page does when somebody asks: each act takes the page and what was said."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from assessment.apps import framing_edits as edits
from assessment.apps.framing_keeping import people_key, plan_of
from assessment.apps.pasted_units import read_pasted_units
from assessment.apps.told import Told, doing
from assessment.apps.work import faults_of
from assessment.figures.mandate import mandate_page
from assessment.practices import find_mergers, framing_units, with_units
from assessment.practices.framing.document import UNIT, WORKSHOP, listed
from assessment.texts import word
from assessment.widgets.tool_page import Event
from assessment.workspace import add_framework, list_campaigns, plan_campaign, unplan_campaign
from assessment.workspace.planning import HandedOver, planned_campaign

if TYPE_CHECKING:
    from assessment.apps.mandate import Framing

PDF = "application/pdf"

Act = Callable[["Framing", Event], None]


def put_mine(page: "Framing", event: Event) -> None:
    """Put what was refused in the place of what somebody else saved; theirs stays in the history."""
    mine, page.refused = page.refused, None
    page.put(mine, "took_mine")


def put_back(page: "Framing", event: Event) -> None:
    """Undo what was taken away."""
    if page.undo is not None:
        values, page.undo = page.undo.values, None
        page.put({name: value for name, value in {**page.document, **values}.items() if value is not None})
        page.told = Told("undone")


def look_again(page: "Framing", event: Event) -> None:
    """Show what others have saved since, when somebody comes back to the page."""
    if page.store is not None and not page.unsaved:
        page.document = page.load()


def go(page: "Framing", event: Event) -> None:
    """Go to a step."""
    page.step, page.undo, page.refused = event.values["step"], None, None


def write_people(page: "Framing", event: Event) -> None:
    """Take headcounts."""
    page.put(edits.write_people(page.document, page.framework, event.values["staff"], event.values.get("others", [])))


def add_unit(page: "Framing", event: Event) -> None:
    """Put one more unit on the list."""
    name = edits.plain(event.values["name"])
    if name:
        page.put(edits.without_lost_mergers(edits.add_unit(page.document, name, event.values["parent"] or "")))


def choose_unit(page: "Framing", event: Event) -> None:
    """Look at a unit."""
    page.unit = event.values["unit"] or ""


def change_unit(page: "Framing", event: Event) -> None:
    """Rename or move a unit."""
    name = edits.plain(event.values["name"])
    if name:
        unit, parent = event.values["unit"], event.values["parent"] or ""
        page.put(edits.without_lost_mergers(edits.change_unit(page.document, unit, name, parent)))


def remove_unit(page: "Framing", event: Event) -> None:
    """Take a unit away."""
    unit = event.values["unit"]
    name = next((one.get("name") or unit for one in listed(page.document, "units") if one["unit"] == unit), unit)
    page.put(edits.without_lost_mergers(edits.remove_unit(page.document, unit)), "removed_unit", name=name)
    page.unit = ""


def bring_units(page: "Framing", event: Event) -> None:
    """Take units from a file somebody brings."""
    put_units(page, read_pasted_units(text_of(event.content), page.framework, event.name or "?"))


def paste_units(page: "Framing", event: Event) -> None:
    """Take units that somebody pastes."""
    called = word("mandate_page.cells_called", page.language)
    put_units(page, read_pasted_units(event.values["cells"], page.framework, called))


def put_units(page: "Framing", table: pd.DataFrame) -> None:
    """Put other units in the place of those there are; the old ones can be put back."""
    document = edits.without_lost_mergers(with_units(page.document, table))
    page.put(document, "units_replaced", count=str(len(table)))
    page.unit = ""


def announce(page: "Framing", event: Event) -> None:
    """Announce a merger."""
    page.put(edits.announce(page.document, event.values["kind"], event.values["pairs"]))


def search(page: "Framing", event: Event) -> None:
    """Look for mergers of units beside the page."""
    document, key = page.document, people_key(page.document)

    def do(progress: Callable[[float, float], None]) -> pd.DataFrame:
        return find_mergers(document, page.framework, UNIT, most=2, progress=progress)

    def done(plans: pd.DataFrame) -> None:
        page.plans = key, plans
        page.view.page = page.page()

    def failed(error: Exception) -> None:
        page.told = Told("wrong", faults=faults_of(error))
        page.view.page = page.page()

    page.work.start("search", do, done, failed)


def download(page: "Framing", event: Event) -> None:
    """Print the mandate."""
    name = page.held().organisation if page.workspace else ""
    content = mandate_page(page.document, page.framework, page.language, name, page.today)
    file = word("mandate_page.file", page.language)
    page.view.send_file(file, content, PDF)
    page.view.say(word("mandate_page.downloaded", page.language, file=file))


def create_campaign(page: "Framing", event: Event) -> None:
    """Begin the campaign that was framed, or tell it what the framing says now."""
    name = edits.plain(event.values.get("name", ""))
    if not list_campaigns(page.workspace):
        add_framework(page.workspace, page.source)
    units = framing_units(page.document)
    page.handed = plan_campaign(page.workspace, name, page.framework, units, plan_of(page.document))
    page.told = Told("campaign_made" if page.handed.made else "campaign_updated", actions=[doing("take_back")])


def undo_campaign(page: "Framing", event: Event) -> None:
    """Take the campaign back, as long as nobody answered."""
    handed, page.handed = page.handed, None
    if handed is not None:
        unplan_campaign(page.workspace, handed)
        page.told = Told("campaign_taken_back")


def remove_campaign(page: "Framing", event: Event) -> None:
    """Take away a campaign that nobody has answered; the page then offers to begin it again."""
    found = planned_campaign(page.workspace, page.framework)
    if found is not None:
        unplan_campaign(page.workspace, HandedOver(found.id, True))
        page.told = Told("campaign_removed")


def text_of(content: bytes) -> str:
    """Read a text file as spreadsheets write them: UTF-8, else as Windows does in western Europe."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def writes(edit: Callable[..., dict], *names: str) -> Act:
    """Answer a form by what it changes in the framing."""
    return lambda page, event: page.put(edit(page.document, event.values, *names))


def takes_away(edit: Callable[[Mapping, int], dict], key: str) -> Act:
    """Answer a button that takes one of a list away; it can be put back."""
    return lambda page, event: page.put(edit(page.document, event.values["place"]), key)


ACTIONS: dict[str, Act] = {
    "seen": look_again,
    "go": go,
    "undo": put_back,
    "put_mine": put_mine,
    "write_aim": writes(edits.write_texts, "aim", "scope"),
    "add_person": writes(edits.add_person),
    "remove_person": takes_away(edits.remove_person, "removed_person"),
    "write_people": write_people,
    "add_unit": add_unit,
    "choose_unit": choose_unit,
    "change_unit": change_unit,
    "remove_unit": remove_unit,
    "bring_units": bring_units,
    "paste_units": paste_units,
    "write_rules": writes(edits.write_method),
    "announce": announce,
    "remove_merger": takes_away(lambda document, place: edits.without(document, "mergers", place), "removed_merger"),
    "search": search,
    "stop_search": lambda page, event: page.work.stop(),
    "write_method": writes(edits.write_method),
    "choose_workshop": lambda page, event: page.put(edits.write_method(page.document, {"kind": WORKSHOP})),
    "write_cost": writes(edits.write_cost),
    "add_workshop": writes(edits.add_workshop),
    "remove_workshop": takes_away(edits.remove_workshop, "removed_workshop"),
    "write_calendar": writes(edits.write_calendar),
    "write_days": lambda page, event: page.put(edits.write_days(page.document, event.values["days"])),
    "add_election": writes(edits.add_election),
    "remove_election": takes_away(edits.remove_election, "removed_election"),
    "write_brakes": writes(edits.write_brakes),
    "write_readiness": lambda page, event: page.put(edits.write_readiness(page.document, event.values["answers"])),
    "download": download,
    "create_campaign": create_campaign,
    "update_campaign": create_campaign,
    "take_back": undo_campaign,
    "remove_campaign": remove_campaign,
}
