"""KoboToolbox and ODK: CSV, workbook or JSON, in XML values or in labels, groups before a ``/`` or ``-``.

A question with several answers is one column of all of them with blanks between, one for each with 1 and 0, or both:
the single ones count, for labels that hold blanks cannot be told apart.

References
----------
kobotoolbox/formpack, ``export.py``; ODK Central, "OData and CSV columns".
"""

import re
from dataclasses import replace

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

TOOL = "kobo"
PATH = "/"
"""Between a group and what stands in it."""

NOTES = re.compile(r"(.*[/-])?note_(welcome|p\d+[RV]\d*)")
"""Texts that our own forms show and nobody answers; ODK has an empty column for each."""

SYSTEM = "__system/"
IDS = ("_uuid", "meta/instanceID", "meta-instanceID", "instanceID", "KEY", "__id", "_id")
"""What names a response for good, the surest first."""

OWN = (
    "_id",
    "_index",
    "_parent_index",
    "_status",
    "_notes",
    "_tags",
    "__version__",
    "_validation_status",
    "_xform_id_string",
)
OWN += (
    "formhub/uuid",
    "meta/rootUuid",
    "meta/instanceName",
    "SubmitterID",
    "SubmitterName",
    "AttachmentsPresent",
    "Status",
)
OWN += ("AttachmentsExpected", "ReviewState", "DeviceID", "Edits", "FormVersion", "_attachments", "_bamboo_dataset_id")
OWN += (
    "Status",
    "_xform_id_string",
    "_submitted_by",
    "_submission_time",
    "SubmissionDate",
    "rootUuid",
    "deviceid",
    "_version_",
)
REJECTED = ("Not Approved", "Non approuvé", "rejected", "validation_status_not_approved")
SIGNS = {"_uuid", "_submission_time", "_xform_id_string", "formhub/uuid", "KEY", "SubmissionDate", "meta-instanceID"}


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of KoboToolbox or ODK."""
    found = set(grid.headings)
    return len(found & SIGNS) >= 2 or grid.headings[:2] == ("start", "end") or {"_id", "_uuid"} <= found


def read(grid: Grid) -> Export:
    """Read an export; responses somebody has not approved are left out."""
    number = next((name for name in IDS if name in grid.headings), "")

    def kind_of(code: str) -> str:
        if code == number:
            return RESPONDENT
        if code in ("start", "end", "today", "deviceid", "_submitted_by", "_submission_time", "SubmissionDate"):
            return PERSONAL
        if code in OWN or code in IDS or NOTES.fullmatch(code):
            return TECHNICAL
        return PERSONAL if code.startswith(SYSTEM) else QUESTION

    export = without_joined(make_export(TOOL, grid, kind_of=kind_of))
    return without(export, export.column("_validation_status"), lambda cell: cell in REJECTED, INCOMPLETE)


def without_joined(export: Export) -> Export:
    """Leave out the column of all answers where each has its own; elsewhere blanks may stand between them."""
    codes = [column.code for column in export.columns]
    parents = {code for code in codes if sum(other.startswith(f"{code}/") for other in codes) > 1}
    columns = [replace(one, kind=TECHNICAL) if one.code in parents else one for one in export.columns]
    return replace(export, columns=tuple(columns), joined=(*export.joined, " "))
