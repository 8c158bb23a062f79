"""``apprenance map convert`` and ``apprenance check`` on maps, as people meet them."""

import json

import pytest

from assessment.cli import main
from assessment.cli.messages import advancing
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


def test_help_of_the_group_lists_its_commands(capsys):
    assert main(["map", "--help", "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "analyse" in told
    assert "convert" in told


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_of_analyse_names_its_options(capsys, language):
    assert main(["map", "analyse", "--help", "--language", language]) == 0
    told = capsys.readouterr().out
    assert all(option in told for option in ("--kind", "--longest", "--format [table|json]", "--language"))


def test_the_json_is_the_contract_s_and_alone_on_standard_output(ties, capsys):
    assert run("map", "analyse", ties, "--format", "json") == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert list(document)[:6] == ["actors", "loops", "archetypes", "silos", "leverage", "faults"]
    (loop,) = document["loops"]
    assert (loop["nodes"], loop["kind"], loop["length"]) == (["effort", "résultats"], "balancing", 2)
    assert (loop["delays"], loop["uncertain"], loop["declared"]) == (0, False, False)
    assert document["actors"] == []
    assert "lu au format CSV" in told.err


def test_the_table_tells_the_same_loop_in_both_languages(ties, capsys):
    assert run("map", "analyse", ties) == 0
    assert "quand «\u202feffort\u202f» augmente" in spoken(capsys.readouterr().out).lower()
    assert run("map", "analyse", ties, language="en") == 0
    assert "When “effort” goes up, “résultats” goes up, then “effort” goes down" in spoken(capsys.readouterr().out)


def spoken(text):
    """The words of a page, wherever its lines break."""
    return " ".join(text.split(" ")).replace("\n     ", " ").replace("\n", " ")


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "gens.csv"
    path.write_text("de;vers;relation\nmaire;dgs;décide avec\ndgs;accueil;informe\n", "utf-8")
    return path


def test_kinds_are_counted_as_asked_and_one_that_is_not_drawn_is_refused(people, ties, capsys):
    assert run("map", "analyse", people, "--kind", "informs", "--format", "json") == 0
    degrees = {row["id"]: row["out_degree"] for row in json.loads(capsys.readouterr().out)["actors"]}
    assert degrees == {"maire": 0, "dgs": 1, "accueil": 0}
    assert run("map", "analyse", people, "--kind", "funds", language="en") == 1
    assert "of the kind “funds”; choose among: decides_with, informs" in capsys.readouterr().err
    assert run("map", "analyse", ties, "--kind", "informs", language="en") == 1
    assert "no relation between actors; leave --kind out" in capsys.readouterr().err


def test_the_longest_loop_asked_for_bounds_the_search(tmp_path, capsys):
    path = tmp_path / "a.csv"
    path.write_text("from,to,sign\na,b,+\nb,a,+\nb,c,+\nc,a,-\n", "utf-8")
    for longest, found in ((1, 0), (2, 1), (3, 2)):
        assert run("map", "analyse", path, "--longest", longest, "--format", "json") == 0
        assert len(json.loads(capsys.readouterr().out)["loops"]) == found


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "CARTE"),
        (["a.csv", "--longest", "0"], "--longest"),
        (["a.csv", "--longest", "deux"], "--longest"),
        (["a.csv", "--format", "csv"], "table, json"),
        (["a.csv", "--kinds", "x"], "--kinds"),
    ],
)
def test_wrong_usage_has_status_2_and_the_way_out(arguments, said, capsys):
    assert run("map", "analyse", *arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert "apprenance map analyse --help" in told.err
    assert told.out == ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("vide.csv", b"", "vide"),
        ("excel.csv", "de;vers\nélu;agent\n".encode("cp1252"), "CSV UTF-8"),
        ("autre.json", b'{"a": 1}', "aucun format de carte"),
        ("lettre.txt", "Chère équipe,\n".encode(), "aucune feuille ne ressemble à une carte"),
        ("bruit.xlsx", bytes(range(256)) * 8, "bruit.xlsx"),
    ],
)
def test_a_file_that_is_no_map_is_refused_with_the_way_out(name, content, said, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    assert run("map", "analyse", tmp_path / name) == 1
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_a_folder_and_a_file_that_is_not_there_are_said(tmp_path, capsys):
    assert run("map", "analyse", tmp_path) == 1
    assert "c’est un dossier" in capsys.readouterr().err
    assert run("map", "analyse", tmp_path / "none.json") == 1
    assert "introuvable" in capsys.readouterr().err


def test_a_loop_people_have_named_wrongly_is_told(tmp_path, capsys):
    path = tmp_path / "a.map.json"
    variables = [{"id": one, "label": one.upper()} for one in "ab"]
    link = {"id": "t", "source": "a", "target": "b", "kind": "causes", "polarity": "+"}
    loops = [{"id": "l", "name": "Élan", "nodes": ["a", "b"], "kind": "reinforcing"}]
    document = {"format": "apprenance-map", "version": 1, "variables": variables, "ties": [link], "loops": loops}
    path.write_text(json.dumps(document), "utf-8")
    assert run("map", "analyse", path) == 0
    told = spoken(capsys.readouterr().out)
    assert "« Élan » n’est pas une boucle".replace(" É", "\u202fÉ").replace("n »", "n\u202f»") in told
    assert "il manque un lien de" in told


def test_a_bar_is_shown_on_a_terminal_only(ties, monkeypatch, capsys):
    steps = []
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with advancing("fr", "analysing") as progress:
        for done in range(1, 4):
            progress(done, 3)
            steps.append(done)
    assert "100%" in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: False, raising=False)
    with advancing("fr", "analysing") as progress:
        assert progress is None
