"""Key entry and the map editor in Voilà: whose workspace it is, and the way home, as on every page."""

from pathlib import Path

import pytest

from assessment.apps import keeping
from assessment.apps.visitors import new_place
from assessment.workspace import measure_campaign, open_workspace

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "notebooks" / "tools"
HOME = TOOLS / "0_accueil.ipynb"
NAME = "Communauté de communes du Pays de <b>Valclair</b> et des Trois-Rivières"
ENTRY, MAP = TOOLS / "2_saisie.ipynb", TOOLS / "4_carte_des_acteurs.ipynb"
READY = {
    ENTRY: "() => Boolean(document.querySelector('.ap-entry')?.dataset.ready)",
    MAP: "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)",
}


@pytest.fixture
def opened(browse, voila_server, workspaces):
    """Give a function that opens a tool on a workspace of the example, in Voilà."""

    def visit(notebook, dark=False, **settings):
        id_, path = new_place(workspaces)
        keeping.put_example(path, NAME, "Diagnostic apprenant")
        place = voila_server.place(notebook, [HOME])
        theme = "&theme=dark" if dark else ""
        address = f"{voila_server.address}/voila/render/{place}?workspace={id_}&language=fr{theme}"
        shown = browse(address, **settings)
        shown.page.wait_for_function(READY[notebook])
        shown.id = id_
        return shown

    return visit


def text(visit, part):
    return visit.view.locator(f".ap-bar-{part}").inner_text()


@pytest.mark.parametrize("notebook", [ENTRY, MAP], ids=["entry", "map"])
def test_the_page_says_whose_it_is_and_leads_home(opened, notebook):
    visit = opened(notebook)
    assert text(visit, "organisation") == NAME
    assert text(visit, "campaign").startswith("Diagnostic apprenant")
    assert text(visit, "state") == "Enregistré sur ce serveur"
    assert visit.view.locator(".ap-languages").count() == 1, "one choice of language"
    assert visit.view.locator(".ap-tool-bar .ap-languages").count() == 1
    assert visit.axe() == []
    visit.shoot(f"header_{notebook.stem}")
    visit.view.get_by_role("button", name="English").click()
    visit.view.get_by_text("Saved on this server", exact=True).wait_for()
    link = visit.view.get_by_role("link", name="Home")
    assert link.get_attribute("href") == f"0_accueil.ipynb?workspace={visit.id}&language=en"
    assert visit.errors == []
    link.click()
    visit.page.locator(".ap-toolpage .ap-bar-organisation").wait_for()
    assert visit.page.locator(".ap-bar-organisation").inner_text() == NAME


@pytest.mark.parametrize("notebook", [ENTRY, MAP], ids=["entry", "map"])
def test_on_a_phone_in_the_dark_nothing_is_wider_than_the_page(opened, notebook):
    visit = opened(notebook, dark=True, width=390, height=844)
    assert visit.overflow() == 0
    assert visit.axe() == []
    visit.shoot(f"header_{notebook.stem}_phone_dark")


@pytest.fixture
def journey(browse, voila_server, workspaces):
    """Give a function that opens the home page on an example whose two waves were read, in Voilà."""

    def visit(dark=False, **settings):
        id_, path = new_place(workspaces)
        keeping.put_example(path, NAME, "Diagnostic apprenant")
        with open_workspace(path) as workspace:
            measure_campaign(workspace, keeping.EXAMPLE_CAMPAIGN)
        place = voila_server.place(HOME)
        theme = "&theme=dark" if dark else ""
        shown = browse(f"{voila_server.address}/voila/render/{place}?workspace={id_}{theme}", **settings)
        shown.wait_drawn()
        return shown

    return visit


@pytest.mark.parametrize(
    ("look", "settings"), [("light", {}), ("phone_dark", {"dark": True, "width": 390, "height": 844})]
)
def test_a_second_wave_is_opened_a_year_later_and_can_be_taken_back(journey, look, settings):
    visit = journey(**settings)
    assert "vagues 2025 et 2026" in visit.view.locator(".ap-facts").inner_text()
    visit.view.get_by_text("Ouvrir une nouvelle vague", exact=True).click()
    assert visit.overflow() == 0
    assert visit.axe() == []
    visit.shoot(f"journey_read_{look}", full_page=True)
    visit.view.get_by_label("Nom de la vague").fill("2027")
    visit.view.get_by_role("button", name="Ouvrir la vague", exact=True).click()
    visit.view.get_by_text("attend ses réponses").wait_for()
    assert visit.axe() == []
    visit.shoot(f"journey_wave_{look}", full_page=True)
    visit.view.get_by_role("button", name="Annuler cette vague").click()
    visit.view.get_by_text("Ouvrir une nouvelle vague", exact=True).wait_for()
    assert visit.errors == []
