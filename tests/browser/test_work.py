"""Long work beside a page, in the browser: the page answers meanwhile, the bar moves, Stop ends it, all is told."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

BESIDE = [Path(__file__).resolve().parent / "sample_work.py"]


@pytest.fixture(params=["voila", "jupyterlab"])
def page(request, one_cell):
    visit = request.getfixturevalue(request.param)(one_cell("from sample_work import show\nshow()"), beside=BESIDE)
    visit.wait_drawn()
    return visit


def press(visit, name):
    visit.view.get_by_role("button", name=name, exact=True).click()


def reads(visit, text):
    visit.view.get_by_text(text, exact=True).wait_for()


def bar_at(visit, share):
    visit.view.locator(f"[role=progressbar][aria-valuenow='{share}']").wait_for()


def bars(visit):
    return visit.view.locator("[role=progressbar]").count()


def test_the_page_answers_while_work_goes_on_and_is_told_its_end_in_the_kernels_own_thread(page):
    press(page, "Commencer")
    bar_at(page, 0)
    press(page, "Avancer")
    bar_at(page, 25)
    press(page, "À côté")
    reads(page, "1 fois")
    bar_at(page, 25)  # a page written anew goes on from where the work is
    assert page.axe() == []
    press(page, "Avancer")
    bar_at(page, 50)
    for _ in range(2):
        press(page, "Avancer")
        page.wait_drawn()
    reads(page, "fini dans MainThread")
    assert bars(page) == 0

    press(page, "Commencer")
    bar_at(page, 0)
    press(page, "Arrêter")
    reads(page, "arrêté")
    assert bars(page) == 0

    press(page, "Échouer")
    reads(page, "ZeroDivisionError")
    assert "secret" not in page.page.evaluate("document.body.innerText")
    assert page.ours() == []
