"""The typeface of our pages: shipped, so that a page looks the same on every machine, and known letter by letter."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
FAMILY = "Inter"
REGULAR = "Inter-Regular.otf"

MISSING = "□"
"""What stands for a character that the typeface cannot draw."""

UNICODE_TABLES = {(0, 3): 4, (0, 4): 12, (3, 1): 4, (3, 10): 12}
"""Platform and encoding of the tables that speak Unicode, with the format they are read in."""


def drawable(text: str) -> str:
    r"""Write a text with what the typeface has: what it lacks becomes `MISSING`, what is not seen is left out.

    Parameters
    ----------
    text
        Any text. Missing answers: not concerned.

    Notes
    -----
    PDF/UA refuses a page with a character nobody can draw. Marks that turn the direction of writing, or have no width,
    are left out: on paper they could only make a name look like another. So are
    accents that no single character carries with their letter (Typst 0.15 cannot tell them in the text of a drawing).
    Line ends and tabs become spaces.

    Examples
    --------
    >>> drawable("Écoute → Ελλάδα"), drawable("a\u202eb\u200bc"), drawable("l’été 🌻")
    ('Écoute → Ελλάδα', 'abc', 'l’été □')
    """
    return "".join(shown(one) for one in unicodedata.normalize("NFC", text))


def shown(character: str) -> str:
    """Give what is drawn for one character."""
    if character in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Mn", "Me"):
        return ""
    return character if ord(character) in coverage() else MISSING


@cache
def coverage() -> frozenset[int]:
    """Read from the font file which characters it draws, as code points.

    References
    ----------
    OpenType specification, table ``cmap``, formats 4 and 12.

    Examples
    --------
    >>> all(ord(one) in coverage() for one in "éœÉçΩ+−→«»’…\u202f\u00a0")
    True
    """
    content = (FOLDER / REGULAR).read_bytes()
    start = table_start(content, b"cmap")
    found = set()
    for number in range(struct.unpack_from(">H", content, start + 2)[0]):
        platform, encoding, offset = struct.unpack_from(">HHL", content, start + 4 + 8 * number)
        table_format = UNICODE_TABLES.get((platform, encoding))
        if table_format == 12:
            found.update(groups(content, start + offset))
        elif table_format == 4:
            found.update(segments(content, start + offset))
    return frozenset(found)


def table_start(content: bytes, tag: bytes) -> int:
    """Find where a table of the font begins."""
    for number in range(struct.unpack_from(">H", content, 4)[0]):
        name, _, offset, _ = struct.unpack_from(">4sLLL", content, 12 + 16 * number)
        if name == tag:
            return offset
    raise LookupError(tag)


def groups(content: bytes, start: int) -> Iterator[int]:
    """Read the characters of a table of format 12: runs from a first to a last."""
    for number in range(struct.unpack_from(">L", content, start + 12)[0]):
        first, last, _ = struct.unpack_from(">LLL", content, start + 16 + 12 * number)
        yield from range(first, last + 1)


def segments(content: bytes, start: int) -> Iterator[int]:
    """Read the characters of a table of format 4: runs, of which some characters may have no glyph."""
    twice = struct.unpack_from(">H", content, start + 6)[0]
    ends = start + 14
    for place in range(0, twice, 2):
        last, first = (struct.unpack_from(">H", content, ends + at + place)[0] for at in (0, twice + 2))
        step, jump_at = struct.unpack_from(">h", content, ends + 2 * twice + 2 + place)[0], ends + 3 * twice + 2 + place
        jump = struct.unpack_from(">H", content, jump_at)[0]
        for code in range(first, last + 1):
            glyph = struct.unpack_from(">H", content, jump_at + jump + 2 * (code - first))[0] if jump else code + step
            if glyph % 0x10000 and code != 0xFFFF:
                yield code
