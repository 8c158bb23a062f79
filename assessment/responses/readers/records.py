"""Trees of records (JSON) as rows of cells: one block is one response, a path of keys is a column."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from assessment.faults import Fault, Faults, Finding
from assessment.responses.readers.grids import Grid, sheet_grid
from assessment.responses.readers.limits import DEEPEST, MOST_COLUMNS, MOST_JSON
from assessment.responses.readers.sources import Text

PATH = "/"
"""Between the keys of a block within a block, as KoboToolbox writes it."""

LISTS = ("results", "value", "data")
"""Keys under which servers put the list of responses."""


def json_grid(text: Text, file: str) -> Grid:
    """Lay out a JSON text: a list of blocks, one under a key of servers, or one block alone.

    Raises
    ------
    Faults
        ``export_too_large``, ``too_deep``, ``json_syntax``, ``key_doubled``, ``records_missing``, ``columns_too_many``.
    """
    if len(text.content) > MOST_JSON:
        raise Faults([Fault("export_too_large", {"file": file}, {"most": MOST_JSON // 1_000_000})])
    records = records_in(tree_of(text.content, file), file)
    rows = [dict(leaves(record)) for record in records]
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > MOST_COLUMNS:
        raise Faults([Fault("columns_too_many", {"file": file}, {"count": len(names), "most": MOST_COLUMNS})])
    repeated = sorted({name for record in records for name in blocks_in(record)})
    findings = [Finding("sheets_left_out", {"file": file}, {"names": ", ".join(repeated)[:200]})] if repeated else []
    table = [names, *([row.get(name) for name in names] for row in rows)]
    return sheet_grid(table, file, "JSON", (*text.findings, *findings))


def tree_of(content: bytes, file: str) -> Any:
    """Read a JSON text; a key that stands twice in a block is a fault, not a silent loss."""
    doubled: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        doubled.extend(key for key, count in counts.items() if count > 1)
        return dict(pairs)

    try:
        tree = json.loads(content, object_pairs_hook=once)
    except RecursionError as error:
        raise Faults([Fault("too_deep", {"file": file}, {"most": DEEPEST})]) from error
    except ValueError as error:
        place = {"file": file, "row": getattr(error, "lineno", None)}
        raise Faults([Fault("json_syntax", place, {"reason": getattr(error, "msg", "")})]) from error
    if doubled:
        raise Faults([Fault("key_doubled", {"file": file, "key": key[:60]}) for key in dict.fromkeys(doubled)])
    check_depth(tree, file)
    return tree


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
