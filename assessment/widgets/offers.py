"""What a tool's page offers to do, and whether what the browser asks is among it."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from assessment.widgets.parts import items, listed

Offers = Callable[[Mapping], Iterator[Mapping]]
"""Gives what a block offers to do."""


def offered_in(block: Mapping, where: str) -> Iterator[tuple[str, Any]]:
    """Give the buttons and links of a block with their places."""
    own = "items" if block["kind"] == "actions" else "actions"
    for index, action in enumerate(listed(block, own)):
        yield f"{where}.{own}[{index}]", action
    if block["kind"] in ("steps", "cards"):
        for place, item in items(block, "items"):
            for index, action in enumerate(listed(item, "actions")):
                yield f"{where}.{place}.actions[{index}]", action


def blocks_of(holder: Mapping) -> Iterator[Mapping]:
    """Give all blocks of a page, those within others too."""
    for block in listed(holder, "blocks"):
        if isinstance(block, Mapping):
            yield block
            yield from blocks_of(block)


def actions_of(page: Mapping, offers: Mapping[str, Offers] | None = None) -> Iterator[Mapping]:
    """Give all that a page offers to do: ``id``, ``values``, ``primary``; of a form also its ``fields``.

    Parameters
    ----------
    page
        The document.
    offers
        What blocks of a kind offer beside their buttons; None = `OFFERS`.
    """
    known = OFFERS if offers is None else offers
    for block in blocks_of(page):
        kind = block.get("kind")
        if kind and kind != "form":
            yield from (action for _, action in offered_in(block, "") if isinstance(action, Mapping))
        if isinstance(kind, str) and kind in known:
            yield from known[kind](block)


def _of_download(block: Mapping) -> Iterator[Mapping]:
    yield block


def _of_progress(block: Mapping) -> Iterator[Mapping]:
    if isinstance(block.get("cancel"), Mapping):
        yield block["cancel"]


def _of_form(form: Mapping) -> Iterator[Mapping]:
    """Give what a form offers: its submit, its other buttons, the word of every change, all with its fields."""
    fields = listed(form, "fields")
    submit = form.get("submit")
    if isinstance(submit, Mapping):
        yield {**submit, "fields": fields, "primary": not submit.get("quiet")}
    for action in listed(form, "actions"):
        if isinstance(action, Mapping):
            yield {**action, "fields": fields, "primary": False}
    if form.get("change"):
        yield {"id": form["change"], "fields": fields}


OFFERS: Mapping[str, Offers] = {"download": _of_download, "form": _of_form, "progress": _of_progress}
"""What blocks of a kind offer beside their buttons."""


def uploads_of(page: Mapping) -> dict[str, int | None]:
    """Give the files a page takes: the largest size in bytes, by the upload's id."""
    return {block["id"]: block.get("largest") for block in blocks_of(page) if block.get("kind") == "upload"}


def is_offered(action: str, values: Mapping, page: Mapping, offers: Mapping[str, Offers] | None = None) -> bool:
    """Say whether a page offers an action with these values.

    Parameters
    ----------
    action : str
        What the browser asks.
    values : mapping
        What comes with it.
    page : mapping
        The page in front of the reader.
    offers : mapping
        As in `actions_of`.

    Returns
    -------
    bool
        Missing answers: a field left empty may come as None.

    Examples
    --------
    >>> page = {"blocks": [{"kind": "actions", "items": [{"id": "open", "label": "Ouvrir", "values": {"file": "a"}}]}]}
    >>> is_offered("open", {"file": "a"}, page), is_offered("open", {"file": "../b"}, page), is_offered("x", {}, page)
    (True, False, False)
    """
    return any(one.get("id") == action and fits(values, one) for one in actions_of(page, offers))


def fits(values: Mapping, offered: Mapping) -> bool:
    """Say whether values are those an action carries, with one of its kind for every field of its form."""
    carried = offered.get("values") or {}
    fields = {field["id"]: field for field in offered.get("fields") or () if field["id"] not in carried}
    if set(values) != set(carried) | set(fields):
        return False
    kept = all(values[name] == value for name, value in carried.items())
    return kept and all(is_answer(values[name], field) for name, field in fields.items())


def is_answer(value: Any, field: Mapping) -> bool:
    """Say whether a value can be what somebody put into a field; whether it may stay empty is the app's to say."""
    kind = field["kind"]
    if kind in ("text", "long_text"):
        return isinstance(value, str) and len(value) <= (field.get("longest") or (400 if kind == "text" else 20_000))
    if kind == "date":
        return isinstance(value, str) and re.fullmatch(r"|\d{4}-\d\d-\d\d", value) is not None
    if kind in ("whole", "decimal"):
        return value is None or (
            is_number(value) and within(value, field) and (kind == "decimal" or value == int(value))
        )
    if kind == "yes_no":
        return value is None or isinstance(value, bool)
    if kind == "grid":
        return is_grid(value, field) and all(within(one, field) for row in value for one in row if one is not None)
    return is_chosen(value, field)


def is_chosen(value: Any, field: Mapping) -> bool:
    """Say whether a value is chosen among a field's options."""
    options = [option["value"] for option in field["options"]]
    if field["kind"] == "choices":
        return isinstance(value, list | tuple) and all(one in options for one in value)
    return value in (None, "") or value in options


def within(value: float, field: Mapping) -> bool:
    """Say whether a number lies within a field's bounds; a grid's numbers are not below 0 unless it says so."""
    least, most = field.get("min"), field.get("max")
    if least is None and field["kind"] == "grid":
        least = 0
    return (least is None or value >= least) and (most is None or value <= most)


def offered_languages(page: Mapping) -> Sequence[str]:
    """Name the languages a page can be read in."""
    return [one["value"] for one in page.get("languages") or ()]


def is_whole(value: float, kind: str) -> bool:
    """Say whether a number has no decimals, where it may have none."""
    return kind == "decimal" or value == int(value)


def is_grid(value: Any, field: Mapping) -> bool:
    """Say whether a value is the rows of numbers (None where there is none) of a grid."""
    height, width = len(listed(field, "rows")), len(listed(field, "columns"))
    if not isinstance(value, list | tuple) or len(value) != height:
        return False
    return all(
        isinstance(row, list | tuple) and len(row) == width and all(one is None or is_number(one) for one in row)
        for row in value
    )


def is_number(value: Any) -> bool:
    """Say whether a value is a number; True is none, nor is what has no end."""
    return (
        isinstance(value, int | float) and not isinstance(value, bool) and (isinstance(value, int) or isfinite(value))
    )
