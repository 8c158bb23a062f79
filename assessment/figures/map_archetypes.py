"""Archetypes on the map: old stories its loops may be telling, each with its leverage and a question to the group."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from assessment.figures.loop_list import Tied, causal_ties, shown_loops, ties_along
from assessment.figures.map_overlay import (
    APART,
    Telling,
    category,
    item,
    legend_entry,
    nothing_yet,
    overlay,
    table_of,
)
from assessment.figures.map_words import listed, rows_of, say
from assessment.systems.archetypes import match_loops
from assessment.systems.causes import causal_links
from assessment.systems.cycles import Search
from assessment.texts.maps import tell_archetype, tell_why

NAME = "archetypes"

Row = Mapping[str, Any]


def archetypes_reading(telling: Telling) -> dict[str, Any]:
    """Read which archetypes the loops of a map may be telling: candidates, to be discussed.

    Parameters
    ----------
    telling
        The map, the language, the names.
    """
    links = causal_links(telling.graph)
    loops, search = shown_loops(telling.graph, links)
    if loops.empty:
        key = "loops_none" if len(links) else "loops_no_links"
        return nothing_yet(NAME, telling, say(key, telling.language), telling.say("draw_loops"))
    rows = rows_of(match_loops(links, loops))
    if not rows:
        return overlay(NAME, telling.say("archetypes_title_none"), [telling.say("archetypes_none")])
    tied = causal_ties(telling.graph)
    parts = [part_of(row, loops, tied) for row in rows]
    return overlay(
        NAME,
        title_of(rows, telling),
        sentences_of(rows, search, telling),
        legend=legend_of(rows, parts, telling),
        nodes=painted([nodes for nodes, _ in parts], several="double"),
        ties=painted([ties for _, ties in parts]),
        table=archetype_table(rows, telling),
        items=[archetype_item(row, *part, telling) for row, part in zip(rows, parts, strict=True)],
    )


def part_of(row: Row, loops: pd.DataFrame, tied: Tied) -> tuple[list, list]:
    """Give the elements and ties of a candidate: those of its loops, and whoever else plays a role."""
    paths = loops.set_index("loop").loc[list(row["loops"]), "nodes"].tolist()
    nodes = dict.fromkeys(node for path in (*paths, *row["roles"].values()) for node in path)
    return list(nodes), list(dict.fromkeys(key for path in paths for key in ties_along(path, tied)))


def title_of(rows: list[Row], telling: Telling) -> str:
    """Give the finding: the first candidate, and how many more there are."""
    name = telling.say("quoted", text=named(rows[0], telling))
    if len(rows) == 1:
        return telling.say("archetypes_title_one", name=name)
    return telling.say("archetypes_title", name=name, others=telling.count("count_stories", len(rows) - 1))


def named(row: Row, telling: Telling) -> str:
    """Name a candidate's archetype."""
    return tell_archetype(row["archetype"], row["roles"], telling.labels, telling.language)["name"]


def sentences_of(rows: list[Row], search: Search, telling: Telling) -> Iterator[str]:
    """Say what candidates are, and among which loops they were looked for."""
    yield telling.say("archetypes_meaning")
    yield telling.say("archetypes_click")
    if not search.complete:
        yield telling.say("archetypes_among", count=telling.number(len(search.cycles)))


def painted(parts: list[list], several: str = "") -> dict[Any, dict]:
    """Give each element the colour of the first story it plays in, and the numbers of all of them."""
    found: dict[Any, list[int]] = {}
    for number, part in enumerate(parts):
        for one in part:
            found.setdefault(one, []).append(number)
    return {one: story_paint(numbers, several) for one, numbers in found.items()}


def story_paint(numbers: list[int], several: str) -> dict[str, Any]:
    """Paint what plays in some stories."""
    paint: dict[str, Any] = {"colour": category(numbers[0]), "badge": APART.join(str(one + 1) for one in numbers)}
    return paint | ({"border": several} if several and len(numbers) > 1 else {})


def legend_of(rows: list[Row], parts: list[tuple[list, list]], telling: Telling) -> list[dict]:
    """Explain every number, and what plays in several stories."""
    entries = [
        legend_entry(named(row, telling), category(number), badge=str(number + 1)) for number, row in enumerate(rows)
    ]
    nodes = [node for part, _ in parts for node in part]
    if len(set(nodes)) < len(nodes):
        entries.append(legend_entry(telling.say("archetypes_several"), "muted", pattern="double"))
    return entries


def archetype_table(rows: list[Row], telling: Telling) -> dict:
    """Write who plays which role: one line an element of a story."""
    keys = {"column_rank": True, "column_archetype": False, "column_story": False, "column_elements": False}
    cells = [
        [
            telling.number(row["rank"]),
            named(row, telling),
            tell_archetype(row["archetype"], row["roles"], telling.labels, telling.language)["story"],
            listed(list(dict.fromkeys(telling.labels[node] for nodes in row["roles"].values() for node in nodes))),
        ]
        for row in rows
    ]
    return table_of(telling.say("archetypes_caption"), {telling.say(key): one for key, one in keys.items()}, cells)


def archetype_item(row: Row, nodes: list, ties: list, telling: Telling) -> dict:
    """Tell one candidate: story, what it rests on, what one would see, leverage, question."""
    told = tell_archetype(row["archetype"], row["roles"], telling.labels, telling.language)
    why = " ".join(tell_why(entry, telling.labels, telling.language) for entry in row["why"])
    parts = {"story": told["story"], "why": why, "sign": told["sign"]}
    parts |= {"lever": told["leverage"], "question": told["question"]}
    sentences = [say(name, telling.language, text=text) for name, text in parts.items() if text]
    return item(told["name"], sentences, nodes, ties, str(row["rank"]))
