"""Which survey tool wrote an export, by what stands in its first rows; the person confirms."""

from types import ModuleType

from assessment.faults import Fault, Faults, Finding
from assessment.responses.readers import (
    framaforms,
    google,
    kobo,
    limesurvey,
    microsoft,
    odk,
    plain,
    qualtrics,
    redcap,
    sphinx,
    surveyjs,
)
from assessment.responses.readers.export import Export
from assessment.responses.readers.grids import Grid

READERS: tuple[ModuleType, ...] = (
    limesurvey,
    qualtrics,
    framaforms,
    odk,
    kobo,
    redcap,
    microsoft,
    google,
    sphinx,
    surveyjs,
)
"""The tools' readers, those with the surest signs first."""

TOOLS = (*dict.fromkeys(reader.TOOL for reader in READERS), plain.TOOL)
AUTO = "auto"


def recognised(grid: Grid) -> ModuleType:
    """Find the reader of an export: that of a plain table when no tool's signs are there."""
    return next((reader for reader in READERS if reader.recognises(grid)), plain)


def read_as(grid: Grid, tool: str = AUTO) -> Export:
    """Read a grid as the export of a tool.

    Parameters
    ----------
    grid
        Rows of cells.
    tool
        One of `TOOLS`, or ``auto``.

    Raises
    ------
    Faults
        ``tool_unknown``; what the reader refuses.
    """
    found = recognised(grid)
    if tool == AUTO:
        return found.read(grid)
    wanted = next((reader for reader in (*READERS, plain) if tool == reader.TOOL), None)
    if wanted is None:
        raise Faults([Fault("tool_unknown", {"file": grid.file}, {"value": tool, "allowed": ", ".join(TOOLS)})])
    export = wanted.read(grid)
    if wanted is found or wanted is plain:
        return export
    told = Finding("tool_doubtful", {"file": grid.file}, {"value": tool, "found": found.TOOL})
    return Export(**{**vars(export), "findings": (*export.findings, told)})
