"""A large file is taken apart in blocks: where they end changes nothing."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.faults import Faults
from assessment.responses import cells
from assessment.responses.readers.grids import csv_grid
from assessment.responses.readers.sources import Text

ROW = st.sampled_from(["1,,x", "2,a", ",,", "", '3,"two\nlines ""said""",x', "4,é,'=1", "5,a,b,c", f"6,{'long' * 40},"])


@pytest.fixture(scope="module")
def small_blocks():
    """Blocks so small that most rows of these files do not stand in the first; some stand across two."""
    with pytest.MonkeyPatch.context() as patch:
        yield lambda size: patch.setattr(cells, "BLOCK", size)


def laid_out(text):
    """Both ways of laying a text out."""
    grid, table = csv_grid(Text(text, "UTF-8"), "a.csv"), cells.csv_cells(text, "a.csv")
    return grid.cells.astype(object), table.table, grid.faults, table.faults


@settings(max_examples=60)
@given(st.lists(ROW, min_size=1, max_size=40), st.sampled_from([64, 200, 1000]))
def test_where_blocks_end_changes_nothing(small_blocks, rows, size):
    text = "\n".join(["a,b,c", "0,0,0", *rows]).encode()
    small_blocks(2**22)
    whole = laid_out(text)
    small_blocks(size)
    for one, other in zip(laid_out(text), whole, strict=True):
        if isinstance(one, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other)
        else:
            assert one == other


def test_a_cell_over_the_limit_is_refused_in_any_block(small_blocks):
    small_blocks(2**22)
    rows = b"a,b\n" + b"1,2\n" * 1_500_000
    with pytest.raises(Faults) as refused:
        csv_grid(Text(rows + b'3,"' + b"x" * 1_000_001 + b'"\n', "UTF-8"), "a.csv")
    assert refused.value.faults[0].code == "cell_too_long"
