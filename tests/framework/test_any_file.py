"""Whatever a file holds, the loader gives a framework or tells faults: it never breaks."""

import copy
import tomllib
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.framework import check_framework
from assessment.framework.loading import framework_from, parse

EXAMPLES = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)

WRITTEN = tomllib.loads(
    """
id = "mini"
version = "1"
languages = ["fr", "en"]
perspectives = ["reality", "vision"]
answer_scale = {low = 1, high = 3, labels.fr = ["a", "b", "c"], labels.en = ["a", "b", "c"]}
prompt.reality = {fr = "V", en = "T"}
tension = {vision_cut = 60, smallest_gap = 5.5}
role = [{id = "a", name = {fr = "A", en = "A"}}, {id = "b", parent = "a", name = {fr = "B", en = "B"}}]
family = [{id = "f", name = {fr = "F", en = "F"}}]
dimension = [{id = "d", family = "f", reach = "global", name = {fr = "D", en = "D"}, perspectives = ["reality"]}]
facet = [{id = "d_f", dimension = "d", name = {fr = "F", en = "F"}}]
item = [
  {id = "i1", dimension = "d", facet = "d_f", roles = ["a"], reverse = true, text = {fr = "I", en = "I"}},
  {id = "i2", dimension = "d", scored = false, answer_scale = {low = 0, high = 9}, text = {fr = "I", en = "I"}},
]
wording = [{item = "i1", roles = ["b"], referent = "me", text = {fr = "W", en = "W"}}]
maturity_level = [
  {id = "l", start = 0, name = {fr = "L", en = "L"}},
  {id = "h", start = 0.5, name = {fr = "H", en = "H"}},
]
descriptor = [{dimension = "d", maturity_level = "l", text = {fr = "S", en = "S"}}]
practice = [
  {id = "p", dimension = "d", maturity_levels = ["l"], name = {fr = "P", en = "P"}, text = {fr = "T", en = "T"}},
]
[[question]]
id = "q"
kind = "choose"
choose = 1
text = {fr = "Q", en = "Q"}
option = [{id = "a", text = {fr = "A", en = "A"}}, {id = "b", text = {fr = "B", en = "B"}}]
""".replace(",\n]", "\n]")
)


def places(tree, above=()):
    keys = tree.keys() if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield (*above, key)
        yield from places(tree[key], (*above, key))


PLACES = sorted(places(WRITTEN), key=str)
NAMES = st.sampled_from(["id", "i1", "I_1", "d", "a", "unit", "fr", "reality", "vision", "choice", "", " ", "é", "{0}"])
PLAIN = st.one_of(
    NAMES,
    st.text(max_size=40),
    st.integers(),
    st.sampled_from([2**70, -1, 0, 1, 200, 10**400]),
    st.floats(),
    st.booleans(),
    st.just(date(2026, 1, 1)),
)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=6
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(PLACES), st.sampled_from(["set", "drop", "add", "twice"]), VALUES), max_size=4
)


def changed(tree, place, change, value):
    for key in place[:-1]:
        try:
            tree = tree[key]
        except (KeyError, IndexError, TypeError):
            return
    key = place[-1]
    if isinstance(tree, list) and isinstance(key, int) and key < len(tree):
        {"set": lambda: tree.__setitem__(key, value), "drop": lambda: tree.pop(key)}.get(
            change, lambda: tree.append(copy.deepcopy(tree[key]) if change == "twice" else value)
        )()
    elif isinstance(tree, dict) and isinstance(key, str):
        if change == "drop":
            tree.pop(key, None)
        else:
            tree[key if change == "set" else f"{key}_2"] = value


def loaded(read, *arguments):
    try:
        return read(*arguments), ()
    except Faults as refused:
        return None, refused.faults


def from_file(path):
    return framework_from(parse(path), path.name)


def test_the_framework_that_is_changed_below_is_right():
    assert framework_from(WRITTEN, "mini.toml").id == "mini"


@EXAMPLES
@given(changes=CHANGES)
def test_a_framework_with_anything_in_it_loads_or_is_refused(changes):
    raw = copy.deepcopy(WRITTEN)
    for place, change, value in changes:
        changed(raw, place, change, value)
    framework, faults = loaded(framework_from, raw, "mini.toml")
    assert (framework is None) == bool(faults)
    assert all(fault.place["file"] == "mini.toml" for fault in faults)
    if framework:
        assert check_framework(framework) is framework
        for item in framework.items:
            assert framework.scale_of(item).options >= 2
            assert framework.perspectives_of(item.dimension)
            assert framework.wording_for(item, "b")[0]


@EXAMPLES
@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_framework_or_refused(tmp_path, content):
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    framework, faults = loaded(from_file, path)
    assert (framework is None) == bool(faults)


@EXAMPLES
@given(at=st.integers(0, 10**6), piece=st.binary(max_size=6), length=st.integers(0, 40))
def test_a_framework_file_with_a_damaged_place_is_never_more_than_refused(tmp_path, at, piece, length):
    content = (
        b'id = "m"\nversion = "1"\nlanguages = ["fr"]\nperspectives = ["reality"]\nanswer_scale = {low = 1, high = 5}\n'
        b'[[dimension]]\nid = "d"\nname.fr = "D"\n[[item]]\nid = "i1"\ndimension = "d"\ntext.fr = "I"\n'
    )
    at %= len(content)
    path = tmp_path / "damaged.toml"
    path.write_bytes(content[:at] + piece + content[at + length :])
    framework, faults = loaded(from_file, path)
    assert (framework is None) == bool(faults)
