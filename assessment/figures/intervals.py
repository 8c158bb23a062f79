"""Numbers with the ends of their interval, as people read them; and lists of names with a number each."""

from collections.abc import Callable, Iterable

from assessment.figures.rows import Row
from assessment.scoring.unanimity import MANY, RARE
from assessment.texts import format_number, format_share, word

LEAST_P = 0.001
"""A smaller probability is told as under it."""


def number_between(row: Row, names: tuple[str, str, str], language: str, decimals: int = 1, sign: bool = False) -> str:
    """Write a number of a row with the ends of its interval where there is one.

    Examples
    --------
    >>> number_between({"r": 0.5, "ci_low": 0.31, "ci_high": 0.66}, ("r", "ci_low", "ci_high"), "en", 2)
    '0.50 (0.31 to 0.66)'
    """
    return between(row, names, language, lambda value: format_number(value, language, decimals, sign))


def share_between(row: Row, names: tuple[str, str, str], language: str) -> str:
    """Write a share of a row, as a percentage, with the ends of its interval where there is one."""
    if row.get(names[1]) is None:
        return share_told(row.get(names[0]), language)
    return between(row, names, language, lambda value: format_share(value, language))


def share_told(share: float | None, language: str) -> str:
    """Write a share as a release tells it: at an end it is "at most 10 %" or "at least 90 %", none and all included.

    Examples
    --------
    >>> share_told(0.1, "en"), share_told(0.25, "en"), share_told(0.9, "en")
    ('at most 10%', '25%', 'at least 90%')
    """
    ends = {RARE: "confidentiality.at_most", MANY: "confidentiality.at_least"}
    if share in ends:
        return word(ends[share], language, share=format_share(share, language))
    return format_share(share, language)


def between(row: Row, names: tuple[str, str, str], language: str, write: Callable[[float | None], str]) -> str:
    """Write a number and its interval in one way."""
    value, low, high = (row.get(name) for name in names)
    if value is None or low is None or high is None:
        return write(value)
    return word("figures.value_interval", language, value=write(value), low=write(low), high=write(high))


def probability_of_chance(p: float | None, language: str) -> str:
    """Write a p-value.

    Examples
    --------
    >>> probability_of_chance(0.0421, "en"), probability_of_chance(0.0001, "en")
    ('p = 0.042', 'p < 0.001')
    """
    if p is not None and p < LEAST_P:
        return word("priorities.chance_least", language, p=format_number(LEAST_P, language, 3))
    return word("priorities.chance", language, p=format_number(p, language, 3))


def listed(pairs: Iterable[tuple[str, str]], language: str) -> str:
    """Write names, each with its number.

    Examples
    --------
    >>> listed([("Team learning", "37%"), ("Means to act", "44%")], "en")
    'Team learning (37%), Means to act (44%)'
    """
    return ", ".join(word("priorities.told_with", language, name=name, value=value) for name, value in pairs)
