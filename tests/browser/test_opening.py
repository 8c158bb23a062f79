"""A page in Voilà whose kernel's first answers were lost is not left empty: it opens again, or says what to do."""

import pytest

pytestmark = pytest.mark.thorough

CELL = """
from pathlib import Path
from ipywidgets import Widget
from assessment.widgets import SystemsMap

tries = Path("tries")
tries.write_text(tries.read_text() + "x" if tries.exists() else "x")
if len(tries.read_text()) <= {lost}:
    get_ipython().kernel.comm_manager.register_target("jupyter.widget.control", {answer})
    Widget._handle_msg = lambda self, message: None
SystemsMap()
"""
SILENCE = "lambda comm, message: None"
NO_WIDGET = "lambda comm, message: comm.send({'method': 'update_states', 'states': {}, 'buffer_paths': []})"
READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"
FORGOTTEN = "() => !Object.keys(sessionStorage).some((key) => key.startsWith('apprenance'))"


@pytest.fixture
def opened(voila, one_cell):
    """Give a function that opens a page whose first `lost` kernels give another answer than what they hold."""
    return lambda lost, answer: voila(one_cell(CELL.format(lost=lost, answer=answer)))


@pytest.mark.parametrize("answer", [SILENCE, NO_WIDGET], ids=["silence", "no_widget"])
def test_a_page_that_stayed_empty_opens_again(opened, answer):
    visit = opened(1, answer)
    visit.page.wait_for_function(READY)
    visit.page.wait_for_function(FORGOTTEN)
    assert visit.outside == []
    assert visit.errors == []


def test_a_page_that_stays_empty_says_what_to_do(opened):
    visit = opened(9, SILENCE)
    visit.page.evaluate("sessionStorage.setItem(`apprenance-opened-again:${location.pathname}`, 2)")
    alert = visit.page.get_by_role("alert")
    alert.wait_for()
    assert "Rechargez-la" in alert.inner_text()
    assert alert.bounding_box()["y"] < 200
    assert "Loading" not in visit.page.locator("body").inner_text()
