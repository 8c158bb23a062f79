"""XMILE, of Stella, Vensim, Simlin: causal loop diagrams, and the causal links in stock and flow models."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from assessment.systems.formats.draft import Draft
from assessment.systems.formats.signs import number_of, sign_word
from assessment.systems.formats.xmile_names import BLANKS, key_of

KINDS = ("stock", "flow", "aux", "gf", "module")
DELAYS = ("delay_mark", "delay")


def read_xmile(tree: Element) -> Draft:
    """Read the variables of a model and its links.

    The sign stands in the view's connector. A flow into a stock raises it, a flow out of it lowers it.
    """
    draft = Draft((tree.findtext("header/name") or "").strip(), causal=True)
    model = tree.find("model")
    if model is None:
        return draft
    views = model.findall("views/view")
    places = {named(one): one for view in views for one in view if one.tag in KINDS and one.get("name")}
    aliases = {one.get("uid"): one.findtext("of") or "" for view in views for one in view.findall("alias")}
    drawn = [one for block in model.findall("variables") for one in block if one.tag in KINDS and one.get("name")]
    known = {named(one): one for one in drawn}
    for name, one in {**places, **known}.items():
        draft.element(name, spoken(one, places), about(one, places.get(name)))
    for source, target, given in links(views, known, aliases):
        draft.tie(source, target, given)
    draft.dropped.update("sim_specs" for _ in tree.findall("sim_specs"))
    draft.dropped.update("eqn" for one in drawn if one.find("eqn") is not None)
    return draft


def named(one: Element) -> str:
    """Give a variable's name as XMILE compares it: capitals, blanks, line ends and low lines do not count."""
    return key_of(one.get("name", ""))


def spoken(one: Element, places: dict[str, Element]) -> str:
    """Give a variable's name as people read it, that of the drawing first."""
    name = places.get(named(one), one).get("name", "")
    return BLANKS.sub(" ", name).strip()


def about(one: Element, place: Element | None) -> dict[str, Any]:
    """Give where a variable stands and what it is."""
    where = {} if place is None else {key: number_of(place.get(key, "")) for key in ("x", "y")}
    kind = {"element type": one.tag} if one.tag in ("stock", "flow") else {}
    return {
        **where,
        **kind,
        "note": (one.findtext("doc") or "").strip(),
        "units": (one.findtext("units") or "").strip(),
    }


def links(views: list[Element], known: dict[str, Element], aliases: dict) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give the links of a model: those drawn, then those between flows and stocks."""
    for view in views:
        for connector in view.findall("connector"):
            ends = [end_of(connector.find(end), aliases) for end in ("from", "to")]
            if all(ends):
                delayed = any(connector.get(key) == "true" for key in DELAYS)
                given = {"polarity": sign_word(connector.get("polarity", "")), **({"delay": 1} if delayed else {})}
                yield ends[0], ends[1], given
    for name, one in known.items():
        for tag, sign in (("inflow", "+"), ("outflow", "-")):
            for flow in one.findall(tag):
                yield key_of(flow.text or ""), name, {"polarity": sign}


def end_of(end: Element | None, aliases: dict) -> str:
    """Give the variable at the end of a connector, also where a copy of it is drawn."""
    if end is None:
        return ""
    alias = end.find("alias")
    return key_of(aliases.get(alias.get("uid"), "") if alias is not None else end.text or "")
