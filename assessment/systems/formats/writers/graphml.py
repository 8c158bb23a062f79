"""GraphML: every attribute under its own name and type; lists as JSON in a text."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessment.faults import Finding
from assessment.systems.formats.losses import KNOWN, elements, typed
from assessment.systems.formats.markup import markup
from assessment.systems.formats.notation import packed

LARGEST_LONG = 10**18
"""Whole numbers beyond are written as texts: no reader takes them for numbers."""

SPACE = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as GraphML; nothing is lost."""
    root = Element("graphml", {"xmlns": SPACE})
    graph = Element("graph", {"id": "map", "edgedefault": "directed"})
    keys: dict[tuple[str, str, str], str] = {}
    top = {key: value for key, value in document.items() if key not in (*KNOWN, "format", "version") and value != ""}
    top |= {key: document[key] for key in ("participants", "loops") if document[key]}
    fill(graph, top, "graph", keys)
    for kind, one in elements(document):
        fill(SubElement(graph, "node", {"id": one["id"]}), without(typed(kind, one), "id"), "node", keys)
    for tie in document["ties"]:
        ends = {"id": tie["id"], "source": tie["source"], "target": tie["target"]}
        fill(SubElement(graph, "edge", ends), without(tie, *ends), "edge", keys)
    for (of, name, type_), id_ in keys.items():
        SubElement(root, "key", {"id": id_, "for": of, "attr.name": name, "attr.type": type_})
    root.append(graph)
    return markup(root), []


def without(block: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Give a block without some keys."""
    return {key: value for key, value in block.items() if key not in keys}


def fill(part: Element, attributes: Mapping[str, Any], of: str, keys: dict[tuple[str, str, str], str]) -> None:
    """Write what a part says of itself, declaring each name and type once."""
    for name, value in attributes.items():
        if value is None:
            continue
        text, type_ = typed_text(value)
        id_ = keys.setdefault((of, name, type_), f"d{len(keys)}")
        SubElement(part, "data", {"key": id_}).text = text


def typed_text(value: Any) -> tuple[str, str]:
    """Write a value as a text, with the name of its type."""
    if isinstance(value, bool):
        return str(value).lower(), "boolean"
    if isinstance(value, int) and abs(value) < LARGEST_LONG:
        return str(value), "long"
    if isinstance(value, float):
        return repr(float(value)), "double"
    return str(packed(value)), "string"
