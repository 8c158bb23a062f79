"""The ratios of a run as docs/benchmarks.md, and half of them as thresholds.toml."""

import statistics
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE, THRESHOLDS = ROOT / "docs" / "benchmarks.md", Path(__file__).parent / "thresholds.toml"
DIMENSIONS = 12

HEAD = """# Benchmarks

CPU seconds of one thread, medians of five calls (careful pandas on a million respondents: of three; what is timed
once says so in its row), all on one machine that others used too; ratios are what counts. Written by
`benchmarks/run.py`; the peers' scripts stand beside it and `benchmarks/agreement.py` checks that pandas, Polars and the
kit give the same numbers to one part in a million. The kit computes more than the peers within its time: omega and the
fit of its model for 24 scores, maturity levels with their probability, the items, counts of missing answers.

"""

NOT_MEASURED = """
Not measured in the run of this date: R (its script was stopped before it had done one dimension of twelve), the
bootstrap of 2,000 resamples on both sides, and 20,000,000 rows (the files of this run are smaller, as the rows say).
The targets were set beside another pandas script on another machine (46 s for 1,000,000 respondents without
intervals); the careful script here is quicker, and ratios to it are smaller.
"""


def rows(measured):
    """Yield what was measured: the case, the ratio found, the target, and whether it is reached."""
    middle = {
        case: {name: statistics.median(found) for name, found in sides.items()}
        for case, sides in measured.items()
        if case != "about"
    }
    yield from large(middle.get("100,000"), "100,000 × 144", {"pandas": 30})
    yield from large(middle.get("1,000,000"), "1,000,000 × 144", {"pandas": 35, "polars": 6})
    yield from twelfths(middle)
    if "1,000" in middle:
        own = 1000 * middle["1,000"]["kit_whole"]
        yield "1,000 respondents, everything about the organisation", f"{own:.0f} ms", "≤ 10 ms", own <= 10
    if "start-up" in middle:
        yield from starting(middle["start-up"])
    if "parquet" in middle:
        yield from streaming(middle["parquet"])


def large(spent, case, targets):
    """Yield the ratios of a large table."""
    if not spent:
        return
    for peer, title in (("pandas", "careful pandas"), ("polars", "Polars expressions")):
        if peer in spent:
            ratio, target = spent[peer] / spent["kit"], targets.get(peer)
            seconds = f"{spent[peer]:.2f} s over {spent['kit']:.2f} s"
            found = f"{ratio:.1f} × ({seconds})"
            yield (
                f"{case}, t intervals: {title} over the kit",
                found,
                f"≥ {target} ×" if target else "",
                target and ratio >= target,
            )
    ratio = spent["pass"] / spent["products"]
    yield f"{case}: the pass over one chunked float32 XᵀX", f"{ratio:.1f} ×", "≤ 5 ×", ratio <= 5


def twelfths(middle):
    """Yield the ratios to peers that were timed on one dimension of twelve."""
    own = middle.get("100,000", {}).get("kit")
    peers = (
        ("loops", "pingouin_one_dimension", "pandas + pingouin loop", 500),
        ("R", "r_one_dimension", "R psych + multilevel", 2000),
    )
    for case, name, title, target in peers:
        if own and case in middle:
            spent = DIMENSIONS * middle[case][name]
            text = f"{spent / own:.0f} × ({spent:.0f} s: twelve times one dimension, timed once)"
            yield f"100,000 × 144, t intervals: {title} over the kit", text, f"≥ {target} ×", spent / own >= target


def starting(spent):
    """Yield what starting costs."""
    own = 1000 * (spent["assessment"] - spent["python"])
    yield "`import assessment` above bare Python", f"{own:.1f} ms", "≤ 5 ms", own <= 5
    ratio = spent["help"] / spent["python"]
    yield "`apprenance --help` over bare Python", f"{ratio:.1f} ×", "≤ 5 ×", ratio <= 5
    ratio = spent["first_score"] / spent["pandas"]
    yield "first score from cold over `import pandas`", f"{ratio:.1f} ×", "≤ 2 ×", ratio <= 2


def streaming(spent):
    """Yield what a Parquet file costs."""
    sizes = sorted(int(name.split("_")[1]) for name in spent if name.startswith("tally") and not name.endswith("bytes"))
    for size in sizes:
        ratio = spent[f"tally_{size}"] / spent[f"decode_{size}"]
        text = f"{ratio:.1f} × ({spent[f'tally_{size}']:.0f} s)"
        yield f"{size},000,000 rows from Parquet over decoding them", text, "≤ 3.5 ×", ratio <= 3.5
    if len(sizes) > 1:
        small, big = (spent[f"tally_{size}_bytes"] for size in (sizes[0], sizes[-1]))
        text = f"{big / small:.2f} × ({big / 2**20:.0f} MiB)"
        yield (
            f"peak memory of {sizes[-1]},000,000 rows over {sizes[0]},000,000",
            text,
            *memory_target(sizes, big / small),
        )
    if "dask" in spent:
        ratio = spent["dask"] / spent[f"tally_{sizes[-1]}"]
        yield (
            f"{sizes[-1]},000,000 rows on Dask, two workers, over one process",
            f"{ratio:.2f} ×",
            "≤ 1.5 ×",
            ratio <= 1.5,
        )


def memory_target(sizes, ratio):
    """Give the target of 20 over 2 million rows, only where these were measured."""
    return ("≤ 1.1 ×", ratio <= 1.1) if (sizes[0], sizes[-1]) == (2, 20) else ("", False)


def thresholds(measured):
    """Give half of each ratio that `check.py` measures again."""
    case, start = (
        {name: statistics.median(one) for name, one in measured[key].items()} for key in ("100,000", "start-up")
    )
    return {
        "pandas_over_kit": case["pandas"] / case["kit"] / 2,
        "products_over_pass": case["products"] / case["pass"] / 2,
        "python_over_help": start["python"] / start["help"] / 2,
        "pandas_over_first_score": start["pandas"] / start["first_score"] / 2,
    }


def write(measured):
    """Write the page and the thresholds; give the page."""
    about = measured["about"]
    known = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    lines = [
        HEAD,
        f"{about['date']}, {about['machine']}; {known}.\n\n",
        "| what | measured | target | |\n|---|---|---|---|\n",
    ]
    for what, found, target, reached in rows(measured):
        word = ("reached" if reached else "**missed**") if target else ""
        lines.append(f"| {what} | {found} | {target} | {word} |\n")
    text = "".join([*lines, NOT_MEASURED])
    PAGE.write_text(text, "utf-8")
    if {"100,000", "start-up"} <= measured.keys():
        halves = "".join(f"{name} = {value:.4f}\n" for name, value in thresholds(measured).items())
        THRESHOLDS.write_text(
            "# Half of the ratios of the last full run; benchmarks/check.py compares with them.\n" + halves
        )
    return text
