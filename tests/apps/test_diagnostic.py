"""The diagnostic without a browser: what the page says for each choice and each file."""

import io
import json

import pandas as pd
import pytest

from assessment.apps.campaign import kept_campaign, measure_file
from assessment.apps.diagnostic_page import write_page
from assessment.apps.notebooks import copy_notebooks, notebooks_folder
from assessment.apps.profile import Diagnostic, diagnostic, example_campaign
from assessment.example import example_files
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.widgets.page import page_faults
from assessment.workspace import add_campaign, add_framework, add_responses, list_releases, open_workspace

FAULTY = b"respondent;role;st_04.reality\n1;agent;7\n2;maire;2\n"


@pytest.fixture(scope="module")
def campaign():
    return example_campaign()


def section_ids(page):
    return [section["id"] for section in page["sections"]]


def options(page, column):
    return next(one for one in page["filters"] if one["id"] == column)["options"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("cell", [{}, {"role": "agent"}, {"unit": "Petite enfance"}])
def test_every_page_is_one_the_widget_can_draw(campaign, language, cell):
    page = write_page(campaign, {"language": language, **cell})
    assert page_faults(page) == []
    assert json.dumps(page, allow_nan=False)


def test_the_whole_organisation_has_the_profile_the_gaps_and_the_groups(campaign):
    page = write_page(campaign, {"language": "fr"})
    assert section_ids(page) == ["disciplines", "predispositions", "others", "tension", "units", "roles"]
    assert page["badge"] == "Exemple fictif"
    assert options(page, "wave") == [{"value": "2025", "label": "2025"}, {"value": "2026", "label": "2026"}]


@pytest.mark.parametrize(
    ("chapter", "asked"),
    [
        ("differences", ["roles", "rest", "waves", "linked", "change"]),
        ("agenda", ["priorities", "shared_vision", "choices", "role_choices", "outcomes", "ties", "voices"]),
        ("trust", ["participation", "measurement", "discriminant", "agreement", "items", "careless"]),
    ],
)
def test_each_chapter_answers_its_questions_of_the_whole_and_offers_no_group(campaign, chapter, asked):
    page = write_page(campaign, {"language": "fr", "chapter": chapter, "unit": "Petite enfance"})
    assert page_faults(page) == []
    assert section_ids(page) == asked
    assert [one["id"] for one in page["filters"]] == ["chapter", "wave"]
    assert all(len(one["sentence"]) > 60 for one in page["sections"])


def test_further_tables_hide_what_the_page_hides(campaign):
    for name in ("groups", "tension"):
        pd.testing.assert_series_equal(campaign.further[name]["suppressed"], campaign.released[name]["suppressed"])


@pytest.mark.parametrize("cell", [{}, {"role": "agent"}])
def test_a_gap_stands_beside_the_ceiling_of_wishes_and_its_correlation_with_reality(campaign, cell):
    page = write_page(campaign, {"language": "en", **cell})
    tension = next(one for one in page["sections"] if one["id"] == "tension")
    assert "at the top of the scale" in tension["sentence"]
    headings = [column["label"] for column in tension["table"]["columns"]]
    assert headings[-2:] == ["Answers at the top of the scale", "Correlation of the gap with reality (95% interval)"]


def test_a_group_that_was_not_released_cannot_be_picked_and_says_why(campaign):
    page = write_page(campaign, {"language": "fr"})
    closed = [option for option in options(page, "unit") if option.get("disabled")]
    assert closed
    assert all(option["note"] for option in closed)
    moved = write_page(campaign, {"language": "fr", "unit": closed[0]["value"]})
    assert moved["notices"][0]["title"] == "Ce groupe n’est pas montré"
    assert next(one for one in moved["filters"] if one["id"] == "unit")["value"] == ""


def test_no_number_of_a_hidden_group_is_on_any_page(campaign):
    groups = campaign.released["groups"]
    hidden = groups[groups["suppressed"]]
    assert len(hidden)
    assert hidden[["n", "mean", "score"]].isna().all().all()


def test_a_choice_the_campaign_does_not_have_falls_back_to_the_last_wave(campaign):
    page = write_page(campaign, {"language": "fr", "wave": "1999"})
    assert next(one for one in page["filters"] if one["id"] == "wave")["value"] == "2026"


def test_ones_own_file_is_measured_like_the_example():
    framework = load_framework("collectivite-apprenante")
    content = example_files()["responses"].read_bytes()
    page = write_page(measure_file("nous.csv", content, framework), {"language": "fr"})
    assert page["title"] == "nous.csv"
    assert page["badge"] is None
    assert page["upload"]["example_label"] == "Revenir à l’exemple"


def test_a_file_of_too_few_people_shows_nothing_but_says_so():
    framework = load_framework("collectivite-apprenante")
    content = b"unit,st_04.reality,st_05.reality\n" + b"A,1,2\n" * 6
    page = write_page(measure_file("petit.csv", content, framework), {"language": "fr"})
    assert page["sections"] == []
    assert page["notices"][0]["kind"] == "warning"


def test_a_wrong_file_is_told_and_the_page_stays():
    app = Diagnostic(load_framework("collectivite-apprenante"), "fr")
    app.open_file("faux.csv", FAULTY)
    page = app.view.page
    assert page["title"] == "Commune de Valclair"
    assert page["notices"][0]["kind"] == "error"
    assert [line.split("\u00a0:")[0] for line in page["notices"][0]["lines"]] == [
        "faux.csv, ligne 2, colonne st_04.reality, item st_04",
        "faux.csv, ligne 3, colonne role",
    ]
    app.open_example()
    assert app.view.page["notices"] == []


def test_choosing_in_the_browser_writes_a_new_page():
    view = diagnostic()
    revision = view.page["reply"]["revision"]
    view.choice = {"language": "en", "role": "agent"}
    assert view.page["language"] == "en"
    assert view.page["reply"]["revision"] > revision
    assert view.page["facts"][0]["note"] == "Member of staff"


def test_notebooks_are_copied_once_and_never_over_somebodys_changes(tmp_path):
    first = copy_notebooks(tmp_path / "mine")
    assert [path.name for path in first] == [path.name for path in sorted(notebooks_folder().glob("*/*.ipynb"))]
    first[0].write_text("changed")
    assert copy_notebooks(tmp_path / "mine") == []
    assert first[0].read_text() == "changed"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A workspace whose campaign has two services, one of them too small to be shown."""
    framework = load_framework("collectivite-apprenante")
    rows = [f"{'Voirie' if n < 30 else 'CCAS'},{1 + n % 5},{1 + n % 4}" for n in range(36)]
    content = "\n".join(["unit,st_04.reality,st_05.reality", *rows]).encode()
    file = io.BytesIO(content)
    path = tmp_path_factory.mktemp("workspace") / "nous.apprenance"
    with open_workspace(path, create=True) as workspace:
        add_campaign(workspace, "2026", "Notre commune", add_framework(workspace, framework.id))
        add_responses(workspace, "2026", load_responses(file, framework))
    return path


def test_a_campaign_of_a_workspace_is_kept_before_it_is_shown(kept):
    page = diagnostic(workspace=kept).page
    assert page_faults(page) == []
    assert (page["title"], page["badge"], page["upload"]["example_label"]) == ("Notre commune", None, None)
    with open_workspace(kept) as workspace:
        assert [one["number"] for one in list_releases(workspace, "2026")] == [1]
        again = diagnostic(workspace=workspace, campaign="2026", language="en")
        assert again.page["title"] == "Notre commune"
        assert len(list_releases(workspace, "2026")) == 1, "a workspace that was open stays open"


def test_every_chapter_of_a_campaign_is_what_was_kept(kept):
    campaign = kept_campaign(kept)
    assert campaign.further is campaign.released
    for chapter in ("differences", "agenda", "trust"):
        assert page_faults(write_page(campaign, {"language": "fr", "chapter": chapter})) == []
    assert not campaign.is_shown("", unit="CCAS")


def test_from_a_file_one_goes_back_to_the_workspace(kept):
    app = Diagnostic(load_framework("collectivite-apprenante"), "fr", kept_campaign(kept))
    app.open_file("nous.csv", b"unit,st_04.reality,st_05.reality\n" + b"A,1,2\nA,2,3\n" * 10)
    assert app.view.page["title"] == "nous.csv"
    assert app.view.page["upload"]["example_label"] == "Revenir à «\u202fNotre commune\u202f»"
    app.open_example()
    assert app.view.page["title"] == "Notre commune"


def test_a_workspace_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(Faults, match="file_missing"):
        diagnostic(workspace=tmp_path / "none.apprenance")
    assert not list(tmp_path.iterdir())


def test_a_new_workspace_shows_the_example_and_says_so(tmp_path):
    with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
        page = diagnostic(workspace=workspace, language="en").page
        assert [(one["kind"], one["title"]) for one in page["notices"]] == [
            ("info", "No responses in your workspace yet: here is the example.")
        ]
        assert page["title"] == diagnostic(language="en").page["title"]
        with pytest.raises(Faults):
            diagnostic(workspace=workspace, campaign="2026")
