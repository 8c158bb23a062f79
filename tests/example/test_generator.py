import subprocess
import sys
from pathlib import Path

import pytest

from assessment.example import example_files
from assessment.example.generator import make_files, write_example
from assessment.faults import Faults

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("3.12", "3.13")
ALONE = """
import sys, types
sys.path.insert(0, sys.argv[1])
room = types.ModuleType("assessment.example")
room.__path__ = [sys.argv[1] + "/assessment/example"]
sys.modules["assessment.example"] = room
from assessment.example.generator import write_example
write_example(sys.argv[2])
"""
"""The generator needs nothing but Python: the room's loader, which needs pandas, is kept out."""


@pytest.fixture(scope="module")
def made():
    return make_files()


def test_the_shipped_files_are_made_anew_byte_for_byte(made):
    shipped = {path.name: path.read_bytes() for path in example_files().values()}
    assert made.keys() == shipped.keys()
    assert [name for name in made if made[name] != shipped[name]] == []


@pytest.mark.thorough
@pytest.mark.parametrize("version", OTHERS)
def test_another_python_makes_the_same_bytes(version, find_python, missing, tmp_path):
    python = find_python(version)
    if python is None:
        missing(f"Python {version}")
    subprocess.run([python, "-c", ALONE, ROOT, tmp_path], check=True, timeout=300)
    for path in example_files().values():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_another_seed_makes_other_answers(made):
    other = make_files(seed=1)
    assert other["valclair_responses.csv"] != made["valclair_responses.csv"]
    assert other["valclair_units.csv"] == made["valclair_units.csv"]


def test_files_end_lines_as_the_contract_says(made):
    for content in made.values():
        assert b"\r" not in content
        assert content.endswith(b"\n")
        content.decode("utf-8")


def test_nothing_is_overwritten_unless_asked(tmp_path, made):
    taken = tmp_path / "valclair_units.csv"
    taken.write_text("mine")
    with pytest.raises(Faults, match="file_exists"):
        write_example(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["valclair_units.csv"]
    assert taken.read_text() == "mine"
    write_example(tmp_path, force=True)
    assert taken.read_bytes() == made["valclair_units.csv"]


def test_the_command_writes_the_files(tmp_path):
    command = [sys.executable, "-m", "assessment.example", str(tmp_path / "new")]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    assert {Path(line).name for line in told.stdout.splitlines()} == {path.name for path in example_files().values()}
    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert (again.returncode, again.stdout) == (1, "")
    assert "file_exists" in again.stderr
