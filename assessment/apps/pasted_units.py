"""Units and headcounts copied from a spreadsheet: the cells as they come, read like a units file."""

import csv
import io
from collections.abc import Sequence

import pandas as pd

from assessment.documents.safe_csv import csv_lines
from assessment.faults import Fault, Faults
from assessment.framework import Framework
from assessment.responses import load_units

HEADINGS = {
    "unit": ("unit", "unité", "unite", "code", "service", "département", "department"),
    "name": ("name", "nom", "libellé", "libelle", "intitulé"),
    "parent": ("parent", "rattachement", "rattaché à", "rattachée à", "part of", "fait partie de"),
    "headcount": ("headcount", "effectif", "effectifs", "total", "agents et encadrants"),
}
"""What people call the columns of a units file."""

PLURAL = "s"

AMBIGUOUS = "headcount.executive"
"""*Direction* in French: those who direct, or what they direct; the latter where it is the first heading."""


def read_pasted_units(text: str, framework: Framework, called: str) -> pd.DataFrame:
    r"""Learn the units and headcounts that somebody pastes: headings first, then one unit a line.

    Parameters
    ----------
    text
        Cells between tabulators, as spreadsheets copy them, or semicolons.
    framework
        The instrument, for its roles: a heading names one in French, in English, in singular or plural, or by its id.
    called
        What messages call it.

    Returns
    -------
    pandas.DataFrame
        As `load_units`. Missing answers: an empty cell is not known, never 0.

    Raises
    ------
    Faults
        As `load_units`; ``units_column_missing`` where no heading names a unit.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> table = read_pasted_units("Service\tAgents\nVoirie\t42", load_framework("collectivite-apprenante"), "cells")
    >>> table.values.tolist()
    [['Voirie', 'Voirie', '', nan, 42.0]]
    """
    lines = [line for line in text.strip("\ufeff\n\r").splitlines() if line.strip()]
    if not lines:
        raise Faults([Fault("units_column_missing", {"file": called, "row": 1}, {"column": "unit"})])
    split = "\t" if "\t" in lines[0] else ";"
    rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=split)]
    headings = [column_of(heading, framework) for heading in rows[0]]
    if "unit" not in headings and headings[0] in ("name", AMBIGUOUS):
        headings[0] = "unit"
    source = io.BytesIO(csv_lines([headings, *(padded(row, len(headings)) for row in rows[1:])]).encode())
    source.name = called
    return load_units(source, framework)


def column_of(heading: str, framework: Framework) -> str:
    """Give the column of a units file that a heading names; the heading itself where it names none."""
    told = heading.strip().casefold()
    found = next((column for column, names in HEADINGS.items() if told in names), None)
    return role_column(told, framework) or found or heading


def role_column(told: str, framework: Framework) -> str | None:
    """Give the column of the role that a heading names."""
    for role in framework.roles:
        names = {role.id, f"headcount.{role.id}", *(name.casefold() for name in role.name.values())}
        if told in names or told.removesuffix(PLURAL) in names:
            return f"headcount.{role.id}"
    return None


def padded(row: Sequence[str], width: int) -> list[str]:
    """Give a row its empty cells at the end: spreadsheets leave them out; numbers lose the spaces between thousands."""
    cells = [*row, *[""] * (width - len(row))]
    return [cell.replace("\u202f", "").replace("\u00a0", "") if cell[:1].isdigit() else cell for cell in cells]
