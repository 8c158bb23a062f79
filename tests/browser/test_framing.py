"""The framing in a real browser: nine steps by keyboard alone, on a phone, in the dark; nothing typed is lost."""

import io
import subprocess
from pathlib import Path

import pytest

from assessment.apps import keeping
from assessment.workspace import PracticeStore, UnitsStore, list_campaigns, open_workspace

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "notebooks" / "tools" / "1_cadrage.ipynb"
SHOTS = ROOT / "screenshots"
TALL = 2600
HIDDEN_CELLS = "document.querySelectorAll('.apprenance :is(td, th)[hidden]').length"
SIDEWAYS = (
    "[...document.querySelectorAll('.ap-numbers-frame')].filter((one) => one.scrollWidth > one.clientWidth).length"
)
HOSTILE = "<b>Voirie</b><img src=x onerror=alert(1)>"
STEPS = [
    "Le but et le périmètre",
    "Qui participe",
    "Ce qui sera visible",
    "La méthode et l’appui",
    "Le coût",
    "Le calendrier",
    "Les freins",
    "Sommes-nous prêts",
    "Le mandat",
]
FILLED = {
    "format": "apprenance-framing",
    "version": 1,
    "aim": "Comprendre ce qui aide nos services à apprendre les uns des autres, et choisir trois chantiers pour 2027.",
    "scope": "Tous les services municipaux ; l’office de tourisme n’est pas concerné.",
    "mandate_group": [
        {"name": "Anne Martin", "role": "Maire"},
        {"name": "Karim Benali", "role": "Directeur général des services"},
        {"name": "Sophie Le Gall-Kerguelen de Plouézec", "role": "Responsable de la voirie"},
    ],
    "units": [
        {"unit": "tech", "name": "Services techniques", "parent": ""},
        {"unit": "voirie", "name": "Voirie et propreté", "parent": "tech"},
        {"unit": "verts", "name": "Espaces verts", "parent": "tech"},
        {"unit": "enfance", "name": "Petite enfance, éducation, jeunesse et réussite éducative", "parent": ""},
    ],
    "people": [
        {"unit": "tech", "role": "executive", "headcount": 1},
        {"unit": "voirie", "role": "agent", "headcount": 34},
        {"unit": "voirie", "role": "manager", "headcount": 4},
        {"unit": "verts", "role": "agent", "headcount": 7},
        {"unit": "verts", "role": "manager", "headcount": 2},
        {"unit": "enfance", "role": "agent", "headcount": 46},
        {"unit": "enfance", "role": "manager", "headcount": 6},
        {"unit": "enfance", "role": "executive", "headcount": 2},
        {"role": "elected", "headcount": 27},
    ],
    "method": {"kind": "both", "form": "full", "rate": 0.9, "min_group": 10, "why": "Des chiffres, puis on en parle."},
    "support": "Le centre de gestion, deux jours.",
    "calendar": {"wanted": "2027-03-31", "elections": [{"first": "2027-04-11", "last": "2027-04-25"}]},
    "costs": {
        "hourly_cost": 32.5,
        "consultant_days": 4,
        "day_cost": 900,
        "workshops": [{"name": "Restitution", "people": 40, "staff": 30, "hours": 2}],
    },
    "brakes": {"mobilisation": "Une demi-journée par service.", "cost": "Pris sur le plan de formation."},
    "readiness": [{"time": 2, "heard": 3, "told_back": 1}, {"time": 4, "heard": 3}, {"time": 2}],
}


@pytest.fixture
def place(tmp_path):
    """Give a workspace without a framing."""
    path = tmp_path / "valclair.apprenance"
    keeping.create(path, "Commune de Valclair")
    return path


@pytest.fixture
def filled(place):
    """Give a workspace whose framing is filled in."""
    with open_workspace(place) as workspace:
        PracticeStore(workspace, "framing").save(FILLED)
    return place


@pytest.fixture
def visit(voila, tmp_path):
    """Give a function that opens the tool about a workspace."""

    def opened(path=None, **settings):
        import nbformat

        notebook = nbformat.read(NOTEBOOK, 4)
        named = "" if path is None else f"workspace={str(path)!r}"
        notebook.cells[-1].source = f"apps.framing({named})"
        copy = tmp_path / "1_cadrage.ipynb"
        nbformat.write(notebook, copy)
        return voila(copy, **settings)

    return opened


def walk(visit, look):
    """Go through the nine steps; look at each."""
    visit.wait_drawn()
    look("0")
    visit.view.get_by_role("button", name="Ouvrir").first.click()
    for number, step in enumerate(STEPS, 1):
        visit.reads(f"{number}. {step}")
        visit.wait_drawn()
        look(str(number))
        if number < len(STEPS):
            visit.view.get_by_role("button", name=f"Continuer\u00a0: {STEPS[number]}").click()


@pytest.mark.parametrize(
    ("name", "settings"),
    [("light", {}), ("dark", {"dark": True}), ("phone", {"width": 390}), ("small", {"width": 320})],
)
def test_every_step_is_accessible_and_fits(visit, filled, name, settings):
    shown = visit(filled, **settings)

    def look(number):
        shown.shoot(f"framing-{name}-{number}", TALL)
        assert shown.axe() == [], number
        assert shown.overflow() == 0, number
        assert shown.page.evaluate(HIDDEN_CELLS) == 0, f"{number}: a cell left its column"
        assert shown.page.evaluate(SIDEWAYS) == 0, f"{number}: a grid scrolls sideways"

    walk(shown, look)
    assert shown.outside == []
    assert shown.ours() == []


def test_an_empty_framing_says_in_every_step_what_to_do(visit, place):
    shown = visit(place)

    def look(number):
        shown.shoot(f"framing-empty-{number}", TALL)
        assert shown.axe() == [], number

    walk(shown, look)


def tab_to(visit, name, role="button", presses=60):
    """Press the tabulator until something of this name has the focus."""
    wanted = visit.view.get_by_role(role, name=name).first
    wanted.wait_for()
    for _ in range(presses):
        if wanted.evaluate("(one) => document.activeElement === one"):
            return
        visit.page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not lead to {name}")


def test_a_clerk_walks_through_by_keyboard_and_nothing_typed_is_lost(visit, place):
    shown = visit(place)
    shown.wait_drawn()
    tab_to(shown, "Ouvrir")
    shown.page.keyboard.press("Enter")
    shown.reads("1. Le but")
    tab_to(shown, "Le but", "textbox")
    shown.page.keyboard.type("Apprendre les uns des autres.")
    tab_to(shown, "Continuer")
    shown.page.keyboard.press("Enter")  # within the half second in which a change rests
    shown.reads("2. Qui participe")
    tab_to(shown, "Nom de l’unité", "textbox")
    shown.page.keyboard.type(HOSTILE)
    shown.page.keyboard.press("Enter")
    cell = shown.view.get_by_role("textbox", name=f"{HOSTILE}, Agent")
    cell.wait_for()
    cell.focus()
    shown.page.keyboard.type("40")
    shown.view.get_by_text("invitées à répondre").wait_for()
    for step in STEPS[2:]:
        tab_to(shown, "Continuer", presses=120)
        shown.page.keyboard.press("Enter")
        shown.reads(step)
    assert shown.view.locator("b, img").count() == 0
    tab_to(shown, "Ouvrir la campagne", presses=120)
    shown.page.keyboard.press("Enter")
    shown.view.get_by_text("La campagne est ouverte").wait_for()
    shown.shoot("framing-campaign", TALL)
    with open_workspace(place) as workspace:
        kept = PracticeStore(workspace, "framing").load()
        units = UnitsStore(workspace, list_campaigns(workspace)[0].id).table()
    assert kept["aim"] == "Apprendre les uns des autres."
    assert units["name"].tolist() == [HOSTILE]
    assert units["headcount.agent"].tolist() == [40]
    assert shown.ours() == []


def test_a_merger_is_announced_and_undone_and_the_mandate_is_printed(visit, filled, tmp_path):
    shown = visit(filled)
    shown.wait_drawn()
    shown.view.get_by_role("button", name="Ouvrir").nth(2).click()
    shown.reads("3. Ce qui sera visible")
    shown.view.get_by_role("button", name="Annoncer").first.click()
    shown.view.get_by_role("button", name="Retirer").wait_for()
    shown.shoot("framing-announced", TALL)
    shown.view.get_by_role("button", name="Retirer").click()
    shown.view.get_by_role("button", name="Annuler").click()
    shown.view.get_by_role("button", name="Retirer").wait_for()
    shown.view.get_by_role("button", name="Chercher des unités").click()
    shown.view.get_by_text("Unités\u00a0: rien").or_(shown.view.get_by_text("Espaces verts avec")).first.wait_for()
    shown.shoot("framing-units-searched", TALL)
    shown.view.get_by_role("button", name="Toutes les étapes").click()
    shown.view.get_by_role("button", name="Ouvrir").last.click()
    shown.reads("9. Le mandat")
    with shown.page.expect_download() as coming:
        shown.view.get_by_role("button", name="Télécharger le mandat").click()
    content = Path(coming.value.path()).read_bytes()
    assert coming.value.suggested_filename == "mandat.pdf"
    assert content.startswith(b"%PDF-")
    SHOTS.mkdir(exist_ok=True)
    (SHOTS / "mandat.pdf").write_bytes(content)
    assert io.BytesIO(content).getbuffer().nbytes > 10_000
    told = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    assert "Direction" in told
    assert "Comprendre ce qui aide" in told


def test_without_a_workspace_it_is_a_trial_and_says_so(visit):
    shown = visit()
    shown.wait_drawn()
    shown.view.get_by_text("rien n’est enregistré").first.wait_for()
    assert (
        shown.view.get_by_role("link", name="Ouvrir un espace de travail").get_attribute("href").startswith("0_accueil")
    )
    shown.shoot("framing-trial", TALL)
    assert shown.axe() == []
