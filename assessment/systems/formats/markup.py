"""XML as the tools of maps read it."""

from xml.etree.ElementTree import Element, indent, tostring


def markup(root: Element) -> bytes:
    """Write a tree as an XML file: UTF-8, indented, with its first line.

    A carriage return in a text is written by its number: bare, whoever reads it would take it for a line end.
    """
    indent(root, " ")
    text = tostring(root, "unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
