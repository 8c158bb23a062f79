"""A framing is plain data: everything wrong is told at once, and what is right goes through the store unchanged."""

import copy
import json
import re
from importlib import import_module
from pathlib import Path

import pytest

from assessment import practices
from assessment.example import load_example
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.practices import (
    announce_mergers,
    check_framing,
    framing_people,
    framing_units,
    load_framing,
    new_framing,
    with_units,
)
from assessment.practices.framing.document import FRAMING
from assessment.texts import LANGUAGES, tell
from assessment.workspace import PracticeStore, open_workspace

DOCS = Path(__file__).parents[3] / "docs" / "framing.md"
FRAMEWORK = load_framework("collectivite-apprenante")
WHOLE = {
    "format": "apprenance-framing",
    "version": 1,
    "aim": "Apprendre",
    "mandate_group": [{"name": "Claire", "role": "elected"}],
    "units": [{"unit": "P"}, {"unit": "A", "name": "Voirie", "parent": "P"}, {"unit": "B", "parent": "P"}],
    "people": [{"unit": "A", "role": "agent", "headcount": 9}, {"role": "elected", "headcount": 27}],
    "mergers": [{"kind": "unit", "from": "A", "into": "B"}],
    "method": {"kind": "survey", "form": "short", "rate": 0.6, "min_group": 11},
    "calendar": {"wanted": "2027-03-01", "days": {"field": 21}, "elections": [{"first": "2026-03-15"}]},
    "costs": {"hourly_cost": 30.5, "workshops": [{"name": "x", "people": 12, "staff": 12, "hours": 2.5}]},
    "brakes": {"cost": "…"},
    "readiness": [{"time": 3}],
}


def told(**changes):
    with pytest.raises(Faults) as caught:
        check_framing(WHOLE | changes, FRAMEWORK)
    for fault in caught.value.faults:
        assert all(tell(fault, language) for language in LANGUAGES)
    return [fault.code for fault in caught.value.faults]


def test_what_is_right_comes_back_unchanged_and_nothing_in_it_is_touched():
    before = copy.deepcopy(WHOLE)
    assert check_framing(WHOLE, FRAMEWORK) is WHOLE
    assert before == WHOLE
    assert check_framing(new_framing(), FRAMEWORK) == new_framing()


@pytest.mark.parametrize("other", [None, [], "x", {}, {"format": "apprenance-map", "version": 1}])
def test_another_file_is_no_framing(other):
    with pytest.raises(Faults, match="framing_format_missing"):
        check_framing(other, FRAMEWORK)


@pytest.mark.parametrize("version", [2, "1", True, None])
def test_another_version_is_told(version):
    assert told(version=version) == ["framing_version_unknown"]


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"aims": ""}, ["key_unknown"]),
        ({"aim": 3}, ["type_wrong"]),
        ({"aim": "x" * 5000}, ["text_too_long"]),
        ({"aim": "a\x00b"}, ["text_controls"]),
        ({"people": {}}, ["type_wrong"]),
        ({"people": [{}]}, ["key_missing"]),
        ({"people": [{"headcount": 1.5}, {"headcount": True}]}, ["type_wrong", "type_wrong"]),
        ({"people": [{"headcount": -1}]}, ["number_out_of_range"]),
        ({"people": [{"headcount": 1}] * 3}, ["people_twice", "people_twice"]),
        ({"people": [{"unit": "Z", "role": "king", "headcount": 1}]}, ["framing_unit_unknown", "role_unknown"]),
        ({"units": [{"unit": " "}]}, ["text_empty"]),
        ({"units": [{"unit": "A"}] * 2 + [{"unit": "B"}]}, ["unit_duplicate"]),
        ({"units": [{"unit": "A", "parent": "B"}, {"unit": "B", "parent": "A"}], "mergers": []}, ["unit_circle"] * 2),
        ({"mergers": [{"kind": "role", "from": "king", "into": "agent"}]}, ["merger_of_nobody"]),
        ({"mergers": [{"kind": "role", "from": "agent", "into": "agent"}]}, ["merger_unclear"]),
        ({"mergers": [{"kind": "unit", "from": "P", "into": "A"}]}, ["merger_of_whole"]),
        (
            {"method": {"kind": "poll", "rate": 1.1, "min_group": 4}},
            ["value_not_allowed"] + ["number_out_of_range"] * 2,
        ),
        ({"method": {"rate": float("nan")}}, ["type_wrong"]),
        ({"calendar": {"wanted": "01/03/2027"}}, ["day_wrong"]),
        ({"calendar": {"wanted": "2027-02-30"}}, ["day_wrong"]),
        ({"calendar": {"elections": [{"first": "2026-03-22", "last": "2026-03-15"}]}}, ["days_reversed"]),
        ({"costs": {"workshops": [{"people": 3, "staff": 4, "hours": 1}]}}, ["number_out_of_range"]),
        ({"readiness": [{"time": 6}, {"tim": 3}]}, ["number_out_of_range", "key_unknown"]),
        ({"mandate_group": [{"name": "x"}] * 51}, ["list_too_long"]),
    ],
)
def test_each_slip_is_told_in_both_languages(changes, codes):
    assert told(**changes) == codes


def test_a_workspace_keeps_it_as_it_is(tmp_path):
    with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
        store = PracticeStore(workspace, FRAMING)
        assert load_framing(store.load(), FRAMEWORK) == new_framing()
        store.save(check_framing(WHOLE, FRAMEWORK))
        assert load_framing(store.load(), FRAMEWORK) == WHOLE
    assert json.loads(json.dumps(WHOLE)) == WHOLE


def test_units_go_in_and_out_as_the_units_table_has_them():
    units = load_example().units
    document = with_units({"people": [{"role": "elected", "headcount": 29}]}, units)
    check_framing(new_framing() | document, FRAMEWORK)
    back = framing_units(document)
    assert back["unit"].tolist() == units["unit"].tolist()
    assert back["headcount"].fillna(0).tolist() == units["headcount"].fillna(0).tolist()
    for role in ("agent", "manager", "executive"):
        assert back[f"headcount.{role}"].fillna(0).tolist() == units[f"headcount.{role}"].fillna(0).tolist()
    assert framing_people(document)["headcount"].sum() == 324 + 29


def test_more_people_in_the_roles_than_in_the_unit_are_refused():
    units = load_example().units.assign(headcount=1.0)
    with pytest.raises(Faults, match="roles_exceed_unit"):
        with_units({}, units)


def test_mergers_move_people_and_lose_nobody():
    people, units = announce_mergers(framing_people(WHOLE), framing_units(WHOLE), WHOLE["mergers"])
    assert people.values.tolist() == [["B", "agent", 9], ["", "elected", 27]]
    assert units["unit"].tolist() == ["P", "B"]


TABLES = {
    "people": ("people", "COLUMNS"),
    "visibility": ("visibility", "COLUMNS"),
    "mergers": ("mergers", "COLUMNS"),
    "cost": ("cost", "COLUMNS"),
    "schedule": ("schedule", "COLUMNS"),
    "warnings": ("schedule", "WARNING_COLUMNS"),
    "consulted": ("schedule", "CONSULTED_COLUMNS"),
    "brakes": ("brakes", "COLUMNS"),
    "readiness": ("readiness", "COLUMNS"),
    "readiness_compared": ("readiness", "COMPARED_COLUMNS"),
}


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_are_those_the_docs_list(table):
    module, constant = TABLES[table]
    columns = getattr(import_module(f"assessment.practices.framing.{module}"), constant)
    (line,) = [one for one in DOCS.read_text("utf-8").splitlines() if one.startswith(f"| {table} |")]
    assert re.findall(r"`([^`]+)`", line.rsplit("|", 2)[1]) == list(columns)


@pytest.mark.parametrize("name", practices.__all__)
def test_every_public_name_is_documented(name):
    assert f"`{name}" in DOCS.read_text("utf-8")
    assert getattr(practices, name).__doc__
