"""``apprenance score --scheduler``: a Parquet file is counted by Dask, batch by batch, and never held as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from assessment.cli.messages import note, remark
from assessment.cli.score import Asked, Result
from assessment.faults import Faults
from assessment.scoring import TalliedFile, release, score_tallied, tally_file
from assessment.scoring.confidentiality import without_rare_values
from assessment.scoring.design import design_of
from assessment.texts import tell, word

LOCAL = "local"
"""Workers of this machine alone, each a process of one thread."""


def scored(
    responses: Path, asked: Asked, missing: tuple[str, ...], reject: bool, scheduler: str, language: str
) -> Result:
    """Count a file on a cluster, score and release one wave."""
    check_parquet(responses, language)
    design = design_of(asked.units, asked.design)
    groups = [column for grouping in asked.groupings for column in grouping]
    columns = dict.fromkeys(["wave", *groups, *design.columns, *(() if asked.units is None else ["unit"])])
    with executor(scheduler, language) as workers:
        found = tally_file(responses.resolve(), asked.framework, list(columns), missing, workers)
    told(found, reject, language)
    wave, waves, counts, tables = score_tallied(found.tally, asked.groupings, asked.wave, asked.units, asked.design)
    own = counts.keys.loc[counts.keys.index.repeat(counts.respondents)]
    return Result(
        asked,
        without_rare_values(release(tables, asked.settings)),
        wave,
        waves,
        int(counts.respondents.sum()),
        asked.rate(own),
    )


def check_parquet(file: Path, language: str) -> None:
    """Refuse a file that cannot be read a batch at a time; one that is not there is told of with the others."""
    if not file.is_file():
        return
    with file.open("rb") as content:
        if content.read(4) != b"PAR1":
            raise click.UsageError(word("commands.parquet_needed", language, file=file.name))


@contextmanager
def executor(scheduler: str, language: str) -> Iterator:
    """Give an executor of the cluster at an address, or of one made for the while."""
    try:
        from distributed import Client
    except ImportError as error:
        raise click.UsageError(word("commands.cluster_needed", language)) from error
    asked = {"threads_per_worker": 1, "dashboard_address": None} if scheduler == LOCAL else {"address": scheduler}
    with Client(**asked) as client:
        yield client.get_executor()


def told(found: TalliedFile, reject: bool, language: str) -> None:
    """Tell what was left out and what was found; stop at the first fault unless rows may be left out."""
    if found.faults and not reject:
        raise Faults(found.faults)
    for fault in found.faults:
        note(tell(fault, language))
    if reject:
        counts = {"read": found.read, "kept": found.read - found.rejected, "rejected": found.rejected}
        note(word("commands.sifted", language, **counts))
    for finding in found.findings:
        remark(finding, language)
