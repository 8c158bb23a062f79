"""Silos: whether people of a unit, a role, a rank keep to themselves more than chance would have it."""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from scipy import sparse

from assessment.systems.model import CAUSES
from assessment.systems.network import Network, actor_network, codes_of, relations_of
from assessment.systems.permutations import PERMUTATIONS, SEED, SURE, dealt, inside, spread
from assessment.systems.tables import table

ATTRIBUTES = ("unit", "role", "rank")

MODULARITY_CELLS = 5_000_000
"""Actors times permutations for which modularity, slower than E-I, is set against chance."""

COLUMNS = (
    "attribute",
    "kind",
    "actors",
    "groups",
    "alone",
    "ties",
    "internal",
    "external",
    "ei_index",
    "null_mean",
    "null_sd",
    "p_value",
    "modularity",
    "modularity_null_mean",
    "modularity_p_value",
    "modularity_permutations",
    "permutations",
    "seed",
    "reading",
    "reason",
)
"""Columns of the silos table."""

DENSITY_COLUMNS = (
    "attribute",
    "group",
    "other_group",
    "ties",
    "pairs",
    "density",
    "null_mean",
    "null_sd",
    "p_low",
    "p_high",
    "permutations",
    "seed",
)
"""Columns of the table of densities between groups."""


class Ties(NamedTuple):
    """The ties of one kind: who points to whom, by number."""

    kind: str | None
    tails: np.ndarray
    heads: np.ndarray


def score_silos(
    graph: nx.MultiDiGraph,
    attributes: Iterable[str] = ATTRIBUTES,
    kinds: Collection[str] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Learn whether groups are more inward than chance, for each kind of relation.

    Parameters
    ----------
    graph
        A systems map.
    attributes
        Attributes of actors that make groups.
    kinds
        Kinds of relations; None = every kind but ``causes``.
    permutations
        How often the labels are dealt out anew.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row is one attribute and one kind of relation, first all kinds together (``kind`` None; a pair tied in two
        ways counts once): `COLUMNS`. ``ei_index`` is (external − internal)/(external + internal) over directed ties, −1
        all inside to +1 all outside; ``null_mean``, ``null_sd`` its mean and standard deviation when the labels are
        dealt out anew among the same actors; ``p_value`` the share of those at most the observed. ``modularity`` is
        directed and unweighted, its ``p_value`` the share at least the observed, over the first
        ``modularity_permutations`` (fewer on maps of more than 1,000 actors). ``reading`` is ``"inward"``
        (p ≤ 0.05), ``"outward"`` (at most 5 % are as high), or ``"as_chance"``.

    Notes
    -----
    **Missing answers**: actors without the attribute, and those alone in their group (``alone``), who have nobody to
    turn inward to, are left out with their ties. Without ties or with fewer than two groups the numbers are NaN, the
    ``reason`` ``"no_ties"`` or ``"one_group"``.

    A raw E-I misleads: with many small groups most ties are external whatever people do. Read it against its null. More
    inward than chance is no fault: people who work together talk to each other.

    References
    ----------
    Krackhardt & Stern 1988, Social Psychology Quarterly 51, 123-140 (E-I, permutation); Leicht & Newman 2008
    (directed modularity).

    Examples
    --------
    Two pairs that keep to themselves: E-I −1; by chance a third of the ties would be inside.

    >>> graph = nx.MultiDiGraph()
    >>> for name, unit in zip("abcd", "xxyy"):
    ...     graph.add_node(name, type="actor", unit=unit)
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("c", "d", {"kind": "informs"})])
    >>> row = score_silos(graph, ["unit"]).iloc[0]
    >>> float(row["ei_index"]), round(float(row["null_mean"]), 1), row["reading"]
    (-1.0, 0.3, 'as_chance')
    """
    names, relations = kinds_of(graph, kinds), relations_of(graph)
    networks: dict[str | None, Network] = {names[0] if len(names) == 1 else None: relations.network(names)}
    if len(names) > 1:
        networks |= {kind: relations.network([kind]) for kind in names}
    with ThreadPoolExecutor() as pool:  # dealing labels and comparing them leave the interpreter free
        found = pool.map(lambda attribute: attribute_rows(networks, attribute, permutations, seed), attributes)
        rows = [row for part in found for row in part]
    counts = dict.fromkeys(("actors", "groups", "alone", "ties", "internal", "external", "permutations", "seed"), int)
    numbers = dict.fromkeys(COLUMNS[8:16], float)
    return table(rows, COLUMNS, **counts, **numbers)


def kinds_of(graph: nx.MultiDiGraph, kinds: Collection[str] | None) -> list[str]:
    """List the kinds of relations on the map, of those asked for, in the order they appear."""
    drawn = dict.fromkeys(tie.get("kind") for _, _, tie in graph.edges(data=True))
    return [kind for kind in drawn if kind != CAUSES and (kinds is None or kind in kinds)]


def in_groups(network: Network, attribute: str) -> tuple[np.ndarray, list, int]:
    """Number each actor's group, −1 for those left out: no group, or alone in it; with how many are alone."""
    code, groups = codes_of(network.values(attribute))
    sizes = np.bincount(code[code >= 0], minlength=len(groups))
    kept = np.flatnonzero(sizes > 1)
    renumbered = np.full(len(groups) + 1, -1)
    renumbered[kept] = np.arange(len(kept))
    return renumbered[code], [groups[one] for one in kept], int((sizes == 1).sum())


def attribute_rows(networks: dict[str | None, Network], attribute: str, permutations: int, seed: int) -> list[dict]:
    """Make the rows of one attribute: the same permutations serve every kind."""
    code, groups, alone = in_groups(next(iter(networks.values())), attribute)
    kept = np.flatnonzero(code >= 0)
    labels = code[kept]
    each = [Ties(kind, *network.ties[kept][:, kept].nonzero()) for kind, network in networks.items()]
    expected = by_chance(each, labels[:, None], len(groups))[:, 0]
    found = [observed(ties, labels, len(groups), share) for ties, share in zip(each, expected, strict=True)]
    nulls = null_of(each, labels, len(groups), permutations if len(groups) > 1 else 0, seed)
    shared = {"attribute": attribute, "actors": len(kept), "groups": len(groups), "alone": alone}
    drawn = {"permutations": permutations, "seed": seed}
    return [
        shared | {"kind": ties.kind} | seen | against(seen, *null) | drawn
        for ties, seen, null in zip(each, found, nulls, strict=True)
    ]


def observed(ties: Ties, labels: np.ndarray, groups: int, expected: float) -> dict:
    """Give the numbers of the labels as they are."""
    total = len(ties.tails)
    within = int(np.count_nonzero(labels[ties.tails] == labels[ties.heads]))
    reason = "one_group" if groups < 2 else "no_ties" if not total else None
    return {
        "ties": total,
        "internal": within,
        "external": total - within,
        "ei_index": np.nan if reason else ei_index(within, total),
        "modularity": np.nan if reason else within / total - expected,
        "reason": reason,
    }


def ei_index(internal, total):
    """Give (external − internal)/(external + internal).

    Examples
    --------
    >>> ei_index(1, 4)
    0.5
    """
    return (total - 2 * internal) / total


def by_chance(each: Sequence[Ties], block: np.ndarray, groups: int) -> np.ndarray:
    """Give, for each kind and column of labels, the share of ties that the degrees alone would put inside groups.

    Notes
    -----
    One sparse product sums the degrees of all kinds over the groups of all columns. A kind without ties has NaN.
    """
    size, width = block.shape
    ends = [one.tails for one in each] + [one.heads for one in each]
    degrees = np.stack([np.bincount(one, minlength=size) for one in ends], axis=1).astype(float)
    place = block.astype(np.int32) + groups * np.arange(width, dtype=np.int32)
    columns = width * np.arange(size + 1, dtype=np.int32)
    member = sparse.csc_array((np.ones(size * width), place.ravel(), columns), shape=(groups * width, size))
    out, into = np.split(member @ degrees, 2, axis=1)
    total = np.array([len(one.tails) or np.nan for one in each])
    return ((out * into).reshape(width, groups, len(each)).sum(axis=1) / total**2).T


def null_of(
    each: Sequence[Ties], labels: np.ndarray, groups: int, permutations: int, seed: int
) -> list[tuple[np.ndarray, np.ndarray]]:
    """Give E-I and modularity under each permutation, for each kind."""
    found: list[tuple[list, list]] = [([], []) for _ in each]
    left = MODULARITY_CELLS // max(1, len(labels))
    for block in dealt(labels, permutations, seed):
        few = block[:, :left]
        left -= few.shape[1]
        for ties, expected, (ei, modularity) in zip(each, by_chance(each, few, groups), found, strict=True):
            if total := len(ties.tails):
                within = inside(block, ties.tails, ties.heads)
                ei.append(ei_index(within, total))
                modularity.append(within[: few.shape[1]] / total - expected)
    return [tuple(np.concatenate(one) if one else np.empty(0) for one in drawn) for drawn in found]


def against(seen: dict, ei_null: np.ndarray, modularity_null: np.ndarray) -> dict:
    """Set what is seen against what chance gives."""
    if seen["reason"] or not len(ei_null):
        return {"reading": None}
    mean, sd = spread(ei_null)
    low = float((ei_null <= seen["ei_index"] + 1e-12).mean())
    high = float((ei_null >= seen["ei_index"] - 1e-12).mean())
    return {
        "null_mean": mean,
        "null_sd": sd,
        "p_value": low,
        "modularity_null_mean": spread(modularity_null)[0],
        "modularity_permutations": len(modularity_null),
        "modularity_p_value": float((modularity_null >= seen["modularity"] - 1e-12).mean()),
        "reading": "inward" if low <= SURE else "outward" if high <= SURE else "as_chance",
    }


def score_densities(
    graph: nx.MultiDiGraph,
    attribute: str = "unit",
    kinds: Collection[str] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Learn how densely each group is tied to each other, and to itself.

    Parameters
    ----------
    graph
        A systems map.
    attribute
        The attribute of actors that makes groups.
    kinds
        Kinds of relations, taken together; None = every kind but ``causes``.
    permutations
        How often the labels are dealt out anew.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row is one ordered pair of groups: `DENSITY_COLUMNS`. ``density`` is directed ties from ``group`` to
        ``other_group`` over the ``pairs`` of actors there could be; ``null_mean``, ``null_sd`` the same with labels
        dealt out anew; ``p_low``, ``p_high`` the shares of those at most and at least the observed.

    Notes
    -----
    **Missing answers**: actors without the attribute are left out with their ties. A group of one has no pair inside:
    NaN.

    With many pairs of groups some are unusual by chance alone: of a hundred pairs, five have p ≤ 0.05.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> for name, unit in zip("abc", "xxy"):
    ...     graph.add_node(name, type="actor", unit=unit)
    >>> _ = graph.add_edges_from([("a", "b", {"kind": "informs"}), ("b", "c", {"kind": "informs"})])
    >>> score_densities(graph, permutations=10)[["group", "other_group", "density"]].values.tolist()
    [['x', 'x', 0.5], ['x', 'y', 0.5], ['y', 'x', 0.0], ['y', 'y', nan]]
    """
    network = actor_network(graph, kinds)
    code, groups = codes_of(network.values(attribute))
    kept = np.flatnonzero(code >= 0)
    labels, count = code[kept], len(groups)
    tails, heads = network.ties[kept][:, kept].nonzero()
    sizes = np.bincount(labels, minlength=count)
    pairs = np.outer(sizes, sizes) - np.diag(sizes)
    seen = between(labels[:, None], tails, heads, count)[0]
    null = density_null(seen, labels, tails, heads, permutations, seed)
    one, other = np.divmod(np.arange(count**2), max(1, count))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = 1 / pairs.ravel().astype(float)
        share[pairs.ravel() == 0] = np.nan
    known = ~np.isnan(share)
    return pd.DataFrame(
        {
            "attribute": pd.Series([attribute] * count**2, dtype=object),
            "group": pd.Series([groups[number] for number in one], dtype=object),
            "other_group": pd.Series([groups[number] for number in other], dtype=object),
            "ties": seen,
            "pairs": pairs.ravel(),
            "density": seen * share,
            "null_mean": null["mean"] * share,
            "null_sd": null["sd"] * share,
            "p_low": np.where(known, null["low"], np.nan),
            "p_high": np.where(known, null["high"], np.nan),
            "permutations": permutations,
            "seed": seed,
        },
        columns=list(DENSITY_COLUMNS),
    )


def between(block: np.ndarray, tails: np.ndarray, heads: np.ndarray, groups: int) -> np.ndarray:
    """Count ties by the groups of their ends, for each column of labels; shape (columns, groups²)."""
    width = block.shape[1]
    wide = block.astype(np.int64)
    cells = wide[tails] * groups + wide[heads] + groups**2 * np.arange(width)
    return np.bincount(cells.ravel(), minlength=groups**2 * width).reshape(width, groups**2)


def density_null(
    seen: np.ndarray, labels: np.ndarray, tails: np.ndarray, heads: np.ndarray, permutations: int, seed: int
) -> dict[str, np.ndarray]:
    """Sum up the counts under permutation without holding them all."""
    total, squares = np.zeros(len(seen)), np.zeros(len(seen))
    low, high = np.zeros(len(seen)), np.zeros(len(seen))
    groups = round(len(seen) ** 0.5)
    for block in dealt(labels, permutations, seed):
        width = max(1, 4_000_000 // max(1, len(tails), len(seen)))
        for first in range(0, block.shape[1], width):
            counts = between(block[:, first : first + width], tails, heads, groups)
            total += counts.sum(axis=0)
            squares += (counts.astype(float) ** 2).sum(axis=0)
            low += (counts <= seen).sum(axis=0)
            high += (counts >= seen).sum(axis=0)
    if not permutations:
        return dict.fromkeys(("mean", "sd", "low", "high"), np.full(len(seen), np.nan))
    mean = total / permutations
    variance = (squares - permutations * mean**2) / max(1, permutations - 1)
    return {
        "mean": mean,
        "sd": np.sqrt(np.maximum(variance, 0)),
        "low": low / permutations,
        "high": high / permutations,
    }
