"""The pieces that charts share: rows with family headings, words beside the plot, the key, what a pointer reads."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps

import altair as alt
from altair.utils.schemapi import debug_mode

from assessment.figures import rows
from assessment.figures.theme import NARROW, SPAN
from assessment.figures.wrappers import remember_classes

remember_classes()

Values = Sequence[Mapping[str, object]]

CHARACTER = 6.3
"""Mean width in pixels of a character at 12 px."""

KEY = -36
"""Where the key stands, in pixels from the top of the plot."""


quoted = json.dumps
"""Write a text or a list of texts inside a Vega expression: user text is data there, never code."""


def unchecked(plot: Callable[..., alt.LayerChart]) -> Callable[..., alt.LayerChart]:
    """Make a chart without Altair checking each piece at once: the tests check ours, and it takes as long again."""

    @wraps(plot)
    def made(*arguments: object, **options: object) -> alt.LayerChart:
        with debug_mode(False):
            return plot(*arguments, **options)

    return made


class Rows(alt.Data):
    """The rows of a layer, plain values: altair changes none, but copied and searched each several times."""

    def __deepcopy__(self, _known: object) -> "Rows":
        """Stay as they are where altair copies a chart."""
        return self

    def to_dict(self, *_arguments: object, **_options: object) -> dict:
        """Give the rows; there is nothing of altair in them."""
        return {"values": self.values}


class Layer(alt.Chart):
    """A layer on its way into a chart, where altair copies it four times: what it is made of is shared, not copied."""

    def __deepcopy__(self, _known: object) -> "Layer":
        """Copy the layer, and nothing in it."""
        return self.copy(deep=False)


def layer(values: Values, **encoding) -> Layer:
    """Start a layer on its own rows, written into the chart as they are."""
    return Layer(Rows(values=list(values))).encode(**channels(**encoding))


def channels(**encoding) -> dict:
    """Name channels by their classes, where a field or a value is given plainly.

    Altair looks for the class itself, and goes through its whole schema each time: two thirds of the making of a chart.

    Examples
    --------
    >>> channels(x="score:Q", y=alt.value(3))
    {'x': X({
      shorthand: 'score:Q'
    }), 'y': YValue({
      value: 3
    })}
    """
    return {name: channel(name[:1].upper() + name[1:], one) for name, one in encoding.items()}


def channel(name: str, given: object) -> object:
    """Give the channel of a field or of a value; what is a channel already stays one."""
    if isinstance(given, str):
        return getattr(alt, name)(given)
    if isinstance(given, Mapping) and set(given) == {"value"}:
        return getattr(alt, f"{name}Value")(given["value"])
    return given


def labels(lines: Sequence[rows.Line]) -> list[str]:
    """Give the labels of the chart's rows: each family's name, then its dimensions."""
    result = []
    for family, members in rows.families(lines):
        names = [line.name for line in members]
        result += [*([heading(family, names)] if family else []), *names]
    return result


def heading(family: str, names: Sequence[str]) -> str:
    """Name a family unlike its dimensions."""
    return f"{family}\u200b" if family in names else family


def headings(lines: Sequence[rows.Line]) -> list[str]:
    """Give the labels that are families' names."""
    names = {line.name for line in lines}
    return [label for label in labels(lines) if label not in names]


def row_axis(lines: Sequence[rows.Line]) -> alt.Y:
    """Give the axis of rows, the families' names in bold."""
    bold = {"condition": {"test": f"indexof({quoted(headings(lines))}, datum.label) >= 0", "value": 700}, "value": 400}
    return alt.Y(
        "label:N",
        title=None,
        scale=alt.Scale(domain=labels(lines)),
        axis=alt.Axis(labelFontWeight=bold, labelLimit=230),
    )


def beside(wide: int, narrow: int) -> list:
    """Give a plot's range in pixels with room for words at its right."""
    return [0, alt.ExprRef(f"width < {NARROW} ? width - {narrow} : width - {wide}")]


def at_right(values: Values, field: str, lines: Sequence[rows.Line], **mark) -> alt.Chart:
    """Write a word at the right of each row."""
    place = layer(values, y=row_axis(lines), x=alt.value("width"), text=f"{field}:N")
    return place.mark_text(style="note-label", align="right", **mark)


def guides(lines: Sequence[rows.Line], low: float, high: float) -> alt.Chart:
    """Draw a hairline from each dimension's name to its marks, between the ends of the axis."""
    values = [{"label": line.name, "from": low, "to": high} for line in lines]
    place = layer(values, x=alt.X("from:Q"), x2="to:Q", y=row_axis(lines))
    return place.mark_rule(style="link", strokeWidth=1, opacity=0.5)


def key(entries: Iterable[tuple[str, Mapping[str, object]]], interval: str) -> list[alt.Chart]:
    """Draw the key above the plot: a mark and its name, one after the other, the interval last where there is room."""
    drawn, left = [], 6.0
    for name, mark in entries:
        place = layer([{}], y=alt.value(KEY))
        drawn.append(place.encode(x=alt.XValue(left)).mark_point(filled=True, **mark))
        drawn.append(place.encode(x=alt.XValue(left + 12)).mark_text(text=name, align="left", fontSize=12))
        left += 12 + CHARACTER * len(name) + 26
    room = f"width < {NARROW}"
    bar = layer([{}], x=alt.value(left - 4), x2=alt.value(left + 14), y=alt.value(KEY))
    words = layer([{}], x=alt.value(left + 20), y=alt.value(KEY))
    return [
        *drawn,
        bar.mark_rule(**SPAN | {"opacity": alt.ExprRef(f"{room} ? 0 : {SPAN['opacity']}")}),
        words.mark_text(text=alt.ExprRef(f"{room} ? '' : {quoted(interval)}"), align="left", fontSize=12),
    ]


def pointed(values: Values, lines: Sequence[rows.Line], titles: Mapping[str, str]) -> alt.Chart:
    """Let the pointer read a whole row: an unseen bar with the row's words."""
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
    return layer(values, y=row_axis(lines), tooltip=tooltip).mark_rect(opacity=0)


def hidden_words(values: Values, lines: Sequence[rows.Line], x: alt.X) -> alt.Chart:
    """Write why there is no mark where it would stand."""
    place = layer(values, y=row_axis(lines), x=x, text="why:N")
    return place.mark_text(style="note-label", align="left", dx=4, fontStyle="italic")


def finished(layers: Sequence[alt.Chart], step: int, **properties) -> alt.LayerChart:
    """Put layers together at the container's width; nothing outside the plot is cut off.

    All properties are given at once: altair copies a chart with each call that adds one.
    """
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers, width="container", height=alt.Step(step), autosize=fit, **properties)
