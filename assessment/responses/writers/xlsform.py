"""XLSForm: the workbook that KoboToolbox and ODK make a form of, in all languages of the instrument.

A page is a group whose questions stand on one screen. Everything lies in a group: ids of the instrument and names of
ours never meet. No name stands twice in a form, though XLSForm would allow it in two groups: KoboToolbox's exports keep
one column a name, and the answers of the other would be lost.

References
----------
The XLSForm standard; getodk/xforms-spec; enketo/enketo-transformer, ``markdown.ts``; kobotoolbox/formpack,
``version.py``.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from babel import Locale, UnknownLocaleError

from assessment.faults import Fault, Faults
from assessment.framework.model import AnswerScale, Question
from assessment.responses.questionnaire import Block, Page, Questionnaire
from assessment.responses.writers.naming import answers, names_of
from assessment.responses.writers.units import unit_codes, unit_names
from assessment.responses.writers.welcome import welcome

TEXTS = ("label", "hint", "constraint_message")
"""The columns that there are once for each language."""

SURVEY = ("type", "name", *TEXTS, "appearance", "relevant", "constraint", "calculation")
CHOICES = ("list_name", "name", "label")
SETTINGS = ("form_title", "form_id", "version", "default_language", "style")

ONE_SCREEN = "field-list"
SIDE_BY_SIDE = "columns-pack"
"""Answers stand beside one another where there is room, in Enketo and in Collect; below one another on a phone."""

FEW = 8
"""Units that are shown one below the other; more are in a list that opens."""

LONGEST = 32_767
"""Characters of a cell of a workbook."""

NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARKED = re.compile(r"[\\*_#]")
TAKEN_FOR_MORE = re.compile(r"\$(?=\{)|<(?=\s?[A-Za-z/!?])|&(?=#?\w+;)|\](?=\()|^(?=\s*(?:[-+>]|\d+[.)])\s)", re.M)
NOTHING = "\u200b"
"""A blank without width: what stands before it is no mark any more, and `normalised` passes over it."""

Row = Mapping[str, Any]


def write(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    questionnaire
        What is asked.
    language
        The one a form opens in; all others are offered beside it.

    Raises
    ------
    Faults
        ``text_too_long``: a workbook's cell holds 32,767 characters.

    Notes
    -----
    **Missing answers**: nothing is required. A role that is not said meets what `UNKNOWN_ROLE` meets.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> write(make_questionnaire(load_framework("collectivite-apprenante"), "short"), "fr")[:2]
    b'PK'
    """
    scales = scales_of(questionnaire)
    sheets = {
        "survey": sheet(SURVEY, survey(questionnaire, scales), questionnaire.languages),
        "choices": sheet(CHOICES, choices(questionnaire, scales), questionnaire.languages),
        "settings": sheet(SETTINGS, [settings(questionnaire, language)], questionnaire.languages),
    }
    return workbook(sheets, questionnaire.framework.id)


def survey(questionnaire: Questionnaire, scales: Sequence[AnswerScale]) -> Iterator[Row]:
    """Yield the rows of the survey: form and wave, who one is, the pages, what is asked beside."""
    yield {"type": "calculate", "name": "form", "calculation": literal(questionnaire.form)}
    if questionnaire.wave:
        yield {"type": "calculate", "name": "wave", "calculation": literal(questionnaire.wave)}
    yield from group("about_you", about_you(questionnaire), label=questionnaire.words("about_you"))
    names = names_of(questionnaire)
    for page in questionnaire.pages:
        rows = [row for block in page.blocks for row in block_rows(page, block, scales, names)]
        yield from group(f"page_{page.number:02}", rows, relevant=relevant(page.roles))
    if questionnaire.questions:
        rows = [question_row(questionnaire, one) for one in questionnaire.questions]
        yield from group("to_finish", rows, label=questionnaire.words("questions"))


def group(name: str, rows: Sequence[Row], **columns: Any) -> Iterator[Row]:
    """Yield rows that stand on one screen."""
    yield {"type": "begin_group", "name": name, "appearance": ONE_SCREEN, **columns}
    yield from rows
    yield {"type": "end_group"}


def about_you(questionnaire: Questionnaire) -> list[Row]:
    """Give the rows before the pages: the welcome, role and unit."""
    told = welcome(questionnaire)
    whole = {language: "\n\n".join(one[language] for one in told) for language in questionnaire.languages}
    rows = [{"type": "note", "name": "note_welcome", "label": whole}]
    if questionnaire.roles:
        rows.append({"type": "select_one role", "name": "role", "label": questionnaire.words("role")})
    if questionnaire.units:
        look = {"appearance": "minimal"} if len(questionnaire.units) > FEW else {}
        rows.append({"type": "select_one unit", "name": "unit", "label": questionnaire.words("unit"), **look})
    return rows


def block_rows(page: Page, block: Block, scales: Sequence[AnswerScale], names: Mapping[int, str]) -> Iterator[Row]:
    """Yield what is asked, then the statements one below the other."""
    note = {"type": "note", "name": f"note_{block.code}", "label": block.prompt, "strong": True}
    yield note | {"relevant": "" if block.roles == page.roles else relevant(block.roles)}
    for one in block.statements:
        yield {
            "type": f"select_one {list_name(scales, block.scale)}",
            "name": names[id(one)],
            "label": one.text,
            "appearance": SIDE_BY_SIDE,
            "relevant": "" if one.roles == page.roles else relevant(one.roles),
        }


def question_row(questionnaire: Questionnaire, question: Question) -> Row:
    """Give the row of a question beside the items."""
    row = {"name": question.id, "label": question.text, "relevant": relevant(questionnaire.roles_of(question))}
    if question.kind == "open":
        return row | {"type": "text", "appearance": "multiline"}
    if question.kind == "choice":
        return row | {"type": f"select_one options_{question.id}"}
    most = question.choose or len(question.options)
    told = questionnaire.words("choose_most", count=most)
    row |= {"type": f"select_multiple options_{question.id}", "hint": told}
    return row | {"constraint": f"count-selected(.) <= {most}", "constraint_message": told}


def choices(questionnaire: Questionnaire, scales: Sequence[AnswerScale]) -> Iterator[Row]:
    """Yield the answers of all lists."""
    for role in questionnaire.roles:
        yield {"list_name": "role", "name": role.id, "label": role.name}
    names = unit_names(questionnaire)
    for unit, code in unit_codes(questionnaire).items():
        label = dict.fromkeys(questionnaire.languages, names[unit])
        yield {"list_name": "unit", "name": code, "label": label}
    for scale in scales:
        for name, label in answers(questionnaire, scale):
            yield {"list_name": list_name(scales, scale), "name": name, "label": label}
    for question in questionnaire.questions:
        for option in question.options:
            yield {"list_name": f"options_{question.id}", "name": option.id, "label": option.text}


def scales_of(questionnaire: Questionnaire) -> list[AnswerScale]:
    """List the answer scales that are asked with, each once."""
    found: list[AnswerScale] = []
    for page in questionnaire.pages:
        for block in page.blocks:
            if block.scale not in found:
                found.append(block.scale)
    return found


def list_name(scales: Sequence[AnswerScale], scale: AnswerScale) -> str:
    """Name the list of a scale's answers."""
    return f"scale_{scales.index(scale) + 1}"


def settings(questionnaire: Questionnaire, language: str) -> Row:
    """Give the form's title, its id, its version, and the language it opens in."""
    framework = questionnaire.framework
    return {
        "form_title": questionnaire.words("title")[language],
        "form_id": f"{framework.id}_{questionnaire.form}",
        "version": framework.version,
        "default_language": language_name(language),
        "style": "pages",
    }


def language_name(language: str) -> str:
    """Name a language in itself, as the standard recommends; one that is not known by its code.

    Examples
    --------
    >>> language_name("fr"), language_name("xx")
    ('Français (fr)', 'xx (xx)')
    """
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        name = language
    return f"{name[:1].upper()}{name[1:]} ({language})" if name != language else f"{language} ({language})"


def relevant(roles: Sequence[str] | None) -> str:
    """Say in XPath which roles meet a row; empty = everybody.

    Examples
    --------
    >>> relevant(("", "agent"))
    "${role} = '' or ${role} = 'agent'"
    """
    return " or ".join(f"${{role}} = '{role}'" for role in roles or ())


def literal(text: str) -> str:
    r"""Write a text in XPath, which has no escapes, with nothing in it that the form's maker takes for a reference.

    Examples
    --------
    >>> literal("2026"), literal("l'été ${x}")
    ("'2026'", 'concat(\'l\', "\'", \'été $\', \'{x}\')')
    """
    parts = [part for part in re.split(r"(')|(?<=\$)(?=\{)", text) if part]
    told = [f'"{part}"' if part == "'" else f"'{part}'" for part in parts]
    return told[0] if len(told) == 1 else f"concat({', '.join(told)})"


def told_plainly(text: str) -> str:
    r"""Write a text so that its marks are shown and not followed: references, Markdown, HTML.

    Only a grave accent cannot be saved from being read as a mark of code: it becomes the apostrophe it looks like.

    Examples
    --------
    >>> told_plainly("Bürger*innen"), told_plainly("${x}") == "${x}".replace("$", "$\u200b")
    ('Bürger\\*innen', True)
    """
    text = MARKED.sub(r"\\\g<0>", NO_XML.sub("", text).replace("`", "'"))
    return TAKEN_FOR_MORE.sub(rf"\g<0>{NOTHING}", text)


def sheet(columns: Sequence[str], rows: Iterator[Row] | Sequence[Row], languages: Sequence[str]) -> list[list[str]]:
    """Lay rows out as a table, a text once for each language."""
    heading = [one for name in columns for one in headings(name, languages)]
    return [heading, *([cell for name in columns for cell in cells(row, name, languages)] for row in rows)]


def headings(name: str, languages: Sequence[str]) -> list[str]:
    """Give the headings of a column."""
    return [f"{name}::{language_name(one)}" for one in languages] if name in TEXTS else [name]


def cells(row: Row, name: str, languages: Sequence[str]) -> list[str]:
    """Give the cells of a column in a row."""
    value = row.get(name, "")
    if name not in TEXTS:
        return [value]
    told = [told_plainly(value[one]) if value else "" for one in languages]
    return [f"**{one}**" if row.get("strong") and one and "\n" not in one else one for one in told]


def workbook(sheets: Mapping[str, list[list[str]]], framework: str) -> bytes:
    """Write tables of texts as a workbook: nothing in it is a formula, a number or a link."""
    content = io.BytesIO()
    as_text = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, as_text) as book:
        for name, rows in sheets.items():
            own = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, text in enumerate(row):
                    if len(text) > LONGEST:
                        told = {"value": text[:40], "count": len(text), "most": LONGEST}
                        raise Faults([Fault("text_too_long", {"file": framework}, told)])
                    if text:
                        own.write_string(number, place, text)
    return content.getvalue()
