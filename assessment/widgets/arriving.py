"""A file on its way from the browser, piece by piece."""

from collections.abc import Mapping
from pathlib import PurePosixPath

import traitlets

LARGEST_FILE = 50 * 1024 * 1024
"""Bytes of a file that a page takes."""


class Arriving:
    """The one file that is on its way; a newer one takes the place of one half arrived.

    Examples
    --------
    >>> arriving = Arriving()
    >>> piece = {"name": "a.csv", "size": 3, "upload": "1", "parts": 2}
    >>> arriving.take(piece | {"part": 0}, [b"ab"])
    >>> arriving.take(piece | {"part": 1}, [b"c"])
    ('a.csv', b'abc')
    """

    def __init__(self):
        self.upload = None
        self.content = bytearray()

    def take(self, message: Mapping, buffers: list) -> tuple[str, bytes] | None:
        """Keep one piece; give name and bytes with the last one.

        Parameters
        ----------
        message
            ``upload`` (which file), ``name``, ``size`` (bytes of the whole), ``part`` counted from 0, ``parts``.
        buffers
            The piece's bytes.

        Returns
        -------
        tuple or None
            The file's name without a path, and its bytes; None before the last piece.

        Raises
        ------
        traitlets.TraitError
            A file that is too large, or holds more than it announced.
        """
        size = message.get("size")
        if not isinstance(size, int) or not 0 <= size <= LARGEST_FILE:
            raise traitlets.TraitError(f"A file holds at most {LARGEST_FILE} bytes, not {size}")
        if message.get("part") == 0:
            self.upload, self.content = message.get("upload"), bytearray()
        if self.upload is None or message.get("upload") != self.upload:
            return None
        self.content += b"".join(bytes(buffer) for buffer in buffers)
        if len(self.content) > size:
            raise traitlets.TraitError("A file holds more bytes than announced")
        if message.get("part") != message.get("parts", 1) - 1:
            return None
        content, self.upload, self.content = bytes(self.content), None, bytearray()
        return last_name(str(message.get("name", ""))), content


def last_name(name: str) -> str:
    """Give a file's name without the folders a browser may tell."""
    return PurePosixPath(name.replace("\\", "/")).name
