"""A map made of forty hostile labels is only a map: nothing runs, nothing is fetched, nothing leaves its place."""

import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

CELL = """
import json
from pathlib import Path
from assessment.widgets import SystemsMap
SystemsMap(document=json.loads(Path("hostile.map.json").read_text("utf-8")))
"""
READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"
FOREIGN = "script, img, iframe, object, embed, link, style, base, video, audio, a[href], foreignObject"
HANDLERS = """() => [...document.querySelectorAll('.apprenance *')].filter((one) =>
  [...one.attributes].some(({ name }) => name.startsWith('on'))).length"""
CHOOSE = """async (at) => {
  const { cy } = document.querySelector('.ap-map-host')._cyreg;
  const all = cy.elements("[type != 'unit']");
  cy.elements().unselect();
  all[at].select();
  await new Promise((resolve) => setTimeout(resolve));
  return all.length;
}"""


@pytest.fixture
def map_file(hostile, tmp_path):
    """Give the file of a map whose every text is hostile."""
    path = tmp_path / "hostile.map.json"
    path.write_text(json.dumps(hostile.hostile_map()), "utf-8")
    return path


@pytest.fixture(params=["harness", "voila"])
def visit(request, browse, map_file):
    """Open the map on the page without Jupyter, then in Voilà; note any dialog."""
    if request.param == "harness":
        shown = request.getfixturevalue("map_page")(map_file, height=1100)
    else:
        path = request.getfixturevalue("one_cell")(CELL)
        shown = request.getfixturevalue("voila")(path, beside=[map_file], height=1100)
    shown.dialogs = []
    shown.page.on("dialog", lambda dialog: (shown.dialogs.append(dialog.message), dialog.dismiss()))
    shown.page.wait_for_function(READY)
    return shown


def safe(visit):
    """Say what has gone wrong so far: nothing, if all is well."""
    page, view = visit.page, visit.view
    found = {
        "dialogs": visit.dialogs,
        "outside": visit.outside,
        "errors": visit.errors,
        "ran": page.evaluate("window.hacked ?? null"),
        "elements": view.locator(FOREIGN).evaluate_all("(all) => all.map((one) => one.outerHTML.slice(0, 200))"),
        "handlers": page.evaluate(HANDLERS),
        "overflow": visit.overflow(),
    }
    return {name: value for name, value in found.items() if value}


def test_hostile_labels_are_only_text_wherever_they_are_shown(visit):
    assert safe(visit) == {}, "as it opens"
    assert visit.view.is_visible()
    tabs = visit.view.get_by_role("tab")
    for number in range(tabs.count()):
        tabs.nth(number).click()
        assert safe(visit) == {}, tabs.nth(number).inner_text()
    visit.view.get_by_role("button", name="Légende").click()
    assert safe(visit) == {}, "in the legend"
    visit.view.locator(".ap-table-fold").click()
    visit.view.get_by_role("table").first.wait_for()
    assert safe(visit) == {}, "in the table"


def test_each_hostile_element_can_be_chosen_and_read(visit):
    visit.view.get_by_role("tab").first.click()
    count = visit.page.evaluate(CHOOSE, 0)
    for number in range(0, count, 3):
        visit.page.evaluate(CHOOSE, number)
    assert safe(visit) == {}


def test_a_hostile_map_is_searched_laid_out_and_taken_along(visit):
    search = visit.view.get_by_role("combobox").or_(visit.view.get_by_role("searchbox")).first
    search.fill("<script>")
    search.press("Enter")
    assert safe(visit) == {}, "found"
    search.press("Escape")
    visit.view.get_by_role("button", name="Exporter").click()
    with visit.page.expect_download() as waiting:
        visit.view.get_by_role("menuitem", name=".svg").click()
    name = waiting.value.suggested_filename
    assert name.startswith("script_window_hacked_true")
    picture = Path(waiting.value.path()).read_text("utf-8")
    assert "<script" not in picture
    assert "&lt;script&gt;" in picture
    assert safe(visit) == {}


@pytest.mark.parametrize("width", [390, 800])
def test_a_hostile_map_overflows_no_narrow_page(map_page, map_file, width):
    shown = map_page(map_file, width=width, height=900)
    assert shown.overflow() == 0
    for number in range(shown.view.get_by_role("tab").count()):
        shown.view.get_by_role("tab").nth(number).click()
        assert shown.overflow() == 0, number
