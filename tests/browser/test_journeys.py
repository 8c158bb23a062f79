"""Three journeys from end to end: a consultant, a town clerk alone with the example, and a second wave a year later."""

from pathlib import Path

import pytest

from assessment.apps import keeping
from assessment.apps.visitors import new_place
from assessment.example import load_example
from assessment.workspace import UnitsStore, add_campaign, add_framework, open_workspace

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT / "notebooks" / "tools"
HOME, *OTHERS = sorted(TOOLS.glob("*.ipynb"))
QUESTIONNAIRE = "Le questionnaire"
MAP_SAVED = "() => document.querySelector('.ap-bar-state')?.dataset.state === 'saved'"
MAP_READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"


@pytest.fixture(scope="session")
def example():
    return load_example()


@pytest.fixture(scope="session")
def lime(example, limesurvey_results):
    """Give a function that writes LimeSurvey's results of a wave of the example, as French Excel saves them."""

    def write(wave):
        own = example.responses[example.responses["wave"] == wave].reset_index(drop=True)
        said = example.verbatims[example.verbatims["wave"] == wave]
        return limesurvey_results(example.framework, own, said, example.units).encode("cp1252")

    return write


@pytest.fixture
def framed(workspaces, example):
    """Make a workspace whose campaign was framed: its units are known; give its id."""
    id_, path = new_place(workspaces)
    keeping.create(path, "Valclair")
    with open_workspace(path) as workspace:
        add_framework(workspace, "collectivite-apprenante")
        add_campaign(workspace, "d", "Diagnostic de mandat", example.framework)
        UnitsStore(workspace, "d").keep(example.units)
    return id_


def press(visit, name):
    visit.view.get_by_role("button", name=name, exact=True).click()


def follow(visit, name):
    visit.go(visit.view.get_by_role("link", name=name).first)


def home(visit):
    """Take the way home that every page has."""
    visit.go(visit.view.locator(".ap-bar-home"))
    visit.reads("Votre parcours")


def turn_to(visit, notebook):
    """Open another notebook of the same folder: in Voilà about the same workspace, in JupyterLab in its place."""
    address = visit.page.url.replace(Path(visit.page.url.split("?")[0]).name, notebook)
    in_lab = "/lab/" in address
    visit.page.goto(f"{address.split('?')[0]}?reset" if in_lab else address, wait_until="commit")
    visit.run()
    visit.wait_opened()


def keep_answers(visit, name, content, wave):
    """Bring results of a survey tool, and keep them once they have been previewed."""
    visit.reads(QUESTIONNAIRE)
    visit.bring(name, content)
    visit.reads(f"Ce que contient {name}")
    assert visit.axe() == []
    visit.view.get_by_label("Vague", exact=True).first.fill(wave)
    press(visit, "Garder dans l’espace de travail")
    visit.view.get_by_text("Réponses ajoutées").wait_for()


def profile(visit):
    """Give what the profile says: its facts, and the cells of its tables."""
    visit.view.locator(".ap-fact").first.wait_for()
    visit.wait_drawn()
    facts = [" ".join(one.split()) for one in visit.view.locator(".ap-fact").all_inner_texts()]
    rows = visit.view.locator("table tr").all_text_contents()
    assert len(rows) > 20
    return facts, [" ".join(row.split()) for row in rows]


def chapter(visit, name):
    """Open a chapter, and wait for what it takes seconds to know."""
    before = visit.wait_drawn()
    press(visit, name)
    visit.wait_drawn(after=before)
    visit.page.wait_for_function("() => !document.querySelector('.ap-work-bar')")
    return visit.wait_drawn()


def take_along(visit):
    """Download the workspace in one click; give its name and bytes."""
    with visit.page.expect_download() as coming:
        press(visit, "Télécharger l’espace de travail")
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


@pytest.mark.parametrize("place", ["voila", "jupyterlab"])
def test_a_consultant_imports_diagnoses_draws_takes_along_and_finds_the_same_numbers_elsewhere(request, place, lime):
    opened = request.getfixturevalue(place)
    visit = opened(HOME, beside=OTHERS)
    visit.wait_drawn()
    visit.view.get_by_label("Nom de votre organisation").fill("Valclair")
    press(visit, "Créer l’espace de travail")
    visit.reads("Par où commencer")
    turn_to(visit, "2_questionnaire.ipynb")
    keep_answers(visit, "results-survey.csv", lime("2026"), "2026")
    turn_to(visit, "3_diagnostic.ipynb")
    told = profile(visit)
    assert any("247" in fact for fact in told[0])
    turn_to(visit, "4_carte_des_acteurs.ipynb")
    visit.page.wait_for_function(MAP_READY)
    draw_an_actor(visit, "Conseil citoyen")
    turn_to(visit, HOME.name)
    facts = visit.view.locator(".ap-fact").all_inner_texts()
    assert any("247" in fact for fact in facts)
    assert any("cteur" in fact and "1" in fact for fact in facts)
    name, content = take_along(visit)
    elsewhere = opened(HOME, beside=OTHERS)
    elsewhere.wait_drawn()
    elsewhere.bring(name, content)
    elsewhere.reads("Votre parcours")
    turn_to(elsewhere, "3_diagnostic.ipynb")
    assert profile(elsewhere) == told
    for one in (visit, elsewhere):
        assert one.outside == []
        assert one.ours() == []


def draw_an_actor(visit, label):
    """Draw an actor, and wait until it is kept."""
    press(visit, "Acteur")
    visit.view.locator(".ap-map-host").click(position={"x": 150, "y": 150})
    name = visit.view.locator(".ap-naming")
    name.fill(label)
    name.press("Enter")
    visit.page.wait_for_function(MAP_SAVED)


def test_a_town_clerk_alone_reads_the_example_and_takes_it_along(voila):
    visit = voila(HOME, beside=OTHERS)
    visit.wait_drawn()
    press(visit, "Ouvrir l’exemple")
    visit.reads("Votre parcours")
    assert visit.axe() == []
    follow(visit, "Ouvrir, Le cadrage")
    assert visit.axe() == []
    home(visit)
    follow(visit, "Ouvrir, Le diagnostic")
    visit.wait_drawn()
    for name in visit.view.locator(".ap-tab").all_inner_texts()[1:]:
        chapter(visit, name)
        assert visit.view.locator(".ap-tab[aria-current]").inner_text() == name
        assert visit.view.locator(".ap-blocks :is(h2, h3, form)").count() > 0, name
        assert visit.axe() == [], name
    press(visit, "English")
    visit.page.wait_for_function("() => document.querySelector('.apprenance').lang === 'en'")
    visit.wait_drawn()
    press(visit, "Français")
    visit.page.wait_for_function("() => document.querySelector('.apprenance').lang === 'fr'")
    home(visit)
    name, content = take_along(visit)
    assert name.endswith(".apprenance")
    assert content.startswith(b"SQLite format 3")
    assert visit.ours() == []


def test_a_second_wave_a_year_later_is_compared_and_the_first_one_stays_as_it_was(voila, framed, lime):
    visit = voila(TOOLS / "2_questionnaire.ipynb", beside=[HOME, *OTHERS], asked={"workspace": framed})
    visit.wait_opened()
    keep_answers(visit, "results-2025.csv", lime("2025"), "2025")
    home(visit)
    follow(visit, "Ouvrir, Le diagnostic")
    first = profile(visit)
    home(visit)
    follow(visit, f"Ouvrir, {QUESTIONNAIRE}")
    keep_answers(visit, "results-2026.csv", lime("2026"), "2026")
    home(visit)
    follow(visit, "Ouvrir, Le diagnostic")
    before = visit.wait_drawn()
    wave = visit.view.get_by_label("Vague", exact=True)
    assert wave.locator("option").all_inner_texts() == ["2025", "2026"]
    wave.select_option("2025")
    visit.wait_drawn(after=before)
    again = profile(visit)
    assert again[0] == first[0], "what was told of the first wave is told again"
    assert set(first[1]) >= set(again[1]), "and nothing more of it"
    wave.select_option("2026")
    chapter(visit, "Différences")
    assert "2025" in visit.view.inner_text()
    assert visit.axe() == []
    assert visit.ours() == []
