"""The maturity level by the group: each chooses a descriptor in silence and cites a fact, then they agree."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from assessment.faults import Fault, refuse
from assessment.framework.model import Framework
from assessment.practices.shape import Block, Blocks, Number, Text
from assessment.scoring.maturity import DIVIDED, SURE

FORMAT, VERSION = "apprenance-group-level", 1

FEWEST, USUAL, MOST = 3, 10, 30
"""People of a group: the blueprint asks for ten to twelve."""

NAMED = Text(200, needed=True)
CHOICE = Block({"dimension": NAMED, "maturity_level": NAMED, "fact": Text(1000)}, ("dimension", "maturity_level"))

SHAPE = Block(
    {
        "format": Text(),
        "version": Number(1, VERSION, whole=True),
        "people": Number(FEWEST, MOST, whole=True),
        "dimensions": Blocks(Block({"dimension": NAMED}, ("dimension",)), 200),
        "turns": Blocks(Block({"choices": Blocks(CHOICE, 200)}, ("choices",)), MOST),
        "revealed": Number(0, 1, whole=True),
        "agreed": Blocks(
            Block({"dimension": NAMED, "maturity_level": NAMED, "why": Text()}, ("dimension", "maturity_level")), 200
        ),
    },
    ("format", "version"),
)

SPREAD_COLUMNS = ("dimension", "maturity_level", "count", "facts")
"""One row is one level of one dimension: how many of the group chose it, and the facts they cite."""

COMPARED_COLUMNS = (
    "dimension",
    "chosen",
    "lowest",
    "highest",
    "group_level",
    "score",
    "maturity_level",
    "probability",
    "n",
    "below",
    "above",
    "reading",
    "reason",
)
"""One row is one dimension the group has agreed on: numbers of levels, counted from 1, and the released row beside."""


def new_group() -> dict[str, Any]:
    """Give a sheet on which nothing has begun.

    Examples
    --------
    >>> new_group()["turns"]
    []
    """
    return {"format": FORMAT, "version": VERSION, "dimensions": [], "turns": [], "revealed": 0, "agreed": []}


def check_group(document: Mapping[str, Any], framework: Framework) -> Mapping[str, Any]:
    """Return a sheet, or raise with all that is wrong with it.

    Parameters
    ----------
    document
        The sheet.
    framework
        The instrument whose dimensions and levels it names.
    """
    faults = list(SHAPE.faults(document, {"block": ""}))
    refuse(*faults)
    refuse(*unknown(document, framework))
    return document


def unknown(document: Mapping[str, Any], framework: Framework) -> Iterator[Fault]:
    """Tell what a sheet names that the instrument does not have."""
    known = {"dimension": {one.id for one in framework.dimensions}, "maturity_level": set(levels_of(framework))}
    choices = [one for turn in document.get("turns") or () for one in turn["choices"]]
    for one in (*(document.get("dimensions") or ()), *choices, *(document.get("agreed") or ())):
        for key, allowed in known.items():
            if key in one and one[key] not in allowed:
                yield Fault(
                    "value_not_allowed", {"key": key}, {"value": one[key], "allowed": ", ".join(sorted(allowed))}
                )


def levels_of(framework: Framework) -> list[str]:
    """Give the ids of the levels, from the lowest."""
    return [one.id for one in framework.maturity_levels]


def dimensions_in(document: Mapping[str, Any]) -> list[str]:
    """Give the dimensions the group speaks of, in its order."""
    return [one["dimension"] for one in document.get("dimensions") or ()]


def begin(document: Mapping[str, Any], people: int, dimensions: Sequence[str]) -> dict[str, Any]:
    """Give a sheet with its number of people and its dimensions; what was chosen for others is left out of no turn."""
    return {**document, "people": people, "dimensions": [{"dimension": one} for one in dimensions]}


def add_turn(document: Mapping[str, Any], choices: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Give a sheet with one more person's choices; no name, and in an order that tells nobody who it was."""
    turns = [*(document.get("turns") or ()), {"choices": [dict(one) for one in choices]}]
    return {**document, "turns": sorted(turns, key=repr)}


def all_have_chosen(document: Mapping[str, Any]) -> bool:
    """Say whether as many have chosen as there are people."""
    return 0 < (document.get("people") or 0) <= len(document.get("turns") or ())


def is_choosing(document: Mapping[str, Any]) -> bool:
    """Say whether people are choosing: no level by the answers may be in their sight.

    Examples
    --------
    >>> is_choosing(new_group()), is_choosing(begin(new_group(), 10, ["team_learning"]))
    (False, True)
    """
    return bool(document.get("people")) and not document.get("revealed")


def reveal(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give a sheet whose choices are open to all; as it was, as long as somebody has yet to choose."""
    return {**document, "revealed": 1} if all_have_chosen(document) else dict(document)


def agree(document: Mapping[str, Any], dimension: str, maturity_level: str | None, why: str = "") -> dict[str, Any]:
    """Give a sheet with the level the group agrees on; None = it does not, or no longer."""
    others = [one for one in document.get("agreed") or () if one["dimension"] != dimension]
    own = {"dimension": dimension, "maturity_level": maturity_level, "why": why}
    return {**document, "agreed": [*others, *([own] if maturity_level else [])]}


def spread_of(document: Mapping[str, Any], framework: Framework) -> pd.DataFrame:
    """Learn how many of the group chose each level, once all have chosen and the choices are open.

    Parameters
    ----------
    document
        A sheet, as `check_group` lets it pass.
    framework
        The instrument, for its levels.

    Returns
    -------
    pandas.DataFrame
        `SPREAD_COLUMNS`: every level of every dimension the group speaks of; no row before the choices are open.
        Counts only: ten people who speak with one another are no sample, so no mean and no interval.

    Notes
    -----
    **Missing answers**: who has no view on a dimension chooses nothing there and is not counted.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> sheet = begin(new_group(), 3, ["team_learning"])
    >>> for level in ("started", "started", "shared"):
    ...     sheet = add_turn(sheet, [{"dimension": "team_learning", "maturity_level": level, "fact": "a"}])
    >>> len(spread_of(sheet, framework)), spread_of(reveal(sheet), framework)["count"].tolist()
    (0, [0, 2, 0, 1, 0])
    """
    if not document.get("revealed"):
        return pd.DataFrame(columns=list(SPREAD_COLUMNS))
    rows = []
    for dimension in dimensions_in(document):
        own = choices_for(document, dimension)
        for level in levels_of(framework):
            facts = [one.get("fact", "").strip() for one in own if one["maturity_level"] == level]
            rows.append((dimension, level, len(facts), tuple(fact for fact in facts if fact)))
    return pd.DataFrame(rows, columns=list(SPREAD_COLUMNS))


def choices_for(document: Mapping[str, Any], dimension: str) -> list[Mapping[str, str]]:
    """Give everybody's choice for a dimension."""
    return [one for turn in document["turns"] for one in turn["choices"] if one["dimension"] == dimension]


def compare_levels(
    document: Mapping[str, Any], dimensions: pd.DataFrame, framework: Framework, wave: str
) -> pd.DataFrame:
    """Learn where the group's level is not the one of the answers.

    Parameters
    ----------
    document
        A sheet, as `check_group` lets it pass.
    dimensions
        The *released* dimensions.
    framework
        The instrument.
    wave
        The wave whose answers stand beside.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension the group has agreed on, in the instrument's order: `COMPARED_COLUMNS`. ``below`` and
        ``above`` are the levels the answers lie in or between; ``reading``: ``group_higher``, ``group_lower``,
        ``alike`` (the group's level is one of them), ``divided``, None where the answers have no level.

    Notes
    -----
    **Missing answers**: a dimension that is hidden, or was not fielded, has no reading, with its reason. Nothing is
    tested: the row opens a conversation.
    """
    own = dimensions[(dimensions["wave"] == wave) & (dimensions["perspective"] == "reality")]
    released = {row["dimension"]: row for row in own.to_dict("records")}
    agreed = {one["dimension"]: one["maturity_level"] for one in document.get("agreed") or ()}
    numbers = {level: number for number, level in enumerate(levels_of(framework), 1)}
    names = [one.id for one in framework.dimensions if one.id in agreed] if document.get("revealed") else []
    rows = []
    for dimension in names:
        chosen = [numbers[one["maturity_level"]] for one in choices_for(document, dimension)]
        ends = (len(chosen), min(chosen, default=None), max(chosen, default=None))
        beside = beside_answers(numbers[agreed[dimension]], released.get(dimension, {}), framework)
        rows.append((dimension, *ends, numbers[agreed[dimension]], *beside))
    return pd.DataFrame(rows, columns=list(COMPARED_COLUMNS), dtype=object)


def beside_answers(level: int, row: Mapping[str, Any], framework: Framework) -> tuple:
    """Set a level of the group beside a released row: from ``score`` on, as in `COMPARED_COLUMNS`."""
    known = row.get("maturity_level")
    if not isinstance(known, str):
        reason = row.get("reason")
        return None, None, None, None, None, None, None, reason if isinstance(reason, str) else "not_asked"
    numbers = row["score"], known, row["probability"], row["n"]
    if known == DIVIDED:
        return *numbers, None, None, DIVIDED, None
    below, above = levels_between(row["score"], known, row["probability"], framework)
    reading = "group_lower" if level < below else "group_higher" if level > above else "alike"
    return *numbers, below, above, reading, None


def levels_between(score: float, level: str, probability: float, framework: Framework) -> tuple[int, int]:
    """Give the numbers of the levels that a score lies in, twice the same one, or between.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> levels_between(46.0, "organised", 0.62, framework), levels_between(46.0, "organised", 0.95, framework)
    ((2, 3), (3, 3))
    """
    starts = [*(100 * one.start for one in framework.maturity_levels), 100.0]
    number = levels_of(framework).index(level)
    if not np.isfinite(probability) or probability >= SURE:
        return number + 1, number + 1
    last = len(starts) - 2
    is_nearer_below = score < (starts[number] + starts[number + 1]) / 2 if 0 < number < last else number > 0
    return (number, number + 1) if is_nearer_below else (number + 1, number + 2)
