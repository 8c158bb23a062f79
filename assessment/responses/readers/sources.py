"""The bytes of an export as UTF-8 text, and how they were written: said by the file, or tried and told."""

import codecs
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assessment.faults import Fault, Faults, Finding
from assessment.responses.cells import BOM, Source
from assessment.responses.readers.limits import MOST_BYTES, MOST_JSON
from assessment.responses.weighing import BLOCK, LARGE, LONGEST_CELL, LONGEST_ROW, look_through

TREES = (b"{", b"[")
PACKED = (b"PK", b"$FL")

ODD = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
"""Bytes Windows-1252 has no character for."""


@dataclass(frozen=True)
class Text:
    """A text as UTF-8 bytes without byte order mark, the encoding it was written in, what is said of that."""

    content: bytes
    encoding: str
    findings: tuple[Finding, ...] = ()


def content_of(source: Source) -> tuple[bytes, str]:
    """Give the bytes and the name of a file that is not too large and not empty; its size is asked before it is read.

    Raises
    ------
    Faults
        ``file_missing``, ``file_is_folder``, ``file_unreadable``, ``export_too_large``, ``file_empty``.
    """
    if hasattr(source, "read"):
        content, file = source.read(MOST_BYTES + 1), Path(str(getattr(source, "name", "upload"))).name
    else:
        content, file = content_at(Path(source)), Path(source).name
    check_size(len(content), file)
    if not unmarked(content[:BLOCK]).strip():
        raise Faults([Fault("file_empty", {"file": file})])
    return content, file


def content_at(path: Path) -> bytes:
    """Read a file that is not too large; a large one is looked through first, so that a bomb never fills the memory."""
    try:
        size = os.stat(path).st_size
        check_size(size, path.name)
        with open(path, "rb") as file:
            if size > LARGE:
                weigh(file, size, path.name)
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Faults([Fault("file_missing", {"file": str(path)})]) from error
    except OSError as error:
        code = "file_is_folder" if os.path.isdir(path) else "file_unreadable"
        raise Faults([Fault(code, {"file": str(path)}, {"reason": error.strerror})]) from error


def weigh(file: BinaryIO, size: int, name: str) -> None:
    """Refuse a large file unheld: a tree beyond its own limit, a text as `look_through` refuses it."""
    start = unmarked(file.read(BLOCK)).lstrip()
    file.seek(0)
    if start.startswith(TREES) and size > MOST_JSON:
        raise Faults([Fault("export_too_large", {"file": name}, {"most": MOST_JSON // 1_000_000})])
    if not start.startswith((*TREES, *PACKED)):
        look_through(file, name)
        file.seek(0)


def check_size(size: int, file: str) -> None:
    """Refuse a file that is too large."""
    if size > MOST_BYTES:
        raise Faults([Fault("export_too_large", {"file": file}, {"most": MOST_BYTES // 1_000_000})])


def text_of(content: bytes, file: str) -> Text:
    r"""Give a file's text.

    A byte order mark says the encoding; without one, UTF-8 is tried (no other encoding looks like it by chance), then
    UTF-16, then Windows-1252, which Excel writes in France: it fits nearly anything, so that it is told.

    Raises
    ------
    Faults
        ``encoding_unknown``.

    Examples
    --------
    >>> text_of("é".encode("utf-16"), "a.csv").encoding, text_of("é;a".encode("cp1252"), "a.csv").encoding
    ('UTF-16', 'Windows-1252')
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Text(recoded(content, "utf-16", file), "UTF-16")
    if content.startswith(BOM):
        if not is_utf8(content):
            raise unknown_encoding(file)
        return Text(unmarked(content), "UTF-8 (BOM)")
    if b"\0" in content[:4096]:
        return wide_text(content, file)
    if is_utf8(content):
        return Text(content, "UTF-8")
    if any(byte in content for byte in ODD):
        raise unknown_encoding(file)
    told = Finding("encoding_tried", {"file": file}, {"encoding": "Windows-1252"})
    return Text(recoded(content, "cp1252", file), "Windows-1252", (told,))


def unmarked(content: bytes) -> bytes:
    r"""Take the byte order mark away; some tools write a second one before what they copy.

    Examples
    --------
    >>> unmarked(b"\xef\xbb\xbf\xef\xbb\xbfa;b")
    b'a;b'
    """
    while content.startswith(BOM):
        content = content[len(BOM) :]
    return content


def wide_text(content: bytes, file: str) -> Text:
    """Read a text with a zero at every second place: UTF-16 that does not say so."""
    start = content[:4096]
    low, high = start[0::2].count(0), start[1::2].count(0)
    if max(low, high) < len(start) // 4 or min(low, high) > len(start) // 16:
        raise Faults([Fault("export_unknown", {"file": file})])
    told = Finding("encoding_tried", {"file": file}, {"encoding": "UTF-16"})
    return Text(recoded(content, "utf-16-le" if high > low else "utf-16-be", file), "UTF-16", (told,))


def recoded(content: bytes, encoding: str, file: str) -> bytes:
    """Write a text as UTF-8."""
    try:
        return content.decode(encoding).lstrip("\ufeff").encode()
    except UnicodeError as error:
        raise unknown_encoding(file) from error


def unknown_encoding(file: str) -> Faults:
    """Say that a text is in no encoding we know."""
    return Faults([Fault("encoding_unknown", {"file": file})])


def blocks(content: bytes) -> Iterator[memoryview]:
    """Yield a text in pieces, so that none is copied whole."""
    view = memoryview(content)
    for start in range(0, len(content), BLOCK):
        yield view[start : start + BLOCK]


def is_utf8(content: bytes) -> bool:
    """Say whether bytes are UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for block in blocks(content):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def check_cells(content: bytes, separator: bytes, file: str) -> None:
    """Refuse a text with a cell or a row beyond all measure: a stretch as long in which none ends."""
    without_end = 0
    for block in blocks(content):
        piece = bytes(block)
        within_row = b"\n" not in piece and b"\r" not in piece
        without_end = without_end + 1 if within_row else 0
        if (within_row and len(piece) == BLOCK and separator not in piece) or without_end > LONGEST_ROW:
            raise Faults([Fault("cell_too_long", {"file": file}, {"most": LONGEST_CELL})])
