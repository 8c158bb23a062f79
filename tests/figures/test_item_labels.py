"""Item detail: what is drawn is what was released, centred on the middle of the answer scale."""

import re

import pandas as pd
import pytest
import vl_convert

from assessment.figures import item_parts, theme
from assessment.scoring.further import FURTHER

LANGUAGES = ("fr", "en")
KEYS = {"wave": "2026", "dimension": "systems_thinking", "perspective": "reality", "suppressed": False, "reason": None}
ENDS = {"n": 100, "asked": 110, "na_share": 0.05, "missing_share": 0.04, "floor": 0.2, "ceiling": 0.1}
NUMBERS = ("low", "high", "n", "answers", "share")
BANDS = {
    "st_01": [(1, 1, 20), (2, 2, 30), (3, 3, 30), (4, 5, 20)],
    "st_02": [(1, 2, 40), (3, 3, 20), (4, 4, 30), (5, 5, 10)],
    "st_04": [(1, 3, 45), (4, 4, 25), (5, 5, 30)],
}


def told(bands=BANDS, hidden=("st_05",), **changes):
    ends = [KEYS | ENDS | {"item": item} | changes for item in (*bands, *hidden)]
    labels = [
        KEYS | {"item": item, "low": low, "high": high, "n": n, "answers": 100, "share": n / 100}
        for item, own in bands.items()
        for low, high, n in own
    ]
    labels += [
        KEYS | dict.fromkeys(NUMBERS) | {"item": item, "suppressed": True, "reason": "confidential"} for item in hidden
    ]
    return {"item_answers": pd.DataFrame(ends), "answer_labels": pd.DataFrame(labels)}


def stretches(part):
    """Give the stretches drawn, by item: start, end (without the gap), place of the colour."""
    layers = [one["data"]["values"] for one in part.charts[0].spec["layer"]]
    (layer,) = [values for values in layers if values and "end" in values[0]]
    found = {}
    for row in layer:
        found.setdefault(row["label"], []).append(
            (round(row["start"] - 0.0025, 6), round(row["end"] + 0.0025, 6), row["tint"])
        )
    return found


def texts(framework, language="en"):
    return {item.id: item.text[language] for item in framework.items}


def test_bars_are_centred_on_the_middle_answer(framework):
    (part,) = item_parts(told(), framework, "en")
    found, name = stretches(part), texts(framework)
    # 20 and 30 left of the middle answer's 30, half of which is left too: 0.65
    assert found[name["st_01"]] == [(-0.65, -0.45, 0), (-0.45, -0.15, 0.25), (-0.15, 0.15, 0.5), (0.15, 0.35, 1)]
    # 1–3 of 45: two and a half of its three answers left of the middle, 0.375; its colour is that of 2
    assert found[name["st_04"]] == [(-0.375, 0.075, 0.25), (0.075, 0.325, 0.75), (0.325, 0.625, 1)]
    assert name["st_05"] not in found


def test_the_headline_names_the_item_with_fewest_above_the_middle(framework):
    (part,) = item_parts(told(), framework, "en")
    name = texts(framework)
    assert part.charts[0].title.startswith("20% answer above “Half” to “")
    assert name["st_01"][:40] in part.charts[0].title
    assert f"The highest: 55% to “{name['st_04'][:40]}" in part.told
    assert "hidden" in part.told
    across = told({"st_01": [(1, 2, 50), (3, 4, 50)], "st_02": BANDS["st_02"]})
    assert item_parts(across, framework, "en")[0].charts[0].title.startswith("The joined answers do not say")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_bears_joined_shares_with_their_answers_and_hides_what_is_hidden(framework, language):
    (part,) = item_parts(told(), framework, language)
    rows = {cells[0]: cells for cells in part.rows}
    name = texts(framework, language)
    percent = "20\u202f%" if language == "fr" else "20%"
    assert rows[name["st_01"]][2] == percent
    assert rows[name["st_01"]][5] == rows[name["st_01"]][6] == f"{percent} (4–5)"
    assert len({len(cells) for cells in part.rows} | {len(part.columns)}) == 1
    hidden = rows[name["st_05"]]
    assert hidden[2:7] == [""] * 5
    assert hidden[-1]
    assert not re.search(r"\{\w*\}", part.told + part.note + part.title)


def test_every_number_drawn_has_its_n_and_the_words_hold_it(framework):
    (part,) = item_parts(told(), framework, "en")
    spec = str(part.charts[0].spec)
    assert spec.count("n = 100 · 5% not concerned · 4% empty") >= 3
    assert part.charts[0].alt.startswith(part.charts[0].title)
    assert "n = 100 responses, wave 2026" in part.note


def test_a_release_kept_before_labels_were_told_is_drawn_by_its_ends(framework):
    tables = told(hidden=())
    (part,) = item_parts({"item_answers": tables["item_answers"]}, framework, "en")
    assert len(part.charts) == 1
    assert any("part" in row for one in part.charts[0].spec["layer"] for row in one["data"]["values"])


def test_one_dimension_can_be_asked_for_and_nothing_is_told_of_nothing(framework):
    assert item_parts({}, framework, "en") == []
    assert item_parts(told(), framework, "en", dimension="team_learning") == []
    assert [one.id for one in item_parts(told(), framework, "en", dimension="systems_thinking")] == ["systems_thinking"]


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_chart_is_valid_and_draws(framework, look):
    (part,) = item_parts(told(), framework, "fr")
    spec = part.charts[0].spec | {"width": 400}
    assert "<svg" in vl_convert.vegalite_to_svg(spec, vl_version="6.1", config=theme.config(look))


def test_the_rules_know_the_tables():
    assert {"answer_labels", "participation"} <= set(FURTHER)
