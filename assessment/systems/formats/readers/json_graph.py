"""JSON Graph Format, its first and its second version."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.faults import Fault, Faults
from assessment.systems.formats.draft import Draft, check_room
from assessment.systems.formats.shapes import rows_in, table_in
from assessment.systems.limits import MOST_ELEMENTS


def read_json_graph(tree: Mapping[str, Any], file: str) -> Draft:
    """Read a graph; metadata are kept."""
    graphs = rows_in(tree, "graphs", file) if "graphs" in tree else [table_in(tree, "graph")]
    if len(graphs) != 1:
        raise Faults([Fault("several_graphs", {"file": file}, {"count": len(graphs)})])
    graph = graphs[0]
    draft = Draft(str(graph.get("label") or ""))
    draft.kept |= {str(key): value for key, value in table_in(graph, "metadata").items() if key not in draft.kept}
    for id_, node in nodes_of(graph, file):
        draft.element(id_, node.get("label"), dict(table_in(node, "metadata")), [node.get("type")])
    undirected = {"direction": "undirected"} if graph.get("directed") is False else {}
    for edge in rows_in(graph, "edges", file):
        own = {"direction": "undirected"} if edge.get("directed") is False else {}
        said = {key: edge.get(key) for key in ("relation", "label")}
        given = {**table_in(edge, "metadata"), **said, **({} if edge.get("directed") else undirected), **own}
        draft.tie(edge.get("source"), edge.get("target"), given, edge.get("id"))
    draft.dropped.update(key for key in ("id", "type", "hyperedges") if graph.get(key))
    return draft


def nodes_of(graph: Mapping[str, Any], file: str) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """Give nodes with their ids: keys of a block in the second version, a list in the first."""
    nodes = graph.get("nodes")
    check_room(len(nodes) - 1 if isinstance(nodes, Mapping | list) else 0, MOST_ELEMENTS)
    if isinstance(nodes, Mapping):
        yield from ((id_, node if isinstance(node, Mapping) else {}) for id_, node in nodes.items())
    else:
        yield from ((node.get("id"), node) for node in rows_in(graph, "nodes", file))
