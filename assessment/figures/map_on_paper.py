"""A systems map on paper: its drawing, the key of its shapes and ties, what is on it, and the reading that is shown."""

import copy
import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from babel.dates import format_date

from assessment.documents import box_of, check_drawing, svg_text, typeset
from assessment.documents.drawings import SVG
from assessment.texts import format_number, word

TEMPLATE = Path(__file__).with_suffix(".typ")

COUNTED = ("actors", "variables", "relations", "links", "participants")
"""What is counted on the page, by its words in `map_reading`."""

PAPERS = {("a4", True): (269, 135), ("a4", False): (182, 215), ("a3", True): (392, 215), ("a3", False): (269, 330)}
"""Width and height in millimetres left for the drawing, by paper and whether it lies on its long side."""

READABLE = 0.14
"""Millimetres a pixel needs so that names (13 pixels) are read with ease, at 5 points: below it A4 gives way to A3."""

LONGEST_TITLE = 160
LONGEST_SENTENCE = 1200
MOST_NAMES = 60
MOST_ROWS = 200
MOST_ITEMS = 40
"""Bounds of what is set: characters of a title and of a sentence, names in the drawing's description, rows, items."""


def map_page(
    document: Mapping[str, Any],
    svg: str,
    language: str,
    reading: Mapping[str, Any] | None = None,
    when: datetime.date | None = None,
) -> bytes:
    """Make the PDF page of a systems map: A4 or A3 by its size, tagged (PDF/UA-1), with what a reading says beneath.

    Parameters
    ----------
    document
        The content of a ``*.map.json`` file, as `check_map` lets it pass.
    svg
        The drawing that the editor made of it. It comes from a browser, so it is checked; its key (``ap-key``) is set
        in the page's own size.
    language
        ``"fr"`` or ``"en"``.
    reading
        What is shown on the map, as the editor gets it: ``title, sentences, items, table``. Left out, the page still
        names the reading that the drawing says it shows.
    when
        The day the page is made; today where it is not said.

    Returns
    -------
    bytes
        A PDF. Missing answers: not concerned.

    Raises
    ------
    Faults
        When the drawing holds anything but shapes and texts, is too large, or is none (see `check_drawing`).

    Examples
    --------
    >>> svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><circle cx="20" cy="20" r="9"/></svg>'
    >>> map_page({"name": "Eau", "actors": [{"id": "a", "label": "Maire"}]}, svg, "fr")[:5]
    b'%PDF-'
    """
    drawing = check_drawing(svg)
    day = when or datetime.date.today()
    shown = short(reading["title"]) if reading else reading_told(drawing)
    entries = [(label_of(entry), key_drawing(entry)) for entry in take_key(drawing)]
    crop(drawing)
    data = {
        **page_words(document, language, day),
        **paper_for(*box_of(drawing)[2:]),
        "key": [{"label": label, "drawing": f"key-{place}"} for place, (label, _) in enumerate(entries)],
        "reading": reading_words(reading, language) if reading else None,
        "reading_shown": word("map_page.reading", language, name=shown) if shown else "",
    }
    drawings = {f"key-{place}": svg_text(one) for place, (_, one) in enumerate(entries)}
    return typeset(TEMPLATE, data, {"drawing": svg_text(drawing), **drawings}, day)


def page_words(document: Mapping[str, Any], language: str, day: datetime.date) -> dict[str, Any]:
    """Give the words of a map's page: title, facts, description of the drawing, footer."""
    name = short(document.get("name") or "") or word("map_page.unnamed", language)
    counts = counted(document, language)
    made = word("map_page.made_on", language, date=format_date(day, "long", locale=language))
    return {
        "language": language,
        "title": name,
        "facts": [word("map_page.kind", language), *counts, made],
        "alt": told_drawing(document, name, counts, language),
        "said_only": word("map_page.said_only", language),
        "page_of": word("map_page.page_of", language),
    }


def counted(document: Mapping[str, Any], language: str) -> list[str]:
    """Say how many there are of each kind of thing on a map; nothing of what there is none.

    Examples
    --------
    >>> counted({"actors": [{"id": "a"}], "ties": [{"kind": "causes"}, {"kind": "informs"}]}, "en")
    ['1 actor', '1 relation', '1 causal link']
    """
    ties = document.get("ties") or ()
    links = sum(tie["kind"] == "causes" for tie in ties)
    found = {name: len(document.get(name) or ()) for name in ("actors", "variables", "participants")}
    found |= {"relations": len(ties) - links, "links": links}
    return [
        word(f"map_reading.{name}_one" if found[name] == 1 else f"map_reading.{name}", language, **number)
        for name in COUNTED
        if found[name]
        for number in [{"count": format_number(found[name], language, 0)}]
    ]


def told_drawing(document: Mapping[str, Any], name: str, counts: Sequence[str], language: str) -> str:
    """Describe a drawing for those who do not see it."""
    labels = [short(one["label"], 60) for block in ("actors", "variables") for one in document.get(block) or ()]
    if not labels:
        return word("map_page.empty_alt", language, name=name)
    names = ", ".join(labels[:MOST_NAMES]) + ("…" if len(labels) > MOST_NAMES else "")
    return word("map_page.drawing_alt", language, name=name, counts=", ".join(counts), names=names)


def reading_words(reading: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give what a reading says, within what a page can hold."""
    items = (reading.get("items") or ())[:MOST_ITEMS]
    return {
        "title": short(reading["title"]),
        "sentences": sentences_of(reading),
        "items": [{"title": short(item.get("title") or ""), "sentences": sentences_of(item)} for item in items],
        "table": table_words(reading["table"], language) if reading.get("table") else None,
    }


def sentences_of(told: Mapping[str, Any]) -> list[str]:
    """Give the sentences of a reading or of one of its items."""
    return [short(sentence, LONGEST_SENTENCE) for sentence in told.get("sentences") or ()]


def table_words(table: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Give a reading's table: its first rows, and how many more there are."""
    columns, rows = table["columns"], table["rows"]
    more = len(rows) - MOST_ROWS
    return {
        "caption": short(table.get("caption") or ""),
        "columns": [{"label": short(one["label"]), "numeric": bool(one.get("numeric"))} for one in columns],
        "rows": [[short(str(cell)) for cell in row[: len(columns)]] for row in rows[:MOST_ROWS]],
        "more": word("map_page.more", language, count=format_number(more, language, 0)) if more > 0 else None,
    }


def take_key(drawing: Element) -> Iterator[Element]:
    """Take the key out of a drawing, entry by entry: on paper it keeps a readable size whatever the map's."""
    for part in [one for one in drawing if has_class(one, "ap-key")]:
        drawing.remove(part)
        yield from (entry for entry in part if has_class(entry, "ap-key-entry"))


def reading_told(drawing: Element) -> str:
    """Give the title of the reading that a drawing says it shows; nothing where it shows none."""
    return next((short(one.text or "") for one in drawing.iter(f"{SVG}text") if has_class(one, "ap-reading")), "")


def has_class(one: Element, name: str) -> bool:
    """Say whether an element is of a class."""
    return name in (one.get("class") or "").split()


def label_of(entry: Element) -> str:
    """Give the words of an entry of the key."""
    return short(" ".join(one.text or "" for one in entry.iter(f"{SVG}text") if has_class(one, "ap-key-label")))


def key_drawing(entry: Element) -> Element:
    """Give the sign of an entry of the key as a drawing of its own."""
    left, top, width, height = box_of(entry, "data-map")
    alone = Element(f"{SVG}svg", {"viewBox": f"{left} {top} {width} {height}"})
    alone.set("width", f"{width}")
    alone.set("height", f"{height}")
    alone.extend(copy.deepcopy(one) for one in entry if not has_class(one, "ap-key-label"))
    return alone


def crop(drawing: Element) -> None:
    """Show the map only: the title and the key that a picture carries are set in type on the page."""
    for one in [one for one in drawing if has_class(one, "ap-heading")]:
        drawing.remove(one)
    box = box_of(drawing, "data-map" if drawing.get("data-map") else "viewBox")
    drawing.set("viewBox", " ".join(f"{value:g}" for value in box))
    drawing.set("width", f"{box[2]:g}")
    drawing.set("height", f"{box[3]:g}")


def paper_for(width: float, height: float) -> dict[str, Any]:
    """Choose the paper on which a drawing can be read, and the side it lies on: the one that shows the drawing larger.

    Examples
    --------
    >>> paper_for(1200, 700), paper_for(1400, 1500)
    ({'paper': 'a4', 'flipped': True}, {'paper': 'a3', 'flipped': False})
    """
    size = {key: min(wide / width, high / height) for key, (wide, high) in PAPERS.items()}
    small = max((True, False), key=lambda flipped: size["a4", flipped])
    large = max((True, False), key=lambda flipped: size["a3", flipped])
    fits = size["a4", small] >= READABLE
    return {"paper": "a4", "flipped": small} if fits else {"paper": "a3", "flipped": large}


def short(text: str, longest: int = LONGEST_TITLE) -> str:
    """Cut a text that would fill the page.

    Examples
    --------
    >>> short("a long label", 8)
    'a long…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
