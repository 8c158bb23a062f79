"""Write THIRD-PARTY.md: what `pip install "apprenance[lab]"` brings along, and under which licences.

The closure is read from pyproject.toml and the metadata of the installed packages, for every Python and
operating system we support, so it comes out the same on all of them. Versions come from requirements.lock.

Run `python .ci/third_party.py` in the test environment; `tests/test_licences.py` compares.
"""

import re
import tomllib
from collections import deque
from importlib.metadata import PackageNotFoundError, distribution
from itertools import product
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "THIRD-PARTY.md"

SYSTEMS = {
    "Linux": {"sys_platform": "linux", "os_name": "posix", "platform_system": "Linux"},
    "macOS": {"sys_platform": "darwin", "os_name": "posix", "platform_system": "Darwin"},
    "Windows": {"sys_platform": "win32", "os_name": "nt", "platform_system": "Windows"},
}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")

# Packages of other systems cannot be asked here; read once from their metadata.
ELSEWHERE = {
    "appnope": "BSD-2-Clause",
    "colorama": "BSD",
    "pywinpty": "MIT",
}

# What packages say in their classifiers or in the first line of their licence field.
SAID = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd": "BSD",
    "bsd 2-clause license": "BSD-2-Clause",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd license": "BSD",
    "bsd-3-clause": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit": "MIT",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mpl-2.0": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
}

HEAD = """\
# What comes along

Apprenance copies no code of others but the JavaScript libraries in its widgets. Their licences are in
`assessment/widgets/js/bundles/*.LICENSES.txt`, beside each bundle.

`pip install "apprenance[lab]"` fetches the packages below. This page is written by `.ci/third_party.py` from
the packages' own metadata, and `tests/test_licences.py` compares it with what is installed. *Version* is what
`requirements.lock` names; *brought by* is one of the chains that lead here.

Binary wheels of NumPy and SciPy also contain run-time libraries of the GCC compiler: libgfortran (GPL 3 with the
exception that lets any program use it) and libquadmath (LGPL 2.1), as separate files that can be replaced. Their
licence files say so; we pass none of it on.
"""


def environments():
    """Give every environment we support, as (Python, system, marker values)."""
    for python, (system, values) in product(PYTHONS, SYSTEMS.items()):
        full = {"python_version": python, "python_full_version": f"{python}.9"}
        yield python, system, {**default_environment(), **values, **full}


def wanted(requirement, extras, environment):
    """Tell whether a marker holds, with any of the extras asked for."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in ("", *extras))


def requirements_of(name):
    """Read what an installed package requires; one that is not installed here is a leaf."""
    try:
        return [Requirement(text) for text in distribution(name).requires or ()]
    except PackageNotFoundError:
        return []


def closure_in(environment):
    """Walk from our run-time requirements to everything they bring: name to the shortest chain."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = [*project["dependencies"], *project["optional-dependencies"]["lab"]]
    waiting = deque((requirement, (), ()) for requirement in map(Requirement, ours))
    chains, seen = {}, set()
    while waiting:
        requirement, extras, chain = waiting.popleft()
        name = canonicalize_name(requirement.name)
        visit = (name, frozenset(requirement.extras))
        if visit in seen or not wanted(requirement, extras, environment):
            continue
        seen.add(visit)
        chain = (*chain, name)
        chains.setdefault(name, chain)
        waiting.extend((further, requirement.extras, chain) for further in requirements_of(name))
    return chains


def closure():
    """Give the closure over every environment: name to (chain, the environments that need it)."""
    found = {}
    for python, system, environment in environments():
        for name, chain in closure_in(environment).items():
            found.setdefault(name, (chain, set()))[1].add((python, system))
    return dict(sorted(found.items()))


def licence(name):
    """Read a package's licence: its expression, else its licence field, else its classifiers."""
    try:
        metadata = distribution(name).metadata
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "not installed here: add it to ELSEWHERE")
    if metadata.get("License-Expression"):
        return metadata["License-Expression"]
    classifiers = [line for line in metadata.get_all("Classifier", []) if line.startswith("License")]
    said = [line.split(" :: ")[-1] for line in classifiers]
    first_line = (metadata.get("License") or "").strip().partition("\n")[0].strip()
    if first_line.lower() in SAID:
        said = [first_line]
    return " AND ".join(SAID.get(line.lower(), line) for line in said) or "not stated"


def locked_versions():
    """Read requirements.lock: name to its versions."""
    versions = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / "requirements.lock").read_text(), re.M):
        versions.setdefault(name, []).append(version)
    return versions


def needed_on(where):
    """Say where a package is needed, empty for everywhere."""
    pythons = [python for python in PYTHONS if any(python == here for here, _ in where)]
    systems = [system for system in SYSTEMS if any(system == here for _, here in where)]
    words = [] if len(systems) == len(SYSTEMS) else [", ".join(systems)]
    return "; ".join(words + ([] if len(pythons) == len(PYTHONS) else [f"Python {', '.join(pythons)}"]))


def page():
    """Write the page."""
    versions = locked_versions()
    lines = [HEAD, "| package | version | licence | brought by | only on |", "|---|---|---|---|---|"]
    for name, (chain, where) in closure().items():
        version = " – ".join(versions.get(name, ["not locked"]))
        brought_by = " → ".join(chain[:-1]) or "apprenance"
        lines.append(f"| {name} | {version} | {licence(name)} | {brought_by} | {needed_on(where)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
