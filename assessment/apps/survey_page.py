"""The page of the questionnaire: its form, the files for the survey tools, what came in so far; arranged and worded."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from assessment.apps.journey import TOOLS
from assessment.apps.shell import tool_header, work_block
from assessment.apps.surveyed import FULL, SHORT, Burden, Surveyed, burdens
from assessment.apps.told import Told, told_blocks
from assessment.apps.visitors import address_of
from assessment.responses.writers import TOOLS as SURVEY_TOOLS
from assessment.texts import format_number, word
from assessment.workspace import Withdrawn
from assessment.workspace.clock import read_moment

HOME, ENTRY, DIAGNOSTIC = "0_accueil.ipynb", "2_saisie.ipynb", "3_diagnostic.ipynb"

READING, WRITING, KEEPING = "reading", "writing", "keeping"
"""The pieces of work of this page, by the ids of their progress blocks."""

LARGEST = 50 * 1024 * 1024
LONGEST_WAVE = 40
MOST_FAULTS = 30
"""How many faults the page tells one by one; a wrong mapping gives one for every row."""

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.ods,.json,.xml,.zip,.lsa,.sav"


@dataclass(frozen=True)
class Shown:
    """What the page is to show.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    surveyed
        What it is about.
    form, wave, first
        What was chosen: the form; the wave and the first language of a questionnaire that goes out.
    path, id
        The open workspace, and its id on a server.
    served, demonstration
        Whether the page is served to visitors; whether the server forgets everything.
    told
        What has just happened.
    work, far
        The work under way, by its block, and how far it is.
    withdrawn
        The imports that were taken back while this page is open, by their ids.
    """

    language: str
    surveyed: Surveyed
    form: str = FULL
    wave: str = ""
    first: str = ""
    path: Path | None = None
    id: str | None = None
    served: bool = False
    demonstration: bool = False
    told: Told | None = None
    work: str | None = None
    far: tuple[float, float] | None = None
    withdrawn: Mapping[str, Withdrawn] = field(default_factory=dict)

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"survey_page.{key}", self.language, **values)

    def count(self, number: int) -> str:
        """Write a count."""
        return format_number(number, self.language, 0)

    def to(self, notebook: str) -> str:
        """Give the address of another tool, about the same workspace, in the same language."""
        return address_of(notebook, self.id, self.language if self.served else None)


def write_survey(shown: Shown) -> dict:
    """Write the page from which a questionnaire goes out, and to which its answers come back.

    Parameters
    ----------
    shown
        What the page is to show.

    Returns
    -------
    dict
        ``title, lead, blocks`` of a document of `ToolPage`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> page = write_survey(Shown("en", Surveyed(load_framework("collectivite-apprenante"))))
    >>> [block["id"] for block in page["blocks"]]
    ['nowhere', 'form', 'export', 'answers']
    """
    blocks = [*told(shown), *nowhere(shown), choosing(shown), exporting(shown), answers(shown)]
    return {"title": shown.say("title"), "lead": shown.say("lead"), "blocks": blocks}


def header(shown: Shown) -> dict:
    """Say whose workspace is open and whether it is kept."""
    held, home = shown.surveyed.held, shown.to(HOME)
    if held is None or shown.path is None:
        return {"organisation": "Apprenance", "home": {"label": word("home.home", shown.language), "href": home}}
    return tool_header(shown.language, shown.path, held, shown.served, shown.demonstration, home)


def told(shown: Shown) -> Iterator[dict]:
    """Say what has just happened."""
    happened = shown.told and replace(shown.told, actions=[addressed(shown, one) for one in shown.told.actions])
    return told_blocks(happened, shown.say, shown.language, MOST_FAULTS)


def addressed(shown: Shown, action: Mapping) -> Mapping:
    """Give an action that names a notebook its address, which is another in another language."""
    if "notebook" not in action:
        return action
    return {"href": shown.to(action["notebook"]), "label": action["label"]}


def nowhere(shown: Shown) -> Iterator[dict]:
    """Say where nothing can be kept, and what can be done about it."""
    if shown.surveyed.can_keep:
        return
    key = "nowhere" if shown.surveyed.held is None else "read_only"
    home = {"href": shown.to(HOME), "label": shown.say("to_home")}
    lines = [shown.say(key)]
    title = shown.say(f"{key}_title")
    yield {"kind": "notice", "id": "nowhere", "tone": "info", "title": title, "lines": lines, "actions": [home]}


def section(shown: Shown, key: str, blocks: list[dict]) -> dict:
    """Arrange a part of the page under its title and its sentence."""
    words = {"title": shown.say(f"{key}_title"), "text": shown.say(f"{key}_text")}
    return {"kind": "section", "id": key, **words, "blocks": blocks}


def choosing(shown: Shown) -> dict:
    """Offer the forms, and say what the chosen one asks of each role."""
    form = {"kind": "form", "id": "choose", "label": shown.say("form_title"), "change": "choose"}
    form["fields"] = [*campaign_field(shown), form_field(shown)]
    see = {"kind": "actions", "id": "see", "items": [{"id": "see", "label": shown.say("see")}]}
    return section(shown, "form", [form, burden_table(shown), *asked_twice(shown), units_line(shown), see])


def campaign_field(shown: Shown) -> Iterator[dict]:
    """Ask which campaign is meant, where there are several."""
    campaigns = shown.surveyed.campaigns
    if len(campaigns) > 1:
        options = [{"value": one.id, "label": one.name} for one in campaigns]
        value = shown.surveyed.campaign.id
        field_ = {"kind": "menu", "id": "campaign", "label": shown.say("campaign"), "required": True}
        yield {**field_, "options": options, "value": value}


def form_field(shown: Shown) -> dict:
    """Ask which form goes out."""
    options = [form_option(shown, form) for form in (FULL, SHORT)]
    field_ = {"kind": "choice", "id": "form", "label": shown.say("form"), "required": True}
    return {**field_, "options": options, "value": shown.form}


def form_option(shown: Shown, form: str) -> dict:
    """Offer a form with what it asks of whoever is asked most."""
    found = burdens(shown.surveyed.questionnaires[form])
    minutes, statements = max(one.minutes for one in found), max(one.statements for one in found)
    note = shown.say(f"form_{form}_note", minutes=shown.count(minutes), statements=shown.count(statements))
    planned = f" {shown.say('form_planned')}" if form == shown.surveyed.planned else ""
    return {"value": form, "label": shown.say(f"form_{form}"), "note": note + planned}


def burden_table(shown: Shown) -> dict:
    """Say what the form asks of each role."""
    names = {role.id: role.name for role in shown.surveyed.framework.roles}
    columns = [{"label": shown.say("role")}]
    columns += [{"label": shown.say(key), "numeric": True} for key in ("statements", "questions", "minutes")]
    rows = [burden_row(shown, one, names) for one in burdens(shown.surveyed.questionnaires[shown.form])]
    caption = shown.say(f"burden_{shown.form}")
    return {"kind": "table", "id": "burden", "caption": caption, "columns": columns, "rows": rows}


def burden_row(shown: Shown, asked: Burden, names: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Give the row of a role."""
    name = names.get(asked.role)
    label = (name.get(shown.language) or next(iter(name.values()))) if name else shown.say("everybody")
    return [label, *(shown.count(one) for one in (asked.statements, asked.questions, asked.minutes))]


def asked_twice(shown: Shown) -> Iterator[dict]:
    """Say that each statement is asked about what is and what is wished, where it is."""
    if len(shown.surveyed.framework.perspectives) > 1:
        yield {"kind": "paragraph", "id": "twice", "text": shown.say("twice")}


def units_line(shown: Shown) -> dict:
    """Say which units are offered, or that none are."""
    units = shown.surveyed.units
    count = 0 if units is None else len(units)
    text = shown.say("units", count=shown.count(count)) if count else shown.say("units_none")
    return {"kind": "paragraph", "id": "units", "text": text}


def exporting(shown: Shown) -> dict:
    """Offer the questionnaire for each survey tool, with what to do with the file."""
    if shown.work == WRITING:
        return section(shown, "export", [under_way(shown)])
    items = [tool_card(shown, tool) for tool in SURVEY_TOOLS]
    cards = {"kind": "cards", "id": "tools", "label": shown.say("export_title"), "items": items}
    return section(shown, "export", [export_form(shown), cards])


def export_form(shown: Shown) -> dict:
    """Ask what is written into the file."""
    languages = shown.surveyed.framework.languages
    options = [{"value": one, "label": language_name(shown, one)} for one in languages]
    first = shown.first or spoken(shown.surveyed, shown.language)
    fields = [
        {
            "kind": "text",
            "id": "wave",
            "label": shown.say("wave"),
            "hint": shown.say("wave_hint"),
            "value": shown.wave,
            "longest": LONGEST_WAVE,
        }
    ]
    if len(languages) > 1:
        hint = shown.say("first_hint")
        field_ = {"kind": "menu", "id": "first", "label": shown.say("first"), "hint": hint, "required": True}
        fields.append({**field_, "options": options, "value": first})
    return {"kind": "form", "id": "outgoing", "fields": fields, "change": "outgoing"}


def language_name(shown: Shown, code: str) -> str:
    """Name a language as the page's language does."""
    from babel import Locale, UnknownLocaleError  # heavy for a command that shows no page

    try:
        name = Locale.parse(code).get_display_name(shown.language) or code
    except (ValueError, UnknownLocaleError):
        name = code
    return name[:1].upper() + name[1:]


def spoken(surveyed: Surveyed, language: str) -> str:
    """Give a language where the instrument speaks it, else its first."""
    languages = surveyed.framework.languages
    return language if language in languages else languages[0]


def tool_card(shown: Shown, tool: str) -> dict:
    """Offer the file for one survey tool."""
    title = shown.say(f"to_{tool}")
    action = {"id": "export", "label": shown.say("download"), "values": {"tool": tool}, "about": title}
    return {"id": tool, "title": title, "text": shown.say(f"to_{tool}_text"), "actions": [action]}


def answers(shown: Shown) -> dict:
    """Take an export, lead to the keying in, list what came in."""
    if shown.work in (READING, KEEPING):
        blocks = [under_way(shown)]
    else:
        hint = shown.say("upload_hint")
        upload = {"kind": "upload", "id": "arrive", "label": shown.say("upload"), "hint": hint, "accept": ACCEPTED}
        blocks = [{**upload, "largest": LARGEST}, keying(shown)]
    return section(shown, "answers", [*blocks, *imports(shown)])


def under_way(shown: Shown) -> dict:
    """Show the work under way, and offer to stop it."""
    return work_block(shown.language, shown.work, shown.say(shown.work), shown.far)


def keying(shown: Shown) -> dict:
    """Lead to the keying in of paper forms."""
    known = any(tool.notebook == ENTRY for tool in TOOLS)
    items = [{"href": shown.to(ENTRY), "label": shown.say("keying")}] if known else []
    return {"kind": "actions", "id": "keying", "items": items}


def imports(shown: Shown) -> Iterator[dict]:
    """List what came in, the newest first; what was taken back stays in the list as long as it can be put back."""
    come = [(one["received"], import_item(shown, one)) for one in shown.surveyed.deliveries]
    gone = [("~", withdrawn_item(shown, one)) for one in shown.withdrawn.values()]
    items = [item for _, item in sorted([*come, *gone], key=lambda one: one[0], reverse=True)]
    if items:
        yield {"kind": "heading", "id": "imports", "text": shown.say("imports")}
        yield {"kind": "cards", "id": "imports", "label": shown.say("imports"), "look": "rows", "items": items}
    elif shown.surveyed.can_keep:
        yield {"kind": "paragraph", "id": "imports-none", "text": shown.say("imports_none")}


def import_item(shown: Shown, delivery: Mapping) -> dict:
    """Tell of one import when it came and what it held; it can be taken back. Sheets keyed in are corrected there."""
    is_file = "read" in delivery
    when = shown.say("received", when=moment_in_words(delivery["received"], shown.language))
    held = shown.say("import_held", count=shown.count(delivery["held"]))
    item = {"id": delivery["delivery"], "text": f"{when} {held}"}
    if not is_file:
        return {**item, "title": shown.say("keyed_in"), "actions": []}
    title = delivery["source"] or shown.say("import_unnamed")
    values = {"delivery": delivery["delivery"]}
    action = {"id": "take_back", "label": shown.say("take_back"), "values": values, "about": title}
    return {**item, "title": title, "actions": [action] if shown.surveyed.can_keep else []}


def withdrawn_item(shown: Shown, withdrawn: Withdrawn) -> dict:
    """Tell of an import that was taken back; it can be put back."""
    title = withdrawn.source or shown.say("import_unnamed")
    values = {"delivery": withdrawn.delivery}
    action = {"id": "put_back", "label": shown.say("put_back"), "values": values, "about": title}
    text = shown.say("withdrawn", count=shown.count(withdrawn.responses))
    badge = shown.say("withdrawn_badge")
    return {"id": withdrawn.delivery, "title": title, "badge": badge, "text": text, "actions": [action]}


def moment_in_words(text: str, language: str) -> str:
    """Write a moment of the workspace in this machine's time."""
    from babel.dates import format_datetime  # heavy for a command that shows no page

    pattern = {"fr": "d MMMM y 'à' HH:mm", "en": "d MMMM y 'at' HH:mm"}[language]
    local: datetime = read_moment(text).astimezone()
    return format_datetime(local.replace(tzinfo=None), pattern, locale=language)
