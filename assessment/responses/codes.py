"""The short names that answers, questions and options bear in survey tools: written by us, recognised by us."""

import hashlib

from assessment.framework.model import Framework, Item, Question

LETTERS = {"reality": "R", "vision": "V"}
"""After an item's id where an instrument asks about both (the contract, section 4)."""

MARK = "X"
"""Before the digits that stand for the rest of a name too long for a tool."""

DIGITS = 6


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


def fitted(code: str, most: int) -> str:
    """Shorten a code for a tool that takes fewer characters; the same code always becomes the same.

    Examples
    --------
    >>> fitted("pm01R", 20), fitted("alonginstrumentsitem01R", 20)
    ('pm01R', 'alonginstrumeXb3467b')
    """
    if len(code) <= most:
        return code
    return code[: most - DIGITS - len(MARK)] + MARK + hashlib.sha256(code.encode()).hexdigest()[:DIGITS]


def option_code(question: Question, option: str) -> str:
    """Give the code of an option in a tool that takes five characters: ``A1``, ``A2``, by its place."""
    return f"A{[one.id for one in question.options].index(option) + 1}"
