"""Kumu: the JSON of a full project, and the two sheets its import asks for."""

import json
from collections.abc import Mapping
from typing import Any

from assessment.documents.safe_books import book_of
from assessment.faults import Finding
from assessment.systems.formats.columns import cell_of
from assessment.systems.formats.draft import KIND_KEYS, kind_of
from assessment.systems.formats.losses import KNOWN, elements, lost
from assessment.systems.model import SET_ASIDE

TYPES = {"actor": "Actor", "variable": "Variable"}
ENDS = ("id", "source", "target")
DRAWN = ("id", "label", "x", "y")
OURS_TOP = "apprenance"
"""The key that carries what Kumu has no place for; Kumu passes over it, and it comes back with the file."""


def write_kumu(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as a Kumu project; nothing is lost."""
    drawn = (*KNOWN, "format", "version", "name", "description")
    ours = {key: value for key, value in document.items() if key not in drawn}
    ours |= {key: document[key] for key in ("participants", "loops") if document[key]}
    everyone = list(elements(document))
    project = {
        "name": document["name"],
        "description": document.get("description") or "",
        "elements": [element(kind, one) for kind, one in everyone],
        "connections": [connection(tie) for tie in document["ties"]],
        "loops": [],
        "maps": [{"_id": "map-1", "name": document["name"], "elements": [place(one) for _, one in everyone]}],
        **({OURS_TOP: ours} if ours else {}),
    }
    return (json.dumps(project, ensure_ascii=False) + "\n").encode(), []


def element(kind: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """Write an element."""
    fields = {key: value for key, value in one.items() if key not in DRAWN}
    fields |= {SET_ASIDE: fields.pop("type")} if "type" in fields else {}
    return {"_id": one["id"], "attributes": {"label": one["label"], "element type": TYPES[kind], **described(fields)}}


def described(fields: dict[str, Any]) -> dict[str, Any]:
    """Call a note what Kumu calls it."""
    if "note" not in fields or "description" in fields:
        return fields
    return {"description": fields["note"]} | {key: value for key, value in fields.items() if key != "note"}


def place(one: Mapping[str, Any]) -> dict[str, Any]:
    """Write where an element stands."""
    where = {key: one[key] for key in ("x", "y") if key in one}
    return {"_id": f"node-{one['id']}", "element": one["id"], **({"position": where} if where else {})}


def connection(tie: Mapping[str, Any]) -> dict[str, Any]:
    """Write a tie: its sign, or else its kind, is Kumu's connection type."""
    fields = {key: value for key, value in tie.items() if key not in ENDS}
    delayed = bool(fields.get("delay"))
    about = {"_id": tie["id"], "from": tie["source"], "to": tie["target"], "direction": "directed"}
    return {**about, "delayed": delayed, "reversed": False, "attributes": described(worded(fields))}


def worded(fields: dict[str, Any]) -> dict[str, Any]:
    """Say sign or kind in Kumu's one field, unless fields of one's own would make it doubtful."""
    word = fields.get("polarity") or fields["kind"]
    doubtful = {*KIND_KEYS, "sign", "signe", "direction", "delayed", "reversed"} - {"kind"}
    if doubtful & fields.keys() or (word == fields["kind"] and kind_of({"connection type": word}) != word):
        return fields
    return {"connection type": word} | {key: value for key, value in fields.items() if key not in ("kind", "polarity")}


def write_kumu_book(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as the workbook Kumu imports: elements by label, connections from label to label."""
    everyone = list(elements(document))
    names = labels([one for _, one in everyone])
    rows = [["Label", "Type", "Description", "Role", "Unit"]]
    for kind, one in everyone:
        rows.append([names[one["id"]], TYPES[kind], *(one.get(key) or "" for key in ("note", "role", "unit"))])
    links = [["From", "To", "Direction", "Type", "Weight", "Delay", "Confidence"]]
    for tie in document["ties"]:
        numbers = [tie.get(key, "") for key in ("weight", "delay", "confidence")]
        word = tie.get("polarity") or tie["kind"]
        links.append([names[tie["source"]], names[tie["target"]], "directed", word, *numbers])
    held = ("id", "label", "note", "role", "unit")
    keeps = {"actors": held, "variables": held, "ties": (*ENDS, "kind", "polarity", "weight", "delay", "confidence")}
    return book_of([("Elements", texts(rows)), ("Connections", texts(links))]), lost(document, keeps)


def texts(rows: list[list[Any]]) -> list[list[Any]]:
    """Write the cells of a sheet; numbers stay numbers."""
    return [
        [cell_of(cell, "label", ("label",)) if isinstance(cell, str) and cell else cell for cell in row] for row in rows
    ]


def labels(everyone: list[Mapping[str, Any]]) -> dict[str, str]:
    """Name elements by their label, Kumu's only key; by label and id where two have the same."""
    counts: dict[str, int] = {}
    for one in everyone:
        counts[one["label"]] = counts.get(one["label"], 0) + 1
    return {
        one["id"]: one["label"] if counts[one["label"]] == 1 else f"{one['label']} ({one['id']})" for one in everyone
    }
