"""Groups against dimensions: a table of numbers with colour as a help, hidden cells marked as such."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.headlines import NAMED, enumerated, lowest
from assessment.figures.rows import Line, Row, dimension_names, group_name, records, told_apart
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 30
BREAK = 0.45
"""Room between two families, in columns."""

DARK_FROM = 3
"""The first of the five colours on which light words are readable."""

ROOM = {"left": 0, "right": 16, "top": 4, "bottom": 4}
"""Slanted names reach beyond the last column."""

STROKES = 4
"""Slanted strokes in a hidden cell: a pattern that stays in print and in black and white."""

QUINTILES = (20, 40, 60, 80)
HIDDEN = "–"


@dataclass(frozen=True)
class Grid:
    """The cells of a table of groups, in reading order.

    Parameters
    ----------
    groups
        Names of groups, in the released table's order.
    dimensions
        Names of dimensions by id, family by family.
    cells
        The released row of each group and dimension.
    """

    groups: tuple[str, ...]
    dimensions: Mapping[str, str]
    cells: Mapping[tuple[str, str], Row]


def grid(
    rows: pd.DataFrame,
    framework: Framework,
    perspective: str,
    names: Mapping[str, str],
    language: str,
    sort_by: str | None = None,
) -> Grid:
    """Arrange released rows of one grouping (the organisation's may be among them) as a table."""
    found = [row for row in records(rows) if row["perspective"] == perspective]
    if sort_by:
        found = lowest_first(found, sort_by)
    keys = dict.fromkeys((row.get("by"), row.get("group")) for row in found)
    told = told_apart([group_name(*key, framework, names, language) for key in keys])
    named = dict(zip(keys, told, strict=True))
    asked = {row["dimension"] for row in found if row.get("reason") != "not_asked"}
    dimensions = {one: name for one, name in dimension_names(framework, language).items() if one in asked}
    cells = {(named[row.get("by"), row.get("group")], row["dimension"]): row for row in found}
    return Grid(tuple(told), dimensions, cells)


def lowest_first(found: Sequence[Row], dimension: str) -> list[Row]:
    """Put the groups in the order of one dimension, the lowest first; the whole before them, those without last."""
    scores = {(row.get("by"), row.get("group")): row.get("score") for row in found if row["dimension"] == dimension}

    def place(row: Row) -> tuple:
        score = scores.get((row.get("by"), row.get("group")))
        return row.get("by") is not None, score is None, score or 0

    return sorted(found, key=place)


@parts.unchecked
def plot_groups(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
    sort_by: str | None = None,
) -> alt.LayerChart:
    """See the scores of groups side by side, hidden ones marked.

    Parameters
    ----------
    rows
        Released rows of ``groups`` of one wave and one grouping, the organisation's rows of ``dimensions`` before them
        if wanted: one row is one dimension under one perspective in one group.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    perspective
        ``"reality"`` or ``"vision"``.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.
    sort_by
        The dimension by whose scores groups are sorted, the lowest first; None keeps the table's order. Groups whose
        score is hidden come last, in the table's order, which tells nothing of them.

    Notes
    -----
    **Missing answers**: a hidden cell is hatched and shows a dash, a dimension not put to a group an empty place.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"by": "role", "group": "agent", "dimension": "team_learning", "perspective": "reality",
    ...     "n": 40, "score": 53.3}])
    >>> chart = plot_groups(rows, load_framework("collectivite-apprenante"), "fr")
    >>> [row["value"] for layer in chart.to_dict()["layer"] for row in layer["data"]["values"] if "value" in row]
    ['53', '53', '53']
    """
    shown = grid(rows, framework, perspective, names or {}, language, sort_by)
    places = column_places(shown, framework)
    cells = [one for one in drawn_cells(shown, framework, places, language, min_group) if one["value"]]
    scored = [cell for cell in cells if cell["score"] is not None]
    hidden = [cell for cell in cells if cell["score"] is None]
    x = column_axis(places, legend_words(cells, shown, language))
    y = group_axis(shown, language)
    layers = [
        colored(scored, framework, x, y),
        parts.layer(hidden, x=x, x2="right:Q", y=y).mark_rect(style="band"),
        hatched(hidden, x, y),
        *cell_words(scored, hidden, y, len(places)),
        *column_names(shown, places),
        pointed(cells, x, y, language),
    ]
    return parts.finished(layers, STEP, padding=ROOM)


def column_places(shown: Grid, framework: Framework) -> dict[str, float]:
    """Give where each dimension's column starts, a little apart where a family ends."""
    places, at, last = {}, 0.0, None
    for dimension in shown.dimensions:
        family = framework.dimension(dimension).family
        at += BREAK if last is not None and family != last else 0
        places[dimension], last = at, family
        at += 1
    return places


def drawn_cells(
    shown: Grid, framework: Framework, places: Mapping[str, float], language: str, min_group: int
) -> list[dict]:
    """Give what is drawn of each cell."""
    return [
        {
            "group": group,
            "dimension": shown.dimensions[dimension],
            "left": places[dimension] + 0.03,
            "right": places[dimension] + 0.97,
            "middle": places[dimension] + 0.5,
            "score": row.get("score"),
            "value": cell_value(row, language),
            "dark": row.get("score") is not None and colour_number(row["score"], framework) >= DARK_FROM,
            "told": readings.absence_words(row, language, min_group) or readings.score_words(row, framework, language),
            "n": "" if row.get("n") is None else format_number(row["n"], language, 0),
        }
        for (group, dimension), row in shown.cells.items()
        if dimension in places
    ]


def cell_value(row: Row, language: str) -> str:
    """Write a cell: a whole number, a dash where something is hidden, nothing where nothing was told."""
    if row.get("score") is not None:
        return format_number(row["score"], language, 0)
    return HIDDEN if row.get("suppressed") else ""


def cuts(framework: Framework) -> list[float]:
    """Give where the colour changes: at the levels' starts where there are five, else every 20 points."""
    starts = [low for low, _ in readings.level_stretches(framework)]
    return starts[1:] if len(starts) == len(QUINTILES) + 1 else list(QUINTILES)


def colour_number(score: float, framework: Framework) -> int:
    """Give which of the colours a score has, counted from 0."""
    return sum(score >= cut for cut in cuts(framework))


def group_axis(shown: Grid, language: str) -> alt.Y:
    """Give the axis of groups."""
    scale = alt.Scale(domain=list(shown.groups), paddingInner=0.07)
    whole = word("figures.whole", language)
    bold = {"condition": {"test": f"datum.label == {parts.quoted(whole)}", "value": 700}, "value": 400}
    return alt.Y("group:N", title=None, scale=scale, axis=alt.Axis(labelLimit=230, labelFontWeight=bold))


def column_axis(places: Mapping[str, float], title: str) -> alt.X:
    """Give the axis of columns; its title is the key of the marks that are no numbers."""
    end = max(places.values(), default=0) + 1
    axis = alt.Axis(
        labels=False, grid=False, title=title or None, titleAnchor="start", titleFontWeight=400, titleFontSize=11
    )
    return alt.X("left:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=axis)


def legend_words(cells: Sequence[dict], shown: Grid, language: str) -> str:
    """Explain the marks that occur and are no numbers."""
    told = []
    if any(cell["value"] == HIDDEN for cell in cells):
        told.append(word("figures.groups_hidden_mark", language))
    if len(cells) < len(shown.groups) * len(shown.dimensions):
        told.append(word("figures.groups_unasked_mark", language))
    return " · ".join(told)


def colored(scored: Sequence[dict], framework: Framework, x: alt.X, y: alt.Y) -> alt.Chart:
    """Colour each cell by the stretch its score lies in; the number in it says the rest."""
    scale = alt.Scale(type="threshold", domain=cuts(framework), range="ramp")
    legend = alt.Legend(
        orient="bottom",
        title=None,
        direction="horizontal",
        format="d",
        symbolType="square",
        offset=8,
        titleOrient="left",
    )
    colour = alt.Fill("score:Q", scale=scale, legend=legend)
    return parts.layer(scored, x=x, x2="right:Q", y=y, fill=colour).mark_rect()


def hatched(hidden: Sequence[dict], x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw slanted strokes over hidden cells: Vega has no pattern fill, and the strokes follow the cells' width."""
    values = [
        {"group": cell["group"], "left": start, "end": start + step}
        for cell in hidden
        for step in [(cell["right"] - cell["left"]) / STROKES]
        for start in (cell["left"] + step * stroke for stroke in range(STROKES))
    ]
    foot, head = y.copy(deep=False), alt.Y2("group:N", bandPosition=0)
    foot["bandPosition"] = 1
    strokes = parts.layer(values, x=x, x2="end:Q", y=foot, y2=head)
    return strokes.mark_rule(style="reference", strokeDash=[1, 0], opacity=0.6)


def cell_words(scored: Sequence[dict], hidden: Sequence[dict], y: alt.Y, columns: int) -> list[alt.Chart]:
    """Write the cells' numbers, light on dark colours, smaller where columns are narrow."""
    size = alt.ExprRef(f"width < {24 * columns} ? 9 : 11")
    kinds = (
        ([cell for cell in scored if not cell["dark"]], "value-label"),
        ([cell for cell in scored if cell["dark"]], "inverse-label"),
        (hidden, "note-label"),
    )
    return [
        parts.layer(cells, x="middle:Q", y=y, text="value:N").mark_text(style=style, fontSize=size)
        for cells, style in kinds
        if cells
    ]


def column_names(shown: Grid, places: Mapping[str, float]) -> list[alt.Chart]:
    """Write the dimensions above their columns: slanted, or upright where columns are narrow."""
    values = [{"middle": places[one] + 0.5, "name": name} for one, name in shown.dimensions.items()]
    slant = f"width < {34 * len(places)} ? 270 : 315"
    names = parts.layer(values, x="middle:Q", y=alt.value(0), text="name:N", tooltip="name:N")
    return [
        names.mark_text(
            style="note-label",
            fontSize=12,
            align="left",
            baseline="middle",
            angle=alt.ExprRef(slant),
            dx=8,
            limit=190,
        )
    ]


def pointed(cells: Sequence[dict], x: alt.X, y: alt.Y, language: str) -> alt.Chart:
    """Let the pointer read a cell."""
    titles = {
        "group": word("figures.group", language),
        "dimension": word("figures.dimension", language),
        "told": word("figures.score", language),
        "n": word("figures.respondents", language),
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
    return parts.layer(cells, x=x, x2="right:Q", y=y, tooltip=tooltip).mark_rect(opacity=0)


def describe_groups(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
    sort_by: str | None = None,
) -> str:
    """Learn in words what `plot_groups` shows: its size, the lowest and the highest cell, what is hidden.

    Parameters as in `plot_groups`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"by": "role", "group": "agent", "dimension": "team_learning", "perspective": "reality",
    ...     "n": 40, "score": 53.3}])
    >>> describe_groups(rows, load_framework("collectivite-apprenante"), "en")[:47]
    'Reality from 0 to 100: 1 groups, 1 dimensions. '
    """
    shown = grid(rows, framework, perspective, names or {}, language, sort_by)
    counts = {"groups": len(shown.groups), "dimensions": len(shown.dimensions)}
    sentences = [
        word("figures.groups_scope", language, perspective=word(f"figures.{perspective}", language), **counts),
        *cell_extremes(shown, language),
        *hidden_groups(shown, language, min_group),
        word("figures.groups_caution", language),
    ]
    return " ".join(sentences)


def title_groups(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    sort_by: str,
    perspective: str = "reality",
    names: Mapping[str, str] | None = None,
) -> str:
    """Learn in a headline which group is lowest in one dimension, as far as the intervals tell.

    Parameters as in `plot_groups`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"by": "role", "group": one, "dimension": "team_learning", "perspective": "reality",
    ...     "n": 40, "score": score} for one, score in (("agent", 53.3), ("elected", 61.0))])
    >>> title_groups(rows, load_framework("collectivite-apprenante"), "en", sort_by="team_learning")
    'Team learning: lowest for Member of staff (53)'
    """
    shown = grid(rows, framework, perspective, names or {}, language)
    told = [
        Line(sort_by, group, "", {perspective: row})
        for (group, dimension), row in shown.cells.items()
        if dimension == sort_by and row.get("by") is not None and row.get("score") is not None
    ]
    found = lowest(told, framework, perspective)
    if not found:
        return word("charts.nothing_shown", language)
    dimension = shown.dimensions[sort_by]
    if len(found) > NAMED or len(found) == len(told) > 1:
        return word("charts.no_group_lowest", language, dimension=dimension)
    score = format_number(found[0].number(perspective, "score"), language, 0)
    key = "charts.group_lowest" if len(found) == 1 else "charts.groups_lowest"
    return word(
        key, language, dimension=dimension, names=enumerated([one.name for one in found], language), score=score
    )


def cell_extremes(shown: Grid, language: str) -> list[str]:
    """Tell the lowest and the highest cell of the groups."""
    scored = [(row["score"], *key) for key, row in shown.cells.items() if row.get("score") is not None]
    if not scored:
        return []
    (low_score, low_group, low), (high_score, high_group, high) = min(scored), max(scored)
    return [
        word(
            "figures.groups_extremes",
            language,
            low=shown.dimensions[low],
            low_group=low_group,
            low_score=format_number(low_score, language, 0),
            high=shown.dimensions[high],
            high_group=high_group,
            high_score=format_number(high_score, language, 0),
        )
    ]


def hidden_groups(shown: Grid, language: str, min_group: int) -> list[str]:
    """Name the groups that have a hidden cell."""
    hidden = dict.fromkeys(group for (group, _), row in shown.cells.items() if row.get("suppressed"))
    if not hidden:
        return []
    return [word("figures.groups_hidden", language, names=", ".join(hidden), min_group=min_group)]


def table_groups(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
    sort_by: str | None = None,
) -> tuple[list[dict], list[list[str]]]:
    """Read the groups' scores; in place of a number that is not, why.

    Parameters as in `plot_groups`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"by": "role", "group": "agent", "dimension": "team_learning", "perspective": "reality",
    ...     "n": 40, "score": 53.3}])
    >>> table_groups(rows, load_framework("collectivite-apprenante"), "fr")[1]
    [['Agent', '53,3']]
    """
    shown = grid(rows, framework, perspective, names or {}, language, sort_by)
    columns = [{"label": word("figures.group", language)}]
    columns += [{"label": name, "numeric": True} for name in shown.dimensions.values()]
    return columns, [
        [group, *(cell_told(shown.cells.get((group, one)), language, min_group) for one in shown.dimensions)]
        for group in shown.groups
    ]


def cell_told(row: Row | None, language: str, min_group: int) -> str:
    """Write one cell of the table."""
    if row is None:
        return ""
    return readings.absence_words(row, language, min_group) or format_number(row["score"], language)
