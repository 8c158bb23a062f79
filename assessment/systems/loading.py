"""A file becomes a systems map, or the list of all that is wrong with it."""

import networkx as nx

from assessment.systems.formats.contents import Source, content_of, json_of, text_of
from assessment.systems.model import map_graph
from assessment.systems.rules import check_map


def load_map(source: Source) -> nx.MultiDiGraph:
    """Load a systems map from its file.

    Parameters
    ----------
    source
        A ``*.map.json`` file: a path, or an open binary file that has a ``name``.

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
    content, file = content_of(source)
    return map_graph(check_map(json_of(text_of(content, file), file), file))
