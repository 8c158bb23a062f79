"""The chapters about items, the agenda and reliability: what the further tables tell, with their charts."""

from dataclasses import replace

from assessment.apps.campaign import Campaign
from assessment.apps.charted import charted, charted_passage, with_charts
from assessment.apps.differences import further_of
from assessment.apps.looking import Choice
from assessment.figures import describe_unplaced
from assessment.figures.chapters import chapter_parts
from assessment.figures.passages import Passage
from assessment.texts import word


def tell_items(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell how the items of one dimension were answered, reality and then vision.

    Parameters
    ----------
    campaign
        What was released, further tables too.
    chosen
        Wave, dimension and language.
    """
    answers = further_of(campaign, chosen.wave).get("item_answers")
    if answers is None:
        return []
    answers = answers[answers["dimension"] == chosen.dimension]
    asked = [one for one in campaign.framework.perspectives if one in set(answers["perspective"])]
    return [items_told(answers, one, campaign, chosen) for one in asked]


def items_told(answers, perspective: str, campaign: Campaign, chosen: Choice) -> Passage:
    """Tell the items of a dimension under one perspective."""
    rows = answers[answers["perspective"] == perspective]
    told = charted_passage("answers", "answers", rows, campaign, chosen.language, perspective=perspective)
    names = {one.id: one.name[chosen.language] for one in campaign.framework.dimensions}
    title = word(
        "diagnostic.items_of",
        chosen.language,
        dimension=names[chosen.dimension],
        perspective=word(f"figures.{perspective}", chosen.language).lower(),
    )
    return replace(told, id=f"answers_{perspective}", title=title)


def tell_agenda(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell what to talk about, the priorities as a matrix too."""
    tables = further_of(campaign, chosen.wave)
    told = parts_told("agenda", campaign, chosen)
    return [with_matrix(one, tables["priorities"], campaign, chosen) if one.id == "priorities" else one for one in told]


def with_matrix(told: Passage, rows, campaign: Campaign, chosen: Choice) -> Passage:
    """Draw the priorities; what has no place in the picture is named."""
    chart = charted("priorities", rows, campaign, chosen.language)
    absent = describe_unplaced(rows, campaign.framework, chosen.language)
    return with_charts(told, replace(chart, alt=f"{chart.alt} {absent}".strip()))


def tell_reliability(campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell how far the numbers may be trusted."""
    return parts_told("trust", campaign, chosen)


def parts_told(chapter: str, campaign: Campaign, chosen: Choice) -> list[Passage]:
    """Tell a chapter of `assessment.figures`."""
    asked = (chapter, further_of(campaign, chosen.wave), campaign.framework, chosen.language)
    return chapter_parts(*asked, names=campaign.unit_names, min_group=campaign.settings.min_group)
