"""The map's table and its panel of what is chosen, in a real browser: all of a map without touching the drawing.

The page is the one of ``js/harness`` (no Jupyter): the package's own Python answers it.
"""

import json

import pytest

from assessment.systems import map_document

pytestmark = pytest.mark.thorough

LOOK = "(view) => model.set('view', {...model.get('view'), ...view})"
SAID = "(text) => document.querySelector('.ap-map > [role=status]').textContent.includes(text)"
FOCUSED = "(name) => document.activeElement.getAttribute('aria-label') === name"
HOSTILE = [
    "<script>window.harmed = 1</script>",
    '"><img src=x onerror="window.harmed = 1">',
    "<svg onload=window.harmed=1>",
    "javascript:window.harmed=1",
    "\u202eeriaM",
    "{{constructor.constructor('window.harmed=1')()}}",
    "x" * 10_000,
    "",
]


@pytest.fixture
def table(map_page):
    """Give a function that opens a map with its table; what comes back can tell what Python has."""

    def opened(name="empty", **settings):
        visit = map_page(name, **settings)
        visit.page.evaluate(LOOK, {"table": True})
        visit.sheet = visit.page.locator("[role=tabpanel]:not([hidden]) .ap-sheet-live")
        visit.rows = visit.sheet.locator("tbody tr")
        visit.sheet.wait_for()
        return visit

    return opened


def in_python(visit, holds):
    """Wait until what Python has is as it should be."""
    for _ in range(600):
        if holds(found := map_document(visit.widget.graph)):
            return found
        visit.page.wait_for_timeout(20)
    pytest.fail(json.dumps(found))


def said(visit, text):
    visit.page.wait_for_function(SAID, arg=text)


def add(visit, *labels):
    name = visit.sheet.get_by_label("Nom du nouvel élément")
    for label in labels:
        name.fill(label)
        name.press("Enter")
        said(visit, label)


def file_of(folder, **blocks):
    path = folder / "test.map.json"
    empty = {key: [] for key in ("actors", "variables", "ties", "participants", "loops")}
    path.write_text(json.dumps({"format": "apprenance-map", "version": 1, "name": "", **empty, **blocks}), "utf-8")
    return path


def test_a_whole_map_is_made_from_the_table_with_the_keyboard_alone(table):
    visit = table()
    keys = visit.page.keyboard
    add(visit, "Maire", "DGS")
    visit.page.get_by_role("tab", name="Éléments").focus()
    keys.press("ArrowRight")
    visit.sheet.get_by_label("De", exact=True).focus()
    keys.type("mai")
    keys.press("Tab")
    keys.type("infor")
    keys.press("ArrowDown")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("dgs")
    keys.press("Enter")
    keys.press("Enter")
    said(visit, "Lien ajouté\u00a0: Maire informe DGS.")
    weight = visit.sheet.get_by_label("Poids, Maire informe DGS")
    weight.focus()
    keys.type("0,8")
    keys.press("Tab")
    said(visit, "poids\u00a0: 0,8")
    found = in_python(visit, lambda map_: len(map_["ties"]) == 1 and "weight" in map_["ties"][0])
    assert [one["label"] for one in found["actors"]] == ["Maire", "DGS"]
    assert found["ties"] == [{"id": "t1", "source": "maire", "target": "dgs", "kind": "informs", "weight": 0.8}]


def test_what_python_would_refuse_is_said_where_it_is_typed_and_escape_goes_back(table):
    visit = table()
    add(visit, "Maire")
    influence = visit.sheet.get_by_label("Influence, Maire")
    influence.fill("1,5")
    influence.press("Enter")
    said(visit, "Écrivez un nombre de 0 à 1")
    assert influence.get_attribute("aria-invalid") == "true"
    assert visit.axe() == []
    influence.press("Escape")
    assert (influence.input_value(), influence.get_attribute("aria-invalid")) == ("", None)
    assert "influence" not in in_python(visit, lambda map_: len(map_["actors"]) == 1)["actors"][0]


def test_an_own_word_is_kept_and_an_emptied_field_is_not_known(table):
    visit = table()
    add(visit, "Maire")
    role = visit.sheet.get_by_label("Rôle, Maire")
    role.fill("marraine")
    role.press("Enter")
    in_python(visit, lambda map_: map_["actors"][0].get("role") == "marraine")
    role.fill("elus")
    role.press("Enter")
    in_python(visit, lambda map_: map_["actors"][0].get("role") == "elected")
    role.fill("")
    role.press("Enter")
    in_python(visit, lambda map_: "role" not in map_["actors"][0])


def test_a_deleted_row_takes_its_ties_along_and_comes_back(table):
    visit = table("valclair")
    before = in_python(visit, lambda map_: len(map_["actors"]) == 32)
    visit.sheet.get_by_role("button", name="Supprimer Conseil municipal").click()
    said(visit, "Acteur supprimé\u00a0: Conseil municipal, avec 2 liens.")
    visit.page.wait_for_function(FOCUSED, arg="Supprimer Délégation travaux")
    in_python(visit, lambda map_: len(map_["actors"]) == 31)
    visit.sheet.get_by_role("button", name="Annuler").click()
    assert in_python(visit, lambda map_: len(map_["actors"]) == 32) == before


def test_what_comes_from_elsewhere_leaves_focus_and_typed_text_in_peace(table):
    visit = table()
    add(visit, "Maire", "DGS")
    in_python(visit, lambda map_: len(map_["actors"]) == 2)
    name = visit.sheet.get_by_label("Nom, DGS")
    name.fill("Directeur général")
    document = map_document(visit.widget.graph)
    first, second = document["actors"]
    late = {**document, "actors": [{"id": "new", "label": "Avant"}, {**first, "rank": 1}, {**second, "rank": 2}]}
    visit.widget.document = late
    visit.page.evaluate("void model.send({open: true, view: 'elsewhere'})")  # the harness tells news when it is asked
    visit.sheet.get_by_label("Nom, Avant").wait_for()
    assert name.input_value() == "Directeur général"
    assert name.evaluate("(field) => field.matches(':focus')")
    name.press("Enter")
    kept = in_python(visit, lambda map_: map_["actors"][2]["label"] == "Directeur général")
    assert kept["actors"][2]["rank"] == 2


def test_what_is_chosen_in_the_table_is_chosen_everywhere_and_shown_in_the_panel(table):
    visit = table("valclair")
    panel = visit.page.locator(".ap-inspector")
    assert panel.get_by_role("heading").first.inner_text() == "Valclair, atelier de mars 2026"
    visit.sheet.get_by_label("Choisir Maire", exact=True).check()
    assert panel.get_by_role("heading").first.inner_text() == "Maire"
    visit.sheet.get_by_label("Choisir CCAS", exact=True).check()
    assert panel.get_by_role("heading").first.inner_text() == "2 choisis"
    unit = panel.get_by_role("combobox", name="Service")
    unit.fill("Ensemble")
    unit.press("Enter")
    said(visit, "2 éléments, service\u00a0: Ensemble.")
    found = in_python(visit, lambda map_: map_["actors"][0].get("unit") == "Ensemble")
    assert [one["id"] for one in found["actors"] if one.get("unit") == "Ensemble"] == ["maire", "ccas"]
    assert visit.widget.selection == ["maire", "ccas"]


def test_a_tie_that_becomes_a_relation_has_no_sign_any_more(table):
    visit = table("valclair")
    visit.page.evaluate("model.set('selection', ['c02'])")
    panel = visit.page.locator(".ap-inspector")
    panel.get_by_role("radio", name="sens inverse").check(force=True)
    in_python(visit, lambda map_: next(tie for tie in map_["ties"] if tie["id"] == "c02")["polarity"] == "-")
    kind = panel.get_by_role("combobox", name="Nature")
    kind.fill("informe")
    kind.press("Enter")
    found = in_python(visit, lambda map_: next(tie for tie in map_["ties"] if tie["id"] == "c02")["kind"] == "informs")
    assert "polarity" not in next(tie for tie in found["ties"] if tie["id"] == "c02")
    assert panel.get_by_role("radio", name="sens inverse").count() == 0


def test_search_sort_and_pages_say_what_they_do(table):
    visit = table("valclair")
    visit.page.get_by_role("tab", name="Liens").click()
    assert visit.rows.count() == 50
    weight = visit.sheet.get_by_role("columnheader", name="Poids")
    weight.get_by_role("button").click()
    said(visit, "Tri croissant\u00a0: Poids.")
    assert weight.get_attribute("aria-sort") == "ascending"
    visit.sheet.get_by_role("button", name="Page suivante").click()
    said(visit, "Page 2 sur 2")
    assert visit.rows.count() == 45
    visit.sheet.get_by_label("Chercher").fill("decide finances")
    said(visit, "trouvée")
    assert 0 < visit.rows.count() < 50


@pytest.mark.parametrize("settings", [{}, {"dark": True}, {"width": 390}, {"language": "en", "width": 640}])
def test_the_table_and_the_panel_are_accessible_and_overflow_nowhere(table, settings):
    visit = table("valclair", **settings)
    visit.page.evaluate("model.set('selection', ['c02'])")
    assert visit.axe() == []
    visit.page.get_by_role("tab").filter(has_text="95").click()
    assert visit.axe() == []
    field = visit.sheet.get_by_role("combobox").first
    field.click()
    visit.page.get_by_role("listbox").wait_for()
    assert visit.axe() == []
    field.press("Escape")
    visit.page.evaluate("model.set('selection', ['maire', 'ccas', 'c02'])")
    assert visit.axe() == []
    assert visit.overflow() == 0
    assert (visit.outside, visit.errors) == ([], [])


def test_hostile_labels_are_text(table, tmp_path):
    actors = [{"id": f"a{number}", "label": text, "unit": text[:200]} for number, text in enumerate(HOSTILE)]
    ties = [{"id": "t", "source": "a0", "target": "a1", "kind": HOSTILE[1]}]
    visit = table(file_of(tmp_path, actors=actors, ties=ties))
    assert visit.rows.count() == len(HOSTILE)
    for ids in (["a0"], ["a6"], ["t"], ["a0", "a1", "t"]):
        visit.page.evaluate("(ids) => model.set('selection', ids)", ids)
    visit.page.get_by_role("tab", name="Liens").click()
    visit.sheet.get_by_role("combobox").first.click()
    assert visit.page.get_by_role("listbox").get_by_role("option").count() == len(HOSTILE)
    assert visit.page.evaluate("window.harmed") is None
    assert visit.overflow() == 0
    assert (visit.outside, visit.errors) == ([], [])


def test_two_thousand_actors_and_six_thousand_ties_stay_in_pages_of_fifty(table, tmp_path):
    actors = [
        {"id": f"a{one}", "label": f"Acteur {one}", "x": one % 50 * 90, "y": one // 50 * 90} for one in range(2000)
    ]
    ties = [
        {"id": f"t{one}", "source": f"a{one % 2000}", "target": f"a{one * 7 % 2000}", "kind": "informs"}
        for one in range(6000)
    ]
    visit = table(file_of(tmp_path, actors=actors, ties=ties))
    visit.page.get_by_role("tab", name="Liens").click()
    assert visit.rows.count() == 50
    visit.sheet.get_by_label("Chercher").fill("acteur 1999")
    said(visit, "6 lignes trouvées")
    assert visit.rows.count() == 6
