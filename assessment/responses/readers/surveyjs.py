"""SurveyJS: responses as JSON, one block each; a matrix is a block of its rows, several answers a list.

A matrix row is ``question/row`` here, an answer of a list ``question/answer`` with 1. What no block says was not
answered, or never shown: the tool does not tell.
"""

from assessment.responses.readers.export import PERSONAL, QUESTION, RESPONDENT, TECHNICAL, Export, make_export
from assessment.responses.readers.grids import Grid

TOOL = "surveyjs"
IDS = ("id", "Id", "instanceId", "InstanceId", "resultId")
OWN = ("pageNo", "timeSpent", "surveyId", "locale", "SurveyId")
WHO = ("HappendAt", "happenedAt", "createdAt", "CreatedAt", "submittedAt", "ipAddress", "UserId", "userId")


def recognises(grid: Grid) -> bool:
    """Say whether this is a list of responses of SurveyJS: a tree that no other tool has signed."""
    return grid.kind == "JSON"


def read(grid: Grid) -> Export:
    """Read responses of SurveyJS."""
    return make_export(TOOL, grid, kind_of=kind_of)


def kind_of(code: str) -> str:
    """Say what a column is."""
    if code in IDS:
        return RESPONDENT
    if code in WHO:
        return PERSONAL
    return TECHNICAL if code in OWN else QUESTION
