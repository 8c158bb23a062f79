"""What the apps cost, as docs/benchmarks-apps.md: kept in measured-apps.json by `diagnostic.py` and `memory.py`."""

import json
import platform
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
KEPT, PAGE = HERE / "measured-apps.json", HERE.parent / "docs" / "benchmarks-apps.md"

HEAD = """# Benchmarks of the apps

Beside what a notebook with such charts pays anyhow: a kernel that runs `import pandas, altair`, in the same run.
Processor seconds, the least of three; a filter's are the median of all that were tried. Memory is Pss: what processes
share is counted by their part in it (Rss counts it in full for each). Written by `benchmarks/diagnostic.py` and
`benchmarks/memory.py`.

"""

NOTES = """
Kept on a machine of two cores at rest (load averages of 0.5 to 2); `reached` judges the opening by what a person waits.
The same runs on a busy machine took a quarter more of the processor. Over half of the opening are imports, of which
the peer pays most; the peer imports grammars for altair's checks, too, which the kit puts off: it is not the least that
such a kernel can cost.
"""


def keep(spent):
    """Keep what was measured beside what was measured before, and write the page."""
    before = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    about = {"date": date.today().isoformat(), "python": platform.python_version(), "system": platform.system()}
    kept = before | spent | {"about": about}
    KEPT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    PAGE.write_text(HEAD + table(kept) + NOTES, "utf-8")


def table(kept):
    """Write the rows of what is known."""
    about = kept["about"]
    lines = [f"{about['date']}, {about['system']}, Python {about['python']}, 2 cores.\n\n"]
    lines += ["| what | measured | over the peer | asked | |\n", "|---|---|---|---|---|\n"]
    for what, measured, ratio, asked, reached in rows(kept):
        word = "reached" if reached else "**missed**"
        lines.append(f"| {what} | {measured} | {ratio} | {asked} | {word} |\n")
    return "".join(lines)


def rows(kept):
    """Yield each row: what, measured, over the peer, asked for, whether it is reached."""
    if "opening" in kept:
        own, peer = kept["opening"]["own"], kept["opening"]["peer"]
        text, over = f"{own[0]:.1f} s of processor, {own[1]:.1f} s to wait", f"{own[0] / peer[0]:.1f} ×"
        yield "opening the diagnostic of the example, imports included", text, over, "≤ 3 s", own[1] <= 3
    for respondents, most in ((2_000, 0.2), (100_000, 1.0)):
        if one := kept.get(f"filter_{respondents}"):
            text = f"{1000 * one['median']:.0f} ms (most {1000 * one['most']:.0f} ms)"
            asked = f"< {1000 * most:.0f} ms"
            yield f"a filter at {respondents:,} respondents", text, f"{one['ratio']:.2f} ×", asked, one["median"] < most
    if memory := kept.get("memory"):
        peer = memory["peer"][0]
        for what, name, most in (
            ("a kernel with the diagnostic open", "diagnostic", 250),
            ("five open tools", "five tools", 1000),
        ):
            pss, rss = memory[name]
            text = f"{pss:.0f} MB (Rss {rss:.0f} MB)"
            yield what, text, f"{pss / peer:.1f} ×", f"≤ {most} MB", pss <= most
