"""A questionnaire before any tool: what is asked of whom, in which words, on which page, under which code."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

import pandas as pd

from assessment.framework.model import AnswerScale, Framework, Item, Question, Role, Text
from assessment.responses.choices import CHOOSING
from assessment.responses.codes import LETTERS, answer_code
from assessment.responses.columns import column_name
from assessment.texts import LANGUAGES, word

FORMS = ("full", "short")

UNKNOWN_ROLE = ""
"""Who does not say a role is asked every item, in its first wording."""

SMALLEST_GROUP = 10
"""Responses below which no result of a group is shown: what a release does unless told otherwise (a test compares)."""

MOST_STATEMENTS = 8
"""Statements of a page under one perspective: more do not fit on a screen."""


@dataclass(frozen=True)
class Statement:
    """One item under one perspective, in the words that some roles meet.

    Parameters
    ----------
    code
        Its code in tools (`answer_code`). Two statements have the same one when roles meet an item in different words;
        nobody meets both, and they never stand in one block.
    column
        The heading of the answer in our responses.
    item, perspective
        What is asked.
    text
        In each language of the instrument.
    roles
        Who meets it, `UNKNOWN_ROLE` included; None = everybody.
    """

    code: str
    column: str
    item: Item
    perspective: str
    text: Text
    roles: tuple[str, ...] | None


@dataclass(frozen=True)
class Block:
    """Statements that are answered alike, one below the other: a table of statements by answers.

    Parameters
    ----------
    code
        Its name within the questionnaire: page and perspective, ``p03R``.
    perspective
        Of all its statements.
    prompt
        What is asked of each, by language.
    scale
        The answers; "not concerned" is always offered beside them.
    statements
        At most `MOST_STATEMENTS`; no code stands twice.
    """

    code: str
    perspective: str
    prompt: Text
    scale: AnswerScale
    statements: tuple[Statement, ...]

    @property
    def roles(self) -> tuple[str, ...] | None:
        """Who meets any of it; None = everybody."""
        return united(one.roles for one in self.statements)


@dataclass(frozen=True)
class Page:
    """What is seen at once: the blocks of reality, then the same statements' blocks of vision."""

    number: int
    blocks: tuple[Block, ...]

    @property
    def roles(self) -> tuple[str, ...] | None:
        """Who meets any of it; None = everybody."""
        return united(block.roles for block in self.blocks)


@dataclass(frozen=True)
class Questionnaire:
    """All that is asked, in order: role and unit, the pages, the questions beside the items.

    Parameters
    ----------
    framework
        The instrument.
    form
        ``full`` or ``short``.
    wave
        Told with each response; empty = nothing is told.
    roles
        Those offered, in the instrument's order; none = the role is not asked.
    units
        Id and name of the units offered, in order; none = the unit is not asked.
    pages
        The items.
    questions
        The choices and open questions that are never scored.
    min_group
        What is promised before the first question: no result is shown for a group of fewer responses.
    """

    framework: Framework
    form: str
    wave: str
    roles: tuple[Role, ...]
    units: tuple[tuple[str, str], ...]
    pages: tuple[Page, ...]
    questions: tuple[Question, ...]
    min_group: int = SMALLEST_GROUP

    @property
    def languages(self) -> tuple[str, ...]:
        """The instrument's languages; the first is the one a tool opens in."""
        return self.framework.languages

    def statements(self) -> Iterator[Statement]:
        """Yield every statement in the order it is met."""
        for page in self.pages:
            for block in page.blocks:
                yield from block.statements

    def words(self, name: str, **values: object) -> Text:
        """Give a text of ours in each language of the instrument; in English where we do not speak it."""
        return {
            language: word(f"questionnaire.{name}", language if language in LANGUAGES else "en", **values)
            for language in self.languages
        }

    def roles_of(self, question: Question) -> tuple[str, ...] | None:
        """Say who is asked a question, `UNKNOWN_ROLE` included; None = everybody."""
        if question.roles is None or not self.roles:
            return None
        own = [one.id for one in self.roles if set(self.framework.lineage(one.id)) & set(question.roles)]
        return (UNKNOWN_ROLE, *own)


def make_questionnaire(
    framework: Framework,
    form: str = "full",
    units: pd.DataFrame | None = None,
    wave: str = "",
    min_group: int = SMALLEST_GROUP,
) -> Questionnaire:
    """Make the questionnaire of an instrument.

    Parameters
    ----------
    framework
        Any instrument.
    form
        ``full``, or ``short``: the items marked so.
    units
        The units table (`load_units`); without one, the unit is not asked.
    wave
        The wave the responses will belong to; empty = it is said when they are imported.
    min_group
        The threshold of the releases to come, which the questionnaire promises (`smallest_group` gives a campaign's).

    Notes
    -----
    Statements of the same referent stand together, those of different dimensions by turns; on a page all answers on
    reality come before those on vision. **Missing answers**: any statement may be left blank, and "not concerned, does
    not know" is offered beside the answers of each. The short form asks no open question: writing takes minutes.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> short = make_questionnaire(load_framework("collectivite-apprenante"), "short")
    >>> first = short.pages[0].blocks
    >>> [block.perspective for block in first], first[0].statements[0].code
    (['reality', 'vision'], 'pm01R')
    """
    met = [one for item in framework.items for one in wordings_of(framework, item, form)]
    pages = [page for number, own in enumerate(paged(met), 1) if (page := page_of(framework, number, own))]
    offered = tuple(
        (unit, name) for unit, name in ([] if units is None else zip(units["unit"], units["name"], strict=True))
    )
    questions = tuple(one for one in framework.questions if form == "full" or one.kind in CHOOSING)
    return Questionnaire(framework, form, wave, framework.roles, offered, tuple(pages), questions, min_group)


@dataclass(frozen=True)
class Met:
    """An item in one of its wordings, and who meets it so."""

    item: Item
    text: Text
    referent: str
    roles: tuple[str, ...] | None


def wordings_of(framework: Framework, item: Item, form: str) -> list[Met]:
    """Give the wordings in which roles meet an item, the first one first; none when nobody is asked."""
    everybody = (UNKNOWN_ROLE, *(role.id for role in framework.roles))
    found: dict[tuple, list[str]] = {}
    for role in everybody:
        if framework.is_asked(item, role, form):
            text, referent = framework.wording_for(item, role)
            found.setdefault((tuple(text.items()), referent or ""), []).append(role)
    return [
        Met(item, dict(text), referent, None if tuple(roles) == everybody else tuple(roles))
        for (text, referent), roles in found.items()
    ]


def paged(met: Sequence[Met]) -> Iterator[list[Met]]:
    """Yield the wordings page by page: one referent, dimensions by turns, no item twice, pages equally long."""
    for referent in dict.fromkeys(one.referent for one in met):
        rest = [one for one in met if one.referent == referent]
        while rest:
            own = list({one.item.id: one for one in reversed(rest)}.values())[::-1]
            rest = [one for one in rest if not any(one is other for other in own)]
            yield from evenly(by_turns(own))


def by_turns(met: Sequence[Met]) -> list[Met]:
    """Take one wording of each dimension, then the next of each."""
    dimensions = [list(own) for _, own in groupby(met, key=lambda one: one.item.dimension)]
    return [one for turn in zip_longest(*dimensions) for one in turn if one is not None]


def evenly(met: Sequence[Met]) -> Iterator[list[Met]]:
    """Cut a list into parts that differ by one at most."""
    count = -(-len(met) // MOST_STATEMENTS)
    for number in range(count):
        yield list(met[len(met) * number // count : len(met) * (number + 1) // count])


def page_of(framework: Framework, number: int, met: Sequence[Met]) -> Page:
    """Ask a page's statements about reality, then about vision; statements with other answers apart."""
    blocks = []
    for perspective in framework.perspectives:
        asked = [one for one in met if perspective in framework.perspectives_of(one.item.dimension)]
        scales = list({id(framework.scale_of(one.item)): framework.scale_of(one.item) for one in asked}.values())
        for place, scale in enumerate(scales):
            own = [one for one in asked if framework.scale_of(one.item) is scale]
            code = f"p{number:02}{LETTERS[perspective]}{place or ''}"
            statements = tuple(statement_of(framework, one, perspective) for one in own)
            blocks.append(Block(code, perspective, prompt_of(framework, perspective, scale), scale, statements))
    return Page(number, tuple(blocks))


def statement_of(framework: Framework, met: Met, perspective: str) -> Statement:
    """Ask about an item under a perspective."""
    code, column = answer_code(framework, met.item, perspective), column_name(framework, met.item, perspective)
    return Statement(code, column, met.item, perspective, met.text, met.roles)


def prompt_of(framework: Framework, perspective: str, scale: AnswerScale) -> Text:
    """Give the words that ask: the instrument's; ours where it has none, or the answers are no degrees of truth."""
    told = framework.prompt.get(perspective)
    if told and (scale is framework.answer_scale or scale.labels == framework.answer_scale.labels):
        return told
    return {
        language: word(f"questionnaire.prompt_{perspective}", language if language in LANGUAGES else "en")
        for language in framework.languages
    }


def united(parts: Iterator[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """Unite sets of roles, in the order they come; None = everybody."""
    found: dict[str, None] = {}
    for roles in parts:
        if roles is None:
            return None
        found |= dict.fromkeys(roles)
    return tuple(found)
