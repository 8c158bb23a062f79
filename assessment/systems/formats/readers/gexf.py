"""GEXF, as Gephi and networkx write it; Gephi's y goes upwards, the map's downwards."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.readers.graphml import value_of
from assessment.systems.formats.signs import number_of

PARTS = {"node", "edge"}


def read_gexf(tree: Element) -> Draft:
    """Read a graph; attributes are kept, colours and sizes are not."""
    graph = tree.find("graph")
    draft = Draft(tree.findtext("meta/description") or "")
    if graph is None:
        return draft
    titles = {of: titles_of(graph, of) for of in PARTS}
    for node in graph.iter("node"):
        given = {**attributes_of(node, titles["node"]), **place_of(node)}
        draft.element(node.get("id"), node.get("label"), given)
    for edge in graph.iter("edge"):
        given = attributes_of(edge, titles["edge"])
        kind = edge.get("type") or graph.get("defaultedgetype") or "undirected"
        said = {key: edge.get(key) for key in ("label", "weight", "kind") if edge.get(key) and key not in given}
        direction = {"direction": kind} if kind != "directed" else {}
        draft.tie(edge.get("source"), edge.get("target"), {**given, **said, **direction}, edge.get("id"))
    draft.dropped.update(part.tag for part in graph.iter() if part.tag in ("color", "size", "thickness", "spell"))
    return draft


def titles_of(graph: Element, of: str) -> dict[str, tuple[str, str]]:
    """Give the names and types of the attributes declared for nodes or edges, with their defaults left alone."""
    return {
        str(one.get("id")): (str(one.get("title") or one.get("id")), str(one.get("type")))
        for block in graph.findall("attributes")
        if block.get("class") == of
        for one in block.findall("attribute")
    }


def attributes_of(part: Element, titles: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Give what a part says, each value in its type."""
    found = {}
    for one in part.findall("attvalues/attvalue"):
        id_ = str(one.get("for") or one.get("id"))
        title, type_ = titles.get(id_, (id_, "string"))
        found[title] = value_of(one.get("value", ""), type_)
    return found


def place_of(node: Element) -> dict[str, Any]:
    """Give where a node stands, y turned over."""
    where = node.find("position")
    if where is None:
        return {}
    place = {key: number_of(where.get(key, "")) for key in ("x", "y")}
    return {key: -value if key == "y" else value for key, value in place.items() if value is not None}
