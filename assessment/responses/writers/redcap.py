"""REDCap: the data dictionary of a survey, in one language.

What is relied on, of its upload:

- 18 columns in this order; the first field names the record; a form's fields stand together.
- A spreadsheet may have been between: a mark of order of bytes is passed over with the headings. PHP takes a row apart:
  see ``limesurvey``.
- Field names have small letters, digits and ``_``, a letter first, 100 characters at most (26 are advised), never
  three ``_`` in a row: in exports these stand before the code of a checkbox's choice.
- Choices are ``code, label`` with ``|`` between them; the code ends at the first comma. A backslash before an ``n``
  stands for ``|``, too. Codes have letters, digits, ``.`` and ``_``, or are numbers.
- Labels are HTML, ``[name]`` in one shows another field's answer, ``{name}`` the field itself: these marks are
  written at full width.
- The fields of a matrix stand together and have the same choices; its section header is what is asked.

References
----------
REDCap, "Data Dictionary" and "Action Tags" in its help; the checks of an upload; OuhscBbmc/REDCapR, real dictionaries.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator

from assessment.documents.safe_csv import runs
from assessment.framework.model import Question
from assessment.responses.questionnaire import UNKNOWN_ROLE, Block, Questionnaire
from assessment.responses.writers.naming import answers, check_names, names_of, wide
from assessment.responses.writers.units import unit_codes, unit_names
from assessment.responses.writers.welcome import welcome

NAME, FORM, HEADER, TYPE, LABEL = "Variable / Field Name", "Form Name", "Section Header", "Field Type", "Field Label"
CHOICES, NOTE = "Choices, Calculations, OR Slider Labels", "Field Note"
WHEN, MATRIX, ANNOTATION = "Branching Logic (Show field only if...)", "Matrix Group Name", "Field Annotation"
COLUMNS = (NAME, FORM, HEADER, TYPE, LABEL, CHOICES, NOTE, "Text Validation Type OR Show Slider Number")
COLUMNS += ("Text Validation Min", "Text Validation Max", "Identifier?", WHEN, "Required Field?", "Custom Alignment")
COLUMNS += ("Question Number (surveys only)", MATRIX, "Matrix Ranking?", ANNOTATION)

ONLY_FORM = "questionnaire"
MARKS = "|\\<>[]{}"
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
RECORD, WELCOME = "record_id", "welcome_text"

Row = dict[str, str]


def write(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the dictionary.

    Parameters
    ----------
    questionnaire
        What is asked.
    language
        The only one: REDCap holds translations elsewhere.

    Raises
    ------
    Faults
        ``questionnaire_name_twice``: two fields that REDCap could not tell apart.

    Notes
    -----
    **Missing answers**: no field is required. A role that is not said meets what `UNKNOWN_ROLE` meets.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> content = write(make_questionnaire(load_framework("collectivite-apprenante"), "short"), "en")
    >>> content.decode("utf-8-sig").splitlines()[1].replace('"', "")
    'record_id,questionnaire,,text,Record ID,,,,,,,,,,,,,'
    """
    rows = [*about_you(questionnaire, language)]
    names = names_of(questionnaire)
    for page in questionnaire.pages:
        for block in page.blocks:
            rows += matrix(questionnaire, block, names, language)
    rows += beside(questionnaire, language)
    check_names((row[NAME] for row in rows), "redcap")
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({FORM: ONLY_FORM, **row} for row in rows)
    return text.getvalue().encode("utf-8-sig")


def about_you(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """Yield the record's name, the welcome, what is said with each response, and who one is."""
    yield {NAME: RECORD, TYPE: "text", LABEL: "Record ID"}
    told = "<br><br>".join(label(one[language]) for one in welcome(questionnaire))
    yield {NAME: WELCOME, TYPE: "descriptive", LABEL: told}
    yield hidden("form", questionnaire.form)
    if questionnaire.wave:
        yield hidden("wave", questionnaire.wave)
    say = questionnaire.words
    if questionnaire.roles:
        offered = choices((role.id, role.name[language]) for role in questionnaire.roles)
        yield {NAME: "role", TYPE: "radio", LABEL: label(say("role")[language]), CHOICES: offered}
    if questionnaire.units:
        names = unit_names(questionnaire)
        offered = choices((code, names[unit]) for unit, code in unit_codes(questionnaire).items())
        yield {NAME: "unit", TYPE: "dropdown", LABEL: label(say("unit")[language]), CHOICES: offered}


def hidden(name: str, value: str) -> Row:
    """Give a field that nobody sees and that always holds the same."""
    mark = "'" if '"' in value else '"'
    return {NAME: name, TYPE: "text", LABEL: name, ANNOTATION: f"@HIDDEN @DEFAULT={mark}{value}{mark}"}


def matrix(questionnaire: Questionnaire, block: Block, names: dict[int, str], language: str) -> Iterator[Row]:
    """Yield a block: a matrix of statements by answers."""
    offered = choices((answer, text[language]) for answer, text in answers(questionnaire, block.scale))
    for place, one in enumerate(block.statements):
        yield {
            NAME: field_name(names[id(one)]),
            HEADER: label(block.prompt[language]) if place == 0 else "",
            TYPE: "radio",
            LABEL: label(one.text[language]),
            CHOICES: offered,
            WHEN: branching(questionnaire, one.roles),
            MATRIX: field_name(block.code),
        }


def beside(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """Yield the questions beside the items, below a header of their own."""
    for place, question in enumerate(questionnaire.questions):
        yield {
            NAME: field_name(question.id),
            HEADER: label(questionnaire.words("questions")[language]) if place == 0 else "",
            LABEL: label(question.text[language]),
            WHEN: branching(questionnaire, questionnaire.roles_of(question)),
            **asking(questionnaire, question, language),
        }


def asking(questionnaire: Questionnaire, question: Question, language: str) -> Row:
    """Say how a question is answered."""
    if question.kind == "open":
        return {TYPE: "notes"}
    offered = choices((field_case(one.id), one.text[language]) for one in question.options)
    if question.kind == "choice":
        return {TYPE: "radio", CHOICES: offered, NOTE: label(questionnaire.words("choose_one")[language])}
    most = question.choose or len(question.options)
    told = label(questionnaire.words("choose_most", count=most)[language])
    return {TYPE: "checkbox", CHOICES: offered, NOTE: told, ANNOTATION: f"@MAXCHECKED={most}"}


def field_name(id_: str) -> str:
    """Give a field's name for an id or a code: small letters, and never three ``_`` in a row.

    Examples
    --------
    >>> field_name("pm01R__elected"), field_name("a___B_")
    ('pm01r__elected', 'a_b')
    """
    return re.sub("_{3,}", "_", id_).strip("_").lower()


def field_case(id_: str) -> str:
    """Give the code of a choice, which becomes part of a heading."""
    return re.sub("_{2,}", "_", id_).strip("_").lower()


def choices(offered: Iterable[tuple[str, str]]) -> str:
    """Write answers as a cell holds them.

    Examples
    --------
    >>> choices([("1", "1, non | jamais"), ("na", "Sans objet")])
    '1, 1, non ｜ jamais | na, Sans objet'
    """
    return guarded(" | ".join(f"{code}, {plain_label(text)}" for code, text in offered))


def plain_label(text: str) -> str:
    """Write a text in one line, with no mark of REDCap's own in it."""
    return wide(BLANKS.sub(" ", text.strip()), MARKS)


def label(text: str) -> str:
    """Write a text as a cell by itself: a spreadsheet that opens the file runs nothing.

    Examples
    --------
    >>> label("=1+1 [age]"), label("Two < three")
    (' =1+1 ［age］', 'Two ＜ three')
    """
    return guarded(plain_label(text))


def guarded(cell: str) -> str:
    """Put a blank, which REDCap passes over, before what a spreadsheet would run."""
    return f" {cell}" if runs(cell) else cell


def branching(questionnaire: Questionnaire, roles: tuple[str, ...] | None) -> str:
    """Say when a field is shown, as REDCap's logic does.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> branching(make_questionnaire(load_framework("collectivite-apprenante")), ("", "agent"))
    "[role] = '' or [role] = 'agent'"
    """
    if roles is None or not questionnaire.roles:
        return ""
    return " or ".join(f"[role] = '{'' if role == UNKNOWN_ROLE else role}'" for role in roles)
