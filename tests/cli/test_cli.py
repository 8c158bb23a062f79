"""The command as people meet it: what it prints, what it refuses, what it leaves on the disk."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.cli import HELP, LANGUAGES, language_of, main
from assessment.cli.commands import help_page
from assessment.example import example_files
from assessment.report.score_files import FURTHER
from assessment.texts import words

FRAMEWORK = ["--framework", "collectivite-apprenante"]
HEADINGS = "respondent,unit,role,st_04.reality,st_05.reality,st_06.reality"


@pytest.fixture
def responses(tmp_path):
    """A small file without fault: two departments, one of them too small to be shown."""
    rows = [f"{number},{'Voirie' if number < 14 else 'CCAS'},agent,{1 + number % 5},3,4" for number in range(30)]
    path = tmp_path / "réponses.csv"
    path.write_text("\n".join([HEADINGS, *rows]), "utf-8")
    return path


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faux.csv"
    rows = [f"{number},Voirie,agent,{1 + number % 5},3,4" for number in range(12)]
    path.write_text("\n".join([HEADINGS, *rows, "3,Voirie,agent,1,1,1", "99,Voirie,agent,6,NA,3"]), "utf-8")
    return path


def run(*arguments, language="fr"):
    return main([*map(str, arguments), "--language", language])


def test_help_lists_the_commands_that_work_and_no_other(capsys):
    assert run("--help") == 0
    listed = capsys.readouterr().out.split("Commandes\u00a0:")[1]
    assert [line.split()[0] for line in listed.splitlines() if line.strip()] == [
        "apps",
        "check",
        "demo",
        "import",
        "lab",
        "map",
        "questionnaire",
        "score",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_page_kept_in_a_file_is_what_the_commands_say(language):
    kept = Path(HELP, f"{language}.txt").read_text("utf-8")
    assert kept == help_page(language), "after a change of the commands, call assessment.cli.commands.write_help()"


@pytest.mark.parametrize("command", [(), ("score",), ("map",), ("map", "analyse"), ("lab",)])
def test_help_speaks_french_in_what_click_would_say_in_english_too(command, capsys):
    assert run(*command, "--help", "--language", "fr") == 0
    page = capsys.readouterr().out
    assert page.startswith("Utilisation\u00a0: apprenance")
    assert "Afficher cette page." in page
    assert not {"Usage:", "Options:", "Commands:"} & set(page.split())
    assert "..." not in page.split("Commandes", 1)[-1] or command, "no sentence of the list is cut"


def test_a_narrow_terminal_gets_its_own_help_page(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert main(["--help"]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 60


def test_the_languages_are_those_of_the_words():
    assert LANGUAGES == words.LANGUAGES


@pytest.mark.parametrize("language", ["fr", "en"])
def test_scores_are_printed_as_a_table_on_standard_output_only(responses, capsys, language):
    assert run("score", responses, *FRAMEWORK, "--by", "unit", language=language) == 0
    printed = capsys.readouterr()
    assert {"fr": "Pensée systémique", "en": "Systems thinking"}[language] in printed.out
    assert "Voirie" in printed.out
    assert "\x1b" not in printed.out


def test_json_is_the_contract_s(responses, capsys):
    assert run("score", responses, *FRAMEWORK, "--by", "unit", "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert list(document)[:8] == [
        "framework",
        "version",
        "wave",
        "waves",
        "min_group",
        "respondents",
        "dimensions",
        "groups",
    ]
    assert document["respondents"] == 30
    assert set(FURTHER) <= set(document)
    assert {row["reading"] for row in document["comparisons"]} <= {"larger", "smaller", "equivalent", "unclear", None}
    assert [(row["group"], row["n"]) for row in document["groups"]] == [("CCAS", 16), ("Voirie", 14)]


def test_the_same_rows_in_csv_give_the_organisation_first(responses, capsys):
    assert run("score", responses, *FRAMEWORK, "--by", "unit", "--format", "csv") == 0
    heading, first, second, *_ = capsys.readouterr().out.splitlines()
    cells = dict(zip(heading.split(","), first.split(","), strict=True))
    assert (cells["by"], cells["group"], cells["n"]) == ("", "", "30")
    assert "unit,CCAS" in second


def test_any_fault_stops_the_work_with_status_1_and_nothing_is_written(faulty, tmp_path, capsys):
    output = tmp_path / "scores.json"
    assert run("score", faulty, *FRAMEWORK, "--format", "json", "--output", output) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "faux.csv, ligne 14, colonne respondent" in told.err
    assert "ligne 15, colonne st_04.reality, item st_04" in told.err
    assert "« NA »".replace("« ", "«\u202f").replace(" »", "\u202f»") in told.err
    assert not output.exists()


def test_reject_leaves_faulty_rows_out_and_says_so(faulty, capsys):
    assert run("score", faulty, *FRAMEWORK, "--reject", "--format", "json") == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["respondents"] == 12
    assert "Lignes lues\u00a0: 14 = gardées\u00a0: 12 + écartées\u00a0: 2." in told.err


def test_missing_names_a_mark_that_means_no_answer(tmp_path, capsys):
    path = tmp_path / "r.csv"
    path.write_text("\n".join(["st_04.reality,st_05.reality", *(["3,NA", "4,2"] * 12)]))
    assert run("score", path, *FRAMEWORK, "--missing", "NA", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["dimensions"][0]["missing"] == 12


def test_a_bare_file_has_no_memory_and_the_command_says_so(responses, capsys):
    run("score", responses, *FRAMEWORK, "--format", "json")
    assert "publications précédentes" in capsys.readouterr().err


def test_nothing_is_overwritten_without_force(responses, tmp_path, capsys):
    output = tmp_path / "scores.csv"
    output.write_text("mine")
    command = ["score", responses, *FRAMEWORK, "--format", "csv", "--output", output]
    assert run(*command) == 1
    assert "--force" in capsys.readouterr().err
    assert output.read_text() == "mine"
    assert run(*command, "--force") == 0
    assert output.read_text().startswith("wave,")


def test_headcounts_narrow_the_interval_and_too_small_ones_are_refused(responses, tmp_path, capsys):
    units = tmp_path / "units.csv"
    units.write_text("unit,headcount\nVoirie,16\nCCAS,20\n")
    run("score", responses, *FRAMEWORK, "--format", "json")
    plain = json.loads(capsys.readouterr().out)["dimensions"][0]["se"]
    assert run("score", responses, *FRAMEWORK, "--units", units, "--format", "json") == 0
    assert json.loads(capsys.readouterr().out)["dimensions"][0]["se"] < plain
    run("score", responses, *FRAMEWORK, "--units", units)
    assert "83\u202f% (30 réponses pour 36 personnes)" in capsys.readouterr().out
    units.write_text("unit,headcount\nVoirie,3\nCCAS,20\n")
    assert run("score", responses, *FRAMEWORK, "--units", units) == 1
    assert "14 réponses pour un effectif de 3" in capsys.readouterr().err


def test_a_design_is_named_and_the_units_table_says_how_many_units_there_are(responses, tmp_path, capsys):
    units = tmp_path / "units.csv"
    names = ("Voirie", "CCAS", "Crèche", "Piscine")
    units.write_text("unit,parent,headcount\nPôle,,\n" + "".join(f"{name},Pôle,20\n" for name in names), "utf-8")
    asked = ("score", responses, *FRAMEWORK, "--format", "json", "--design", "clustered")
    se = {}
    for name, more in (("all", ()), ("four", ("--units", units))):
        assert run(*asked, *more) == 0
        se[name] = json.loads(capsys.readouterr().out)["dimensions"][0]["se"]
    assert se["four"] == pytest.approx(se["all"] * (1 - 2 / 4) ** 0.5)  # two of four: the finite-population correction
    units.write_text("unit,headcount\nVoirie,16\nCCAS,20\n")
    assert run(*asked, "--units", units) == 1
    assert run("score", responses, *FRAMEWORK, "--design", "quota") == 2
    assert "stratified" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing"], "La commande nothing n’existe pas."),
        (["score"], "Il manque RÉPONSES|ESPACE."),
        (["score", "r.csv", "--min-group", "4"], "au moins 5"),
        (["score", "r.csv", "--colour"], "L’option --colour n’existe pas."),
        (["score", "r.csv", "--format", "xml"], "table, csv, json"),
        (["score", "r.csv"], "--framework"),
        (["score", "r.csv", "s.csv"], "De trop\u00a0: s.csv."),
    ],
)
def test_wrong_usage_is_status_2_in_the_person_s_language_with_a_way_out(arguments, told, capsys):
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert told in error
    assert "--help" in error


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--wave", "1999"], "vagues présentes"),
        (["--by", "colour"], "colonnes possibles"),
        (["--framework", "nothing.toml"], "cadre introuvable"),
    ],
)
def test_what_the_file_does_not_have_is_status_1(responses, arguments, told, capsys):
    framework = [] if "--framework" in arguments else FRAMEWORK
    assert run("score", responses, *framework, *arguments) == 1
    assert told in capsys.readouterr().err


def test_check_says_what_each_file_is_and_goes_on_after_a_wrong_one(faulty, responses, capsys):
    files = example_files()
    assert run("check", faulty, files["responses"], files["units"], responses, *FRAMEWORK) == 1
    told = capsys.readouterr()
    assert "valclair_responses.csv" in told.out
    assert "valclair_units.csv" in told.out
    assert "réponses.csv" in told.out
    assert "faux.csv\u00a0: 3 erreur(s)." in told.err


def test_check_looks_through_a_workspace(tmp_path, capsys):
    from assessment.workspace import MapStore, open_workspace

    path = tmp_path / "valclair.apprenance"
    with open_workspace(path, create=True) as workspace:
        MapStore(workspace, "eau").save({"format": "apprenance-map", "version": 1})
    assert run("check", path, language="en") == 0
    assert capsys.readouterr().out == (
        "valclair.apprenance: a workspace, campaigns: 0, responses: 0, maps: 1. Nothing to correct.\n"
    )
    path.write_bytes(path.read_bytes().replace(b"apprenance-map", b"apprenance-mop"))
    assert run("check", path, language="en") == 1
    assert "valclair.apprenance, block documents: this workspace is damaged" in capsys.readouterr().err


def test_check_of_a_right_framework_counts_its_parts(tmp_path, capsys):
    import assessment.framework

    source = os.path.join(os.path.dirname(assessment.framework.__file__), "collectivite-apprenante.toml")
    assert run("check", source, language="en") == 0
    assert "13 dimensions, 78 items" in capsys.readouterr().out


def test_demo_writes_scores_a_page_and_a_workspace_and_never_over_them(tmp_path, capsys):
    folder = tmp_path / "demo"
    assert run("demo", "--output", folder) == 0
    written = ["profil.html", "scores.csv", "scores.json", "valclair.apprenance"]
    assert sorted(path.name for path in folder.iterdir()) == written
    assert capsys.readouterr().out.startswith("Commune de Valclair, exemple fictif")
    before = (folder / "scores.csv").read_bytes()
    assert run("demo", "--output", folder) == 1
    assert run("demo", "--output", folder, "--force") == 0
    assert (folder / "scores.csv").read_bytes() == before, "the same answers give the same bytes"
    capsys.readouterr()
    assert run("check", folder / "valclair.apprenance") == 0
    assert "campagnes\u00a0: 1, réponses\u00a0: 434, cartes\u00a0: 1" in capsys.readouterr().out
    asked = ["--by", "unit", "--by", "role", "--by", "unit·role", "--format", "csv"]
    assert run("score", folder / "valclair.apprenance", *asked) == 0
    told = capsys.readouterr()
    assert told.out.encode() == before, "what the demonstration wrote is the release its workspace keeps"
    assert "Publication n° 1 de la campagne" in told.err


def test_the_language_is_the_option_s_then_the_locale_s_then_french(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert language_of(["score"]) == "fr"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert language_of(["score"]) == "en"
    assert language_of(["--language=fr"]) == "fr"
    assert language_of(["score", "--language", "fr"]) == "fr"


def test_a_reader_that_closes_the_pipe_early_is_no_error(responses):
    command = [sys.executable, "-m", "assessment", "score", str(responses), *FRAMEWORK, "--format", "json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(1)
    process.stdout.close()
    told = process.stderr.read().decode()
    assert process.wait() in (0, 1)
    assert "Traceback" not in told


def test_python_m_assessment_is_the_command():
    done = subprocess.run([sys.executable, "-m", "assessment", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0.1.0"


def test_a_line_printed_below_python_while_the_work_goes_on_is_not_in_the_result():
    program = (
        "import os\n"
        "from assessment.cli.messages import staged\n"
        "with staged('fr', 'reading') as step:\n"
        "    os.write(1, b'stray line\\n')\n"
        "print('result')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("result\n", "stray line\n")
