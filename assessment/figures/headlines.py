"""What stands above and below a chart: the finding, worded by rule from the rows, and whom the numbers come from."""

from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap

import altair as alt
import pandas as pd

from assessment.figures.rows import Line, interval, records
from assessment.framework.model import Framework
from assessment.texts import format_number, word

NAMED = 3
"""Names a headline tells; more of them is no finding."""

TITLE, NOTE = 7.6, 5.9
"""Mean widths in pixels of a character of a picture's title and of its note."""


def source_note(rows: pd.DataFrame, framework: Framework, language: str, *, count: str = "n") -> str:
    """Learn how many answered, when, and to which instrument: the line below every chart.

    Parameters
    ----------
    rows
        The released rows that are drawn.
    framework
        The instrument.
    language
        ``"fr"`` or ``"en"``.
    count
        The column that counts respondents.

    Notes
    -----
    **Missing answers**: the fewest and the most respondents of the rows that are told; hidden rows do not count.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"wave": "2026", "n": 40}, {"wave": "2026", "n": 38}, {"wave": "2026", "n": None}])
    >>> source_note(rows, load_framework("collectivite-apprenante"), "en")
    'n = 38 to 40 responses, wave 2026. Source: questionnaire collectivite-apprenante, version 1.'
    """
    found = [row for row in records(rows) if row.get(count) is not None and not row.get("suppressed")]
    waves = list(dict.fromkeys(str(row["wave"]) for row in found if row.get("wave")))
    told = respondents([row[count] for row in found], language)
    key = "charts.answered_in" if waves else "charts.answered"
    answered = word(key, language, count=told, waves=enumerated(waves, language)) if told else ""
    source = word("charts.source", language, framework=framework.id, version=framework.version)
    return f"{answered} {source}".strip()


def respondents(counts: Sequence[int], language: str) -> str:
    """Write how many people answered: one number, or the fewest and the most; nothing of nobody."""
    if not counts:
        return ""
    low, high = (format_number(one, language, 0) for one in (min(counts), max(counts)))
    return low if low == high else word("charts.span", language, low=low, high=high)


def headline(chart: alt.TopLevelMixin, title: str, note: str, width: int) -> dict:
    """Give a chart's specification with its title and note in the picture itself, for a picture that stands alone.

    Parameters
    ----------
    chart
        A chart of `assessment.figures`.
    title, note
        The finding, and `source_note`.
    width
        Pixels of the picture, by which the words are cut into lines.

    Examples
    --------
    >>> chart = alt.Chart(alt.Data(values=[{"a": 1}])).mark_point().encode(x="a:Q")
    >>> headline(chart, "Systems thinking is lowest", "n = 40", 120)["title"]["text"]
    ['Systems', 'thinking is', 'lowest']
    """
    head = {"text": cut(title, width, TITLE), "subtitle": cut(note, width, NOTE)}
    return chart.to_dict(validate=False) | {"title": head | {"anchor": "start", "frame": "bounds", "offset": 20}}


def cut(text: str, width: int, character: float) -> list[str]:
    """Cut a text into lines that fit into a width."""
    return wrap(text, max(12, int(width / character)), break_on_hyphens=False) or [""]


def enumerated(names: Iterable[str], language: str) -> str:
    """Write names one after the other, the last after "and".

    Examples
    --------
    >>> enumerated(["A", "B", "C"], "fr"), enumerated(["A"], "fr"), enumerated([], "fr")
    ('A, B et C', 'A', '')
    """
    *first, last = list(names) or [""]
    return word("charts.and_last", language, first=", ".join(first), last=last) if first else last


def quoted(names: Iterable[str], language: str) -> str:
    """Write names between the language's quotation marks, the last after "and"."""
    return enumerated([word("charts.quoted", language, name=name) for name in names], language)


def lowest(lines: Sequence[Line], framework: Framework, perspective: str = "reality") -> list[Line]:
    """Give the lowest line and those that cannot be told from it: whose interval reaches down into its own.

    Parameters
    ----------
    lines
        As `rows.lines` gives them; those without a score are passed over.
    framework
        The instrument.
    perspective
        Whose scores are compared.

    Notes
    -----
    Overlapping intervals are a careful rule, for the same people answered on both lines: what it names alone is lowest.
    """
    scored = sorted(
        (line for line in lines if line.number(perspective, "score") is not None),
        key=lambda line: line.number(perspective, "score"),
    )
    if not scored:
        return []
    _, reach = ends(scored[0].rows[perspective], framework)
    return [line for line in scored if ends(line.rows[perspective], framework)[0] <= reach]


def ends(row: Mapping, framework: Framework) -> tuple[float, float]:
    """Give the ends of a score's interval; the score itself where it has none."""
    return interval(row, framework) or (row["score"], row["score"])


def lowest_told(lines: Sequence[Line], framework: Framework, language: str, perspective: str = "reality") -> str:
    """Word which dimension is lowest, or that none is clearly.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> one, other = (Line(name, name, "", {"reality": {"score": score}}) for name, score in (("A", 40.0), ("B", 50.0)))
    >>> lowest_told([one, other], load_framework("collectivite-apprenante"), "en")
    '“A” is the lowest dimension (40)'
    """
    found = lowest(lines, framework, perspective)
    if not found:
        return word("charts.nothing_shown", language)
    names = [line.name for line in found]
    if len(found) > NAMED:
        return word("charts.none_lowest", language)
    key = "charts.lowest" if len(found) == 1 else "charts.lowest_several"
    score = format_number(found[0].number(perspective, "score"), language, 0)
    return word(key, language, names=quoted(names, language), score=score)
