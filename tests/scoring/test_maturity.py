"""Levels, their probabilities and the level of the whole, against direct computations from respondents' rows."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from assessment.scoring import score_dimensions, score_groups, score_overall, score_wave, tally
from assessment.scoring.maturity import level_of, level_probability
from assessment.scoring.tension import quadrants

LEVELS = ("scattered", "started", "organised", "shared", "learning")
STARTS = np.array([0, 0.25, 0.45, 0.65, 0.8])


@pytest.fixture(scope="module")
def three(instrument, items):
    """Three disciplines of which one is global, and a dimension without reach."""
    return instrument(
        {
            "one": {"reach": "individual", "items": items(4, "a")},
            "two": {"reach": "collective", "items": items(4, "b")},
            "all": {"reach": "global", "items": items(4, "c")},
            "beside": {"items": items(2, "e")},
        }
    )


@pytest.fixture(scope="module")
def together(answered):
    """Give a function from seed, number of people, share missing, and shifts of each discipline to a table."""

    def make(framework, seed, people=40, missing=0.0, shifts=(0, 0, 0)):
        draw = np.random.default_rng(seed)
        trait = draw.normal(size=people)
        rows = []
        for person in range(people):
            row = {}
            for letter, shift in zip("abc", shifts, strict=True):
                for number in range(4):
                    value = int(np.clip(round(3 + shift + 0.7 * trait[person] + draw.normal()), 1, 5))
                    row[f"{letter}{number + 1}"] = "" if draw.random() < missing else value
            rows.append(row | {"e1": int(draw.integers(1, 6)), "e2": 1})
        return answered(rows, framework)

    return make


def whole(table, framework, **options):
    counts = tally(table, framework)
    return score_overall(counts, score_dimensions(counts), **options).iloc[0]


@pytest.mark.parametrize("share", [0, 0.1, 0.25, 0.2501, 0.44, 0.45, 0.64, 0.65, 0.79, 0.8, 1])
@pytest.mark.parametrize(("se", "df"), [(0.02, 5), (0.1, 1), (0.3, 100)])
def test_the_probability_of_a_level_is_that_of_student_between_its_edges(three, share, se, df):
    number = np.flatnonzero(share >= STARTS)[-1]
    low = -np.inf if number == 0 else STARTS[number]
    high = np.inf if number == 4 else STARTS[number + 1]
    expected = stats.t.cdf((high - share) / se, df) - stats.t.cdf((low - share) / se, df)
    found = level_probability(np.array(share), np.array(se), np.array(df), three)
    assert found == pytest.approx(expected, abs=1e-7)


def test_probabilities_of_all_levels_add_up_to_one():
    from assessment.statistics import probability_between

    edges = [-np.inf, *STARTS[1:], np.inf]
    parts = [float(probability_between(0.47, 0.11, 7, low, high)) for low, high in itertools.pairwise(edges)]
    assert sum(parts) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    ("share", "expected"), [(np.nan, -1), (0, 0), (0.25, 1), (0.45, 2), (0.65, 3), (0.8, 4), (1, 4)]
)
def test_a_level_starts_where_the_framework_says(three, share, expected):
    assert level_of(np.array(share), three) == expected


def test_a_share_that_arithmetic_leaves_below_an_edge_has_reached_it(three):
    assert level_of(np.array(0.1 + 0.1 + 0.1 + 0.1 + 0.05 - 1e-16), three) == 2
    assert level_of(np.array(0.45 - 1e-6), three) == 1


@pytest.mark.parametrize("seed", range(5))
def test_the_whole_of_complete_answers_is_the_mean_of_each_respondents_mean(three, together, seed):
    table = together(three, seed)
    means = np.stack([(table[[f"{one}{n}" for n in range(1, 5)]].to_numpy(float) - 1).mean(axis=1) for one in "abc"])
    each = 25 * means.mean(axis=0)
    row = whole(table, three)
    assert row["score"] == pytest.approx(each.mean(), abs=1e-10)
    assert row["se"] == pytest.approx(each.std(ddof=1) / np.sqrt(len(each)), rel=1e-7)


@pytest.mark.parametrize("seed", range(3))
def test_the_wholes_error_with_missing_answers_is_that_of_covariances_from_rows(three, together, seed):
    table = together(three, seed, people=60, missing=0.45)
    scores = []
    for letter in "abc":
        codes = table[[f"{letter}{n}" for n in range(1, 5)]].to_numpy(float)
        values = np.where(codes > 0, codes - 1, np.nan)
        enough = (codes > 0).sum(axis=1) >= 2
        scores.append(np.where(enough, np.nansum(values, axis=1) / np.maximum((codes > 0).sum(axis=1), 1), np.nan))
    total = 0
    for one, other in itertools.product(scores, scores):
        both = ~np.isnan(one) & ~np.isnan(other)
        n, m = (~np.isnan(one)).sum(), (~np.isnan(other)).sum()
        total += np.cov(one[both], other[both])[0, 1] * both.sum() / (n * m)
    assert whole(table, three)["se"] == pytest.approx(25 * np.sqrt(total) / 3, rel=1e-7)


def test_the_wholes_error_is_about_that_of_a_jackknife(three, together):
    table = together(three, 11, people=20, missing=0.2)
    own = whole(table, three)
    left_out = np.array([whole(table.drop(index=one), three)["score"] for one in table.index])
    n = len(left_out)
    jackknife = np.sqrt((n - 1) / n * ((left_out - left_out.mean()) ** 2).sum())
    assert own["se"] == pytest.approx(jackknife, rel=0.1)


def test_disciplines_that_go_exactly_against_each_other_leave_no_error(instrument, answered):
    framework = instrument(
        {"p": {"reach": "individual", "items": {"p1": {}}}, "q": {"reach": "collective", "items": {"q1": {}}}}
    )
    rows = [{"p1": value, "q1": 6 - value} for value in (1, 2, 3, 4, 5, 5, 2)]
    row = whole(answered(rows, framework), framework)
    assert row["se"] == pytest.approx(0, abs=1e-6)
    assert (row["score"], row["maturity_level"]) == (50, "organised")


@pytest.fixture(scope="module")
def two(instrument):
    return instrument(
        {"p": {"reach": "individual", "items": {"p1": {}}}, "g": {"reach": "global", "items": {"g1": {}}}},
        low=0,
        high=100,
    )


def rows_for(spread):
    # the whole is (85 + 41)/2 = 63, organised from 45 on; the global discipline lies 4 below that start
    values = [41 + spread if number % 2 else 41 - spread for number in range(10)]
    return [{"p1": 85, "g1": value} for value in values]


@pytest.mark.parametrize("spread", [12, 13, 14, 15])
def test_a_global_discipline_holds_back_from_a_probability_of_eighty_per_cent(two, answered, spread):
    values = np.array([row["g1"] for row in rows_for(spread)])
    below = stats.t.cdf((45 - 41) / (values.std(ddof=1) / np.sqrt(10)), 9)
    row = whole(answered(rows_for(spread), two), two)
    assert (row["held_back_by"] == "g") == (below >= 0.80)
    assert row["maturity_level"] == ("started" if below >= 0.80 else "organised")


def test_both_sides_of_eighty_per_cent_are_tried():
    chance = [stats.t.cdf(4 / (spread * np.sqrt(10 / 9) / np.sqrt(10)), 9) for spread in (12, 13, 14, 15)]
    assert min(chance) < 0.80 < max(chance)


def test_holding_back_can_be_switched_off(two, answered):
    row = whole(answered(rows_for(1), two), two, hold_back=False)
    assert (row["maturity_level"], row["held_back_by"]) == ("organised", None)


def test_a_divided_global_discipline_has_no_level_to_hold_the_whole_at(two, answered):
    # ten at 0 and five at 70 of 100: two camps; mean 23.3, under the whole's (95 + 23.3)/2 = 59.2, surely enough
    rows = [{"p1": 95, "g1": 0 if number % 3 else 70} for number in range(15)]
    row = whole(answered(rows, two), two)
    assert (row["maturity_level"], row["held_back_by"]) == ("organised", None)


def test_of_two_global_disciplines_the_lower_holds_back(instrument, answered):
    reaches = {"p": "individual", "g": "global", "h": "global"}
    dimensions = {name: {"reach": reach, "items": {f"{name}1": {}}} for name, reach in reaches.items()}
    framework = instrument(dimensions, low=0, high=100)
    rows = [{"p1": 99, "g1": 40 + number % 2, "h1": 10 + number % 2} for number in range(20)]
    row = whole(answered(rows, framework), framework)
    assert (row["maturity_level"], row["held_back_by"]) == ("scattered", "h")


def test_a_global_discipline_that_is_higher_holds_nothing_back(two, answered):
    rows = [{"p1": 20, "g1": 90 + number % 2} for number in range(10)]
    assert whole(answered(rows, two), two)["held_back_by"] is None


def test_without_disciplines_there_is_no_whole(instrument, items, answered):
    framework = instrument({"d": {"items": items(2)}})
    assert score_wave(answered([{"i1": 1, "i2": 2}], framework), framework)["overall"].empty


def test_a_discipline_without_a_score_leaves_the_whole_without_one(two, answered):
    row = whole(answered([{"p1": 3, "g1": ""}, {"p1": 5, "g1": ""}], two), two)
    assert np.isnan(row["score"])
    assert (row["maturity_level"], row["reason"], row["n"]) == (None, "discipline_without_score", 0)


def test_a_framework_without_levels_has_scores_and_no_level(instrument, items, answered):
    framework = instrument({"d": {"reach": "global", "items": items(2)}}, levels=())
    tables = score_wave(answered([{"i1": 1, "i2": 2}, {"i1": 4, "i2": 2}], framework), framework)
    assert tables["overall"]["score"][0] == 31.25
    assert tables["overall"]["maturity_level"].isna().all()
    assert tables["dimensions"]["maturity_level"].isna().all()


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((1, 1, 1, 5, 5, 5), "divided"),
        ((1, 1, 3, 3, 5, 5), "divided"),  # exactly a third on either side
        ((1, 1, 3, 3, 3, 5, 5), "organised"),
        ((1, 3, 3, 3, 3, 5), "organised"),
        ((1, 5), "divided"),
        ((5,), "learning"),
        ((2, 2, 4, 4), "divided"),  # 0.25 is in the lowest third, 0.75 in the highest
    ],
)
def test_a_third_low_and_a_third_high_are_divided(instrument, answered, only, values, expected):
    framework = instrument({"d": {"items": {"i1": {}}}})
    rows = [{"i1": value} for value in values]
    row = only(score_groups(tally(answered(rows, framework), framework)), dimension="d")
    assert row["maturity_level"] == expected


@pytest.mark.parametrize(
    ("gap", "vision", "expected"),
    [
        (-10, 90, "resting"),
        (-10, 10, "resting"),
        (-9.9, 64.9, "dormant"),
        (50, 64.9, "dormant"),
        (10, 65, "mobilising"),
        (9.9, 65, "accomplished"),
        (-9.9, 65, "accomplished"),
        (np.nan, 65, None),
        (3, np.nan, None),
    ],
)
def test_quadrants_are_read_in_the_contracts_order(three, gap, vision, expected):
    found = quadrants(np.full((3, 1), gap, float), np.full((3, 1), vision, float), three.tension)
    assert found[0] == expected


@pytest.mark.parametrize(
    ("gap", "vision", "expected"),
    [
        ((20, 11, 29), (80, 70, 90), "mobilising"),
        ((20, 9, 31), (80, 70, 90), "undetermined"),
        ((20, 11, 29), (80, 64, 96), "undetermined"),
        ((-20, -29, -11), (65, 40, 90), "resting"),  # vision does not matter there
        ((0, -9, 9), (80, 66, 94), "accomplished"),
        ((0, -11, 11), (80, 66, 94), "undetermined"),
    ],
)
def test_a_quadrant_is_told_only_where_the_intervals_settle_it(three, gap, vision, expected):
    found = quadrants(np.array(gap, float)[:, None], np.array(vision, float)[:, None], three.tension)
    assert found[0] == expected


def test_vision_has_no_level(instrument, items, answered):
    framework = instrument({"d": {"items": items(2)}}, perspectives=("reality", "vision"))
    rows = [{"i1.reality": 2, "i2.reality": 3, "i1.vision": 5, "i2.vision": 4}] * 2
    table = score_dimensions(tally(answered(rows, framework), framework)).set_index("perspective")
    assert table.loc["reality", "maturity_level"] == "started"
    assert pd.isna(table.loc["vision", "maturity_level"])
