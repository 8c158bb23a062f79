"""Who is there, who speaks to whom, how closely; the circle is one only as participants drew it."""

import networkx as nx
import numpy as np
import pytest

from assessment.systems import pluralism
from assessment.systems.model import COLLABORATION, ROLES
from assessment.systems.pluralism import (
    find_circle,
    score_levels,
    score_roles,
    score_spectrum,
    score_spoken,
)

NONE = "no_reinforcing_loop"


@pytest.fixture
def town(actors):
    """An elected, two agents, a user: five ties."""
    graph = actors(
        [("maire", "dgs"), ("dgs", "maire"), ("dgs", "agent"), ("agent", "user"), ("agent", "dgs")],
        role={"maire": "elected", "dgs": "executive", "agent": "agent", "user": "user"},
        rank={"maire": 1, "dgs": 2, "agent": 3},
        unit={"dgs": "x", "agent": "x"},
    )
    graph["maire"]["dgs"]["t0"]["kind"] = "decides_with"
    graph.graph["participants"] = [{"id": "p1", "role": "elected"}, {"id": "p2"}]
    return graph


def test_the_columns_are_the_constants(town):
    for graph in (town, nx.MultiDiGraph()):
        assert tuple(score_roles(graph)) == pluralism.ROLE_COLUMNS
        assert tuple(score_spoken(graph)) == pluralism.SPOKEN_COLUMNS
        assert tuple(score_spectrum(graph)) == pluralism.SPECTRUM_COLUMNS
        assert tuple(score_levels(graph)) == pluralism.LEVEL_COLUMNS
        assert tuple(find_circle(graph)) == pluralism.CIRCLE_COLUMNS


def test_absent_roles_are_named_too(town):
    table = score_roles(town).set_index("role")
    assert list(table.index) == list(ROLES)
    assert table["actors"].sum() == 4
    assert table.loc["citizen", "actors"] == 0
    assert (table.loc["user", "parent"], table.loc["user", "share"]) == ("citizen", 0.25)
    assert table.loc["elected", "participants"] == 1


def test_people_of_sub_roles_speak_for_their_role(town):
    table = score_spoken(town).set_index(["role", "other_role"])
    assert table.loc[("agent", "citizen"), ["ties", "pairs"]].tolist() == [1, 1]
    assert table["ties"].sum() == 5
    assert np.isnan(table.loc[("elected", "elected"), "density"])


def test_the_spectrum_has_every_step(town):
    table = score_spectrum(town)
    assert table["kind"].tolist() == list(COLLABORATION)
    by_kind = table.set_index("kind")
    assert by_kind["ties"].to_dict() == {**dict.fromkeys(COLLABORATION, 0), "cooperates": 4, "decides_with": 1}
    assert by_kind.loc["cooperates", "share"] == 0.8
    assert by_kind.loc["cooperates", "across_units"] == 0
    assert by_kind.loc["cooperates", "across_roles"] == 1
    assert by_kind["share"].sum() == pytest.approx(1)


def test_a_level_is_tied_to_the_others_it_has_ties_with(town):
    table = score_levels(town).set_index("rank")
    assert table["levels_tied"].to_dict() == {1: 1, 2: 2, 3: 1}
    assert table["ties_to_others"].to_dict() == {1: 2, 2: 4, 3: 2}
    assert table["ties_within"].sum() == 0


def test_the_example_draws_the_circle(valclair):
    row = find_circle(valclair).iloc[0]
    assert row["drawn"]
    assert row["nodes"] == ("implication", "comprehension", "interet")
    assert row["found_by"] == "label"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["implication -> comprehension +", "comprehension -> charge +"], "stage_missing"),
        (["implication -> comprehension +", "comprehension -> interet +", "interet -> implication -"], NONE),
        (["implication -> interet +", "interet -> comprehension +", "comprehension -> implication +"], NONE),
    ],
)
def test_a_circle_that_is_not_drawn_says_why(causal, lines, reason):
    row = find_circle(causal(*lines)).iloc[0]
    assert (row["drawn"], row["reason"]) == (False, reason)


def test_tags_come_before_labels(causal):
    graph = causal("x -> y +", "y -> z +", "z -> x +")
    for node, tag in zip("xyz", pluralism.CIRCLE, strict=True):
        graph.nodes[node]["tag"] = tag
    row = find_circle(graph).iloc[0]
    assert (row["drawn"], row["found_by"], row["involvement"]) == (True, "tag", ("x",))
