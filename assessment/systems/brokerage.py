"""Brokers: who passes between two others that are not tied, within a unit or between units; and where nobody does."""

from collections.abc import Collection, Iterator

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from assessment.systems.network import Network, actor_network, codes_of
from assessment.systems.tables import table

ROLES = ("coordinator", "gatekeeper", "representative", "consultant", "liaison")

COLUMNS = ("id", "group", *ROLES, "brokerage")
"""Columns of the brokerage table."""

GAP_COLUMNS = ("group", "other_group", "pairs", "expected", "bridges")
"""Columns of the gaps table."""


def score_brokerage(graph: nx.MultiDiGraph, by: str = "unit", kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn who passes between others that are not tied themselves, and between which groups.

    Parameters
    ----------
    graph
        A systems map.
    by
        The attribute of actors that makes the groups.
    kinds
        Kinds of relations to count; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one actor of a known group: `COLUMNS`. Each count is of pairs i → broker → k of others where i is not
        tied to k: all three of one group (``coordinator``), the broker with k of one (``gatekeeper``), the broker with
        i of one (``representative``), i and k of one and the broker of another (``consultant``), all of different ones
        (``liaison``); ``brokerage`` is their sum.

    Notes
    -----
    **Missing answers**: actors without a group, and their ties, are left out.

    References
    ----------
    Gould & Fernandez 1989, Sociological Methodology 19, 89-126; the counts of R sna::brokerage (w_I, b_OI, b_IO, w_O,
    b_O).

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("a", {"unit": "x"}), ("b", {"unit": "y"}), ("c", {"unit": "x"})], type="actor")
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> score_brokerage(graph)[["id", "consultant", "brokerage"]].values.tolist()
    [['a', 0, 0], ['b', 1, 1], ['c', 0, 0]]
    """
    network, code, groups = grouped(actor_network(graph, kinds), by)
    counts = open_pairs(network.ties, code, len(groups))
    found = pd.DataFrame({name: counts[name].round().astype(int) for name in ROLES})
    found.insert(0, "id", pd.Series(network.nodes, dtype=object))
    found.insert(1, "group", pd.Series([groups[one] for one in code], dtype=object))
    found["brokerage"] = found[list(ROLES)].sum(axis=1)
    return found


def grouped(network: Network, by: str) -> tuple[Network, np.ndarray, list]:
    """Leave out actors of no known group; number the groups."""
    absent = {node for node, value in zip(network.nodes, network.values(by), strict=True) if value is None}
    network = network.without(absent)
    return network, *codes_of(network.values(by))


def open_pairs(ties: sparse.csr_array, code: np.ndarray, groups: int) -> dict[str, np.ndarray]:
    """Count the open pairs each actor stands between, by role: pairs in and out, less those that are tied or the same.

    Notes
    -----
    With W the ties within groups and C those across, the pairs i → j → k closed by i → k, for i → j in X, j → k in Y
    and i → k in Z, are the column sums of X ∘ (Z·Yᵀ).
    """
    rows, columns = ties.nonzero()
    same = code[rows] == code[columns]
    within, across = part(ties, rows, columns, same), part(ties, rows, columns, ~same)
    into = {"W": within.sum(axis=0), "C": across.sum(axis=0)}
    out = {"W": within.sum(axis=1), "C": across.sum(axis=1)}
    member = sparse.csr_array((np.ones(len(code)), (np.arange(len(code)), code)), shape=(len(code), groups))
    from_and_to = ((across.T @ member) * (across @ member)).sum(axis=1)
    closed = {
        role: np.asarray((one * (third @ two.T)).sum(axis=0)).ravel()
        for role, one, two, third in (
            ("coordinator", within, within, within),
            ("gatekeeper", across, within, across),
            ("representative", within, across, across),
            ("consultant", across, across, within),
            ("liaison", across, across, across),
        )
    }
    back = {"coordinator": (within * within.T).sum(axis=0), "consultant": (across * across.T).sum(axis=0)}
    pairs = {
        "coordinator": into["W"] * out["W"] - back["coordinator"],
        "gatekeeper": into["C"] * out["W"],
        "representative": into["W"] * out["C"],
        "consultant": from_and_to - back["consultant"],
        "liaison": into["C"] * out["C"] - from_and_to,
    }
    return {role: pairs[role] - closed[role] for role in ROLES}


def part(ties: sparse.csr_array, rows: np.ndarray, columns: np.ndarray, kept: np.ndarray) -> sparse.csr_array:
    """Keep some of the ties."""
    return sparse.csr_array((np.ones(kept.sum()), (rows[kept], columns[kept])), shape=ties.shape)


def find_gaps(graph: nx.MultiDiGraph, by: str = "unit", kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn which groups are not tied at all, and who is tied to both.

    Parameters
    ----------
    graph
        A systems map.
    by
        The attribute of actors that makes the groups.
    kinds
        Kinds of relations to count; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one pair of groups without a tie in either direction, those where most would be expected first:
        `GAP_COLUMNS`. ``pairs`` counts the pairs of actors; ``expected`` the ties (in both directions) there would be
        at the density of the whole map; ``bridges`` names the actors, of any group or none, tied to both, those with
        most ties to them first.

    Notes
    -----
    **Missing answers**: actors without a group can be bridges only.

    A gap is a question, not a fault: two groups may have nothing to do with each other. Where few ties are expected,
    none is no news.

    References
    ----------
    Burt 1992, Structural Holes.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("a", {"unit": "x"}), ("b", {}), ("c", {"unit": "y"})], type="actor")
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> find_gaps(graph)[["group", "other_group", "bridges"]].values.tolist()
    [['x', 'y', ('b',)]]
    """
    network = actor_network(graph, kinds)
    code, groups = codes_of(network.values(by))
    known = np.flatnonzero(code >= 0)
    size = len(network.nodes)
    member = sparse.csr_array((np.ones(len(known)), (known, code[known])), shape=(size, len(groups)))
    both = network.ties + network.ties.T
    between = (member.T @ both @ member).toarray()
    towards = (both @ member).toarray()
    sizes = np.bincount(code[known], minlength=len(groups))
    density = network.ties.nnz / max(1, size * (size - 1))
    rows = [
        {
            "group": groups[one],
            "other_group": groups[other],
            "pairs": int(sizes[one] * sizes[other]),
            "expected": 2 * sizes[one] * sizes[other] * density,
            "bridges": tuple(network.nodes[number] for number in found),
        }
        for one in range(len(groups))
        for other, found in bridges(towards, one, one + 1 + np.flatnonzero(between[one, one + 1 :] == 0))
    ]
    rows.sort(key=lambda row: -row["expected"])
    return table(rows, GAP_COLUMNS, pairs=int, expected=float)


def bridges(towards: np.ndarray, one: int, others: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Give, for each of the other groups, the actors tied to it and to the one, those with most ties to them first."""
    near = np.flatnonzero(towards[:, one])
    ties = towards[near][:, others]
    for place, other in enumerate(others):
        found = np.flatnonzero(ties[:, place])
        most = np.argsort(-(towards[near[found], one] + ties[found, place]), kind="stable")
        yield int(other), near[found[most]]
