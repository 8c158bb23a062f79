"""Notebooks are read, not programmed: no stored output, no function, short cells, public names only."""

import ast
import json
from pathlib import Path

import pytest

import assessment

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
LONGEST_CELL = 12


def notebooks(pattern="**/*.ipynb"):
    return sorted(path for path in FOLDER.glob(pattern) if ".ipynb_checkpoints" not in path.parts)


def name(path):
    return path.relative_to(FOLDER).as_posix()


def load(path):
    return json.loads(path.read_text("utf-8"))


def sources(path, kind):
    return ["".join(cell["source"]) for cell in load(path)["cells"] if cell["cell_type"] == kind]


every_notebook = pytest.mark.parametrize("path", notebooks(), ids=name)


def test_there_are_tool_notebooks():
    assert notebooks("tools/*.ipynb")


@every_notebook
def test_no_output_and_no_widget_state_is_stored(path):
    notebook = load(path)
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not [cell["outputs"] for cell in code if cell["outputs"]]
    assert not [cell["execution_count"] for cell in code if cell["execution_count"]]
    assert "widgets" not in notebook["metadata"]


@every_notebook
def test_every_cell_is_short(path):
    cells = [cell for kind in ("code", "markdown") for cell in sources(path, kind)]
    assert max(len(cell.splitlines()) for cell in cells) <= LONGEST_CELL


@every_notebook
def test_no_function_is_defined(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    nodes = [node for cell in sources(path, "code") for node in ast.walk(ast.parse(cell))]
    assert not [node.lineno for node in nodes if isinstance(node, kinds)]


@every_notebook
def test_only_public_names_are_imported(path):
    nodes = [node for cell in sources(path, "code") for node in ast.walk(ast.parse(cell))]
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    assert not plain, "write: from assessment import …"
    named = [node for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {node.module for node in named} <= {"assessment"}
    assert {alias.name for node in named for alias in node.names} <= set(assessment.__all__)


@pytest.mark.parametrize("path", notebooks("tools/*.ipynb"), ids=name)
def test_a_tool_is_a_title_an_import_and_a_call(path):
    cells = load(path)["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "code"]
    assert "".join(cells[0]["source"]).startswith("# ")
    bodies = [ast.parse("".join(cell["source"])).body for cell in cells[1:]]
    assert [len(body) for body in bodies] == [1, 1]
    assert isinstance(bodies[0][0], ast.ImportFrom)
    assert isinstance(bodies[1][0], ast.Expr)


@pytest.mark.parametrize("path", notebooks("fr/*.ipynb") + notebooks("en/*.ipynb"), ids=name)
def test_a_lesson_is_the_same_code_in_both_languages(path):
    twin = FOLDER / {"fr": "en", "en": "fr"}[path.parent.name] / path.name
    assert sources(path, "code") == sources(twin, "code")
