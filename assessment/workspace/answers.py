"""Responses as rows of a workspace, and back as the responses table: an answer is one byte, as in the table."""

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from assessment.responses.columns import RESERVED
from assessment.workspace.packing import damaged, read, written
from assessment.workspace.schema import DELIVERIES, RESPONSES
from assessment.workspace.seals import names, unsealed

ABOUT = tuple(name for name in RESERVED if name != "weight")
"""Columns about a response that every row has."""

Headings = Mapping[str, list[str]]
"""``answers``: the columns of answers, in the order of a row's bytes; ``others``: weight, choices, background."""


def headings_of(responses: pd.DataFrame) -> dict[str, list[str]]:
    """Sort the columns of a responses table into answers and others.

    Examples
    --------
    >>> table = pd.DataFrame({"unit": ["a"], "site": ["x"], "st_01.reality": np.array([3], dtype="uint8")})
    >>> headings_of(table)
    {'answers': ['st_01.reality'], 'others': ['site']}
    """
    rest = [name for name in responses.columns if name not in ABOUT]
    answers = [name for name in rest if responses[name].dtype == np.uint8]
    return {"answers": answers, "others": [name for name in rest if name not in answers]}


def response_rows(responses: pd.DataFrame, campaign: str, delivery: str) -> Iterator[tuple]:
    """Give the rows of a responses table, in the order of random ids: not the order in which people answered.

    Parameters
    ----------
    responses
        The responses table.
    campaign, delivery
        What they belong to.

    Returns
    -------
    iterator of tuple
        Values in the order of the columns of ``responses``, without the seal.
    """
    order = np.random.default_rng(secrets.randbits(128)).permutation(len(responses))
    mixed, headings = responses.iloc[order], headings_of(responses)
    codes = mixed[headings["answers"]].to_numpy(dtype=np.uint8)
    columns = {name: texts(mixed, name) for name in ABOUT}
    columns |= {"response": sorted(random_ids(len(order)))}
    columns |= {"campaign": repeat(campaign), "delivery": repeat(delivery)}
    columns |= {"others": others_of(mixed[headings["others"]]), "answers": (row.tobytes() for row in codes)}
    return zip(*(columns[name] for name in names(RESPONSES.name)), strict=False)


def random_ids(count: int) -> list[str]:
    """Draw ids of 32 hexadecimal digits."""
    drawn = secrets.token_hex(16 * count)
    return [drawn[place : place + 32] for place in range(0, len(drawn), 32)]


def others_of(table: pd.DataFrame) -> Iterator[str]:
    """Write the other columns of each row as a list."""
    if table.columns.empty:
        return repeat("[]")
    return (written(row) for row in zip(*(plain(table[name]) for name in table.columns), strict=True))


def texts(table: pd.DataFrame, name: str) -> list[str]:
    """Give a column of texts; empty where it is not there."""
    if name not in table:
        return [""] * len(table)
    codes, values = pd.factorize(table[name])
    return np.array([*map(str, values.tolist()), ""], dtype=object)[codes].tolist()


def plain(column: pd.Series) -> list:
    """Give the values of a column as JSON has them."""
    return column.astype(object).where(column.notna(), None).tolist()


def responses_table(connection: Connection, campaign: str, waves: Sequence[str] | None = None) -> pd.DataFrame:
    """Put the responses of a campaign together again.

    Parameters
    ----------
    connection
        Inside a transaction.
    campaign
        The campaign.
    waves
        The waves; None = all.

    Returns
    -------
    pandas.DataFrame
        The responses table. What one delivery did not ask is missing for it (0), or ``""``.
    """
    chosen = select(RESPONSES).where(RESPONSES.c.campaign == campaign).order_by(RESPONSES.c.wave, RESPONSES.c.response)
    if waves is not None:
        chosen = chosen.where(RESPONSES.c.wave.in_(list(waves)))
    by_delivery: dict[str, list] = {}
    place = names(RESPONSES.name).index("delivery")
    for row in unsealed(RESPONSES, connection.execute(chosen)):
        by_delivery.setdefault(row[place], []).append(row)
    headings = delivery_headings(connection, campaign)
    try:
        parts = [part(rows, headings[delivery]) for delivery, rows in by_delivery.items()]
    except (KeyError, TypeError, ValueError) as error:
        raise damaged("responses", "headings") from error
    return joined(parts) if parts else pd.DataFrame({name: pd.Series(dtype="str") for name in ABOUT})


def delivery_headings(connection: Connection, campaign: str) -> dict[str, Headings]:
    """Give the headings of each delivery of a campaign."""
    chosen = select(DELIVERIES).where(DELIVERIES.c.campaign == campaign)
    rows = unsealed(DELIVERIES, connection.execute(chosen))
    return {row.delivery: read(row.headings, "deliveries") for row in rows}


def part(rows: list, headings: Headings) -> pd.DataFrame:
    """Make the table of one delivery's rows."""
    columns = dict(zip(names(RESPONSES.name), zip(*rows, strict=True), strict=False))
    about = {name: pd.Series(columns[name], dtype="str") for name in ABOUT}
    answers = headings["answers"]
    codes = np.frombuffer(b"".join(columns["answers"]), dtype=np.uint8).reshape(len(rows), len(answers))
    others = json.loads(f"[{','.join(columns['others'])}]")
    told = {name: other(name, [row[place] for row in others]) for place, name in enumerate(headings["others"])}
    return pd.concat([pd.DataFrame(about | told), pd.DataFrame(codes, columns=answers)], axis=1)


def other(name: str, values: list) -> pd.Series:
    """Make a column that is no answer: the weight a number, all else texts."""
    return pd.Series(values, dtype="float64" if name == "weight" else "str")


def joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Put the deliveries of a campaign under one another."""
    if len(parts) == 1:
        return parts[0]
    answers = list(dict.fromkeys(name for one in parts for name in headings_of(one)["answers"]))
    others = list(dict.fromkeys(name for one in parts for name in headings_of(one)["others"]))
    whole = pd.concat(parts, ignore_index=True)[[*ABOUT, *others, *answers]]
    filled = {name: whole[name].fillna(0).astype(np.uint8) for name in answers}
    filled |= {name: whole[name].fillna("").astype("str") for name in others if name != "weight"}
    return whole.assign(**filled)
