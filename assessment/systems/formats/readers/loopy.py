"""LOOPY: nodes, arrows and notes as lists of bare values, in a file or in an address."""

from typing import Any
from urllib.parse import unquote

from assessment.faults import Fault, Faults
from assessment.systems.formats.draft import Draft

NODE = ("id", "x", "y", "start", "label", "hue")
ARROW = ("source", "target", "arc", "strength", "rotation")


def read_loopy(tree: Any, file: str) -> Draft:
    """Read a LOOPY drawing; a strength above zero is a link of the same direction, below of the opposite one."""
    if not is_loopy(tree):
        raise Faults([Fault("map_kind_unknown", {"file": file}, {})])
    draft = Draft(causal=True)
    for values in tree[0]:
        node = dict(zip(NODE, values, strict=False))
        draft.element(node.pop("id"), unquote(str(node.pop("label"))), node)
    for values in tree[1]:
        arrow = dict(zip(ARROW, values, strict=False))
        strength = arrow.pop("strength")
        sign = {"sign": 1 if strength > 0 else -1} if strength else {}
        beyond = {"strength": strength} if abs(strength) not in (0, 1) else {}
        draft.tie(arrow.pop("source"), arrow.pop("target"), {**arrow, **sign, **beyond})
    notes = [[x, y, unquote(str(text))] for x, y, text in tree[2]]
    draft.kept |= {"notes": notes} if notes else {}
    return draft


def is_loopy(tree: Any) -> bool:
    """Say whether a list has the shape of a LOOPY drawing."""
    if not (isinstance(tree, list) and len(tree) >= 3 and all(isinstance(part, list) for part in tree[:3])):
        return False
    nodes, arrows, notes = tree[:3]
    return (
        all(isinstance(one, list) and len(one) >= 5 for one in nodes)
        and all(isinstance(one, list) and len(one) >= 4 and isinstance(one[3], int | float) for one in arrows)
        and all(isinstance(one, list) and len(one) == 3 for one in notes)
    )
