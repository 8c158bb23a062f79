"""The maturity level by the answers beside the level by the group, dimension by dimension."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.headlines import enumerated
from assessment.figures.passages import Cells, Passage, Picture, without_empty_columns
from assessment.figures.rows import Line, lines, records
from assessment.figures.theme import NARROW, SPAN
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 34
REALITY = "reality"
MARKS = {
    "answers": {"style": "accent", "shape": "circle", "size": 110},
    "group": {"style": "outline", "shape": "diamond", "size": 105},
}
"""Filled circle and open diamond: told apart without colour."""

READINGS = ("group_higher", "group_lower", "alike", "divided")


def group_level_part(compared: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10) -> Passage:
    """Learn in words, a chart and a table where the group's level is not that of the answers.

    Parameters
    ----------
    compared
        `assessment.practices.group_level.compare_levels`.
    framework
        The instrument, for names and levels.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told of the answers.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"dimension": "team_learning", "chosen": 10, "lowest": 2, "highest": 4, "group_level": 4, "score": 50.0,
    ...     "maturity_level": "organised", "probability": 0.99, "n": 120, "below": 3, "above": 3,
    ...     "reading": "group_higher", "reason": None}
    >>> part = group_level_part(pd.DataFrame([row]), load_framework("collectivite-apprenante"), "en")
    >>> part.told.split(": ")[0], part.rows[0][3]
    ('The group puts itself higher than the answers do', '1 level higher')
    """
    found = lines(compared.assign(perspective=REALITY), framework, language)
    table = table_group_level(found, framework, language, min_group)
    title, told = (word(f"group_level.{key}", language) for key in ("compare_title", "compare_note"))
    charts = ()
    if any(line.row.get("below") for line in found):
        spec = plot_group_level(compared, framework, language, min_group=min_group).to_dict(validate=False)
        charts = (
            Picture(spec, describe_chart(found, framework, language, min_group), title_group_level(found, language)),
        )
    return Passage("group_level", title, said(found, language), told, *without_empty_columns(*table), charts=charts)


def said(found: Sequence[Line], language: str) -> str:
    """Tell where the two readings meet and where they do not."""
    names = {one: [line.name for line in found if line.row["reading"] == one] for one in READINGS}
    return " ".join(
        word(f"group_level.told_{one}", language, names=enumerated(members, language))
        for one, members in names.items()
        if members
    )


def title_group_level(found: Sequence[Line], language: str) -> str:
    """Count in a headline the dimensions on which both readings meet."""
    known = [line for line in found if line.row["reading"]]
    alike = [line for line in known if line.row["reading"] == "alike"]
    some = "title_some_one" if len(alike) == 1 else "title_some"
    key = "title_none" if not alike else "title_all" if len(alike) == len(known) else some
    return word(f"group_level.{key}", language, count=len(alike), of=len(known))


def table_group_level(found: Sequence[Line], framework: Framework, language: str, min_group: int) -> Cells:
    """Write each dimension's levels, how far they are apart, and what to ask."""
    columns = [{"label": word("figures.dimension", language)}]
    columns += [{"label": word(f"group_level.{one}", language)} for one in ("answers", "group", "gap", "ask")]
    return columns, [table_row(line, framework, language, min_group) for line in found]


def table_row(line: Line, framework: Framework, language: str, min_group: int) -> list[str]:
    """Write one dimension's row."""
    row = line.row
    reading = row["reading"]
    ask = word(f"group_level.ask_{reading}", language) if reading else ""
    group = readings.level_name(row["group_level"] - 1, framework, language)
    return [line.name, answers_told(row, framework, language, min_group), group, gap_told(row, language), ask]


def answers_told(row, framework: Framework, language: str, min_group: int) -> str:
    """Tell the level by the answers as surely as it is known, or why there is none."""
    if not row["reading"]:
        return readings.reason_words(row["reason"], language, min_group)
    level = readings.level_words(row, framework, language)
    if row["probability"] is None:
        return level
    share = readings.probability_words(row["probability"], language)
    return word("group_level.with_probability", language, level=level, share=share)


def gap_told(row, language: str) -> str:
    """Tell by how many levels the group's stands higher or lower."""
    if row["reading"] not in ("group_higher", "group_lower"):
        return word("group_level.no_gap", language) if row["reading"] == "alike" else ""
    steps = max(row["group_level"] - row["above"], row["below"] - row["group_level"])
    key = f"{row['reading']}_one" if steps == 1 else row["reading"]
    return word(f"group_level.gap_{key}", language, count=format_number(steps, language, 0))


@parts.unchecked
def plot_group_level(
    compared: pd.DataFrame, framework: Framework, language: str, *, min_group: int = 10
) -> alt.LayerChart:
    """See the level by the answers and the level by the group on each dimension.

    Parameters as in `group_level_part`.

    Notes
    -----
    **Missing answers**: where the answers have no level, the reason stands in place of the mark. The line from the
    lowest to the highest choice of the group is no interval.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> row = {"dimension": "team_learning", "chosen": 10, "lowest": 2, "highest": 4, "group_level": 4, "score": 50.0,
    ...     "maturity_level": "organised", "probability": 0.99, "n": 120, "below": 3, "above": 3,
    ...     "reading": "group_higher", "reason": None}
    >>> plot_group_level(pd.DataFrame([row]), load_framework("collectivite-apprenante"), "fr").to_dict()["width"]
    'container'
    """
    drawn = lines(compared.assign(perspective=REALITY), framework, language)
    found = [drawn_row(line, framework, language, min_group) for line in drawn]
    most = len(framework.maturity_levels)
    y, x = parts.row_axis(drawn), level_axis("level", framework, language)
    spread = [one for one in found if one["lowest"] is not None]
    own = [one for one in found if one["answers"] is not None]
    absent = [{"label": one["label"], "why": one["why"], "level": 0.5} for one in found if one["answers"] is None]
    layers = [
        guides(own, drawn, most),
        parts.layer(spread, x=alt.X("lowest:Q"), x2="highest:Q", y=y).mark_rule(
            style="reference", strokeWidth=1, strokeDash=[2, 3]
        ),
        parts.layer(own, x=alt.X("below:Q"), x2="above:Q", y=y).mark_rule(**SPAN),
        parts.layer(own, x=alt.X("answers:Q"), y=y).mark_point(filled=True, **MARKS["answers"]),
        parts.layer(found, x=x, y=y).mark_point(filled=True, **MARKS["group"]),
        parts.hidden_words([one for one in absent if one["why"]], drawn, x),
        parts.pointed(found, drawn, tooltip(language)),
    ]
    entries = [(word(f"group_level.{one}_short", language), mark) for one, mark in MARKS.items()]
    layers += parts.key(entries, word("group_level.between_key", language))
    return parts.finished(layers, STEP)


def guides(own: Sequence[dict], drawn: Sequence[Line], most: int) -> alt.Chart:
    """Draw a hairline on every row that has both marks: words that stand in place of one are not struck through."""
    values = [{"label": one["label"], "from": 0.5, "to": most + 0.5} for one in own]
    place = parts.layer(values, x=alt.X("from:Q"), x2="to:Q", y=parts.row_axis(drawn))
    return place.mark_rule(style="link", strokeWidth=1, opacity=0.5)


def drawn_row(line: Line, framework: Framework, language: str, min_group: int) -> dict:
    """Give what is drawn of one dimension."""
    row = line.row
    below, above = row["below"], row["above"]
    return {
        "label": line.name,
        "level": row["group_level"],
        "lowest": row["lowest"],
        "highest": row["highest"],
        "below": below,
        "above": above,
        "answers": None if below is None else (below + above) / 2,
        "told": answers_told(row, framework, language, min_group),
        "group": readings.level_name(row["group_level"] - 1, framework, language),
        "why": "" if below is not None else short_reason(row, language),
    }


def short_reason(row, language: str) -> str:
    """Tell in few words why the answers have no mark."""
    if row["reading"] == readings.DIVIDED:
        return word("group_level.divided_mark", language)
    return word("charts.hidden_short" if row["reason"] in readings.HIDDEN else "charts.no_score", language)


def level_axis(field: str, framework: Framework, language: str) -> alt.X:
    """Give the axis of levels, by their names where there is room."""
    names = [readings.level_name(one, framework, language) for one in range(len(framework.maturity_levels))]
    told = f"width < {NARROW + 120} ? datum.label : {parts.quoted(names)}[datum.value - 1]"
    return alt.X(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domain=[0.5, len(names) + 0.5], nice=False),
        axis=alt.Axis(
            values=list(range(1, len(names) + 1)), format="d", grid=False, labelExpr=told, labelOverlap="greedy"
        ),
    )


def tooltip(language: str) -> dict[str, str]:
    """Give what the pointer reads on a row."""
    titles = {"label": "figures.dimension", "told": "group_level.answers", "group": "group_level.group"}
    return {field: word(title, language) for field, title in titles.items()}


def describe_chart(found: Sequence[Line], framework: Framework, language: str, min_group: int) -> str:
    """Tell the chart to those who do not see it."""
    rows = [table_row(line, framework, language, min_group) for line in found]
    told = (word("group_level.alt_row", language, name=one[0], answers=one[1], group=one[2]) for one in rows)
    return " ".join([word("group_level.alt", language), *told])


def spread_table(spread: pd.DataFrame, framework: Framework, language: str) -> Cells:
    """Read how many of the group chose each level of one dimension, and the facts they cite.

    Parameters
    ----------
    spread
        Rows of one dimension of `assessment.practices.group_level.spread_of`.
    framework
        The instrument, for its levels and descriptors.
    language
        ``"fr"`` or ``"en"``.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> spread = pd.DataFrame([{"dimension": "team_learning", "maturity_level": "started", "count": 2,
    ...     "facts": ("A", "B")}])
    >>> spread_table(spread, load_framework("collectivite-apprenante"), "en")[1]
    [['2 Started', '2', 'A · B']]
    """
    keys = ("level", "count", "facts")
    columns = [{"label": word(f"group_level.{key}", language), "numeric": key == "count"} for key in keys]
    numbers = {one.id: number for number, one in enumerate(framework.maturity_levels)}
    rows = [
        [
            readings.level_name(numbers[one["maturity_level"]], framework, language),
            format_number(one["count"], language, 0),
            " · ".join(one["facts"]),
        ]
        for one in records(spread)
    ]
    return columns, rows
