"""One person with a marker nobody else has, in a small group: the marker is in no file, page or text."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import assessment.example
from assessment.apps.campaign import measure
from assessment.apps.chapters import CHAPTERS
from assessment.apps.profile import Diagnostic
from assessment.cli import main
from assessment.example import load_example
from assessment.report.profile_page import write_profile
from assessment.responses import load_responses
from assessment.scoring import release_verbatims

MARKER = "canari7391"
KEPT = {"suppressed": "true"}
SHIPPED = Path(assessment.example.__file__).parent


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    """Give the file of Valclair with one more person, in its smallest unit; code and background are the marker."""
    file = tmp_path_factory.mktemp("canary") / "responses.csv"
    heading, *rows = csv.reader((SHIPPED / "valclair_responses.csv").read_text("utf-8").splitlines())
    last = [dict(zip(heading, row, strict=True)) for row in rows if "2026" in row[:5]]
    units = [row["unit"] for row in last if row["unit"]]
    smallest = min(set(units), key=lambda one: (units.count(one), one))
    person = next(row for row in last if row["unit"] == smallest)
    person |= {"respondent": MARKER, "seniority": MARKER, "site": MARKER}
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([heading, *rows, list(person.values())])
    return file


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_no_command_tells_the_marker(marked, tmp_path, capfd, form):
    out = tmp_path / f"scores.{form}"
    command = ["score", str(marked), "--framework", "collectivite-apprenante", "--format", form, "--output", str(out)]
    assert main([*command, "--by", "unit", "--by", "seniority"]) == 0
    printed = capfd.readouterr()
    assert MARKER not in printed.out + printed.err + out.read_text("utf-8")


@pytest.fixture(scope="module")
def unit(marked):
    """Name the marked person's unit: the smallest."""
    return next(row["unit"] for row in csv.DictReader(marked.open(encoding="utf-8")) if row["respondent"] == MARKER)


def test_nothing_the_demonstration_writes_or_prints_tells_the_marker(marked, unit, tmp_path, capfd, monkeypatch):
    example = load_example()
    responses = load_responses(marked, example.framework)
    monkeypatch.setattr("assessment.cli.demo.load_example", lambda: replace(example, responses=responses))
    assert main(["demo", "--output", str(tmp_path / "out")]) == 0
    printed = capfd.readouterr()
    # the workspace is the organisation's own file: it holds the responses, and is no publication
    files = [one for one in (tmp_path / "out").rglob("*") if one.is_file() and one.suffix != ".apprenance"]
    assert {file.suffix for file in files} >= {".csv", ".json", ".html"}
    for text in (printed.out, printed.err, *(file.read_bytes().decode("utf-8", "replace") for file in files)):
        assert MARKER not in text
    # nor is there any number of the marked person's unit, alone or crossed with roles
    document = json.loads(next(file for file in files if file.suffix == ".json").read_text("utf-8"))
    with next(file for file in files if file.suffix == ".csv").open(encoding="utf-8", newline="") as table:
        rows = [*document["groups"], *document["tension"], *csv.DictReader(table)]
    own = [row for row in rows if unit in str(row["group"]).split("·")]
    assert own
    for row in own:
        told = {key for key, value in row.items() if value not in (None, "", KEPT.get(key))}
        assert told <= {"wave", "by", "group", "dimension", "perspective", "suppressed", "reason"}, row


@pytest.fixture(scope="module")
def responses(marked):
    """Give the marked person's wave."""
    table = load_responses(marked, load_example().framework)
    return table[table["wave"] == "2026"]


def test_no_page_tells_the_marker_whatever_is_filtered(responses, unit, tmp_path):
    example = load_example()
    campaign = measure(responses, example.framework, "Valclair", example.units)
    page = write_profile(campaign.released, example.framework, tmp_path / "page.html", "Valclair", "fr")
    assert MARKER not in page.read_text("utf-8")
    assert not campaign.is_shown("2026", unit=unit)
    for language, choice in (("fr", {}), ("en", {"role": "agent"}), ("fr", {"unit": unit})):
        app = Diagnostic(example.framework, language, campaign)
        for chapter in CHAPTERS:
            app.asked = {"chapter": chapter.id, **choice}
            app.show()
            app.work.wait()
            assert "progress" not in [block["kind"] for block in app.view.page["blocks"]]
            assert MARKER not in json.dumps(app.view.page, default=str)


def test_texts_leave_without_the_code_of_their_author(responses, unit):
    texts = pd.read_csv(SHIPPED / "valclair_verbatims.csv", dtype=str)
    own = {"respondent": MARKER, "wave": "2026", "question": texts["question"].iloc[0], "text": f"vu par {MARKER}"}
    texts = pd.concat([texts, pd.DataFrame([own])], ignore_index=True)
    found = release_verbatims(texts, responses[responses["unit"] == unit], by="unit")
    assert len(found)
    assert MARKER not in found.to_csv()
    found = release_verbatims(texts, responses, by="unit")
    assert MARKER not in found.drop(columns="text").to_csv()
