"""The blocks of a tool's page: what each may hold, and the check that a document is a page of them.

A document travels as JSON. Python writes every word of it; the browser draws it. docs/tool-page.md lists the blocks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.widgets.offers import OFFERS, Offers, actions_of, is_grid, offered_in
from assessment.widgets.parts import Parts, items, list_faults, listed, part_faults

TONES = ("info", "good", "warning", "problem")
STATES = ("saved", "saving", "unsaved", "problem")
STEPS = ("done", "next", "later")
DEEPEST = 4
"""Sections and folds within one another."""

PAGE = {
    "language": (str, False),
    "title": (str, False),
    "lead": (str, True),
    "screen": (str, True),
    "header": (dict, True),
    "blocks": (list, True),
    "footnote": (str, True),
    "address": (dict, True),
    "refresh": (bool, True),
    "languages": (list, True),
    "words": (dict, True),
    "revision": (int, True),
}
HEADER = {"organisation": (str, True), "campaign": (str, True), "state": (dict, True), "home": (dict, True)}
STATE = {"kind": (str, False), "text": (str, False)}
LINK = {"label": (str, False), "href": (str, False)}
ACTION = {
    "label": (str, False),
    "id": (str, True),
    "href": (str, True),
    "primary": (bool, True),
    "values": (dict, True),
    "about": (str, True),
}
SUBMIT = {"id": (str, False), "label": (str, False), "quiet": (bool, True), "values": (dict, True)}
CANCEL = {"id": (str, False), "label": (str, False)}

_OWN = {"kind": (str, False), "id": (str, True)}
BLOCKS = {
    "heading": {**_OWN, "text": (str, False)},
    "paragraph": {**_OWN, "text": (str, False)},
    "notice": {**_OWN, "tone": (str, False), "title": (str, True), "lines": (list, True), "actions": (list, True)},
    "facts": {**_OWN, "items": (list, False)},
    "steps": {**_OWN, "label": (str, False), "items": (list, False)},
    "cards": {**_OWN, "label": (str, False), "items": (list, False), "look": (str, True)},
    "form": {
        **_OWN,
        "id": (str, False),
        "label": (str, True),
        "fields": (list, False),
        "submit": (dict, True),
        "actions": (list, True),
        "change": (str, True),
    },
    "table": {
        **_OWN,
        "caption": (str, False),
        "columns": (list, False),
        "rows": (list, False),
        "sortable": (bool, True),
        "empty": (str, True),
    },
    "actions": {**_OWN, "items": (list, False)},
    "upload": {
        **_OWN,
        "id": (str, False),
        "label": (str, False),
        "hint": (str, False),
        "accept": (str, True),
        "largest": (int, True),
    },
    "download": {
        **_OWN,
        "id": (str, False),
        "label": (str, False),
        "hint": (str, True),
        "primary": (bool, True),
        "values": (dict, True),
    },
    "progress": {
        **_OWN,
        "id": (str, False),
        "label": (str, False),
        "done": ((int, float), True),
        "total": ((int, float), True),
        "cancel": (dict, True),
    },
    "faults": {**_OWN, "title": (str, False), "items": (list, False), "more": (str, True)},
    "section": {**_OWN, "title": (str, False), "text": (str, True), "blocks": (list, False)},
    "details": {**_OWN, "label": (str, False), "open": (bool, True), "blocks": (list, False)},
}
ITEMS = {
    "facts": {"label": (str, False), "value": (str, False), "note": (str, True)},
    "steps": {
        "id": (str, False),
        "title": (str, False),
        "state": (str, False),
        "state_label": (str, True),
        "text": (str, True),
        "note": (str, True),
        "actions": (list, True),
    },
    "cards": {
        "id": (str, False),
        "title": (str, False),
        "text": (str, True),
        "badge": (str, True),
        "lines": (list, True),
        "actions": (list, True),
    },
    "actions": ACTION,
    "faults": {"text": (str, False), "where": (str, True)},
}
COLUMN = {"label": (str, False), "numeric": (bool, True)}
LABELLED = {"id": (str, False), "label": (str, False)}
OPTION = {"value": (str, False), "label": (str, False), "note": (str, True)}

_FIELD = {
    "kind": (str, False),
    "id": (str, False),
    "label": (str, False),
    "hint": (str, True),
    "required": (bool, True),
    "fault": (str, True),
    "width": (str, True),
}
_NUMBER = {"value": ((int, float), True), "min": ((int, float), True), "max": ((int, float), True)}
FIELDS = {
    "text": {**_FIELD, "value": (str, True), "longest": (int, True), "autocomplete": (str, True)},
    "long_text": {**_FIELD, "value": (str, True), "longest": (int, True), "rows": (int, True)},
    "whole": {**_FIELD, **_NUMBER},
    "decimal": {**_FIELD, **_NUMBER},
    "date": {**_FIELD, "value": (str, True), "min": (str, True), "max": (str, True)},
    "choice": {**_FIELD, "value": (str, True), "options": (list, False)},
    "menu": {**_FIELD, "value": (str, True), "options": (list, False)},
    "choices": {**_FIELD, "value": (list, True), "options": (list, False)},
    "yes_no": {**_FIELD, "value": (bool, True)},
    "grid": {
        **_FIELD,
        "value": (list, True),
        "rows": (list, False),
        "columns": (list, False),
        "corner": (str, True),
        "totals": (bool, True),
        "decimals": (bool, True),
        "min": ((int, float), True),
        "max": ((int, float), True),
    },
}


@dataclass(frozen=True)
class Kind:
    """What blocks of a kind are.

    Parameters
    ----------
    parts
        The keys they may have.
    inside
        Tells what is wrong inside a block, of the block and its place; None where its keys say all.
    offers
        Gives what a block offers to do beside its buttons; None where it offers nothing.
    """

    parts: Parts
    inside: Callable[[Mapping, str], Iterator[str]] | None = None
    offers: Offers | None = None


def document_faults(page: Mapping, kinds: Mapping[str, Kind] | None = None) -> list[str]:
    """Tell everything that keeps a document from being a tool's page.

    Parameters
    ----------
    page : mapping
        The document; an empty one is a page not written yet.
    kinds : mapping
        The kinds of blocks it may be made of; None = `KINDS`.

    Returns
    -------
    list of str
        One sentence a fault, each with its place; empty for a page. Missing answers: not concerned.

    Examples
    --------
    >>> document_faults({"language": "fr", "title": "Accueil", "blocks": [{"kind": "paragraph", "text": "Bonjour."}]})
    []
    >>> document_faults({"language": "fr", "title": "Accueil", "blocks": [{"kind": "table"}, {"kind": "video"}]})[-1]
    "blocks[1]: 'video' is no kind of block"
    """
    return list(_document_faults(page, KINDS if kinds is None else kinds)) if page else []


def safe_address(href: str) -> bool:
    r"""Say whether an address leads to a page and does nothing else: beside this one, or on the web.

    Examples
    --------
    >>> [safe_address(one) for one in ("3_diagnostic.ipynb?workspace=a", "javascript:alert(1)", "//elsewhere", "a\tb")]
    [True, False, False, False]
    """
    if not href or re.search(r"[\x00-\x20\\]", href) or href.startswith("//"):
        return False
    scheme = re.match(r"([^/?#]*):", href)
    return scheme is None or scheme.group(1).lower() in ("http", "https")


def _document_faults(page: Mapping, kinds: Mapping[str, Kind]) -> Iterator[str]:
    yield from part_faults(page, PAGE, "page")
    header = page.get("header")
    if isinstance(header, Mapping):
        yield from part_faults(header, HEADER, "header")
        yield from _state_faults(header.get("state"))
        if isinstance(header.get("home"), Mapping):
            yield from _link_faults(header["home"], LINK, "header.home")
    yield from _blocks_faults(page, "", DEEPEST, kinds)
    primary = sum(1 for one in actions_of(page, offers_of(kinds)) if one.get("primary"))
    if primary > 1:
        yield f"page: {primary} actions stand out, where one may"


def _state_faults(state: Any) -> Iterator[str]:
    if isinstance(state, Mapping):
        yield from part_faults(state, STATE, "header.state")
        if state.get("kind") not in STATES:
            yield f"header.state: 'kind' is {state.get('kind')!r}, not one of {', '.join(STATES)}"


def offers_of(kinds: Mapping[str, Kind]) -> dict[str, Offers]:
    """Give what blocks of each kind offer beside their buttons."""
    return {name: kind.offers for name, kind in kinds.items() if kind.offers}


def _blocks_faults(holder: Mapping, place: str, depth: int, kinds: Mapping[str, Kind]) -> Iterator[str]:
    if depth == 0:
        yield f"{place}blocks: too deep"
        return
    for index, block in enumerate(listed(holder, "blocks")):
        where = f"{place}blocks[{index}]"
        if not isinstance(block, Mapping):
            yield f"{where}: not an object"
        elif not is_among(block.get("kind"), kinds):
            yield f"{where}: {block.get('kind')!r} is no kind of block"
        else:
            yield from part_faults(block, kinds[block["kind"]].parts, where)
            yield from _inside_faults(block, where, kinds[block["kind"]])
            yield from _blocks_faults(block, f"{where}.", depth - 1, kinds) if "blocks" in block else ()


def is_among(kind: Any, known: Mapping) -> bool:
    """Say whether a kind is one that is known."""
    return isinstance(kind, str) and kind in known


def _inside_faults(block: Mapping, where: str, kind: Kind) -> Iterator[str]:
    """Tell what is wrong inside a block whose own keys are known."""
    if block["kind"] in ITEMS:
        yield from list_faults(block, "items", ITEMS[block["kind"]], f"{where}.")
    yield from kind.inside(block, where) if kind.inside else ()
    if isinstance(block.get("cancel"), Mapping):
        yield from part_faults(block["cancel"], CANCEL, f"{where}.cancel")
    for place, action in offered_in(block, where):
        yield from _action_faults(action, place)


def _notice_faults(block: Mapping, where: str) -> Iterator[str]:
    if block.get("tone") not in TONES:
        yield f"{where}: 'tone' is {block.get('tone')!r}, not one of {', '.join(TONES)}"


def _steps_faults(block: Mapping, where: str) -> Iterator[str]:
    for place, step in items(block, "items"):
        if step.get("state") not in STEPS:
            yield f"{where}.{place}: 'state' is {step.get('state')!r}, not one of {', '.join(STEPS)}"


def table_faults(block: Mapping, where: str) -> Iterator[str]:
    """Tell what is wrong with a table's columns and rows."""
    yield from list_faults(block, "columns", COLUMN, f"{where}.")
    width = len(listed(block, "columns"))
    for index, row in enumerate(listed(block, "rows")):
        if not isinstance(row, list | tuple) or len(row) != width:
            yield f"{where}.rows[{index}]: not a row of {width} cells"


def _form_faults(block: Mapping, where: str) -> Iterator[str]:
    ids = [str(field.get("id")) for _, field in items(block, "fields")]
    yield from (f"{where}: two fields are called {one!r}" for one in sorted({one for one in ids if ids.count(one) > 1}))
    if isinstance(block.get("submit"), Mapping):
        yield from part_faults(block["submit"], SUBMIT, f"{where}.submit")
    for index, field in enumerate(listed(block, "fields")):
        place = f"{where}.fields[{index}]"
        if not isinstance(field, Mapping) or not is_among(field.get("kind"), FIELDS):
            yield f"{place}: no kind of field"
            continue
        yield from part_faults(field, FIELDS[field["kind"]], place)
        yield from list_faults(field, "options", OPTION, f"{place}.")
        if field["kind"] == "grid":
            yield from _grid_faults(field, place)


def _grid_faults(field: Mapping, place: str) -> Iterator[str]:
    yield from list_faults(field, "rows", LABELLED, f"{place}.")
    yield from list_faults(field, "columns", LABELLED, f"{place}.")
    if field.get("value") is not None and not is_grid(field["value"], field):
        yield f"{place}: 'value' is not its rows of numbers"


def _action_faults(action: Any, place: str) -> Iterator[str]:
    if not isinstance(action, Mapping):
        yield f"{place}: not an object"
    elif (action.get("id") is None) == (action.get("href") is None):
        yield f"{place}: needs either 'id' or 'href'"
    elif action.get("href") is not None:
        yield from _link_faults(action, ACTION, place)
    else:
        yield from part_faults(action, ACTION, place)


def _link_faults(link: Mapping, parts: Mapping, place: str) -> Iterator[str]:
    yield from part_faults(link, parts, place)
    if isinstance(link.get("href"), str) and not safe_address(link["href"]):
        yield f"{place}: 'href' leads nowhere safe"


INSIDE = {"notice": _notice_faults, "steps": _steps_faults, "table": table_faults, "form": _form_faults}
KINDS = {name: Kind(parts, INSIDE.get(name), OFFERS.get(name)) for name, parts in BLOCKS.items()}
"""The kinds of blocks of every page."""
