"""Cytoscape: nodes and edges with all their data."""

import json
from collections.abc import Mapping
from typing import Any

from assessment.faults import Finding
from assessment.systems.formats.losses import KNOWN, elements, typed


def write_cytoscape(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as the JSON Cytoscape imports; nothing is lost."""
    top = {key: value for key, value in document.items() if key not in (*KNOWN, "format", "version")}
    top |= {key: document[key] for key in ("participants", "loops") if document[key]}
    network = {
        "format_version": "1.0",
        "data": top,
        "elements": {
            "nodes": [node(kind, one) for kind, one in elements(document)],
            "edges": [{"data": dict(tie)} for tie in document["ties"]],
        },
    }
    return (json.dumps(network, ensure_ascii=False) + "\n").encode(), []


def node(kind: str, one: Mapping[str, Any]) -> dict[str, Any]:
    """Write an element; one that has both its coordinates stands there."""
    places = ("x", "y") if "x" in one and "y" in one else ()
    data = {key: value for key, value in typed(kind, one).items() if key not in places}
    return {"data": data, **({"position": {key: one[key] for key in places}} if places else {})}
