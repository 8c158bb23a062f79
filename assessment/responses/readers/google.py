"""Google Forms: the CSV of the form itself, or that of its sheet. A grid's rows are headed ``Question [row]``.

The form's own CSV writes several choices with ``;``, the sheet's with a comma, which labels may hold, too. Nothing
numbers a response but its time, which is left at the door.
"""

from dataclasses import replace

from assessment.responses.readers.export import PERSONAL, QUESTION, TECHNICAL, Export, make_export
from assessment.responses.readers.grids import Grid
from assessment.responses.readers.wordings import normalised

TOOL = "google"
TIMES = ("horodateur", "timestamp", "zeitstempel", "marca temporal")
SCORES = ("score", "total score", "note")


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of Google Forms: its first column is the time stamp."""
    return bool(grid.headings) and normalised(grid.headings[0]) in TIMES


def read(grid: Grid) -> Export:
    """Read an export of Google Forms."""

    def kind_of(code: str) -> str:
        if normalised(code) in TIMES:
            return PERSONAL
        return TECHNICAL if normalised(code) in SCORES else QUESTION

    export = make_export(TOOL, grid, kind_of=kind_of)
    return replace(export, joined=(";", ","))
