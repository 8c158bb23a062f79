"""The chapters about items, the agenda and reliability: what the further tables tell, with their charts."""

from dataclasses import replace

import pandas as pd

from assessment.apps.campaign import Campaign
from assessment.apps.charted import charted, with_charts
from assessment.apps.differences import further_of
from assessment.apps.looking import Choice
from assessment.figures import describe_unplaced
from assessment.figures.chapters import chapter_parts
from assessment.figures.headlines import source_note
from assessment.figures.item_labels import item_parts
from assessment.figures.passages import Passage

DRAWN = {
    "participation": "participation",
    "measurement": "measurement",
    "discriminant": "discriminant",
    "agreement": "agreement_across",
    "items": "item_answers",
}
"""The table whose rows the charts of a passage draw."""

NOTHING = pd.DataFrame(columns=["wave", "n"])


def tell_items(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell how the items of one dimension were answered, reality and then vision.

    Parameters
    ----------
    campaign
        What was released, further tables too.
    chosen
        Wave, dimension and language.
    """
    tables = further_of(campaign, chosen.wave)
    if "item_answers" not in tables:
        return []
    asked = {"dimension": chosen.dimension, "min_group": campaign.settings.min_group}
    told = item_parts(tables, campaign.framework, chosen.language, **asked)
    # one name whatever the dimension: what is open stays open when another is chosen
    rows = tables["item_answers"]
    rows = rows[rows["dimension"] == chosen.dimension]
    return [replace(sourced(one, rows, campaign, chosen), id="answers") for one in told]


def sourced(told: Passage, rows: pd.DataFrame, campaign: Campaign, chosen: Choice) -> Passage:
    """Give each chart of a passage its source, which a picture that is taken along must hold."""
    note = source_note(rows, campaign.framework, chosen.language)
    return replace(told, charts=tuple(replace(one, note=one.note or note) for one in told.charts))


def tell_agenda(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell what to talk about, the priorities as a matrix too."""
    tables = further_of(campaign, chosen.wave)
    told = parts_told("agenda", campaign, chosen)
    return [with_matrix(one, tables["priorities"], campaign, chosen) if one.id == "priorities" else one for one in told]


def with_matrix(told: Passage, rows: pd.DataFrame, campaign: Campaign, chosen: Choice) -> Passage:
    """Draw the priorities; what has no place in the picture is named."""
    chart = charted("priorities", rows, campaign, chosen.language)
    absent = describe_unplaced(rows, campaign.framework, chosen.language)
    return with_charts(told, replace(chart, alt=f"{chart.alt} {absent}".strip()))


def tell_reliability(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell how far the numbers may be trusted."""
    tables = further_of(campaign, chosen.wave)
    told = parts_told("trust", campaign, chosen)
    return [sourced(one, tables.get(DRAWN.get(one.id), NOTHING), campaign, chosen) for one in told]


def parts_told(chapter: str, campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell a chapter of `assessment.figures`."""
    asked = (chapter, further_of(campaign, chosen.wave), campaign.framework, chosen.language)
    return chapter_parts(*asked, names=campaign.unit_names, min_group=campaign.settings.min_group)
