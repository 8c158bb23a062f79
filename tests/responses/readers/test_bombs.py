"""What is made to fill the memory is refused for what it says, before it is taken apart. Times and memory are told in
docs/benchmarks.md."""

import io
import zipfile

import pytest

from assessment.documents.safe_books import book_of
from assessment.faults import Faults
from assessment.responses.readers.opening import open_export

HEADINGS = b"pm_01.reality;pm_01.vision\n"
ENTITIES = b'<!DOCTYPE l [<!ENTITY a "' + b"x" * 10_000 + b'">]><document>' + b"&a;" * 10_000 + b"</document>"


def packed(**parts):
    """A packed folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, part in parts.items():
            folder.writestr(name.replace("__", "."), part)
    return content.getvalue()


def archive(answers):
    """An archive of LimeSurvey."""
    return packed(a_responses__lsr=answers, a__lss=b"<document/>")


def book(old, new):
    """A workbook of ours with a piece of its sheet changed."""
    content = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book_of([("a", [["pm_01.reality"], [4]])]))) as source,
        zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for one in source.infolist():
            text = source.read(one)
            target.writestr(one.filename, text.replace(old, new) if "sheet1" in one.filename else text)
    return content.getvalue()


def sheet(body):
    """An OpenDocument sheet."""
    return packed(content__xml=b"<table:table>" + body + b"</table:table>")


END = b"</sheetData>"
ROW = b"<table:table-row %s><table:table-cell %s office:value='1'/></table:table-row>"
BOMBS = {
    "entities.lsa": (archive(ENTITIES), "xml_unsafe"),
    "deep.lsa": (archive(b"<a>" * 300_000 + b"</a>" * 300_000), "too_deep"),
    "attributes.lsa": (archive(b"<a " + b" ".join(b'a%d=""' % n for n in range(300_000)) + b"/>"), "cell_too_long"),
    "rows.lsa": (archive(b"<rows>" + b"<row/>" * 4_100_000 + b"</rows>"), "sheet_too_large"),
    "far.xlsx": (book(END, b"<row><c r='XFD1048576'><v>1</v></c></row>" + END), "sheet_too_large"),
    "spaced.xlsx": (book(END, b'<row><c\nx=">" r = "XFD1048576"><v>1</v></c></row>' + END), "sheet_too_large"),
    "lower.xlsx": (book(END, b'<row><c r="xfd1048576"><v>1</v></c></row>' + END), "sheet_too_large"),
    "rows.xlsx": (book(END, b"<row/>" * 1_100_000 + END), "sheet_too_large"),
    "cells.xlsx": (book(END, b"<row>" + b"<c><v>1</v></c>" * 4_100_000 + b"</row>" + END), "sheet_too_large"),
    "cell.xlsx": (book(END, b"<row><c t='str'><v>" + b"x" * 3_000_000 + b"</v></c></row>" + END), "cell_too_long"),
    "quotes.ods": (sheet(ROW % (b"table:number-rows-repeated='99999999'", b"")), "sheet_too_large"),
    "hidden.ods": (sheet(ROW % (b'x=">" table:number-rows-repeated="9999999"', b"")), "sheet_too_large"),
    "empty.ods": (
        sheet(b'<table:table-row table:number-rows-repeated="99999999"/>' + ROW % (b"", b"")),
        "sheet_too_large",
    ),
    "blanks.ods": (sheet(b'<text:p>a<text:s text:c="2000000000"/></text:p>'), "cell_too_long"),
    "packed.zip": (packed(a__csv=HEADINGS + b"4;5\n" * 40_000_000), "file_unpacks_too_large"),
    "cell.zip": (packed(a__csv=HEADINGS + b"x" * 5_000_000), "cell_too_long"),
    "records.json": (b"[" + b",".join([b'{"a":1}'] * 600_000) + b"]", "sheet_too_large"),
    "sparse.json": (b"[" + b",".join(b'{"a%d":1}' % (n % 5000) for n in range(5000)) + b"]", "sheet_too_large"),
    "blank.csv": (HEADINGS + b"\n" * 1_000_000, "rows_too_odd"),
    "odd.csv": (HEADINGS + b"4\n" * 300_000, "rows_too_odd"),
    "row.csv": (HEADINGS + b";" * 40_000_000, "cell_too_long"),
    "columns.csv": (b";".join(b"c%d" % n for n in range(100_000)), "columns_too_many"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_for_what_it_says(name):
    content, code = BOMBS[name]
    file = io.BytesIO(content)
    file.name = name
    with pytest.raises(Faults) as refused:
        open_export(file)
    assert refused.value.faults[0].code == code


@pytest.mark.parametrize(
    ("start", "more", "code"),
    [
        (b"pm01R;pm01V\n1;", b"a", "cell_too_long"),
        (b'pm01R;pm01V\n1;"', b"a", "cell_too_long"),
        (b"a;b\n", b"1;", "cell_too_long"),
        (b";".join(b"c%d" % place for place in range(100_000)) + b"\n", b";;;;;;;\n", "columns_too_many"),
        (b"[", b"1,", "export_too_large"),
    ],
)
def test_a_large_file_is_looked_through_before_it_is_held(start, more, code, tmp_path, monkeypatch):
    from assessment.responses.readers import sources

    path = tmp_path / "bomb.csv"
    with open(path, "wb") as file:
        file.write(start)
        for _ in range(70):
            file.write(more * (2**20 // len(more)))
    held = []
    monkeypatch.setattr(sources, "check_size", lambda size, file: held.append(size))
    with pytest.raises(Faults) as caught:
        sources.content_of(path)
    assert caught.value.faults[0].code == code
    assert len(held) == 1  # asked of the disk; never of what was read
