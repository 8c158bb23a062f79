"""Careless responding from responses to tables: who is flagged and why, and what the scores are without them."""

import numpy as np
import pandas as pd
import pytest

from assessment.responses.careless import RULES, CarelessRules, careless_indices, flag_careless, pages_of
from assessment.scoring import score_dimensions, tally
from assessment.scoring.careless import COLUMNS, WITHOUT, score_careless, score_without_careless

TWICE = ("reality", "vision")
NAMES = "abcdefg"
PEOPLE, CARELESS = 90, 6


@pytest.fixture(scope="module")
def framework(instrument, items):
    """Seven dimensions of four items about one referent; the last item of each is reversed."""
    dimensions = {
        name: {"items": {f"{name}{n}": {"referent": "service", "reverse": n == 4} for n in range(1, 5)}}
        for name in NAMES
    }
    return instrument(dimensions, perspectives=TWICE)


@pytest.fixture(scope="module")
def rows():
    """Ninety people who answer as they think; then three who tick 3 all along and three who tick at random."""
    draw = np.random.default_rng(11)
    level = draw.normal(3, 1, size=(PEOPLE, 7, 1, 1)) + draw.normal(0, 0.4, size=(PEOPLE, 1, 1, 1))
    cells = np.rint(level + draw.normal(0, 0.5, size=(PEOPLE, 7, 4, 2)))
    cells[:, :, 3] = 6 - cells[:, :, 3]
    cells = np.concatenate([cells, np.full((3, 7, 4, 2), 3), draw.integers(1, 6, size=(3, 7, 4, 2))])
    cells[..., 1] = 5  # everybody wishes for everything
    names = [f"{name}{n}.{one}" for name in NAMES for n in range(1, 5) for one in TWICE]
    return [dict(zip(names, np.clip(one, 1, 5).astype(int).ravel(), strict=True)) for one in cells]


@pytest.fixture(scope="module")
def table(rows, framework, answered):
    return answered(rows, framework)


@pytest.fixture(scope="module")
def flags(table, framework):
    return flag_careless(table, framework)


def test_those_who_did_not_read_are_flagged_and_hardly_anybody_else(flags):
    assert flags["flagged"].iloc[PEOPLE:].all()
    assert flags["flagged"].iloc[:PEOPLE].sum() <= 2


def test_ticking_one_answer_all_along_is_a_long_string_that_hardly_varies(flags):
    tickers = flags.iloc[PEOPLE : PEOPLE + 3]
    assert (tickers[[("reality", "longstring"), ("reality", "irv")]] == 1).all(axis=None)
    assert tickers[("reality", "even_odd")].isna().all()  # halves that do not vary


def test_wishing_for_everything_flags_nobody(flags):
    assert (flags[("vision", "longstring")] == 1).all()
    assert flags["flagged"].sum() <= CARELESS + 2


def test_indices_are_computed_from_answers_as_given_but_for_even_and_odd(table, framework, rows):
    found = careless_indices(table, framework, "reality")
    given = pd.DataFrame(rows)[[f"{name}{n}.reality" for name in NAMES for n in range(1, 5)]].astype(float)
    np.testing.assert_allclose(found["irv"], given.std(axis=1) / 4)  # in shares of a scale of 1 to 5
    runs = [max(len(run) for run in runs_of(row)) for row in given.to_numpy()]
    np.testing.assert_array_equal(found["longstring"], runs)
    turned = given.copy()
    turned.iloc[:, 3::4] = 6 - turned.iloc[:, 3::4]
    odd, even = (turned.iloc[:, start::2].T.groupby(np.repeat(range(7), 2)).mean() for start in (0, 1))
    r = odd.iloc[:, :PEOPLE].corrwith(even.iloc[:, :PEOPLE])
    np.testing.assert_allclose(found["even_odd"].iloc[:PEOPLE], -(2 * r / (1 + r)).clip(lower=-1), atol=1e-9)
    away = given - given.mean()
    distance = np.einsum("ij,jk,ik->i", away, np.linalg.inv(given.cov()), away)
    np.testing.assert_allclose(found["mahalanobis"], distance)


def runs_of(row):
    run = [row[0]]
    for value in row[1:]:
        if value != run[-1]:
            yield run
            run = []
        run.append(value)
    yield run


def test_a_page_is_of_one_referent_and_one_answer_scale(instrument, answered):
    items = {f"i{n}": {"referent": "me" if n % 2 else "service"} for n in range(1, 25)}
    framework = instrument({"d": {"items": items}})
    assert [len(page) for page in pages_of(framework, "reality")] == [12, 12]
    # 3 all along about me, 1 and 2 in turn about the service: mixed, no two neighbours are alike.
    row = {f"i{n}": 3 if n % 2 else 1 + n // 2 % 2 for n in range(1, 25)}
    found = careless_indices(answered([row], framework), framework, "reality").iloc[0]
    assert (found["longstring"], found["string_share"]) == (12, 1)
    assert found["average_string"] == 1
    mixed = careless_indices(answered([row], framework), framework, "reality", pages=[framework.items]).iloc[0]
    assert (mixed["longstring"], mixed["string_share"]) == (1, 0)


def test_a_string_that_fills_a_short_page_speaks_even_beside_a_longer_one(instrument, answered):
    items = {f"i{n}": {"referent": "me" if n > 40 else "service"} for n in range(1, 53)}
    framework = instrument({"d": {"items": items}})
    # Thirteen alike of forty about the service; eleven alike of twelve about me.
    cells = [3] * 13 + [1 + n % 5 for n in range(27)] + [2] * 11 + [4]
    row = {f"i{n}": cell for n, cell in enumerate(cells, 1)}
    found = careless_indices(answered([row], framework), framework, "reality").iloc[0]
    assert (found["longstring"], found["string_share"]) == (13, pytest.approx(11 / 12))
    assert flag_careless(answered([row], framework), framework)["flagged"].tolist() == [True]


def test_a_short_string_or_a_short_response_says_nothing(instrument, items, answered):
    framework = instrument({"d": {"items": items(12)}})
    nine = {f"i{n}": 4 if n < 10 else n - 9 for n in range(1, 13)}  # nine alike of twelve
    short = {f"i{n}": 4 if n < 10 else "" for n in range(1, 13)}  # nine answers, all alike
    ten = nine | {"i10": 4}
    flags = flag_careless(answered([nine, short, ten], framework), framework)
    assert flags["flagged"].tolist() == [False, False, True]
    assert np.isnan(flags[("reality", "irv")].iloc[1])
    strict = flag_careless(answered([nine, short, ten], framework), framework, CarelessRules(string_length=9))
    assert strict["flagged"].tolist() == [True, True, True]


def test_people_are_compared_with_those_asked_the_same(instrument, items, answered):
    asked = {f"i{n}": {"roles": ["x"]} if n > 2 else {} for n in range(1, 5)}
    framework = instrument({"d": {"items": asked}}, roles=("x", "y"))
    draw = np.random.default_rng(4)
    rows = [
        {"role": role, **{f"i{n}": int(draw.integers(1, 6)) for n in range(1, 5 if role == "x" else 3)}}
        for role in ["x"] * 14 + ["y"] * 6 + ["x"] * 6
    ]
    found = careless_indices(answered(rows, framework), framework, "reality")["mahalanobis"]
    for role, columns in (("x", ["i1", "i2", "i3", "i4"]), ("y", ["i1", "i2"])):
        places = [place for place, row in enumerate(rows) if row["role"] == role]
        given = pd.DataFrame(rows).loc[places, columns].astype(float)
        away = given - given.mean()
        distance = np.einsum("ij,jk,ik->i", away, np.linalg.inv(given.cov()), away)
        np.testing.assert_allclose(found.iloc[places], distance)
    few = careless_indices(answered(rows[:16], framework), framework, "reality")["mahalanobis"]
    assert few.iloc[14:].isna().all()  # two people, two items


def test_a_rule_that_speaks_against_many_counts_for_nobody(table, framework, flags):
    everybody = flag_careless(table, framework, CarelessRules(variability=2.0, consistency=2.0))
    assert (everybody[("reality", "irv")] == 1).all()
    assert everybody["flagged"].sum() <= CARELESS + 2
    counted = score_careless(everybody, TWICE).set_index(["perspective", "rule"])
    assert counted.loc[("reality", "irv"), ["share", "reason"]].tolist() == [1.0, "rule_unfit"]
    assert pd.isna(counted.loc[("vision", "longstring"), "reason"])


def test_each_rule_is_counted_and_the_flagged_last(flags):
    found = score_careless(flags, TWICE, "2026")
    assert tuple(found.columns) == COLUMNS
    assert found["rule"].tolist() == [*RULES, *RULES, "flagged"]
    assert found.iloc[-1][["n", "n_flagged"]].tolist() == [PEOPLE + CARELESS, flags["flagged"].sum()]
    judged = flags[("reality", "even_odd")]
    row = found[(found["rule"] == "even_odd") & (found["perspective"] == "reality")].iloc[0]
    assert (row["n"], row["n_flagged"]) == (judged.notna().sum(), (judged == 1).sum())
    assert found.loc[found["n"] == 0, "reason"].eq("not_judged").all()


def test_scores_without_the_flagged_are_those_of_the_others(table, framework, flags):
    found = score_without_careless(table, framework, flags["flagged"], "2026")
    assert tuple(found.columns) == WITHOUT
    for rows, suffix in ((table, ""), (table[~flags["flagged"]], "_without")):
        scored = score_dimensions(tally(rows, framework))
        for name in ("mean", "score", "cronbach_alpha"):
            np.testing.assert_allclose(found[f"{name}{suffix}"], scored[name])
    assert (found["n"] == PEOPLE + CARELESS).all()
    assert (found["n_flagged"] == flags["flagged"].sum()).all()


@pytest.mark.parametrize("flagged", [True, False])
def test_flagging_everybody_or_nobody_is_no_accident(table, framework, flagged):
    found = score_without_careless(table, framework, [flagged] * len(table))
    assert (found["n_flagged"] == (PEOPLE + CARELESS if flagged else 0)).all()
    assert found["mean_without"].isna().all() if flagged else (found["mean_without"] == found["mean"]).all()


@pytest.mark.parametrize("cell", ["", "na", 3])
@pytest.mark.parametrize("people", [0, 3])
def test_nothing_to_judge_flags_by_strings_only(instrument, items, answered, cell, people):
    framework = instrument({"d": {"items": items(4)}}, perspectives=TWICE)
    rows = [{"unit": "A", **{f"i{n}.{one}": cell for n in range(1, 5) for one in TWICE}}] * max(people, 1)
    table = answered(rows, framework).iloc[:people]
    flags = flag_careless(table, framework)
    assert flags["flagged"].tolist() == [False] * people
    assert len(score_careless(flags, TWICE)) == 13


def test_order_of_respondents_changes_no_flag(table, framework, flags):
    order = np.random.default_rng(1).permutation(len(table))
    shuffled = flag_careless(table.iloc[order], framework)
    pd.testing.assert_frame_equal(shuffled.sort_index(), flags)


def test_the_responses_are_left_as_they_are(table, framework):
    before = table.copy()
    flag_careless(table, framework)
    pd.testing.assert_frame_equal(table, before)
