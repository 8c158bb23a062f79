"""Levels folded away while a group chooses its own in silence: what the answers say would choose for it."""

from dataclasses import replace

import pandas as pd

from assessment.apps.campaign import Campaign
from assessment.apps.contents import GROUP_LEVEL
from assessment.texts import word

TOLD = ("maturity_level", "probability", "held_back_by")
"""Columns that tell a level, how surely it is known, and what holds it back."""


def without_levels(campaign: Campaign) -> Campaign:
    """Give a campaign as if its instrument had no levels: every score stands, and nothing says what level it makes.

    Parameters
    ----------
    campaign
        What was released.

    Notes
    -----
    **Missing answers**: as in the campaign.

    Examples
    --------
    >>> from assessment.apps.profile import example_campaign
    >>> folded = without_levels(example_campaign())
    >>> folded.framework.maturity_levels, set(folded.released["overall"]["maturity_level"])
    ((), {None})
    """
    return replace(
        campaign,
        framework=replace(campaign.framework, maturity_levels=(), descriptors=()),
        released=tables_without(campaign.released),
        learn=lambda progress: tables_without(campaign.study(progress)),
    )


def tables_without(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Give tables with nothing in the columns that tell of levels, where they have levels at all."""
    return {name: table_without(table) if TOLD[0] in table else table for name, table in tables.items()}


def table_without(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table with nothing in the columns that tell of levels."""
    nothing = pd.Series([None] * len(table), table.index, dtype=object)
    return table.assign(**{name: nothing for name in TOLD if name in table})


def folded_notice(language: str) -> dict:
    """Say why no level is told, and where to go on."""
    action = {"id": "chapter", "label": word("rooms.levels_folded_go", language), "values": {"chapter": GROUP_LEVEL}}
    notice = {"kind": "notice", "id": "levels_folded", "tone": "info"}
    return notice | {
        "title": word("rooms.levels_folded_title", language),
        "lines": [word("rooms.levels_folded", language)],
        "actions": [action],
    }
