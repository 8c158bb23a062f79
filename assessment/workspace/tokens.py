"""Who may answer, apart from what was answered: a token says that somebody has answered, never what."""

import base64
import secrets
from collections.abc import Mapping
from hashlib import sha256

import pandas as pd
from sqlalchemy import Connection, insert, select, update

from assessment.faults import Fault, Faults
from assessment.workspace.campaigns import present, touch_wave
from assessment.workspace.schema import TOKENS
from assessment.workspace.seals import only, sealed, unsealed
from assessment.workspace.workspace import Workspace

COLUMNS = ("wave", "unit", "role", "tokens", "used")
"""One row is one unit and role of a wave: how many tokens it was given, how many have answered."""


def add_tokens(workspace: Workspace, campaign: str, wave: str, count: int, unit: str = "", role: str = "") -> list[str]:
    """Make tokens to hand out; the workspace keeps only what recognises them, so they are given this once.

    Parameters
    ----------
    workspace
        An open workspace.
    campaign, wave
        What they open.
    count
        How many.
    unit, role
        Whom they are given to.
    """
    made = [new_token() for _ in range(count)]
    told = {"campaign": campaign, "wave": wave, "unit": unit, "role": role, "used": 0}
    rows = [sealed(TOKENS, told | {"token": digest(token)}) for token in made]
    with workspace.writing() as connection:
        present(connection, workspace, campaign)
        if rows:
            connection.execute(insert(TOKENS), rows)
        touch_wave(connection, campaign, wave)
    return made


def new_token() -> str:
    """Draw a token of 80 bits that can be typed on a telephone."""
    return base64.b32encode(secrets.token_bytes(10)).decode("ascii").lower()


def digest(token: str) -> str:
    """Give what recognises a token; capitals, spaces and dashes do not count.

    Examples
    --------
    >>> digest("ABCD efgh") == digest("abcd-efgh")
    True
    """
    plain = "".join(sign for sign in token.casefold() if sign.isalnum())
    return sha256(plain.encode()).hexdigest()


def spend(connection: Connection, name: str, campaign: str, wave: str, token: str) -> Mapping[str, str]:
    """Note that a token was used; give the unit and role it was made for.

    Raises
    ------
    Faults
        ``token_unknown``; ``token_used``.
    """
    own = (TOKENS.c.campaign == campaign, TOKENS.c.wave == wave, TOKENS.c.token == digest(token))
    found = only(TOKENS, connection.execute(select(TOKENS).where(*own)))
    if found is None:
        raise Faults([Fault("token_unknown", {"file": name})])
    if found.used:
        raise Faults([Fault("token_used", {"file": name})])
    row = {column: getattr(found, column) for column in ("campaign", "wave", "token", "unit", "role")} | {"used": 1}
    connection.execute(update(TOKENS).where(*own).values(**sealed(TOKENS, row)))
    return {"unit": found.unit, "role": found.role}


def count_tokens(workspace: Workspace, campaign: str) -> pd.DataFrame:
    """Count who was invited and who has answered: `COLUMNS`, by wave, unit and role; unreleased."""
    with workspace.reading() as connection:
        rows = unsealed(TOKENS, connection.execute(select(TOKENS).where(TOKENS.c.campaign == campaign)))
    keys = list(COLUMNS[:3])
    table = pd.DataFrame([[row.wave, row.unit, row.role, 1, row.used] for row in rows], columns=list(COLUMNS))
    return table.groupby(keys, as_index=False)[list(COLUMNS[3:])].sum()
