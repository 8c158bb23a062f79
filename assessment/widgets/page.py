"""The page document: what `ProfileView` shows, and the check that a document is one.

A page is a dictionary that travels as JSON. Python writes every word and every number of it; the browser draws.
See `ProfileView` for its parts.
"""

from collections.abc import Iterator, Mapping

from assessment.widgets.parts import items, list_faults, part_faults

KINDS = ("info", "warning", "error")

# Each part of a document: key → (type, may it be left out or None).
_PAGE = {
    "language": (str, False),
    "title": (str, False),
    "subtitle": (str, True),
    "badge": (str, True),
    "languages": (list, True),
    "languages_label": (str, True),
    "filters": (list, True),
    "upload": (dict, True),
    "facts": (list, True),
    "notices": (list, True),
    "sections": (list, True),
    "busy_label": (str, True),
    "ready_label": (str, True),
    "footnote": (str, True),
    "reply": (dict, True),
}
_LANGUAGE = {"value": (str, False), "label": (str, False)}
_FILTER = {"id": (str, False), "label": (str, False), "value": (str, False), "options": (list, False)}
_OPTION = {"value": (str, False), "label": (str, False), "disabled": (bool, True), "note": (str, True)}
_UPLOAD = {
    "label": (str, False),
    "hint": (str, True),
    "accept": (str, True),
    "too_large": (str, True),
    "example_label": (str, True),
}
_FACT = {"label": (str, False), "value": (str, False), "note": (str, True)}
_NOTICE = {"kind": (str, False), "title": (str, True), "lines": (list, True)}
_SECTION = {
    "id": (str, False),
    "title": (str, False),
    "sentence": (str, True),
    "points": (list, True),
    "charts": (list, True),
    "table": (dict, True),
    "table_label": (str, True),
    "note": (str, True),
}
_CHART = {"spec": (dict, False), "alt": (str, False), "title": (str, True)}
_TABLE = {"caption": (str, False), "columns": (list, False), "rows": (list, False)}
_COLUMN = {"label": (str, False), "numeric": (bool, True)}


def page_faults(page: Mapping) -> list[str]:
    """Tell everything that keeps a document from being a page.

    Parameters
    ----------
    page : mapping
        A page document; an empty one is a page not written yet.

    Returns
    -------
    list of str
        One sentence a fault, each with its place ("sections[2].charts[0]: 'alt' is missing"), in the order of
        the document; empty for a page. Missing answers: not concerned, a page holds texts.

    Examples
    --------
    >>> page_faults({"language": "fr", "title": "Profil"})
    []
    >>> page_faults({"language": "fr", "facts": [{"label": "Répondants", "value": 58}]})
    ["page: 'title' is missing", "facts[0]: 'value' is int, not str"]
    """
    return list(_page_faults(page)) if page else []


def choice_faults(choice: Mapping, page: Mapping) -> list[str]:
    """Tell everything that keeps a choice from being one that the page offers.

    Parameters
    ----------
    choice : mapping
        The language and the value of each filter, by its id.
    page : mapping
        The page in front of the reader; before there is one, every choice of texts is accepted.

    Returns
    -------
    list of str
        One sentence a fault; empty for a choice that can be answered. Missing answers: not concerned.

    Examples
    --------
    >>> waves = [{"value": "2026"}, {"value": "2024", "disabled": True}]
    >>> page = {"language": "fr", "filters": [{"id": "wave", "options": waves}]}
    >>> choice_faults({"language": "fr", "wave": "2026"}, page)
    []
    >>> choice_faults({"wave": "2024", "unit": "roads"}, page)
    ["choice: '2024' is not offered for 'wave'", "choice: the page has no filter 'unit'"]
    """
    faults = [f"choice: {key!r} is not a text" for key, value in choice.items() if not isinstance(value, str)]
    if faults or not page:
        return faults
    offered = _offered(page)
    return [_choice_fault(key, value, offered) for key, value in choice.items() if value not in offered.get(key, ())]


def _choice_fault(key: str, value: str, offered: Mapping) -> str:
    if key not in offered:
        return f"choice: the page has no filter {key!r}"
    return f"choice: {value!r} is not offered for {key!r}"


def _offered(page: Mapping) -> dict[str, list[str]]:
    languages = [language["value"] for language in page.get("languages") or [{"value": page.get("language")}]]
    filters = {
        one["id"]: [option["value"] for option in one["options"] if not option.get("disabled")]
        for one in page.get("filters") or []
    }
    return {"language": languages, **filters}


def _page_faults(page: Mapping) -> Iterator[str]:
    yield from part_faults(page, _PAGE, "page")
    yield from list_faults(page, "languages", _LANGUAGE)
    yield from list_faults(page, "filters", _FILTER)
    for place, one in items(page, "filters"):
        yield from list_faults(one, "options", _OPTION, f"{place}.")
    if isinstance(page.get("upload"), Mapping):
        yield from part_faults(page["upload"], _UPLOAD, "upload")
    yield from list_faults(page, "facts", _FACT)
    yield from list_faults(page, "notices", _NOTICE)
    for place, notice in items(page, "notices"):
        yield from _notice_faults(notice, place)
    yield from list_faults(page, "sections", _SECTION)
    for place, section in items(page, "sections"):
        yield from list_faults(section, "charts", _CHART, f"{place}.")
        if isinstance(section.get("table"), Mapping):
            yield from _table_faults(section["table"], f"{place}.table")


def _notice_faults(notice: Mapping, place: str) -> Iterator[str]:
    if notice.get("kind") not in KINDS:
        yield f"{place}: 'kind' is {notice.get('kind')!r}, not one of {', '.join(KINDS)}"
    if not all(isinstance(line, str) for line in notice.get("lines") or []):
        yield f"{place}: 'lines' holds something else than texts"


def _table_faults(table: Mapping, place: str) -> Iterator[str]:
    yield from part_faults(table, _TABLE, place)
    yield from list_faults(table, "columns", _COLUMN, f"{place}.")
    width = len(table.get("columns") or [])
    for index, row in enumerate(table.get("rows") or []):
        if not isinstance(row, list | tuple) or len(row) != width:
            yield f"{place}.rows[{index}]: not a row of {width} cells"
