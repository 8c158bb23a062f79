"""Simulation gives published states; cycles and chaos are told; disagreement is carried over."""

import json

import networkx as nx
import numpy as np
import pytest

from assessment.systems import circle, scenarios
from assessment.systems.circle import simulate_circle
from assessment.systems.scenarios import COLUMNS, Dynamics, compare_scenario, simulate, simulate_map


@pytest.fixture
def published(maps):
    return json.loads((maps / "fcm_dikopoulou_8.json").read_text("utf-8"))


def test_the_published_map_gives_its_seven_states(published):
    run = simulate(np.array(published["W_row_influences_col"]), np.array(published["a0"]))
    assert run.outcome == "steady"
    assert run.states.shape == (7, 8)
    assert np.abs(run.states - np.array(published["expected_iterations"])).max() < 1e-6


def test_the_published_intervention_gives_its_end(published):
    matrix = np.array(published["W_row_influences_col"])
    rest = simulate(matrix, np.array(published["a0"]))
    push = np.zeros(8)
    push[:2] = published["intervention_1"]["impact"]["C1"], published["intervention_1"]["impact"]["C2"]
    run = simulate(matrix, rest.end, push=push)
    assert run.end == pytest.approx(published["intervention_1"]["final_published"], abs=1e-6)


def test_a_map_gives_what_its_matrix_gives(published):
    matrix = np.array(published["W_row_influences_col"])
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(8), type="variable")
    for row, column in zip(*np.nonzero(matrix), strict=True):
        value = matrix[row, column]
        graph.add_edge(int(row), int(column), kind="causes", weight=abs(value), polarity="+" if value > 0 else "-")
    table = simulate_map(graph, start=dict(enumerate(published["a0"])))
    assert tuple(table) == scenarios.TRAJECTORY_COLUMNS
    states = table.pivot(index="step", columns="id", values="value").to_numpy()
    assert np.abs(states - np.array(published["expected_iterations"])).max() < 1e-6


def test_each_rule_by_hand():
    """One concept acting on another with 0.5, from (1, 0.2); the sigmoid of what each rule adds up."""
    matrix, start = np.array([[0, 0.5], [0, 0]]), np.array([1, 0.2])

    def second(rule, function="sigmoid", slope=1.0):
        return simulate(matrix, start, Dynamics(rule, function, slope, steps=1)).states[1, 1]

    def logistic(x):
        return 1 / (1 + np.exp(-x))

    assert second("kosko") == pytest.approx(logistic(0.5))
    assert second("modified_kosko") == pytest.approx(logistic(0.7))
    assert second("rescaled") == pytest.approx(logistic(2 * 0.2 - 1 + 0.5 * (2 * 1 - 1)))
    assert second("kosko", "tanh", 2) == pytest.approx(np.tanh(1.0))
    assert second("kosko", "bivalent") == 1


def test_two_that_switch_each_other_off_and_on_are_a_cycle():
    """0 turns 1 on, 1 turns 0 off when it is on: bivalent states 10, 11, 01, 00 … with a push on 0."""
    dynamics = Dynamics("kosko", "bivalent", steps=60)
    run = simulate(np.array([[0, 1.0], [-1, 0]]), np.array([1.0, 0]), dynamics, np.array([0.5, 0]))
    assert (run.outcome, run.period) == ("cycle", 4)
    assert run.states[:5].tolist() == [[1, 0], [1, 1], [0, 1], [0, 0], [1, 0]]
    assert run.end.tolist() == [0.5, 0.5]


def test_a_run_that_neither_settles_nor_repeats_is_told():
    """Turning by one radian a step: no whole number of steps is a whole number of turns."""
    turn = 1.05 * np.array([[np.cos(1), np.sin(1)], [-np.sin(1), np.cos(1)]])
    run = simulate(turn, np.array([0.5, 0]), Dynamics("kosko", "tanh", tolerance=1e-6))
    assert (run.outcome, run.period) == ("chaos", 0)


def test_what_is_held_stays(causal):
    table = simulate_map(causal("a -> b +", "b -> a -"), hold={"a": 0.9})
    assert (table.loc[table["id"] == "a", "value"] == 0.9).all()


def test_a_scenario_goes_the_way_of_the_signs(causal):
    table = compare_scenario(causal("a -> b +", "b -> c -"), hold={"a": 1}).set_index("id")
    assert tuple(table.reset_index()) == COLUMNS
    assert table.loc["b", "difference"] > 0 > table.loc["c", "difference"]
    assert (table["reason"] == "one_participant").all()
    assert table["ci_low"].isna().all()


def test_nothing_held_changes_nothing(causal):
    table = compare_scenario(causal("a -> b +", "b -> a -"), dynamics=Dynamics(tolerance=1e-10))
    assert table["difference"].to_numpy() == pytest.approx(0, abs=1e-8)


def test_what_participants_dispute_widens_the_interval(causal):
    graph = causal("a -> b +", "a -> b -", "a -> c +", "a -> c +")
    for (_, _, tie), person in zip(graph.edges(data=True), ["p1", "p2", "p1", "p2"], strict=True):
        tie["participants"] = [person]
    table = compare_scenario(graph, hold={"a": 1}).set_index("id")
    assert table.loc["b", "ci_low"] < 0 < table.loc["b", "ci_high"]
    assert table.loc["c", "ci_low"] == pytest.approx(table.loc["c", "ci_high"])
    assert table.loc["c", "share_same_sign"] == 1
    assert table.equals(compare_scenario(graph, hold={"a": 1}).set_index("id"))


def test_the_draws_are_those_one_simulates_one_by_one(causal):
    graph = causal("a -> b +", "b -> a -", "a -> c +")
    for place, (_, _, tie) in enumerate(graph.edges(data=True)):
        tie["participants"] = [f"p{place}", "q"]
    dynamics = Dynamics(tolerance=1e-9)
    nodes = list(graph)
    drawn = scenarios.redrawn(graph, nodes, 20, 1)
    held, push = np.array([0.9, np.nan, np.nan]), np.zeros(3)
    many = scenarios.differences(drawn, np.full(3, 0.5), dynamics, push, held)
    for place, matrix in enumerate(drawn.matrices(0, 20)):
        rest = simulate(matrix, np.full(3, 0.5), dynamics)
        assert many[place] == pytest.approx(simulate(matrix, rest.end, dynamics, push, held).end - rest.end, abs=1e-7)


def test_an_empty_map_has_an_empty_comparison():
    assert compare_scenario(nx.MultiDiGraph()).empty


def test_the_circle_rises_or_falls_from_either_side_of_the_threshold():
    assert tuple(simulate_circle()) == circle.COLUMNS
    for start, end in ((0.31, 1), (0.29, 0), (0.3, 0.3)):
        last = simulate_circle(start, start, start, threshold=0.3, duration=80).iloc[-1]
        assert last[["involvement", "understanding", "interest"]].tolist() == pytest.approx([end] * 3, abs=0.01)


def test_without_gain_understanding_follows_as_an_exponential():
    """U(t) = I + (U₀ − I)·e^(−t/learning), solved by hand."""
    table = simulate_circle(0.8, 0.0, 0.0, gain=0, learning=2.0, duration=6)
    exact = 0.8 * (1 - np.exp(-table["time"] / 2))
    assert (table["involvement"] == 0.8).all()
    assert np.abs(table["understanding"] - exact).max() < 0.01


def test_a_delay_only_postpones():
    quick, late = simulate_circle(), simulate_circle(0.4, 0.2, 0.2, delay=2)
    assert late["involvement"].iloc[20] < quick["involvement"].iloc[20]
