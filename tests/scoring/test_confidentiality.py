"""Nobody is recognised: what is released is attacked with linear algebra, on small organisations of every shape."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.scoring import Settings, lattice, release, score_wave, select
from assessment.scoring.confidentiality import COLUMNS, decide, without_rare_values
from assessment.scoring.dimensions import UNRELEASED
from assessment.scoring.following import CELL, Decided, Follower, follow, looked_up

FEW = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
KEYS = ["wave", "by", "group", "dimension", "perspective", "item", "suppressed", "reason"]
CROSSED = [("unit",), ("role",), ("unit", "role")]


@pytest.fixture(scope="module")
def twins(instrument, items):
    """One discipline under both perspectives, another about reality only."""
    return instrument(
        {
            "d": {"reach": "global", "items": items(3)},
            "e": {"reach": "individual", "perspectives": ["reality"], "items": items(3, "e")},
        },
        perspectives=("reality", "vision"),
    )


@pytest.fixture(scope="module")
def plain(instrument, items):
    return instrument({"d": {"reach": "global", "items": items(3)}})


def crowd(cells, seed=0, **fixed):
    """Make respondents to one dimension: cells are (unit, role, number)."""
    draw = np.random.default_rng(seed)
    return [
        {"unit": unit, "role": role} | {f"i{one}": int(draw.integers(1, 6)) for one in (1, 2, 3)} | fixed
        for unit, role, number in cells
        for _ in range(number)
    ]


def twin_crowd(cells, seed=0):
    """Make respondents to twin questions: cells are (unit, number, whether they answered about the vision)."""
    draw = np.random.default_rng(seed)
    rows = []
    for unit, number, vision in cells:
        for _ in range(number):
            own = [int(one) for one in draw.integers(1, 6, 9)]
            row = {"unit": unit} | {f"i{one + 1}.reality": own[one] for one in range(3)}
            row |= {f"i{one + 1}.vision": own[3 + one] if vision else "" for one in range(3)}
            rows.append(row | {f"e{one + 1}.reality": own[6 + one] for one in range(3)})
    return rows


def told(rows, framework, answered, by=CROSSED, least=5, **options):
    earlier = options.pop("earlier", None)
    tables = score_wave(answered(rows, framework), framework, by, **options)
    released, cells = release(tables, Settings(least), earlier), decide(tables, Settings(least), earlier)
    for name, table in released.items():  # why is known inside only: here it is told
        if name in ("dimensions", "groups", "tension"):
            inside = looked_up(table, {key: key for key in CELL}, Decided(cells))
            assert set(table.loc[table["suppressed"], "reason"]) <= {"confidential", "unanimous"}
            table["reason"] = pd.Series(np.where(table["suppressed"], inside, table["reason"]), dtype=object)
            table["reason"] = table["reason"].where(table["reason"].notna(), None)
    return released, tables


def hidden(table, **where):
    for column, value in where.items():
        table = table[table[column] == value]
    return {None if pd.isna(one) else one: why for one, why in zip(table["group"], table["reason"], strict=True) if why}


# --- the attacker: everything shown is a known sum over people told apart by every column; exact row reduction


def solved(vectors):
    """Reduce rows of whole numbers exactly; give pivots to rows."""
    basis = {}
    for vector in vectors:
        left = reduced(vector, basis)
        if left:
            pivot = min(left)
            left = {place: value / left[pivot] for place, value in left.items()}
            basis = {place: minus(row, left, row.get(pivot, 0)) for place, row in basis.items()}
            basis[pivot] = left
    return basis


def minus(row, other, times):
    if not times:
        return row
    result = dict(row)
    for place, value in other.items():
        result[place] = result.get(place, 0) - times * value
    return {place: value for place, value in result.items() if value}


def reduced(vector, basis):
    left = {place: Fraction(value) for place, value in vector.items()}
    for place in sorted(vector):
        if place in basis and left.get(place):
            left = minus(left, basis[place], left[place])
    return left


def members(rows, by, group, parents=None):
    """Give the atoms (all columns' values) of one group."""
    columns = [] if by is None else by.split("·")
    found = set()
    for row in rows:
        value = "·".join(row[column] for column in columns)
        value = value if value.strip("·") else None
        above = [value]
        while parents and columns == ["unit"] and parents.get(above[-1]):
            above.append(parents[above[-1]])
        inside = {parent for parent in above[1:]}
        own = f"{value}·{value}" if parents and columns == ["unit"] and value in whole_units(rows, parents) else value
        if by is None or group == own or group in inside or (own != value and group == value):
            found.add(atom(row))
    return found


def whole_units(rows, parents):
    found = set()
    for row in rows:
        one = parents.get(row["unit"])
        while one:
            found.add(one)
            one = parents.get(one)
    return found


def atom(row):
    return row["unit"], row.get("role", ""), row.get("age", "")


def attacked(released, tables, rows, perspective, dimension="d", parents=None):
    """Give the hidden groups whose sum what is shown determines, with their numbers of respondents."""
    known, secret = [], []
    for name in ("dimensions", "groups", "tension"):
        table, before = released[name], tables[name]
        for shown, own in zip(table.to_dict("records"), before.to_dict("records"), strict=True):
            if (shown["dimension"], shown["perspective"]) != (dimension, perspective):
                continue
            by, group = (None if pd.isna(shown[key]) else shown[key] for key in ("by", "group"))
            vector = dict.fromkeys(members(rows, by, group, parents), 1)
            if shown["suppressed"]:
                secret.append(((by, group), own["n"], vector))
            else:
                known.append(vector)
    basis = solved(known)
    return [(group, n) for group, n, vector in secret if n > 0 and not reduced(vector, basis)]


@st.composite
def organisations(draw):
    cells = draw(
        st.lists(
            st.tuples(st.sampled_from(["A", "B", "C", "D", ""]), st.sampled_from(["x", "y", "z", ""])),
            min_size=3,
            max_size=12,
            unique=True,
        )
    )
    return [(*cell, draw(st.sampled_from([1, 2, 3, 4, 5, 6, 8, 12]))) for cell in cells]


@FEW
@example(cells=[("D", "x", 6), ("D", "", 2), ("B", "z", 4), ("B", "y", 3)], by=CROSSED[:2])
@given(cells=organisations(), by=st.sampled_from([CROSSED, CROSSED[:2], CROSSED[2:], CROSSED[1:]]))
def test_no_combination_of_what_is_shown_gives_a_hidden_group_away(plain, answered, cells, by):
    rows = crowd(cells)
    table = answered(rows, plain)
    by = [one for one in by if all((table[column] != "").any() for column in one)]
    released, tables = told(rows, plain, answered, by)
    assert attacked(released, tables, rows, "reality") == []


def test_sums_of_two_ways_together_do_not_give_away_what_neither_does(plain, answered):
    # Six people each in A·w, A·x, B·w, B·x, then B·y, then C·y, C·z, D·y, D·z. Every unit and every role hides two at
    # least; yet units A and B less roles w and x, all told, is B·y and shown cells.
    few = {"Aw", "Ax", "Bw", "Bx", "By", "Cy", "Cz", "Dy", "Dz"}
    cells = [(unit, role, 6 if unit + role in few else 12) for unit in "ABCD" for role in "wxyz"]
    rows = crowd(cells)
    released, tables = told(rows, plain, answered, least=10)
    assert list(hidden(released["groups"]).values()).count("small_group") == 9
    assert list(hidden(released["groups"]).values()).count("protects_another") > 0
    assert attacked(released, tables, rows, "reality") == []


@FEW
@given(
    sizes=st.lists(st.tuples(st.sampled_from("ABCDE"), st.integers(1, 9), st.booleans()), min_size=2, max_size=9),
)
def test_reality_vision_and_tension_are_each_safe_and_hidden_together(twins, answered, sizes):
    rows = [row | {"role": ""} for row in twin_crowd(sizes)]
    released, tables = told(rows, twins, answered, [("unit",)])
    for perspective in ("reality", "vision", "tension"):
        assert attacked(released, tables, rows, perspective) == []
    shown = pd.concat([released["groups"], released["dimensions"], released["tension"]], ignore_index=True)
    shown["group"] = shown["group"].fillna("-").astype(str) + shown["by"].fillna("").astype(str)
    assert (shown.groupby(["group", "dimension"])["suppressed"].nunique() == 1).all()


TREE = {"P": "", "Q": "P", "R": "P", "S": "", "T": "Q", "U": "Q"}


@FEW
@given(
    cells=st.lists(
        st.tuples(st.sampled_from([*TREE, "V"]), st.sampled_from("xy"), st.sampled_from([1, 3, 5, 7, 12])),
        min_size=3,
        max_size=10,
        unique_by=lambda cell: cell[:2],
    ),
    by=st.sampled_from([CROSSED, CROSSED[:1], CROSSED[2:]]),
)
def test_units_made_of_units_give_nobody_away(plain, answered, unit_table, cells, by):
    rows = crowd(cells)
    units = unit_table({"unit": list(TREE), "parent": list(TREE.values()), "headcount": ""}, plain)
    released, tables = told(rows, plain, answered, by, units=units)
    assert attacked(released, tables, rows, "reality", parents=TREE) == []


@FEW
@given(ages=st.lists(st.integers(1, 9), min_size=12, max_size=12))
def test_three_columns_and_pairs_of_them_give_nobody_away(plain, answered, ages):
    places = [(unit, role, age) for unit in "AB" for role in "xy" for age in ("20", "40", "60")]
    rows = [
        row | {"age": age}
        for (unit, role, age), number in zip(places, ages, strict=True)
        for row in crowd([(unit, role, number)])
    ]
    by = [("unit", "role"), ("unit", "age"), ("unit", "role", "age")]
    released, tables = told(rows, plain, answered, by)
    assert attacked(released, tables, rows, "reality") == []


@FEW
@given(cells=organisations())
def test_along_every_sum_none_is_hidden_or_several_who_are_not_too_few(plain, answered, cells):
    rows = crowd([(unit or "E", role or "w", number) for unit, role, number in cells])
    released, tables = told(rows, plain, answered)
    out = released["groups"]["suppressed"].to_numpy()
    groups = tables["groups"]
    for by, total in [("unit", None), ("role", None), ("unit·role", "unit"), ("unit·role", "role")]:
        part = groups["by"] == by
        names = groups["group"].str.split("·").str[0 if total == "unit" else -1] if total else part
        for name in names[part].unique():
            line = part & (names == name) & (groups["n"] > 0)
            above = (groups["by"] == total) & (groups["group"] == name)
            if total is None:
                whole_hidden = bool(released["dimensions"]["suppressed"].iloc[0])
            else:
                whole_hidden = bool(out[above].any())
            hiding = line & out
            if not whole_hidden and hiding.any():
                assert hiding.sum() >= 2
                assert groups.loc[hiding, "n"].sum() >= 5
            if whole_hidden:
                assert hiding.any() or not line.any()


@FEW
@given(cells=organisations(), least=st.sampled_from([5, 10]))
def test_the_organisation_is_hidden_for_its_own_sake_only(plain, answered, cells, least):
    rows = crowd(cells)
    by = [("unit",)] if any(row["unit"] for row in rows) else []
    released, _ = told(rows, plain, answered, by, least)
    (row,) = released["dimensions"].to_dict("records")
    assert row["suppressed"] == (len(rows) < least)
    assert row["reason"] != "protects_another"


@FEW
@given(cells=organisations())
def test_a_suppressed_row_keeps_its_keys_only_and_no_helper_leaves(twins, answered, cells):
    rows = [row | {"role": cells[0][1]} for row in twin_crowd([(u, n, n % 2) for u, _, n in cells])]
    by = [one for one in CROSSED if all(any(row[column] for row in rows) for column in one)]
    released, _ = told(rows, twins, answered, by)
    assert set(released) == {"dimensions", "groups", "tension", "items", "overall"}
    for name, table in released.items():
        assert list(table.columns) == list(COLUMNS[name])
        assert not set(table.columns) & set(UNRELEASED)
        out = table[table["suppressed"].astype(bool)]
        assert out.drop(columns=[key for key in KEYS if key in out]).isna().all(axis=None), name
        assert out["reason"].notna().all()


@pytest.mark.parametrize("by", [CROSSED[2:], CROSSED])
def test_a_crossing_told_without_its_margins_protects_its_small_cells(plain, answered, by):
    rows = crowd([("A", "x", 12), ("A", "y", 13), ("B", "x", 14), ("B", "y", 4)])
    released, tables = told(rows, plain, answered, by, least=10)
    assert attacked(released, tables, rows, "reality") == []
    assert "small_group" in hidden(released["groups"], by="unit·role").values()
    assert "protects_another" in hidden(released["groups"], by="unit·role").values()


def test_a_group_hidden_for_its_vision_is_hidden_with_another_that_answered_about_the_vision(twins, answered):
    rows = twin_crowd([("A", 16, False), ("A", 4, True), ("B", 12, False), ("C", 40, True)])
    released, tables = told(rows, twins, answered, [("unit",)], least=10)
    out = hidden(released["groups"], dimension="d", perspective="vision")
    assert out["A"] == "small_group"
    assert out["C"] == "protects_another"  # B has no vision: it would protect nothing
    rows = [row | {"role": ""} for row in rows]
    assert attacked(released, tables, rows, "vision") == []


def test_small_groups_too_few_together_are_not_told_together(plain, answered):
    rows = crowd([("A", "", 2), ("B", "", 3), ("C", "", 14), ("D", "", 20)])
    released, _ = told(rows, plain, answered, [("unit",)], least=10)
    expected = {"A": "small_group", "B": "small_group", "C": "protects_another"}
    assert hidden(released["groups"]) == expected


def test_small_groups_together_large_enough_need_nobody_else(plain, answered):
    rows = crowd([("A", "", 6), ("B", "", 7), ("C", "", 14), ("D", "", 20)])
    released, _ = told(rows, plain, answered, [("unit",)], least=10)
    assert hidden(released["groups"]) == {"A": "small_group", "B": "small_group"}


def test_those_without_a_group_are_a_group_and_protected_like_one(plain, answered, only):
    rows = crowd([("A", "", 12), ("B", "", 20), ("", "", 3)])
    released, _ = told(rows, plain, answered, [("unit",)], least=10)
    row = only(released["groups"], by="unit", group=None)
    assert (row["suppressed"], row["reason"]) == (True, "small_group")
    assert hidden(released["groups"]) == {None: "small_group", "A": "protects_another"}


def test_those_without_a_group_can_protect_others(plain, answered, only):
    rows = crowd([("A", "", 3), ("B", "", 20), ("", "", 12)])
    released, _ = told(rows, plain, answered, [("unit",)], least=10)
    assert only(released["groups"], by="unit", group=None)["reason"] == "protects_another"


def test_a_column_of_tiny_groups_tells_the_organisation_only(plain, answered):
    rows = [row | {"age": str(number)} for number, row in enumerate(crowd([("A", "", 30)]))]
    released, _ = told(rows, plain, answered, [("age",)], least=10)
    assert released["groups"]["suppressed"].all()
    assert not released["dimensions"]["suppressed"].any()
    assert released["dimensions"][["rwg_j", "ad", "icc1", "icc2"]].isna().all(axis=None)


@pytest.mark.parametrize("least", [4, 0, -1, float("nan")])
def test_fewer_than_five_protects_nobody_and_is_refused(least):
    with pytest.raises(Faults, match="min_group_too_small"):
        Settings(least)


def test_statistics_across_groups_are_over_the_groups_let_out(plain, answered, only):
    large, small = crowd([("A", "", 12), ("B", "", 15)], 1), crowd([("C", "", 4), ("D", "", 9)], 2)
    released, _ = told(large + small, plain, answered, [("unit",)], least=10)
    alone, _ = told(large, plain, answered, [("unit",)], least=10)
    assert set(hidden(released["groups"])) == {"C", "D"}
    columns = ["rwg_j", "ad", "icc1", "icc2"]
    found, expected = (only(one["dimensions"], dimension="d")[columns] for one in (released, alone))
    assert found.notna().all()
    assert np.allclose(found.astype(float), expected.astype(float), rtol=1e-12)


@pytest.mark.parametrize("by", [CROSSED[:1], CROSSED])
def test_statistics_across_groups_are_over_the_first_grouping_whatever_else_is_told(plain, answered, only, by):
    rows = crowd([(unit, role, 11) for unit in "ABC" for role in "xy"])
    released, _ = told(rows, plain, answered, by, least=10)
    alone, _ = told(rows, plain, answered, [("unit",)], least=10)
    columns = ["rwg_j", "ad", "icc1", "icc2"]
    found, expected = (only(one["dimensions"], dimension="d")[columns] for one in (released, alone))
    assert found.notna().all()
    assert list(found) == list(expected)


def test_what_few_complete_respondents_make_is_not_told(plain, answered, only):
    rows = crowd([("A", "", 14), ("B", "", 30)])
    for row in rows[:11]:
        row["i3"] = ""  # three of A answered everything
    released, tables = told(rows, plain, answered, [("unit",)], least=10)
    row = only(released["groups"], group="A")
    assert only(tables["groups"], group="A")["rwg_j"] >= 0
    assert (row["n"], row["n_complete"], row["reason"]) == (14, 3, "too_few_complete")
    assert np.isnan(row["rwg_j"])
    assert np.isnan(row["ad"])
    # nor can it be worked out from the average over groups
    assert only(released["dimensions"], dimension="d")["rwg_j"] == only(released["groups"], group="B")["rwg_j"]


def test_alpha_of_few_complete_respondents_is_not_told(instrument, answered, only):
    framework = instrument({"d": {"items": {"i1": {}, "i2": {}, "i3": {"roles": ["x"]}}}}, roles=("x", "y"))
    rows = crowd([("A", "x", 6), ("A", "y", 30)])
    released, tables = told(rows, framework, answered, [], least=10)
    assert only(tables["dimensions"], dimension="d")["cronbach_alpha"] <= 1
    row = only(released["dimensions"], dimension="d")
    assert (row["n"], row["n_complete"], row["suppressed"], row["reason"]) == (36, 6, False, "too_few_complete")
    assert row[["cronbach_alpha", "omega", "cfi"]].isna().all()
    assert released["items"]["suppressed"].all()


def test_items_of_a_hidden_dimension_are_hidden_and_so_is_the_whole(plain, answered):
    rows = crowd([("A", "", 60)])
    first, _ = told(rows[:57], plain, answered, [], least=10)
    second, _ = told(rows, plain, answered, [], least=10, earlier=first["dimensions"])
    assert second["dimensions"]["reason"].tolist() == ["close_to_earlier"]
    assert second["items"]["reason"].tolist() == ["confidential"] * 3
    assert second["overall"]["suppressed"].tolist() == [True]
    assert second["overall"][["score", "se", "maturity_level", "probability", "n"]].isna().all(axis=None)


def test_the_whole_is_hidden_when_a_discipline_is(twins, answered, only):
    rows = [{f"i{n}.{p}": 3 for n in (1, 2, 3) for p in ("reality", "vision")} | dict(unit="A") for _ in range(20)]
    for row in rows[:6]:
        row |= {"e1.reality": 2, "e2.reality": 4, "e3.reality": 1}
    released, _ = told(rows, twins, answered, [], least=10)
    assert only(released["dimensions"], dimension="e")["suppressed"]
    assert released["overall"]["suppressed"].tolist() == [True]


def test_a_few_late_answers_do_not_show_what_was_said_in_them(plain, answered, only):
    early = crowd([("A", "", 20), ("B", "", 30)], 1)
    first, _ = told(early, plain, answered, [("unit",)], least=10)
    earlier = pd.concat([first["dimensions"], first["groups"]], ignore_index=True)
    late = [*early, *crowd([("A", "", 3), ("B", "", 12)], 2)]
    second, _ = told(late, plain, answered, [("unit",)], least=10, earlier=earlier)
    assert hidden(second["groups"])["A"] == "close_to_earlier"
    # the organisation grew by fifteen, told; with A hidden B must be too, else A is the rest
    assert hidden(second["groups"])["B"] == "protects_another"
    assert not second["dimensions"]["suppressed"].any()
    same, _ = told(early, plain, answered, [("unit",)], least=10, earlier=earlier)
    pd.testing.assert_frame_equal(same["groups"], first["groups"])


def test_a_group_that_was_told_before_protects_nobody(plain, answered):
    rows = crowd([("A", "", 8), ("B", "", 12), ("C", "", 30)])
    earlier, _ = told([row for row in rows if row["unit"] == "B"], plain, answered, [("unit",)], least=10)
    released, _ = told(rows, plain, answered, [("unit",)], least=10, earlier=earlier["groups"])
    assert hidden(released["groups"]) == {"A": "small_group", "C": "protects_another"}


def test_a_filter_chooses_among_what_was_let_out(plain, answered):
    rows = crowd([("A", "x", 12), ("A", "y", 13), ("B", "x", 14), ("B", "y", 12)])
    released, _ = told(rows, plain, answered)
    assert select(released["groups"], "", unit="A", role="x")["n"].tolist() == [12]
    assert select(released["dimensions"], "")["n"].tolist() == [51]
    for wrong in ({"unit": "Z"}, {"age": "20"}, {"role": "x", "unit": "A"}, {"unit": "A", "role": "x", "age": "3"}):
        with pytest.raises(Faults, match="cell_not_released"):
            select(released["groups"], "", **wrong)
    with pytest.raises(Faults, match="cell_not_released"):
        select(released["groups"], "2031", unit="A")


def test_six_people_who_all_say_the_same_appear_nowhere(twins, answered):
    rows = twin_crowd([("A", 20, True), ("B", 25, True), ("C", 15, True)])
    canary = [
        {heading: 1 if heading.endswith("reality") else 5 for heading in rows[0]} | {"unit": "canary"} for _ in range(6)
    ]
    released, tables = told(rows + canary, twins, answered, lattice(answered(rows, twins)), least=10)
    own = pd.concat([tables["groups"], tables["tension"]], ignore_index=True)
    own = own[own["group"] == "canary"]
    assert set(own["mean"].dropna()) == {1.0, 5.0}
    for table in (released["groups"], released["tension"]):
        numbers = table[table["group"] == "canary"].select_dtypes("number")
        assert numbers.isna().all(axis=None)
    shown = pd.concat(released.values(), ignore_index=True)
    for name in ("mean", "score", "tension"):
        assert not set(shown[name].dropna()) & {1.0, 5.0, 0.0, 100.0}
    assert not (shown["n"] == 6).any()


def test_release_changes_nothing_in_its_tables(plain, answered):
    rows = crowd([("A", "x", 12), ("A", "y", 3), ("B", "x", 14), ("B", "y", 12)])
    _, tables = told(rows, plain, answered)
    before = {name: table.copy() for name, table in tables.items()}
    release(tables, Settings(10))
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_every_pair_of_columns_stands_for_every_order_of_small_cells(plain, answered):
    # sums over units are equal whether told by role or by age: the unit itself need not be told for that
    cells = [("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")]
    for small in combinations(range(4), 1):
        rows = [
            row | {"age": "20" if number % 2 else "40"}
            for place, cell in enumerate(cells)
            for number, row in enumerate(crowd([(*cell, 3 if place in small else 16)]))
        ]
        released, tables = told(rows, plain, answered, [("unit", "role"), ("unit", "age")], least=5)
        assert attacked(released, tables, rows, "reality") == []


def test_what_was_hidden_is_not_given_away_by_a_group_that_has_not_changed(plain, answered):
    # A had eight, hidden with B. Now A has twenty. B as it was, told, would be what the earlier release left for A.
    early = crowd([("A", "", 8), ("B", "", 12), ("C", "", 30)], 1)
    first, _ = told(early, plain, answered, [("unit",)], least=10)
    assert set(hidden(first["groups"])) == {"A", "B"}
    late = [*early, *crowd([("A", "", 12)], 2)]
    second, _ = told(late, plain, answered, [("unit",)], least=10, earlier=first)
    assert set(hidden(second["groups"])) == {"A", "B"}


def test_as_many_people_who_answer_otherwise_are_not_the_same_people(plain, answered):
    early = crowd([("A", "", 20), ("B", "", 30)], 1)
    first, _ = told(early, plain, answered, [("unit",)], least=10)
    one = early[0] | {"i1": 6 - early[0]["i1"], "i2": 1, "i3": 5, "unit": "A"}
    one["i2"] = 5 if early[0]["i2"] < 3 else 1
    second, _ = told([one, *early[1:]], plain, answered, [("unit",)], least=10, earlier=first)
    assert hidden(second["groups"]).get("A") == "close_to_earlier"
    assert second["dimensions"]["suppressed"].all()


def test_people_who_left_are_protected_like_people_who_came(plain, answered):
    early = crowd([("A", "", 20), ("B", "", 30)], 1)
    first, _ = told(early, plain, answered, [("unit",)], least=10)
    second, _ = told(early[3:], plain, answered, [("unit",)], least=10, earlier=first)
    assert hidden(second["groups"])["A"] == "close_to_earlier"


def test_a_few_at_a_time_are_protected_against_every_earlier_release_not_only_the_last(plain, answered):
    # Twenty told; three come, hidden; three more: beside the release before the last, six would be told of.
    rows, releases = crowd([("A", "", 40), ("B", "", 30)], 1), []
    for late in (0, 3, 6, 12):
        own = [*rows[: 20 + late], *rows[40:]]
        released, _ = told(own, plain, answered, [("unit",)], least=10, earlier=releases)
        releases.append(released)
    assert [hidden(one["groups"]).get("A") for one in releases] == [None, "close_to_earlier", "close_to_earlier", None]
    assert [one["dimensions"]["n"].tolist() for one in (releases[0], releases[3])] == [[50], [62]]
    assert all(one["dimensions"]["suppressed"].all() for one in releases[1:3])


def test_what_the_release_before_the_last_hid_is_not_given_away_either(plain, answered):
    # A and B were hidden; then C too, for it was small for a while; now B alone must not come back.
    names = ("A", "B", "C", "D")
    first = crowd([(name, "", size) for name, size in zip(names, (8, 12, 30, 40), strict=True)])
    releases = [told(first, plain, answered, [("unit",)], least=10)[0]]
    assert set(hidden(releases[0]["groups"])) == {"A", "B"}
    second = [row for row in first if row["unit"] != "C"] + crowd([("C", "", 5)], 3)
    releases.append(told(second, plain, answered, [("unit",)], least=10, earlier=releases)[0])
    assert {"A", "B", "C"} <= set(hidden(releases[1]["groups"]))
    third = [row for row in first if row["unit"] != "C"] + crowd([("A", "", 20), ("C", "", 50)], 4)
    out = set(hidden(told(third, plain, answered, [("unit",)], least=10, earlier=releases)[0]["groups"]))
    assert {"A", "B"} <= out


def test_the_same_tables_released_again_are_the_same(plain, answered):
    rows = crowd([("A", "", 8), ("B", "", 12), ("C", "", 30)], 1)
    first, _ = told(rows, plain, answered, [("unit",)], least=10)
    second, _ = told(rows, plain, answered, [("unit",)], least=10, earlier=first)
    assert (second["groups"]["suppressed"] == first["groups"]["suppressed"]).all()


def test_a_table_without_a_rule_is_refused(plain, answered):
    _, tables = told(crowd([("A", "", 20)]), plain, answered, [])
    with pytest.raises(KeyError, match="further"):
        release({**tables, "further": tables["items"]})


def test_all_at_one_end_is_told_as_nine_in_ten_and_protected(plain, answered, only):
    rows = [*crowd([("A", "", 20), ("B", "", 25)]), *crowd([("C", "", 15)], i1=5, i2=5, i3=5)]
    tables = score_wave(answered(rows, plain), plain, [("unit",)])
    released = release(tables, Settings(10))
    row = only(released["groups"], group="C")
    assert (row["suppressed"], row["reason"]) == (True, "unanimous")
    assert released["groups"]["suppressed"].sum() == 2
    some = [row | ({"i1": 4, "i2": 4, "i3": 4} if place == 50 else {}) for place, row in enumerate(rows)]
    again = release(score_wave(answered(some, plain), plain, [("unit",)]), Settings(10))
    assert only(again["groups"], group="C")["reason"] == "unanimous"  # one in fifteen a step away looks the same


def test_where_all_give_the_same_score_no_spread_is_told(plain, answered, only):
    rows = [*crowd([("A", "", 20), ("B", "", 25)]), *crowd([("C", "", 15)], i1=3, i2=3, i3=3)]
    row = only(release(score_wave(answered(rows, plain), plain, [("unit",)]))["groups"], group="C")
    assert (row["n"], row["mean"], row["suppressed"], row["reason"]) == (15, 3, False, "unanimous")
    assert row[["se", "ci_low", "ci_high", "rwg_j", "ad", "probability"]].isna().all()


def test_an_item_that_all_answer_alike_has_no_mean(plain, answered):
    rows = [row | {"i1": 4} for row in crowd([("A", "", 40)])]
    items = release(score_wave(answered(rows, plain), plain, []))["items"].set_index("item")
    assert items.loc["i1", ["mean", "sd", "r_drop", "alpha_drop"]].isna().all()
    assert items.loc["i1", "reason"] == "unanimous"
    assert items.loc["i2", ["mean", "sd"]].notna().all()


def test_the_very_name_of_a_background_group_of_which_nothing_is_told_is_left_out():
    rows = [("unit", "A", True), ("age", "20", False), ("age", "99", True), ("age", None, True), (None, None, False)]
    groups = pd.DataFrame(rows, columns=["by", "group", "suppressed"])
    pairs = pd.DataFrame([("age", "20", "99"), ("age", "99", "20"), ("age", "20", None)])
    pairs = pairs.set_axis(["by", "group", "other_group"], axis=1)
    kept = without_rare_values({"groups": groups, "comparisons": pairs, "overall": pd.DataFrame({"n": [1]})})
    assert kept["groups"]["group"].fillna("-").tolist() == ["A", "20", "-"]
    assert kept["comparisons"]["other_group"].isna().tolist() == [True]
    assert len(kept["overall"]) == 1


def test_shares_of_none_and_of_all_are_held_and_what_would_tell_them_is_emptied():
    cells = pd.DataFrame({"wave": ["1"], "by": None, "group": None, "dimension": "d", "reason": None})
    rows = pd.DataFrame({"wave": "1", "option": list("abc"), "n": 40, "share": [0.0, 0.4, 1.0], "low": 0.1})
    rows = rows.assign(suppressed=False, reason=None)
    rule = Follower(tuple(rows.columns), ("wave", "option"), shares={"share": ("low",)})
    told = follow(rows, rule, Decided(cells), 10)
    assert told["share"].tolist() == [0.1, 0.4, 0.9]
    assert told["low"].isna().tolist() == [True, False, True]
    assert not told["suppressed"].any()


def test_agreement_of_all_is_not_told_in_any_table():
    cells = pd.DataFrame({"wave": ["1"], "by": None, "group": None, "dimension": "d", "reason": None})
    rows = pd.DataFrame({"wave": "1", "dimension": "d", "n": 40, "rwg_j": [1.0, 0.7], "ad": [0.0, 0.5]})
    rows = rows.assign(agreement=["agreement", "agreement"], suppressed=False, reason=None)
    rule = Follower(tuple(rows.columns), ("wave", "dimension"), alike=("rwg_j", "ad", "agreement"))
    told = follow(rows, rule, Decided(cells), 10)
    assert told["reason"].tolist() == ["unanimous", None]
    assert told.loc[0, ["rwg_j", "ad", "agreement"]].isna().all()
    assert told.loc[1, "agreement"] == "agreement"
