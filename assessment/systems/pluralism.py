"""Pluralism: who is on the map and who is not, who speaks to whom, how closely people work together."""

from collections.abc import Collection, Mapping, Sequence

import networkx as nx
import numpy as np
import pandas as pd

from assessment.systems.loops import REINFORCING, find_loops
from assessment.systems.model import COLLABORATION, ROLES
from assessment.systems.network import Relations, actor_network, codes_of, relations_of
from assessment.systems.tables import table

CIRCLE = ("involvement", "understanding", "interest")
"""Lorino's circle, in its order; what an element's attribute ``tag`` may say."""

WORDS = {
    "involvement": ("involvement", "implication", "engagement"),
    "understanding": ("understanding", "compréhension", "comprehension", "culture"),
    "interest": ("interest", "intérêt", "interet"),
}
"""First words by which an element is taken for a stage of the circle where nothing is tagged."""

ROLE_COLUMNS = ("role", "parent", "actors", "share", "participants")
"""Columns of the roles table."""

SPOKEN_COLUMNS = ("role", "other_role", "ties", "pairs", "density")
"""Columns of the table of who speaks to whom."""

SPECTRUM_COLUMNS = ("kind", "step", "ties", "share", "across_roles", "across_units")
"""Columns of the table of the collaboration spectrum."""

LEVEL_COLUMNS = ("rank", "actors", "ties_within", "ties_to_others", "levels_tied")
"""Columns of the table of hierarchical levels."""

CIRCLE_COLUMNS = ("drawn", "found_by", "involvement", "understanding", "interest", "nodes", "reason")
"""Columns of the table of Lorino's circle."""


def main_role(role: str | None) -> str | None:
    """Give the role a sub-role belongs to.

    Examples
    --------
    >>> main_role("association"), main_role("elected"), main_role(None)
    ('citizen', 'elected', None)
    """
    return ROLES.get(role) or role


def score_roles(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn which roles are on the map, and which took part in drawing it.

    Parameters
    ----------
    graph
        A systems map.

    Returns
    -------
    pandas.DataFrame
        One row is one role or sub-role: the known ones first, present or not, then people's own words, then actors
        without a role (``role`` None) where there are any: `ROLE_COLUMNS`. A role does not count its sub-roles.

    Notes
    -----
    **Missing answers**: actors without a role are told apart.

    An absent role is a question (who was not invited?), not a score.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", type="actor", role="elected")
    >>> score_roles(graph).head(2)[["role", "actors"]].values.tolist()
    [['elected', 1], ['executive', 0]]
    """
    roles = actor_network(graph).values("role")
    drew = [one.get("role") or None for one in graph.graph.get("participants") or ()]
    own = sorted({role for role in (*roles, *drew) if role is not None and role not in ROLES}, key=str)
    names = [*ROLES, *own, *([None] if None in roles else [])]
    rows = (
        {
            "role": role,
            "parent": ROLES.get(role),
            "actors": roles.count(role),
            "share": roles.count(role) / len(roles) if roles else np.nan,
            "participants": drew.count(role),
        }
        for role in names
    )
    return table(rows, ROLE_COLUMNS, actors=int, share=float, participants=int)


def score_spoken(graph: nx.MultiDiGraph, kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn who speaks to whom across roles: elected, agents, citizens.

    Parameters
    ----------
    graph
        A systems map.
    kinds
        Kinds of relations; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one ordered pair of main roles on the map: `SPOKEN_COLUMNS`. ``density`` is ties over pairs of
        actors.

    Notes
    -----
    **Missing answers**: actors without a role are left out. One actor alone has no pair with itself: NaN.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", type="actor", role="elected")
    >>> graph.add_node("b", type="actor", role="user")
    >>> _ = graph.add_edge("a", "b", kind="informs")
    >>> score_spoken(graph)[["role", "other_role", "ties"]].values.tolist()
    [['citizen', 'citizen', 0], ['citizen', 'elected', 0], ['elected', 'citizen', 1], ['elected', 'elected', 0]]
    """
    network = actor_network(graph, kinds)
    code, roles = codes_of([main_role(role) for role in network.values("role")])
    counts = between(network.ties.nonzero(), code, len(roles))
    sizes = np.bincount(code[code >= 0], minlength=len(roles))
    pairs = np.outer(sizes, sizes) - np.diag(sizes)
    rows = (
        {
            "role": one,
            "other_role": other,
            "ties": counts[i, j],
            "pairs": pairs[i, j],
            "density": counts[i, j] / pairs[i, j] if pairs[i, j] else np.nan,
        }
        for i, one in enumerate(roles)
        for j, other in enumerate(roles)
    )
    return table(rows, SPOKEN_COLUMNS, ties=int, pairs=int, density=float)


def between(ends: Sequence[np.ndarray], code: np.ndarray, groups: int) -> np.ndarray:
    """Count ties by the groups of their ends, those of unknown groups left out."""
    tails, heads = (code[one] for one in ends)
    known = (tails >= 0) & (heads >= 0)
    return np.bincount(tails[known] * groups + heads[known], minlength=groups**2).reshape(groups, groups)


def score_spectrum(graph: nx.MultiDiGraph) -> pd.DataFrame:
    """Learn how closely people work together: the share of ties at each step of collaboration.

    Parameters
    ----------
    graph
        A systems map.

    Returns
    -------
    pandas.DataFrame
        One row is one kind of relation: the steps of collaboration, from the loosest (``step`` 1) to the closest, drawn
        or not, then other kinds on the map (``step`` NaN): `SPECTRUM_COLUMNS`. ``share`` is of the ties on the
        spectrum; ``across_roles`` and ``across_units`` are shares of the kind's ties whose ends differ.

    Notes
    -----
    **Missing answers**: a tie with an end of unknown role (unit) is left out of ``across_roles`` (``across_units``), a
    tie to oneself altogether.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from("ab", type="actor")
    >>> _ = graph.add_edge("a", "b", kind="informs")
    >>> score_spectrum(graph)[["kind", "ties", "share"]].values.tolist()[0]
    ['informs', 1, 1.0]
    """
    relations = relations_of(graph)
    drawn = kinds_drawn(relations)
    total = sum(int(drawn[kind].sum()) for kind in COLLABORATION)
    roles = across(relations, [main_role(one) for one in relations.values("role")])
    units = across(relations, relations.values("unit"))
    rows = (
        {
            "kind": kind,
            "step": COLLABORATION.index(kind) + 1 if kind in COLLABORATION else np.nan,
            "ties": int(here.sum()),
            "share": here.sum() / total if total and kind in COLLABORATION else np.nan,
            "across_roles": mean_known(roles[here]),
            "across_units": mean_known(units[here]),
        }
        for kind, here in drawn.items()
    )
    return table(rows, SPECTRUM_COLUMNS, step=float, ties=int, **dict.fromkeys(SPECTRUM_COLUMNS[3:], float))


def kinds_drawn(relations: Relations) -> dict[str, np.ndarray]:
    """Say of each kind which ties are of it: the steps of collaboration first, drawn or not, then the others."""
    drawn = relations.kinds()
    kinds = dict.fromkeys((*COLLABORATION, *drawn))
    return {kind: np.array([one == kind for one in drawn], bool) for kind in kinds}


def across(relations: Relations, values: Sequence) -> np.ndarray:
    """Say of each tie whether its ends differ (1 or 0); NaN where one of them is not known."""
    code, _ = codes_of(values)
    one, other = code[relations.tails], code[relations.heads]
    return np.where((one < 0) | (other < 0), np.nan, one != other)


def mean_known(values: np.ndarray) -> float:
    """Give the mean of the numbers there are; NaN where there is none."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else np.nan


def score_levels(graph: nx.MultiDiGraph, kinds: Collection[str] | None = None) -> pd.DataFrame:
    """Learn which hierarchical levels are on the map and tied to another.

    Parameters
    ----------
    graph
        A systems map; actors carry ``rank``.
    kinds
        Kinds of relations; None = every kind but ``causes``.

    Returns
    -------
    pandas.DataFrame
        One row is one rank, in natural order: `LEVEL_COLUMNS`. Directed ties among its actors, and with other levels in
        either direction; ``levels_tied`` counts those.

    Notes
    -----
    **Missing answers**: actors without a rank are left out.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("a", {"rank": 1}), ("b", {"rank": 2}), ("c", {"rank": 3})], type="actor")
    >>> _ = graph.add_edge("a", "b", kind="informs")
    >>> score_levels(graph)["levels_tied"].tolist()
    [1, 1, 0]
    """
    network = actor_network(graph, kinds)
    code, ranks = codes_of(network.values("rank"))
    counts = between(network.ties.nonzero(), code, len(ranks))
    both = counts + counts.T
    rows = (
        {
            "rank": rank,
            "actors": int((code == place).sum()),
            "ties_within": counts[place, place],
            "ties_to_others": both[place].sum() - both[place, place],
            "levels_tied": (both[place] > 0).sum() - (both[place, place] > 0),
        }
        for place, rank in enumerate(ranks)
    )
    return table(rows, LEVEL_COLUMNS, **dict.fromkeys(LEVEL_COLUMNS[1:], int))


def find_circle(graph: nx.MultiDiGraph, loops: pd.DataFrame | None = None) -> pd.DataFrame:
    """Learn whether participants drew Lorino's circle: involvement, understanding, interest, and again.

    Parameters
    ----------
    graph
        A systems map; elements carry ``tag``, one of `CIRCLE`. Where none does, those whose label begins with one of
        `WORDS` are taken.
    loops
        The loops table, where it is known already.

    Returns
    -------
    pandas.DataFrame
        One row: `CIRCLE_COLUMNS`. ``drawn`` when a reinforcing loop passes through all three in this order, and
        ``nodes`` is the first such loop; else ``reason`` is ``"stage_missing"`` or ``"no_reinforcing_loop"``;
        ``found_by`` is ``"tag"`` or ``"label"``; each stage lists the elements taken for it.

    Notes
    -----
    **Missing answers**: loops of unknown sign do not count.

    Participants describe a circle which, as drawn, can rise or fall: that is all it says.

    References
    ----------
    Lorino 2020, on pluralist governance.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> for stage in CIRCLE:
    ...     graph.add_node(stage, type="variable", tag=stage)
    >>> for source, target in zip(CIRCLE, (*CIRCLE[1:], CIRCLE[0])):
    ...     _ = graph.add_edge(source, target, kind="causes", polarity="+")
    >>> bool(find_circle(graph)["drawn"].iloc[0])
    True
    """
    stages, found_by = stages_of(graph)
    row = {stage: tuple(stages[stage]) for stage in CIRCLE} | {"found_by": found_by, "drawn": False}
    if not all(stages.values()):
        return table([row | {"reason": "stage_missing"}], CIRCLE_COLUMNS, drawn=bool)
    loops = find_loops(graph) if loops is None else loops
    paths = loops.loc[loops["kind"] == REINFORCING, "nodes"]
    path = next((path for path in paths if in_order(path, stages)), None)
    row |= {"drawn": path is not None, "nodes": path, "reason": None if path else "no_reinforcing_loop"}
    return table([row], CIRCLE_COLUMNS, drawn=bool)


def stages_of(graph: nx.MultiDiGraph) -> tuple[dict[str, list], str]:
    """List the elements taken for each stage, by their tags or, where there are none, by their labels."""
    tagged = {stage: [node for node, data in graph.nodes(data=True) if data.get("tag") == stage] for stage in CIRCLE}
    if any(tagged.values()):
        return tagged, "tag"
    first = {node: str(data.get("label", node)).lower().split()[:1] for node, data in graph.nodes(data=True)}
    named = {stage: [node for node, word in first.items() if word and word[0] in WORDS[stage]] for stage in CIRCLE}
    return named, "label"


def in_order(path: Sequence, stages: Mapping[str, Sequence]) -> bool:
    """Say whether a loop passes through a node of each stage in the circle's order, wherever it begins.

    Examples
    --------
    >>> in_order("uxiv", {"involvement": "v", "understanding": "u", "interest": "i"})
    True
    """
    met = [stage for node in path for stage in CIRCLE if node in stages[stage]]
    distinct = [stage for place, stage in enumerate(met) if stage != met[place - 1] or len(met) == 1]
    turns = [tuple(distinct[place:] + distinct[:place]) for place in range(len(distinct))]
    return any(turn[:3] == CIRCLE for turn in turns)
