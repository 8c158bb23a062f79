"""The sign of a causal link as tools and people write it."""

import math
import re
from typing import Any

MINUS = str.maketrans("−–—", "---")
POSITIVE = {"positive", "positif", "pos", "same", "s", "+ve", "reinforcing", "increase", "increases", "augmente"}
NEGATIVE = {"negative", "negatif", "négatif", "neg", "opposite", "o", "-ve", "decrease", "decreases", "diminue"}


def sign_word(value: Any) -> str | None:
    """Give the sign a word says; None for any other word. Several signs in a row multiply.

    Examples
    --------
    >>> [sign_word(word) for word in ("+", "−", "+-", "--", "-ve", "Positive", "Funding", None)]
    ['+', '-', '-', '+', '-', '+', None, None]
    """
    if not isinstance(value, str):
        return None
    word = value.strip().translate(MINUS).lower()
    if re.fullmatch(r"[+-](\s*[+-])*", word):
        return "-" if word.count("-") % 2 else "+"
    return "+" if word in POSITIVE else "-" if word in NEGATIVE else None


def sign_value(value: Any) -> str | None:
    """Give the sign of what stands where a sign is expected: a word, or a number.

    Examples
    --------
    >>> [sign_value(value) for value in ("-", -1, "0.5", 0, "why")]
    ['-', '-', '+', None, None]
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) or (isinstance(value, str) and sign_word(value) is None):
        number = number_of(value)
        return None if not number or math.isnan(number) else "-" if number < 0 else "+"
    return sign_word(value)


def number_of(value: Any) -> float | None:
    """Give the number a cell holds, also with a decimal comma; None when it holds none.

    Examples
    --------
    >>> number_of(" 0,5 "), number_of("−2"), number_of("many"), number_of("1e999")
    (0.5, -2, None, inf)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    text = str(value).strip().translate(MINUS).replace(",", ".")
    if re.fullmatch(r"[+-]?\d{1,18}", text):
        return int(text)
    try:
        return float(text) if "_" not in text else None
    except ValueError:
        return None
