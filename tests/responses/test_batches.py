"""A Parquet file read batch by batch says what it says when it is read at once, faults and row numbers included."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.responses import batches as module
from assessment.responses import sift_responses
from assessment.responses.batches import open_batches

LEAN = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WHOLE = st.one_of(st.none(), st.integers(1, 5), st.sampled_from([0, 6, 300]))
MARKED = st.sampled_from([None, "", "1", "5", "3.0", "na", "NA", "2,5", "x", "7"])
FRACTION = st.sampled_from([None, 0.0, 10.0, 2.5, float("nan")])


def read(path, framework, missing=()):
    """Give the rows, the number read and the faults of a file read batch by batch."""
    batches, repeated = open_batches(path, framework, missing)
    parts = [sifted for part in batches.shared_out(3) for sifted in part]
    faults = [*(fault for one in parts for fault in one.faults), *repeated]
    rows = pd.concat([one.responses for one in parts], ignore_index=True)
    return rows, sum(one.read for one in parts), faults


def told(faults):
    return sorted((fault.place["row"], fault.code, fault.place.get("column", "")) for fault in faults)


@LEAN
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "p1", "p2", "p3", None]),
            st.sampled_from(["1", "2"]),
            WHOLE,
            MARKED,
            FRACTION,
            FRACTION,
        ),
        min_size=1,
        max_size=14,
    ),
    size=st.integers(1, 6),
    batch=st.integers(1, 5),
    missing=st.sampled_from([(), ("NA",)]),
)
def test_what_is_read_and_refused_does_not_depend_on_the_batches(tmp_path, small, rows, size, batch, missing):
    names = ["respondent", "wave", "a_01.reality", "a_01.vision", "e_01", "age"]
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    kinds = [pa.string(), pa.string(), pa.int16(), pa.string(), pa.float64(), pa.float64()]
    table = pa.table({name: pa.array(columns[name], kind) for name, kind in zip(names, kinds, strict=True)})
    path = tmp_path / "answers.parquet"
    pq.write_table(table, path, row_group_size=size)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BATCH", batch)
        patch.setattr(module, "CROWD", 4)
        found, count, faults = read(path, small, missing)
    expected = sift_responses(path, small, missing)
    pd.testing.assert_frame_equal(found, expected.responses, check_dtype=False)
    assert (found.dtypes[["a_01.reality", "a_01.vision", "e_01.reality"]] == np.uint8).all()
    assert (count, told(faults)) == (expected.read, told(expected.faults))


def test_a_person_who_answers_twice_is_found_however_far_apart(tmp_path, small):
    people = [f"p{number}" for number in range(50)]
    table = pa.table({"respondent": [*people, "p3"], "wave": ["1"] * 51, "a_01.reality": [2] * 51})
    pq.write_table(table, tmp_path / "twice.parquet", row_group_size=10)
    _, (fault,) = open_batches(tmp_path / "twice.parquet", small)
    assert (fault.code, fault.place["row"], fault.values["first"]) == ("respondent_duplicate", 52, 5)


def test_a_number_of_a_unit_is_told_alike_in_every_batch(tmp_path, small):
    table = pa.table({"unit": [1.0, 2.0, 2.5], "a_01.reality": [1, 2, 3]})
    pq.write_table(table, tmp_path / "units.parquet", row_group_size=1)
    assert read(tmp_path / "units.parquet", small)[0]["unit"].tolist() == ["1.0", "2.0", "2.5"]


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ({"a_99.reality": [1]}, "item_unknown"),
        ({"a_01": [1]}, "perspective_missing"),
        ({"a_01.reality": [[1]]}, "column_not_plain"),
        ({"a_01.reality": pa.array([], pa.int8())}, "rows_missing"),
    ],
)
def test_a_file_wrong_as_a_whole_is_refused_before_a_row_is_read(tmp_path, small, table, code):
    pq.write_table(pa.table(table), tmp_path / "wrong.parquet")
    with pytest.raises(Faults) as refused:
        open_batches(tmp_path / "wrong.parquet", small)
    assert refused.value.faults[0].code == code


def test_what_is_no_parquet_is_refused(tmp_path, small):
    (tmp_path / "answers.csv").write_text("a_01.reality\n1\n")
    for name, code in (("answers.csv", "file_unreadable"), ("none.parquet", "file_missing")):
        with pytest.raises(Faults) as refused:
            open_batches(tmp_path / name, small)
        assert refused.value.faults[0].code == code
