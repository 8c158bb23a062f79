"""A very large export is read whole, in about the memory of its table; how fast, ``benchmarks/importing.py`` says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARK = Path(__file__).resolve().parents[3] / "benchmarks" / "importing.py"


@pytest.mark.thorough
def test_300_000_respondents_are_read_in_the_memory_of_two_tables():
    measured = json.loads(subprocess.check_output([sys.executable, BENCHMARK, "--once"]))
    assert measured["ours"]["size"] == measured["respondents"]
    assert measured["ours"]["peak"] <= 2 * measured["pandas"]["size"]
