"""GraphML, as yEd, networkx, igraph, Cytoscape and many others write it."""

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from assessment.systems.formats.draft import TRUTHS, Draft, present
from assessment.systems.formats.notation import unpacked
from assessment.systems.formats.signs import number_of

LABELS = ("label", "name", "Label", "d_label")


def read_graphml(tree: Element) -> Draft:
    """Read a graph; what a node or an edge says about itself is kept."""
    keys = {key.get("id"): (key.get("attr.name") or key.get("id"), key.get("attr.type")) for key in tree.iter("key")}
    draft = Draft()
    graph = tree.find("graph")
    for part in graph.iter() if graph is not None else ():
        if part.tag == "node":
            given = attributes_of(part, keys)
            label = next((given.pop(key) for key in LABELS if given.get(key) not in (None, "")), None)
            draft.element(part.get("id"), label or drawn_text(part), given)
        elif part.tag == "edge":
            given = attributes_of(part, keys)
            if is_undirected(part, graph):
                given["direction"] = "undirected"
            draft.tie(part.get("source"), part.get("target"), given, part.get("id") or given.pop("id", None))
        elif part.tag in ("hyperedge", "port"):
            draft.dropped[part.tag] += 1
    if graph is not None:
        fill_top(draft, attributes_of(graph, keys))
    return draft


def attributes_of(part: Element, keys: Mapping[Any, tuple]) -> dict[str, Any]:
    """Give what a part says, each value in its type."""
    found = {}
    for data in part.findall("data"):
        name, type_ = keys.get(data.get("key"), (data.get("key"), "string"))
        if len(data) == 0 and data.text is not None and name:
            found[name] = value_of(data.text, type_)
    return present(found)


def value_of(text: str, type_: Any) -> Any:
    """Read a value by its declared type; one that does not fit stays a text."""
    if type_ in ("int", "long", "float", "double", "integer"):
        number = number_of(text)
        return text if number is None else number
    if type_ in ("boolean", "bool"):
        return TRUTHS.get(text.strip().lower(), False)
    return unpacked(text)


def drawn_text(part: Element) -> str | None:
    """Give the text yEd draws in a node."""
    label = next(part.iter("NodeLabel"), None)
    return label.text.strip() if label is not None and label.text else None


def is_undirected(edge: Element, graph: Element) -> bool:
    """Say whether an edge has no direction, of its own or by the graph's rule."""
    return (edge.get("directed") or str(graph.get("edgedefault") != "undirected").lower()) == "false"


def fill_top(draft: Draft, given: dict[str, Any]) -> None:
    """Put what the graph says of itself into the draft."""
    draft.name = str(given.pop("name", ""))
    for block in ("participants", "loops"):
        if isinstance(given.get(block), list):
            getattr(draft, block).extend(given.pop(block))
    draft.kept |= given
