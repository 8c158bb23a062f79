"""What changed from wave to wave: a slope for each dimension, drawn only where the same items were put both times."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import altair as alt
import pandas as pd

from assessment.figures import parts
from assessment.figures.comparisons import CLEAR
from assessment.figures.headlines import ends, enumerated, quoted, respondents
from assessment.figures.readings import absence_words, score_words
from assessment.figures.roles import difference_told
from assessment.figures.rows import Row, dimension_names, records
from assessment.figures.theme import SPAN
from assessment.figures.wave_names import across, room, written
from assessment.framework.model import Framework
from assessment.texts import format_number, word

LEAST = 260
"""Pixels of the plot's height at least."""

LANE = 7
"""Pixels between intervals that would cover each other."""

SAME = 1e-6
"""How far the difference of two scores may be from the difference on common items and still be that difference."""

LOOKS = {
    True: {"style": "accent", "strokeWidth": 2.5},
    False: {"style": "muted", "strokeWidth": 1.5, "strokeDash": [4, 3]},
}
"""Solid where the change stands out, dashed where it does not."""

MARKS = {
    True: {"style": "accent", "shape": "circle", "size": 70},
    False: {"style": "outline", "shape": "circle", "size": 45},
}

SPANS = {True: SPAN, False: {"style": "muted", "strokeWidth": 2}}
"""How the intervals behind the points look."""


@dataclass(frozen=True)
class Course:
    """One dimension through the waves.

    Parameters
    ----------
    name
        Its name.
    rows
        The released row of each wave, in the order of waves; None where there is none.
    changes
        The comparison of each wave with the one before, released; None where there is none.
    """

    name: str
    rows: tuple[Row | None, ...]
    changes: tuple[Row | None, ...]

    def score(self, place: int) -> float | None:
        """Give the score of a wave."""
        return (self.rows[place] or {}).get("score")

    def is_joined(self, place: int) -> bool:
        """Say whether two neighbouring waves' scores stand on the same items: their difference is the one compared."""
        change = (self.changes[place] or {}).get("difference")
        before, after = self.score(place), self.score(place + 1)
        return None not in (change, before, after) and abs(after - before - change) < SAME

    def is_clear(self, place: int) -> bool:
        """Say whether a change stands out."""
        return (self.changes[place] or {}).get("reading") in CLEAR


@parts.unchecked
def plot_waves(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    comparisons: pd.DataFrame,
    perspective: str = "reality",
    min_group: int = 10,
) -> alt.LayerChart:
    """See how each dimension's score went from wave to wave, with intervals.

    Parameters
    ----------
    rows
        Released rows of ``dimensions`` of two waves or more, in the order of waves.
    framework
        The instrument, for names.
    language
        ``"fr"`` or ``"en"``.
    comparisons
        Released rows of ``comparisons``; those between waves say what may be joined and what stands out.
    perspective
        ``"reality"`` or ``"vision"``.
    min_group
        Respondents below which nothing is told.

    Notes
    -----
    **Missing answers**: a wave without a score has no point; a dimension without any is named in `describe_waves`.

    A line joins two waves only where both scores stand on the same items: where the difference of the scores is the
    difference that was compared on common items. Elsewhere the points stand unjoined.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"wave": wave, "dimension": "team_learning", "perspective": "reality", "score": score}
    ...     for wave, score in (("2025", 50.0), ("2026", 54.0))])
    >>> change = pd.DataFrame([{"comparison": "waves", "wave": "2026", "other_wave": "2025", "difference": 4.0,
    ...     "dimension": "team_learning", "perspective": "reality", "reading": "larger"}])
    >>> chart = plot_waves(rows, load_framework("collectivite-apprenante"), "en", comparisons=change).to_dict()
    >>> [row["to"] for layer in chart["layer"] for row in layer["data"]["values"] if "to" in row]
    [54.0]
    """
    waves, found = courses(rows, comparisons, framework, language, perspective)
    low, high = score_ends(found, framework)
    height = max(LEAST, sum(room(one.name) for one in found if one.score(-1) is not None))
    y = alt.Y(
        "score:Q",
        title=word("charts.waves_axis", language),
        scale=alt.Scale(domain=[low, high], nice=False, zero=False),
        axis=alt.Axis(
            labels=False, titleAngle=0, titleAlign="left", titleX=0, titleY=-42, titleFontSize=11, titleLimit=0
        ),
    )
    drawn = [spot for one in found for spot in spots(one, waves, framework, language)]
    shifted(drawn)
    layers = [*wave_lines(waves, len(waves)), *slopes(found, drawn, y, len(waves))]
    layers += [*points(drawn, y, len(waves), language), *written(drawn, low, high, height, len(waves))]
    fit = alt.AutoSizeParams(type="fit-x", contains="padding")
    return alt.layer(*layers, width="container", height=height, autosize=fit)


def courses(
    rows: pd.DataFrame, comparisons: pd.DataFrame, framework: Framework, language: str, perspective: str
) -> tuple[list[str], list[Course]]:
    """Give the waves and each dimension's course through them."""
    scores = [row for row in records(rows) if row["perspective"] == perspective]
    waves = list(dict.fromkeys(str(row["wave"]) for row in scores))
    changes = {
        (row["dimension"], str(row["other_wave"]), str(row["wave"])): row
        for row in records(comparisons)
        if row["comparison"] == "waves" and row["perspective"] == perspective and row.get("by") is None
    }
    by_wave = {(row["dimension"], str(row["wave"])): row for row in scores}
    found = []
    for dimension, name in dimension_names(framework, language).items():
        own = tuple(by_wave.get((dimension, wave)) for wave in waves)
        if any(own):
            found.append(Course(name, own, tuple(changes.get((dimension, *pair)) for pair in pairwise(waves))))
    return waves, found


def score_ends(found: Sequence[Course], framework: Framework) -> tuple[float, float]:
    """Give the ends of the axis: every interval within them, on whole fives."""
    told = [ends(row, framework) for one in found for row in one.rows if row and row.get("score") is not None]
    if not told:
        return 0.0, 100.0
    return 5 * (min(low for low, _ in told) // 5), -5 * (-max(high for _, high in told) // 5)


def spots(one: Course, waves: Sequence[str], framework: Framework, language: str) -> list[dict]:
    """Give what is drawn of a dimension in each wave that has a score."""
    found = []
    for place, (wave, row) in enumerate(zip(waves, one.rows, strict=True)):
        if row and row.get("score") is not None:
            low, high = ends(row, framework)
            beside = [change for change in (place - 1, place) if 0 <= change < len(one.changes)]
            found.append(
                {
                    "name": one.name,
                    "wave": wave,
                    "place": place,
                    "score": row["score"],
                    "low": low,
                    "high": high,
                    "clear": any(one.is_joined(change) and one.is_clear(change) for change in beside),
                    "value": format_number(row["score"], language, 0),
                    "told": score_words(row, framework, language),
                }
            )
    return found


def shifted(drawn: Sequence[dict]) -> None:
    """Move the points of a wave apart, in pixels, where their intervals would cover each other."""
    for place in {row["place"] for row in drawn}:
        tops: list[float] = []
        for row in sorted((row for row in drawn if row["place"] == place), key=lambda row: row["low"]):
            free = [lane for lane, top in enumerate(tops) if top < row["low"]]
            lane = free[0] if free else len(tops)
            tops[lane : lane + 1] = [row["high"]]
            row["lane"] = lane
        for row in drawn:
            if row["place"] == place:
                row["dx"] = LANE * (row["lane"] - (len(tops) - 1) / 2)


def at_wave(values: Sequence[dict], count: int, **encoding) -> alt.Chart:
    """Start a layer whose rows stand at their wave."""
    place = parts.layer(values, x=alt.X("px:Q", scale=None, axis=None), **encoding)
    return place.transform_calculate(px=across("place", count, "datum.dx"))


def wave_lines(waves: Sequence[str], count: int) -> list[alt.Chart]:
    """Draw a line for each wave, with its name on top."""
    values = [{"place": place, "dx": 0, "wave": wave} for place, wave in enumerate(waves)]
    whole = {"y": alt.value(0), "y2": alt.value("height")}
    return [
        at_wave(values, count, **whole).mark_rule(style="link", strokeWidth=1, opacity=0.6),
        at_wave(values, count, y=alt.value(-14), text="wave:N").mark_text(style="value-label", fontSize=12),
    ]


def slopes(found: Sequence[Course], drawn: Sequence[dict], y: alt.Y, count: int) -> list[alt.Chart]:
    """Join the points of neighbouring waves that stand on the same items."""
    spot = {(row["name"], row["place"]): row for row in drawn}
    joined: dict[bool, list[dict]] = {False: [], True: []}
    for one in found:
        for place in range(len(one.changes)):
            if one.is_joined(place):
                start, end = spot[one.name, place], spot[one.name, place + 1]
                line = {"place": place, "next": place + 1, "dx": start["dx"], "dx2": end["dx"], "score": start["score"]}
                joined[one.is_clear(place)].append(line | {"to": end["score"]})
    return [
        at_wave(those, count, y=y, y2="to:Q", x2="px2:Q")
        .transform_calculate(px2=across("next", count, "datum.dx2"))
        .mark_rule(**LOOKS[clear])
        for clear, those in joined.items()
    ]


def points(drawn: Sequence[dict], y: alt.Y, count: int, language: str) -> list[alt.Chart]:
    """Draw intervals and points; what stands out lies on top."""
    titles = {
        "name": word("figures.dimension", language),
        "wave": word("charts.wave", language),
        "told": word("figures.score", language),
    }
    tooltip = [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]
    layers = []
    for clear in (False, True):
        those = [row for row in drawn if row["clear"] == clear]
        bars = at_wave(those, count, y=alt.Y("low:Q"), y2="high:Q")
        layers.append(bars.mark_rule(**SPANS[clear]))
        layers.append(at_wave(those, count, y=y, tooltip=tooltip).mark_point(filled=True, **MARKS[clear]))
    return layers


def title_waves(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    comparisons: pd.DataFrame,
    perspective: str = "reality",
) -> str:
    """Learn in a headline the widest change between the last two waves that stands out, or that none does.

    Parameters as in `plot_waves`.
    """
    waves, found = courses(rows, comparisons, framework, language, perspective)
    if len(waves) < 2:
        return word("charts.waves_one" if waves else "charts.nothing_shown", language)
    between = {"wave": waves[-2], "other": waves[-1]}
    clear = [one for one in found if one.is_clear(-1) and one.changes[-1].get("difference") is not None]
    if not clear:
        return word("charts.waves_still", language, **between)
    widest = max(clear, key=lambda one: abs(one.changes[-1]["difference"]))
    change = widest.changes[-1]["difference"]
    key = "charts.waves_up" if change > 0 else "charts.waves_down"
    return word(key, language, names=widest.name, points=format_number(abs(change), language, 0), **between)


def describe_waves(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    comparisons: pd.DataFrame,
    perspective: str = "reality",
    min_group: int = 10,
) -> str:
    """Learn in words what `plot_waves` shows: what stands out, how many changes do, which dimensions have no line.

    Parameters as in `plot_waves`.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"wave": "2026", "dimension": "team_learning", "perspective": "reality", "score": 50.0}])
    >>> none = pd.DataFrame(columns=["comparison", "perspective", "dimension", "wave", "other_wave"])
    >>> describe_waves(rows, load_framework("collectivite-apprenante"), "en", comparisons=none)
    'One wave only: nothing to compare yet.'
    """
    chosen = {"comparisons": comparisons, "perspective": perspective}
    waves, found = courses(rows, comparisons, framework, language, perspective)
    sentences = [f"{title_waves(rows, framework, language, **chosen)}."]
    for place, (wave, other) in enumerate(pairwise(waves)):
        told = [one for one in found if (one.changes[place] or {}).get("difference") is not None]
        clear = [one for one in told if one.is_clear(place)]
        between = {"wave": wave, "other": other, "clear": len(clear), "count": len(told)}
        sentences.append(word("charts.waves_counts", language, **between))
        changes = [
            word("charts.waves_change", language, name=one.name, change=change_told(one.changes[place], language))
            for one in clear
        ]
        sentences += [word("charts.waves_changes", language, told=enumerated(changes, language))] if changes else []
    apart = [one.name for one in found if not all(one.is_joined(place) for place in range(len(one.changes)))]
    sentences += [word("charts.waves_broken", language, names=quoted(apart, language))] if apart and found else []
    counts = [row["n"] for one in found for row in one.rows if row and row.get("n") is not None]
    sentences += [word("charts.responses", language, count=respondents(counts, language))] if counts else []
    return " ".join(sentences)


def change_told(row: Row | None, language: str) -> str:
    """Write a change with its sign, interval and items."""
    if row is None or row.get("difference") is None:
        return format_number(None, language)
    told = difference_told(row, language)
    if row.get("items") is None:
        return told
    return word("charts.waves_told", language, change=told, items=format_number(row["items"], language, 0))


def table_waves(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    comparisons: pd.DataFrame,
    perspective: str = "reality",
    min_group: int = 10,
) -> tuple[list[dict], list[list[str]]]:
    """Read each dimension's scores wave by wave and its changes on common items; in place of a number, why it is not.

    Parameters as in `plot_waves`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.
    """
    waves, found = courses(rows, comparisons, framework, language, perspective)
    columns = [{"label": word("figures.dimension", language)}]
    columns += [{"label": word("charts.waves_score", language, wave=wave), "numeric": True} for wave in waves]
    columns += [
        {"label": word("charts.waves_from_to", language, wave=wave, other=other), "numeric": True}
        for wave, other in pairwise(waves)
    ]
    return columns, [
        [
            one.name,
            *(score_told(row, framework, language, min_group) for row in one.rows),
            *(change_told(change, language) for change in one.changes),
        ]
        for one in found
    ]


def score_told(row: Row | None, framework: Framework, language: str, min_group: int) -> str:
    """Write a score with its interval, or why there is none."""
    if row is None:
        return format_number(None, language)
    return absence_words(row, language, min_group) or score_words(row, framework, language)
