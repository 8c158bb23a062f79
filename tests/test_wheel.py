"""The wheel carries everything that works without the checkout, and nothing that only builds it."""

import subprocess
import zipfile
from pathlib import Path

import pytest
import uv

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = ROOT / "assessment" / "share"

pytestmark = pytest.mark.thorough


@pytest.fixture(scope="module")
def names(checkout, tmp_path_factory):
    source = checkout(tmp_path_factory.mktemp("checkout"))
    output = tmp_path_factory.mktemp("wheel")
    build = [uv.find_uv_bin(), "build", "--wheel", "--quiet", "--out-dir", str(output)]
    subprocess.run(build, cwd=source, check=True, timeout=300)
    (wheel,) = output.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


def relative(*patterns):
    paths = [path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()]
    return {path.relative_to(ROOT).as_posix() for path in paths if ".ipynb_checkpoints" not in path.parts}


def test_frameworks_examples_and_bundles_are_in_it(names):
    shipped = relative("assessment/framework/*.toml", "assessment/example/*.*", "assessment/widgets/js/bundles/*")
    assert shipped
    assert shipped <= set(names)


def test_every_notebook_is_in_it(names):
    shipped = relative("notebooks/**/*.ipynb")
    assert shipped
    assert {f"assessment/{name}" for name in shipped} <= set(names)


def test_jupyter_finds_the_page_templates_where_it_looks(names):
    shared = {name.partition(".data/data/")[2] for name in names}
    templates = [path for path in TEMPLATES.rglob("*") if path.is_file()]
    assert templates
    assert {f"share/{path.relative_to(TEMPLATES).as_posix()}" for path in templates} <= shared


def test_what_only_builds_the_widgets_stays_out(names):
    script_folder = "assessment/widgets/js/"
    inside = [name for name in names if name.startswith(script_folder)]
    assert all(name.startswith(f"{script_folder}bundles/") for name in inside)


def test_the_licences_travel_with_it(names):
    licences = {name.partition(".dist-info/licenses/")[2] for name in names} - {""}
    assert licences == {"LICENSE", "LICENSES/MIT.txt", "LICENSES/CC-BY-4.0.txt", "LICENSES/OFL-1.1.txt"}
