"""ODK Central and ODK Briefcase: the CSV of a form, its groups before a ``-``; repeated groups are tables apart."""

from dataclasses import replace

from assessment.responses.readers import kobo
from assessment.responses.readers.export import Export
from assessment.responses.readers.grids import Grid

TOOL = "odk"
SIGNS = {"SubmissionDate", "KEY", "meta-instanceID", "SubmitterID", "ReviewState", "__id", "__system/submissionDate"}


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of ODK."""
    return len(set(grid.headings) & SIGNS) >= 2


def read(grid: Grid) -> Export:
    """Read an export of ODK, which has the headings of KoboToolbox under other names."""
    export = kobo.read(grid)
    columns = [replace(one, code=one.code.replace("-", kobo.PATH)) for one in export.columns]
    return replace(export, tool=TOOL, columns=tuple(columns))
