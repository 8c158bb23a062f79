"""The profile as text, for a terminal: aligned columns, no colour needed."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from assessment.figures import readings
from assessment.figures.agenda import agenda_parts
from assessment.figures.context import describe_tension_context
from assessment.figures.passages import of_everybody
from assessment.figures.rows import Line, Row, families, group_name, interval, lines, records
from assessment.framework.model import Framework
from assessment.report.alignment import columns, cut, filled, line_of, padded
from assessment.texts import format_number, word

WIDTH = 110
HIDDEN = "·"
NAME = 34
"""Columns for the names of groups."""

TOLD = ("priorities", "shared_vision", "choices")
"""Questions of the agenda that are answered here; the page has the others."""

NAMED = 8
"""Hidden groups are named up to this many, then counted."""

Tables = Mapping[str, pd.DataFrame]


def profile_text(
    released: Tables,
    framework: Framework,
    wave: str,
    language: str,
    *,
    respondents: int | None = None,
    min_group: int = 10,
    names: Mapping[str, str] | None = None,
) -> str:
    """Read the whole profile of a wave in a terminal.

    Parameters
    ----------
    released
        The tables of `release`.
    framework
        The instrument.
    wave
        The wave.
    language
        ``"fr"`` or ``"en"``.
    respondents
        Responses of the wave, told in the heading; None leaves it out.
    min_group
        Respondents below which nothing is told.
    names
        Names of units by their id.

    Returns
    -------
    str
        Lines of at most 110 columns, without a line end at the end.

    Notes
    -----
    **Missing answers**: in place of a number that is not stands the reason; in the tables of groups a point where a
    score is hidden, nothing where there is none.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> from assessment.scoring.confidentiality import COLUMNS
    >>> released = {name: pd.DataFrame(columns=list(columns)) for name, columns in COLUMNS.items()}
    >>> profile_text(released, load_framework("collectivite-apprenante"), "2026", "en", respondents=0).splitlines()[0]
    'collectivite-apprenante, version 1 · wave 2026 · 0 responses · threshold: 10 responses per group'
    """
    tables = {name: table[table["wave"] == wave] for name, table in released.items()}
    whole = tables["tension"][tables["tension"]["by"].isna()]
    drawn = lines(pd.concat([tables["dimensions"], whole]), framework, language)
    overall = records(tables["overall"])
    blocks = [
        heading(framework, wave, language, respondents, min_group),
        "\n\n".join(family_blocks(drawn, framework, language, min_group)),
        filled(readings.overall_words(overall[0] if overall else None, framework, language, min_group), WIDTH),
        *further_blocks(tables, framework, language, min_group),
        quality_block(drawn, language, min_group),
        *group_blocks(tables["groups"], drawn, framework, language, names or {}),
    ]
    return "\n\n".join(block for block in blocks if block)


def further_blocks(tables: Tables, framework: Framework, language: str, min_group: int) -> Iterator[str]:
    """Tell what limits the reading of the gap, what to talk about first, and whether the vision is shared."""
    context = of_everybody(tables["tension_context"]) if "tension_context" in tables else ()
    if len(context):
        yield filled(describe_tension_context(context, framework, language, min_group=min_group), WIDTH)
    told = {one.id: one for one in agenda_parts(tables, framework, language, min_group=min_group)}
    for name in TOLD:
        if name in told:
            yield "\n".join([told[name].title, filled(told[name].told, WIDTH)])


def heading(framework: Framework, wave: str, language: str, respondents: int | None, min_group: int) -> str:
    """Tell what is read: the instrument, the wave, how many responses, the threshold."""
    parts = [
        word("report.instrument", language, id=framework.id, version=framework.version),
        word("report.wave", language, wave=wave) if wave else "",
        ""
        if respondents is None
        else word("report.responses", language, count=format_number(respondents, language, 0)),
        word("report.threshold", language, min_group=min_group),
    ]
    return filled(" · ".join(part for part in parts if part), WIDTH)


def family_blocks(drawn: Sequence[Line], framework: Framework, language: str, min_group: int) -> Iterator[str]:
    """Write a block for each family: one line a dimension."""
    rows = {line.dimension: dimension_cells(line, framework, language) for line in drawn}
    titles = [word(f"report.column_{name}", language) for name in COLUMNS]
    name_width = (
        max([columns(line.name) for line in drawn] + [columns(name) for name, _ in families(drawn)], default=0) + 5
    )
    widths = [max(columns(cell) for cell in cells) for cells in zip(titles, *rows.values(), strict=True)]
    number = 0
    for name, members in families(drawn):
        block = [line_of([padded(name, name_width), *aligned(titles, widths)])]
        for line in members:
            number += 1
            label = padded(f"{number:>3} {line.name}", name_width)
            absent = readings.absence_words(line.row, language, min_group)
            cells = (
                [aligned(rows[line.dimension], widths)[0], absent] if absent else aligned(rows[line.dimension], widths)
            )
            block.append(line_of([label, *cells]))
        yield "\n".join(block)


COLUMNS = ("n", "reality", "vision", "tension", "reading", "level")
TEXTS = ("reading", "level")


def dimension_cells(line: Line, framework: Framework, language: str) -> list[str]:
    """Write the numbers and readings of a dimension."""
    reality, tension = line.rows.get("reality", {}), line.rows.get("tension", {})
    return [
        format_number(line.row.get("n"), language, 0),
        score_and_half(reality, framework, language),
        format_number(line.number("vision", "score"), language),
        format_number(tension.get("tension"), language, sign=True),
        readings.quadrant_words(tension.get("quadrant"), language, short=True),
        readings.level_words(reality, framework, language, short=True),
    ]


def score_and_half(row: Row, framework: Framework, language: str) -> str:
    """Write a score with half of its interval's width."""
    value, ends = format_number(row.get("score"), language), interval(row, framework)
    return value if ends is None else f"{value} ± {format_number((ends[1] - ends[0]) / 2, language)}"


def quality_block(drawn: Sequence[Line], language: str, min_group: int) -> str:
    """Write alpha and omega, and whether one number sums each dimension up."""
    measured = [line for line in drawn if line.number("reality", "cronbach_alpha") is not None]
    if not measured:
        return ""
    titles = [word(f"report.column_{name}", language) for name in ("alpha", "omega", "fit")]
    names = {line.dimension: f"{place:>3} {line.name}" for place, line in enumerate(drawn, 1)}
    width = max(columns(name) for name in names.values()) + 1
    block = [line_of([padded(word("report.quality", language), width), *aligned(titles, (6, 6, 0), ("fit",), QUALITY)])]
    for line in measured:
        row = line.rows["reality"]
        cells = [format_number(row.get(name), language, 2) for name in ("cronbach_alpha", "omega")]
        fit = readings.fit_words(row, language, min_group)
        block.append(
            line_of([padded(names[line.dimension], width), *aligned([*cells, fit], (6, 6, 0), ("fit",), QUALITY)])
        )
    return "\n".join(block)


QUALITY = ("alpha", "omega", "fit")


def group_blocks(
    groups: pd.DataFrame, drawn: Sequence[Line], framework: Framework, language: str, names: Mapping[str, str]
) -> Iterator[str]:
    """Write a table of reality scores for each grouping, the dimensions by their number."""
    found = [row for row in records(groups) if row["perspective"] == "reality"]
    for by in dict.fromkeys(row["by"] for row in found):
        rows = [row for row in found if row["by"] == by]
        table: dict[str | None, dict[str, Row]] = {}
        for row in rows:
            table.setdefault(row["group"], {})[row["dimension"]] = row
        told = {group: group_name(by, group, framework, names, language) for group in table}
        yield group_block(by, {told[group]: cells for group, cells in table.items()}, drawn, language)


def group_block(by: str, table: Mapping[str, Mapping[str, Row]], drawn: Sequence[Line], language: str) -> str:
    """Write one grouping; groups that are hidden altogether are named in one line."""
    hidden = [name for name, cells in table.items() if all(row.get("suppressed") for row in cells.values())]
    shown = {name: cells for name, cells in table.items() if name not in hidden}
    width = min(NAME, max([columns(name) for name in shown] + [12], default=0))
    title = word("report.groups", language, by=word_of_grouping(by, language))
    block = [title]
    if shown:
        block.append(padded("", width) + "".join(f"{number:>5}" for number in range(1, len(drawn) + 1)))
    for name, cells in shown.items():
        marks = [cell_mark(cells.get(line.dimension), language) for line in drawn]
        block.append((padded(cut(name, width), width) + "".join(f"{mark:>5}" for mark in marks)).rstrip())
    if any(row.get("suppressed") for cells in shown.values() for row in cells.values()):
        block.append(word("report.hidden_mark", language, mark=HIDDEN))
    if hidden:
        key = "report.hidden_groups" if len(hidden) <= NAMED else "report.hidden_count"
        block.append(filled(word(key, language, count=len(hidden), names=", ".join(hidden)), WIDTH))
    return "\n".join(block)


def word_of_grouping(by: str, language: str) -> str:
    """Name a grouping: the columns we know in words, people's own as they are."""
    known = {"unit", "role"}
    return " × ".join(word(f"report.by_{one}", language) if one in known else one for one in by.split("·"))


def cell_mark(row: Row | None, language: str) -> str:
    """Write one cell of a table of groups."""
    if row is None or (row.get("score") is None and not row.get("suppressed")):
        return ""
    return HIDDEN if row.get("suppressed") else format_number(row["score"], language, 0)


def aligned(
    cells: Sequence[str], widths: Sequence[int], texts: Sequence[str] = TEXTS, names: Sequence[str] = COLUMNS
) -> list[str]:
    """Align cells: numbers at the right, words at the left."""
    return [
        padded(cell, width, right=name not in texts) for cell, width, name in zip(cells, widths, names, strict=True)
    ]
