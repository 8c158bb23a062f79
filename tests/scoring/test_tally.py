"""The tally adds up to the last bit, and scores from it are those of each respondent's answers."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.scoring import score_dimensions, score_groups, score_overall, score_tension, tally

NO_SHRINKING = (Phase.explicit, Phase.generate)  # a failure is told at once: shrinking takes minutes
FEW = settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=NO_SHRINKING,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
UNITS = ("", "A", "B", "T10", "T9")
PLACES = {"elected", "agent", "citizen", "user", ""}


@pytest.fixture(scope="module")
def framework(instrument):
    """Two disciplines, roles with a sub-role, a short form, reversed and unscored items, an own answer scale."""
    return instrument(
        {
            "whole": {
                "reach": "global",
                "items": {
                    "a1": {"short": True},
                    "a2": {"reverse": True},
                    "a3": {"roles": ["elected", "agent"]},
                    "a4": {"roles": ["citizen"], "short": True},
                    "a5": {"scored": False},
                },
            },
            "own": {
                "reach": "individual",
                "perspectives": ["reality"],
                "answer_scale": {"low": 0, "high": 3},
                "items": {"b1": {"short": True}, "b2": {"reverse": True}, "b3": {"roles": ["elected"]}},
            },
        },
        roles=("elected", "agent", "citizen", "user<citizen"),
        perspectives=("reality", "vision"),
    )


HEADINGS = {
    **{f"a{one}.{which}": (1, 5) for one in range(1, 6) for which in ("reality", "vision")},
    **{f"b{one}.reality": (0, 3) for one in range(1, 4)},
}


@st.composite
def people(draw, least=1, most=9, complete=False):
    """Draw a file: some columns never fielded, answers missing or not concerned."""
    kept = draw(st.lists(st.sampled_from(sorted(HEADINGS)), min_size=3, unique=True))
    plain = st.integers(0, 4)
    cells = plain if complete else st.one_of(plain, plain, plain, st.sampled_from(["", "na"]))
    rows = []
    for _ in range(draw(st.integers(least, most))):
        row = {
            "unit": draw(st.sampled_from(UNITS)),
            "role": draw(st.sampled_from(sorted(PLACES))),
            "form": draw(st.sampled_from(["", "full", "short"])),
        }
        for heading in kept:
            low, high = HEADINGS[heading]
            cell = draw(cells)
            row[heading] = cell if isinstance(cell, str) else low + cell % (high - low + 1)
        rows.append(row)
    return rows


@FEW
@given(rows=people())
def test_every_number_is_that_of_the_contract_s_sentences(framework, answered, direct, same, rows):
    counts = tally(answered(rows, framework), framework, by=["unit"])
    whole = score_dimensions(counts).set_index(["dimension", "perspective"])
    for (dimension, perspective), row in whole.iterrows():
        expected = direct.row(framework, rows, dimension, perspective)
        for name in ("n", "n_complete", "na", "missing", "mean", "se"):
            assert same(row[name], getattr(expected, name)), (dimension, perspective, name)
        assert same(row["cronbach_alpha"], expected.alpha, 1e-9), (dimension, perspective)
    groups = score_groups(counts, ["unit"])
    for row in groups.to_dict("records"):
        members = [
            person for person in rows if (person["unit"] or None) == (None if pd.isna(row["group"]) else row["group"])
        ]
        # which columns were fielded is the file's matter, not the group's
        members = [dict.fromkeys(rows[0], "") | person for person in members]
        expected = direct.row(framework, members, row["dimension"], row["perspective"])
        for name in ("n", "n_complete", "na", "missing", "mean", "se", "rwg_j", "ad"):
            assert same(row[name], getattr(expected, name)), (row["group"], row["dimension"], name)


@FEW
@given(rows=people())
def test_tension_is_that_of_the_contract_s_sentences(framework, answered, direct, same, rows):
    counts = tally(answered(rows, framework), framework)
    for row in score_tension(counts).to_dict("records"):
        expected = direct.tension(framework, rows, row["dimension"])
        for name in ("n", "n_complete", "na", "missing", "tension", "share_negative", "dz"):
            assert same(row[name], getattr(expected, name)), name
        assert same(row["se"], None if expected.se is None else 25 * expected.se)
        assert same(row["cronbach_alpha"], expected.alpha, 1e-9)


def assert_identical(found, expected):
    pd.testing.assert_frame_equal(found.keys, expected.keys)
    assert (found.respondents == expected.respondents).all()
    assert (found.together == expected.together).all()
    for name, counts in expected.answers.items():
        assert (found.answers[name] == counts).all()
    for pair, sums in expected.sums.items():
        own = found.sums[pair]
        for name in ("asked", "given", "na", "missing", "complete", "cross"):
            assert (getattr(own, name) == getattr(sums, name)).all(), (pair, name)
        for one, other in zip(own.scores.arrays(), sums.scores.arrays(), strict=True):
            assert (one == other).all(), pair


def scored(counts):
    return [score_groups(counts, ["unit"]), score_dimensions(counts), score_tension(counts)]


@FEW
@given(rows=people(least=2), data=st.data())
def test_parts_of_a_file_in_any_order_add_up_to_the_whole_bit_by_bit(framework, answered, rows, data):
    table = answered(rows, framework)
    part = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(rows), max_size=len(rows))))
    order = data.draw(st.permutations([one for one in range(3) if (part == one).any()]))
    parts = [tally(table[part == one], framework, by=["unit", "role"]) for one in order]
    merged = parts[0]
    for one in parts[1:]:
        merged = merged + one
    whole = tally(table, framework, by=["unit", "role"])
    assert_identical(merged, whole)
    for found, expected in zip(scored(merged), scored(whole), strict=True):
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


@FEW
@given(rows=people())
def test_margins_of_a_tally_are_tallies_of_the_margins(framework, answered, rows):
    table = answered(rows, framework)
    crossed = tally(table, framework, by=["unit", "role"])
    assert_identical(crossed.by("unit"), tally(table, framework, by=["unit"]))
    assert_identical(crossed.by("role"), tally(table, framework, by=["role"]))
    assert_identical(crossed.by(), tally(table, framework))


@FEW
@given(rows=people(), data=st.data())
def test_the_order_of_respondents_changes_nothing(framework, answered, rows, data):
    table = answered(rows, framework)
    order = data.draw(st.permutations(range(len(rows))))
    assert_identical(tally(table.iloc[order], framework, ["unit"]), tally(table, framework, ["unit"]))


@FEW
@given(rows=people(least=2))
def test_listwise_is_dropping_the_incomplete_then_computing(framework, answered, direct, rows, same):
    table = score_dimensions(tally(answered(rows, framework), framework))
    for row in table.to_dict("records"):
        kept, given = direct.values(framework, rows, row["dimension"], row["perspective"])
        complete = [
            person
            for person, own in zip(rows, given, strict=True)
            if len(own) == len(kept) and not {None, "na"} & set(own.values())
        ]
        if complete:
            alone = score_dimensions(tally(answered(complete, framework), framework))
            alone = alone[(alone["dimension"] == row["dimension"]) & (alone["perspective"] == row["perspective"])]
            assert same(row["cronbach_alpha"], alone["cronbach_alpha"].iloc[0])


@pytest.fixture(scope="module")
def turned(instrument):
    """Give a function from reversals and ends of the scale to an instrument of three twin items."""

    def make(reverse=(False, False, True), low=1, high=5):
        items = {f"i{number}": {"reverse": one} for number, one in enumerate(reverse)}
        return instrument({"d": {"items": items}}, perspectives=("reality", "vision"), low=low, high=high)

    return make


twins = st.lists(st.lists(st.integers(1, 5), min_size=6, max_size=6), min_size=2, max_size=8)


def twin_rows(answers, move=lambda value, number: value):
    names = [f"i{number}.{which}" for which in ("reality", "vision") for number in range(3)]
    return [{name: move(value, int(name[1])) for name, value in zip(names, row, strict=True)} for row in answers]


def all_of(table, framework):
    counts = tally(table, framework)
    return score_dimensions(counts), score_tension(counts)


@FEW
@given(answers=twins)
def test_reversing_answers_and_items_changes_nothing(turned, answered, answers):
    plain, opposite = turned(), turned((True, True, False))
    expected = all_of(answered(twin_rows(answers), plain), plain)
    found = all_of(answered(twin_rows(answers, lambda value, _: 6 - value), opposite), opposite)
    for one, other in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, other, check_exact=True)


@FEW
@given(answers=twins)
def test_shifting_the_answer_scale_changes_the_mean_and_nothing_else(turned, answered, answers):
    plain, moved = turned(), turned(low=-1, high=3)
    (own, gaps), (other, moved_gaps) = (
        all_of(answered(twin_rows(answers), plain), plain),
        all_of(answered(twin_rows(answers, lambda value, _: value - 2), moved), moved),
    )
    pd.testing.assert_frame_equal(gaps, moved_gaps, check_exact=True)
    for name in ("mean", "ci_low", "ci_high", "plain_mean"):
        assert np.allclose(own[name] - 2, other[name], atol=1e-12, equal_nan=True)
        own, other = own.drop(columns=name), other.drop(columns=name)
    pd.testing.assert_frame_equal(own, other, rtol=1e-12, atol=1e-12)


@FEW
@given(answers=twins)
def test_swapping_reality_and_vision_negates_tension(turned, answered, answers):
    framework = turned()
    (one,) = all_of(answered(twin_rows(answers), framework), framework)[1].to_dict("records")
    swapped = [[*row[3:], *row[:3]] for row in answers]
    (other,) = all_of(answered(twin_rows(swapped), framework), framework)[1].to_dict("records")
    for name, opposite in {"tension": "tension", "ci_low": "ci_high", "ci_high": "ci_low", "dz": "dz"}.items():
        assert one[name] == pytest.approx(-other[opposite], abs=1e-9, nan_ok=True)
    for name in ("n", "se", "cronbach_alpha"):
        assert one[name] == pytest.approx(other[name], abs=1e-9, nan_ok=True)


@FEW
@given(rows=people())
def test_everybody_twice_changes_the_numbers_of_people_and_not_the_means(framework, answered, rows, same):
    once = score_dimensions(tally(answered(rows, framework), framework))
    twice = score_dimensions(tally(answered(rows + rows, framework), framework))
    for one, two in zip(once.to_dict("records"), twice.to_dict("records"), strict=True):
        for name in ("n", "n_complete", "na", "missing"):
            assert two[name] == 2 * one[name]
        for name in ("mean", "score"):
            assert same(two[name], one[name])
        if one["n_complete"] > 1:
            assert same(two["cronbach_alpha"], one["cronbach_alpha"], 1e-9)


@FEW
@given(rows=people())
def test_equal_weights_are_no_weights(framework, answered, rows):
    numbers = ["mean", "score", "se", "ci_low", "ci_high", "n", "df"]
    plain = score_dimensions(tally(answered(rows, framework), framework))
    for weight in (1, 2):
        table = answered([{"weight": weight, **row} for row in rows], framework)
        weighted = score_dimensions(tally(table, framework))
        pd.testing.assert_frame_equal(weighted[numbers], plain[numbers], rtol=1e-9, atol=1e-7)


@FEW
@given(rows=people(least=2), data=st.data())
def test_weighted_parts_add_up_to_the_whole(framework, answered, rows, data):
    weights = data.draw(st.lists(st.sampled_from([0.1, 0.3, 1.7, 12.0]), min_size=len(rows), max_size=len(rows)))
    table = answered([{"weight": w, **row} for w, row in zip(weights, rows, strict=True)], framework)
    part = np.arange(len(rows)) % 2 == 0
    merged = tally(table[part], framework, ["unit"]) + tally(table[~part], framework, ["unit"])
    whole = tally(table, framework, ["unit"])
    for pair, sums in whole.sums.items():
        assert np.allclose(merged.sums[pair].weighted, sums.weighted, rtol=1e-12, atol=0)
    found, expected = score_dimensions(merged), score_dimensions(whole)
    pd.testing.assert_frame_equal(found, expected, rtol=1e-12, atol=1e-12)


def test_weights_act_on_the_mean_and_not_on_the_counts(instrument, items, answered, only):
    framework = instrument({"d": {"items": items(2)}})
    rows = [{"i1": 1, "i2": 1, "weight": 3}, {"i1": 5, "i2": 3, "weight": 1}]
    row = only(score_dimensions(tally(answered(rows, framework), framework)), dimension="d")
    assert (row["n"], row["mean"]) == (2, 7 / 4)  # (3·1 + 1·4) / 4
    # 2/1 · (9·(3/4)² + 1·(9/4)²) / 16 = 2 · (81/16 + 81/16) / 16 = 81/64
    assert row["se"] == pytest.approx(9 / 8)
    assert row["plain_mean"] == 2.5


def test_an_answer_to_an_item_not_put_to_the_role_is_not_counted(instrument, answered, only):
    framework = instrument({"d": {"items": {"i1": {}, "i2": {"roles": ["x"]}}}}, roles=("x", "y"))
    rows = [{"role": "y", "i1": 2, "i2": 5}]
    row = only(score_dimensions(tally(answered(rows, framework), framework)), dimension="d")
    assert (row["n"], row["mean"], row["missing"]) == (1, 2.0, 0)


def test_the_disciplines_go_together_in_exact_whole_numbers(instrument, items, answered):
    disciplines = {name: {"reach": "individual", "items": items(3, name)} for name in ("p", "q")}
    framework = instrument(disciplines)
    rows = [
        {f"{name}{one + 1}": 1 + (number * (one + 2) + len(name)) % 5 for name in disciplines for one in range(3)}
        for number in range(7)
    ]
    table = answered(rows, framework)
    parts = [tally(table.iloc[[one]], framework) for one in (3, 1, 6, 0, 2, 5, 4)]
    merged = parts[0]
    for one in parts[1:]:
        merged = merged + one
    whole = tally(table, framework)
    assert (merged.together == whole.together).all()
    found, expected = (score_overall(one, score_dimensions(one)) for one in (merged, whole))
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
