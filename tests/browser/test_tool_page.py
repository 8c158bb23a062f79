"""The page of a tool in a real browser: every block and field, and nothing that jumps or is lost."""

import json
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.thorough

HERE = Path(__file__).resolve().parent


@pytest.fixture
def tool(tmp_path):
    """Give the notebook of the sample tool, and what must lie beside it."""
    cells = [
        nbformat.v4.new_markdown_cell("# Exemple"),
        nbformat.v4.new_code_cell("from sample_tool import show"),
        nbformat.v4.new_code_cell("show()"),
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"title": "Exemple", "language": "fr"})
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "tool.ipynb")
    return {"notebook": tmp_path / "tool.ipynb", "beside": [HERE / "sample_tool.py"]}


def done(visit):
    """Tell what Python was told last."""
    action, _, values = visit.view.locator(".ap-paragraph").first.inner_text().partition(" ")
    return action, json.JSONDecoder().raw_decode(values)[0] if values else None


def press(visit, name):
    """Press a button; give what Python was told of it."""
    before = visit.wait_drawn()
    visit.view.get_by_role("button", name=name, exact=True).click()
    visit.wait_drawn(after=before)
    return done(visit)


def cell(visit, name):
    return visit.view.get_by_label(name, exact=True)


def test_a_form_is_filled_in_and_every_value_arrives_as_what_it_is(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    field = visit.view.get_by_label
    field("Nom").fill("Jeanne")
    field("Heures").fill("1 234,5")
    field("Personnes").fill("")
    field("Début").fill("2026-09-01")
    field("Service").first.select_option("agents")
    visit.view.get_by_role("group", name="Rôles").get_by_label("Agents").check()
    visit.view.get_by_role("radiogroup", name="Déjà fait").get_by_label("Non").check()
    cell(visit, "Médiathèque, Élus").fill("3")
    action, values = press(visit, "Enregistrer")
    assert action == "save"
    assert values == {
        "name": "Jeanne",
        "aim": "",
        "people": None,
        "hours": 1234.5,
        "start": "2026-09-01",
        "way": "agents",
        "unit": "agents",
        "roles": ["élus", "agents"],
        "again": False,
        "staff": [[1, 2, 12], [0, 1, 8], [None, 3, 2], [3, 1, 4]],
    }


def test_what_cannot_stand_is_told_at_its_field_and_not_sent(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    visit.view.get_by_label("Personnes").fill("12,5")
    cell(visit, "Médiathèque, Agents").fill("douze")
    visit.view.get_by_role("button", name="Enregistrer", exact=True).click()
    told = visit.view.locator(".ap-entry-fault:visible").all_inner_texts()
    assert [text.split(",")[0].split(".")[0] for text in told] == [
        "Cette réponse est nécessaire pour continuer",
        "Écrivez un nombre entier",
        "Écrivez un nombre",
    ]
    assert visit.page.evaluate("document.activeElement.labels[0].innerText").startswith("Nom")
    assert done(visit)[0] == "rien"
    assert visit.axe() == []


def test_nothing_typed_open_or_in_focus_is_lost_when_the_page_is_written_anew(voila, tool):
    visit = voila(**tool)
    first = visit.wait_drawn()
    view = visit.view
    view.get_by_text("Comment c’est compté").click()
    view.get_by_role("button", name="Service", exact=True).click()
    view.get_by_label("Nom").fill("Jeanne")
    cell(visit, "Médiathèque, Agents").fill("douze")
    view.get_by_role("button", name="English").click()
    second = visit.wait_drawn(after=first)
    assert view.get_by_label("Name", exact=True).input_value() == "Jeanne"
    assert view.get_by_label("Hours").input_value() == "1.5", "a number is shown as its language writes it"
    assert cell(visit, "Médiathèque, Agents").input_value() == "douze"
    assert view.get_by_text("Ainsi.").is_visible()
    assert visit.page.evaluate("document.activeElement.innerText") == "English"
    view.get_by_role("button", name="Retirer").scroll_into_view_if_needed()
    place = view.get_by_role("button", name="Retirer").bounding_box()
    view.get_by_role("button", name="Retirer").click()  # a notice comes above it
    visit.wait_drawn(after=second)
    assert visit.page.evaluate("document.activeElement.innerText") == "Retirer"
    assert abs(view.get_by_role("button", name="Retirer").bounding_box()["y"] - place["y"]) < 2, "nothing jumps"


def test_what_was_done_can_be_undone(voila, tool):
    visit = voila(**tool)
    assert press(visit, "Retirer") == ("remove", {"row": 2})
    assert press(visit, "Annuler")[0] == "undo"
    assert visit.view.get_by_role("button", name="Annuler").count() == 0


def test_the_grid_works_with_the_keyboard_adds_up_and_takes_a_spreadsheets_cells(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    keys = visit.page.keyboard
    total = visit.view.locator(".ap-sum-all")
    assert total.inner_text() == "34"
    cell(visit, "Voirie et propreté, Élus").focus()
    keys.press("Control+a")
    keys.type("5")
    assert total.inner_text() == "38"
    keys.press("Enter")
    assert visit.page.evaluate("document.activeElement.ariaLabel") == "Petite enfance, Élus"
    keys.press("ArrowDown")
    keys.press("ArrowRight")
    assert visit.page.evaluate("document.activeElement.ariaLabel") == "Direction générale, Encadrants"
    visit.page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "10\\t20\\r\\n30\\t40\\r\\n50\\t60\\r\\n");
          const pasted = { clipboardData, bubbles: true, cancelable: true };
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", pasted));
        }"""
    )
    assert cell(visit, "Médiathèque, Agents").input_value() == "40"
    assert total.inner_text() == "128"


def test_a_table_is_read_in_another_order(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    table = visit.view.get_by_role("table", name="Services")
    names = lambda: [row.split("\t")[0] for row in table.locator("tbody tr").all_inner_texts()]  # noqa: E731
    table.get_by_role("button", name="Service").click()
    assert names() == ["Accueil", "Écoles", "Voirie"]
    table.get_by_role("button", name="Agents").click()
    table.get_by_role("button", name="Agents").click()
    assert names() == ["Écoles", "Voirie", "Accueil"]
    assert table.get_by_role("columnheader", name="Agents").get_attribute("aria-sort") == "descending"


def test_a_file_comes_in_and_another_goes_out_in_one_click(voila, tool):
    visit = voila(**tool)
    first = visit.wait_drawn()
    chosen = {"name": "réponses.csv", "mimeType": "text/csv", "buffer": b"a;b\n" * 1000}
    visit.view.locator("input[type=file]").set_input_files(chosen)
    visit.wait_drawn(after=first)
    assert visit.view.locator(".ap-paragraph").first.inner_text().endswith("réponses.csv4000")
    visit.view.locator("input[type=file]").set_input_files({**chosen, "buffer": bytes(1024 * 1024 + 1)})
    visit.view.get_by_text("Ce fichier est trop gros").wait_for()
    with visit.page.expect_download() as coming:
        visit.view.get_by_role("button", name="Télécharger").click()
    assert coming.value.suggested_filename == "essai.csv"
    assert Path(coming.value.path()).read_bytes() == b"a;b\n1;2\n"


def test_no_text_of_a_document_is_run(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    assert visit.view.locator("img").count() == 0
    assert visit.page.evaluate("window.harmed") is None
    assert visit.outside == []


def test_a_page_whose_kernel_has_ended_says_so(voila, tool):
    visit = voila(**tool)
    visit.wait_drawn()
    visit.page.evaluate("window.WebSocket.prototype.send = () => {}")
    visit.view.get_by_role("button", name="Ajouter").click()
    visit.view.get_by_text("La page ne répond plus").wait_for()
    assert visit.view.get_by_role("button", name="Recharger la page").is_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_every_block_is_accessible(voila, tool, dark):
    visit = voila(**tool, dark=dark)
    visit.wait_drawn()
    assert visit.axe() == []


def test_it_is_whole_at_320_pixels_which_is_400_percent(voila, tool):
    visit = voila(**tool, width=320, height=640)
    visit.wait_drawn()
    assert visit.overflow() == 0


def test_it_works_in_jupyterlab_too(jupyterlab, tool):
    visit = jupyterlab(**tool)
    visit.wait_drawn()
    visit.view.get_by_label("Nom").focus()
    visit.page.keyboard.type("bad, x")  # letters that JupyterLab would take for commands
    visit.page.keyboard.press("Enter")
    visit.view.get_by_text('save {"name": "bad, x"').wait_for()
    assert visit.axe() == []
