"""The systems map follows the contract and holds the structures its README speaks of."""

from collections import Counter
from itertools import combinations

import pytest

RELATIONS = {"informs", "coordinates", "cooperates", "collaborates", "decides_with", "funds", "reports_to"}


@pytest.fixture(scope="module")
def document(example):
    return example.map


@pytest.fixture(scope="module")
def signs(document):
    return {(tie["source"], tie["target"]): tie.get("polarity") for tie in causes(document)}


def causes(document):
    return [tie for tie in document["ties"] if tie["kind"] == "causes"]


def relations(document):
    return [tie for tie in document["ties"] if tie["kind"] != "causes"]


def nodes(document):
    return document["actors"] + document["variables"]


def kind_of_loop(signs, circle):
    around = [signs[pair] for pair in zip(circle, [*circle[1:], circle[0]], strict=True)]
    return "reinforcing" if around.count("-") % 2 == 0 else "balancing"


def test_it_is_the_contracts_format(document):
    assert (document["format"], document["version"]) == ("apprenance-map", 1)
    assert 28 <= len(document["actors"]) <= 34
    assert 65 <= len(relations(document)) <= 80
    assert 8 <= len(document["variables"]) <= 12


def test_ids_are_unique(document):
    for entries in (nodes(document), document["ties"], document["participants"], document["loops"]):
        assert max(Counter(entry["id"] for entry in entries).values()) == 1


def test_ties_join_what_is_on_the_map(document):
    actors = {entry["id"] for entry in document["actors"]}
    variables = {entry["id"] for entry in document["variables"]}
    participants = {entry["id"] for entry in document["participants"]}
    for tie in document["ties"]:
        known = variables if tie["kind"] == "causes" else actors
        assert {tie["source"], tie["target"]} <= known, tie
        assert tie["source"] != tie["target"]
        assert set(tie["participants"]) <= participants
        assert tie["participants"], tie
    assert len({(tie["source"], tie["target"], tie["kind"]) for tie in document["ties"]}) == len(document["ties"])


def test_everybody_is_tied_to_someone(document):
    tied = {tie[end] for tie in document["ties"] for end in ("source", "target")}
    assert tied == {entry["id"] for entry in nodes(document)}


def test_attributes_are_in_their_ranges(document):
    for tie in document["ties"]:
        assert 0 <= tie["weight"] <= 1
        assert ("polarity" in tie) <= (tie["kind"] == "causes")
        assert tie.get("polarity", "+") in "+-"
        assert 0 <= tie.get("confidence", 1) <= 1
        assert isinstance(tie.get("delay", 0), int)
    for actor in document["actors"]:
        assert 0 <= actor["influence"] <= 1
        assert 0 <= actor["involvement"] <= 1


def test_all_kinds_of_relations_occur_formal_or_not(document):
    assert {tie["kind"] for tie in relations(document)} == RELATIONS
    assert {tie["formal"] for tie in relations(document)} == {True, False}


def test_roles_and_units_are_those_of_the_other_files(document, example):
    roles, units = {role.id for role in example.framework.roles}, set(example.units["unit"])
    for entry in document["actors"] + document["participants"]:
        assert entry["role"] in roles
        assert entry["unit"] in units | {""}
    services = set(example.units.loc[example.units["parent"] != "", "unit"])
    assert {actor["unit"] for actor in document["actors"]} - {""} == services


def test_it_can_be_read_as_laid_out(document):
    for one, other in combinations(nodes(document), 2):
        apart = abs(one["x"] - other["x"]), abs(one["y"] - other["y"])
        assert apart[0] >= 150 or apart[1] >= 80, (one["id"], other["id"])


def test_technical_services_talk_among_themselves(document):
    poles = {actor["unit"]: actor["pole"] for actor in document["actors"] if actor["unit"]}
    by_id = {actor["id"]: actor["unit"] for actor in document["actors"]}
    between = Counter()
    for tie in relations(document):
        ends = [by_id[tie["source"]], by_id[tie["target"]]]
        if all(ends):
            between[frozenset(poles[end] for end in ends)] += 1
    inside = between[frozenset(["technique"])]
    outside = sum(count for pair, count in between.items() if "technique" in pair and len(pair) == 2)
    assert inside == 6, "every pair, in both directions"
    assert outside <= 2
    assert between[frozenset(["population", "ressources"])] > outside


def test_lorinos_circle_reinforces_itself(signs):
    circle = ["implication", "comprehension", "interet"]
    assert [signs[pair] for pair in zip(circle, [*circle[1:], circle[0]], strict=True)] == ["+", "+", "+"]


def test_the_burden_is_shifted(signs, document):
    assert kind_of_loop(signs, ["dossiers_bloques", "arbitrage"]) == "balancing"
    assert kind_of_loop(signs, ["dossiers_bloques", "preparation"]) == "balancing"
    assert kind_of_loop(signs, ["dossiers_bloques", "arbitrage", "recours", "preparation"]) == "reinforcing"
    delays = {(tie["source"], tie["target"]): tie["delay"] for tie in causes(document)}
    slow = delays["dossiers_bloques", "preparation"] + delays["preparation", "dossiers_bloques"]
    assert slow > delays["dossiers_bloques", "arbitrage"] + delays["arbitrage", "dossiers_bloques"]


def test_growth_has_its_limit(signs):
    assert kind_of_loop(signs, ["implication", "groupes", "resultats"]) == "reinforcing"
    assert kind_of_loop(signs, ["implication", "groupes", "charge"]) == "balancing"
    assert signs["temps_prevu", "charge"] == "-"


def test_one_cause_has_no_sign_yet(signs):
    assert [pair for pair, sign in signs.items() if sign is None] == [("recours", "interet")]


def test_the_loops_people_named_are_what_they_say(document, signs):
    for loop in document["loops"]:
        assert kind_of_loop(signs, loop["nodes"]) == loop["kind"], loop["id"]
