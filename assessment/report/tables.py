"""Tables of a page: open, or folded until asked for."""

from collections.abc import Iterator, Mapping, Sequence

from assessment.report.markup import Html, tag

Table = tuple[list[dict], list[list[str]]]


def folded(label: str, caption: str, table: Table) -> Html:
    """Write a table that opens on demand."""
    return tag("details", tag("summary", label), written(caption, table))


def written(caption: str, table: Table) -> Html:
    """Write a table."""
    columns, rows = table
    head = tag("tr", *(tag("th", column["label"], scope="col", class_=kind(column)) for column in columns))
    body = [tag("tr", *cells(row, columns)) for row in rows]
    whole = tag("table", tag("caption", caption), tag("thead", head), tag("tbody", *body))
    return tag("div", whole, class_="frame", tabindex="0", role="group", aria_label=caption)


def cells(row: Sequence[str], columns: Sequence[Mapping]) -> Iterator[Html]:
    """Write the cells of a row, its name first."""
    for place, (text, column) in enumerate(zip(row, columns, strict=True)):
        if place == 0:
            yield tag("th", text, scope="row")
        else:
            yield tag("td", text, class_=kind(column, text))


def kind(column: Mapping, text: str = "") -> str | None:
    """Name the class of a cell: numbers at the right; words among numbers may wrap."""
    if not column.get("numeric"):
        return None
    return "number words" if text[:1].isalpha() else "number"
