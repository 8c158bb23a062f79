"""XMILE: the causal links of a map as a causal loop diagram."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from assessment.faults import Finding
from assessment.systems.formats.losses import lost
from assessment.systems.formats.markup import markup
from assessment.systems.formats.xmile_names import BLANKS, key_of
from assessment.systems.model import CAUSES

SPACES = {
    "version": "1.0",
    "xmlns": "http://docs.oasis-open.org/xmile/ns/XMILE/v1.0",
    "xmlns:isee": "http://iseesystems.com/XMILE",
}
HELD = ("id", "label", "x", "y", "note")
TIE = ("id", "source", "target", "kind", "polarity", "delay")


def write_xmile(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as a causal loop diagram; XMILE holds no relations, no weights, and a delay only as a mark."""
    everyone = [one for block in ("actors", "variables") for one in document[block]]
    names = unique_names(everyone)
    causal = [tie for tie in document["ties"] if tie["kind"] == CAUSES]
    root = Element("xmile", SPACES)
    header = SubElement(root, "header")
    SubElement(header, "name").text = document["name"]
    SubElement(header, "vendor").text = "Apprenance"
    SubElement(header, "product", {"version": "1", "lang": "en"}).text = "Apprenance"
    SubElement(root, "isee:prefs", {"layer": "cld"})
    model = SubElement(root, "model")
    variables = SubElement(model, "variables")
    view = SubElement(SubElement(model, "views"), "view", {"isee:converter_size": "name_only"})
    for number, one in enumerate(everyone):
        variable = SubElement(variables, "aux", {"name": names[one["id"]]})
        if one.get("note"):
            SubElement(variable, "doc").text = one["note"]
        where = {"x": one.get("x", 150 * (number % 8 + 1)), "y": one.get("y", 120 * (number // 8 + 1))}
        SubElement(view, "aux", {key: repr(value) for key, value in where.items()} | {"name": names[one["id"]]})
    for number, tie in enumerate(causal, 1):
        connect(view, number, tie, names)
    left = len(document["ties"]) - len(causal)
    held = {"actors": HELD, "variables": HELD, "ties": TIE, "map": ("name",)}
    relations = [Finding("ties_not_kept", {}, {"count": left})] if left else []
    return markup(root), lost({**document, "ties": causal}, held) + relations


def connect(view: Element, number: int, tie: Mapping[str, Any], names: Mapping[str, str]) -> None:
    """Draw a link."""
    sign = {"polarity": tie["polarity"]} if "polarity" in tie else {}
    mark = {"delay_mark": "true"} if tie.get("delay") else {}
    connector = SubElement(view, "connector", {"uid": str(number), "angle": "0", **sign, **mark})
    SubElement(connector, "from").text = names[tie["source"]]
    SubElement(connector, "to").text = names[tie["target"]]


def unique_names(everyone: list[Mapping[str, Any]]) -> dict[str, str]:
    """Name elements by their label, and by a number too where XMILE would take two for one."""
    taken: set[str] = set()
    names = {}
    for one in everyone:
        label = BLANKS.sub(" ", one["label"]).strip().strip('"') or one["id"]
        name, number = label, 1
        while key_of(name) in taken:
            number += 1
            name = f"{label} ({number})"
        taken.add(key_of(name))
        names[one["id"]] = name
    return names
