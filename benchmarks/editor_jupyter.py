"""The editor in a real JupyterLab: shown beside ipysigma, and from a click to Python and back."""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from editor import FLAGS, ROOT, SIZES, WINDOW, make_map

ACTORS = 500
RUNS = 3
CLICKS = 15

CELLS = {
    "ours": """
import json, time
from assessment.widgets import SystemsMap

def arrived(_widget, content, _buffers):
    if "undo" in content or "redo" in content:
        with open("arrived.txt", "a") as file:
            print(time.time(), file=file)

widget = SystemsMap(document=json.load(open("map.json")))
widget.on_msg(arrived)
widget
""",
    "ipysigma": """
import json, networkx as nx
from ipysigma import Sigma
map_ = json.load(open("map.json"))
graph = nx.MultiDiGraph()
graph.add_nodes_from((one["id"], one) for one in map_["actors"])
graph.add_edges_from((one["source"], one["target"], one["id"], {"kind": one["kind"]}) for one in map_["ties"])
Sigma(graph, node_color="role", node_label="label", edge_color="kind", default_edge_type="curve")
""",
}
"""The same map, with names, colours by role and kinds of ties told apart; each in its own words."""

SHOWN = {
    "ours": "() => document.querySelector('.ap-map-host')?._cyreg?.cy.edges().length > 0",
    "ipysigma": "() => document.querySelectorAll('.jp-OutputArea canvas').length > 3",
}
IDLE = """() => {
  const context = window.jupyterapp?.shell?.currentWidget?.context?.sessionContext;
  return Boolean(context?.isReady) && context.session?.kernel?.status === 'idle';
}"""
PAINTED = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"
CLICK = """async (clicks) => {
  const map = document.querySelector('.ap-map');
  const buttons = [...map.querySelectorAll('.ap-tool')];
  const [undo, redo] = ['Annuler', 'Rétablir'].map((name) => buttons.find((one) => one.textContent.trim() === name));
  const took = [];
  for (let turn = 0; turn < clicks; turn += 1) {
    const before = map.dataset.revision;
    const answered = new Promise((resolve) => {
      const watch = new MutationObserver(() => map.dataset.revision !== before && (watch.disconnect(), resolve()));
      watch.observe(map, { attributes: true, attributeFilter: ['data-revision'] });
    });
    const began = performance.now();
    (turn % 2 ? redo : undo).click();
    await answered;
    took.push([(performance.timeOrigin + began) / 1000, performance.now() - began]);
    await new Promise((resolve) => setTimeout(resolve, 1000)); // people do not click while the last answer is drawn
  }
  return took;
}"""
EDIT = """() => {
  const { cy } = document.querySelector('.ap-map-host')._cyreg;
  const node = cy.nodes("[type = 'actor']")[0];
  node.position({ x: node.position('x') + 40, y: node.position('y') });
  node.emit('dragfree');
}"""


def free_port() -> int:
    """Find a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def begin(folder: Path) -> tuple[subprocess.Popen, str]:
    """Start JupyterLab with settings of its own."""
    port = free_port()
    own = {name: str(folder / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    command = [sys.executable, "-m", "jupyterlab", f"--port={port}", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--IdentityProvider.token=", "--LabApp.expose_app_in_browser=True"]
    command += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/api/status", timeout=5)
            return process, address
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("JupyterLab does not answer")


def notebook(folder: Path, side: str) -> str:
    """Write a notebook of one cell."""
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELLS[side].strip())])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, folder / f"{side}.ipynb")
    return f"{side}.ipynb"


def show(browser, address: str, name: str, side: str) -> dict:
    """Run the cell of a fresh notebook; milliseconds until its map is painted, and of each click with its answer."""
    page = browser.new_page(viewport=WINDOW)
    page.set_default_timeout(180_000)
    try:
        page.goto(f"{address}/lab/workspaces/w{time.monotonic_ns()}/tree/{name}?reset", wait_until="commit")
        page.wait_for_function(IDLE)
        began = time.monotonic()
        page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_function(SHOWN[side], polling=20)
        page.evaluate(PAINTED)
        found = {"shown": 1000 * (time.monotonic() - began)}
        if side == "ours":
            page.wait_for_function(IDLE)
            page.evaluate(EDIT)
            page.wait_for_function("document.querySelector('.ap-map-state')?.dataset.state === 'saved'")
            page.wait_for_timeout(2000)
            found["clicks"] = page.evaluate(CLICK, CLICKS)
        page.evaluate("void jupyterapp.commands.execute('kernelmenu:shutdown')")
        return found
    finally:
        page.close()


def measure_jupyter() -> dict:
    """Measure in JupyterLab, one side after the other, the first run of each left out."""
    from playwright.sync_api import sync_playwright

    command = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        (folder / "map.json").write_text(json.dumps(make_map(ACTORS, SIZES[ACTORS])), "utf-8")
        process, address = begin(folder)
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        try:
            names = {side: notebook(folder, side) for side in CELLS}
            found = {side: [] for side in CELLS}
            for run in range(RUNS + 1):
                for side in CELLS if run % 2 else reversed(CELLS):
                    one = show(browser, address, names[side], side)
                    print(side, {key: value for key, value in one.items() if key != "clicks"}, flush=True)
                    if run:
                        found[side].append(one)
        finally:
            browser.close()
            process.terminate()
            process.wait(timeout=20)
        arrivals = [float(line) for line in (folder / "arrived.txt").read_text().split()][-RUNS * CLICKS :]
    clicks = [click for one in found["ours"] for click in one["clicks"]]
    there = [1000 * (came - left) for came, (left, _) in zip(arrivals, clicks, strict=True)]
    back = [took for _, took in clicks]
    return {
        **{side: statistics.median(one["shown"] for one in runs) for side, runs in found.items()},
        "click": statistics.median(there),
        "click_p90": sorted(there)[int(0.9 * len(there))],
        "back": statistics.median(back),
        "load": os.getloadavg()[0],
    }
