"""The blocks of a page with charts beside those of every tool: chapters, filters, passages; what each holds, offers."""

from collections.abc import Iterator, Mapping

from assessment.figures.passages import Passage
from assessment.widgets.blocks import KINDS, LABELLED, Kind, table_faults
from assessment.widgets.parts import items, list_faults, part_faults

_OWN = {"kind": (str, False), "id": (str, False)}
TABS = {**_OWN, "label": (str, False), "value": (str, False), "items": (list, False)}
FILTERS = {**_OWN, "label": (str, True), "items": (list, False)}
FILTER = {"id": (str, False), "label": (str, False), "value": (str, False), "options": (list, False)}
OPTION = {"value": (str, False), "label": (str, False), "disabled": (bool, True), "note": (str, True)}
PASSAGE = {
    **_OWN,
    "title": (str, False),
    "told": (str, True),
    "points": (list, True),
    "charts": (list, True),
    "table": (dict, True),
    "note": (str, True),
}
CHART = {"spec": (dict, False), "alt": (str, False), "title": (str, True), "note": (str, True)}
TABLE = {"caption": (str, False), "columns": (list, False), "rows": (list, False)}


def passage_block(passage: Passage) -> dict:
    """Write the block of a passage.

    Parameters
    ----------
    passage
        The question, its answer, its charts and its table.

    Examples
    --------
    >>> block = passage_block(Passage("roles", "Do roles differ?", "They do.", "", [{"label": "Role"}], [["Staff"]]))
    >>> block["told"], block["table"]["caption"]
    ('They do.', 'Do roles differ?')
    """
    table = {"caption": passage.title, "columns": passage.columns, "rows": passage.rows}
    return {
        "kind": "passage",
        "id": passage.id,
        "title": passage.title,
        "told": passage.told,
        "points": list(passage.points),
        "charts": [{"spec": one.spec, "alt": one.alt, "title": one.title, "note": one.note} for one in passage.charts],
        "table": table if passage.rows else None,
        "note": passage.note,
    }


def _tabs_faults(block: Mapping, where: str) -> Iterator[str]:
    yield from list_faults(block, "items", LABELLED, f"{where}.")


def _filters_faults(block: Mapping, where: str) -> Iterator[str]:
    yield from list_faults(block, "items", FILTER, f"{where}.")
    for place, one in items(block, "items"):
        yield from list_faults(one, "options", OPTION, f"{where}.{place}.")


def _passage_faults(block: Mapping, where: str) -> Iterator[str]:
    yield from list_faults(block, "charts", CHART, f"{where}.")
    if not all(isinstance(one, str) for one in block.get("points") or []):
        yield f"{where}: 'points' holds something else than texts"
    if isinstance(block.get("table"), Mapping):
        yield from part_faults(block["table"], TABLE, f"{where}.table")
        yield from table_faults(block["table"], f"{where}.table")


def _chapters_offered(block: Mapping) -> Iterator[Mapping]:
    yield from ({"id": block["id"], "values": {block["id"]: one["id"]}} for _, one in items(block, "items"))


def _choices_offered(block: Mapping) -> Iterator[Mapping]:
    fields = [
        {"kind": "menu", "id": one["id"], "options": [each for each in one["options"] if not each.get("disabled")]}
        for _, one in items(block, "items")
    ]
    yield {"id": block["id"], "fields": fields}


CHART_KINDS = {
    **KINDS,
    "tabs": Kind(TABS, _tabs_faults, _chapters_offered),
    "filters": Kind(FILTERS, _filters_faults, _choices_offered),
    "passage": Kind(PASSAGE, _passage_faults),
}
"""The kinds of blocks of a page with charts."""
