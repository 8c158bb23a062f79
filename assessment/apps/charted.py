"""Figures as the diagnostic shows them: a chart under its finding, in words for those who do not see it, its table."""

from collections.abc import Callable

import pandas as pd

from assessment import figures
from assessment.apps.campaign import Campaign
from assessment.figures.headlines import source_note
from assessment.figures.passages import Passage, Picture, passage


def charted(figure: str, rows: pd.DataFrame, campaign: Campaign, language: str, **settings: object) -> Picture:
    """Draw a figure.

    Parameters
    ----------
    figure
        Its name in `assessment.figures`.
    rows
        The released rows it draws.
    campaign
        Whose they are: its instrument and its threshold.
    language
        ``"fr"`` or ``"en"``.
    settings
        What the figure takes besides.

    Examples
    --------
    >>> from assessment.apps.profile import example_campaign
    >>> example = example_campaign()
    >>> charted("profile", example.rows("scores", "2026"), example, "en").note.split(". ")[0]
    'n = 172 to 246 responses, wave 2026'
    """
    arguments = (rows, campaign.framework, language)
    known = {"min_group": campaign.settings.min_group, **settings}
    return Picture(
        of(figure, "plot")(*arguments, **known).to_dict(validate=False),  # our own charts, tested
        of(figure, "describe")(*arguments, **known),
        of(figure, "title")(*arguments, **settings),
        source_note(rows, campaign.framework, language),
    )


def charted_passage(
    name: str, figure: str, rows: pd.DataFrame, campaign: Campaign, language: str, **settings: object
) -> Passage:
    """Tell a figure as a passage: its chart, and what it says in words and in its table.

    Parameters
    ----------
    name
        The passage's id; its title and note stand in the words as ``title_…`` and ``note_…``.
    figure, rows, campaign, language, settings
        As in `charted`.
    """
    chart = charted(figure, rows, campaign, language, **settings)
    known = {"min_group": campaign.settings.min_group, **settings}
    table = of(figure, "table")(rows, campaign.framework, language, **known)
    return with_charts(passage("diagnostic", name, language, chart.alt, table), chart)


def with_charts(told: Passage, *charts: Picture) -> Passage:
    """Give a passage with charts."""
    return Passage(told.id, told.title, told.told, told.note, told.columns, told.rows, told.points, charts)


def of(figure: str, part: str) -> Callable:
    """Give one of a figure's functions."""
    return getattr(figures, f"{part}_{figure}")
