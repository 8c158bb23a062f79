"""The look of every chart: colours by name, light and dark, and the Vega configuration made of them.

A chart names styles (`STYLES`) and ranges (`RANGES`), never colours, so that whoever shows it brings the theme: the
widget from its style sheet, a page or a picture from `config`.
"""

from collections.abc import Mapping

STYLES = (
    "accent",
    "muted",
    "band",
    "outline",
    "interval",
    "reference",
    "link",
    "value-label",
    "note-label",
    "inverse-label",
)
"""The mark styles that charts name; every configuration carries all of them."""

SPAN = {"style": "accent", "strokeWidth": 4, "opacity": 0.7}
"""The look of a score's interval behind its point: thinner than the point, and dark enough to be seen by itself."""

RANGES = ("ramp",)
"""The colour ranges that charts name."""

NARROW = 300
"""Width of the plot in pixels below which charts shorten their words."""

FONT = '-apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif'
"""Faces of about the same width: labels are measured in one of them and shown in another."""

LIGHT = {
    "paper": "#fbfaf7",
    "surface": "#ffffff",
    "ink": "#1b2427",
    "ink-2": "#435055",
    "ink-3": "#5f6b70",
    "line": "#e7e4dc",
    "line-strong": "#bdbdb5",
    "accent": "#0f6069",
    "accent-soft": "#e4eeee",
    "muted": "#828f93",
    "band": "#edeae2",
    "caution": "#b2700f",
    "caution-soft": "#fbf2e1",
    "ramp-1": "#d5e6e5",
    "ramp-2": "#9cc7c6",
    "ramp-3": "#5aa1a3",
    "ramp-4": "#23797f",
    "ramp-5": "#0a4a51",
}

DARK = {
    "paper": "#14181a",
    "surface": "#1c2124",
    "ink": "#eeece7",
    "ink-2": "#c0c6c7",
    "ink-3": "#9aa4a7",
    "line": "#2b3235",
    "line-strong": "#4c575b",
    "accent": "#62b9bd",
    "accent-soft": "#1d3436",
    "muted": "#75838a",
    "band": "#22292c",
    "caution": "#e0ae4d",
    "caution-soft": "#2d261a",
    "ramp-1": "#1e3436",
    "ramp-2": "#275458",
    "ramp-3": "#2e7379",
    "ramp-4": "#68b7bb",
    "ramp-5": "#b4e3e3",
}

TOKENS = {
    "light": LIGHT,
    "dark": DARK,
    "page": {name: f"var(--ap-{name})" for name in LIGHT},
}
"""Colours by name. ``page`` leaves them to the style sheet of the page the picture stands in."""


def config(theme: str) -> dict:
    """Give Vega-Lite's configuration of a theme.

    Parameters
    ----------
    theme
        ``"light"``, ``"dark"``, or ``"page"`` for a picture inside a page that defines ``--ap-ink`` and the others.

    Examples
    --------
    >>> config("dark")["style"]["reference"]["stroke"], config("page")["style"]["link"]["stroke"]
    ('#9aa4a7', 'var(--ap-line-strong)')
    """
    tokens = TOKENS[theme]
    return {
        "aria": False,
        "background": None,
        "font": FONT,
        "padding": {"top": 4, "bottom": 4, "left": 0, "right": 4},
        "view": {"stroke": None},
        "title": {
            "color": tokens["ink"],
            "fontSize": 14,
            "fontWeight": 600,
            "subtitleColor": tokens["ink-3"],
            "subtitleFontSize": 11,
            "subtitlePadding": 6,
        },
        "axis": axis(tokens),
        "legend": {
            "titleColor": tokens["ink-3"],
            "labelColor": tokens["ink-2"],
            "titleFontSize": 11,
            "labelFontSize": 11,
            "gradientLength": 200,
            "gradientThickness": 10,
            "gradientStrokeColor": "transparent",
        },
        "mark": {"color": tokens["accent"]},
        "point": {"filled": True, "opacity": 1},
        "rule": {"color": tokens["line-strong"]},
        "text": {"font": FONT, "fontSize": 12, "color": tokens["ink"]},
        "range": {"ramp": [tokens[f"ramp-{number}"] for number in range(1, 6)]},
        "style": styles(tokens),
    }


def axis(tokens: Mapping[str, str]) -> dict:
    """Give the look of axes: words, no lines."""
    return {
        "labelColor": tokens["ink-2"],
        "labelFontSize": 12,
        "labelPadding": 8,
        "titleColor": tokens["ink-3"],
        "titleFontSize": 12,
        "titleFontWeight": 500,
        "titlePadding": 12,
        "gridColor": tokens["line"],
        "domain": False,
        "ticks": False,
        "grid": False,
    }


def styles(tokens: Mapping[str, str]) -> dict[str, dict]:
    """Give the look of each of `STYLES`.

    ``color`` stands beside ``fill`` because Vega-Lite resolves ``color`` first: a style with ``fill`` alone is
    overruled by the mark's own default.
    """
    return {
        **{name: inked(tokens[name]) for name in ("accent", "muted", "band")},
        "outline": inked(tokens["surface"]) | {"stroke": tokens["accent"], "strokeWidth": 2},
        "interval": lined(tokens["ink"]) | {"strokeWidth": 1.5},
        "reference": lined(tokens["ink-3"]) | {"strokeWidth": 1, "strokeDash": [3, 3]},
        "link": lined(tokens["line-strong"]) | {"strokeWidth": 2},
        "value-label": inked(tokens["ink"]) | {"fontWeight": 600},
        "note-label": inked(tokens["ink-3"]) | {"fontSize": 11},
        "inverse-label": inked(tokens["paper"]) | {"fontWeight": 600},
    }


def inked(color: str) -> dict:
    """Give the look of a filled mark or a text."""
    return {"fill": color, "color": color}


def lined(color: str) -> dict:
    """Give the look of a line."""
    return {"stroke": color, "color": color}
