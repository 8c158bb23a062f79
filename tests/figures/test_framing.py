"""The framing in words, and the mandate on paper: both languages, hostile texts, an empty document."""

import datetime
import io
import json
from pathlib import Path

import pandas as pd
import pypdf
import pytest

from assessment.figures import mandate_page, mandate_parts, merger_part, readiness_part
from assessment.framework import load_framework
from assessment.practices import check_framing, compare_readiness, find_mergers, new_framing, score_readiness

FRAMEWORK = load_framework("collectivite-apprenante")
HOSTILE = json.loads((Path(__file__).parents[1] / "cases" / "hostile_labels.json").read_text("utf-8"))
DAY = datetime.date(2025, 11, 22)
DOCUMENT = new_framing() | {
    "aim": "Savoir où nous en sommes.",
    "mandate_group": [{"name": "Claire Moreau", "role": "elected"}],
    "units": [{"unit": "A", "name": "Voirie"}, {"unit": "B", "name": "Écoles"}],
    "people": [
        {"unit": "A", "role": "agent", "headcount": 36},
        {"unit": "A", "role": "executive", "headcount": 3},
        {"unit": "B", "role": "manager", "headcount": 11},
        {"role": "elected", "headcount": 27},
    ],
    "method": {"kind": "survey", "form": "short", "rate": 0.95, "min_group": 10},
    "calendar": {"wanted": "2026-03-01", "days": {"field": 15}, "elections": [{"first": "2026-03-15"}]},
    "costs": {"hourly_cost": 30, "workshops": [{"name": "vision", "people": 10, "staff": 8, "hours": 2}]},
    "brakes": {"cost": "Temps pris sur les réunions."},
    "readiness": [{"time": 2}, {"time": 4}],
}


def read(content):
    return pypdf.PdfReader(io.BytesIO(content))


def words_of(content):
    text = " ".join(" ".join(page.extract_text() for page in read(content).pages).split())
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def parts(language, document=DOCUMENT):
    return {one.id: one for one in mandate_parts(document, FRAMEWORK, language, DAY)}


def test_what_will_be_visible_is_told_group_by_group():
    """Executives 3 are hidden for ever. Managers are all of unit B, elected members all of no unit: to hide them would
    take two groups each, so agents (36 · 0.95 = 34.2) are hidden with the executives."""
    rows = {row[0]: row[1:] for row in parts("en")["visible"].rows}
    assert rows["Executive"] == ["3", "2", "0%", "no, in no case: too few people"]
    assert rows["Member of staff"][:2] == ["36", "34"]
    assert rows["Member of staff"][3] == "no: would give another group away"
    assert rows["Manager"][3] == "yes"


def test_a_merger_that_is_announced_is_told_under_both_names():
    document = DOCUMENT | {"mergers": [{"kind": "role", "from": "executive", "into": "manager"}]}
    visible = parts("fr", document)["visible"]
    assert "Encadrant + Direction" in [row[0] for row in visible.rows]
    assert len(visible.points) == 1


def test_the_calendar_warns_in_words():
    points = parts("fr")["schedule"].points
    assert len(points) == 3
    assert "période préélectorale" in points[-1]


def test_the_cost_is_told_with_its_total():
    """Staff 50 · 0.95 = 47.5: 48 × 8 min = 6.4 h, 192 €; elected 25.65: 26 × 8 min = 3.47 h; workshop 16 h (480 €) and
    4 h. Hours 6.4 + 3.47 + 16 + 4 = 29.87; euros 672."""
    assert parts("en")["cost"].told == "People’s time: about 30 hours. Cost: about €672."


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("document", [DOCUMENT, new_framing(), {}])
def test_every_part_says_something_in_both_languages(document, language):
    for one in mandate_parts(document, FRAMEWORK, language, DAY):
        assert one.title
        assert one.told
        assert all(len(row) == len(one.columns) for row in one.rows)
        assert "nan" not in one.told.split()


def test_readiness_stays_out_of_the_mandate_and_beside_the_survey_shows_where_it_differs():
    assert "readiness" not in parts("fr")
    row = {"wave": "1", "by": None, "group": None, "dimension": "means_to_act", "perspective": "reality", "n": 40}
    table = pd.DataFrame([row | {"score": 75.0, "suppressed": False, "reason": None}])
    compared = compare_readiness(score_readiness(DOCUMENT), {"dimensions": table}, FRAMEWORK)
    assert readiness_part(DOCUMENT, "en", compared).rows[0][-2:] == ["4.0", "less than the survey"]
    assert readiness_part(DOCUMENT, "fr").rows[0][1:] == ["2", "3,0", "2 – 4"]
    assert readiness_part({}, "fr").told == "Le groupe n’a pas encore répondu."


def test_mergers_are_proposed_in_words():
    part = merger_part(find_mergers(DOCUMENT, FRAMEWORK), DOCUMENT, FRAMEWORK, "fr")
    assert part.rows[0][0] == "Direction avec Encadrant"
    assert merger_part(find_mergers({}, FRAMEWORK), {}, FRAMEWORK, "fr").rows == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mandate_is_a_tagged_page_in_its_language(language):
    content = mandate_page(check_framing(DOCUMENT, FRAMEWORK), FRAMEWORK, language, "Valclair", DAY)
    document = read(content)
    assert 1 <= len(document.pages) <= 2
    assert document.trailer["/Root"]["/Lang"] == language
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in content
    told = words_of(content)
    assert "Valclair" in told
    assert "Claire Moreau" in told
    assert content == mandate_page(DOCUMENT, FRAMEWORK, language, "Valclair", DAY)


def test_an_empty_framing_is_a_page_that_says_what_is_missing():
    assert "Le but n’est pas encore écrit." in words_of(mandate_page(new_framing(), FRAMEWORK, "fr", when=DAY))


def test_what_people_wrote_is_text():
    labels = [text for text in HOSTILE if isinstance(text, str)][:40]
    wild = "#panic() $x$ <b> @x `y` " + "w" * 400
    document = DOCUMENT | {"aim": wild, "support": " ".join(map(str, labels))[:3000], "brakes": {"cost": wild}}
    assert "#panic()" in words_of(mandate_page(document, FRAMEWORK, "fr", wild, DAY))
