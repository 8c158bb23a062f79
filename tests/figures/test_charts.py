"""The charts of the diagnostic: every released number once, no hidden one, and a headline worded from the rows."""

import io
import json
import re
import sys
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment import figures
from assessment.figures import theme
from assessment.figures.answers import PARTS
from assessment.figures.groups import STROKES
from assessment.figures.headlines import headline, source_note
from assessment.figures.matrix import HEIGHT, NARROWEST, SIDES, crowding, sides
from assessment.figures.radar import directions, spots
from assessment.figures.rows import lines
from assessment.figures.wave_names import spread
from assessment.report.drawing import draw_specification
from assessment.responses import load_responses
from assessment.scoring import compare_roles, compare_waves, release, score_wave
from assessment.scoring.further import FURTHER
from assessment.scoring.item_answers import score_item_answers
from assessment.scoring.profile import joined
from assessment.scoring.study import apart, together

NAMES = ("radar", "answers", "roles", "waves", "priorities", "groups")
SMALL = "executive"
"""A role of four people, whose comparisons are hidden."""

RARE_ITEM = "st_04"
"""An item that five people answered."""


PRIORITIES = pd.DataFrame(
    [
        {"dimension": "team_learning", "order": 1, "reading": "chosen_gap", "tension": 32.0, "chosen": 0.4},
        {"dimension": "shared_vision", "order": 2, "reading": "gap", "tension": 30.0, "chosen": 0.2},
        {"dimension": "mental_models", "order": 3, "reading": "gap", "tension": 30.0, "chosen": None},
        {"dimension": "systems_thinking", "suppressed": True, "reason": "confidential"},
    ]
).assign(chosen_by_chance=0.25, wave="2026")


@pytest.fixture(scope="session")
def campaign(sample):
    """Two waves of the sample, with a role and an item too small to be told; and what is not released of them."""
    module = sys.modules["figures_sample"]
    waves = []
    for wave, seed in (("2025", 3), ("2026", 7)):
        table = module.responses(sample.framework, seed).assign(wave=wave)
        table.loc[table["unit"] == "=D", "role"] = SMALL
        rare = [name for name in table if name.startswith(f"{RARE_ITEM}.")]
        table[rare] = table[rare].astype(object)
        table.loc[5:, rare] = ""
        waves.append(table)
    content = pd.concat(waves).to_csv(index=False).encode()
    responses = load_responses(io.BytesIO(content), sample.framework)
    now = responses[responses["wave"] == "2026"]
    roles, items = compare_roles(now, sample.framework, "2026"), score_item_answers(now, sample.framework, "2026")
    changes = compare_waves(responses, sample.framework, (), "2026", "2025")
    scored = together([score_wave(responses, sample.framework, [("role",)], wave) for wave in ("2025", "2026")])
    tables = scored | {"comparisons": apart(joined([roles, changes])), "item_answers": items}
    released = release(tables, further=FURTHER) | {"priorities": PRIORITIES}
    return {"released": released, "secret": [roles, items]}


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


def of_2026(table):
    return table[table["wave"] == "2026"]


def rows_of(name, campaign):
    released = campaign["released"]
    return {
        "radar": lambda: of_2026(released["dimensions"]),
        "answers": lambda: of_2026(released["item_answers"]),
        "roles": lambda: of_2026(released["comparisons"]),
        "waves": lambda: released["dimensions"],
        "priorities": lambda: of_2026(released["priorities"]),
        "groups": lambda: of_2026(released["groups"]),
    }[name]()


def further(name, campaign):
    return {
        "waves": {"comparisons": campaign["released"]["comparisons"]},
        "groups": {"sort_by": "team_learning"},
    }.get(name, {})


def made(kind, name, campaign, framework, language, rows=None):
    rows = rows_of(name, campaign) if rows is None else rows
    options = further(name, campaign)
    if kind in ("describe", "table") and name == "priorities":
        options = {}
    return getattr(figures, f"{kind}_{name}")(rows, framework, language, **options)


def values(chart):
    return [row for layer in chart.to_dict(validate=False)["layer"] for row in layer["data"]["values"]]


def drawn(chart, mark):
    """Give the rows of the layers of a mark that a pointer can read."""
    layers = [
        one
        for one in chart.to_dict(validate=False)["layer"]
        if one["mark"]["type"] == mark and "tooltip" in one["encoding"]
    ]
    return [row for layer in layers for row in layer["data"]["values"]]


def numbers(table):
    return {
        repr(abs(float(value)))
        for column in table.select_dtypes("number")
        for value in table[column].dropna()
        if len(repr(abs(float(value)))) > 9
    }


def test_nothing_hidden_stands_in_a_chart_a_table_or_a_sentence(campaign, framework, language):
    told = set().union(*(numbers(table) for table in campaign["released"].values()))
    secret = set().union(*(numbers(table) for table in campaign["secret"])) - told
    assert len(secret) > 50
    texts = [json.dumps(made("plot", name, campaign, framework, language).to_dict(validate=False)) for name in NAMES]
    texts += [str(made(kind, name, campaign, framework, language)) for kind in ("describe", "table") for name in NAMES]
    texts += [made("title", name, campaign, framework, language) for name in NAMES]
    assert secret & set(re.findall(r"\d+\.\d+(?:e-?\d+)?", "".join(texts))) == set()


def test_every_released_score_is_one_point_of_the_radar(campaign, framework):
    chart = made("plot", "radar", campaign, framework, "fr")
    found = sorted((row["perspective"], row["score"]) for row in drawn(chart, "point"))
    rows = rows_of("radar", campaign)
    rows = rows[rows["score"].notna()]
    assert found == sorted(zip(rows["perspective"], rows["score"], strict=True))


def test_every_released_item_is_one_bar_and_a_hidden_one_none(campaign, framework, language):
    rows = rows_of("answers", campaign)
    rows = rows[rows["perspective"] == "reality"]
    told = rows[~rows["suppressed"] & rows["floor"].notna()]
    assert 0 < len(told) < len(rows)
    bars = [row for row in values(made("plot", "answers", campaign, framework, language)) if "part" in row]
    assert len(bars) == 3 * len(told)
    assert sorted(row["share"] for row in bars if row["part"] == "low") == sorted(told["floor"])
    text = next(item.text[language] for item in framework.items if item.id == RARE_ITEM)
    assert text not in {row["label"] for row in bars}
    assert text in json.dumps(
        made("plot", "answers", campaign, framework, language).to_dict(validate=False), ensure_ascii=False
    )


def test_a_bar_is_as_wide_as_all_answers_and_its_middle_part_stands_on_0(campaign, framework):
    bars = [row for row in values(made("plot", "answers", campaign, framework, "fr")) if "part" in row]
    for label in {row["label"] for row in bars}:
        low, between, high = (
            next(one for one in bars if (one["label"], one["part"]) == (label, part)) for part in PARTS
        )
        assert high["end"] - low["start"] == pytest.approx(max(1, low["share"] + high["share"]))
        assert between["start"] == -between["end"]
        assert (low["end"], high["start"]) == (between["start"], between["end"])


def test_a_share_that_is_only_a_bound_is_open_and_says_so(framework):
    rows = pd.DataFrame(
        [{"dimension": "systems_thinking", "item": "st_05", "perspective": "reality", "n": 40, "floor": 0.1}]
    ).assign(ceiling=0.9, na_share=0.0, missing_share=0.0, suppressed=False, reason=None)
    chart = figures.plot_answers(rows, framework, "fr")
    bars = [layer for layer in chart.to_dict(validate=False)["layer"] if layer["mark"]["type"] == "bar"]
    held = [layer for layer in bars if layer["mark"].get("filled") is False]
    assert [row["part"] for layer in held for row in layer["data"]["values"]] == ["low", "high"]
    assert {"≤\u00a010\u202f%", "≥\u00a090\u202f%"} <= {row.get("text") for row in values(chart)}
    assert "à aucun item" in figures.title_answers(rows, framework, "fr").lower()


def test_each_role_is_compared_once_in_each_dimension_on_the_items_in_common(campaign, framework):
    rows = rows_of("roles", campaign)
    rows = rows[(rows["comparison"] == "roles") & (rows["perspective"] == "reality")]
    points = drawn(made("plot", "roles", campaign, framework, "en"), "rect")
    told = rows[rows["difference"].notna()]
    base = "agent"
    with_base = told[(told["group"] == base) | (told["other_group"] == base)]
    assert sorted(abs(row["difference"]) for row in points) == sorted(with_base["difference"].abs())
    assert {row["items"] for row in points} == {str(int(items)) for items in with_base["items"]}
    assert len({row["label"] for row in points}) == len(points)


def test_a_hidden_role_is_named_and_never_drawn(campaign, framework):
    role = next(one for one in framework.roles if one.id == SMALL)
    for language in ("fr", "en"):
        assert role.name[language] in made("describe", "roles", campaign, framework, language)
        assert role.name[language] not in json.dumps(
            made("plot", "roles", campaign, framework, language).to_dict(validate=False), ensure_ascii=False
        )


def role_row(**change):
    return pd.DataFrame(
        [
            {"comparison": "roles", "wave": "2026", "by": "role", "group": "agent", "other_group": "elected", "n": 80}
            | {"other_n": 20, "dimension": "team_learning", "perspective": "reality", "items": 5, "difference": -12.3}
            | {"ci_low": -18.2, "ci_high": -6.4, "reading": "smaller", "suppressed": False, "reason": None}
            | change
        ]
    )


def test_a_comparison_turned_round_changes_every_sign_and_says_the_same(framework):
    shown = drawn(figures.plot_roles(role_row(), framework, "en", reference="agent"), "rect")
    assert [(row["difference"], row["low"], row["high"]) for row in shown] == [(12.3, 6.4, 18.2)]
    shown = drawn(figures.plot_roles(role_row(), framework, "en", reference="elected"), "rect")
    assert [(row["difference"], row["low"], row["high"]) for row in shown] == [(-12.3, -18.2, -6.4)]
    assert figures.title_roles(role_row(), framework, "en", reference="elected").startswith(
        "Team learning: 12 points less"
    )
    assert "above" in str(figures.table_roles(role_row(), framework, "en", reference="agent")[1])


def test_an_undecided_difference_is_no_headline(framework):
    assert figures.title_roles(role_row(reading="unclear"), framework, "en") == "No difference between roles stands out"


def test_each_wave_of_a_dimension_is_one_point(campaign, framework):
    rows = rows_of("waves", campaign)
    rows = rows[(rows["perspective"] == "reality") & rows["score"].notna()]
    points = drawn(made("plot", "waves", campaign, framework, "fr"), "point")
    assert sorted(row["score"] for row in points) == sorted(rows["score"])


def wave_rows(*scores, dimension="team_learning"):
    return pd.DataFrame(
        [
            {"wave": str(2025 + place), "dimension": dimension, "perspective": "reality", "n": 40, "score": score}
            for place, score in enumerate(scores)
        ]
    )


def change(difference, reading="larger", wave="2026", other="2025", **more):
    row = {"comparison": "waves", "wave": wave, "other_wave": other, "by": None, "dimension": "team_learning"}
    return row | {"perspective": "reality", "difference": difference, "reading": reading, "items": 6} | more


@pytest.mark.parametrize(("difference", "joins"), [(4.0, 1), (3.2, 0), (np.nan, 0)])
def test_waves_are_joined_only_where_the_scores_are_those_of_the_common_items(framework, difference, joins):
    comparisons = pd.DataFrame([change(difference)])
    chart = figures.plot_waves(wave_rows(50.0, 54.0), framework, "fr", comparisons=comparisons)
    assert sum("to" in row for row in values(chart)) == joins
    told = figures.describe_waves(wave_rows(50.0, 54.0), framework, "fr", comparisons=comparisons)
    assert ("Sans trait" in told) is (joins == 0)


def test_three_waves_are_two_slopes_and_the_last_is_the_headline(framework):
    comparisons = pd.DataFrame([change(4.0), change(-6.0, "smaller", "2027", "2026")])
    rows = wave_rows(50.0, 54.0, 48.0)
    chart = figures.plot_waves(rows, framework, "en", comparisons=comparisons)
    assert sorted(row["to"] for row in values(chart) if "to" in row) == [48.0, 54.0]
    title = figures.title_waves(rows, framework, "en", comparisons=comparisons)
    assert title == "Team learning: down 6 points between 2026 and 2027"


def test_one_wave_says_that_there_is_nothing_to_compare(framework, language):
    none = pd.DataFrame(columns=["comparison", "perspective", "by", "dimension", "wave", "other_wave"])
    told = figures.describe_waves(wave_rows(50.0), framework, language, comparisons=none)
    assert told.startswith("Une seule vague" if language == "fr" else "One wave only")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 300), st.sampled_from([17.0, 30.0])), max_size=9))
def test_names_moved_apart_keep_their_room_their_order_and_the_height(wanted):
    places = spread(wanted, 300)
    spans = sorted((place - room / 2, place + room / 2) for place, (_, room) in zip(places, wanted, strict=True))
    assert all(low >= -1e-6 and high <= 300 + 1e-6 for low, high in spans)
    assert all(high <= low + 1e-6 for (_, high), (low, _) in pairwise(spans))
    ordered = sorted(range(len(wanted)), key=lambda one: wanted[one][0])
    assert [places[one] for one in ordered] == sorted(places)


def test_names_that_do_not_touch_stay_where_they_are():
    assert spread([(100.0, 20.0), (40.0, 20.0)], 300) == [100.0, 40.0]


def test_each_dimension_chosen_and_with_a_gap_is_one_point(framework):
    rows = PRIORITIES
    points = drawn(figures.plot_priorities(rows, framework, "en"), "point")
    assert [(row["name"], row["gap"], row["share"]) for row in points] == [
        ("Team learning", 32.0, 0.4),
        ("Shared vision", 30.0, 0.2),
    ]
    assert figures.describe_unplaced(rows, framework, "en").endswith("Mental models and Systems thinking.")
    assert figures.title_priorities(rows, framework, "fr") == "À aborder d’abord\u00a0: Apprendre en équipe"


def test_numbers_of_close_points_stand_apart():
    found = [{"gap": gap, "share": share} for gap, share in ((30.0, 0.3), (32.0, 0.3))]
    chosen = sides(found, (0.0, 50.0), (0.0, 0.6))
    spots = [(NARROWEST * row["gap"] / 50, HEIGHT * (0.6 - row["share"]) / 0.6) for row in found]
    moved = [SIDES[side][1] for side in chosen]
    places = [(left + dx, top + dy) for (left, top), (dx, dy) in zip(spots, moved, strict=True)]
    assert [crowding(place, places) for place in places] == [1, 1]


def test_hidden_cells_are_hatched_and_no_other(framework, units):
    chart = figures.plot_groups(units, framework, "fr")
    hidden = [row for row in values(chart) if row.get("value") == "–" and "told" in row and row["score"] is None]
    strokes = [row for row in values(chart) if set(row) == {"group", "left", "end"}]
    cells = {(row["group"], row["dimension"]) for row in hidden}
    assert len(strokes) == STROKES * len(cells) > 0
    assert {row["group"] for row in strokes} == {group for group, _ in cells}


def test_groups_are_sorted_by_a_dimension_the_whole_first_the_hidden_last(sample, framework, units):
    rows = pd.concat([sample.released["dimensions"], units])
    _, cells = figures.table_groups(rows, framework, "en", sort_by="team_learning")
    place = list(dict.fromkeys(units["dimension"])).index("team_learning")
    assert cells[0][0] == "Everyone"
    told = [row[1 + place] for row in cells[1:]]
    scores = [float(text) for text in told if re.fullmatch(r"[\d.]+", text)]
    assert scores == sorted(scores)
    assert all(not re.fullmatch(r"[\d.]+", text) for text in told[len(scores) :])


def profile(*scores, hidden=()):
    names = ("personal_mastery", "mental_models", "team_learning", "shared_vision", "systems_thinking")
    return pd.DataFrame(
        [
            {"dimension": name, "perspective": "reality", "n": None if name in hidden else 40}
            | {"score": None if name in hidden else score, "suppressed": name in hidden}
            | {"reason": "confidential" if name in hidden else None, "wave": "2026"}
            for name, score in zip(names, scores, strict=False)
        ]
    )


def edges(chart):
    return [row for row in values(chart) if set(row) == {"x", "y", "x2", "y2", "dx", "dy"}]


def test_the_radar_encloses_nothing_where_a_dimension_is_hidden_and_says_where(framework):
    whole = figures.plot_radar(profile(50, 60, 70, 40, 30), framework, "fr")
    broken = figures.plot_radar(profile(50, 60, 70, 40, 30, hidden=("team_learning",)), framework, "fr")
    assert len(edges(whole)) - len(edges(broken)) == 2
    assert sum("tint" in row for row in values(whole)) == 5
    assert sum("tint" in row for row in values(broken)) == 0
    told = figures.describe_radar(profile(50, 60, 70, 40, 30, hidden=("team_learning",)), framework, "fr")
    assert "interrompu pour «\u202fApprendre en équipe\u202f»" in told
    assert "masqué" in {row.get("text") for row in values(broken)}


def test_two_dimensions_make_no_shape(framework):
    chart = figures.plot_radar(profile(50, 60), framework, "fr")
    assert not any("tint" in row for row in values(chart))
    assert len(drawn(chart, "point")) == 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=3, max_size=5))
def test_a_point_of_the_radar_is_as_far_from_the_middle_as_its_score(framework, scores):
    drawn_lines = lines(profile(*scores), framework, "en")
    points = spots(drawn_lines, directions(len(scores)), "reality", framework, "en")
    assert [100 * float(np.hypot(row["x"], row["y"])) for row in points] == pytest.approx(scores, abs=1e-6)


@pytest.mark.parametrize(
    ("scores", "title"),
    [
        ((50, 60, 70, 40, 30), "“Systems thinking” is the lowest dimension (30)"),
        ((50, 60, 70, 30, 30), "“Shared vision” and “Systems thinking” are the lowest dimensions"),
        ((50, 30, 30, 30, 30), "No dimension is clearly lower than the others"),
    ],
)
def test_the_headline_names_what_alone_is_lowest(framework, scores, title):
    assert figures.title_radar(profile(*scores), framework, "en") == title


def test_a_dimension_whose_interval_reaches_the_lowest_is_lowest_too(framework):
    rows = profile(50, 60, 70, 40, 38).assign(ci_low=[2.9, 3.3, 3.7, 2.5, 2.4], ci_high=[3.1, 3.5, 3.9, 2.7, 2.64])
    assert "Shared vision" in figures.title_radar(rows, framework, "en")


def test_the_note_tells_respondents_wave_and_source_and_no_hidden_row(framework):
    rows = profile(50, 60, 70, hidden=("mental_models",))
    told = source_note(rows, framework, "fr")
    assert told == "n = 40 réponses, vague 2026. Source\u00a0: questionnaire collectivite-apprenante, version 1."
    assert source_note(rows.iloc[:0], framework, "en").startswith("Source")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("width", "language"), [(340, "fr"), (760, "en")])
def test_every_chart_is_valid_can_be_drawn_and_has_no_colour_of_its_own(name, width, campaign, framework, language):
    chart = made("plot", name, campaign, framework, language)
    spec = chart.to_dict(validate=width == 340)
    assert spec["width"] == "container"
    assert not re.search(r'"#[0-9a-fA-F]{3,8}"|rgb\(', json.dumps(spec))
    assert set(re.findall(r'"style": "([^"]+)"', json.dumps(spec))) <= set(theme.STYLES)
    title = made("title", name, campaign, framework, language)
    note = source_note(rows_of(name, campaign), framework, language)
    svg = draw_specification(headline(chart, title, note, width), width, "light")
    assert title.split()[0] in svg


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_table_is_told_to_be_empty(name, campaign, framework, language):
    empty = rows_of(name, campaign).iloc[:0]
    assert made("plot", name, campaign, framework, language, empty).to_dict()
    said = made("title", name, campaign, framework, language, empty)
    assert said == ("Rien ne peut être montré ici" if language == "fr" else "Nothing can be shown here")
    assert made("describe", name, campaign, framework, language, empty)
    assert made("table", name, campaign, framework, language, empty)[1] == []


@pytest.mark.parametrize("name", NAMES)
def test_words_and_tables_speak_both_languages_and_are_whole(name, campaign, framework):
    french, english = (made("describe", name, campaign, framework, language) for language in ("fr", "en"))
    assert french != english
    assert "{" not in french + english
    assert french.endswith(".")
    assert english.endswith(".")
    for language in ("fr", "en"):
        columns, cells = made("table", name, campaign, framework, language)
        assert cells
        assert all(len(row) == len(columns) for row in cells)
        assert all(isinstance(cell, str) for row in cells for cell in row)


def test_figures_leave_the_tables_as_they_are(campaign, framework):
    before = {name: table.copy() for name, table in campaign["released"].items()}
    for name in NAMES:
        made("plot", name, campaign, framework, "fr")
    for name, table in campaign["released"].items():
        pd.testing.assert_frame_equal(table, before[name])


def test_a_long_name_that_looks_like_code_is_only_a_name(framework, units):
    names = {"A": 'L\'"atelier" ) ; alert(1) // ' + "très long " * 12}
    chart = figures.plot_groups(units, framework, "fr", names=names, sort_by="team_learning")
    assert "alert(1)" in draw_specification(chart.to_dict(validate=False), 340, "dark")
