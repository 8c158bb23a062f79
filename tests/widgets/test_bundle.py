"""What is shipped for the browser is what its sources build, fetches nothing and tells its licences."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

JS = Path(__file__).resolve().parents[2] / "assessment" / "widgets" / "js"
BUNDLES = JS / "bundles"


def run(*command):
    return subprocess.run(command, cwd=JS, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def node(missing):
    if shutil.which("node") is None:
        missing("no Node.js")
    if not (JS / "node_modules" / "esbuild").is_dir():
        missing("no node_modules (npm ci in assessment/widgets/js)")
    return "node"


@pytest.mark.thorough
def test_the_bundles_are_what_the_sources_build(node):
    told = run(node, "build.mjs", "--check")
    assert told.returncode == 0, told.stderr


@pytest.mark.thorough
def test_the_tests_in_javascript_pass(node):
    files = sorted(str(file.relative_to(JS)) for file in (JS / "test").glob("*.test.js"))
    told = run(node, "--test", *files)
    assert told.returncode == 0, told.stdout


def test_text_enters_the_page_as_text_only():
    for file in (JS / "src").rglob("*.js"):
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", file.read_text("utf-8")), file


@pytest.mark.parametrize("name", ["answer_sheet", "chart_page", "systems_map", "tool_page"])
def test_the_bundled_style_sheet_fetches_nothing(name):
    assert not re.search(r"url\(|@import|@font-face", (BUNDLES / f"{name}.css").read_text("utf-8"))


@pytest.mark.parametrize("file", sorted((JS / "src").rglob("*.css")), ids=lambda file: file.name)
def test_a_style_sheet_stays_in_the_widget(file):
    sheet = re.sub(r"@import [^;]*;", "", file.read_text("utf-8"))
    rules = re.findall(r"^ *([^@/{}\s][^{}]*)\{", re.sub(r"/\*.*?\*/", "", sheet, flags=re.S), re.M)
    assert [rule for rule in rules if ".apprenance" not in rule and not re.match(r"from|to", rule)] == []


@pytest.mark.parametrize(
    ("name", "packages"),
    [
        ("chart_page", {"vega", "vega-lite", "d3-scale"}),
        ("systems_map", {"cytoscape", "cytoscape-edgehandles", "cytoscape-fcose", "layout-base"}),
    ],
)
def test_every_bundled_package_tells_its_licence(name, packages):
    licences = (BUNDLES / f"{name}.LICENSES.txt").read_text("utf-8")
    told = dict(re.findall(r"^([@\w./-]+) [\w.-]+ \(([\w. -]+)\)$", licences, re.M))
    assert packages <= told.keys()
    assert set(told.values()) <= {"BSD-3-Clause", "ISC", "MIT"}


def test_the_page_without_charts_brings_no_drawing_of_charts_along():
    assert not (BUNDLES / "tool_page.LICENSES.txt").exists()
    assert (BUNDLES / "tool_page.js").stat().st_size < 60_000


def test_versions_are_exact():
    package = json.loads((JS / "package.json").read_text("utf-8"))
    versions = {**package["dependencies"], **package["devDependencies"]}.values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)
