"""SurveyJS: the JSON text that its library, and the services built on it, show as a form.

A statement is a question with its answers in a line, which a phone breaks. A matrix would show each answer in a line of
its own there, and a page twice as long. Values are the numbers themselves, ids are the instrument's; a response comes
back as ``{"answers-p01R/pm01R": 4, …}``: nothing is called so but a statement.

References
----------
surveyjs.io, "Survey data model"; surveyjs/survey-library, ``localizablestring.ts``, ``textPreProcessor.ts``.
"""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

from assessment.framework.model import Question, Text
from assessment.responses.answers import NOT_CONCERNED_MARK
from assessment.responses.questionnaire import UNKNOWN_ROLE, Block, Page, Questionnaire, Statement
from assessment.responses.writers.naming import answers
from assessment.responses.writers.units import unit_names
from assessment.responses.writers.welcome import welcome

OWN = "en"
"""The library's own language: where it is chosen, the library shows the text called ``default``."""

NOTHING = "\u200b"
"""A blank without width: what stands between braces is no name of a question any more."""

Element = Mapping[str, Any]


def write(questionnaire: Questionnaire, language: str) -> bytes:
    """Write the text.

    Parameters
    ----------
    questionnaire
        What is asked.
    language
        The one a form opens in; the page that shows it may set ``survey.locale`` to another of the instrument's.

    Notes
    -----
    **Missing answers**: nothing is required. A role that is not said meets what `UNKNOWN_ROLE` meets; what was answered
    under another role and is not asked any more is left out of the response.

    Examples
    --------
    >>> import json
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> survey = json.loads(write(make_questionnaire(load_framework("collectivite-apprenante"), "short"), "fr"))
    >>> [element["name"] for element in survey["pages"][1]["elements"]], survey["locale"]
    (['answers-p01R', 'answers-p01V'], 'fr')
    """
    return json.dumps(Form(questionnaire, language).survey(), ensure_ascii=False, indent=1).encode()


class Form:
    """A questionnaire, and the language it opens in."""

    def __init__(self, questionnaire: Questionnaire, language: str):
        self.questionnaire, self.language = questionnaire, language

    def survey(self) -> Element:
        """Give the whole form."""
        asked = self.questionnaire
        pages = [self.about_you(), *(self.page(one) for one in asked.pages)]
        if asked.questions:
            questions = [self.question(one) for one in asked.questions]
            pages.append({"name": "to_finish", "title": self.text(asked.words("questions")), "elements": questions})
        return {
            "locale": self.language,
            "title": self.text(asked.words("title")),
            "showTitle": False,
            "showQuestionNumbers": "off",
            "showProgressBar": True,
            "widthMode": "responsive",
            "completedHtml": self.text(asked.words("thanks"), html.escape),
            "pages": pages,
        }

    def text(self, text: Text, told=str) -> Text:
        """Give a text in all languages; its braces name no question."""
        said = {one: told(text[one]).replace("{", "{" + NOTHING) for one in self.questionnaire.languages}
        first = OWN if OWN in said else self.language
        return {"default": said[first]} | {one: words for one, words in said.items() if one != OWN}

    def about_you(self) -> Element:
        """Give the first page: the welcome, role and unit; form and wave are told with each response."""
        asked = self.questionnaire
        told = welcome(asked)
        whole = {one: "".join(f"<p>{html.escape(paragraph[one])}</p>" for paragraph in told) for one in asked.languages}
        elements = [{"type": "html", "name": "text-welcome", "html": self.text(whole)}]
        elements += [constant(name, value) for name, value in (("form", asked.form), ("wave", asked.wave)) if value]
        if asked.roles:
            roles = [(one.id, one.name) for one in asked.roles]
            elements.append(self.among("radiogroup", "role", asked.words("role"), roles))
        if asked.units:
            names = unit_names(asked)
            units = [(unit, dict.fromkeys(asked.languages, name)) for unit, name in names.items()]
            elements.append(self.among("dropdown", "unit", asked.words("unit"), units))
        return {"name": "about_you", "title": self.text(asked.words("title")), "elements": elements}

    def among(self, kind: str, name: str, title: Text, choices: Sequence[tuple[int | str, Text]]) -> dict[str, Any]:
        """Give a question with choices; what was chosen may be taken back."""
        own = [{"value": value, "text": self.text(label)} for value, label in choices]
        taken_back = {"showClearButton": True} if kind == "radiogroup" else {}
        return {"type": kind, "name": name, "title": self.text(title), "choices": own, **taken_back}

    def page(self, page: Page) -> Element:
        """Give a page: its blocks, those on reality first."""
        own = {"name": f"page-{page.number:02}", "elements": [self.block(one) for one in page.blocks]}
        return own | visible(page.roles)

    def block(self, block: Block) -> Element:
        """Give a block: what is asked above its statements."""
        name = f"answers-{block.code}"
        panel = {"type": "panel", "name": name, "title": self.text(block.prompt)}
        statements = [self.statement(block, one, f"{name}/{one.code}") for one in block.statements]
        return panel | {"elements": statements} | visible(block.roles)

    def statement(self, block: Block, statement: Statement, name: str) -> Element:
        """Give a statement: its answers stand in one line, or in as many as a phone needs."""
        told = [
            (said if said == NOT_CONCERNED_MARK else int(said), one)
            for said, one in answers(self.questionnaire, block.scale)
        ]
        asked = self.among("radiogroup", name, statement.text, told)
        return asked | {"colCount": 0, "showClearButton": False} | visible(statement.roles, block.roles)

    def question(self, question: Question) -> Element:
        """Give a question beside the items."""
        met = visible(self.questionnaire.roles_of(question))
        if question.kind == "open":
            return {"type": "comment", "name": question.id, "title": self.text(question.text), "autoGrow": True} | met
        options = [(option.id, option.text) for option in question.options]
        if question.kind == "choice":
            return self.among("radiogroup", question.id, question.text, options) | met
        most = question.choose or len(options)
        told = {"description": self.text(self.questionnaire.words("choose_most", count=most))}
        several = self.among("checkbox", question.id, question.text, options)
        return several | {"maxSelectedChoices": most} | told | met


def constant(name: str, value: str) -> Element:
    """Give a question nobody sees, with its answer: no formula, for a wave may hold any character."""
    return {"type": "text", "name": name, "visible": False, "defaultValue": value, "clearIfInvisible": "none"}


def visible(roles: Sequence[str] | None, around: Sequence[str] | None = None) -> Element:
    """Say which roles meet an element; nothing where everybody does who meets what stands around it.

    Examples
    --------
    >>> visible(("", "agent")), visible(("agent",), ("agent",))
    ({'visibleIf': "{role} empty or {role} anyof ['agent']"}, {})
    """
    if roles is None or roles == around:
        return {}
    named = ", ".join(f"'{one}'" for one in roles if one != UNKNOWN_ROLE)
    parts = ["{role} empty"] * (UNKNOWN_ROLE in roles) + [f"{{role}} anyof [{named}]"] * bool(named)
    return {"visibleIf": " or ".join(parts)}
