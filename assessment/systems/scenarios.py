"""Scenarios: what a causal map says would follow if something were held or pushed (fuzzy cognitive maps)."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd
from scipy.special import expit

from assessment.systems.causes import SIGNS, causal_links, causal_nodes, effects_matrix
from assessment.systems.model import is_causal, weight_of
from assessment.systems.tables import table

FUNCTIONS: dict[str, Callable[[np.ndarray, float], np.ndarray]] = {
    "sigmoid": lambda x, slope: expit(slope * x),
    "tanh": lambda x, slope: np.tanh(slope * x),
    "bivalent": lambda x, slope: (x > 0).astype(float),
}
"""What keeps a state within bounds: 0–1, −1–1, 0 or 1."""

RULES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "kosko": lambda state, acted: acted,
    "modified_kosko": lambda state, acted: state + acted,
    "rescaled": lambda state, acted: 2 * state - 1 + acted,
}
"""What a state is made of: what acts on it; its past too; the same around the middle, so that 0.5 means "not known"."""

TOLERANCE = 0.001
"""Largest change of a state that counts as none."""

STEPS = 500
DRAWS = 500
SEED = 20_260_102
AT_ONCE = 20_000_000

TRAJECTORY_COLUMNS = ("step", "id", "value")
"""Columns of a trajectory."""

COLUMNS = (
    "id",
    "label",
    "baseline",
    "scenario",
    "difference",
    "ci_low",
    "ci_high",
    "share_same_sign",
    "draws",
    "baseline_outcome",
    "scenario_outcome",
    "period",
    "reason",
)
"""Columns of the comparison of a scenario with the baseline."""


class Run(NamedTuple):
    """A simulation: states (steps × concepts), and how it ended.

    ``outcome`` is ``"steady"``, ``"cycle"`` (of ``period`` steps) or ``"chaos"``: no pattern within the steps allowed.
    """

    states: np.ndarray
    outcome: str
    period: int

    @property
    def end(self) -> np.ndarray:
        """Give the last state, of a cycle the mean over one turn."""
        return self.states[-max(1, self.period) :].mean(axis=0)


class Dynamics(NamedTuple):
    """How a state follows from the one before."""

    rule: str = "modified_kosko"
    function: str = "sigmoid"
    slope: float = 1.0
    tolerance: float = TOLERANCE
    steps: int = STEPS

    def next(self, state: np.ndarray, matrix: np.ndarray, push: np.ndarray, held: np.ndarray) -> np.ndarray:
        """Give the next state; ``held`` is NaN where nothing is held. Leading axes of state and matrix go together."""
        seen = 2 * state - 1 if self.rule == "rescaled" else state
        acted = np.matmul(seen[..., None, :], matrix)[..., 0, :]
        found = FUNCTIONS[self.function](RULES[self.rule](state, acted) + push, self.slope)
        return np.where(np.isnan(held), found, held)


def simulate(
    matrix: np.ndarray,
    start: np.ndarray,
    dynamics: Dynamics = Dynamics(),  # noqa: B008
    push: np.ndarray | None = None,
    held: np.ndarray | None = None,
) -> Run:
    """Learn where a causal map settles.

    Parameters
    ----------
    matrix : ndarray, shape (n, n)
        Signed weights −1–1: row acts on column.
    start : ndarray, shape (n,)
        The first state.
    dynamics
        Rule, function, slope, tolerance, most steps.
    push : ndarray, shape (n,)
        Added to what acts on each concept, at every step.
    held : ndarray, shape (n,)
        Values concepts are held at; NaN = free.

    Notes
    -----
    Missing answers: none.

    States are no predictions: 0.7 is not 70 % of anything. Only the order and the direction of differences between two
    runs of the same map may be read, and only as what the map implies.

    References
    ----------
    Kosko 1986, Int. J. Man-Machine Studies 24, 65-75; Stylios & Groumpos 2004 (modified); Papageorgiou 2011 (rescaled).

    Examples
    --------
    >>> run = simulate(np.array([[0, 1.0], [0, 0]]), np.array([1.0, 0]), Dynamics("kosko", "bivalent"))
    >>> run.states.tolist(), run.outcome
    ([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0], [0.0, 0.0]], 'steady')
    """
    nothing = np.zeros(len(start))
    push = nothing if push is None else push
    held = np.full(len(start), np.nan) if held is None else held
    states = [np.where(np.isnan(held), np.asarray(start, float), held)]
    for _ in range(dynamics.steps):
        states.append(dynamics.next(states[-1], matrix, push, held))
        if np.abs(states[-1] - states[-2]).max(initial=0) <= dynamics.tolerance:
            return Run(np.array(states), "steady", 1)
    found = np.array(states)
    period = period_of(found, dynamics.tolerance)
    return Run(found, "cycle" if period else "chaos", period)


def period_of(states: np.ndarray, tolerance: float) -> int:
    """Find the shortest turn the last states repeat three times, 0 where there is none."""
    for period in range(2, len(states) // 4):
        last = states[-3 * period :]
        if np.abs(last[period:] - last[:-period]).max() <= tolerance:
            return period
    return 0


def at_rest(nodes: list, values: Mapping[Any, float] | None, empty: float) -> np.ndarray:
    """Lay values by node out as an array."""
    values = values or {}
    return np.array([values.get(node, empty) for node in nodes], dtype=float)


def simulate_map(
    graph: nx.MultiDiGraph,
    start: Mapping[Any, float] | None = None,
    hold: Mapping[Any, float] | None = None,
    push: Mapping[Any, float] | None = None,
    dynamics: Dynamics = Dynamics(),  # noqa: B008
) -> pd.DataFrame:
    """Follow the state of each concept of a map, step by step.

    Parameters
    ----------
    graph
        A systems map; its causal links act with their weight, signed.
    start
        First values by id, the others 0.5 (0 with tanh).
    hold
        Values concepts are held at.
    push
        What is added to what acts on a concept, at each step, −1–1.
    dynamics
        Rule, function, slope, tolerance, most steps.

    Returns
    -------
    pandas.DataFrame
        One row is one concept at one step, from 0: `TRAJECTORY_COLUMNS`.

    Notes
    -----
    **Missing answers**: a link without a sign does not act; of links several people drew the mean acts.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("effort", "result", kind="causes", polarity="+")
    >>> simulate_map(graph, hold={"effort": 1}).tail(2)["value"].round(2).tolist()
    [1.0, 0.87]
    """
    nodes, matrix = concepts(graph)
    run = simulate(matrix, *given(nodes, start, hold, push, dynamics))
    steps, size = run.states.shape
    return pd.DataFrame(
        {
            "step": np.repeat(np.arange(steps), size),
            "id": pd.Series(nodes * steps, dtype=object),
            "value": run.states.ravel(),
        },
        columns=list(TRAJECTORY_COLUMNS),
    )


def concepts(graph: nx.MultiDiGraph) -> tuple[list, np.ndarray]:
    """Give the concepts of a map and the matrix of their signed weights."""
    links = causal_links(graph)
    nodes = causal_nodes(graph, links)
    return nodes, effects_matrix(nodes, links)


def given(nodes, start, hold, push, dynamics) -> tuple:
    """Lay out what a simulation is given: start, dynamics, push, held."""
    middle = 0.0 if dynamics.function == "tanh" else 0.5
    return at_rest(nodes, start, middle), dynamics, at_rest(nodes, push, 0), at_rest(nodes, hold, np.nan)


def compare_scenario(
    graph: nx.MultiDiGraph,
    hold: Mapping[Any, float] | None = None,
    push: Mapping[Any, float] | None = None,
    dynamics: Dynamics = Dynamics(),  # noqa: B008
    draws: int = DRAWS,
    seed: int = SEED,
) -> pd.DataFrame:
    """Learn what a map says would change if something were held or pushed.

    Parameters
    ----------
    graph
        A systems map.
    hold
        Values concepts are held at.
    push
        What is added to what acts on a concept, at each step.
    dynamics
        Rule, function, slope, tolerance, most steps.
    draws
        How often participants are drawn anew.
    seed
        Draws them.

    Returns
    -------
    pandas.DataFrame
        One row is one concept: `COLUMNS`. ``baseline`` and ``scenario`` are the states both runs settle in, the
        scenario starting from the baseline's end; of a cycle the mean of a turn. ``ci_low``, ``ci_high``: 95 % of the
        differences when the participants are drawn anew with replacement and only what the drawn ones drew acts;
        ``share_same_sign`` of them have the sign of ``difference``. ``reason`` is ``"no_pattern"`` where a run did not
        settle, ``"one_participant"`` where fewer than two people drew links.

    Notes
    -----
    **Missing answers**: a link without a sign does not act; ties nobody is named for are in every draw.

    The interval carries what participants disagree on, nothing else: not whether the map is right.

    Examples
    --------
    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("effort", "result", kind="causes", polarity="+")
    >>> compare_scenario(graph, hold={"effort": 1}).round(2)[["id", "difference"]].values.tolist()
    [['effort', 0.34], ['result', 0.05]]
    """
    nodes, matrix = concepts(graph)
    first = given(nodes, None, None, None, dynamics)[0]
    pushed, held = at_rest(nodes, push, 0), at_rest(nodes, hold, np.nan)
    baseline = simulate(matrix, first, dynamics)
    scenario = simulate(matrix, baseline.end, dynamics, pushed, held)
    difference = scenario.end - baseline.end
    chaos = "chaos" in (baseline.outcome, scenario.outcome)
    drawn = redrawn(graph, nodes, draws, seed)
    spread = np.full((3, len(nodes)), np.nan)
    if drawn is not None and len(nodes):
        many = differences(drawn, first, dynamics, pushed, held)
        spread[:2] = np.quantile(many, (0.025, 0.975), axis=0)
        spread[2] = (np.sign(many.round(9)) == np.sign(difference.round(9))).mean(axis=0)
    rows = [
        {
            "id": node,
            "label": graph.nodes[node].get("label", node),
            "baseline": baseline.end[place],
            "scenario": scenario.end[place],
            "difference": difference[place],
            "ci_low": spread[0, place],
            "ci_high": spread[1, place],
            "share_same_sign": spread[2, place],
            "draws": 0 if drawn is None else draws,
            "baseline_outcome": baseline.outcome,
            "scenario_outcome": scenario.outcome,
            "period": scenario.period,
            "reason": "no_pattern" if chaos else "one_participant" if drawn is None else None,
        }
        for place, node in enumerate(nodes)
    ]
    return table(rows, COLUMNS, draws=int, period=int, **dict.fromkeys(COLUMNS[2:8], float))


class Drawn(NamedTuple):
    """Matrices of signed weights, one a draw, made when they are needed: a map of many concepts has many."""

    size: int
    draws: int
    cells: np.ndarray
    signed: np.ndarray
    counted: np.ndarray

    def matrices(self, first: int, last: int) -> np.ndarray:
        """Give the matrices of some draws."""
        found = np.zeros((last - first, self.size * self.size))
        with np.errstate(invalid="ignore", divide="ignore"):
            effect = np.nan_to_num(self.signed[first:last] / self.counted[first:last])
        found[:, self.cells] = effect
        return found.reshape(-1, self.size, self.size)


def redrawn(graph: nx.MultiDiGraph, nodes: list, draws: int, seed: int) -> Drawn | None:
    """Draw participants with replacement: each brings the links they drew; None where fewer than two drew any."""
    place = {node: number for number, node in enumerate(nodes)}
    ties = [
        (place[source] * len(nodes) + place[target], SIGNS[tie["polarity"]] * weight_of(tie), tie.get("participants"))
        for source, target, tie in graph.edges(data=True)
        if is_causal(tie) and tie.get("polarity") in SIGNS
    ]
    people = sorted({one for _, _, drew in ties for one in drew or ()}, key=str)
    if len(people) < 2 or not draws:
        return None
    who = {one: number for number, one in enumerate(people)}
    cells = sorted({cell for cell, _, _ in ties})
    column = {cell: number for number, cell in enumerate(cells)}
    brought = np.zeros((2, len(people) + 1, len(cells)))
    for cell, signed, drew in ties:
        for row in [who[one] for one in drew] if drew else [len(people)]:
            brought[:, row, column[cell]] += (signed, 1)
    random = np.random.default_rng(seed)
    counts = random.multinomial(len(people), [1 / len(people)] * len(people), size=draws)
    weights = np.hstack([counts, np.ones((draws, 1))])
    return Drawn(len(nodes), draws, np.array(cells), weights @ brought[0], weights @ brought[1])


def differences(drawn: Drawn, start: np.ndarray, dynamics: Dynamics, push: np.ndarray, held: np.ndarray) -> np.ndarray:
    """Give the difference a scenario makes in each draw, many draws at a time."""
    width = max(1, AT_ONCE // max(1, drawn.size**2))
    found = []
    for first in range(0, drawn.draws, width):
        matrices = drawn.matrices(first, min(drawn.draws, first + width))
        state = np.tile(start, (len(matrices), 1))
        free = np.full(len(start), np.nan)
        before = settled(state, matrices, dynamics, np.zeros(len(start)), free)
        after = settled(np.where(np.isnan(held), before, held), matrices, dynamics, push, held)
        found.append(after - before)
    return np.concatenate(found)


def settled(
    state: np.ndarray, matrices: np.ndarray, dynamics: Dynamics, push: np.ndarray, held: np.ndarray
) -> np.ndarray:
    """Run many maps until all are still; the mean of the last half where some never are."""
    total, counted = np.zeros_like(state), 0
    for step in range(dynamics.steps):
        following = dynamics.next(state, matrices, push, held)
        if np.abs(following - state).max(initial=0) <= dynamics.tolerance:
            return following
        state = following
        if step >= dynamics.steps // 2:
            total, counted = total + state, counted + 1
    return total / counted if counted else state
