"""Who differs from whom, in words: the size of the effect first, the test after, and never "equal" for "undecided"."""

from collections.abc import Mapping, Sequence

import pandas as pd

from assessment.figures import readings
from assessment.figures.rows import Row, dimension_names, group_name, records
from assessment.framework.model import Framework
from assessment.texts import format_number, word

SIZES = ((0.2, "very_small"), (0.5, "small"), (0.8, "medium"), (float("inf"), "large"))
"""Hedges' g below which a difference is called so: Cohen's conventions (1988), to be read as such."""

TOLD = 5
"""Differences told one by one; the table has the others."""

CLEAR = ("larger", "smaller")
"""Readings of a difference that stands out."""

SMALLEST_P = 0.001
"""A p below this is told as "under"."""


def describe_comparisons(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> str:
    """Learn in words which differences stand out, largest effect first, and how many cannot be settled.

    Parameters
    ----------
    rows
        Released rows of one comparison: one row is two sides, one dimension and one perspective.
    framework
        The instrument, for the names of dimensions and roles.
    language
        ``"fr"`` or ``"en"``.
    names
        Names of units by their id.
    min_group
        Respondents below which nothing is told.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"comparison": "roles", "by": "role", "group": "agent", "other_group": "elected",
    ...     "dimension": "team_learning", "perspective": "reality", "difference": -12.34, "ci_low": -18.2,
    ...     "ci_high": -6.4, "hedges_g": -0.61, "reading": "smaller"}])
    >>> describe_comparisons(rows, load_framework("collectivite-apprenante"), "en").split(". ")[2]
    'Team learning: Member of staff stands 12.3 points (6.4 to 18.2) below Elected member, a medium difference.'
    """
    found = records(rows)
    scope, clear, *counts = count_comparisons(found, language)
    return " ".join([scope, clear, *clear_differences(found, framework, language, names or {}), *counts])


def clear_differences(found: Sequence[Row], framework: Framework, language: str, names: Mapping[str, str]) -> list[str]:
    """Tell the largest differences that stand out, each in a sentence."""
    return [sentence(row, framework, language, names) for row in clear_rows(found)[:TOLD]]


def clear_rows(found: Sequence[Row]) -> list[Row]:
    """Give the differences that stand out, the largest first."""
    clear = [row for row in found if row.get("reading") in CLEAR and not row.get("suppressed")]
    return sorted(clear, key=lambda row: -abs(row.get("hedges_g") or 0))


def count_comparisons(found: Sequence[Row], language: str) -> list[str]:
    """Tell how many comparisons there are, and what came of them."""
    clear = clear_rows(found)
    read = [row.get("reading") for row in found if not row.get("suppressed")]
    counts = {
        "equivalent": read.count("equivalent"),
        "unclear": read.count("unclear"),
        "not_compared": len(found) - len(read) + read.count(None),
    }
    sentences = [word("comparisons.scope", language, count=len(found))]
    key = "none_stands_out" if not clear else "all_clear" if len(clear) <= TOLD else "clear"
    sentences.append(word(f"comparisons.{key}", language, count=len(clear), told=TOLD))
    return sentences + [
        word(f"comparisons.{name}", language, count=count) for name, count in counts.items() if count > 0
    ]


def table_comparisons(
    rows: pd.DataFrame,
    framework: Framework,
    language: str,
    *,
    names: Mapping[str, str] | None = None,
    min_group: int = 10,
) -> tuple[list[dict], list[list[str]]]:
    """Read comparisons row by row; in place of a number that is not, why.

    Parameters as in `describe_comparisons`.

    Returns
    -------
    tuple
        Columns (``label``, ``numeric``) and rows of texts.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> rows = pd.DataFrame([{"comparison": "roles", "by": "role", "group": "agent", "other_group": "elected",
    ...     "dimension": "team_learning", "perspective": "reality", "difference": -12.34, "ci_low": -18.2,
    ...     "ci_high": -6.4, "hedges_g": -0.61, "p_holm": 0.0002, "items": 4, "reading": "smaller"}])
    >>> table_comparisons(rows, load_framework("collectivite-apprenante"), "en")[1][0][2:]
    ['4', '−12.3 (−18.2 to −6.4)', '−0.61', 'below', 'under 0.001']
    """
    found = records(rows)
    columns = [
        {"label": word("figures.dimension", language)},
        {"label": word("comparisons.between", language)},
        {"label": word("comparisons.items", language), "numeric": True},
        {"label": word("comparisons.difference", language), "numeric": True},
        {"label": word("comparisons.size", language), "numeric": True},
        {"label": word("comparisons.reading", language)},
        {"label": word("comparisons.p", language), "numeric": True},
    ]
    placed = any(row.get("quarter") for row in found)
    columns += [{"label": word("comparisons.quarter", language)}] if placed else []
    return columns, [table_row(row, framework, language, names or {}, min_group, placed) for row in found]


def table_row(
    row: Row, framework: Framework, language: str, names: Mapping[str, str], min_group: int, placed: bool
) -> list[str]:
    """Write one comparison's row."""
    told = [
        about(row, framework, language),
        sides(row, framework, language, names),
        format_number(row.get("items"), language, 0),
        difference(row, language),
        format_number(row.get("hedges_g"), language, 2, sign=True),
        reading(row, language, min_group),
        p_words(row.get("p_holm"), language),
    ]
    quarter = row.get("quarter")
    return [*told, *([word(f"comparisons.quarter_{quarter}", language) if quarter else ""] if placed else [])]


def sentence(row: Row, framework: Framework, language: str, names: Mapping[str, str]) -> str:
    """Tell one difference that stands out."""
    one, other = side_names(row, framework, language, names)
    between_waves = row.get("comparison") in ("waves", "linked")
    return word(
        sentence_key(row),
        language,
        dimension=about(row, framework, language),
        group=one,
        other=row.get("other_wave") if between_waves else other,
        wave=row.get("wave"),
        points=points(row, language),
        size=size_words(row.get("hedges_g"), language),
    )


def sentence_key(row: Row) -> str:
    """Choose the sentence by what is compared and which way it goes."""
    reading = row["reading"]
    if row.get("comparison") == "waves":
        return f"comparisons.waves_{reading}"
    if row.get("comparison") == "linked":
        return f"comparisons.linked_{reading}"
    return f"comparisons.stands_{reading}"


def about(row: Row, framework: Framework, language: str) -> str:
    """Name the dimension, with the perspective where it is not reality."""
    name = dimension_names(framework, language)[row["dimension"]]
    if row.get("perspective") == "reality":
        return name
    perspective = word(f"figures.{row['perspective']}", language)
    return word("comparisons.of_perspective", language, dimension=name, perspective=perspective)


def side_names(row: Row, framework: Framework, language: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Name the two sides."""
    one = group_name(row.get("by"), row.get("group"), framework, names, language)
    if row.get("comparison") == "rest":
        return one, word("comparisons.the_rest", language)
    if row.get("comparison") == "benchmark":
        return one, word("comparisons.the_median", language, count=format_number(row.get("other_n"), language, 0))
    return one, group_name(row.get("by"), row.get("other_group"), framework, names, language)


def sides(row: Row, framework: Framework, language: str, names: Mapping[str, str]) -> str:
    """Write what is compared, in the order of the subtraction."""
    one, other = side_names(row, framework, language, names)
    if row.get("comparison") in ("waves", "linked"):
        key = "comparisons.wave_sides" if row["comparison"] == "waves" else "comparisons.linked_sides"
        return word(key, language, group=one, wave=row.get("wave"), other=row.get("other_wave"))
    return word("comparisons.against", language, group=one, other=other)


def difference(row: Row, language: str) -> str:
    """Write a difference with its sign and its interval."""
    value, low, high = (format_number(row.get(name), language, 1, sign=True) for name in ("difference", *ENDS))
    if row.get("ci_low") is None:
        return value
    return word("figures.value_interval", language, value=value, low=low, high=high)


def points(row: Row, language: str) -> str:
    """Write how far apart the sides are, without a sign: the sentence says which way."""
    value = round(abs(row["difference"]), 1)
    single = value < 2 if language == "fr" else value == 1
    told = word("comparisons.point" if single else "comparisons.points", language, value=format_number(value, language))
    if row.get("ci_low") is None:
        return told
    low, high = sorted(abs(row[end]) for end in ENDS)
    ends = {"low": format_number(low, language), "high": format_number(high, language)}
    return word("figures.value_interval", language, value=told, **ends)


ENDS = ("ci_low", "ci_high")


def size_words(g: float | None, language: str) -> str:
    """Tell how large an effect is usually called.

    Examples
    --------
    >>> size_words(-0.61, "en"), size_words(0.1, "en"), size_words(None, "en")
    ('medium', 'very small', '–')
    """
    if g is None:
        return format_number(None, language)
    return next(word(f"comparisons.size_{name}", language) for limit, name in SIZES if abs(g) < limit)


def reading(row: Row, language: str, min_group: int) -> str:
    """Tell what a difference lets one say, or why there is none."""
    if row.get("suppressed") or not row.get("reading"):
        return readings.reason_words(row.get("reason"), language, min_group)
    return word(f"comparisons.reading_{row['reading']}", language)


def p_words(p: float | None, language: str) -> str:
    """Write a p, never as 0."""
    if p is not None and p < SMALLEST_P:
        return word("comparisons.p_under", language, value=format_number(SMALLEST_P, language, 3))
    return format_number(p, language, 3)
