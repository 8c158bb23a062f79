"""Measurement, discriminant validity and agreement through the whole path, against R and against plain arithmetic."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.scoring import score_dimensions, score_tension, tally
from assessment.scoring.agreement import COLUMNS as AGREEMENT
from assessment.scoring.agreement import agreement_reading, means_reading, score_agreement, score_agreement_across
from assessment.scoring.crossings import add_crossings, cross_items
from assessment.scoring.discriminant import COLUMNS as DISCRIMINANT
from assessment.scoring.discriminant import score_discriminant
from assessment.scoring.item_answers import COLUMNS as ITEM_ANSWERS
from assessment.scoring.item_answers import score_item_answers
from assessment.scoring.measurement import COLUMNS, fit_reading, score_measurement

SCALES = ("LEAD", "TSIG", "HOSTIL")
KEYS = {"agree": "A", "conscientious": "C", "extraversion": "E", "neuroticism": "N", "openness": "O"}
FIT = {"LEAD": "fit_poor", "TSIG": "not_testable", "HOSTIL": "fit_poor", "agree": "fit_acceptable"}
FIT |= {"conscientious": "fit_poor", "extraversion": "fit_acceptable", "neuroticism": "fit_poor"}
R = {"abs": 1e-9, "rel": 1e-6}
ORACLES = Path(__file__).resolve().parents[1] / "oracles"
TWICE = ("reality", "vision")


def in_memory(table):
    return io.BytesIO(table.to_csv(index=False).encode())


@pytest.fixture(scope="module")
def lq2002():
    return load_framework(ORACLES / "lq2002.toml")


@pytest.fixture(scope="module")
def responses(refdata, lq2002):
    table = pd.read_csv(refdata / "data" / "lq2002.csv").rename(columns={"COMPID": "unit"})
    return load_responses(in_memory(table[["unit", *(item.id for item in lq2002.items)]]), lq2002)


@pytest.fixture(scope="module")
def measurement(responses, lq2002):
    return score_measurement(cross_items(responses, lq2002))


@pytest.fixture(scope="module")
def traits(refdata):
    framework = load_framework(ORACLES / "bfi.toml")
    table = pd.read_csv(refdata / "data" / "bfi.csv", dtype=str, keep_default_na=False)
    answers = load_responses(in_memory(table[[item.id for item in framework.items]]), framework, missing=["NA"])
    return score_measurement(cross_items(answers, framework))


def assert_measured(row, expected, ordinal):
    assert (row["n"], row["items"]) == (expected["n_complete"], expected["k"])
    assert row["cronbach_alpha"] == pytest.approx(expected["alpha_listwise"], **R)
    assert (row["alpha_low"], row["alpha_high"]) == pytest.approx(expected["alpha_ci95_feldt_listwise"], **R)
    assert row["omega"] == pytest.approx(expected["omega_cfa_ml"], abs=1e-5)
    assert row["omega_low"] < row["omega"] < row["omega_high"]
    assert row["ordinal_alpha"] == pytest.approx(expected["ordinal_alpha_polychoric_correct0"], abs=ordinal)


@pytest.mark.parametrize("scale", SCALES)
def test_measurement_of_real_scales_is_psych_s_and_lavaan_s(measurement, reference, only, scale):
    row = only(measurement, dimension=scale)
    assert_measured(row, reference["lq2002"][scale], ordinal=1e-5)  # psych stops its searches at 1e-4
    assert row["fit"] == FIT[scale]


@pytest.mark.parametrize("scale", KEYS)
def test_measurement_with_reversed_items_and_missing_answers_is_psych_s_and_lavaan_s(traits, reference, only, scale):
    row, expected = only(traits, dimension=scale), reference["bfi"]["scales"][scale]
    # psych takes polychoric correlations of all who answered the pair, this kit of the complete respondents.
    assert_measured(row, expected, ordinal=5e-3)
    if scale in FIT:
        assert row["fit"] == FIT[scale]


def test_the_reading_of_fit_follows_the_indices_of_lavaan(reference):
    from types import SimpleNamespace

    for scale, expected in FIT.items():
        found = reference["lq2002"].get(scale) or reference["bfi"]["scales"][scale]
        indices = found.get("cfa_fit") or dict.fromkeys(("cfi", "rmsea", "srmr"), np.nan)
        reason = None if "cfa_fit" in found else "not_testable"
        assert fit_reading(SimpleNamespace(omega=found["omega_cfa_ml"], reason=reason, **indices)) == expected


@pytest.fixture(scope="module")
def twins(instrument, answered):
    """Give thirty people's twin answers to two dimensions, the second item of the first reversed; three incomplete."""
    framework = instrument(
        {
            "d": {"reach": "individual", "items": {"d1": {}, "d2": {"reverse": True}, "d3": {}, "d4": {}}},
            "e": {"items": {"e1": {}, "e2": {}, "e3": {}}},
        },
        perspectives=TWICE,
    )
    draw = np.random.default_rng(5)
    level = draw.integers(1, 5, size=(30, 1, 1))
    cells = np.clip(level + draw.integers(-1, 3, size=(30, 7, 2)), 1, 5)
    cells[:, 1] = 6 - cells[:, 1]
    names = [f"{item}.{one}" for item in ("d1", "d2", "d3", "d4", "e1", "e2", "e3") for one in TWICE]
    rows = [dict(zip(names, person.ravel().tolist(), strict=True)) for person in cells]
    rows[0]["d3.reality"], rows[1]["e1.vision"], rows[2]["d1.vision"] = "", "na", ""
    rows = [row | {"unit": "AB"[place % 2]} for place, row in enumerate(rows)]
    return framework, answered(rows, framework), rows


def test_alpha_and_fit_are_those_of_the_other_tables(twins):
    framework, table, _ = twins
    found = score_measurement(cross_items(table, framework), "9").set_index(["dimension", "perspective"])
    counts = tally(table, framework)
    for other in (score_dimensions(counts), score_tension(counts)):
        for row in other.to_dict("records"):
            own = found.loc[(row["dimension"], row["perspective"])]
            assert own["n"] == row["n_complete"]
            assert own["cronbach_alpha"] == pytest.approx(row["cronbach_alpha"], abs=1e-12)
            if "cfi" in row:
                assert own["omega"] == pytest.approx(row["omega"], abs=1e-12, nan_ok=True)
                assert own["cfi"] == pytest.approx(row["cfi"], abs=1e-9, nan_ok=True)
    assert (found["wave"] == "9").all()
    assert found.xs("tension", level=1)["ordinal_alpha"].isna().all()
    assert found["ordinal_alpha"].notna().sum() == 4


def test_crossings_of_parts_add_up_in_any_split_and_order(twins):
    framework, table, _ = twins
    whole = cross_items(table, framework)
    for cut in (0, 7, 30):
        parts = add_crossings(cross_items(table.iloc[cut:], framework), cross_items(table.iloc[:cut], framework))
        assert list(parts) == list(whole)
        for pair, crossing in whole.items():
            np.testing.assert_array_equal(parts[pair].counts, crossing.counts)


def test_people_who_are_not_asked_every_item_are_not_complete(instrument, answered):
    framework = instrument({"d": {"items": {"i1": {}, "i2": {"roles": ["x"]}}}}, roles=("x", "y"))
    rows = [{"role": role, "i1": 1 + n % 5, "i2": 1 + n % 4} for n in range(6) for role in "xy"]
    assert score_measurement(cross_items(answered(rows, framework), framework))["n"].tolist() == [6]


def test_floor_ceiling_and_what_is_withheld_by_hand(instrument, answered, only):
    framework = instrument(
        {"d": {"items": {"i1": {}, "i2": {"reverse": True}, "i3": {"roles": ["x"]}}}}, roles=("x", "y")
    )
    cells = [("x", 5, 1, 3), ("x", 5, 1, "na"), ("y", 1, 5, 5), ("y", "", 2, 5), ("x", "na", "", "")]
    rows = [dict(zip(("role", "i1", "i2", "i3"), row, strict=True)) for row in cells]
    table = score_item_answers(answered(rows, framework), framework, "1")
    assert tuple(table.columns) == ITEM_ANSWERS
    first, second, third = (only(table, item=item) for item in ("i1", "i2", "i3"))
    assert [first[name] for name in ("n", "asked", "floor", "ceiling")] == pytest.approx([3, 5, 1 / 3, 2 / 3])
    assert [first[name] for name in ("na_share", "missing_share")] == pytest.approx([0.2, 0.2])
    # Turned: 5, 5, 1, 4.
    assert [second[name] for name in ("n", "floor", "ceiling", "missing_share")] == pytest.approx([4, 0.25, 0.5, 0.2])
    # Put to x only: what y answered does not count.
    assert [third[name] for name in ("n", "asked", "floor", "na_share")] == pytest.approx([1, 3, 0, 1 / 3])
    assert third["missing_share"] == pytest.approx(1 / 3)


def test_a_pair_of_dimensions_is_compared_as_by_hand(twins, only):
    framework, table, rows = twins
    found = only(score_discriminant(table, framework), perspective="vision")
    assert (found["dimension"], found["other_dimension"]) == ("d", "e")
    full = pd.DataFrame([{key: pd.to_numeric(value, errors="coerce") for key, value in row.items()} for row in rows])
    full["d2.vision"] = 6 - full["d2.vision"]
    d, e = ([f"{name}{n}.vision" for n in range(1, last)] for name, last in (("d", 5), ("e", 4)))
    assert (found["n"], found["n_complete"]) == (30, 28)
    r = full[d].mean(axis=1).corr(full[e].mean(axis=1))
    assert found["correlation"] == pytest.approx(r)
    alphas = [cronbach(full[columns].dropna()) for columns in (d, e)]
    assert found["corrected"] == pytest.approx(r / np.sqrt(np.prod(alphas)))
    size = full[[*d, *e]].dropna().corr().abs()
    within = [size.loc[one, one].to_numpy()[np.triu_indices(len(one), 1)].mean() for one in (d, e)]
    assert found["htmt"] == pytest.approx(size.loc[d, e].to_numpy().mean() / np.sqrt(np.prod(within)))
    assert found["htmt_low"] < found["htmt"] < found["htmt_high"]


def cronbach(rows):
    k = rows.shape[1]
    return k / (k - 1) * (1 - rows.var().sum() / rows.sum(axis=1).var())


def test_real_scales_that_are_known_to_differ_are_apart(responses, lq2002, only):
    table = score_discriminant(responses, lq2002)
    assert len(table) == 3
    pair = only(table, dimension="LEAD", other_dimension="TSIG")
    scores = responses[[item.id for item in lq2002.items]].astype(float)
    lead, task = (scores.filter(like=name).mean(axis=1) for name in ("LEAD", "TSIG"))
    assert pair["correlation"] == pytest.approx(lead.corr(task), abs=1e-12)
    assert pair["overlap"] == "apart"


def test_two_dimensions_that_are_one_overlap(instrument, items, answered):
    framework = instrument({"d": {"items": items(3, "d")}, "e": {"items": items(3, "e")}})
    draw = np.random.default_rng(2)
    level = draw.normal(3, 1.2, size=(200, 1))
    cells = np.clip(np.rint(level + draw.normal(0, 1, size=(200, 6))), 1, 5).astype(int)
    rows = [dict(zip(("d1", "d2", "d3", "e1", "e2", "e3"), row, strict=True)) for row in cells]
    assert score_discriminant(answered(rows, framework), framework)["overlap"].tolist() == ["overlapping"]
    few = score_discriminant(answered(rows[:20], framework), framework).iloc[0]
    assert few["htmt_low"] < 0.85 < 0.90 < few["htmt_high"]
    assert few["overlap"] == "undetermined"


@pytest.fixture(scope="module")
def companies(responses, lq2002):
    return score_agreement(tally(responses, lq2002, ["unit"]), ["unit"])


def test_agreement_in_every_company_is_multilevel_s(companies, reference):
    table = companies[companies["dimension"] == "LEAD"].set_index("group")
    for one in reference["lq2002"]["agreement"]["LEAD"]["per_group"]:
        row = table.loc[one["group"]]
        assert row["n"] == row["n_complete"] == one["n"]
        found = [row[name] for name in ("rwg_j", "r_star_wg_j", "ad", "awg", "plain_mean")]
        assert found == pytest.approx([one[name] for name in ("rwgj", "rwgj_lindell", "ad_mean", "awg", "mean")], **R)
        assert row["rwg_j_skewed"] <= row["rwg_j"]
        assert row["agreement"] == ("agreement" if one["ad_mean"] <= 5 / 6 else "weak_agreement")


@pytest.mark.parametrize("scale", SCALES)
def test_agreement_across_companies_is_multilevel_s_and_nlme_s(companies, lq2002, reference, only, scale):
    row, expected = (
        only(score_agreement_across(companies, lq2002), dimension=scale),
        reference["lq2002"]["agreement"][scale],
    )
    assert (row["groups"], row["n"]) == (49, 2042)
    assert row["rwg_j"] == pytest.approx(expected["rwgj"]["mean"], **R)
    assert row["ad"] == pytest.approx(expected["ad_mean"]["mean"], **R)
    assert row["share_agreeing"] == pytest.approx(expected["prop_ad_mean_le_cutoff"])
    assert row["icc1"] == pytest.approx(expected["ICC1_n0"], **R)
    assert row["icc1_reml"] == pytest.approx(expected["ICC1_reml"], abs=1e-6)
    assert row["icc2"] == pytest.approx(expected["ICC2_anova"], **R)
    assert row["means"] == "means_divided"  # every company passes rwg(j) for LEAD, 29 % pass AD


def test_groups_of_one_alike_and_polarised_by_hand(instrument, answered):
    framework = instrument({"d": {"reach": "collective", "items": {"i1": {}, "i2": {"reverse": True}}}})
    cells = {"A": [(3, 2)] * 4, "B": [(1, 1), (5, 5)] * 2, "C": [(2, 2)], "D": [(3, 4), (3, 3), (4, 2)]}
    rows = [{"unit": unit, "i1": one, "i2": two} for unit, people in cells.items() for one, two in people]
    found = score_agreement(tally(answered(rows, framework), framework, ["unit"]), ["unit"], "1").set_index("group")
    # D, turned: 3, 3, 4 and 2, 3, 4: mean variance 2/3 of 2; against 1.34: 2(1 - r)/(2(1 - r) + r), r = 2/4.02.
    # awg: 1 - 2·(1/3)/((6·10/3 - 100/9 - 5)·3/2) and 1 - 2·1/((18 - 9 - 5)·3/2): 0.8285714, 2/3.
    assert found.loc["D", ["rwg_j", "r_star_wg_j", "ad"]].tolist() == pytest.approx([0.8, 2 / 3, 5 / 9])
    r = 2 / 4.02
    assert found.loc["D", "rwg_j_skewed"] == pytest.approx(2 * (1 - r) / (2 * (1 - r) + r))
    assert found.loc["D", "awg"] == pytest.approx((1 - (2 / 3) / ((20 - 100 / 9 - 5) * 1.5) + 2 / 3) / 2)
    assert found.loc["A", ["rwg_j", "rwg_j_skewed", "r_star_wg_j", "awg", "ad"]].tolist() == [1, 1, 1, 1, 0]
    assert found.loc["B", ["rwg_j", "ad"]].tolist() == [0, 2]
    assert found.loc["C", ["rwg_j", "r_star_wg_j", "awg", "ad"]].isna().all()
    assert found["agreement"].dropna().to_dict() == {"A": "agreement", "B": "no_agreement", "D": "agreement"}
    assert found["reason"].dropna().to_dict() == {"C": "too_few_complete"}
    assert (found["ad_cut"] == 5 / 6).all()


def test_writing_an_item_the_other_way_round_changes_no_number(instrument, answered, twins):
    plain, table, rows = twins
    flags = {"d": {"d1": True, "d2": False, "d3": True, "d4": False}, "e": {"e1": False, "e2": True, "e3": False}}
    turned = instrument(
        {name: {"items": {item: {"reverse": one} for item, one in items.items()}} for name, items in flags.items()},
        perspectives=TWICE,
    )
    before = {item.id: item.reverse for item in plain.items}
    changed = {item for items in flags.values() for item, one in items.items() if one != before[item]}
    other = [
        {key: 6 - cell if key.split(".")[0] in changed and isinstance(cell, int) else cell for key, cell in row.items()}
        for row in rows
    ]
    again = answered(other, turned)
    pd.testing.assert_frame_equal(
        score_measurement(cross_items(again, turned)), score_measurement(cross_items(table, plain)), rtol=1e-9
    )
    pd.testing.assert_frame_equal(score_discriminant(again, turned), score_discriminant(table, plain), rtol=1e-9)
    pd.testing.assert_frame_equal(score_item_answers(again, turned), score_item_answers(table, plain))


def test_low_agreement_is_diversity_where_reach_is_individual():
    ad, rwg = np.array([0.8, 5 / 6, 0.9, 1.5, np.nan]), np.array([0.9, 0.6, 0.9, 0.1, np.nan])
    expected = ["agreement", "weak_agreement", "weak_agreement", "no_agreement", None]
    assert agreement_reading(rwg, ad, 5 / 6, "collective").tolist() == expected
    assert agreement_reading(rwg, ad, 5 / 6, None).tolist() == expected
    expected = ["agreement", "weak_agreement", "diversity", "diversity", None]
    assert agreement_reading(rwg, ad, 5 / 6, "individual").tolist() == expected


def test_means_stand_side_by_side_only_where_people_agree_and_groups_differ():
    assert means_reading(0.8, 0.1, 0.75, "collective") == "means_shared"
    assert means_reading(0.8, 0.1, 0.60, None) == "means_unreliable"
    assert means_reading(0.8, 0.02, 0.75, None) == "means_unreliable"
    assert means_reading(0.4, 0.1, 0.75, "global") == "means_divided"
    assert means_reading(0.1, 0.0, 0.1, "individual") == "means_personal"
    assert means_reading(np.nan, 0.1, 0.75, None) is None


def test_one_group_has_nothing_across(twins, only):
    framework, table, _ = twins
    groups = score_agreement(tally(table, framework, ["unit"]), ["unit"], "1")
    assert set(groups.columns) >= set(AGREEMENT)
    one = score_agreement_across(groups[groups["group"] == "A"], framework)
    assert one[["icc1", "icc1_reml", "icc2"]].isna().all(axis=None)
    assert set(one["reason"]) == {"too_few_groups"}
    assert score_agreement_across(groups.iloc[:0], framework).empty


@pytest.mark.parametrize(("people", "count"), [(1, 3), (2, 1), (6, 5)])
@pytest.mark.parametrize("kind", ["missing", "na", "constant", "alike", "random"])
def test_hardly_anything_to_measure_gives_nan_and_a_reason(instrument, items, answered, people, count, kind):
    framework = instrument({name: {"items": items(count, name)} for name in "de"}, perspectives=TWICE)
    draw = np.random.default_rng(people * count)
    cell = {"missing": "", "na": "na", "constant": 3}
    rows = [
        {
            f"{name}{n + 1}.{one}": cell.get(kind, 1 + person % 5 if kind == "alike" else int(draw.integers(1, 6)))
            for name in "de"
            for n in range(count)
            for one in TWICE
        }
        | {"unit": "AB"[person % 2]}
        for person in range(people)
    ]
    table = answered(rows, framework)
    measured = score_measurement(cross_items(table, framework))
    pairs, answers = score_discriminant(table, framework), score_item_answers(table, framework)
    groups = score_agreement(tally(table, framework, ["unit"]), ["unit"])
    across = score_agreement_across(groups, framework)
    assert tuple(measured.columns) == COLUMNS
    assert tuple(pairs.columns) == DISCRIMINANT
    for scored, number in ((measured, "omega"), (pairs, "htmt"), (groups, "ad"), (answers, "floor"), (across, "icc1")):
        assert not np.isinf(scored.select_dtypes("number")).any(axis=None)
        assert scored.loc[scored[number].isna(), "reason"].notna().all()


def test_nothing_fielded_gives_empty_tables(instrument, items, answered):
    framework = instrument({"d": {"items": items(3)}}, perspectives=TWICE)
    table = answered([{"unit": "A", "i1.reality": 3}], framework).drop(columns="i1.reality")
    assert score_measurement(cross_items(table, framework)).empty
    assert score_discriminant(table, framework).empty
    assert score_item_answers(table, framework).empty
    assert score_agreement(tally(table, framework, ["unit"]), ["unit"]).empty


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_order_of_respondents_changes_no_number(twins, random):
    framework, table, _ = twins
    shuffled = table.iloc[random.sample(range(len(table)), len(table))]
    for score in (
        lambda rows: score_measurement(cross_items(rows, framework)),
        lambda rows: score_discriminant(rows, framework),
    ):
        pd.testing.assert_frame_equal(score(shuffled), score(table), rtol=1e-9)
