"""The grammars of jsonschema are not read for a chart, and answer as ever when they are asked."""

import subprocess
import sys

import pytest

pytest.importorskip("rfc3987_syntax", reason="comes with JupyterLab")


def told(program):
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()


def test_a_chart_does_not_wait_for_the_grammars():
    program = (
        "import sys; from assessment.figures import plot_profile; print('altair' in sys.modules, 'lark' in sys.modules)"
    )
    assert told(program) == ["True", "False"]


def test_jsonschema_still_tells_an_iri_from_other_text():
    program = """
from assessment.figures import plot_profile
from jsonschema import FormatChecker
print(FormatChecker().conforms("https://exemple.fr/é", "iri"), FormatChecker().conforms("no iri", "iri"))
"""
    assert told(program) == ["True", "False"]


def test_who_imports_the_grammars_gets_the_real_ones():
    program = """
from assessment.figures import plot_profile
import rfc3987_syntax
print(rfc3987_syntax.is_valid_syntax("iri", "https://exemple.fr"), rfc3987_syntax.is_valid_syntax_iri("no iri"))
from rfc3987_syntax.syntax_helpers import RFC3987_SYNTAX_TERMS
"""
    assert told(program) == ["True", "False"]
