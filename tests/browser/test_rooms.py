"""The rooms of the diagnostic in a real browser: texts, the level by the group, other organisations.

The page stands without Jupyter, answered by the package's own Python; screenshots lie in ``screenshots/rooms``.
"""

import json

import pytest

from assessment.framework import load_framework

pytestmark = pytest.mark.thorough

CHAPTERS = {
    "fr": {"texts": "Textes", "group": "Niveau par le groupe", "elsewhere": "Ailleurs"},
    "en": {"texts": "Texts", "group": "Level by the group", "elsewhere": "Elsewhere"},
}
HOSTILE = '<img src=x onerror="window.harmed = true">'
LONG = "Communauté d’agglomération du Pays de Valclair et des Trois Vallées réunies"


@pytest.fixture
def enter(browse, map_server):
    """Give a function that opens a chapter of the example's diagnostic: `enter("texts", dark=True, width=390)`."""

    def opened(chapter, language="fr", dark=False, **settings):
        address = map_server[1].replace("index.html", "tool.html")
        theme = "dark" if dark else "light"
        visit = browse(f"{address}?app=diagnostic&language={language}&theme={theme}", scope=".apprenance", **settings)
        before = visit.wait_drawn()
        visit.view.get_by_role("button", name=CHAPTERS[language][chapter], exact=True).click()
        visit.wait_drawn(after=before)
        return visit

    return opened


def press(visit, name, nth=0):
    """Press a button, and wait for the page that answers."""
    before = visit.wait_drawn()
    visit.view.get_by_role("button", name=name, exact=True).nth(nth).click()
    visit.wait_drawn(after=before)


def fits(visit):
    """Say that nothing is wider than the page, and that nothing complained or asked outside."""
    assert visit.overflow() == 0
    assert visit.outside == []
    assert visit.errors == []
    return True


def read_texts(visit):
    press(visit, "Lire les textes avant de les montrer")
    field = visit.view.get_by_role("textbox").first
    field.fill(f"{HOSTILE} [une collègue] a aidé l’équipe.")
    press(visit, "Montrer")
    press(visit, "Ne pas montrer")
    for _ in range(4):
        press(visit, "Montrer")


def choose_levels(visit, people=3):
    visit.view.get_by_label("Combien de personnes choisissent").fill(str(people))
    press(visit, "Commencer les choix")
    for person in range(people):
        forms = visit.view.get_by_role("radiogroup")
        for place in range(forms.count()):
            forms.nth(place).get_by_role("radio").nth(1 + (person + place) % 3).check()
        for place, fact in enumerate(visit.view.get_by_role("textbox").all()):
            fact.fill(f"{HOSTILE} Fait {person} {place}")
        press(visit, "Garder et cacher mes choix")


def agree(visit):
    press(visit, "Ouvrir les choix")
    for level in ("scattered", "started", "organised", "shared", "learning"):
        menu = visit.view.get_by_role("combobox", name="Niveau retenu par le groupe").first
        menu.select_option(level)
        press(visit, "Retenir ce niveau")


def norms():
    """Write norms for every dimension of the reference framework."""
    framework = load_framework("collectivite-apprenante")
    lines = ["framework,version,dimension,perspective,items,organisations,median,q25,q75,source"]
    for place, one in enumerate(framework.dimensions):
        many, middle = (4 if place == 3 else 24), 40 + 2 * place
        items = len(framework.scored_items(one.id))
        for perspective in one.perspectives or framework.perspectives:
            ends = f"{middle},{middle - 5},{middle + 6}"
            lines.append(f"collectivite-apprenante,1,{one.id},{perspective},{items},{many},{ends},Étude d’essai")
    return "\n".join(lines).encode()


def scores():
    """Write another authority's released scores."""
    framework = load_framework("collectivite-apprenante")
    rows, items = [], []
    for place, one in enumerate(framework.dimensions):
        key = {"dimension": one.id, "perspective": "reality"}
        score = 35 + 3 * place
        rows.append({**key, "n": 80, "mean": 1 + score / 25, "score": score, "se": 0.06})
        items += [{**key, "item": item.id} for item in framework.scored_items(one.id)]
    tree = {"framework": "collectivite-apprenante", "version": "1", "wave": "2026", "min_group": 10}
    return json.dumps(tree | {"dimensions": rows, "items": items}).encode()


def bring(visit, name, content, place):
    before = visit.wait_drawn()
    visit.bring(name, content, place)
    visit.wait_drawn(after=before)


def bring_both(visit):
    bring(visit, f"{LONG}.json", scores(), 0)
    bring(visit, "normes.csv", norms(), 1)


STATES = {
    "texts": [lambda visit: None, read_texts, lambda visit: press(visit, "Voir ce qui est montré")],
    "group": [lambda visit: None, choose_levels, agree],
    "elsewhere": [lambda visit: None, bring_both],
}


@pytest.mark.parametrize(
    "look", [{}, {"dark": True}, {"width": 390, "height": 844}, {"width": 320, "height": 640}], ids=str
)
@pytest.mark.parametrize("room", STATES)
def test_every_state_of_a_room_is_accessible_and_no_wider_than_the_page(enter, room, look):
    visit = enter(room, **look)
    name = "dark" if look.get("dark") else str(look.get("width", "light"))
    for number, go in enumerate(STATES[room]):
        go(visit)
        visit.shoot(f"rooms/{room}_{number}_{name}", full_page=True)
        assert visit.axe() == []
        assert fits(visit)
    assert not visit.page.evaluate("window.harmed")


def test_texts_are_read_with_the_keyboard_alone_and_the_last_choice_is_taken_back(enter):
    visit = enter("texts")
    before = visit.wait_drawn()
    visit.view.get_by_role("button", name="Lire les textes avant de les montrer").focus()
    visit.page.keyboard.press("Enter")
    before = visit.wait_drawn(after=before)
    box = visit.view.get_by_role("textbox").first
    first = box.input_value()
    visit.view.get_by_role("button", name="Montrer", exact=True).focus()
    visit.page.keyboard.press("Enter")
    before = visit.wait_drawn(after=before)
    assert visit.view.get_by_role("textbox").first.input_value() != first
    assert visit.page.evaluate("document.activeElement.textContent") == "Montrer"  # the next text is one key away
    press(visit, "Annuler")
    assert visit.view.get_by_role("textbox").first.input_value() == first


def test_words_are_looked_for_as_they_are_typed(enter):
    visit = enter("texts")
    read_texts(visit)
    press(visit, "Voir ce qui est montré")
    before = visit.wait_drawn()
    visit.view.get_by_label("Mots à chercher").fill("EQUIPE.")
    visit.wait_drawn(after=before)
    (found,) = visit.view.locator("tbody tr").all_inner_texts()
    assert HOSTILE in found


def test_while_people_choose_the_next_person_finds_an_empty_form(enter):
    visit = enter("group")
    visit.view.get_by_label("Combien de personnes choisissent").fill("3")
    press(visit, "Commencer les choix")
    visit.view.get_by_role("radiogroup").first.get_by_role("radio").nth(2).check()
    visit.view.get_by_role("textbox").first.fill("Un fait que personne d’autre ne lit")
    press(visit, "Garder et cacher mes choix")
    assert visit.view.get_by_role("radio", checked=True).count() == 0
    assert [box.input_value() for box in visit.view.get_by_role("textbox").all()] == [""] * 5
    assert "Un fait que personne" not in visit.view.inner_text()


def test_a_file_is_removed_and_brought_back(enter):
    visit = enter("elsewhere")
    bring_both(visit)
    charts = visit.view.locator(".ap-chart svg").count()
    press(visit, f"Retirer, {LONG}")  # a row of a list says of what, for who only listens
    assert visit.view.locator(".ap-chart svg").count() < charts
    press(visit, "Annuler")
    assert visit.view.locator(".ap-chart svg").count() == charts


@pytest.mark.parametrize("room", STATES)
def test_a_room_is_read_in_english_too(enter, room):
    visit = enter(room, language="en")
    visit.shoot(f"rooms/{room}_english", full_page=True)
    # what respondents wrote stays in the language they wrote it in
    own = " ".join(visit.view.locator("button, label, p, h2, h3, thead th").all_inner_texts())
    assert not any(word in own for word in ("Télécharger", "Retirer", "Montrer", "répondants"))
