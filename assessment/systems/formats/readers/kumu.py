"""Kumu: the short JSON people write by hand (blueprint) and the full backup, and the sheets of its workbook."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.systems.formats.draft import BOTH_WAYS, Draft
from assessment.systems.formats.shapes import rows_in, table_in

OURS = ("Actor", "Variable")
"""The element types our own writer gives; they say no more than the type on the map does."""

STRUCTURE = ("_id", "id", "from", "to", "direction", "delayed", "reversed", "position")
"""Keys of a blueprint's block that say how it is drawn."""

OURS_TOP = "apprenance"
"""The key our own writer lays beside Kumu's."""

LAID_ASIDE = ("perspectives", "attributeRelevance")


def read_kumu(tree: Mapping[str, Any], file: str) -> Draft:
    """Read a Kumu project; places are those of its first (or default) map."""
    draft = Draft(str(tree.get("name") or ""))
    places = places_of(tree, file)
    for element in rows_in(tree, "elements", file):
        id_ = element.get("_id") or element.get("id") or attributes_of(element).get("label")
        given = renamed(attributes_of(element))
        label = given.pop("label", None)
        kind = given.get("element type") or given.get("type")
        if given.get("element type") in OURS:
            given["type"] = str(given.pop("element type")).lower()
        draft.element(id_, label, {**places.get(str(id_), {}), **given}, [kind])
    ends = {}
    for connection in rows_in(tree, "connections", file):
        ends |= fill_connection(draft, connection)
    fill_loops(draft, tree, ends, file)
    draft.kept |= {"description": tree["description"]} if tree.get("description") else {}
    fill_ours(draft, table_in(tree, OURS_TOP))
    draft.dropped.update(key for key in LAID_ASIDE if tree.get(key))
    draft.dropped.update("maps" for _ in rows_in(tree, "maps", file)[1:])
    return draft


def attributes_of(block: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a block says of itself: in a place of its own in a backup, among all else in a blueprint."""
    inside = block.get("attributes")
    return dict(inside) if isinstance(inside, Mapping) else {key: block[key] for key in block if key not in STRUCTURE}


def renamed(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """Give Kumu's fields by the names of the map."""
    names = {"description": "note"} if "note" not in attributes else {}
    return {names.get(key, key): value for key, value in attributes.items()}


def fill_connection(draft: Draft, connection: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Put a connection into the draft; give its ends by its id."""
    given = renamed(attributes_of(connection))
    source, target, id_ = connection.get("from", ""), connection.get("to", ""), connection.get("_id")
    if connection.get("reversed"):
        source, target = target, source
    if connection.get("delayed"):
        given = {"delay": 1, **given}
    if connection.get("direction") in BOTH_WAYS:
        given["direction"] = connection["direction"]
    draft.tie(source, target, given, id_ or connection.get("id"))
    return {str(id_): (str(source), str(target))}


def places_of(tree: Mapping[str, Any], file: str) -> dict[str, dict[str, Any]]:
    """Give the places of elements on the default map, by id; those it lacks from the others."""
    maps = rows_in(tree, "maps", file)
    maps = sorted(maps, key=lambda one: one.get("_id") != tree.get("defaultMap"))
    places: dict[str, dict[str, Any]] = {}
    for one in maps:
        for element in rows_in(one, "elements", file):
            where = table_in(element, "position")
            places.setdefault(str(element.get("element")), {key: where[key] for key in ("x", "y") if key in where})
    return places


def fill_loops(draft: Draft, tree: Mapping[str, Any], ends: Mapping[str, tuple[str, str]], file: str) -> None:
    """Put the loops people have named into the draft, by the sources of their connections."""
    for loop in rows_in(tree, "loops", file):
        given = attributes_of(loop)
        nodes = listed(loop, "elements") or list(nodes_of(listed(loop, "connections"), ends))
        if nodes:
            kind = {"R": "reinforcing", "B": "balancing"}.get(str(given.get("loop type") or given.get("type"))[:1])
            draft.loop(nodes, id=loop.get("_id"), name=given.get("label"), kind=kind)
        else:
            draft.dropped["loops"] += 1


def listed(block: Mapping[str, Any], key: str) -> list[Any]:
    """Give the list a key holds, of texts, numbers or blocks."""
    found = block.get(key)
    return found if isinstance(found, list) else []


def nodes_of(connections: Any, ends: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Give the elements connections start from."""
    for one in connections:
        id_ = one.get("connection") if isinstance(one, Mapping) else one
        if str(id_) in ends:
            yield ends[str(id_)][0]


def fill_ours(draft: Draft, ours: Mapping[str, Any]) -> None:
    """Take back what our own writer laid into a project: who took part, named loops, keys of one's own."""
    draft.participants += listed(ours, "participants")
    draft.loops += listed(ours, "loops")
    draft.kept |= {key: value for key, value in ours.items() if key not in ("participants", "loops")}
