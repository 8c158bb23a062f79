"""The questionnaire as a respondent sees it: a role's own statements in its words, page after page; arranged."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.apps.surveyed import FULL, SHORT, Surveyed, meets
from assessment.framework.model import AnswerScale, Question, Text
from assessment.responses.choices import most
from assessment.responses.questionnaire import Block, Page, Questionnaire
from assessment.responses.writers.welcome import welcome
from assessment.texts import LANGUAGES, format_number, word

BOX = "○"
"""What stands where an answer is ticked."""


@dataclass(frozen=True)
class Seen:
    """What is looked at: in which language, which form, with the eyes of which role."""

    language: str
    surveyed: Surveyed
    form: str
    role: str

    def say(self, key: str, **values: object) -> str:
        """Word something of this page."""
        return word(f"survey_page.{key}", self.language, **values)

    def read(self, text: Text) -> str:
        """Give a text of the instrument in the page's language, else in its first."""
        return text.get(self.language) or next(iter(text.values()))

    @property
    def questionnaire(self) -> Questionnaire:
        """What the form asks."""
        return self.surveyed.questionnaires[self.form]


def write_respondent(seen: Seen) -> dict:
    """Write the page on which the questionnaire is read as somebody will meet it.

    Parameters
    ----------
    seen
        What is looked at.

    Returns
    -------
    dict
        ``title, lead, blocks`` of a document of `ToolPage`; no answer is taken on it.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> page = write_respondent(Seen("en", Surveyed(load_framework("collectivite-apprenante")), "short", "partner"))
    >>> [block["label"] for block in page["blocks"] if block["kind"] == "details"][0]
    'Page 1: 4 statements'
    """
    blocks = [choosing(seen), *opening(seen), *pages(seen), *closing(seen), back(seen)]
    return {"title": seen.say("respondent_title"), "lead": seen.say("respondent_lead"), "blocks": blocks}


def choosing(seen: Seen) -> dict:
    """Ask with whose eyes, and which form."""
    roles = [{"value": one.id, "label": seen.read(one.name)} for one in seen.questionnaire.roles]
    forms = [{"value": form, "label": seen.say(f"form_{form}")} for form in (FULL, SHORT)]
    asked = [("role", roles, seen.role)] if roles else []
    fields = [
        {"kind": "menu", "id": key, "label": seen.say(key), "required": True, "options": options, "value": value}
        for key, options, value in (*asked, ("form", forms, seen.form))
    ]
    actions = [{"id": "back", "label": seen.say("back")}]
    return {"kind": "form", "id": "seen", "fields": fields, "actions": actions, "change": "see"}


def opening(seen: Seen) -> Iterator[dict]:
    """Give what is read before the first statement, and what is asked first."""
    asked = seen.questionnaire
    blocks = [{"kind": "paragraph", "text": seen.read(text)} for text in welcome(asked)]
    for key, options in (("role", [seen.read(one.name) for one in asked.roles]), ("unit", [n for _, n in asked.units])):
        if options:
            blocks.append(offered(seen, seen.read(asked.words(key)), options, f"first-{key}"))
    yield {"kind": "section", "id": "opening", "title": seen.read(asked.words("title")), "blocks": blocks}


def offered(seen: Seen, question: str, options: list[str], id_: str) -> dict:
    """Show a question with its answers below one another."""
    columns = [{"label": seen.say("answers_offered")}]
    return {
        "kind": "table",
        "id": id_,
        "caption": question,
        "columns": columns,
        "rows": [[f"{BOX} {one}"] for one in options],
    }


def pages(seen: Seen) -> Iterator[dict]:
    """Fold the pages that the role meets, in the order it meets them; the first is open."""
    number = 0
    for page in seen.questionnaire.pages:
        blocks = list(blocks_of(seen, page))
        if blocks:
            number += 1
            count = sum(len(block["rows"]) for block in blocks)
            label = seen.say("page", number=number, count=format_number(count, seen.language, 0))
            yield {
                "kind": "details",
                "id": f"{seen.role}-page-{page.number}",
                "label": label,
                "open": number == 1,
                "blocks": blocks,
            }


def blocks_of(seen: Seen, page: Page) -> Iterator[dict]:
    """Give the blocks of a page that a role meets: what is, before what is wished."""
    for block in page.blocks:
        rows = [one for one in block.statements if meets(one.roles, seen.role)]
        if rows:
            yield matrix(seen, block, [seen.read(one.text) for one in rows])


def matrix(seen: Seen, block: Block, statements: list[str]) -> dict:
    """Show statements that are answered alike as people meet them: a line each, the answers above."""
    answers = answers_of(seen, block.scale)
    columns = [{"label": seen.say("statement")}, *({"label": label} for label in answers)]
    rows = [[text, *[BOX] * len(answers)] for text in statements]
    return {"kind": "table", "id": block.code, "caption": seen.read(block.prompt), "columns": columns, "rows": rows}


def answers_of(seen: Seen, scale: AnswerScale) -> list[str]:
    """Name the answers of a scale, and the one beside it."""
    spoken = seen.language if seen.language in LANGUAGES else "en"
    labels = scale.labels.get(seen.language) or next(iter(scale.labels.values()), ())
    numbers = [str(one) for one in range(scale.low, scale.high + 1)]
    return [*(labels or numbers), scale.not_concerned.get(seen.language) or word("questionnaire.not_concerned", spoken)]


def closing(seen: Seen) -> Iterator[dict]:
    """Show the choices and the open questions that the role is asked at the end."""
    asked = [one for one in seen.questionnaire.questions if meets(seen.questionnaire.roles_of(one), seen.role)]
    if asked:
        title = seen.read(seen.questionnaire.words("questions"))
        blocks = [question(seen, one) for one in asked]
        yield {"kind": "section", "id": "closing", "title": title, "blocks": blocks}


def question(seen: Seen, asked: Question) -> dict:
    """Show a question beside the items: its options, or that people write."""
    text = seen.read(asked.text)
    if not asked.options:
        return {"kind": "paragraph", "id": asked.id, "text": seen.say("written", question=text)}
    rule = "choose_one" if most(asked) == 1 else "choose_most"
    told = seen.read(seen.questionnaire.words(rule, count=most(asked)))
    return offered(seen, f"{text} {told}", [seen.read(one.text) for one in asked.options], asked.id)


def back(seen: Seen) -> dict:
    """Lead back to the page of the questionnaire."""
    return {"kind": "actions", "id": "leave", "items": [{"id": "back", "label": seen.say("back")}]}
