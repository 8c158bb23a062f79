"""How differently roles see the organisation: each against one of them, on the items put to both in the same words."""

from collections import Counter
from collections.abc import Iterable, Sequence

import altair as alt
import pandas as pd

from assessment.figures import parts, readings
from assessment.figures.comparisons import CLEAR, reading
from assessment.figures.headlines import quoted, respondents
from assessment.figures.rows import Line, Row, dimension_names, group_name, records
from assessment.figures.tension import SIGNED
from assessment.figures.theme import NARROW, SPAN
from assessment.framework.model import Framework
from assessment.texts import format_number, word

STEP = 24
LEAST = 20
"""The axis always reaches this far on both sides of 0, so that small stays small."""

MARKS = {
    True: {"style": "accent", "shape": "circle", "size": 100},
    False: {"style": "outline", "shape": "circle", "size": 80},
}
"""Filled where the difference stands out, open where it does not."""

TURNED = {"larger": "smaller", "smaller": "larger"}
PAIR = "pair"
APART = "\u200b"
"""Tells a role's name in one dimension from the same in another: unseen, and no two labels of an axis may be alike."""


@parts.unchecked
def plot_roles(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    reference: str | None = None,
    min_group: int = 10,
) -> alt.LayerChart:
    """See how far each role stands from one of them, dimension by dimension, with intervals and the number of items.

    Parameters
    ----------
    rows
        Released rows of ``comparisons`` of one wave, those between roles among them.
    framework
        The instrument, for names and order.
    language
        ``"fr"`` or ``"en"``.
    perspective
        ``"reality"`` or ``"vision"``.
    reference
        The role the others are compared with; None = the one with most comparisons told, then most respondents.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: where there is no difference, the reason stands in its place; a role of which nothing is told
    has no row, and `describe_roles` names it.

    Scores of roles are never put side by side here: roles are asked different items, and each pair has its own items in
    common. Only differences on those are drawn.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"comparison": "roles", "wave": "2026", "by": "role", "group": "agent", "n": 80,
    ...     "other_group": "elected", "other_n": 20, "dimension": "team_learning", "perspective": "reality", "items": 5,
    ...     "difference": -12.3, "ci_low": -18.2, "ci_high": -6.4, "reading": "smaller", "suppressed": False}])
    >>> chart = plot_roles(rows, load_framework("collectivite-apprenante"), "en").to_dict()
    >>> [row["value"] for layer in chart["layer"] for row in layer["data"]["values"] if "value" in row][0]
    '+12'
    """
    base, lines = against_one(rows, framework, perspective, reference, language)
    found = [drawn_row(line, language, min_group) for line in lines]
    ends = axis_ends(found)
    x = difference_axis(ends, base, framework, language)
    zero = parts.layer([{"difference": 0}], x=x).mark_rule(style="reference")
    layers = [parts.guides(lines, *ends), zero, *marks(found, lines, x, language), *item_counts(found, lines, language)]
    entries = [(word(f"charts.{'clear' if one else 'unclear'}", language), mark) for one, mark in MARKS.items()]
    layers += parts.key(entries, word("figures.interval", language))
    return parts.finished(layers, STEP)


def against_one(
    rows: pd.DataFrame, framework: Framework, perspective: str, reference: str | None, language: str
) -> tuple[str | None, list[Line]]:
    """Give the role of reference, and every other role's comparison with it, dimension after dimension."""
    found = [row for row in records(rows) if row.get("comparison") == "roles" and row.get("perspective") == perspective]
    base = reference or most_compared(found)
    pairs = [turned(row, base) for row in found if base in (row.get("group"), row.get("other_group"))]
    told = {row["group"] for row in pairs if row.get("difference") is not None}
    pairs = [row for row in pairs if row["group"] in told]
    lines = []
    for place, (dimension, name) in enumerate(dimension_names(framework, language).items()):
        of_it = [row for row in pairs if row["dimension"] == dimension]
        for role in framework.roles:
            label = group_name("role", role.id, framework, {}, language) + APART * place
            lines += [Line(dimension, label, name, {PAIR: row}) for row in of_it if row["group"] == role.id]
    return base, lines


def most_compared(found: Iterable[Row]) -> str | None:
    """Give the role that is told in most comparisons; of several, the one with most respondents."""
    told = [row for row in found if row.get("difference") is not None]
    counts = Counter(role for row in told for role in (row["group"], row["other_group"]))
    people = {role: max(counts_of(role, told), default=0) for role in counts}
    return max(counts, key=lambda role: (counts[role], people[role]), default=None)


def counts_of(role: str, told: Iterable[Row]) -> list[int]:
    """Give the respondents of a role, comparison by comparison."""
    sides = (("group", "n"), ("other_group", "other_n"))
    return [row[count] for row in told for side, count in sides if row[side] == role and row.get(count) is not None]


def turned(row: Row, base: str) -> dict:
    """Give a comparison with the role of reference on the second side."""
    if row["other_group"] == base:
        return dict(row)
    difference, low, high = (None if row.get(one) is None else -row[one] for one in ("difference", "ci_high", "ci_low"))
    sides = {"group": row["other_group"], "other_group": row["group"], "n": row.get("other_n"), "other_n": row.get("n")}
    told = TURNED.get(row.get("reading"), row.get("reading"))
    return dict(row) | sides | {"difference": difference, "ci_low": low, "ci_high": high, "reading": told}


def drawn_row(line: Line, language: str, min_group: int) -> dict:
    """Give what is drawn of one comparison."""
    row = line.rows[PAIR]
    difference = row.get("difference")
    exact = row.get("ci_low") is None or row.get("ci_high") is None
    return {
        "label": line.name,
        "role": line.name.rstrip(APART),
        "dimension": line.family,
        "difference": difference,
        "low": difference if exact else row["ci_low"],
        "high": difference if exact else row["ci_high"],
        "clear": row.get("reading") in CLEAR,
        "value": "" if difference is None else format_number(difference, language, 0, sign=True),
        "told": difference_told(row, language),
        "reading": reading(row, language, min_group),
        "items": "" if row.get("items") is None else format_number(row["items"], language, 0),
        "n": "" if row.get("n") is None else format_number(row["n"], language, 0),
        "why": "" if difference is not None else short_reason(row, language),
    }


def short_reason(row: Row, language: str) -> str:
    """Tell in a word why there is no difference."""
    return word("charts.hidden_short" if row.get("suppressed") else "charts.not_comparable", language)


def difference_told(row: Row, language: str) -> str:
    """Write a difference with its sign and its interval."""
    value, low, high = (
        format_number(row.get(one), language, 1, sign=True) for one in ("difference", "ci_low", "ci_high")
    )
    if row.get("ci_low") is None or row.get("ci_high") is None:
        return value
    return word("figures.value_interval", language, value=value, low=low, high=high)


def axis_ends(found: Sequence[dict]) -> tuple[float, float]:
    """Give the ends of the axis: 0 always between them, room on both sides."""
    low = min([-LEAST, *(row["low"] for row in found if row["low"] is not None)])
    high = max([LEAST, *(row["high"] for row in found if row["high"] is not None)])
    return 10 * (low // 10), -10 * (-high // 10)


def difference_axis(ends: tuple[float, float], base: str | None, framework: Framework, language: str) -> alt.X:
    """Give the axis, named after the role of reference."""
    name = group_name("role", base, framework, {}, language) if base else ""
    return alt.X(
        "difference:Q",
        title=word("charts.roles_axis", language, reference=name) if base else None,
        scale=alt.Scale(domain=list(ends), nice=False, range=parts.beside(100, 46)),
        axis=alt.Axis(
            format="d", grid=False, labelExpr=SIGNED, tickCount=6, labelFlush=False, titleAnchor="start", titleLimit=0
        ),
    )


def marks(found: Sequence[dict], lines: Sequence[Line], x: alt.X, language: str) -> list[alt.Chart]:
    """Draw intervals, points and their numbers; words where there is no point."""
    y = parts.row_axis(lines)
    shown = [row for row in found if row["difference"] is not None]
    absent = [{"label": row["label"], "why": row["why"], "difference": 0} for row in found if row["difference"] is None]
    points = {clear: [row for row in shown if row["clear"] == clear] for clear in MARKS}
    titles = {
        "dimension": word("figures.dimension", language),
        "role": word("charts.role", language),
        "told": word("charts.difference", language),
        "reading": word("figures.reading", language),
        "n": word("figures.respondents", language),
    }
    return [
        parts.layer(shown, x=alt.X("low:Q"), x2="high:Q", y=y).mark_rule(**SPAN),
        *(parts.layer(points[one], x=x, y=y).mark_point(filled=True, **MARKS[one]) for one in MARKS),
        *(
            parts.layer(points[one], x=alt.X("high:Q"), y=y, text="value:N").mark_text(
                style="value-label" if one else "note-label", align="left", dx=9, fontSize=11
            )
            for one in MARKS
        ),
        parts.hidden_words(absent, lines, x),
        parts.pointed(shown, lines, titles),
    ]


def item_counts(found: Sequence[dict], lines: Sequence[Line], language: str) -> list[alt.Chart]:
    """Write at the right on how many items each difference stands."""
    narrow, wide = (parts.quoted(word(f"charts.{one}", language)) for one in ("items_short", "items_common"))
    head = parts.layer([{}], x=alt.value("width"), y=alt.value(0)).mark_text(
        style="note-label",
        align="right",
        baseline="bottom",
        dy=-8,
        text=alt.ExprRef(f"width < {NARROW} ? {narrow} : {wide}"),
    )
    return [parts.at_right(found, "items", lines), head]


def title_roles(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    reference: str | None = None,
) -> str:
    """Learn in a headline the widest difference that stands out, or that none does.

    Parameters as in `plot_roles`.
    """
    base, lines = against_one(rows, framework, perspective, reference, language)
    told = [line for line in lines if line.number(PAIR, "difference") is not None]
    clear = [line for line in told if line.row.get("reading") in CLEAR]
    if not told:
        return word("charts.nothing_shown", language)
    if not clear:
        return word("charts.roles_none", language)
    widest = max(clear, key=lambda line: abs(line.row["difference"]))
    return word(
        "charts.roles_above" if widest.row["difference"] > 0 else "charts.roles_below",
        language,
        dimension=widest.family,
        role=widest.name.rstrip(APART),
        reference=group_name("role", base, framework, {}, language),
        points=format_number(abs(widest.row["difference"]), language, 0),
    )


def describe_roles(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    reference: str | None = None,
    min_group: int = 10,
) -> str:
    """Learn in words what `plot_roles` shows: the widest difference, how many stand out, on which items, who is hidden.

    Parameters as in `plot_roles`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"comparison": "roles", "wave": "2026", "by": "role", "group": "agent", "n": 80,
    ...     "other_group": "elected", "other_n": 20, "dimension": "team_learning", "perspective": "reality", "items": 5,
    ...     "difference": -12.3, "ci_low": -18.2, "ci_high": -6.4, "reading": "smaller", "suppressed": False}])
    >>> describe_roles(rows, load_framework("collectivite-apprenante"), "en").split(". ")[0]
    'Team learning: 12 points more for Elected member than for Member of staff'
    """
    base, lines = against_one(rows, framework, perspective, reference, language)
    told = [line.row for line in lines if line.number(PAIR, "difference") is not None]
    sentences = [f"{title_roles(rows, framework, language, perspective=perspective, reference=reference)}."]
    if told:
        clear = sum(row.get("reading") in CLEAR for row in told)
        sentences.append(word("charts.roles_counts", language, count=len(told), clear=clear))
        items = [row["items"] for row in told if row.get("items") is not None]
        people = [row["n"] for row in told] + [row["other_n"] for row in told]
        told_n = respondents([one for one in people if one is not None], language)
        sentences += [word("charts.roles_items", language, items=respondents(items, language))] if items else []
        sentences += [word("charts.roles_people", language, count=told_n)] if told_n else []
    hidden = hidden_roles(rows, framework, perspective, {base, *(row["group"] for row in told)}, language)
    sentences += [word("charts.roles_hidden", language, names=quoted(hidden, language), min_group=min_group)] * bool(
        hidden
    )
    return " ".join(sentences)


def hidden_roles(
    rows: pd.DataFrame, framework: Framework, perspective: str, shown: set[str | None], language: str
) -> list[str]:
    """Name the roles of which no comparison is told."""
    found = [row for row in records(rows) if (row.get("comparison"), row.get("perspective")) == ("roles", perspective)]
    roles = dict.fromkeys(role for row in found if row.get("suppressed") for role in (row["group"], row["other_group"]))
    return [group_name("role", role, framework, {}, language) for role in roles if role not in shown]


def table_roles(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    perspective: str = "reality",
    reference: str | None = None,
    min_group: int = 10,
) -> tuple[list[dict], list[list[str]]]:
    """Read the differences row by row, with their items and respondents; in place of a number that is not, why.

    Parameters as in `plot_roles`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.
    """
    base, lines = against_one(rows, framework, perspective, reference, language)
    name = group_name("role", base, framework, {}, language) if base else ""
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("charts.role", language)},
        {"label": word("charts.difference_with", language, reference=name), "numeric": True},
        {"label": word("charts.items_common", language), "numeric": True},
        {"label": word("figures.reading", language)},
        {"label": word("figures.respondents", language), "numeric": True},
    ]
    return columns, [
        [
            line.family,
            line.name.rstrip(APART),
            difference_told(line.row, language),
            format_number(line.row.get("items"), language, 0),
            reading(line.row, language, min_group)
            or readings.reason_words(line.row.get("reason"), language, min_group),
            format_number(line.row.get("n"), language, 0),
        ]
        for line in lines
    ]
