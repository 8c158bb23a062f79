"""The short names that answers, questions and options bear in survey tools: written by us, recognised by us."""

import hashlib
import re
from collections.abc import Collection, Sequence
from string import ascii_uppercase

from assessment.framework.model import Framework, Item, Option, Question, Role

LETTERS = {"reality": "R", "vision": "V"}
"""After an item's id where an instrument asks about both (the contract, section 4)."""

MARK = "X"
"""Before the digits that stand for the rest of a name too long for a tool."""

DIGITS = 6

CODE = re.compile("[A-Za-z][0-9]+")
"""What a code by place looks like."""

LONGEST = 20
"""Characters of a code in LimeSurvey, which takes fewest; readers know a code shortened to so many."""


def plain(id_: str) -> str:
    """Give an id as tools take it: letters and digits.

    Examples
    --------
    >>> plain("pm_01")
    'pm01'
    """
    return id_.replace("_", "")


def answer_code(framework: Framework, item: Item, perspective: str) -> str:
    """Give the code of an answer: the item's id without ``_``, and R or V when there are two perspectives.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> answer_code(framework, framework.items[0], "vision")
    'pm01V'
    """
    return plain(item.id) + (LETTERS[perspective] if len(framework.perspectives) > 1 else "")


def fitted(code: str, most: int, taken: Collection[str] = ()) -> str:
    """Give a code as a tool takes it: shortened when it is too long, marked when it is a word of the tool's own.

    Parameters
    ----------
    code
        Letters and digits.
    most
        Characters the tool takes.
    taken
        Its own words, in small letters.

    Examples
    --------
    >>> fitted("pm01R", 20), fitted("alonginstrumentsitem01R", 20), fitted("time", 20, {"time"})
    ('pm01R', 'alonginstrumeXb3467b', 'timeX336074')
    """
    return code if len(code) <= most and code.lower() not in taken else marked(code, most)


def marked(code: str, most: int) -> str:
    """Shorten a code so that it says to be shortened; the same code always becomes the same.

    Examples
    --------
    >>> marked("alonginstrumentsitem01R", 20)
    'alonginstrumeXb3467b'
    """
    return code[: most - DIGITS - len(MARK)] + MARK + hashlib.sha256(code.encode()).hexdigest()[:DIGITS]


def option_codes(question: Question) -> dict[str, str]:
    """Give each option of a question its code in a tool that takes five characters."""
    return codes_by_place(question.options, [text for one in question.options for text in one.text.values()])


def role_codes(framework: Framework) -> dict[str, str]:
    """Give each role its code in a tool that takes five characters.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> list(role_codes(load_framework("collectivite-apprenante")).items())[:2]
    [('elected', 'A1'), ('executive', 'A2')]
    """
    return codes_by_place(framework.roles, [name for one in framework.roles for name in one.name.values()])


def codes_by_place(named: Sequence[Option] | Sequence[Role], names: Collection[str]) -> dict[str, str]:
    """Give codes by place: ``A1``, ``A2``; ``B1``, ``B2`` where an id or a name is a code with A, and so on.

    Examples
    --------
    >>> codes_by_place([Option("north", {"en": "North"}), Option("a2", {"en": "South"})], ["North", "South"])
    {'north': 'B1', 'a2': 'B2'}
    """
    codes = filter(CODE.fullmatch, map(plain, (*names, *(one.id for one in named))))
    taken = {code[0].upper() for code in codes}
    letter = next(one for one in ascii_uppercase if one not in taken)
    return {one.id: f"{letter}{place}" for place, one in enumerate(named, 1)}
