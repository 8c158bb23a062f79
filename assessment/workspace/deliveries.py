"""What comes in at once: a file that is imported, with what people wrote. Importing it twice adds nothing."""

import secrets
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from assessment.faults import Fault, refuse
from assessment.progress import Progress, Steps, part_of, told_along
from assessment.responses.columns import accepted_headings
from assessment.workspace.answers import headings_of, response_rows, responses_table
from assessment.workspace.campaigns import framework_of, present, refuse_closed, touch_wave
from assessment.workspace.clock import moment
from assessment.workspace.packing import read, written
from assessment.workspace.schema import DELIVERIES, RESPONSES, VERBATIMS
from assessment.workspace.seals import insert_sealed, names, sealed, unsealed
from assessment.workspace.workspace import Workspace

WRITTEN = ("respondent", "wave", "question", "text")
"""The columns of a table of verbatims: one row is one text."""

NAMES = ["wave", "respondent"]


@dataclass(frozen=True)
class Received:
    """What became of a delivery: ``read == kept + duplicates``.

    Parameters
    ----------
    read
        Responses that came.
    kept
        Those that are new.
    duplicates
        Those whose respondent has a response in the wave already, or that came with the very same file.
    differing
        Duplicates that are not what is kept: the workspace keeps the first.
    delivery
        The id of the delivery, by which it can be taken back; ``""`` where nothing of it was new.
    """

    read: int
    kept: int
    duplicates: int
    differing: int = 0
    delivery: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """What became of the responses, as the list of deliveries tells it."""
        return {name: count for name, count in asdict(self).items() if name != "delivery"}


def add_responses(
    workspace: Workspace,
    campaign: str,
    responses: pd.DataFrame,
    verbatims: pd.DataFrame | None = None,
    source: str = "",
    digest: str | None = None,
    progress: Progress | None = None,
) -> Received:
    """Keep the responses of a file, all of them or none.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    responses
        The responses table of `load_responses`, loaded with the campaign's framework.
    verbatims
        One row is one text: ``respondent, wave, question, text``.
    source
        The file's name.
    digest
        What tells the file from others; None = reckoned from the tables.
    progress
        Called with (done, total), responses and texts, and last when all is written and nothing yet kept; an exception
        raised in it stops the work, and nothing is kept.

    Raises
    ------
    Faults
        ``campaign_absent``, ``wave_closed``, ``item_unknown``.

    Notes
    -----
    **Missing answers**: kept as they are, and "not concerned" apart from them. Without `respondent` only the very same
    file is recognised as one that has come before.
    """
    texts = (verbatims if verbatims is not None else pd.DataFrame(columns=list(WRITTEN)))[list(WRITTEN)]
    digest = digest or digest_of(responses, texts)
    refuse_unknown(workspace, campaign, responses)
    total = len(responses) + len(texts)
    with workspace.writing() as connection:
        for wave in waves_in(responses):
            refuse_closed(connection, workspace, campaign, wave)
        if has_come(connection, campaign, digest):
            return Received(len(responses), 0, len(responses))
        new, received = sifted(connection, campaign, responses, part_of(progress, 0, len(responses), total))
        if received.kept or len(texts):
            delivery = begin_delivery(connection, campaign, headings_of(responses), source, digest, received.counts)
            rest = part_of(progress, received.duplicates, total - received.duplicates, total)
            store(connection, campaign, delivery, new, texts, rest)
            received = replace(received, delivery=delivery)
        if progress:
            progress(total, total)
    return received


def refuse_unknown(workspace: Workspace, campaign: str, responses: pd.DataFrame) -> None:
    """Refuse answers to items the campaign's instrument does not have."""
    known = accepted_headings(framework_of(workspace, campaign))
    strange = [name for name in headings_of(responses)["answers"] if name not in known]
    refuse(*(Fault("item_unknown", {"column": name, "item": name}) for name in strange))


def waves_in(responses: pd.DataFrame) -> list[str]:
    """List the waves of a responses table."""
    return sorted(responses["wave"].unique().tolist()) if "wave" in responses else [""]


def digest_of(responses: pd.DataFrame, texts: pd.DataFrame) -> str:
    """Reckon what tells a delivery from others, by all that stands in it."""
    told = sha256()
    for table in (responses, texts):
        told.update(written(list(table.columns)).encode())
        told.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    return told.hexdigest()


def has_come(connection: Connection, campaign: str, digest: str) -> bool:
    """Say whether this very file has come before."""
    own = (DELIVERIES.c.campaign == campaign, DELIVERIES.c.digest == digest)
    return connection.execute(select(DELIVERIES.c.delivery).where(*own)).first() is not None


def sifted(
    connection: Connection, campaign: str, responses: pd.DataFrame, progress: Progress | None
) -> tuple[pd.DataFrame, Received]:
    """Take out the responses of people who have one in the wave already."""
    own = (RESPONSES.c.campaign == campaign, RESPONSES.c.respondent != "")
    kept = connection.execute(select(*(RESPONSES.c[name] for name in NAMES)).where(*own)).fetchall()
    if not kept:
        return responses, Received(len(responses), len(responses), 0)
    keys = pd.MultiIndex.from_frame(responses.reindex(columns=NAMES, fill_value="").astype("str"))
    again = keys.isin(list(map(tuple, kept)))
    new, old = responses[~again], responses[again]
    compared = part_of(progress, 0, len(old), len(responses))
    count = differing(connection, campaign, old, compared) if len(old) else 0
    return new, Received(len(responses), len(new), len(old), count)


def differing(connection: Connection, campaign: str, responses: pd.DataFrame, progress: Progress | None) -> int:
    """Count the responses that are not what is kept of the same people, column by column."""
    names = [name for name in responses.columns if name not in NAMES]
    here = responses.set_index(NAMES)[names].sort_index()
    step = Steps(progress, len(names) + 1)
    kept = step(responses_table(connection, campaign).set_index(NAMES).reindex(here.index))
    kept, other = kept.reindex(columns=names), np.zeros(len(here), dtype=bool)
    for name in names:
        other |= step((plain(kept[name]) != plain(here[name])).to_numpy())
    return int(other.sum())


def plain(column: pd.Series) -> pd.Series:
    """Give a column whose missing values are equal to empty ones."""
    return column.astype(object).fillna("")


def list_deliveries(workspace: Workspace, campaign: str) -> list[dict]:
    """List what came in, the oldest first.

    Returns
    -------
    list of dict
        ``delivery`` (its id), ``source, received`` (UTC, ISO 8601), ``held`` (its responses that are kept now), and
        what was counted as it came: ``read, kept, duplicates, differing``. A collection of responses that come one by
        one has no such counts. **Missing answers**: not concerned.
    """
    chosen = select(DELIVERIES).where(DELIVERIES.c.campaign == campaign)
    counted = select(RESPONSES.c.delivery, func.count()).where(RESPONSES.c.campaign == campaign).group_by("delivery")
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        rows = unsealed(DELIVERIES, connection.execute(chosen))
        held = dict(map(tuple, connection.execute(counted)))
    told = [
        {"delivery": row.delivery, "source": row.source, "received": row.received, "held": held.get(row.delivery, 0)}
        | read(row.counts, "deliveries")
        for row in rows
    ]
    return sorted(told, key=lambda one: one["received"])


def begin_delivery(
    connection: Connection, campaign: str, headings: dict[str, list[str]], source: str, digest: str, counts: dict
) -> str:
    """Note a delivery; give its id."""
    row = {"delivery": secrets.token_hex(16), "campaign": campaign, "source": source, "digest": digest}
    row |= {"received": moment(), "headings": written(headings), "counts": written(counts)}
    connection.execute(insert(DELIVERIES), sealed(DELIVERIES, row))
    return row["delivery"]


def store(
    connection: Connection,
    campaign: str,
    delivery: str,
    responses: pd.DataFrame,
    texts: pd.DataFrame,
    progress: Progress | None = None,
) -> None:
    """Write responses and what people wrote."""
    total = len(responses) + len(texts)
    rows = told_along(response_rows(responses, campaign, delivery), progress, total)
    insert_sealed(connection, RESPONSES, rows)
    for wave in waves_in(responses):
        touch_wave(connection, campaign, wave)
    written_rows = verbatim_rows(connection, campaign, texts, mark_of(delivery))
    told = told_along(written_rows, part_of(progress, len(responses), len(texts), total), len(texts))
    insert_sealed(connection, VERBATIMS, told)


def mark_of(delivery: str) -> str:
    """Give what the ids of a delivery's texts begin with: by it they are found when the delivery is taken back.

    Examples
    --------
    As ``printf abc | sha256sum`` has it:

    >>> mark_of("abc")
    'ba7816bf8f01cfea'
    """
    return sha256(delivery.encode()).hexdigest()[:16]


def verbatim_rows(connection: Connection, campaign: str, texts: pd.DataFrame, mark: str) -> list[tuple[str, ...]]:
    """Give the rows of the texts that are new, in the order of random ids; a named one's answer is kept once."""
    known = {key_of(row) for row in kept_verbatims(connection, campaign)}
    rows = [dict(zip(WRITTEN, map(str, row), strict=True)) for row in texts.fillna("").itertuples(index=False)]
    new = [row for row in rows if row["text"].strip() and not (row["respondent"] and tuple(row.values())[:3] in known)]
    made = [row | {"verbatim": mark + secrets.token_hex(8), "campaign": campaign} for row in new]
    return sorted(tuple(row[name] for name in names(VERBATIMS.name)) for row in made)


def key_of(row) -> tuple[str, str, str]:
    """Give what a text answers: whose it is, when, to which question."""
    return row.respondent, row.wave, row.question


def kept_verbatims(connection: Connection, campaign: str) -> list:
    """Give the rows of a campaign's texts."""
    chosen = select(VERBATIMS).where(VERBATIMS.c.campaign == campaign).order_by(VERBATIMS.c.wave, VERBATIMS.c.verbatim)
    return unsealed(VERBATIMS, connection.execute(chosen))


def responses_of(workspace: Workspace, campaign: str, waves: list[str] | None = None) -> pd.DataFrame:
    """Give the responses of a campaign as `load_responses` does, in no order that tells who answered when.

    Notes
    -----
    **Missing answers**: 0, and 255 for "not concerned". An item one delivery did not ask is missing for its rows.
    """
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        return responses_table(connection, campaign, waves)


def verbatims_of(workspace: Workspace, campaign: str) -> pd.DataFrame:
    """Give what people wrote, unreleased: ``respondent, wave, question, text``."""
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        rows = kept_verbatims(connection, campaign)
    return pd.DataFrame({name: pd.Series([getattr(row, name) for row in rows], dtype="str") for name in WRITTEN})


def forget_respondent(workspace: Workspace, campaign: str, respondent: str) -> int:
    """Take all that one person answered and wrote out of a campaign; give how many responses that were.

    Notes
    -----
    The places on the disk are overwritten. Copies made earlier, and what was released, still count the person.
    """
    if not respondent:
        return 0
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        own = select(RESPONSES.c.wave).where(RESPONSES.c.campaign == campaign, RESPONSES.c.respondent == respondent)
        waves = [row.wave for row in connection.execute(own)]
        for table in (RESPONSES, VERBATIMS):
            connection.execute(delete(table).where(table.c.campaign == campaign, table.c.respondent == respondent))
        for wave in waves:
            touch_wave(connection, campaign, wave)
    return len(waves)
