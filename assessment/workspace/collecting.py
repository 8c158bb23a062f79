"""Responses that come one by one: each is kept for good before it is acknowledged, once, however often it is sent."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Row, insert, select

from assessment.faults import Fault, Faults
from assessment.responses.columns import accepted_headings
from assessment.workspace.answers import ABOUT
from assessment.workspace.campaigns import framework_of, refuse_closed, standing_wave, touch_wave
from assessment.workspace.deliveries import begin_delivery
from assessment.workspace.packing import damaged, read, written
from assessment.workspace.schema import DELIVERIES, RESPONSES, VERBATIMS
from assessment.workspace.seals import only, sealed
from assessment.workspace.tokens import spend
from assessment.workspace.workspace import Workspace

ID = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class Response:
    """One person's response, as it comes.

    Parameters
    ----------
    id
        Thirty-two random hexadecimal digits, drawn where it was given: sent twice, it is kept once.
    answers
        Codes by answer column, as in the responses table; a column left out is missing.
    about
        ``respondent, unit, role, wave, form``, as far as they are known.
    others
        Choices and background variables, by heading.
    texts
        What was written, by question.
    """

    id: str
    answers: Mapping[str, int]
    about: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def open_collection(workspace: Workspace, campaign: str, answers: Sequence[str], others: Sequence[str] = ()) -> str:
    """Begin to collect; give the id of the collection.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign
        The campaign.
    answers
        The answer columns that are asked.
    others
        The headings of choices and background variables.
    """
    known = accepted_headings(framework_of(workspace, campaign))
    strange = [Fault("item_unknown", {"column": name, "item": name}) for name in answers if name not in known]
    if strange:
        raise Faults(strange)
    headings = {"answers": list(answers), "others": list(others)}
    with workspace.writing() as connection:
        return begin_delivery(connection, campaign, headings, "", f"collection {secrets.token_hex(16)}", {})


def receive(workspace: Workspace, collection: str, response: Response, token: str | None = None) -> bool:
    """Keep one response and, apart from it, that its token was used.

    Parameters
    ----------
    workspace
        An open workspace.
    collection
        What `open_collection` gave.
    response
        The response.
    token
        The token of who answers; its unit and role are those it was made for.

    Returns
    -------
    bool
        Whether it is new; one that has come before is kept once.

    Raises
    ------
    Faults
        ``wave_closed``, ``token_unknown``, ``token_used``.
    """
    if not ID.match(response.id):
        raise Faults([Fault("document_name_wrong", values={"value": response.id, "most": 32})])
    with workspace.writing() as connection:
        where = collection_of(connection, collection)
        if has_come(connection, where.campaign, response):
            return False
        store(connection, workspace, where, response, token)
    return True


def has_come(connection: Connection, campaign: str, response: Response) -> bool:
    """Say whether this response is kept already."""
    own = (RESPONSES.c.campaign == campaign, RESPONSES.c.wave == response.about.get("wave", ""))
    found = select(RESPONSES.c.response).where(*own, RESPONSES.c.response == response.id)
    return connection.execute(found).first() is not None


def collection_of(connection: Connection, collection: str) -> Row:
    """Give the row of a collection."""
    chosen = select(DELIVERIES).where(DELIVERIES.c.delivery == collection)
    found = only(DELIVERIES, connection.execute(chosen))
    if found is None:
        raise damaged("deliveries", collection[:32])
    return found


def store(connection: Connection, workspace: Workspace, collection: Row, response: Response, token: str | None) -> None:
    """Write a response, what was written, and that the token was used."""
    campaign, about = collection.campaign, dict.fromkeys(ABOUT, "") | dict(response.about)
    refuse_closed(connection, workspace, campaign, about["wave"])
    if standing_wave(connection, campaign, about["wave"]) is None:
        touch_wave(connection, campaign, about["wave"])
    if token is not None:
        about |= spend(connection, workspace.name, campaign, about["wave"], token)
    connection.execute(insert(RESPONSES), response_row(response, about, collection))
    texts = text_rows(response, about, campaign)
    if texts:
        connection.execute(insert(VERBATIMS), texts)


def response_row(response: Response, about: Mapping[str, str], collection: Row) -> dict:
    """Give the row of a response, its answers in the order of the collection's columns."""
    headings = read(collection.headings, "deliveries")
    others = written([response.others.get(name, "") for name in headings["others"]])
    row = {"response": response.id, "campaign": collection.campaign, "delivery": collection.delivery, "others": others}
    codes = bytes(response.answers.get(name, 0) for name in headings["answers"])
    return sealed(RESPONSES, row | {name: about[name] for name in ABOUT} | {"answers": codes})


def text_rows(response: Response, about: Mapping[str, str], campaign: str) -> list[dict]:
    """Give the rows of what was written; each under an id of its own, so that no text leads to the answers."""
    told = {"campaign": campaign, "wave": about["wave"], "respondent": about["respondent"]}
    rows = [told | {"question": question, "text": text} for question, text in response.texts.items() if text.strip()]
    return [sealed(VERBATIMS, row | {"verbatim": secrets.token_hex(16)}) for row in rows]
