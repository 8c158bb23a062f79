"""PRSM (Participatory System Mapper): plain JSON up to version 2, packed since."""

from collections.abc import Mapping
from typing import Any

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.shapes import rows_in, table_in
from assessment.systems.formats.signs import sign_word

UNNAMED = "Sample"
"""The label of a style nobody has named."""


def read_prsm(tree: Mapping[str, Any], file: str) -> Draft:
    """Read a PRSM map: the sign of a link stands only in the name of its style."""
    styles = {kind: table_in(table_in(tree, "styles"), kind) for kind in ("nodes", "edges")}
    draft = Draft(str(tree.get("mapTitle") or ""))
    for node in rows_in(tree, "nodes", file):
        kept = {key: node.get(key) for key in ("x", "y", "note")}
        group = label_of(styles["nodes"], node)
        draft.element(node.get("id"), node.get("label"), {**kept, "group": group}, [group])
        draft.dropped.update(["color"] if "color" in node else [])
    for edge in rows_in(tree, "edges", file):
        style = label_of(styles["edges"], edge)
        named = {"sign": style} if sign_word(style) else {"relation": style}
        label = {"sign": edge["label"]} if sign_word(edge.get("label")) else {"label": edge.get("label")}
        draft.tie(edge.get("from"), edge.get("to"), {**named, **label, "note": edge.get("note")}, edge.get("id"))
    draft.dropped.update(key for key in ("history", "underlay", "background") if tree.get(key) not in (None, [], "{}"))
    return draft


def label_of(styles: Mapping[str, Any], drawn: Mapping[str, Any]) -> str | None:
    """Give the name of a drawing's style; None where nobody has named it."""
    name = table_in(styles, str(drawn.get("grp"))).get("groupLabel")
    return name if isinstance(name, str) and name.strip() not in ("", UNNAMED) else None
