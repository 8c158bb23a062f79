"""Creative tension: the distance between wish and reality for each dimension, and how it reads."""

from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.context import limit_cells, limit_columns
from assessment.figures.intervals import share_told
from assessment.figures.rows import Line, interval, lines
from assessment.figures.theme import NARROW, SPAN
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 36
TENSION = "tension"
SIGNED = "datum.value > 0 ? '+' + datum.label : datum.label"
LEAST = 20
"""The axis always reaches this far on both sides of 0 or to the smallest gap's double, so that small stays small."""


@parts.unchecked
def plot_tension(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> alt.LayerChart:
    """See how far the wish stands from reality, with its interval and its reading in words.

    Parameters
    ----------
    rows
        Released rows of ``tension`` of one wave and one group: one row is one dimension.
    framework
        The instrument, for names, order and the smallest gap.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: a dimension without tension shows the reason in place of its mark.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "tension", "n": 40, "tension": 32.2,
    ...     "ci_low": 30.2, "ci_high": 34.3, "quadrant": "mobilising"}])
    >>> chart = plot_tension(rows, load_framework("collectivite-apprenante"), "en")
    >>> [row["reading"] for layer in chart.to_dict()["layer"] for row in layer["data"]["values"] if "reading" in row][0]
    'gap to work on'
    """
    drawn = lines(rows, framework, language)
    found = [drawn_row(line, framework, language, min_group) for line in drawn]
    ends = tension_ends(found, framework)
    x = tension_axis(ends, language)
    grounds_and_guides = [*grounds(framework, language, x), parts.guides(drawn, *ends)]
    return parts.finished([*grounds_and_guides, *marks(found, drawn, x, language)], STEP)


def drawn_row(line: Line, framework: Framework, language: str, min_group: int) -> dict:
    """Give what is drawn of one dimension."""
    row = line.rows[TENSION]
    low, high = interval(row, framework) or (row.get("tension"), row.get("tension"))
    return {
        "label": line.name,
        "tension": row.get("tension"),
        "low": low,
        "high": high,
        "value": "" if row.get("tension") is None else format_number(row["tension"], language, 0, sign=True),
        "reading": readings.quadrant_words(row.get("quadrant"), language, short=True),
        "told": readings.score_words(row, framework, language) if row.get("tension") is not None else "",
        "meaning": readings.quadrant_words(row.get("quadrant"), language),
        "n": "" if row.get("n") is None else format_number(row["n"], language, 0),
        "why": readings.absence_words(row, language, min_group),
    }


def tension_ends(found: Sequence[dict], framework: Framework) -> tuple[float, float]:
    """Give the ends of the axis: 0 always between them, room on both sides."""
    least = max(LEAST, 2 * framework.tension.smallest_gap)
    low = min([-least, *(row["low"] for row in found if row["low"] is not None)])
    high = max([least, *(row["high"] for row in found if row["high"] is not None)])
    return 10 * (low // 10), -10 * (-high // 10)


def tension_axis(ends: tuple[float, float], language: str) -> alt.X:
    """Give the axis."""
    return alt.X(
        "tension:Q",
        title=word("figures.tension_axis", language),
        scale=alt.Scale(domain=list(ends), nice=False, range=parts.beside(134, 30)),
        axis=alt.Axis(
            format="d",
            grid=False,
            labelExpr=SIGNED,
            tickCount=6,
            labelFlush=False,
            labelOverlap="greedy",
            titleAnchor="start",
        ),
    )


def grounds(framework: Framework, language: str, x: alt.X) -> list[alt.Chart]:
    """Draw the smallest gap as a band around 0, and 0 itself."""
    gap = framework.tension.smallest_gap
    band = parts.layer([{"tension": -gap, "end": gap}], x=x, x2="end:Q").mark_rect(style="band")
    zero = parts.layer([{"tension": 0}], x=x).mark_rule(style="reference")
    words = parts.layer([{"tension": 0}], x=x, y=alt.value(0)).mark_text(
        style="note-label",
        baseline="bottom",
        dy=-8,
        text=word("figures.smallest_gap", language, gap=format_number(gap, language, 0)),
    )
    return [band, zero, words]


def marks(found: Sequence[dict], drawn: Sequence[Line], x: alt.X, language: str) -> list[alt.Chart]:
    """Draw intervals, points, numbers and readings; words where there is no point."""
    y = parts.row_axis(drawn)
    shown = [row for row in found if row["tension"] is not None]
    hidden = [{"label": row["label"], "why": row["why"], "tension": 0} for row in found if row["tension"] is None]
    spans = parts.layer(shown, x=alt.X("low:Q"), x2="high:Q", y=y)
    titles = {
        "label": word("figures.dimension", language),
        "told": word("figures.tension", language),
        "meaning": word("figures.reading", language),
        "n": word("figures.respondents", language),
    }
    return [
        spans.mark_rule(**SPAN),
        parts.layer(shown, x=x, y=y).mark_point(style="accent", shape="circle", size=110, filled=True),
        parts.layer(shown, x=alt.X("high:Q"), y=y, text="value:N").mark_text(
            style="value-label", align="left", dx=9, fontSize=11
        ),
        reading_words(shown, drawn),
        parts.hidden_words(hidden, drawn, x),
        parts.pointed(shown, drawn, titles),
    ]


def reading_words(shown: Sequence[dict], drawn: Sequence[Line]) -> alt.Chart:
    """Write each reading at the right of its row, lifted above the mark where the plot is narrow."""
    lifted = alt.ExprRef(f"width < {NARROW} ? -13 : 0")
    return parts.at_right(shown, "reading", drawn, dy=lifted)


def title_tension(rows: pd.DataFrame, framework: Framework, language: str) -> str:
    """Learn in a headline how most distances read, as far as the intervals tell.

    Parameters as in `plot_tension`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "tension", "tension": 32.2,
    ...     "quadrant": "mobilising"}])
    >>> title_tension(rows, load_framework("collectivite-apprenante"), "en")
    'Gap to work on: 1 of 1 dimensions'
    """
    known = [line for line in lines(rows, framework, language) if line.number(TENSION, "tension") is not None]
    counts = Counter(line.rows[TENSION].get("quadrant") for line in known)
    most, count = max(counts.items(), key=lambda one: one[1], default=(None, 0))
    if not most:
        return word("charts.nothing_shown", language)
    reading = readings.quadrant_words(most, language, short=True)
    counted = {"count": format_number(count, language, 0), "total": format_number(len(known), language, 0)}
    return word("charts.tension_most", language, reading=reading[:1].upper() + reading[1:], **counted)


def describe_tension(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words what `plot_tension` shows: the widest and the narrowest distance, how many read how.

    Parameters as in `plot_tension`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "tension", "tension": 32.2,
    ...     "quadrant": "mobilising"}])
    >>> describe_tension(rows, load_framework("collectivite-apprenante"), "en").split(". ")[1]
    'Readings: gap to work on (1)'
    """
    drawn = lines(rows, framework, language)
    known = [line for line in drawn if line.number(TENSION, "tension") is not None]
    sentences = [word("figures.tension_scope", language)]
    if known:
        sentences += [reading_counts(known, language), tension_extremes(known, language)]
    hidden = sum(bool(line.row.get("suppressed")) for line in drawn)
    sentences += [word("figures.some_hidden", language, count=hidden, min_group=min_group)] if hidden else []
    return " ".join(sentences)


def reading_counts(known: Sequence[Line], language: str) -> str:
    """Tell how many dimensions read how."""
    counts: dict[str, int] = {}
    for line in known:
        reading = readings.quadrant_words(line.rows[TENSION].get("quadrant"), language, short=True)
        counts[reading] = counts.get(reading, 0) + 1
    told = ", ".join(f"{reading} ({count})" for reading, count in counts.items() if reading)
    return word("figures.tension_readings", language, readings=told)


def tension_extremes(known: Sequence[Line], language: str) -> str:
    """Tell the widest and the narrowest distance."""
    ordered = sorted(known, key=lambda line: line.number(TENSION, "tension"))
    low, high = ordered[0], ordered[-1]
    return word(
        "figures.tension_extremes",
        language,
        high=high.name,
        high_tension=format_number(high.number(TENSION, "tension"), language, 0, sign=True),
        low=low.name,
        low_tension=format_number(low.number(TENSION, "tension"), language, 0, sign=True),
    )


def table_tension(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    min_group: int = 10,
    context: pd.DataFrame | None = None,
) -> tuple[list[dict], list[list[str]]]:
    """Read tension, its interval, its reading and who is below 0, beside what limits that reading.

    Parameters
    ----------
    rows, framework, language, min_group
        As in `plot_tension`.
    context
        Released rows of ``tension_context`` of the same group: the share of wishes at the top of the scale and the
        correlation of tension with reality stand in the table too.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "tension", "n": 40, "tension": 32.2,
    ...     "quadrant": "mobilising", "share_negative": 0.05}])
    >>> table_tension(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '+32.2', 'gap to work on', '5%', '40']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("figures.tension_interval", language), "numeric": True},
        {"label": word("figures.reading", language)},
        {"label": word("figures.share_negative", language), "numeric": True},
        {"label": word("figures.respondents", language), "numeric": True},
    ]
    drawn = lines(rows, framework, language)
    cells = [table_row(line, framework, language, min_group) for line in drawn]
    if context is None or context.empty:
        return columns, cells
    limits = limit_cells(context, [line.dimension for line in drawn], language)
    return [*columns, *limit_columns(language)], [row + limit for row, limit in zip(cells, limits, strict=True)]


def table_row(line: Line, framework: Framework, language: str, min_group: int) -> list[str]:
    """Write one dimension's row; the reason stands where the reading would."""
    row = line.rows[TENSION]
    absent = readings.absence_words(row, language, min_group)
    return [
        line.name,
        readings.score_words(row, framework, language),
        absent or readings.quadrant_words(row.get("quadrant"), language),
        share_told(row.get("share_negative"), language),
        format_number(row.get("n"), language, 0),
    ]
