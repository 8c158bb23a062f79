"""The profile in a terminal."""

import subprocess
import sys

import pytest

from assessment.report.terminal import WIDTH, columns, profile_text


@pytest.fixture(params=["fr", "en"])
def language(request):
    return request.param


@pytest.fixture
def text(sample, language):
    names = {"A": "Direction générale adjointe des solidarités et de la petite enfance"}
    return profile_text(sample.released, sample.framework, "2026", language, respondents=63, names=names)


def test_no_line_is_wider_than_a_terminal(text):
    assert max(columns(line) for line in text.splitlines()) <= WIDTH
    assert all(line == line.rstrip() for line in text.splitlines())


def test_it_tells_each_dimension_its_scores_its_reading_and_the_whole(sample, text, language):
    for one in ("personal_mastery", "systems_thinking", "outcomes"):
        assert sample.framework.dimension(one).name[language] in text
    assert {"fr": "écart à travailler", "en": "gap to work on"}[language] in text
    assert " ± " in text
    assert {"fr": "63 réponses", "en": "63 responses"}[language] in text
    assert {"fr": "Dans l’ensemble", "en": "Overall"}[language] in text or "Senge" in text


def test_numbers_of_a_column_stand_below_each_other(text):
    lines = text.splitlines()
    places = {line.index("±") for line in lines if "±" in line}
    assert len(places) == 1


def test_nothing_hidden_is_told(sample):
    text = profile_text(sample.released, sample.framework, "2026", "fr")
    assert sample.hidden_words("fr")
    assert [one for one in sample.hidden_words("fr") if f" {one} " in text] == []
    assert "Groupes masqués en entier" in text
    assert "=D" in text


def test_a_cell_hidden_alone_is_a_point_with_its_legend(sample):
    groups = sample.released["groups"].copy()
    one = (groups["by"] == "unit") & (groups["group"] == "A") & (groups["dimension"] == "team_learning")
    groups.loc[one, ["n", "mean", "score"]] = None
    groups.loc[one, "suppressed"] = True
    text = profile_text({**sample.released, "groups": groups}, sample.framework, "2026", "en")
    assert "· hidden: group too small" in text


def test_wide_letters_count_for_two():
    assert columns("é") == columns("e\u0301") == 1
    assert columns("東") == 2


def test_the_terminal_needs_no_charts():
    code = "import sys; from assessment.report import profile_text; print('altair' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
