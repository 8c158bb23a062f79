"""Several answers to one question: a column for each, or all in one cell."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from assessment.framework.model import Question
from assessment.responses.choices import JOINED
from assessment.responses.readers.wordings import key_of, normalised

TICKED = {"1", "y", "yes", "oui", "o", "x", "true", "vrai", "checked", "coché", "cochée", "selected", "sélectionné"}
TICKED |= {"ja", "sí", "si", "sim"}
EMPTY = {"", "0", "n", "no", "non", "false", "faux", "unchecked", "non coché", "non cochée", "not selected"}
EMPTY |= {"nein", "nee", "não"}

NUMBERS = {"1", "2"}
"""LimeSurvey's data for R say 2 for what was ticked and 1 for what was not; its CSV, asked to, the other way round."""

AMBIGUOUS = "choices_ambiguous"
MOST_WAYS = 2
LONGEST = 10_000
"""Characters of a cell that can be a list of options."""


def is_ticked(cell: str, names: Collection[str]) -> bool | None:
    """Say whether an option's own column says that it was chosen; None when it says neither.

    Examples
    --------
    >>> is_ticked("Y", []), is_ticked("", []), is_ticked("Formation", ["formation"]), is_ticked("maybe", [])
    (True, False, True, None)
    """
    plain = normalised(cell)
    if plain in TICKED or plain in names:
        return True
    return False if plain in EMPTY else None


def ticked_number(cells: np.ndarray, most: int) -> str | None:
    """Find which of 1 and 2 stands for a tick: the one that lets nobody choose more than may be chosen.

    Parameters
    ----------
    cells
        Texts, one row a respondent, one column an option: ``1``, ``2`` or nothing.
    most
        How many may be chosen.

    Returns
    -------
    str or None
        None when both could be it, or neither.

    Examples
    --------
    >>> ticked_number(np.array([["1", "1", "2"], ["1", "2", "1"]]), 1), ticked_number(np.array([["1", "2"]]), 1)
    ('2', None)
    """
    able = [number for number in sorted(NUMBERS) if (cells == number).sum(axis=1).max(initial=0) <= most]
    return able[0] if len(able) == 1 else None


def names_of(question: Question, said: Mapping[str, str]) -> dict[str, str]:
    """Give all names of a question's options, normalised, with their ids."""
    names = {normalised(text): option.id for option in question.options for text in option.text.values()}
    names |= {normalised(option.id): option.id for option in question.options}
    names |= {key_of(option.id): option.id for option in question.options}
    return names | {normalised(label): id_ for label, id_ in said.items()}


def split_cell(cell: str, names: Mapping[str, str], joined: Sequence[str]) -> list[tuple[str, ...]]:
    """Take a cell apart into names of options, in all ways that use it up; two at most.

    Parameters
    ----------
    cell
        What it holds.
    names
        Names, normalised, with their ids.
    joined
        What may stand between two of them.

    Examples
    --------
    >>> names = {"a": "a", "b": "b", "a, b": "c"}
    >>> split_cell("a, b", names, [","]), split_cell("b;a;", names, [";"]), split_cell("d", names, [","])
    ([('a', 'b'), ('c',)], [('b', 'a')], [])
    """
    plain = normalised(cell)
    if len(plain) > LONGEST:
        return []
    marks = tuple(normalised(mark) for mark in joined if mark.strip())
    spaced = any(not mark.strip() for mark in joined)
    ways: dict[int, list[tuple[str, ...]]] = {len(plain): [()]}
    for start in range(len(plain) - 1, -1, -1):
        found: list[tuple[str, ...]] = []
        for name, option in names.items():
            if name and plain.startswith(name, start):
                end = gap(plain, start + len(name), marks, spaced)
                found += [(option, *rest) for rest in ways.get(end, ())] if end is not None else []
        distinct = list({frozenset(one): one for one in found}.values())
        ways[start] = distinct[:MOST_WAYS]
    return [tuple(dict.fromkeys(way)) for way in ways.get(0, [])] if plain else [()]


def gap(text: str, place: int, marks: tuple[str, ...], spaced: bool) -> int | None:
    """Give where the next name starts after what stands between; None when nothing does."""
    if place == len(text):
        return place
    start = place
    while place < len(text) and text[place] == " ":
        place += 1
    mark = next((one for one in marks if text.startswith(one, place)), None)
    if mark is not None:
        place += len(mark)
        while place < len(text) and text[place] == " ":
            place += 1
        return place
    return place if spaced and place > start else None


def joined_ids(chosen: Collection[str], question: Question) -> str:
    """Write what was chosen, in the question's order."""
    return JOINED.join(option.id for option in question.options if option.id in chosen)
