"""Mermaid: a drawing in the text of a page, as Markdown sites and notebooks show it."""

from collections.abc import Mapping
from typing import Any

from assessment.faults import Finding
from assessment.systems.formats.losses import elements, lost
from assessment.systems.model import CAUSES

SHAPES = {"actor": '["{}"]', "variable": '(["{}"])'}
CODES = {character: f"#{ord(character)};" for character in '#"&<>`\\[](){}|;'}
"""Characters with a meaning of their own, by their number."""


def write_mermaid(document: Mapping[str, Any]) -> tuple[bytes, list[Finding]]:
    """Write a map as a flow chart; Mermaid places the elements itself."""
    names = {one["id"]: f"n{number}" for number, (_, one) in enumerate(elements(document))}
    lines = ["flowchart LR"]
    for kind, one in elements(document):
        lines.append(f"  {names[one['id']]}{SHAPES[kind].format(harmless(one['label']))}")
    for tie in document["ties"]:
        line = "-->" if tie["kind"] == CAUSES else "-.->"
        lines.append(f'  {names[tie["source"]]} {line}|"{harmless(said(tie))}"| {names[tie["target"]]}')
    keeps = {"actors": ("id", "label"), "variables": ("id", "label")}
    keeps["ties"] = ("id", "source", "target", "kind", "polarity", "delay")
    return ("\n".join(lines) + "\n").encode(), lost(document, keeps)


def said(tie: Mapping[str, Any]) -> str:
    """Say a tie's sign and delay, or its kind."""
    if tie["kind"] != CAUSES:
        return tie["kind"]
    return (tie.get("polarity") or "?") + (" ‖" if tie.get("delay") else "")


def harmless(text: str) -> str:
    """Write a text so that nothing in it draws or runs."""
    return "".join(CODES.get(character, character) for character in " ".join(text.split())) or " "
