"""The lock names every package we ask for, by version and hash, and no address."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def lock():
    return (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def locked(lock):
    """Each locked requirement with its number of hashes."""
    blocks = re.findall(r"^([A-Za-z0-9].*(?:\n    --hash=.*)*)", lock, re.M)
    return [(Requirement(block.split(" \\")[0]), block.count("--hash=sha256:")) for block in blocks]


def asked():
    """What pyproject.toml asks for, extras included; the package's own extras are themselves in the list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    requirements = [Requirement(text) for texts in lists for text in texts]
    return [requirement for requirement in requirements if requirement.name != project["name"]]


def test_no_address_and_no_path_of_a_machine_is_in_it(lock):
    assert "://" not in lock
    assert not re.search(r"(?<![\w.-])/(root|home|tmp|work|opt|Users)/|--(index-url|find-links)", lock)


def test_every_requirement_is_one_version_with_hashes(locked):
    assert len(locked) > 100
    wrong = [
        str(requirement)
        for requirement, hashes in locked
        if not hashes or [clause.operator for clause in requirement.specifier] != ["=="]
    ]
    assert not wrong


@pytest.mark.parametrize("requirement", asked(), ids=str)
def test_the_locked_version_is_one_that_the_project_asks_for(requirement, locked):
    name = canonicalize_name(requirement.name)
    versions = [
        clause.version
        for candidate, _ in locked
        if canonicalize_name(candidate.name) == name
        for clause in candidate.specifier
    ]
    assert versions, f"{name} is not locked: run the command at the head of requirements.lock"
    assert all(requirement.specifier.contains(version, prereleases=True) for version in versions)
