"""Consensus on the map: what participants share, where their signs contradict each other, what one alone sees."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.figures.map_overlay import (
    Telling,
    item,
    legend_entry,
    nothing_yet,
    overlay,
    table_of,
)
from assessment.figures.map_words import conflict_words, consensus_told, rows_of
from assessment.systems.consensus import compare_participants, merge_maps
from assessment.texts import format_share

NAME = "consensus"

COLOURS = {"all": "accent", "some": "category-2", "one": "category-3", "conflict": "negative"}
"""Who drew a tie, and its colour; a contradiction of signs comes before."""

CONFLICT = "±"
"""Badge of a tie whose sign is disputed."""

PATTERNS = {"all": "line", "some": "line", "one": "dash"}

NARROWEST = 0.15
"""Width of a tie that next to nobody drew: it must still be seen."""

Row = Mapping[str, Any]


def consensus_reading(telling: Telling) -> dict[str, Any]:
    """Read what participants share, where they contradict each other, what one alone sees.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    ties, pairs = merge_maps(telling.graph), compare_participants(telling.graph)
    if ties.empty:
        return nothing_yet(NAME, telling, telling.say("draw_participants"))
    if pairs.empty:
        return nothing_yet(NAME, telling, telling.say("draw_second"))
    return overlay(
        NAME,
        title_of(ties, telling),
        sentences_of(ties, pairs, telling),
        legend=legend_of(telling),
        ties=ties_of(ties, telling),
        table=shared_table(ties, telling),
        items=[*conflict_items(ties, telling), *alone_items(ties, telling)],
    )


def title_of(ties: pd.DataFrame, telling: Telling) -> str:
    """Give the finding: how many ties all drew, and how many signs contradict each other."""
    everybody, disputed = int((ties["standing"] == "all").sum()), int(ties["conflict"].sum())
    return telling.say(
        "consensus_title",
        ties=telling.count("count_ties", len(ties)),
        shared=telling.count("count_shared", everybody),
        conflicts=telling.count("count_conflicts", disputed),
    )


def sentences_of(ties: pd.DataFrame, pairs: pd.DataFrame, telling: Telling) -> Iterator[str]:
    """Tell the counts and how alike maps are; that few see a tie does not make it wrong."""
    yield from consensus_told(ties, pairs, telling.language)
    unnamed = sum(not drew for *_, drew in telling.graph.edges(data="participants"))
    if unnamed:
        yield telling.say("consensus_unnamed", ties=telling.count("count_ties", unnamed))
    yield telling.say("consensus_meaning")


def ids_of(telling: Telling) -> dict[tuple, list[Hashable]]:
    """List the ids of the ties participants drew, by ends and kind."""
    found: dict[tuple, list[Hashable]] = {}
    for source, target, key, tie in telling.graph.edges(keys=True, data=True):
        if tie.get("participants"):
            found.setdefault((source, target, tie.get("kind")), []).append(key)
    return found


def key_of(row: Row) -> tuple:
    """Give what identifies a row: ends and kind."""
    return row["source"], row["target"], row["kind"]


def ties_of(ties: pd.DataFrame, telling: Telling) -> dict[Hashable, dict]:
    """Draw each tie as wide as the share of participants who drew it; pale the ties nobody is named for."""
    paint: dict[Hashable, dict] = {
        key: {"dim": True} for *_, key, drew in telling.graph.edges(keys=True, data="participants") if not drew
    }
    ids = ids_of(telling)
    for row in rows_of(ties):
        paint |= {key: tie_paint(row) for key in ids[key_of(row)]}
    return paint


def tie_paint(row: Row) -> dict[str, Any]:
    """Draw one tie."""
    paint: dict[str, Any] = {"colour": COLOURS["conflict" if row["conflict"] else row["standing"]]}
    paint["width"] = round(NARROWEST + (1 - NARROWEST) * row["share"], 4)
    paint |= {"badge": CONFLICT} if row["conflict"] else {}
    return paint | ({"dash": True} if row["standing"] == "one" else {})


def legend_of(telling: Telling) -> list[dict]:
    """Explain the paint."""
    return [
        *(
            legend_entry(telling.say(f"consensus_line_{one}"), COLOURS[one], pattern=pattern)
            for one, pattern in PATTERNS.items()
        ),
        legend_entry(telling.say("consensus_disputed"), COLOURS["conflict"], badge=CONFLICT, pattern="line"),
        legend_entry(telling.say("consensus_nobody"), "muted", pattern="dim"),
    ]


def shared_table(ties: pd.DataFrame, telling: Telling) -> dict:
    """Write each tie: how many drew it, with which sign, who alone."""
    keys = {"column_tie": False, "column_drawn_by": True, "column_share": True}
    keys |= {"column_positive": True, "column_negative": True, "column_unsigned": True, "column_standing": False}
    cells = [
        [
            telling.tie(row["source"], row["target"], row["kind"]),
            telling.number(row["frequency"]),
            format_share(row["share"], telling.language),
            *(telling.number(row[name]) for name in ("positive", "negative", "unsigned")),
            standing_words(row, telling),
        ]
        for row in rows_of(ties)
    ]
    return table_of(telling.say("consensus_caption"), {telling.say(key): one for key, one in keys.items()}, cells)


def standing_words(row: Row, telling: Telling) -> str:
    """Say who drew a tie, and that its sign is disputed."""
    if row["standing"] == "one":
        told = telling.say("consensus_only_by", name=telling.participant(row["only_by"]))
    else:
        told = telling.say(f"consensus_{row['standing']}_drew")
    return telling.say("and_disputed", told=told) if row["conflict"] else told


def conflict_items(ties: pd.DataFrame, telling: Telling) -> Iterator[dict]:
    """Write each tie whose sign is disputed."""
    ids = ids_of(telling)
    disputed = rows_of(ties[ties["conflict"]])
    for row, told in zip(disputed, conflict_words(disputed, telling.labels, telling.language), strict=True):
        ends = (row["source"], row["target"])
        yield item(telling.tie(*key_of(row)), [told], dict.fromkeys(ends), ids[key_of(row)], CONFLICT)


def alone_items(ties: pd.DataFrame, telling: Telling) -> Iterator[dict]:
    """Write what each participant alone sees."""
    ids = ids_of(telling)
    for one, rows in ties[ties["standing"] == "one"].groupby("only_by", sort=False):
        seen = rows_of(rows)
        nodes = dict.fromkeys(end for row in seen for end in (row["source"], row["target"]))
        told = telling.say("consensus_alone", ties=telling.count("count_ties", len(seen)))
        title = telling.say("consensus_only_by", name=telling.participant(one))
        yield item(title, [told], nodes, [key for row in seen for key in ids[key_of(row)]])
