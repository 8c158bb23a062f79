"""A chart becomes a picture without a browser: the width set, long labels wrapped, colours of a theme."""

import json
from textwrap import wrap

import altair as alt
import vl_convert

from assessment.figures import theme

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.lstrip("v").split(".")[:2])
LINE = 15
"""Pixels from one line of a label to the next."""

DISCRETE = ("band", "point", "ordinal")
"""Scales whose labels are words."""


def draw_svg(chart: alt.TopLevelMixin, width: int, look: str = "page") -> str:
    """Draw a chart as SVG.

    Parameters
    ----------
    chart
        A chart of `assessment.figures`.
    width
        Pixels.
    look
        A theme of `assessment.figures.theme`; ``"page"`` leaves colours to the page's style sheet.

    Notes
    -----
    The picture is hidden from screen readers: what it says stands in words and in a table beside it.

    Examples
    --------
    >>> chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point(style="accent").encode(x="a:Q")
    >>> draw_svg(chart, 200)[:30]
    '<svg aria-hidden="true" focusa'
    """
    return draw_specification(specification(chart), width, look)


def specification(chart: alt.TopLevelMixin) -> dict:
    """Give a chart's Vega-Lite; our own charts are validated by the tests, which takes as long as drawing them."""
    return chart.to_dict(validate=False)


def draw_specification(spec: dict, width: int, look: str) -> str:
    """Draw a Vega-Lite specification as SVG; parameters as in `draw_svg`."""
    spec = spec | {"width": width}
    vega = vl_convert.vegalite_to_vega(spec, vl_version=VEGA_LITE, config=theme.config(look))
    svg = vl_convert.vega_to_svg(with_wrapped_labels(vega, width))
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)


def with_wrapped_labels(vega: dict, width: int) -> dict:
    """Wrap the labels at the side and make rows high enough for them."""
    discrete = [scale for scale in vega.get("scales", []) if scale.get("type") in DISCRETE]
    domains = {scale["name"]: scale["domain"] for scale in discrete if isinstance(scale["domain"], list)}
    characters = max(12, min(32, int(width * 0.38 / 6.3)))
    for axis in vega.get("axes", []):
        if axis["orient"] == "left" and axis["scale"] in domains and axis.get("labels", True):
            wrap_axis(axis, domains[axis["scale"]], vega, characters)
    return vega


def wrap_axis(axis: dict, domain: list[str], vega: dict, characters: int) -> None:
    """Wrap one axis' labels, each centred on its row."""
    told = {label: wrap(label, characters, break_on_hyphens=False) or [""] for label in domain}
    most = max((len(lines) for lines in told.values()), default=1)
    for signal in vega.get("signals", []):
        if signal["name"] == f"{axis['scale']}_step" and most > 1:
            signal["value"] = max(signal["value"], most * LINE + 8)
    lines = f"({json.dumps(told, ensure_ascii=False)})[datum.label]"
    labels = axis.setdefault("encode", {}).setdefault("labels", {}).setdefault("update", {})
    labels["text"] = {"signal": lines}
    labels["dy"] = {"signal": f"-(length({lines}) - 1) * {LINE / 2}"}
    axis |= {"labelLineHeight": LINE, "labelLimit": 0}
