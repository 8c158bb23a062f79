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
LARGE = (1, 2)
"""Millions of rows of the Parquet files; the target speaks of 2 and 20, which take many minutes more."""
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
    """R psych and multilevel on 100,000 respondents: one dimension of twelve, once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "answers.csv")
        code = (
            "import sys; from data import *; t = answers(responses(100_000, 1000)); t[[c for c in t if c[:3] == 'd00']"
        )
        code += " + ['unit']].to_csv(sys.argv[1], index=False)"
        subprocess.run([sys.executable, "-c", code, str(path)], env=ENVIRONMENT, check=True)
        told = subprocess.run(
            ["Rscript", str(HERE / "peer_psych_multilevel.R"), str(path)],
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    return {"r_one_dimension": [float(told.strip().splitlines()[-1])]}


def million():
    """1,000,000 respondents in 1,000 units."""
    found = {name: side(name, 1_000_000, 1000) for name in ("kit", "pass", "products", "polars")}
    return found | {"pandas": side("pandas", 1_000_000, 1000, 3)}


def thousand():
    """1,000 respondents: the organisation alone, and with 20 units."""
    return {"kit_units": side("kit", 1000, 20, 25), "kit_whole": side("whole", 1000, 20, 25)}


def start_up():
    """What starting costs."""
    first = (
        "import assessment; e = assessment.load_example(); "
        "assessment.score_dimensions(assessment.tally(e.responses, e.framework))"
    )
    programs = {
        "python": [sys.executable, "-c", "pass"],
        "assessment": [sys.executable, "-c", "import assessment"],
        "help": [sys.executable, "-m", "assessment", "--help"],
        "pandas": [sys.executable, "-c", "import pandas"],
        "first_score": [sys.executable, "-c", first],
    }
    return {name: process(arguments, 9)[0] for name, arguments in programs.items()}


def parquet():
    """Files of `LARGE` from Parquet, and decoding them alone."""
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for millions in LARGE:
            path = str(Path(folder, f"{millions}.parquet"))
            subprocess.run(
                [sys.executable, str(HERE / "stream.py"), "write", path, str(millions)], env=ENVIRONMENT, check=True
            )
            for work in ("decode", "tally"):
                seconds, most = process([sys.executable, str(HERE / "stream.py"), work, path])
                found |= {f"{work}_{millions}": seconds, f"{work}_{millions}_bytes": [most]}
            if millions == LARGE[-1]:
                found["dask"] = dask(path)
            os.unlink(path)
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
