"""The radar: the shape of a profile at a glance, beside the dot plot that says how surely each point is known."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import cos, pi, sin
from textwrap import wrap

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.headlines import lowest_told, quoted, respondents
from assessment.figures.profile import MARKS, hidden_count, perspectives, table_profile, widest_gap
from assessment.figures.rows import Line, lines
from assessment.framework.model import Framework
from assessment.texts import format_number, word

RADIUS, BESIDE, BELOW = 150, 84, 56
"""Pixels: the largest radius, what names take at each side, what they take below."""

REACH = f"max(40, min({RADIUS}, width / 2 - {BESIDE}))"
"""The radius in pixels, as a Vega expression: smaller where the page is narrow."""

RINGS = (25, 50, 75, 100)
NAME = 14
"""Characters of a line of a dimension's name."""

MANY, CROWDED = 8, 520
"""Spokes above which, and pixels of width below which, names do not fit around: they are listed, numbered, below."""

LINE = 14
"""Pixels from one line of a name to the next."""

FEWEST = 3
"""Dimensions from which there is a shape."""

ASIDE = 0.2
"""How far from the vertical a spoke has its name beside it, not above or below."""

EDGES = {
    "reality": {"style": "accent", "strokeWidth": 2.5},
    "vision": {"style": "accent", "strokeWidth": 1.5, "strokeDash": [5, 4]},
}
"""Solid and dashed: told apart without colour."""

Spot = Mapping[str, object]


@parts.unchecked
def plot_radar(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> alt.LayerChart:
    """See the shape of reality and vision over a few dimensions, on rings from 0 to 100.

    Parameters
    ----------
    rows
        Released rows of one wave and one group, as for `plot_profile`; the dimensions of one family, say.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told, for the words that stand in place of a hidden number.

    Returns
    -------
    altair.LayerChart
        As wide as its container, without colours: they come with the theme.

    Notes
    -----
    **Missing answers**: a dimension without a score keeps its spoke, dashed, with the word why; the line is broken
    there and encloses nothing, for a line drawn past it would tell of a point that is not told.

    A radar shows neither intervals nor which differences count, and its area depends on the order of the spokes: it
    stands beside `plot_profile`, never instead of it.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> names = ("personal_mastery", "mental_models", "team_learning")
    >>> rows = pd.DataFrame([{"dimension": one, "perspective": "reality", "n": 40, "score": 50.0} for one in names])
    >>> chart = plot_radar(rows, load_framework("collectivite-apprenante"), "fr").to_dict()
    >>> [layer["data"]["values"][0]["label"] for layer in chart["layer"] if "tooltip" in layer["encoding"]]
    ['Maîtrise personnelle']
    """
    drawn = lines(rows, framework, language)
    around = directions(len(drawn))
    found = {one: spots(drawn, around, one, framework, language) for one in perspectives(drawn)}
    layers = [*area(found.get("reality", []), drawn), *rings(around), *spokes(drawn, around)]
    for one in reversed(found):
        layers.append(placed(edges(drawn, around, one), both=True).mark_rule(**EDGES[one]))
        titles = {"label": word("figures.dimension", language), "told": word(f"figures.{one}", language)}
        tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
        layers.append(placed(found[one]).encode(tooltip=tooltip).mark_point(filled=True, **MARKS[one]))
    layers += [ring_names(drawn), *names(drawn, around, language), *legend(drawn, around, language)]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers, width="container", height=1, autosize=fit)  # as high as what is drawn


def directions(count: int) -> list[tuple[float, float]]:
    """Give where each spoke points: the first up, the others clockwise.

    Examples
    --------
    >>> [(round(x), round(y)) for x, y in directions(4)]
    [(0, 1), (1, 0), (0, -1), (-1, 0)]
    """
    return [(sin(2 * pi * number / count), cos(2 * pi * number / count)) for number in range(count)]


def placed(values: Sequence[Spot], *, both: bool = False) -> alt.Chart:
    """Start a layer whose rows stand at ``x, y`` (1 = the outer ring), moved by ``dx, dy``; or reach to ``x2, y2``."""
    place = {"px": "x", "py": "y", **({"px2": "x2", "py2": "y2"} if both else {})}
    values = [{"dx": 0, "dy": 0} | dict(row) for row in values]
    pixels = {
        name: f"width / 2 + {REACH} * datum.{field} + datum.dx"
        if field.startswith("x")
        else f"datum.dy - {REACH} * datum.{field}"
        for name, field in place.items()
    }
    second = {"x2": "px2:Q", "y2": "py2:Q"} if both else {}
    x, y = alt.X("px:Q", scale=None, axis=None), alt.Y("py:Q", scale=None, axis=None)
    return parts.layer(values, x=x, y=y, **second).transform_calculate(**pixels)


def rings(around: Sequence[tuple[float, float]]) -> list[alt.Chart]:
    """Draw the rings as polygons, straight between the spokes as the lines are."""
    closed = [*around, *around[:1]]
    values = [
        {"x": share * x, "y": share * y, "x2": share * x2, "y2": share * y2}
        for share in (ring / 100 for ring in RINGS)
        for (x, y), (x2, y2) in pairwise(closed)
    ]
    return [placed(values, both=True).mark_rule(style="link", strokeWidth=1, opacity=0.7)] if values else []


def ring_names(drawn: Sequence[Line]) -> alt.Chart:
    """Write the rings' numbers beside the first spoke."""
    values = [{"x": 0, "y": ring / 100, "dx": -4, "dy": 0, "ring": str(ring)} for ring in (0, *RINGS) if drawn]
    return (
        placed(values)
        .encode(text=alt.Text("ring:N"))
        .mark_text(style="note-label", fontSize=9.5, align="right", baseline="bottom")
    )


def spokes(drawn: Sequence[Line], around: Sequence[tuple[float, float]]) -> list[alt.Chart]:
    """Draw the spokes, dashed where a dimension has no score."""
    values = [
        {"x": 0, "y": 0, "x2": x, "y2": y, "told": line.number("reality", "score") is not None}
        for line, (x, y) in zip(drawn, around, strict=True)
    ]
    told, untold = ([row for row in values if row["told"] == known] for known in (True, False))
    return [
        placed(told, both=True).mark_rule(style="link", strokeWidth=1, opacity=0.7),
        placed(untold, both=True).mark_rule(style="reference"),
    ]


def spots(
    drawn: Sequence[Line], around: Sequence[tuple[float, float]], perspective: str, framework: Framework, language: str
) -> list[dict]:
    """Give where the scores of a perspective stand, in the order of the spokes."""
    return [
        {
            "label": line.name,
            "perspective": perspective,
            "score": score,
            "x": score / 100 * x,
            "y": score / 100 * y,
            "order": number,
            "told": readings.score_words(line.rows[perspective], framework, language),
        }
        for number, (line, (x, y)) in enumerate(zip(drawn, around, strict=True))
        if (score := line.number(perspective, "score")) is not None
    ]


def edges(drawn: Sequence[Line], around: Sequence[tuple[float, float]], perspective: str) -> list[dict]:
    """Give the pieces of a perspective's line: between neighbours that both have a score."""
    if len(drawn) < FEWEST:
        return []
    scores = [line.number(perspective, "score") for line in drawn]
    ends = [None if one is None else (one / 100 * x, one / 100 * y) for one, (x, y) in zip(scores, around, strict=True)]
    return [
        {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1]}
        for start, end in zip(ends, [*ends[1:], ends[0]], strict=True)
        if start and end
    ]


def area(found: Sequence[dict], drawn: Sequence[Line]) -> list[alt.Chart]:
    """Tint what reality encloses, where its line is whole."""
    if len(found) < max(FEWEST, len(drawn)):
        return []
    inside = [{name: row[name] for name in ("x", "y", "order")} | {"tint": 1} for row in found]
    tint = alt.Fill("tint:O", scale=alt.Scale(domain=[1], range="ramp"), legend=None)
    shape = placed(inside).encode(order=alt.Order("order:Q"), fill=tint)
    return [shape.mark_line(interpolate="linear-closed", strokeWidth=0, opacity=0.6)]


def names(drawn: Sequence[Line], around: Sequence[tuple[float, float]], language: str) -> list[alt.Chart]:
    """Write each dimension's name and numbers at the end of its spoke; where they would not fit, in a list below."""
    told = [row for line, (x, y) in zip(drawn, around, strict=True) for row in name_lines(line, x, y, language)]
    crowded = f"width < {CROWDED}" if len(drawn) > MANY else "false"
    layers = []
    for align, style in dict.fromkeys((row["align"], row["style"]) for row in told):
        those = [row for row in told if (row["align"], row["style"]) == (align, style)]
        around_it = (
            placed(those).transform_calculate(shown=f"{crowded} ? '' : datum.text").encode(text=alt.Text("shown:N"))
        )
        look = {"style": style} if style else {}
        layers.append(around_it.mark_text(align=align, baseline="middle", fontSize=11.5, **look))
    return layers + (listed(drawn, around, crowded, language) if len(drawn) > MANY else [])


def listed(
    drawn: Sequence[Line], around: Sequence[tuple[float, float]], crowded: str, language: str
) -> list[alt.Chart]:
    """Number the spokes, and list their names below: seen only where the page is narrow."""
    spots = [{"x": 1.13 * x, "y": 1.13 * y, "text": str(number)} for number, (x, y) in enumerate(around, start=1)]
    rows = [
        {"at": (LINE + 3) * number, "text": f"{number}. {line.name} ({last_line(line, language)})"}
        for number, line in enumerate(drawn, start=1)
    ]
    shown = {"shown": f"{crowded} ? datum.text : ''"}
    numbers = placed(spots).transform_calculate(**shown).encode(text=alt.Text("shown:N"))
    below = parts.layer(rows, x=alt.value(6), y=alt.Y("py:Q", scale=None, axis=None), text="shown:N")
    names = below.transform_calculate(py=f"{REACH} + {BELOW + 10} + datum.at", **shown)
    return [numbers.mark_text(style="value-label", fontSize=11), names.mark_text(align="left", fontSize=12)]


def name_lines(line: Line, x: float, y: float, language: str) -> Iterator[dict]:
    """Give the lines of one name, the last of them its numbers, with the pixels by which each is moved."""
    texts = [*wrap(line.name, NAME, break_on_hyphens=False), last_line(line, language)]
    align = "center" if abs(x) < ASIDE else "left" if x > 0 else "right"
    tall = LINE * (len(texts) - 1)
    over_or_under = -(22 + tall) if y > 0 else 16
    top = over_or_under if align == "center" else -tall / 2 - 10 * y
    for number, text in enumerate(texts):
        last = number == len(texts) - 1
        yield {
            "text": text,
            "x": x,
            "y": y,
            "dx": {"left": 10, "center": 0, "right": -10}[align],
            "dy": top + LINE * number,
            "align": align,
            "style": "value-label" if last else None,
        }


def last_line(line: Line, language: str) -> str:
    """Write the numbers of a dimension, or that they are hidden."""
    if any(line.number(one, "score") is not None for one in MARKS):
        return numbers_told(line, language)
    hidden = any(row.get("suppressed") for row in line.rows.values())
    return word("charts.hidden_short" if hidden else "charts.no_score", language)


def numbers_told(line: Line, language: str) -> str:
    """Write reality and, after an arrow, vision."""
    told = [format_number(line.number(one, "score"), language, 0) for one in MARKS if one in line.rows]
    return " → ".join(told)


def legend(drawn: Sequence[Line], around: Sequence[tuple[float, float]], language: str) -> list[alt.Chart]:
    """Name the two lines below the radar, each with its own look."""
    lowest = max((-y for _, y in around), default=0)
    bottom = alt.ExprRef(f"{REACH} * {lowest:.3f} + {BELOW}")
    layers, left = [], 6.0
    for one in perspectives(drawn):
        name = word(f"figures.{one}", language)
        place = parts.layer([{}], y=alt.value(bottom))
        layers += [
            place.encode(x=alt.XValue(left), x2=alt.X2Value(left + 30)).mark_rule(**EDGES[one]),
            place.encode(x=alt.XValue(left + 15)).mark_point(filled=True, **MARKS[one]),
            place.encode(x=alt.XValue(left + 38)).mark_text(text=name, align="left", fontSize=12),
        ]
        left += 38 + parts.CHARACTER * len(name) + 26
    return layers


def title_radar(rows: pd.DataFrame, framework: Framework, language: str) -> str:
    """Learn in a headline which dimension is lowest, as far as the intervals tell.

    Parameters as in `plot_radar`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "score": 50.0},
    ...     {"dimension": "systems_thinking", "perspective": "reality", "n": 40, "score": 37.0}])
    >>> title_radar(rows, load_framework("collectivite-apprenante"), "en")
    '“Systems thinking” is the lowest dimension (37)'
    """
    return lowest_told(lines(rows, framework, language), framework, language)


def describe_radar(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words what `plot_radar` shows: the numbers spoke by spoke, the widest gap, where the line is broken.

    Parameters as in `plot_radar`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "score": 50.0}])
    >>> describe_radar(rows, load_framework("collectivite-apprenante"), "en")
    '“Team learning” is the lowest dimension (50). From 0 to 100: Team learning (50). 40 responses.'
    """
    drawn = lines(rows, framework, language)
    scored = [line for line in drawn if line.number("reality", "score") is not None]
    told = ", ".join(f"{line.name} ({numbers_told(line, language)})" for line in scored)
    counts = [row["n"] for line in scored for row in line.rows.values() if row.get("n") is not None]
    sentences = [f"{title_radar(rows, framework, language)}."]
    sentences += [word("charts.radar_numbers", language, told=told)] if told else []
    sentences += widest_gap(scored, language)
    hidden = [line.name for line in drawn if any(row.get("suppressed") for row in line.rows.values())]
    if hidden:
        sentences += hidden_count(drawn, language, min_group)
        sentences.append(word("charts.radar_broken", language, names=quoted(hidden, language)))
    sentences += [word("charts.responses", language, count=respondents(counts, language))] if counts else []
    return " ".join(sentences)


table_radar = table_profile
