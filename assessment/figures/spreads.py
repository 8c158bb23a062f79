"""The bars of item detail: how an item's answers spread over the labels, drawn around the middle of its scale."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.figures import answers, parts
from assessment.figures.rows import Line, Row, records, told_apart
from assessment.figures.theme import NARROW
from assessment.framework.model import AnswerScale, Framework
from assessment.texts import format_number, format_share, word

STEP = 56
BAR = 20
ABOVE = -9
"""Pixels of a row, of its bar, and how far the bar stands above the middle of the row: the words stand below it."""

GAP = 0.0025
"""Share left open at either end of a stretch: neighbours are told apart without their colours."""

ROOM = 28
"""Pixels a number needs on its stretch."""

BEYOND = 3
"""Pixels by which the mark of the middle is seen above and below the bar."""

DARK = 0.6
"""Place on the answer scale (0–1) from which a stretch is dark and its number light."""

LONGEST = 22
"""Characters of an end's label that stand beside the key."""


@dataclass(frozen=True)
class Spread:
    """How an item's answers spread, as far as they are told.

    Parameters
    ----------
    line
        The item, with its row of ``item_answers``.
    scale
        Its answer scale.
    bands
        Its told rows of ``answer_labels``, from the low end to the high; none where it is hidden.
    """

    line: Line
    scale: AnswerScale
    bands: tuple[Row, ...]

    @property
    def middle(self) -> float:
        """The middle of the answer scale."""
        return (self.scale.low + self.scale.high) / 2

    @property
    def above(self) -> float | None:
        """The share of answers above the middle; None where a band holds answers on both sides, or nothing is told."""
        if not self.bands or any(row["low"] <= self.middle < row["high"] for row in self.bands):
            return None
        return sum(row["share"] for row in self.bands if row["low"] > self.middle)

    @property
    def left(self) -> float:
        """The share left of the middle, a band across it parted as if its answers were equal."""
        return sum(row["share"] * self.part_left(row) for row in self.bands)

    def part_left(self, row: Row) -> float:
        """Give the part of a band left of the middle."""
        wide = row["high"] - row["low"] + 1
        return min(1.0, max(0.0, (self.middle - row["low"] + 0.5) / wide))

    def tint(self, row: Row) -> float:
        """Give a band's place from the low end (0) to the high (1): of several answers the one farther out."""
        at = (row["low"] + row["high"]) / 2
        nearest = int(at) if at < self.middle else -int(-at // 1)
        return (nearest - self.scale.low) / (self.scale.high - self.scale.low)


def spreads_of(
    rows: pd.DataFrame, labels: pd.DataFrame, framework: Framework, language: str, perspective: str
) -> list[Spread]:
    """Give how each item's answers spread under one perspective, in the framework's order."""
    bands: dict[str, list[Row]] = {}
    for row in records(labels[labels["perspective"] == perspective]):
        if not row["suppressed"]:
            whole = {end: int(row[end]) for end in ("low", "high")}  # numbers beside empty ones may be floats
            bands.setdefault(row["item"], []).append(row | whole)
    lines = answers.item_lines(rows, framework, language, perspective)
    names, items = told_apart([line.name for line in lines]), {item.id: item for item in framework.items}
    return [
        Spread(
            Line(line.dimension, name, "", line.rows),
            framework.scale_of(items[line.row["item"]]),
            tuple(sorted(bands.get(line.row["item"], ()), key=lambda row: row["low"])),
        )
        for line, name in zip(lines, names, strict=True)
    ]


@parts.unchecked
def plot_spreads(spreads: Sequence[Spread], framework: Framework, language: str, min_group: int) -> alt.LayerChart:
    """Draw the bars, what stands on and below them, and the key."""
    lines, told = [one.line for one in spreads], [one for one in spreads if one.bands]
    stretches = [row for one in told for row in stretches_of(one, language)]
    left = max((one.left for one in told), default=0.5)
    right = max((1 - one.left for one in told), default=0.5)
    scale = alt.Scale(domain=[-left, right], nice=False)
    y, x = parts.row_axis(lines), alt.X("start:Q", scale=scale, title=None, axis=None)
    tint = alt.Color("tint:Q", scale=alt.Scale(domain=[0, 1], range="ramp"), legend=None)
    bars = parts.layer(stretches, x=x, x2="end:Q", y=y, color=tint)
    zeros = [{"label": one.line.name, "at": 0} for one in told]
    middle = parts.layer(zeros, x=alt.X("at:Q", scale=scale, axis=None), y=y)
    layers = [
        *key(spreads, framework, language),
        middle.mark_tick(style="interval", thickness=1.5, size=BAR + 2 * BEYOND, yOffset=ABOVE),
        bars.mark_bar(height=BAR, yOffset=ABOVE),
        *numbers_on(stretches, left + right, scale, y),
        words_below(told, y, language),
        absent(spreads, language, min_group),
        pointed(told, lines, language),
    ]
    return parts.finished(layers, STEP)


def stretches_of(spread: Spread, language: str) -> list[dict]:
    """Give the stretches of an item's bar, the middle of the scale at 0."""
    start, found = -spread.left, []
    for row in spread.bands:
        end = start + row["share"]
        found.append(
            {
                "label": spread.line.name,
                "start": start + GAP,
                "end": end - GAP,
                "at": (start + end) / 2,
                "tint": spread.tint(row),
                "share": row["share"],
                "text": format_share(row["share"], language),
            }
        )
        start = end
    return found


def numbers_on(stretches: Sequence[dict], reach: float, scale: alt.Scale, y: alt.Y) -> list[alt.Chart]:
    """Write the shares on the stretches that have room, light on dark and dark on light."""
    layers = []
    for style, chosen in (
        ("value-label", [row for row in stretches if row["tint"] <= DARK]),
        ("inverse-label", [row for row in stretches if row["tint"] > DARK]),
    ):
        values = [{name: row[name] for name in ("label", "at", "text", "share")} for row in chosen]
        place = parts.layer(values, x=alt.X("at:Q", scale=scale, axis=None), y=y, text="text:N")
        room = alt.ExprRef(f"datum.share / {reach} * width < {ROOM} ? 0 : 1")
        layers.append(place.mark_text(style=style, fontSize=11, dy=ABOVE, opacity=room))
    return layers


def words_below(told: Sequence[Spread], y: alt.Y, language: str) -> alt.Chart:
    """Write below each bar how many answered; where there is room, how many are not concerned or left it empty."""
    values = [
        {
            "label": one.line.name,
            "text": answers.apart(one.line.row, language),
            "short": f"n = {format_number(one.line.row.get('n'), language, 0)}",
        }
        for one in told
    ]
    words = alt.ExprRef(f"width < {NARROW} ? datum.short : datum.text")
    place = parts.layer(values, x=alt.value(0), y=y)
    return place.mark_text(style="note-label", text=words, align="left", fontSize=10.5, dy=ABOVE + BAR + 1)


def key(spreads: Sequence[Spread], framework: Framework, language: str) -> list[alt.Chart]:
    """Draw the answers' colours in a row above the bars, between the labels of both ends."""
    low, high = ends_of([one.line for one in spreads], framework, language)
    scale = spreads[0].scale
    size, first = scale.high - scale.low + 1, 8
    tint = alt.Color("tint:Q", scale=alt.Scale(domain=[0, 1], range="ramp"), legend=None)
    swatches = [
        parts.layer([{"tint": place / (size - 1)}], x=alt.value(first + 16 * place), y=alt.value(-14), color=tint)
        for place in range(size)
    ]
    head = parts.layer([{}], y=alt.value(-14))
    return [
        *(one.mark_point(shape="square", filled=True, size=150, opacity=1) for one in swatches),
        head.encode(x=alt.value(-8)).mark_text(text=low, align="right", fontSize=12),
        head.encode(x=alt.value(first + 16 * size - 2)).mark_text(text=high, align="left", fontSize=12),
    ]


def ends_of(lines: Sequence[Line], framework: Framework, language: str) -> tuple[str, str]:
    """Give the labels of both ends; plain words where they are long or items have scales of their own."""
    ends = answers.end_labels(framework, lines, language)
    if max(map(len, ends)) <= LONGEST:
        return ends
    return word("charts.answers_low", language), word("charts.answers_high", language)


def absent(spreads: Sequence[Spread], language: str, min_group: int) -> alt.Chart:
    """Write why there is no bar."""
    lines = [one.line for one in spreads]
    values = [
        {"label": one.line.name, "why": answers.why({"suppressed": True}, language, min_group)}
        for one in spreads
        if not one.bands
    ]
    place = parts.layer(values, x=alt.value(0), y=parts.row_axis(lines), text="why:N")
    return place.mark_text(style="note-label", align="left", fontStyle="italic")


def pointed(told: Sequence[Spread], lines: Sequence[Line], language: str) -> alt.Chart:
    """Let the pointer read an item."""
    values = [
        {
            "label": one.line.name,
            "told": spread_words(one, language),
            "n": format_number(one.line.row.get("n"), language, 0),
        }
        for one in told
    ]
    titles = {"label": word("charts.item", language), "told": word("item_labels.answers", language)}
    return parts.pointed(values, lines, titles | {"n": word("figures.respondents", language)})


def spread_words(spread: Spread, language: str) -> str:
    """Write the shares of an item's answers, label by label."""
    return " · ".join(
        word(
            "item_labels.told",
            language,
            band=band_name(row, spread.scale, language),
            share=format_share(row["share"], language),
        )
        for row in spread.bands
    )


def band_name(row: Row, scale: AnswerScale, language: str) -> str:
    """Name a band by the labels of its ends, by their numbers where they have none or long ones."""
    low, high = (label_of(row[end], scale, language) for end in ("low", "high"))
    return low if low == high else word("item_labels.band", language, low=low, high=high)


def label_of(value: int, scale: AnswerScale, language: str) -> str:
    """Name an answer."""
    labels = scale.labels.get(language, ())
    name = labels[value - scale.low] if len(labels) == scale.high - scale.low + 1 else ""
    return name if 0 < len(name) <= LONGEST else str(value)
