"""Consensus: several participants' maps in one; what all share, where they contradict, what one alone sees."""

from collections.abc import Hashable
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd

from assessment.systems.model import is_causal, weight_of
from assessment.systems.tables import table

COLUMNS = (
    "source",
    "target",
    "kind",
    "frequency",
    "share",
    "positive",
    "negative",
    "unsigned",
    "conflict",
    "weight_mean",
    "weight_sd",
    "standing",
    "only_by",
)
"""Columns of the shared ties table."""

PAIR_COLUMNS = ("participant", "other_participant", "ties", "other_ties", "shared", "jaccard", "distance_ratio")
"""Columns of the table that compares participants two by two."""


def merge_maps(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn what participants share on a map they drew together or apart.

    Parameters
    ----------
    graph
        A systems map; ties carry ``participants``.

    Returns
    -------
    pandas.DataFrame
        One row is one tie of one kind from one node to another, the most frequent first: `COLUMNS`. ``frequency``
        counts the participants who drew it, ``share`` (0–1) of all who drew anything; ``positive``, ``negative``,
        ``unsigned`` count them by the sign they gave; ``conflict`` where there are both; ``standing`` is ``"all"``,
        ``"one"`` (``only_by`` names who), or ``"some"``.

    Notes
    -----
    **Missing answers**: ties nobody is named for are left out. With one participant everything is drawn by all and by
    one: ``standing`` is None.

    That few drew a tie does not make it wrong: one person may see what others do not.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", kind="causes", polarity="+", participants=["p1"])
    >>> _ = graph.add_edge("a", "b", kind="causes", polarity="-", participants=["p2"])
    >>> merge_maps(graph)[["frequency", "conflict", "standing"]].values.tolist()
    [[2, True, 'all']]
    """
    people = set()
    drawn: dict[tuple, dict[Hashable, list]] = {}
    for source, target, tie in graph.edges(data=True):
        for person in tie.get("participants") or ():
            people.add(person)
            drawn.setdefault((source, target, tie.get("kind")), {}).setdefault(person, []).append(tie)
    rows = [shared(key, by, len(people)) for key, by in drawn.items()]
    rows.sort(key=lambda row: -row["frequency"])
    whole = dict.fromkeys(("frequency", "positive", "negative", "unsigned"), int)
    return table(rows, COLUMNS, **whole, share=float, conflict=bool, weight_mean=float, weight_sd=float)


def shared(key: tuple, by: dict[Hashable, list], people: int) -> dict:
    """Make one row: who drew a tie, and with which sign."""
    signs = [{tie.get("polarity") for tie in ties} for ties in by.values()]
    positive, negative = (sum(sign in one for one in signs) for sign in "+-")
    weights = [np.mean([weight_of(tie) for tie in ties]) for ties in by.values()]
    standing = "all" if len(by) == people else "one" if len(by) == 1 else "some"
    return {
        "source": key[0],
        "target": key[1],
        "kind": key[2],
        "frequency": len(by),
        "share": len(by) / people,
        "positive": positive,
        "negative": negative,
        "unsigned": sum(not one & {"+", "-"} for one in signs),
        "conflict": bool(positive and negative),
        "weight_mean": np.mean(weights),
        "weight_sd": np.std(weights, ddof=1) if len(weights) > 1 else np.nan,
        "standing": standing if people > 1 else None,
        "only_by": next(iter(by)) if len(by) == 1 and people > 1 else None,
    }


def compare_participants(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn how alike the maps of participants are, two by two.

    Parameters
    ----------
    graph
        A systems map; ties carry ``participants``.

    Returns
    -------
    pandas.DataFrame
        One row is one pair of participants who drew something: `PAIR_COLUMNS`. ``jaccard`` (0–1): ties both drew over
        ties either drew, a causal link of another sign being another tie; ``distance_ratio`` (0–1, 0 = the same):
        differences of signed weights of causal links over the most they could be, among nodes both used.

    Notes
    -----
    **Missing answers**: a causal link without a sign is a tie of its own sort, and weighs nothing in
    ``distance_ratio``, which is NaN where both used no two nodes in common.

    With signed weights w between −1 and 1 and p nodes both used: Σ|w − w′|/(2·p·(p − 1)), the distance of Langfield-
    Smith & Wirth over its largest value (α = 0, γ = 0: no node links to itself, differences in what nodes were used
    do not count).

    References
    ----------
    Jaccard 1912; Langfield-Smith & Wirth 1992, J. Operational Research Society 43, 1135-1150; Markóczy & Goldberg 1995.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", kind="causes", polarity="+", participants=["p1", "p2"])
    >>> _ = graph.add_edge("b", "a", kind="causes", polarity="+", participants=["p2"])
    >>> compare_participants(graph)[["jaccard", "distance_ratio"]].values.tolist()
    [[0.5, 0.25]]
    """
    ties: dict[Hashable, set] = {}
    effects: dict[Hashable, dict[tuple, float]] = {}
    for source, target, tie in graph.edges(data=True):
        for person in tie.get("participants") or ():
            ties.setdefault(person, set()).add((source, target, tie.get("kind"), tie.get("polarity")))
            if is_causal(tie) and source != target:
                signed = {"+": 1, "-": -1}.get(tie.get("polarity"), 0) * weight_of(tie)
                effects.setdefault(person, {})[source, target] = signed
    rows = (
        {
            "participant": one,
            "other_participant": other,
            "ties": len(ties[one]),
            "other_ties": len(ties[other]),
            "shared": len(ties[one] & ties[other]),
            "jaccard": len(ties[one] & ties[other]) / len(ties[one] | ties[other]),
            "distance_ratio": distance_ratio(effects.get(one, {}), effects.get(other, {})),
        }
        for one, other in combinations(sorted(ties, key=str), 2)
    )
    return table(rows, PAIR_COLUMNS, ties=int, other_ties=int, shared=int, jaccard=float, distance_ratio=float)


def distance_ratio(one: dict[tuple, float], other: dict[tuple, float]) -> float:
    """Give the distance between two causal maps over the largest it could be, among nodes both used."""
    both = {node for pair in one for node in pair} & {node for pair in other for node in pair}
    if len(both) < 2:
        return np.nan
    pairs = {pair for pair in (*one, *other) if set(pair) <= both}
    return sum(abs(one.get(pair, 0) - other.get(pair, 0)) for pair in pairs) / (2 * len(both) * (len(both) - 1))
