"""Contacts of each actor inside and outside its group: on paper, and beside the silos of the whole."""

import networkx as nx
import pytest

from assessment.systems.contacts import COLUMNS, score_contacts
from assessment.systems.silos import score_silos


@pytest.fixture
def two_units(actors):
    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("a", "c"), ("e", "a")]
    return actors(pairs, unit={"a": "x", "b": "x", "c": "y", "d": "y", "e": "alone"})


def test_the_columns_are_the_constant(two_units):
    for graph in (two_units, nx.MultiDiGraph()):
        assert tuple(score_contacts(graph)) == COLUMNS


def test_contacts_by_hand(two_units):
    """On paper: a ⇄ b inside x, c → d inside y, a → c between; e is alone in its unit and left out with its tie."""
    table = score_contacts(two_units)
    assert table[["id", "internal", "external"]].values.tolist() == [["a", 2, 1], ["b", 2, 0], ["c", 1, 1], ["d", 1, 0]]
    assert table["ei_index"].tolist() == pytest.approx([-1 / 3, -1, 0, -1])


def test_contacts_sum_to_twice_the_ties_of_the_whole(krackhardt):
    whole = score_silos(krackhardt, ["unit"], permutations=200).iloc[0]
    table = score_contacts(krackhardt)
    assert len(table) == whole["actors"]
    assert table[["internal", "external"]].sum().tolist() == [2 * whole["internal"], 2 * whole["external"]]


def test_an_actor_without_ties_has_no_index(actors):
    table = score_contacts(actors([("a", "b")], unit={"a": "x", "b": "x", "c": "x"}))
    assert table["ei_index"].isna().tolist() == [False, False, True]
