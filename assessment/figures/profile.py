"""The profile: for each dimension where people say they stand, where they wish to be, and how surely."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.headlines import lowest_told
from assessment.figures.rows import Line, interval, lines
from assessment.figures.theme import NARROW, SPAN
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 34
MARKS = {
    "reality": {"style": "accent", "shape": "circle", "size": 110},
    "vision": {"style": "outline", "shape": "diamond", "size": 95},
}
"""Filled circle and open diamond: told apart without colour."""


@parts.unchecked
def plot_profile(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> alt.LayerChart:
    """See reality, vision and the distance between them, dimension by dimension, on 0–100.

    Parameters
    ----------
    rows
        Released rows of one wave and one group (``dimensions``, or `select` of ``groups``): one row is one dimension
        under one perspective.
    framework
        The instrument, for names, order and levels.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told, for the words that stand in place of a hidden mark.

    Returns
    -------
    altair.LayerChart
        As wide as its container, without colours: they come with the theme.

    Notes
    -----
    **Missing answers**: a dimension without a score shows the reason in place of its marks.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "score": 53.3,
    ...     "mean": 3.13, "ci_low": 3.06, "ci_high": 3.21, "maturity_level": "organised", "probability": 1.0}])
    >>> chart = plot_profile(rows, load_framework("collectivite-apprenante"), "fr")
    >>> chart.to_dict()["width"]
    'container'
    """
    drawn = lines(rows, framework, language)
    found = [row for line in drawn for row in line_rows(line, framework, language, min_group)]
    guides = parts.guides(drawn, 0, 100)
    layers = [*stretches(framework, language), guides, *marks(found, drawn), *counts(found, drawn, language)]
    entries = [(word(f"figures.{one}", language), MARKS[one]) for one in perspectives(drawn)]
    layers += parts.key(entries, word("figures.interval", language))
    return parts.finished(layers, STEP)


def perspectives(drawn: Sequence[Line]) -> list[str]:
    """Give the perspectives that any line has."""
    return [one for one in MARKS if any(one in line.rows for line in drawn)]


def line_rows(line: Line, framework: Framework, language: str, min_group: int) -> list[dict]:
    """Give what is drawn of one dimension: one row a perspective."""
    told = tooltip_words(line, framework, language, min_group)
    return [
        {
            "label": line.name,
            "perspective": one,
            "score": row.get("score"),
            **ends(row, framework),
            "value": "" if row.get("score") is None else format_number(row["score"], language, 0),
            "why": readings.absence_words(row, language, min_group),
            **told,
        }
        for one, row in line.rows.items()
        if one in MARKS
    ]


def ends(row, framework: Framework) -> dict[str, float | None]:
    """Give the ends of the interval; the score itself where everyone answered."""
    found = interval(row, framework)
    low, high = found if found else (row.get("score"), row.get("score"))
    return {"low": low, "high": high}


def tooltip_words(line: Line, framework: Framework, language: str, min_group: int) -> dict[str, str]:
    """Give what the pointer reads on a line."""
    told = {
        one: readings.absence_words(row, language, min_group) or readings.score_words(row, framework, language)
        for one, row in line.rows.items()
    }
    n = line.row.get("n")
    return {
        "told_reality": told.get("reality", ""),
        "told_vision": told.get("vision", word("figures.not_put", language)),
        "told_level": readings.level_words(line.rows.get("reality", {}), framework, language) or "–",
        "n": "" if n is None else format_number(n, language, 0),
    }


def score_axis(field: str, framework: Framework) -> alt.X:
    """Give the axis of scores: 0–100, marked where the levels start."""
    edges = [start for start, _ in readings.level_stretches(framework)] or list(range(0, 100, 20))
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False, range=parts.beside(64, 34)),
        axis=alt.Axis(values=[*edges, 100], format="d", grid=False, labelFlush=False, labelOverlap="greedy"),
    )


def stretches(framework: Framework, language: str) -> list[alt.Chart]:
    """Draw the levels' stretches, every other one shaded, with their names on top."""
    values = [
        {
            "start": low,
            "end": high,
            "middle": (low + high) / 2,
            "number": str(number + 1),
            "name": readings.level_name(number, framework, language),
            "shaded": number % 2 == 0,
        }
        for number, (low, high) in enumerate(readings.level_stretches(framework))
    ]
    if not values:
        return []
    shaded = parts.layer([one for one in values if one["shaded"]], x=score_axis("start", framework), x2="end:Q")
    named = parts.layer(values, x=score_axis("middle", framework), y=alt.value(0), text="told:N").transform_calculate(
        told=f"width < {NARROW + 80} ? datum.number : datum.name"
    )
    return [
        shaded.mark_rect(style="band"),
        named.mark_text(style="note-label", baseline="bottom", dy=-8),
    ]


def marks(found: Sequence[dict], drawn: Sequence[Line]) -> list[alt.Chart]:
    """Draw gaps, intervals, points and their numbers; words where there is no point."""
    y = parts.row_axis(drawn)
    scored = [row for row in found if row["score"] is not None]
    by_perspective = {one: [row for row in scored if row["perspective"] == one] for one in MARKS}
    x = {"x": alt.X("low:Q"), "x2": "high:Q", "y": y}
    drawn_intervals = [parts.layer(by_perspective[one], **x).mark_rule(**SPAN) for one in MARKS]
    gaps = parts.layer(gap_rows(by_perspective), x=alt.X("from:Q"), x2="to:Q", y=y).mark_rule(style="link")
    points = [parts.layer(by_perspective[one], x="score:Q", y=y).mark_point(filled=True, **MARKS[one]) for one in MARKS]
    why = parts.hidden_words(absent(found), drawn, alt.X("zero:Q"))
    return [gaps, *drawn_intervals, *points, *numbers(by_perspective, y), why]


def gap_rows(scored: dict[str, list[dict]]) -> list[dict]:
    """Give the gap of each dimension that has both points."""
    vision = {row["label"]: row["score"] for row in scored["vision"]}
    return [
        {"label": row["label"], "from": row["score"], "to": vision[row["label"]]}
        for row in scored["reality"]
        if row["label"] in vision
    ]


def numbers(scored: dict[str, list[dict]], y: alt.Y) -> list[alt.Chart]:
    """Write each score outside of the pair it belongs to, so that it covers nothing."""
    vision = {row["label"]: row["score"] for row in scored["vision"]}
    reality = {row["label"]: row["score"] for row in scored["reality"]}
    left = [row for row in scored["reality"] if row["score"] <= vision.get(row["label"], 101)]
    left += [row for row in scored["vision"] if row["score"] < reality.get(row["label"], 0)]
    right = [row for rows in scored.values() for row in rows if row not in left]
    return [
        parts.layer(left, x="low:Q", y=y, text="value:N").mark_text(
            style="value-label", align="right", dx=-9, fontSize=11
        ),
        parts.layer(right, x="high:Q", y=y, text="value:N").mark_text(style="note-label", align="left", dx=9),
    ]


def absent(found: Sequence[dict]) -> list[dict]:
    """Give the rows without a score, one a dimension."""
    rows = {
        row["label"]: {"label": row["label"], "why": row["why"], "zero": 0} for row in found if row["score"] is None
    }
    return list(rows.values())


def counts(found: Sequence[dict], drawn: Sequence[Line], language: str) -> list[alt.Chart]:
    """Write how many answered at the right, and let the pointer read the row."""
    rows = list({row["label"]: row for row in reversed(found)}.values())
    titles = {
        "label": word("figures.dimension", language),
        "told_reality": word("figures.reality", language),
        "told_vision": word("figures.vision", language),
        "told_level": word("figures.level", language),
        "n": word("figures.respondents", language),
    }
    head = parts.layer([{}], x=alt.value("width"), y=alt.value(0)).mark_text(
        style="note-label",
        align="right",
        baseline="bottom",
        dy=-8,
        text=alt.ExprRef(f"width < {NARROW} ? 'n' : {parts.quoted(word('figures.respondents', language))}"),
    )
    return [parts.at_right(rows, "n", drawn), head, parts.pointed(rows, drawn, titles)]


def title_profile(rows: pd.DataFrame, framework: Framework, language: str) -> str:
    """Learn in a headline where vision stands furthest from reality; without vision, what is lowest.

    Parameters as in `plot_profile`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": one, "score": score}
    ...     for one, score in (("reality", 53.3), ("vision", 80.0))])
    >>> title_profile(rows, load_framework("collectivite-apprenante"), "en")
    'Vision stands furthest from reality in Team learning: 80 against 53'
    """
    drawn = lines(rows, framework, language)
    gaps = widest_gap([line for line in drawn if line.number("reality", "score") is not None], language)
    return gaps[0].rstrip(".") if gaps else lowest_told(drawn, framework, language)


def describe_profile(rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> str:
    """Learn in words what `plot_profile` shows: the lowest and the highest, the widest gap, what is hidden.

    Parameters as in `plot_profile`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "score": 53.3}])
    >>> describe_profile(rows, load_framework("collectivite-apprenante"), "en")
    'Scores from 0 to 100 for 1 dimension. Reality is lowest in Team learning (53) and highest in Team learning (53).'
    """
    drawn = lines(rows, framework, language)
    scored = [line for line in drawn if line.number("reality", "score") is not None]
    sentences = [
        word("figures.profile_scope" if len(drawn) != 1 else "figures.profile_scope_one", language).format(
            count=len(drawn)
        )
    ]
    if scored:
        sentences.append(extremes(scored, language))
    sentences += widest_gap(scored, language) + hidden_count(drawn, language, min_group)
    return " ".join(sentences)


def extremes(scored: Sequence[Line], language: str) -> str:
    """Tell the lowest and the highest reality."""
    ordered = sorted(scored, key=lambda line: line.number("reality", "score"))
    low, high = ordered[0], ordered[-1]
    return word(
        "figures.profile_extremes",
        language,
        low=low.name,
        low_score=format_number(low.number("reality", "score"), language, 0),
        high=high.name,
        high_score=format_number(high.number("reality", "score"), language, 0),
    )


def widest_gap(scored: Sequence[Line], language: str) -> list[str]:
    """Tell where the two points stand furthest apart."""
    both = [line for line in scored if line.number("vision", "score") is not None]
    if not both:
        return []
    widest = max(both, key=lambda line: abs(line.number("vision", "score") - line.number("reality", "score")))
    reality, vision = (format_number(widest.number(one, "score"), language, 0) for one in ("reality", "vision"))
    return [word("figures.profile_gap", language, name=widest.name, reality=reality, vision=vision)]


def hidden_count(drawn: Sequence[Line], language: str, min_group: int) -> list[str]:
    """Tell how many dimensions are hidden, and why one hides them."""
    count = sum(any(row.get("suppressed") for row in line.rows.values()) for line in drawn)
    return [word("figures.some_hidden", language, count=count, min_group=min_group)] if count else []


def table_profile(
    rows: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> tuple[list[dict], list[list[str]]]:
    """Read the profile's numbers: score and interval under both perspectives, level, respondents, remarks if any.

    Parameters as in `plot_profile`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"dimension": "team_learning", "perspective": "reality", "n": 40, "score": 53.3}])
    >>> table_profile(rows, load_framework("collectivite-apprenante"), "en")[1]
    [['Team learning', '53.3', '–', '–', '40']]
    """
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("figures.reality_interval", language), "numeric": True},
        {"label": word("figures.vision_interval", language), "numeric": True},
        {"label": word("figures.level", language)},
        {"label": word("figures.respondents", language), "numeric": True},
        {"label": word("figures.remark", language)},
    ]
    told = [table_row(line, framework, language, min_group) for line in lines(rows, framework, language)]
    if any(row[-1] for row in told):
        return columns, told
    return columns[:-1], [row[:-1] for row in told]


def table_row(line: Line, framework: Framework, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    scores = [readings.score_words(line.rows.get(one, {}), framework, language) for one in MARKS]
    level = readings.level_words(line.rows.get("reality", {}), framework, language) or "–"
    return [
        line.name,
        *scores,
        level,
        format_number(line.row.get("n"), language, 0),
        readings.reason_words(told_reason(line.row), language, min_group),
    ]


def told_reason(row) -> str | None:
    """Give the reason that concerns the score; what concerns the quality of measurement has its own table."""
    reason = row.get("reason")
    return reason if reason in (*readings.HIDDEN, *readings.ABOUT_SCORE) else None
