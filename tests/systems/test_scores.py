"""Released scores lie on the map as they were released; along ties they are read against chance."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from assessment.systems import scores
from assessment.systems.scores import compare_ends, join_scores, score_along

UNITS = {f"{unit}{place}": unit for unit in "pqrs" for place in (1, 2)}


def released(values, hidden=(), by="unit"):
    return pd.DataFrame(
        [
            {
                "by": by,
                "group": group,
                "dimension": "d",
                "perspective": "reality",
                "score": np.nan if group in hidden else score,
                "suppressed": group in hidden,
                "reason": "small_group" if group in hidden else None,
            }
            for group, score in values.items()
        ]
    )


@pytest.fixture
def chain(actors):
    """Units p, q, r, s in a chain, scores 10, 20, 60, 80; pairs inside each unit are tied too."""
    pairs = [("p1", "q1"), ("q2", "r1"), ("r2", "s1"), *((f"{u}1", f"{u}2") for u in "pqrs")]
    return actors(pairs, unit=UNITS)


FOUR = released({"p": 10.0, "q": 20.0, "r": 60.0, "s": 80.0})


def test_the_columns_are_the_constants(chain):
    assert tuple(join_scores(chain, FOUR)) == scores.COLUMNS
    assert tuple(score_along(chain, FOUR, permutations=10)) == scores.ALONG_COLUMNS
    assert tuple(compare_ends(chain, FOUR)) == scores.TIE_COLUMNS


def test_every_actor_has_the_score_of_its_unit_and_a_hidden_one_stays_hidden(chain):
    table = join_scores(chain, released({"p": 10.0, "q": 20.0}, hidden="q")).set_index("id")
    assert table["score"].dropna().to_dict() == {"p1": 10, "p2": 10}
    assert table.loc["q1", ["suppressed", "reason"]].tolist() == [True, "small_group"]


def test_a_role_serves_where_the_unit_has_no_row(actors):
    graph = actors([], unit={"a": "x", "b": "unknown"}, role={"a": "agent", "b": "agent"})
    both = pd.concat([released({"x": 10.0}), released({"agent": 50.0}, by="role")])
    assert join_scores(graph, both).set_index("id")["score"].to_dict() == {"a": 10, "b": 50}


def test_unreleased_scores_are_refused(chain):
    with pytest.raises(ValueError, match="released"):
        join_scores(chain, FOUR.drop(columns="suppressed"))


def test_several_waves_at_once_are_refused(chain):
    with pytest.raises(ValueError, match="one wave"):
        join_scores(chain, pd.concat([FOUR.assign(wave="2025"), FOUR.assign(wave="2026")]))
    assert len(join_scores(chain, FOUR.assign(wave="2026"))) == len(join_scores(chain, FOUR))


def test_assortativity_is_that_of_networkx_over_ties_between_units(chain):
    row = score_along(chain, FOUR, permutations=500).iloc[0]
    plain = nx.Graph([("p1", "q1"), ("q2", "r1"), ("r2", "s1")])
    values = {"p": 10, "q": 20, "r": 60, "s": 80}
    nx.set_node_attributes(plain, {node: values[UNITS[node]] for node in plain}, "score")
    assert row["assortativity"] == pytest.approx(nx.numeric_assortativity_coefficient(plain, "score"))
    assert (row["actors"], row["ties"]) == (8, 3)
    assert row["mean_difference"] == pytest.approx((10 + 40 + 20) / 3)
    assert 0 <= row["p_value"] <= 1


def test_low_scores_at_the_edge_correlate_with_closeness(actors):
    """A star of single-actor units: the centre scores high, the rest low."""
    graph = actors([("c", leaf) for leaf in "wxyz"], unit={name: name for name in "cwxyz"})
    row = score_along(graph, released({"c": 90.0, "w": 10.0, "x": 10.0, "y": 10.0, "z": 10.0}), permutations=50).iloc[0]
    assert row["edge_correlation"] == pytest.approx(1)
    assert row["assortativity"] == pytest.approx(-1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"p": 1.0, "q": 2.0}, "too_few_groups"),
        ({"p": 1.0, "r": 2.0, "s": 2.0, "q": np.nan}, "no_variance"),
        ({"p": 5.0, "q": 5.0, "r": 5.0}, "no_variance"),
    ],
)
def test_what_is_undefined_says_why(chain, values, reason):
    row = score_along(chain, released(values), permutations=20).iloc[0]
    assert row["reason"] == reason
    assert np.isnan(row["assortativity"])


def test_the_largest_distance_across_a_tie_comes_first(chain):
    table = compare_ends(chain, FOUR)
    assert table[["source", "target", "difference"]].values.tolist() == [
        ["q2", "r1", 40],
        ["r2", "s1", 20],
        ["p1", "q1", 10],
    ]
