"""The bytes of a file of a map, and the plain trees in them, within limits: nothing large or deep is even unpacked."""

import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assessment.documents.json_trees import json_tree
from assessment.faults import Fault, Faults
from assessment.systems.limits import DEEPEST, MOST_BLOCKS, MOST_BYTES, MOST_ELEMENTS, MOST_MARKS, MOST_TIES

Source = str | PathLike | BinaryIO
"""A path, or an open binary file that has a ``name`` (an upload)."""

XML_MARKS = {b"<": MOST_MARKS} | dict.fromkeys((b"<node ", b"<concept", b"<aux "), 2 * MOST_ELEMENTS)
XML_MARKS |= dict.fromkeys((b"<edge ", b"<link ", b"<connector", b"<relationship"), 2 * MOST_TIES)
"""How often what begins an element or a tie may stand in a file, whatever its format (an element is drawn, too)."""

BOM = b"\xef\xbb\xbf"


def content_of(source: Source) -> tuple[bytes, str]:
    """Give the bytes and the name of a file that is not too large and not empty."""
    if hasattr(source, "read"):
        content, file = source.read(MOST_BYTES + 1), Path(str(getattr(source, "name", "upload"))).name
    else:
        content, file = content_at(Path(source)), Path(source).name
    if len(content) > MOST_BYTES:
        raise Faults([Fault("file_too_large", {"file": file}, {"most": MOST_BYTES // 1_000_000})])
    if not content.removeprefix(BOM).strip():
        raise Faults([Fault("file_empty", {"file": file})])
    return content, file


def content_at(path: Path) -> bytes:
    """Read a file, one byte more than is allowed at most."""
    try:
        with open(path, "rb") as file:
            return file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise Faults([Fault("file_missing", {"file": str(path)})]) from error
    except (OSError, ValueError) as error:  # ValueError: a name no system can have
        code = "file_is_folder" if isinstance(error, OSError) and os.path.isdir(path) else "file_unreadable"
        reason = getattr(error, "strerror", None) or str(error)
        raise Faults([Fault(code, {"file": str(path)}, {"reason": reason})]) from error


def text_of(content: bytes, file: str) -> str:
    """Give the text of a file: UTF-8 (with or without BOM), or UTF-16 that says so."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return content.removeprefix(BOM).decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        word = content[max(0, error.start - 12) : error.start + 12].decode("cp1252", "replace")
        place = {"file": file, "row": row}
        raise Faults([Fault("encoding_not_utf8", place, {"text": " ".join(word.split())})]) from error


def json_of(text: str, file: str) -> Any:
    """Give the tree of a JSON text; a key that stands twice in a block is a fault, not a silent loss."""
    if text.count("{") > MOST_BLOCKS:
        raise Faults([Fault("map_too_large", {"file": file}, {"count": text.count("{"), "most": MOST_BLOCKS})])
    return json_tree(text, file, DEEPEST)


def xml_of(content: bytes, file: str) -> Element:
    """Give the tree of an XML file without namespaces; entities and document types are refused unseen."""
    check_counts(content, XML_MARKS, file)
    try:
        tree = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Faults([Fault("xml_unsafe", {"file": file}, {})]) from error
    except (ParseError, ValueError, LookupError) as error:
        place = {"file": file, "row": getattr(error, "position", (None,))[0]}
        raise Faults([Fault("xml_syntax", place, {"reason": str(error)})]) from error
    if is_deep(tree):
        raise Faults([Fault("too_deep", {"file": file}, {"most": DEEPEST})])
    for element in tree.iter():
        element.tag = local(element.tag)
    return tree


def check_counts(content: bytes, counted: Mapping[bytes, int], file: str) -> None:
    """Refuse a file with more of something than a map may have, before it is taken apart."""
    for mark, most in counted.items():
        count = content.count(mark)
        if count > most:
            raise Faults([Fault("map_too_large", {"file": file}, {"count": count, "most": most})])


def is_deep(tree: Element) -> bool:
    """Say whether elements stand within elements too deep; level by level, so that none is too deep to ask."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element]
        if not level:
            return False
    return True


def local(name: Any) -> str:
    """Give a name without its namespace."""
    return name.rpartition("}")[2] if isinstance(name, str) else ""
