"""`score --scheduler` says what `score` says, from a file that is never held; without Dask it says what to install."""

import json
import sys

import pandas as pd
import pytest

from assessment.cli import main

FRAMEWORK = ["--framework", "collectivite-apprenante"]


@pytest.fixture
def path(tmp_path):
    rows = [
        {"respondent": f"p{n}", "wave": "2026" if n % 3 else "2025", "unit": f"T{n % 4}", "age": "40"}
        | {
            f"st_0{item}.{which}": 1 + (n * item + len(which)) % 5
            for item in (4, 5, 6)
            for which in ("reality", "vision")
        }
        for n in range(120)
    ]
    pd.DataFrame(rows).to_parquet(tmp_path / "answers.parquet", row_group_size=50)
    return tmp_path / "answers.parquet"


@pytest.fixture
def units(tmp_path):
    (tmp_path / "units.csv").write_text(
        "unit,name,parent,headcount\nT0,Zéro,,40\nT1,Un,,50\nT2,Deux,,60\nT3,Trois,,\n", "utf-8"
    )
    return ["--units", str(tmp_path / "units.csv")]


@pytest.fixture
def in_this_process(monkeypatch):
    """Let the cluster be this process: what is shared out is the matter of test_files."""
    from contextlib import nullcontext

    from assessment.cli import cluster

    monkeypatch.setattr(cluster, "executor", lambda scheduler, language: nullcontext())


def profile(form, text):
    """What a profile says without the further tables, in pieces."""
    if form == "table":
        return text.split("\n\n")
    return list(json.loads(text).items()) if form == "json" else text.splitlines()


@pytest.mark.parametrize("form", ["table", "csv", "json"])
@pytest.mark.parametrize("wave", [[], ["--wave", "2025"]])
def test_the_profile_is_that_of_the_file_read_at_once(path, units, capsys, in_this_process, form, wave):
    asked = ["score", str(path), *FRAMEWORK, "--by", "unit", *units, "--format", form, *wave, "--language", "en"]
    assert main(asked) == 0
    expected = profile(form, capsys.readouterr().out)
    assert main([*asked, "--scheduler", "local"]) == 0
    printed = capsys.readouterr()
    found = profile(form, printed.out)
    assert [one for one in expected if one in found] == found
    assert len(found) >= 5
    assert "only the profile" in printed.err


def test_faults_stop_it_and_reject_leaves_their_rows_out(path, capsys, in_this_process):
    table = pd.read_parquet(path)
    table.loc[[7, 90], "st_04.reality"] = 9
    table.to_parquet(path, row_group_size=50)
    asked = ["score", str(path), *FRAMEWORK, "--language", "en", "--scheduler", "local"]
    assert main(asked) == 1
    assert "row 9" in capsys.readouterr().err
    assert main([*asked, "--reject"]) == 0
    left_out = capsys.readouterr().err.split("\n")
    assert main([*asked[:-2], "--reject"]) == 0
    told = capsys.readouterr().err.split("\n")
    assert [line for line in left_out if "only the profile" not in line] == told


def test_a_column_without_values_is_refused_as_it_is_of_a_file_read_at_once(path, capsys, in_this_process):
    for by in ("role", "nothing", "st_04.reality"):
        assert main(["score", str(path), *FRAMEWORK, "--by", by, "--scheduler", "local", "--language", "en"]) == 1
        assert by in capsys.readouterr().err


def test_a_csv_is_not_shared_out(tmp_path, capsys):
    (tmp_path / "answers.csv").write_text("st_04.reality\n1\n", "utf-8")
    asked = ["score", str(tmp_path / "answers.csv"), *FRAMEWORK, "--scheduler", "local"]
    assert main([*asked, "--language", "en"]) == 2
    assert "Parquet" in capsys.readouterr().err


def test_without_dask_it_says_what_to_install(path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["score", str(path), *FRAMEWORK, "--scheduler", "local", "--language", "en"]) == 2
    assert 'pip install "apprenance[cluster]"' in capsys.readouterr().err


def test_a_cluster_of_this_machine_gives_the_same(path, capsys):
    pytest.importorskip("distributed", reason="NOT TESTED HERE: Dask (pip install apprenance[cluster])")
    asked = ["score", str(path), *FRAMEWORK, "--by", "unit", "--format", "csv", "--language", "en"]
    assert main(asked) == 0
    expected = capsys.readouterr().out
    assert main([*asked, "--scheduler", "local"]) == 0
    assert capsys.readouterr().out == expected
