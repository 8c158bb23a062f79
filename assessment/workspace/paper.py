"""Paper forms keyed in: each is kept under the next serial number, by which it is found, corrected, taken out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, delete, select

from assessment.responses.answers import MISSING
from assessment.workspace.answers import delivery_headings
from assessment.workspace.campaigns import present
from assessment.workspace.collecting import Response, collection_of, store
from assessment.workspace.deliveries import forget_respondent, kept_verbatims
from assessment.workspace.packing import read
from assessment.workspace.schema import RESPONSES, VERBATIMS
from assessment.workspace.seals import only
from assessment.workspace.workspace import Workspace

SERIAL = re.compile(r"paper-([1-9][0-9]{0,8})\Z")
"""How a form keyed in is named among the respondents: the number written on the paper, nobody's name."""


@dataclass(frozen=True)
class KeptSheet:
    """A form as it is kept: ``answers`` are the codes of a responses table, those missing left out."""

    about: Mapping[str, str]
    answers: Mapping[str, int] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def paper_name(serial: int) -> str:
    """Give the respondent that stands for a form.

    Examples
    --------
    >>> paper_name(12)
    'paper-12'
    """
    return f"paper-{serial}"


def keep_sheet(workspace: Workspace, collection: str, response: Response, above: int = 0) -> int:
    """Keep a form that was keyed in; give its serial number.

    Parameters
    ----------
    workspace
        An open workspace.
    collection
        What `open_collection` gave.
    response
        What was keyed in; its respondent is put here.
    above
        Numbers up to this one are on a paper already, and not given again.

    Returns
    -------
    int
        The next number of the campaign; sent twice, the form is kept once and has its first number.
    """
    with workspace.writing() as connection:
        where = collection_of(connection, collection)
        serial = serial_of(connection, where.campaign, response.id)
        if serial is None:
            serial = max(above, *serials(connection, where.campaign), 0) + 1
            store(connection, workspace, where, numbered(response, serial), None)
    return serial


def correct_sheet(workspace: Workspace, collection: str, serial: int, response: Response) -> None:
    """Put a form in the place of the one with this number, in one transaction; it need not be there any more."""
    with workspace.writing() as connection:
        where = collection_of(connection, collection)
        own = {"campaign": where.campaign, "wave": response.about.get("wave", ""), "respondent": paper_name(serial)}
        for table in (RESPONSES, VERBATIMS):
            connection.execute(delete(table).where(*(table.c[name] == value for name, value in own.items())))
        store(connection, workspace, where, numbered(response, serial), None)


def drop_sheet(workspace: Workspace, campaign: str, serial: int) -> bool:
    """Take a form out; say whether it was there."""
    return forget_respondent(workspace, campaign, paper_name(serial)) > 0


def kept_sheet(workspace: Workspace, campaign: str, wave: str, serial: int) -> KeptSheet | None:
    """Give a form as it is kept; None where there is none of this number in the wave."""
    with workspace.reading() as connection:
        present(connection, workspace, campaign)
        own = (RESPONSES.c.campaign == campaign, RESPONSES.c.wave == wave)
        chosen = select(RESPONSES).where(*own, RESPONSES.c.respondent == paper_name(serial))
        row = only(RESPONSES, connection.execute(chosen))
        if row is None:
            return None
        headings = delivery_headings(connection, campaign)[row.delivery]
        written = kept_verbatims(connection, campaign)
    told = zip(headings["answers"], row.answers, strict=True)
    texts = {one.question: one.text for one in written if (one.respondent, one.wave) == (row.respondent, wave)}
    about = {name: getattr(row, name) for name in ("unit", "role", "wave", "form")}
    others = dict(zip(headings["others"], read(row.others, "responses"), strict=True))
    return KeptSheet(about, {name: code for name, code in told if code != MISSING}, others, texts)


def numbered(response: Response, serial: int) -> Response:
    """Name a response by its serial number."""
    return replace(response, about=dict(response.about) | {"respondent": paper_name(serial)})


def serial_of(connection: Connection, campaign: str, response: str) -> int | None:
    """Give the number under which a response is kept already."""
    own = (RESPONSES.c.campaign == campaign, RESPONSES.c.response == response)
    found = connection.execute(select(RESPONSES.c.respondent).where(*own)).first()
    match = SERIAL.match(found.respondent) if found else None
    return int(match[1]) if match else None


def serials(connection: Connection, campaign: str) -> list[int]:
    """List the numbers given in a campaign, whatever the wave: a number is on one paper only."""
    own = (RESPONSES.c.campaign == campaign, RESPONSES.c.respondent.like("paper-%"))
    found = connection.execute(select(RESPONSES.c.respondent).where(*own))
    return [int(match[1]) for row in found if (match := SERIAL.match(row.respondent))]
