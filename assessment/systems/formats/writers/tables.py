"""Tables: everything in one CSV sheet, or a workbook with a sheet for actors, one for ties, and so on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from assessment.documents.safe_books import book_of
from assessment.faults import Fault, Faults, Finding
from assessment.systems.formats.columns import SHEETS, all_keys, cell_of
from assessment.systems.formats.losses import KNOWN, lost
from assessment.systems.formats.sheets import csv_of
from assessment.systems.model import ACTOR_KEYS, SET_ASIDE, TIE_KEYS, VARIABLE_KEYS

WIDEST = 1400
"""Elements of a matrix; the square is what a sheet may hold."""

ALL = ("type", *dict.fromkeys([*ACTOR_KEYS, *VARIABLE_KEYS, *TIE_KEYS, "name", "nodes"]))


def write_csv(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as one sheet: its first column says what each row is; nothing is lost."""
    rows = [{"type": "map", **top_of(document)}] if top_of(document) else []
    for block, (kind, _) in SHEETS.items():
        rows += [{"type": kind, **aside(one)} for one in document[block]]
    keys = all_keys(rows, ALL)
    known = {"map": ("name",)} | {kind: own for kind, own in SHEETS.values()}
    cells = [["" if key not in row else cell(row, key, known[row["type"]]) for key in keys] for row in rows]
    return csv_of([[cell_of(key, "", ()) for key in keys], *cells]), []


def cell(row: Mapping[str, Any], key: str, known: Sequence[str]) -> str:
    """Write a cell; the first column is ours."""
    return row[key] if key == "type" else cell_of(row[key], key, known)


def write_xlsx(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as a workbook, a sheet for each kind of block; nothing is lost."""
    sheets = [sheet_of(block, document[block], SHEETS[block][1]) for block in SHEETS]
    top = top_of(document)
    return book_of([*sheets, *([sheet_of("map", [top], ("name",))] if top else [])]), []


def sheet_of(name: str, blocks: Sequence[Mapping[str, Any]], known: Sequence[str]) -> tuple[str, list[list[Any]]]:
    """Lay blocks of one kind out in a sheet; numbers and truths stay what they are."""
    rows = [aside(one) for one in blocks]
    keys = all_keys(rows, known)
    return name, [[cell_of(key, "", ()) for key in keys], *([native(row, key, known) for key in keys] for row in rows)]


def native(row: Mapping[str, Any], key: str, known: Sequence[str]) -> Any:
    """Give what a workbook's cell holds."""
    value = row.get(key)
    return value if isinstance(value, bool | int | float) and abs(value) < 1e15 else cell_of(value, key, known)


def aside(block: Mapping[str, Any]) -> dict[str, Any]:
    """Give a block with a key ``type`` of its own under another name: the word says what a row is."""
    return {SET_ASIDE if key == "type" else key: value for key, value in block.items()}


def top_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a map says of itself."""
    drawn = (*KNOWN, "format", "version")
    return {
        SET_ASIDE if key == "type" else key: value
        for key, value in document.items()
        if key not in drawn and value != ""
    }


def write_matrix(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write the causal links of a map as a signed matrix, row on column, by label.

    A cell holds one number: parallel links are added up, a link without a sign is left empty, and all is said.
    """
    if len(document["actors"]) + len(document["variables"]) > WIDEST:
        raise Faults(
            [
                Fault(
                    "map_too_large", {}, {"count": len(document["actors"]) + len(document["variables"]), "most": WIDEST}
                )
            ]
        )
    everyone = [one for block in ("actors", "variables") for one in document[block]]
    places = {one["id"]: number for number, one in enumerate(everyone)}
    names = labels(everyone)
    cells: list[list[Any]] = [[0] * len(everyone) for _ in everyone]
    for tie in document["ties"]:
        if tie.get("polarity"):
            signed = tie.get("weight", 1) * (-1 if tie["polarity"] == "-" else 1)
            cells[places[tie["source"]]][places[tie["target"]]] += signed
    rows = [
        [cell_of(name, "", ()), *(str(value or "") for value in row)] for name, row in zip(names, cells, strict=True)
    ]
    held = dict.fromkeys(("actors", "variables"), ("id", "label")) | {
        "ties": ("id", "source", "target", "kind", "polarity", "weight")
    }
    unsigned = [Finding("ties_not_kept", {}, {"count": count})] if (count := unsigned_ties(document)) else []
    return csv_of([["", *(cell_of(name, "", ()) for name in names)], *rows]), lost(document, held) + unsigned


def unsigned_ties(document: Mapping[str, Any]) -> int:
    """Count the ties a signed matrix has no number for."""
    return sum(not tie.get("polarity") for tie in document["ties"])


def labels(everyone: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name elements by their label, or by their id where two have the same."""
    said = [one["label"].strip() for one in everyone]
    counts = Counter(said)
    return [name if name and counts[name] == 1 else one["id"] for name, one in zip(said, everyone, strict=True)]
