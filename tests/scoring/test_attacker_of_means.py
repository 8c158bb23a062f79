"""The attacker who reckons with means: every number told with its mean and its interval is three known sums.

Random organisations of units × roles answer three items twice, leave some out, and in one cell of five nearly all
answer alike at an end of the scale. Whatever a row tells (n, mean, standard error) is the number of people of its
group, the sum of their scores and the sum of their squares. The attacker knows these sums, that no score is beyond an
end of the scale, and that a score of two or three answers is a whole number of sixths; linear programmes give the
lowest and the highest mean that a hidden group can have. He may know the house so well that he knows how many people
of each cell answered. A second release with late answers is attacked together with the first.
"""

from functools import partial
from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from assessment.scoring.confidentiality import Settings, decide, with_others
from assessment.scoring.following import CELL, Decided, Follower, follow, looked_up

LEAST = 10
WIDTH = 4
"""Steps of the answer scale, 1 to 5."""

NARROW = 2
"""Points of 100 within which a mean is as good as known: one more, one less."""

KINDS = ("reality", "vision", "tension")


def organisation(seed):
    """Give the cell (unit, role) of each respondent, three scores each (NaN = none), and who answered late."""
    draw = np.random.default_rng([11, seed])
    shape = int(draw.integers(3, 7)), int(draw.integers(2, 4))
    size = draw.lognormal(2.2, 0.9, shape).round().astype(int)
    size[draw.random(shape) < 0.2] = 0
    size[0, 0] = max(size[0, 0], LEAST)
    cell = np.array([place for place in np.ndindex(shape) for _ in range(size[place])])
    leaning, alike = draw.uniform(1.5, 4.5, (*shape, 2)), draw.random(shape) < 0.2
    leaning[alike] = draw.choice([1.0, 5.0], (int(alike.sum()), 2))
    spread = np.where(alike, draw.choice([0.0, 0.2], shape), 1.0)[tuple(cell.T)]
    answers = leaning[tuple(cell.T)][:, None, :] + spread[:, None, None] * draw.normal(size=(len(cell), 3, 2))
    answers = np.clip(answers.round(), 1, 5)
    if draw.random() < 0.5:
        answers[draw.random(answers.shape) < 0.08] = np.nan
    scores = [scored(answers[:, :, 0]), scored(answers[:, :, 1]), scored(answers[:, :, 1] - answers[:, :, 0])]
    return cell, np.stack(scores), draw.random(len(cell)) < 0.2


def scored(answers):
    """Give the mean of each respondent's answers, when two of three are given."""
    given = (~np.isnan(answers)).sum(axis=1)
    return np.where(given >= 2, np.nansum(answers, axis=1) / np.maximum(given, 1), np.nan)


def groups_of(cell):
    """Give the groups, and who is in each (groups × respondents)."""
    unit, role = cell[:, 0], cell[:, 1]
    groups = [((None, None), np.ones(len(cell), dtype=bool))]
    groups += [(("unit", f"u{one}"), unit == one) for one in np.unique(unit)]
    groups += [(("role", f"r{one}"), role == one) for one in np.unique(role)]
    groups += [(("unit·role", f"u{u}·r{r}"), (unit == u) & (role == r)) for u, r in np.unique(cell, axis=0)]
    return [name for name, _ in groups], np.array([inside for _, inside in groups])


def tables_of(names, inside, scores):
    """Write the unreleased tables by hand: what a release needs to know of each row."""
    rows = []
    for kind, own in zip(KINDS, scores, strict=True):
        for (by, group), members in zip(names, inside, strict=True):
            told = own[members & ~np.isnan(own)]
            mean = told.mean() if len(told) else np.nan
            rows.append({"wave": "1", "by": by, "group": group, "dimension": "d", "perspective": kind, "n": len(told)})
            rows[-1] |= {"given": 2 * len(told), "na": 0, "respondents": int(members.sum()), "width": WIDTH}
            rows[-1] |= {"mean": mean, "plain_mean": mean, "variance": told.var(ddof=1) if len(told) > 1 else np.nan}
            rows[-1] |= {"tension": 25 * mean} if kind == "tension" else {"score": 25 * (mean - 1)}
    table = pd.DataFrame(rows).astype({"by": object, "group": object})
    totals = [("1", by, group, None, None) for by, group in names if by in ("unit", "role")]
    for by, group in names:
        if by == "unit·role":
            unit, role = group.split("·")
            totals += [("1", by, group, *one) for one in (("unit", unit), ("role", role), (None, None))]
    totals = pd.DataFrame(totals, columns=["wave", "by", "group", "total_by", "total_group"], dtype=object)
    whole, tension = table["by"].isna(), table["perspective"] == "tension"
    tables = {"dimensions": table[whole & ~tension], "groups": table[~whole & ~tension], "tension": table[tension]}
    return {name: one.reset_index(drop=True) for name, one in tables.items()} | {"totals": totals}


def published(tables, earlier=None, protect=True):
    """Say which groups are hidden, and give what is remembered of the release."""
    cells = decide(tables, Settings(LEAST), earlier)
    if not protect:
        cells["reason"] = cells["reason"].where(cells["reason"] == "small_group", None)
    told = pd.concat([tables[name] for name in ("dimensions", "groups", "tension")], ignore_index=True)
    out = pd.notna(looked_up(told, {key: key for key in CELL}, Decided(cells)))
    memory = told.assign(n=told["n"].astype(float).mask(out), suppressed=out)
    memory = memory.assign(score=memory["score"].mask(out), tension=memory["tension"].mask(out))
    hidden = dict(zip(zip(cells["by"], cells["group"], strict=True), cells["reason"].notna(), strict=True))
    return hidden, memory


def ends(kind):
    return (-WIDTH, WIDTH) if kind == "tension" else (1, 1 + WIDTH)


def possible_scores(kind):
    """Give every score that two or three answers can make."""
    low, high = ends(kind)
    return np.unique([low + part / of for of in (2, 3) for part in range(of * (high - low) + 1)])


def shapes(kind):
    """Give weights of (n, sum, squares) that are at least 0 of any people: no score between two that can be."""
    points = possible_scores(kind)
    between = [(a * b, -(a + b), 1.0) for a, b in pairwise(points)]
    return np.array([*between, (-points[0] * points[-1], points[0] + points[-1], -1.0)])


def attack(who, known, sums, kind, target, people=None):
    """Give the lowest and highest mean of a group, from sums over atoms.

    Who is in which group (groups × atoms), which of them are told, their (n, sum, squares), the atoms asked for, and
    the people of each atom where they are known.
    """
    atoms = who.shape[1]
    matrix = np.kron(who[known], np.eye(3))
    value = sums[known].ravel()
    if people is not None:
        matrix = np.vstack([matrix, np.kron(np.eye(atoms), [1.0, 0, 0])])
        value = np.concatenate([value, people])
    # a mean is a ratio: all is divided by the people asked for (Charnes & Cooper 1962), who are one at least
    matrix = np.hstack([matrix, -value[:, None]])
    count, total = (np.append(np.kron(target, one), 0.0) for one in ([1.0, 0, 0], [0, 1.0, 0]))
    matrix, value = np.vstack([matrix, count]), np.append(np.zeros(len(matrix)), 1.0)
    rules = np.kron(np.eye(atoms), -shapes(kind))
    rules = np.hstack([rules, np.zeros((len(rules), 1))])
    limits = [(0, None), (None, None), (0, None)] * atoms + [(0, 1)]
    found = [
        linprog(sign * total, A_ub=rules, b_ub=np.zeros(len(rules)), A_eq=matrix, b_eq=value, bounds=limits)
        for sign in (1, -1)
    ]
    assert all(one.status == 0 for one in found), found[0].message
    return found[0].fun, -found[1].fun


def sums_over(inside, own):
    """Give the number of scores, their sum and the sum of their squares in each group, shape (groups, 3)."""
    there = ~np.isnan(own)
    each = np.stack([there, np.where(there, own, 0), np.where(there, own**2, 0)], axis=1).astype(float)
    return inside @ each


def left_unknown(who, known, sums):
    """Take the atoms that a group of their own tells out of all sums; give which are left."""
    own = known & (who.sum(axis=1) == 1)
    told = who[own].sum(axis=0) > 0
    rest = sums - who[:, told] @ np.array([sums[own & who[:, one]][0] for one in np.flatnonzero(told)]).reshape(-1, 3)
    return rest, ~told


def width_of(who, known, sums, kind, target, people):
    low, high = attack(who, known, sums, kind, target, people)
    return 100 * (high - low) / WIDTH


def attacked(seed, kind, knows_people, protect=True):
    """Attack one release; give the width in points left open of the mean of each hidden group of too few people."""
    cell, scores, _ = organisation(seed)
    names, inside = groups_of(cell)
    hidden, _ = published(tables_of(names, inside, scores), protect=protect)
    own, atoms = scores[KINDS.index(kind)], inside[[by == "unit·role" for by, _ in names]]
    out, sums = np.array([hidden[name] for name in names]), sums_over(inside, own)
    return small_widths(inside, atoms, own, out, out & (sums[:, 0] < LEAST), kind, knows_people)


def attacked_twice(seed, kind, knows_people, protect=True):
    """Attack two releases of one campaign, the second with late answers: who is hidden, and who came between."""
    cell, scores, late = organisation(seed)
    names, inside = groups_of(cell)
    early = np.where(late, np.nan, scores)
    there = inside[:, ~late].any(axis=1)
    first = tables_of([name for name, is_there in zip(names, there, strict=True) if is_there], inside[there], early)
    known, memory = published(first, protect=protect)
    hidden, _ = published(tables_of(names, inside, scores), memory if protect else None, protect)
    own, atoms = scores[KINDS.index(kind)], inside[[by == "unit·role" for by, _ in names]]
    groups = np.concatenate([inside & ~late, inside, inside & late])
    out = [known.get(name, True) for name in names] + [hidden[name] for name in names] + [True] * len(names)
    few = sums_over(groups, own)[:, 0] < LEAST
    atoms = np.concatenate([atoms & ~late, atoms & late])
    return small_widths(groups, atoms, own, np.array(out), np.array(out) & few, kind, knows_people)


def small_widths(groups, atoms, own, out, asked, kind, knows_people):
    who = (groups.astype(int) @ atoms.T.astype(int)) > 0
    sums = sums_over(groups, own)
    rest, left = left_unknown(who, ~out, sums)
    shown, people = ~out & who[:, left].any(axis=1), sums_over(atoms, own)[left, 0] if knows_people else None
    return [
        width_of(who[:, left], shown, rest, kind, who[place, left].astype(float), people)
        for place in np.flatnonzero(asked & (sums[:, 0] > 0))
    ]


def campaign(seeds, knows_people, protect=True, how=attacked):
    widths = [width for seed in seeds for width in how(seed, KINDS[seed % len(KINDS)], knows_people, protect)]
    return SimpleNamespace(
        groups=len(widths),
        exact=sum(width < 1e-4 for width in widths),
        narrow=sum(width <= NARROW for width in widths),
    )


def check(found, share):
    print(vars(found))
    assert found.groups
    assert found.exact == 0, vars(found)
    assert found.narrow <= share * found.groups, vars(found)


def test_who_hides_small_groups_only_gives_many_of_their_means_away():
    found = campaign(range(6), False, protect=False)
    assert found.exact > 0.24 * found.groups


@pytest.mark.parametrize("knows_people", [False, True])
def test_no_hidden_mean_is_worked_out(knows_people):
    check(campaign(range(12 * knows_people, 12 + 12 * knows_people), knows_people), 0)


def test_two_releases_together_tell_no_hidden_mean_nor_that_of_the_few_who_came_between():
    check(campaign(range(4), True, how=attacked_twice), 0)


@pytest.mark.thorough
@pytest.mark.parametrize("knows_people", [False, True])
def test_no_hidden_mean_is_worked_out_in_many_organisations(knows_people):
    # Who knows how many of each cell answered may bound a few means by the spread of the others.
    check(campaign(range(200), knows_people), 0.01 * knows_people)
    check(campaign(range(24), knows_people, how=attacked_twice), 0.01 * knows_people)


def test_hidden_groups_that_all_say_the_same_are_hidden_with_one_who_do_not():
    # Nine and thirty, all at the top: told apart from the whole, they would be known to be.
    names = [(None, None), *(("unit", one) for one in "ABC")]
    cell = np.repeat([0, 1, 2], [9, 30, 40])
    inside = np.array([cell >= 0, *(cell == one for one in range(3))])
    draw = np.random.default_rng(1)
    own = np.where(cell < 2, 5.0, draw.integers(1, 6, len(cell)))
    hidden, _ = published(tables_of(names, inside, np.stack([own, own, own * 0 + draw.integers(-4, 5, len(cell))])))
    assert [name[1] for name in names if hidden[name]] == ["A", "B", "C"]


def test_numbers_that_add_up_over_groups_hide_further_rows_of_their_own_table():
    # Units of forty, all told; five of A only chose. B's choices are hidden with A's, or A's would be what is left.
    groups = [None, "A", "B", "C"]
    cells = pd.DataFrame({"wave": "1", "by": [None, *["unit"] * 3], "group": groups, "dimension": "d", "reason": None})
    rows = pd.DataFrame({"wave": "1", "by": cells["by"], "group": groups, "n": [75, 5, 30, 40], "share": 0.4})
    rows = rows.assign(question="q", option="o", suppressed=False, reason=None)
    columns = ("wave", "by", "group", "question", "option", "n", "share", "suppressed", "reason")
    totals = [("1", "unit", one, None, None) for one in "ABC"]
    totals = pd.DataFrame(totals, columns=["wave", "by", "group", "total_by", "total_group"], dtype=object)
    protect = partial(with_others, totals=totals, least=LEAST)
    for adding, expected in ((True, ["A", "B"]), (False, ["A"])):
        rule = Follower(columns, ("wave", "by", "group", "question", "option"), adding=adding)
        told = follow(rows, rule, Decided(cells), LEAST, protect)
        assert told.loc[told["suppressed"], "group"].tolist() == expected
