"""draw.io (diagrams.net): boxes and arrows to finish by hand."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessment.faults import Finding
from assessment.systems.formats.losses import elements, lost
from assessment.systems.formats.markup import markup
from assessment.systems.model import CAUSES

STYLES = {
    "actor": "rounded=1;whiteSpace=wrap;html=0;fillColor=#dae8fc;strokeColor=#6c8ebf;",
    "variable": "ellipse;whiteSpace=wrap;html=0;fillColor=none;strokeColor=#666666;",
}
CAUSAL = "endArrow=classic;html=0;curved=1;"
RELATION = "endArrow=open;html=0;dashed=1;"
HELD = ("id", "label", "x", "y")
WIDTH, HEIGHT = 140, 50


def write_drawio(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as a drawing: actors as boxes, variables as ellipses, signs and relations on the arrows."""
    root = Element("mxfile", {"host": "Apprenance"})
    diagram = SubElement(root, "diagram", {"name": document["name"] or "map"})
    cells = SubElement(SubElement(diagram, "mxGraphModel"), "root")
    SubElement(cells, "mxCell", {"id": "0"})
    SubElement(cells, "mxCell", {"id": "1", "parent": "0"})
    names = {}
    for number, (kind, one) in enumerate(elements(document)):
        names[one["id"]] = f"n{number}"
        box(cells, f"n{number}", kind, one, number)
    for number, tie in enumerate(document["ties"]):
        arrow(cells, f"t{number}", tie, names)
    keeps = {"actors": HELD, "variables": HELD, "ties": ("id", "source", "target", "kind", "polarity", "delay")}
    return markup(root), lost(document, keeps | {"map": ("name",)})


def box(cells: Element, name: str, kind: str, one: Mapping[str, Any], number: int) -> None:
    """Draw an element, in a grid where it has no place."""
    shape = {"id": name, "value": one["label"], "style": STYLES[kind], "vertex": "1", "parent": "1"}
    x, y = one.get("x", 200 * (number % 6)), one.get("y", 120 * (number // 6))
    where = {"x": repr(x), "y": repr(y), "width": str(WIDTH), "height": str(HEIGHT), "as": "geometry"}
    SubElement(SubElement(cells, "mxCell", shape), "mxGeometry", where)


def arrow(cells: Element, name: str, tie: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Draw a tie with its sign or its kind."""
    causal = tie["kind"] == CAUSES
    said = (tie.get("polarity") or "?") + (" ‖" if tie.get("delay") else "") if causal else tie["kind"]
    line = {"id": name, "value": said, "style": CAUSAL if causal else RELATION, "edge": "1", "parent": "1"}
    cell = SubElement(cells, "mxCell", line | {"source": names[tie["source"]], "target": names[tie["target"]]})
    SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
