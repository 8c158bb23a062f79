"""What is in an export, told before anything is written: what was understood, what is left out, what would be kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.apps.arrivals import Looked
from assessment.apps.survey_page import HOME, LONGEST_WAVE, Shown, faults_block, told, under_way
from assessment.faults import Finding
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.columns import RESERVED, answer_columns
from assessment.responses.readers import AUTO, TOOLS
from assessment.responses.readers.labels import UNKNOWN
from assessment.responses.readers.matching import CODE, KEPT
from assessment.responses.readers.preview import Preview
from assessment.texts import tell, word
from assessment.texts.numbers import NOTHING

MOST_LINKED = 40
"""Columns and labels that are offered to be linked by hand; a questionnaire with more takes a mapping."""

LONGEST_HEADING, LONGEST_OPTION = 120, 70
NO_ANSWER = "blank"
"""The choice that a label is no answer: an empty value stands for nothing chosen."""

LINKED = ("role", "unit", "wave", "respondent")
"""Where a column may lead that is no answer."""


@dataclass(frozen=True)
class Previewed:
    """An export that was looked at, and the page on which it is shown."""

    shown: Shown
    looked: Looked
    wave: str = ""

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return self.shown.say(key, **values)

    def imported(self, key: str, **values: object) -> str:
        """Word something as the command line does."""
        return word(f"importing.{key}", self.shown.language, **values)

    @property
    def preview(self) -> Preview | None:
        """What would become of the file; None where it could not be read."""
        return self.looked.found.preview if self.looked.found else None


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
        body = [faults_block(shown, "wrong", previewed.say("unread_title"), looked.faults), advice(previewed)]
        body += [*linking(previewed, True), changing(previewed), leaving(previewed)]
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
        yield faults_block(shown, "rejected", previewed.say("rejected_title"), preview.faults)
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
        "value": previewed.wave,
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


def columns_section(previewed: Previewed) -> dict:
    """Say what was understood of the columns: in a few lines, then column by column, then label by label."""
    preview = previewed.preview
    lines = [previewed.say("columns_known", count=previewed.shown.count(len(preview.mapped)))]
    personal = [
        f"{short(one.heading)} ({previewed.imported(f'why_{one.why}')})" for one in preview.personal.itertuples()
    ]
    if personal:
        lines.append(previewed.imported("personal", names=", ".join(personal)))
    if preview.unmatched:
        names = ", ".join(map(short, preview.unmatched[:MOST_LINKED]))
        count = previewed.shown.count(len(preview.unmatched))
        lines.append(previewed.imported("unmatched", count=count, names=names))
    missing = missing_lines(previewed)
    blocks = [{"kind": "paragraph", "text": line} for line in (*lines, *missing)]
    blocks += [fold(previewed, "by_column", [columns_table(previewed)])]
    blocks += [fold(previewed, "by_label", [labels_table(previewed)])] if len(preview.labels) else []
    return {"kind": "section", "id": "columns", "title": previewed.say("columns_title"), "blocks": blocks}


def missing_lines(previewed: Previewed) -> Iterator[str]:
    """Say that neither roles nor units are known, where they are not: then no group can be shown."""
    targets = set(previewed.preview.mapped["target"])
    framework = previewed.shown.surveyed.framework
    if framework.roles and "role" not in targets:
        yield previewed.say("no_role")
    if previewed.shown.surveyed.units is not None and "unit" not in targets:
        yield previewed.say("no_unit")


def fold(previewed: Previewed, key: str, blocks: list[dict]) -> dict:
    """Fold blocks away under their name."""
    return {"kind": "details", "id": key, "label": previewed.say(key), "blocks": blocks}


def columns_table(previewed: Previewed) -> dict:
    """Say of each column what it was understood as."""
    names = ("heading", "understood", "how", "filled")
    columns = [{"label": previewed.say(f"column_{name}")} for name in names]
    known = statements_of(previewed)
    rows = [column_row(previewed, one, known) for one in previewed.preview.columns.itertuples()]
    caption = previewed.say("by_column")
    return {"kind": "table", "id": "columns", "caption": caption, "columns": columns, "rows": rows}


def column_row(previewed: Previewed, column, known: dict[str, str]) -> list[str]:
    """Say of one column what it was understood as, how that was found, and whether it says anything; not how often."""
    how = previewed.imported(f"how_{column.how}") if column.how else NOTHING
    understood = target_name(previewed, column.target, known) if column.target else why_left(previewed, column.why)
    return [short(column.heading), understood, how, previewed.say("filled_yes" if column.filled else "filled_no")]


def target_name(previewed: Previewed, target: str, known: dict[str, str]) -> str:
    """Name in plain words where a column goes."""
    if target.startswith(KEPT):
        return previewed.say("target_background", name=target.removeprefix(KEPT))
    if target in RESERVED:
        return previewed.say(f"target_{target}")
    question = target.partition("[")[0]
    return known.get(target) or known.get(question) or previewed.say("target_background", name=target)


def why_left(previewed: Previewed, why: str) -> str:
    """Say why a column goes nowhere."""
    kind, _, what = why.partition(":")
    if kind == "personal":
        return previewed.say("left_personal", what=previewed.imported(f"why_{what}"))
    return previewed.say("left_technical" if kind == "technical" else "left_unmatched")


def statements_of(previewed: Previewed) -> dict[str, str]:
    """Give the words of each answer column and each question."""
    framework, language = previewed.shown.surveyed.framework, previewed.shown.language
    several = len(framework.perspectives) > 1
    found = {}
    for column in answer_columns(framework):
        text = column.item.text.get(language) or next(iter(column.item.text.values()))
        perspective = previewed.say(f"perspective_{column.perspective}")
        found[column.name] = f"{text} ({perspective})" if several else text
    for question in framework.questions:
        found[question.id] = question.text.get(language) or next(iter(question.text.values()))
    return found


def labels_table(previewed: Previewed) -> dict:
    """Say as which answer each label was read; not how often it was ticked."""
    labels = previewed.preview.labels.drop_duplicates(["label", "answer", "how"]).sort_values(["answer", "label"])
    columns = [{"label": previewed.say("label_written")}, {"label": previewed.say("label_read")}]
    rows = [[short(one.label), answer_name(previewed, one)] for one in labels.head(200).itertuples()]
    caption = previewed.say("by_label")
    return {"kind": "table", "id": "labels", "caption": caption, "columns": columns, "rows": rows}


def answer_name(previewed: Previewed, label) -> str:
    """Name the answer a label was read as."""
    if label.how == UNKNOWN:
        return previewed.say("label_unknown")
    if label.answer == NOT_CONCERNED_MARK:
        return word("questionnaire.not_concerned", previewed.shown.language)
    return str(label.answer) or previewed.say("answer_none")


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


def linking(previewed: Previewed, is_open: bool) -> Iterator[dict]:
    """Offer to say by hand where unknown columns go and what unknown labels stand for."""
    headings = list(previewed.looked.headings)[:MOST_LINKED]
    labels = list(dict.fromkeys([*previewed.looked.arrived.said.answers, *previewed.looked.unknown_labels]))[
        :MOST_LINKED
    ]
    if not headings and not labels:
        return
    fields = [column_field(previewed, place, one) for place, one in enumerate(headings)]
    fields += [label_field(previewed, place, one) for place, one in enumerate(labels)]
    form = {"kind": "form", "id": "linking", "fields": fields}
    form["submit"] = {"id": "link", "label": previewed.say("link"), "quiet": True}
    blocks = [{"kind": "paragraph", "text": previewed.say("linking_text")}, form]
    count = previewed.shown.count(len(fields))
    label = previewed.say("linking", count=count)
    yield {"kind": "details", "id": "linking", "label": label, "open": is_open, "blocks": blocks}


def column_field(previewed: Previewed, place: int, heading: str) -> dict:
    """Ask where a column goes."""
    value = previewed.looked.arrived.said.columns.get(heading, "")
    known = statements_of(previewed)
    targets = [*LINKED, *previewed.looked.free]
    targets += [value] if value and value not in targets else []
    options = [{"value": "", "label": previewed.say("linked_nowhere")}]
    options += [{"value": one, "label": short(target_name(previewed, one, known), LONGEST_OPTION)} for one in targets]
    label = previewed.say("linked_column", heading=short(heading))
    return {
        "kind": "menu",
        "id": f"column-{place}",
        "label": label,
        "options": options,
        "value": value,
        "width": "wide",
    }


def label_field(previewed: Previewed, place: int, label: str) -> dict:
    """Ask which answer a label stands for."""
    framework, language = previewed.shown.surveyed.framework, previewed.shown.language
    scale = framework.answer_scale
    words = scale.labels.get(language) or [""] * scale.options
    options = [{"value": "", "label": previewed.say("label_undecided")}]
    options += [
        {"value": str(number), "label": f"{number} {text}".strip()}
        for number, text in zip(range(scale.low, scale.high + 1), words, strict=True)
    ]
    options.append({"value": NOT_CONCERNED_MARK, "label": word("questionnaire.not_concerned", language)})
    options.append({"value": NO_ANSWER, "label": previewed.say("answer_none")})
    said = previewed.looked.arrived.said.answers
    value = (said[label] or NO_ANSWER) if label in said else ""
    name = previewed.say("linked_label", label=short(label))
    return {"kind": "menu", "id": f"label-{place}", "label": name, "options": options, "value": value}


def linked(previewed: Previewed, values: dict) -> tuple[dict[str, str], dict[str, str]]:
    """Read what somebody said on the form of `linking`: where columns go, what labels stand for."""
    headings = list(previewed.looked.headings)[:MOST_LINKED]
    labels = list(dict.fromkeys([*previewed.looked.arrived.said.answers, *previewed.looked.unknown_labels]))
    columns = {one: values.get(f"column-{place}") for place, one in enumerate(headings)}
    answers = {one: values.get(f"label-{place}") for place, one in enumerate(labels[:MOST_LINKED])}
    return (
        {heading: target for heading, target in columns.items() if target},
        {label: "" if answer == NO_ANSWER else answer for label, answer in answers.items() if answer},
    )


def short(text: str, longest: int = LONGEST_HEADING) -> str:
    """Cut a text that would fill the page, on one line.

    Examples
    --------
    >>> short("Votre  service", 8)
    'Votre s…'
    """
    text = " ".join(str(text).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
