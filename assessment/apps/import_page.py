"""What is in an export, told before anything is written: what was understood, what is left out, what would be kept."""

from collections.abc import Iterator

from assessment.apps.previewed import Previewed, columns_section, fold, linking
from assessment.apps.shell import faults_block
from assessment.apps.survey_page import HOME, LONGEST_WAVE, MOST_FAULTS, told, under_way
from assessment.faults import Finding
from assessment.responses.readers import AUTO, TOOLS
from assessment.responses.readers.matching import CODE
from assessment.responses.readers.preview import Preview
from assessment.texts import tell


def write_import(previewed: Previewed) -> dict:
    """Write the page that tells what is in an export; nothing is written before somebody says so.

    Parameters
    ----------
    previewed
        The export, as it was looked at.

    Returns
    -------
    dict
        ``title, lead, blocks`` of a document of `ToolPage`. How often an answer was given is not on it.
    """
    shown, looked = previewed.shown, previewed.looked
    if shown.work:
        body = [under_way(shown)]
    elif previewed.preview is None:
        body = [faults_block(shown.language, "wrong", previewed.say("unread_title"), looked.faults, MOST_FAULTS)]
        body += [advice(previewed), *linking(previewed, True), changing(previewed), leaving(previewed)]
    else:
        body = list(report(previewed))
    title = previewed.say("import_title", file=looked.arrived.name)
    return {"title": title, "lead": lead(previewed), "blocks": [*told(shown), *body]}


def lead(previewed: Previewed) -> str:
    """Say what the file is."""
    preview = previewed.preview
    if preview is None:
        return previewed.say("unread_lead")
    tool = previewed.imported(f"tool_{preview.tool}")
    if not preview.separator:
        return previewed.say("recognised", tool=tool, kind=preview.kind)
    names = {",": "comma", "\t": "tab"}
    separator = previewed.imported(names.get(preview.separator, "semicolon"))
    return previewed.say(
        "recognised_text", tool=tool, kind=preview.kind, encoding=preview.encoding, separator=separator
    )


def advice(previewed: Previewed) -> dict:
    """Say what to do with a file that could not be read."""
    lines = [previewed.say("advice_export"), previewed.say("advice_excel"), previewed.say("advice_zip")]
    return {
        "kind": "notice",
        "id": "advice",
        "tone": "info",
        "title": previewed.say("advice_title"),
        "lines": lines,
    }


def report(previewed: Previewed) -> Iterator[dict]:
    """Tell what becomes of the rows, then of the columns; between them, the question whether to keep it."""
    preview, shown = previewed.preview, previewed.shown
    yield counts(previewed)
    yield from keeping(previewed)
    if preview.faults:
        yield faults_block(shown.language, "rejected", previewed.say("rejected_title"), preview.faults, MOST_FAULTS)
    yield from findings(previewed)
    yield from linking(previewed, False)
    yield columns_section(previewed)
    yield changing(previewed)


def counts(previewed: Previewed) -> dict:
    """Count the responses: read = kept + left out + twice."""
    preview = previewed.preview
    names = ("read", "kept", "rejected", "duplicates")
    items = [
        {"label": previewed.say(f"count_{name}"), "value": previewed.shown.count(getattr(preview, name))}
        for name in names
    ]
    for item, name in zip(items, names, strict=True):
        if name != "read":
            item["note"] = previewed.say(f"count_{name}_note")
    return {"kind": "facts", "id": "counts", "items": items}


def keeping(previewed: Previewed) -> Iterator[dict]:
    """Ask whether to keep it, and say what would be written; where nothing can be kept, say why."""
    shown, looked = previewed.shown, previewed.looked
    if not looked.has_responses:
        yield notice(previewed, "nothing_kept", "warning")
    elif not shown.surveyed.can_keep:
        yield notice(previewed, "cannot_keep", "info", {"href": shown.to(HOME), "label": shown.say("to_home")})
    else:
        yield keep_form(previewed)
        return
    yield leaving(previewed)


def notice(previewed: Previewed, key: str, tone: str, *actions: dict) -> dict:
    """Say one thing under its title."""
    block = {"kind": "notice", "id": key, "tone": tone, "title": previewed.say(f"{key}_title")}
    return {**block, "lines": [previewed.say(key)], "actions": list(actions)}


def keep_form(previewed: Previewed) -> dict:
    """Ask for the wave where the file says none, and whether to keep what was read."""
    looked, shown = previewed.looked, previewed.shown
    campaign = shown.surveyed.campaign
    name = campaign.name if campaign else previewed.say("campaign_first")
    told_counts = {
        "responses": shown.count(len(looked.found.responses)),
        "texts": shown.count(len(looked.found.verbatims)),
        "campaign": name,
    }
    fields = [wave_field(previewed)] if looked.waves == [""] else []
    form = {
        "kind": "form",
        "id": "keep",
        "label": previewed.say("keep"),
        "fields": fields,
        "submit": {"id": "keep", "label": previewed.say("keep")},
        "actions": [{"id": "leave", "label": previewed.say("leave")}],
    }
    blocks = [{"kind": "paragraph", "id": "will", "text": previewed.say("will_write", **told_counts)}]
    if not fields:
        waves = ", ".join(one or previewed.say("wave_none") for one in looked.waves)
        blocks.append({"kind": "paragraph", "id": "waves", "text": previewed.say("waves_told", waves=waves)})
    if shown.surveyed.releases:
        blocks.append(notice(previewed, "released_before", "info"))
    return {"kind": "section", "id": "keeping", "title": previewed.say("keep_title"), "blocks": [*blocks, form]}


def wave_field(previewed: Previewed) -> dict:
    """Ask for the wave."""
    return {
        "kind": "text",
        "id": "wave",
        "label": previewed.say("wave"),
        "hint": previewed.say("wave_keep_hint"),
        "value": previewed.looked.wave or previewed.shown.wave,
        "required": True,
        "longest": LONGEST_WAVE,
    }


def leaving(previewed: Previewed) -> dict:
    """Lead back; nothing was written."""
    return {"kind": "actions", "id": "leaving", "items": [{"id": "leave", "label": previewed.say("leave")}]}


def findings(previewed: Previewed) -> Iterator[dict]:
    """Tell what is worth telling of how the file was read: the first of each kind, and how many more there are."""
    by_code: dict[str, list[Finding]] = {}
    for one in previewed.preview.findings:
        if is_of_course(previewed.preview, one):
            continue
        by_code.setdefault(one.code, []).append(one)
    lines = [finding_line(previewed, own) for own in by_code.values()]
    if lines:
        title = previewed.say("findings_title")
        yield {"kind": "notice", "id": "findings", "tone": "warning", "title": title, "lines": lines}


def is_of_course(preview: Preview, found: Finding) -> bool:
    """Say whether a finding tells nothing new: our own questionnaire has a column for each wording of an item."""
    own = preview.mapped[preview.mapped["target"] == found.place.get("column")]
    return found.code == "columns_joined" and bool((own["how"] == CODE).all())


def finding_line(previewed: Previewed, own: list[Finding]) -> str:
    """Tell the first of several findings of a kind."""
    told_first = tell(own[0], previewed.shown.language)
    if len(own) == 1:
        return told_first
    return f"{told_first} {previewed.say('findings_more', count=previewed.shown.count(len(own) - 1))}"


def changing(previewed: Previewed) -> dict:
    """Offer to say what was not recognised: the tool, the wave, whether unsent responses count; or a mapping."""
    said = previewed.looked.arrived.said
    tools = [{"value": AUTO, "label": previewed.say("tool_auto")}]
    tools += [{"value": one, "label": previewed.imported(f"tool_{one}")} for one in TOOLS]
    fields = [
        {"kind": "menu", "id": "tool", "label": previewed.say("tool"), "options": tools, "value": said.tool},
        {
            "kind": "text",
            "id": "wave",
            "label": previewed.say("wave"),
            "hint": previewed.say("wave_all_hint"),
            "value": said.wave,
            "longest": LONGEST_WAVE,
        },
        {"kind": "yes_no", "id": "incomplete", "label": previewed.say("incomplete"), "value": said.incomplete},
    ]
    submit = {"id": "read_again", "label": previewed.say("read_again"), "quiet": True}
    form = {"kind": "form", "id": "reading", "fields": fields, "submit": submit}
    hint = previewed.say("mapping_hint")
    upload = {"kind": "upload", "id": "mapping", "label": previewed.say("mapping"), "hint": hint, "accept": ".toml"}
    taken = {"kind": "download", "id": "take_mapping", "label": previewed.say("take_mapping")}
    taken["hint"] = previewed.say("take_mapping_hint")
    return fold(previewed, "change", [form, {**upload, "largest": 2_000_000}, taken])
