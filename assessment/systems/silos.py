"""Silos: whether people of a unit, a role, a rank keep to themselves more than chance would have it."""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat
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
        all inside to +1 all outside; ``null_mean`` (exact) and ``null_sd`` its mean and standard deviation when the
        labels are dealt out anew among the same actors; ``p_value`` the share of those at most the observed.
        ``modularity`` is directed and unweighted, its ``p_value`` the share at least the observed, over the first
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
    groupings = [grouping_of(networks, attribute) for attribute in attributes]
    tested = [one for one in groupings if one.groups > 1]
    with ThreadPoolExecutor() as pool:  # comparing labels leaves the interpreter free
        for block in dealt(np.arange(len(relations.nodes)), permutations if tested else 0, seed):
            list(pool.map(add_null, tested, repeat(block)))
    rows = [row | {"permutations": permutations, "seed": seed} for one in groupings for row in rows_of(one)]
    counts = dict.fromkeys(("actors", "groups", "alone", "ties", "internal", "external", "permutations", "seed"), int)
    numbers = dict.fromkeys(COLUMNS[8:16], float)
    return table(rows, COLUMNS, **counts, **numbers)


def kinds_of(graph: nx.MultiDiGraph, kinds: Collection[str] | None) -> list[str]:
    """List the kinds of relations on the map, of those asked for, in the order they appear."""
    drawn = dict.fromkeys(tie.get("kind") for _, _, tie in graph.edges(data=True))
    return [kind for kind in drawn if kind != CAUSES and (kinds is None or kind in kinds)]


class Grouping(NamedTuple):
    """One attribute's groups, the ties among their members, and what chance gives them, added block by block.

    ``code`` numbers the group of every actor, ``groups`` for those left out: no group, or ``alone`` in it. ``ei`` and
    ``modularity`` hold an array a block for each kind of ``each``.
    """

    attribute: str
    groups: int
    alone: int
    code: np.ndarray
    each: list[Ties]
    ei: list[list[np.ndarray]]
    modularity: list[list[np.ndarray]]

    def labels(self, block: np.ndarray) -> np.ndarray:
        """Give the groups of the members when actors exchange places: one column, one permutation."""
        found = self.code[block]
        if not (self.code == self.groups).any():
            return found
        columns = found.T
        return np.ascontiguousarray(columns[columns < self.groups].reshape(len(columns), -1).T)


def grouping_of(networks: dict[str | None, Network], attribute: str) -> Grouping:
    """Number the groups of an attribute, and the ties among the members of groups of two or more."""
    whole = next(iter(networks.values()))
    code, groups = codes_of(whole.values(attribute))
    sizes = np.bincount(code[code >= 0], minlength=len(groups))
    shared = np.flatnonzero(sizes > 1)
    renumbered = np.full(len(groups) + 1, len(shared))
    renumbered[shared] = np.arange(len(shared))
    code = renumbered[code].astype(np.min_scalar_type(len(shared)))
    kept = np.flatnonzero(code < len(shared))
    each = [Ties(kind, *network.ties[kept][:, kept].nonzero()) for kind, network in networks.items()]
    nulls = ([[] for _ in each], [[] for _ in each])
    return Grouping(attribute, len(shared), int((sizes == 1).sum()), code, each, *nulls)


def add_null(grouping: Grouping, block: np.ndarray) -> None:
    """Add what E-I and modularity are when actors exchange places; modularity as long as it does not take too long."""
    labels = grouping.labels(block)
    known = next((sum(map(len, one)) for one in grouping.modularity if one), 0)
    few = labels[:, : max(0, MODULARITY_CELLS // len(labels) - known)]
    for place, (ties, expected) in enumerate(
        zip(grouping.each, by_chance(grouping.each, few, grouping.groups), strict=True)
    ):
        if total := len(ties.tails):
            within = inside(labels, ties.tails, ties.heads)
            grouping.ei[place].append(ei_index(within, total))
            grouping.modularity[place].append(within[: few.shape[1]] / total - expected)


def rows_of(grouping: Grouping) -> list[dict]:
    """Make the rows of one attribute, one for each kind."""
    labels = grouping.code[grouping.code < grouping.groups]
    shared = {"attribute": grouping.attribute, "actors": len(labels), "groups": grouping.groups}
    expected = by_chance(grouping.each, labels[:, None], grouping.groups)[:, 0]
    found = [observed(one, labels, grouping.groups, share) for one, share in zip(grouping.each, expected, strict=True)]
    return [
        shared | {"alone": grouping.alone, "kind": ties.kind} | seen | against(seen, *map(joined, nulls))
        for ties, seen, *nulls in zip(grouping.each, found, grouping.ei, grouping.modularity, strict=True)
    ]


def joined(blocks: list[np.ndarray]) -> np.ndarray:
    """Put the blocks of a null together."""
    return np.concatenate(blocks) if blocks else np.empty(0)


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
        "null_mean": np.nan if reason else chance_ei_index(labels),
        "reason": reason,
    }


def chance_ei_index(labels: np.ndarray) -> float:
    """Give the E-I to expect when labels are dealt out anew, exactly: a tie joins any two members alike.

    Examples
    --------
    >>> round(chance_ei_index(np.array([0, 0, 1, 1])), 3)  # two of six pairs are inside
    0.333
    """
    sizes = np.bincount(labels)
    return float(1 - 2 * (sizes * (sizes - 1)).sum() / (len(labels) * (len(labels) - 1)))


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


def against(seen: dict, ei_null: np.ndarray, modularity_null: np.ndarray) -> dict:
    """Set what is seen against what chance gives."""
    if seen["reason"] or not len(ei_null):
        return {"reading": None}
    _, sd = spread(ei_null)
    low = float((ei_null <= seen["ei_index"] + 1e-12).mean())
    high = float((ei_null >= seen["ei_index"] - 1e-12).mean())
    return {
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
