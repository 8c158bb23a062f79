"""The priority matrix: how often a subject is chosen against how far the wish stands from reality."""

from collections.abc import Iterator, Mapping, Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts
from assessment.figures.headlines import NAMED, enumerated
from assessment.figures.intervals import number_between, share_between
from assessment.figures.priorities import reading_words, sentence
from assessment.figures.rows import Row, dimension_names, records
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

HEIGHT = 300
NARROWEST = 240
"""Pixels of the plot on the narrowest page: numbers that do not touch there touch nowhere."""

LEFT, RIGHT = 34, 16
"""Pixels left free beside the plot, for the axis' numbers and for a point at its end."""

MARKS = {
    "chosen_gap": {"style": "accent", "shape": "circle", "size": 110},
    "chosen": {"style": "accent", "shape": "square", "size": 100},
    "gap": {"style": "outline", "shape": "diamond", "size": 90},
    "low_aspiration": {"style": "outline", "shape": "triangle-down", "size": 90},
    "later": {"style": "muted", "shape": "cross", "size": 90},
}
"""One shape a reading: told apart without colour."""

SIDES = {
    "above right": ({"align": "left", "dx": 7, "dy": -8}, (13, -8)),
    "above left": ({"align": "right", "dx": -7, "dy": -8}, (-13, -8)),
    "below right": ({"align": "left", "dx": 7, "dy": 9}, (13, 9)),
    "below left": ({"align": "right", "dx": -7, "dy": 9}, (-13, 9)),
}
"""Where a number may stand by its point, in the order in which it is tried: its look, and its middle in pixels."""

CROSS = {"style": "interval", "strokeWidth": 1.5, "opacity": 0.6}
"""The look of both intervals of a point: quieter than the point, and seen without it."""

LINE = 19
"""Pixels from one line of the list below to the next."""

UNDER = 62
"""Pixels from the plot to that list."""


@parts.unchecked
def plot_priorities(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> alt.LayerChart:
    """See which subjects are chosen more often than by chance and stand far from the wish, with both intervals.

    Parameters
    ----------
    rows
        Rows of ``priorities`` of one wave: one row is one dimension.
    framework
        The instrument, for names and the smallest gap.
    language
        ``"fr"`` or ``"en"``.
    min_group
        As in `describe_priorities`, which is the text alternative; the picture has no use for it.

    Notes
    -----
    **Missing answers**: a dimension without a gap or without a share has no place; `describe_unplaced` names it.

    Points carry the number of their order, and the list below says which is which: names would cover each other.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "order": 1, "reading": "chosen_gap", "tension": 32.0,
    ...     "chosen": 0.4, "chosen_by_chance": 0.25}])
    >>> chart = plot_priorities(rows, load_framework("collectivite-apprenante"), "en").to_dict()
    >>> [row["text"] for layer in chart["layer"] for row in layer["data"]["values"] if "text" in row]
    ['1', 'Chosen, with a gap to work on', '1. Team learning', 'Dotted: choice by chance (25%), gap of 10']
    """
    names = dimension_names(framework, language)
    found = [drawn_row(row, names, language) for row in records(rows) if is_placed(row)]
    across, up = ends(found, framework)
    x, y = gap_axis(across, language), share_axis(up, language)
    layers = [*crosses(found, x, y), *grounds(found, framework, x, y), *points(found, x, y, language)]
    layers += [*numbered(found, across, up, x, y), *listed(found, framework, language)]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers, width="container", height=HEIGHT, autosize=fit)


def is_placed(row: Row) -> bool:
    """Say whether a row has both numbers and is told."""
    return not row.get("suppressed") and row.get("tension") is not None and row.get("chosen") is not None


def drawn_row(row: Row, names: Mapping[str, str], language: str) -> dict:
    """Give what is drawn of one dimension."""
    gap, share = row["tension"], row["chosen"]
    return {
        "name": names[row["dimension"]],
        "order": row.get("order"),
        "reading": row.get("reading") or "later",
        "gap": gap,
        "gap_low": gap if row.get("tension_low") is None else row["tension_low"],
        "gap_high": gap if row.get("tension_high") is None else row["tension_high"],
        "share": share,
        "share_low": share if row.get("chosen_low") is None else row["chosen_low"],
        "share_high": share if row.get("chosen_high") is None else row["chosen_high"],
        "chance": row.get("chosen_by_chance"),
        "gap_told": number_between(row, ("tension", "tension_low", "tension_high"), language, 1, sign=True),
        "share_told": share_between(row, ("chosen", "chosen_low", "chosen_high"), language),
        "meaning": reading_words(row.get("reading"), language),
    }


Ends = tuple[float, float]


def ends(found: Sequence[dict], framework: Framework) -> tuple[Ends, Ends]:
    """Give the ends of both axes: 0 on each, every interval within them."""
    low = min([0.0, *(row["gap_low"] for row in found)])
    high = max([2 * framework.tension.smallest_gap, *(row["gap_high"] for row in found)])
    most = max([0.2, *(row["share_high"] for row in found), *(row["chance"] or 0 for row in found)])
    return (10 * (low // 10), -10 * (-high // 10)), (0.0, min(1.0, -(-most // 0.1) / 10))


def gap_axis(across: Ends, language: str) -> alt.X:
    """Give the axis of gaps."""
    return alt.X(
        "gap:Q",
        title=word("charts.matrix_across", language),
        scale=alt.Scale(domain=list(across), nice=False, range=[LEFT, alt.ExprRef(f"width - {RIGHT}")]),
        axis=alt.Axis(
            format="d", grid=False, tickCount=6, titleAnchor="start", labelFlush=False, labelOverlap="greedy"
        ),
    )


def share_axis(up: Ends, language: str) -> alt.Y:
    """Give the axis of shares, its name above it."""
    return alt.Y(
        "share:Q",
        title=word("charts.matrix_up", language),
        scale=alt.Scale(domain=list(up), nice=False),
        axis=alt.Axis(
            labelExpr="format(100 * datum.value, 'd')",
            grid=False,
            tickCount=5,
            titleAngle=0,
            titleAlign="left",
            titleAnchor="end",
            titleX=0,
            titleY=-22,
            offset=-LEFT + 4,
        ),
    )


def crosses(found: Sequence[dict], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw both intervals of each point as a thin cross."""
    return [
        parts.layer(found, x=alt.X("gap_low:Q"), x2="gap_high:Q", y=y).mark_rule(**CROSS),
        parts.layer(found, x=x, y=alt.Y("share_low:Q"), y2="share_high:Q").mark_rule(**CROSS),
    ]


def grounds(found: Sequence[dict], framework: Framework, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw what chance would give and the smallest gap, dotted both."""
    gap = parts.layer([{"gap": framework.tension.smallest_gap}], x=x).mark_rule(style="reference")
    chances = [{"share": chance} for chance in by_chance(found)]
    return [gap, parts.layer(chances, y=y).mark_rule(style="reference")]


def by_chance(found: Sequence[dict]) -> list[float]:
    """Give what chance would give: one number for all that was asked together."""
    return list(dict.fromkeys(row["chance"] for row in found if row["chance"] is not None))


def points(found: Sequence[dict], x: alt.X, y: alt.Y, language: str) -> list[alt.Chart]:
    """Draw the points, one shape a reading."""
    titles = {
        "name": word("figures.dimension", language),
        "share_told": word("priorities.chosen_interval", language),
        "gap_told": word("priorities.gap_interval", language),
        "meaning": word("figures.reading", language),
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
    return [
        parts.layer(those, x=x, y=y, tooltip=tooltip).mark_point(filled=True, **MARKS[reading])
        for reading in MARKS
        if (those := [row for row in found if row["reading"] == reading])
    ]


def numbered(found: Sequence[dict], across: Ends, up: Ends, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Write each point's number where it covers the fewest others."""
    chosen = sides(found, across, up)
    layers = []
    for side, (look, _) in SIDES.items():
        those = [
            {"gap": row["gap"], "share": row["share"], "text": number(row)}
            for row, own in zip(found, chosen, strict=True)
            if own == side
        ]
        if those:
            layers.append(
                parts.layer(those, x=x, y=y, text="text:N").mark_text(style="value-label", fontSize=11, **look)
            )
    return layers


def number(row: Mapping) -> str:
    """Write a row's number in the order."""
    return "" if row["order"] is None else str(row["order"])


def sides(found: Sequence[dict], across: Ends, up: Ends) -> list[str]:
    """Choose a side for each number, one after the other, on the narrowest page.

    Examples
    --------
    >>> sides([{"gap": 10.0, "share": 0.2}, {"gap": 11.0, "share": 0.2}], (0, 50), (0, 0.5))
    ['above left', 'above right']
    """
    spots = [
        (
            NARROWEST * (row["gap"] - across[0]) / (across[1] - across[0]),
            HEIGHT * (up[1] - row["share"]) / (up[1] - up[0]),
        )
        for row in found
    ]
    taken, chosen = list(spots), []
    for left, top in spots:
        places = {side: (left + dx, top + dy) for side, (_, (dx, dy)) in SIDES.items()}
        side = min(places, key=lambda one: crowding(places[one], taken))
        taken.append(places[side])
        chosen.append(side)
    return chosen


def crowding(spot: tuple[float, float], taken: Sequence[tuple[float, float]]) -> int:
    """Count what a number would touch."""
    return sum(abs(spot[0] - left) < 14 and abs(spot[1] - top) < 12 for left, top in taken)


def listed(found: Sequence[dict], framework: Framework, language: str) -> list[alt.Chart]:
    """List below the plot what the shapes mean and which number is which subject, and what the dotted lines are."""
    rows = [{"at": LINE * place} | row for place, row in enumerate(list_rows(found, framework, language))]
    layers = []
    for kind, left, look in (
        ("heading", 22, {"style": "value-label"}),
        ("subject", 22, {}),
        ("note", 0, {"style": "note-label"}),
    ):
        those = [{"at": row["at"], "text": row["text"]} for row in rows if row["kind"] == kind]
        layers += (
            [below(those, left).encode(text=alt.Text("text:N")).mark_text(align="left", fontSize=12, **look)]
            if those
            else []
        )
    spots = [row for row in rows if row["kind"] == "heading"]
    return [*layers, *(below([{"at": row["at"]}], 8).mark_point(filled=True, **MARKS[row["reading"]]) for row in spots)]


def below(values: Sequence[dict], left: float) -> alt.Chart:
    """Start a layer whose rows stand below the plot, one under the other."""
    place = parts.layer(values, x=alt.value(left), y=alt.Y("py:Q", scale=None, axis=None))
    return place.transform_calculate(py=f"height + {UNDER} + datum.at")


def list_rows(found: Sequence[dict], framework: Framework, language: str) -> Iterator[dict]:
    """Give the lines of the list: each reading, then its subjects in their order."""
    for reading in MARKS:
        those = [row for row in found if row["reading"] == reading]
        if those:
            yield {"kind": "heading", "reading": reading, "text": sentence(reading, language)}
        for row in sorted(those, key=lambda row: row["order"] or 0):
            yield {"kind": "subject", "text": f"{row['order']}. {row['name']}" if row["order"] else row["name"]}
    shares = [format_share(chance, language) for chance in by_chance(found)]
    if shares:
        gap = format_number(framework.tension.smallest_gap, language, 0)
        yield {"kind": "note", "text": word("charts.matrix_dotted", language, share=shares[0], gap=gap)}


def title_priorities(rows: pd.DataFrame, framework: Framework, language: str) -> str:
    """Learn in a headline what is chosen more often than by chance and stands far off.

    Parameters as in `plot_priorities`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "order": 1, "reading": "chosen_gap"}])
    >>> title_priorities(rows, load_framework("collectivite-apprenante"), "en")
    'To talk about first: Team learning'
    """
    names = dimension_names(framework, language)
    told = [row for row in records(rows) if row.get("reading") and not row.get("suppressed")]
    first = [names[row["dimension"]] for row in told if row["reading"] == "chosen_gap"]
    if not told:
        return word("charts.nothing_shown", language)
    if not first:
        return word("charts.matrix_none", language)
    if len(first) > NAMED + 1:  # one more name is as short as "and one other"
        count = format_number(len(first) - NAMED, language, 0)
        several = word("charts.matrix_others", language, names=", ".join(first[:NAMED]), count=count)
        return word("charts.matrix_first", language, names=several)
    return word("charts.matrix_first", language, names=enumerated(first, language))


def describe_unplaced(rows: pd.DataFrame, framework: Framework, language: str) -> str:
    """Name the dimensions that have no place in `plot_priorities`; empty where all have.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "tension": 30.0, "chosen": None}])
    >>> describe_unplaced(rows, load_framework("collectivite-apprenante"), "en")
    'Not placed here, for want of choices or of a gap that are shown: Team learning.'
    """
    names = dimension_names(framework, language)
    absent = [names[row["dimension"]] for row in records(rows) if not is_placed(row)]
    return word("charts.matrix_unplaced", language, names=enumerated(absent, language)) if absent else ""
