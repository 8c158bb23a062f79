"""LimeSurvey: the tab-separated structure of a survey, in all languages of the instrument.

What is relied on, of its import:

- Rows are told apart by their class: S settings, SL texts of the survey, G groups, Q questions, SQ subquestions,
  A answers. A group is the same in another language when its number is the same, a question when its code is; what is
  said of both stands in the first language.
- A question's code has letters and digits, a letter first, 20 at most, and is none of LimeSurvey's own words; that of
  a subquestion is not ``time``, that of an answer has five characters at most. Codes that break this are made up anew.
- Texts are HTML, and what stands between braces is an expression. HTML is put in order for whoever is no
  administrator, which turns entities back into characters: a brace is therefore written at full width.
- PHP takes a row apart: a backslash spares the quotation mark after it, and bytes beyond ASCII are lost where a cell
  without quotation marks begins with them. So every cell has them, and no text contains one, or a backslash.

References
----------
LimeSurvey, ``application/helpers/admin/import_helper.php`` (``TSVImportSurvey``, 3.x to 6.x) and ``export_helper.php``
(``tsvSurveyExport``), ``application/models/Question.php``; its manual, "Tab separated value survey structure",
"ExpressionScript".
"""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from assessment.documents.safe_csv import runs
from assessment.framework.model import Question, Text
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.codes import LONGEST, fitted, option_codes, plain, role_codes
from assessment.responses.questionnaire import UNKNOWN_ROLE, Block, Questionnaire
from assessment.responses.writers.naming import answers, check_names, wide
from assessment.responses.writers.units import unit_codes, unit_names
from assessment.responses.writers.welcome import welcome

COLUMNS = ("id", "related_id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation")
COLUMNS += ("mandatory", "other", "default", "same_default", "hidden", "max_answers")

RESERVED = frozenset({"lang", "sid", "savedid", "token", "qid", "gid", "sgq", "self", "that", "this"})
RESERVED |= {"time", "other", "comment", "othercomment"}
"""Words of its own, which no code may be; "other" and "comment" are what it adds to the code of a question."""

ARRAY, RADIO, DROPDOWN, MULTIPLE, LONG_TEXT, EQUATION = "F", "L", "!", "M", "T", "*"
SETTINGS = {
    **dict.fromkeys(("anonymized", "allowprev", "showwelcome", "showprogress"), "Y"),
    **dict.fromkeys(("ipaddr", "datestamp", "refurl", "savetimings", "usecookie", "tokenanswerspersistence"), "N"),
    **dict.fromkeys(("allowsave", "alloweditaftercompletion", "printanswers", "shownoanswer", "showxquestions"), "N"),
    **dict.fromkeys(("publicstatistics", "listpublic", "assessments"), "N"),
    **{"format": "G", "showgroupinfo": "X", "showqnumcode": "X"},
}
"""Nobody is traced, a group is a page, one may go back; "not concerned" stands for LimeSurvey's own "no answer"."""

ALWAYS = "1"
BLANKS = re.compile(r"[ \t\r\f\v]+")

Row = dict[str, str]


def write(questionnaire: Questionnaire, language: str) -> bytes:
    r"""Write the structure.

    Parameters
    ----------
    questionnaire
        What is asked.
    language
        The survey's base language; the instrument's others are its additional ones.

    Raises
    ------
    Faults
        ``questionnaire_name_twice``: two questions that LimeSurvey could not tell apart.

    Notes
    -----
    **Missing answers**: nothing is mandatory. A role that is not said meets what `UNKNOWN_ROLE` meets.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> content = write(make_questionnaire(load_framework("collectivite-apprenante"), "short"), "fr")
    >>> content.decode().splitlines()[2].split("\t")[2:7]
    ['"S"', '', '"language"', '', '"fr"']
    """
    languages = (language, *(one for one in questionnaire.languages if one != language))
    rows = [*settings(questionnaire, languages)]
    for one in languages:
        rows += survey_texts(questionnaire, one)
    base = [*groups(questionnaire, language)]
    check_names((row["name"] for row in base if row["class"] == "Q"), "limesurvey")
    rows += base
    for one in languages[1:]:
        rows += [said_once(row) for row in groups(questionnaire, one)]
    lines = ["\t".join(COLUMNS), *(line(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode()


def settings(questionnaire: Questionnaire, languages: Sequence[str]) -> Iterator[Row]:
    """Yield the survey's settings; its number is a wish, LimeSurvey takes another where it is given already."""
    name = f"{questionnaire.framework.id} {questionnaire.form} {questionnaire.wave}"
    number = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 900_000 + 100_000
    told = {"sid": str(number), "language": languages[0], "additional_languages": " ".join(languages[1:]), **SETTINGS}
    for name, value in told.items():
        yield {"class": "S", "name": name, "text": value}


def survey_texts(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """Yield the survey's texts in one language."""
    paragraphs = "".join(f"<p>{markup(one[language])}</p>" for one in welcome(questionnaire))
    told = {
        "surveyls_language": language,
        "surveyls_title": markup(questionnaire.words("title")[language]),
        "surveyls_welcometext": paragraphs,
        "surveyls_endtext": f"<p>{markup(questionnaire.words('thanks')[language])}</p>",
    }
    for name, value in told.items():
        yield {"class": "SL", "name": name, "text": value, "language": language}


def groups(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """Yield the groups in one language with all that stands in them."""
    number = count(1)
    say = questionnaire.words
    yield group(next(number), say("about_you")[language], language)
    yield from about_you(questionnaire, language)
    for page in questionnaire.pages:
        name = say("page", number=page.number)[language]
        yield group(next(number), name, language, relevance(questionnaire, page.roles))
        for block in page.blocks:
            yield from array(questionnaire, block, language)
    if questionnaire.questions:
        yield group(next(number), say("questions")[language], language)
        for question in questionnaire.questions:
            yield from beside(questionnaire, question, language)


def group(number: int, name: str, language: str, when: str = ALWAYS) -> Row:
    """Give the row of a group."""
    told = {"class": "G", "type/scale": str(number), "name": markup(name), "relevance": when}
    return {**told, "language": language}


def about_you(questionnaire: Questionnaire, language: str) -> Iterator[Row]:
    """Yield who one is, and what the survey itself says with each response: form and wave."""
    asked = [("form", questionnaire.form), *([("wave", questionnaire.wave)] if questionnaire.wave else [])]
    for name, value in asked:
        yield ask(EQUATION, name, value, language) | {"hidden": "1"}
    if questionnaire.roles:
        codes = role_codes(questionnaire.framework)
        yield ask(RADIO, "role", questionnaire.words("role")[language], language)
        yield from offered([(codes[role.id], role.name[language]) for role in questionnaire.roles], language)
    if questionnaire.units:
        names = unit_names(questionnaire)
        yield ask(DROPDOWN, "unit", questionnaire.words("unit")[language], language)
        yield from offered([(code, names[unit]) for unit, code in unit_codes(questionnaire).items()], language)


def array(questionnaire: Questionnaire, block: Block, language: str) -> Iterator[Row]:
    """Yield a block: statements by answers."""
    when = relevance(questionnaire, block.roles)
    yield ask(ARRAY, block.code, block.prompt[language], language, when)
    for one in block.statements:
        name = fitted(one.code, LONGEST, RESERVED)
        yield subquestion(name, one.text[language], language, relevance(questionnaire, one.roles))
    told = [(answer, label[language]) for answer, label in answers(questionnaire, block.scale)]
    if block.scale.low < 0:
        told = [
            (f"A{place}" if answer != NOT_CONCERNED_MARK else answer, label)
            for place, (answer, label) in enumerate(told, 1)
        ]
    yield from offered(told, language)


def beside(questionnaire: Questionnaire, question: Question, language: str) -> Iterator[Row]:
    """Yield a question beside the items."""
    name, text = fitted(plain(question.id), LONGEST, RESERVED), question.text[language]
    when = relevance(questionnaire, questionnaire.roles_of(question))
    if question.kind == "open":
        yield ask(LONG_TEXT, name, text, language, when)
    elif question.kind == "choice":
        yield ask(RADIO, name, text, language, when) | helped(questionnaire.words("choose_one"), language)
        codes = option_codes(question)
        yield from offered([(codes[one.id], one.text[language]) for one in question.options], language)
    else:
        most = question.choose or len(question.options)
        told = helped(questionnaire.words("choose_most", count=most), language)
        yield ask(MULTIPLE, name, text, language, when) | told | {"max_answers": str(most)}
        for one in question.options:
            yield subquestion(fitted(plain(one.id), LONGEST, RESERVED), one.text[language], language)


def ask(kind: str, name: str, text: str, language: str, when: str = ALWAYS) -> Row:
    """Give the row of a question."""
    told = {"class": "Q", "type/scale": kind, "name": name, "relevance": when, "text": markup(text)}
    return {**told, "language": language, "mandatory": "N", "other": "N"}


def helped(text: Text, language: str) -> Row:
    """Give the cell that stands below a question's text."""
    return {"help": markup(text[language])}


def subquestion(name: str, text: str, language: str, when: str = ALWAYS) -> Row:
    """Give the row of a subquestion."""
    told = {"class": "SQ", "type/scale": "0", "name": name, "relevance": when}
    return {**told, "text": markup(text), "language": language}


def offered(options: Sequence[tuple[str, str]], language: str) -> Iterator[Row]:
    """Yield the rows of answers."""
    for code, label in options:
        yield {"class": "A", "type/scale": "0", "name": code, "text": markup(label), "language": language}


def said_once(row: Mapping[str, str]) -> Row:
    """Leave out what the first language has said for all."""
    return {name: value for name, value in row.items() if name not in ("hidden", "max_answers")}


def relevance(questionnaire: Questionnaire, roles: tuple[str, ...] | None) -> str:
    """Say when something is asked, as LimeSurvey's expressions do; a role that was not said is empty.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> relevance(make_questionnaire(load_framework("collectivite-apprenante")), ("", "agent"))
    "is_empty(role.NAOK) or role.NAOK == 'A4'"
    """
    if roles is None or not questionnaire.roles:
        return ALWAYS
    codes = role_codes(questionnaire.framework)
    return " or ".join(
        "is_empty(role.NAOK)" if role == UNKNOWN_ROLE else f"role.NAOK == '{codes[role]}'" for role in roles
    )


def markup(text: str) -> str:
    r"""Write a text as HTML that stays that text, through import, expressions, and a look at it in a spreadsheet.

    Examples
    --------
    >>> print(markup('=1+1 & "{x}"\nb\\c'))
    &#61;1+1 &amp; &quot;｛x｝&quot;<br />b&#92;c
    """
    told = html.escape(wide(BLANKS.sub(" ", text.strip()), "{}")).replace("\\", "&#92;").replace("\n", "<br />")
    return f"&#{ord(told[0])};{told[1:]}" if runs(told) else told


def line(row: Mapping[str, str]) -> str:
    """Write a row; no cell has a quotation mark, a tab or an end of line in it."""
    return "\t".join(f'"{row[column]}"' if row.get(column) else "" for column in COLUMNS)
