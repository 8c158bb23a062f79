"""SPSS: a file of any origin, its variables named by the codes of the questions."""

from assessment.responses.readers.export import QUESTION, RESPONDENT, Export, make_export
from assessment.responses.readers.grids import Grid

TOOL = "spss"
IDS = ("id", "respondent", "responseid", "record_id", "uuid", "_uuid", "numobs")


def recognises(grid: Grid) -> bool:
    """Say whether this is an SPSS file."""
    return grid.kind == "SAV"


def read(grid: Grid) -> Export:
    """Read an SPSS file."""
    number = next((name for one in IDS for name in grid.headings if name.casefold() == one), "")
    return make_export(TOOL, grid, kind_of=lambda code: RESPONDENT if code == number else QUESTION)
