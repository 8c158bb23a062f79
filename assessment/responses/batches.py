"""A Parquet file read some rows at a time: what does not fit in memory, or is shared out among several workers."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
from pandas.util import hash_array

from assessment.faults import Fault, Faults, refuse
from assessment.framework.model import Framework
from assessment.responses.answers import MISSING, read_answer
from assessment.responses.cells import check_headings, check_plain
from assessment.responses.columns import AnswerColumn, accepted_headings, answer_columns
from assessment.responses.reading import Sifted, coded, heading_faults, in_file, is_whole, repeated

BATCH = 2**18
"""Rows read at a time."""

CROWD = 2**21
"""Respondents whose names are compared at a time: those of a larger file are looked at in several goes."""

TOP = 2
"""The first row's number in a sheet: the headings are row 1."""


@dataclass(frozen=True)
class Batches:
    """A Parquet file of responses, or some of its row groups, to be read a batch at a time.

    Made by `open_batches`; small, so that it can be sent to another process or machine that sees the same file.

    Parameters
    ----------
    path
        The file.
    framework
        The instrument the answers belong to.
    missing
        Marks that stand for a missing answer besides the empty cell.
    groups
        Numbers of the row groups.
    first
        Number in the sheet of their first row.
    fractions
        Columns of texts that hold numbers with fractions: 3.0 is then told as "3.0", else as "3".
    left_out
        Numbers of rows that are left out, ascending, for a fault that only the whole file shows.
    """

    path: Path
    framework: Framework
    missing: tuple[str, ...]
    groups: tuple[int, ...]
    first: int = TOP
    fractions: tuple[str, ...] = ()
    left_out: tuple[int, ...] = ()

    @cached_property
    def headings(self) -> list[str]:
        """The file's headings, answers under the name they have in the responses table."""
        names = [heading.strip() for heading in pyarrow.parquet.read_schema(self.path).names]
        accepted = accepted_headings(self.framework)
        return [getattr(accepted.get(name), "name", name) for name in names]

    def shared_out(self, rows: int) -> Iterator["Batches"]:
        """Yield parts of some rows at least, whole row groups each."""
        sizes, groups, first, count = group_sizes(self.path), [], self.first, 0
        for group in self.groups:
            groups.append(group)
            count += sizes[group]
            if count >= rows:
                yield replace(self, groups=tuple(groups), first=first, left_out=self._left_out(first, first + count))
                groups, first, count = [], first + count, 0
        if groups:
            yield replace(self, groups=tuple(groups), first=first, left_out=self._left_out(first, first + count))

    def _left_out(self, first: int, last: int) -> tuple[int, ...]:
        start, end = np.searchsorted(self.left_out, (first, last))
        return self.left_out[start:end]

    def __iter__(self) -> Iterator[Sifted]:
        """Read batch by batch: the rows without fault, and why each other row is left out."""
        row = self.first
        for batch in record_batches(self.path, self.groups):
            yield self._sifted(batch, np.arange(row, row + len(batch)))
            row += len(batch)

    def _sifted(self, batch: pa.RecordBatch, rows: np.ndarray) -> Sifted:
        filled = ~blank(batch)
        if not filled.all():
            batch, rows = batch.filter(pa.array(filled)), rows[filled]
        accepted = accepted_headings(self.framework)
        about, faults = coded(self._about(batch, rows), self.framework, self.missing)
        answers = {}
        for heading, cells in zip(batch.schema.names, batch.columns, strict=True):
            if heading in accepted:
                column = accepted[heading]
                answers[column.name], wrong = read_column(cells, heading, column, self.missing, rows)
                faults += wrong
        names = [column.name for column in answer_columns(self.framework) if column.name in answers]
        coded_answers = pd.DataFrame({name: answers[name] for name in names}, index=about.index, copy=False)
        responses = pd.concat([about, coded_answers], axis=1)
        out = {fault.place["row"] for fault in faults} | set(self.left_out)
        kept = responses if not out else responses[~responses.index.isin(list(out))]
        return Sifted(kept.reset_index(drop=True), len(rows), tuple(in_file(faults, self.path.name)))

    def _about(self, batch: pa.RecordBatch, rows: np.ndarray) -> pd.DataFrame:
        accepted = accepted_headings(self.framework)
        own = [name for name in batch.schema.names if name not in accepted]
        table = batch.select(own).to_pandas(ignore_metadata=True).set_axis(pd.Index(rows), axis=0)
        return table.assign(**{name: told(table[name]) for name in self.fractions if name in table})


def told(column: pd.Series) -> pd.Series:
    """Give numbers with fractions as texts, 3.0 as "3.0"; empty where there is none."""
    return column.astype("str").where(column.notna(), "")


def open_batches(path: Path | str, framework: Framework, missing: Collection[str] = ()) -> tuple[Batches, list[Fault]]:
    """Open a Parquet file and check what only the whole file shows: its headings, nobody twice in a wave.

    Parameters
    ----------
    path
        The file.
    framework
        The instrument the answers belong to.
    missing
        Marks that stand for a missing answer besides the empty cell.

    Returns
    -------
    tuple
        The batches, and a fault for each response of somebody who has answered in the same wave before; the batches
        leave these rows out.

    Raises
    ------
    Faults
        When the file as a whole is wrong: missing, no Parquet, doubtful headings.

    Notes
    -----
    Memory does not grow with the file: the names of respondents are compared in several goes, each over those whose
    hash falls in its share.
    """
    path = Path(path)
    schema, file = schema_of(path), path.name
    check_plain(schema.empty_table(), file)
    headings = [name.strip() for name in schema.names]
    check_headings(headings, file)
    refuse(*heading_faults(headings, framework, file))
    sizes = group_sizes(path)
    if not sum(sizes):
        refuse(Fault("rows_missing", {"file": file}))
    batches = Batches(path, framework, tuple(missing), tuple(range(len(sizes))))
    batches = replace(batches, fractions=with_fractions(path, schema, framework))
    faults = list(in_file(duplicates(batches, headings, sum(sizes)), file))
    return replace(batches, left_out=tuple(sorted({fault.place["row"] for fault in faults}))), faults


def schema_of(path: Path) -> pa.Schema:
    """Read what columns a file has."""
    try:
        return pyarrow.parquet.read_schema(path)
    except FileNotFoundError as error:
        raise Faults([Fault("file_missing", {"file": str(path)})]) from error
    except (pa.ArrowException, OSError) as error:
        raise Faults([Fault("file_unreadable", {"file": path.name}, {"reason": str(error)})]) from error


def group_sizes(path: Path) -> list[int]:
    """Give the rows of each row group."""
    metadata = pyarrow.parquet.read_metadata(path)
    return [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)]


def record_batches(path: Path, groups: Collection[int], columns: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """Read row groups a batch at a time, headings without the blanks around them."""
    with pyarrow.parquet.ParquetFile(path) as file:
        try:
            # few groups at a time: of all at once the reader holds more the longer the file is
            for run in runs_of(groups, group_sizes(path)):
                for batch in file.iter_batches(BATCH, row_groups=run, columns=columns, use_threads=False):
                    yield batch.rename_columns([name.strip() for name in batch.schema.names])
        except (pa.ArrowException, OSError) as error:
            raise Faults([Fault("file_unreadable", {"file": path.name}, {"reason": str(error)})]) from error


def runs_of(groups: Collection[int], sizes: list[int]) -> Iterator[list[int]]:
    """Yield row groups that follow each other, as many as fit in a batch, one at the least.

    Examples
    --------
    >>> list(runs_of([0, 1, 2, 3], [BATCH - 1, 1, 1, BATCH + 1]))
    [[0, 1], [2], [3]]
    """
    run, rows = [], 0
    for group in groups:
        if run and rows + sizes[group] > BATCH:
            yield run
            run, rows = [], 0
        run.append(group)
        rows += sizes[group]
    if run:
        yield run


def blank(batch: pa.RecordBatch) -> np.ndarray:
    """Say which rows hold nothing."""
    empty = np.ones(len(batch), dtype=bool)
    for column in batch.columns:
        if not pa.types.is_floating(column.type) and not column.null_count:
            return np.zeros(len(batch), dtype=bool)
        empty &= column.is_null(nan_is_null=pa.types.is_floating(column.type)).to_numpy(zero_copy_only=False)
    return empty


def with_fractions(path: Path, schema: pa.Schema, framework: Framework) -> tuple[str, ...]:
    """Name the columns of texts that hold a number with a fraction somewhere."""
    answers = accepted_headings(framework)
    numbers = [
        field.name
        for field in schema
        if pa.types.is_floating(field.type) and field.name.strip() not in answers and field.name.strip() != "weight"
    ]
    found = set()
    for name in numbers:
        for batch in record_batches(path, range(len(group_sizes(path))), [name]):
            if not is_whole(batch.to_pandas(ignore_metadata=True)[name.strip()].dropna()):
                found.add(name.strip())
    return tuple(sorted(found))


def duplicates(batches: Batches, headings: list[str], rows: int) -> list[Fault]:
    """Tell who answered twice in a wave, in goes of bounded memory."""
    if "respondent" not in headings:
        return []
    goes = -(-rows // CROWD)
    faults = [fault for go in range(goes) for fault in repeated(names_of(batches, go, goes))]
    return sorted(faults, key=lambda fault: fault.place["row"])


def names_of(batches: Batches, go: int, goes: int) -> pd.DataFrame:
    """Give respondents and waves of one share of the respondents, by row number."""
    schema = pyarrow.parquet.read_schema(batches.path)
    wanted = [name for name in schema.names if name.strip() in ("respondent", "wave")]
    row, parts = batches.first, []
    for batch in record_batches(batches.path, batches.groups, wanted):
        about, _ = coded(batches._about(batch, np.arange(row, row + len(batch))), batches.framework, ())
        own = about["respondent"].to_numpy(dtype=object)
        parts.append(about.loc[(own != "") & (hash_array(own) % goes == go), ["respondent", "wave"]])
        row += len(batch)
    return pd.concat(parts)


def read_column(
    cells: pa.Array, heading: str, column: AnswerColumn, missing: Collection[str], rows: np.ndarray
) -> tuple[np.ndarray, list[Fault]]:
    """Read one column of answers: its codes, and a fault for each cell that is no answer.

    Parameters
    ----------
    cells
        One cell a row.
    heading
        The column's heading in the file.
    column
        The item, its perspective and its answers.
    missing
        Marks that stand for a missing answer.
    rows
        The rows' numbers in the sheet.
    """
    if pa.types.is_integer(cells.type) and not missing:
        codes = whole_codes(cells, column)
        if codes is not None:
            return codes, []
    values = cells if pa.types.is_dictionary(cells.type) else cells.dictionary_encode()
    read = [MISSING if one != one else read_answer(one, column.scale, missing) for one in values.dictionary.to_pylist()]
    codes = np.array([one if isinstance(one, int) else MISSING for one in (*read, MISSING)], dtype=np.uint8)
    places = values.indices.fill_null(len(read)).to_numpy(zero_copy_only=False)
    faults = []
    for number in np.flatnonzero(np.array([isinstance(one, Fault) for one in (*read, MISSING)])[places]):
        place = {"row": int(rows[number]), "column": heading, "item": column.item.id}
        faults.append(Fault(read[places[number]].code, place, read[places[number]].values))
    return codes[places], faults


def whole_codes(cells: pa.Array, column: AnswerColumn) -> np.ndarray | None:
    """Give the codes of whole numbers; None where one of them is no answer."""
    low, high = column.scale.low, column.scale.high
    numbers = cells.fill_null(low) if cells.null_count else cells
    values = numbers.to_numpy(zero_copy_only=False)
    if len(values) and not (low <= values.min() and values.max() <= high):
        return None
    codes = values.astype(np.uint8) + np.uint8((1 - low) % 256)  # both wrap around at 256
    if cells.null_count:
        codes *= cells.is_valid().to_numpy(zero_copy_only=False)
    return codes
