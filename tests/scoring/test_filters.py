"""Differencing: whatever two filters a user lays side by side, what lies between them is nobody, or enough people."""

import numpy as np
import pandas as pd
import pytest

from assessment.example import load_example
from assessment.responses.units import ancestors
from assessment.scoring import Settings, lattice, release, score_wave, select

LEAST = 10
SINGLE = {"unit", "role"}


def inside(responses, parents, by, group):
    """Say who is in a group of the lattice, from the responses and who is a part of what."""
    if by is None:
        return np.ones(len(responses), dtype=bool)
    group = "" if group is None else group
    if by in SINGLE:
        own = responses[by].to_numpy()
        if group == f"{group.partition('·')[0]}·{group.partition('·')[0]}":  # those who belong to a whole directly
            return own == group.partition("·")[0]
        return np.array([group in (one, *ancestors(one, parents[by])) for one in own])
    values = dict(zip(by.split("·"), group.split("·") if group else ["", ""], strict=True))
    return np.logical_and.reduce([responses[column].to_numpy() == value for column, value in values.items()])


def differences(responses, parents, tables, released):
    """Yield, for every two filters one within the other and both shown, how many respondents are between them."""
    names = [one for one in ("dimensions", "groups", "tension") if not tables[one].empty]
    own = pd.concat([tables[one] for one in names], ignore_index=True)
    own["hidden"] = np.concatenate([released[one]["suppressed"].to_numpy(dtype=bool) for one in names])
    keys = [
        (None if pd.isna(by) else by, None if pd.isna(group) else group) for by, group in own[["by", "group"]].values
    ]
    members = {key: inside(responses, parents, *key) for key in dict.fromkeys(keys)}
    for _, rows in own.assign(key=keys).groupby(["dimension", "perspective"], sort=False):
        shown = rows[~rows["hidden"] & (rows["n"] > 0)]
        who = np.array([members[key] for key in shown["key"]], dtype=float)
        shared = who @ who.T
        n = shown["n"].to_numpy()
        for inner, outer in zip(*np.nonzero(shared == shared.diagonal()[:, None]), strict=True):
            yield n[outer] - n[inner], shown["key"].iloc[inner], shown["key"].iloc[outer]


def check(found):
    found = list(found)
    assert found
    assert not [pair for between, *pair in found if 0 < between < LEAST]
    assert all(between >= 0 for between, *_ in found)


@pytest.mark.parametrize("wave", ["2025", "2026"])
def test_no_two_filters_of_the_example_leave_a_few_between_them(wave):
    example = load_example()
    responses = example.responses[example.responses["wave"] == wave]
    parents = {
        "unit": dict(zip(example.units["unit"], example.units["parent"], strict=True)),
        "role": {one.id: one.parent or "" for one in example.framework.roles},
    }
    tables = score_wave(responses, example.framework, lattice(responses), wave, example.units)
    check(differences(responses, parents, tables, release(tables, Settings(LEAST))))


def organisation(seed):
    """Make a small organisation of units × roles; some leave a perspective out."""
    draw = np.random.default_rng([5, seed])
    rows = []
    for unit, role in np.ndindex(int(draw.integers(2, 5)), int(draw.integers(2, 4))):
        for _ in range(int(draw.lognormal(2.0, 0.9))):
            own = draw.integers(1, 6, 6)
            vision = draw.random() < 0.8
            row = {"unit": f"u{unit}", "role": f"r{role}"} | {f"i{one}.reality": int(own[one - 1]) for one in (1, 2, 3)}
            rows.append(row | {f"i{one}.vision": int(own[2 + one]) if vision else "" for one in (1, 2, 3)})
    return rows


def test_no_two_filters_of_random_organisations_leave_a_few_between_them(instrument, items, answered):
    framework = instrument({"d": {"items": items(3)}}, perspectives=("reality", "vision"))
    for seed in range(8):
        responses = answered(organisation(seed), framework)
        if len(responses) < 2 * LEAST:
            continue
        tables = score_wave(responses, framework, lattice(responses))
        check(differences(responses, {"unit": {}, "role": {}}, tables, release(tables, Settings(LEAST))))


@pytest.mark.parametrize(("others", "refused"), [(0, False), (1, True), (9, True), (10, False)])
def test_a_filter_that_leaves_out_a_few_is_refused(instrument, items, answered, others, refused):
    # The remainder rule: forty of unit A beside one to nine others; A would tell of these by subtraction.
    framework = instrument({"d": {"items": items(3)}})
    draw = np.random.default_rng(2)
    rows = [
        {"unit": unit} | {f"i{one}": int(draw.integers(1, 6)) for one in (1, 2, 3)}
        for unit in ["A"] * 40 + ["B"] * others
    ]
    released = release(score_wave(answered(rows, framework), framework, [("unit",)]), Settings(LEAST))
    row = select(released["groups"], "", unit="A").iloc[0]
    assert bool(row["suppressed"]) is refused
    assert row["reason"] == ("confidential" if refused else None)
    assert pd.isna(row["n"]) == refused
