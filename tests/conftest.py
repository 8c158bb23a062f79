"""What tests of the set-up share: other Pythons, and a missing tool that is loud outside CI and fatal in it."""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def missing():
    """Skip with a reason, or fail where CI must have everything."""

    def tell(what):
        if os.environ.get("CI"):
            pytest.fail(f"{what}: CI must have it")
        pytest.skip(f"NOT TESTED HERE: {what}")

    return tell


@pytest.fixture(scope="session")
def chromium(missing):
    """Start Chromium once a session, for all that look at pages: Playwright cannot be started twice."""
    if importlib.util.find_spec("playwright") is None:
        missing("playwright is not installed (the test extra brings it)")
    command = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if command is None:
        missing("no Chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def find_python():
    """Give a function from a version ("3.13") to the path of such a Python that really runs, or None."""
    return running_python


@pytest.fixture(scope="session")
def checkout(tmp_path_factory):
    """Give a function that copies what Git would commit, the work tree's state, into an empty folder."""
    return copy_checkout


@pytest.fixture(scope="session")
def calls_of():
    """Give the counter of calls: `calls_of(work)` tells how much a work does, the same on every machine."""
    return count_calls


def count_calls(work):
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.fixture(scope="session")
def hostile():
    """Give the maker of hostile texts and maps: `hostile.hostile_texts()`, `hostile.hostile_map()`."""
    place = importlib.util.spec_from_file_location("hostile", ROOT / "tests" / "cases" / "hostile.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def limesurvey_results():
    """Give the maker of LimeSurvey's results: `limesurvey_results(framework, responses, verbatims, units)`, a text."""
    place = importlib.util.spec_from_file_location("results", ROOT / "tests" / "cases" / "limesurvey_results.py")
    module = importlib.util.module_from_spec(place)
    place.loader.exec_module(module)
    return module.results


def running_python(version):
    command = shutil.which(f"python{version}")
    if command is None:
        return None
    for wish in ({}, *({"PYENV_VERSION": line} for line in pyenv_versions(version))):
        told = subprocess.run(
            [command, "-c", "import sys; print(sys.executable)"],
            env={**os.environ, **wish},
            capture_output=True,
            text=True,
            check=False,
        )
        if told.returncode == 0:
            return Path(told.stdout.strip())
    return None


def pyenv_versions(version):
    """List the pyenv versions of this kind: its shim refuses to run one that nobody has chosen."""
    if shutil.which("pyenv") is None:
        return []
    told = subprocess.run(["pyenv", "versions", "--bare"], capture_output=True, text=True, check=False)
    return [line for line in told.stdout.split() if line.startswith(f"{version}.")]


def copy_checkout(folder):
    files = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, files):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder
