"""The demonstration gives the same numbers under every Python we support."""

import math
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import uv

ROOT = Path(__file__).resolve().parents[1]
SUPPORTED = ("3.14", "3.13", "3.12", "3.11")

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def other_python(find_python, missing):
    """The highest supported Python that is not the one running the tests."""
    mine = f"{sys.version_info.major}.{sys.version_info.minor}"
    for version in SUPPORTED:
        if version != mine and (python := find_python(version)):
            return python
    return missing(f"a Python of {', '.join(SUPPORTED)} besides {mine}")


@pytest.fixture(scope="module")
def environment(other_python, checkout, tmp_path_factory):
    """A fresh environment with the checkout and the locked versions of what it needs."""
    source = checkout(tmp_path_factory.mktemp("checkout"))
    folder = tmp_path_factory.mktemp("python") / "venv"
    steps = (
        [other_python, "-m", "venv", "--without-pip", folder],
        [uv.find_uv_bin(), "pip", "install", "--python", folder, "--constraint", "requirements.lock", "."],
    )
    for step in steps:
        subprocess.run(list(map(str, step)), cwd=source, check=True, timeout=300)
    return folder


def demonstrate(python, output, elsewhere):
    """Run the demonstration outside the checkout, so that the installed package is what runs."""
    subprocess.run(
        [str(python), "-m", "assessment", "demo", "--language", "en", "--output", str(output)],
        cwd=elsewhere,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        check=True,
        timeout=300,
    )
    tables = {*output.rglob("*.csv"), *output.rglob("*.json")}
    return {str(path.relative_to(output)): path.read_bytes() for path in tables}


def test_the_demonstration_gives_the_same_numbers(environment, tmp_path):
    scripts = "Scripts" if os.name == "nt" else "bin"
    here = demonstrate(sys.executable, tmp_path / "here", tmp_path)
    there = demonstrate(environment / scripts / "python", tmp_path / "there", tmp_path)
    assert here, "the demonstration wrote no CSV and no JSON"
    assert there.keys() == here.keys()
    different = {name: first_difference(here[name].decode(), there[name].decode()) for name in here}
    assert not {name: found for name, found in different.items() if found}


def first_difference(here, there):
    """Show the first words that differ; numbers may, by what another build of NumPy rounds in the last digits."""
    ours, theirs = (re.split(r'[\s,"]+', text) for text in (here, there))
    if len(ours) != len(theirs):
        return len(ours), len(theirs)
    pairs = zip(ours, theirs, strict=True)
    return next((pair for pair in pairs if pair[0] != pair[1] and not are_close(*pair)), None)


def are_close(here, there):
    try:
        return math.isclose(float(here), float(there), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return False
