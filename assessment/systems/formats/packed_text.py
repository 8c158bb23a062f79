"""LZ-string, the packing of texts PRSM saves its maps with, read within a limit.

The text is a Lempel–Ziv (1978) stream of numbers, fifteen bits in each character. A few characters may stand for a
text of any length, so what comes out is counted while it is made.

References
----------
Ziv, J. & Lempel, A. (1978). Compression of individual sequences via variable-rate coding. *IEEE Transactions on
Information Theory*, 24(5), 530–536. The form is that of pieroxy's lz-string (``compressToUTF16``).
"""

from collections.abc import Iterator

from assessment.faults import Fault, Faults
from assessment.systems.limits import MOST_BYTES, MOST_PACKED

BITS = 15
SHIFT = 32
"""Added to each character, so that none is a control character."""

BYTE, WORD, END = 0, 1, 2
"""The three numbers that say what follows: a character of 8 bits, one of 16, nothing."""


def unpacked_text(packed: str, file: str = "") -> str:
    """Give the text that was packed.

    Examples
    --------
    >>> unpacked_text("\u1be1\u0841\u442b\u40ac\u0612  ")
    '{"a":1}'
    """
    if len(packed) > MOST_PACKED:
        raise Faults([Fault("map_too_large", {"file": file}, {"count": len(packed), "most": MOST_PACKED})])
    parts, length = [], 0
    try:
        for phrase in phrases(Bits(packed.rstrip("\r\n"))):
            parts.append(phrase)
            length += len(phrase)
            if length > MOST_BYTES:
                unpacked = {"most": MOST_BYTES // 1_000_000}
                raise Faults([Fault("file_unpacks_too_large", {"file": file}, unpacked)])
    except ValueError as error:
        if isinstance(error, Faults):
            raise
        raise Faults([Fault("map_kind_unknown", {"file": file}, {})]) from error
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class Bits:
    """The bits of a packed text, taken off some at a time."""

    def __init__(self, packed: str):
        values = [ord(character) - SHIFT for character in packed]
        if not all(0 <= value < 1 << BITS for value in values):
            raise ValueError("not a packed text")
        self.bits = "".join(format(value, "015b") for value in values)
        self.place = 0

    def take(self, count: int) -> int:
        """Give the next number of so many bits, the lowest bit first."""
        bits = self.bits[self.place : self.place + count]
        if len(bits) < count:
            raise ValueError("the text breaks off")
        self.place += count
        return int(bits[::-1], 2)


def phrases(bits: Bits) -> Iterator[str]:
    """Give the phrases of a packed text in their order; each teaches a new one: the last and a character more."""
    known = ["", "", ""]
    last = spelled(bits, bits.take(2))
    if last == "":
        return
    known.append(last)
    yield last
    while True:
        number = bits.take(len(known).bit_length())
        if number == END:
            return
        if number in (BYTE, WORD):
            known.append(spelled(bits, number))
            number = len(known) - 1
        if number > len(known):
            raise ValueError("a phrase that nobody taught")
        phrase = known[number] if number < len(known) else last + last[0]
        yield phrase
        known.append(last + phrase[0])
        last = phrase


def spelled(bits: Bits, number: int) -> str:
    """Give a character that is spelled out, nothing at the end of the text."""
    if number == END:
        return ""
    return chr(bits.take(16 if number == WORD else 8))
