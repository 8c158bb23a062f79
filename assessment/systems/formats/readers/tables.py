"""Tables: a sheet of actors, a sheet of ties, both in one, or a matrix; in a CSV file or a workbook."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessment.faults import Fault, Faults
from assessment.systems.formats.columns import (
    ALIASES,
    FOR_ACTORS,
    SHEET_NAMES,
    SHEETS,
    is_ours,
    keys_of,
    known_word,
    value_of,
)
from assessment.systems.formats.draft import NUMBERS, Draft, check_room, text_of_id, type_of
from assessment.systems.formats.readers.matrix import is_matrix, read_matrix
from assessment.systems.formats.sheets import Sheet
from assessment.systems.formats.signs import number_of, sign_value
from assessment.systems.limits import MOST_ELEMENTS
from assessment.systems.model import ACTOR, CAUSES, SET_ASIDE, VARIABLE

Row = tuple[dict[str, Any], dict[str, Any]]
"""Where a row stands (its sheet, its number there), and its cells by key."""

ALSO = {"ties": ("direction",)}
"""Headings a sheet may have beyond the contract's keys."""

KINDS = {kind: keys for kind, keys in SHEETS.values()}


def read_tables(sheets: Sequence[Sheet], file: str) -> Draft:
    """Read the sheets of a file into a draft of a map.

    Elements that no sheet lists are taken from the ties: those only in relations are actors, all others variables.
    """
    sorted_ = {name: [] for name in (*KINDS, "map", "element", "matrix")}
    draft = Draft()
    for sheet in sheets:
        kind = kind_of_sheet(sheet)
        if kind == "matrix":
            sorted_["matrix"].append(sheet)
        elif kind == "mixed":
            for place, row in rows_of(sheet):
                sorted_.setdefault(str(row.get("type", "")), []).append((place, row))
        elif kind:
            sorted_[kind] += rows_of(sheet)
        elif sheet.rows:
            draft.dropped[sheet.name or file] += 1
    if not any(kind_of_sheet(sheet) for sheet in sheets):
        raise Faults([Fault("map_columns_missing", {"file": file}, {})])
    check_rows(sorted_, file)
    fill(draft, sorted_)
    return draft


def kind_of_sheet(sheet: Sheet) -> str | None:
    """Say what the rows of a sheet are; None when they are nothing of a map."""
    if not sheet.rows:
        return None
    named = name_of(sheet)
    keys = set(keys_of(sheet.headings))
    if named in SHEETS or named == "map":
        return SHEETS[named][0] if named in SHEETS else "map"
    if {"type", "id", "source", "target"} <= keys:
        return "mixed"
    if is_matrix(sheet):
        return "matrix"
    if {"source", "target"} <= keys:
        return "tie"
    listed = named in ("elements", "nodes") or keys & {*FOR_ACTORS, "type"}
    return "element" if keys & {"id", "label"} and listed else None


def name_of(sheet: Sheet) -> str:
    """Give a sheet's name in our word."""
    name = sheet.name.strip().lower()
    return SHEET_NAMES.get(name, name)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """Give the rows of a sheet below its headings, without those that are empty."""
    own = name_of(sheet)
    known = SHEETS[own][1] if own in SHEETS else () if own == "map" else tuple(ALIASES)
    keys = keys_of(sheet.headings, (*known, *ALSO.get(own, ())))
    check_ends(sheet, keys)
    named = {"actors": ACTOR, "variables": VARIABLE}.get(own)
    place = {"block": sheet.name} if sheet.name else {}
    read = as_it_stands if is_ours(sheet.headings, SHEETS[own][1] if own in SHEETS else None) else known_word
    for number, cells in enumerate(sheet.rows[1:], sheet.first + 1):
        filled = {
            key: read(cell, key) for key, cell in zip(keys, cells, strict=False) if key and cell not in ("", None)
        }
        if filled and named and "type" in filled:
            filled[SET_ASIDE] = filled.pop("type")
        if filled:
            yield place | {"row": number}, filled | ({"type": named} if named else {})


def check_ends(sheet: Sheet, keys: Sequence[str]) -> None:
    """Refuse ties between more elements than a map may have, before each row is understood."""
    for end in ("source", "target"):
        if end in keys and len(sheet.rows) > MOST_ELEMENTS:
            place = keys.index(end)
            check_room(len({row[place] for row in sheet.rows[1:] if place < len(row)}) - 1, MOST_ELEMENTS)


def as_it_stands(cell: Any, key: str) -> Any:
    """Give a cell of a sheet that we wrote."""
    return cell


def check_rows(rows: Mapping[str, Sequence[Row]], file: str) -> None:
    """Refuse words where numbers are needed, and ties without ends: only here is the row still known."""
    faults = []
    for kind in ("actor", "variable", "tie", "element"):
        for where, row in rows[kind]:
            place = {"file": file, **where}
            for key in NUMBERS:
                if key in row and key in KINDS.get(kind, KINDS[ACTOR]) and number_of(row[key]) is None:
                    expected = {"expected": "float", "value": str(row[key])}
                    faults.append(Fault("type_wrong", {**place, "column": key}, expected))
            for end in ("source", "target") if kind == "tie" else ():
                if end not in row:
                    faults.append(Fault("cell_missing", {**place, "column": end}, {}))
    if faults:
        raise Faults(faults)


def fill(draft: Draft, rows: Mapping[str, Sequence[Any]]) -> None:
    """Put the rows of all sheets into the draft."""
    for _, row in rows["map"]:
        top = {key: value_of(cell, key, ("name",)) for key, cell in row.items() if key != "type"}
        top |= {"type": top.pop(SET_ASIDE)} if SET_ASIDE in top else {}
        draft.name = str(top.pop("name", draft.name))
        draft.kept |= top
    draft.participants += [blocks_of(row, "participant") for _, row in rows["participant"]]
    for _, row in rows["loop"]:
        loop = blocks_of(row, "loop")
        draft.loops.append({**loop, "nodes": loop.get("nodes", [])})
    ties = [blocks_of(row, "tie") for _, row in rows["tie"]]
    listed = [row for kind in (ACTOR, VARIABLE, "element") for _, row in rows[kind]]
    fill_elements(draft, listed, ties)
    for tie in ties:
        draft.tie(tie.pop("source"), tie.pop("target"), tie, tie.pop("id", None))
    if rows["matrix"]:
        read_matrix(draft, rows["matrix"])


def blocks_of(row: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Give the values of a row by key, ids as the texts they are on a map."""
    values = {key: value_of(cell, key, KINDS[kind]) for key, cell in row.items() if key != "type" or cell != kind}
    ids = {key: text_of_id(values[key]) for key in ("id", "source", "target") if key in values}
    own = {"type": values.pop(SET_ASIDE)} if SET_ASIDE in values else {}
    return values | own | ids


def fill_elements(draft: Draft, listed: Sequence[Mapping[str, Any]], ties: Sequence[Mapping[str, Any]]) -> None:
    """Put the elements into the draft: those listed, or the ends of the ties where none is."""
    causal = [tie for tie in ties if tie.get("kind") == CAUSES or sign_value(tie.get("polarity"))]
    in_causes = {tie[end] for tie in causal for end in ("source", "target")}
    for row in listed:
        kind = element_kind(row)
        id_ = text_of_id(value_of(row.get("id", row.get("label")), "id", KINDS[ACTOR]))
        guessed = kind or (VARIABLE if id_ in in_causes else ACTOR)
        draft.guessed += kind is None
        values = {key: value_of(cell, key, KINDS[guessed]) for key, cell in row.items()}
        label = text_of_id(values.pop("label", None))
        draft.element(id_, label, own_type(values, guessed))
    if not listed:
        ends = dict.fromkeys(tie[end] for tie in ties for end in ("source", "target"))
        draft.guessed += len(ends)
        for end in ends:
            draft.element(end, None, {"type": VARIABLE if end in in_causes else ACTOR})


def own_type(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Give an element's values with its type; a word that said the type is kept beside it."""
    said = {SET_ASIDE: values["type"]} if "type" in values and values["type"] not in (ACTOR, VARIABLE) else {}
    return {**{key: value for key, value in values.items() if key != "id"}, **said, "type": kind}


def element_kind(row: Mapping[str, Any]) -> str | None:
    """Say what an element is by its own row: its type, or a column only actors have."""
    if row.get("type") in (ACTOR, VARIABLE):
        return str(row["type"])
    return type_of([row.get("type")]) or (ACTOR if any(key in row for key in FOR_ACTORS) else None)
