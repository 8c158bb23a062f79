"""One durable file for one organisation, or one database on a shared server, with the same tables and rules.

- ``schema``: the tables; ``about``: what a workspace says of itself; ``seals``: a seal on every row
- ``opening``: the door; ``recognising``: whether a file can be trusted; ``files``, ``server``: the two ways to keep it
- ``migrations``: from older versions; ``places``: synchronised folders; ``machine``: one machine writes at a time
- ``workspace``: what is open, its transactions; ``trouble``: a database's errors in words; ``clock``; ``packing``
- ``writing``: documents and their revisions; ``history``: their states; ``stores``: a document as one page sees it
- ``maps``; ``sheets``: practices, roadmap, units, settings
- ``frameworks``, ``campaigns``, ``waves``, ``choosing``; ``planning``: what was announced before anybody answered
- ``answers``, ``deliveries``, ``collecting``, ``paper``: responses; ``withdrawals``: an import taken back, and put back
- ``tokens``: who may answer
- ``releases``: what was let out; ``measuring``: a campaign scored and released once; ``tables``: tables as plain data
- ``copies``: download, upload, from a file to a server; ``integrity``: whether all of it holds together
"""

from assessment.workspace.campaigns import Campaign, add_campaign, close_wave, framework_of, list_campaigns
from assessment.workspace.choosing import campaign_for, last_campaign
from assessment.workspace.collecting import Response, open_collection, receive
from assessment.workspace.copies import pour, receive_copy, save_copy, workspace_bytes
from assessment.workspace.deliveries import (
    Received,
    add_responses,
    forget_respondent,
    list_deliveries,
    responses_of,
    verbatims_of,
)
from assessment.workspace.frameworks import add_framework
from assessment.workspace.integrity import check_workspace
from assessment.workspace.maps import MapStore, list_maps
from assessment.workspace.measuring import Measured, measure_campaign
from assessment.workspace.opening import open_workspace
from assessment.workspace.planning import PlanStore, plan_campaign, smallest_group, unplan_campaign
from assessment.workspace.releases import Overtaken, earlier_releases, keep_release, list_releases, released_tables
from assessment.workspace.sheets import PracticeStore, RoadmapStore, SettingsStore, UnitsStore, list_practices
from assessment.workspace.tokens import add_tokens, count_tokens
from assessment.workspace.waves import drop_wave, last_wave, open_wave, released_waves
from assessment.workspace.withdrawals import Withdrawn, put_back, take_back
from assessment.workspace.workspace import Workspace
from assessment.workspace.writing import Stale

__all__ = [
    "Campaign",
    "MapStore",
    "Measured",
    "Overtaken",
    "PlanStore",
    "PracticeStore",
    "Received",
    "Response",
    "RoadmapStore",
    "SettingsStore",
    "Stale",
    "UnitsStore",
    "Withdrawn",
    "Workspace",
    "add_campaign",
    "add_framework",
    "add_responses",
    "add_tokens",
    "campaign_for",
    "check_workspace",
    "close_wave",
    "count_tokens",
    "drop_wave",
    "earlier_releases",
    "forget_respondent",
    "framework_of",
    "keep_release",
    "last_campaign",
    "last_wave",
    "list_campaigns",
    "list_deliveries",
    "list_maps",
    "list_practices",
    "list_releases",
    "measure_campaign",
    "open_collection",
    "open_wave",
    "open_workspace",
    "plan_campaign",
    "pour",
    "put_back",
    "receive",
    "receive_copy",
    "released_tables",
    "released_waves",
    "responses_of",
    "save_copy",
    "smallest_group",
    "take_back",
    "unplan_campaign",
    "verbatims_of",
    "workspace_bytes",
]
