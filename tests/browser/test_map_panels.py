"""The panels of the map editor in a real browser, answered by the package's own Python, without Jupyter."""

import json

import pytest

pytestmark = pytest.mark.thorough

SAVED = "() => document.querySelector('.ap-map-state')?.dataset.state === 'saved'"
DRAWING = "document.querySelector('.ap-map-host')._cyreg.cy"
LIT = f"() => {DRAWING}.elements('.hot').map((one) => one.id().slice(2)).sort()"
FILLED = f"() => {DRAWING}.nodes('[gauge]').length"
INSIDE = "() => document.activeElement === document.body || document.activeElement.closest('dialog') !== null"
SAID = "(text) => document.querySelector('.ap-map > [aria-live=polite]').textContent.includes(text)"
PANELS = ("loops", "reading", "scenario", "people", "history")
WORDS = {
    "loops": "Boucles",
    "reading": "Lectures",
    "scenario": "Scénario",
    "people": "Participants",
    "history": "Historique",
}


class Shelf:
    """A place where versions are kept, as long as the test lasts."""

    def __init__(self):
        self.document, self.kept = None, []

    def load(self):
        return self.document

    def save(self, document, revision):
        self.document = json.loads(json.dumps(document))

    def snapshot(self, label):
        self.kept.insert(0, (f"s{len(self.kept) + 1}", label, self.document))
        return self.kept[0][0]

    def snapshots(self):
        sizes = ("actors", "variables", "ties")
        return [
            {"id": id_, "when": "2026-03-01T09:30:00", "label": label, "name": kept["name"]}
            | {block: len(kept[block]) for block in sizes}
            for id_, label, kept in self.kept
        ]

    def at(self, id_):
        return next(kept for one, _, kept in self.kept if one == id_)


@pytest.fixture
def editor(map_page):
    return map_page


def causal(*links, loops=()):
    """A map of variables named by letters, from links such as "a+b"."""
    letters = sorted({letter for link in links for letter in (link[0], link[-1])})
    return {
        "format": "apprenance-map",
        "version": 1,
        "name": "Petite carte",
        "variables": [
            {"id": letter, "label": letter.upper(), "x": 160 * place, "y": 90 * (place % 2)}
            for place, letter in enumerate(letters)
        ],
        "ties": [
            {"id": f"t{link}", "source": link[0], "target": link[-1], "kind": "causes", "polarity": link[1]}
            for link in links
        ],
        "loops": list(loops),
    }


def open_panel(visit, name):
    visit.view.get_by_role("tab", name=WORDS[name], exact=True).click()
    return visit.view.get_by_role("tabpanel", name=WORDS[name], exact=True)


def change(visit, *changes):
    """Somebody else changes the map: in Python, while it is shown."""
    from assessment.systems.changes import make_changes

    visit.widget.document, _ = make_changes(visit.widget.document, changes)
    visit.page.evaluate("() => window.model.send({ open: true, view: 'wake' })")  # the page fetches what waits for it


def test_a_loop_appears_once_it_closes_lights_up_is_named_and_goes_when_it_opens(editor):
    visit = editor(causal("a+b", "b+c"))
    panel = open_panel(visit, "loops")
    panel.get_by_text("Une boucle est un chemin").wait_for()
    change(
        visit,
        {
            "do": "add",
            "block": "ties",
            "values": {"id": "t", "source": "c", "target": "a", "kind": "causes", "polarity": "-"},
        },
    )
    row = panel.get_by_role("button", name="B1 ")
    row.wait_for()
    assert "nouvelle" in row.inner_text()
    visit.page.wait_for_function(SAID, arg="Nouvelle boucle B1")

    row.focus()
    visit.page.keyboard.press("Enter")
    assert row.get_attribute("aria-expanded") == "true"
    assert visit.page.evaluate(LIT) == ["a", "b", "c", "t", "ta+b", "tb+c"]
    panel.get_by_role("button", name="Nommer cette boucle").click()
    visit.page.keyboard.type("Le ressort")
    visit.page.keyboard.press("Enter")
    panel.get_by_role("button", name="Le ressort").wait_for()
    visit.page.wait_for_function(SAVED)
    assert visit.widget.document["loops"] == [
        {"id": "b1", "name": "Le ressort", "nodes": ["a", "b", "c"], "kind": "balancing"}
    ]

    row = panel.get_by_role("button", name="Le ressort")
    if row.get_attribute("aria-expanded") == "false":
        row.click()
    row.click()
    assert visit.page.evaluate(LIT) == []
    change(visit, {"do": "remove", "block": "loops", "id": "b1"}, {"do": "remove", "block": "ties", "id": "t"})
    panel.get_by_text("Une boucle est un chemin").wait_for()


def test_loops_are_filtered_by_what_they_do(editor):
    visit = editor(causal("a+b", "b+a", "c+d", "d-c"))
    panel = open_panel(visit, "loops")
    panel.get_by_text("2 boucles").wait_for()
    panel.get_by_role("button", name="Freinent (1)").click()
    assert panel.locator(".ap-loop").count() == 1
    assert panel.locator(".ap-loop .ap-badge-loop").get_attribute("data-kind") == "balancing"
    assert panel.get_by_text("1 sur 2").count() == 1


def test_a_reading_is_chosen_told_lit_and_taken_off(editor):
    visit = editor()
    panel = open_panel(visit, "reading")
    panel.get_by_label("Lire la carte").select_option("micmac")
    title = panel.locator(".ap-reading-title:visible")
    title.wait_for()
    item = panel.locator(".ap-item-button:visible:enabled").first
    item.click()
    assert item.get_attribute("aria-pressed") == "true"
    assert visit.page.evaluate(LIT) != []
    panel.get_by_text("Voir en tableau").click()
    assert panel.locator("table:visible tbody tr").count() > 3
    assert visit.axe() == []
    panel.get_by_role("button", name="Tout retirer de la carte").click()
    assert panel.locator(".ap-reading-title:visible").count() == 0
    assert visit.page.evaluate(LIT) == []
    assert panel.get_by_label("Lire la carte").evaluate("(one) => one === document.activeElement")


def test_a_scenario_is_pushed_by_keyboard_played_held_and_reset(editor):
    visit = editor(causal("a+b", "b-c"), reduced_motion="reduce")
    panel = open_panel(visit, "scenario")
    panel.get_by_label("A", exact=True).focus()
    visit.page.keyboard.press("ArrowRight")
    panel.locator(".ap-trajectory-title").wait_for()
    assert panel.locator(".ap-trajectory").count() == 2  # what follows, not what is pushed
    assert panel.get_by_label("A", exact=True).get_attribute("aria-valuetext") == "poussée de +0,1"
    player = panel.get_by_role("slider", name="Étape")
    assert player.input_value() == player.get_attribute("max")  # nothing plays by itself where motion is unwelcome
    assert visit.page.evaluate(FILLED) == 3
    player.focus()
    visit.page.keyboard.press("Home")
    assert panel.get_by_text("étape 0 sur").count() == 1
    panel.get_by_text("Voir en tableau").click()
    rows = panel.locator("table:visible tbody tr").all_inner_texts()
    assert len(rows) == 3
    assert any(row.startswith("C") and "−" in row for row in rows)  # more of A, more of B, so less of C
    panel.get_by_role("button", name="Maintenir «\u202fB\u202f» à une valeur").click()
    assert panel.get_by_label("B", exact=True).get_attribute("max") == "1"
    panel.get_by_role("button", name="Tout remettre à zéro").click()
    assert panel.locator(".ap-trajectory-title:visible").count() == 0
    assert visit.page.evaluate(FILLED) == 0


def test_a_participant_answers_the_three_questions_and_everyone_sees_what_is_shared(editor):
    visit = editor()
    panel = open_panel(visit, "people")
    panel.get_by_label("Rôle").first.select_option("agent")
    panel.get_by_role("button", name="Ajouter", exact=True).click()
    panel.get_by_role("button", name="Dessiner pour p9").click()
    assert panel.get_by_role("button", name="Dessiner pour p9").get_attribute("aria-pressed") == "true"
    panel.get_by_role("combobox", name="Sur la carte, cette personne travaille à").fill("urba")
    visit.page.keyboard.press("Enter")
    panel.get_by_role("combobox", name="Je travaille pour").fill("maire")
    visit.page.keyboard.press("Enter")
    panel.get_by_role("combobox", name="Je travaille pour").fill("Conseil des jeunes")
    visit.page.keyboard.press("Enter")
    assert panel.locator(".ap-chip:visible").count() == 2
    panel.get_by_role("button", name="Question suivante").click()
    visit.page.keyboard.type("Des règles claires")
    panel.get_by_role("button", name="Question suivante").click()
    panel.get_by_role("combobox", name="Je travaille avec").fill("ccas")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function(SAVED)

    found = visit.widget.document
    person = found["participants"][-1]
    assert person == {"id": "p9", "role": "agent", "actor": "urbanisme", "mission": "Des règles claires"}
    drawn = [tie for tie in found["ties"] if "p9" in tie.get("participants", ())]
    assert [(tie["source"], tie["kind"], tie.get("formal")) for tie in drawn] == [
        ("urbanisme", "works_for", None),
        ("urbanisme", "works_for", None),
        ("urbanisme", "cooperates", False),
    ]
    assert found["actors"][-1]["label"] == "Conseil des jeunes"
    assert visit.axe() == []

    panel.get_by_role("button", name="Tous les participants").click()
    panel.get_by_role("button", name="Ce que tous voient").click()
    panel.locator(".ap-reading-title:visible").wait_for()


def test_a_tie_that_is_chosen_is_seen_by_one_more(editor):
    visit = editor()
    tie = visit.widget.document["ties"][0]
    assert "p8" not in tie["participants"]
    visit.page.evaluate("() => model.set('view', { panel: 'people', drawing_as: 'p8' })")
    visit.page.evaluate("(id) => model.set('selection', [id])", tie["id"])
    visit.view.get_by_role("button", name="p8 le voit aussi").click()
    visit.page.wait_for_function(SAVED)
    assert visit.widget.document["ties"][0]["participants"] == [*tie["participants"], "p8"]


def test_what_could_not_be_saved_is_told_and_stays_in_sight_until_it_is(editor, monkeypatch):
    from assessment.widgets import systems_map

    shelf, plain = Shelf(), systems_map.SystemsMap
    monkeypatch.setattr(systems_map, "SystemsMap", lambda **traits: plain(store=shelf, **traits))
    visit = editor(causal("a+b"))
    state = "(state) => document.querySelector('.ap-map-state').dataset.state === state"
    save, full = shelf.save, OSError("disque plein")

    def refuse(document, revision):
        raise full

    for keep, label, shown in ((refuse, "Zèle", "unsaved"), (save, "Élan", "saved")):
        monkeypatch.setattr(shelf, "save", keep)
        change(visit, {"do": "set", "block": "variables", "id": "a", "values": {"label": label}})
        visit.page.wait_for_function(state, arg=shown)
    assert "disque plein" in visit.view.locator(".ap-message-error").inner_text()
    assert shelf.document["variables"][0]["label"] == "Élan"


def test_two_pages_that_saved_the_same_map_are_told_and_choose_between_the_versions(editor, monkeypatch, tmp_path):
    from assessment.widgets import systems_map
    from assessment.workspace import MapStore, open_workspace

    workspace, plain = open_workspace(tmp_path / "a.apprenance", create=True), systems_map.SystemsMap
    monkeypatch.setattr(systems_map, "SystemsMap", lambda **traits: plain(store=MapStore(workspace, "eau"), **traits))
    visit = editor(causal("a+b"))
    meeting = visit.view.get_by_role("region", name="Deux versions de la carte")
    assert meeting.count() == 0
    other = MapStore(workspace, "eau")
    for label, choice, kept in (("Zèle", "Prendre l’autre version", "Venu"), ("Élan", "Garder la mienne", "Élan")):
        theirs = other.load()
        theirs["variables"][0]["label"] = "Venu d’ailleurs"
        theirs["name"] = label
        other.save(theirs)
        change(visit, {"do": "set", "block": "variables", "id": "a", "values": {"label": label}})
        meeting.wait_for()
        meeting.get_by_role("button", name="Comparer").click()
        visit.view.get_by_text("Venu d’ailleurs").first.wait_for()
        assert visit.axe() == []
        visit.page.screenshot(path=tmp_path / f"{kept}.png")
        meeting.get_by_role("button", name=choice).click()
        meeting.wait_for(state="hidden")
        assert MapStore(workspace, "eau").load()["variables"][0]["label"].startswith(kept)


def test_versions_are_kept_compared_and_come_back_to(editor, monkeypatch):
    from assessment.widgets import systems_map

    plain = systems_map.SystemsMap
    monkeypatch.setattr(systems_map, "SystemsMap", lambda **traits: plain(store=Shelf(), **traits))
    visit = editor(causal("a+b"))
    panel = open_panel(visit, "history")
    panel.get_by_text("Aucune version gardée").wait_for()
    panel.get_by_label("Nom de cette version").fill("Avant")
    visit.page.keyboard.press("Enter")
    panel.get_by_text("1 mars 2026 à 09:30").first.wait_for()
    change(visit, {"do": "add", "block": "variables", "values": {"id": "z", "label": "Zèle", "x": 0, "y": 300}})
    visit.page.wait_for_function("() => document.querySelector('.ap-map-counts').textContent.includes('3 variables')")
    panel.get_by_role("button", name="Y revenir").click()
    visit.page.wait_for_function("() => document.querySelector('.ap-map-counts').textContent.includes('2 variables')")
    visit.view.get_by_role("button", name="Annuler", exact=True).click()
    visit.page.wait_for_function("() => document.querySelector('.ap-map-counts').textContent.includes('3 variables')")
    assert visit.axe() == []


def test_without_a_workspace_the_history_says_where_the_map_is(editor):
    panel = open_panel(editor("empty"), "history")
    assert "Exporter" in panel.inner_text()
    assert panel.get_by_role("button").count() == 0


def test_loops_are_presented_one_after_another_and_escape_gives_the_focus_back(editor):
    visit = editor(causal("a+b", "b+a", "c+d", "d-c"))
    present = visit.view.get_by_role("button", name="Présenter", exact=True)
    present.focus()
    visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_role("dialog")
    dialog.get_by_text("1 / 3").wait_for()
    assert "Petite carte" in dialog.inner_text()
    assert dialog.locator(".ap-map-frame").count() == 1
    visit.page.keyboard.press("ArrowDown")
    assert dialog.get_by_text("2 / 3").count() == 1
    visit.page.keyboard.press("ArrowRight")
    assert dialog.locator(".ap-present-step").count() == 2
    assert len(visit.page.evaluate(LIT)) == 3  # two elements and the link told
    for _ in range(2):
        visit.page.keyboard.press("ArrowRight")
    assert dialog.locator(".ap-present-end:visible").count() == 1
    assert visit.axe() == []
    for _ in range(20):
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate(INSIDE)
    visit.page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    assert present.evaluate("(one) => one === document.activeElement")
    assert visit.view.locator(".ap-map-stage .ap-map-frame").count() == 1
    assert visit.page.evaluate(LIT) == []


@pytest.mark.parametrize("settings", [{}, {"dark": True}, {"width": 390}, {"width": 680, "language": "en"}])
def test_every_panel_is_accessible_asks_nobody_outside_and_overflows_nowhere(editor, settings):
    visit = editor(**settings)
    for name in PANELS:
        visit.page.evaluate("([panel]) => model.set('view', { ...model.get('view'), panel })", [name])
        visit.page.wait_for_timeout(300)
        assert visit.axe() == [], (name, settings)
        assert visit.overflow() == 0, (name, settings)
    assert visit.outside == []
    assert visit.errors == []
