"""What was let out is kept to the last bit, and stands in the way of a later release that would tell by subtraction."""

import math
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.example import load_example
from assessment.scoring import (
    Settings,
    release,
    score_answer_labels,
    score_item_answers,
    score_participation,
    score_wave,
)
from assessment.scoring.further import FURTHER
from assessment.scoring.label_bands import told_upto
from assessment.workspace import (
    Overtaken,
    add_campaign,
    add_framework,
    earlier_releases,
    keep_release,
    list_releases,
    released_tables,
)
from assessment.workspace.tables import table_data, table_of


@pytest.fixture(scope="module")
def first(scored):
    return release(scored)


@pytest.fixture(scope="module")
def again(scored, first):
    """A second release, which knows the first by the tables themselves."""
    return release(scored, earlier=first)


@pytest.fixture(scope="module")
def scored():
    example = load_example()
    return score_wave(example.responses, example.framework, [("unit",)], "2026", example.units)


@pytest.fixture
def campaign(workspace, tmp_path, filled):
    source = tmp_path / "short.toml"
    source.write_text(filled.FRAMEWORK, "utf-8")
    add_campaign(workspace, "c", "C", add_framework(workspace, source))
    return workspace


def test_a_release_is_kept_as_it_was_let_out(campaign, scored):
    released = release(scored, Settings(11))
    assert keep_release(campaign, "c", released, Settings(11)) == 1
    kept = released_tables(campaign, "c")
    assert kept.keys() == released.keys()
    for name, table in released.items():
        pd.testing.assert_frame_equal(kept[name], table.reset_index(drop=True), check_exact=True)
    assert [(one["number"], one["min_group"]) for one in list_releases(campaign, "c")] == [(1, 11)]


def test_a_later_release_knows_the_earlier_ones(campaign, scored, first, again):
    assert earlier_releases(campaign, "c") == []
    keep_release(campaign, "c", first)
    by_workspace = release(scored, earlier=earlier_releases(campaign, "c"))
    for name, table in by_workspace.items():
        pd.testing.assert_frame_equal(table, again[name])
    keep_release(campaign, "c", again)
    assert len(list_releases(campaign, "c")) == 1, "the very same tables are one release"
    shorter = {name: table.iloc[1:] for name, table in first.items()}
    assert keep_release(campaign, "c", shorter) == 2
    assert [len(one["groups"]) - len(first["groups"]) for one in earlier_releases(campaign, "c")] == [0, -1]
    assert len(released_tables(campaign, "c", 1)["groups"]) == len(first["groups"])


def test_the_same_tables_on_other_terms_are_another_release(campaign, first):
    assert keep_release(campaign, "c", first, terms={"inputs": "1"}) == 1
    assert keep_release(campaign, "c", first, terms={"inputs": "2"}) == 1
    assert keep_release(campaign, "c", first, terms={"inputs": "2", "design": "simple"}) == 2
    assert keep_release(campaign, "c", first, Settings(11)) == 3
    assert list_releases(campaign, "c")[0]["by"] == [["unit"]]


def test_who_did_not_see_the_last_release_is_refused(campaign, first):
    keep_release(campaign, "c", first, after=0)
    with pytest.raises(Overtaken, match="release_overtaken") as told:
        keep_release(campaign, "c", first, Settings(11), after=0)
    assert pickle.loads(pickle.dumps(told.value)).faults == told.value.faults
    assert keep_release(campaign, "c", first, after=0) == 1, "what is kept already tells nothing new"
    assert keep_release(campaign, "c", first, Settings(11), after=1) == 2


def test_a_release_that_was_not_made_is_said_not_to_be(campaign, refused):
    with refused("release_absent"):
        released_tables(campaign, "c")
    with refused("campaign_absent"):
        released_tables(campaign, "x")


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=20))
def test_a_number_reads_back_to_the_last_bit(numbers):
    table = pd.DataFrame({"mean": pd.Series(numbers, dtype="float64")})
    back = table_of(table_data(table), "t")["mean"].tolist()
    assert all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(back, numbers, strict=True))


def test_every_kind_of_column_reads_back():
    table = pd.DataFrame(
        {
            "a": pd.Series(["x", None, True], dtype="object"),
            "b": pd.Series(["x", "", "é"], dtype="str"),
            "c": pd.Series([1, None, 3], dtype="Int64"),
            "d": pd.Series([True, None, False], dtype="boolean"),
            "e": np.array([1, 0, 255], dtype="uint8"),
            "f": [True, False, True],
        }
    )
    pd.testing.assert_frame_equal(table_of(table_data(table), "t"), table)


@pytest.mark.parametrize("data", [None, 1, "x", [1], [{}], [{"name": "a", "kind": "exec", "values": []}]])
def test_what_is_no_table_is_damage(refused, data):
    with refused("workspace_damaged"):
        table_of(data, "released_tables")


def test_what_was_told_of_items_and_of_who_answered_is_kept_and_compared_with(campaign):
    """Late answers: the bands that both releases tell differ by enough, or by nobody."""
    example = load_example()
    mine = example.responses[example.responses["wave"] == "2026"]

    def told(responses, earlier):
        further = {
            "item_answers": score_item_answers(responses, example.framework, "2026"),
            "answer_labels": score_answer_labels(responses, example.framework, "2026"),
            "participation": score_participation(responses, example.framework, [("unit",)], "2026", example.units),
        }
        wave = score_wave(responses, example.framework, [("unit",)], "2026", example.units)
        return release(wave | further, earlier=earlier, further=FURTHER)

    first = told(mine.iloc[:-30], None)
    keep_release(campaign, "c", first)
    kept = released_tables(campaign, "c")
    for name in ("answer_labels", "participation"):
        pd.testing.assert_frame_equal(kept[name], first[name].reset_index(drop=True), check_exact=True)
    second = told(mine, earlier_releases(campaign, "c"))
    before, after = told_upto(first), told_upto(second)
    compared = 0
    for item in before.keys() & after.keys():
        shared = sorted(before[item].keys() & after[item].keys())
        changed = np.diff([0, *(after[item][cut] - before[item][cut] for cut in shared)])
        assert len(shared) < 2 or not changed.any() or (np.abs(changed) >= 10).all()
        compared += len(shared) > 1
    assert compared
    met = first["participation"].merge(second["participation"], on=["wave", "by", "group"])
    changed = (met["n_x"] - met["n_y"]).abs().dropna()
    assert ((changed == 0) | (changed >= 10)).all()
