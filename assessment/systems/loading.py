"""A file becomes a systems map, or the list of all that is wrong with it; a map becomes a file."""

from dataclasses import dataclass, replace
from pathlib import Path

import networkx as nx

from assessment.documents.saving import save
from assessment.faults import Faults, Finding
from assessment.systems.formats.contents import Source, content_of
from assessment.systems.formats.draft import Draft
from assessment.systems.formats.readers.companion import with_companion
from assessment.systems.formats.readers.map_json import read_findings
from assessment.systems.formats.readers.opening import opened
from assessment.systems.formats.writers.saving import written
from assessment.systems.model import map_document, map_graph
from assessment.systems.rules import check_map


@dataclass(frozen=True)
class Reading:
    """A map read from a file.

    Parameters
    ----------
    graph
        The map, checked.
    format
        The name of the format the file is in.
    findings
        How much was read, what was guessed, what was left aside.
    """

    graph: nx.MultiDiGraph
    format: str
    findings: tuple[Finding, ...]


def load_map(source: Source) -> nx.MultiDiGraph:
    """Load a systems map from a file, ours or one of another tool.

    Parameters
    ----------
    source
        A ``*.map.json`` file, or a file of a format that docs/files.md lists: a path, or an open binary file that has
        a ``name``. `read_map` also says what was guessed in a file of another tool.

    Returns
    -------
    networkx.MultiDiGraph
        The map, checked; `assessment.systems.model` says its attributes.

    Raises
    ------
    Faults
        All that is wrong, each with block, key and value.

    Examples
    --------
    >>> import io
    >>> text = '{"format": "apprenance-map", "version": 1, "actors": [{"id": "dgs", "label": "DGS"}]}'
    >>> load_map(io.BytesIO(text.encode())).nodes["dgs"]["type"]
    'actor'
    """
    return read_map(source).graph


def read_map(source: Source) -> Reading:
    r"""Read a systems map from a file of any known format, with what was understood of it.

    Parameters
    ----------
    source
        A path, or an open binary file that has a ``name``. A CSV file of ties also takes in the file of elements
        beside it (``…_ties.csv`` and ``…_nodes.csv``).

    Returns
    -------
    Reading
        The map, its format, the findings.

    Raises
    ------
    Faults
        What the file is not, or all that is wrong with the map in it.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO(b"from,to,sign\neffort,results,+\nresults,effort,-\n")
    >>> reading = read_map(file)
    >>> reading.format, reading.graph.edges["results", "effort", "t2"]["polarity"]
    ('CSV', '-')
    """
    content, file = content_of(source)
    try:
        format_, found = with_companion(source, *opened(content, file))
    except Faults as faults:
        raise Faults([replace(one, place={"file": file, **one.place}) for one in faults.faults]) from faults
    document = found.document() if isinstance(found, Draft) else found
    graph = map_graph(check_map(document, file))
    told = found.told(format_) if isinstance(found, Draft) else read_findings(document)
    return Reading(graph, format_, tuple(replace(one, place={"file": file}) for one in told))


def write_map(graph: nx.MultiDiGraph, path: str | Path, force: bool = False) -> tuple[Finding, ...]:
    """Write a systems map into a file, in the format its ending asks for.

    Parameters
    ----------
    graph
        A map.
    path
        The file: ``.map.json`` and ``.json`` are our own; docs/files.md lists the other endings.
    force
        Whether a file of this name may be replaced.

    Returns
    -------
    tuple of Finding
        What the format could not hold.

    Raises
    ------
    Faults
        When the map does not hold, the ending is unknown, or the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> graph = nx.MultiDiGraph(name="", participants=[], loops=[])
    >>> graph.add_node("v", type="variable", label="Confiance")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_map(graph, Path(folder) / "a.mmd")
    ...     print((Path(folder) / "a.mmd").read_text("utf-8"))
    ()
    flowchart LR
      n0(["Confiance"])
    <BLANKLINE>
    """
    path = Path(path)
    content, findings = written(map_document(check_map(graph, path.name)), path.name)
    save(path, content, force)
    return tuple(replace(one, place={"file": path.name}) for one in findings)
