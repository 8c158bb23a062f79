"""The map editor in a real browser: drawn in JupyterLab and in Voilà, found in Python, there again after reloading."""

import json
import time

import nbformat
import pytest

pytestmark = pytest.mark.thorough

PLACES = ["voila", "jupyterlab"]
CELL = """
import json
from pathlib import Path
from assessment.systems import map_document
from assessment.widgets import SystemsMap

kept = Path("kept.json")
editor = SystemsMap(document=json.loads(kept.read_text("utf-8")) if kept.exists() else None)

def keep(change):
    "What Python has: the graph it would work with, written as a document."
    kept.write_text(json.dumps(map_document(editor.graph)), "utf-8")

editor.observe(keep, "document")
editor
"""
READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"
SAVED = "() => document.querySelector('.ap-map-state')?.dataset.state === 'saved'"
DRAWN = """(label) => {
  const cy = document.querySelector('.ap-map-host')._cyreg.cy;
  const node = cy.nodes().filter((one) => one.data('label')?.replaceAll('\\n', ' ') === label)[0];
  if (!node) return null;
  const box = document.querySelector('.ap-map-host').getBoundingClientRect();
  const at = node.renderedPosition();
  return { x: box.left + at.x, y: box.top + at.y };
}"""


@pytest.fixture(params=PLACES)
def place(request, tmp_path):
    """Give a function that opens a notebook with an empty editor; what comes back can tell what Python has."""
    cells = [nbformat.v4.new_markdown_cell("# Carte"), nbformat.v4.new_code_cell(CELL.strip())]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"title": "Carte", "language": "fr"})
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = tmp_path / "carte.ipynb"
    nbformat.write(notebook, path)
    visit = request.getfixturevalue(request.param)
    server = request.getfixturevalue(f"{request.param}_server")

    def opened(**settings):
        shown = visit(path, height=1000, **settings)
        shown.page.wait_for_function(READY)
        homes = sorted(server.folder.iterdir(), key=lambda home: home.stat().st_mtime)
        kept = next(home for home in reversed(homes) if (home / "carte.ipynb").exists()) / "kept.json"
        shown.document = lambda: json.loads(kept.read_text("utf-8")) if kept.exists() else None
        return shown

    return opened


def tool(visit, name):
    visit.view.get_by_role("button", name=name, exact=True).click()


def click_map(visit, x, y):
    visit.view.locator(".ap-map-host").click(position={"x": x, "y": y})


def add(visit, kind, label, x, y):
    tool(visit, kind)
    click_map(visit, x, y)
    name = visit.view.locator(".ap-naming")
    name.wait_for()
    name.fill(label)
    name.press("Enter")


def place_of(visit, label):
    visit.page.wait_for_function(DRAWN, arg=label)
    visit.view.locator(".ap-map-host").scroll_into_view_if_needed()
    at = visit.page.evaluate(DRAWN, label)
    return at["x"], at["y"]


def drag_tie(visit, source, target):
    tool(visit, "Lien")
    (x, y), (to_x, to_y) = place_of(visit, source), place_of(visit, target)
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=6)
    visit.page.mouse.move(to_x, to_y, steps=6)
    visit.page.wait_for_function(
        "() => document.querySelector('.ap-map-host')._cyreg.cy.edges('.eh-preview').length > 0"
    )
    visit.page.mouse.up()


def in_python(visit, holds, seconds=30):
    """Wait until what Python has is as it should be."""
    visit.page.wait_for_function(SAVED)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = visit.document()
        if found is not None and holds(found):
            return found
        time.sleep(0.05)
    pytest.fail(f"Python has: {visit.document()}")


def labels(document):
    return [one["label"] for block in ("actors", "variables") for one in document[block]]


def test_a_map_is_drawn_connected_signed_undone_reloaded_and_found_in_python(place):
    visit = place()
    add(visit, "Acteur", "Maire", 150, 150)
    add(visit, "Variable", "Confiance", 400, 150)
    add(visit, "Variable", "Participation", 400, 350)
    drag_tie(visit, "Confiance", "Participation")
    drawn = in_python(visit, lambda found: len(found["ties"]) == 1)
    assert labels(drawn) == ["Maire", "Confiance", "Participation"]
    assert (drawn["ties"][0]["source"], drawn["ties"][0]["target"]) == ("confiance", "participation")
    assert drawn["ties"][0]["kind"] == "causes"
    assert "polarity" not in drawn["ties"][0]

    visit.view.get_by_role("radio", name="même sens").check(force=True)
    signed = in_python(visit, lambda found: found["ties"][0].get("polarity") == "+")
    assert signed["ties"][0]["id"] == drawn["ties"][0]["id"]

    visit.view.get_by_role("button", name="Annuler", exact=True).click()
    in_python(visit, lambda found: "polarity" not in found["ties"][0])
    visit.view.get_by_role("button", name="Rétablir", exact=True).click()
    in_python(visit, lambda found: found["ties"][0].get("polarity") == "+")

    visit.page.reload()
    visit.run()
    visit.page.wait_for_function(READY)
    assert visit.view.locator(".ap-map-counts").inner_text() == "1 acteur · 2 variables · 1 lien"
    place_of(visit, "Participation")
    assert visit.outside == []


def test_a_tie_is_drawn_by_touching_one_end_then_the_other_and_escape_puts_the_tool_back(place):
    visit = place()
    add(visit, "Acteur", "Maire", 150, 150)
    add(visit, "Acteur", "DGS", 400, 150)
    tool(visit, "Lien")
    for label in ("Maire", "DGS", "DGS", "DGS"):
        visit.page.mouse.click(*place_of(visit, label))
        visit.page.wait_for_timeout(350)  # two touches in haste would be a double touch
    found = in_python(visit, lambda kept: len(kept["ties"]) == 2)
    assert [(tie["source"], tie["target"], tie["kind"]) for tie in found["ties"]] == [
        ("maire", "dgs", "cooperates"),
        ("dgs", "dgs", "cooperates"),
    ]
    visit.page.keyboard.press("Escape")
    assert visit.view.get_by_role("button", name="Choisir", exact=True).get_attribute("aria-pressed") == "true"


def test_an_actor_is_dragged_where_it_stays_and_thrown_away_with_its_ties(place):
    visit = place()
    add(visit, "Acteur", "Maire", 150, 150)
    add(visit, "Acteur", "DGS", 400, 150)
    drag_tie(visit, "Maire", "DGS")
    before = in_python(visit, lambda kept: len(kept["ties"]) == 1)
    tool(visit, "Choisir")
    x, y = place_of(visit, "DGS")
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x + 60, y + 80, steps=8)
    visit.page.mouse.up()
    moved = in_python(visit, lambda kept: kept["actors"][1]["y"] != before["actors"][1]["y"])
    assert (moved["actors"][1]["x"], moved["actors"][1]["y"]) == (
        before["actors"][1]["x"] + 60,
        before["actors"][1]["y"] + 80,
    )
    visit.page.mouse.click(*place_of(visit, "DGS"))
    visit.page.keyboard.press("Delete")
    left = in_python(visit, lambda kept: len(kept["actors"]) == 1)
    assert left["ties"] == []


def test_the_editor_is_accessible_asks_nobody_outside_and_overflows_nowhere(place):
    for settings in ({}, {"dark": True}, {"width": 390}):
        visit = place(**settings)
        if "/lab/" in visit.page.url and "width" in settings:
            return  # JupyterLab's own panels leave a notebook no place on a phone
        add(visit, "Acteur", "Maire", 100, 100)
        add(visit, "Variable", "Confiance", 200, 200)
        in_python(visit, lambda kept: len(labels(kept)) == 2)
        assert visit.axe() == [], settings
        assert visit.overflow() == 0, settings
        assert visit.outside == []


def test_a_finger_draws_as_well_as_a_mouse(map_page):
    visit = map_page("empty", has_touch=True, width=820, height=1100)
    visit.document = lambda: visit.widget.document
    for label, x, y in (("Confiance", 150, 150), ("Participation", 450, 300)):
        visit.view.get_by_role("button", name="Variable", exact=True).tap()
        visit.view.locator(".ap-map-host").tap(position={"x": x, "y": y})
        visit.view.locator(".ap-naming").fill(label)
        visit.view.locator(".ap-naming").press("Enter")
    visit.view.get_by_role("button", name="Lien", exact=True).tap()
    for label in ("Confiance", "Participation"):
        visit.page.touchscreen.tap(*place_of(visit, label))
        visit.page.wait_for_timeout(350)  # two touches in haste would be a double touch
    found = in_python(visit, lambda map_: map_.get("ties"))
    assert [(tie["source"], tie["target"]) for tie in found["ties"]] == [("confiance", "participation")]
    visit.view.get_by_role("button", name="Choisir", exact=True).tap()
    before = found["variables"][1]
    x, y = place_of(visit, "Participation")
    finger = visit.page.context.new_cdp_session(visit.page)
    for kind, step in (("touchStart", 0), ("touchMove", 1), ("touchMove", 2), ("touchMove", 3)):
        at = {"x": x + 20 * step, "y": y + 30 * step}
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    after = in_python(visit, lambda map_: map_["variables"][1]["y"] != before["y"])["variables"][1]
    assert abs(after["x"] - before["x"] - 60) <= 2
    assert abs(after["y"] - before["y"] - 90) <= 2
