"""``apprenance map convert`` and ``apprenance check`` on maps, as people meet them."""

import json

import pytest

from assessment.cli import main
from assessment.systems import load_map


@pytest.fixture
def ties(tmp_path):
    path = tmp_path / "liens.csv"
    path.write_text("de;vers;signe;durée\neffort;résultats;+;3\nrésultats;effort;-;2\n", "utf-8")
    return path


def run(*arguments, language="fr"):
    return main([*map(str, arguments), "--language", language])


@pytest.mark.parametrize("ending", [".map.json", ".xlsx", ".graphml", ".kumu.json", ".xmile", ".drawio", ".mmd"])
def test_a_map_is_converted_and_what_happened_is_told_beside(ties, tmp_path, capsys, ending):
    target = tmp_path / f"a{ending}"
    assert run("map", "convert", ties, target, language="en") == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "read as CSV: actors: 0, variables: 2, ties: 2." in told.err
    assert ("does not hold: ties.durée (2)" in told.err) == (ending in (".xmile", ".drawio", ".mmd"))
    assert target.stat().st_size > 0


def test_nothing_is_written_over_another_file_without_force(ties, tmp_path, capsys):
    target = tmp_path / "a.map.json"
    target.write_text("mine", "utf-8")
    assert run("map", "convert", ties, target) == 1
    assert "--force" in capsys.readouterr().err
    assert target.read_text("utf-8") == "mine"
    assert run("map", "convert", ties, target, "--force") == 0
    assert load_map(target).number_of_edges() == 2


def test_all_faults_are_told_in_the_language_and_nothing_is_written(tmp_path, capsys):
    source = tmp_path / "faux.map.json"
    wrong = [{"id": "t", "source": "a", "target": "b", "kind": "informs", "weight": 3}]
    source.write_text(json.dumps({"format": "apprenance-map", "version": 1, "ties": wrong}), "utf-8")
    assert run("map", "convert", source, tmp_path / "a.csv") == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("faux.map.json, bloc tie t, clé weight\u00a0: 3 est hors des limites")
    assert not (tmp_path / "a.csv").exists()


def test_an_ending_nobody_knows_and_a_file_that_is_not_there_are_said(ties, tmp_path, capsys):
    assert run("map", "convert", ties, tmp_path / "a.docx", language="en") == 1
    assert "no format of a map has this ending" in capsys.readouterr().err
    assert run("map", "convert", tmp_path / "none.json", tmp_path / "a.csv", language="en") == 1
    assert "no such file" in capsys.readouterr().err


def test_an_argument_too_few_is_wrong_usage(ties, capsys):
    assert run("map", "convert", ties) == 2
    assert "SORTIE" in capsys.readouterr().err


def test_check_says_what_a_map_is(ties, tmp_path, capsys):
    run("map", "convert", ties, tmp_path / "a.map.json")
    run("map", "convert", ties, tmp_path / "a.graphml")
    capsys.readouterr()
    assert run("check", ties, tmp_path / "a.map.json", tmp_path / "a.graphml", language="en") == 0
    told = capsys.readouterr().out
    assert (
        "a.map.json: a map in the format apprenance-map, actors: 0, variables: 2, ties: 2. Nothing to correct." in told
    )
    assert "liens.csv: a map in the format CSV" in told
    assert "a.graphml: a map in the format GraphML" in told


def test_check_tells_all_that_is_wrong_in_a_map(tmp_path, capsys):
    path = tmp_path / "a.map.json"
    path.write_text('{"format": "apprenance-map", "version": 2}', "utf-8")
    assert run("check", path, language="en") == 1
    assert "the version “2” of the map is not known" in capsys.readouterr().err


def test_help_of_the_group_lists_convert(capsys):
    assert main(["map", "--help", "--language", "en"]) == 0
    assert "convert" in capsys.readouterr().out
