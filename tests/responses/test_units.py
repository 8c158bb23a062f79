"""A units file says how many people each unit has and which unit it is a part of."""

import numpy as np
import pytest

from assessment.responses import load_units


def places(faults):
    return [(one.code, one.place.get("row"), one.place.get("column")) for one in faults]


def test_units_are_read_with_what_is_known_of_them(small, upload):
    text = "unit;name;parent;headcount;headcount.agent;budget\nV;Voirie;T;42;40;9\nT;;;;;\n\nD;Déchets;T;0;;\n"
    units = load_units(upload(text), small)
    assert units.columns.tolist() == ["unit", "name", "parent", "headcount", "headcount.agent"]
    assert units[["unit", "name", "parent"]].values.tolist() == [
        ["V", "Voirie", "T"],
        ["T", "T", ""],
        ["D", "Déchets", "T"],
    ]
    np.testing.assert_array_equal(units["headcount"], [42, np.nan, 0])
    np.testing.assert_array_equal(units["headcount.agent"], [40, np.nan, np.nan])
    assert units.index.tolist() == [0, 1, 2]


def test_only_the_unit_is_needed(small, upload):
    assert load_units(upload("unit\nV\n"), small).iloc[0, :3].tolist() == ["V", "V", ""]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name;headcount\nV;3\n", [("units_column_missing", 1, None)]),
        ("unit;headcount.mayor\nV;3\n", [("role_unknown", 1, "headcount.mayor")]),
        ("unit;headcount.\nV;3\n", [("role_unknown", 1, "headcount.")]),
        ("unit;name\nV;x\n;y\n", [("unit_empty", 3, "unit")]),
        ("unit;name\nV;x\nV;y\n", [("unit_duplicate", 3, "unit")]),
        ("unit;parent\nV;X\n", [("parent_unknown", 2, "parent")]),
        ("unit;parent\nV;V\n", [("unit_circle", 2, "parent")]),
        (
            "unit;parent\nA;B\nB;C\nC;A\nD;A\n",
            [("unit_circle", 2, "parent"), ("unit_circle", 3, "parent"), ("unit_circle", 4, "parent")],
        ),
        ("unit;headcount\nV;12,5\n", [("headcount_not_number", 2, "headcount")]),
        ("unit;headcount\nV;-1\n", [("headcount_not_number", 2, "headcount")]),
        ("unit;headcount\nV;1 200\n", [("headcount_not_number", 2, "headcount")]),
        ("unit;headcount\nV;many\n", [("headcount_not_number", 2, "headcount")]),
        ("unit;headcount.agent\nV;NA\n", [("headcount_not_number", 2, "headcount.agent")]),
        ("unit;name\nV\n", [("row_width", 2, None)]),
        ("", [("file_empty", None, None)]),
        ("unit;name\n", [("rows_missing", None, None)]),
    ],
)
def test_each_fault_is_told_with_its_place(small, upload, faults_of, text, told):
    assert places(faults_of(load_units, upload(text), small)) == told


def test_all_faults_are_told_at_once_in_the_order_of_the_rows(small, upload, faults_of):
    faults = faults_of(load_units, upload("unit;parent;headcount\nA;B;x\n;;\nC;C;1\nA;;-2\n"), small)
    assert [one.place["row"] for one in faults] == [2, 2, 4, 5, 5]
    assert {one.place["file"] for one in faults} == {"answers.csv"}
