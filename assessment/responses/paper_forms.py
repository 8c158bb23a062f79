"""A questionnaire on paper: one form for all roles that meet the same statements, its lines numbered from 1."""

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from assessment.framework.model import AnswerScale, Framework, Item, Question, Role, Text
from assessment.responses.questionnaire import MOST_STATEMENTS, Questionnaire, Statement

NOT_CONCERNED_KEY = "n"
"""What is printed for "not concerned" and pressed when it is keyed in; never a digit."""

OWN_PLACES = ("me", "service")
"""Referents of people who work in a unit."""


@dataclass(frozen=True)
class Line:
    """One statement on one line, by its number in the form: the same on paper and when it is keyed in."""

    number: int
    statement: Statement


@dataclass(frozen=True)
class Part:
    """Lines under one question with the same answers."""

    perspective: str
    prompt: Text
    scale: AnswerScale
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PaperForm:
    """What one person is handed.

    Parameters
    ----------
    letter
        Its name on paper: ``A``, ``B``…
    roles
        Who is handed it; several tick which they are; none where the instrument has no roles.
    asks_unit
        Whether these people work in a unit.
    parts
        The statements, a page's reality before its vision.
    questions
        The choices and open questions.
    """

    letter: str
    roles: tuple[Role, ...]
    asks_unit: bool
    parts: tuple[Part, ...]
    questions: tuple[Question, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return tuple(line for part in self.parts for line in part.lines)


def paper_forms(questionnaire: Questionnaire) -> tuple[PaperForm, ...]:
    """Make the paper forms of a questionnaire.

    Parameters
    ----------
    questionnaire
        What is asked (`make_questionnaire`).

    Returns
    -------
    tuple of PaperForm
        In the order of the roles; those who meet the same statements and questions share a form.

    Notes
    -----
    A form holds the statements that the instrument puts to its roles, no other. Pages of the same referent that are
    short for a role are put together. The unit is asked of people who work in one: who are asked about themselves or
    their service. **Missing answers**: any line may be left blank; nobody is handed the form of an unknown role.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.responses.questionnaire import make_questionnaire
    >>> forms = paper_forms(make_questionnaire(load_framework("collectivite-apprenante"), "short"))
    >>> [(form.letter, [role.id for role in form.roles]) for form in forms][-2:]
    [('D', ['citizen', 'taxpayer', 'user', 'association']), ('E', ['partner'])]
    """
    shared: dict[tuple, list[Role | None]] = {}
    for role in questionnaire.roles or (None,):
        shared.setdefault(contents(questionnaire, role), []).append(role)
    named = ((names(place), roles) for place, roles in enumerate(shared.values()))
    return tuple(form_of(questionnaire, letter, roles) for letter, roles in named if met_by(questionnaire, roles[0]))


def names(place: int) -> str:
    """Give the letter of a form by its place; two letters after ``Z``.

    Examples
    --------
    >>> names(0), names(26)
    ('A', 'AA')
    """
    letters = string.ascii_uppercase
    return (letters[place // len(letters) - 1] if place >= len(letters) else "") + letters[place % len(letters)]


def contents(questionnaire: Questionnaire, role: Role | None) -> tuple:
    """Give what tells the form of a role from that of another."""
    met = tuple((one.column, tuple(one.text.items())) for one in met_by(questionnaire, role))
    return met, tuple(one.id for one in questions_for(questionnaire, role))


def met_by(questionnaire: Questionnaire, role: Role | None) -> list[Statement]:
    """Give the statements a role meets, in order."""
    return [one for one in questionnaire.statements() if is_for(one.roles, role)]


def is_for(roles: Sequence[str] | None, role: Role | None) -> bool:
    """Say whether something is put to a role."""
    return roles is None or role is None or role.id in roles


def questions_for(questionnaire: Questionnaire, role: Role | None) -> tuple[Question, ...]:
    """Give the questions beside the items that a role is asked."""
    return tuple(one for one in questionnaire.questions if is_for(questionnaire.roles_of(one), role))


def form_of(questionnaire: Questionnaire, letter: str, roles: Sequence[Role | None]) -> PaperForm:
    """Make the form of the roles that meet the same."""
    role, numbers = roles[0], count(1)
    blocks = [block for page in joined(questionnaire, role) for block in page]
    parts = tuple(
        Part(perspective, prompt, scale, tuple(Line(next(numbers), one) for one in own))
        for perspective, prompt, scale, own in blocks
    )
    asks_unit = bool(questionnaire.units) and works_in_a_unit(questionnaire, role)
    handed = tuple(one for one in roles if one is not None)
    return PaperForm(letter, handed, asks_unit, parts, questions_for(questionnaire, role))


Blocks = list[tuple[str, Text, AnswerScale, list[Statement]]]


def joined(questionnaire: Questionnaire, role: Role | None) -> Iterator[Blocks]:
    """Yield the pages of a role: neighbours of the same referent that fit on one page together are one."""
    waiting: list[Statement] = []
    prompts = {}
    for page in questionnaire.pages:
        prompts |= {(block.perspective, id(block.scale)): block.prompt for block in page.blocks}
        own = [one for block in page.blocks for one in block.statements if is_for(one.roles, role)]
        if waiting and own and not fit_together(questionnaire.framework, role, waiting, own):
            yield blocks_of(questionnaire.framework, waiting, prompts)
            waiting = []
        waiting = waiting + own
    if waiting:
        yield blocks_of(questionnaire.framework, waiting, prompts)


def fit_together(framework: Framework, role: Role | None, first: list[Statement], second: list[Statement]) -> bool:
    """Say whether two pages may become one: one referent, no more statements than a page holds, none twice."""
    both = [*first, *second]
    items = {one.item.id: one.item for one in both}
    referents = {referent_of(framework, item, role) for item in items.values()}
    columns = {one.column for one in both}
    return len(referents) == 1 and len(items) <= MOST_STATEMENTS and len(columns) == len(both)


def referent_of(framework: Framework, item: Item, role: Role | None) -> str | None:
    """Say of whom an item speaks when a role meets it."""
    return framework.wording_for(item, role.id if role else None)[1]


def blocks_of(framework: Framework, statements: list[Statement], prompts: dict) -> Blocks:
    """Put a page's statements under their questions: reality before vision, other answers apart."""
    found: dict[tuple, list[Statement]] = {}
    for perspective in framework.perspectives:
        for one in statements:
            if one.perspective == perspective:
                found.setdefault((perspective, id(framework.scale_of(one.item))), []).append(one)
    return [(key[0], prompts[key], framework.scale_of(own[0].item), own) for key, own in found.items()]


def works_in_a_unit(questionnaire: Questionnaire, role: Role | None) -> bool:
    """Say whether a role works in a unit: it is asked about itself or its service, or the instrument does not say."""
    framework = questionnaire.framework
    met = {one.item.id: one.item for one in met_by(questionnaire, role)}
    referents = {referent_of(framework, item, role) for item in met.values()}
    return not referents - {None} or bool(referents & set(OWN_PLACES))


def answer_keys(scale: AnswerScale) -> tuple[str, ...]:
    """Give what stands for each answer, printed in its box and keyed in: its number; its place below zero.

    Examples
    --------
    >>> answer_keys(AnswerScale(0, 3)), answer_keys(AnswerScale(-1, 1))
    (('0', '1', '2', '3'), ('1', '2', '3'))
    """
    first = scale.low if scale.low >= 0 else 1
    return tuple(str(first + place) for place in range(scale.options))
