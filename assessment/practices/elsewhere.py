"""Numbers of other organisations that somebody brings: norms, or the released scores of another one; checked and kept.

No norms are shipped: none have been published for the reference framework.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assessment.documents.json_trees import json_tree
from assessment.documents.safe_csv import csv_text
from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import PERSPECTIVES, Framework
from assessment.practices.shape import Among, Block, Blocks, Number, Text
from assessment.scoring.confidentiality import SMALLEST

FORMAT, VERSION = "apprenance-elsewhere", 1

NORM_COLUMNS = (
    "framework",
    "version",
    "dimension",
    "perspective",
    "items",
    "organisations",
    "median",
    "q25",
    "q75",
    "source",
)
"""The columns of a file of norms: one row is one dimension under one perspective, numbers on 0–100; ``items`` is how
many items of the dimension were asked, ``source`` who published the numbers, and when."""

MOST_ORGANISATIONS = 30
MOST_ROWS = 1000
LARGEST = 5 * 1024 * 1024
"""Bytes of a file that is brought."""

DEEPEST = 20
SHARE = Number(0, 100)
COUNT = Number(0, 10**6, whole=True)
NAME = Text(200, needed=True)
ROW = {"dimension": NAME, "perspective": Among(PERSPECTIVES)}
NORM = Block(
    {**ROW, "items": COUNT, "organisations": COUNT, "median": SHARE, "q25": SHARE, "q75": SHARE, "source": Text(400)},
    ("dimension", "perspective", "items", "organisations", "median", "q25", "q75"),
)
SCORE = Block(
    {
        **ROW,
        "n": COUNT,
        "score": SHARE,
        "mean": Number(-1000, 1000),
        "se": Number(0, 1000),
        "items": Blocks(Block({"item": NAME}), 500),
    },
    ("dimension", "perspective", "n", "score"),
)
SHAPE = Block(
    {
        "format": Text(),
        "version": Number(1, VERSION, whole=True),
        "norms": Block({"name": NAME, "rows": Blocks(NORM, MOST_ROWS)}, ("name", "rows")),
        "organisations": Blocks(
            Block({"name": NAME, "wave": Text(200), "rows": Blocks(SCORE, MOST_ROWS)}, ("name", "rows")),
            MOST_ORGANISATIONS,
        ),
    },
    ("format", "version"),
)


def new_elsewhere() -> dict[str, Any]:
    """Give a sheet on which nothing has been brought.

    Examples
    --------
    >>> new_elsewhere()["organisations"]
    []
    """
    return {"format": FORMAT, "version": VERSION, "norms": None, "organisations": []}


def check_elsewhere(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a sheet, or raise with all that is wrong with it."""
    refuse(*SHAPE.faults(document, {"block": ""}))
    return document


def norms_template(framework: Framework) -> str:
    """Give an empty file of norms, with a row for each dimension and perspective that can be compared.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> norms_template(load_framework("collectivite-apprenante")).splitlines()[1]
    'collectivite-apprenante,1,personal_mastery,reality,6,,,,,'
    """
    rows = [
        {
            "framework": framework.id,
            "version": framework.version,
            "dimension": dimension.id,
            "perspective": perspective,
            "items": len(framework.scored_items(dimension.id)),
        }
        for dimension in framework.dimensions
        for perspective in dimension.perspectives or framework.perspectives
    ]
    return csv_text(NORM_COLUMNS, rows)


def read_norms(name: str, content: bytes, framework: Framework) -> dict[str, Any]:
    """Read a file of norms: CSV with the columns of `NORM_COLUMNS`, ``source`` alone may be left out.

    Parameters
    ----------
    name
        What the file is called.
    content
        Its bytes: UTF-8; comma, semicolon or tab; a decimal comma is read, too.
    framework
        The instrument the norms must be of: the same id and version, for other words are another measure.

    Returns
    -------
    dict
        ``name``, ``rows``: what a sheet keeps.

    Raises
    ------
    Faults
        All that is wrong with the file.

    Notes
    -----
    **Missing answers**: a row without a median is left out, so that a template may stay half empty.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> read_norms("a.csv", b"", load_framework("collectivite-apprenante"))
    Traceback (most recent call last):
    assessment.faults.Faults: file_empty (file a.csv)
    """
    table = csv.DictReader(io.StringIO(text_of(name, content)), delimiter=separator(content))
    lacking = [one for one in NORM_COLUMNS[:-1] if one not in (table.fieldnames or [])]
    refuse(*([Fault("norms_foreign", {"file": name})] if len(lacking) > len(NORM_COLUMNS) / 2 else []))
    allowed = ", ".join(map(str, table.fieldnames or []))[:200]
    refuse(*(Fault("benchmark_column_missing", {"file": name, "column": one}, {"allowed": allowed}) for one in lacking))
    faults, rows = [], []
    for number, row in enumerate(table, 2):
        place = {"file": name, "row": number}
        if (row.get("median") or "").strip():
            kept, wrong = norm_of(row, place, framework)
            rows.append(kept)
            faults += wrong
    faults += doubled(rows, name)
    refuse(*faults)
    refuse(*([] if rows else [Fault("norms_empty", {"file": name})]))
    return {"name": name[:200], "rows": rows}


def text_of(name: str, content: bytes) -> str:
    """Give a file's text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        near = content[max(error.start - 10, 0) : error.start + 10].decode("cp1252", "replace")
        raise Faults([Fault("encoding_not_utf8", {"file": name}, {"text": near})]) from error
    refuse(*([] if text.strip() else [Fault("file_empty", {"file": name})]))
    return text


def separator(content: bytes) -> str:
    """Give what stands between the cells of the headings most often."""
    head = content.split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    return max(",;\t", key=head.count)


def norm_of(row: Mapping[str, Any], place: Mapping[str, Any], framework: Framework) -> tuple[dict, list[Fault]]:
    """Read one row of norms; give what is wrong with it, too."""
    text = {key: (row.get(key) or "").strip() for key in NORM_COLUMNS}
    faults = list(other_instrument(text["framework"], text["version"], framework, place))
    faults += not_among(text["dimension"], [one.id for one in framework.dimensions], "dimension", place)
    faults += not_among(text["perspective"], PERSPECTIVES, "perspective", place)
    kept: dict[str, Any] = {key: text[key][:400] for key in ("dimension", "perspective", "source")}
    for key, whole in (("items", True), ("organisations", True), ("median", False), ("q25", False), ("q75", False)):
        kept[key] = number_in(text[key], whole)
        shape = COUNT if whole else SHARE
        low, high = shape.low, shape.high
        if kept[key] is None or not low <= kept[key] <= high:
            values = {"value": text[key][:60], "low": low, "high": high}
            faults.append(Fault("number_out_of_range", {**place, "column": key}, values))
    if not faults and not kept["q25"] <= kept["median"] <= kept["q75"]:
        faults.append(Fault("norms_disordered", place))
    return kept, faults


def number_in(text: str, whole: bool) -> float | int | None:
    """Read a number, with a decimal point or comma; None where there is none."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    if not math.isfinite(value) or (whole and value != int(value)):
        return None
    return int(value) if whole else value


def other_instrument(id_: Any, version: Any, framework: Framework, place: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell that numbers are of another instrument, or of another version of this one."""
    if (str(id_), str(version)) != (framework.id, framework.version):
        own, other = f"{framework.id} {framework.version}", f"{id_} {version}"[:80]
        yield Fault("norms_other_framework", place, {"value": other, "allowed": own})


def not_among(text: str, allowed: Sequence[str], key: str, place: Mapping[str, Any]) -> list[Fault]:
    """Tell that a word is none of those that may stand here."""
    values = {"value": text[:60], "allowed": ", ".join(allowed)}
    return [] if text in allowed else [Fault("value_not_allowed", {**place, "column": key}, values)]


def doubled(rows: Sequence[Mapping[str, Any]], name: str) -> Iterator[Fault]:
    """Tell which dimension and perspective have two rows."""
    pairs = [(one["dimension"], one["perspective"]) for one in rows]
    for pair in sorted({one for one in pairs if pairs.count(one) > 1}):
        yield Fault("norms_doubled", {"file": name}, {"value": " · ".join(pair)})


def read_scores(name: str, content: bytes, framework: Framework) -> dict[str, Any]:
    """Read the released scores of another organisation: the JSON of ``apprenance score --format json``.

    Parameters
    ----------
    name
        What the file is called; the organisation is called after it.
    content
        Its bytes.
    framework
        The instrument: the same id and version.

    Returns
    -------
    dict
        ``name``, ``wave``, ``rows``: what a sheet keeps, the organisation's scores alone.

    Raises
    ------
    Faults
        All that is wrong with the file.

    Notes
    -----
    **Missing answers**: a hidden row, or one without a score, is left out. Groups are not read.
    """
    tree = json_tree(text_of(name, content), name, DEEPEST)
    place = {"file": name}
    if not isinstance(tree, dict) or not isinstance(tree.get("dimensions"), list) or "framework" not in tree:
        raise Faults([Fault("scores_foreign", place)])
    faults = list(other_instrument(tree.get("framework"), tree.get("version"), framework, place))
    least = tree.get("min_group")
    if not isinstance(least, int) or least < SMALLEST:
        faults.append(Fault("scores_unprotected", place, {"low": SMALLEST}))
    refuse(*faults)
    known = {one.id for one in framework.dimensions}
    own = [one for one in tree["dimensions"] if is_told(one, known)]
    rows = [score_of(one, items_in(tree, one)) for one in own]
    refuse(
        *(fault for row in rows for fault in SCORE.faults(row, {"block": f"{row['dimension']} {row['perspective']}"}))
    )
    refuse(*doubled(rows, name))
    refuse(*([] if rows else [Fault("norms_empty", place)]))
    stem = name.rsplit(".", 1)[0].strip() or name
    return {"name": stem[:200], "wave": str(tree.get("wave") or "")[:200], "rows": rows}


def is_told(row: Any, known: set[str]) -> bool:
    """Say whether a row of an export has a score that may be compared."""
    if not isinstance(row, dict) or row.get("suppressed") or row.get("score") is None or row.get("n") is None:
        return False
    return str(row.get("dimension")) in known and row.get("perspective") in PERSPECTIVES


def score_of(row: Mapping[str, Any], items: list[dict]) -> dict[str, Any]:
    """Keep of a row what a comparison needs."""
    kept = {key: row.get(key) for key in ("dimension", "perspective", "n", "score", "mean", "se")}
    return {**kept, "items": items}


def items_in(tree: Mapping[str, Any], row: Mapping[str, Any]) -> list[dict]:
    """Give the items that an export says were asked in a dimension."""
    rows = tree.get("items") if isinstance(tree.get("items"), list) else []
    pair = (row["dimension"], row["perspective"])
    found = [
        one["item"]
        for one in rows
        if isinstance(one, dict) and (one.get("dimension"), one.get("perspective")) == pair and "item" in one
    ]
    return [{"item": one} for one in sorted({str(one) for one in found})]


def bring_norms(document: Mapping[str, Any], norms: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give a sheet with these norms in place of any before; None = with none."""
    return {**document, "norms": norms}


def bring_scores(document: Mapping[str, Any], organisation: Mapping[str, Any]) -> dict[str, Any]:
    """Give a sheet with one more organisation; one of the same name takes another."""
    names = {one["name"] for one in document["organisations"]}
    name, number = organisation["name"], 2
    while name in names:
        name, number = f"{organisation['name'][:190]} ({number})", number + 1
    return {**document, "organisations": [*document["organisations"], {**organisation, "name": name}]}


def rename(document: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    """Give a sheet in which an organisation is called otherwise; a name that is taken changes nothing."""
    taken = new in {one["name"] for one in document["organisations"]}
    others = [{**one, "name": new} if one["name"] == old and not taken else one for one in document["organisations"]]
    return {**document, "organisations": others}


def take_away(document: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Give a sheet without an organisation."""
    return {**document, "organisations": [one for one in document["organisations"] if one["name"] != name]}
