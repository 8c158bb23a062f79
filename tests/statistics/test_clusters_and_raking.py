"""Units that were drawn, and raking to known margins, against R survey (tests/oracles/inference.R)."""

import json
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.statistics import clustered_interval, mean_interval, rake, raked_interval

FIELDS = ("mean", "se", "df", "low", "high")


def assert_is_survey_s(interval, expected, tolerance=1e-10):
    for name in FIELDS:
        assert getattr(interval, name) == pytest.approx(expected[name], abs=tolerance), name


def assert_only_the_mean_is_known(interval, mean):
    assert interval.mean == mean
    assert np.isnan([interval.se, interval.low, interval.high]).all()


@pytest.fixture(scope="module")
def inference():
    return json.loads((Path(__file__).resolve().parents[1] / "oracles" / "inference.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def staff(inference):
    """Give people as arrays: unit, role, y, scored, w."""
    return {name: np.array(column) for name, column in inference["people"].items()}


def in_clusters(staff, weight, of=True, alone=False, **options):
    members = staff["unit"] != ""
    units = np.unique(staff["unit"][members])
    w = weight * (staff["scored"] & of)
    per_unit = [[part[staff["unit"] == unit].sum() for unit in units] for part in (w, w * staff["y"])]
    sums = [part[~members].sum() for part in (w > 0, w, w * staff["y"], w**2, w**2 * staff["y"], (w * staff["y"]) ** 2)]
    return clustered_interval(*per_unit, sampled=len(units), alone=sums if alone else None, **options)


def test_units_that_were_drawn_are_survey_s_clusters(staff, inference):
    expected, one = inference["clustered"], np.ones(len(staff["y"]))
    managers = staff["role"] == "manager"
    found = {
        "members": in_clusters(staff, one),
        "members_fpc": in_clusters(staff, one, everywhere=20),
        "members_weighted": in_clusters(staff, staff["w"]),
        "managers": in_clusters(staff, one, managers),
        "managers_fpc": in_clusters(staff, one, managers, everywhere=20),
        "everyone": in_clusters(staff, one, alone=True),
        "everyone_fpc": in_clusters(staff, one, alone=True, everywhere=20),
        "everyone_weighted": in_clusters(staff, staff["w"], alone=True),
    }
    assert set(found) == set(expected)
    for name, interval in found.items():
        assert_is_survey_s(interval, expected[name])


def test_companies_that_were_drawn_are_survey_s_clusters_on_real_data(columns, reference):
    table = columns("lq2002.csv", ["COMPID", *(f"LEAD{item:02}" for item in range(1, 12))])
    company, score = table[:, 0], table[:, 1:].mean(axis=1)
    w, wx = np.transpose([(np.sum(company == one), score[company == one].sum()) for one in np.unique(company)])
    found, expected = clustered_interval(w, wx, len(w)), reference["lq2002"]["survey_means_LEAD"]["cluster_company"]
    assert (found.mean, found.se, found.df) == pytest.approx(
        (expected["mean"], expected["se"], expected["df"]), abs=1e-9
    )
    assert [found.low, found.high] == pytest.approx(expected["ci95_t"], abs=1e-9)


def test_one_cluster_and_all_clusters_there_are_give_no_interval():
    assert_only_the_mean_is_known(clustered_interval([4], [12], 1), 3)
    assert_only_the_mean_is_known(clustered_interval([4, 0], [12, 0], 2), 3)
    assert_only_the_mean_is_known(clustered_interval([4, 4], [12, 12], 2, 2), 3)
    nobody = clustered_interval([0, 0], [0, 0], 2)
    assert np.isnan([nobody.mean, nobody.se]).all()


@settings(max_examples=30)
@given(st.lists(st.integers(4, 20).map(lambda quarter: quarter / 4), min_size=2, max_size=12).map(np.array))
def test_clusters_of_one_person_each_are_a_simple_sample(y):
    found, expected = clustered_interval(np.ones(len(y)), y, len(y)), mean_interval(len(y), y.mean(), y.var(ddof=1))
    for name in FIELDS:
        assert getattr(found, name) == pytest.approx(getattr(expected, name), abs=1e-9)


# --- raking


@pytest.fixture(scope="module")
def raked(staff, inference):
    """Give what raking needs: respondents by role and unit, the fitted table, headcounts of units, scores by cell."""
    told = inference["raking"]
    roles, units = list(told["roles"]), list(told["headcounts"])
    members = staff["unit"] != ""
    row, column = (
        np.array([names.index(one) for one in staff[key][members]]) for key, names in (("role", roles), ("unit", units))
    )
    people = np.zeros((len(roles), len(units)))
    np.add.at(people, (row, column), 1)
    return SimpleNamespace(
        people=people,
        margins=[
            len(row) * np.array(list(one.values())) / sum(one.values()) for one in (told["roles"], told["headcounts"])
        ],
        headcounts=list(told["headcounts"].values()),
        row=row,
        column=column,
        y=staff["y"][members],
        scored=staff["scored"][members],
        roles=roles,
        units=units,
        expected=told,
    )


def interval_of(raked, of=True):
    rows, columns = np.nonzero(raked.people)
    cells = [
        raked.y[(raked.row == r) & (raked.column == c) & raked.scored & of] for r, c in zip(rows, columns, strict=True)
    ]
    sizes = [len(one) for one in cells]
    means = [one.mean() if len(one) else np.nan for one in cells]
    variances = [one.var(ddof=1) if len(one) > 1 else np.nan for one in cells]
    people = raked.people[rows, columns]
    weights = rake(raked.people, *raked.margins)[rows, columns] / people
    return raked_interval(sizes, means, variances, people, weights, rows, columns, raked.headcounts)


def test_raking_gives_the_weights_of_survey(raked):
    weights = rake(raked.people, *raked.margins)[raked.row, raked.column] / raked.people[raked.row, raked.column]
    np.testing.assert_allclose(weights, raked.expected["weights"], rtol=1e-9)


def test_the_interval_of_a_raked_mean_is_survey_s_and_knows_that_the_margins_are_known(raked):
    agents, unit_c = raked.row == raked.roles.index("agent"), raked.column == raked.units.index("C")
    for of, name in ((True, "strata"), (agents, "strata_agents"), (unit_c, "strata_unit_c")):
        # R projects on the margins ten times in turn, not to the end.
        assert_is_survey_s(interval_of(raked, of), raked.expected[name], 1e-8)


def test_raking_that_the_empty_cells_forbid_is_undefined():
    assert np.isnan(rake([[1, 0], [0, 1]], [3, 1], [1, 3])).all()


@settings(max_examples=30)
@given(st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=2, max_size=4), st.data())
def test_a_raked_table_has_its_margins_and_the_odds_of_the_respondents(counts, data):
    target = np.array(data.draw(st.lists(st.integers(1, 50), min_size=3 * len(counts), max_size=3 * len(counts))))
    target = target.reshape(len(counts), 3)
    fitted = rake(counts, target.sum(axis=1), target.sum(axis=0))
    np.testing.assert_allclose(fitted.sum(axis=1), target.sum(axis=1), rtol=1e-9)
    np.testing.assert_allclose(fitted.sum(axis=0), target.sum(axis=0), rtol=1e-9)
    odds = [table[0, 0] * table[1, 1] / table[0, 1] / table[1, 0] for table in (fitted, np.array(counts))]
    assert odds[0] == pytest.approx(odds[1])
