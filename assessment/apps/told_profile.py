"""The chapter of the profile: where the organisation or a group stands, and how far it is from its wish."""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from assessment.apps.campaign import Campaign
from assessment.apps.charted import charted, charted_passage, with_charts
from assessment.apps.looking import Choice
from assessment.figures.context import describe_tension_context
from assessment.figures.passages import Passage
from assessment.figures.readings import overall_words
from assessment.figures.rows import records
from assessment.figures.tension import table_tension

PARTS = (("disciplines", ("disciplines",)), ("predispositions", ("predispositions",)), ("others", None))
"""The passages of the profile and the families each shows; None = those no other passage shows."""

AROUND = 3
"""Dimensions from which a radar is a shape."""


def tell_profile(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell where the chosen cell stands.

    Parameters
    ----------
    campaign
        What was released.
    chosen
        Wave, unit, role and language.

    Examples
    --------
    >>> from assessment.apps.profile import example_campaign
    >>> told = tell_profile(example_campaign(), Choice("en", "profile", "2026"))
    >>> [(one.id, len(one.charts)) for one in told]
    [('disciplines', 2), ('predispositions', 1), ('others', 1), ('tension', 1)]
    """
    scores = campaign.rows("scores", chosen.wave, **chosen.cell)
    told = [part_told(part, rows, campaign, chosen) for part, rows in profile_parts(scores, campaign)]
    tension = campaign.rows("tension", chosen.wave, **chosen.cell)
    return [*told, tension_told(tension, campaign, chosen)] if len(tension) else told


def profile_parts(scores: pd.DataFrame, campaign: Campaign) -> Iterator[tuple[str, pd.DataFrame]]:
    """Split the profile's rows by passage; a framework of other families is one passage."""
    family = scores["dimension"].map({one.id: one.family for one in campaign.framework.dimensions})
    named = {one for _, families in PARTS if families for one in families}
    for part, families in PARTS:
        rows = scores[family.isin(families) if families else ~family.isin(named)]
        if len(rows):
            yield part, rows


def part_told(part: str, rows: pd.DataFrame, campaign: Campaign, chosen: Choice) -> Passage:
    """Tell one part of the profile; of the disciplines, as a shape too, and what they make together."""
    told = charted_passage(part, "profile", rows, campaign, chosen.language)
    if part != PARTS[0][0]:
        return told
    if rows["dimension"].nunique() >= AROUND:
        told = with_charts(told, charted("radar", rows, campaign, chosen.language), *told.charts)
    overall = campaign.released["overall"]
    whole = records(overall[overall["wave"] == chosen.wave])
    if chosen.cell or not whole:
        return told
    words = overall_words(whole[0], campaign.framework, chosen.language, campaign.settings.min_group)
    return replace(told, told=words)


def tension_told(tension: pd.DataFrame, campaign: Campaign, chosen: Choice) -> Passage:
    """Tell the gaps, and beside them what limits their reading."""
    told = charted_passage("tension", "tension", tension, campaign, chosen.language)
    context = campaign.rows("tension_context", chosen.wave, **chosen.cell)
    if context.empty:
        return told
    arguments = (campaign.framework, chosen.language)
    settings = {"min_group": campaign.settings.min_group}
    limits = describe_tension_context(context, *arguments, **settings)
    columns, rows = table_tension(tension, *arguments, context=context, **settings)
    return replace(told, told=f"{told.told} {limits}".strip(), columns=columns, rows=rows)
