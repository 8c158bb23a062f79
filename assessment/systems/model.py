"""The systems map: who is there, what acts on what, and who says so, as a documented `networkx.MultiDiGraph`.

Nodes, by id (a text)
    ``type``: `ACTOR` or `VARIABLE`, always; ``label``: text, always.
    Actors: ``role`` (one of `ROLES`, or a word of one's own), ``unit``, ``rank`` (a number, 1 the highest, or a word),
    ``influence`` and ``involvement`` (0–1). Variables: ``note``. Both: ``x``, ``y`` (pixels, y downwards).

Ties, by id (the edge's key, unique on the whole map)
    ``kind``: `CAUSES` for a causal link, else a relation: one of `RELATIONS`, or a word of one's own; always.
    ``formal`` (bool), ``weight`` (0–1, 1 where it is not said), ``polarity`` (``"+"`` or ``"-"``, causal links only;
    left out where nobody knows yet), ``delay`` (whole steps, 0 where it is not said), ``confidence`` (0–1),
    ``participants`` (list of ids: who drew it).

The graph
    ``name``: text; ``participants``: list of ``{id, role, unit}``; ``loops``: list of ``{id, name, nodes, kind}``,
    the loops people have named. All three always.

An attribute that is not known is left out: there are no defaults in a map, `weight_of` and `delay_of` give them.
Attributes the contract does not name are kept as they are.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx

FORMAT = "apprenance-map"
VERSION = 1

ACTOR, VARIABLE = "actor", "variable"
BLOCKS = {ACTOR: "actors", VARIABLE: "variables"}

CAUSES = "causes"
COLLABORATION = ("informs", "coordinates", "cooperates", "collaborates", "decides_with")
"""The spectrum of collaboration, from the loosest to the closest."""

RELATIONS = (*COLLABORATION, "funds", "reports_to")
FORMAL = ("funds", "reports_to")
"""Relations that are formal by their nature, unless ``formal`` says otherwise."""

RELATES = "relates"
"""The kind of a relation that a foreign file draws without naming it."""

POLARITIES = ("+", "-")
LOOP_KINDS = ("reinforcing", "balancing")

ROLES = {
    "elected": None,
    "executive": None,
    "manager": None,
    "agent": None,
    "citizen": None,
    "taxpayer": "citizen",
    "user": "citizen",
    "association": "citizen",
    "partner": None,
}
"""Known roles of actors, and the role a sub-role belongs to."""

ACTOR_KEYS = ("id", "label", "role", "unit", "rank", "influence", "involvement", "x", "y")
VARIABLE_KEYS = ("id", "label", "note", "x", "y")
TIE_KEYS = (
    "id",
    "source",
    "target",
    "kind",
    "formal",
    "weight",
    "polarity",
    "delay",
    "confidence",
    "participants",
)
PARTICIPANT_KEYS = ("id", "role", "unit")
LOOP_KEYS = ("id", "name", "nodes", "kind")

DRAWN = (*BLOCKS.values(), "ties", "format", "version")
"""Keys of a document that its graph holds otherwise than in ``graph.graph``."""

SET_ASIDE = "type_in_file"
"""The attribute that keeps a key ``type`` of a file: on the graph that word is taken."""


def map_graph(document: Mapping[str, Any]) -> nx.MultiDiGraph:
    """Make the graph of a map from a document that has passed the check.

    Parameters
    ----------
    document
        The content of a ``*.map.json`` file, as `check_map` lets it pass.

    Examples
    --------
    >>> tie = {"id": "t1", "source": "maire", "target": "dgs", "kind": "decides_with", "weight": 0.8}
    >>> actors = [{"id": "maire", "label": "Maire", "role": "elected"}, {"id": "dgs", "label": "DGS"}]
    >>> graph = map_graph({"actors": actors, "ties": [tie]})
    >>> graph.nodes["maire"]["type"], graph.edges["maire", "dgs", "t1"]["weight"]
    ('actor', 0.8)
    """
    graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    graph.graph.update({key: value for key, value in known(document).items() if key not in DRAWN})
    for kind, block in BLOCKS.items():
        graph.add_nodes_from((one["id"], node_attributes(kind, one)) for one in document.get(block) or ())
    ends = ("id", "source", "target")
    graph.add_edges_from(
        (tie["source"], tie["target"], tie["id"], {key: value for key, value in known(tie).items() if key not in ends})
        for tie in document.get("ties") or ()
    )
    return graph


def node_attributes(kind: str, element: Mapping[str, Any]) -> dict[str, Any]:
    """Give the attributes of an element's node."""
    kept = {SET_ASIDE if key == "type" else key: value for key, value in known(element).items() if key != "id"}
    return {"type": kind, **kept}


def known(block: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is written as nothing (``null``): it is not known, like what is not written."""
    return {key: value for key, value in block.items() if value is not None}


def map_document(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """Write a map's graph as the document of a ``*.map.json`` file; what is not known is left out.

    Parameters
    ----------
    graph
        A map.

    Examples
    --------
    >>> graph = nx.MultiDiGraph(name="Eau", participants=[], loops=[])
    >>> graph.add_node("v", type="variable", label="Confiance")
    >>> map_document(graph)["variables"]
    [{'id': 'v', 'label': 'Confiance'}]
    """
    nodes = list(graph.nodes(data=True))
    told = {key: value for key, value in graph.graph.items() if key not in DRAWN}
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": told.pop("name", ""),
        "actors": [element_block(node, data, ACTOR_KEYS) for node, data in nodes if data.get("type") != VARIABLE],
        "variables": [element_block(node, data, VARIABLE_KEYS) for node, data in nodes if data.get("type") == VARIABLE],
        "ties": [
            ordered({"id": key, "source": source, "target": target, **data}, TIE_KEYS)
            for source, target, key, data in graph.edges(keys=True, data=True)
        ],
        "participants": told.pop("participants", []),
        "loops": told.pop("loops", []),
        **told,
    }


def element_block(node: Any, data: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Write an element's block."""
    kept = {key: value for key, value in data.items() if key not in ("type", SET_ASIDE)}
    aside = {"type": data[SET_ASIDE]} if SET_ASIDE in data else {}
    return ordered({"id": node, **kept, **aside}, keys)


def ordered(block: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Write the contract's keys first, in its order, then all others."""
    return {key: block[key] for key in keys if key in block} | dict(block)


def weight_of(tie: Mapping[str, Any]) -> float:
    """Give a tie's weight: 1 where it is not said."""
    return tie.get("weight", 1.0)


def delay_of(tie: Mapping[str, Any]) -> int:
    """Give a tie's delay in steps: 0 where it is not said."""
    return int(tie.get("delay", 0))


def is_causal(tie: Mapping[str, Any]) -> bool:
    """Say whether a tie is a causal link rather than a relation."""
    return tie.get("kind") == CAUSES


def is_formal(tie: Mapping[str, Any]) -> bool:
    """Say whether a relation is of the organisation chart: as said, else by its nature."""
    return tie.get("formal", tie.get("kind") in FORMAL)
