"""The tools in Notebook 7: a widget is shown, and what is typed into its fields is no shortcut of the notebook's."""

import importlib.util

import nbformat
import pytest

from .conftest import COLD, ROOT, our_notebook, serving, wait_idle

pytestmark = pytest.mark.thorough

TOOLS = ROOT / "notebooks" / "tools"
SHOWN = "() => Boolean(document.querySelector('.apprenance')?.innerText.trim())"
CELLS = "() => jupyterapp.shell.currentWidget.content.widgets.length"
NOTEBOOK_READY = "() => Boolean(window.jupyterapp?.shell?.currentWidget?.context?.isReady)"


@pytest.fixture(scope="module")
def notebook_server(chromium, tmp_path_factory, missing):
    """Start Notebook 7, with folders of its own."""
    if importlib.util.find_spec("notebook") is None:
        missing("notebook is not installed (the test extra brings it)")
    arguments = [
        "notebook",
        "--port={port}",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    ]
    with serving(tmp_path_factory.mktemp("notebook"), arguments, "/api/status") as server:
        yield server


@pytest.fixture
def opened(browse, notebook_server):
    """Give a function that opens a notebook in Notebook 7 and runs it."""

    def visit(path, **settings):
        place = notebook_server.place(path)
        shown = browse(f"{notebook_server.address}/notebooks/{place}", scope=".apprenance", **settings)
        shown.page.wait_for_function(NOTEBOOK_READY, timeout=COLD)
        wait_idle(shown.page)
        shown.page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        return shown

    return visit


@pytest.fixture
def its_own(opened, tmp_path):
    """What Notebook 7 complains of by itself, with an empty notebook."""
    nbformat.write(our_notebook([]), tmp_path / "empty.ipynb")
    return set(opened(tmp_path / "empty.ipynb").errors)


@pytest.fixture
def notebook(opened):
    """Give a function that opens one of our tools and waits for its widget."""

    def visit(name):
        shown = opened(TOOLS / name)
        shown.page.wait_for_function(SHOWN, timeout=COLD)
        return shown

    return visit


def test_the_home_page_is_shown_and_takes_every_key(notebook, its_own):
    visit = notebook("0_accueil.ipynb")
    cells = visit.page.evaluate(CELLS)
    field = visit.view.get_by_role("textbox").first
    field.click()
    # as commands of the notebook: cut, copy, paste, a cell above, below, to markdown, to code, delete twice, undo, help
    field.press_sequentially("xcvabmyddzh0ij 1 f")
    assert field.input_value() == "xcvabmyddzh0ij 1 f"
    field.press("Escape")
    field.fill("")
    field.press_sequentially("dd")
    assert field.input_value() == "dd"
    field.press("Shift+Enter")  # runs a cell where the notebook hears it; here it answers the form, like Enter
    visit.reads("Par où commencer")
    assert visit.page.evaluate(CELLS) == cells
    assert visit.page.locator(".jp-Dialog").count() == 0
    assert visit.outside == []
    assert set(visit.errors) <= its_own


def test_the_diagnostic_is_shown_and_its_choices_take_keys(notebook, its_own):
    visit = notebook("3_diagnostic.ipynb")
    visit.wait_drawn()
    cells = visit.page.evaluate(CELLS)
    choice = visit.view.get_by_role("combobox").first
    choice.focus()
    for key in ("a", "b", "d", "d", "x", "ArrowDown"):
        choice.press(key)
    assert visit.page.evaluate(CELLS) == cells
    assert visit.overflow() == 0
    assert visit.outside == []
    assert set(visit.errors) <= its_own
