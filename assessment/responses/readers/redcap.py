"""REDCap: raw values or labels; a question with several answers is a column for each, ``name___code``.

A column ``…_complete`` says how an entry form stands. Where the same form was a survey (it has a ``…_timestamp``), one
that says ``[not completed]`` was never sent.

References
----------
REDCap, "Data exports"; OuhscBbmc/REDCapR.
"""

import re

from assessment.responses.readers.export import (
    INCOMPLETE,
    PERSONAL,
    QUESTION,
    RESPONDENT,
    TECHNICAL,
    Export,
    make_export,
    without,
)
from assessment.responses.readers.grids import Grid

TOOL = "redcap"
IDS = ("record_id", "Record ID", "study_id", "Study ID")
OWN = ("redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "redcap_data_access_group")
OWN += ("Event Name", "Repeat Instrument", "Repeat Instance", "Data Access Group")
WHO = ("redcap_survey_identifier", "Survey Identifier", "name_first", "name_last")
CHOICE = re.compile(r"(.+) \(choice=(.+)\)")
"""A heading of labels: ``Which levers? (choice=Training)``."""


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of REDCap: its number first, and what it writes at the end of a form."""
    named = grid.headings[0] in IDS
    ends = any(one.endswith(("_complete", "Complete?")) or "___" in one for one in grid.headings)
    return (named and ends) or "redcap_event_name" in grid.headings


def read(grid: Grid) -> Export:
    """Read an export of REDCap."""
    first = grid.headings[0]

    def kind_of(code: str) -> str:
        if code == first:
            return RESPONDENT
        if code in WHO or code.endswith(("_timestamp", "Survey Timestamp")):
            return PERSONAL
        return TECHNICAL if code in OWN or code.endswith(("_complete", "Complete?")) else QUESTION

    choices = [CHOICE.fullmatch(one) for one in grid.headings]
    texts = [f"{found[1]} [{found[2]}]" if found else "" for found in choices]
    export = make_export(TOOL, grid, 1, grid.headings, texts, kind_of)
    for column in export.columns:
        if column.kind == PERSONAL and column.code.endswith("timestamp"):
            export = without(export, column, lambda cell: cell == "[not completed]", INCOMPLETE)
    return export
