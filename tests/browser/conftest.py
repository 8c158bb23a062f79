"""A browser, JupyterLab and Voilà for tests, none of which touches the outside or the user's own settings.

For a test of one of our notebooks, take `voila` or `jupyterlab` and give it the notebook's path::

    @pytest.mark.thorough
    def test_the_diagnostic_opens_in_voila(voila):
        visit = voila(ROOT / "notebooks" / "tools" / "3_diagnostic.ipynb")
        visit.wait_drawn()                       # every chart of the page is drawn
        visit.view.get_by_label("Vague").select_option("2024")
        visit.wait_drawn(after=1)                # the page that answers, by its revision
        assert visit.axe() == []                 # no rule disabled
        assert visit.outside == [] and visit.errors == []

Both copy the notebook (and `beside`, files that it needs) into a folder of its own, so that nothing is saved over,
open it in a fresh page and run it. Options, by name: `width`, `height` (pixels), `dark` (True for the dark theme),
`beside` (paths copied beside the notebook). What comes back is a `Visit`:

- `page`: Playwright's page, closed at the end of the test; `view`: a locator of our widget.
- `wait_drawn(after=0)`: waits until a page of a revision above `after` is drawn with all charts; returns it.
- `axe()`: what axe-core finds wrong, "rule: selector" each; on the whole page in Voilà, on our part in JupyterLab.
- `outside`: the addresses asked for that are not this machine's; `errors`: console errors and uncaught exceptions.
- `run()`: runs the notebook again after `page.reload()`; Voilà does so by itself.
- `overflow()`: by how many pixels our widget is wider than its place (0 is right).
- `wait_opened()`: waits until any of our pages is there, whatever its widget; `go(link)`: follows one of its links.
- `ours()`: the errors without what Jupyter says of itself.
- `reads(title)`: waits for the page of this title; `bring(name, content, place=0)`: chooses a file.
- `shoot(name, height=None)`: takes a picture into ``screenshots/``, which Git ignores.

The servers are started once a session, on free ports, with folders of their own, the moment a test asks for them.
Chromium or the `lab` extra missing: skipped with a loud reason, failed where the variable CI is set. Every test has
`TIME_LIMIT` seconds; waits are for a state, never for a time.
"""

import contextlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import nbformat
import pytest

from assessment.apps.serving import closed_arguments

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SHOTS = ROOT / "screenshots"
AXE = ROOT / "assessment" / "widgets" / "js" / "node_modules" / "axe-core" / "axe.min.js"
TIME_LIMIT = 600  # seconds, a test
WAIT = 90_000  # milliseconds, one wait
COLD = 300_000  # milliseconds, the first page of a JupyterLab that this machine has never started
OPENED_AGAIN = "Error: widget model not found"  # then our page in Voilà opens again, or the test finds it empty
LEAVING = "/voila/api/shutdown/"  # asked as a page is left; Voilà 0.5.13 refuses it without a cookie that it never set
PATIENCE = 60_000  # milliseconds, one wait where no notebook is started
HARNESS = ROOT / "assessment" / "widgets" / "js" / "harness" / "serve.py"
MAP_READY = "() => Boolean(document.querySelector('.ap-map')?.dataset.revision)"
KERNEL_IS_IDLE = """() => {
  const context = window.jupyterapp?.shell?.currentWidget?.context?.sessionContext;
  return Boolean(context?.isReady) && context.session?.kernel?.status === 'idle';
}"""

OPENED = """() => {
  if (document.querySelector('.ap-work-bar')) return false;
  const { drawn } = document.querySelector('.ap-toolpage')?.dataset ?? {};
  const map = document.querySelector('.ap-map')?.dataset.revision;
  return Boolean(Number(drawn) || map || document.querySelector('.ap-entry')?.dataset.ready);
}"""
DRAWN = """(after) => {
  const view = document.querySelector('.apprenance');
  const drawn = Number(view?.dataset.drawn ?? 0);
  const moving = view?.getAnimations({ subtree: true }).length;
  return drawn > after && !view.classList.contains('ap-busy') && !moving && drawn;
}"""


@dataclass
class Visit:
    """A notebook open in a browser; see the top of this file."""

    page: object
    scope: str | None = None  # what axe looks at: None is the whole page
    outside: list = field(default_factory=list)
    errors: list = field(default_factory=list)
    run: object = lambda: None  # runs the notebook again, where the page does not do so by itself

    @property
    def view(self):
        return self.page.locator(".apprenance").first

    def wait_drawn(self, after=0):
        """Wait for a page of a later revision, drawn in full; return its revision."""
        from playwright.sync_api import TimeoutError as TooLate

        try:
            return self.page.wait_for_function(DRAWN, arg=after).json_value()
        except TooLate:
            shown = self.page.evaluate("document.body.innerText")[:1500]
            pytest.fail(f"no page later than {after} was drawn.\nErrors: {self.errors}\nShown: {shown}")

    def wait_opened(self):
        """Wait until one of our pages is there; give the visit."""
        self.page.wait_for_function(OPENED)
        return self

    def go(self, link):
        """Follow a link to another of our pages, and wait until it is there."""
        before = self.page.url
        link.click()
        self.page.wait_for_function("(before) => location.href !== before", arg=before)
        return self.wait_opened()

    def reads(self, name):
        """Wait until the page has this title."""
        self.view.get_by_role("heading", level=1, name=name).wait_for()

    def bring(self, name, content, place=0):
        """Choose a file in one of the page's places for files."""
        file = {"name": name, "mimeType": "", "buffer": content}
        self.view.locator("input[type=file]").nth(place).set_input_files(file)

    def shoot(self, name, height=None, **settings):
        """Take a picture into `SHOTS`, to be looked at; `height` where the page scrolls within the window."""
        size = self.page.viewport_size
        if height:
            self.page.set_viewport_size({**size, "height": height})
            self.wait_drawn()
        path = SHOTS / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path, **settings)
        if height:
            self.page.set_viewport_size(size)

    def ours(self):
        """Leave out what Jupyter says of itself: nothing of ours is left out."""
        return [one for one in self.errors if "/static/" not in one and "/api/" not in one and "favicon" not in one]

    def axe(self):
        """Tell what axe-core finds wrong, with every rule that it has."""
        if not self.page.evaluate("Boolean(window.axe)"):
            self.page.evaluate(f"{{ const module = undefined, define = undefined; {AXE.read_text('utf-8')} }}")
        result = self.page.evaluate(
            "(scope) => axe.run(scope ?? document, { resultTypes: ['violations'] })", self.scope
        )
        return [f"{one['id']}: {node['target']}" for one in result["violations"] for node in one["nodes"]]

    def overflow(self):
        return self.view.evaluate(
            "(view) => Math.max(view.scrollWidth - view.clientWidth, "
            "document.documentElement.scrollWidth - document.documentElement.clientWidth)"
        )


@pytest.fixture(autouse=True)
def time_limit():
    """End a test that takes longer than `TIME_LIMIT`."""

    def end(_signal, _frame):
        raise TimeoutError(f"the test took longer than {TIME_LIMIT} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(TIME_LIMIT)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="session", autouse=True)
def workspaces(tmp_path_factory):
    """Keep visitors' workspaces in a folder of the session; it must stand before the servers start."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("workspaces")
        patch.setenv("APPRENANCE_WORKSPACES", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def ready(missing):
    """Say loudly what these tests need besides Chromium."""
    for module in ("jupyterlab", "voila", "anywidget"):
        if importlib.util.find_spec(module) is None:
            missing(f"{module} is not installed (the test extra brings it)")
    if not AXE.is_file():
        missing("no axe-core (npm ci in assessment/widgets/js)")


@pytest.fixture
def browse(chromium):
    """Give a function that opens an address in a fresh page and tells what the page asked for and complained of."""
    with contextlib.ExitStack() as closing:

        def open_page(address, scope=None, width=1280, height=900, **settings):
            context = chromium.new_context(
                viewport={"width": width, "height": height}, service_workers="block", **settings
            )
            closing.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(WAIT)
            visit = Visit(page, scope)
            page.on("request", lambda request: note_outside(visit, request.url))
            page.on("console", lambda message: note_error(visit, message))
            page.on("pageerror", lambda error: visit.errors.append(str(error)))
            page.goto(address, wait_until="commit")
            return visit

        yield open_page


def note_outside(visit, address):
    parts = urlsplit(address)
    if parts.scheme not in ("data", "blob", "about") and parts.hostname != "127.0.0.1":
        visit.outside.append(address)


def note_error(visit, message):
    address = (message.location or {}).get("url", "")
    opens_again = "/voila/" in address and message.text.startswith(OPENED_AGAIN)
    if message.type == "error" and LEAVING not in address and not opens_again:
        visit.errors.append(f"{message.text} ({address})")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Server:
    """A running server: its address and the folder whose notebooks it serves."""

    address: str
    folder: Path

    def place(self, notebook, beside=()):
        """Copy a notebook into a folder of its own; return its path as the server names it."""
        number = sum(1 for _ in self.folder.iterdir())
        home = self.folder / f"visit-{number}"
        home.mkdir()
        for path in (notebook, *beside):
            shutil.copy2(path, home)
        return f"{home.name}/{Path(notebook).name}"


@contextlib.contextmanager
def serving(folder, arguments, ready):
    """Run a Jupyter server with folders of its own until the block ends; `ready` is what it answers first."""
    settings = folder / "jupyter_config_dir" / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    (settings / "notification.jupyterlab-settings").write_text('{"fetchNews": "false"}', "utf-8")
    port = free_port()
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    own = {
        name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    }
    environment = {
        **os.environ,
        **own,
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_PATH": str(ROOT / "assessment" / "share" / "jupyter"),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])),
    }
    log = (folder / "server.log").open("wb")
    command = [sys.executable, "-m", *(word.format(port=port) for word in arguments)]
    process = subprocess.Popen(command, cwd=notebooks, env=environment, stdout=log, stderr=log)
    try:
        wait_answer(f"http://127.0.0.1:{port}{ready}", process, folder / "server.log")
        yield Server(f"http://127.0.0.1:{port}", notebooks)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def wait_answer(address, process, log, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.1)  # between two knocks at the door, not in place of a state
    pytest.fail(f"the server does not answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")


@pytest.fixture(scope="session")
def voila_server(chromium, tmp_path_factory):
    """Start Voilà once a session, with our template from this checkout."""
    arguments = [
        "voila",
        "--port={port}",
        "--no-browser",
        "--Voila.ip=127.0.0.1",
        *closed_arguments(),
    ]
    with serving(tmp_path_factory.mktemp("voila"), arguments, "/") as server:
        yield server


@pytest.fixture(scope="session")
def jupyterlab_server(chromium, tmp_path_factory):
    """Start JupyterLab once a session, and wait here for its first page: no test pays for files never read before."""
    arguments = [
        "jupyterlab",
        "--port={port}",
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=",
        "--ServerApp.password=",
        "--LabApp.expose_app_in_browser=True",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--MappingKernelManager.cull_idle_timeout=120",
        "--MappingKernelManager.cull_interval=30",
    ]
    with serving(tmp_path_factory.mktemp("jupyterlab"), arguments, "/api/status") as server:
        open_first_page(chromium, server)
        yield server


def open_first_page(chromium, server):
    """Show an empty notebook with its kernel: what a cold disk makes slow is then read."""
    nbformat.write(our_notebook([]), server.folder / "first.ipynb")
    page = chromium.new_page()
    page.goto(f"{server.address}/lab/workspaces/first/tree/first.ipynb?reset", wait_until="commit", timeout=COLD)
    page.wait_for_function(KERNEL_IS_IDLE, timeout=COLD)
    page.close()


@pytest.fixture
def voila(browse, voila_server):
    """Give a function that opens a notebook in Voilà: `voila(path, dark=False, width=1280, beside=())` → `Visit`.

    ``asked`` are further parameters of the page's address: ``{"workspace": id}``.
    """

    def visit(notebook, beside=(), dark=False, asked=None, **settings):
        place = voila_server.place(notebook, beside)
        query = urlencode({**(asked or {}), **({"theme": "dark"} if dark else {})})
        return browse(f"{voila_server.address}/voila/render/{place}?{query}", **settings)

    return visit


def wait_idle(page):
    """Wait for the kernel; where JupyterLab missed its first word, connect again as a person would from the menu."""
    from playwright.sync_api import TimeoutError as TooLate

    try:
        page.wait_for_function(KERNEL_IS_IDLE)
    except TooLate:
        page.evaluate("void jupyterapp.commands.execute('kernelmenu:reconnect-to-kernel')")
        page.wait_for_function(KERNEL_IS_IDLE)


def run_cells(page):
    wait_idle(page)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")


@pytest.fixture
def jupyterlab(browse, jupyterlab_server):
    """Give a function that opens a notebook in JupyterLab and runs it; like `voila`."""

    def visit(notebook, beside=(), dark=False, **settings):
        place = jupyterlab_server.place(notebook, beside)
        address = f"{jupyterlab_server.address}/lab/workspaces/{place.split('/')[0]}/tree/{place}?reset"
        shown = browse(address, scope=".apprenance", **settings)
        shown.run = lambda: run_cells(shown.page)
        wait_idle(shown.page)
        theme = "JupyterLab Dark" if dark else "JupyterLab Light"
        shown.page.evaluate(f"void jupyterapp.commands.execute('apputils:change-theme', {{ theme: '{theme}' }})")
        shown.page.wait_for_function(
            "(light) => document.body.dataset.jpThemeLight === light", arg=str(not dark).lower()
        )
        shown.run()
        return shown

    return visit


@pytest.fixture(scope="session")
def map_server():
    """Serve the map editor's page without Jupyter, once a session; give the server's module and the page's address."""
    spec = importlib.util.spec_from_file_location("map_harness", HARNESS)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    server = module.serve()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield module, f"http://127.0.0.1:{server.server_address[1]}/harness/index.html"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def map_page(browse, map_server, tmp_path):
    """Give a function that opens the map editor without Jupyter, answered by the package's own Python.

    `map_page(map_, language="fr", dark=False, **settings)`: `map_` is ``"valclair"``, ``"empty"``, a template's name, a
    file's path, or a document. What comes back knows the `widget` behind the page.
    """
    module, address = map_server

    def opened(map_="valclair", language="fr", dark=False, **settings):
        if isinstance(map_, dict):
            (tmp_path / "drawn.map.json").write_text(json.dumps(map_), "utf-8")
            map_ = tmp_path / "drawn.map.json"
        theme = "dark" if dark else "light"
        visit = browse(f"{address}?map={map_}&language={language}&theme={theme}", scope=".apprenance", **settings)
        visit.page.set_default_timeout(PATIENCE)
        visit.page.wait_for_function(MAP_READY)
        visit.widget = list(module.sessions.values())[-1].widget
        return visit

    return opened


def our_notebook(cells):
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"title": "Exemple", "language": "fr"})
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


@pytest.fixture
def one_cell(tmp_path):
    """Give a function that writes a notebook of one cell of code: `one_cell(source)` → path."""

    def write(source):
        path = tmp_path / "one_cell.ipynb"
        nbformat.write(our_notebook([nbformat.v4.new_code_cell(source.strip())]), path)
        return path

    return write


@pytest.fixture
def sample(tmp_path):
    """Give a function that writes a notebook of one call of `sample_app.show`: `sample(wait=0.5)` → (path, beside)."""

    def write(**arguments):
        words = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
        cells = [
            nbformat.v4.new_markdown_cell("# Exemple\n\nUne page de test."),
            nbformat.v4.new_code_cell("from sample_app import show"),
            nbformat.v4.new_code_cell(f"show({words})"),
        ]
        path = tmp_path / "sample.ipynb"
        nbformat.write(our_notebook(cells), path)
        return {"notebook": path, "beside": [HERE / "sample_app.py"]}

    return write
