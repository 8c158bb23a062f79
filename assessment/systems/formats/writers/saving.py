"""The format a file's ending asks for, and its writer."""

from collections.abc import Mapping
from typing import Any

from assessment.faults import Fault, Faults, Finding
from assessment.systems.formats.writers.cytoscape import write_cytoscape
from assessment.systems.formats.writers.drawio import write_drawio
from assessment.systems.formats.writers.gexf import write_gexf
from assessment.systems.formats.writers.graphml import write_graphml
from assessment.systems.formats.writers.kumu import write_kumu, write_kumu_book
from assessment.systems.formats.writers.loopy import write_loopy
from assessment.systems.formats.writers.map_json import write_map_json
from assessment.systems.formats.writers.mermaid import write_mermaid
from assessment.systems.formats.writers.tables import write_csv, write_matrix, write_xlsx
from assessment.systems.formats.writers.xmile import write_xmile

WRITERS = {
    ".kumu.json": write_kumu,
    ".kumu.xlsx": write_kumu_book,
    ".loopy.json": write_loopy,
    ".cyjs": write_cytoscape,
    ".cytoscape.json": write_cytoscape,
    ".matrix.csv": write_matrix,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".graphml": write_graphml,
    ".gexf": write_gexf,
    ".xmile": write_xmile,
    ".stmx": write_xmile,
    ".drawio": write_drawio,
    ".mmd": write_mermaid,
    ".mermaid": write_mermaid,
    ".loopy": write_loopy,
    ".json": write_map_json,
}
"""Writers by the ending of a file; the first ending that fits counts."""


def written(document: Mapping[str, Any], file: str) -> tuple[bytes, list[Finding]]:
    """Write a map in the format a file's name asks for; say what that format does not hold."""
    for ending, write in WRITERS.items():
        if file.lower().endswith(ending):
            return write(document)
    raise Faults([Fault("map_ending_unknown", {"file": file}, {"allowed": ", ".join(WRITERS)})])
