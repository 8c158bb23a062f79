"""Reading a survey tool's export beside pandas reading the same CSV: processor time and memory.

    python benchmarks/importing.py             300,000 respondents × 72 items × 2 answers, medians of three
    python benchmarks/importing.py --once      once, as JSON: what a test of the memory asks for

Each side runs in a process of its own. ``size`` is pandas' table in bytes, or how many responses were kept.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from assessment.framework import load_framework
from assessment.responses.columns import answer_columns

RESPONDENTS, ITEMS, RUNS = 300_000, 72, 3
FRAMEWORK = "collectivite-apprenante"
MEASURED = """
import json, re, sys, time
import pandas as pd
from assessment.framework import load_framework
from assessment.responses.readers import read_export

def held(key):
    # Of this process alone: getrusage would tell the parent's peak where that was higher.
    return int(re.search(rf"{key}:\\s+(\\d+)", open("/proc/self/status").read())[1]) * 1024

framework = load_framework("collectivite-apprenante")
before = held("VmRSS")
start = time.process_time()
if sys.argv[2] == "pandas":
    size = int(pd.read_csv(sys.argv[1]).memory_usage(deep=True).sum())
else:
    size = read_export(sys.argv[1], framework).preview.kept
seconds = time.process_time() - start
peak = held("VmHWM") - before
print(json.dumps({"seconds": seconds, "size": size, "peak": peak}))
"""


def write_export(path: Path) -> None:
    """Write a CSV of answers drawn at random, from a seed."""
    columns = answer_columns(load_framework(FRAMEWORK))[: 2 * ITEMS]
    codes = [column.item.id.replace("_", "") + column.perspective[0].upper() for column in columns]
    cells = np.array(["1", "2", "3", "4", "5", "na"])[np.random.default_rng(1).integers(0, 6, (RESPONDENTS, 2 * ITEMS))]
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"respondent,unit,{','.join(codes)}\n")
        file.writelines(f"p{row},U{row % 40},{','.join(answers)}\n" for row, answers in enumerate(cells))


def measure(path: Path, side: str) -> dict:
    """Read the file once in a process of its own."""
    return json.loads(subprocess.check_output([sys.executable, "-c", MEASURED, path, side]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--once", action="store_true")
    once = parser.parse_args().once
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write_export(path)
        runs = [{side: measure(path, side) for side in ("pandas", "ours")} for _ in range(1 if once else RUNS)]
    if once:
        print(json.dumps(runs[0] | {"respondents": RESPONDENTS}))
        return
    ratio = statistics.median(run["ours"]["seconds"] / run["pandas"]["seconds"] for run in runs)
    memory = statistics.median(run["ours"]["peak"] / run["pandas"]["size"] for run in runs)
    print(f"processor time {ratio:.1f} × pandas reading the file alone (asked: 3); memory {memory:.1f} × the table (2)")


if __name__ == "__main__":
    main()
