"""Changes do what the cases shared with the page say, and what is done can be undone, to the order of each block."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import assessment
from assessment.faults import Faults
from assessment.systems import apply_changes, check_map, compare_maps, invert_changes
from assessment.systems.changes import LISTED, laid_out

CASES = Path(assessment.__file__).parent / "widgets/js/test/changes.json"
cases = json.loads(CASES.read_text("utf-8")) if CASES.is_file() else []  # an installed kit has no JavaScript sources


def named(condition):
    return [pytest.param(case, id=case["name"]) for case in cases if condition(case)]


def written(document):
    """A document as it stands in a file: to Python alone, True equals 1."""
    return json.dumps(document, sort_keys=True)


@pytest.mark.parametrize("case", named(lambda case: "result" in case))
def test_a_case_gives_its_result_and_what_undoes_it(case):
    before = deepcopy(case["document"])
    assert written(apply_changes(case["document"], case["changes"])) == written(case["result"])
    assert invert_changes(case["document"], case["changes"]) == case["inverse"]
    assert case["document"] == before


@pytest.mark.parametrize("case", named(lambda case: "result" in case))
def test_what_undoes_a_case_undoes_it(case):
    undone = apply_changes(case["result"], case["inverse"])
    assert written(laid_out(undone)) == written(laid_out(case["document"]))


@pytest.mark.parametrize("case", named(lambda case: "fault" in case))
def test_a_case_that_cannot_be_made_says_why_and_changes_nothing(case):
    before = deepcopy(case["document"])
    with pytest.raises(Faults) as raised:
        apply_changes(case["document"], case["changes"])
    assert [fault.code for fault in raised.value.faults] == [case["fault"]]
    assert case["document"] == before


VALUES = st.one_of(st.integers(-2, 2), st.booleans(), st.sampled_from(["", "a", "é"]), st.lists(st.integers(0, 1)))
IDS = st.sampled_from([f"e{number}" for number in range(8)])
WORDS = st.dictionaries(st.sampled_from(["label", "x", "note"]), VALUES)
BLOCK = st.lists(st.tuples(IDS, WORDS), unique_by=lambda one: one[0], max_size=5).map(
    lambda found: [{"id": id_, **values} for id_, values in found]
)
MAPS = st.fixed_dictionaries(
    {"name": st.sampled_from(["", "Eau"]), **dict.fromkeys(LISTED, BLOCK)}, optional={"source": VALUES}
).map(laid_out)
CHANGED = st.dictionaries(st.sampled_from(["label", "x", "note"]), VALUES | st.none())


@st.composite
def edits(draw):
    """A map, and changes that can be made of it."""
    document = draw(MAPS)
    now, made = document, []
    for _ in range(draw(st.integers(0, 8))):
        change = draw(change_of(now))
        now, made = apply_changes(now, [change]), [*made, change]
    return document, made, now


def change_of(document):
    blocks = [block for block in LISTED if document[block]] or ["map"]
    new = st.tuples(st.sampled_from(LISTED), IDS, WORDS, st.none() | st.integers(0, 9)).filter(
        lambda one: all(other["id"] != one[1] for other in document[one[0]])
    )
    adding = new.map(lambda one: {"do": "add", "block": one[0], "values": {"id": one[1], **one[2]}, "at": one[3]})
    top = CHANGED.map(lambda values: {"do": "set", "block": "map", "values": values})
    if blocks == ["map"]:
        return adding | top
    some = st.sampled_from([(block, one["id"]) for block in blocks for one in document[block]])
    setting = st.tuples(some, CHANGED).map(lambda one: dict(zip(("block", "id"), one[0], strict=True), values=one[1]))
    removing = some.map(lambda one: {"do": "remove", "block": one[0], "id": one[1]})
    return adding | top | removing | setting.map(lambda change: {"do": "set", **change})


@given(edits())
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_is_done_can_be_undone_and_done_again(edit):
    document, changes, now = edit
    before = written(document)
    undoing = invert_changes(document, changes)
    assert written(apply_changes(document, changes)) == written(now)
    assert written(apply_changes(now, undoing)) == written(document) == before
    again = invert_changes(now, undoing)
    assert written(apply_changes(document, again)) == written(now)


@given(MAPS, MAPS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_what_lies_between_two_maps_makes_the_second_of_the_first(old, new):
    changes = compare_maps(old, new)
    assert written(apply_changes(old, changes)) == written(new)
    assert written(apply_changes(new, invert_changes(old, changes))) == written(old)
    assert (changes == []) == (written(old) == written(new))


@given(MAPS, st.randoms(use_true_random=False))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_new_order_moves_as_few_as_can_be(document, random):
    block = random.sample(document["actors"], len(document["actors"]))
    changes = compare_maps(document, {**document, "actors": block})
    moved = len([change for change in changes if change["do"] == "add"])
    assert len(changes) == 2 * moved
    assert moved <= max(len(block) - 1, 0)
    if len(block) > 1:
        turned = [*document["actors"][1:], document["actors"][0]]
        assert len(compare_maps(document, {**document, "actors": turned})) == 2


def test_true_is_not_one():
    old = {"actors": [{"id": "a", "seen": 1}]}
    new = {"actors": [{"id": "a", "seen": True}]}
    assert compare_maps(old, new) == [{"do": "set", "block": "actors", "id": "a", "values": {"seen": True}}]


def test_a_key_without_a_value_is_no_key():
    assert compare_maps({"actors": [{"id": "a", "unit": None}]}, {"actors": [{"id": "a"}], "name": None}) == []


def test_what_is_not_touched_is_not_copied():
    document = laid_out({"actors": [{"id": "a", "label": "A"}], "ties": [{"id": "t"}]})
    changed = apply_changes(document, [{"do": "set", "block": "ties", "id": "t", "values": {"weight": 1}}])
    assert changed["actors"] is document["actors"]
    assert document["ties"] == [{"id": "t"}]


def large(actors, ties):
    """A map of so many actors and ties, each with what a drawn one has."""
    people = [{"id": f"a{n}", "label": f"Acteur {n}", "role": "agent", "x": n * 0.5, "y": -n} for n in range(actors)]
    ends = [(f"a{n % actors}", f"a{n * 7 % actors}") for n in range(ties)]
    links = [
        {"id": f"t{n}", "source": one, "target": other, "kind": "informs", "weight": 0.5, "participants": ["p"]}
        for n, (one, other) in enumerate(ends)
    ]
    return laid_out(
        {"format": "apprenance-map", "version": 1, "actors": people, "ties": links, "participants": [{"id": "p"}]}
    )


def test_one_change_asks_no_more_of_a_large_map_than_of_a_small_one(calls_of):
    move = [{"do": "set", "block": "actors", "id": "a19", "values": {"x": 1, "y": 2}}]
    small, big = (check_map(large(actors, 3 * actors)) for actors in (20, 2000))
    assert calls_of(lambda: apply_changes(big, move)) < 3 * calls_of(lambda: apply_changes(small, move))


def there_and_back(document):
    """Take a map away whole and bring it back."""
    changes = compare_maps(document, laid_out({}))
    undoing = invert_changes(document, changes)
    assert apply_changes(apply_changes(document, changes), undoing) == document


def test_a_large_map_taken_away_whole_comes_back_without_every_change_asking_all_others(calls_of):
    small, big = (large(actors, 3 * actors) for actors in (50, 500))
    assert calls_of(lambda: there_and_back(big)) < 20 * calls_of(lambda: there_and_back(small))
