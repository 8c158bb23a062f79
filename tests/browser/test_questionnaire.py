"""The questionnaire's page in a real browser: it is read, goes out in five files, and its answers come back."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from assessment.apps import keeping
from assessment.apps.visitors import new_place
from assessment.example import load_example
from assessment.workspace import UnitsStore, add_campaign, add_framework, list_campaigns, open_workspace

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "tools" / "2_questionnaire.ipynb"
NAME = "Réponses <img src=x onerror=alert(1)>.csv"
TALL = 4200


@pytest.fixture(scope="session")
def example():
    return load_example()


@pytest.fixture(scope="session")
def lime(example, limesurvey_results):
    """LimeSurvey's results of the example's last wave, as French Excel saves them."""
    own = example.responses[example.responses["wave"] == "2026"].reset_index(drop=True)
    said = example.verbatims[example.verbatims["wave"] == "2026"]
    return limesurvey_results(example.framework, own, said, example.units).encode("cp1252")


@pytest.fixture
def opened(voila, workspaces, example):
    """Give a function that opens the page about a workspace with a campaign that was framed."""

    def visit(dark=False, **settings):
        id_, path = new_place(workspaces)
        keeping.create(path, "Commune de <b>Valclair</b>")
        with open_workspace(path) as workspace:
            add_framework(workspace, "collectivite-apprenante")
            add_campaign(workspace, "d", "Diagnostic de mandat", example.framework)
            UnitsStore(workspace, "d").keep(example.units)
        found = voila(NOTEBOOK, dark=dark, **settings)
        found.wait_drawn()
        address = found.page.url
        found.page.goto(f"{address}{'&' if '?' in address else '?'}workspace={id_}", wait_until="commit")
        found.reads("Le questionnaire")
        found.wait_drawn()
        return found

    return visit


def sound(visit):
    """Say that nothing is wrong with what is shown: every rule of axe-core, no wider than its place."""
    assert visit.axe() == []
    assert visit.overflow() == 0


def is_questionnaire(tool, content):
    """Open a file as the tool would."""
    if tool == "LimeSurvey":
        table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter="\t"))
        return {"S", "G", "Q", "SQ"} <= {row["class"] for row in table}
    if tool == "KoboToolbox ou ODK":
        return {"survey", "choices", "settings"} <= set(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)
    if tool == "SurveyJS":
        return len(json.loads(content)["pages"]) > 10
    if tool == "REDCap":
        return next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))[0] == "Variable / Field Name"
    return content.startswith(b"%PDF-")


def test_five_files_go_out(opened):
    visit = opened()
    sound(visit)
    visit.shoot("questionnaire_main", TALL)
    for tool in ("LimeSurvey", "KoboToolbox ou ODK", "SurveyJS", "REDCap", "Papier"):
        with visit.page.expect_download() as coming:
            visit.view.get_by_role("button", name=f"Télécharger, {tool}").click()
        name, content = coming.value.suggested_filename, Path(coming.value.path()).read_bytes()
        assert is_questionnaire(tool, content), name
        visit.view.get_by_text(f"{name} est téléchargé").wait_for()
    sound(visit)
    assert visit.outside == []
    assert visit.ours() == []


def test_the_questionnaire_is_read_as_a_respondent_by_keyboard_in_both_languages(opened):
    visit = opened()
    visit.view.get_by_role("button", name="Le lire comme un répondant").focus()
    visit.page.keyboard.press("Enter")
    visit.reads("Ce que voit un répondant")
    menu = visit.view.get_by_label("Rôle", exact=True)
    menu.focus()
    menu.select_option(label="Citoyen")
    visit.view.get_by_text("10 énoncés").wait_for()
    visit.wait_drawn()
    folds = visit.view.locator("details")
    folds.nth(1).locator("summary").focus()
    visit.page.keyboard.press("Enter")
    assert folds.nth(1).get_attribute("open") is not None
    sound(visit)
    visit.shoot("questionnaire_respondent", TALL)
    visit.view.get_by_role("button", name="English").click()
    visit.reads("What a respondent sees")
    assert visit.view.get_by_text("Not at all").first.is_visible()
    for width in (390, 320):
        visit.page.set_viewport_size({"width": width, "height": 844})
        sound(visit)
    visit.shoot("questionnaire_respondent_phone", TALL)
    assert visit.ours() == []


def test_answers_come_in_after_a_preview_and_are_taken_back_and_put_back(opened, lime):
    visit = opened()
    visit.bring(NAME, lime)
    visit.reads(f"Ce que contient {NAME}")
    assert [text.split()[-1] for text in visit.view.locator(".ap-fact-value").all_inner_texts()] == [
        "247",
        "247",
        "0",
        "0",
    ]
    visit.view.get_by_text("Colonne par colonne").first.click()
    sound(visit)
    visit.shoot("questionnaire_import", TALL)
    assert visit.view.locator("b, img").count() == 0
    visit.view.get_by_role("button", name="Garder dans l’espace de travail").click()
    visit.view.get_by_text("Réponses ajoutées").wait_for()
    sound(visit)
    visit.shoot("questionnaire_kept", TALL)
    visit.view.get_by_role("button", name="Retirer cet import").first.click()
    visit.view.get_by_text("est retiré").wait_for()
    sound(visit)
    visit.shoot("questionnaire_taken_back", TALL)
    visit.view.get_by_role("button", name="Remettre cet import").first.click()
    visit.view.get_by_text("avec ses 247 réponses").wait_for()
    visit.page.reload()
    visit.reads("Le questionnaire")
    visit.view.get_by_text("Réponses : 247").wait_for()
    assert visit.ours() == []


HELD = """
import time
from assessment import apps
from assessment.apps import arrivals

add_responses = arrivals.add_responses


def held(*given, progress):
    \"""Go on until somebody stops it; the next time, keep what is given.\"""
    arrivals.add_responses = add_responses
    while True:
        progress(1, 4)
        time.sleep(0.01)


arrivals.add_responses = held
apps.questionnaire(workspace={path!r}, language="fr")
"""


def test_keeping_is_stopped_and_begun_again(voila, one_cell, tmp_path, lime):
    path = tmp_path / "valclair.apprenance"
    keeping.create(path, "Valclair")
    visit = voila(one_cell(HELD.format(path=str(path))))
    visit.reads("Le questionnaire")
    visit.bring(NAME, lime)
    visit.reads(f"Ce que contient {NAME}")
    visit.view.get_by_role("button", name="Garder dans l’espace de travail").click()
    visit.view.locator("[role=progressbar][aria-valuenow='25']").wait_for()
    sound(visit)
    visit.shoot("questionnaire_keeping")
    visit.view.get_by_role("button", name="Arrêter", exact=True).click()
    visit.view.get_by_text("L’espace de travail est comme avant").wait_for()
    sound(visit)
    visit.shoot("questionnaire_stopped")
    with open_workspace(path) as workspace:
        assert list_campaigns(workspace) == []
    visit.view.get_by_role("button", name="Garder dans l’espace de travail").click()
    visit.view.get_by_text("Réponses ajoutées").wait_for()
    assert visit.ours() == []


@pytest.mark.parametrize("width", [390, 320])
def test_on_a_phone_in_the_dark_a_wrong_file_is_told_and_a_right_one_previewed(opened, lime, width):
    visit = opened(dark=True, width=width, height=844)
    sound(visit)
    roles = visit.view.locator(".ap-table-frame").first
    assert roles.evaluate("(one) => one.scrollWidth - one.clientWidth") == 0
    visit.shoot(f"questionnaire_main_dark_{width}", TALL)
    visit.bring("photo.jpg", b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4)
    visit.view.get_by_text("n’a pas pu être lu").first.wait_for()
    sound(visit)
    visit.shoot(f"questionnaire_wrong_dark_{width}", TALL)
    visit.view.get_by_role("button", name="Laisser ce fichier").click()
    visit.reads("Le questionnaire")
    visit.bring("autres.csv", "Mon avis;pm01R;Qualité\r\nsuper;4;bof\r\ntop;9;x\r\n".encode("cp1252"))
    visit.reads("Ce que contient autres.csv")
    visit.view.get_by_text("Relier à la main").click()
    sound(visit)
    visit.shoot(f"questionnaire_import_dark_{width}", TALL)
    assert visit.ours() == []
