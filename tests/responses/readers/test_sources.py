"""Encodings, separators, blanks, and all that is refused before it is parsed."""

import io
import tracemalloc
import zipfile

import pytest

from assessment.faults import Faults
from assessment.responses.readers.grids import csv_grid
from assessment.responses.readers.limits import MOST_BYTES
from assessment.responses.readers.opening import open_export
from assessment.responses.readers.sources import content_of, text_of, unmarked
from assessment.responses.weighing import MOST_COLUMNS

ROWS = "a_01.reality{0}Quels leviers{0}unit\r\n4{0}œuvre « là »{0}Été\r\n"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "start", "told"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8-sig", b"", "UTF-8 (BOM)"),
        ("cp1252", b"", "Windows-1252"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
    ],
)
def test_any_encoding_and_separator_says_the_same(read, separator, encoding, start, told):
    found = read(start + ROWS.format(separator).encode(encoding))
    assert found.responses[["unit", "a_01.reality"]].values.tolist() == [["Été", 4]]
    assert (found.preview.encoding, found.preview.separator) == (told, separator)


@pytest.mark.parametrize(("encoding", "count"), [("cp1252", 1), ("utf-8", 0), ("utf-16", 0), ("utf-16-le", 1)])
def test_an_encoding_that_was_only_tried_is_told(read, encoding, count):
    findings = read(ROWS.format(";").encode(encoding)).preview.findings
    assert [one.code for one in findings].count("encoding_tried") == count


def test_a_line_for_excel_says_the_separator(read):
    assert read("sep=;\r\na_01.reality;unit\r\n5;a,b,c\r\n").responses["unit"].tolist() == ["a,b,c"]


def test_nothing_and_two_quotation_marks_are_told_apart(upload):
    grid = open_export(upload('a;b\n;""\n"";x\n'))
    assert grid.below(1).index.tolist() == [3]  # the row above says nothing
    assert grid.cells.loc[2].isna().tolist() == [True, False]
    assert grid.cells.loc[3].tolist() == ["", "x"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf  \n", "file_empty"),
        (b"%PDF-1.7 \x00", "export_unknown"),
        (b"<html><table></table></html>", "export_unknown"),
        (b"\xd0\xcf\x11\xe0 old", "book_old"),
        (b"a;b\n\x81\x8d;1\n", "encoding_unknown"),
        (b"\x00\x01\x02\x03 binary \x00\x00", "export_unknown"),
        (b'a;"b\n1;2\n', "quote_open"),
        (b";;\n1;2;3\n", "headings_missing"),
        (b"PK\x03\x04 broken", "file_unreadable"),
        (b'{"a": {"a": 1, "a": 2}}', "key_doubled"),
        (b"[1, 2]", "records_missing"),
        (b'{"title": "x", "pages": []}', "records_missing"),
        (b"[" * 100_000, "too_deep"),
        (b"[" + b"[" * 50 + b"]" * 50 + b"]", "too_deep"),
        (b'[{"a": }]', "json_syntax"),
    ],
)
def test_what_is_no_export_is_refused_with_its_reason(upload, faults_of, content, code):
    assert [fault.code for fault in faults_of(open_export, upload(content))] == [code]


def test_a_file_that_is_not_there_and_a_folder(tmp_path, faults_of):
    assert faults_of(open_export, tmp_path / "none.csv")[0].code == "file_missing"
    assert faults_of(open_export, tmp_path)[0].code == "file_is_folder"


def packed(parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, text in parts.items():
            folder.writestr(name, text)
    return content.getvalue()


BOOK = {"[Content_Types].xml": "<Types/>"}
HOSTILE = {
    "columns": (b",".join(b"c%d" % n for n in range(MOST_COLUMNS * 10)) + b"\n1\n", "columns_too_many"),
    "long heading": (b"a" * 5_000_000, "cell_too_long"),
    "long cell": (b"a;b\n1;" + b"x" * 20_000_000 + b"\n", "cell_too_long"),
    "quoted cell": (b'a;b\n1;"' + b"x;\n" * 1_400_000 + b'"\n', "cell_too_long"),
    "bomb": (packed(BOOK | {"xl/worksheets/sheet1.xml": b"0" * 125_000_000}), "file_unpacks_too_large"),
    "entities": (packed(BOOK | {"xl/a.xml": '<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}), "xml_unsafe"),
    "far cell": (packed(BOOK | {"xl/worksheets/sheet1.xml": '<c r="XFD1048576"/>'}), "sheet_too_large"),
    "repeats": (
        packed(
            {
                "content.xml": '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
                'table:number-columns-repeated="16000" office:value="1"/>'
            }
        ),
        "sheet_too_large",
    ),
    "traversal": (packed({"../../etc/a.csv": "a_01.reality\n1\n"}), "archive_path_unsafe"),
    "absolute": (packed({"/etc/a.csv": "a_01.reality\n1\n"}), "archive_path_unsafe"),
    "windows": (packed({"C:\\a.csv": "a_01.reality\n1\n"}), "archive_path_unsafe"),
    "archive entities": (
        packed({"s.lss": "<document/>", "s_responses.lsr": '<!DOCTYPE x [<!ENTITY a "b">]><document>&a;</document>'}),
        "xml_unsafe",
    ),
    "archive without": (packed({"s_responses.lsr": "<document/>"}), "structure_missing"),
    "two tables": (packed({"a.csv": "a\n1\n", "b.csv": "a\n1\n"}), "export_unknown"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_at_once_and_in_little_memory(name, upload, faults_of, calls_of):
    content, code = HOSTILE[name]
    file = upload(content)
    tracemalloc.start()
    faults = []
    calls = calls_of(lambda: faults.extend(faults_of(open_export, file)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert faults[0].code == code
    assert calls < 100_000
    assert peak < 150_000_000


def test_a_file_of_a_gigabyte_is_not_even_read(tmp_path, faults_of, monkeypatch):
    path = tmp_path / "huge.csv"
    with open(path, "wb") as file:
        file.truncate(MOST_BYTES + 1)
    monkeypatch.setattr("builtins.open", lambda *_: pytest.fail("it was opened"))
    monkeypatch.setattr("pathlib.Path.open", lambda *_: pytest.fail("it was opened"))
    assert faults_of(open_export, path)[0].code == "export_too_large"


def test_a_table_that_came_packed_is_read_and_those_of_groups_are_named(upload):
    grid = open_export(upload(packed({"form.csv": "a\n1\n", "form-children.csv": "b\n2\n"}), "form.csv.zip"))
    assert grid.headings == ("a",)
    assert grid.findings[0].values == {"names": "form-children.csv"}


def test_a_row_of_another_width_is_a_fault_of_its_own(read):
    found = read("a_01.reality;unit\n4;A\n5;B;C\n3;D\n")
    assert [(fault.code, fault.place["row"]) for fault in found.preview.faults] == [("row_width", 3)]
    assert (found.preview.read, found.preview.kept, found.preview.rejected) == (3, 2, 1)


def test_an_old_mac_text_is_read(read):
    assert read("a_01.reality;unit\r4;A\r").responses["unit"].tolist() == ["A"]


def test_a_grid_holds_each_text_once():
    grid = csv_grid(text_of(b"a;b\n" + b"Tout;x\n" * 1000, "a.csv"), "a.csv")
    assert grid.below(1)[0].cat.codes.dtype == "int8"


def test_a_file_of_byte_order_marks_alone_is_empty(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(b"\xef\xbb\xbf\xef\xbb\xbf")
    assert unmarked(path.read_bytes()) == b""
    with pytest.raises(Faults) as refused:
        content_of(path)
    assert [fault.code for fault in refused.value.faults] == ["file_empty"]
    assert text_of(b"\xef\xbb\xbf\xef\xbb\xbfa;b", "a.csv").content == b"a;b"
