"""``apprenance import`` as people meet it."""

import pytest

from assessment.cli import main
from assessment.cli.commands import EXPORTS
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.responses.readers import AUTO, TOOLS
from assessment.texts.words import dictionary
from assessment.workspace import open_workspace, responses_of, verbatims_of

ROWS = (
    "id;submitdate;lastpage;startlanguage;pm01R;pm01V;verbatimstrength;ipaddr;Autre\n"
    "1;1980-01-01 00:00:00;3;fr;Tout à fait;4;=1+1;192.0.2.1;x\n"
    "2;1980-01-01 00:00:00;3;fr;Parfois;4;;192.0.2.1;x\n"
    "3;;1;fr;;;;;\n"
)


@pytest.fixture
def export(tmp_path):
    path = tmp_path / "resultats.csv"
    path.write_text(ROWS, "cp1252")
    return path


def run(*arguments, language="fr"):
    return main(["import", *map(str, arguments), "--framework", "collectivite-apprenante", "--language", language])


def test_without_output_the_preview_is_the_result_and_nothing_is_written(export, tmp_path, capsys):
    assert run(export) == 0
    told = capsys.readouterr()
    assert "resultats.csv\u00a0: export de LimeSurvey (CSV)." in told.out
    assert "ipaddr (adresse IP)" in told.out
    assert "Colonnes qui ne mènent nulle part (1)\u00a0: Autre." in told.out
    assert "«\u202fParfois\u202f» (1 fois)" in told.out
    assert "Réponses lues\u00a0: 3 = gardées\u00a0: 1 + écartées\u00a0: 2 + doublons\u00a0: 0." in told.out
    assert "Windows-1252" in told.err
    assert "--incomplete" in told.err
    assert [path.name for path in tmp_path.iterdir()] == ["resultats.csv"]


def test_the_responses_are_written_and_read_back_and_texts_stand_apart(export, tmp_path, capsys):
    target = tmp_path / "reponses.csv"
    assert run(export, "--output", target, "--wave", "2026") == 0
    assert capsys.readouterr().out == ""
    table = load_responses(target, load_framework("collectivite-apprenante"))
    assert table[["respondent", "wave", "pm_01.reality", "pm_01.vision"]].values.tolist() == [["1", "2026", 5, 4]]
    texts = (tmp_path / "reponses.verbatims.csv").read_text("utf-8")
    assert texts == "respondent,wave,question,text\n1,2026,verbatim_strength,'=1+1\n"
    assert "192.0.2" not in target.read_text("utf-8") + texts
    first = target.read_bytes()
    assert run(export, "--output", target, "--wave", "2026") == 1
    assert "--force" in capsys.readouterr().err
    assert run(export, "--output", target, "--wave", "2026", "--force") == 0
    assert target.read_bytes() == first


def test_incomplete_responses_are_taken_when_that_is_asked(export, capsys):
    assert run(export, "--incomplete", language="en") == 0
    assert "kept: 2" in capsys.readouterr().out


def test_a_mapping_is_read_and_a_wrong_one_stops_the_work(export, tmp_path, capsys):
    mapping = tmp_path / "m.toml"
    mapping.write_text('[columns]\n"Autre" = "unit"\n[answers]\n"Parfois" = 2\n', "utf-8")
    assert run(export, "--mapping", mapping, language="en") == 0
    assert "kept: 2" in capsys.readouterr().out
    mapping.write_text('[columns]\n"Autre" = "nowhere"\n', "utf-8")
    assert run(export, "--mapping", mapping, language="en") == 1
    assert "m.toml, key columns, column Autre: “nowhere”" in capsys.readouterr().err


def test_an_export_of_which_nothing_is_kept_is_an_error_and_writes_nothing(tmp_path, capsys):
    export, target = tmp_path / "a.csv", tmp_path / "b.csv"
    export.write_text("pm01R\nParfois\n", "utf-8")
    assert run(export, "--output", target) == 1
    assert not target.exists()
    assert run(export, "--output", tmp_path / "b.docx") == 1
    assert ".csv" in capsys.readouterr().err


def test_every_tool_can_be_named_and_has_a_name():
    assert set(EXPORTS) == {AUTO, *TOOLS}
    assert {f"tool_{tool}" for tool in TOOLS} <= set(dictionary("importing"))


def test_into_a_workspace_the_same_file_adds_nothing(export, tmp_path, capsys):
    target = tmp_path / "commune.apprenance"
    assert run(export, "--output", target, "--wave", "2026", language="en") == 0
    assert "1 responses = new: 1 + there before: 0" in capsys.readouterr().err
    assert run(export, "--output", target, "--wave", "2026", language="en") == 0
    assert "1 responses = new: 0 + there before: 1" in capsys.readouterr().err
    with open_workspace(target) as workspace:
        kept = responses_of(workspace, "collectivite-apprenante")
        assert kept[["respondent", "wave", "pm_01.reality"]].values.tolist() == [["1", "2026", 5]]
        assert verbatims_of(workspace, "collectivite-apprenante")["text"].tolist() == ["=1+1"]


def test_two_campaigns_of_one_instrument_must_be_told_apart(export, tmp_path, capsys):
    target = tmp_path / "commune.apprenance"
    for campaign in ("nord", "sud"):
        assert run(export, "--output", target, "--campaign", campaign) == 0
    capsys.readouterr()
    assert run(export, "--output", target, language="en") == 1
    assert "say which with --campaign: nord, sud" in capsys.readouterr().err
