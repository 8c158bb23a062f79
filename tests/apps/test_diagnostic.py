"""The diagnostic without a browser: what the page says for each choice, each chapter and each file."""

import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from assessment.apps.campaign import kept_campaign
from assessment.apps.chapters import CHAPTERS
from assessment.apps.notebooks import copy_notebooks, notebooks_folder
from assessment.apps.profile import Diagnostic, diagnostic, example_campaign
from assessment.example import example_files
from assessment.faults import Faults
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.widgets.tool_page import Event
from assessment.workspace import add_campaign, add_framework, add_responses, list_releases, open_workspace

FAULTY = b"respondent;role;st_04.reality\n1;agent;7\n2;maire;2\n"
TOLD = {
    "profile": ["disciplines", "predispositions", "others", "tension"],
    "differences": ["roles", "units", "rest", "waves", "linked", "change"],
    "items": ["answers"],
    "agenda": ["priorities", "shared_vision", "choices", "role_choices", "outcomes", "ties", "voices"],
    "reliability": ["participation", "measurement", "discriminant", "agreement", "items", "careless"],
}
PLACES = ("left", "right", "end", "middle")
"""Where a cell stands, which tells nothing of what is in it."""

CHARTS = {
    "disciplines": 2,
    "predispositions": 1,
    "others": 1,
    "tension": 1,
    "roles": 1,
    "units": 1,
    "waves": 1,
    "answers": 2,
    "participation": 2,
    "measurement": 1,
    "discriminant": 1,
    "agreement": 1,
    "items": 1,
    "priorities": 1,
}


@pytest.fixture(scope="module")
def campaign():
    found = example_campaign()
    found.study()
    return found


@pytest.fixture
def app(campaign):
    return Diagnostic(load_framework("collectivite-apprenante"), "fr", campaign)


def do(app, action, **values):
    """Do what somebody does on the page; give the page that answers."""
    app.answer(Event(action, values))
    return app.view.page


def bring(app, name, content):
    app.answer(Event("file", {}, name, content))
    app.work.wait()
    return app.view.page


def kinds(page):
    return [block["kind"] for block in page["blocks"]]


def block(page, kind):
    return next(one for one in page["blocks"] if one["kind"] == kind)


def passages(page):
    return [one for one in page["blocks"] if one["kind"] == "passage"]


def options(page, name):
    return next(one for one in block(page, "filters")["items"] if one["id"] == name)["options"]


def values(page):
    return {one["id"]: one["value"] for one in block(page, "filters")["items"]}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("chapter", TOLD)
def test_each_chapter_answers_its_questions_in_words_charts_and_tables(app, chapter, language):
    do(app, "language", language=language)
    page = do(app, "chapter", chapter=chapter)
    told = passages(page)
    assert [one["id"] for one in told] == TOLD[chapter]
    assert block(page, "tabs")["value"] == chapter
    assert all(len(one["told"]) > 60 for one in told)
    assert {one["id"]: len(one["charts"]) for one in told if one["charts"]} == {
        name: count for name, count in CHARTS.items() if name in TOLD[chapter]
    }
    assert json.dumps(page, allow_nan=False)


@pytest.mark.parametrize("chapter", TOLD)
def test_every_chart_tells_its_finding_whom_it_is_of_and_what_it_shows(app, chapter):
    do(app, "language", language="en")
    for one in passages(do(app, "chapter", chapter=chapter)):
        for chart in one["charts"]:
            assert len(chart["title"]) > 15
            assert not chart["title"].endswith(".")
            assert re.match(r"n = \d+( to \d+)? responses, waves? 202", chart["note"])
            assert len(chart["alt"]) > 80


def test_the_chapters_come_in_the_order_in_which_a_group_reads(app):
    order = ["profile", "differences", "items", "agenda", "texts", "group_level", "elsewhere", "reliability"]
    shown = [one["id"] for one in block(app.view.page, "tabs")["items"]]
    assert shown == [one for one in order if one in shown]
    assert shown == [one.id for one in CHAPTERS]


def test_a_chapter_offers_only_the_filters_that_its_answers_follow(app):
    assert list(values(app.view.page)) == ["wave", "unit", "role"]
    assert list(values(do(app, "chapter", chapter="differences"))) == ["wave"]
    assert list(values(do(app, "chapter", chapter="items"))) == ["wave", "dimension"]


def test_the_items_of_the_chosen_dimension_are_told(app):
    do(app, "chapter", chapter="items")
    page = do(app, "choose", wave="2026", dimension="team_learning")
    items = [one for one in app.framework.items if one.dimension == "team_learning"]
    assert len(passages(page)) == 1
    assert "Apprendre en équipe" in passages(page)[0]["title"]
    assert all(any(item.text["fr"][:20] in str(row) for row in passages(page)[0]["table"]["rows"]) for item in items)


def test_a_wave_before_the_last_is_compared_with_none_after_it(app):
    do(app, "chapter", chapter="differences")
    page = do(app, "choose", wave="2025")
    assert "waves" not in [one["id"] for one in passages(page)]


def test_further_tables_hide_what_the_page_hides(campaign):
    for name in ("groups", "tension"):
        pd.testing.assert_series_equal(campaign.further[name]["suppressed"], campaign.released[name]["suppressed"])


@pytest.mark.parametrize("role", ["", "agent"])
def test_a_gap_stands_beside_the_ceiling_of_wishes_and_its_correlation_with_reality(app, role):
    do(app, "language", language="en")
    page = do(app, "choose", wave="2026", unit="", role=role)
    tension = next(one for one in passages(page) if one["id"] == "tension")
    assert "at the top of the scale" in tension["told"]
    headings = [column["label"] for column in tension["table"]["columns"]]
    assert headings[-2:] == ["Answers at the top of the scale", "Correlation of the gap with reality (95% interval)"]


def test_a_group_that_was_not_released_cannot_be_picked_and_says_why(app):
    closed = [option for option in options(app.view.page, "unit") if option.get("disabled")]
    assert closed
    assert all(option["note"] for option in closed)
    moved = do(app, "choose", wave="2026", unit=closed[0]["value"], role="")
    assert moved["blocks"][0]["title"] == "Ce groupe n’est pas montré"
    assert values(moved)["unit"] == ""


def test_coming_back_to_a_choice_draws_nothing_again(app):
    first = passages(do(app, "choose", wave="2026", unit="", role="agent"))
    do(app, "choose", wave="2026", unit="", role="")
    again = passages(do(app, "choose", wave="2026", unit="", role="agent"))
    assert all(one["charts"][0]["spec"] is other["charts"][0]["spec"] for one, other in zip(first, again, strict=True))


def test_a_choice_the_campaign_does_not_have_falls_back_to_the_last_wave(app):
    app.asked["wave"] = "1999"
    assert values(do(app, "language", language="fr"))["wave"] == "2026"


def test_further_tables_are_worked_out_beside_the_page_and_then_shown(campaign):
    fresh = Diagnostic(load_framework("collectivite-apprenante"), "fr", unstudied(campaign, lambda progress: {}))
    assert passages(fresh.view.page), "the profile is there at once"
    fresh.campaign = fresh.home = unstudied(campaign, campaign_tables(campaign))
    fresh.answer(Event("chapter", {"chapter": "agenda"}))
    fresh.work.wait()
    assert [one["id"] for one in passages(fresh.view.page)] == TOLD["agenda"]


def test_work_that_was_stopped_says_how_to_go_on(campaign):
    app = Diagnostic(load_framework("collectivite-apprenante"), "fr", unstudied(campaign, endless))
    page = do(app, "chapter", chapter="agenda")
    assert block(page, "progress")["cancel"]["id"] == "stop"
    assert passages(do(app, "chapter", chapter="profile")), "one reads on meanwhile"
    do(app, "chapter", chapter="agenda")
    page = do(app, "stop")
    assert app.work.running is None
    again = next(one for one in page["blocks"] if one.get("id") == "stopped")
    assert [one["id"] for one in again["actions"]] == ["study"]
    assert block(do(app, "study"), "progress")
    do(app, "stop")


def unstudied(campaign, learn):
    """Give the campaign before its further tables are known."""
    return replace(campaign, learn=learn)


def campaign_tables(campaign):
    return lambda progress: campaign.further


def endless(progress):
    """Work until somebody stops it."""
    while True:
        progress(1, 2)


def test_ones_own_file_is_measured_like_the_example(app):
    page = bring(app, "nous.csv", example_files()["responses"].read_bytes())
    assert page["title"] == "nous.csv"
    whose = page["blocks"][0]
    assert whose["title"] == "Vous regardez votre fichier «\u202fnous.csv\u202f»"
    assert [one["label"] for one in whose["actions"]] == ["Revenir à l’exemple"]
    assert [one["id"] for one in passages(page)] == TOLD["profile"]
    page = do(app, "example")
    assert page["title"] == "Commune de Valclair"


def test_a_file_of_too_few_people_shows_nothing_but_says_so(app):
    page = bring(app, "petit.csv", b"unit,st_04.reality,st_05.reality\n" + b"A,1,2\n" * 6)
    assert passages(page) == []
    assert "facts" not in kinds(page)
    assert [one["tone"] for one in page["blocks"] if one.get("id") == "few"] == ["warning"]


def test_a_wrong_file_is_told_and_the_page_stays(app):
    page = bring(app, "faux.csv", FAULTY)
    assert page["title"] == "Commune de Valclair"
    assert [one["where"] for one in block(page, "faults")["items"]] == [
        "faux.csv, ligne 2, colonne st_04.reality, item st_04",
        "faux.csv, ligne 3, colonne role",
    ]
    assert "faults" not in kinds(do(app, "example"))


def test_the_header_says_whose_answers_these_are_and_leads_home(app, kept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "0_accueil.ipynb").write_text("{}")
    header = do(app, "language", language="fr")["header"]
    assert (header["organisation"], header["state"]["kind"]) == ("Commune de Valclair", "unsaved")
    assert header["home"]["href"].startswith("0_accueil.ipynb")
    header = diagnostic(workspace=kept, language="en").page["header"]
    assert (header["campaign"], header["state"]["text"]) == ("Notre commune", "Saved in nous.apprenance")


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
    assert page["title"] == "Notre commune"
    assert "notice" not in kinds(page)
    with open_workspace(kept) as workspace:
        assert [one["number"] for one in list_releases(workspace, "2026")] == [1]
        again = diagnostic(workspace=workspace, campaign="2026", language="en")
        assert again.page["title"] == "Notre commune"
        assert len(list_releases(workspace, "2026")) == 1, "a workspace that was open stays open"


def test_every_chapter_of_a_campaign_is_what_was_kept(kept):
    app = Diagnostic(load_framework("collectivite-apprenante"), "fr", kept_campaign(kept), kept)
    for chapter in TOLD:
        do(app, "chapter", chapter=chapter)
        app.work.wait()
        assert block(app.view.page, "tabs")["value"] == chapter
        assert "progress" not in kinds(app.view.page)
    assert not app.campaign.is_shown("", unit="CCAS")


def test_from_a_file_one_goes_back_to_the_workspace(kept):
    app = Diagnostic(load_framework("collectivite-apprenante"), "fr", kept_campaign(kept), kept)
    page = bring(app, "nous.csv", b"unit,st_04.reality,st_05.reality\n" + b"A,1,2\nA,2,3\n" * 10)
    assert page["title"] == "nous.csv"
    assert page["blocks"][0]["actions"][0]["label"] == "Revenir à «\u202fNotre commune\u202f»"
    assert do(app, "example")["title"] == "Notre commune"


def test_a_workspace_that_is_not_there_is_not_made(tmp_path):
    with pytest.raises(Faults, match="file_missing"):
        diagnostic(workspace=tmp_path / "none.apprenance")
    assert not list(tmp_path.iterdir())


def test_a_new_workspace_shows_the_example_and_says_so(tmp_path):
    with open_workspace(tmp_path / "a.apprenance", create=True) as workspace:
        page = diagnostic(workspace=workspace, language="en").page
        assert [(one["tone"], one["title"]) for one in page["blocks"] if one["kind"] == "notice"] == [
            ("info", "No responses in your workspace yet: here is the example.")
        ]
        assert page["title"] == diagnostic(language="en").page["title"]
        with pytest.raises(Faults):
            diagnostic(workspace=workspace, campaign="2026")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_number_of_a_hidden_group_is_on_any_page_nor_in_any_chart(campaign, language):
    """What is hidden is withheld from every row that is drawn, told or listed: only its name and its reason remain."""
    app = Diagnostic(load_framework("collectivite-apprenante"), language, campaign)
    groups = campaign.released["groups"]
    alone = groups[(groups["by"] == "unit") & (groups["wave"] == "2026")].groupby("group")["suppressed"].all()
    hidden = set(alone.index[alone.astype(bool)])
    assert len(hidden) > 2
    assert groups.loc[groups["suppressed"], ["n", "mean", "score"]].isna().all().all()
    names = {campaign.unit_names.get(one, one) for one in hidden}
    for chapter in TOLD:
        page = do(app, "chapter", chapter=chapter)
        for row in named_rows(page, names):
            assert not [one for one in row if isinstance(one, int | float) and one > 1.5], row


def named_rows(page, names):
    """Give the numbers that the rows of charts and tables hold beside a hidden group's name."""
    for passage in passages(page):
        table = passage["table"]
        for row in table["rows"] if table else ():
            if set(row) & names:
                yield [int(one) for cell in row for one in re.findall(r"\d+", str(cell).replace("10", ""))]
        for chart in passage["charts"]:
            for values_ in values_of(chart["spec"]):
                if names & {one for one in values_.values() if isinstance(one, str)}:
                    yield [v for key, v in values_.items() if key not in PLACES]


def values_of(spec):
    """Give every row of data that a specification holds."""
    if isinstance(spec, dict):
        yield from (one for one in spec.get("values", ()) if isinstance(one, dict)) if "values" in spec else ()
        for value in spec.values():
            yield from values_of(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from values_of(value)
