"""What can be compared: the items put to both sides, with the same referent and in the same words."""

from collections.abc import Iterable

import pandas as pd

from assessment.framework.model import Framework, Item
from assessment.responses.answers import MISSING
from assessment.responses.columns import answer_columns

FEWEST = 2
"""Common items below which nothing is compared."""

Kinds = Iterable[tuple[str, str]]


def on_common_items(
    first: pd.DataFrame, second: pd.DataFrame, framework: Framework, one_wording: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Keep of two sets of responses the answer columns that can be compared.

    Parameters
    ----------
    first, second
        Responses tables: one row is one response.
    framework
        The instrument.
    one_wording
        Between roles: whether all on both sides must meet an item in one and the same wording. Otherwise (waves, forms)
        the same roles stand on both sides, each with its own words.

    Returns
    -------
    tuple of pandas.DataFrame
        Both without the answer columns that are not common: as if those had not been fielded.

    Notes
    -----
    Missing answers: an answer column that is empty on one side altogether was not fielded there.

    An item is common when each side has somebody to whom it is put, under the same referent and in the same words.
    """
    sides = [set(zip(one["role"], one["form"], strict=True)) for one in (first, second)]
    kept = {item.id for item in framework.items if same_words(item, framework, *sides, one_wording)}
    dropped = [
        column.name
        for column in answer_columns(framework)
        if column.name in first and not (column.item.id in kept and was_fielded(column.name, first, second))
    ]
    return first.drop(columns=dropped), second.drop(columns=dropped)


def same_words(item: Item, framework: Framework, first: Kinds, second: Kinds, one_wording: bool) -> bool:
    """Say whether an item is put to both sides in the same words."""
    own, others = (wordings(item, framework, kinds) for kinds in (first, second))
    return bool(own & others) and (not one_wording or len(own | others) == 1)


def wordings(item: Item, framework: Framework, kinds: Kinds) -> set[tuple]:
    """Give the texts and referents under which people of these roles and forms meet an item."""
    met = (framework.wording_for(item, role) for role, form in kinds if framework.is_asked(item, role, form))
    return {(tuple(sorted(text.items())), referent) for text, referent in met}


def was_fielded(column: str, *sides: pd.DataFrame) -> bool:
    """Say whether anybody on each side left anything in an answer column."""
    return all((side[column] != MISSING).any() for side in sides)
