"""The home page in a real browser: a workspace is made, taken along and opened elsewhere; two visitors never meet."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "notebooks" / "tools"
NOTEBOOK = TOOLS / "0_accueil.ipynb"
OTHERS = [TOOLS / "4_carte_des_acteurs.ipynb", TOOLS / "3_diagnostic.ipynb"]
NAME = "Commune de <b>Saint-Rémy</b>"
SHOWN = "jupyterapp.shell.currentWidget?.context?.path ?? ''"


@pytest.fixture(params=["voila", "jupyterlab"])
def place(request):
    return request.getfixturevalue(request.param)


def create(visit, name=NAME):
    visit.wait_drawn()
    visit.view.get_by_label("Nom de votre organisation").fill(name)
    visit.view.get_by_role("button", name="Créer l’espace de travail").click()
    visit.reads("Par où commencer")


def open_example(visit):
    visit.wait_drawn()
    visit.view.get_by_role("button", name="Ouvrir l’exemple").click()
    visit.reads("Votre parcours")


def take_along(visit):
    """Download the workspace in one click; give its name and bytes."""
    with visit.page.expect_download() as coming:
        visit.view.get_by_role("button", name="Télécharger l’espace de travail").click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def facts(visit):
    return [" ".join(text.split()) for text in visit.view.locator(".ap-fact").all_inner_texts()]


def test_a_workspace_is_made_taken_along_and_opened_elsewhere_with_the_same_content(place, browse):
    visit = place(NOTEBOOK)
    open_example(visit)
    held = facts(visit)
    assert any("434" in fact for fact in held)
    name, content = take_along(visit)
    assert name == "Commune de Valclair exemple fictif.apprenance"
    assert content.startswith(b"SQLite format 3")
    elsewhere = place(NOTEBOOK)
    elsewhere.wait_drawn()
    elsewhere.bring(name, content)
    elsewhere.reads("Votre parcours")
    assert facts(elsewhere) == held
    assert elsewhere.view.get_by_text("Votre fichier est ouvert").is_visible()
    assert elsewhere.outside == []
    assert elsewhere.ours() == []


def test_a_hostile_name_is_only_text(place):
    visit = place(NOTEBOOK)
    create(visit, f"{NAME}<img src=x onerror=alert(1)>")
    assert visit.view.locator(".ap-bar-organisation").inner_text() == f"{NAME}<img src=x onerror=alert(1)>"
    assert visit.view.locator("b, img").count() == 0


def test_two_visitors_never_meet(voila):
    one, other = voila(NOTEBOOK), voila(NOTEBOOK)
    create(one, "Pontivy")
    other.wait_drawn()
    assert other.view.get_by_text("Pontivy").count() == 0
    create(other, "Quimper")
    addresses = {visit.page.url.split("workspace=")[1] for visit in (one, other)}
    assert len(addresses) == 2
    one.page.reload()
    one.wait_drawn()
    assert one.view.locator(".ap-bar-organisation").inner_text() == "Pontivy"


@pytest.mark.parametrize("query", ["workspace=../../etc/passwd", "workspace=%2Fetc%2Fpasswd", "workspace=" + "a" * 32])
def test_an_address_that_names_none_of_ours_opens_the_door(voila, query):
    visit = voila(NOTEBOOK)
    visit.wait_drawn()
    visit.page.goto(f"{visit.page.url.split('?')[0]}?{query}")
    visit.reads("Bienvenue")
    visit.view.get_by_text("Cet espace de travail n’est pas ici").wait_for()
    assert "passwd" not in visit.page.url, "the address says what is open: nothing"


def test_another_tool_opens_on_the_same_workspace_in_the_same_language(voila):
    visit = voila(NOTEBOOK, beside=OTHERS)
    open_example(visit)
    visit.view.get_by_role("button", name="English").click()
    visit.reads("Your journey")
    visit.view.get_by_role("link", name="Open, The map of actors").click()
    visit.page.wait_for_function("() => Boolean(document.querySelector('.ap-map')?.dataset.revision)")
    assert "4_carte_des_acteurs.ipynb?workspace=" in visit.page.url
    assert visit.view.get_attribute("lang") == "en"
    assert visit.view.locator(".ap-map-name").input_value() == "Valclair, atelier de mars 2026"
    assert visit.view.locator(".ap-bar-state").inner_text() == "Saved on this server"
    visit.page.go_back()
    visit.reads("Your journey")


def test_in_jupyterlab_a_link_opens_the_notebook_beside(jupyterlab):
    visit = jupyterlab(NOTEBOOK, beside=OTHERS)
    open_example(visit)
    visit.view.get_by_role("link", name="Ouvrir, La carte des acteurs").click()
    visit.page.wait_for_function(
        "() => jupyterapp.shell.currentWidget?.context?.path.endsWith('4_carte_des_acteurs.ipynb')"
    )


def test_a_file_that_is_no_workspace_is_told_and_nothing_changes(voila):
    visit = voila(NOTEBOOK)
    create(visit, "Valclair")
    visit.view.get_by_role("button", name="Ouvrir un autre espace").click()
    visit.reads("Bienvenue")
    visit.bring("photo<i>.apprenance", b"no workspace at all" * 10)
    told = visit.view.get_by_role("alert")
    told.get_by_text("ce n’est pas un espace de travail").wait_for()
    assert "photo<i>.apprenance" in told.inner_text()
    assert visit.axe() == []


def test_what_is_erased_can_be_brought_back(voila):
    visit = voila(NOTEBOOK)
    create(visit, "Valclair")
    visit.view.get_by_role("button", name="Effacer de ce serveur").click()
    visit.reads("Bienvenue")
    assert "workspace=" not in visit.page.url
    visit.view.get_by_role("button", name="Annuler l’effacement").click()
    visit.reads("Par où commencer")
    assert visit.view.locator(".ap-bar-organisation").inner_text() == "Valclair"


def test_everything_can_be_done_with_the_keyboard(place):
    visit = place(NOTEBOOK)
    visit.wait_drawn()
    keys = visit.page.keyboard
    visit.view.get_by_role("button", name="English").focus()
    keys.press("Tab")
    keys.press("Tab") if visit.page.evaluate("document.activeElement.type") != "text" else None
    keys.press("Enter")  # nothing is written yet: the field says so and has the focus
    visit.view.get_by_text("Cette réponse est nécessaire").wait_for()
    assert visit.page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
    keys.type("Valclair")
    keys.press("Enter")
    visit.reads("Par où commencer")
    assert visit.page.evaluate("document.activeElement.tagName") == "H1", "who reads with a voice hears the new page"
    reached = []
    for _ in range(4):
        keys.press("Tab")
        reached.append(visit.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.innerText"))
        assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", reached[-1]
    assert reached == [
        "Commencer, Un atelier d’abord",
        "Commencer, Une enquête d’abord",
        "Télécharger l’espace de travail",
        "Changer le nom de l’organisation",
    ]


def test_what_is_typed_outlives_another_language(voila):
    visit = voila(NOTEBOOK)
    first = visit.wait_drawn()
    visit.view.get_by_label("Nom de votre organisation").fill("Valcl")
    visit.view.get_by_role("button", name="English").click()
    visit.wait_drawn(after=first)
    assert visit.view.get_by_label("Name of your organisation").input_value() == "Valcl"


@pytest.mark.parametrize("dark", [False, True])
def test_both_pages_are_accessible_in_light_and_dark(place, dark):
    visit = place(NOTEBOOK, dark=dark)
    visit.wait_drawn()
    assert visit.axe() == []
    open_example(visit)
    assert visit.axe() == []


@pytest.mark.parametrize("width", [320, 390])
def test_a_phone_scrolls_one_way_only_and_every_target_can_be_hit(voila, width):
    visit = voila(NOTEBOOK, width=width, height=740)
    visit.wait_drawn()
    for shown in (lambda: None, lambda: open_example(visit)):
        shown()
        assert visit.overflow() == 0
        small = [box for box in boxes(visit) if min(box["width"], box["height"]) < 24]
        assert small == []


def boxes(visit):
    shown = visit.view.locator("button:visible, a:visible, summary:visible, input[type=text]:visible").all()
    return [one.bounding_box() for one in shown]


@pytest.mark.parametrize(
    ("look", "settings"),
    [("light", {}), ("dark", {"dark": True}), ("phone", {"width": 390, "height": 844})],
)
def test_screenshots_are_made_to_be_looked_at(voila, look, settings):
    visit = voila(NOTEBOOK, **settings)
    visit.wait_drawn()
    visit.shoot(f"home_door_{look}")
    open_example(visit)
    visit.shoot(f"home_journey_{look}")
