"""Contacts: how many of an actor's ties stay inside its group, and how many leave it."""

from collections.abc import Collection

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from assessment.systems.network import actor_network, codes_of

COLUMNS = ("id", "group", "internal", "external", "ei_index")
"""Columns of the table of actors' ties inside and outside their group."""


def score_contacts(
    graph: nx.MultiDiGraph, attribute: str = "unit", kinds: Collection[str] | None = None
) -> pd.DataFrame:
    """Learn of each actor how many of its ties stay inside its group, and how many leave it.

    Parameters
    ----------
    graph
        A systems map.
    attribute
        The attribute of actors that makes groups.
    kinds
        Kinds of relations, taken together; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one actor of a group of at least two, in the order of the map: `COLUMNS`. ``internal`` and
        ``external`` count directed ties, given and received; ``ei_index`` is their difference over their sum, −1 all
        inside to +1 all outside.

    Notes
    -----
    **Missing answers**: the actors that `score_silos` leaves out are left out with their ties. An actor without ties
    has NaN.

    Summed over the actors, ``internal`` is twice that of `score_silos`, and so is ``external``.

    References
    ----------
    Krackhardt & Stern 1988, Social Psychology Quarterly 51, 123-140.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> for name, unit in zip("abcd", "xxyy"):
    ...     graph.add_node(name, type="actor", unit=unit)
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> score_contacts(graph)[["id", "internal", "external", "ei_index"]].values.tolist()
    [['a', 1, 0, -1.0], ['b', 1, 1, 0.0], ['c', 0, 1, 1.0], ['d', 0, 0, nan]]
    """
    network = actor_network(graph, kinds)
    code, groups = codes_of(network.values(attribute))
    sizes = np.bincount(code[code >= 0], minlength=len(groups))
    kept = np.flatnonzero(np.isin(code, np.flatnonzero(sizes > 1)))
    both = sparse.coo_array((ties := network.ties[kept][:, kept]) + ties.T)
    same = code[kept][both.row] == code[kept][both.col]
    internal, external = (np.bincount(both.row[one], both.data[one], len(kept)).astype(int) for one in (same, ~same))
    total = (internal + external).astype(float)
    return pd.DataFrame(
        {
            "id": pd.Series([network.nodes[number] for number in kept], dtype=object),
            "group": pd.Series([groups[number] for number in code[kept]], dtype=object),
            "internal": internal,
            "external": external,
            "ei_index": np.divide(external - internal, total, out=np.full(len(kept), np.nan), where=total > 0),
        },
        columns=list(COLUMNS),
    )
