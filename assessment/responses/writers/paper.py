"""The questionnaire on paper: an A4 form for each set of roles, to be printed, ticked and keyed in."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from assessment.documents import typeset
from assessment.framework.model import AnswerScale, Framework, Question, Text
from assessment.responses.choices import most
from assessment.responses.paper_forms import NOT_CONCERNED_KEY, PaperForm, Part, answer_keys, paper_forms
from assessment.responses.questionnaire import Questionnaire
from assessment.responses.writers.units import unit_names
from assessment.responses.writers.welcome import welcome
from assessment.texts import LANGUAGES, word

TEMPLATE = Path(__file__).with_suffix(".typ")

MOST_UNITS = 45
"""Units to tick; more are written by hand on a line."""

WRITTEN_LINES = 3
"""Ruled lines below an open question, 8 mm each."""

LEAST_WIDTH, LETTER, ROOM = 8.5, 1.38, 1.0
"""Width of a column of boxes: at least 8 mm; else 1.38 mm for each letter of its longest word (7 points)."""

MOST_WIDTH = 96.0
"""Millimetres that the columns of boxes may take; the statement keeps the other half of the line."""

LONGEST_LABEL = 32
"""Letters of a label that still stands above a column; longer ones are listed below the statement."""

MOST_COLUMNS = 11

SIDE_BY_SIDE = 6
"""Options of a choice from which on they stand in two columns."""


def write(questionnaire: Questionnaire, language: str) -> bytes:
    """Set a questionnaire as printable forms: A4, tagged (PDF/UA-1), a new page for each form.

    Parameters
    ----------
    questionnaire
        What is asked (`make_questionnaire`).
    language
        One of the instrument's languages; our own words are in English where we do not speak it.

    Returns
    -------
    bytes
        A PDF. Everybody who meets the same statements has the same form; the key of an answer stands in its box, small,
        for who keys it in. **Missing answers**: a line may be left blank; "not concerned" has a box of its own.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> write(make_questionnaire(load_framework("collectivite-apprenante"), "short"), "fr")[:8]
    b'%PDF-1.7'
    """
    return typeset(TEMPLATE, page_data(questionnaire, language))


def page_data(questionnaire: Questionnaire, language: str) -> dict[str, Any]:
    """Give all that is set, as plain data."""
    framework, say = questionnaire.framework, speaker(language)
    names = unit_names(questionnaire)
    units = options([names[unit] for unit, _ in questionnaire.units])
    return {
        "language": language,
        "title": questionnaire.words("title")[language],
        "edition": say("edition", framework=framework.id, version=framework.version, form=say(questionnaire.form)),
        "two_perspectives": len(framework.perspectives) > 1,
        "words": own_words(questionnaire, language),
        "answering": answering(framework, language),
        "units_across": across(units),
        "forms": [form_data(questionnaire, form, units, language) for form in paper_forms(questionnaire)],
    }


def speaker(language: str):
    """Make what says our words for paper."""
    spoken = language if language in LANGUAGES else "en"
    return lambda name, **values: word(f"paper.{name}", spoken, **values)


def own_words(questionnaire: Questionnaire, language: str) -> dict[str, str]:
    """Give the words that every form says."""
    say = speaker(language)
    shared = {name: questionnaire.words(name)[language] for name in ("role", "unit", "questions")}
    names = ("reality", "vision", "serial", "write_unit", "nobody_named", "thanks")
    page_of = {"page_of": say("page_of", page="{page}", pages="{pages}")}  # Typst knows how many there are
    return shared | page_of | {name: say(name) for name in names}


def answering(framework: Framework, language: str) -> list[str]:
    """Say how to answer."""
    say = speaker(language)
    label = not_concerned(framework.answer_scale, language)
    return [say("tick"), say("mistake"), say("know_not", label=label)]


def not_concerned(scale: AnswerScale, language: str) -> str:
    """Name the answer beside the scale: the instrument's word, else ours."""
    spoken = language if language in LANGUAGES else "en"
    return scale.not_concerned.get(language) or word("questionnaire.not_concerned", spoken)


def form_data(questionnaire: Questionnaire, form: PaperForm, units: list[dict], language: str) -> dict[str, Any]:
    """Give one form."""
    say, names = speaker(language), [in_language(role.name, language) for role in form.roles]
    handed = replace(questionnaire, roles=form.roles or questionnaire.roles)  # how long it takes is told of these
    shown = units if len(units) <= MOST_UNITS else []
    return {
        "letter": form.letter,
        "name": say("form", letter=form.letter),
        "whom": f"{say('for_whom')} : ".replace(" :", colon(language)) + ", ".join(names) if names else "",
        "welcome": [one[language] for one in welcome(handed)],
        "roles": options(names) if len(names) > 1 else [],
        "units": shown if form.asks_unit else None,
        "parts": [part_data(part, language) for part in form.parts],
        "first_open": next((place for place, one in enumerate(form.questions) if not one.options), None),
        "questions": [question_data(one, language) for one in form.questions],
    }


def colon(language: str) -> str:
    """Give a colon as a language sets it."""
    return "\u00a0:" if language == "fr" else ":"


def in_language(text: Text, language: str) -> str:
    """Give a text in the language of the form."""
    return text.get(language) or next(iter(text.values()))


def options(names: list[str]) -> list[dict[str, str]]:
    """Number what is offered."""
    return [{"key": str(number), "label": name} for number, name in enumerate(names, 1)]


def across(offered: list[dict[str, str]]) -> int:
    """Say how many options stand side by side: short names three, longer ones two, sentences below each other."""
    longest = max((len(one["label"]) for one in offered), default=0)
    return 3 if longest <= 30 else 2 if longest <= 60 else 1


def part_data(part: Part, language: str) -> dict[str, Any]:
    """Give a part: its lines, its answers, and how they are laid out."""
    labels, aside = list(part.scale.labels.get(language, ())), not_concerned(part.scale, language)
    layout = layout_of(part.scale, labels)
    keys = answer_keys(part.scale)
    shown = labels or [str(one) for one in numbers(part.scale)]
    return {
        "layout": layout,
        "perspective": part.perspective,
        "prompt": in_language(part.prompt, language),
        "answers": [{"key": key, "label": label} for key, label in zip(keys, shown, strict=True)],
        "width": width_of(shown),
        "apart": max(13.0, width_of([aside])) if longest_word([aside]) <= 24 else 40.0,
        "not_concerned": aside,
        "not_concerned_key": NOT_CONCERNED_KEY,
        "number": speaker(language)("number", low=part.scale.low, high=part.scale.high),
        "lines": [{"number": one.number, "text": in_language(one.statement.text, language)} for one in part.lines],
    }


def numbers(scale: AnswerScale) -> range:
    """Give the answers of a scale."""
    return range(scale.low, scale.high + 1)


def layout_of(scale: AnswerScale, labels: list[str]) -> str:
    """Choose between columns of boxes, a list below each statement, and a number to write.

    Examples
    --------
    >>> labels = ["Not at all", "A little", "Half", "Largely", "Entirely"]
    >>> layout_of(AnswerScale(1, 5), labels), layout_of(AnswerScale(1, 2), ["A sentence " * 5] * 2)
    ('columns', 'list')
    >>> layout_of(AnswerScale(0, 10), []), layout_of(AnswerScale(0, 100), [])
    ('columns', 'number')
    """
    shown = labels or [str(one) for one in numbers(scale)]
    fits = scale.options <= MOST_COLUMNS and scale.options * width_of(shown) <= MOST_WIDTH
    if fits and max(map(len, shown)) <= LONGEST_LABEL:
        return "columns"
    return "list" if labels else "number"


def width_of(labels: list) -> float:
    """Give the width of a column in millimetres, by the longest word above it."""
    return max(LEAST_WIDTH, longest_word(labels) * LETTER + ROOM)


def longest_word(labels: list) -> int:
    """Give the letters of the longest word."""
    return max((len(one) for label in labels for one in str(label).split()), default=0)


def question_data(question: Question, language: str) -> dict[str, Any]:
    """Give a choice with its boxes, or an open question with its lines."""
    offered = options([in_language(one.text, language) for one in question.options])
    spoken = language if language in LANGUAGES else "en"
    rule = "questionnaire.choose_one" if most(question) == 1 else "questionnaire.choose_most"
    return {
        "text": in_language(question.text, language),
        "rule": word(rule, spoken, count=most(question)),
        "options": offered,
        "across": 2 if len(offered) >= SIDE_BY_SIDE else 1,
        "lines": WRITTEN_LINES,
    }
