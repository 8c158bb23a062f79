"""Whoever installs Apprenance receives permissive licences only, and can read which."""

import importlib.util
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

ALLOWED = {"MIT", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "MPL-2.0", "PSF-2.0"}
# As free as those above, and each really needed:
ALSO_ALLOWED = {
    "ISC": "pexpect and ptyprocess (IPython), isoduration (Jupyter Server), part of jupyter-builder",
    "MIT-0": "cffi, which Jupyter Server's password hashing needs; MIT without the notice",
    "0BSD": "a part of NumPy",
    "Zlib": "a part of NumPy",
    "CC0-1.0": "a part of NumPy",
}
# Wheels that carry copyleft run-time libraries of a compiler as separate files; THIRD-PARTY.md says so.
CARRY_COMPILER_LIBRARIES = {"numpy", "scipy"}


def load_third_party():
    specification = importlib.util.spec_from_file_location("third_party", ROOT / ".ci" / "third_party.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


third_party = load_third_party()


@pytest.fixture(scope="module")
def closure():
    return third_party.closure()


@pytest.fixture(scope="module")
def listed():
    """The table of THIRD-PARTY.md: name to (version, licence, brought by, only on)."""
    rows = re.findall(r"^\| ([\w-]+) \| (.*) \|$", third_party.PAGE.read_text("utf-8"), re.M)
    return {name: tuple(rest.split(" | ")) for name, rest in rows if name != "package"}


def is_free(expression):
    """Whether an SPDX expression without brackets leaves a choice that is allowed throughout."""
    allowed = ALLOWED | ALSO_ALLOWED.keys()
    return any(all(part in allowed for part in choice.split(" AND ")) for choice in expression.split(" OR "))


def test_an_expression_is_free_when_one_of_its_choices_is():
    assert is_free("MIT")
    assert is_free("GPL-3.0-only OR MIT")
    assert not is_free("MIT AND LGPL-2.1-or-later")
    assert not is_free("(MIT OR GPL-3.0-only) AND LGPL-2.1-or-later")
    assert not is_free("not stated")


def test_every_package_that_comes_along_is_free_of_copyleft(closure):
    wrong = [
        f"{name}: {licence} (apprenance → {' → '.join(chain)})"
        for name, (chain, _) in closure.items()
        if not is_free(licence := third_party.licence(name))
    ]
    assert not wrong, "licences we do not take:\n" + "\n".join(wrong)


def test_the_walk_reaches_what_comes_by_others_and_names_the_chain(closure):
    chain, _ = closure["webencodings"]
    assert chain[0] in {"jupyterlab", "nbconvert", "voila"}
    assert chain[-1] == "webencodings"


def test_every_additional_licence_is_still_needed(closure):
    words = {word for name in closure for word in re.split(r" AND | OR ", third_party.licence(name))}
    assert words >= ALSO_ALLOWED.keys()


def test_third_party_lists_exactly_what_comes_along(closure, listed):
    assert listed.keys() == closure.keys(), "run: python .ci/third_party.py"


def test_third_party_tells_the_licence_that_the_package_tells(closure, listed):
    here = {name: third_party.licence(name) for name in closure if is_installed(name)}
    told = {name: listed[name][1] for name in here}
    assert told == here, "run: python .ci/third_party.py"


def is_installed(name):
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def test_third_party_tells_the_locked_versions(listed):
    locked = {name: " – ".join(versions) for name, versions in third_party.locked_versions().items()}
    assert {name: row[0] for name, row in listed.items()} == {name: locked[name] for name in listed}


def test_no_package_needed_on_this_machine_is_missing(closure):
    here = (f"{sys.version_info.major}.{sys.version_info.minor}", system_here())
    missing = [name for name, (_, where) in closure.items() if here in where and not is_installed(name)]
    assert not missing


def system_here():
    return {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, "Linux")


def test_wheels_that_carry_copyleft_libraries_are_those_the_page_names(closure):
    carry = {name for name in closure if is_installed(name) and carries_copyleft(name)}
    assert carry <= CARRY_COMPILER_LIBRARIES
    page = third_party.PAGE.read_text("utf-8")
    assert all(word in page for word in ("NumPy", "SciPy", "libgfortran", "libquadmath"))


def carries_copyleft(name):
    """Whether a wheel's licence files list a part under the GPL or the LGPL."""
    files = [file for file in distribution(name).files or () if "dist-info" in str(file)]
    texts = [file.locate() for file in files if re.match(r"(LICEN[CS]E|COPYING|NOTICE)", file.name, re.I)]
    return any(
        re.search(r"^License: .*GPL", text.read_text("utf-8", "replace"), re.M)
        for text in map(Path, texts)
        if text.is_file()
    )


def test_our_own_licences_are_stated_once_and_lie_there():
    reuse = tomllib.loads((ROOT / "REUSE.toml").read_text("utf-8"))
    stated = {annotation["SPDX-License-Identifier"] for annotation in reuse["annotations"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert stated == set(project["license"].split(" AND "))
    assert stated == {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert "Copyright (c) 2026 The Apprenance developers" in (ROOT / "LICENSE").read_text("utf-8")
