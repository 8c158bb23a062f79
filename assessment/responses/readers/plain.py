"""A plain table: one row of headings, one row a response."""

from assessment.responses.columns import RESERVED
from assessment.responses.readers.export import QUESTION, RESPONDENT, Export, make_export
from assessment.responses.readers.grids import Grid

TOOL = "plain"


def read(grid: Grid) -> Export:
    """Read a table whose tool nobody knows, or that people made."""
    return make_export(TOOL, grid, kind_of=lambda code: RESPONDENT if code == RESERVED[0] else QUESTION)
