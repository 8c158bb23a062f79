"""What the tests of the statistics share: real data beside the project, R's numbers, and the data R made them from."""

import csv
import json
import warnings
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
REFDATA = ROOT.parent / "shared" / "refdata"
ORACLES = ROOT / "tests" / "oracles"

# A loaded machine is no fault of the statistics.
settings.register_profile("statistics", deadline=None)
settings.load_profile("statistics")


@pytest.fixture(autouse=True)
def _no_warning_escapes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@pytest.fixture(scope="session")
def refdata():
    """Give the folder of reference data, which the project may not copy (GPL)."""
    if not REFDATA.is_dir():
        pytest.skip(f"NOT TESTED HERE: real data against R (no {REFDATA})")
    return REFDATA


@pytest.fixture(scope="session")
def reference(refdata):
    """Give the numbers R computed on the reference data."""
    return json.loads((refdata / "reference_values.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def columns(refdata):
    """Give a function from a file and column names to an array (rows, columns), missing = NaN."""

    def read(name, wanted):
        with (refdata / "data" / name).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        return np.array([[_number(row[column]) for column in wanted] for row in rows])

    return read


@pytest.fixture(scope="session")
def oracle():
    """Give the numbers tests/oracles/statistics.R printed."""
    return json.loads((ORACLES / "statistics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def measured():
    """Give the numbers tests/oracles/measurement.R printed."""
    return json.loads((ORACLES / "measurement.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lehmer():
    return lehmer_sequence


@pytest.fixture(scope="session")
def answers():
    """Give the function `answers` of tests/oracles/statistics.R."""

    def make(seed, n, shares, options):
        shares = np.asarray(shares)
        uniform = lehmer_sequence(seed, n * (len(shares) + 1)).reshape(n, len(shares) + 1)
        return 1 + np.floor(options * (shares * uniform[:, :1] + (1 - shares) * uniform[:, 1:])).astype(int)

    return make


def lehmer_sequence(seed, count):
    """Park & Miller's generator, as in tests/oracles/statistics.R."""
    out = []
    for _ in range(count):
        seed = 16807 * seed % 2147483647
        out.append(seed / 2147483647)
    return np.array(out)


@pytest.fixture(scope="session")
def scale(columns):
    """Give a function from a reference file, item names ("-A1" = reversed on 1-6) to complete rows of whole answers."""

    def read(name, keys):
        rows = columns(name, [key.lstrip("-") for key in keys])
        rows = rows[~np.isnan(rows).any(axis=1)].astype(int)
        reverse = [key.startswith("-") for key in keys]
        return np.where(reverse, 7 - rows, rows)

    return read


def _number(cell):
    return np.nan if cell in ("", "NA") else float(cell)


@pytest.fixture(scope="session")
def r_says():
    """Give the numbers tests/oracles/shared_vision.R printed."""
    return json.loads((ORACLES / "shared_vision.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def companions():
    """Give the 60 people of tests/oracles/shared_vision.R: five variables and an outcome."""
    uniform = lehmer_sequence(11, 60 * 7).reshape(60, 7)
    shares = np.array([0.2, 0.35, 0.5, 0.6, 0.3, 0.55])
    return shares * uniform[:, :1] + (1 - shares) * uniform[:, 1:]
