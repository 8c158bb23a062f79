"""Framaforms and Yakforms (Drupal's Webform 7): three rows of headings, as CSV or as a UTF-16 table named ``.xls``.

The first row is the form's title, the second the question above several columns, the third what each column is. An
option ticked is ``X``.

References
----------
Drupal, webform 7.x-4.x, ``includes/exporters`` and ``components/select.inc``.
"""

from collections.abc import Sequence
from dataclasses import replace

from assessment.faults import Finding
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

TOOL = "framaforms"
ROWS = 3
NUMBERS = ("sid", "identifiant de soumission")
SERIALS = ("serial", "numéro de série", "n° de série", "numéro")
DRAFTS = ("draft", "brouillon")
WHO = ("ip address", "adresse ip", "uid", "username", "nom d'utilisateur")
WHEN = ("submitted time", "completed time", "modified time", "heure de soumission", "heure de finalisation")
WHEN += ("heure de modification", "date de soumission", "date d'achèvement", "date de modification")
ABOUT = ("submission details", "détails de la soumission", "informations sur la soumission")


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of Framaforms: the details of the submission stand in the second and third row."""
    third = {normalised(one) for one in grid.row(3)}
    return bool(grid.row(2)) and (
        normalised(grid.row(2)[0]) in ABOUT or (bool(third & set(SERIALS)) and bool(third & set(NUMBERS)))
    )


def read(grid: Grid) -> Export:
    """Read an export of Framaforms; a draft is left out."""
    own = set(NUMBERS + SERIALS + DRAFTS + WHO + WHEN)
    headings = list(grid.row(3))
    last = max((place for place, one in enumerate(headings) if normalised(one) in own), default=-1)
    above = carried(grid.row(2), last)
    codes = [part or question for question, part in zip(above, headings, strict=True)]
    texts = [f"{question} [{part}]" if question else part for question, part in zip(above, headings, strict=True)]
    export = make_export(TOOL, grid, ROWS, codes, texts, kind_of)
    told = [one for place, one in enumerate(headings) if above[place] and not grid.row(2)[place]]
    if told:
        names = ", ".join(one[:40] for one in told[:8])
        export = replace(export, findings=(*export.findings, Finding("headings_carried", {}, {"names": names})))
    draft = next((one for one in export.columns if normalised(one.code) in DRAFTS), None)
    return without(export, draft, lambda cell: cell in ("1", "Oui", "Yes"), INCOMPLETE)


def carried(row: Sequence[str], last: int) -> list[str]:
    """Give the question above each column after the tool's own: it is written above its first column only.

    Examples
    --------
    >>> carried(["Details", "", "Which?", "", ""], 1)
    ['', '', 'Which?', 'Which?', 'Which?']
    """
    found, question = [], ""
    for place, heading in enumerate(row):
        question = (heading or question) if place > last else ""
        found.append(question)
    return found


def kind_of(code: str) -> str:
    """Say what a column is."""
    plain = normalised(code)
    if plain in NUMBERS:
        return RESPONDENT
    if plain in WHO or plain in WHEN:
        return PERSONAL
    return TECHNICAL if plain in SERIALS or plain in DRAFTS else QUESTION
