"""``apprenance questionnaire`` as people meet it."""

import pytest

from assessment.cli import main
from assessment.cli.commands import QUESTIONNAIRES
from assessment.framework import load_framework
from assessment.responses.readers import load_mapping
from assessment.responses.writers import ENDINGS, TOOLS

STARTS = {"limesurvey": b"", "xlsform": b"PK\x03\x04", "surveyjs": b"{", "redcap": b"", "paper": b"%PDF-"}


def run(*arguments, language="fr"):
    told = ["--framework", "collectivite-apprenante", "--language", language]
    return main(["questionnaire", *map(str, arguments), *told])


def test_every_tool_can_be_named():
    assert QUESTIONNAIRES == TOOLS


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_is_written_for_every_tool_in_both_languages(tool, language, tmp_path, capsys):
    output = tmp_path / f"questionnaire{ENDINGS[tool]}"
    assert run("--to", tool, "--form", "short", "--output", output, language=language) == 0
    content = output.read_bytes()
    assert content.startswith(STARTS[tool])
    assert len(content) > 2000
    assert str(output) in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [output.name]


def test_units_are_offered_and_the_mapping_that_leads_them_back_stands_beside(tmp_path, capsys):
    units, output = tmp_path / "services.csv", tmp_path / "form.txt"
    units.write_text("unit;name\nVOI;Voirie et réseaux\nCCAS;Action sociale\n", "utf-8")
    assert run("--to", "limesurvey", "--units", units, "--wave", "2026", "--output", output) == 0
    mapping = load_mapping(tmp_path / "form.mapping.toml", load_framework("collectivite-apprenante"))
    assert mapping.values["unit"]["u2"] == mapping.values["unit"]["Action sociale"] == "CCAS"
    assert "form.mapping.toml" in capsys.readouterr().err


def test_the_threshold_promised_is_the_one_that_is_said(tmp_path):
    usual, higher = tmp_path / "usual.json", tmp_path / "higher.json"
    assert run("--to", "surveyjs", "--output", usual) == 0
    assert run("--to", "surveyjs", "--min-group", "15", "--output", higher) == 0
    assert "moins de 10 réponses" in usual.read_text("utf-8")
    assert usual.read_text("utf-8").replace("de 10 réponses", "de 15 réponses").replace(
        "fewer than 10 responses", "fewer than 15 responses"
    ) == higher.read_text("utf-8")
    assert run("--to", "surveyjs", "--min-group", "4", "--output", tmp_path / "none.json") == 2
    assert not (tmp_path / "none.json").exists()


def test_nothing_is_overwritten_and_nothing_half_written(tmp_path, capsys):
    units, output = tmp_path / "services.csv", tmp_path / "form.txt"
    units.write_text("unit\nVOI\n", "utf-8")
    (tmp_path / "form.mapping.toml").write_text("mine", "utf-8")
    assert run("--to", "limesurvey", "--units", units, "--output", output) == 1
    assert "form.mapping.toml" in capsys.readouterr().err
    assert not output.exists()
    assert run("--to", "limesurvey", "--units", units, "--output", output, "--force") == 0
    assert output.exists()


def test_a_name_the_tool_would_not_open_is_refused_before_anything_is_written(tmp_path, capsys):
    assert run("--to", "xlsform", "--output", tmp_path / "form.csv") == 1
    assert ".xlsx" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_wrong_tool_is_a_wrong_usage_with_the_ways_out(tmp_path, capsys):
    assert run("--to", "forms", "--output", tmp_path / "a.csv") == 2
    assert "limesurvey" in capsys.readouterr().err


def test_an_instrument_in_another_language_is_written_in_its_own(tmp_path):
    framework = tmp_path / "f.toml"
    framework.write_text(
        'id="f"\nversion="1"\nlanguages=["es"]\nperspectives=["reality"]\n[answer_scale]\nlow=1\nhigh=4\n'
        '[[dimension]]\nid="d"\nname.es="D"\n[[item]]\nid="i_1"\ndimension="d"\ntext.es="Hablamos."\n'
        '[[item]]\nid="i_2"\ndimension="d"\ntext.es="Escuchamos."\n',
        "utf-8",
    )
    for tool in TOOLS:
        output = tmp_path / f"q{ENDINGS[tool]}"
        status = main(["questionnaire", "--framework", str(framework), "--to", tool, "--output", str(output)])
        assert status == 0
        assert output.stat().st_size > 500
