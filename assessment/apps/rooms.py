"""The rooms of the diagnostic, made for the campaign that it shows: the workspace's, the example, or a file."""

from os import PathLike
from typing import Protocol

import pandas as pd

from assessment.apps.campaign import Campaign
from assessment.apps.elsewhere import Elsewhere
from assessment.apps.group_level import GroupLevel
from assessment.apps.looking import Choice
from assessment.apps.texts_read import TextsRead, kept_texts
from assessment.example import example_reading, load_example
from assessment.practices.texts_read import new_reading
from assessment.scoring.verbatims import COLUMNS, release_verbatims
from assessment.widgets.chart_page import ChartPage
from assessment.workspace import Workspace


class Page(Protocol):
    """What a room needs to know of the diagnostic."""

    campaign: Campaign
    home: Campaign
    workspace: Workspace | str | PathLike | None
    view: ChartPage

    @property
    def chosen(self) -> Choice:
        """What is looked at."""
        ...


def kept_in(page: Page) -> Workspace | str | PathLike | None:
    """Give the workspace that keeps what is done; none for the example, or a file that is only looked at."""
    return page.workspace if page.campaign is page.home and not page.campaign.fictional else None


def texts_room(page: Page) -> TextsRead:
    """Make the room of what people wrote."""
    campaign, workspace = page.campaign, kept_in(page)
    where = (lambda: page.chosen.wave, campaign.settings.min_group, workspace, campaign.id)
    begin = example_reading if campaign.fictional else new_reading
    return TextsRead(campaign.framework, texts_of(campaign, workspace), *where, begin)


def texts_of(campaign: Campaign, workspace: Workspace | str | PathLike | None) -> pd.DataFrame:
    """Release what people wrote; a responses file has no texts."""
    least = campaign.settings.min_group
    if workspace is not None:
        return kept_texts(workspace, campaign.id, least)
    if campaign.fictional:
        example = load_example()
        return release_verbatims(example.verbatims, example.responses, least)
    return pd.DataFrame(columns=list(COLUMNS))


def group_level_room(page: Page) -> GroupLevel:
    """Make the room of the level by the group."""
    campaign = page.campaign
    where = (lambda: page.chosen.wave, campaign.settings.min_group, kept_in(page), campaign.id)
    return GroupLevel(campaign.framework, campaign.released["dimensions"], *where)


def elsewhere_room(page: Page) -> Elsewhere:
    """Make the room of other organisations."""
    campaign = page.campaign
    where = (lambda: page.chosen.wave, page.view.send_file, campaign.settings.min_group, kept_in(page))
    return Elsewhere(campaign.framework, campaign.released, *where)
