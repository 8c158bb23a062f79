"""``apprenance score`` on a workspace: the same numbers as from the bare file, kept before they are shown."""

import json
import math

import numpy as np
import pytest

from assessment.cli import main
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.workspace import add_campaign, add_framework, add_responses, list_releases, open_workspace

FRAMEWORK = "collectivite-apprenante"
LATTICE = ["--by", "unit", "--by", "role", "--by", "unit·role"]
HEADINGS = ["respondent", "unit", "role", "wave", "st_04.reality", "st_05.reality", "st_04.vision", "st_05.vision"]
OTHER = """
id = "other"
version = "1"
languages = ["en"]
perspectives = ["reality"]
answer_scale = { low = 1, high = 5 }
[[dimension]]
id = "d"
name.en = "D"
[[item]]
id = "a_01"
dimension = "d"
text.en = "A"
"""


def run(*arguments, language="fr"):
    return main([*map(str, arguments), "--language", language])


@pytest.fixture(scope="module")
def responses(tmp_path_factory):
    """Two waves of two departments; one is too small to be shown at first."""
    draw = np.random.default_rng(3)
    rows = [
        [f"r{number}", unit, role, wave, *draw.integers(1, 6, 4)]
        for wave, sizes in (("2025", (24, 4)), ("2026", (25, 13)))
        for unit, size in zip(("Voirie", "CCAS"), sizes, strict=True)
        for number, role in enumerate(draw.choice(["agent", "manager"], size))
    ]
    for place, row in enumerate(rows):
        row[0] = f"r{place}"
    path = tmp_path_factory.mktemp("responses") / "réponses.csv"
    path.write_text("\n".join(",".join(map(str, row)) for row in [HEADINGS, *rows]), "utf-8")
    return path


@pytest.fixture(scope="module")
def path(responses, tmp_path_factory):
    path = tmp_path_factory.mktemp("workspace") / "valclair.apprenance"
    with open_workspace(path, create=True) as workspace:
        framework = add_framework(workspace, FRAMEWORK)
        add_campaign(workspace, "valclair", "Valclair", framework)
        add_responses(workspace, "valclair", load_responses(responses, framework))
    return path


def alike(one, other):
    """Say whether two documents are the same but for the last digits of sums in another order."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
    return one == other


def test_a_workspace_says_what_the_bare_file_says_and_remembers_it(path, responses, capsys):
    assert run("score", responses, "--framework", FRAMEWORK, *LATTICE, "--format", "json") == 0
    bare = capsys.readouterr()
    assert run("score", path, *LATTICE, "--format", "json") == 0
    told = capsys.readouterr()
    assert alike(json.loads(told.out), json.loads(bare.out))
    assert "publications précédentes" in bare.err
    assert "publications précédentes" not in told.err
    assert "Campagne\u00a0: valclair." in told.err
    assert "Publication n° 1 de la campagne «\u202fvalclair\u202f», gardée dans valclair.apprenance" in told.err
    assert run("score", path, *LATTICE, "--format", "json") == 0
    assert capsys.readouterr().out == told.out, "asked again, the same is told"


def test_cells_are_chosen_from_the_release(path, capsys):
    by = {}
    for asked in ([], ["--by", "role"], ["--by", "unit", "--wave", "2025"]):
        assert run("score", path, *asked, "--format", "json", "--framework", FRAMEWORK) == 0
        document = json.loads(capsys.readouterr().out)
        by[document["wave"], *{row["by"] for row in document["groups"]}] = document["respondents"]
    assert by == {("2026",): 38, ("2026", "role"): 38, ("2025", "unit"): 28}
    with open_workspace(path) as workspace:
        assert len(list_releases(workspace, "valclair")) == 1


def test_a_column_nobody_has_and_a_wave_nobody_has_are_refused(path, capsys):
    assert run("score", path, "--by", "age") == 1
    assert "age" in capsys.readouterr().err
    assert run("score", path, "--wave", "2031") == 1
    assert "2025, 2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "options", "told"),
    [
        ("fr", ["--reject"], "--reject ne va pas avec un espace de travail"),
        ("en", ["--reject"], "--reject does not go with a workspace"),
        ("fr", ["--missing", "NA"], "--missing ne va pas"),
        ("en", ["--scheduler", "local"], "--scheduler does not go"),
    ],
)
def test_options_about_reading_a_file_do_not_go_with_a_workspace(path, capsys, language, options, told):
    assert run("score", path, *options, language=language) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "va avec un espace de travail"), ("en", "goes with a workspace")]
)
def test_a_campaign_does_not_go_with_a_bare_file(responses, capsys, language, told):
    assert run("score", responses, "--framework", FRAMEWORK, "--campaign", "x", language=language) == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("language", "told"), [("fr", "cette campagne a pour seuil 10"), ("en", "the threshold of this campaign is 10")]
)
def test_another_threshold_is_refused(path, capsys, language, told):
    assert run("score", path, "--min-group", "11", language=language) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("language", "told"), [("fr", "retirez --framework"), ("en", "leave --framework out")])
def test_another_framework_is_refused(path, tmp_path, capsys, language, told):
    other = tmp_path / "other.toml"
    other.write_text(OTHER, "utf-8")
    assert run("score", path, "--framework", other, language=language) == 1
    printed = capsys.readouterr()
    assert told in printed.err
    assert printed.out == ""


def test_of_several_campaigns_the_last_is_taken_and_told(tmp_path, responses, capsys):
    path = tmp_path / "two.apprenance"
    with open_workspace(path, create=True) as workspace:
        framework = add_framework(workspace, FRAMEWORK)
        for name in ("first", "second"):
            add_campaign(workspace, name, name, framework)
    assert run("score", path, language="en") == 1
    told = capsys.readouterr().err
    assert "Campaign: second, the one begun last; the others with --campaign: first." in told
    assert "“second” has no responses yet" in told
    assert run("score", path, "--campaign", "first", language="en") == 1
    assert "“first” has no responses yet" in capsys.readouterr().err
    assert run("score", path, "--campaign", "third", language="en") == 1
    assert "there is no campaign “third”" in capsys.readouterr().err


def test_a_workspace_without_campaigns_or_that_is_not_there_is_told(tmp_path, capsys):
    open_workspace(tmp_path / "empty.apprenance", create=True).close()
    assert run("score", tmp_path / "empty.apprenance", language="en") == 1
    assert "apprenance import" in capsys.readouterr().err
    assert run("score", tmp_path / "none.apprenance", language="en") == 1
    assert "no such file" in capsys.readouterr().err
    assert not (tmp_path / "none.apprenance").exists()


def test_units_are_kept_with_the_workspace(tmp_path, responses, capsys):
    path, units = tmp_path / "units.apprenance", tmp_path / "units.csv"
    units.write_text("unit,name,headcount\nVoirie,La voirie,40\nCCAS,Le CCAS,20\n", "utf-8")
    with open_workspace(path, create=True) as workspace:
        add_campaign(workspace, "c", "C", add_framework(workspace, FRAMEWORK))
        add_responses(workspace, "c", load_responses(responses, load_framework(FRAMEWORK)))
    assert run("score", path, "--by", "unit", "--units", units) == 0
    told = capsys.readouterr()
    assert "Unités gardées dans units.apprenance." in told.err
    assert "63\u202f% (38 réponses pour 60 personnes)" in told.out
    assert "La voirie" in told.out
    assert run("score", path, "--by", "unit") == 0
    again = capsys.readouterr()
    assert again.out == told.out
    assert "Unités" not in again.err
