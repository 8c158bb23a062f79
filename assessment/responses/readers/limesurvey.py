"""LimeSurvey: results as CSV or workbook (codes or full wordings), data for R, and its archive.

A cell that was never shown has nothing between its separators; one left blank has two quotation marks. Anonymised
surveys say 1980-01-01 for every date; a response that was never sent has none.

References
----------
LimeSurvey, application/helpers/admin/export/CsvWriter.php and Writer.php.
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
from assessment.responses.readers.wordings import normalised

TOOL = "limesurvey"
IDS = ("id", "response id", "id de la réponse")
SENT = ("submitdate", "date submitted", "date de soumission")
PAGES = ("lastpage", "last page", "dernière page")
LANGUAGES = ("startlanguage", "start language", "langue de départ", "langue initiale")
SEEDS = ("seed", "tête de série", "graine")
WHOLE = re.compile(r"([A-Za-z][A-Za-z0-9]*(?:[\[_][^\[_\].]*+\]?)*+)\. (.+)", re.S)
"""A heading of code and wording: ``Q02[SQ001]. How far … [We learn]``."""

TIMES = re.compile(r"interviewtime|groupTime.*|.*Time$|Temps.*", re.S)
KNOWN = set(IDS) | set(SENT) | set(PAGES) | set(LANGUAGES) | set(SEEDS)


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of LimeSurvey: its number, date, page and language stand first."""
    if grid.kind == "LSA":
        return True
    found = {normalised(split(heading)[0]) for heading in grid.headings[:12]}
    found |= {normalised(split(heading)[1]) for heading in grid.headings[:12]}
    return sum(bool(found & set(names)) for names in (IDS, SENT, PAGES, LANGUAGES)) >= 3


def split(heading: str) -> tuple[str, str]:
    """Split a heading into code and wording.

    Examples
    --------
    >>> split("Q02[SQ001]. Quels leviers ? [Formation]"), split("Q01"), split("Quels leviers ?")
    (('Q02[SQ001]', 'Quels leviers ? [Formation]'), ('Q01', ''), ('Quels leviers ?', ''))
    """
    found = WHOLE.fullmatch(heading)
    return (found[1], found[2]) if found else (heading, "")


def read(grid: Grid) -> Export:
    """Read an export of LimeSurvey; a response that was never sent is left out."""
    parts = [split(heading) for heading in grid.headings]
    texts = [grid.texts.get(place) or text for place, (_, text) in enumerate(parts)]
    export = make_export(TOOL, grid, 1, [code for code, _ in parts], texts, kind_of)
    sent = next((one for one in export.columns if normalised(one.code) in SENT), None)
    return without(export, sent, lambda cell: cell in ("", "N/A"), INCOMPLETE)


def kind_of(code: str) -> str:
    """Say what a column is."""
    name = normalised(code)
    if name in IDS:
        return RESPONDENT
    if name in PAGES or name in LANGUAGES or TIMES.fullmatch(code):
        return TECHNICAL
    return PERSONAL if name in SENT or name in SEEDS else QUESTION
