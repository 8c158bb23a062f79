"""A matrix: who acts on whom, row on column, as Mental Modeler, MICMAC and fuzzy cognitive maps have it."""

import math
from collections.abc import Sequence

from assessment.systems.formats.draft import ACTOR, TYPE, Draft, text_of_id
from assessment.systems.formats.sheets import Sheet
from assessment.systems.formats.signs import number_of
from assessment.systems.model import CAUSES, RELATES, VARIABLE


def is_matrix(sheet: Sheet) -> bool:
    """Say whether a sheet has the same names at its top and at its left."""
    across, down = names(sheet.rows[0][1:]), names([row[0] for row in sheet.rows[1:] if row])
    return bool(across) and sorted(across) == sorted(down)


def names(cells: Sequence) -> list[str]:
    """Give the names at an edge, without empty cells at its end."""
    return [name for name in (text_of_id(cell).strip() for cell in cells) if name]


def read_matrix(draft: Draft, sheets: Sequence[Sheet]) -> None:
    """Put matrices into a draft: with several sheets, each is what one participant drew.

    A number below zero or a broken one says that the numbers are signed; whole numbers from 0 on only say that there
    is a link. A number that is not set (NaN) is no link. Where the sheets list actors, such a link between two of
    them is a relation.
    """
    values = [(sheet, *cell) for sheet in sheets for cell in cells_of(sheet)]
    draft.dropped.update("NaN" for *_, value in values if math.isnan(value))
    values = [cell for cell in values if not math.isnan(cell[-1])]
    signed = any(value < 0 or value != int(value) for *_, value in values if math.isfinite(value))
    declared = {one["id"]: one[TYPE] for one in draft.elements}
    for name in dict.fromkeys(name for sheet in sheets for name in names(sheet.rows[0][1:])):
        if name not in declared:
            draft.element(name, name, {"type": VARIABLE})
    for sheet, source, target, value in values:
        who = {"participants": [sheet.name]} if len(sheets) > 1 else {}
        sign = {"polarity": "-" if value < 0 else "+"} if signed else {}
        relation = not signed and declared.get(source) == declared.get(target) == ACTOR
        draft.tie(source, target, {"kind": RELATES if relation else CAUSES, "weight": abs(value), **sign, **who})


def cells_of(sheet: Sheet) -> list[tuple[str, str, float]]:
    """Give the cells of a matrix that say something: source, target, number (NaN where the number is not set)."""
    across = [text_of_id(cell).strip() for cell in sheet.rows[0]]
    found = []
    for row in sheet.rows[1:]:
        for target, cell in zip(across[1:], row[1:], strict=False):
            value = number_of(cell) if cell not in ("", None) else 0
            if target and value:
                found.append((text_of_id(row[0]).strip(), target, value))
    return found
