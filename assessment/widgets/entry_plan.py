"""What the entry page asks, form by form and line by line, in the order and with the numbers of the paper."""

from collections.abc import Sequence
from typing import Any

from assessment.framework.model import AnswerScale, Question, Text
from assessment.responses.choices import CHOOSING, most
from assessment.responses.paper_forms import PaperForm, Part, answer_keys
from assessment.responses.questionnaire import Questionnaire
from assessment.responses.writers.units import unit_names
from assessment.texts import LANGUAGES, word
from assessment.texts.words import dictionary


def entry_plan(questionnaire: Questionnaire, forms: Sequence[PaperForm], language: str, place: str) -> dict[str, Any]:
    """Make the plan of the page in a language.

    Parameters
    ----------
    questionnaire
        What was printed.
    forms
        Its forms.
    language
        ``"fr"`` or ``"en"``.
    place
        Where sheets are kept, in a few words.

    Returns
    -------
    dict
        ``words``; ``languages``; ``scales``: the answers of each (``key``, ``value``, ``name``); ``forms``: ``key``,
        ``name`` and ``steps``. A step is of ``kind`` ``pick`` (role, unit), ``answer``, ``choose`` or ``text``.
    """
    scales: list[AnswerScale] = []
    own = [form_plan(questionnaire, form, language, scales) for form in forms]
    return {
        "language": language,
        "languages": [{"value": one, "label": word("diagnostic.own_name", one)} for one in LANGUAGES],
        "words": {name: text[language] for name, text in dictionary("entry").items()},
        "edition": f"{questionnaire.framework.id} {questionnaire.framework.version} {questionnaire.form}",
        "place": place,
        "scales": [scale_plan(scale, language) for scale in scales],
        "forms": own,
    }


def form_plan(questionnaire: Questionnaire, form: PaperForm, language: str, scales: list[AnswerScale]) -> dict:
    """Give the steps of a form."""
    names = [told(role.name, language) for role in form.roles]
    steps = []
    if len(names) > 1:
        offered = options([role.id for role in form.roles], names)
        steps.append({"kind": "pick", "id": "role", "text": questionnaire.words("role")[own(questionnaire, language)]})
        steps[-1]["options"] = offered
    if form.asks_unit:
        called = unit_names(questionnaire)
        steps.append({"kind": "pick", "id": "unit", "text": questionnaire.words("unit")[own(questionnaire, language)]})
        steps[-1]["options"] = options(list(called), list(called.values()))
    for number, part in enumerate(form.parts):
        steps += part_steps(number, part, language, scales)
    steps += [question_step(one, language) for one in form.questions]
    title = word("paper.form", language, letter=form.letter)
    return {"key": form.letter, "name": ", ".join(names) or title, "title": title, "steps": steps}


def own(questionnaire: Questionnaire, language: str) -> str:
    """Give a language the instrument has."""
    return language if language in questionnaire.languages else questionnaire.languages[0]


def part_steps(number: int, part: Part, language: str, scales: list[AnswerScale]) -> list[dict]:
    """Give the lines of a part."""
    if not any(one is part.scale for one in scales):
        scales.append(part.scale)
    place = next(place for place, one in enumerate(scales) if one is part.scale)
    shared = {"kind": "answer", "part": number, "scale": place, "perspective": part.perspective}
    shared["prompt"] = told(part.prompt, language)
    return [
        shared | {"id": one.statement.column, "number": one.number, "text": told(one.statement.text, language)}
        for one in part.lines
    ]


def question_step(question: Question, language: str) -> dict:
    """Give a question beside the items."""
    shared = {"id": question.id, "text": told(question.text, language)}
    if question.kind not in CHOOSING:
        return shared | {"kind": "text"}
    names = [told(one.text, language) for one in question.options]
    return shared | {
        "kind": "choose",
        "most": most(question),
        "options": options([one.id for one in question.options], names),
    }


def options(ids: list[str], names: list[str]) -> list[dict[str, str]]:
    """Number what is offered, as on paper."""
    return [
        {"key": str(number), "id": one, "name": name}
        for number, (one, name) in enumerate(zip(ids, names, strict=True), 1)
    ]


def scale_plan(scale: AnswerScale, language: str) -> dict[str, Any]:
    """Give the answers of a scale, and what "not concerned" is called."""
    values = [str(one) for one in range(scale.low, scale.high + 1)]
    labels = scale.labels.get(language) or next(iter(scale.labels.values()), values)
    answers = [
        {"key": key, "value": value, "name": name}
        for key, value, name in zip(answer_keys(scale), values, labels, strict=True)
    ]
    aside = scale.not_concerned.get(language) or word("questionnaire.not_concerned", language)
    return {"answers": answers, "not_concerned": aside}


def told(text: Text, language: str) -> str:
    """Give a text in the page's language, else in the instrument's first."""
    return text.get(language) or next(iter(text.values()))
