"""Whatever a file holds, it gives a table or faults; and what is written is what is read."""

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.responses import check_responses, load_responses, load_units, sift_responses
from assessment.responses.columns import answer_columns

EXAMPLES = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
EXPORTS = Path(__file__).parents[3] / "shared" / "exports"
FILES = sorted(path for path in EXPORTS.rglob("*") if path.is_file()) if EXPORTS.is_dir() else []

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
SHEET = st.text(st.sampled_from(list("a_01.realityvison;,\t\"\n\r 1259néNA'=")), max_size=120)


def outcome(read, *arguments):
    try:
        return read(*arguments), ()
    except Faults as refused:
        return None, refused.faults


@st.composite
def responses(draw, framework):
    """Rows of valid answers as texts, with background cells that hold anything a cell may hold."""
    columns = draw(st.lists(st.sampled_from(answer_columns(framework)), min_size=1, unique_by=lambda one: one.name))
    count = draw(st.integers(1, 6))
    table = {"note": draw(st.lists(CELLS, min_size=count, max_size=count))}
    for column in columns:
        codes = st.one_of(st.integers(0, column.scale.options), st.just(255))
        table[column.name] = draw(st.lists(codes, min_size=count, max_size=count))
    return pd.DataFrame(table), {column.name: column.scale.low for column in columns}


def as_written(table, lows):
    """The texts a survey tool would write for these codes."""
    texts = table.copy()
    for name, low in lows.items():
        texts[name] = [{0: "", 255: "na"}.get(code, str(code + low - 1)) for code in table[name]]
    return texts


@EXAMPLES
@given(
    data=st.data(),
    separator=st.sampled_from(",;\t"),
    bom=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_answers_come_back_as_they_were_written(small, data, separator, bom, end, quoting):
    table, lows = data.draw(responses(small))
    order = data.draw(st.permutations(list(table.columns)))
    written = as_written(table, lows)[order]
    content = written.to_csv(index=False, sep=separator, lineterminator=end, quoting=quoting).encode(
        "utf-8-sig" if bom else "utf-8"
    )
    kept = (written.apply(lambda column: column.str.strip()) != "").any(axis=1)
    read, faults = outcome(load_responses, io.BytesIO(content), small)
    if not kept.any():
        assert [fault.code for fault in faults] == ["rows_missing"]
        return
    for name in lows:
        assert read[name].tolist() == table.loc[kept, name].tolist()
    assert read["note"].tolist() == table.loc[kept, "note"].str.strip().tolist()


@EXAMPLES
@given(data=st.data())
def test_parquet_gives_the_same_answers(small, data):
    table, lows = data.draw(responses(small))
    written = as_written(table, lows)
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(written, preserve_index=False), buffer)
    buffer.seek(0)
    read = load_responses(buffer, small)
    assert all(read[name].tolist() == table[name].tolist() for name in lows)


@EXAMPLES
@given(
    content=st.binary(max_size=200) | SHEET.map(str.encode) | SHEET.map(lambda text: f"a_01.reality;x\n{text}".encode())
)
def test_any_bytes_are_a_table_or_refused(small, content):
    for read in (load_responses, load_units):
        table, faults = outcome(read, io.BytesIO(content), small)
        assert (table is None) == bool(faults)


@EXAMPLES
@given(content=SHEET.map(lambda text: f"a_01.reality;x\n{text}".encode()))
def test_what_is_read_is_kept_or_rejected(small, content):
    sifted, _ = outcome(sift_responses, io.BytesIO(content), small)
    if sifted:
        assert sifted.read == len(sifted.responses) + sifted.rejected
        assert sifted.rejected == len({fault.place["row"] for fault in sifted.faults})


@EXAMPLES
@given(at=st.integers(0, 10**6), piece=st.binary(max_size=4))
def test_a_damaged_parquet_file_is_never_more_than_refused(small, at, piece):
    buffer = io.BytesIO()
    pq.write_table(pa.table({"a_01.reality": [1, None, 5], "unit": ["x", None, "y"]}), buffer)
    content = buffer.getvalue()
    at %= len(content)
    damaged = b"PAR1" + (content[:at] + piece + content[at + len(piece) :])[4:]
    table, faults = outcome(load_responses, io.BytesIO(damaged), small)
    assert (table is None) == bool(faults)


ANYTHING = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    CELLS,
    st.just(pd.NA),
    st.just(np.nan),
    st.just("na"),
    st.just([1]),
)


@EXAMPLES
@given(data=st.data())
def test_a_table_by_hand_with_anything_in_it_is_right_or_refused_and_never_changed(small, data):
    count = data.draw(st.integers(0, 4))
    names = ["respondent", "unit", "role", "wave", "form", "weight", "note", "a_01.reality", "e_01"]
    columns = data.draw(st.lists(st.sampled_from(names), unique=True))
    cells = {name: data.draw(st.lists(ANYTHING, min_size=count, max_size=count)) for name in columns}
    table = pd.DataFrame({name: pd.Series(column, dtype=object) for name, column in cells.items()})
    before = table.copy(deep=True)
    checked, faults = outcome(check_responses, table, small)
    assert checked is table or faults
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.skipif(not FILES, reason=f"NOT TESTED HERE: no real exports in {EXPORTS}")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_survey_tools_own_export_is_refused_with_reasons(small, bundled, path):
    for framework in (small, bundled):
        for read in (load_responses, load_units):
            table, faults = outcome(read, path, framework)
            assert table is None
            assert faults
