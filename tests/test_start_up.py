"""Starting stays light: what is loaded is looked at, never the clock."""

import subprocess
import sys

import pytest

HEAVY = {"numpy", "pandas", "pyarrow", "scipy", "altair", "distributed", "babel", "click"}


def loaded(code):
    """Give the top-level modules that a fresh Python holds after some code."""
    told = f"{code}\nimport sys; print(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(found.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_nothing_of_others():
    others = loaded("import assessment") - loaded("pass") - sys.stdlib_module_names
    assert others == {"assessment"}


@pytest.mark.parametrize("command", ["--help", "score --help"])
def test_help_loads_what_draws_help_and_nothing_that_computes(command):
    code = f"from assessment.cli import main; assert main({command.split()!r}) == 0"
    assert loaded(code) & HEAVY == {"click"}


def test_a_first_score_loads_nothing_that_draws():
    code = "import assessment; assessment.tally; assessment.score_dimensions; assessment.load_responses"
    assert not loaded(code) & {"altair", "babel", "click", "distributed"}
