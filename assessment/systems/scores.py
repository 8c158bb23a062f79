"""Scores on the map: a campaign's released scores joined to the actors of their units, and read along the ties."""

from collections.abc import Collection

import networkx as nx
import numpy as np
import pandas as pd

from assessment.systems.network import Network, actor_network
from assessment.systems.permutations import PERMUTATIONS, SEED
from assessment.systems.positions import closeness, core
from assessment.systems.tables import table

COLUMNS = ("id", "by", "group", "dimension", "perspective", "score", "suppressed", "reason")
"""Columns of the table of actors' scores."""

ALONG_COLUMNS = (
    "dimension",
    "perspective",
    "actors",
    "ties",
    "assortativity",
    "null_mean",
    "null_sd",
    "p_value",
    "mean_difference",
    "edge_correlation",
    "permutations",
    "seed",
    "reason",
)
"""Columns of the table of scores along the ties."""

TIE_COLUMNS = ("source", "target", "dimension", "perspective", "score", "other_score", "difference")
"""Columns of the table of differences across ties."""


def join_scores(graph: nx.MultiDiGraph, released: pd.DataFrame) -> pd.DataFrame:
    """Give each actor the score of its unit, or its role, where one was released.

    Parameters
    ----------
    graph
        A systems map; actors carry ``unit`` and ``role``.
    released
        *Released* scores (``release()``): one row is one dimension under one perspective in one group, with ``by,
        group, dimension, perspective, score`` (or ``tension``) and ``suppressed``.

    Returns
    -------
    pandas.DataFrame
        One row is one actor, dimension and perspective, for actors whose unit (else whose role) has a row: `COLUMNS`.
        An actor's unit comes before its role. A hidden group's score stays hidden: NaN with its ``reason``.

    Notes
    -----
    **Missing answers**: actors of no known group have no row.

    The score is the group's: several actors of a unit have the same.

    Raises
    ------
    ValueError
        When the table has no column ``suppressed``: it has not been released; or when it holds several waves.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", type="actor", unit="works")
    >>> released = pd.DataFrame([{"by": "unit", "group": "works", "dimension": "d", "perspective": "reality",
    ...     "score": 40.0, "suppressed": False, "reason": None}])
    >>> join_scores(graph, released)[["id", "score"]].values.tolist()
    [['a', 40.0]]
    """
    if "suppressed" not in released:
        raise ValueError("scores must be released first")
    if "wave" in released and released["wave"].nunique() > 1:
        raise ValueError("scores of one wave at a time")
    value = "score" if "score" in released else "tension"
    of: dict[tuple, list] = {}
    for row in released[released["by"].isin(["unit", "role"])].to_dict("records"):
        of.setdefault((row["by"], row["group"]), []).append(row)
    network = actor_network(graph)
    rows = []
    for node, data in zip(network.nodes, network.data, strict=True):
        key = next((one for one in (("unit", data.get("unit")), ("role", data.get("role"))) if one in of), None)
        for row in of.get(key, ()):
            hidden = bool(row["suppressed"])
            rows.append({**row, "id": node, "score": np.nan if hidden else row[value], "suppressed": hidden})
    return table(rows, COLUMNS, score=float, suppressed=bool)


def score_along(
    graph: nx.MultiDiGraph,
    released: pd.DataFrame,
    kinds: Collection[str] | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Learn whether those who are tied have alike scores, and whether low scores sit at the edge.

    Parameters
    ----------
    graph
        A systems map.
    released
        Released scores, as for `join_scores`.
    kinds
        Kinds of relations; None = every kind but ``causes``.
    permutations
        How often the groups' scores are dealt out anew among the groups.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row is one dimension under one perspective: `ALONG_COLUMNS`. ``assortativity`` (−1–1) is the correlation of
        the scores at both ends of ties between *different* groups, in either direction; ``null_mean``, ``null_sd`` the
        same with scores dealt out anew among the groups; ``p_value`` the share of those at least the observed.
        ``mean_difference`` is the mean distance of scores across these ties; ``edge_correlation`` the rank correlation
        of actors' scores with closeness, above 0 where low scores sit at the edge.

    Notes
    -----
    **Missing answers**: actors without a released score, and their ties, are left out. Ties within a group would
    always agree (one score a group), so they do not count. Fewer than three groups, no tie between groups, or scores
    all alike: NaN, with ``reason`` ``"too_few_groups"``, ``"no_ties"``, ``"no_variance"``.

    References
    ----------
    Newman 2003, Physical Review E 67, 026126 (numeric assortativity).

    Examples
    --------
    >>> score_along(nx.MultiDiGraph(), pd.DataFrame(columns=["by", "group", "score", "suppressed"])).empty
    True
    """
    joined = join_scores(graph, released).dropna(subset="score")
    network = actor_network(graph, kinds)
    rows = [
        {"dimension": key[0], "perspective": key[1], "permutations": permutations, "seed": seed}
        | along(network, part, permutations, seed)
        for key, part in joined.groupby(["dimension", "perspective"], sort=False)
    ]
    whole = dict.fromkeys(("actors", "ties", "permutations", "seed"), int)
    return table(rows, ALONG_COLUMNS, **whole, **dict.fromkeys(ALONG_COLUMNS[4:10], float))


def along(network: Network, scored: pd.DataFrame, permutations: int, seed: int) -> dict:
    """Read one dimension along the ties between groups."""
    kept = network.without(set(network.nodes) - set(scored["id"]))
    of = scored.set_index("id").loc[kept.nodes]
    group, _ = pd.factorize(pd.Series(list(zip(of["by"], of["group"], strict=True))))
    values = of["score"].groupby(group).first().to_numpy()
    tails, heads = (kept.ties + kept.ties.T).nonzero()
    apart = group[tails] != group[heads]
    tails, heads = group[tails[apart]], group[heads[apart]]
    found = {"actors": len(kept.nodes), "ties": len(tails) // 2}
    if len(values) < 3 or not len(tails) or np.ptp(values) == 0:
        reason = "too_few_groups" if len(values) < 3 else "no_ties" if not len(tails) else "no_variance"
        return found | {"reason": reason}
    random = np.random.default_rng(seed)
    dealt = random.permuted(np.tile(values, (permutations, 1)), axis=1)
    observed = correlation(values[None, tails], values[None, heads])[0]
    parts = np.array_split(dealt, blocks(dealt, tails))
    null = np.concatenate([correlation(part[:, tails], part[:, heads]) for part in parts])
    null = null[~np.isnan(null)]
    return found | {
        "assortativity": observed,
        "null_mean": null.mean() if len(null) else np.nan,
        "null_sd": null.std(ddof=1) if len(null) > 1 else np.nan,
        "p_value": (null >= observed - 1e-12).mean() if len(null) and not np.isnan(observed) else np.nan,
        "mean_difference": np.abs(values[tails] - values[heads]).mean(),
        "edge_correlation": edge_correlation(kept, values[group]),
        "reason": None if not np.isnan(observed) else "no_variance",
    }


def blocks(dealt: np.ndarray, tails: np.ndarray) -> int:
    """Say into how many parts permutations are cut."""
    return max(1, dealt.shape[0] * len(tails) // 10_000_000)


def correlation(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Give the correlation of two arrays along their rows; NaN where one does not vary."""
    one, other = one - one.mean(axis=1, keepdims=True), other - other.mean(axis=1, keepdims=True)
    scale = np.sqrt((one**2).sum(axis=1) * (other**2).sum(axis=1))
    return np.divide((one * other).sum(axis=1), scale, out=np.full(len(one), np.nan), where=scale > 1e-12)


def edge_correlation(network: Network, scores: np.ndarray) -> float:
    """Give Spearman's correlation of scores with closeness on ties in either direction, those with no tie in core 0."""
    both = network.ties + network.ties.T
    near = closeness(both)
    inside = core(network.ties) > 0
    ranks = [pd.Series(values[inside]).rank().to_numpy()[None] for values in (scores, near)]
    return float(correlation(*ranks)[0]) if inside.sum() > 2 else np.nan


def compare_ends(graph: nx.MultiDiGraph, released: pd.DataFrame, kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn across which ties scores differ most.

    Parameters
    ----------
    graph
        A systems map.
    released
        Released scores (or tension), as for `join_scores`.
    kinds
        Kinds of relations; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one tie between actors of different groups and one dimension, the largest distance first:
        `TIE_COLUMNS`. ``difference`` is ``other_score`` − ``score``.

    Notes
    -----
    **Missing answers**: ties with an end whose score is hidden or wanting are left out.

    Examples
    --------
    >>> compare_ends(nx.MultiDiGraph(), pd.DataFrame(columns=["by", "group", "score", "suppressed"])).empty
    True
    """
    joined = join_scores(graph, released).dropna(subset="score")
    network = actor_network(graph, kinds)
    tails, heads = network.ties.nonzero()
    ties = pd.DataFrame({"source": [network.nodes[n] for n in tails], "target": [network.nodes[n] for n in heads]})
    keys = ["dimension", "perspective"]
    near = joined.rename(columns={"id": "source"}).merge(ties.astype(object), on="source")
    far = joined.rename(columns={"id": "target", "score": "other_score", "group": "other_group", "by": "other_by"})
    both = near.merge(far[["target", *keys, "other_score", "other_group", "other_by"]], on=["target", *keys])
    both = both[(both["group"] != both["other_group"]) | (both["by"] != both["other_by"])]
    both = both.assign(difference=both["other_score"] - both["score"])
    order = both["difference"].abs().sort_values(ascending=False, kind="stable").index
    return both.loc[order, list(TIE_COLUMNS)].reset_index(drop=True)
