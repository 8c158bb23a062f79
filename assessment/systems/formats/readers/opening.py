"""What a file is, by its content first and its ending after, and the reader it goes to."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from assessment.documents.workbooks import BOOK
from assessment.faults import Fault, Faults
from assessment.systems.formats.contents import BOM, json_of, text_of, xml_of
from assessment.systems.formats.draft import Draft
from assessment.systems.formats.packed_text import unpacked_text
from assessment.systems.formats.readers.cytoscape import read_cytoscape
from assessment.systems.formats.readers.decision_explorer import read_decision_explorer
from assessment.systems.formats.readers.gexf import read_gexf
from assessment.systems.formats.readers.graphml import read_graphml
from assessment.systems.formats.readers.json_graph import read_json_graph
from assessment.systems.formats.readers.kumu import read_kumu
from assessment.systems.formats.readers.loopy import read_loopy
from assessment.systems.formats.readers.mental_modeler import read_mental_modeler
from assessment.systems.formats.readers.prsm import read_prsm
from assessment.systems.formats.readers.tables import read_tables
from assessment.systems.formats.readers.xmile import read_xmile
from assessment.systems.formats.sheets import book_sheets, csv_sheet
from assessment.systems.model import FORMAT

XML = {
    "graphml": ("GraphML", read_graphml),
    "gexf": ("GEXF", read_gexf),
    "xmile": ("XMILE", read_xmile),
    "mentalmodeler": ("Mental Modeler", read_mental_modeler),
    "model": ("Decision Explorer", read_decision_explorer),
}
"""Formats in XML, by their first element."""

LOOPY_ADDRESS = re.compile(r"(?:^https?://\S*[?&]|^)data=(\S+)\s*\Z")

OLD_BOOK = b"\xd0\xcf\x11\xe0"
"""A workbook of before 2007, or one with a password."""


def opened(content: bytes, file: str) -> tuple[str, Draft | Mapping[str, Any]]:
    """Find out what a file is and read it: a format's name, with a draft or (our own file) a document."""
    if content.startswith(BOOK):
        return "XLSX", read_tables(book_sheets(content, file), file)
    if content.startswith(OLD_BOOK):
        raise Faults([Fault("map_kind_unknown", {"file": file}, {})])
    if content.removeprefix(BOM).lstrip()[:1] == b"<":
        return opened_xml(content, file)
    text = text_of(content, file)
    start = text.lstrip()[:1]
    if start == "<":
        return opened_xml(content, file)
    address = LOOPY_ADDRESS.search(text.strip())
    if address:
        return "LOOPY", read_loopy(json_of(unquote(address[1]), file), file)
    if start in ("{", "["):
        return opened_json(json_of(text, file), file)
    if file.lower().endswith(".prsm"):
        return opened_json(json_of(unpacked_text(text, file), file), file)
    return "CSV", read_tables([csv_sheet(content, file)], file)


def opened_xml(content: bytes, file: str) -> tuple[str, Draft]:
    """Read a file in XML by its first element."""
    tree = xml_of(content, file)
    name, read = XML.get(tree.tag, ("", None))
    if read is None or (tree.tag == "model" and tree.find("concepts") is None):
        raise Faults([Fault("map_kind_unknown", {"file": file}, {})])
    return name, read(tree)


def opened_json(tree: Any, file: str) -> tuple[str, Draft | Mapping[str, Any]]:
    """Read a file in JSON by the shape of its top."""
    if isinstance(tree, list):
        cytoscape = bool(tree) and all(isinstance(one, Mapping) and "data" in one for one in tree)
        if cytoscape:
            return "Cytoscape", read_cytoscape({"elements": tree}, file)
        return "LOOPY", read_loopy(tree, file)
    keys = set(tree) if isinstance(tree, Mapping) else set()
    if "format" in keys and tree["format"] == FORMAT:
        return FORMAT, tree
    if {"nodes", "edges"} <= keys and keys & {"lastNodeSample", "mapTitle", "room"}:
        return "PRSM", read_prsm(tree, file)
    if {"elements", "connections"} <= keys:
        return "Kumu", read_kumu(tree, file)
    if "elements" in keys:
        return "Cytoscape", read_cytoscape(tree, file)
    if keys & {"graph", "graphs"}:
        return "JSON Graph", read_json_graph(tree, file)
    raise Faults([Fault("map_kind_unknown", {"file": file}, {})])
