"""A page in Voilà whose kernel's first answers were lost is not left empty: it opens again, or says what to do."""

import nbformat
import pytest

pytestmark = pytest.mark.thorough

CELL = """
from pathlib import Path
from ipywidgets import Widget
from assessment.widgets import SystemsMap

tries = Path("tries")
tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
if len(tries.read_text()) <= {lost}:  # as where the messages do not arrive: no answer to what the page asks
    get_ipython().kernel.comm_manager.register_target("jupyter.widget.control", lambda comm, message: None)
    Widget._handle_msg = lambda self, message: None
SystemsMap()
"""
READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"

FORGOTTEN = "() => !Object.keys(sessionStorage).some((key) => key.startsWith('apprenance'))"


@pytest.fixture
def opened(voila, tmp_path):
    """Give a function that opens a page whose first `lost` kernels answer nothing."""

    def visit(lost):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL.strip().format(lost=lost))])
        notebook.metadata = {
            "title": "Carte",
            "language": "fr",
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        }
        path = tmp_path / "carte.ipynb"
        nbformat.write(notebook, path)
        return voila(path)

    return visit


def test_a_page_that_stayed_empty_opens_again(opened):
    visit = opened(lost=1)
    visit.page.wait_for_function(READY)
    visit.page.wait_for_function(FORGOTTEN)
    assert visit.outside == []
    assert visit.errors == []


def test_a_page_that_stays_empty_says_what_to_do(opened):
    visit = opened(lost=9)
    visit.page.evaluate("sessionStorage.setItem(`apprenance-opened-again:${location.pathname}`, 2)")
    alert = visit.page.get_by_role("alert")
    alert.wait_for()
    assert "Rechargez-la" in alert.inner_text()
    assert alert.bounding_box()["y"] < 200
    assert "Loading" not in visit.page.locator("body").inner_text()
