"""Numbers as each language writes them: 1 234,5 in French, 1,234.5 in English."""

import math

NOTHING = "–"
"""What stands for a number there is not."""


def format_number(value: float | None, language: str, decimals: int = 1, sign: bool = False) -> str:
    """Write a number for people; a number that is not is a dash.

    Parameters
    ----------
    value
        The number; None or NaN is written as a dash.
    language
        ``"fr"`` or ``"en"``.
    decimals
        Digits after the comma.
    sign
        Whether to write a plus sign before a positive number (the minus is a true minus).

    Examples
    --------
    >>> format_number(47.13, "fr"), format_number(-3.25, "en", 1, sign=True), format_number(None, "fr")
    ('47,1', '−3.2', '–')
    """
    from babel.numbers import format_decimal  # heavy for a command that prints no number

    if not is_number(value):
        return NOTHING
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(round(value, decimals)), pattern, locale=language)
    if round(value, decimals) == 0:
        return text
    return ("−" if value < 0 else "+" if sign else "") + text


def is_number(value: object) -> bool:
    """Say whether there is a finite number; None, NaN and pandas' NA are none."""
    try:
        return math.isfinite(value)
    except TypeError:
        return False


def format_share(value: float | None, language: str, decimals: int = 0) -> str:
    r"""Write a share 0–1 as a percentage.

    Examples
    --------
    >>> format_share(0.934, "en"), format_share(0.934, "fr").replace("\u202f", " ")
    ('93%', '93 %')
    """
    if not is_number(value):
        return NOTHING
    return format_number(100 * value, language, decimals) + ("%" if language == "en" else "\u202f%")
