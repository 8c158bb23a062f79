"""Starting stays light: what is loaded is looked at, never the clock."""

import subprocess
import sys

HEAVY = {"numpy", "pandas", "pyarrow", "scipy", "altair", "distributed", "babel", "click"}


def loaded(code):
    """Give the top-level modules that a fresh Python holds after some code."""
    told = f"{code}\nimport sys; print(' '.join({{name.partition('.')[0] for name in sys.modules}}))"
    found = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(found.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_nothing_of_others():
    others = loaded("import assessment") - loaded("pass") - sys.stdlib_module_names
    assert others == {"assessment"}


def test_the_help_page_loads_nothing_of_others():
    code = "from assessment.cli import main; assert main(['--help']) == 0"
    assert not loaded(code) & {*HEAVY, "tomllib"}


def test_help_of_a_command_loads_what_draws_it_and_nothing_that_computes():
    code = "from assessment.cli import main; assert main(['score', '--help']) == 0"
    assert loaded(code) & HEAVY == {"click"}


def test_a_first_score_loads_nothing_that_draws():
    code = "import assessment; assessment.tally; assessment.score_dimensions; assessment.load_responses"
    assert not loaded(code) & {"altair", "babel", "click", "distributed"}


def test_scoring_loads_what_the_score_needs_and_no_comparison():
    code = "from assessment.scoring import score_wave, tally"
    rooms = "agenda benchmark careless changes comparisons plurality priorities shared_vision study verbatims"
    names = f"[name for name in {rooms.split()!r} if f'assessment.scoring.{{name}}' in sys.modules]"
    told = subprocess.run([sys.executable, "-c", f"{code}\nimport sys; print({names})"], capture_output=True, text=True)
    assert told.stdout.strip() == "[]"
