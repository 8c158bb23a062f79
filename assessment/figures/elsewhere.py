"""Where an organisation stands among others: the finding, intervals beside quartiles or beside another's, the table."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.headlines import NAMED, quoted, source_note
from assessment.figures.passages import Cells, Passage, Picture, without_empty_columns
from assessment.figures.rows import Line, lines
from assessment.figures.theme import SPAN
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 32
OWN = {"style": "accent", "shape": "circle", "size": 110}
OTHER = {"style": "outline", "shape": "diamond", "size": 95}
SIDES = ("above", "below")
OWN_REASONS = ("too_few_organisations", "other_items")
"""Reasons that comparisons with others alone have."""


def elsewhere_part(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str,
    other: str | None = None,
    source: str = "",
    min_group: int = 10,
) -> Passage:
    """Learn in words, a chart and a table where the organisation stands among others, or beside another one.

    Parameters
    ----------
    rows
        `assessment.scoring.elsewhere.compare_norms` or `compare_organisation`.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    perspective
        ``"reality"`` or ``"vision"``.
    other
        What the other organisation is called; None = the median of several.
    source
        Where the others' numbers come from.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: a dimension that is not compared stands in the table with the reason, without a mark.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"wave": "1", "dimension": "team_learning", "perspective": "reality", "n": 80, "score": 56.0, "low": 52.0,
    ...     "high": 60.0, "other_n": 24, "other": 50.0, "other_low": 46.0, "other_high": 55.0, "difference": 6.0,
    ...     "difference_low": 2.0, "difference_high": 10.0, "quarter": "highest", "reading": "above", "reason": None}
    >>> framework = load_framework("collectivite-apprenante")
    >>> elsewhere_part(pd.DataFrame([row]), framework, "en", perspective="reality").charts[0].title
    'Against the median of the others: above on “Team learning”'
    """
    own = rows[rows["perspective"] == perspective]
    found = lines(own, framework, language)
    names = {"other": other or "", "perspective": word(f"figures.{perspective}", language)}
    title = word(f"elsewhere.title_{'one' if other else 'norms'}", language, **names)
    note = word(f"elsewhere.note_{'one' if other else 'norms'}", language)
    told = title_benchmark(own, framework, language, other=other)
    charts = ()
    if any(line.row.get("other") is not None for line in found):
        spec = plot_benchmark(own, framework, language, other=other, min_group=min_group).to_dict(validate=False)
        sources = " ".join(one for one in (source_note(own, framework, language), source) if one)
        charts = (Picture(spec, describe_benchmark(found, language, other, min_group), told, sources),)
    table = without_empty_columns(*table_benchmark(found, language, other, min_group))
    return Passage(f"elsewhere_{perspective}", title, count_told(found, language), note, *table, charts=charts)


def title_benchmark(rows: pd.DataFrame, framework: Framework, language: str, *, other: str | None = None) -> str:
    """Learn in a headline what stands above or below the others beyond doubt, or that nothing does.

    Parameters as in `elsewhere_part`.
    """
    found = [line for line in lines(rows, framework, language) if line.row.get("reading")]
    if not found:
        return word("elsewhere.nothing_compared", language)
    names = {side: [line.name for line in found if line.row["reading"] == side] for side in SIDES}
    than = other or word("elsewhere.the_median", language)
    told = [side_told(side, members, len(found), language) for side, members in names.items() if members]
    if not told:
        return word("elsewhere.none_clear", language, other=than)
    return word("elsewhere.facing", language, other=than, told=", ".join(told))


def side_told(side: str, names: Sequence[str], count: int, language: str) -> str:
    """Name the dimensions on one side, or count them where they are many."""
    if len(names) > NAMED:
        numbers = {key: format_number(one, language, 0) for key, one in (("count", len(names)), ("of", count))}
        return word(f"elsewhere.{side}_many", language, **numbers)
    return word(f"elsewhere.{side}_few", language, names=quoted(names, language))


def count_told(found: Sequence[Line], language: str) -> str:
    """Tell how many dimensions are compared, and what cannot be said."""
    compared = [line for line in found if line.row.get("reading")]
    unclear = [line for line in compared if line.row["reading"] == "unclear"]
    numbers = {"count": len(compared), "of": len(found), "unclear": len(unclear)}
    key = "elsewhere.counted" if unclear else "elsewhere.counted_clear"
    return word(key, language, **{key: format_number(one, language, 0) for key, one in numbers.items()})


def table_benchmark(found: Sequence[Line], language: str, other: str | None, min_group: int) -> Cells:
    """Write each dimension's scores, the difference with its interval, and what it lets one say."""
    keys = ("own", "their_median", "difference", "quarter") if other is None else ("own", "their_score", "difference")
    columns = [{"label": word("figures.dimension", language)}]
    columns += [{"label": word(f"elsewhere.{key}", language), "numeric": key != "quarter"} for key in keys]
    columns += [
        {"label": word(f"elsewhere.{'organisations' if other is None else 'their_n'}", language), "numeric": True}
    ]
    columns += [{"label": word("figures.reading", language)}]
    return columns, [table_row(line, language, other, min_group) for line in found]


def table_row(line: Line, language: str, other: str | None, min_group: int) -> list[str]:
    """Write one dimension's row; nothing stands in place of a number that is not."""
    row = line.row
    told = [line.name, between(row, ("score", "low", "high"), language)]
    told += [between(row, ("other", "other_low", "other_high"), language)]
    told += [between(row, ("difference", "difference_low", "difference_high"), language, sign=True)]
    quarter = row.get("quarter")
    if other is None:
        told.append(word(f"elsewhere.quarter_{quarter}", language) if quarter else "")
    told.append("" if row.get("other_n") is None else format_number(row["other_n"], language, 0))
    return [*told, reading_told(row, language, min_group)]


def between(row, names: tuple[str, str, str], language: str, sign: bool = False) -> str:
    """Write a number and what it lies between; the number alone where nothing is left to chance."""
    value, low, high = (row.get(one) for one in names)
    if value is None:
        return ""
    told = [format_number(one, language, 0, sign=sign) for one in (value, low, high)]
    if low is None or low == high:
        return told[0]
    return word("figures.value_interval", language, value=told[0], low=told[1], high=told[2])


def reading_told(row, language: str, min_group: int) -> str:
    """Tell what the difference lets one say, or why there is none."""
    if row.get("reading"):
        return word(f"elsewhere.reading_{row['reading']}", language)
    if row.get("reason") in OWN_REASONS:
        return word(f"elsewhere.reason_{row['reason']}", language)
    return readings.reason_words(row.get("reason"), language, min_group)


@parts.unchecked
def plot_benchmark(
    rows: pd.DataFrame, framework: Framework, language: str, *, other: str | None = None, min_group: int = 10
) -> alt.LayerChart:
    """See the own score with its interval beside the median and quartiles of others, or another's score.

    Parameters as in `elsewhere_part`.

    Notes
    -----
    **Missing answers**: a dimension that is not compared has no mark, and says so.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"wave": "1", "dimension": "team_learning", "perspective": "reality", "n": 80, "score": 56.0, "low": 52.0,
    ...     "high": 60.0, "other_n": 24, "other": 50.0, "other_low": 46.0, "other_high": 55.0, "difference": 6.0,
    ...     "difference_low": 2.0, "difference_high": 10.0, "reading": "above", "reason": None}
    >>> plot_benchmark(pd.DataFrame([row]), load_framework("collectivite-apprenante"), "fr").to_dict()["width"]
    'container'
    """
    drawn = lines(rows, framework, language)
    found = [drawn_row(line, language, min_group) for line in drawn]
    y, x = parts.row_axis(drawn), score_axis("score")
    shown = [one for one in found if one["other"] is not None]
    absent = [{"label": one["label"], "why": one["why"], "score": 0} for one in found if one["other"] is None]
    layers = [
        guides(shown, drawn),
        *spread_of_others(shown, y, other),
        parts.layer(shown, x=alt.X("low:Q"), x2="high:Q", y=y).mark_rule(**SPAN),
        parts.layer(shown, x=alt.X("other:Q"), y=y).mark_point(filled=True, **OTHER),
        parts.layer(shown, x=x, y=y).mark_point(filled=True, **OWN),
        parts.at_right(shown, "told_short", drawn),
        difference_head(language),
        parts.hidden_words(absent, drawn, x),
        parts.pointed(shown, drawn, tooltip(language, other)),
    ]
    entries = [(word("elsewhere.own", language), OWN), (word("elsewhere.others", language), OTHER)]
    layers += parts.key(entries, word("figures.interval", language))
    return parts.finished(layers, STEP)


def spread_of_others(shown: Sequence[dict], y: alt.Y, other: str | None) -> list[alt.Chart]:
    """Draw the quartiles of many as a soft bar with a clear edge, the interval of one other as a line."""
    place = parts.layer(shown, x=alt.X("other_low:Q"), x2="other_high:Q", y=y)
    edge = {"style": "reference", "strokeDash": [1, 0]}
    if other is not None:
        return [place.mark_rule(**edge, strokeWidth=2)]
    soft = place.mark_rule(style="reference", strokeDash=[], strokeWidth=16, opacity=0.25)
    return [soft, place.mark_bar(**edge, filled=False, fill="transparent", height=16, cornerRadius=0, strokeWidth=1)]


def guides(shown: Sequence[dict], drawn: Sequence[Line]) -> alt.Chart:
    """Draw a hairline on every row that has marks: words that stand in place of marks are not struck through."""
    values = [{"label": one["label"], "from": 0, "to": 100} for one in shown]
    place = parts.layer(values, x=alt.X("from:Q"), x2="to:Q", y=parts.row_axis(drawn))
    return place.mark_rule(style="link", strokeWidth=1, opacity=0.5)


def difference_head(language: str) -> alt.Chart:
    """Name the numbers at the right."""
    place = parts.layer([{}], x=alt.value("width"), y=alt.value(0))
    words = parts.quoted(word("elsewhere.difference", language))
    return place.mark_text(style="note-label", align="right", baseline="bottom", dy=-8, text=alt.ExprRef(words))


def drawn_row(line: Line, language: str, min_group: int) -> dict:
    """Give what is drawn of one dimension."""
    row = line.row
    numbers = {one: row.get(one) for one in ("score", "low", "high", "other", "other_low", "other_high")}
    return {
        "label": line.name,
        **numbers,
        "told": between(row, ("score", "low", "high"), language),
        "told_other": between(row, ("other", "other_low", "other_high"), language),
        "told_short": "" if row.get("difference") is None else format_number(row["difference"], language, 0, sign=True),
        "reading": reading_told(row, language, min_group),
        "why": word("elsewhere.not_compared", language),
    }


def score_axis(field: str) -> alt.X:
    """Give the axis of scores, with room for the difference at its right."""
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0, 100], nice=False, range=parts.beside(48, 34)),
        axis=alt.Axis(tickCount=5, format="d", grid=False, labelFlush=False),
    )


def tooltip(language: str, other: str | None) -> dict[str, str]:
    """Give what the pointer reads on a row."""
    own, others = (word(f"elsewhere.{one}", language) for one in ("own", "median_quartiles"))
    titles = {"label": word("figures.dimension", language), "told": own, "told_other": other or others}
    return {**titles, "reading": word("figures.reading", language)}


def describe_benchmark(found: Sequence[Line], language: str, other: str | None, min_group: int) -> str:
    """Tell the chart to those who do not see it."""
    shown = [line for line in found if line.row.get("other") is not None]
    than = other or word("elsewhere.median_quartiles", language)
    told = (
        word(
            "elsewhere.alt_row",
            language,
            name=line.name,
            own=between(line.row, ("score", "low", "high"), language),
            other=between(line.row, ("other", "other_low", "other_high"), language),
            reading=reading_told(line.row, language, min_group),
        )
        for line in shown
    )
    return " ".join([word("elsewhere.alt", language, other=than), *told])
