"""Trees of records (JSON) as rows of cells: one block is one response, a path of keys is a column."""

from collections.abc import Iterator, Mapping
from typing import Any

from assessment.documents.json_trees import json_tree
from assessment.faults import Fault, Faults, Finding
from assessment.responses.readers.grids import Grid, sheet_grid
from assessment.responses.readers.limits import DEEPEST, MOST_JSON, MOST_PLACES, MOST_RECORDS
from assessment.responses.readers.sources import Text
from assessment.responses.weighing import MOST_COLUMNS

PATH = "/"
"""Between the keys of a block within a block, as KoboToolbox writes it."""

LISTS = ("results", "value", "data")
"""Keys under which servers put the list of responses."""


def json_grid(text: Text, file: str) -> Grid:
    """Lay out a JSON text: a list of blocks, one under a key of servers, or one block alone.

    Raises
    ------
    Faults
        ``export_too_large``, ``sheet_too_large``, ``too_deep``, ``json_syntax``, ``key_doubled``,
        ``records_missing``, ``columns_too_many``.
    """
    if len(text.content) > MOST_JSON:
        raise Faults([Fault("export_too_large", {"file": file}, {"most": MOST_JSON // 1_000_000})])
    check_places(text.content.count(b"{"), MOST_RECORDS, file)
    check_places(text.content.count(b","), MOST_PLACES, file)
    tree = json_tree(text.content, file, DEEPEST)
    check_depth(tree, file)
    records = records_in(tree, file)
    rows = [dict(leaves(record)) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > MOST_COLUMNS:
        raise Faults([Fault("columns_too_many", {"file": file}, {"count": len(names), "most": MOST_COLUMNS})])
    check_places(len(rows) * len(names), MOST_PLACES, file)
    repeated = sorted({name for record in records for name in blocks_in(record)})
    findings = [Finding("sheets_left_out", {"file": file}, {"names": ", ".join(repeated)[:200]})] if repeated else []
    table = [names, *([row.get(name) for name in names] for row in rows)]
    return sheet_grid(table, file, "JSON", (*text.findings, *findings))


def check_places(count: int, most: int, file: str) -> None:
    """Refuse more of something than fits into the memory."""
    if count > most:
        raise Faults([Fault("sheet_too_large", {"file": file}, {"count": count, "most": most})])


def check_depth(tree: Any, file: str) -> None:
    """Refuse lists within lists too deep."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for one in level for child in children(one)]
        if not level:
            return
    raise Faults([Fault("too_deep", {"file": file}, {"most": DEEPEST})])


def children(tree: Any) -> Iterator[Any]:
    """Yield what stands right within a block or a list."""
    if isinstance(tree, Mapping):
        yield from tree.values()
    elif isinstance(tree, list):
        yield from tree


def records_in(tree: Any, file: str) -> list[Mapping[str, Any]]:
    """Find the list of responses."""
    if isinstance(tree, Mapping):
        inside = next((tree[key] for key in LISTS if isinstance(tree.get(key), list)), None)
        tree = [tree] if inside is None or not all(isinstance(one, Mapping) for one in inside) else inside
    if not tree or not all(isinstance(one, Mapping) for one in tree) or "pages" in tree[0]:
        raise Faults([Fault("records_missing", {"file": file})])
    return tree


def leaves(record: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the cells of a record: a list of texts is a mark for each; blocks in a list are no cells.

    Examples
    --------
    >>> list(leaves({"a": 1, "m": {"x": "y"}, "c": ["p", "q"]}))
    [('a', 1), ('m/x', 'y'), ('c/p', '1'), ('c/q', '1')]
    """
    for key, value in record.items():
        name = f"{path}{key}"
        if isinstance(value, Mapping):
            yield from leaves(value, name + PATH)
        elif isinstance(value, list):
            yield from ((f"{name}{PATH}{one}", "1") for one in value if isinstance(one, str | int | float))
        else:
            yield name, value


def blocks_in(record: Mapping[str, Any]) -> Iterator[str]:
    """Name the lists of blocks: groups that were repeated, files."""
    for key, value in record.items():
        if isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield key
