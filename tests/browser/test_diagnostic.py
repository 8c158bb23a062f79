"""The diagnostic notebook in a real browser: in Voilà and in JupyterLab, on a desk and on a phone."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "tools" / "3_diagnostic.ipynb"
RESPONSES = ROOT / "assessment" / "example" / "valclair_responses.csv"
FAULTY = b"respondent;unit;role;st_04.reality;st_04.vision\n1;Voirie;agent;7;5\n2;Voirie;maire;2;5\n"
PLACES = ["voila", "jupyterlab"]


@pytest.fixture(params=PLACES)
def place(request):
    return request.getfixturevalue(request.param)


def upload(visit, name, content):
    visit.view.locator("input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})


def test_the_profile_of_the_example_is_shown_in_full_and_asks_nobody_outside(place):
    visit = place(NOTEBOOK)
    visit.wait_drawn()
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Commune de Valclair"
    titles = visit.view.get_by_role("heading", level=2).all_inner_texts()
    assert [" ".join(title.split()) for title in titles][:2] == ["Les cinq disciplines", "Les prédispositions"]
    assert visit.view.locator(".ap-chart svg").count() == 6
    assert visit.outside == []
    assert [error for error in visit.errors if "favicon" not in error] == []


def test_a_unit_or_a_role_narrows_the_profile_to_what_was_released(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    everyone = int(visit.view.locator(".ap-fact-value").first.inner_text())
    role, unit = (visit.view.get_by_label(name, exact=True) for name in ("Rôle", "Service"))
    role.select_option("agent")
    second = visit.wait_drawn(after=first)
    assert int(visit.view.locator(".ap-fact-value").first.inner_text()) < everyone
    assert unit.locator("option[disabled]").count() > 0, "agents of a service are too few to be shown apart"
    role.select_option("")
    third = visit.wait_drawn(after=second)
    unit.select_option("Petite enfance")
    visit.wait_drawn(after=third)
    assert int(visit.view.locator(".ap-fact-value").first.inner_text()) < everyone


def test_ones_own_file_replaces_the_example_and_back(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    upload(visit, "ma_commune.csv", RESPONSES.read_bytes())
    second = visit.wait_drawn(after=first)
    assert visit.view.get_by_role("heading", level=1).inner_text() == "ma_commune.csv"
    visit.view.get_by_role("button", name="Revenir à l’exemple").click()
    visit.wait_drawn(after=second)
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Commune de Valclair"


def test_a_wrong_file_is_told_row_by_row_and_changes_nothing(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    upload(visit, "faux.csv", FAULTY)
    visit.wait_drawn(after=first)
    told = visit.view.get_by_role("alert").inner_text()
    assert "ligne 2, colonne st_04.reality" in told
    assert "ligne 3, colonne role" in told
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Commune de Valclair"
    assert visit.view.locator(".ap-chart svg").count() == 6


def test_another_question_is_answered_in_words_and_tables(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    visit.view.get_by_label("Sujet", exact=True).select_option(label="L’ordre du jour")
    visit.wait_drawn(after=first)
    titles = [" ".join(title.split()) for title in visit.view.get_by_role("heading", level=2).all_inner_texts()]
    assert titles[:2] == ["De quoi parler d’abord ?", "La vision est-elle partagée ?"]
    assert visit.view.get_by_label("Service", exact=True).count() == 0, "it is about the whole organisation"
    assert visit.view.get_by_role("table").first.get_by_role("row").count() == 13
    assert visit.axe() == []
    assert visit.overflow() == 0


def test_english_is_complete(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    visit.view.get_by_text("English", exact=True).click()
    visit.wait_drawn(after=first)
    visit.view.get_by_role("heading", level=1, name="Commune of Valclair", exact=True).wait_for()
    assert visit.view.get_attribute("lang") == "en"
    assert visit.axe() == []


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_accessible_in_light_and_dark(voila, dark):
    visit = voila(NOTEBOOK, dark=dark)
    visit.wait_drawn()
    assert visit.axe() == []


def test_a_phone_scrolls_one_way_only(voila):
    visit = voila(NOTEBOOK, width=360, height=740)
    visit.wait_drawn()
    assert visit.overflow() == 0
