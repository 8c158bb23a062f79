"""MICMAC on the map: what moves the rest, what is moved, what is both, what stands apart."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.figures.map_overlay import (
    Telling,
    category,
    item,
    legend_entry,
    nothing_yet,
    overlay,
    table_of,
)
from assessment.figures.map_words import listed, rows_of, say
from assessment.systems.causes import causal_links
from assessment.systems.leverage import score_leverage
from assessment.texts.maps import sentence

NAME = "micmac"

ZONES = {"driver": "⇒", "relay": "⇔", "outcome": "⇐", "autonomous": "○"}
"""The four zones, each with its badge: acts, both, is acted upon, neither."""

COLOURS = {zone: category(number) for number, zone in enumerate(ZONES)}

NAMED = 3
"""Elements named in a sentence."""

FEW_ELEMENTS = 6
"""Elements below which the zones say little: they are cut at the means."""

NUMBERS = ("direct_influence", "direct_dependence", "indirect_influence", "indirect_dependence")

Row = Mapping[str, Any]


def micmac_reading(telling: Telling) -> dict[str, Any]:
    """Read what moves the rest and what is moved, directly and through others.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    leverage = score_leverage(telling.graph)
    if not leverage["direct_influence"].any():
        acts = len(causal_links(telling.graph))
        return nothing_yet(NAME, telling, telling.say("draw_others_links" if acts else "draw_links"))
    rows = rows_of(leverage.sort_values("rank", kind="stable"))
    return overlay(
        NAME,
        title_of(rows, telling),
        sentences_of(rows, telling),
        legend=[legend_entry(zone_words(zone, telling), COLOURS[zone], badge=badge) for zone, badge in ZONES.items()],
        nodes={row["id"]: zone_paint(row["indirect_quadrant"]) for row in rows},
        table=leverage_table(rows, telling),
        items=list(zone_items(leverage, telling)),
    )


def zone_words(zone: str, telling: Telling) -> str:
    """Name a zone and say what it means."""
    name = say(f"quadrant_{zone}", telling.language)
    return telling.say("named_meaning", name=name, meaning=telling.say(f"zone_{zone}"))


def zone_paint(zone: str) -> dict[str, Any]:
    """Give the colour and the badge of a zone."""
    return {"colour": COLOURS[zone], "badge": ZONES[zone]}


def title_of(rows: list[Row], telling: Telling) -> str:
    """Give the finding: what moves the rest most."""
    first = [telling.labels[row["id"]] for row in rows if row["rank"] == 1]
    if len(first) == 1:
        return telling.say("micmac_title", name=first[0])
    return telling.say("micmac_title_several", names=listed(first, NAMED))


def sentences_of(rows: list[Row], telling: Telling) -> Iterator[str]:
    """Name what moves and what is moved; say what carries changes on, and how firm the order is."""
    for zone in ("driver", "outcome", "relay"):
        names = [telling.labels[row["id"]] for row in rows if row["indirect_quadrant"] == zone]
        if names:
            yield telling.say(f"micmac_{zone}", names=listed(names, NAMED))
    if len(rows) < FEW_ELEMENTS:
        yield telling.say("micmac_few", elements=telling.count("count_elements", len(rows)))
    elif max(row["rank_worst"] - row["rank_best"] for row in rows) > len(rows) / 4:
        yield telling.say("micmac_unsure")
    else:
        yield telling.say("micmac_drawn")


def leverage_table(rows: list[Row], telling: Telling) -> dict:
    """Write every element's numbers, ranks and zone."""
    columns = {telling.say("column_element"): False} | {telling.say(f"column_{name}"): True for name in NUMBERS}
    columns |= {telling.say("column_ranks"): True, telling.say("column_zone"): False}
    cells = [
        [
            telling.labels[row["id"]],
            *(telling.number(row[name], 1) for name in NUMBERS),
            rank_words(row),
            say(f"quadrant_{row['indirect_quadrant']}", telling.language),
        ]
        for row in rows
    ]
    return table_of(telling.say("micmac_caption"), columns, cells)


def rank_words(row: Row) -> str:
    """Write the best and the worst rank over all numbers of steps.

    Examples
    --------
    >>> rank_words({"rank_best": 1, "rank_worst": 3}), rank_words({"rank_best": 2, "rank_worst": 2})
    ('1–3', '2')
    """
    best, worst = row["rank_best"], row["rank_worst"]
    return str(best) if best == worst else f"{best}–{worst}"


def zone_items(leverage: pd.DataFrame, telling: Telling) -> Iterator[dict]:
    """Write each zone that has elements, with the causal ties that leave or reach them."""
    for zone, badge in ZONES.items():
        nodes = leverage.loc[leverage["indirect_quadrant"] == zone, "id"].tolist()
        if nodes:
            names = listed([telling.labels[node] for node in nodes])
            title = say(f"quadrant_{zone}", telling.language)
            meaning = telling.say("full_stop", text=sentence(telling.say(f"zone_{zone}")))
            yield item(sentence(title), [meaning, names], nodes, badge=badge)
