"""Drawings that come from a browser (SVG): let in only where nothing in them could act, fetch or grow."""

import math
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assessment.documents.fonts import FAMILY, drawable
from assessment.faults import Fault, Faults, refuse

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

MOST_BYTES = 20_000_000
MOST_ELEMENTS = 200_000
DEEPEST = 16
LARGEST = 1e6
"""Bounds of a drawing: of its text in bytes, its elements, how deep they stand in each other, a number in pixels."""

TEXTS = {
    "aria-labelledby",
    "class",
    "fill",
    "font-family",
    "id",
    "role",
    "stop-color",
    "stroke",
    "text-anchor",
    LANGUAGE,
}
MEASURES = {"cx", "cy", "data-map", "d", "font-size", "height", "offset", "points", "r", "rx", "ry", "stroke-dasharray"}
MEASURES |= {"stroke-width", "transform", "viewBox", "width", "x", "x1", "x2", "y", "y1", "y2"}
LOOKS = {"direction", "fill-rule", "font-style", "font-weight", "gradientTransform", "gradientUnits", "paint-order"}
LOOKS |= {"clip-path", "fill-opacity", "opacity", "stop-opacity", "stroke-linecap", "stroke-linejoin", "stroke-opacity"}
ATTRIBUTES = TEXTS | MEASURES | LOOKS | {"unicode-bidi", "version"}
ELEMENTS = {"svg", "g", "title", "desc", "rect", "ellipse", "circle", "path", "polygon", "line", "text", "tspan"}
ELEMENTS |= {"defs", "linearGradient", "stop", "clipPath"}
"""All that a drawing may hold: shapes, texts and how they look. What is not listed is refused, known or not."""

MOVE = r"(?!url)[a-z]+\([-+\d.,e\s]*\)"
INERT = re.compile(rf"url\(#[a-z][\w-]*\)|[^()&<>\\:;]*|{MOVE}(\s+{MOVE})*", re.IGNORECASE)
"""Values that refer to nothing outside: a part of the drawing, plain words and numbers, a colour or a move."""

COORDINATES = re.compile(r"[-+\d.,eE\sMmLlHhVvCcSsQqTtAaZz]*|none")
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def check_drawing(svg: str | bytes) -> Element:
    """Learn whether a drawing is one that may be printed; give it as a tree, its texts in our typeface.

    Parameters
    ----------
    svg
        The text of an SVG drawing, from wherever.

    Returns
    -------
    xml.etree.ElementTree.Element
        The drawing: shapes and texts only. Comments and instructions are gone; characters that our typeface lacks are
        replaced.

    Raises
    ------
    Faults
        ``drawing_too_large``; ``drawing_unreadable`` with the reason; ``drawing_unsafe`` for scripts, foreign elements,
        event handlers, references and entities, each named; ``drawing_without_size``.

    Examples
    --------
    >>> check_drawing('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>')
    Traceback (most recent call last):
    assessment.faults.Faults: drawing_unsafe (value='script')
    """
    root = tree_of(svg.encode("utf-8", "replace") if isinstance(svg, str) else svg)
    kinds = sorted({brief(name) for name in foreign(root)})
    refuse(*(Fault("drawing_unsafe", values={"value": name}) for name in kinds[:20]))
    box_of(root)
    for one in root.iter():
        one.text, one.tail = drawable(one.text or ""), ""
        if "font-family" in one.attrib:
            one.set("font-family", FAMILY)
    return root


def tree_of(content: bytes) -> Element:
    """Read a drawing: whole XML without a document type, not too large, not too deep."""
    if len(content) > MOST_BYTES or content.count(b"<") > 2 * MOST_ELEMENTS:
        raise Faults([Fault("drawing_too_large", values={"most": MOST_BYTES // 1_000_000})])
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise Faults([Fault("drawing_unsafe", values={"value": "DOCTYPE"})]) from None
    except (ParseError, ValueError, LookupError) as error:
        raise Faults([Fault("drawing_unreadable", values={"reason": str(error)})]) from error
    if root.tag != f"{SVG}svg":
        raise Faults([Fault("drawing_unreadable", values={"reason": brief(root.tag)})])
    return root


def foreign(root: Element) -> Iterator[str]:
    """Name whatever a drawing of ours does not hold."""
    for depth, one in walk(root):
        name = one.tag.removeprefix(SVG) if isinstance(one.tag, str) else "?"
        if name not in ELEMENTS or depth > DEEPEST:
            yield name
        for key, value in one.attrib.items():
            if key not in ATTRIBUTES or not inert(key, value):
                yield f"{name} {key}"


def walk(root: Element) -> Iterator[tuple[int, Element]]:
    """Visit all elements with how deep they stand, without recursion: depth is what is being judged."""
    waiting = [(0, root)]
    while waiting:
        depth, one = waiting.pop()
        yield depth, one
        waiting.extend((depth + 1, child) for child in one)


def inert(key: str, value: str) -> bool:
    """Say whether a value refers to nothing outside, and whether its numbers are of this world."""
    if not INERT.fullmatch(value):
        return False
    if key in MEASURES - {"transform"} and not COORDINATES.fullmatch(value):
        return False
    return key not in MEASURES or all(abs(float(one)) <= LARGEST for one in NUMBER.findall(value))


def brief(name: str) -> str:
    """Cut a name that would fill the screen, and leave out its namespace."""
    return name.rpartition("}")[2][:60]


def box_of(root: Element, key: str = "viewBox") -> tuple[float, float, float, float]:
    """Give the part of the plane a drawing shows: left, top, width, height in pixels.

    Examples
    --------
    >>> box_of(Element("svg", {"viewBox": "-10 0 200 100"}))
    (-10.0, 0.0, 200.0, 100.0)
    """
    try:
        left, top, width, height = map(float, (root.get(key) or "").replace(",", " ").split())
    except ValueError:
        raise Faults([Fault("drawing_without_size")]) from None
    if not all(map(math.isfinite, (left, top, width, height))) or width <= 0 or height <= 0:
        raise Faults([Fault("drawing_without_size")])
    return left, top, width, height


def svg_text(root: Element) -> str:
    """Write a drawing as the text of an SVG file."""
    return tostring(root, encoding="unicode")
