"""A CSV file of ties and the file of elements beside it, as archives of networks come."""

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from assessment.faults import Finding
from assessment.systems.formats.contents import Source, content_of
from assessment.systems.formats.draft import Draft
from assessment.systems.formats.readers.tables import kind_of_sheet, read_tables
from assessment.systems.formats.sheets import Sheet, csv_sheet

TIES = ("ties", "edges", "links", "liens", "relations")
ELEMENTS = ("nodes", "elements", "actors", "acteurs", "variables")
NAMES = {"actors": "actors", "acteurs": "actors", "variables": "variables"}
"""Names that say what the elements are."""


def with_companion(source: Source, format_: str, found: Draft | Mapping[str, Any]) -> tuple[str, Any]:
    """Read a file of ties again, with the elements beside it, where there are any."""
    if format_ != "CSV" or not isinstance(source, str | PathLike):
        return format_, found
    beside = companion(Path(source))
    if beside is None:
        return format_, found
    content, file = content_of(source)
    ties = csv_sheet(content, file)
    if kind_of_sheet(ties) != "tie":
        return format_, found
    elements = csv_sheet(*content_of(beside))
    word = next((name for name in NAMES if beside.stem.lower().endswith(name)), "elements")
    draft = read_tables([Sheet("ties", ties.rows), Sheet(NAMES.get(word, word), elements.rows)], file)
    draft.findings.append(Finding("map_beside", {}, {"other": beside.name}))
    return format_, draft


def companion(path: Path) -> Path | None:
    """Find the file of elements that belongs to a file of ties, by its name."""
    for word in TIES:
        if path.stem.lower().endswith(word):
            start = path.stem[: -len(word)]
            beside = (path.with_name(f"{start}{other}{path.suffix}") for other in ELEMENTS)
            return next((one for one in beside if one.is_file()), None)
    return None
