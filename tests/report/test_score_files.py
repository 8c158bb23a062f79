"""The score files keep the contract: keys, order, exactness, nothing hidden."""

import csv
import io
import json
import math
import os

import pandas as pd
import pytest

from assessment.documents.saving import save
from assessment.faults import Faults
from assessment.report.score_files import (
    CSV_COLUMNS,
    json_text,
    score_csv,
    score_document,
    write_score_csv,
    write_score_json,
)

CONTRACT = {
    "dimensions": "dimension perspective n n_complete na missing mean score se ci_low ci_high cronbach_alpha omega cfi"
    " rmsea srmr rwg_j ad icc1 icc2 maturity_level suppressed reason",
    "groups": "by group dimension perspective n mean score se ci_low ci_high rwg_j ad maturity_level suppressed reason",
    "tension": "by group dimension n tension ci_low ci_high dz share_negative cronbach_alpha quadrant suppressed",
    "overall": "score maturity_level probability held_back_by",
}
"""The keys of the contract's example, in its order."""

EVERY_ROW = {"n", "n_complete", "na", "missing", "suppressed", "reason"}


@pytest.fixture(scope="module")
def document(sample):
    return score_document(sample.released, sample.framework, "2026", ["2025", "2026"], 10, sample.respondents)


@pytest.fixture(scope="module")
def table(sample):
    return list(csv.DictReader(io.StringIO(score_csv(sample.released, sample.framework, "2026"))))


def test_the_document_has_the_contracts_keys_in_its_order(document):
    top = "framework version wave waves min_group respondents dimensions groups tension overall items"
    assert list(document) == top.split()
    for name, keys in CONTRACT.items():
        rows = [document[name]] if name == "overall" else document[name]
        assert rows
        for row in rows:
            assert [key for key in row if key in keys.split()] == keys.split()
            assert name == "overall" or set(row) >= EVERY_ROW


def test_probability_stands_beside_the_level(document):
    for name in ("dimensions", "groups", "overall"):
        row = document[name] if name == "overall" else document[name][0]
        keys = list(row)
        assert keys[keys.index("maturity_level") + 1] == "probability"


def test_numbers_are_exact_and_what_is_undefined_is_null(sample, document):
    read = json.loads(json_text(document))
    assert read == document
    for row, one in zip(read["dimensions"], sample.released["dimensions"].itertuples(), strict=True):
        assert row["mean"] == one.mean
        assert row["n"] == one.n
        assert row["probability"] is None or row["probability"] == one.probability
    assert any(row["probability"] is None for row in read["dimensions"])
    assert "NaN" not in json_text(document)


def test_a_hidden_row_keeps_its_keys_only(document):
    hidden = [row for row in document["groups"] if row["suppressed"]]
    assert hidden
    kept = {"by", "group", "dimension", "perspective", "suppressed", "reason"}
    assert all(row[key] is None for row in hidden for key in row if key not in kept)
    assert {row["reason"] for row in hidden} == {"confidential"}


def test_nothing_hidden_stands_in_the_files(sample, document):
    written = json_text(document) + score_csv(sample.released, sample.framework, "2026")
    assert sample.given_away(written) == set()


def test_the_search_for_hidden_numbers_finds_them_where_they_are(sample):
    assert len(sample.given_away(sample.tables["groups"].to_csv())) > 50


def test_another_waves_rows_are_left_out(sample):
    document = score_document(sample.released, sample.framework, "2025", ["2025", "2026"], 10, 0)
    assert document["dimensions"] == document["groups"] == document["tension"] == []
    assert document["overall"] is None


def test_the_table_begins_with_the_organisation_and_holds_tension(table):
    assert tuple(table[0]) == CSV_COLUMNS
    whole = [row["by"] == "" for row in table]
    assert whole == sorted(whole, reverse=True)
    assert [row["perspective"] for row in table[:3]] == ["reality", "vision", "tension"]
    assert table[0]["group"] == ""
    assert table[2]["tension"]
    assert table[2]["score"] == ""


def test_the_table_reads_back_exactly(sample, table):
    whole = [row for row in table if row["by"] == "" and row["perspective"] != "tension"]
    for row, one in zip(whole, sample.released["dimensions"].itertuples(), strict=True):
        assert float(row["score"]) == one.score
        assert float(row["ci_low"]) == one.ci_low
    read = pd.read_csv(io.StringIO(score_csv(sample.released, sample.framework, "2026")))
    assert read["suppressed"].dtype == bool
    assert len(read) == sum(len(sample.released[name]) for name in ("dimensions", "groups", "tension"))


def test_the_table_is_plain_text_with_simple_line_ends(sample):
    text = score_csv(sample.released, sample.framework, "2026")
    assert "\r" not in text
    assert text.endswith("\n")
    assert "nan" not in text.lower().replace("dominant", "")


def test_a_group_named_like_a_formula_is_made_harmless(table):
    names = {row["group"] for row in table}
    assert "'=D" in names
    assert "=D" not in names


def test_files_are_written_once_and_replaced_by_force_only(sample, document, tmp_path):
    path = write_score_json(document, tmp_path / "scores.json")
    assert json.loads(path.read_text("utf-8")) == document
    with pytest.raises(Faults) as refused:
        write_score_json({}, path)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [("file_exists", {"file": "scores.json"})]
    assert json.loads(path.read_text("utf-8")) == document
    write_score_csv(sample.released, sample.framework, "2026", path, force=True)
    assert path.read_text("utf-8").startswith("wave,by,group,")
    assert os.listdir(tmp_path) == ["scores.json"]


def test_a_place_that_cannot_be_written_is_refused_in_words(tmp_path):
    with pytest.raises(Faults) as refused:
        save(tmp_path / "nowhere" / "a.csv", "")
    fault = refused.value.faults[0]
    assert fault.code == "file_unwritable"
    assert fault.values["reason"]


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = save(tmp_path / "a.csv", "old")
    monkeypatch.setattr(os, "fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(Faults, match="file_unwritable"):
        save(path, "new", force=True)
    assert path.read_text("utf-8") == "old"
    assert os.listdir(tmp_path) == ["a.csv"]


def test_no_number_is_infinite_in_the_document(document):
    numbers = [value for row in document["dimensions"] for value in row.values() if isinstance(value, float)]
    assert all(math.isfinite(number) for number in numbers)
