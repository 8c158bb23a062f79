"""What can be compared: the items put to both sides, with the same referent and in the same words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING
from assessment.responses.columns import answer_columns

FEWEST = 2
"""Common items below which nothing is compared."""


@dataclass(frozen=True)
class Met:
    """What a set of respondents met.

    Parameters
    ----------
    words
        The texts and referents under which they met each item, by the item's id.
    fielded
        The answer columns anybody left anything in.
    """

    words: Mapping[str, frozenset]
    fielded: frozenset[str]


def met(responses: pd.DataFrame, framework: Framework) -> Met:
    """Learn what these respondents met: an answer column that is empty altogether was not fielded."""
    kinds = set(zip(responses["role"], responses["form"], strict=True))
    words = {item.id: wordings(item, framework, kinds) for item in framework.items}
    names = [column.name for column in answer_columns(framework) if column.name in responses]
    filled = (responses[names].to_numpy() != MISSING).any(axis=0)
    return Met(words, frozenset(name for name, any_one in zip(names, filled, strict=True) if any_one))


def wordings(item: Item, framework: Framework, kinds: Iterable[tuple[str, str]]) -> frozenset:
    """Give the texts and referents under which people of these roles and forms meet an item."""
    ways = (framework.wording_for(item, role) for role, form in kinds if framework.is_asked(item, role, form))
    return frozenset((tuple(sorted(text.items())), referent) for text, referent in ways)


def common_columns(first: Met, second: Met, framework: Framework, one_wording: bool = False) -> frozenset[str]:
    """Name the answer columns that can be compared between two sets of respondents.

    Parameters
    ----------
    first, second
        What each met.
    framework
        The instrument.
    one_wording
        Between roles: whether all on both sides must meet an item in one and the same wording. Otherwise (waves, forms)
        the same roles stand on both sides, each with its own words.
    """
    return frozenset(
        column.name
        for column in answer_columns(framework)
        if column.name in first.fielded & second.fielded
        and same_words(first.words[column.item.id], second.words[column.item.id], one_wording)
    )


def same_words(own: frozenset, others: frozenset, one_wording: bool) -> bool:
    """Say whether an item is put to both sides in the same words."""
    return bool(own & others) and (not one_wording or len(own | others) == 1)


def only_answers(responses: pd.DataFrame, framework: Framework, kept: frozenset[str]) -> pd.DataFrame:
    """Leave out the answer columns that are not kept: as if those had not been fielded."""
    return responses.drop(
        columns=[one.name for one in answer_columns(framework) if one.name not in kept], errors="ignore"
    )


def on_common_items(
    first: pd.DataFrame, second: pd.DataFrame, framework: Framework
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep of two waves' responses the answer columns that can be compared.

    Parameters
    ----------
    first, second
        Responses tables: one row is one response.
    framework
        The instrument.

    Returns
    -------
    tuple of pandas.DataFrame
        Both without the answer columns that are not common.

    Notes
    -----
    Missing answers: an answer column that is empty on one side altogether was not fielded there.

    An item is common when each side has somebody to whom it is put, under the same referent and in the same words.
    """
    kept = common_columns(met(first, framework), met(second, framework), framework)
    return only_answers(first, framework, kept), only_answers(second, framework, kept)
