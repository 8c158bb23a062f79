"""One person with a marker nobody else has, in a small group: the marker is in no file, page or text."""

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

import assessment.example
from assessment.apps.campaign import measure
from assessment.apps.diagnostic_page import write_page
from assessment.cli import main
from assessment.example import load_example
from assessment.report.profile_page import write_profile
from assessment.responses import load_responses
from assessment.scoring import release_verbatims

MARKER = "canari7391"
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


def test_no_page_tells_the_marker(marked, tmp_path):
    example = load_example()
    responses = load_responses(marked, example.framework)
    responses = responses[responses["wave"] == "2026"]
    campaign = measure(responses, example.framework, "Valclair", example.units)
    page = write_profile(campaign.released, example.framework, tmp_path / "page.html", "Valclair", "fr")
    assert MARKER not in page.read_text("utf-8")
    assert MARKER not in json.dumps(write_page(campaign, {"language": "fr"}), default=str)
    texts = pd.read_csv(SHIPPED / "valclair_verbatims.csv", dtype=str)
    own = {"respondent": MARKER, "wave": "2026", "question": texts["question"].iloc[0], "text": f"vu par {MARKER}"}
    texts = pd.concat([texts, pd.DataFrame([own])], ignore_index=True)
    unit = responses.loc[responses["respondent"] == MARKER, "unit"].iloc[0]
    found = release_verbatims(texts, responses[responses["unit"] == unit], by="unit")
    assert len(found)
    assert MARKER not in found.to_csv()
    found = release_verbatims(texts, responses, by="unit")
    assert MARKER not in found.drop(columns="text").to_csv()
