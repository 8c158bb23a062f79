"""The map editor beside a plain Cytoscape.js page and, for display in JupyterLab, beside ipysigma.

    python benchmarks/editor.py --pages     beside the plain page; keeps measured-editor.json
    python benchmarks/editor.py --jupyter   in JupyterLab: beside ipysigma, and from a click to Python and back
    python benchmarks/editor.py --write     writes docs/benchmarks-editor.md from what was kept
    python benchmarks/editor.py --quick     beside the plain page, few runs, keeps nothing

Needs the environment of the benchmarks (README), Chromium, and `npm ci` in assessment/widgets/js.
"""

import argparse
import contextlib
import functools
import gzip
import json
import math
import os
import platform
import random
import shutil
import statistics
import tempfile
import threading
import tomllib
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
JS = ROOT / "assessment" / "widgets" / "js"
PAGE = ROOT / "docs" / "benchmarks-editor.md"
MEASURED = HERE / "measured-editor.json"

SIZES = {500: 1500, 2000: 6000}
"""Actors and ties of the maps."""

LIMITS = {"open_500": 1.5, "drag_500": 1.2, "drag_2000": 1.2, "bundle": 250, "click": 100}
"""What is asked: times the plain page; kilobytes gzipped; milliseconds from a click to Python."""

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIDES = ("plain", "ours")
WINDOW = {"width": 1400, "height": 900}

SHAPES = {"elected": "hexagon", "executive": "diamond", "agent": "ellipse", "association": "concave-hexagon"}
COLOURS = {"elected": "#7b5295", "executive": "#0f6069", "agent": "#6b8537", "association": "#c1761a"}
ARROWS = {"informs": "vee", "coordinates": "chevron", "funds": "triangle-tee", "decides_with": "diamond"}


def make_map(actors: int, ties: int, seed: int = 5, units: int = 25) -> dict:
    """Make a map of an organisation: actors in units on a grid, three ties in four within reach, from a seed."""
    draw = random.Random(seed)
    side = round(actors**0.5 * 1.3)
    people = [
        {
            "id": f"a{number}",
            "label": f"Service {number} de la collectivité",
            "role": draw.choice(list(SHAPES)),
            "unit": f"unit {number // (actors // units)}",
            "x": number % side * 170,
            "y": number // side * 130,
        }
        for number in range(actors)
    ]
    links = []
    for number in range(ties):
        source = draw.randrange(actors)
        near = number % 4 and draw.randrange(1, 12)
        target = (source + near) % actors if near else draw.randrange(actors)
        kind = draw.choice(list(ARROWS))
        links.append({"id": f"t{number}", "source": f"a{source}", "target": f"a{target}", "kind": kind})
    head = {"format": "apprenance-map", "version": 1, "name": f"{actors} actors"}
    return head | {"actors": people, "variables": [], "ties": links, "participants": [], "loops": []}


def told(map_: dict) -> dict:
    """Give all that the pages fetch: the map, and the words and choices Python would send."""
    words = tomllib.loads((ROOT / "assessment/texts/words/map_editor.toml").read_text("utf-8"))
    return {
        "map": map_,
        "words": {key: entry["fr"] for key, entry in words.items()},
        "offers": {"roles": [{"value": role, "label": role, "shape": shape} for role, shape in SHAPES.items()]},
        "language": "fr",
        "look": {"shapes": SHAPES, "colours": COLOURS, "arrows": ARROWS},
        "frame": {"width": 1040, "height": 560},
    }


class Files(SimpleHTTPRequestHandler):
    """Files of a folder, in silence."""

    def log_message(self, *_):
        """Say nothing."""


@contextlib.contextmanager
def serving(map_: dict):
    """Serve both pages with a map; give their address."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        shutil.copytree(HERE / "editor_pages", place, dirs_exist_ok=True)
        shutil.copytree(JS / "bundles", place / "bundles")
        shutil.copy(JS / "node_modules/cytoscape/dist/cytoscape.esm.min.mjs", place / "cytoscape.js")
        (place / "map.json").write_text(json.dumps(told(map_)), "utf-8")
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Files, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


def measure_page(browser, address: str, side: str, elements: int, frames: int) -> dict[str, float]:
    """Open a page anew: milliseconds until all is drawn, and the median frame of a drag."""
    page = browser.new_page(viewport=WINDOW)
    page.set_default_timeout(120_000)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    try:
        page.goto(f"{address}/{side}.html", wait_until="commit")
        page.wait_for_function("Boolean(window.measure)")
        opened = page.evaluate("(elements) => measure.opened(elements)", elements)
        busy = cpu_time(session)
        page.wait_for_timeout(500)
        took, cost = drag(page, session, frames)
        return {"open": busy, "drag": cost, "open_wall": opened, "drag_wall": statistics.median(took)}
    finally:
        page.close()


def drag(page, session, frames: int) -> tuple[list[float], float]:
    """Drag the actor in the middle by the mouse; give the time between frames and the processor's time a frame."""
    at = page.evaluate("measure.aim()")
    page.mouse.move(at["x"], at["y"])
    page.mouse.down()
    page.mouse.move(at["x"] + 12, at["y"] + 12)
    before, painted = cpu_time(session), page.evaluate("measure.dragged().length")
    for step in range(frames):
        page.mouse.move(at["x"] + 12 + 30 * math.sin(step / 4), at["y"] + 12 + step % 20)
    took = page.evaluate("measure.dragged()")[painted:]
    cost = (cpu_time(session) - before) / max(1, len(took))
    page.mouse.up()
    return took, cost


def cpu_time(session) -> float:
    """Give the milliseconds of processor the page's main thread has used: what others do beside it does not count."""
    told = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(one["value"] for one in told if one["name"] == "TaskDuration")


def measure_pages(browser, actors: int, runs: int, frames: int) -> dict[str, list[dict]]:
    """Measure both pages in turn, the first of each left out: it warms the machine."""
    ties = SIZES[actors]
    found = {side: [] for side in SIDES}
    with serving(make_map(actors, ties)) as address:
        for run in range(runs + 1):
            for side in SIDES if run % 2 else reversed(SIDES):
                one = measure_page(browser, address, side, actors + ties, frames)
                if os.environ.get("TELL"):
                    print(actors, side, {name: round(value, 1) for name, value in one.items()}, flush=True)
                if run:
                    found[side].append(one)
    return found


def summed(found: dict[str, list[dict]], what: str) -> dict[str, float]:
    """Give the medians of both sides, the ratio (median of the runs' own ratios) and how far runs spread."""
    ours, plain = ([one[what] for one in found[side]] for side in ("ours", "plain"))
    ratios = [mine / floor for mine, floor in zip(ours, plain, strict=True)]
    return {
        "ours": statistics.median(ours),
        "plain": statistics.median(plain),
        "ratio": statistics.median(ratios),
        "lowest": min(ratios),
        "highest": max(ratios),
        "noise": (max(plain) - min(plain)) / statistics.median(plain),
    }


def bundle_size() -> dict[str, float]:
    """Give the size of the bundle as it travels, in kilobytes of 1,000 bytes."""
    script, sheet = ((JS / "bundles" / f"systems_map.{kind}").read_bytes() for kind in ("js", "css"))
    return {"script": len(gzip.compress(script, 9)) / 1000, "sheet": len(gzip.compress(sheet, 9)) / 1000}


def measure(runs: int, frames: int) -> dict:
    """Measure what needs no Jupyter."""
    from playwright.sync_api import sync_playwright

    command = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        pages = {
            actors: measure_pages(browser, actors, runs if actors < 1000 else (runs + 1) // 2, frames)
            for actors in SIZES
        }
        version = browser.version
        browser.close()
    results = {f"{what}_{actors}": summed(found, what) for actors, found in pages.items() for what in ("open", "drag")}
    library = json.loads((JS / "node_modules/cytoscape/package.json").read_text("utf-8"))["version"]
    machine = {
        "cytoscape": library,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "chromium": version,
        "load": os.getloadavg()[0],
    }
    return {"pages": results, "bundle": bundle_size(), "machine": machine}


def keep(part: dict) -> None:
    """Keep what was measured beside what was before."""
    before = json.loads(MEASURED.read_text("utf-8")) if MEASURED.is_file() else {}
    MEASURED.write_text(json.dumps(before | part, indent=1, ensure_ascii=False) + "\n", "utf-8")


def show(found: dict) -> None:
    """Print ratios and bundle."""
    for name, one in found["pages"].items():
        spread = f"{one['lowest']:.2f}-{one['highest']:.2f}"
        print(f"{name}: ours {one['ours']:.1f} ms, plain {one['plain']:.1f} ms, {one['ratio']:.2f} x ({spread})")
    print(f"bundle {found['bundle']['script']:.0f} kB gzipped, machine {found['machine']}")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("quick", "pages", "jupyter", "write"):
        parser.add_argument(f"--{name}", action="store_true")
    asked = parser.parse_args()
    if asked.quick:
        show(measure(2, 15))
    if asked.pages:
        found = measure(5, 25)
        show(found)
        keep(found)
    if asked.jupyter:
        from editor_jupyter import measure_jupyter

        keep({"jupyter": measure_jupyter()})
    if asked.write:
        from editor_report import page_text

        PAGE.write_text(page_text(json.loads(MEASURED.read_text("utf-8"))), "utf-8")


if __name__ == "__main__":
    main()
