"""How answers spread over the labels: what may be told of it, attacked with all else that is told of an item.

The attacker of `test_nobody_reckons_out_that_few_chose_a_label` tries every whole-number distribution of the complete
respondents with the released mean and spread, adds every distribution of the others, and keeps those that agree with
all released rows of the item.
"""

from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import Settings, release, score_answer_labels, score_item_answers, score_wave
from assessment.scoring.further import FURTHER
from assessment.scoring.label_bands import ITEM, apart_from, bands_of, moves

CASE = Path(__file__).resolve().parents[1] / "cases" / "answer_bands"
LEAST = 5
SEEDS = range(24)
FEWER = range(6)


@pytest.fixture(scope="module")
def small(instrument):
    """One dimension of three items with four answers, the last item reversed."""
    return instrument({"d": {"items": {"a": {}, "b": {}, "c": {"reverse": True}}}}, high=4)


def answers_of(seed, n=None):
    """Give each person's answers: leaning, with labels few choose; some leave some out."""
    draw = np.random.default_rng([5, seed])
    n = n or int(draw.integers(20, 40))
    weights = draw.dirichlet(draw.choice([0.5, 2.0], 4), 3)
    cells = np.stack([draw.choice([1, 2, 3, 4], n, p=own) for own in weights], axis=1).astype(object)
    cells[draw.random((n, 3)) < draw.choice([0.0, 0.08, 0.15])] = ""
    return [dict(zip("abc", row, strict=True)) for row in cells]


def unreleased(people, framework, answered):
    responses = answered(people, framework)
    further = {"item_answers": score_item_answers(responses, framework)}
    return score_wave(responses, framework) | further | {"answer_labels": score_answer_labels(responses, framework)}


def released(people, framework, answered, earlier=None):
    return release(unreleased(people, framework, answered), Settings(LEAST), earlier, FURTHER)


def labels(table, item, name="n"):
    return table.loc[table["item"] == item, name].tolist()


def compositions(total, parts):
    """Give every way to share out a number of people to labels, shape (ways, parts)."""
    bars = np.array(list(combinations(range(total + parts - 1), parts - 1)), dtype=int).reshape(-1, parts - 1)
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), total + parts - 1)])
    return np.diff(edges, axis=1) - 1


def agreeing(found, item):
    """Give every distribution over the four labels that agrees with all that is released of an item."""
    (told,) = found["items"][found["items"]["item"] == item].to_dict("records")
    (ends,) = found["item_answers"][found["item_answers"]["item"] == item].to_dict("records")
    bands = found["answer_labels"][found["answer_labels"]["item"] == item].to_dict("records")
    n, n_complete, steps = int(told["n"]), int(told["n_complete"]), np.arange(1, 5)
    complete = compositions(n_complete, 4)
    if pd.notna(told["mean"]):
        complete = complete[np.abs(complete @ steps - told["mean"] * n_complete) < 1e-6]
        squares = told["sd"] ** 2 * (n_complete - 1) + told["mean"] ** 2 * n_complete
        complete = complete[np.abs(complete @ steps**2 - squares) < 1e-6]
    every = (complete[:, None] + compositions(n - n_complete, 4)[None]).reshape(-1, 4)
    for place, end in ((0, "floor"), (3, "ceiling")):
        share = every[:, place] / n
        if pd.notna(ends[end]):
            bound = {0.1: share <= 0.1, 0.9: share >= 0.9}.get(ends[end], np.abs(share - ends[end]) < 1e-9)
            every = every[bound]
    for band in bands:
        if not band["suppressed"]:
            every = every[every[:, band["low"] - 1 : band["high"]].sum(axis=1) == band["n"]]
    return every


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_reckons_out_that_few_chose_a_label(seed, small, answered):
    tables = unreleased(answers_of(seed), small, answered)
    found = release(tables, Settings(LEAST), further=FURTHER)
    table = found["answer_labels"]
    told = [item for item in "abc" if not table.loc[table["item"] == item, "suppressed"].any()]
    for item in told:
        truth, every = labels(tables["answer_labels"], item), agreeing(found, item)
        assert (every == truth).all(axis=1).any()
        for label, count in enumerate(truth):
            possible = set(every[:, label].tolist())
            if 0 < count < LEAST:
                assert min(possible) == 0 or max(possible) >= LEAST, (item, label, count)


def test_enough_is_told_for_the_attack_to_mean_something(small, answered):
    shown, pooled = 0, 0
    for seed in SEEDS:
        table = released(answers_of(seed), small, answered)["answer_labels"]
        shown += table.loc[~table["suppressed"], "item"].nunique()
        pooled += int((table["high"] > table["low"]).sum())
    assert shown >= 10
    assert pooled >= 10


@pytest.mark.parametrize("seed", FEWER)
def test_bands_hold_enough_and_add_up_to_the_answers(seed, small, answered):
    found = released(answers_of(seed), small, answered)
    table = found["answer_labels"]
    shown = table[~table["suppressed"]]
    assert (shown["n"] >= LEAST).all()
    for _, rows in shown.groupby(list(ITEM)):
        assert len(rows) >= 2
        assert rows["n"].sum() == rows["answers"].iloc[0]
        assert rows["share"].sum() == pytest.approx(1)
        assert rows["low"].tolist() == [1, *(rows["high"].tolist()[place] + 1 for place in range(len(rows) - 1))]
    hidden = table[table["suppressed"]]
    assert hidden[["low", "high", "n", "answers", "share"]].isna().all(axis=None)
    assert hidden["reason"].notna().all()
    assert not hidden["item"].duplicated().any()
    assert list(dict.fromkeys(table["item"])) == ["a", "b", "c"]


@pytest.mark.parametrize("seed", FEWER)
def test_the_ends_tell_no_more_than_the_bands(seed, small, answered):
    found = released(answers_of(seed), small, answered)
    table, ends = found["answer_labels"], found["item_answers"].set_index("item")
    for item, rows in table.groupby("item"):
        alone = {(row.low, row.high): row.share for row in rows.itertuples() if not row.suppressed}
        for end, label in (("floor", 1), ("ceiling", 4)):
            share = ends.at[item, end]
            if pd.notna(share) and share not in (0.1, 0.9):
                assert share == pytest.approx(alone[label, label])


@pytest.mark.parametrize("seed", FEWER)
@pytest.mark.parametrize("late", [5, 12, 25])
@pytest.mark.parametrize("old", [False, True])
def test_what_two_releases_tell_alike_differs_by_enough(seed, late, old, small, answered):
    """Late answers to a wave: whoever subtracts the earlier bands from the later ones finds no few."""
    people = answers_of(seed)
    first = released(people, small, answered)
    if old:  # as releases were before labels were told: exact shares at both ends
        plain = score_item_answers(answered(people, small), small)
        first = {name: table for name, table in first.items() if name != "answer_labels"} | {"item_answers": plain}
    second = released([*people, *answers_of(seed + 1000, late)], small, answered, earlier=first)
    changed = {}
    for item in "abc":
        before, after = upto(first, item), upto(second, item)
        shared = sorted(set(before) & set(after))
        if len(shared) > 1:
            changed[item] = np.diff([0, *(after[cut] - before[cut] for cut in shared)])
    for item, differences in changed.items():
        assert (np.abs(differences) >= LEAST).all(), (item, differences)


def upto(found, item):
    """Give how many are known to have answered up to which label."""
    if "answer_labels" in found:
        rows = found["answer_labels"][(found["answer_labels"]["item"] == item) & ~found["answer_labels"]["suppressed"]]
        return dict(zip(rows["high"].tolist(), rows["n"].cumsum().tolist(), strict=True))
    (row,) = found["item_answers"][found["item_answers"]["item"] == item].to_dict("records")
    known = {1: round(row["floor"] * row["n"])} if row["floor"] not in (0.1, 0.9) else {}
    known |= {3: row["n"] - round(row["ceiling"] * row["n"])} if row["ceiling"] not in (0.1, 0.9) else {}
    return known | {4: row["n"]}


def test_the_same_answers_are_told_again_as_they_were(small, answered):
    people = answers_of(3)
    first = released(people, small, answered)
    pd.testing.assert_frame_equal(
        released(people, small, answered, earlier=first)["answer_labels"], first["answer_labels"]
    )


def test_the_order_of_respondents_changes_nothing(small, answered):
    people = answers_of(2)
    pd.testing.assert_frame_equal(
        released(people, small, answered)["answer_labels"], released(people[::-1], small, answered)["answer_labels"]
    )


def test_a_reversed_item_is_counted_from_its_learning_end(small, answered):
    table = score_answer_labels(answered([{"c": 1}, {"c": 1}, {"c": 2}, {"c": "na"}], small), small)
    assert labels(table, "c") == [0, 0, 1, 2]
    assert labels(table, "c", "answers") == [3, 3, 3, 3]


def test_where_everybody_answered_everything_few_at_a_label_hide_the_items(small, answered):
    """The mean and the spread of the complete respondents would part any band."""
    counts = {"a": (2, 18, 20, 10), "b": (12, 13, 15, 10), "c": (10, 15, 13, 12)}
    columns = {name: np.repeat([1, 2, 3, 4], own) for name, own in counts.items()}
    people = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    assert released(people, small, answered)["answer_labels"]["suppressed"].all()
    enough = [person for person in people if person["a"] > 1]
    table = released(enough, small, answered)["answer_labels"]
    assert labels(table, "a") == [18, 20, 10] or table.loc[table["item"] == "a", "suppressed"].all()


@pytest.mark.parametrize(
    ("counts", "complete", "expected"),
    [
        ((12, 20, 15, 30), (12, 20, 15, 30), (0, 1, 2)),  # nobody is few: all is told, whoever is complete
        ((3, 20, 15, 30), (0, 12, 10, 20), (1, 2)),  # none of the three is complete
        ((3, 20, 15, 30), (3, 20, 15, 30), None),
        ((3, 20, 15, 30), (3, 13, 15, 30), (1, 2)),  # seven others may stand with the three
        ((0, 20, 15, 30), (0, 20, 15, 30), (1, 2)),  # nobody is treated as few
        ((30, 0, 0, 30), (20, 0, 0, 20), (1,)),
        ((0, 0, 0, 40), (0, 0, 0, 30), ()),
    ],
)
def test_bands_by_hand(counts, complete, expected):
    found = bands_of(counts, complete, 10, may_move=False)
    assert found == expected or (expected == (1,) and len(found) == 1)


def test_a_cut_that_would_tell_of_few_newcomers_is_let_go():
    assert apart_from((0, 1, 2), [20, 20, 20, 20], [{0: 20, 1: 20, 2: 40, 3: 40}], 10) == (1,)


def test_the_case_worked_on_paper():
    framework = load_framework(CASE / "framework.toml")
    responses = load_responses(CASE / "responses.csv", framework)
    further = {"item_answers": score_item_answers(responses, framework)}
    further["answer_labels"] = score_answer_labels(responses, framework)
    found = release(score_wave(responses, framework) | further, Settings(10), further=FURTHER)
    expected = pd.read_csv(CASE / "expected.csv")
    told = found["answer_labels"][list(expected)].astype({name: int for name in ("low", "high", "n", "answers")})
    pd.testing.assert_frame_equal(told, expected, check_dtype=False)
    ends = found["item_answers"][["floor", "ceiling"]].to_numpy(dtype=float)
    assert np.array_equal(ends, [[np.nan, np.nan], [12 / 32, np.nan]], equal_nan=True)
    complete = responses.assign(b=responses["b"].mask(responses["b"] == 0, 3))
    table = {"answer_labels": score_answer_labels(complete, framework)}
    again = release(score_wave(complete, framework) | table, Settings(10), further=FURTHER)
    assert again["answer_labels"]["suppressed"].tolist() == [True, True]


@pytest.mark.parametrize("size", [4, 5, 7, 11])
def test_moves_change_neither_number_nor_mean_nor_spread(size):
    steps = np.arange(size)
    assert not (moves(size) @ np.stack([np.ones(size, dtype=int), steps, steps**2], axis=1)).any()
    assert len(np.unique(moves(size), axis=0)) == len(moves(size))
