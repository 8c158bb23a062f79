"""What a number may be said to mean: levels, distances, reasons, fit. Codes in, honest words out."""

from assessment.figures.rows import Row, in_language, interval
from assessment.framework.model import Framework
from assessment.texts import format_number, format_share, word

SURE = 0.80
"""Probability below which a level is told as "between two"."""

DIVIDED = "divided"
HIDDEN = ("confidential", "unanimous", "outside_release")
ABOUT_SCORE = ("not_asked", "nobody_scored", "one_respondent", "everyone_answered")

POOR_FIT = {"cfi": 0.90, "rmsea": 0.10, "srmr": 0.10}
"""Where one number sums a dimension up badly: cfi below, rmsea or srmr above (usual conventions, told as such)."""


FIRM = 0.70
"""Alpha from which items are usually said to go together well enough (Nunnally 1978)."""


def level_words(row: Row, framework: Framework, language: str, short: bool = False) -> str:
    """Tell a maturity level as surely as it is known, and no more.

    Parameters
    ----------
    row
        A released row with ``score``, ``maturity_level``, ``probability``.
    framework
        The instrument, for the levels.
    language
        ``"fr"`` or ``"en"``.
    short
        Whether "between two" and "split" are told in few words, for a narrow column.

    Examples
    --------
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> row = {"score": 46.0, "maturity_level": "organised", "probability": 0.62}
    >>> level_words(row, framework, "fr"), level_words(row | {"probability": 0.95}, framework, "en")
    ('entre 2 Amorcée et 3 Organisée', '3 Organised')
    """
    level = row.get("maturity_level")
    if level is None:
        return ""
    if level == DIVIDED:
        return word("figures.divided_short" if short else "figures.divided", language)
    number = [one.id for one in framework.maturity_levels].index(level)
    if (row.get("probability") if row.get("probability") is not None else 1) >= SURE:
        return level_name(number, framework, language)
    lower = number - 1 if nearer_below(number, row["score"], framework) else number
    if short:
        return word("figures.between_short", language, first=lower + 1, second=lower + 2)
    first, second = (level_name(one, framework, language) for one in (lower, lower + 1))
    return word("figures.between", language, first=first, second=second)


def nearer_below(number: int, score: float, framework: Framework) -> bool:
    """Say whether a score is nearer the level below than the level above."""
    stretches = level_stretches(framework)
    if number in (0, len(stretches) - 1):
        return number > 0
    return score < sum(stretches[number]) / 2


def level_name(number: int, framework: Framework, language: str) -> str:
    """Name a level with its number, counted from 1."""
    return f"{number + 1} {in_language(framework.maturity_levels[number].name, language)}"


def level_stretches(framework: Framework) -> list[tuple[float, float]]:
    """Give each level's stretch of 0–100."""
    starts = [100 * level.start for level in framework.maturity_levels]
    return list(zip(starts, [*starts[1:], 100.0], strict=True)) if starts else []


def quadrant_words(quadrant: str | None, language: str, short: bool = False) -> str:
    """Tell how a distance reads; empty where there is none.

    Examples
    --------
    >>> quadrant_words("undetermined", "en", short=True), quadrant_words("undetermined", "en")
    ('undetermined', 'undetermined: the intervals do not settle it')
    """
    if not quadrant:
        return ""
    short = short and quadrant == "undetermined"
    return word(f"figures.quadrant_{quadrant}{'_short' if short else ''}", language)


def reason_words(reason: str | None, language: str, min_group: int) -> str:
    """Tell why there is no number, or why a number stands without its interval.

    Examples
    --------
    >>> reason_words("confidential", "en", 10)
    'hidden: fewer than 10 respondents, or to protect a small group'
    """
    return word(f"figures.reason_{reason}", language).format(min_group=min_group) if reason else ""


def absence_words(row: Row, language: str, min_group: int) -> str:
    """Tell why a row has no score; empty where it has one."""
    if row.get("score", row.get("tension")) is not None:
        return ""
    return reason_words(row.get("reason") or "nobody_scored", language, min_group)


def score_words(row: Row, framework: Framework, language: str, decimals: int = 1) -> str:
    """Write a score, or a tension with its sign, and its interval.

    Examples
    --------
    >>> score_words({"perspective": "tension", "tension": 21.44, "ci_low": 20.1, "ci_high": 22.7}, None, "en")
    '+21.4 (+20.1 to +22.7)'
    """
    signed = row.get("perspective") == "tension"
    value = format_number(row.get("tension" if signed else "score"), language, decimals, signed)
    ends = interval(row, framework)
    if ends is None:
        return value
    low, high = (format_number(end, language, decimals, signed) for end in ends)
    return word("figures.value_interval", language, value=value, low=low, high=high)


def is_poor(row: Row) -> bool:
    """Say whether one number sums a dimension up badly."""
    cfi, rmsea, srmr = (row.get(name) for name in POOR_FIT)
    low = cfi is not None and cfi < POOR_FIT["cfi"]
    return low or any(
        value is not None and value > POOR_FIT[name] for name, value in (("rmsea", rmsea), ("srmr", srmr))
    )


def is_weak(row: Row) -> bool:
    """Say whether a dimension's items go together too little for a firm number."""
    return row.get("cronbach_alpha") is not None and row["cronbach_alpha"] < FIRM


def fit_words(row: Row, language: str, min_group: int) -> str:
    """Tell whether one number sums a dimension up, as the one-factor model says.

    Examples
    --------
    >>> fit_words({"omega": 0.82, "cfi": 0.81, "rmsea": 0.16, "srmr": 0.08}, "en", 10)
    'no: one number sums this dimension up badly'
    """
    if row.get("suppressed"):
        return reason_words(row.get("reason"), language, min_group)
    if row.get("omega") is None:
        return word("figures.fit_unknown", language)
    if row.get("cfi") is None and row.get("rmsea") is None:
        return word("figures.fit_not_testable", language)
    if is_poor(row):
        return word("figures.fit_poor", language)
    return word("figures.fit_weak" if is_weak(row) else "figures.fit_good", language)


def overall_words(row: Row | None, framework: Framework, language: str, min_group: int) -> str:
    """Tell the level of the whole in one or two sentences, with how surely it is known and what holds it back.

    Parameters
    ----------
    row
        The released overall row; None for an instrument without disciplines.
    framework
        The instrument.
    language
        ``"fr"`` or ``"en"``.
    min_group
        Respondents below which nothing is told.
    """
    if row is None:
        return word("figures.overall_none", language)
    if row.get("suppressed") or row.get("score") is None:
        why = reason_words(row.get("reason"), language, min_group)
        return word("figures.overall_hidden", language, why=why)
    score = format_number(row["score"], language)
    if row.get("maturity_level") is None:
        return word("figures.overall_score", language, score=score)
    return word(
        overall_key(row),
        language,
        score=score,
        level=overall_level(row, framework, language),
        probability=probability_words(row.get("probability"), language),
        dimension=held_by(row, framework, language),
    )


def probability_words(probability: float | None, language: str) -> str:
    """Write a probability as a percentage that never says 100.

    Examples
    --------
    >>> probability_words(0.9999, "en"), probability_words(0.93, "en")
    ('over 99%', '93%')
    """
    if probability is not None and probability > 0.99:
        return word("figures.over", language, share=format_share(0.99, language))
    return format_share(probability, language)


def overall_level(row: Row, framework: Framework, language: str) -> str:
    """Tell the level of the whole; held back, the score tells nothing of it, so the level stands by its name."""
    if row.get("held_back_by"):
        number = [one.id for one in framework.maturity_levels].index(row["maturity_level"])
        return level_name(number, framework, language)
    return level_words(row, framework, language)


def overall_key(row: Row) -> str:
    """Choose the sentence of the whole."""
    sure = (row.get("probability") if row.get("probability") is not None else 1) >= SURE
    if row.get("held_back_by"):
        return "figures.overall_held_back" if sure else "figures.overall_held_back_between"
    return "figures.overall_sure" if sure else "figures.overall_between"


def held_by(row: Row, framework: Framework, language: str) -> str:
    """Name the dimension that holds the whole back; empty where none does."""
    one = row.get("held_back_by")
    return in_language(framework.dimension(one).name, language) if one else ""
