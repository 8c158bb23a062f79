"""Plain data as a workspace keeps it: JSON in ASCII, packed where it lies still for years."""

import json
import zlib
from typing import Any

from assessment.faults import Fault, Faults

ENCODE = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode

MOST_UNPACKED = 256_000_000
"""Bytes; what claims to unpack to more is no history of ours."""


def written(value: Any) -> str:
    r"""Write plain data; what JSON has no word for (NaN) is an error of whoever gives it.

    Examples
    --------
    >>> written({"name": "Été"})
    '{"name":"\\u00c9t\\u00e9"}'
    """
    return ENCODE(value)


def read(text: str, what: str) -> Any:
    """Read plain data.

    Parameters
    ----------
    text
        What `written` gave.
    what
        The part of the workspace it stands in, for the message.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise damaged(what, "json") from error


def packed(value: Any) -> bytes:
    """Write plain data in few bytes."""
    return zlib.compress(written(value).encode("ascii"), 6)


def unpacked(content: bytes, what: str) -> Any:
    """Read what `packed` gave, refusing what would fill the memory."""
    opener = zlib.decompressobj()
    try:
        text = opener.decompress(content, MOST_UNPACKED)
    except zlib.error as error:
        raise damaged(what, "zlib") from error
    if not opener.eof:
        raise damaged(what, "zlib")
    return read(text.decode("ascii", "replace"), what)


def damaged(what: str, reason: str) -> Faults:
    """Make the refusal of a part that is not what was written."""
    return Faults([Fault("workspace_damaged", {"block": what}, {"reason": reason})])
