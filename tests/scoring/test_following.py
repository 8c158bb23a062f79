"""Further tables follow the cells they speak of: small tables one can check by eye."""

import numpy as np
import pandas as pd
import pytest

from assessment.scoring.confidentiality import COLUMNS, FOLLOWERS
from assessment.scoring.following import CELL, Decided, Follower, follow
from assessment.scoring.further import FURTHER

CELLS = pd.DataFrame(
    [
        ("1", None, None, "d", None),
        ("1", None, None, "e", None),
        ("1", "role", "x", "d", None),
        ("1", "role", "x", "e", None),
        ("1", "role", "y", "d", "protects_another"),
        ("1", "role", "y", "e", None),
        ("1", "role", None, "d", None),
        ("1", "role", None, "e", None),
        ("2", None, None, "d", "close_to_earlier"),
        ("2", None, None, "e", None),
        ("2", "role", "x", "d", None),
        ("2", "role", "x", "e", None),
    ],
    columns=[*CELL, "reason"],
    dtype=object,
)
END = {"n": 30, "value": 0.5, "suppressed": False, "reason": None}


def told(keys, rows, counts=("n",), parts=(), **more):
    columns = dict.fromkeys([*keys, *counts, *parts, *END])
    table = pd.DataFrame([END | more | dict(zip(keys, row, strict=True)) for row in rows])[list(columns)]
    return follow(table, Follower(tuple(columns), tuple(keys), counts, parts), Decided(CELLS), 10)


def why(keys, *rows, **options):
    return told(keys, rows, **options)["reason"].tolist()


def test_a_row_of_one_cell_follows_it():
    rows = [("1", "role", one, "d") for one in ("x", "y", None)]
    assert why(CELL, *rows) == [None, "protects_another", None]


def test_a_table_without_groups_speaks_of_the_organisation():
    assert why(("wave", "dimension"), ("1", "d"), ("2", "d"), ("2", "e")) == [None, "close_to_earlier", None]


def test_a_table_or_row_without_dimension_speaks_of_all_dimensions():
    assert why(("wave", "by", "group"), ("1", "role", "x"), ("1", "role", "y")) == [None, "protects_another"]
    assert why(CELL, ("1", "role", "y", None), ("1", "role", "y", "e")) == ["protects_another", None]
    assert why(("wave",), ("1",), ("2",)) == [None, "close_to_earlier"]


def test_a_table_of_a_grouping_without_groups_speaks_of_every_group_of_it():
    keys = ("wave", "by", "dimension")
    assert why(keys, ("1", "role", "d"), ("1", "role", "e"), ("2", "role", "d")) == ["protects_another", None, None]


def test_two_groups_two_dimensions_or_two_waves_must_all_be_told():
    keys = ("wave", "by", "group", "other_group", "dimension")
    assert why(keys, ("1", "role", "x", "y", "d"), ("1", "role", "x", "y", "e")) == ["protects_another", None]
    keys = ("wave", "by", "group", "dimension", "other_dimension")
    assert why(keys, ("1", "role", "x", "e", "d"), ("1", "role", "y", "e", "d")) == [None, "protects_another"]
    keys = ("wave", "other_wave", "dimension")
    assert why(keys, ("1", "2", "d"), ("2", "1", "e")) == ["close_to_earlier", None]


def test_a_group_beside_the_organisation_names_both_groupings():
    keys = ("wave", "by", "other_by", "group", "other_group", "dimension")
    assert why(keys, ("1", "role", None, "x", None, "d"), ("2", "role", None, "x", None, "d")) == [
        None,
        "close_to_earlier",
    ]


def test_what_the_release_has_no_cell_of_is_not_told():
    assert why(CELL, ("3", None, None, "d"), ("1", "age", "20", "d")) == ["outside_release"] * 2
    assert why(CELL, ("1", "role", "x", "f")) == ["outside_release"]


@pytest.mark.parametrize(
    ("n", "expected"), [(9, "confidential"), (10, None), (0, "confidential"), (np.nan, "confidential")]
)
def test_too_few_are_not_told_of(n, expected):
    assert why(CELL, ("1", "role", "x", "d"), n=n) == [expected]
    assert why(CELL, ("1", "role", "x", "d"), counts=("n", "other_n"), other_n=n) == [expected]


@pytest.mark.parametrize(("part", "expected"), [(0, None), (1, "confidential"), (9, "confidential"), (10, None)])
def test_some_people_and_too_few_are_not_told_of(part, expected):
    assert why(CELL, ("1", "role", "x", "d"), parts=("n_flagged",), n_flagged=part) == [expected]


def test_a_hidden_row_keeps_its_keys_and_its_reason_only():
    table = pd.DataFrame([("1", "i", one, 30, 0.5, "word", True, False, "one") for one in "de"])
    columns = ("wave", "item", "dimension", "n", "value", "told", "large", "suppressed", "reason")
    cells = CELLS.assign(reason=["confidential" if one == "d" else None for one in CELLS["dimension"]])
    rule = Follower(columns, ("wave", "item", "dimension"))
    before = table.set_axis(columns, axis=1)
    result = follow(before, rule, Decided(cells), 10)
    shown, hidden = result.to_dict("records")[1], result.to_dict("records")[0]
    assert shown == dict(zip(columns, ("1", "i", "e", 30, 0.5, "word", True, False, "one"), strict=True))
    assert {key for key, value in hidden.items() if not pd.isna(value)} == {*rule.keys, "suppressed", "reason"}
    assert (hidden["suppressed"], hidden["reason"]) == (True, "confidential")
    assert before["n"].tolist() == [30, 30]


def test_an_empty_table_stays_empty_with_its_columns():
    assert list(told(CELL, [("1", "role", "x", "d")])[:0].columns) == [*CELL, *END]
    rule = Follower((*CELL, *END), CELL)
    assert follow(pd.DataFrame(columns=[*CELL, *END]), rule, Decided(CELLS), 10).empty


def test_every_table_has_a_row_that_can_be_hidden():
    for name, rule in (FOLLOWERS | FURTHER).items():
        beside = [one for names in rule.shares.values() for one in names]
        named = {"suppressed", "reason", *rule.keys, *rule.counts, *rule.shares, *beside, *rule.alike}
        assert named <= set(rule.columns), name
    assert all(COLUMNS[name] == rule.columns for name, rule in FOLLOWERS.items())
    assert not set(FOLLOWERS) & set(FURTHER)
