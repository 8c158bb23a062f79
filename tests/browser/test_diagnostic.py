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
    visit.view.get_by_text("Regarder un fichier de réponses", exact=True).click()
    visit.bring(name, content)


def test_the_profile_of_the_example_is_shown_in_full_and_asks_nobody_outside(place):
    visit = place(NOTEBOOK)
    visit.wait_drawn()
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Commune de Valclair"
    titles = visit.view.get_by_role("heading", level=2).all_inner_texts()
    assert [" ".join(title.split()) for title in titles][:2] == ["Les cinq disciplines", "Les prédispositions"]
    assert visit.view.locator(".ap-chart svg").count() == 5
    assert visit.view.locator(".ap-bar-state").inner_text() == "Exemple\u00a0: rien n’est enregistré"
    assert visit.outside == []
    assert visit.ours() == []


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
    visit.view.get_by_role("heading", level=1, name="ma_commune.csv", exact=True).wait_for()
    second = visit.wait_drawn(after=first)
    visit.view.get_by_role("button", name="Revenir à l’exemple").click()
    visit.view.get_by_role("heading", level=1, name="Commune de Valclair", exact=True).wait_for()
    visit.wait_drawn(after=second)


def test_a_wrong_file_is_told_row_by_row_and_changes_nothing(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    upload(visit, "faux.csv", FAULTY)
    visit.view.locator(".ap-faults").wait_for()
    visit.wait_drawn(after=first)
    told = visit.view.locator(".ap-faults").inner_text()
    assert "ligne 2, colonne st_04.reality" in told
    assert "ligne 3, colonne role" in told
    assert visit.view.get_by_role("heading", level=1).inner_text() == "Commune de Valclair"
    assert visit.view.locator(".ap-chart svg").count() == 5


def chapter(visit, name):
    """Open a chapter, and wait for what it takes seconds to know."""
    before = visit.wait_drawn()
    visit.view.get_by_role("button", name=name, exact=True).click()
    visit.wait_drawn(after=before)
    visit.view.locator(f".ap-tab[aria-current]:has-text('{name}')").wait_for()
    visit.page.wait_for_function(
        """() => !document.querySelector('.ap-work')
          && [...document.querySelectorAll('.ap-chart')].every((chart) => chart.querySelector('svg'))"""
    )
    return visit.wait_drawn(after=before)


def test_every_chapter_opens_and_is_accessible(voila):
    visit = voila(NOTEBOOK)
    visit.wait_drawn()
    charts = {"Différences": 3, "Items": 2, "Ordre du jour": 1, "Fiabilité": 6, "Profil": 5}
    for name, count in charts.items():
        chapter(visit, name)
        assert visit.view.locator(".ap-chart svg").count() == count, name
        visit.page.evaluate("document.querySelectorAll('.ap-passage details').forEach((one) => { one.open = true; })")
        assert visit.axe() == [], name
        assert visit.overflow() == 0, name
    assert visit.errors == []


def test_work_that_takes_seconds_can_be_stopped_and_taken_up_again(place):
    visit = place(NOTEBOOK)
    visit.wait_drawn()
    visit.view.get_by_role("button", name="Ordre du jour", exact=True).click()
    visit.view.get_by_role("progressbar").wait_for()
    visit.view.locator(".ap-work").get_by_role("button").click()
    visit.view.get_by_text("Le travail n’a pas été mené à son terme").wait_for()
    visit.view.get_by_role("button", name="Reprendre", exact=True).click()
    visit.view.get_by_role("heading", level=2).filter(has_text="De quoi parler d’abord").wait_for()
    titles = [" ".join(title.split()) for title in visit.view.get_by_role("heading", level=2).all_inner_texts()]
    assert titles[:2] == ["De quoi parler d’abord ?", "La vision est-elle partagée ?"]
    assert visit.view.get_by_label("Service", exact=True).count() == 0, "it is about the whole organisation"


def test_chapters_and_filters_can_be_reached_with_the_keyboard(voila):
    visit = voila(NOTEBOOK)
    visit.wait_drawn()
    visit.view.get_by_role("button", name="Profil", exact=True).focus()
    for _ in range(2):
        visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.view.get_by_role("heading", level=2).filter(has_text="Maîtrise personnelle").first.wait_for()
    assert visit.page.evaluate("document.activeElement.innerText") == "Items"
    visit.view.get_by_label("Dimension", exact=True).focus()
    before = visit.wait_drawn()
    visit.page.keyboard.press("ArrowDown")
    visit.wait_drawn(after=before)
    visit.view.get_by_role("heading", level=2).filter(has_text="Modèles mentaux").first.wait_for()
    assert visit.page.evaluate("document.activeElement.tagName") == "SELECT"


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


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_scrolls_one_way_only(voila, width):
    visit = voila(NOTEBOOK, width=width, height=740)
    visit.wait_drawn()
    for name in ("Différences", "Items", "Ordre du jour", "Fiabilité", "Profil"):
        chapter(visit, name)
        assert visit.overflow() == 0, name
