"""ODK Central and ODK Briefcase: the CSV of a form, its groups before a ``-``; repeated groups are tables apart."""

from dataclasses import replace

from assessment.responses.readers import kobo
from assessment.responses.readers.export import Export
from assessment.responses.readers.grids import Grid

TOOL = "odk"
SIGNS = {"SubmissionDate", "KEY", "meta-instanceID", "SubmitterID", "ReviewState", "__id"}


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of ODK."""
    return len(set(grid.headings) & SIGNS) >= 2


def read(grid: Grid) -> Export:
    """Read an export of ODK, which has the headings of KoboToolbox under other names."""
    return replace(kobo.read(grid), tool=TOOL)
