"""How answers spread over the labels, item by item: diverging stacked bars around the middle of the answer scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.figures import answers, parts
from assessment.figures.headlines import respondents, source_note
from assessment.figures.passages import Cells, Passage, Picture, Tables
from assessment.figures.readings import reason_words
from assessment.figures.rows import Line, Row, dimension_names, records, told_apart
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

ALIKE = 0.05
"""Share by which the items differ at most that are told to be alike."""


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


def item_parts(
    tables: Tables,
    framework: Framework,
    language: str,
    *,
    dimension: str | None = None,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> list[Passage]:
    """Learn in words, charts and tables how each item was answered, dimension by dimension.

    Parameters
    ----------
    tables
        Released tables of one wave by name: ``item_answers`` and ``answer_labels``. A release kept before there was
        ``answer_labels`` is told by the ends of the answer scale.
    framework
        The instrument, for texts, labels and order.
    language
        ``"fr"`` or ``"en"``.
    dimension
        The dimension to tell of; None = all, a passage each, its id the dimension's.
    names
        Not needed: taken so that every chapter is asked alike.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: not in the bars; those not concerned and those who left the item empty stand below each.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> keys = {"wave": "1", "dimension": "systems_thinking", "item": "st_04", "perspective": "reality"}
    >>> ends = pd.DataFrame([keys | {"n": 40, "asked": 42, "na_share": 0.0, "missing_share": 0.05}])
    >>> bands = pd.DataFrame([keys | {"low": 1, "high": 2, "n": 30, "answers": 40, "share": 0.75, "suppressed": False},
    ...     keys | {"low": 3, "high": 5, "n": 10, "answers": 40, "share": 0.25, "suppressed": False}])
    >>> tables = {"item_answers": ends, "answer_labels": bands}
    >>> (part,) = item_parts(tables, load_framework("collectivite-apprenante"), "en")
    >>> part.id, len(part.charts), part.rows[0][2:7]
    ('systems_thinking', 1, ['75% (1–2)', '75% (1–2)', '25% (3–5)', '25% (3–5)', '25% (3–5)'])
    """
    if "item_answers" not in tables or tables["item_answers"].empty:
        return []
    every, wanted = tables["item_answers"], dimension_names(framework, language)
    found = []
    for one in wanted if dimension is None else [dimension]:
        rows = every[every["dimension"] == one]
        if len(rows):
            found.append(dimension_passage(rows, tables.get("answer_labels"), framework, language, wanted, min_group))
    return found


def dimension_passage(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    names: Mapping[str, str],
    min_group: int,
) -> Passage:
    """Tell of the items of one dimension."""
    own = rows["dimension"].iloc[0]
    asked = [one for one in framework.perspectives_of(own) if (rows["perspective"] == one).any()]
    charts, told = [], []
    for perspective in asked:
        title, sentence, chart = drawn(rows, labels, framework, language, perspective, min_group)
        named = word(f"item_labels.{perspective}", language)
        headed = word("item_labels.told", language, band=named, share=title) if len(asked) > 1 else title
        charts.append(Picture(chart.to_dict(validate=False), f"{headed}. {sentence}", headed))
        told.append(f"{headed}. {sentence}" if len(asked) > 1 else f"{title}. {sentence}")
    columns, cells = table_labels(rows, labels, framework, language, min_group=min_group)
    return Passage(
        own,
        word("item_labels.title", language, dimension=names[own]),
        " ".join(told),
        word("item_labels.note", language, source=source_note(rows, framework, language)),
        columns,
        cells,
        charts=tuple(charts),
    )


def drawn(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    perspective: str,
    min_group: int,
) -> tuple[str, str, alt.LayerChart]:
    """Give the headline, the words and the chart of one perspective; by the ends where labels were never told."""
    options = {"perspective": perspective, "min_group": min_group}
    if labels is None:
        title = answers.title_answers(rows, framework, language, perspective=perspective)
        words = answers.describe_answers(rows, framework, language, **options).removeprefix(f"{title}. ")
        return title, words, answers.plot_answers(rows, framework, language, **options)
    spreads = spreads_of(rows, labels, framework, language, perspective)
    chart = plot_spreads(spreads, framework, language, min_group)
    return title_spreads(spreads, language), describe_spreads(spreads, framework, language, min_group), chart


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


def title_spreads(spreads: Sequence[Spread], language: str) -> str:
    """Say to which item the fewest answer above the middle."""
    told = [one for one in spreads if one.bands]
    if not told:
        return word("charts.nothing_shown", language)
    known = [one for one in told if one.above is not None]
    if not known or len(known) < len(told):
        return word("item_labels.unsettled", language)
    lowest = min(known, key=lambda one: one.above)
    if len(known) > 1 and max(one.above for one in known) - lowest.above < ALIKE:
        return word("item_labels.alike", language)
    values = {"share": format_share(lowest.above, language), "item": answers.shortened(lowest.line.name)}
    kind = "fewest" if len(known) > 1 else "only"
    if not float(lowest.middle).is_integer():
        return word(f"item_labels.{kind}_even", language, **values)
    middle = label_of(int(lowest.middle), lowest.scale, language)
    return word(f"item_labels.{kind}", language, middle=middle, **values)


def describe_spreads(spreads: Sequence[Spread], framework: Framework, language: str, min_group: int) -> str:
    """Say what else the bars show: the highest item, the counts, who cannot answer, what is hidden."""
    told = [one for one in spreads if one.bands]
    known = [one for one in told if one.above is not None]
    sentences = []
    if len(known) == len(told) > 1:
        most = max(known, key=lambda one: one.above)
        values = {"share": format_share(most.above, language), "item": answers.shortened(most.line.name)}
        sentences.append(word("item_labels.most", language, **values))
    if told:
        counts = [one.line.row["n"] for one in told if one.line.row.get("n") is not None]
        sentences.append(word("charts.answers_scope", language, count=len(told), n=respondents(counts, language)))
    if any(item.reverse for item in answers.items_of(framework, [one.line for one in told])):
        sentences.append(word("charts.answers_turned", language))
    unknown = [one.line.name for one in spreads if (one.line.row.get("na_share") or 0) >= answers.TRUSTED]
    if unknown:
        names, share = "; ".join(map(answers.shortened, unknown)), format_share(answers.TRUSTED, language)
        sentences.append(word("charts.answers_unknown", language, share=share, names=names))
    out = len(spreads) - len(told)
    sentences += [word("charts.answers_hidden", language, count=out, min_group=min_group)] if out else []
    return " ".join(sentences)


def table_labels(
    rows: pd.DataFrame,
    labels: pd.DataFrame | None,
    framework: Framework,
    language: str,
    *,
    min_group: int = 10,
) -> Cells:
    """Read the share of every answer, item by item, reality and vision; joined answers bear the same share."""
    asked = [one for one in framework.perspectives if (rows["perspective"] == one).any()]
    if labels is None:
        return answers.table_answers(rows, framework, language, perspective=asked[0], min_group=min_group)
    spreads = {one: spreads_of(rows, labels, framework, language, one) for one in asked}
    scales = [spread.scale for some in spreads.values() for spread in some]
    values = range(min(one.low for one in scales), max(one.high for one in scales) + 1)
    alike = len({tuple(one.labels.get(language, ())) for one in scales}) == 1
    columns = [
        {"label": word("charts.item", language)},
        {"label": word("item_labels.perspective", language)},
        *({"label": heading(value, scales[0] if alike else None, language), "numeric": True} for value in values),
        {"label": word("charts.answers_na", language), "numeric": True},
        {"label": word("charts.answers_missing", language), "numeric": True},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    order = sorted(
        ((place, asked.index(one), spread) for one, some in spreads.items() for place, spread in enumerate(some)),
        key=lambda entry: entry[:2],
    )
    return columns, [
        [
            spread.line.name,
            word(f"item_labels.{asked[number]}", language),
            *(cell(spread, value, language) for value in values),
            *(format_share(spread.line.row.get(name), language) for name in ("na_share", "missing_share")),
            format_number(spread.line.row.get("n"), language, 0),
            "" if spread.bands else reason_words("confidential", language, min_group),
        ]
        for _, number, spread in order
    ]


def heading(value: int, scale: AnswerScale | None, language: str) -> str:
    """Name the column of an answer: its number, and its label where all items have the same."""
    label = label_of(value, scale, language) if scale else str(value)
    return label if label == str(value) else word("item_labels.label", language, number=value, label=label)


def cell(spread: Spread, value: int, language: str) -> str:
    """Write the share of an answer; of joined ones the share of all, and which these are."""
    row = next((row for row in spread.bands if row["low"] <= value <= row["high"]), None)
    if row is None:
        return ""
    share = format_share(row["share"], language)
    if row["low"] == row["high"]:
        return share
    return word("item_labels.joined", language, share=share, low=row["low"], high=row["high"])
