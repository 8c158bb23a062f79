"""A record is a fact: it is replaced by a changed copy, never changed."""

import pickle
from dataclasses import FrozenInstanceError, is_dataclass, replace

import pytest

from assessment.framework import model

RECORDS = [one for one in vars(model).values() if is_dataclass(one)]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_every_record_is_frozen(record):
    assert record.__dataclass_params__.frozen


def test_a_record_cannot_be_changed(bundled):
    with pytest.raises(FrozenInstanceError):
        bundled.version = "2"
    with pytest.raises(FrozenInstanceError):
        bundled.items[0].reverse = True
    with pytest.raises(FrozenInstanceError):
        del bundled.items[0].text


def test_a_changed_copy_leaves_the_original_as_it_was(bundled):
    item = bundled.items[0]
    other = replace(bundled, items=(replace(item, short=not item.short), *bundled.items[1:]))
    assert other.items[0].short is not bundled.items[0].short
    assert other.dimension("outcomes") is bundled.dimension("outcomes")


def test_a_framework_travels_to_other_processes(bundled):
    assert pickle.loads(pickle.dumps(bundled)) == bundled


def test_whoever_has_no_role_or_an_unknown_one_is_asked_as_the_docstring_says(bundled):
    item = next(one for one in bundled.items if one.roles)
    assert bundled.is_asked(item)
    assert bundled.is_asked(item, "")
    assert not bundled.is_asked(item, "nobody knows this role")


def test_a_part_of_a_role_is_asked_what_the_role_is_asked(bundled):
    asked = [item.id for item in bundled.items if bundled.is_asked(item, "citizen")]
    for part in ("taxpayer", "user", "association"):
        assert [item.id for item in bundled.items if bundled.is_asked(item, part)] == asked
        assert all(bundled.wording_for(i, part) == bundled.wording_for(i, "citizen") for i in bundled.items)


def test_the_lineage_of_a_circle_of_roles_ends():
    names = {"fr": "R"}
    roles = (model.Role("a", names, "b"), model.Role("b", names, "a"))
    framework = model.Framework("x", "1", ("fr",), ("reality",), model.AnswerScale(1, 5), (), (), roles=roles)
    assert list(framework.lineage("a")) == ["a", "b"]
    assert list(framework.lineage("z")) == []
