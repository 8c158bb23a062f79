"""Sphinx (Sphinx iQ, Sphinx Online): a workbook whose first column numbers the observations.

A question with several answers is spread over ``name_1``, ``name_2``…, each with the label of one of them.
"""

import re
from dataclasses import replace

from assessment.faults import Fault, Faults
from assessment.responses.readers.export import PERSONAL, QUESTION, RESPONDENT, TECHNICAL, Export, make_export
from assessment.responses.readers.grids import Grid
from assessment.responses.readers.wordings import normalised

TOOL = "sphinx"
NUMBERS = ("n°obs", "n° obs", "no obs", "numobs", "num_obs", "n°observation", "n° observation")
OWN = (
    "cle",
    "clé",
    "progression",
    "langue",
    "canal",
    "origine_saisie",
    "origine",
    "temps_saisie",
    "appareil_saisie",
    "titre",
)
WHO = ("date_saisie", "date_enreg", "date_modif", "user_login", "login", "ip", "navigateur")
SPREAD = re.compile(r"(.+)_(\d{1,2})")


def start_of(grid: Grid) -> int:
    """Give the row of the headings: the first, or the second when a title or nothing stands above; 0 for neither."""
    for number in (1, 2):
        row = grid.row(number)
        if row and normalised(row[0]) in NUMBERS:
            return number
    return 0


def recognises(grid: Grid) -> bool:
    """Say whether this is an export of Sphinx."""
    return start_of(grid) > 0


def read(grid: Grid) -> Export:
    """Read an export of Sphinx."""
    start = start_of(grid)
    if not start:
        raise Faults([Fault("headings_missing", {"file": grid.file, "row": 1})])

    def kind_of(code: str) -> str:
        plain = normalised(code)
        if plain in NUMBERS:
            return RESPONDENT
        if plain in WHO:
            return PERSONAL
        return TECHNICAL if plain in OWN else QUESTION

    headings = grid.row(start)
    stems = [found[1] for found in map(SPREAD.fullmatch, headings) if found]
    spread = [(found := SPREAD.fullmatch(one)) and stems.count(found[1]) > 1 for one in headings]
    texts = [SPREAD.fullmatch(one)[1] if many else "" for one, many in zip(headings, spread, strict=True)]
    export = make_export(TOOL, grid, start, headings, texts, kind_of)
    return replace(export, joined=(";", ",", "|"))
