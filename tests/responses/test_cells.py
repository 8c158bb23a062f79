"""A file is read in one way, or refused with the way out: no guess spoils answers in silence."""

import decimal
import io
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assessment.faults import Faults
from assessment.responses import cells, load_responses
from assessment.responses.cells import csv_cells, read_cells

BOM = b"\xef\xbb\xbf"


def parquet(table):
    buffer = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), buffer)
    return buffer.getvalue()


@pytest.fixture
def table_of(upload):
    return lambda content: read_cells(upload(content)).table


@pytest.fixture
def codes_of(upload, faults_of):
    return lambda content: [fault.code for fault in faults_of(read_cells, upload(content))]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [b"", BOM], ids=["plain", "bom"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["unix", "windows", "old mac"])
def test_the_three_separators_and_all_line_ends_are_read(table_of, separator, bom, end):
    rows = [["unit", "note", "a_01"], ["Voirie", "été, à l’aise ; oui", "3"], ["", "", "4"]]
    text = end.join(separator.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in rows) + end
    table = table_of(bom + text.encode())
    assert table.values.tolist() == rows[1:]
    assert table.index.tolist() == [2, 3]


def test_quoted_cells_may_hold_separators_line_breaks_and_quotes(table_of):
    text = 'note;"my; question\non two lines";a_01\n"a;b";"x\r\ny";3\n"he said ""yes""";;4\n'
    table = table_of(text)
    assert table.columns.tolist() == ["note", "my; question\non two lines", "a_01"]
    assert table.values.tolist() == [["a;b", "x\r\ny", "3"], ['he said "yes"', "", "4"]]


def test_a_first_heading_with_a_line_break_does_not_hide_the_separator(table_of):
    assert table_of('"a\nb, c, d";unit;a_01\nx;y;3\n').columns.tolist() == ["a\nb, c, d", "unit", "a_01"]


def test_row_numbers_are_those_of_the_sheet_after_blank_lines_and_quoted_breaks(table_of):
    text = 'unit;a_01\n"x\n\ny";1\n\nb;2\n;\n"";""\nc;3\n'
    table = table_of(text)
    assert dict(zip(table["a_01"], table.index, strict=True)) == {"1": 2, "2": 4, "3": 7}


def test_blank_lines_have_their_place_in_a_file_of_one_column(table_of):
    assert table_of("a_01\n1\n\n2\n").index.tolist() == [2, 4]


def test_a_ragged_row_is_told_with_its_own_number_and_the_others_are_kept(upload):
    cells = read_cells(upload('unit;note;a_01\na;b\n\nb;"x\n\ny";3\nc;d;3;4\nd;e;5\n'))
    assert [(fault.code, fault.place["row"], fault.values) for fault in cells.faults] == [
        ("row_width", 2, {"count": 2, "expected": 3}),
        ("row_width", 5, {"count": 4, "expected": 3}),
    ]
    assert cells.table.index.tolist() == [4, 6]


def test_an_empty_row_of_another_width_is_a_blank_line(table_of):
    assert table_of("unit;note;a_01\n;\na;b;1\n;;;;\n").index.tolist() == [3]


def test_the_empty_columns_and_rows_excel_leaves_are_no_cells(table_of):
    table = table_of("unit;a_01;;\r\nVoirie;3;;\r\n;;;\r\n;;;\r\n")
    assert table.columns.tolist() == ["unit", "a_01"]
    assert len(table) == 1


def test_french_excels_csv_as_it_is(table_of):
    table = table_of(BOM + 'unité;a_01.reality;Précisions\r\nEspaces verts;4;"l\'été ; oui"\r\n'.encode())
    assert table.values.tolist() == [["Espaces verts", "4", "l'été ; oui"]]


def test_excels_older_csv_is_refused_with_the_row_and_the_words_that_tell(upload, faults_of):
    content = "unité;a_01\nVoirie;3\nDéchets;4\n".encode("cp1252")
    (fault,) = faults_of(read_cells, upload(content))
    assert (fault.code, fault.place["row"]) == ("encoding_not_utf8", 1)
    assert "unité" in fault.values["text"]
    (fault,) = faults_of(read_cells, upload(content.replace(b"unit\xe9", b"unit")))
    assert fault.place["row"] == 3


def workbook():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("[Content_Types].xml", "<Types/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (workbook(), "file_is_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "file_is_workbook"),
        (b"$FL2@(#) SPSS DATA FILE", "file_is_foreign"),
        (b"$FL3@(#) SPSS DATA FILE", "file_is_foreign"),
        (b"%PDF-1.7 ...", "file_is_foreign"),
        (b"\x1f\x8b\x08compressed", "file_is_foreign"),
        (b"<!DOCTYPE html><html>sign in</html>", "file_is_foreign"),
        (BOM + b"<html>\n<p>sign in</p>\n</html>", "file_is_foreign"),
        (b'{"answers": []}', "file_is_foreign"),
        ("unit;a_01\nx;1\n".encode("utf-16"), "encoding_utf16"),
        ("unit;a_01\nx;1\n".encode("utf-16-le"), "file_is_foreign"),
        (b"sep=;\r\nunit;a_01\r\nx;1\r\n", "separator_line"),
        (b"", "file_empty"),
        (BOM, "file_empty"),
        (b" \r\n\r\n", "file_empty"),
        (b"unit;a_01", "rows_missing"),
        (b"unit;a_01\n;\n\n", "rows_missing"),
        (b"\nunit;a_01\nx;1\n", "headings_missing"),
        (b" ; \nunit;a_01\nx;1\n", "headings_missing"),
        (b"unit;;a_01\nx;y;1\n", "heading_empty"),
        (b"unit;unit;a_01\nx;y;1\n", "heading_duplicate"),
        (b"unit; unit ;a_01\nx;y;1\n", "heading_duplicate"),
        (b'"unit;a_01\nx;1\n', "quote_open"),
        (b'unit;note\nx;"1\ny;2\nz;3\n', "quote_open"),
        (b"PAR1 and then nothing", "file_unreadable"),
        (b"PAR1" + bytes(40) + b"PAR1", "file_unreadable"),
        (parquet({"a_01": pa.array([], pa.int8())}), "rows_missing"),
        (parquet({"a_01": pa.nulls(3)}), "rows_missing"),
        (parquet({"a_01": [[1], [2]]}), "column_not_plain"),
        (parquet({"a_01": [1], "x": [{"a": 1}]}), "column_not_plain"),
        (parquet({"a_01": [b"3"]}), "column_not_plain"),
        (parquet(pa.Table.from_arrays([pa.array([1]), pa.array([2])], names=["a", "a"])), "heading_duplicate"),
        (parquet({"": [1], "a_01": [1]}), "heading_empty"),
    ],
)
def test_a_file_that_is_something_else_is_one_fault(codes_of, content, code):
    assert codes_of(content) == [code]


def test_the_row_where_a_quotation_mark_stays_open_is_named(upload, faults_of):
    (fault,) = faults_of(read_cells, upload('unit;note\na;"fine\nhere"\nb;"not closed\nc;d\n'))
    assert fault.place["row"] == 3


def test_a_quotation_mark_inside_a_cell_is_a_character(table_of):
    assert table_of('note;a_01\npipe of 5";3\nb;4\n').values.tolist() == [['pipe of 5"', "3"], ["b", "4"]]


def test_an_empty_heading_is_counted_as_the_sheet_counts_columns(upload, faults_of):
    (fault,) = faults_of(read_cells, upload("unit;;;a_01;\nx;;;1;y\n"))
    assert (fault.code, fault.values["number"]) == ("heading_empty", 5)


def test_an_empty_column_in_the_middle_is_left_out(table_of):
    assert table_of("unit;;a_01\nx;;1\n").columns.tolist() == ["unit", "a_01"]


def test_a_very_long_cell_is_a_cell(table_of):
    assert len(table_of('note;a_01\n"' + "été, " * 600_000 + '";3\n')["note"].iloc[0]) > 2_000_000


def test_a_file_of_thousands_of_columns_is_read(table_of):
    headings = [f"v{number}" for number in range(1000)]
    assert table_of(",".join(headings) + "\n" + ",".join("1" * 1000) + "\n").shape == (1, 1000)


@pytest.mark.parametrize(
    ("source", "code"),
    [("no/such/file.csv", "file_missing"), ("x" * 5000, "file_unreadable"), (".", "file_is_folder")],
)
def test_a_path_that_is_no_file_is_a_fault_that_names_it(faults_of, source, code):
    (fault,) = faults_of(read_cells, source)
    assert (fault.code, fault.place["file"]) == (code, source)


def test_a_path_and_an_open_file_give_the_same(tmp_path, upload):
    content = b"unit;a_01\nx;1\n"
    path = tmp_path / "answers.csv"
    path.write_bytes(content)
    pd.testing.assert_frame_equal(read_cells(path).table, read_cells(upload(content)).table)
    assert read_cells(path).file == read_cells(str(path)).file == "answers.csv"
    assert read_cells(io.BytesIO(content)).file == "upload"


def test_a_parquet_file_keeps_the_types_of_its_columns(table_of):
    table = table_of(parquet({"a_01": [1, None], "unit": ["x", "y"], "d": [decimal.Decimal("1.5"), None]}))
    assert table["a_01"].tolist()[0] == 1
    assert table.index.tolist() == [2, 3]


def test_a_parquet_row_without_anything_is_a_blank_line(table_of):
    assert table_of(parquet({"a_01": [1, None, 2], "unit": ["x", None, "y"]})).index.tolist() == [2, 4]


def test_headings_of_a_parquet_file_lose_the_blanks_around_them(table_of):
    assert table_of(parquet({" a_01 ": [1]})).columns.tolist() == ["a_01"]


def test_a_fault_of_the_form_is_raised_by_whoever_loads(small, upload):
    with pytest.raises(Faults):
        load_responses(upload(b""), small)


@pytest.mark.parametrize(
    ("start", "more", "code"),
    [
        (b"respondent;pm_01.reality\n1;", b"a", "cell_too_long"),
        (b"a;b\n", b"1;", "cell_too_long"),
        (b";".join(b"c%d" % place for place in range(100_000)) + b"\n", b"1;2;3;4\n", "columns_too_many"),
        (b"PK\x03\x04", b"\0", "file_is_workbook"),
    ],
)
def test_a_large_file_is_looked_through_and_not_held(start, more, code, tmp_path, monkeypatch):
    path = tmp_path / "bomb.csv"
    with open(path, "wb") as file:
        file.write(start)
        for _ in range(40):
            file.write(more * (2**20 // len(more)))
    held = []
    monkeypatch.setattr(cells, "csv_cells", lambda content, file: held.append(len(content)) or csv_cells(content, file))
    with pytest.raises(Faults) as caught:
        cells.read_cells(path)
    assert caught.value.faults[0].code == code
    assert max(held, default=0) <= cells.BLOCK
