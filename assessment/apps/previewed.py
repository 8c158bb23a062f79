"""What was understood of an export: column by column, label by label, and what somebody says of them by hand."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.apps.arrivals import Looked
from assessment.apps.survey_page import Shown
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.columns import RESERVED, answer_columns
from assessment.responses.readers.labels import UNKNOWN
from assessment.responses.readers.matching import KEPT
from assessment.responses.readers.preview import Preview
from assessment.texts import word
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
