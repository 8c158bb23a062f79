"""GEXF 1.3, for Gephi: attributes under their own name and type."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessment.faults import Finding
from assessment.systems.formats.losses import elements, lost, typed
from assessment.systems.formats.markup import markup
from assessment.systems.formats.writers.graphml import typed_text, without

SPACES = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
HELD = dict.fromkeys(("actors", "variables", "ties"), "*") | {"map": ("name",)}


def write_gexf(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as GEXF; it holds no list of participants and no named loops."""
    root = Element("gexf", SPACES)
    meta = SubElement(root, "meta")
    SubElement(meta, "creator").text = "Apprenance"
    SubElement(meta, "description").text = document["name"]
    graph = SubElement(root, "graph", {"defaultedgetype": "directed", "mode": "static"})
    declared = {of: SubElement(graph, "attributes", {"class": of}) for of in ("node", "edge")}
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for kind, one in elements(document):
        node = SubElement(nodes, "node", {"id": one["id"], "label": one["label"]})
        at = ("x", "y") if "x" in one and "y" in one else ()
        fill(node, without(typed(kind, one), "id", "label", *at), declared["node"])
        if at:
            SubElement(node, "viz:position", {"x": repr(one["x"]), "y": repr(-one["y"]), "z": "0.0"})
    for tie in document["ties"]:
        ends = {key: tie[key] for key in ("id", "source", "target")}
        weight = {"weight": repr(tie["weight"])} if "weight" in tie else {}
        fill(SubElement(edges, "edge", ends | weight), without(tie, *ends, *weight), declared["edge"])
    return markup(root), lost(document, HELD)


def fill(part: Element, attributes: Mapping[str, Any], declared: Element) -> None:
    """Write what a part says of itself, declaring each name and type once."""
    values = SubElement(part, "attvalues")
    known = {(one.get("title"), one.get("type")): one.get("id") for one in declared}
    for name, value in attributes.items():
        if value is None:
            continue
        text, type_ = typed_text(value)
        if (name, type_) not in known:
            known[name, type_] = str(len(declared))
            SubElement(declared, "attribute", {"id": known[name, type_], "title": name, "type": type_})
        SubElement(values, "attvalue", {"for": known[name, type_], "value": text})
