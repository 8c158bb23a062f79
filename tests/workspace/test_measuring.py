"""A campaign is released once and found again; what comes later is told beside all that was told before."""

import io
from itertools import combinations, count

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog

from assessment.responses import load_responses, load_units
from assessment.scoring import Settings, lattice, release, score_wave, waves_of
from assessment.scoring.confidentiality import SCORES
from assessment.scoring.study import study, together
from assessment.workspace import (
    SettingsStore,
    UnitsStore,
    add_campaign,
    add_framework,
    add_responses,
    forget_respondent,
    keep_release,
    last_campaign,
    list_releases,
    measure_campaign,
    measuring,
    open_workspace,
    smallest_group,
)

ROLES = "".join(f'[[role]]\nid = "{one}"\nname.en = "{one}"\n' for one in "xyz")
LEAST = 10


WHOLE = ("bare_responses", "year_later")
"""Words of the tests that look at every table of a study; the others are about the cells, which the profile makes."""


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    if not any(word in request.node.name for word in WHOLE):
        monkeypatch.setattr(measuring, "study", profile)


def profile(responses, framework, by, waves, units, settings, earlier, design, progress=None):
    """Release the profile alone: the same cells as `study`, in a quarter of the time."""
    scored = [score_wave(responses, framework, by, wave, units, design) for wave in waves_of(responses)]
    return release(together(scored), settings, earlier)


@pytest.fixture
def framework(tmp_path, filled):
    source = tmp_path / "short.toml"
    source.write_text(filled.FRAMEWORK + ROLES, "utf-8")
    return source


@pytest.fixture
def kept(path, framework):
    """A workspace in a file, with a campaign that has no responses yet."""
    with open_workspace(path, create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, framework))
        yield workspace


@pytest.fixture
def answer(kept, framework):
    """Give a function that brings responses: cells are (unit, role, number); it gives all the responses so far."""
    numbers, brought = count(), []

    def bring(*cells, wave="", seed=0, **others):
        draw = np.random.default_rng([seed, len(brought)])
        rows = []
        for unit, role, number in cells:
            for _ in range(number):
                one, two = draw.integers(1, 6, 2)
                rows.append({"respondent": f"r{next(numbers)}", "unit": unit, "role": role, "wave": wave})
                rows[-1] |= {"a_01": one, "a_02": two} | {name: draw.choice(some) for name, some in others.items()}
        brought.extend(rows)
        add_responses(kept, "c", loaded(rows, kept))
        return loaded(brought, kept)

    return bring


def loaded(rows, workspace):
    file = io.BytesIO(pd.DataFrame(rows).to_csv(index=False).encode())
    return load_responses(file, measuring.framework_of(workspace, "c"))


def units(text, workspace):
    return load_units(io.BytesIO(text.encode()), measuring.framework_of(workspace, "c"))


def hidden(released, by="unit", wave=""):
    groups = released["groups"]
    groups = groups[(groups["by"] == by) & (groups["wave"] == wave)]
    return set(groups.loc[groups["suppressed"], "group"])


def same(tables, others):
    assert tables.keys() == others.keys()
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, others[name], check_dtype=False, rtol=1e-9, obj=name)


def test_a_release_says_what_the_bare_responses_say(kept, answer):
    responses = answer(("A", "x", 20), ("A", "y", 15), ("B", "x", 12), ("C", "y", 4))
    found = measure_campaign(kept, "c")
    bare = study(responses, found.framework, lattice(responses))
    same({name: found.released[name] for name in SCORES}, {name: bare[name] for name in SCORES})
    assert found.released.keys() == bare.keys()
    assert "C" in hidden(found.released)


def test_who_asks_again_is_told_the_same_and_the_file_does_not_grow(kept, answer, path, monkeypatch):
    answer(("A", "x", 20), ("B", "x", 12), ("C", "y", 4))
    first, size = measure_campaign(kept, "c"), path.stat().st_size
    monkeypatch.setattr(measuring, "study", None)  # nothing is scored any more
    for _ in range(20):
        again = measure_campaign(kept, "c")
    assert (again.number, path.stat().st_size) == (1, size)
    same(again.released, first.released)
    with open_workspace(path, read_only=True) as workspace:
        same(measure_campaign(workspace, "c").released, first.released)


def test_the_same_on_a_server(workspace, framework):
    add_campaign(workspace, "c", "C", add_framework(workspace, framework))
    rows = [{"unit": "AB"[n % 2], "a_01": 1 + n % 5, "a_02": 1 + n % 4} for n in range(40)]
    add_responses(workspace, "c", loaded(rows, workspace))
    same(measure_campaign(workspace, "c").released, measure_campaign(workspace, "c").released)
    assert len(list_releases(workspace, "c")) == 1


def test_a_second_wave_a_year_later_leaves_the_first_as_it_was_told(kept, answer):
    answer(("A", "x", 20), ("B", "x", 12), ("C", "y", 4), wave="2025")
    first = measure_campaign(kept, "c").released
    responses = answer(("A", "x", 25), ("B", "x", 14), ("C", "y", 11), wave="2026", seed=1)
    second = measure_campaign(kept, "c")
    assert second.number == 2
    bare = study(responses, second.framework, lattice(responses))
    for name in SCORES:
        table = second.released[name]
        old = table[table["wave"] == "2025"].reset_index(drop=True)
        pd.testing.assert_frame_equal(old, first[name], check_dtype=False, rtol=1e-9)
        pd.testing.assert_frame_equal(table, bare[name], check_dtype=False, rtol=1e-9)
    waves = second.released["comparisons"].query("comparison == 'waves'")
    assert waves[["wave", "other_wave", "n", "other_n"]].values.tolist() == [["2026", "2025", 50, 36]]


def test_a_few_who_come_late_stay_hidden_until_they_are_enough_beside_every_release(kept, answer):
    answer(("A", "x", 20), ("B", "x", 30))
    told = [measure_campaign(kept, "c").released]
    for more in (3, 3, 6):  # beside the first release: three, six, twelve
        answer(("A", "x", more), seed=more)
        told.append(measure_campaign(kept, "c").released)
    assert [hidden(one) for one in told] == [set(), {"A"}, {"A"}, set()]
    assert [one["dimensions"]["suppressed"].all() for one in told] == [False, True, True, False]
    assert told[3]["dimensions"]["n"].tolist() == [62]


def test_what_was_told_once_is_found_again_when_the_responses_are_those_of_then(kept, answer, path):
    answer(("A", "x", 20), ("B", "x", 30))
    assert measure_campaign(kept, "c").number == 1
    answer(("A", "x", 1))
    assert measure_campaign(kept, "c").number == 2
    forget_respondent(kept, "c", "r50")
    assert measure_campaign(kept, "c").number == 1
    assert len(list_releases(kept, "c")) == 2


def test_work_that_is_stopped_keeps_nothing_and_begins_anew_another_time_bare_responses(kept, answer, path):
    answer(("A", "x", 20), ("B", "x", 30))
    told = []

    def stop(done, total):
        told.append((done, total))
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        measure_campaign(kept, "c", progress=stop)
    assert measuring.list_releases(kept, "c") == []
    assert told == [(done + 1, told[0][1]) for done in range(len(told))]
    assert measure_campaign(kept, "c", progress=lambda done, total: None).number == 1


def test_who_is_overtaken_begins_again_beside_what_was_let_out_meanwhile(kept, answer, monkeypatch):
    answer(("A", "x", 20), ("B", "x", 30))
    seen = []

    def slow(*asked):
        seen.append(len(asked[6]))
        released = profile(*asked)
        if len(seen) == 1:  # another process lets something out, of a few people more
            groups = released["groups"].assign(n=released["groups"]["n"] + 4)
            keep_release(kept, "c", released | {"groups": groups})
        return released

    monkeypatch.setattr(measuring, "study", slow)
    found = measure_campaign(kept, "c")
    assert (seen, found.number) == ([0, 1], 2)
    assert hidden(found.released) == {"A", "B"}


def test_who_is_always_overtaken_is_told(kept, answer, monkeypatch, refused):
    answer(("A", "x", 20), ("B", "x", 30))

    def slower(*asked):
        released = profile(*asked)
        keep_release(kept, "c", {"groups": released["groups"].assign(n=len(asked[6]))})
        return released

    monkeypatch.setattr(measuring, "study", slower)
    monkeypatch.setattr(measuring, "TRIES", 2)
    with refused("release_overtaken"):
        measure_campaign(kept, "c")


def test_another_column_widens_the_lattice_for_good_and_cells_are_chosen_from_it(kept, answer, refused):
    answer(("A", "x", 20), ("B", "y", 30), age=["20", "40"])
    narrow = measure_campaign(kept, "c")
    wide = measure_campaign(kept, "c", [("age",)])
    assert (narrow.number, wide.number, measure_campaign(kept, "c", [("age",)]).number) == (1, 2, 2)
    assert set(wide.released["groups"]["by"]) == {"unit", "role", "unit·role", "age"}
    assert set(wide.cells([("age",)])["groups"]["by"]) == {"age"}
    assert wide.cells([])["groups"].empty
    assert set(wide.cells([("role", "unit")])["groups"]["by"]) == {"unit·role"}
    pd.testing.assert_frame_equal(
        wide.cells([("unit",)])["groups"].drop(columns="n"), narrow.cells([("unit",)])["groups"].drop(columns="n")
    )
    answer(("A", "x", 20), age=["20"])
    assert "age" in set(measure_campaign(kept, "c").released["groups"]["by"])
    with refused("column_unknown"):
        measure_campaign(kept, "c", [("size",)])


def test_a_campaign_has_one_threshold(kept, answer, refused):
    answer(("A", "x", 20), ("B", "x", 11), ("C", "x", 11))
    assert smallest_group(kept, "c") == 10
    assert measure_campaign(kept, "c", settings=Settings(11)).settings == Settings(11)
    assert measure_campaign(kept, "c").number == 1
    assert smallest_group(kept, "c") == 11
    with refused("threshold_other"):
        measure_campaign(kept, "c", settings=Settings(5))
    SettingsStore(kept).save({"min_group": 12})
    stricter = measure_campaign(kept, "c")
    assert (stricter.settings, stricter.number) == (Settings(12), 2)
    assert hidden(stricter.released) == {"B", "C"}


def test_the_threshold_of_the_workspace_is_the_campaign_s(kept, answer, refused):
    SettingsStore(kept).save({"min_group": 11})
    answer(("A", "x", 20))
    assert measure_campaign(kept, "c").settings == Settings(11)
    with refused("threshold_other"):
        measure_campaign(kept, "c", settings=Settings(10))


FLAT = "unit,parent,headcount\nA,,30\nB,,30\nC,,30\nP,,\n"
TREE = "unit,parent,headcount\nA,P,30\nB,P,30\nC,,30\nP,,\n"
MOVED = "unit,parent,headcount\nA,,30\nB,P,30\nC,P,30\nP,,\n"


def test_units_that_are_given_are_kept_and_a_tree_may_grow_but_nobody_is_moved(kept, answer, refused):
    answer(("A", "x", 20), ("B", "x", 22), ("C", "x", 24))
    measure_campaign(kept, "c", units=units(FLAT, kept))
    assert UnitsStore(kept, "c").table()["parent"].tolist() == [""] * 4
    tree = measure_campaign(kept, "c", units=units(TREE, kept))
    assert tree.number == 2
    assert set(tree.released["groups"]["group"].dropna()) >= {"A", "B", "C", "P"}
    assert measure_campaign(kept, "c").number == 2
    for text, moved in ((MOVED, ("unit_moved",) * 2), (FLAT.replace("A,,30", "A,,40"), ("unit_moved",) * 2)):
        with refused(*moved):
            measure_campaign(kept, "c", units=units(text, kept))
    assert UnitsStore(kept, "c").table()["parent"].tolist() == ["P", "P", "", ""]


def test_a_unit_that_people_are_in_does_not_become_one_of_others(kept, answer, refused):
    # P was told of its own twenty; told with A and B as P, what it was told of before is a part nobody protects.
    answer(("A", "x", 20), ("B", "x", 4), ("P", "x", 20))
    measure_campaign(kept, "c")
    with refused("unit_moved", "unit_moved"):
        measure_campaign(kept, "c", units=units(TREE, kept))


def test_a_design_is_remembered_and_weighted_means_do_not_stand_beside_others(kept, answer, refused):
    answer(("A", "x", 20), ("B", "x", 22), ("C", "x", 24))
    stratified = measure_campaign(kept, "c", units=units(FLAT, kept))
    simple = measure_campaign(kept, "c", design="simple")
    assert measure_campaign(kept, "c").number == simple.number == 2
    width = [
        one.released["dimensions"].eval("ci_high - ci_low").iloc[0] for one in (stratified, simple)
    ]  # everyone was invited: the finite-population correction narrows
    assert width[0] < width[1]
    with refused("design_other"):
        measure_campaign(kept, "c", design="raked")


def test_what_cannot_be_kept_is_not_shown(kept, answer, path, refused):
    answer(("A", "x", 20))
    kept.close()
    with open_workspace(path, read_only=True) as workspace, refused("workspace_read_only"):
        measure_campaign(workspace, "c")


def test_there_must_be_a_campaign_and_responses(kept, tmp_path, refused):
    with open_workspace(tmp_path / "empty.apprenance", create=True) as workspace, refused("campaigns_none"):
        last_campaign(workspace)
    with refused("campaign_empty"):
        measure_campaign(kept, last_campaign(kept))
    with refused("campaign_absent"):
        measure_campaign(kept, "z")


# --- the attacker: all that several releases tell are sums over who was there first and who came between


def told_of(released, atoms):
    """Give the groups of a release: who is in each (groups × atoms), how many are told, NaN where hidden."""
    table = pd.concat([released["dimensions"].assign(by=None, group=None), released["groups"]], ignore_index=True)
    who = [inside(by, group, atoms) for by, group in table[["by", "group"]].astype(object).values]
    return np.array(who, dtype=float), pd.to_numeric(table["n"]).to_numpy(dtype=float, na_value=np.nan)


def inside(by, group, atoms):
    columns = {"unit": (0,), "role": (1,), "unit·role": (0, 1)}.get(by, ())
    return ["·".join(atom[one] for one in columns) == (group if columns else "") for atom in atoms]


def found_out(who, told, asked):
    """Name the sums that are found out: as numbers of people at least 0, or, as sums of scores, by subtraction."""
    known = {"A_eq": who[told >= 0], "b_eq": told[told >= 0], "bounds": (0, None)}
    most = [linprog(-one, **known) for one in np.eye(who.shape[1])]
    never = np.eye(who.shape[1])[[found.status == 0 and found.fun > -1e-6 for found in most]]
    rows = np.vstack([known["A_eq"], never])
    rank = np.linalg.matrix_rank(rows)
    for one in asked:
        if np.linalg.matrix_rank(np.vstack([rows, one])) == rank:
            yield one


@pytest.mark.parametrize("seed", range(3))
def test_releases_with_a_few_more_responses_between_give_nothing_away(kept, answer, seed):
    draw = np.random.default_rng([11, seed])
    atoms = [(unit, role) for unit in "ABCD"[: 3 + seed % 2] for role in "xyz"]
    came = [np.maximum(draw.lognormal(2.3, 0.8, len(atoms)).astype(int), 1)]
    came += [draw.integers(0, 14, len(atoms)) * (draw.random(len(atoms)) < 0.6) for _ in range(1 + seed % 2)]
    told = []
    for times, sizes in enumerate(came):
        answer(*((*atom, size) for atom, size in zip(atoms, sizes, strict=True)), seed=100 * times + seed)
        told.append(told_of(measure_campaign(kept, "c").released, atoms))
    blocks = [[who * (later <= times) for later in range(len(came))] for times, (who, _) in enumerate(told)]
    sums = [np.hstack(one) for one in blocks]  # over who came first, second, …
    between = np.vstack([later - sooner for sooner, later in combinations(sums, 2)])
    every, numbers = np.vstack(sums), np.concatenate([n for _, n in told])
    people, newcomers = every @ np.concatenate(came), between @ np.concatenate(came)
    asked = [*every[np.isnan(numbers) & (people < LEAST)], *between[(newcomers > 0) & (newcomers < LEAST)]]
    assert len(asked)
    assert list(found_out(every, numbers, asked)) == []
    naive = list(found_out(every, np.where(people < LEAST, np.nan, people), asked))
    assert naive, "who hides small groups only gives some away"
