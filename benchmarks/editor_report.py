"""What was measured of the map editor, in words."""

from editor import LIMITS

NAMES = {
    "open_500": "open 500 actors, 1,500 ties",
    "drag_500": "a frame of a drag, 500 actors",
    "open_2000": "open 2,000 actors, 6,000 ties",
    "drag_2000": "a frame of a drag, 2,000 actors",
}

HEAD = """# How fast the map editor is

Written by `python benchmarks/editor.py --write` from what `--pages` and `--jupyter` measured.

**The floor** is a page that shows the same map with Cytoscape.js {cytoscape} and edits nothing, in a frame of the same
size, styled as richly as ours: shapes by role, units as containers, wrapped and outlined names, arrow heads by kind,
dashes, marks. **Ours** is the whole editor (tools, panels, table, undo), with a model that answers in the page. Both
run in Chromium {chromium}, one after the other in one run, a fresh page each time; the first of each is left out.

Times are of the processor, of the page's main thread: what others do on the machine beside it counts little. A ratio is
the median of the runs' own ratios, with the lowest and the highest; *noise* is how far the floor's own runs lie apart.
The mouse is a real one: the actor in the middle is dragged, and the time is divided by the frames that were painted.

| what | ours, ms | floor, ms | ratio | from – to | asked | noise |
|---|---|---|---|---|---|---|
"""

FOOT = """
The frame of a drag is faster than the floor's because of a slip in Cytoscape 3.34 that the editor steers clear of: at
every second drawing a node without a picture is taken for one whose picture is still to come, and its style, its
container's and that of all in it are worked out anew (`canvas.js` says how it is avoided).

The script travels in {script:.0f} kB (gzip, of 1,000 bytes; asked: at most {bundle}), its sheet in {sheet:.0f} kB.

Machine: {cores} cores, Python {python}, load {load:.1f} while measuring (other work ran beside it).
"""

JUPYTER = """
## In JupyterLab

The same map of 500 actors and 1,500 ties in a real JupyterLab, from running the cell to the painted map, wall time,
Python's share included. ipysigma is asked to show names, roles by colour, kinds of ties by colour, curved arrows; it
draws by WebGL (in software here) and edits nothing.

Load while measuring: {load:.1f} on two cores, so these times are long, and the two sides' order is all they say.

| what | ms |
|---|---|
| the editor is shown | {ours:,.0f} |
| ipysigma is shown | {ipysigma:,.0f} |
| from a click (undo, redo) until Python has made the change, median | {click:.0f} (asked: under {limit}) |
| the same, nine in ten under | {click_p90:.0f} |
| from the click until the page has Python's answer and shows it, median | {back:.0f} |
"""


def page_text(found: dict) -> str:
    """Write the page."""
    machine = found["machine"]
    rows = [row(name, one) for name, one in found["pages"].items()]
    text = HEAD.format(**machine) + "\n".join(rows) + "\n"
    text += FOOT.format(**found["bundle"], bundle=LIMITS["bundle"], **machine)
    if "jupyter" in found:
        text += JUPYTER.format(**found["jupyter"], limit=LIMITS["click"])
    return text


def row(name: str, one: dict) -> str:
    """Write a row of the table."""
    asked = f"≤ {LIMITS[name]}" if name in LIMITS else ""
    spread = f"{one['lowest']:.2f} – {one['highest']:.2f}"
    times = f"{one['ours']:,.0f} | {one['plain']:,.0f} | {one['ratio']:.2f}"
    return f"| {NAMES[name]} | {times} | {spread} | {asked} | {one['noise']:.0%} |"
