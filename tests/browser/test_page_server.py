"""What `apprenance apps` serves, in a browser: the home page is the app, every tool opens, and a left page is gone."""

import json
import shutil
import urllib.error
import urllib.request

import pytest

from .conftest import COLD, ROOT, serving

pytestmark = pytest.mark.thorough

TOOLS = sorted((ROOT / "notebooks" / "tools").glob("*.ipynb"))
SHOWN = "() => Boolean(document.querySelector('.apprenance')?.innerText.trim())"
KERNEL = "() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId"


@pytest.fixture(scope="module")
def page_server(chromium, tmp_path_factory):
    """Run the server of `apprenance apps` over copies of our notebooks."""
    folder = tmp_path_factory.mktemp("pages")
    arguments = ["assessment.apps.page_server", ".", "--port={port}", "--no-browser", "--Voila.ip=127.0.0.1"]
    with serving(folder, arguments, "/voila/static/voila.js") as server:
        for notebook in TOOLS:
            shutil.copy2(notebook, server.folder)
        yield server


@pytest.fixture
def opened(browse, page_server):
    """Give a function that opens an address of the server and waits until an app is shown."""

    def visit(path, **settings):
        shown = browse(f"{page_server.address}{path}", **settings)
        shown.page.wait_for_function(SHOWN, timeout=COLD)
        return shown

    return visit


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.stem)
def test_every_tool_opens_under_what_the_server_forbids(opened, tool):
    visit = opened(f"/voila/render/{tool.name}")
    assert visit.errors == []
    assert visit.outside == []
    assert visit.axe() == []


def test_the_server_s_address_is_the_home_page_and_leads_to_a_tool(opened):
    visit = opened("/?language=en")
    assert "/voila/render/0_accueil.ipynb?language=en" in visit.page.url
    visit.view.get_by_role("button", name="Open the example").click()
    visit.view.get_by_role("link", name="Open, The diagnosis").click()
    visit.page.wait_for_url("**/voila/render/3_diagnostic.ipynb?**")
    visit.page.wait_for_function(SHOWN, timeout=COLD)
    assert visit.errors == []


def test_a_page_that_is_left_ends_its_kernel(opened, page_server):
    visit = opened("/voila/render/0_accueil.ipynb")
    kernel = visit.page.evaluate(KERNEL)
    assert alive(page_server, kernel)
    visit.page.goto("about:blank")
    for _ in range(100):
        if not alive(page_server, kernel):
            break
        visit.page.wait_for_timeout(100)  # between two looks
    assert not alive(page_server, kernel)


def test_who_is_asked_whether_to_leave_and_stays_keeps_a_page_that_answers(opened, page_server):
    visit = opened("/voila/render/0_accueil.ipynb")
    kernel = visit.page.evaluate(KERNEL)
    visit.page.evaluate("window.dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    visit.page.wait_for_timeout(1500)  # in which Voilà's own listener would have ended the kernel
    assert alive(page_server, kernel)


def alive(server, kernel):
    try:
        with urllib.request.urlopen(f"{server.address}/api/kernels/{kernel}", timeout=10) as answer:
            return json.load(answer)["id"] == kernel
    except urllib.error.HTTPError:
        return False
