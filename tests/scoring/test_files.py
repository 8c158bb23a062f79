"""A file tallied in parts, by whatever workers, is tallied as a whole: to the last bit."""

import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from assessment.faults import Faults
from assessment.responses import batches, load_responses
from assessment.scoring import files, score_wave, tally, tally_file
from assessment.scoring.profile import score_tally
from assessment.scoring.tally import merged


@pytest.fixture(scope="module")
def framework(instrument, items):
    return instrument(
        {"d": {"reach": "individual", "items": items(3)}, "e": {"items": items(2, "j", roles=["x"])}},
        roles=("x", "y"),
        perspectives=("reality", "vision"),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Give a file of 400 responses in row groups of 64."""
    rng = np.random.default_rng(7)
    names = [f"{item}.{which}" for item in ("i1", "i2", "i3", "j1", "j2") for which in ("reality", "vision")]
    table = {name: pa.array(rng.integers(1, 6, 400), pa.int8(), mask=rng.random(400) < 0.1) for name in names}
    table["unit"] = [f"T{number}" for number in rng.integers(0, 7, 400)]
    table["role"] = rng.choice(["x", "y", ""], 400).tolist()
    found = tmp_path_factory.mktemp("file") / "answers.parquet"
    pq.write_table(pa.table(table), found, row_group_size=64)
    return found


@pytest.fixture(autouse=True)
def _small_shares(monkeypatch):
    monkeypatch.setattr(files, "SHARE", 100)
    monkeypatch.setattr(batches, "BATCH", 37)


def assert_identical(one, other):
    pd.testing.assert_frame_equal(one.keys, other.keys)
    assert (one.respondents == other.respondents).all()
    assert (one.together == other.together).all()
    assert all((counts == other.answers[name]).all() for name, counts in one.answers.items())
    for pair, sums in one.sums.items():
        for name in ("asked", "given", "na", "missing", "complete", "cross"):
            assert (getattr(sums, name) == getattr(other.sums[pair], name)).all(), (pair, name)
        for own, others in zip(sums.scores.arrays(), other.sums[pair].scores.arrays(), strict=True):
            assert (own == others).all()


def test_a_file_in_parts_is_tallied_as_a_whole(framework, path):
    whole = tally(load_responses(path, framework), framework, ["unit", "role"])
    found = tally_file(path, framework, ["unit", "role"])
    assert_identical(found.tally, whole)
    assert (found.read, found.rejected, found.faults) == (400, 0, ())
    # j is not put to y; nor is it in remarks of every part, but of the whole
    assert {one.code for one in found.findings} == {"answers_not_asked"}
    assert len(found.findings) == 4


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_threads_and_processes_give_the_same_bits(framework, path, kind):
    with kind(2) as executor:
        found = tally_file(path, framework, ["unit"], executor=executor)
    assert_identical(found.tally, tally_file(path, framework, ["unit"]).tally)


def test_scores_of_a_tallied_file_are_those_of_its_responses(framework, path):
    expected = score_wave(load_responses(path, framework), framework, [("unit",)])
    found = score_tally(tally_file(path, framework, ["unit"]).tally, [("unit",)], "")
    for name, table in expected.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True)


def test_rows_with_faults_are_left_out_and_numbered_as_in_the_whole_file(framework, tmp_path):
    table = pa.table({"respondent": ["a", "b", "c", "a"], "i1.reality": [1, 9, 3, 4], "i2.reality": [1, 2, 3, 4]})
    pq.write_table(table, tmp_path / "wrong.parquet", row_group_size=2)
    found = tally_file(tmp_path / "wrong.parquet", framework)
    assert [(one.code, one.place["row"]) for one in found.faults] == [
        ("answer_out_of_range", 3),
        ("respondent_duplicate", 5),
    ]
    assert (found.read, found.rejected, found.tally.respondents.tolist()) == (4, 2, [2])


def test_a_column_that_is_not_there_tells_no_cells_apart(framework, path):
    with pytest.raises(Faults) as refused:
        tally_file(path, framework, ["age"])
    assert refused.value.faults[0].code == "column_unknown"


def test_parts_with_other_columns_do_not_add_up(framework, path):
    responses = load_responses(path, framework)
    whole = tally(responses, framework)
    for other, names in (
        (tally(responses.drop(columns="i1.reality"), framework), "i1.reality"),
        (tally(responses, framework, ["unit"]), "unit"),
        (tally(responses.assign(weight=1.0), framework), "weight"),
    ):
        for parts in ([whole, other], [other, whole]):
            with pytest.raises(Faults) as refused:
                merged(parts)
            assert refused.value.faults[0].values["names"] == names


def test_a_table_of_many_rows_is_tallied_part_by_part(framework, path, monkeypatch):
    responses = load_responses(path, framework)
    whole = tally(responses, framework, ["unit", "role"])
    for name, most in (("PART", 90), ("CELLS", 4)):
        monkeypatch.setattr(sys.modules[tally.__module__], name, most)
        assert_identical(tally(responses, framework, ["unit", "role"]), whole)
