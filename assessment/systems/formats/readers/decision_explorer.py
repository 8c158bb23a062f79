"""Decision Explorer: cognitive maps of concepts and signed links; its y goes upwards, the map's downwards."""

from collections import Counter
from xml.etree.ElementTree import Element

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.signs import number_of, sign_word


def read_decision_explorer(tree: Element) -> Draft:
    """Read a model; places are those of its first view."""
    draft = Draft((tree.findtext("info/title") or "").strip(), causal=True)
    places: dict[str | None, dict] = {}
    for position in tree.findall("views/mapview/position"):
        x, y = (number_of(position.get(key, "")) for key in ("x", "y"))
        places.setdefault(position.get("concept"), {"x": x, "y": None if y is None else -y})
    for concept in tree.findall("concepts/concept"):
        text = " ".join("".join(concept.itertext()).split())
        style = concept.get("style")
        draft.element(concept.get("id"), text, {**places.get(concept.get("id"), {}), "style": style})
    for link in tree.findall("links/link"):
        given = {"polarity": sign_word(link.get("sign", "")), "link_type": link.get("type")}
        draft.tie(link.get("linkfrom"), link.get("linkto"), given, link.get("id"))
    draft.dropped = Counter(one.tag for one in tree if one.tag == "conceptstyles")
    return draft
