"""The contract of confidentiality in plain words, from the rules of the release."""

from assessment.scoring.verbatims import TIMES
from assessment.texts import format_number, word

POINTS = (
    "collected",
    "access",
    "threshold",
    "difference",
    "reason",
    "unanimity",
    "texts",
    "memory",
    "attack",
    "limits",
)
"""What is told, in order: each a sentence or two that stands by itself."""


def describe_confidentiality(min_group: int, language: str) -> list[str]:
    """Tell respondents and the staff committee what is collected, what is never shown, and what is remembered.

    Parameters
    ----------
    min_group
        The threshold of the release (`assessment.scoring.Settings`).
    language
        ``"fr"`` or ``"en"``.

    Returns
    -------
    list
        One sentence or two for each of `POINTS`.

    Examples
    --------
    >>> describe_confidentiality(10, "en")[2]
    'No result is given for a group in which fewer than 10 people answered the subject or the question.'
    """
    numbers = {"min_group": min_group, "verbatims": TIMES * min_group}
    values = {name: format_number(value, language, 0) for name, value in numbers.items()}
    return [word(f"confidentiality.{point}", language, **values) for point in POINTS]
