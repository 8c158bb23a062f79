"""The chapter of the differences: roles and units compared, and what has changed since the last time."""

import pandas as pd

from assessment.apps.campaign import Campaign
from assessment.apps.charted import charted, charted_passage, with_charts
from assessment.apps.looking import Choice
from assessment.figures.chapters import chapter_parts
from assessment.figures.passages import Passage
from assessment.figures.rows import lines


def tell_differences(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell who differs from whom, and what has changed.

    Parameters
    ----------
    campaign
        What was released, further tables too.
    chosen
        Wave and language.
    """
    tables = further_of(campaign, chosen.wave)
    asked = (tables, campaign.framework, chosen.language)
    settings = {"names": campaign.unit_names, "min_group": campaign.settings.min_group}
    told = [with_its_chart(one, tables, campaign, chosen) for one in chapter_parts("differences", *asked, **settings)]
    first = [one for one in told if one.id == "roles"]
    return [*first, *units_told(campaign, chosen), *(one for one in told if one.id != "roles")]


def further_of(campaign: Campaign, wave: str) -> dict[str, pd.DataFrame]:
    """Give the further tables of one wave."""
    return {name: table[table["wave"] == wave] for name, table in campaign.further.items() if "wave" in table}


def with_its_chart(told: Passage, tables: dict[str, pd.DataFrame], campaign: Campaign, chosen: Choice) -> Passage:
    """Draw what can be drawn of a passage: roles against one of them, the course from wave to wave."""
    if told.id == "roles":
        return with_charts(told, charted("roles", tables["comparisons"], campaign, chosen.language))
    if told.id == "waves":
        rows = up_to(campaign.released["dimensions"], campaign.waves, chosen.wave)
        compared = up_to(campaign.further["comparisons"], campaign.waves, chosen.wave)
        return with_charts(told, charted("waves", rows, campaign, chosen.language, comparisons=compared))
    return told


def up_to(table: pd.DataFrame, waves: list[str], wave: str) -> pd.DataFrame:
    """Give the rows of a wave and those before it, in the order of waves."""
    known = waves[: waves.index(wave) + 1]
    return pd.concat([table[table["wave"] == one] for one in known], ignore_index=True)


def units_told(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Show the units against the dimensions, in the order of the lowest discipline; nothing of a single unit."""
    rows = campaign.groups(chosen.wave, "unit")
    rows = rows[rows["perspective"] == "reality"]
    if rows["group"].nunique() < 2:
        return []
    whole = campaign.rows("scores", chosen.wave)
    lowest = lowest_discipline(whole, campaign, chosen.language)
    settings = {"names": campaign.unit_names, "sort_by": lowest}
    rows = pd.concat([whole[whole["perspective"] == "reality"], rows], ignore_index=True)
    return [charted_passage("units", "groups", rows, campaign, chosen.language, **settings)]


def lowest_discipline(whole: pd.DataFrame, campaign: Campaign, language: str) -> str:
    """Give the organisation's lowest discipline; its first dimension where none has a score."""
    reach = {one.id for one in campaign.framework.dimensions if one.reach}
    scored = [
        line for line in lines(whole, campaign.framework, language) if line.number("reality", "score") is not None
    ]
    among = [line for line in scored if line.dimension in reach] or scored
    if not among:
        return campaign.framework.dimensions[0].id
    return min(among, key=lambda line: line.number("reality", "score")).dimension
