"""Every notebook of the tools, whatever is on it: sizes, light and dark, axe with every rule, nothing asked outside.

The screenshots go to ``screenshots/``, to be looked at before a change of a page is called done.
"""

from pathlib import Path

import pytest

from assessment.apps import keeping
from assessment.apps.visitors import new_place

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks" / "tools").glob("*.ipynb"))
LOOKS = {
    "light": {},
    "dark": {"dark": True},
    "phone": {"width": 390, "height": 844},
    "narrow": {"width": 320, "height": 640},
    "enlarged": {"width": 320, "height": 225},  # a window of 1280 × 900 at 400 %
}


@pytest.fixture(scope="session")
def example(workspaces):
    """Make a workspace of the example on the server; give its id."""
    id_, path = new_place(workspaces)
    keeping.put_example(path, "Commune de Valclair (exemple fictif)", "Diagnostic")
    return id_


@pytest.fixture(params=NOTEBOOKS, ids=[path.stem for path in NOTEBOOKS])
def notebook(request):
    return request.param


def is_well(visit):
    """Hold a page to what every page is held to."""
    assert visit.axe() == []
    assert visit.overflow() == 0
    assert visit.outside == []
    assert visit.ours() == []


@pytest.mark.parametrize("look", LOOKS)
def test_in_voila_every_page_about_a_workspace_is_well_at_every_size(voila, notebook, look, example):
    visit = voila(notebook, asked={"workspace": example}, **LOOKS[look]).wait_opened()
    visit.shoot(f"{notebook.stem}_{look}")
    is_well(visit)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_in_jupyterlab_every_page_without_a_workspace_is_well(jupyterlab, notebook, dark):
    visit = jupyterlab(notebook, dark=dark).wait_opened()
    visit.shoot(f"{notebook.stem}_lab_{'dark' if dark else 'light'}")
    is_well(visit)


def test_in_english_every_page_is_english(voila, notebook, example):
    visit = voila(notebook, asked={"workspace": example, "language": "en"}).wait_opened()
    assert visit.view.get_attribute("lang") == "en"
    is_well(visit)
