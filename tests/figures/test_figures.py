"""What is drawn: the data in the charts, never the pixels."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest
import vl_convert

from assessment.figures import (
    describe_groups,
    describe_profile,
    describe_quality,
    describe_tension,
    plot_groups,
    plot_profile,
    plot_tension,
    table_groups,
    table_profile,
    table_quality,
    table_tension,
    theme,
)
from assessment.report.drawing import VEGA_LITE

ROOT = Path(__file__).parents[2]


def values(chart):
    """Give every row of data in a chart, wherever it stands."""
    found = []

    def look(part):
        if isinstance(part, dict):
            found.extend(part["values"] if isinstance(part.get("values"), list) and "format" not in part else [])
            for one in part.values():
                look(one)
        elif isinstance(part, list):
            for one in part:
                look(one)

    look(chart.to_dict())
    return [row for row in found if isinstance(row, dict)]


def keyed(chart, *names):
    return {tuple(row[name] for name in names[:-1]): row[names[-1]] for row in values(chart) if set(names) <= set(row)}


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


@pytest.fixture
def charts(sample, framework, tension, units, language):
    dimensions = sample.released["dimensions"]
    hidden = units[units["group"] == "=D"]
    return {
        "profile": plot_profile(dimensions, framework, language),
        "hidden profile": plot_profile(hidden, framework, language),
        "tension": plot_tension(tension, framework, language),
        "groups": plot_groups(pd.concat([dimensions, units]), framework, language),
        "vision": plot_groups(units, framework, language, perspective="vision"),
    }


def test_the_profile_draws_each_released_score_where_it_is(sample, framework):
    drawn = keyed(plot_profile(sample.released["dimensions"], framework, "fr"), "label", "perspective", "score")
    names = {one.id: one.name["fr"] for one in framework.dimensions}
    expected = {
        (names[row.dimension], row.perspective): pytest.approx(row.score)
        for row in sample.released["dimensions"].itertuples()
    }
    assert drawn == expected


def test_intervals_are_drawn_on_0_to_100_around_their_score(sample, framework):
    rows = [row for row in values(plot_profile(sample.released["dimensions"], framework, "fr")) if "low" in row]
    assert rows
    assert all(0 <= row["low"] < row["score"] < row["high"] <= 100 for row in rows)
    first = sample.released["dimensions"].iloc[0]
    assert rows[0]["score"] - rows[0]["low"] == pytest.approx(25 * (first["mean"] - first["ci_low"]))


def test_dimensions_stand_in_the_frameworks_order_below_their_family(sample, framework):
    spec = plot_profile(sample.released["dimensions"], framework, "fr").to_dict()
    found = re.search(r'"domain": (\["Les cinq.*?\])', json.dumps(spec, ensure_ascii=False))
    assert json.loads(found[1]) == [
        "Les cinq disciplines",
        "Maîtrise personnelle",
        "Modèles mentaux",
        "Apprendre en équipe",
        "Vision partagée",
        "Pensée systémique",
        "Les prédispositions",
        "Projet politique",
        "Les effets",
        "Effets observés",
    ]


def test_a_hidden_dimension_says_so_in_place_of_its_marks(framework, units):
    rows = values(plot_profile(units[units["group"] == "=D"], framework, "fr"))
    assert {row["why"] for row in rows if "why" in row} == {
        "masqué\u00a0: moins de 10 réponses, ou pour protéger un petit groupe"
    }
    assert all(row.get("score") is None for row in rows)
    rows = values(plot_profile(units[units["group"] == "=D"], framework, "en", min_group=12))
    assert {row["why"] for row in rows if "why" in row} == {
        "hidden: fewer than 12 respondents, or to protect a small group"
    }


def test_tension_is_drawn_with_its_reading_the_zero_and_the_smallest_gap(framework, tension):
    rows = values(plot_tension(tension, framework, "fr"))
    drawn = {row["label"]: row["tension"] for row in rows if "reading" in row}
    names = {one.id: one.name["fr"] for one in framework.dimensions}
    assert drawn == {names[row.dimension]: pytest.approx(row.tension) for row in tension.itertuples()}
    assert {"tension": -10, "end": 10} in rows
    assert {"tension": 0} in rows
    assert {row["reading"] for row in rows if "reading" in row} <= {
        "écart à travailler",
        "aspiration basse",
        "indéterminé",
    }


def test_an_undetermined_reading_is_told_in_full_to_the_pointer(framework, tension):
    unsettled = tension.assign(quadrant="undetermined")
    rows = [row for row in values(plot_tension(unsettled, framework, "fr")) if "meaning" in row]
    assert {row["meaning"] for row in rows} == {"indéterminé\u00a0: les intervalles ne permettent pas de trancher"}


def test_the_table_of_groups_draws_scores_and_marks_hidden_cells(sample, framework, units):
    chart = plot_groups(pd.concat([sample.released["dimensions"], units]), framework, "fr")
    cells = [row for row in values(chart) if "value" in row]
    assert {row["value"] for row in cells if row["group"] == "=D"} == {"–"}
    assert {row["score"] for row in cells if row["group"] in ("=D", "C")} == {None}
    shown = keyed(chart, "group", "dimension", "score")
    expected = units[(units["group"] == "A") & (units["perspective"] == "reality")]
    names = {one.id: one.name["fr"] for one in framework.dimensions}
    assert {("A", names[row.dimension]) for row in expected.itertuples()} <= set(shown)
    assert all(shown["A", names[row.dimension]] == pytest.approx(row.score) for row in expected.itertuples())


def test_a_dimension_not_put_to_a_group_has_no_cell(framework, units):
    rows = units[(units["group"] == "A") & (units["perspective"] == "reality")].copy()
    rows.loc[rows["dimension"] == "outcomes", ["score", "reason"]] = [float("nan"), "not_asked"]
    other = units[(units["group"] == "B") & (units["perspective"] == "reality")]
    cells = [row for row in values(plot_groups(pd.concat([rows, other]), framework, "fr")) if "value" in row]
    assert ("A", "Effets observés") not in {(row["group"], row["dimension"]) for row in cells}
    assert ("B", "Effets observés") in {(row["group"], row["dimension"]) for row in cells}


def test_nothing_hidden_stands_in_a_chart_a_table_or_a_sentence(sample, framework, tension, units, charts, language):
    everything = sample.released["groups"]
    texts = [json.dumps(chart.to_dict()) for chart in charts.values()]
    for rows in (units, everything):
        texts.append(json.dumps(plot_groups(rows, framework, language).to_dict()))
        texts.append(str(table_groups(rows, framework, language)) + describe_groups(rows, framework, language))
    small = units[units["group"] == "=D"]
    texts.append(str(table_profile(small, framework, language)) + describe_profile(small, framework, language))
    gaps = sample.released["tension"][sample.released["tension"]["group"] == "=D"]
    texts.append(str(table_tension(gaps[gaps["by"] == "unit"], framework, language)))
    texts.append(json.dumps(plot_tension(gaps[gaps["by"] == "unit"], framework, language).to_dict()))
    written = "".join(texts)
    assert sample.given_away(written) == set()
    tables = str(table_groups(everything, framework, "fr"))
    assert [text for text in sample.hidden_words("fr") if f"'{text}'" in tables] == []


def test_charts_are_valid_follow_their_container_and_have_no_colour_of_their_own(charts):
    for chart in charts.values():
        spec = chart.to_dict()
        assert spec["width"] == "container"
        assert spec["autosize"] == {"type": "fit-x", "contains": "padding"}
        assert "background" not in spec.get("config", {})
        assert not re.search(r'"#[0-9a-fA-F]{3,8}"|rgb\(', json.dumps(spec))
        assert "title" not in spec


def test_charts_name_only_the_styles_that_every_configuration_carries(charts):
    used = set(re.findall(r'"style": "([^"]+)"', json.dumps([chart.to_dict() for chart in charts.values()])))
    assert used
    assert used <= set(theme.STYLES)
    for look in theme.TOKENS:
        assert set(theme.config(look)["style"]) == set(theme.STYLES)
        assert set(theme.config(look)["range"]) == set(theme.RANGES)


def test_the_widgets_configuration_carries_every_style_too():
    written = (ROOT / "assessment/widgets/js/src/theme.js").read_text("utf-8")
    assert [name for name in theme.STYLES if not re.search(rf'(\b|"){re.escape(name)}(\b|")', written)] == []


def test_light_and_dark_name_the_same_colours():
    assert set(theme.LIGHT) == set(theme.DARK)


def luminance(color):
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tokens", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_words_are_readable_on_what_they_stand_on(tokens):
    pairs = [("ink", "paper"), ("ink-2", "paper"), ("ink-3", "paper"), ("ink-3", "band"), ("accent", "paper")]
    pairs += [("ink", f"ramp-{number}") for number in (1, 2, 3)] + [("paper", f"ramp-{number}") for number in (4, 5)]
    for text, ground in pairs:
        light, dark = sorted((luminance(tokens[text]), luminance(tokens[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_a_name_that_looks_like_code_is_only_a_name(framework, units):
    names = {"A": 'L\'"atelier\\" ) ; alert(1) // \U0001f600', "B": "</script>"}
    spec = plot_groups(units, framework, "fr", names=names).to_dict() | {"width": 500}
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, config=theme.config("light"))
    assert "alert(1)" in svg
    assert "</script>" not in svg


def test_groups_of_the_same_name_keep_their_own_row(framework, units):
    names = {"A": "Atelier", "B": "Atelier"}
    columns, rows = table_groups(units, framework, "fr", names=names)
    assert [row[0] for row in rows][:2] == ["Atelier", "Atelier (2)"] or {"Atelier", "Atelier (2)"} <= {
        r[0] for r in rows
    }
    assert all(len(row) == len(columns) for row in rows)


def test_figures_leave_the_tables_as_they_are(sample, framework, tension, units):
    before = {name: table.copy() for name, table in sample.released.items()}
    plot_profile(sample.released["dimensions"], framework, "fr")
    plot_tension(tension, framework, "fr")
    plot_groups(units, framework, "fr")
    for name, table in sample.released.items():
        pd.testing.assert_frame_equal(table, before[name])


def test_tables_and_sentences_speak_both_languages(sample, framework, tension, units):
    dimensions = sample.released["dimensions"]
    told = [
        (describe_profile, table_profile, dimensions),
        (describe_tension, table_tension, tension),
        (describe_groups, table_groups, units),
        (describe_quality, table_quality, dimensions),
    ]
    for describe, table, rows in told:
        french, english = (describe(rows, framework, language) for language in ("fr", "en"))
        assert french != english
        assert len(re.findall(r"\.(?:\s|$)", french)) >= 2
        for language in ("fr", "en"):
            columns, cells = table(rows, framework, language)
            assert all(len(row) == len(columns) for row in cells)
            assert all(isinstance(cell, str) for row in cells for cell in row)


def test_figures_stand_the_empty_table(framework, sample):
    for name, plot, describe, table in (
        ("dimensions", plot_profile, describe_profile, table_profile),
        ("tension", plot_tension, describe_tension, table_tension),
        ("groups", plot_groups, describe_groups, table_groups),
    ):
        empty = sample.released[name].iloc[:0]
        assert plot(empty, framework, "fr").to_dict()
        assert describe(empty, framework, "fr")
        assert table(empty, framework, "fr")[1] == []
