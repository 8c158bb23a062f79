"""Mental Modeler: concepts and how strongly each acts on others; its matrix is read as any matrix."""

import math
from typing import Any
from xml.etree.ElementTree import Element

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.signs import number_of


def read_mental_modeler(tree: Element) -> Draft:
    """Read a model; an influence of NaN is one that nobody has set yet."""
    draft = Draft(text_at(tree.find("info"), "name"), causal=True)
    groups = {name.get("index"): name.get("name") for name in tree.findall("groupNames/groupName")}
    concepts = tree.findall("concepts/concept")
    for concept in concepts:
        given: dict[str, Any] = {key: number_of(text_at(concept, key)) for key in ("x", "y")}
        given |= {"note": text_at(concept, "notes"), "units": text_at(concept, "units")}
        preferred = text_at(concept, "preferredState")
        given["preferred_state"] = number_of(preferred) if preferred != "0" else None
        given["group"] = groups.get(text_at(concept, "group"))
        draft.element(text_at(concept, "id"), text_at(concept, "name"), given)
    for concept in concepts:
        for one in concept.findall("relationships/relationship"):
            draft.tie(text_at(concept, "id"), text_at(one, "id"), relationship(one))
    draft.dropped.update("scenario" for _ in tree.findall("scenarios/scenario"))
    return draft


def relationship(one: Element) -> dict[str, Any]:
    """Give what a relationship says."""
    influence = number_of(text_at(one, "influence"))
    confidence = number_of(text_at(one, "confidence"))
    given: dict[str, Any] = {"note": text_at(one, "notes")}
    if influence is not None and not math.isnan(influence):
        given |= {"weight": abs(influence)} | ({"polarity": "-" if influence < 0 else "+"} if influence else {})
    if confidence:
        given["confidence_in_file"] = confidence
    return given


def text_at(part: Element | None, name: str) -> str:
    """Give the text of a part's part."""
    return (part.findtext(name) or "").strip() if part is not None else ""
