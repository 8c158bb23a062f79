"""No file names a package index or a path of somebody's machine: what installs must install anywhere."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# In pieces, so that this file does not name them either.
NAMES = [("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs"), ("deb", "debian")]
INDEXES = [".".join(parts) for parts in NAMES]
MACHINES = ["/" + folder + "/" for folder in ("root", "home/[a-z]+", "work", "opt/wheels", "Users/[a-z]+")]
PATTERN = re.compile("|".join([*map(re.escape, INDEXES), *(rf"(?<![\w.-]){path}" for path in MACHINES)]).encode())


def committed():
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    told = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode:
        pytest.skip("not a Git checkout")
    return [ROOT / file for file in told.stdout.split("\0") if file and (ROOT / file).is_file()]


def test_no_file_names_an_index_or_a_machine():
    found = {}
    for path in committed():
        if match := PATTERN.search(path.read_bytes()):
            found[str(path.relative_to(ROOT))] = match.group().decode()
    assert not found


def test_no_npm_lock_names_where_a_package_was_fetched():
    locks = [path for path in committed() if path.name == "package-lock.json"]
    assert not [path for path in locks if '"resolved"' in path.read_text("utf-8")]
