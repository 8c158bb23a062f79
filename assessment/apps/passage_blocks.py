"""A passage as blocks of a page."""

from assessment.figures.passages import Passage


def passage_block(passage: Passage) -> dict:
    """Write a passage as a section: its answer, its points, its table, its note.

    Parameters
    ----------
    passage
        One question, answered.

    Examples
    --------
    >>> passage_block(Passage("a", "Why?", "Because.", "", [{"label": "A"}], [["1"]]))["blocks"][0]["caption"]
    'Why?'
    """
    points = [{"kind": "paragraph", "text": point} for point in passage.points]
    table = {"kind": "table", "caption": passage.title, "columns": passage.columns, "rows": passage.rows}
    note = [{"kind": "paragraph", "text": passage.note}] if passage.note else []
    blocks = [*points, *([table] if passage.rows else []), *note]
    return {"kind": "section", "id": passage.id, "title": passage.title, "text": passage.told, "blocks": blocks}
