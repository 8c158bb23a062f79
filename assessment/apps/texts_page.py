"""The chapter of what people wrote: what others may read, and the reading before; arranged and worded."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pandas as pd

from assessment.apps.kept_sheet import Happened, told
from assessment.figures.passages import Passage
from assessment.figures.rows import in_language
from assessment.figures.texts_shown import counted, question_names, texts_parts
from assessment.framework.model import Framework
from assessment.practices.texts_read import KEPT_BACK, LONGEST_TEXT, MASKED, SHOWN, TO_READ
from assessment.texts import word

ALL = "all"
LISTED = 10
"""Texts already read that are listed at once."""


@dataclass(frozen=True)
class TextsStanding:
    """Where the reading stands, as the page tells it.

    Parameters
    ----------
    language
        ``"fr"`` or ``"en"``.
    framework
        The instrument, for the questions.
    texts
        `assessment.practices.texts_read.reading_of` of one wave.
    hidden
        Whether texts were written that may not be let out.
    political
        Whether texts on the political project were written, and whether they are read: ``None, False, True``.
    reading
        Whether the page is the reader's.
    current
        The text in front of the reader: its key; None where nothing is left to read.
    question, search
        What others look for.
    listed
        How many of the texts read already are listed.
    min_group
        The threshold.
    fault
        What is wrong with the words that should be shown.
    happened
        What has just happened.
    """

    language: str
    framework: Framework
    texts: pd.DataFrame
    hidden: bool = False
    political: bool | None = None
    reading: bool = False
    current: str | None = None
    question: str = ALL
    search: str = ""
    listed: int = LISTED
    min_group: int = 10
    fault: bool = False
    happened: Happened | None = None
    notices: Sequence[dict] = field(default=())

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"texts_read.{key}", self.language, **values)

    def of(self, *states: str) -> pd.DataFrame:
        """Give the texts in some states."""
        return self.texts[self.texts["state"].isin(states)]


def write_texts(standing: TextsStanding) -> list[dict]:
    """Write the blocks of the chapter.

    Parameters
    ----------
    standing
        Where the reading stands.

    Returns
    -------
    list of dict
        Blocks of `ToolPage`.

    Notes
    -----
    **Missing answers**: what nobody wrote is not told; what nobody has read stands on the reader's page alone.
    """
    done = (SHOWN, MASKED, KEPT_BACK, "political_on", "political_off")
    titles = {key: standing.say(f"done_{key}") for key in done}
    top = [*told("texts", standing.happened, standing.language, "texts_undo", titles), *standing.notices]
    if standing.texts.empty:
        return [*top, nothing(standing), *political(standing)]
    own = reader(standing) if standing.reading else shown(standing)
    return [*top, *own]


def nothing(standing: TextsStanding) -> dict:
    """Say why there is nothing to read, and what to do."""
    key = "hidden" if standing.hidden else "none"
    least = standing.min_group * 3
    notice = {"kind": "notice", "id": "texts_none", "tone": "info", "title": standing.say(f"{key}_title")}
    return notice | {"lines": [standing.say(key, least=least)]}


def shown(standing: TextsStanding) -> Iterator[dict]:
    """Show what others may read."""
    left = len(standing.of(TO_READ))
    visible = standing.of(SHOWN, MASKED)
    yield {"kind": "paragraph", "id": "texts_lead", "text": standing.say("lead")}
    label = standing.say("read_on" if left else "read_again")
    go = {"id": "texts_read", "label": label} | ({"primary": True} if left and visible.empty else {})
    if visible.empty:
        title = standing.say("none_read_title" if left else "none_shown_title")
        line = standing.say("none_read" if left else "none_shown")
        yield {"kind": "notice", "id": "texts_empty", "tone": "info", "title": title, "lines": [line], "actions": [go]}
        return
    yield filters(standing, visible)
    chosen = visible if standing.question == ALL else visible[visible["question"] == standing.question]
    chosen = chosen.assign(text=chosen["told"])
    settings = {"search": standing.search, "min_group": standing.min_group}
    parts = texts_parts(chosen, standing.framework, standing.language, **settings)
    yield from (texts_section(standing, part) for part in parts)
    if not parts:
        lines = [standing.say("nothing_found")]
        title = standing.say("nothing_found_title")
        yield {"kind": "notice", "id": "texts_empty", "tone": "info", "title": title, "lines": lines}
    yield {"kind": "actions", "id": "texts_more", "items": [go]}


def texts_section(standing: TextsStanding, part: Passage) -> dict:
    """Write one question's texts so that they are read at once: words are no table behind a button."""
    table = {"kind": "table", "caption": standing.say("caption"), "columns": part.columns, "rows": part.rows}
    note = {"kind": "paragraph", "text": part.note}
    return {"kind": "section", "id": part.id, "title": part.title, "text": part.told, "blocks": [table, note]}


def filters(standing: TextsStanding, visible: pd.DataFrame) -> dict:
    """Offer to look for words, and at one question."""
    names = question_names(standing.framework, standing.language)
    asked = [one for one in dict.fromkeys([*names, *visible["question"]]) if one in set(visible["question"])]
    options = [{"value": ALL, "label": standing.say("every_question")}]
    options += [{"value": one, "label": names.get(one, one)} for one in asked]
    fields = [
        {
            "kind": "menu",
            "id": "question",
            "label": standing.say("question"),
            "options": options,
            "value": standing.question,
        },
        {"kind": "text", "id": "search", "label": standing.say("search"), "value": standing.search, "longest": 100},
    ]
    return {
        "kind": "form",
        "id": "texts_filter",
        "label": standing.say("look"),
        "fields": fields,
        "change": "texts_find",
    }


def reader(standing: TextsStanding) -> Iterator[dict]:
    """Write the reader's page: one text after the other, then those read already."""
    yield {"kind": "heading", "text": standing.say("reading_title")}
    yield {"kind": "paragraph", "text": standing.say("reading")}
    yield {"kind": "facts", "items": list(facts(standing))}
    row = standing.texts[standing.texts["key"] == standing.current]
    if len(row):
        yield one_text(standing, row.iloc[0])
    else:
        back = [{"id": "texts_close", "label": standing.say("see"), "primary": True}]
        notice = {"kind": "notice", "id": "texts_done", "tone": "good", "title": standing.say("all_read"), "lines": []}
        yield notice | {"actions": back}
    yield from political(standing)
    yield from read_already(standing)
    if len(row):
        yield {"kind": "actions", "id": "texts_more", "items": [{"id": "texts_close", "label": standing.say("see")}]}


def facts(standing: TextsStanding) -> Iterator[dict]:
    """Say how far the reading is."""
    for key, states in ((TO_READ, (TO_READ,)), (SHOWN, (SHOWN, MASKED)), (KEPT_BACK, (KEPT_BACK,))):
        count = counted(len(standing.of(*states)), standing.language, standing.min_group)
        yield {"label": standing.say(f"state_{key}"), "value": count}


def one_text(standing: TextsStanding, row: pd.Series) -> dict:
    """Put one text in front of the reader, to be shown as it is, reworded, or kept back."""
    question = next((one for one in standing.framework.questions if one.id == row["question"]), None)
    label = in_language(question.text, standing.language) if question else row["question"]
    text = row["told"] or row["text"]
    entry = {
        "kind": "long_text",
        "id": f"text_{row['key']}",
        "label": label,
        "hint": standing.say("reword"),
        "value": text,
        "longest": max(LONGEST_TEXT, len(text)),
        "width": "wide",
        "required": True,
    }
    entry |= {"fault": standing.say("wordless")} if standing.fault else {}
    key = {"key": row["key"]}
    return {
        "kind": "form",
        "id": "texts_reader",
        "label": standing.say("reading_title"),
        "fields": [entry],
        "submit": {"id": "texts_show", "label": standing.say("show"), "values": key},
        "actions": [
            {"id": "texts_keep_back", "label": standing.say("keep_back"), "values": key},
            {"id": "texts_later", "label": standing.say("later"), "values": key},
        ],
    }


def political(standing: TextsStanding) -> Iterator[dict]:
    """Offer to read, or not to read, what was written on the political project."""
    if standing.political is None:
        return
    key = "political_off" if standing.political else "political_on"
    action = {"id": "texts_political", "label": standing.say(key), "values": {"wanted": not standing.political}}
    fold = [{"kind": "paragraph", "text": standing.say("political")}, {"kind": "actions", "items": [action]}]
    yield {"kind": "details", "id": "texts_political", "label": standing.say("political_title"), "blocks": fold}


def read_already(standing: TextsStanding) -> Iterator[dict]:
    """List the texts that somebody has read, to be read again."""
    read = standing.of(SHOWN, MASKED, KEPT_BACK)
    if read.empty:
        return
    names = question_names(standing.framework, standing.language)
    items = [card(standing, row, names) for row in read.head(standing.listed).to_dict("records")]
    blocks: list[dict] = [{"kind": "cards", "look": "rows", "label": standing.say("read_title"), "items": items}]
    if len(read) > standing.listed:
        blocks.append({"kind": "actions", "items": [{"id": "texts_list", "label": standing.say("list_more")}]})
    yield {"kind": "details", "id": "texts_read_already", "label": standing.say("read_title"), "blocks": blocks}


def card(standing: TextsStanding, row: dict, names: dict[str, str]) -> dict:
    """Show one text that somebody has read."""
    again = {
        "id": "texts_again",
        "label": standing.say("again"),
        "values": {"key": row["key"]},
        "about": row["text"][:80],
    }
    state = standing.say(f"badge_{row['state']}")
    title = names.get(row["question"], row["question"])
    return {
        "id": row["key"],
        "title": title,
        "text": row["told"] or row["text"],
        "badge": state,
        "actions": [again],
    }
