"""The public names are API from their first day: what is exported, documented and shown by an example."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import assessment

DOCS = Path(__file__).parent.parent / "docs" / "names.md"
CALLABLES = [name for name in assessment.__all__ if name != "apps"]
TABLES = {
    "dimensions": ("assessment.scoring.dimensions", "DIMENSION_COLUMNS"),
    "groups": ("assessment.scoring.dimensions", "GROUP_COLUMNS"),
    "tension": ("assessment.scoring.tension", "COLUMNS"),
    "items": ("assessment.scoring.items", "COLUMNS"),
    "measurement": ("assessment.scoring.measurement", "COLUMNS"),
    "item_answers": ("assessment.scoring.item_answers", "COLUMNS"),
    "answer_labels": ("assessment.scoring.answer_labels", "COLUMNS"),
    "participation": ("assessment.scoring.participation", "COLUMNS"),
    "discriminant": ("assessment.scoring.discriminant", "COLUMNS"),
    "agreement": ("assessment.scoring.agreement", "COLUMNS"),
    "agreement_across": ("assessment.scoring.agreement", "ACROSS"),
    "careless": ("assessment.scoring.careless", "COLUMNS"),
    "without_careless": ("assessment.scoring.careless", "WITHOUT"),
    "overall": ("assessment.scoring.maturity", "OVERALL"),
    "comparisons": ("assessment.scoring.comparisons", "COMPARISON_COLUMNS"),
    "several": ("assessment.scoring.several", "SEVERAL_COLUMNS"),
    "positions": ("assessment.scoring.benchmark", "POSITION_COLUMNS"),
    "benchmark": ("assessment.scoring.benchmark", "BENCHMARK_COLUMNS"),
    "change": ("assessment.scoring.changes", "CHANGE_COLUMNS"),
    "certainty": ("assessment.scoring.certainty", "CERTAINTY_COLUMNS"),
    "choices": ("assessment.scoring.choices", "COLUMNS"),
    "choice_agreement": ("assessment.scoring.choices", "AGREEMENT_COLUMNS"),
    "role_choices": ("assessment.scoring.role_choices", "COLUMNS"),
    "choice_overlap": ("assessment.scoring.role_choices", "OVERLAP_COLUMNS"),
    "shared_vision": ("assessment.scoring.shared_vision", "COLUMNS"),
    "priorities": ("assessment.scoring.priorities", "COLUMNS"),
    "outcome_weights": ("assessment.scoring.outcomes", "COLUMNS"),
    "dimension_ties": ("assessment.scoring.ties", "COLUMNS"),
    "tension_context": ("assessment.scoring.context", "COLUMNS"),
    "plurality": ("assessment.scoring.plurality", "COLUMNS"),
    "voices": ("assessment.scoring.plurality", "VOICE_COLUMNS"),
    "verbatims": ("assessment.scoring.verbatims", "COLUMNS"),
    "tokens": ("assessment.workspace.tokens", "COLUMNS"),
    "units": ("assessment.responses.units", "COLUMNS"),
}


def documented(heading: str) -> list[str]:
    """Give the names in backquotes below a heading of the docs."""
    section = DOCS.read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)`", section, re.M)


def test_the_names_exported_are_those_the_docs_list():
    assert sorted(documented("Python names")) == sorted(assessment.__all__)


@pytest.mark.parametrize("table", TABLES)
def test_the_columns_of_each_table_are_those_the_docs_list(table):
    module, constant = TABLES[table]
    columns = getattr(__import__(module, fromlist=[constant]), constant)
    assert documented(f"Table `{table}`") == list(columns)


@pytest.mark.parametrize("name", CALLABLES)
def test_every_public_name_has_a_docstring_with_a_running_example(name):
    text = inspect.getdoc(getattr(assessment, name))
    assert text
    assert "Examples\n--------" in text
    assert ">>> " in text


@pytest.mark.parametrize("name", [name for name in CALLABLES if not name.startswith("load_example")])
def test_every_public_docstring_says_what_happens_to_missing_answers(name):
    text = inspect.getdoc(getattr(assessment, name))
    needs_the_rule = name.startswith(("load_responses", "check_responses", "score_", "tally", "release", "plot_"))
    assert not needs_the_rule or re.search(r"[Mm]issing answers", text)


def test_importing_the_package_loads_no_other_package():
    code = (
        "import sys; before = set(sys.modules); import assessment; "
        "print(sorted({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['assessment']"


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        assessment.nothing  # noqa: B018
