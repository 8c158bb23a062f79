"""Each template is recognised as itself; a candidate says why; few are given."""

import json
import random

import pytest

from assessment.systems.archetypes import COLUMNS, MOST, find_archetypes, template_map, templates
from assessment.systems.loops import find_loops
from assessment.texts import LANGUAGES
from assessment.texts.maps import tell_archetype, tell_why

ROLES = {
    "limits_to_growth": {"growth": "effort", "brake": "frein", "limit": "contrainte"},
    "shifting_the_burden": {"symptom": "symptome", "cure": "solution_fondamentale", "side_effect": "effet_secondaire"},
    "fixes_that_fail": {"problem": "probleme", "fix": "correctif", "side_effect": "effet_non_voulu"},
    "eroding_goals": {"gap": "ecart"},
    "escalation": {},
    "success_to_the_successful": {"share": "part_ressources_A"},
    "tragedy_of_the_commons": {},
    "growth_and_underinvestment": {"demand": "demande", "quality": "performance"},
    "accidental_adversaries": {"fix": "correctif_A", "other_fix": "correctif_B"},
    "balancing_with_delay": {},
}


@pytest.mark.parametrize("archetype", ROLES)
def test_each_template_is_recognised_as_itself_and_as_nothing_else(archetype):
    table = find_archetypes(template_map(archetype))
    assert tuple(table) == COLUMNS
    assert table["archetype"].tolist() == [archetype]
    roles = table["roles"].iloc[0]
    assert {role: roles[role] for role in ROLES[archetype]} == {
        role: (node,) for role, node in ROLES[archetype].items()
    }


def test_the_templates_are_those_of_the_reference_file(maps):
    for template in json.loads((maps / "archetypes.json").read_text("utf-8"))["archetypes"]:
        expected = {(a, b, "+" if sign > 0 else "-", int(late)) for a, b, sign, late in template["edges"]}
        assert set(templates()[template["id"]]) == expected
    assert set(templates()) == set(ROLES)


@pytest.mark.parametrize("archetype", ROLES)
def test_a_link_drawn_in_two_steps_tells_the_same_story(archetype):
    """Every link becomes source → middle → target, the sign and the delay on the first: people put words in between."""
    graph = template_map(archetype)
    for source, target, key, tie in list(graph.edges(keys=True, data=True)):
        graph.remove_edge(source, target, key)
        middle = f"{source}_{target}"
        graph.add_node(middle, type="variable", label=middle)
        graph.add_edge(source, middle, key, **tie)
        graph.add_edge(middle, target, f"{key}b", kind="causes", polarity="+", delay=0)
    found = find_archetypes(graph)["archetype"].tolist()
    assert archetype in found


def test_the_example_tells_the_two_stories_it_was_drawn_for(valclair):
    """Its README: the burden is shifted to the management, and the growth of working groups has a limit."""
    table = find_archetypes(valclair)
    assert table["archetype"].tolist() == ["shifting_the_burden", "limits_to_growth"]
    assert table["rank"].tolist() == [1, 2]
    first = table["roles"].iloc[0]
    assert (first["symptom"], first["quick_fix"]) == (("dossiers_bloques",), ("arbitrage",))
    assert table["roles"].iloc[1]["limit"] == ("temps_prevu",)
    assert table["why"].iloc[0][1]["code"] == "later"


def test_names_and_order_change_nothing(valclair, renamed):
    other, names = renamed(valclair)
    one, two = find_archetypes(valclair), find_archetypes(other)
    assert one["archetype"].tolist() == two["archetype"].tolist()
    for mine, theirs in zip(one["roles"], two["roles"], strict=True):
        assert {role: {names[node] for node in nodes} for role, nodes in mine.items()} == {
            role: set(nodes) for role, nodes in theirs.items()
        }


@pytest.mark.parametrize("archetype", ["fixes_that_fail", "limits_to_growth", "eroding_goals", "balancing_with_delay"])
def test_without_declared_delays_the_stories_that_live_by_them_are_not_told(archetype):
    graph = template_map(archetype)
    for _, _, tie in graph.edges(data=True):
        tie["delay"] = 0
    assert archetype not in set(find_archetypes(graph)["archetype"])


def test_a_disputed_sign_tells_no_story():
    graph = template_map("fixes_that_fail")
    graph.add_edge("probleme", "correctif", "other", kind="causes", polarity="-")
    assert find_archetypes(graph).empty


def test_on_a_map_of_many_loops_few_candidates_are_given(causal):
    draw = random.Random(4)
    pairs = draw.sample([(a, b) for a in range(24) for b in range(24) if a != b], 60)
    graph = causal(*(f"n{a} -> n{b} {draw.choice('+-')} {draw.choice([0, 0, 1])}" for a, b in pairs))
    assert len(find_loops(graph)) > 190
    table = find_archetypes(graph)
    assert 0 < len(table) <= MOST * len(templates())
    assert table["archetype"].value_counts().max() <= MOST
    assert not table[["archetype", "loops"]].duplicated().any()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("archetype", ROLES)
def test_every_candidate_is_told_in_both_languages(archetype, language):
    graph = template_map(archetype)
    row = find_archetypes(graph).iloc[0]
    labels = dict(graph.nodes(data="label"))
    told = tell_archetype(archetype, row["roles"], labels, language)
    assert tuple(told) == ("name", "story", "leverage", "question", "sign")
    assert "{" not in told["story"]
    assert told["question"].endswith("?")
    for entry in row["why"]:
        assert "{" not in tell_why(entry, labels, language)
