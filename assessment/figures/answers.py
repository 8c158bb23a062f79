"""How the answers to items lie: the low end, what is between, the high end; who is not concerned, who left it empty."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts
from assessment.figures.headlines import respondents
from assessment.figures.intervals import share_told
from assessment.figures.readings import reason_words
from assessment.figures.rows import Line, Row, dimension_names, in_language, records, told_apart
from assessment.framework.model import Framework, Item
from assessment.scoring.unanimity import MANY, RARE
from assessment.texts import format_number, format_share, word

ASIDE = 50
"""Pixels at each end of the bars for their numbers."""

STEP = 54
BAR = 18
ABOVE = -9
"""Pixels of a row, of its bar, and how far the bar stands above the middle of the row: the words stand below it."""

TITLE = 70
"""Characters of an item told in a headline."""

TRUSTED = 0.2
"""Share of those not concerned from which an item is named: who can answer it is a finding of its own."""

PARTS = ("low", "between", "high")
STYLES = {"low": "muted", "between": "band", "high": "accent"}
"""Grey at the left, pale in the middle, dark at the right: told apart by place, and in black and white."""


@parts.unchecked
def plot_answers(
    rows: pd.DataFrame, framework: Framework, language: str, *, perspective: str = "reality", min_group: int = 10
) -> alt.LayerChart:
    """See for each item how many answer at either end of the answer scale, around the middle of what is between.

    Parameters
    ----------
    rows
        Released rows of ``item_answers`` of one wave; of one dimension, say.
    framework
        The instrument, for texts, labels and order.
    language
        ``"fr"`` or ``"en"``.
    perspective
        ``"reality"`` or ``"vision"``.
    min_group
        Respondents below which nothing is told, for the words that stand in place of a hidden bar.

    Notes
    -----
    **Missing answers**: not in the bar; those not concerned and those who left the item empty are counted below it,
    each by itself. A hidden item has the reason in place of its bar.

    A share that a release holds at "at most 10 %" is drawn as an open, dashed end of that width, for it may be less;
    one held at "at least 90 %" likewise. Reversed items are turned: the right is always the learning end.

    References
    ----------
    Robbins & Heiberger 2011, Plotting Likert and other rating scales (diverging stacked bars).

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "systems_thinking", "item": "st_04", "perspective": "reality", "n": 40,
    ...     "asked": 42, "floor": 0.25, "ceiling": 0.5, "na_share": 0.05, "missing_share": 0.0}])
    >>> chart = plot_answers(rows, load_framework("collectivite-apprenante"), "en").to_dict()
    >>> [[row["start"], row["end"]] for layer in chart["layer"] for row in layer["data"]["values"] if "part" in row]
    [[-0.375, -0.125], [-0.125, 0.125], [0.125, 0.625]]
    """
    lines = item_lines(rows, framework, language, perspective)
    told = [line for line in lines if is_told(line.row)]
    bars = [one for line in told for one in stretches(line)]
    x, y = share_axis(bars), parts.row_axis(lines)
    layers = [*ends_named(framework, lines, language), *stacked(bars, x, y), *shares_written(bars, y, language)]
    layers += [words_below(told, y, language), hidden(lines, language, min_group), pointed(told, lines, language)]
    return parts.finished(layers, STEP)


def item_lines(rows: pd.DataFrame, framework: Framework, language: str, perspective: str) -> list[Line]:
    """Give one line an item, in the framework's order, under its dimension."""
    found = {row["item"]: row for row in records(rows) if row.get("perspective") == perspective}
    items = [item for item in framework.items if item.id in found]
    texts = told_apart([in_language(item.text, language) for item in items])
    text = {item.id: one for item, one in zip(items, texts, strict=True)}
    return [
        Line(dimension, text[item.id], name, {perspective: found[item.id]})
        for dimension, name in dimension_names(framework, language).items()
        for item in items
        if item.dimension == dimension
    ]


def is_told(row: Row) -> bool:
    """Say whether a row has shares that are told."""
    return not row.get("suppressed") and row.get("floor") is not None and row.get("ceiling") is not None


def stretches(line: Line) -> list[dict]:
    """Give the three parts of an item's bar, the middle of what is between at 0."""
    low, high = line.row["floor"], line.row["ceiling"]
    between = max(0.0, 1 - low - high)
    edges = {
        "low": (-between / 2 - low, -between / 2),
        "between": (-between / 2, between / 2),
        "high": (between / 2, between / 2 + high),
    }
    shares = {"low": low, "between": between, "high": high}
    return [
        {
            "label": line.name,
            "part": part,
            "start": edges[part][0],
            "end": edges[part][1],
            "held": shares[part] in (RARE, MANY),
            "share": shares[part],
        }
        for part in PARTS
    ]


def share_axis(bars: Sequence[dict]) -> alt.X:
    """Give the axis of shares: no numbers, they stand on the bars; room at both ends for them."""
    reach = [min((row["start"] for row in bars), default=-0.5), max((row["end"] for row in bars), default=0.5)]
    scale = alt.Scale(domain=reach, nice=False, range=[ASIDE, alt.ExprRef(f"width - {ASIDE}")])
    return alt.X("start:Q", scale=scale, title=None, axis=None)


def ends_named(framework: Framework, lines: Sequence[Line], language: str) -> list[alt.Chart]:
    """Name both ends above the bars, as the answer scale does where all items have the same."""
    low, high = end_labels(framework, lines, language)
    head = parts.layer([{}], y=alt.value(-12))
    return [
        head.encode(x=alt.XValue(0)).mark_text(style="note-label", text=f"← {low}", align="left"),
        head.encode(x=alt.XValue("width")).mark_text(style="value-label", text=f"{high} →", align="right", fontSize=11),
    ]


def end_labels(framework: Framework, lines: Sequence[Line], language: str) -> tuple[str, str]:
    """Give the labels of both ends of the answer scale; plain words where items have scales of their own."""
    scales = [framework.scale_of(item) for item in items_of(framework, lines)]
    labels = {tuple(scale.labels.get(language, ())) for scale in scales}
    only = labels.pop() if len(labels) == 1 else ()
    if len(only) > 1:
        return only[0], only[-1]
    return word("charts.answers_low", language), word("charts.answers_high", language)


def items_of(framework: Framework, lines: Sequence[Line]) -> list[Item]:
    """Give the items of the lines."""
    asked = {line.row["item"] for line in lines}
    return [item for item in framework.items if item.id in asked]


def stacked(bars: Sequence[dict], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw the parts of the bars; those that are only bounds are open and dashed."""
    layers = []
    for part, style in STYLES.items():
        exact = [row for row in bars if row["part"] == part and not (row["held"] and part != "between")]
        held = [row for row in bars if row["part"] == part and row["held"] and part != "between"]
        bar = parts.layer(exact, x=x, x2="end:Q", y=y).mark_bar(style=style, height=BAR, yOffset=ABOVE)
        layers += [bar] if exact else []
        layers += [outlined(held, x, y)] if held else []
    return layers


def outlined(held: Sequence[dict], x: alt.X, y: alt.Y) -> alt.Chart:
    """Draw a bound as an open box with dashed sides."""
    box = parts.layer(held, x=x, x2="end:Q", y=y)
    return box.mark_bar(style="reference", filled=False, fill="transparent", height=BAR - 1, yOffset=ABOVE)


def shares_written(bars: Sequence[dict], y: alt.Y, language: str) -> list[alt.Chart]:
    """Write the shares of both ends outside of the bar."""
    layers = []
    for part, field, look in (
        ("low", "start", {"style": "note-label", "align": "right", "dx": -5}),
        ("high", "end", {"style": "value-label", "align": "left", "dx": 5}),
    ):
        those = [
            {"label": row["label"], "at": row[field], "text": row["text"]}
            for row in written(bars, language)
            if row["part"] == part
        ]
        place = parts.layer(those, x=alt.X("at:Q", axis=None), y=y, text="text:N")
        layers.append(place.mark_text(fontSize=11, dy=ABOVE, **look))
    return layers


def written(bars: Sequence[dict], language: str) -> list[dict]:
    """Give the bars with their shares as short texts, a bound with its sign."""
    signs = {RARE: "≤\u00a0", MANY: "≥\u00a0"}
    return [
        dict(row) | {"text": f"{signs.get(row['share'], '')}{format_share(row['share'], language)}"} for row in bars
    ]


def words_below(told: Sequence[Line], y: alt.Y, language: str) -> alt.Chart:
    """Write below each bar how many answered, are not concerned, left it empty."""
    values = [{"label": line.name, "text": apart(line.row, language)} for line in told]
    place = parts.layer(values, x=alt.value(0), y=y, text="text:N")
    return place.mark_text(style="note-label", align="left", fontSize=10.5, dy=ABOVE + BAR + 1)


def apart(row: Row, language: str) -> str:
    """Write how many answered, are not concerned, left it empty."""
    shares = {name: format_share(row.get(f"{name}_share"), language) for name in ("na", "missing")}
    return word("charts.answers_apart", language, n=format_number(row.get("n"), language, 0), **shares)


def hidden(lines: Sequence[Line], language: str, min_group: int) -> alt.Chart:
    """Write why there is no bar."""
    values = [
        {"label": line.name, "why": why(line.row, language, min_group)} for line in lines if not is_told(line.row)
    ]
    place = parts.layer(values, x=alt.value(0), y=parts.row_axis(lines), text="why:N")
    return place.mark_text(style="note-label", align="left", fontStyle="italic")


def why(row: Row, language: str, min_group: int) -> str:
    """Tell why there is no bar: in a word where it is hidden, for the whole reason stands in the table."""
    if row.get("suppressed"):
        return word("charts.hidden_short", language)
    return reason_words(row.get("reason") or "nobody_scored", language, min_group)


def pointed(told: Sequence[Line], lines: Sequence[Line], language: str) -> alt.Chart:
    """Let the pointer read an item."""
    values = [
        {
            "label": line.name,
            "low": share_told(line.row["floor"], language),
            "high": share_told(line.row["ceiling"], language),
            "n": format_number(line.row.get("n"), language, 0),
            "na": format_share(line.row.get("na_share"), language),
            "missing": format_share(line.row.get("missing_share"), language),
        }
        for line in told
    ]
    titles = {"label": word("charts.item", language)} | {
        name: word(f"charts.answers_{name}", language) for name in ("low", "high", "na", "missing")
    }
    return parts.pointed(values, lines, titles | {"n": word("figures.respondents", language)})


def title_answers(rows: pd.DataFrame, framework: Framework, language: str, *, perspective: str = "reality") -> str:
    """Learn in a headline on which item most people answer at the low end, or that nowhere many do.

    Parameters as in `plot_answers`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"item": "st_04", "perspective": "reality", "floor": 0.25, "ceiling": 0.5}])
    >>> title_answers(rows, load_framework("collectivite-apprenante"), "en")[:27]
    '25% answer “Not at all” to '
    """
    lines = item_lines(rows, framework, language, perspective)
    told = [line for line in lines if is_told(line.row)]
    if not told:
        return word("charts.nothing_shown", language)
    most = max(told, key=lambda line: line.row["floor"])
    low, _ = end_labels(framework, lines, language)
    if most.row["floor"] <= RARE:
        return word("charts.answers_none", language, label=low, share=format_share(RARE, language))
    share = share_told(most.row["floor"], language)
    return word("charts.answers_most_low", language, share=share, label=low, item=shortened(most.name))


def shortened(text: str) -> str:
    """Cut a long item short, at a word."""
    if len(text) <= TITLE:
        return text.rstrip(".")
    return f"{text[:TITLE].rsplit(' ', 1)[0]}…"


def describe_answers(
    rows: pd.DataFrame, framework: Framework, language: str, *, perspective: str = "reality", min_group: int = 10
) -> str:
    """Learn in words what `plot_answers` shows: the lowest and the highest item, who cannot answer, what is hidden.

    Parameters as in `plot_answers`.
    """
    lines = item_lines(rows, framework, language, perspective)
    told = [line for line in lines if is_told(line.row)]
    sentences = [f"{title_answers(rows, framework, language, perspective=perspective)}."]
    if told:
        _, high = end_labels(framework, lines, language)
        most = max(told, key=lambda line: line.row["ceiling"])
        share = share_told(most.row["ceiling"], language)
        bound = format_share(RARE, language)
        sentences.append(
            word("charts.answers_most_high", language, share=share, label=high, item=shortened(most.name))
            if most.row["ceiling"] > RARE
            else f"{word('charts.answers_none', language, label=high, share=bound)}."
        )
        if any(item.reverse for item in items_of(framework, lines)):
            sentences.append(word("charts.answers_turned", language))
        counts = [line.row["n"] for line in told if line.row.get("n") is not None]
        sentences.append(word("charts.answers_scope", language, count=len(told), n=respondents(counts, language)))
    unknown = [line for line in told if (line.row.get("na_share") or 0) >= TRUSTED]
    if unknown:
        names = "; ".join(shortened(line.name) for line in unknown)
        sentences.append(word("charts.answers_unknown", language, share=format_share(TRUSTED, language), names=names))
    out = sum(bool(line.row.get("suppressed")) for line in lines)
    sentences += [word("charts.answers_hidden", language, count=out, min_group=min_group)] if out else []
    return " ".join(sentences)


def table_answers(
    rows: pd.DataFrame, framework: Framework, language: str, *, perspective: str = "reality", min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read the shares of both ends, of those not concerned and of empty answers, item by item.

    Parameters as in `plot_answers`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.
    """
    lines = item_lines(rows, framework, language, perspective)
    low, high = end_labels(framework, lines, language)
    labels = (low, high, word("charts.answers_na", language), word("charts.answers_missing", language))
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("charts.item", language)},
        *({"label": label, "numeric": True} for label in labels),
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    return columns, [
        [
            line.family,
            line.name,
            *(share_told(line.row.get(name), language) for name in ("floor", "ceiling")),
            *(format_share(line.row.get(name), language) for name in ("na_share", "missing_share")),
            format_number(line.row.get("n"), language, 0),
            reason_words(line.row.get("reason"), language, min_group),
        ]
        for line in lines
    ]
