"""What is said of the quality of measurement: each question from the tables there are; what is hidden is said to be."""

import re

import numpy as np
import pandas as pd
import pytest

from assessment.figures import describe_quality, quality_parts, readings, table_quality
from assessment.scoring.measurement import POOR

LANGUAGES = ("fr", "en")


def row(dimension, perspective="reality", **numbers):
    keys = {"wave": "1", "by": None, "group": None, "dimension": dimension, "perspective": perspective}
    return keys | {"suppressed": False, "reason": None} | numbers


def measured(dimension, alpha, half, fit, **numbers):
    ends = {
        "alpha_low": alpha - half,
        "alpha_high": alpha + half,
        "omega_low": alpha - half,
        "omega_high": alpha + half,
    }
    indices = {"fit_poor": (0.8, 0.15, 0.12), "fit_good": (0.99, 0.02, 0.02)}.get(fit, (np.nan,) * 3)
    return row(
        dimension,
        n=120,
        items=6,
        cronbach_alpha=alpha,
        omega=alpha,
        ordinal_alpha=alpha + 0.04,
        fit=fit,
        **ends,
        **dict(zip(("cfi", "rmsea", "srmr"), indices, strict=True)),
        **numbers,
    )


@pytest.fixture(scope="module")
def tables():
    measurement = [
        measured("team_learning", 0.82, 0.04, "fit_good"),
        measured("shared_vision", 0.72, 0.06, "fit_poor"),
        measured("systems_thinking", 0.61, 0.09, "not_testable"),
        measured("outcomes", np.nan, np.nan, None) | {"omega": np.nan, "reason": "improper"},
    ]
    pairs = [
        {"overlap": overlap, "htmt": htmt, "htmt_low": htmt - 0.04, "htmt_high": htmt + 0.04}
        | {"other_dimension": other, "n": 120, "n_complete": 110, "correlation": 0.6, "corrected": 0.75}
        for other, htmt, overlap in (
            ("shared_vision", 0.70, "apart"),
            ("systems_thinking", 0.95, "overlapping"),
            ("outcomes", 0.88, "close"),
            ("means_to_act", 0.86, "undetermined"),
        )
    ]
    across = [
        row(one, groups=9, n=120, rwg_j=0.8, ad=0.9, ad_cut=5 / 6, share_agreeing=0.3, icc1=0.1, icc2=0.8, means=means)
        | {"by": "unit"}
        for one, means in (("team_learning", "means_divided"), ("personal_mastery", "means_personal"))
    ]
    items = [
        row("systems_thinking", item=item, n=100, floor=floor, ceiling=ceiling, na_share=na)
        for item, floor, ceiling, na in (("st_04", 0.1, 0.2, 0.05), ("st_05", 0.6, 0.1, 0.0), ("st_06", 0.1, 0.1, 0.35))
    ]
    flagged = {"wave": "1", "perspective": "reality", "rule": "flagged", "n": 240, "n_flagged": 12, "suppressed": False}
    without = [
        row(one, n=240, score=50.0, score_without=after) for one, after in (("outcomes", 47.2), ("team_learning", 50.4))
    ]
    return {
        "measurement": pd.DataFrame(measurement),
        "discriminant": pd.DataFrame([row("team_learning", **pair) for pair in pairs]),
        "agreement_across": pd.DataFrame(across),
        "item_answers": pd.DataFrame(items),
        "careless": pd.DataFrame([flagged]),
        "without_careless": pd.DataFrame(without),
    }


def parts(tables, framework, language="en"):
    return {part.id: part for part in quality_parts(tables, framework, language)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_told_in_both_languages_with_a_full_table(tables, framework, language):
    found = parts(tables, framework, language)
    assert list(found) == ["measurement", "discriminant", "agreement", "items", "careless"]
    for part in found.values():
        assert all(isinstance(cell, str) and cell for cells in part.rows for cell in cells)
        assert all(len(cells) == len(part.columns) for cells in part.rows)
        assert not re.search(r"\{\w*\}", part.told + part.note + part.title)
        assert part.title.endswith("?") or part.id in ("items", "careless")
        other = parts(tables, framework, "fr" if language == "en" else "en")[part.id]
        assert part.told != other.told


def test_only_the_tables_there_are_make_parts(tables, framework, sample):
    assert parts({}, framework) == {}
    assert list(parts({"careless": tables["careless"]}, framework)) == ["careless"]
    assert list(parts({"measurement": tables["measurement"].iloc[:0]}, framework)) == []
    released = parts(sample.released, framework)  # today's tables: dimensions stand in for measurement
    assert list(released) == ["measurement"]
    assert released["measurement"].told == describe_quality(sample.released["dimensions"], framework, "en")


def test_reliability_comes_with_its_interval_and_fit_in_words(tables, framework):
    part = parts(tables, framework)["measurement"]
    assert "Reliability under 0.70: Systems thinking." in part.told
    assert "Reliability whose interval goes below 0.70: Shared vision." in part.told
    assert "One number sums up badly: Shared vision." in part.told
    cells = {one[0]: one[1:] for one in part.rows}
    assert cells["Team learning"] == ["120", "0.82 (0.78 to 0.86)", "0.82 (0.78 to 0.86)", "0.86", "yes"]
    assert cells["Systems thinking"][-1] == "not testable with three items"
    assert cells["Observed outcomes"][-1] == "the one-factor model has no proper solution"
    assert table_quality(tables["measurement"], framework, "en")[1] == part.rows


def test_a_poor_fit_is_the_same_wherever_it_is_told():
    assert readings.POOR_FIT == POOR


def test_neighbours_that_are_not_told_apart_are_named(tables, framework):
    part = parts(tables, framework)["discriminant"]
    assert "Not told apart: Team learning and Systems thinking." in part.told
    assert "Very close: Team learning and Observed outcomes." in part.told
    assert "Pairs that the responses do not settle: 1 of 4." in part.told
    assert [cells[4] for cells in part.rows] == ["0.95 (0.91 to 0.99)", "0.88 (0.84 to 0.92)", "0.86 (0.82 to 0.90)"]
    apart = tables["discriminant"][tables["discriminant"]["overlap"] == "apart"]
    told = parts({"discriminant": apart}, framework)["discriminant"]
    assert "No confused pair shows (pairs judged: 1)." in told.told
    assert told.rows == []


def test_a_plain_sentence_says_whether_means_may_be_reported(tables, framework):
    part = parts(tables, framework)["agreement"]
    assert "In most groups people do not agree; show the spread beside the mean: Team learning." in part.told
    assert "differing answers are diversity, no bar to a mean: Personal mastery." in part.told
    cells = {one[0]: one[1:] for one in part.rows}
    assert cells["Team learning"][:4] == ["9", "0.80", "0.90 (0.83)", "30%"]  # AD beside rwg(j), always


def test_items_nobody_knows_or_everybody_answers_alike_are_listed(tables, framework):
    part = parts(tables, framework)["items"]
    assert "cannot answer: st_06." in part.told
    assert "at the same end: st_05." in part.told
    assert [cells[0][:5] for cells in part.rows] == ["st_05", "st_06"]


def test_flagged_responses_are_counted_and_scores_shown_with_and_without(tables, framework):
    part = parts(tables, framework)["careless"]
    assert "12 of 240. None is dropped." in part.told
    assert "that of Observed outcomes: 50.0 becomes 47.2." in part.told
    assert [cells[1:] for cells in part.rows if cells[0] == "Team learning"] == [["240", "50.0", "50.4", "+0.4"]]


def test_a_hidden_number_of_flagged_is_said_to_be_hidden(tables, framework):
    hidden = tables["careless"].assign(n=None, n_flagged=None, suppressed=True, reason="confidential")
    gone = tables["without_careless"].assign(score=np.nan, score_without=np.nan, suppressed=True)
    part = parts({"careless": hidden, "without_careless": gone}, framework)["careless"]
    assert "is not shown" in part.told
    assert not re.search(r"\d", part.told)
    assert part.rows == []
    nobody = tables["careless"].assign(n_flagged=0)
    assert parts({"careless": nobody}, framework)["careless"].told.startswith("No response looks as if")


def test_hidden_dimensions_give_no_number(tables, framework):
    out = {"suppressed": True, "reason": "confidential"}
    table = tables["measurement"].assign(**out)
    numbers = list(table.select_dtypes("number"))
    part = parts({"measurement": table.assign(**dict.fromkeys(numbers, np.nan), fit=None)}, framework)["measurement"]
    assert all(cells[-1] == "hidden: fewer than 10 respondents, or to protect a small group" for cells in part.rows)
    assert not re.search(r"\d\.\d", " ".join(cell for cells in part.rows for cell in cells))


def drawn_values(picture):
    return [row for one in picture.spec["layer"] for row in one["data"]["values"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_picture_says_a_finding_and_its_words_hold_every_number(tables, framework, language):
    found = parts(tables | {"participation": WHO_ANSWERED}, framework, language)
    pictured = {name: part.charts for name, part in found.items() if part.charts}
    assert set(pictured) == {"participation", "measurement", "discriminant", "agreement"}
    for charts in pictured.values():
        for one in charts:
            assert one.alt.startswith(f"{one.title}.")
            assert not re.search(r"\{\w*\}", one.alt)
            texts = [row["text"] for row in drawn_values(one) if "text" in row]
            assert texts
            assert all(text in one.alt for text in texts)


def test_reliability_is_drawn_with_its_interval_and_those_without_are_left_out(tables, framework):
    (picture,) = parts(tables, framework)["measurement"].charts
    assert picture.title == "Reliability under 0.70 in 1 of 3 dimensions: Systems thinking"
    values = {row["label"]: row["value"] for row in drawn_values(picture) if "value" in row and "label" in row}
    assert values == {"Team learning": 0.82, "Shared vision": 0.72, "Systems thinking": 0.61}
    ends = {row["label"]: (row["low"], row["high"]) for row in drawn_values(picture) if "low" in row}
    assert ends["Team learning"] == pytest.approx((0.78, 0.86))


def test_items_that_many_leave_without_an_answer_are_drawn_the_most_first(tables, framework):
    items = tables["item_answers"].assign(missing_share=[0.1, 0.3, 0.0], asked=110)
    (picture,) = parts({"item_answers": items}, framework)["items"].charts
    assert picture.title == "The item most often left without an answer: st_06 (35% of those asked)"
    labels = list(dict.fromkeys(row["label"][:5] for row in drawn_values(picture) if "text" in row))
    assert labels == ["st_06", "st_05", "st_04"]


def test_items_whose_ends_are_not_told_are_not_called_fine(tables, framework):
    items = tables["item_answers"].iloc[:1].assign(floor=np.nan)
    told = parts({"item_answers": items}, framework)["items"].told
    assert "not told, so that nobody is recognised: 1." in told


WHO_ANSWERED = pd.DataFrame(
    [
        {"by": None, "group": None, "n": 75, "headcount": 130.0, "rate": 75 / 130},
        {"by": "unit", "group": "a", "n": 30, "headcount": 40.0, "rate": 0.75},
        {"by": "unit", "group": "b", "n": 27, "headcount": 90.0, "rate": 0.3},
        {"by": "unit", "group": "c"},
        {"by": "role", "group": "citizen", "n": 18, "reason": "no_headcount"},
    ]
).assign(wave="1", suppressed=[False, False, False, True, False])
WHO_ANSWERED["reason"] = [None, None, None, "confidential", "no_headcount"]


def test_who_answered_stands_first_with_its_rates_and_what_no_interval_covers(tables, framework):
    found = quality_parts(tables | {"participation": WHO_ANSWERED}, framework, "en", names={"a": "Alpha", "b": "Beta"})
    part = found[0]
    assert part.id == "participation"
    assert part.told == (
        "75 people of 130 answered, which is 58%. The rate goes from 30% (Beta) to 75% (Alpha). "
        "Groups hidden so that nobody is recognised: 1."
    )
    assert "No interval" in part.note
    assert part.charts[0].title == "Lowest response rate: Beta (30%)"
    rows = {cells[0]: cells[1:] for cells in part.rows}
    assert rows["Beta"] == ["27", "90", "30%", ""]
    assert rows["c"][:3] == ["–"] * 3
    assert "c" not in str(part.charts[0].alt).split("(")[0]


def test_without_headcounts_there_is_no_rate(framework):
    table = WHO_ANSWERED.assign(headcount=np.nan, rate=np.nan)
    (part,) = quality_parts({"participation": table}, framework, "en")
    assert part.told.startswith("75 people answered. Headcounts are not known")
    assert part.charts == ()
