"""Cytoscape: the JSON of Cytoscape.js and of Cytoscape's own export (``.cyjs``)."""

from collections.abc import Mapping
from typing import Any

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.shapes import rows_in, table_in

ENDS = ("id", "source", "target")
LEFT = ("style", "layout", "zoom", "pan", "boxSelectionEnabled")


def read_cytoscape(tree: Mapping[str, Any], file: str) -> Draft:
    """Read a network; what its data say is kept, its style is not."""
    top = dict(table_in(tree, "data"))
    draft = Draft(str(top.pop("name", "") or ""))
    for block in ("participants", "loops"):
        if isinstance(top.get(block), list):
            getattr(draft, block).extend(top.pop(block))
    draft.kept |= {key: value for key, value in top.items() if key not in ("SUID", "shared_name", "__Annotations")}
    nodes, edges = parts_of(tree, file)
    for node in nodes:
        data = dict(table_in(node, "data"))
        place = {key: value for key, value in table_in(node, "position").items() if key in ("x", "y")}
        id_, label = data.pop("id", None), data.pop("label", None) or data.pop("name", None)
        classes = {"classes": node["classes"]} if node.get("classes") else {}
        draft.element(id_, label, {**place, **classes, **data}, [node.get("classes")])
    for edge in edges:
        data = dict(table_in(edge, "data"))
        draft.tie(data.pop("source", ""), data.pop("target", ""), data, data.pop("id", None))
    draft.dropped.update(key for key in LEFT if tree.get(key))
    return draft


def parts_of(tree: Mapping[str, Any], file: str) -> tuple[list[Mapping], list[Mapping]]:
    """Give nodes and edges, listed apart or together."""
    if isinstance(tree.get("elements"), Mapping):
        return rows_in(tree["elements"], "nodes", file), rows_in(tree["elements"], "edges", file)
    together = rows_in(tree, "elements", file)
    edges = [one for one in together if one.get("group") == "edges" or "source" in table_in(one, "data")]
    drawn = {id(one) for one in edges}
    return [one for one in together if id(one) not in drawn], edges
