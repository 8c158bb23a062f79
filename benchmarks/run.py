"""Measure every side in one run and write the ratios: `python benchmarks/run.py [CASE…]`, all cases without any.

CPU seconds, one thread, medians; a side over a minute runs once. What was measured is kept in measured.json, so that a
case can be measured again by itself; docs/benchmarks.md and thresholds.toml are written from it.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sides import ONE_THREAD

HERE = Path(__file__).resolve().parent
MEASURED = HERE / "measured.json"
TIMES = 5
LARGE = (2, 20)
"""Millions of rows of the Parquet files."""

FILES = os.environ.get("BENCHMARK_FILES")
"""Folder where these files are kept from run to run; else they are written each time, which takes minutes."""

QUICK = 20_000, 200
"""Respondents and units of the short check."""

R_ROWS = (5_000, 50), (20_000, 200), (100_000, 1000)
ENVIRONMENT = {**os.environ, **ONE_THREAD, "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE.parent)])}


def side(name, rows, units, times=TIMES):
    """Give the CPU seconds of each call of a side, in a process of its own."""
    command = [sys.executable, str(HERE / "sides.py"), name, str(rows), str(units), str(times)]
    return json.loads(subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout)


def process(arguments, times=1):
    """Give the CPU seconds of each run of a program, and the most memory it held, in bytes."""
    seconds, most = [], 0
    for _ in range(times):
        child = subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if status:
            raise SystemExit(f"{arguments} failed")
        seconds.append(usage.ru_utime + usage.ru_stime)
        most = max(most, usage.ru_maxrss * 1024)
    return seconds, most


def hundred_thousand():
    """100,000 respondents in 1,000 units."""
    return {name: side(name, 100_000, 1000) for name in ("kit", "pass", "products", "pandas", "polars")}


def loops():
    """The loops with pingouin on 100,000 respondents: one dimension of twelve, once."""
    return {"pingouin_one_dimension": side("pingouin", 100_000, 1000, 1)}


def r_script():
    """R psych and multilevel: one dimension of twelve, once for each number of respondents."""
    with tempfile.TemporaryDirectory() as folder:
        return {f"r_{rows}": [r_seconds(Path(folder, "answers.csv"), rows, units)] for rows, units in R_ROWS}


def r_seconds(path, rows, units):
    """Give the CPU seconds of the R script on one dimension."""
    code = f"import sys; from data import *; t = answers(responses({rows}, {units}))"
    code += "; t[[c for c in t if c[:3] == 'd00'] + ['unit']].to_csv(sys.argv[1], index=False)"
    subprocess.run([sys.executable, "-c", code, str(path)], env=ENVIRONMENT, check=True)
    command = ["Rscript", str(HERE / "peer_psych_multilevel.R"), str(path)]
    told = subprocess.run(command, env=ENVIRONMENT, check=True, capture_output=True, text=True).stdout
    return float(told.strip().splitlines()[-1])


def bootstrap():
    """2,000 resamples of the organisation's twelve levels on 100,000 respondents; pandas once."""
    return {
        "kit_bootstrap": side("kit_bootstrap", 100_000, 1000),
        "pandas_bootstrap": side("pandas_bootstrap", 100_000, 1000, 1),
    }


def quick(times=3):
    """What the short check measures."""
    return {name: side(name, *QUICK, times) for name in ("kit", "pass", "products", "pandas")}


def million():
    """1,000,000 respondents in 1,000 units."""
    found = {name: side(name, 1_000_000, 1000) for name in ("kit", "pass", "products", "polars")}
    return found | {"pandas": side("pandas", 1_000_000, 1000, 3)}


def thousand():
    """1,000 respondents: the organisation alone, and with 20 units."""
    return {"kit_units": side("kit", 1000, 20, 25), "kit_whole": side("whole", 1000, 20, 25)}


def start_up(times=9):
    """What starting costs."""
    first = (
        "import assessment; e = assessment.load_example(); "
        "assessment.score_dimensions(assessment.tally(e.responses, e.framework))"
    )
    programs = {
        "python": [sys.executable, "-c", "pass"],
        "assessment": [sys.executable, "-c", "import assessment"],
        "help": [sys.executable, str(Path(sys.executable).with_name("apprenance")), "--help"],
        "pandas": [sys.executable, "-c", "import pandas"],
        "first_score": [sys.executable, "-c", first],
    }
    return {name: process(arguments, times)[0] for name, arguments in programs.items()}


def parquet():
    """Files of `LARGE` from Parquet, and decoding them alone."""
    found, script = {}, str(HERE / "stream.py")
    with tempfile.TemporaryDirectory() as folder:
        for millions in LARGE:
            path = str(Path(FILES or folder, f"{millions}.parquet"))
            if not os.path.exists(path):
                subprocess.run([sys.executable, script, "write", path, str(millions)], env=ENVIRONMENT, check=True)
            for work in ("decode", "tally"):
                seconds, most = process([sys.executable, script, work, path])
                found |= {f"{work}_{millions}": seconds, f"{work}_{millions}_bytes": [most]}
            found[f"dask_{millions}"] = dask(path)
    return found


def dask(path):
    """Give the CPU seconds of two workers and the client on a file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, str(HERE / "stream.py"), "dask", path], env=ENVIRONMENT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime]


CASES = {
    "100,000": hundred_thousand,
    "1,000,000": million,
    "1,000": thousand,
    "check": quick,
    "bootstrap": bootstrap,
    "start-up": start_up,
    "parquet": parquet,
    "loops": loops,
    "R": r_script,
}


def versions():
    """Give what was compared."""
    found = {"Python": platform.python_version()}
    for name in ("numpy", "pandas", "scipy", "pyarrow", "polars", "pingouin", "distributed"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def machine():
    """Name the processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def main(cases):
    """Measure the cases and write what is known by now."""
    measured = json.loads(MEASURED.read_text()) if MEASURED.exists() else {}
    for case in cases or CASES:
        measured[case] = CASES[case]()
        about = {"date": date.today().isoformat(), "machine": machine(), "versions": versions()}
        measured["about"] = about
        MEASURED.write_text(json.dumps(measured, indent=1) + "\n")
        print(case, {name: round(statistics.median(one), 4) for name, one in measured[case].items()}, flush=True)
    from page import write

    print(write(measured))


if __name__ == "__main__":
    main(sys.argv[1:])
