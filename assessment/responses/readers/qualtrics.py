"""Qualtrics: three rows of headings (codes, wordings, what the tool calls a column), or the two of its older CSV.

Answers are recoded numbers or labels, as the person chose. Trials, and what the tool takes for spam, are no responses.

References
----------
Qualtrics, "Understanding Your Dataset"; ropensci/qualtRics, ``read_survey``.
"""

from assessment.responses.readers.archive import plain
from assessment.responses.readers.export import (
    INCOMPLETE,
    PERSONAL,
    QUESTION,
    RESPONDENT,
    TECHNICAL,
    TEST,
    Export,
    make_export,
    without,
)
from assessment.responses.readers.grids import Grid

TOOL = "qualtrics"
MARK = '{"ImportId"'
LEGACY = ("ResponseID", "V1")
IDS = ("ResponseId", "ResponseID", "V1")
WHO = ("StartDate", "EndDate", "IPAddress", "RecordedDate", "RecipientLastName", "RecipientFirstName", "RecipientEmail")
WHO += ("ExternalReference", "ExternalDataReference", "LocationLatitude", "LocationLongitude", "LocationAccuracy")
OWN = ("Status", "Progress", "Duration (in seconds)", "Finished", "DistributionChannel", "UserLanguage", "ResponseSet")
OLD_WHO = ("V3", "V4", "V5", "V6", "V8", "V9")
"""In the older CSV: name, reference, e-mail, address, start, end."""

TRIALS = ("1", "2", "8", "9", "17", "Survey Preview", "Survey Test", "Spam", "Preview", "Aperçu de l'enquête")


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of Qualtrics."""
    return any(one.replace(" ", "").startswith(MARK) for one in grid.row(3)) or is_legacy(grid)


def is_legacy(grid: Grid) -> bool:
    """Say whether this is its older CSV: two rows of headings, the number of the response first."""
    return grid.headings[0] in LEGACY and "ResponseSet" in (grid.headings[1:2] + grid.row(2)[1:2])


def read(grid: Grid) -> Export:
    """Read an export of Qualtrics; unfinished responses and trials are left out."""
    legacy = is_legacy(grid) and not any(one.replace(" ", "").startswith(MARK) for one in grid.row(3))
    numbered = legacy and grid.headings[0] == "V1"

    def kind_of(code: str) -> str:
        if code in IDS:
            return RESPONDENT
        if code in WHO or (numbered and code in OLD_WHO):
            return PERSONAL
        return TECHNICAL if code in OWN or (numbered and code in ("V2", "V7", "V10")) else QUESTION

    texts = [plain(text) for text in grid.row(2)]
    export = make_export(TOOL, grid, 2 if legacy else 3, grid.headings, texts, kind_of)
    finished = export.column("Finished", *(("V10",) if numbered else ()))
    export = without(export, finished, lambda cell: cell in ("0", "False", "FALSE", "Faux"), INCOMPLETE)
    return without(export, export.column("Status", *(("V7",) if numbered else ())), lambda cell: cell in TRIALS, TEST)
