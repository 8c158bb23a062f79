"""A file of responses tallied without holding it: batch by batch, here or by workers, then added up."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Protocol

from assessment.faults import Fault, Finding, refuse
from assessment.framework.model import Framework
from assessment.responses.batches import BATCH, Batches, open_batches
from assessment.responses.columns import answer_columns
from assessment.responses.remarks import describe_responses
from assessment.scoring.tally import Tally, merged, tally

AT_ONCE = 4
"""Parts added at a time: more are held, and the whole is moved less often."""

SHARE = 4 * BATCH
"""Rows a worker tallies at a time, at least."""


class Executor(Protocol):
    """What shares out work: `concurrent.futures` executors are one, and ``distributed.Client().get_executor()``."""

    def map(self, function, *parts) -> Iterable:
        """Call a function on each part, and give the results in order."""


@dataclass(frozen=True)
class TalliedFile:
    """A file's tally: ``read == tally.respondents.sum() + rejected``.

    Parameters
    ----------
    tally
        The tally of the rows without fault.
    read
        Rows in the file, blank ones apart.
    faults
        Why each rejected row was left out, in the order of rows; a row may have several.
    findings
        What a reader of the results should know.
    """

    tally: Tally
    read: int
    faults: tuple[Fault, ...]
    findings: tuple[Finding, ...]

    @property
    def rejected(self) -> int:
        """Rows left out."""
        return self.read - int(self.tally.respondents.sum())


def tally_file(
    path: Path | str,
    framework: Framework,
    by: Sequence[str] = (),
    missing: Collection[str] = (),
    executor: Executor | None = None,
) -> TalliedFile:
    r"""Count the responses of a Parquet file of any size, told apart by any columns.

    Parameters
    ----------
    path
        The file; every worker must see it under this path.
    framework
        The instrument.
    by
        Columns that tell cells apart: ``wave``, ``unit``, ``role`` or any background variable.
    missing
        Marks that stand for a missing answer besides the empty cell.
    executor
        What shares out the work (threads, processes, Dask); None = one part after the other, here.

    Returns
    -------
    TalliedFile
        Its tally is to the last bit that of `tally` over `load_responses`, however the work was shared out. Memory
        grows with the cells and not with the rows.

    Raises
    ------
    Faults
        When the file as a whole is wrong, or has no such column. Faults of rows are returned: `refuse` them, or leave
        the rows out.

    Notes
    -----
    **Missing answers** as in `tally`.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from assessment.framework import load_framework
    >>> framework = load_framework("collectivite-apprenante")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pd.DataFrame({"unit": ["A", "B", "B"], "st_04.reality": [1, 4, 6]}).to_parquet(f"{folder}/answers.parquet")
    ...     found = tally_file(f"{folder}/answers.parquet", framework, by=["unit"])
    >>> found.tally.respondents.tolist(), found.read, [fault.code for fault in found.faults]
    ([1, 1], 3, ['answer_out_of_range'])
    """
    batches, repeated = open_batches(path, framework, missing)
    check_by(batches, by)
    share = executor.map if executor else map
    return summed(share(partial(tally_batches, by=tuple(by)), list(batches.shared_out(SHARE))), repeated)


def check_by(batches: Batches, by: Sequence[str]) -> None:
    """Refuse to tell cells apart by a column that the file does not have, or that is an answer."""
    answers = {column.name for column in answer_columns(batches.framework)}
    own = [name for name in batches.headings if name not in answers and name not in ("respondent", "weight", "wave")]
    for column in by:
        if column not in (*own, "wave"):
            refuse(Fault("column_unknown", {"column": column}, {"allowed": ", ".join(own)}))


def tally_batches(batches: Batches, by: Sequence[str]) -> TalliedFile:
    """Tally a part of a file; what a worker is asked to do."""
    return summed((tally_batch(batches.framework, one, by) for one in batches), [])


def tally_batch(framework: Framework, sifted, by: Sequence[str]) -> TalliedFile:
    """Tally what was read at a time."""
    found = tally(sifted.responses, framework, by)
    findings = tuple(describe_responses(sifted.responses, framework))
    return TalliedFile(found, sifted.read, sifted.faults, findings)


def summed(parts: Iterable[TalliedFile], faults: Sequence[Fault]) -> TalliedFile:
    """Add parts as they come, so that few of them are held at a time."""
    rest = iter(parts)
    whole = next(rest)
    while some := list(islice(rest, AT_ONCE)):
        every = [whole, *some]
        whole = TalliedFile(
            merged(one.tally for one in every),
            sum(one.read for one in every),
            tuple(fault for one in every for fault in one.faults),
            tuple(finding for one in every for finding in one.findings),
        )
    in_order = tuple(sorted((*whole.faults, *faults), key=lambda fault: fault.place["row"]))
    return TalliedFile(whole.tally, whole.read, in_order, tuple(together(whole.findings)))


def together(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield what was found in several parts once, counts added."""
    found: dict[tuple, Finding] = {}
    for one in findings:
        key = (one.code, *one.place.items())
        if key in found and "count" in one.values:
            count = found[key].values["count"] + one.values["count"]
            one = Finding(one.code, one.place, {**one.values, "count": count})
        found[key] = one
    return iter(found.values())
