"""When two texts say the same: after what keyboards, word processors and survey tools change without meaning it."""

import re
import unicodedata
from functools import lru_cache

APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ′´`＇"), "'")
QUOTES = dict.fromkeys(map(ord, "“”„«»"), '"')
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
SAME = APOSTROPHES | QUOTES | DASHES | {ord("œ"): "oe", ord("æ"): "ae", 0xAD: None, 0x200B: None, 0xFEFF: None}
ESCAPED = re.compile(r"\\([\\*_#])")
"""A mark of Markdown that is to be shown, as our own forms for KoboToolbox and ODK write it."""

BEFORE = re.compile(r"\s+([;:!?%\"])|\s*(\")\s*")


@lru_cache(maxsize=100_000)
def normalised(text: str) -> str:
    r"""Give a text as it is compared: one kind of space, apostrophe, quotation mark and dash, no case.

    Examples
    --------
    >>> normalised("D\u2019accord\u202f!\u00a0") == normalised("d'accord!")
    True
    >>> normalised("E\u0301lu") == normalised("élu"), normalised("élu") == normalised("elu")
    (True, False)
    """
    plain = unicodedata.normalize("NFKC", ESCAPED.sub(r"\1", text).translate(SAME)).casefold().translate(SAME)
    plain = " ".join(plain.split())
    return BEFORE.sub(lambda found: found[1] or found[2], plain).strip()


def key_of(code: str) -> str:
    """Give a code as it is compared: without case, ``_`` and what stands around it.

    Examples
    --------
    >>> key_of("pm_01R") == key_of("PM01r ")
    True
    """
    return code.strip().replace("_", "").casefold()
